/* Somebody who goes to another terminal, or comes from one, at the desk. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "terminal/flows/desk.h"

static struct desk d;

enum {
	HIM = 5,
	DUE = 1080000
};

static struct effect key(int k)
{
	static long long at = 1000;
	struct event ev = {.kind = EV_KEY, .key = k, .at_ms = at += 2000};

	return desk_handle(&d, &ev);
}

static struct effect scan(const char *text)
{
	struct event *ev = feed_answer(EV_SCAN);

	ev->scan.len = strlen(text);
	memcpy(ev->scan.bytes, text, ev->scan.len);
	return desk_handle(&d, ev);
}

static struct effect answer(enum event_kind kind)
{
	return desk_handle(&d, feed_answer(kind));
}

static struct effect refuse(enum refusal_code code)
{
	struct event *ev = feed_answer(EV_REFUSED);

	ev->refusal.code = code;
	return desk_handle(&d, ev);
}

static void sign_in(enum role role)
{
	static const struct desk_info info = {.point = "P", .dev6 = "9e9e9e"};

	desk_init(&d, &info);
	d.user = (struct user){.number = 9, .name = "Hùng", .role = role};
	d.stack[0] = DESK_IDLE;
	d.depth = 1;
}

/* He stands before the counter, and his screen is open. */
static void look_at_him(enum role role, bool away)
{
	struct event *ev = feed_answer(EV_PERSON);

	sign_in(role);
	d.stack[d.depth++] = DESK_CHECK;
	d.waiting = check_start(&d.check, HIM).kind;
	ev->person.due.person.id = HIM;
	str_copy(ev->person.due.person.name, sizeof(ev->person.due.person.name),
		"Trần Thị Bình");
	ev->person.due.items = 1;
	ev->person.due.item[0] = (struct due_item){.what = ENT_MONTH,
		.amount = DUE,
		.list_period = 202612,
		.away = away ? 33 : 0};
	ev->person.due.due = away ? 0 : DUE;
	if (away) {
		ev->person.prior.seq = 33;
		str_copy(ev->person.prior.point, 7, "1a2b3c");
	}
	desk_handle(&d, ev);
}

static const uint8_t there[MARKS_DEV_SIZE] = {0x1a, 0x2b, 0x3c};
static const uint8_t here[MARKS_DEV_SIZE] = {0x9e, 0x9e, 0x9e};

/* One kind of money, or several: then there are more slips than one. */
static void message(struct handover_shown *h, int items)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE] = {3};
	struct crypto_pair pair;

	crypto_pair_from_seed(seed, &pair);
	*h = (struct handover_shown){.person = HIM, .amount = DUE};
	memcpy(h->message.from, there, sizeof(there));
	memcpy(h->message.to, here, sizeof(here));
	h->message.count = items;
	for (int i = 0; i < items; i++)
		h->message.item[i] = (struct release_item){.ent = {(uint8_t)i},
			.period = 202612,
			.hop = 1,
			.seq = (uint64_t)(33 + i)};
	assert_true(release_write(&h->message, pair.secret, h->bytes, &h->len));
}

static struct event *ways(int peers, bool away, int items)
{
	struct event *ev = feed_answer(EV_HANDOVER);

	ev->handover.peers = peers;
	for (int i = 0; i < peers; i++)
		ev->handover.peer[i][0] = (uint8_t)(0x1a + i);
	ev->handover.away = away;
	if (away)
		message(&ev->handover.shown, items);
	return ev;
}

static void to_the_choice(int peers)
{
	look_at_him(ROLE_AGENT, false);
	key('*');
	assert_int_equal(key('4').kind, FX_HANDOVER);
	assert_int_equal(desk_place(&d), DESK_PASSING);
	desk_handle(&d, ways(peers, false, 0));
	assert_int_equal(d.passing.step, PASSING_PICK);
}

/* ---- going -------------------------------------------------------------------- */

static void he_goes_to_the_terminal_that_is_chosen(void **state)
{
	struct effect fx;

	(void)state;
	to_the_choice(3);
	assert_int_equal(key('2').kind, FX_NONE);
	assert_int_equal(d.passing.step, PASSING_SURE);
	fx = key('1');
	assert_int_equal(fx.kind, FX_RELEASE);
	assert_int_equal(fx.release.person, HIM);
	assert_int_equal(fx.release.to[0], 0x1b);
	assert_true(fx.drop_keys);
	desk_handle(&d, ways(0, true, 1));
	assert_int_equal(d.passing.step, PASSING_SHOW);
	/* Back at his screen he is looked at anew: he is away. */
	fx = key('0');
	assert_int_equal(fx.kind, FX_PERSON);
	assert_int_equal(fx.person, HIM);
	assert_int_equal(desk_place(&d), DESK_CHECK);
}

