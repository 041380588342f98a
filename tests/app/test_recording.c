/* The lines of a recording: written and read, damaged, of another version. */
#include "support/unit.h"

#include <string.h>

#include "terminal/app/recording.h"

/* ---- lines that come back as they are ---- */

static const char *const good[] = {
	"0 key ENTER",
	"999999999 key 1",
	"12 key SPACE",
	"12 key *",
	"12 key U+0111",
	"12 key U+0001",
	"5 key ERASE-WORD",
	"5 key PAGE-DOWN",
	"316 type user 9",
	"316 type pin 9",
	"316 type person a",
	"316 type person SPACE",
	"316 type other -",
	"316 type lost 9",
	"0 scan serial 000000000001|000000000|xxx\\x20xx|00000000|xx|xx|0",
	"0 scan keys \\x02xxx\\x0d\\x5c",
	"0 scan camera 000",
	"0 scan picture",
	"0 scan reports \\x00\\xff",
	"7 pasted",
	"7 tick",
	"7 print printed fine fine",
	"7 print failed io out low",
	"7 print unknown timeout offline",
	"7 device keyboard in",
	"7 device printer out",
	"7 camera two-codes",
	"7 size 40x24",
	"0 = paid",
	"0 = person 3 cash",
};

static void run_good(void **state)
{
	const char *line = *state;
	uint8_t bytes[256];
	struct buf out;
	static struct recorded r;

	buf_init(&out, bytes, sizeof(bytes));
	assert_true(recording_line(line, strlen(line), &r));
	recording_put(&r, &out);
	assert_int_equal(out.len, strlen(line) + 1);
	assert_memory_equal(bytes, line, strlen(line));
	assert_int_equal(bytes[out.len - 1], '\n');
}

/* ---- lines that nobody wrote ---- */

static const char *const damaged[] = {
	"key ENTER",
	" key ENTER",
	"-1 key ENTER",
	"1000000000 key 1",
	"99999999999999999999 key 1",
	"007 key 1",
	"0",
	"0 ",
	"0 kay 1",
	"0 key",
	"0 key ",
	"0 key 12",
	"0 key  1",
	"0 key 1 ",
	"0 key 1 2",
	"0 key U+",
	"0 key U+0000",
	"0 key U+110000",
	"0 key U+12G4",
	"0 type pin",
	"0 type pin 4",
	"0 type pin 9 9",
	"0 type nowhere 9",
	"0 scan",
	"0 scan laser 1",
	"0 scan serial ",
	"0 scan serial a b",
	"0 scan serial \\x2",
	"0 scan serial \\n",
	"0 scan serial \\xg0",
	"0 print printed",
	"0 print printed fine fine high",
	"0 print eaten fine fine",
	"0 device mouse in",
	"0 device printer on",
	"0 camera blind",
	"0 size 0x24",
	"0 size 40x",
	"0 size 40x1001",
	"0 tick 1",
	"0 =",
	"0 = ",
	"0 =  x",
	"0 = a longer answer than any of ours, which have sixty-three letters",
	"0 key \x1b",
	"0 key \xc4\x91",
};

static void run_damaged(void **state)
{
	const char *line = *state;
	static struct recorded r;

	assert_false(recording_line(line, strlen(line), &r));
}

static void a_nul_in_a_line_is_damage(void **state)
{
	static struct recorded r;

	(void)state;
	assert_false(recording_line("0 key 1\0", 8, &r));
	assert_false(recording_line("0 key \0", 7, &r));
}

/* ---- the first line ---- */

struct head {
	const char *line;
	enum recording_wrong wrong;
};

static struct head heads[] = {
	{"chitra-recording 1 80x25", RECORDING_FINE},
	{"chitra-recording 2 80x25", RECORDING_NEWER},
	{"chitra-recording 2", RECORDING_NEWER},
	{"chitra-recording 1", RECORDING_DAMAGED},
	{"chitra-recording 1 80", RECORDING_DAMAGED},
	{"chitra-recording 1 80x25 ", RECORDING_DAMAGED},
	{"chitra-recording one 80x25", RECORDING_DAMAGED},
	{"chitra-recording ", RECORDING_DAMAGED},
	{"chitra", RECORDING_FOREIGN},
	{"", RECORDING_FOREIGN},
	{"#!/bin/sh", RECORDING_FOREIGN},
};

static void run_head(void **state)
{
	const struct head *head = *state;
	int rows = 0;
	int cols = 0;

	assert_int_equal(recording_head(head->line, strlen(head->line), &rows,
				 &cols),
		head->wrong);
	if (head->wrong != RECORDING_FINE)
		return;
	assert_int_equal(rows, 25);
	assert_int_equal(cols, 80);
}

/* ---- answers ---- */

static void every_answer_has_its_word(void **state)
{
	static struct event ev;
	char text[RECORDING_ANSWER_SIZE];

	(void)state;
	for (int fx = 0; fx < FX_KIND_COUNT; fx++)
		for (int kind = 0; kind < EV_KIND_COUNT; kind++) {
			if (!flow_answers((enum effect_kind)fx,
				    (enum event_kind)kind))
				continue;
			memset(&ev, 0, sizeof(ev));
			ev.kind = (enum event_kind)kind;
			recording_answer(&ev, 1, text);
			if (text[0] == '?')
				fail_msg("event %d has no word", kind);
		}
}

/* Which question it is that was asked then. */
static void an_open_payout_says_whether_its_agent_is_out(void **state)
{
	static struct event ev = {.kind = EV_OPEN_PAYOUT};
	char text[RECORDING_ANSWER_SIZE];

	(void)state;
	recording_answer(&ev, 0, text);
	assert_string_equal(text, "open-payout");
	ev.left = SHIFT_LEFT_OVER;
	recording_answer(&ev, 0, text);
	assert_string_equal(text, "open-payout left");
}

static void an_answer_says_who_and_whether_there_is_money(void **state)
{
	bool cash = false;

	(void)state;
	assert_int_equal(recording_answer_person("person 17 cash", &cash), 17);
	assert_true(cash);
	assert_int_equal(recording_answer_person("person 4 none", &cash), 4);
	assert_false(cash);
	assert_int_equal(recording_answer_person("person 0 cash", &cash), 0);
	assert_int_equal(recording_answer_person("person 100000 cash", &cash),
		0);
	assert_int_equal(recording_answer_person("paid", &cash), 0);
}

enum {
	GOOD = sizeof(good) / sizeof(good[0]),
	DAMAGED = sizeof(damaged) / sizeof(damaged[0]),
	HEADS = sizeof(heads) / sizeof(heads[0])
};

int main(void)
{
	struct CMUnitTest tests[GOOD + DAMAGED + HEADS + 4];
	size_t n = 0;

	for (size_t i = 0; i < GOOD; i++)
		tests[n++] = (struct CMUnitTest){good[i], run_good, NULL, NULL,
			(void *)good[i]};
	for (size_t i = 0; i < DAMAGED; i++)
		tests[n++] = (struct CMUnitTest){damaged[i], run_damaged, NULL,
			NULL, (void *)damaged[i]};
	for (size_t i = 0; i < HEADS; i++)
		tests[n++] = (struct CMUnitTest){heads[i].line, run_head, NULL,
			NULL, &heads[i]};
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(a_nul_in_a_line_is_damage);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_answer_has_its_word);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(an_open_payout_says_whether_its_agent_is_out);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(an_answer_says_who_and_whether_there_is_money);
	return cmocka_run_group_tests_name("recording", tests, NULL, NULL);
}
