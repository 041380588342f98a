/* A frozen book at the desk, and the last Z slip when a shift opens. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

static struct desk d;
static struct event ev;
static long long at_ms;

static struct effect give(void)
{
	at_ms += 1000;
	ev.at_ms = at_ms;
	return desk_handle(&d, &ev);
}

static struct effect press(int key)
{
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_KEY;
	ev.key = key;
	return give();
}

/* Who signs in by S. */
static enum role role = ROLE_AGENT;

static struct effect play(const char *script)
{
	struct effect fx = effect_of(FX_NONE);

	for (; *script; script++) {
		at_ms += 1000;
		story_event(*script, at_ms, &ev);
		if (*script == 'S')
			ev.user.role = role;
		fx = desk_handle(&d, &ev);
	}
	return fx;
}

static struct effect supervise(const char *script)
{
	struct effect fx;

	role = ROLE_SUPERVISOR;
	fx = play(script);
	role = ROLE_AGENT;
	return fx;
}

static struct effect scan(const char *text)
{
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_SCAN;
	ev.scan.len = strlen(text);
	memcpy(ev.scan.bytes, text, ev.scan.len);
	return give();
}

static struct effect answer(enum proof proof, int64_t shift)
{
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_EVIDENCE;
	ev.evidence.proof = proof;
	ev.evidence.slip = true;
	ev.evidence.shift = shift;
	ev.evidence.seq = 40;
	ev.evidence.frozen = proof == PROOF_MISSING;
	return give();
}

static void status(bool frozen, int64_t last_closed, bool has_shift)
{
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_STATUS;
	ev.status.frozen = frozen;
	ev.status.last_closed = last_closed;
	ev.status.has_shift = has_shift;
	ev.status.shift.actor = STORY_AGENT;
	ev.status.shift.number = last_closed + 1;
	give();
}

static int start(void **state)
{
	const struct desk_info info = {.point = "Cẩm Khê"};

	(void)state;
	tr_set_lang("en");
	at_ms = 0;
	desk_init(&d, &info);
	return 0;
}

static void the_first_shift_needs_no_slip(void **state)
{
	(void)state;
	status(false, 0, false);
	play("7\n246810\nSJN");
	assert_int_equal(desk_place(&d), DESK_DRAWER);
	assert_int_equal(d.drawer.step, DRAWER_NOTES);
}

static void a_later_one_asks_for_it(void **state)
{
	struct effect fx;

	(void)state;
	status(false, 3, false);
	play("7\n246810\nSJN");
	assert_int_equal(d.drawer.step, DRAWER_LAST_SLIP);
	fx = scan("CZ1:ABC\r\n");
	assert_int_equal(fx.kind, FX_EVIDENCE);
	assert_int_equal(strncmp(fx.paper, "CZ1:ABC", 7), 0);
	answer(PROOF_AGREES, 3);
	assert_int_equal(d.drawer.step, DRAWER_NOTES);
	fx = play("10.1");
	assert_int_equal(fx.kind, FX_SHIFT_OPEN);
	assert_int_equal(strncmp(fx.shift.slip, "CZ1:ABC", 7), 0);
}

static const struct wrong {
	const char *name;
	enum proof proof;
	int64_t shift;
} wrongs[] = {
	{"not a paper", PROOF_NONE, 0},
	{"of another terminal", PROOF_FOREIGN, 3},
	{"of an older shift", PROOF_AGREES, 2},
	{"unproven", PROOF_UNPROVEN, 4},
};

static void another_paper_is_no_slip(void **state)
{
	struct effect fx;

	(void)state;
	status(false, 3, false);
	play("7\n246810\nSJN");
	for (size_t i = 0; i < COUNT_OF(wrongs); i++) {
		print_message("    %s\n", wrongs[i].name);
		scan("CZ1:ABC");
		answer(wrongs[i].proof, wrongs[i].shift);
		assert_int_equal(d.drawer.step, DRAWER_LAST_SLIP);
		assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
		assert_true(desk_notice(&d)->text[0] != '\0');
	}
	/* Going without is one key, and the effect says so. */
	press('1');
	assert_int_equal(d.drawer.step, DRAWER_NOTES);
	fx = play("10.1");
	assert_int_equal(fx.kind, FX_SHIFT_OPEN);
	assert_string_equal(fx.shift.slip, "");
}

