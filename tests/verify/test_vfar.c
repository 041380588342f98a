/* What chitra-verify says of a long check: one row is one such check. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "db/verify/vfar.h"

enum {
	A_LOOK = 64,
	TEXT_SIZE = 512
};

struct row {
	const char *name;
	bool asked;
	int64_t all;
	long read; /* of 1,000 bytes of a file; 0: there is no file */
	const char *says;
	bool left; /* says how long it will take */
};

static struct row rows[] = {
	{"of a store all records are known", true, 256, 0,
		"64 records (25%), 64 a second", true},
	{"of a file there are as many as fit", true, 0, 500,
		"64 records (50%), 64 a second", true},
	{"where nobody knows it says what is done", true, 0, 0,
		"64 records, 64 a second", false},
	{"who did not ask, and sees no terminal, is told nothing", false, 256,
		0, NULL, false},
};

static FILE *file_read(long read)
{
	FILE *in = tmpfile();

	assert_non_null(in);
	for (int i = 0; i < 1000; i++)
		putc('x', in);
	fseek(in, read, SEEK_SET);
	return in;
}

static void run(void **state)
{
	const struct row *row = *state;
	char text[TEXT_SIZE] = "";
	FILE *out = tmpfile();
	FILE *in = row->read ? file_read(row->read) : NULL;
	struct vfar v;
	size_t n;

	assert_non_null(out);
	vfar_begin(&v, out, row->asked, false);
	v.all = row->all;
	v.in = in;
	v.size = 1000;
	/* As if a second were over. */
	v.began_ms = clock_ms() - 1000;
	v.due_ms = 0;
	for (int i = 0; i < A_LOOK; i++)
		vfar_row(&v);
	vfar_end(&v);
	rewind(out);
	n = fread(text, 1, sizeof(text) - 1, out);
	text[n] = '\0';
	if (!row->says) {
		assert_int_equal(n, 0);
	} else {
		/* The rate is as exact as the machine is quick. */
		const char *comma = strchr(row->says, ',');

		assert_memory_equal(text, row->says,
			(size_t)(comma - row->says) + 1);
		assert_non_null(strstr(text, " a second"));
		assert_int_equal(strstr(text, " s left") != NULL, row->left);
		assert_ptr_equal(strchr(text, '\n'), text + n - 1);
	}
	fclose(out);
	if (in)
		fclose(in);
}

static void a_second_look_waits_for_its_time(void **state)
{
	struct vfar v;
	FILE *out = tmpfile();

	(void)state;
	assert_non_null(out);
	vfar_begin(&v, out, true, false);
	v.due_ms = clock_ms() + 3600000;
	for (int i = 0; i < 100 * A_LOOK; i++)
		vfar_row(&v);
	vfar_end(&v);
	assert_int_equal(ftell(out), 0);
	fclose(out);
}

static void nobody_at_all(void **state)
{
	(void)state;
	vfar_row(NULL);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(a_second_look_waits_for_its_time),
		cmocka_unit_test(nobody_at_all),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];
	size_t n = 0;
	int failed;

	UNIT_ADD_ROWS(tests, &n, rows, run);
	failed = cmocka_run_group_tests_name("vfar", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("vfar rows", others, NULL, NULL);
}
