/* What reaches the file of a recording, and what never may. */
#include "support/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "support/tmpdir.h"
#include "terminal/app/recorder.h"
#include "terminal/app/recording.h"

struct rig {
	char dir[256];
	char path[300];
	struct desk desk;
	struct recorder *recorder;
	char text[8192]; /* what is in the file, after finish() */
};

static int set_up(void **state)
{
	static const struct desk_info info = {.point = "P"};
	struct rig *r = calloc(1, sizeof(*r));
	struct err err;

	assert_non_null(r);
	tmpdir_make(r->dir, sizeof(r->dir));
	tmpdir_path(r->dir, "recording", r->path, sizeof(r->path));
	desk_init(&r->desk, &info);
	clock_freeze(1000);
	r->recorder = recorder_open(r->path, &err);
	assert_non_null(r->recorder);
	recorder_screen(r->recorder, 25, 80);
	*state = r;
	return 0;
}

static int tear_down(void **state)
{
	struct rig *r = *state;
	struct err err;

	recorder_close(r->recorder, &err);
	clock_freeze(-1);
	tmpdir_remove(r->dir);
	free(r);
	return 0;
}

static void finish(struct rig *r)
{
	struct err err;
	size_t n;
	FILE *in;

	assert_true(recorder_close(r->recorder, &err));
	r->recorder = NULL;
	in = fopen(r->path, "r");
	assert_non_null(in);
	n = fread(r->text, 1, sizeof(r->text) - 1, in);
	r->text[n] = '\0';
	fclose(in);
}

/* As the loop does: recorded first, then the desk hears of it. */
static struct effect press(struct rig *r, int key, long long at_ms)
{
	const struct event ev = {.kind = EV_KEY, .at_ms = at_ms, .key = key};

	recorder_input(r->recorder, &r->desk, &ev);
	return desk_handle(&r->desk, &ev);
}

static void answer(struct rig *r, const struct event *ev)
{
	recorder_answer(r->recorder, ev);
	desk_handle(&r->desk, ev);
}

static void sign_in(struct rig *r)
{
	struct event ev = {.kind = EV_SIGNED_IN, .at_ms = 1000};

	press(r, '7', 1000);
	press(r, K_ACCEPT, 1100);
	for (const char *pin = "246802"; *pin; pin++)
		press(r, *pin, 1200);
	press(r, K_ACCEPT, 1300);
	press(r, '5', 1350); /* typed ahead: it may be of a PIN */
	ev.user.number = 7;
	ev.user.role = ROLE_AGENT;
	clock_freeze(1700);
	answer(r, &ev);
}

static void of_a_sign_in_only_the_fields_are_known(void **state)
{
	struct rig *r = *state;

	sign_in(r);
	finish(r);
	assert_string_equal(r->text, "chitra-recording 1 80x25\n"
				     "0 type user 9\n"
				     "100 key ENTER\n"
				     "100 type pin 9\n"
				     "0 type pin 9\n"
				     "0 type pin 9\n"
				     "0 type pin 9\n"
				     "0 type pin 9\n"
				     "0 type pin 9\n"
				     "100 key ENTER\n"
				     "50 type lost 9\n"
				     "350 = signed-in agent\n");
}

static void a_second_pin_is_a_pin_wherever_it_is_typed(void **state)
{
	struct rig *r = *state;

	r->desk.user.number = 7;
	r->desk.stack[0] = DESK_PAY;
	r->desk.pay.step = PAY_SECOND;
	second_init(&r->desk.pay.second);
	press(r, '9', 1000);
	press(r, K_ACCEPT, 1000);
	press(r, '8', 1000);
	finish(r);
	assert_string_equal(r->text, "chitra-recording 1 80x25\n"
				     "0 type user 9\n"
				     "0 key ENTER\n"
				     "0 type pin 9\n");
}

/* PINs and names of new users: a field that nobody has named here. */
static void a_field_that_is_not_known_is_masked(void **state)
{
	static const enum team_step steps[] = {TEAM_NUMBER, TEAM_NAME, TEAM_OLD,
		TEAM_PIN, TEAM_AGAIN};
	struct rig *r = *state;
	char expected[256] = "chitra-recording 1 80x25\n";

	r->desk.user.number = 9;
	r->desk.stack[0] = DESK_TEAM;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		const struct event ev = {.kind = EV_KEY,
			.at_ms = 1000,
			.key = steps[i] == TEAM_NAME ? 0x1ea1 : '4'};

		r->desk.team.step = steps[i];
		recorder_input(r->recorder, &r->desk, &ev);
		snprintf(expected + strlen(expected),
			sizeof(expected) - strlen(expected),
			"0 type other %c\n", steps[i] == TEAM_NAME ? 'a' : '9');
	}
	finish(r);
	assert_string_equal(r->text, expected);
}