static void T30_a_newer_slip_stops_the_terminal(void **state)
{
	(void)state;
	status(false, 3, false);
	play("7\n246810\nSJN");
	scan("CZ1:ABC");
	answer(PROOF_MISSING, 5);
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	play("@");
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(press('5').kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(press('7').kind, FX_SIGN_OUT);
}

static void after_a_restart_it_is_still_stopped(void **state)
{
	(void)state;
	status(true, 3, false);
	play("7\n246810\nSJN");
	assert_int_equal(desk_place(&d), DESK_FROZEN);
}

static void an_open_drawer_can_be_closed(void **state)
{
	(void)state;
	status(true, 3, true);
	play("7\n246810\nSJH");
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	press('5');
	assert_int_equal(desk_place(&d), DESK_DRAWER);
	assert_int_equal(d.drawer.task, DRAWER_CLOSE);
	play("10.1Z\n");
	assert_int_equal(desk_place(&d), DESK_FROZEN);
}

/* ---- another machine ------------------------------------------------------- */

static void status_moved(bool has_shift)
{
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_STATUS;
	ev.status.moved = true;
	ev.status.last_closed = 3;
	ev.status.has_shift = has_shift;
	ev.status.shift.actor = STORY_AGENT;
	give();
}

static void refuse(enum refusal_code code)
{
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_REFUSED;
	ev.refusal.code = code;
	give();
}

static void T29_on_another_machine_nothing_opens(void **state)
{
	(void)state;
	status_moved(false);
	play("7\n246810\nSJN");
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(d.frozen.step, FROZEN_MOVED);
	assert_int_equal(press('5').kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(press('7').kind, FX_SIGN_OUT);
}

static void T29_people_can_be_looked_at(void **state)
{
	(void)state;
	status_moved(false);
	play("7\n246810\nSJN");
	press('2');
	assert_int_equal(desk_place(&d), DESK_FIND);
	press(K_BACK);
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(play("@").kind, FX_CARD);
	play("P");
	assert_int_equal(desk_place(&d), DESK_CHECK);
	/* The book says no; then it is the same screen again. */
	assert_int_equal(press(K_ACCEPT).kind, FX_PAY);
	refuse(REFUSED_MOVED);
	assert_int_equal(desk_place(&d), DESK_PAY);
	press('0');
	assert_int_equal(desk_place(&d), DESK_FROZEN);
}

static void T29_a_supervisor_shows_the_last_paper(void **state)
{
	struct effect fx;

	(void)state;
	status_moved(false);
	supervise("7\n246810\nSJN1");
	assert_int_equal(d.frozen.step, FROZEN_SURE);
	fx = press('1');
	assert_int_equal(fx.kind, FX_MOVED);
	assert_string_equal(fx.paper, "");
	refuse(REFUSED_LAST_PAPER);
	assert_int_equal(d.frozen.step, FROZEN_PAPER);
	fx = scan("CZ1:ABC\r\n");
	assert_int_equal(fx.kind, FX_MOVED);
	assert_string_equal(fx.paper, "CZ1:ABC");
	refuse(REFUSED_LAST_PAPER);
	assert_int_equal(d.frozen.step, FROZEN_PAPER);
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
	scan("CZ1:ABD");
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_CONFIRMED;
	give();
	assert_int_equal(desk_place(&d), DESK_IDLE);
	assert_string_equal(desk_notice(&d)->text,
		"Recorded: the book belongs to this machine now.");
}

/* The screen says whom to call; the key is not there. */
static void T29_an_agent_is_not_asked_for_it(void **state)
{
	(void)state;
	status_moved(false);
	play("7\n246810\nSJN1");
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(d.frozen.step, FROZEN_MOVED);
	assert_string_equal(desk_notice(&d)->text, "");
}

/* Nor is anything left standing if the book says no all the same. */
static void T29_a_supervisor_whose_time_is_over(void **state)
{
	(void)state;
	status_moved(false);
	supervise("7\n246810\nSJN11");
	refuse(REFUSED_EXPIRED);
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(d.frozen.step, FROZEN_MOVED);
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
}

static void T29_the_book_cannot_be_written(void **state)
{
	(void)state;
	status_moved(false);
	supervise("7\n246810\nSJN11!");
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(d.frozen.step, FROZEN_MOVED);
	assert_int_equal(desk_notice(&d)->level, NOTICE_STOP);
}

static void T29_what_is_no_paper_asks_nothing(void **state)
{
	(void)state;
	status_moved(false);
	supervise("7\n246810\nSJN11");
	refuse(REFUSED_LAST_PAPER);
	assert_int_equal(play("@").kind, FX_NONE);
	assert_int_equal(d.frozen.step, FROZEN_PAPER);
	assert_string_equal(desk_notice(&d)->text,
		"This is not the code of a receipt or a Z slip.");
	assert_int_equal(scan("CV1:ABC").kind, FX_MOVED);
}

static void T29_0_goes_back_without_asking(void **state)
{
	(void)state;
	status_moved(false);
	supervise("7\n246810\nSJN1");
	assert_int_equal(d.frozen.step, FROZEN_SURE);
	assert_int_equal(press(K_ACCEPT).kind, FX_NONE);
	assert_int_equal(d.frozen.step, FROZEN_SURE);
	assert_int_equal(press('0').kind, FX_NONE);
	assert_int_equal(d.frozen.step, FROZEN_MOVED);
	play("11");
	refuse(REFUSED_LAST_PAPER);
	assert_int_equal(press('0').kind, FX_NONE);
	assert_int_equal(d.frozen.step, FROZEN_MOVED);
}

/* No card is looked at while it is asked whose book this is. */
static void T29_a_card_waits_for_the_answer(void **state)
{
	(void)state;
	status_moved(false);
	supervise("7\n246810\nSJN1");
	assert_int_equal(play("@").kind, FX_NONE);
	assert_int_equal(d.frozen.step, FROZEN_SURE);
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
}

static void T29_somebody_elses_drawer_stays_open(void **state)
{
	(void)state;
	play("7\n246810\nSJO");
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_STATUS;
	ev.status.moved = true;
	ev.status.has_shift = true;
	ev.status.shift.actor = 8;
	give();
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(press('5').kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_string_equal(desk_notice(&d)->text,
		"You have no drawer open here.");
}

static void T29_its_paper_may_show_that_records_are_missing(void **state)
{
	(void)state;
	status_moved(false);
	play("7\n246810\nSJN11");
	refuse(REFUSED_TAIL_LOST);
	status(true, 3, false);
	assert_int_equal(desk_place(&d), DESK_FROZEN);
	assert_int_equal(d.frozen.step, FROZEN_LOST);
	assert_int_equal(press('1').kind, FX_NONE);
	assert_int_equal(d.frozen.step, FROZEN_LOST);
}

static void T29_an_open_drawer_is_closed_there(void **state)
{
	(void)state;
	status_moved(true);
	play("7\n246810\nSJH5");
	assert_int_equal(desk_place(&d), DESK_DRAWER);
	assert_int_equal(d.drawer.task, DRAWER_CLOSE);
}

/* The money of an open payment is settled first. */
static void an_open_payment_is_not_interrupted(void **state)
{
	(void)state;
	play("7\n246810\nSJH@P\nM");
	assert_int_equal(desk_place(&d), DESK_PAY);
	status(true, 3, true);
	assert_int_equal(desk_place(&d), DESK_PAY);
	play("\nD\n");
	assert_int_equal(desk_place(&d), DESK_FROZEN);
}

static void a_slip_scanned_at_any_time_is_compared(void **state)
{
	struct effect fx;

	(void)state;
	play("7\n246810\nSJH");
	fx = scan("CZ1:ABC");
	assert_int_equal(fx.kind, FX_EVIDENCE);
	answer(PROOF_AGREES, 2);
	assert_int_equal(desk_place(&d), DESK_IDLE);
	assert_string_equal(desk_notice(&d)->text,
		"The book holds this Z slip: shift 2, record 40.");
	scan("CZ1:ABC");
	answer(PROOF_UNPROVEN, 2);
	assert_int_equal(desk_place(&d), DESK_IDLE);
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
	scan("CZ1:ABC");
	answer(PROOF_MISSING, 2);
	assert_int_equal(desk_place(&d), DESK_FROZEN);
}

#define ROW(f) cmocka_unit_test_setup(f, start)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(the_first_shift_needs_no_slip),
		ROW(a_later_one_asks_for_it),
		ROW(another_paper_is_no_slip),
		ROW(T30_a_newer_slip_stops_the_terminal),
		ROW(after_a_restart_it_is_still_stopped),
		ROW(an_open_drawer_can_be_closed),
		ROW(T29_on_another_machine_nothing_opens),
		ROW(T29_people_can_be_looked_at),
		ROW(T29_a_supervisor_shows_the_last_paper),
		ROW(T29_an_agent_is_not_asked_for_it),
		ROW(T29_a_supervisor_whose_time_is_over),
		ROW(T29_the_book_cannot_be_written),
		ROW(T29_what_is_no_paper_asks_nothing),
		ROW(T29_0_goes_back_without_asking),
		ROW(T29_a_card_waits_for_the_answer),
		ROW(T29_somebody_elses_drawer_stays_open),
		ROW(T29_its_paper_may_show_that_records_are_missing),
		ROW(T29_an_open_drawer_is_closed_there),
		ROW(an_open_payment_is_not_interrupted),
		ROW(a_slip_scanned_at_any_time_is_compared),
	};

	return cmocka_run_group_tests_name("frozen", tests, NULL, NULL);
}
