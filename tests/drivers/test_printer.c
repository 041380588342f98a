/* The policy of printer.c, against a printer that fails on demand. */
#include "support/unit.h"

#include <string.h>

#include "drivers/printer/printer_fake.h"

#define GOOD                                  \
	{                                     \
		.known = true, .online = true \
	}
#define NO_PAPER                                                 \
	{                                                        \
		.known = true, .online = true, .paper_out = true \
	}
#define OPEN_COVER                                \
	{                                         \
		.known = true, .cover_open = true \
	}
#define SILENT                 \
	{                      \
		.known = false \
	}

struct row {
	const char *name;
	enum printer_outcome outcome;
	enum err_code code;
	const char *paper; /* what is printed in the end */
	struct printer_fault fault;
	size_t max_transfer;
	struct printer_status answer[2];
	int answers;
	int status_fails_at;
	enum err_code end_fails;
	const char *says; /* part of the error text */
};

static struct row rows[] = {
	{.name = "all in one transfer",
		.outcome = PRINTER_PRINTED,
		.paper = "hello"},
	{.name = "many small transfers",
		.outcome = PRINTER_PRINTED,
		.paper = "hello",
		.max_transfer = 2},
	{.name = "gone at once: nothing was sent",
		.outcome = PRINTER_FAILED,
		.code = ERR_GONE,
		.paper = "",
		.fault = {1, true, ERR_GONE},
		.says = "after 0 of 5"},
	{.name = "gone half way: a person must look",
		.outcome = PRINTER_UNKNOWN,
		.code = ERR_GONE,
		.paper = "he",
		.fault = {2, true, ERR_GONE},
		.max_transfer = 2,
		.says = "after 2 of 5"},
	{.name = "a broken transfer is not repeated",
		.outcome = PRINTER_FAILED,
		.code = ERR_IO,
		.paper = "",
		.fault = {1, false, ERR_IO}},
	{.name = "a busy moment: go on from what was taken",
		.outcome = PRINTER_PRINTED,
		.paper = "hello",
		.fault = {2, false, ERR_TIMEOUT},
		.max_transfer = 2},
	{.name = "busy for ever, nothing taken: not printed",
		.outcome = PRINTER_FAILED,
		.code = ERR_TIMEOUT,
		.paper = "",
		.fault = {1, true, ERR_TIMEOUT}},
	{.name = "busy for ever half way: a person must look",
		.outcome = PRINTER_UNKNOWN,
		.code = ERR_TIMEOUT,
		.paper = "hell",
		.fault = {3, true, ERR_TIMEOUT},
		.max_transfer = 2,
		.says = "only 4 of 5"},
	{.name = "no paper before: nothing is sent",
		.outcome = PRINTER_FAILED,
		.code = ERR_IO,
		.paper = "",
		.answer = {NO_PAPER},
		.answers = 1,
		.says = "out of paper"},
	{.name = "cover open before: nothing is sent",
		.outcome = PRINTER_FAILED,
		.code = ERR_IO,
		.paper = "",
		.answer = {OPEN_COVER},
		.answers = 1,
		.says = "cover open"},
	{.name = "cutter stuck before: nothing is sent",
		.outcome = PRINTER_FAILED,
		.code = ERR_IO,
		.paper = "",
		.answer = {{.known = true, .broken = true}},
		.answers = 1,
		.says = "cutter stuck"},
	{.name = "too hot before: nothing is sent",
		.outcome = PRINTER_FAILED,
		.code = ERR_IO,
		.paper = "",
		.answer = {{.known = true, .overheated = true}},
		.answers = 1,
		.says = "too hot"},
	{.name = "off line before: nothing is sent",
		.outcome = PRINTER_FAILED,
		.code = ERR_IO,
		.paper = "",
		.answer = {{.known = true}},
		.answers = 1,
		.says = "off line"},
	{.name = "near the end of the roll: it prints",
		.outcome = PRINTER_PRINTED,
		.paper = "hello",
		.answer = {{.known = true, .online = true, .paper_low = true}},
		.answers = 1},
	{.name = "it told by itself before, and had no reason to again",
		.outcome = PRINTER_PRINTED,
		.paper = "hello",
		.answer = {{.known = true, .unasked = true, .online = true},
			SILENT},
		.answers = 2},
	{.name = "gone when asked before: nothing is sent",
		.outcome = PRINTER_FAILED,
		.code = ERR_GONE,
		.paper = "",
		.status_fails_at = 1},
	{.name = "paper ran out: a person must look",
		.outcome = PRINTER_UNKNOWN,
		.code = ERR_IO,
		.paper = "hello",
		.answer = {GOOD, NO_PAPER},
		.answers = 2,
		.says = "out of paper"},
	{.name = "opened while printing: a person must look",
		.outcome = PRINTER_UNKNOWN,
		.code = ERR_IO,
		.paper = "hello",
		.answer = {GOOD, OPEN_COVER},
		.answers = 2},
	{.name = "T52 status OK, then disconnect: a person must look",
		.outcome = PRINTER_UNKNOWN,
		.code = ERR_GONE,
		.paper = "hello",
		.status_fails_at = 2},
	{.name = "T52 answered before, silent after: a person must look",
		.outcome = PRINTER_UNKNOWN,
		.code = ERR_TIMEOUT,
		.paper = "hello",
		.answer = {GOOD, SILENT},
		.answers = 2},
	{.name = "never answers at all: printed, as far as one can know",
		.outcome = PRINTER_PRINTED,
		.paper = "hello",
		.answer = {SILENT},
		.answers = 1},
	{.name = "the last bytes did not leave: a person must look",
		.outcome = PRINTER_UNKNOWN,
		.code = ERR_TIMEOUT,
		.paper = "hello",
		.end_fails = ERR_TIMEOUT},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	static struct printer_fake fake;
	struct printer *p = printer_fake_init(&fake);
	struct err err = {0};

