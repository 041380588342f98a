/* chitra.ini: what is taken, what is refused and how it is said, and that a
   choice written back changes its own line and nothing else. */
#include "support/unit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/tr.h"
#include "support/tmpdir.h"
#include "terminal/app/config.h"
#include "terminal/app/config_store.h"

/* ---- reading ---------------------------------------------------------------- */

struct bad {
	const char *name;
	const char *text;
	enum config_wrong wrong;
	int line;
	const char *says; /* a part of it */
};

#define LONG_LINE                                                           \
	"; 4567890123456789012345678901234567890123456789012345678901234"   \
	"56789012345678901234567890123456789012345678901234567890123456789" \
	"0123456789012345678901234567890123456789012345678901234567890123"

static struct bad bad_rows[] = {
	{"a name that there is not", "[printer]\nwide = 58\n", CONFIG_NO_KEY, 2,
		"Line 2: there is no setting \"wide\" in [printer]."},
	{"a name of another section", "[printer]\nsuffix = cr\n", CONFIG_NO_KEY,
		2, "\"suffix\" in [printer]"},
	{"a name in capitals", "[printer]\nWidth = 58\n", CONFIG_NO_KEY, 2,
		"\"Width\""},
	{"a section that there is not", "\n; x\n[printers]\n",
		CONFIG_NO_SECTION, 3, "Line 3: there is no section [printers]"},
	{"before the first section", "width = 58\n", CONFIG_NO_PLACE, 1,
		"Line 1: width stands before the first [section]."},
	{"a number that is none of them", "[printer]\nwidth = 76\n",
		CONFIG_BAD_VALUE, 2,
		"width cannot be \"76\". Allowed: 58, 80."},
	{"dots that no paper has", "[printer]\ndots = 640\n", CONFIG_BAD_VALUE,
		2, "dots cannot be \"640\". Allowed: 384-576."},
	{"a speed that is none", "[scanner]\nspeed = 9601\n", CONFIG_BAD_VALUE,
		2,
		"Allowed: 1200, 2400, 4800, 9600, 19200, 38400, 57600, "
		"115200."},
	{"7E1 loses every letter with a mark", "[scanner]\nparity = 7e1\n",
		CONFIG_BAD_VALUE, 2, "Allowed: none, even, odd."},
	{"a number that is none", "[camera]\nwidth = 640x480\n",
		CONFIG_BAD_VALUE, 2,
		"width cannot be \"640x480\". Allowed: 160-4096."},
	{"a number out of range", "[camera]\nwidth = 5000\n", CONFIG_BAD_VALUE,
		2, "Allowed: 160-4096."},
	{"neither yes nor no", "[camera]\nmirror = 1\n", CONFIG_BAD_VALUE, 2,
		"mirror cannot be \"1\". Allowed: no, yes."},
	{"a word that is none", "[scanner]\nsuffix = enter\n", CONFIG_BAD_VALUE,
		2, "Allowed: auto, cr, lf, crlf, tab, none."},
	{"a name that is none", "[screen]\ntheme = dark\n", CONFIG_BAD_VALUE, 2,
		"Allowed: mono, 8, 256, contrast."},
	{"no value", "[printer]\nuse =\n", CONFIG_BAD_VALUE, 2,
		"use cannot be \"\"."},
	{"twice", "[printer]\nwidth = 58\nwidth = 58\n", CONFIG_TWICE, 3,
		"Line 3: width was set before."},
	{"twice, in two parts of one section",
		"[printer]\nwidth = 58\n[camera]\n[printer]\nwidth = 80\n",
		CONFIG_TWICE, 5, "width was set before"},
	{"no pair", "[printer]\nwidth\n", CONFIG_NO_PAIR, 2,
		"Line 2 is neither [section] nor name = value."},
	{"a section that does not end", "[printer\nwidth = 58\n",
		CONFIG_NO_PAIR, 1, "Line 1 is neither"},
	{"a blank before a name goes on in no line before",
		"[printer]\nwidth = 58\n  mirror = yes\n", CONFIG_NO_KEY, 3,
		"\"mirror\" in [printer]"},
	{"T53 an escape", "[printer]\nuse = us\033[2Jb\n", CONFIG_NO_TEXT, 2,
		"Line 2 has characters that are no text."},
	{"no UTF-8", "[printer]\n; m\xe1y in\n", CONFIG_NO_TEXT, 2, "in UTF-8"},
	{"a line that is too long", LONG_LINE "\n", CONFIG_LONG_LINE, 1,
		"Line 1 is too long"},
	{"too many of a kind",
		"[scanner]\nuse=1\nuse=2\nuse=3\nuse=4\nuse=5\nuse=6\nuse=7\n"
		"use=8\nuse=9\nuse=10\nuse=11\nuse=12\nuse=13\nuse=14\n"
		"use=15\nuse=16\nuse=17\n",
		CONFIG_TOO_MANY, 18, "Line 18: there are too many"},
	{"the first of several faults is told",
		"[printer]\nwidth = 58\nx = 1\ny\n[z]\n", CONFIG_NO_KEY, 3,
		"Line 3"},
};

