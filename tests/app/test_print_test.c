/* The printed test: what is on it, and what is kept of the answer. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "support/tmpdir.h"
#include "terminal/app/config.h"
#include "terminal/app/print_test.h"

static const char marked[] =
	"àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"
	"ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬĐÈẺẼÉẸÊỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴ";

/* The bytes from one ESC @ to the next are one page. */
static size_t page_of(const struct receipt_job *job, int n, const uint8_t **at)
{
	size_t from = 0;
	size_t to;

	for (;; n--) {
		to = from + 2;
		while (to + 1 < job->len &&
			(job->bytes[to] != 0x1b || job->bytes[to + 1] != '@'))
			to++;
		if (to + 1 >= job->len)
			to = job->len;
		if (n == 0)
			break;
		from = to;
	}
	*at = job->bytes + from;
	return to - from;
}

static void each_block_has_every_letter(void **state)
{
	static struct receipt_job job;
	static struct escpos_paper paper;
	static char text[8192];
	struct err err = {0};

	(void)state;
	assert_true(print_test_job(PAGE_80, &job, &err));
	assert_true(job.test);
	for (int n = 1; n <= PRINT_TEST_BLOCKS; n++) {
		const struct print_test_block *b = print_test_block(n);
		const uint8_t *bytes;
		const size_t len = page_of(&job, n, &bytes);
		const char *letter = marked;
		char number[16];

		if (!escpos_decode_as(bytes, len, b->width, &b->how, &paper,
			    &err))
			fail_msg("%d: %s", n, err.text);
		assert_true(escpos_paper_text(&paper, text, sizeof(text)));
		snprintf(number, sizeof(number), "%d. ", n);
		assert_memory_equal(text, number, strlen(number));
		while (*letter) {
			char one[UTF8_MAX_BYTES + 1] = "";
			const char *from = letter;

			utf8_next(&letter);
			memcpy(one, from, (size_t)(letter - from));
			if (!strstr(text, one))
				fail_msg("block %d lacks %s", n, one);
		}
		/* Dots would be right on any printer, and prove nothing. */
		if (b->how.letters != ESCPOS_RASTER)
			for (size_t i = 0; i + 2 < len; i++)
				assert_false(bytes[i] == 0x1d &&
					     bytes[i + 1] == 'v');
	}
}

struct row {
	const char *name; /* and the answer */
	bool ok;
	enum escpos_letters letters;
	int width;
};

static struct row rows[] = {
	{"1", true, ESCPOS_TCVN3, 0},
	{"18", true, ESCPOS_TCVN3, 58},
	{"981", true, ESCPOS_TCVN3, 80},
	{"3", true, ESCPOS_CP1258, 0},
	{"79", true, ESCPOS_UTF8, 80},
	{"8", true, ESCPOS_RASTER, 58},
	{"89", true, ESCPOS_RASTER, 80},
	{"00", false, 0, 0},
	{"0", false, 0, 0},
	{"11", false, 0, 0},
	{"1 8", false, 0, 0},
	{"a", false, 0, 0},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct print_test_choice got;

	assert_int_equal(print_test_choose(row->name, &got), row->ok);
	if (!row->ok)
		return;
	assert_int_equal(got.how.letters, row->letters);
	assert_int_equal(got.width, row->width);
}

/* One line a printer; the second answer takes the place of the first. */
static void it_is_kept_for_each_printer(void **state)
{
	struct print_test_choice choice;
	struct config_fault fault;
	struct config config;
	struct err err = {0};
	char dir[256];

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	assert_true(print_test_choose("18", &choice));
	assert_true(print_test_keep(dir, "usb:04b8:0e15:A", &choice, PAGE_80,
		&err));
	assert_true(print_test_choose("2", &choice));
	assert_true(print_test_keep(dir, "serial:/dev/ttyS0", &choice, PAGE_80,
		&err));
	assert_true(print_test_choose("9", &choice));
	assert_true(print_test_keep(dir, "usb:04b8:0e15:A", &choice, PAGE_80,
		&err));
	assert_true(config_read(dir, &config, &fault, &err));
	assert_int_equal(config.printer.proved.count, 2);
	assert_string_equal(config.printer.proved.at[0],
		"raster usb:04b8:0e15:A");
	assert_string_equal(config.printer.proved.at[1],
		"cp1258:52 serial:/dev/ttyS0");
	assert_int_equal(config.printer.width, 80);
	tmpdir_remove(dir);
}

/* A model between the two papers: the block of 80 mm is as wide as it is. */
static void dots_of_the_model_are_kept(void **state)
{
	static struct receipt_job job;
	static struct escpos_paper paper;
	struct print_test_choice choice;
	struct config_fault fault;
	struct config config;
	struct err err = {0};
	const uint8_t *bytes;
	char dir[256];
	size_t len;

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	assert_true(print_test_job(512, &job, &err));
	len = page_of(&job, PRINT_TEST_BLOCKS, &bytes);
	assert_true(escpos_decode(bytes, len, 512, &paper, &err));
	assert_false(escpos_decode(bytes, len, 496, &paper, &err));
	assert_true(print_test_choose("9", &choice));
	assert_true(print_test_keep(dir, "usb:04b8:0202:A", &choice, 512,
		&err));
	assert_true(config_read(dir, &config, &fault, &err));
	assert_int_equal(config.printer.width, 80);
	assert_int_equal(config.printer.dots, 512);
	assert_int_equal(config_dots(&config, 0), 512);
	/* Narrow paper was put in: the dots are those of another roll. */
	assert_true(print_test_choose("8", &choice));
	assert_true(print_test_keep(dir, "usb:04b8:0202:A", &choice, 512,
		&err));
	assert_true(config_read(dir, &config, &fault, &err));
	assert_int_equal(config_dots(&config, 0), PAGE_58);
	tmpdir_remove(dir);
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(dots_of_the_model_are_kept),
	cmocka_unit_test(each_block_has_every_letter),
	cmocka_unit_test(it_is_kept_for_each_printer),
};

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	memcpy(tests + n, others, sizeof(others));
	return cmocka_run_group_tests_name("print_test", tests, NULL, NULL);
}
