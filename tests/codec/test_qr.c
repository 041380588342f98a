/* Sizes by mode and level as in ISO 18004 table 7, and the finder patterns. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/qr.h"

struct row {
	const char *name;
	const char *text; /* repeated up to len */
	size_t len;
	enum qr_level level;
	int size; /* modules; 0: refused */
};

static struct row rows[] = {
	{"one letter is the smallest code", "A", 1, QR_MEDIUM, 21},
	{"20 alphanumeric letters fill version 1-M", "A1:", 20, QR_MEDIUM, 21},
	{"21 do not fit there any more", "A1:", 21, QR_MEDIUM, 25},
	{"14 bytes fill version 1-M", "a", 14, QR_MEDIUM, 21},
	{"15 bytes do not", "a", 15, QR_MEDIUM, 25},
	{"a receipt's 178 alphanumeric letters at M: 45 modules",
		"CV1:B90NJK.UKG", 178, QR_MEDIUM, 45},
	{"the same at L: 41 modules", "CV1:B90NJK.UKG", 178, QR_LOW, 41},
	{"one small letter costs the alphanumeric mode", "CV1:B90NJK.UKg", 178,
		QR_MEDIUM, 53},
	{"25 letters fill version 1-L", "A", 25, QR_LOW, 21},
	{"16 letters fill version 1-Q", "A", 16, QR_QUARTILE, 21},
	{"10 letters fill version 1-H", "A", 10, QR_HIGH, 21},
	{"4296 letters are the most", "A", 4296, QR_LOW, 177},
	{"4297 are refused", "A", 4297, QR_LOW, 0},
	{"2954 bytes are refused", "a", 2954, QR_LOW, 0},
	{"nothing is refused", "A", 0, QR_LOW, 0},
};

static void finder_at(const struct qr *qr, int top, int left)
{
	static const char *const look[7] = {"1111111", "1000001", "1011101",
		"1011101", "1011101", "1000001", "1111111"};

	for (int y = 0; y < 7; y++)
		for (int x = 0; x < 7; x++)
			assert_int_equal(qr->dark[top + y][left + x],
				look[y][x] - '0');
}

static void run_row(void **state)
{
	const struct row *row = *state;
	static char text[5000];
	static struct qr qr;
	struct err err = {.code = ERR_NONE};
	bool ok;

	for (size_t i = 0; i < row->len; i++)
		text[i] = row->text[i % strlen(row->text)];
	ok = qr_make(text, row->len, row->level, &qr, &err);
	assert_int_equal(ok, row->size > 0);
	if (!ok) {
		assert_int_equal(err.code, ERR_INVALID);
		return;
	}
	assert_int_equal(qr.size, row->size);
	finder_at(&qr, 0, 0);
	finder_at(&qr, 0, qr.size - 7);
	finder_at(&qr, qr.size - 7, 0);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("qr", tests, NULL, NULL);
}