static void run_bad(void **state)
{
	const struct bad *row = *state;
	struct config_fault fault;
	struct config c;
	char says[1024];

	assert_false(config_parse(row->text, strlen(row->text), &c, &fault));
	config_says(&fault, says, sizeof(says));
	assert_int_equal(fault.wrong, row->wrong);
	assert_int_equal(fault.line, row->line);
	if (!strstr(says, row->says))
		fail_msg("\"%s\" is not in: %s", row->says, says);
}

static void parse_good(const char *text, struct config *c)
{
	struct config_fault fault;

	if (!config_parse(text, strlen(text), c, &fault))
		fail_msg("refused %d in line %d", fault.wrong, fault.line);
}

static void nothing_is_the_defaults(void **state)
{
	struct config none;
	struct config read;

	(void)state;
	config_init(&none);
	parse_good("", &read);
	assert_memory_equal(&none, &read, sizeof(none));
	assert_true(none.screen.lock_new_keyboard);
	assert_true(none.scanner.keyboard);
	assert_string_equal(none.camera.use, "auto");
}

static void all_kinds_of_values(void **state)
{
	struct config c;

	(void)state;
	parse_good("\xef\xbb\xbf; của quầy 2\r\n"
		   "[printer]\r\n"
		   "\twidth = 58\t; giấy hẹp\r\n"
		   "use=tcp:10.0.0.5:9100\r\n"
		   "\r\n"
		   "# hai máy quét\r\n"
		   "[scanner]\r\n"
		   "use = /dev/ttyACM0\r\n"
		   "use = /dev/ttyACM1\r\n"
		   "suffix = tab\r\n"
		   "speed = 19200\r\n"
		   "parity = odd\r\n"
		   "keyboard = no\r\n"
		   "[screen]\r\n"
		   "lang = en\r\n"
		   "theme = contrast\r\n"
		   "lock_after = 600\r\n"
		   "ascii = yes\r\n"
		   "[camera]\r\n"
		   "rotate = 270\r\n"
		   "width = 1280",
		&c);
	assert_int_equal(c.printer.width, 58);
	assert_string_equal(c.printer.use, "tcp:10.0.0.5:9100");
	assert_int_equal(c.scanner.use.count, 2);
	assert_string_equal(c.scanner.use.at[1], "/dev/ttyACM1");
	assert_int_equal(c.scanner.suffix, CONFIG_SUFFIX_TAB);
	assert_int_equal(c.scanner.speed, 19200);
	assert_int_equal(c.scanner.parity, CONFIG_PARITY_ODD);
	assert_false(c.scanner.keyboard);
	assert_string_equal(c.screen.lang, "en");
	assert_string_equal(c.screen.theme, "contrast");
	assert_int_equal(c.screen.lock_after, 600);
	assert_true(c.screen.ascii);
	assert_false(c.screen.slow_line);
	assert_int_equal(c.camera.rotate, 270);
	assert_int_equal(c.camera.width, 1280);
}

