/* Users and PINs: one row is one story, and where the flow then stands. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/team.h"

struct row {
	const char *name;
	enum team_task task;
	const char *script;
	enum team_step step;
	enum effect_kind effect; /* of the last event */
	const char *notice;
};

#define EASY                                                                \
	"A PIN has six digits, and no rows like 123456, 111111 or 121212. " \
	"Choose another one."
#define TAKEN                                                                \
	"Somebody has this number already, and none is given twice. Choose " \
	"another one."

#define NO_DAY "This is no day. Type day, month and year: 02092026"

/* 22/11/2026, as the desk says it. */
static const int64_t today = INT64_C(1795330800000);

static struct row rows[] = {
	{"first: asks for the number", TEAM_FIRST, "", TEAM_FIRST_NUMBER,
		FX_NONE, ""},
	{"first: cannot be left by Esc", TEAM_FIRST, "<", TEAM_FIRST_NUMBER,
		FX_NONE, ""},
	{"first: zero is no number", TEAM_FIRST, "0\n", TEAM_FIRST_NUMBER,
		FX_NONE, ""},
	{"first: then the name", TEAM_FIRST, "9\n", TEAM_NAME, FX_NONE, ""},
	{"first: no name, no PIN", TEAM_FIRST, "9\n\n", TEAM_NAME, FX_NONE, ""},
	{"first: no role is asked", TEAM_FIRST, "9\nhung\n", TEAM_PIN, FX_NONE,
		""},
	{"first: an easy PIN is refused at once", TEAM_FIRST,
		"9\nhung\n121212\n", TEAM_PIN, FX_NONE, EASY},
	{"first: five digits, too", TEAM_FIRST, "9\nhung\n24680\n", TEAM_PIN,
		FX_NONE, EASY},
	{"first: the PIN again", TEAM_FIRST, "9\nhung\n246810\n", TEAM_AGAIN,
		FX_NONE, ""},
	{"first: another the second time", TEAM_FIRST,
		"9\nhung\n246810\n246811\n", TEAM_PIN, FX_NONE,
		"The two PINs differ; choose one and type it twice"},
	{"first: the same is recorded", TEAM_FIRST, "9\nhung\n246810\n246810\n",
		TEAM_WORKING, FX_USER_ADD, ""},
	{"first: recorded once", TEAM_FIRST, "9\nhung\n246810\n246810\n\n",
		TEAM_WORKING, FX_NONE, ""},
	{"first: over", TEAM_FIRST, "9\nhung\n246810\n246810\n\r", TEAM_WORKING,
		FX_LEAVE, ""},
	{"first: failed, so it looks", TEAM_FIRST, "9\nhung\n246810\n246810\n!",
		TEAM_LOADING, FX_USERS,
		"The disk could not be read. Stop paying and call the "
		"technician."},
	{"first: it was recorded all the same", TEAM_FIRST,
		"9\nhung\n246810\n246810\n!>", TEAM_LOADING, FX_LEAVE,
		"The disk could not be read. Stop paying and call the "
		"technician."},
	{"people: the list is asked for", TEAM_PEOPLE, "", TEAM_LOADING,
		FX_USERS, ""},
	{"people: it comes", TEAM_PEOPLE, ">", TEAM_LIST, FX_USERS_SEEN, ""},
	{"people: there is no fourth", TEAM_PEOPLE, ">4", TEAM_LIST, FX_NONE,
		""},
	{"people: back", TEAM_PEOPLE, ">0", TEAM_LIST, FX_LEAVE, ""},
	{"people: Lan is unlocked", TEAM_PEOPLE, ">21", TEAM_WORKING,
		FX_USER_UNLOCK, ""},
	{"people: Minh is not locked", TEAM_PEOPLE, ">31", TEAM_USER, FX_NONE,
		"This user is not locked"},
	{"people: revoking asks first", TEAM_PEOPLE, ">32", TEAM_SURE, FX_NONE,
		""},
	{"people: ENTER revokes nobody", TEAM_PEOPLE, ">32\n", TEAM_SURE,
		FX_NONE, ""},
	{"people: not revoked after all", TEAM_PEOPLE, ">320", TEAM_USER,
		FX_NONE, ""},
	{"people: revoked", TEAM_PEOPLE, ">321", TEAM_WORKING, FX_USER_REVOKE,
		""},
	{"people: and the list again", TEAM_PEOPLE, ">321\r", TEAM_LOADING,
		FX_USERS, "It is recorded"},
	{"people: a new one", TEAM_PEOPLE, ">9", TEAM_NUMBER, FX_NONE, ""},
	{"people: given up", TEAM_PEOPLE, ">9\b", TEAM_LOADING, FX_USERS, ""},
	{"people: his role", TEAM_PEOPLE, ">912\nan\n", TEAM_ROLE, FX_NONE, ""},
	{"people: there is no fifth role", TEAM_PEOPLE, ">912\nan\n5",
		TEAM_ROLE, FX_NONE, ""},
	{"people: the next page, where there is one, else the first",
		TEAM_PEOPLE, ">.", TEAM_LOADING, FX_USERS, ""},
	{"people: back from one of them", TEAM_PEOPLE, ">30", TEAM_LIST,
		FX_NONE, ""},
	{"people: what was said of him goes with him", TEAM_PEOPLE, ">310",
		TEAM_LIST, FX_NONE, ""},
	{"people: ENTER does nothing to him", TEAM_PEOPLE, ">2\n", TEAM_USER,
		FX_NONE, ""},
	{"people: ENTER in the list neither", TEAM_PEOPLE, ">\n", TEAM_LIST,
		FX_NONE, ""},
	{"people: the list cannot be read", TEAM_PEOPLE, "!", TEAM_LIST,
		FX_NONE,
		"The disk could not be read. Stop paying and call the "
		"technician."},
	{"people: then nobody can be chosen", TEAM_PEOPLE, "!1", TEAM_LIST,
		FX_NONE,
		"The disk could not be read. Stop paying and call the "
		"technician."},
	{"people: but read again", TEAM_PEOPLE, "!.", TEAM_LOADING, FX_USERS,
		""},
	{"people: Esc in the name asks for the number again", TEAM_PEOPLE,
		">912\nan<", TEAM_NUMBER, FX_NONE, ""},
	{"people: a name of blanks is none", TEAM_PEOPLE, ">912\n  \n",
		TEAM_NAME, FX_NONE, ""},
	{"people: 0 goes back from the role to the name", TEAM_PEOPLE,
		">912\nan\n0", TEAM_NAME, FX_NONE, ""},
	{"people: Esc in the PIN asks for the last day again", TEAM_PEOPLE,
		">912\nan\n1\n2468<", TEAM_UNTIL, FX_NONE, ""},
	{"people: before his PIN the last day", TEAM_PEOPLE, ">912\nan\n1",
		TEAM_UNTIL, FX_NONE, ""},
	{"people: Esc in it asks for the role again", TEAM_PEOPLE,
		">912\nan\n131<", TEAM_ROLE, FX_NONE, ""},
	{"people: a year alone is no last day", TEAM_PEOPLE,
		">912\nan\n12027\n", TEAM_UNTIL, FX_NONE, NO_DAY},
	{"people: nor is a day that no calendar has", TEAM_PEOPLE,
		">912\nan\n131022027\n", TEAM_UNTIL, FX_NONE, NO_DAY},
	{"people: yesterday is no last day", TEAM_PEOPLE,
		">912\nan\n121112026\n", TEAM_UNTIL, FX_NONE,
		"This day is over: the last day is today or later"},
	{"people: today is one", TEAM_PEOPLE, ">912\nan\n122112026\n", TEAM_PIN,
		FX_NONE, ""},
	{"people: it can be written with strokes", TEAM_PEOPLE,
		">912\nan\n131.12.2027\n", TEAM_PIN, FX_NONE, ""},
	{"T67 renew: who has no end works until revoked", TEAM_PEOPLE, ">23",
		TEAM_USER, FX_NONE,
		"This user has no last day and works until he is revoked"},
	{"T67 renew: asks for the day", TEAM_PEOPLE, ">33", TEAM_RENEW, FX_NONE,
		""},
	{"T67 renew: ENTER alone records nothing", TEAM_PEOPLE, ">33\n",
		TEAM_RENEW, FX_NONE, NO_DAY},
	{"T67 renew: not the same day", TEAM_PEOPLE, ">3331122026\n",
		TEAM_RENEW, FX_NONE,
		"A new last day is later than the one before"},
	{"T67 renew: nor a day that is over", TEAM_PEOPLE, ">3301112026\n",
		TEAM_RENEW, FX_NONE,
		"This day is over: the last day is today or later"},
	{"T67 renew: Esc leads back to him", TEAM_PEOPLE, ">3331<", TEAM_USER,
		FX_NONE, ""},
	{"T67 renew: a later day is recorded", TEAM_PEOPLE, ">3331122027\n",
		TEAM_WORKING, FX_USER_RENEW, ""},
	{"T67 renew: once", TEAM_PEOPLE, ">3331122027\n\n", TEAM_WORKING,
		FX_NONE, ""},
	{"T67 renew: and the list again", TEAM_PEOPLE, ">3331122027\n\r",
		TEAM_LOADING, FX_USERS, "It is recorded"},
	{"T67 renew: failed, so the list is looked at", TEAM_PEOPLE,
		">3331122027\n!", TEAM_LOADING, FX_USERS,
		"The disk could not be read. Stop paying and call the "
		"technician."},
	{"people: Esc the second time asks for the PIN again", TEAM_PEOPLE,
		">912\nan\n1\n246810\n24<", TEAM_PIN, FX_NONE, ""},
	{"people: refused for another reason: the list", TEAM_PEOPLE,
		">912\nan\n1\n246810\n246810\n$", TEAM_LOADING, FX_USERS,
		"No shift is open. Open your drawer first (key *)."},
	{"first: Esc in the PIN asks for the name again", TEAM_FIRST,
		"9\nhung\n2468<", TEAM_NAME, FX_NONE, ""},
	{"first: it was not recorded, so all is asked again", TEAM_FIRST,
		"9\nhung\n246810\n246810\n!!", TEAM_FIRST_NUMBER, FX_NONE,
		"The disk could not be read. Stop paying and call the "
		"technician."},
	{"first: a number that is taken is asked again", TEAM_FIRST,
		"9\nhung\n246810\n246810\n\t", TEAM_FIRST_NUMBER, FX_NONE,
		TAKEN},
	{"own PIN: five digits are none", TEAM_OWN_PIN, "24681\n", TEAM_OLD,
		FX_NONE, "The PIN has six digits"},
	{"own PIN: Esc in the new one asks for the old one", TEAM_OWN_PIN,
		"246810\n90<", TEAM_OLD, FX_NONE, ""},
	{"own PIN: refused, from the beginning", TEAM_OWN_PIN,
		"246810\n905314\n905314\n$", TEAM_OLD, FX_NONE,
		"No shift is open. Open your drawer first (key *)."},
	{"own PIN: failed, from the beginning", TEAM_OWN_PIN,
		"246810\n905314\n905314\n!", TEAM_OLD, FX_NONE,
		"The disk could not be read. Stop paying and call the "
		"technician."},
	{"people: he types his PIN", TEAM_PEOPLE, ">912\nan\n1\n", TEAM_PIN,
		FX_NONE, ""},
	{"people: added", TEAM_PEOPLE, ">912\nan\n1\n246810\n246810\n",
		TEAM_WORKING, FX_USER_ADD, ""},
	{"people: the number is taken", TEAM_PEOPLE,
		">912\nan\n1\n246810\n246810\n\t", TEAM_NUMBER, FX_NONE, TAKEN},
	{"people: failed, so the list is looked at", TEAM_PEOPLE,
		">912\nan\n1\n246810\n246810\n!", TEAM_LOADING, FX_USERS,
		"The disk could not be read. Stop paying and call the "
		"technician."},
	{"own PIN: the old one first", TEAM_OWN_PIN, "", TEAM_OLD, FX_NONE, ""},
	{"own PIN: given up", TEAM_OWN_PIN, "<", TEAM_OLD, FX_LEAVE, ""},
	{"own PIN: then the new one", TEAM_OWN_PIN, "246810\n", TEAM_PIN,
		FX_NONE, ""},
	{"own PIN: twice", TEAM_OWN_PIN, "246810\n905314\n905314\n",
		TEAM_WORKING, FX_USER_PIN, ""},
	{"own PIN: changed", TEAM_OWN_PIN, "246810\n905314\n905314\n\r",
		TEAM_WORKING, FX_LEAVE, "Your PIN is changed"},
	{"T65 own PIN: the old one was wrong", TEAM_OWN_PIN,
		"246811\n905314\n905314\nW", TEAM_OLD, FX_NONE,
		"Wrong PIN; 9 tries left"},
	{"T65 own PIN: wrong too often, so it waits", TEAM_OWN_PIN,
		"246811\n905314\n905314\nX"
		"=2=4=6=8=1=0=\n=9=0=5=3=1=4=\n=9=0=5=3=1=4=\n",
		TEAM_AGAIN, FX_NONE, "Wait 4 seconds, then press ENTER again"},
	{"T65 own PIN: locked", TEAM_OWN_PIN, "246811\n905314\n905314\nL",
		TEAM_OLD, FX_NONE,
		"This user is locked; a supervisor can unlock it"},
};

