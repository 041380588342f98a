/* Which printer is meant, and what a job leaves behind. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/tmpdir.h"
#include "terminal/app/printing.h"

struct row {
	const char *name;
	const char *spec; /* NULL: none given */
	const char *env;  /* CHITRA_PRINTER, NULL: not set */
	bool demo;
	bool ok;
	const char *became;
};

static struct row rows[] = {
	{"no printer unless one is named", NULL, NULL, false, true, "none"},
	{"the variable names one", NULL, "usb", false, true, "usb"},
	{"the option goes before the variable", "none", "usb", false, true,
		"none"},
	{"the demo has its own directory", NULL, NULL, true, true,
		"file:/d/receipts"},
	{"the network by address", "tcp:10.0.0.5:9100", NULL, false, true,
		"tcp:10.0.0.5:9100"},
	{"an unknown kind is refused", "lpt:1", NULL, false, false, "lpt:1"},
	{"a file without a name is refused", "file:", NULL, false, false,
		"file:"},
	{"nothing at all is refused", "", NULL, false, false, ""},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct printing p;
	struct err err = {0};

	if (row->env)
		setenv("CHITRA_PRINTER", row->env, 1);
	else
		unsetenv("CHITRA_PRINTER");
	assert_int_equal(printing_open(&p, row->spec, "/d", row->demo, &err),
		row->ok);
	assert_string_equal(p.spec, row->became);
	assert_int_equal(err.code, row->ok ? ERR_NONE : ERR_INVALID);
	printing_close(&p);
}

static struct receipt_job *job(void)
{
	static const uint8_t bytes[] =
		"\x1b@\x1d\x76\x30\x00\x01\x00\x01\x00\xff";
	struct receipt_job *j = calloc(1, sizeof(*j));

	assert_non_null(j);
	j->seq = 12;
	j->width = PAGE_80;
	j->len = sizeof(bytes) - 1;
	memcpy(j->bytes, bytes, j->len);
	return j;
}

static void without_a_printer_nothing_is_printed(void **state)
{
	struct receipt_job *j = job();
	struct printing p;
	struct err err = {0};

	(void)state;
	assert_true(printing_open(&p, "none", "/d", false, &err));
	assert_int_equal(printing_print(&p, j, &err), PRINT_NONE);
	assert_false(printing_exists(&p));
	free(j);
}

static void the_demo_keeps_a_picture_of_each_job(void **state)
{
	struct receipt_job *j = job();
	struct printing p;
	struct err err = {0};
	char dir[256];
	char kept[PRINTING_SPEC_SIZE + 32];

	(void)state;
	unsetenv("CHITRA_PRINTER");
	tmpdir_make(dir, sizeof(dir));
	assert_true(printing_open(&p, NULL, dir, true, &err));
	assert_int_equal(printing_print(&p, j, &err), PRINT_PRINTED);
	printing_kept(&p, j, kept, sizeof(kept));
	assert_int_equal(access(kept, R_OK), 0);
	j->copy = 2;
	assert_int_equal(printing_print(&p, j, &err), PRINT_PRINTED);
	printing_kept(&p, j, kept, sizeof(kept));
	assert_non_null(strstr(kept, "000012-copy2.png"));
	assert_int_equal(access(kept, R_OK), 0);
	printing_close(&p);
	tmpdir_remove(dir);
	free(j);
}

static void a_place_that_cannot_be_fails_and_says_so(void **state)
{
	struct receipt_job *j = job();
	struct printing p;
	struct err err = {0};

	(void)state;
	assert_true(printing_open(&p, "file:/proc/none/of/this", "/d", false,
		&err));
	assert_int_equal(printing_print(&p, j, &err), PRINT_FAILED);
	assert_true(err.text[0] != '\0');
	free(j);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 3];
	const size_t n = COUNT_OF(rows);

	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[n] = (struct CMUnitTest)
		cmocka_unit_test(without_a_printer_nothing_is_printed);
	tests[n + 1] = (struct CMUnitTest)
		cmocka_unit_test(the_demo_keeps_a_picture_of_each_job);
	tests[n + 2] = (struct CMUnitTest)
		cmocka_unit_test(a_place_that_cannot_be_fails_and_says_so);
	return cmocka_run_group_tests_name("printing", tests, NULL, NULL);
}