/* The command line, then dots, then mm; and narrow paper is narrow. */
static void how_wide_the_paper_is(void **state)
{
	static const struct {
		const char *text;
		int64_t option;
		int dots;
	} row[] = {
		{"", 0, 0},
		{"", 58, 384},
		{"", 80, 576},
		{"[printer]\nwidth = 58\n", 0, 384},
		{"[printer]\nwidth = 80\n", 0, 576},
		{"[printer]\nwidth = 80\n", 58, 384},
		{"[printer]\ndots = 512\n", 0, 512},
		{"[printer]\ndots = 515\n", 0, 512},
		{"[printer]\ndots = 512\n", 80, 576},
		{"[printer]\nwidth = 80\ndots = 504\n", 0, 504},
		{"[printer]\nwidth = 58\ndots = 420\n", 0, 416},
		{"[printer]\nwidth = 58\ndots = 512\n", 0, 384},
	};
	struct config c;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		parse_good(row[i].text, &c);
		assert_int_equal(config_dots(&c, row[i].option), row[i].dots);
	}
}

/* ---- writing back --------------------------------------------------------------- */

struct change {
	const char *name;
	const char *before;
	struct config_choice choice;
	const char *after;
};

static struct change change_rows[] = {
	{"into an empty file", "", {"printer", "width", "58", NULL},
		"[printer]\nwidth = 58\n"},
	{"a new section goes to the end", "; mine\n[camera]\nuse = none\n",
		{"printer", "width", "58", NULL},
		"; mine\n[camera]\nuse = none\n\n[printer]\nwidth = 58\n"},
	{"a file without a last line end", "[camera]\nuse = none",
		{"camera", "width", "640", NULL},
		"[camera]\nuse = none\nwidth = 640\n"},
	{"a new setting behind those of its section",
		"[printer]\nuse = usb\n\n; next\n[camera]\nuse = none\n",
		{"printer", "width", "80", NULL},
		"[printer]\nuse = usb\nwidth = 80\n\n; next\n[camera]\nuse = "
		"none\n"},
	{"one that is there, with its comment",
		"[printer]\n  width=58 ; narrow\nuse = usb\n",
		{"printer", "width", "80", NULL},
		"[printer]\nwidth = 80\t; narrow\nuse = usb\n"},
	{"one in a comment is none", "[printer]\n;width = 58\n",
		{"printer", "width", "80", NULL},
		"[printer]\nwidth = 80\n;width = 58\n"},
	{"the same name in another section stays",
		"[camera]\nuse = none\n[printer]\nuse = usb\n",
		{"printer", "use", "none", NULL},
		"[camera]\nuse = none\n[printer]\nuse = none\n"},
	{"of several the one of this printer",
		"[printer]\nproved = raster a:b\nproved = tcvn3:30 c:d\n",
		{"printer", "proved", "tcvn3:33 c:d", " c:d"},
		"[printer]\nproved = raster a:b\nproved = tcvn3:33 c:d\n"},
	{"and one more if there is none of it",
		"[printer]\nproved = raster a:b\nuse = usb\n",
		{"printer", "proved", "tcvn3:33 c:d", " c:d"},
		"[printer]\nproved = raster a:b\nuse = usb\nproved = tcvn3:33 "
		"c:d\n"},
};

static void run_change(void **state)
{
	const struct change *row = *state;
	struct config_fault fault;
	struct config c;
	char out[1024];

	assert_true(config_with(row->before, strlen(row->before), &row->choice,
		out, sizeof(out)));
	assert_string_equal(out, row->after);
	assert_true(config_parse(out, strlen(out), &c, &fault));
}

static char dir[PATH_MAX];

static void read_text(char *out, size_t size)
{
	char path[PATH_MAX];
	FILE *in =
		fopen(tmpdir_path(dir, CONFIG_NAME, path, sizeof(path)), "rb");
	size_t len;

	assert_non_null(in);
	len = fread(out, 1, size - 1, in);
	out[len] = '\0';
	fclose(in);
}

