/* One line per event, in a file that only its owner reads. */
#include "support/unit.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "support/tmpdir.h"

static char dir[128];
static char path[160];

static int make_dir(void **state)
{
	(void)state;
	tmpdir_make(dir, sizeof(dir));
	tmpdir_path(dir, "chitra.log", path, sizeof(path));
	clock_freeze_wall(INT64_C(1795309925000));
	return 0;
}

static int remove_dir(void **state)
{
	(void)state;
	log_close();
	clock_freeze_wall(-1);
	tmpdir_remove(dir);
	return 0;
}

/* The whole log, at most size - 1 bytes of it. */
static const char *content(char *out, size_t size)
{
	FILE *in = fopen(path, "r");

	assert_non_null(in);
	out[fread(out, 1, size - 1, in)] = '\0';
	fclose(in);
	return out;
}

struct row {
	const char *name;
	const char *event;
	const char *text;
	const char *line; /* behind the time */
};

static struct row rows[] = {
	{"a line", "import", "200 rows", "import 200 rows\n"},
	{"a line of Vietnamese", "import", "Bưu điện", "import Bưu điện\n"},
	{"no newline gets in", "a", "b\nc\r", "a b?c?\n"},
	{"no escape gets in", "a",
		"\033[2J\xc2\x9b"
		"2J",
		"a ?[2J?2J\n"},
	{"nothing invisible gets in", "a", "\u202eb\u200b", "a ?b?\n"},
	{"no broken byte gets in", "a", "b\xff\xe1\xbb", "a b???\n"},
	{"an event is as careful", "a\nb", "c", "a?b c\n"},
	{"an empty rest", "start", "", "start \n"},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct err err;
	char got[512];
	char want[512];

	make_dir(NULL);
	assert_true(log_open(path, &err));
	log_line(row->event, "%s", row->text);
	snprintf(want, sizeof(want), "2026-11-22T08:12:05+07:00 %s", row->line);
	assert_string_equal(content(got, sizeof(got)), want);
	remove_dir(NULL);
}

static void an_error_has_its_place(void **state)
{
	struct err err;
	struct err told = {.code = ERR_GONE,
		.sys = 19,
		.where = "usb.c:7",
		.text = "printer: unplugged"};
	char got[512];

	(void)state;
	assert_true(log_open(path, &err));
	log_err("print", &told);
	told.where = NULL;
	log_err("print", &told);
	assert_string_equal(content(got, sizeof(got)),
		"2026-11-22T08:12:05+07:00 print printer: unplugged "
		"(code 4, sys 19, usb.c:7)\n"
		"2026-11-22T08:12:05+07:00 print printer: unplugged "
		"(code 4, sys 19, ?)\n");
}

static void a_long_line_is_cut_and_ends(void **state)
{
	struct err err;
	char big[3000];
	char got[4096];

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	assert_true(log_open(path, &err));
	log_line("big", "%s", big);
	log_line("next", "%d", 1);
	content(got, sizeof(got));
	assert_in_range(strlen(got), 1000, 1100);
	assert_non_null(strstr(got, "x\n2026-11-22T08:12:05+07:00 next 1\n"));
}

static void what_was_there_stays_and_nobody_else_reads(void **state)
{
	struct err err;
	struct stat st;
	char got[512];

	(void)state;
	tmpdir_write(dir, "chitra.log", "old\n", 4);
	chmod(path, 0644);
	assert_true(log_open(path, &err));
	log_line("new", "%s", "line");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_string_equal(content(got, sizeof(got)),
		"old\n2026-11-22T08:12:05+07:00 new line\n");
}

static void without_a_file_lines_are_dropped(void **state)
{
	struct err err;
	char got[512];

	(void)state;
	log_close();
	log_line("lost", "%s", "line");
	assert_true(log_open(path, &err));
	log_close();
	log_close();
	log_line("lost", "%s", "line");
	assert_string_equal(content(got, sizeof(got)), "");
}

static void a_file_that_cannot_be_is_an_error(void **state)
{
	char wrong[200];
	struct err err;

	(void)state;
	assert_false(log_open(tmpdir_path(dir, "no/log", wrong, sizeof(wrong)),
		&err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.text, "no/log"));
	/* A link could lead our lines into another file. */
	tmpdir_path(dir, "link", wrong, sizeof(wrong));
	assert_int_equal(symlink(path, wrong), 0);
	assert_false(log_open(wrong, &err));
}