static void run_row(void **state)
{
	static struct event ev;
	static struct team t;
	const struct row *row = *state;
	struct effect fx;
	struct story story;

	tr_set_lang("en");
	fx = team_start(&t, row->task);
	t.now = today;
	story_begin(&story, row->script);
	while (story_next(&story, &ev))
		fx = team_handle(&t, &ev);
	assert_int_equal(t.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_string_equal(t.notice.text, row->notice);
}

static void a_new_user_is_as_typed_and_his_pin_is_gone_here(void **state)
{
	static struct event ev;
	static struct team t;
	struct effect fx = effect_of(FX_NONE);
	struct story story;

	(void)state;
	team_start(&t, TEAM_PEOPLE);
	story_begin(&story, ">912\nan\n131122027\n246810\n246810\n");
	while (story_next(&story, &ev))
		fx = team_handle(&t, &ev);
	assert_int_equal(fx.user.number, 12);
	assert_string_equal(fx.user.name, "an");
	assert_int_equal(fx.user.role, ROLE_AGENT);
	assert_int_equal(fx.user.until, 20271231);
	assert_string_equal(fx.user.pin, "246810");
	assert_true(fx.drop_keys);
	assert_int_equal(entry_length(&t.pin), 0);
	assert_int_equal(entry_length(&t.again), 0);
}

static struct effect play(struct team *t, enum team_task task,
	const char *script)
{
	static struct event ev;
	struct effect fx = team_start(t, task);
	struct story story;

	story_begin(&story, script);
	while (story_next(&story, &ev))
		fx = team_handle(t, &ev);
	return fx;
}

/* No end, also if a day was typed first and taken back. */
static void nobody_has_a_last_day_who_was_given_none(void **state)
{
	static struct team t;
	struct effect fx;

	(void)state;
	fx = play(&t, TEAM_PEOPLE,
		">912\nan\n131122027\n24<\b\b\b\b\b\b\b\b\n246810\n246810\n");
	assert_int_equal(fx.kind, FX_USER_ADD);
	assert_int_equal(fx.user.until, 0);
	fx = play(&t, TEAM_PEOPLE, ">3331122027\n");
	assert_int_equal(fx.user.until, 20271231);
	assert_int_equal(fx.user.number, 8);
}

/* Said beside the name: he is in the list, and gets in no more. */
static void a_last_day_is_over_on_the_day_after(void **state)
{
	const struct user u = {.until = 20261122};
	struct team t = {.now = today};

	(void)state;
	assert_false(team_is_over(&t, &u));
	t.now += 86400000;
	assert_true(team_is_over(&t, &u));
	t.now = 0;
	assert_false(team_is_over(&t, &u));
}

/* After the last of a full page; from the first where all were shown. */
static void the_next_page_goes_on_behind_the_last_user(void **state)
{
	static struct event ev;
	static struct team t;
	struct effect fx;

	(void)state;
	play(&t, TEAM_PEOPLE, "");
	story_event('>', 1000, &ev);
	ev.users.more = true;
	team_handle(&t, &ev);
	story_event('.', 2000, &ev);
	fx = team_handle(&t, &ev);
	assert_int_equal(fx.kind, FX_USERS);
	assert_int_equal(fx.user.number, 8);
	fx = play(&t, TEAM_PEOPLE, ">.");
	assert_int_equal(fx.kind, FX_USERS);
	assert_int_equal(fx.user.number, 0);
}

/* FIRST looks after a failure: an empty answer means that it must ask. */
static void T09_first_user_not_recorded_is_asked_for_again(void **state)
{
	static struct event ev;
	static struct team t;

	(void)state;
	play(&t, TEAM_FIRST, "9\nhung\n246810\n246810\n!");
	assert_int_equal(t.step, TEAM_LOADING);
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_USERS;
	assert_int_equal(team_handle(&t, &ev).kind, FX_NONE);
	assert_int_equal(t.step, TEAM_FIRST_NUMBER);
	assert_int_equal(entry_length(&t.number), 0);
}

/* The number that the book does not allow is asked again, not the list. */
static void a_number_that_cannot_be_given_is_asked_again(void **state)
{
	static struct event ev;
	static struct team t;

	(void)state;
	play(&t, TEAM_PEOPLE, ">912\nan\n1\n246810\n246810\n");
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_REFUSED;
	ev.refusal.code = REFUSED_USER;
	assert_int_equal(team_handle(&t, &ev).kind, FX_NONE);
	assert_int_equal(t.step, TEAM_NUMBER);
	assert_int_equal(t.notice.level, NOTICE_WARN);
}

/* Who reads the list must see who may do what. */
static void every_role_has_words_of_its_own(void **state)
{
	static const struct {
		char key;
		enum role role;
	} row[] = {
		{'1', ROLE_AGENT},
		{'2', ROLE_STAFF},
		{'3', ROLE_SUPERVISOR},
		{'4', ROLE_TECHNICIAN},
	};
	static struct event ev;
	static struct team t;

	(void)state;
	tr_set_lang("en");
	assert_string_equal(team_role_text(ROLE_NONE), "");
	assert_string_equal(team_role_text(ROLE_COUNT), "");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		size_t count;
		const struct binding *b = team_bindings(TEAM_ROLE, &count);

		b = binding_find(b, count, row[i].key);
		assert_string_equal(tr(b->does), team_role_text(row[i].role));
		play(&t, TEAM_PEOPLE, ">912\nan\n");
		story_event(row[i].key, 99000, &ev);
		team_handle(&t, &ev);
		assert_int_equal(t.role, row[i].role);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(team_role_text(row[k].role),
				team_role_text(row[i].role));
	}
}