/* Notes, phones and days of a visit; whom somebody looks for to visit. Which
 * row or reason was chosen is about nobody in particular. */
static void what_is_typed_at_a_door_is_masked(void **state)
{
	static const struct {
		enum desk_place place;
		int step;
		int key;
		const char *line;
	} row[] = {
		{DESK_VISIT, VISIT_REMARK, 0x1ea1, "type other a"},
		{DESK_VISIT, VISIT_REMARK, '4', "type other 9"},
		{DESK_VISIT, VISIT_TELEPHONE, '9', "type other 9"},
		{DESK_VISIT, VISIT_DATE, '2', "type other 9"},
		{DESK_VISIT, VISIT_DIED_ON, '2', "type other 9"},
		{DESK_VISITS, VISITS_TYPE, 'd', "type other a"},
		{DESK_VISITS, VISITS_TYPE, '7', "type other 9"},
		{DESK_VISITS, VISITS_PEOPLE, 'd', "type other a"},
		{DESK_VISITS, VISITS_PEOPLE, '3', "key 3"},
		{DESK_VISIT, VISIT_WHY, '2', "key 2"},
	};
	struct rig *r = *state;
	char expected[512] = "chitra-recording 1 80x25\n";

	r->desk.user.number = 5;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const struct event ev = {.kind = EV_KEY,
			.at_ms = 1000,
			.key = row[i].key};
		const size_t len = strlen(expected);

		r->desk.stack[0] = row[i].place;
		r->desk.visit.step = (enum visit_step)row[i].step;
		r->desk.visits.step = (enum visits_step)row[i].step;
		recorder_input(r->recorder, &r->desk, &ev);
		snprintf(expected + len, sizeof(expected) - len, "0 %s\n",
			row[i].line);
	}
	finish(r);
	assert_string_equal(r->text, expected);
}

static void who_is_looked_for_is_not_known(void **state)
{
	struct rig *r = *state;

	r->desk.user.number = 7;
	r->desk.stack[0] = DESK_IDLE;
	press(r, 0x111, 1000); /* đ */
	press(r, ' ', 1000);
	press(r, '3', 1000);
	press(r, '/', 1000);
	press(r, K_ERASE, 1000);
	finish(r);
	assert_string_equal(r->text, "chitra-recording 1 80x25\n"
				     "0 type person a\n"
				     "0 type person SPACE\n"
				     "0 type person 9\n"
				     "0 type person -\n"
				     "0 key ERASE\n");
}

/* A name typed where no field is: "1" is a key there, "x" is not. */
static void what_is_no_key_of_the_screen_is_not_known(void **state)
{
	struct rig *r = *state;

	r->desk.user.number = 7;
	r->desk.stack[0] = DESK_PAY;
	r->desk.pay.step = PAY_DONE;
	press(r, 'x', 1000);
	press(r, '7', 1000);
	press(r, '1', 1000);
	/* The same when it is played. */
	press(r, recording_lost_key(CLASS_DIGIT), 1000);
	press(r, recording_lost_key(CLASS_BLANK), 1000);
	finish(r);
	assert_string_equal(r->text, "chitra-recording 1 80x25\n"
				     "0 type lost a\n"
				     "0 type lost 9\n"
				     "0 key 1\n"
				     "0 type lost 9\n"
				     "0 type lost SPACE\n");
}

static void pieces_of_money_are_known(void **state)
{
	struct rig *r = *state;

	r->desk.user.number = 7;
	r->desk.stack[0] = DESK_DRAWER;
	drawer_init(&r->desk.drawer, DRAWER_OPEN, NULL);
	press(r, '4', 1000);
	press(r, '2', 1000);
	finish(r);
	assert_string_equal(r->text,
		"chitra-recording 1 80x25\n0 key 4\n0 key 2\n");
}

static void scan(struct rig *r, const char *text)
{
	static struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_SCAN;
	ev.at_ms = 1000;
	ev.scan.how.by = SCANNED_BY_SERIAL;
	ev.scan.len = strlen(text);
	memcpy(ev.scan.bytes, text, ev.scan.len);
	recorder_input(r->recorder, &r->desk, &ev);
}