static void a_failed_open_keeps_the_log(void **state)
{
	char wrong[200];
	struct err err;
	char got[512];

	(void)state;
	assert_true(log_open(path, &err));
	assert_false(log_open(tmpdir_path(dir, "no/log", wrong, sizeof(wrong)),
		&err));
	log_line("still", "%s", "here");
	assert_non_null(strstr(content(got, sizeof(got)), "still here"));
}

static void a_grown_log_is_put_aside_once(void **state)
{
	char old[200];
	struct stat st;
	struct err err;

	(void)state;
	tmpdir_write(dir, "chitra.log", "x", 1);
	tmpdir_path(dir, "chitra.log.1", old, sizeof(old));
	assert_int_equal(truncate(path, LOG_MAX_BYTES), 0);
	assert_true(log_open(path, &err));
	assert_int_equal(stat(old, &st), -1);
	log_line("one", "%s", "more");
	assert_true(log_open(path, &err));
	assert_int_equal(stat(old, &st), 0);
	assert_true(st.st_size > LOG_MAX_BYTES);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 0);
}

enum {
	THREADS = 4,
	LINES = 200
};

static void *write_lines(void *name)
{
	for (int i = 0; i < LINES; i++)
		log_line("thread", "%s%s%s", (char *)name, (char *)name,
			(char *)name);
	return NULL;
}

static void lines_of_threads_do_not_mix(void **state)
{
	static char names[THREADS][13] = {"aaaaaaaaaaaa", "bbbbbbbbbbbb",
		"cccccccccccc", "dddddddddddd"};
	pthread_t thread[THREADS];
	int lines[THREADS] = {0};
	char line[512];
	struct err err;
	FILE *in;

	(void)state;
	assert_true(log_open(path, &err));
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, write_lines,
					 names[i]),
			0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	in = fopen(path, "r");
	assert_non_null(in);
	while (fgets(line, sizeof(line), in)) {
		const size_t n = strlen(line);
		const int who = line[n - 2] - 'a';

		assert_in_range(who, 0, THREADS - 1);
		assert_int_equal(n, strlen("2026-11-22T08:12:05+07:00 "
					   "thread \n") +
					    36);
		assert_memory_equal(line + n - 13, names[who], 12);
		assert_memory_equal(line + n - 37, names[who], 12);
		lines[who]++;
	}
	fclose(in);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(lines[i], LINES);
}

struct mask_row {
	const char *name;
	const char *number;
	size_t size;
	const char *masked;
};

static struct mask_row mask_rows[] = {
	{"mask: an ID number", "001145000112", 32, "********0112"},
	{"mask: an account", "12345", 32, "*2345"},
	{"mask: four digits would be all", "0112", 32, "****"},
	{"mask: nothing", "", 32, ""},
	{"mask: no room shows stars rather than digits", "001145000112", 9,
		"********"},
};

static void run_mask(void **state)
{
	const struct mask_row *row = *state;
	char out[32];

	assert_string_equal(log_mask(row->number, out, row->size), row->masked);
}

int main(void)
{
#define IN_DIR(f) cmocka_unit_test_setup_teardown(f, make_dir, remove_dir)
	struct CMUnitTest tests[8 + COUNT_OF(rows) + COUNT_OF(mask_rows)] = {
		IN_DIR(an_error_has_its_place),
		IN_DIR(a_long_line_is_cut_and_ends),
		IN_DIR(what_was_there_stays_and_nobody_else_reads),
		IN_DIR(without_a_file_lines_are_dropped),
		IN_DIR(a_file_that_cannot_be_is_an_error),
		IN_DIR(a_failed_open_keeps_the_log),
		IN_DIR(a_grown_log_is_put_aside_once),
		IN_DIR(lines_of_threads_do_not_mix),
	};
	size_t n = 8;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	UNIT_ADD_ROWS(tests, &n, mask_rows, run_mask);
	return _cmocka_run_group_tests("log", tests, n, NULL, NULL);
}
