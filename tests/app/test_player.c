/* A recording is read whole, or not at all; what is masked becomes somebody. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/users.h"
#include "drivers/camera/image_reader.h"
#include "drivers/lists/list_reader.h"
#include "support/tmpdir.h"
#include "terminal/app/demo.h"
#include "terminal/app/player.h"

#define HEAD "chitra-recording 1 80x25\n"
#define PIN                                                        \
	"0 type pin 9\n0 type pin 9\n0 type pin 9\n0 type pin 9\n" \
	"0 type pin 9\n0 type pin 9\n0 key ENTER\n"

/* ---- a file that is not taken ---- */

struct fault {
	const char *name;
	const char *text;
	enum recording_wrong wrong;
	int line;
};

static struct fault faults[] = {
	{"nothing", "", RECORDING_EMPTY, 1},
	{"another file", "#!/bin/sh\n", RECORDING_FOREIGN, 1},
	{"a line without an end", "chitra", RECORDING_FOREIGN, 1},
	{"a newer version", "chitra-recording 2 80x25\n0 key 1\n",
		RECORDING_NEWER, 1},
	{"only the first line", HEAD, RECORDING_EMPTY, 2},
	{"only notes", HEAD "# nothing\n\n", RECORDING_EMPTY, 4},
	{"a damaged line", HEAD "# a note\n0 key 1\n0 kay 1\n0 key 1\n",
		RECORDING_DAMAGED, 4},
	{"the end is missing", HEAD "0 key 1\n0 key", RECORDING_CUT, 3},
	{"the first line is damaged", "chitra-recording 1 80\n0 key 1\n",
		RECORDING_DAMAGED, 1},
};

static void run_fault(void **state)
{
	const struct fault *row = *state;
	struct player_fault fault;
	char sentence[256];
	struct err err;
	struct player *p =
		player_open_text(row->text, strlen(row->text), &fault, &err);

	assert_null(p);
	assert_int_equal(fault.wrong, row->wrong);
	assert_int_equal(fault.line, row->line);
	player_says(&fault, sentence, sizeof(sentence));
	assert_non_null(strchr(sentence, '.'));
}

static void a_file_that_is_not_there_is_an_error(void **state)
{
	struct player_fault fault;
	struct err err = {0};
	struct player *p = player_open("/nowhere/x", &fault, &err);

	(void)state;
	assert_null(p);
	assert_int_equal(fault.wrong, RECORDING_FINE);
	assert_int_equal(err.code, ERR_IO);
}

/* ---- keys ---- */

struct typed {
	const char *name;
	const char *text;
	const char *keys; /* '\n' is ENTER, '<' is erase */
};

static struct typed typing[] = {
	{"an agent is the demo's agent",
		HEAD "0 type user 9\n0 type user 9\n0 key ENTER\n" PIN
		     "0 = signed-in agent\n",
		"1\n246802\n"},
	{"any other is its supervisor",
		HEAD "0 type user 9\n0 key ENTER\n" PIN
		     "0 = signed-in technician\n",
		"9\n135791\n"},
	{"a second person is its supervisor",
		HEAD "0 type user 9\n0 key ENTER\n" PIN "0 = paid\n",
		"9\n135791\n"},
	{"a wrong PIN is typed wrongly, and then rightly",
		HEAD "0 type user 9\n0 key ENTER\n" PIN
		     "0 = sign-in-refused wrong-pin\n" PIN
		     "0 = signed-in agent\n",
		"1\n000000\n246802\n"},
	{"who is not known is nobody here",
		HEAD "0 type user 9\n0 key ENTER\n" PIN
		     "0 = sign-in-refused no-user\n",
		"8\n135791\n"},
	{"a digit of a PIN that was taken back is typed again",
		HEAD
		"0 type user 9\n0 key ENTER\n0 type pin 9\n0 key ERASE\n" PIN
		"0 = signed-in agent\n",
		"1\n2<246802\n"},
	{"the PIN alone, after a lock",
		HEAD "0 type user 9\n0 key ENTER\n" PIN
		     "0 = signed-in agent\n" PIN "0 = signed-in agent\n",
		"1\n246802\n246802\n"},
	{"keys by their name", HEAD "0 key 1\n0 key SPACE\n0 key ENTER\n",
		"1 \n"},
	{"a number and a name in another field",
		HEAD "0 type other 9\n0 type other 9\n0 type other 9\n"
		     "0 key ENTER\n0 type other a\n0 type other SPACE\n"
		     "0 type other a\n",
		"001\nn u"},
	{"what was no key then is none now",
		HEAD "0 type lost 9\n0 type lost a\n", "\x01\x02"},
	{"who was not found is no number",
		HEAD "0 type person 9\n0 type person 9\n0 type person 9\n"
		     "0 type person 9\n0 key ENTER\n0 = found 0\n",
		"0000\n"},
};