static void a_digit_without_a_terminal_is_nothing(void **state)
{
	(void)state;
	to_the_choice(1);
	key('2');
	assert_int_equal(d.passing.step, PASSING_PICK);
	key('1');
	assert_int_equal(d.passing.step, PASSING_SURE);
	key('0');
	assert_int_equal(d.passing.step, PASSING_PICK);
	assert_int_equal(key('0').kind, FX_PERSON);
}

static void enter_and_scans_hand_nobody_over(void **state)
{
	struct handover_shown h;
	char text[MARKS_TEXT_SIZE];

	(void)state;
	message(&h, 1);
	release_piece_text(h.bytes, h.len, MARKS_ON_SCREEN, 0, text);
	to_the_choice(1);
	key('1');
	assert_int_equal(key(K_ACCEPT).kind, FX_NONE);
	assert_int_equal(scan(text).kind, FX_NONE);
	assert_int_equal(d.passing.step, PASSING_SURE);
	assert_int_equal(d.notice.level, NOTICE_WARN);
}

static void who_is_away_already_is_shown_at_once(void **state)
{
	(void)state;
	look_at_him(ROLE_SUPERVISOR, true);
	assert_int_equal(d.check.step, CHECK_NO_CASH);
	assert_int_equal(d.check.stop.code, REFUSED_RELEASED);
	key('*');
	assert_int_equal(key('4').kind, FX_HANDOVER);
	desk_handle(&d, ways(1, true, 1));
	assert_int_equal(d.passing.step, PASSING_SHOW);
}

static void the_codes_come_round(void **state)
{
	char first[MARKS_TEXT_SIZE];
	char text[MARKS_TEXT_SIZE];

	(void)state;
	look_at_him(ROLE_AGENT, true);
	key('*');
	key('4');
	desk_handle(&d, ways(1, true, 1));
	passing_code(&d.passing, first);
	key('.');
	passing_code(&d.passing, text);
	assert_string_not_equal(first, text);
	key('.');
	passing_code(&d.passing, text);
	assert_string_equal(first, text);
}

static void staff_are_not_offered_it(void **state)
{
	(void)state;
	look_at_him(ROLE_STAFF, false);
	key('*');
	assert_int_equal(key('4').kind, FX_NONE);
	assert_int_not_equal(desk_place(&d), DESK_PASSING);
}

static void what_the_book_refuses_is_said_on_his_screen(void **state)
{
	(void)state;
	to_the_choice(1);
	key('1');
	key('1');
	refuse(REFUSED_ELSEWHERE);
	assert_int_equal(desk_place(&d), DESK_CHECK);
	assert_int_equal(d.notice.level, NOTICE_WARN);
}

/* ---- on paper ------------------------------------------------------------------ */

static struct effect slip(int piece, enum print_state state)
{
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.test = true;
	ev->print.piece = piece;
	ev->print.seq = 33;
	ev->print.state = state;
	ev->print.trouble = state == PRINT_PRINTED ? PAPER_FINE : PAPER_OUT;
	return desk_handle(&d, ev);
}

static void show(int items)
{
	look_at_him(ROLE_AGENT, true);
	key('*');
	key('4');
	desk_handle(&d, ways(1, true, items));
}

static void a_slip_is_printed_and_again_if_wanted(void **state)
{
	struct effect fx;

	(void)state;
	show(1);
	fx = key('3');
	assert_int_equal(fx.kind, FX_HANDOVER_SLIP);
	assert_int_equal(fx.handover_slip.piece, 1);
	assert_ptr_equal(fx.handover_slip.shown, &d.passing.ways.shown);
	assert_int_equal(key('3').kind, FX_NONE);
	slip(1, PRINT_PRINTING);
	assert_int_equal(slip(1, PRINT_PRINTED).kind, FX_NONE);
	assert_int_equal(d.passing.notice.level, NOTICE_NOTE);
	assert_int_equal(key('3').handover_slip.piece, 1);
}

static void several_slips_follow_each_other(void **state)
{
	(void)state;
	show(7);
	assert_int_equal(key('3').handover_slip.piece, 1);
	assert_int_equal(slip(1, PRINT_PRINTED).handover_slip.piece, 2);
	assert_int_equal(slip(2, PRINT_PRINTED).kind, FX_NONE);
	assert_int_equal(d.passing.slips, 2);
}

static void without_paper_it_is_said_and_tried_again(void **state)
{
	(void)state;
	show(1);
	key('3');
	slip(1, PRINT_FAILED);
	assert_int_equal(d.passing.notice.level, NOTICE_WARN);
	assert_int_equal(key('3').handover_slip.piece, 1);
}

/* ---- coming ------------------------------------------------------------------- */