	fake.fault = row->fault;
	fake.max_transfer = row->max_transfer;
	fake.answers = row->answers;
	fake.status_fails_at = row->status_fails_at;
	fake.end_fails = row->end_fails;
	memcpy(fake.answer, row->answer, sizeof(row->answer));
	assert_int_equal(printer_print(p, "hello", 5, 1000, &err),
		row->outcome);
	assert_int_equal(err.code, row->code);
	if (row->says)
		assert_non_null(strstr(err.text, row->says));
	assert_int_equal(fake.len, strlen(row->paper));
	assert_memory_equal(fake.paper, row->paper, fake.len);
	printer_close(p);
}

static void no_time_is_no_attempt(void **state)
{
	static struct printer_fake fake;
	struct printer *p = printer_fake_init(&fake);
	struct err err = {0};

	(void)state;
	assert_int_equal(printer_print(p, "hello", 5, 0, &err), PRINTER_FAILED);
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(printer_print(p, "", 0, 100, &err), PRINTER_FAILED);
	assert_int_equal(fake.jobs, 0);
}

/* A printer that waits for the rest of a picture must forget it first. */
static void the_job_after_a_cut_one_starts_afresh(void **state)
{
	static struct printer_fake fake;
	struct printer *p = printer_fake_init(&fake);
	struct err err = {0};

	(void)state;
	fake.max_transfer = 2;
	fake.fault = (struct printer_fault){2, false, ERR_IO};
	assert_int_equal(printer_print(p, "hello", 5, 1000, &err),
		PRINTER_UNKNOWN);
	assert_int_equal(fake.resets, 0);
	assert_int_equal(printer_print(p, "hello", 5, 1000, &err),
		PRINTER_PRINTED);
	assert_int_equal(fake.resets, 1);
	assert_int_equal(printer_print(p, "hello", 5, 1000, &err),
		PRINTER_PRINTED);
	assert_int_equal(fake.resets, 1);
	assert_int_equal(fake.jobs, 3);
}

static void big_jobs_arrive_whole(void **state)
{
	static struct printer_fake fake;
	static uint8_t job[ESCPOS_MAX_BYTES];
	struct printer *p = printer_fake_init(&fake);
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(job); i++)
		job[i] = (uint8_t)(i * 7 + i / 251);
	fake.max_transfer = 1000;
	assert_int_equal(printer_print(p, job, sizeof(job), 5000, &err),
		PRINTER_PRINTED);
	assert_int_equal(fake.len, sizeof(job));
	assert_memory_equal(fake.paper, job, sizeof(job));
}

static void status_can_be_asked(void **state)
{
	static struct printer_fake fake;
	struct printer *p = printer_fake_init(&fake);
	struct printer_status status;
	struct err err = {0};

	(void)state;
	assert_true(printer_status(p, &status, 100, &err));
	assert_true(status.known && status.online && !status.paper_out);
	fake.status_fails_at = 2;
	assert_false(printer_status(p, &status, 100, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_string_equal(printer_kind(p), "fake");
	printer_close(NULL);
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(no_time_is_no_attempt),
	cmocka_unit_test(the_job_after_a_cut_one_starts_afresh),
	cmocka_unit_test(big_jobs_arrive_whole),
	cmocka_unit_test(status_can_be_asked),
};

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	memcpy(tests + COUNT_OF(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("printer", tests, NULL, NULL);
}
