/* Which driver a line of the settings means. */
#include "support/unit.h"

#include <limits.h>
#include <stdio.h>

#include "drivers/printer/printer_open.h"
#include "support/tmpdir.h"

struct row {
	const char *where;
	enum err_code code;
};

/* Without devices, the error tells how far each line got. */
static struct row rows[] = {
	{"", ERR_INVALID},
	{"lp0", ERR_INVALID},
	{"/dev/usb/lp0", ERR_INVALID},
	{"usb:", ERR_INVALID},
	{"usb:04b8", ERR_INVALID},
	{"usb:04b8:0e1", ERR_INVALID},
	{"usb:04b8:0e15x", ERR_INVALID},
	{"usb:04g8:0e15", ERR_INVALID},
	{"USB", ERR_INVALID},
	{"tcp:", ERR_INVALID},
	{"tcp:printer", ERR_INVALID},
	{"tcp:127.0.0.1:1", ERR_GONE},
	{"file:", ERR_INVALID},
	{"lp:", ERR_INVALID},
	{"lp:/dev/usb/lp77", ERR_GONE},
	{"lp:/dev/null", ERR_INVALID},
	{"serial", ERR_INVALID},
	{"serial:/dev/ttyUSB77", ERR_GONE},
	{"serial:/dev/null", ERR_INVALID},
	{"serial:/dev/ttyUSB77:1234", ERR_INVALID},
	{"rfcomm:0", ERR_INVALID},
	{"rfcomm:/dev/rfcomm77", ERR_GONE},
	{"auto:1", ERR_INVALID},
	{"file:/no/such/folder/roll", ERR_GONE},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct err err = {0};

	assert_null(printer_open(row->where, 500, &err));
	assert_int_equal(err.code, row->code);
}

static void a_folder_is_a_file_printer(void **state)
{
	char dir[PATH_MAX];
	char where[PATH_MAX + 8];
	struct err err = {0};
	struct printer *p;

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	snprintf(where, sizeof(where), "file:%s", dir);
	p = printer_open(where, 500, &err);
	assert_non_null(p);
	assert_string_equal(printer_kind(p), "file");
	printer_close(p);
	tmpdir_remove(dir);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 1];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].where,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[0].name = "an empty line";
	tests[COUNT_OF(rows)] =
		(struct CMUnitTest)cmocka_unit_test(a_folder_is_a_file_printer);
	return cmocka_run_group_tests_name("printer_open", tests, NULL, NULL);
}