static char shown(int key)
{
	switch (key) {
	case K_ACCEPT:
		return '\n';
	case K_ERASE:
		return '<';
	default:
		return (char)key;
	}
}

static void run_typed(void **state)
{
	const struct typed *row = *state;
	static struct played next;
	struct player_fault fault;
	char keys[128] = "";
	size_t n = 0;
	struct err err;
	struct player *p =
		player_open_text(row->text, strlen(row->text), &fault, &err);

	assert_non_null(p);
	while (player_take(p, &next)) {
		assert_int_equal(next.kind, RECORDED_KEY);
		assert_true(n < sizeof(keys) - 1);
		keys[n++] = shown(next.ev.key);
	}
	player_close(p);
	keys[n] = '\0';
	assert_string_equal(keys, row->keys);
}

/* ---- time, order, answers ---- */

static void time_is_kept_over_what_is_not_played(void **state)
{
	static const char text[] = HEAD "5 key 1\n10 = paid\n20 size 40x24\n"
					"40 tick\n80 print printed fine fine\n";
	static struct played next;
	struct player_fault fault;
	struct player_score score;
	struct err err;
	int rows;
	int cols;
	struct player *p =
		player_open_text(text, sizeof(text) - 1, &fault, &err);

	(void)state;
	assert_non_null(p);
	player_screen(p, &rows, &cols);
	assert_int_equal(rows, 25);
	assert_int_equal(cols, 80);
	assert_true(player_take(p, &next));
	assert_int_equal(next.after_ms, 5);
	assert_true(player_take(p, &next));
	assert_int_equal(next.after_ms, 70);
	assert_int_equal(next.ev.kind, EV_TICK);
	assert_true(player_take(p, &next));
	assert_int_equal(next.after_ms, 80);
	assert_int_equal(next.ev.print.state, PRINT_PRINTED);
	assert_int_equal(player_line(p), 6);
	assert_false(player_take(p, &next));
	player_score(p, &score);
	assert_int_equal(score.events, 3);
	/* "paid" was never answered. */
	assert_int_equal(score.otherwise, 1);
	assert_int_equal(score.first_line, 3);
	assert_string_equal(score.recorded, "paid");
	assert_string_equal(score.now, "");
	player_close(p);
}

static void answers_are_compared_in_their_order(void **state)
{
	static const char text[] =
		HEAD "5 key 1\n0 = paid\n0 = handed\n0 key 2\n";
	static const struct event paid = {.kind = EV_PAID};
	static const struct event absent = {.kind = EV_NOT_RECORDED};
	static struct played next;
	struct player_fault fault;
	struct player_score score;
	struct err err;
	struct player *p =
		player_open_text(text, sizeof(text) - 1, &fault, &err);

	(void)state;
	assert_non_null(p);
	assert_true(player_take(p, &next));
	player_heard(p, &paid);
	player_heard(p, &absent);
	player_heard(p, &paid);
	player_score(p, &score);
	assert_int_equal(score.answers, 1);
	assert_int_equal(score.otherwise, 2);
	assert_int_equal(score.first_line, 4);
	assert_string_equal(score.recorded, "handed");
	assert_string_equal(score.now, "not-recorded");
	player_close(p);
}

/* ---- people, in the demo ---- */

static const char people[] = HEAD
	"0 scan serial 000000000001||x|0|x|x|0\n"
	"0 = person 1 cash\n"
	"0 scan serial 000000000002||x|0|x|x|0\n"
	"0 = person 2 none\n"
	"0 scan serial 000000000003||x|0|x|x|0\n"
	"0 = no-person\n"
	"0 scan serial 000000000004||x|0|x|x|0\n"
	"0 = person 4 cash\n"
	"0 type person 9\n0 type person 9\n0 type person 9\n0 type person 9\n"
	"0 key ENTER\n0 = found 1\n0 = person 4 cash\n"
	"0 type person a\n0 type person a\n0 type person SPACE\n"
	"0 type person a\n0 key ENTER\n0 = found 1\n0 = person 1 cash\n";

struct demo {
	char dir[256];
	struct db *db;
	struct session session;
	struct player *player;
};

