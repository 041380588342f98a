/* Lines of limits as records have them (key 31): one row is one of them. */
#include "support/unit.h"

#include <string.h>

#include "db/verify/audit_internal.h"
#include "support/samplelines.h"

static struct row {
	const char *line;
	bool good;
	enum audit_limits which;
	int64_t value;
} rows[] = {
	{"limit single 20000000", true, AUDIT_SINGLE, 20000000},
	{"limit single 100000", true, AUDIT_SINGLE, 100000},
	{"limit single 200000000", true, AUDIT_SINGLE, 200000000},
	{"limit payouts 1", true, AUDIT_PAYOUTS, 1},
	{"limit sum 20000000000", true, AUDIT_SUM, INT64_C(20000000000)},
	{"limit pace 0", true, AUDIT_PACE, 0},
	{"limit pace 600", true, AUDIT_PACE, 600},
	{"limit hours 07:00-17:30", true, AUDIT_HOURS, 7001730},
	{"limit hours 00:00-24:00", true, AUDIT_HOURS, 2400},
	{"limit hours 23:59-24:00", true, AUDIT_HOURS, 23592400},
	/* no limit, or none that there is */
	{"", false, 0, 0},
	{"limit", false, 0, 0},
	{"limit ", false, 0, 0},
	{"limits single 20000000", false, 0, 0},
	{"erase 7 1", false, 0, 0},
	{"limit singl 20000000", false, 0, 0},
	{"limit singles 20000000", false, 0, 0},
	{"limit sinGle 20000000", false, 0, 0},
	{"limit single", false, 0, 0},
	{"limit hello 1", false, 0, 0},
	/* to what it cannot be */
	{"limit single 99999", false, 0, 0},
	{"limit single 200000001", false, 0, 0},
	{"limit payouts 0", false, 0, 0},
	{"limit pace 601", false, 0, 0},
	{"limit sum 99999999999999999999999999", false, 0, 0},
	/* numbers that are written another way: each has one way only */
	{"limit pace ", false, 0, 0},
	{"limit pace 015", false, 0, 0},
	{"limit pace 00", false, 0, 0},
	{"limit pace +15", false, 0, 0},
	{"limit pace -1", false, 0, 0},
	{"limit pace 15 ", false, 0, 0},
	{"limit pace 1x", false, 0, 0},
	{"limit pace  15", false, 0, 0},
	/* hours */
	{"limit hours 17:30-07:00", false, 0, 0},
	{"limit hours 07:00-07:00", false, 0, 0},
	{"limit hours 07:00-24:01", false, 0, 0},
	{"limit hours 07:00-25:00", false, 0, 0},
	{"limit hours 07:60-17:30", false, 0, 0},
	{"limit hours 7:00-17:30", false, 0, 0},
	{"limit hours 07:00-17:300", false, 0, 0},
	{"limit hours 07.00-17:30", false, 0, 0},
	{"limit hours 07:00 17:30", false, 0, 0},
	{"limit hours 07:00-17.30", false, 0, 0},
	{"limit hours x7:00-17:30", false, 0, 0},
	{"limit hours 0x:00-17:30", false, 0, 0},
	{"limit hours 07:x0-17:30", false, 0, 0},
	{"limit hours 07:0x-17:30", false, 0, 0},
	{"limit hours 07:00-/7:30", false, 0, 0},
	{"limit hours 07:00-1/:30", false, 0, 0},
	{"limit hours 730", false, 0, 0},
};

static struct audit book;

static void begin(uint64_t first, bool has_limits)
{
	memset(&book, 0, sizeof(book));
	book.begin.first = first;
	book.begin.has_limits = has_limits;
	audit_limits_begin(&book);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	struct audit_limit before[AUDIT_LIMITS];

	begin(1, false);
	memcpy(before, book.limit, sizeof(before));
	assert_int_equal(audit_limit_line(&book, row->line), row->good);
	for (int i = 0; i < AUDIT_LIMITS; i++) {
		assert_true(book.limit[i].known);
		if (row->good && i == (int)row->which)
			assert_true(book.limit[i].value == row->value);
		else
			assert_true(book.limit[i].value == before[i].value);
	}
}

/* Before the first record the usual ones hold; in the middle of a book only
 * if it is said what held there. */
static void what_holds_at_the_beginning(void **state)
{
	static const struct {
		uint64_t first;
		bool has_limits;
		bool known;
	} row[] = {
		{1, false, true},
		{1, true, true},
		{50, true, true},
		{50, false, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		begin(row[i].first, row[i].has_limits);
		for (int k = 0; k < AUDIT_LIMITS; k++) {
			assert_int_equal(book.limit[k].known, row[i].known);
			/* What is usual is a limit that may be set. */
			assert_true(book.limit[k].value >= 0);
		}
		assert_true(book.limit[AUDIT_SINGLE].value == 15000000);
	}
	/* A record that sets one makes it known, and that one only. */
	begin(50, false);
	assert_true(audit_limit_line(&book, "limit pace 30"));
	for (int k = 0; k < AUDIT_LIMITS; k++)
		assert_int_equal(book.limit[k].known, k == AUDIT_PACE);
	audit_limits_forget(&book);
	assert_false(book.limit[AUDIT_PACE].known);
}

static void lines_of_samples(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(samplelines); i++)
		if (audit_sample_line(samplelines[i].line, SAMPLELINES_SEQ) !=
			samplelines[i].good)
			fail_msg("%s: %s", samplelines[i].name,
				samplelines[i].line);
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(rows) + 2];
	size_t n = 0;

	for (; n < COUNT_OF(rows); n++)
		tests[n] = (struct CMUnitTest){.name = rows[n].line[0]
							       ? rows[n].line
							       : "(nothing)",
			.test_func = run_row,
			.initial_state = &rows[n]};
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(what_holds_at_the_beginning);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(lines_of_samples);
	return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