static void the_same_card_is_the_same_person(void **state)
{
	static const char one[] = "025147954966||Hà Ty|17111947|Nữ|X|20082021";
	static const char two[] =
		"025045601158||Lê Lợi|20041945|Nam|X|20082021";
	struct effect fx = effect_of(FX_CARD);
	static struct event ev;
	struct rig *r = *state;

	scan(r, one);
	scan(r, two);
	scan(r, one);
	/* Found by an old number: the list has another one of him. */
	snprintf(fx.card.id12, sizeof(fx.card.id12), "025045601158");
	recorder_effect(r->recorder, &fx);
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_PERSON;
	ev.person.due.due = 540000;
	snprintf(ev.person.due.person.id12, PERSONID_SIZE, "025045601150");
	recorder_answer(r->recorder, &ev);
	finish(r);
	assert_string_equal(r->text,
		"chitra-recording 1 80x25\n"
		"0 scan serial 000000000001||xx\\x20xx|00000000|xx|x|00000000\n"
		"0 scan serial "
		"000000000002||xx\\x20xxx|00000000|xxx|x|00000000\n"
		"0 scan serial 000000000001||xx\\x20xx|00000000|xx|x|00000000\n"
		"0 = person 2 cash\n");
}

static void what_the_book_says_of_a_scan_is_masked(void **state)
{
	struct rig *r = *state;

	scan(r, "CV1:ABC-12");
	scan(r, "");
	finish(r);
	assert_string_equal(r->text, "chitra-recording 1 80x25\n"
				     "0 scan serial CV1:xxx-00\n"
				     "0 scan serial\n");
}

static void ticks_papers_and_a_new_size_are_lines(void **state)
{
	struct event print = {.kind = EV_PRINT};
	struct event test = {.kind = EV_PRINT, .print.test = true};
	struct rig *r = *state;

	print.print.state = PRINT_FAILED;
	print.print.code = ERR_IO;
	print.print.trouble = PAPER_OUT;
	recorder_tick(r->recorder, 1200);
	clock_freeze(1500);
	recorder_input(r->recorder, &r->desk, &print);
	recorder_input(r->recorder, &r->desk, &test);
	recorder_screen(r->recorder, 25, 80);
	recorder_screen(r->recorder, 24, 40);
	finish(r);
	assert_string_equal(r->text, "chitra-recording 1 80x25\n"
				     "0 tick\n"
				     "300 print failed io out\n"
				     "0 size 40x24\n");
}

static void the_file_is_the_owners_alone(void **state)
{
	struct rig *r = *state;
	struct stat st;

	assert_int_equal(stat(r->path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void no_file_is_written_over(void **state)
{
	struct rig *r = *state;
	struct recorder *other;
	struct err err = {0};
	char link[300];

	other = recorder_open(r->path, &err);
	assert_null(other);
	assert_int_equal(err.code, ERR_BUSY);
	tmpdir_path(r->dir, "link", link, sizeof(link));
	assert_int_equal(symlink("elsewhere", link), 0);
	other = recorder_open(link, &err);
	assert_null(other);
	tmpdir_path(r->dir, "no/such", link, sizeof(link));
	other = recorder_open(link, &err);
	assert_null(other);
	assert_int_equal(err.code, ERR_IO);
}

static void a_full_disk_ends_the_recording_and_is_said(void **state)
{
	struct rig *r = *state;
	struct rlimit old;
	struct rlimit tiny;
	struct err err = {0};
	bool ok;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	tiny = old;
	tiny.rlim_cur = 10;
	setrlimit(RLIMIT_FSIZE, &tiny);
	recorder_tick(r->recorder, 1200);
	recorder_flush(r->recorder);
	setrlimit(RLIMIT_FSIZE, &old);
	recorder_tick(r->recorder, 1300);
	ok = recorder_close(r->recorder, &err);
	r->recorder = NULL;
	assert_false(ok);
	assert_int_equal(err.code, ERR_IO);
}

static void no_recorder_is_no_trouble(void **state)
{
	const struct event ev = {.kind = EV_KEY, .key = '1'};
	const struct effect fx = effect_of(FX_NONE);
	struct rig *r = *state;
	struct err err;

	recorder_screen(NULL, 1, 1);
	recorder_input(NULL, &r->desk, &ev);
	recorder_tick(NULL, 1);
	recorder_effect(NULL, &fx);
	recorder_answer(NULL, &ev);
	recorder_flush(NULL);
	assert_true(recorder_close(NULL, &err));
}

#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(of_a_sign_in_only_the_fields_are_known),
		T(a_second_pin_is_a_pin_wherever_it_is_typed),
		T(a_field_that_is_not_known_is_masked),
		T(what_is_typed_at_a_door_is_masked),
		T(who_is_looked_for_is_not_known),
		T(what_is_no_key_of_the_screen_is_not_known),
		T(pieces_of_money_are_known),
		T(the_same_card_is_the_same_person),
		T(what_the_book_says_of_a_scan_is_masked),
		T(ticks_papers_and_a_new_size_are_lines),
		T(the_file_is_the_owners_alone),
		T(no_file_is_written_over),
		T(a_full_disk_ends_the_recording_and_is_said),
		T(no_recorder_is_no_trouble),
	};

	return cmocka_run_group_tests_name("recorder", tests, NULL, NULL);
}