static struct effect scan_piece(int items, int i)
{
	struct handover_shown h;
	char text[MARKS_TEXT_SIZE];

	message(&h, items);
	release_piece_text(h.bytes, h.len, MARKS_ON_SCREEN, i, text);
	return scan(text);
}

static void take_him(void)
{
	struct event *ev;

	assert_int_equal(scan_piece(1, 0).kind, FX_ACQUIRE);
	assert_int_equal(d.passing.step, PASSING_TAKING);
	ev = feed_answer(EV_ACQUIRED);
	ev->acquired.taken.person = HIM;
	ev->acquired.taken.amount = DUE;
	desk_handle(&d, ev);
	assert_int_equal(d.passing.step, PASSING_TAKEN);
}

static void he_comes_by_the_menu_and_is_looked_at(void **state)
{
	struct effect fx;

	(void)state;
	sign_in(ROLE_AGENT);
	key('*');
	key('*');
	key('.');
	key('9');
	assert_int_equal(d.passing.step, PASSING_COLLECT);
	assert_string_equal(d.passing.own, "9e9e9e");
	assert_int_equal(scan_piece(1, 1).kind, FX_NONE);
	assert_int_equal(d.passing.notice.level, NOTICE_NOTE);
	assert_string_equal(d.passing.own, "9e9e9e");
	take_him();
	fx = key('1');
	assert_int_equal(fx.kind, FX_PERSON);
	assert_int_equal(fx.person, HIM);
	assert_int_equal(desk_place(&d), DESK_CHECK);
}

static void a_scan_is_enough_from_any_screen(void **state)
{
	(void)state;
	sign_in(ROLE_SUPERVISOR);
	assert_int_equal(scan_piece(1, 1).kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_PASSING);
	take_him();
	key('0');
	assert_int_equal(desk_place(&d), DESK_IDLE);
}

static void the_same_code_twice_is_one(void **state)
{
	(void)state;
	sign_in(ROLE_AGENT);
	scan_piece(1, 1);
	assert_int_equal(scan_piece(1, 1).kind, FX_NONE);
	assert_int_equal(d.passing.step, PASSING_COLLECT);
	take_him();
}

static void a_code_of_somebody_else_begins_anew(void **state)
{
	(void)state;
	sign_in(ROLE_AGENT);
	scan_piece(1, 1);
	scan_piece(2, 0);
	assert_int_equal(d.passing.notice.level, NOTICE_WARN);
	assert_int_equal(d.passing.step, PASSING_COLLECT);
}

static void T60b_a_code_that_was_used_is_refused_in_words(void **state)
{
	(void)state;
	sign_in(ROLE_AGENT);
	scan_piece(1, 1);
	assert_int_equal(scan_piece(1, 0).kind, FX_ACQUIRE);
	refuse(REFUSED_HANDOVER_USED);
	assert_int_equal(desk_place(&d), DESK_IDLE);
	assert_int_equal(d.notice.level, NOTICE_WARN);
	assert_true(strlen(d.notice.text) > 40);
}

static void a_disk_that_fails_stops(void **state)
{
	(void)state;
	sign_in(ROLE_AGENT);
	scan_piece(1, 1);
	scan_piece(1, 0);
	answer(EV_FAILED);
	assert_int_equal(d.notice.level, NOTICE_STOP);
}

static void staff_take_nobody(void **state)
{
	(void)state;
	sign_in(ROLE_STAFF);
	scan_piece(1, 0);
	assert_int_not_equal(desk_place(&d), DESK_PASSING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(he_goes_to_the_terminal_that_is_chosen),
		cmocka_unit_test(a_digit_without_a_terminal_is_nothing),
		cmocka_unit_test(enter_and_scans_hand_nobody_over),
		cmocka_unit_test(who_is_away_already_is_shown_at_once),
		cmocka_unit_test(the_codes_come_round),
		cmocka_unit_test(staff_are_not_offered_it),
		cmocka_unit_test(what_the_book_refuses_is_said_on_his_screen),
		cmocka_unit_test(a_slip_is_printed_and_again_if_wanted),
		cmocka_unit_test(several_slips_follow_each_other),
		cmocka_unit_test(without_paper_it_is_said_and_tried_again),
		cmocka_unit_test(he_comes_by_the_menu_and_is_looked_at),
		cmocka_unit_test(a_scan_is_enough_from_any_screen),
		cmocka_unit_test(the_same_code_twice_is_one),
		cmocka_unit_test(a_code_of_somebody_else_begins_anew),
		cmocka_unit_test(T60b_a_code_that_was_used_is_refused_in_words),
		cmocka_unit_test(a_disk_that_fails_stops),
		cmocka_unit_test(staff_take_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