static int set_up_demo(void **state)
{
	struct demo *d = calloc(1, sizeof(*d));
	struct sign_in_result result;
	struct player_fault fault;
	char data[300];
	struct err err;

	assert_non_null(d);
	tmpdir_make(d->dir, sizeof(d->dir));
	tmpdir_path(d->dir, "d", data, sizeof(data));
	assert_true(demo_create(data, &err));
	d->db = db_open(data, &err);
	assert_non_null(d->db);
	assert_int_equal(users_sign_in(d->db, DEMO_AGENT, DEMO_AGENT_PIN,
				 &d->session, &result, &err),
		SIGN_IN_DONE);
	d->player = player_open_text(people, sizeof(people) - 1, &fault, &err);
	assert_non_null(d->player);
	assert_true(player_cast(d->player, d->db, &err));
	*state = d;
	return 0;
}

static int tear_down_demo(void **state)
{
	struct demo *d = *state;
	struct err err;

	player_close(d->player);
	assert_true(users_sign_out(d->db, &d->session, &err));
	db_close(d->db);
	tmpdir_remove(d->dir);
	free(d);
	return 0;
}

/* The next scan, and who of the demo it is. */
static enum lookup scanned(struct demo *d, struct person_due *out)
{
	static struct played next;
	static struct idcard card;
	struct err err;

	assert_true(player_take(d->player, &next));
	assert_int_equal(next.ev.kind, EV_SCAN);
	assert_true(idcard_parse(next.ev.scan.bytes, next.ev.scan.len, &card) <
		    CARD_REJECT);
	return people_by_card(d->db, &card, out, &err);
}

static void typed_now(struct demo *d, char *out, int keys)
{
	static struct played next;

	for (int i = 0; i < keys; i++) {
		assert_true(player_take(d->player, &next));
		assert_int_equal(next.ev.kind, EV_KEY);
		*out++ = shown(next.ev.key);
	}
	*out = '\0';
}

static void people_are_those_of_the_store_who_are_alike(void **state)
{
	struct demo *d = *state;
	static struct person_due first;
	static struct person_due next;
	char keys[16];

	assert_int_equal(scanned(d, &first), LOOKUP_FOUND);
	assert_int_equal(first.person.seq, 1);
	assert_true(first.due > 0);
	/* The first of the list who has an account. */
	assert_int_equal(scanned(d, &next), LOOKUP_FOUND);
	assert_int_equal(next.due, 0);
	assert_int_equal(next.person.seq, 29);
	assert_int_equal(scanned(d, &next), LOOKUP_ABSENT);
	assert_int_equal(scanned(d, &next), LOOKUP_FOUND);
	assert_int_equal(next.person.seq, 2);
	assert_true(next.due > 0);
	/* The last digits of his number. */
	typed_now(d, keys, 5);
	assert_memory_equal(keys, next.person.id12 + 8, 4);
	assert_int_equal(keys[4], '\n');
	/* Hà Thị Ty: two letters of the last word but one, one of the last. */
	typed_now(d, keys, 5);
	assert_string_equal(keys, "th t\n");
}

enum {
	FAULTS = sizeof(faults) / sizeof(faults[0]),
	TYPING = sizeof(typing) / sizeof(typing[0]),
	OTHERS = 4
};

int main(int argc, char **argv)
{
	const struct CMUnitTest others[OTHERS] = {
		cmocka_unit_test(a_file_that_is_not_there_is_an_error),
		cmocka_unit_test(time_is_kept_over_what_is_not_played),
		cmocka_unit_test(answers_are_compared_in_their_order),
		cmocka_unit_test_setup_teardown(
			people_are_those_of_the_store_who_are_alike,
			set_up_demo, tear_down_demo),
	};
	struct CMUnitTest tests[FAULTS + TYPING + OTHERS];
	size_t n = 0;

	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0)
		return image_reader_child();
	if (argc == 2 && strcmp(argv[1], LIST_READER_ARG) == 0)
		return list_reader_child();
	for (size_t i = 0; i < FAULTS; i++)
		tests[n++] = (struct CMUnitTest){faults[i].name, run_fault,
			NULL, NULL, &faults[i]};
	for (size_t i = 0; i < TYPING; i++)
		tests[n++] = (struct CMUnitTest){typing[i].name, run_typed,
			NULL, NULL, &typing[i]};
	for (size_t i = 0; i < OTHERS; i++)
		tests[n++] = others[i];
	return cmocka_run_group_tests_name("player", tests, NULL, NULL);
}