/* Counted aside, again after each change; of another time it is not taken. */
static void who_was_here_when_is_asked_with_the_list(void **state)
{
	static struct event ev;
	static struct users_seen seen;
	static struct team t;
	struct effect fx;

	(void)state;
	play(&t, TEAM_PEOPLE, "");
	story_event('>', 5000, &ev);
	fx = team_handle(&t, &ev);
	assert_int_equal(fx.kind, FX_USERS_SEEN);
	assert_false(flow_is_answered(fx.kind));
	assert_null(team_seen_of(&t, t.row[0].number));
	seen.count = 1;
	seen.row[0] =
		(struct user_seen){.number = t.row[0].number, .login = 7000};
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_STUDY;
	ev.study.state = STUDY_DONE;
	ev.study.seen = &seen;
	ev.study.number = fx.study.number + 1;
	team_handle(&t, &ev);
	assert_null(team_seen_of(&t, t.row[0].number));
	ev.study.number = fx.study.number;
	ev.study.state = STUDY_FAILED;
	team_handle(&t, &ev);
	assert_null(team_seen_of(&t, t.row[0].number));
	ev.study.state = STUDY_DONE;
	team_handle(&t, &ev);
	assert_int_equal(team_seen_of(&t, t.row[0].number)->login, 7000);
	assert_int_equal(t.step, TEAM_LIST);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 8];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[COUNT_OF(rows)] = (struct CMUnitTest)cmocka_unit_test(
		a_new_user_is_as_typed_and_his_pin_is_gone_here);
	tests[COUNT_OF(rows) + 1] = (struct CMUnitTest)
		cmocka_unit_test(the_next_page_goes_on_behind_the_last_user);
	tests[COUNT_OF(rows) + 2] = (struct CMUnitTest)cmocka_unit_test(
		T09_first_user_not_recorded_is_asked_for_again);
	tests[COUNT_OF(rows) + 3] = (struct CMUnitTest)
		cmocka_unit_test(a_number_that_cannot_be_given_is_asked_again);
	tests[COUNT_OF(rows) + 4] = (struct CMUnitTest)
		cmocka_unit_test(every_role_has_words_of_its_own);
	tests[COUNT_OF(rows) + 5] = (struct CMUnitTest)
		cmocka_unit_test(nobody_has_a_last_day_who_was_given_none);
	tests[COUNT_OF(rows) + 6] = (struct CMUnitTest)
		cmocka_unit_test(a_last_day_is_over_on_the_day_after);
	tests[COUNT_OF(rows) + 7] = (struct CMUnitTest)
		cmocka_unit_test(who_was_here_when_is_asked_with_the_list);
	return cmocka_run_group_tests_name("team", tests, NULL, NULL);
}
