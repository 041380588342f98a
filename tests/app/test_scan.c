/* Bytes of a card from the command line, and showing bytes safely. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal/app/scan.h"

struct safe_row {
	const char *name;
	const char *bytes;
	size_t len;
	const char *shown;
};

static struct safe_row safe_rows[] = {
	{"plain text stays", "CV1:ABC", 7, "CV1:ABC\n"},
	{"Vietnamese stays", "Nguyễn Thị Đẹp", 21, "Nguyễn Thị Đẹp\n"},
	{"T41 ESC is shown escaped", "a\x1b[2Jb", 6, "a\\x1b[2Jb\n"},
	{"T41 C1 is shown escaped", "\xc2\x9b", 2, "\\xc2\\x9b\n"},
	{"T41 NUL and newline are shown escaped", "a\0\n", 3, "a\\x00\\x0a\n"},
	{"T42 a bidirectional mark is shown escaped", "\xe2\x80\xae", 3,
		"\\xe2\\x80\\xae\n"},
	{"a byte that is no UTF-8 is shown escaped", "\xff", 1, "\\xff\n"},
};

static void run_safe_row(void **state)
{
	const struct safe_row *row = *state;
	char *shown = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&shown, &size);

	assert_non_null(out);
	scan_print_safe(out, row->bytes, row->len);
	fclose(out);
	assert_string_equal(shown, row->shown);
	free(shown);
}

static void hex_is_read_or_refused(void **state)
{
	static struct scan_bytes scan;
	const struct scan_source good = {.hex = "30317c"};
	const struct scan_source odd = {.hex = "303"};
	const struct scan_source foreign = {.hex = "30zz"};
	struct err err;

	(void)state;
	assert_true(scan_read(&good, &scan, &err));
	assert_int_equal(scan.len, 3);
	assert_string_equal((const char *)scan.bytes, "01|");
	assert_false(scan_read(&odd, &scan, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(scan_read(&foreign, &scan, &err));
}

static void too_long_a_text_is_refused(void **state)
{
	static struct scan_bytes scan;
	static char text[DECODE_MAX_BYTES + 2];
	const struct scan_source from = {.text = text};
	struct err err;

	(void)state;
	memset(text, '0', sizeof(text) - 1);
	assert_false(scan_read(&from, &scan, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(safe_rows) + 2];
	const size_t n = COUNT_OF(safe_rows);

	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){.name = safe_rows[i].name,
			.test_func = run_safe_row,
			.initial_state = &safe_rows[i]};
	tests[n] = (struct CMUnitTest)cmocka_unit_test(hex_is_read_or_refused);
	tests[n + 1] =
		(struct CMUnitTest)cmocka_unit_test(too_long_a_text_is_refused);
	return cmocka_run_group_tests_name("scan", tests, NULL, NULL);
}
