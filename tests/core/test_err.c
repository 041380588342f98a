/* An error says what to do, why, and where; context grows in front. */
#include "support/unit.h"

#include <stdbool.h>
#include <string.h>

#include "core/err.h"

static void set_records_everything(void **state)
{
	struct err err = {.text = "old"};

	(void)state;
	assert_false(err_set(&err, ERR_BUSY, 16, "%s %d", "port", 3));
	assert_int_equal(err.code, ERR_BUSY);
	assert_int_equal(err.sys, 16);
	assert_string_equal(err.text, "port 3");
	assert_non_null(strstr(err.where, "test_err.c:"));
}

static void wrap_puts_context_in_front(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_IO, 5, "short write");
	assert_false(err_wrap(&err, "export %s", "day.csv"));
	assert_false(err_wrap(&err, "menu"));
	assert_string_equal(err.text, "menu: export day.csv: short write");
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(err.sys, 5);
}

static void its_own_text_may_be_an_argument(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_IO, 5, "cause");
	err_set(&err, ERR_CORRUPT, 0, "twice %s %s", err.text, err.text);
	assert_string_equal(err.text, "twice cause cause");
	err_wrap(&err, "[%s]", err.text);
	assert_string_equal(err.text, "[twice cause cause]: twice cause cause");
}

static void long_texts_are_cut_and_ended(void **state)
{
	char big[1000];
	struct err err;

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	err_set(&err, ERR_INVALID, 0, "%s", big);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	err_wrap(&err, "front");
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
	assert_memory_equal(err.text, "front: xxx", 10);
	err_wrap(&err, "%s", big);
	assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
}

/* T41: an argument may be the name of a file on somebody's stick. */
static void texts_are_made_plain(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_IO, 5, "open %s",
		"A\x1b[2J\n\u202e\xc2\x9b\xff\u1ebf.csv");
	assert_string_equal(err.text, "open A?[2J????\u1ebf.csv");
	err_wrap(&err, "list %s", "\x1b]0;x\x07");
	assert_string_equal(err.text, "list ?]0;x?: open A?[2J????\u1ebf.csv");
}

struct row {
	const char *name;
	enum err_code code;
	bool transient;
};

static struct row rows[] = {
	{"busy may pass", ERR_BUSY, true},
	{"a time-out may pass", ERR_TIMEOUT, true},
	{"wrong input stays wrong", ERR_INVALID, false},
	{"gone needs a plug", ERR_GONE, false},
	{"denied needs someone", ERR_DENIED, false},
	{"full needs room", ERR_FULL, false},
	{"I/O must be looked at", ERR_IO, false},
	{"corrupt stops", ERR_CORRUPT, false},
	{"no memory is not for the caller", ERR_NO_MEMORY, false},
	{"no error", ERR_NONE, false},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	const struct err err = {.code = row->code};

	assert_int_equal(err_is_transient(&err), row->transient);
}

int main(void)
{
	struct CMUnitTest tests[5 + COUNT_OF(rows)] = {
		cmocka_unit_test(set_records_everything),
		cmocka_unit_test(wrap_puts_context_in_front),
		cmocka_unit_test(its_own_text_may_be_an_argument),
		cmocka_unit_test(long_texts_are_cut_and_ended),
		cmocka_unit_test(texts_are_made_plain),
	};
	size_t n = 5;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return _cmocka_run_group_tests("err", tests, n, NULL, NULL);
}