static void in_a_directory(void **state)
{
	struct config_choice choice = {"printer", "width", "58", NULL};
	struct config_fault fault;
	struct err err = {0};
	char text[256];
	char path[PATH_MAX];
	struct stat is;
	struct config c;

	(void)state;
	assert_true(config_read(dir, &c, &fault, &err));
	assert_true(config_store(dir, &choice, &err));
	assert_true(config_read(dir, &c, &fault, &err));
	assert_int_equal(c.printer.width, 58);
	choice.value = "77";
	assert_false(config_store(dir, &choice, &err));
	assert_int_equal(err.code, ERR_INVALID);
	choice.value = "80\n[camera]\nmirror = yes";
	assert_false(config_store(dir, &choice, &err));
	read_text(text, sizeof(text));
	assert_string_equal(text, "[printer]\nwidth = 58\n");
	assert_int_equal(stat(tmpdir_path(dir, CONFIG_NAME, path, sizeof(path)),
				 &is),
		0);
	assert_int_equal(is.st_mode & 0777, 0600);
	assert_int_not_equal(access(tmpdir_path(dir, CONFIG_NAME ".part", path,
					    sizeof(path)),
				     F_OK),
		0);
}

static void a_file_that_is_wrong_is_left_alone(void **state)
{
	static const char bad[] = "[printer]\nwidth = 5\n";
	const struct config_choice choice = {"camera", "use", "none", NULL};
	struct config_fault fault;
	struct err err = {0};
	char text[256];
	struct config c;

	(void)state;
	tmpdir_write(dir, CONFIG_NAME, bad, sizeof(bad) - 1);
	assert_false(config_read(dir, &c, &fault, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(fault.line, 2);
	assert_false(config_store(dir, &choice, &err));
	read_text(text, sizeof(text));
	assert_string_equal(text, bad);
}

static void a_file_that_is_too_long(void **state)
{
	char *text = calloc(1, CONFIG_FILE_MAX + 1);
	struct config_fault fault;
	struct err err = {0};
	struct config c;

	(void)state;
	assert_non_null(text);
	memset(text, '\n', CONFIG_FILE_MAX + 1);
	tmpdir_write(dir, CONFIG_NAME, text, CONFIG_FILE_MAX + 1);
	assert_false(config_read(dir, &c, &fault, &err));
	assert_int_equal(fault.wrong, CONFIG_TOO_MANY);
	tmpdir_write(dir, CONFIG_NAME, text, CONFIG_FILE_MAX);
	assert_true(config_read(dir, &c, &fault, &err));
	free(text);
}

static int setup(void **state)
{
	(void)state;
	tr_set_lang("en");
	tmpdir_make(dir, sizeof(dir));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest own[] = {
		cmocka_unit_test(nothing_is_the_defaults),
		cmocka_unit_test(all_kinds_of_values),
		cmocka_unit_test(how_wide_the_paper_is),
		cmocka_unit_test(in_a_directory),
		cmocka_unit_test(a_file_that_is_wrong_is_left_alone),
		cmocka_unit_test(a_file_that_is_too_long),
	};
	struct CMUnitTest tests[COUNT_OF(bad_rows) + COUNT_OF(change_rows) +
				COUNT_OF(own)];
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(bad_rows); i++)
		tests[n++] = (struct CMUnitTest){.name = bad_rows[i].name,
			.test_func = run_bad,
			.initial_state = &bad_rows[i]};
	for (size_t i = 0; i < COUNT_OF(change_rows); i++)
		tests[n++] = (struct CMUnitTest){.name = change_rows[i].name,
			.test_func = run_change,
			.initial_state = &change_rows[i]};
	for (size_t i = 0; i < COUNT_OF(own); i++)
		tests[n++] = own[i];
	return cmocka_run_group_tests_name("config", tests, setup, teardown);
}
