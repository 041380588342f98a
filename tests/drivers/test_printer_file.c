/* Jobs as files, and through a FIFO. */
#include "support/unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/printer/printer_driver.h"
#include "drivers/printer/printer_file.h"
#include "support/tmpdir.h"

static char dir[PATH_MAX];

static int make_dir(void **state)
{
	(void)state;
	tmpdir_make(dir, sizeof(dir));
	return 0;
}

static int drop_dir(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	return 0;
}

static const char *in_dir(const char *name)
{
	static char path[PATH_MAX];

	return tmpdir_path(dir, name, path, sizeof(path));
}

static void assert_content(const char *name, const char *text)
{
	char got[64] = "";
	FILE *in = fopen(in_dir(name), "rb");

	assert_non_null(in);
	got[fread(got, 1, sizeof(got) - 1, in)] = '\0';
	fclose(in);
	assert_string_equal(got, text);
}

static int count_files(void)
{
	DIR *list = opendir(dir);
	int n = 0;

	assert_non_null(list);
	while (readdir(list))
		n++;
	closedir(list);
	return n - 2; /* . and .. */
}

static struct printer *must_open(const char *path)
{
	struct err err = {0};
	struct printer *p = printer_file_open(path, &err);

	if (!p)
		fail_msg("%s", err.text);
	return p;
}

static void must_print(struct printer *p, const char *job)
{
	struct err err = {0};

	if (printer_print(p, job, strlen(job), 1000, &err) != PRINTER_PRINTED)
		fail_msg("%s", err.text);
}

static void each_job_is_a_file_of_its_own(void **state)
{
	struct printer *p = must_open(dir);

	(void)state;
	must_print(p, "first");
	must_print(p, "second");
	printer_close(p);
	assert_content("job-0001.bin", "first");
	assert_content("job-0002.bin", "second");
	assert_int_equal(count_files(), 2);
}

static void numbers_go_on_after_a_restart(void **state)
{
	struct printer *p = must_open(dir);

	(void)state;
	must_print(p, "one");
	printer_close(p);
	p = must_open(dir);
	must_print(p, "two");
	printer_close(p);
	assert_content("job-0001.bin", "one");
	assert_content("job-0002.bin", "two");
}

/* Only our own names count; the next is one above the highest. */
static void other_files_do_not_count(void **state)
{
	static const char *const others[] = {"job-0007.bin", "job-9.txt",
		"job-.bin", "job-8x.bin", "job--9.bin", "xjob-0010.bin",
		"job-999999999999.bin"};
	struct printer *p = must_open(dir);

	(void)state;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		tmpdir_write(dir, others[i], "old", 3);
	must_print(p, "new");
	printer_close(p);
	assert_content("job-0007.bin", "old");
	assert_content("job-0008.bin", "new");
}

static void a_broken_off_job_leaves_no_file(void **state)
{
	struct printer *p = must_open(dir);
	struct err err = {0};
	size_t done = 0;

	(void)state;
	assert_true(p->ops->begin(p, false, 100, &err));
	assert_true(p->ops->write(p, "half", 4, 100, &done, &err));
	assert_int_equal(done, 4);
	printer_close(p);
	assert_int_equal(count_files(), 0);
}

static void a_plain_file_is_made_and_appended_to(void **state)
{
	struct printer *p = must_open(in_dir("roll"));

	(void)state;
	must_print(p, "first,");
	printer_close(p);
	p = must_open(in_dir("roll"));
	must_print(p, "second");
	printer_close(p);
	assert_content("roll", "first,second");
}

/* The screen and a verb beside it: their jobs must not mix. */
static void one_job_at_a_time(void **state)
{
	struct err err = {0};
	struct printer *p = printer_file_open(in_dir("roll"), &err);

	(void)state;
	assert_non_null(p);
	assert_null(printer_file_open(in_dir("roll"), &err));
	assert_int_equal(err.code, ERR_BUSY);
	printer_close(p);
	p = printer_file_open(in_dir("roll"), &err);
	assert_non_null(p);
	printer_close(p);
}

static void a_fifo_that_nobody_reads_is_gone(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(mkfifo(in_dir("fifo"), 0600), 0);
	assert_null(printer_file_open(in_dir("fifo"), &err));
	assert_int_equal(err.code, ERR_GONE);
}

static void a_fifo_gets_the_bytes(void **state)
{
	char got[16] = "";
	struct printer *p;
	int fd;

	(void)state;
	assert_int_equal(mkfifo(in_dir("fifo"), 0600), 0);
	fd = open(in_dir("fifo"), O_RDONLY | O_NONBLOCK);
	assert_true(fd >= 0);
	p = must_open(in_dir("fifo"));
	must_print(p, "hello");
	assert_int_equal(read(fd, got, sizeof(got)), 5);
	assert_string_equal(got, "hello");
	close(fd);
	printer_close(p);
}

/* And the program lives: no SIGPIPE reaches it. */
static void a_reader_that_goes_away_is_gone(void **state)
{
	struct err err = {0};
	struct printer *p;
	int fd;

	(void)state;
	assert_int_equal(mkfifo(in_dir("fifo"), 0600), 0);
	fd = open(in_dir("fifo"), O_RDONLY | O_NONBLOCK);
	p = must_open(in_dir("fifo"));
	close(fd);
	assert_int_equal(printer_print(p, "hello", 5, 1000, &err),
		PRINTER_FAILED);
	assert_int_equal(err.code, ERR_GONE);
	printer_close(p);
}

/* 64 KiB fit into a pipe; the rest is never taken. */
static void a_reader_that_does_not_read_is_a_timeout(void **state)
{
	static char job[150 * 1000];
	struct err err = {0};
	struct printer *p;
	int fd;

	(void)state;
	assert_int_equal(mkfifo(in_dir("fifo"), 0600), 0);
	fd = open(in_dir("fifo"), O_RDONLY | O_NONBLOCK);
	p = must_open(in_dir("fifo"));
	assert_int_equal(printer_print(p, job, sizeof(job), 200, &err),
		PRINTER_UNKNOWN);
	assert_int_equal(err.code, ERR_TIMEOUT);
	close(fd);
	printer_close(p);
}

static void no_such_folder_is_gone(void **state)
{
	struct err err = {0};

	(void)state;
	assert_null(printer_file_open(in_dir("no/such"), &err));
	assert_int_equal(err.code, ERR_GONE);
}

static void a_full_device_says_so(void **state)
{
	struct printer *p = must_open("/dev/full");
	struct err err = {0};

	(void)state;
	assert_int_equal(printer_print(p, "hello", 5, 1000, &err),
		PRINTER_FAILED);
	assert_int_equal(err.code, ERR_FULL);
	printer_close(p);
}

static void it_cannot_tell_its_status(void **state)
{
	struct printer *p = must_open(dir);
	struct printer_status status;
	struct err err = {0};

	(void)state;
	assert_false(printer_status(p, &status, 100, &err));
	assert_int_equal(err.code, ERR_INVALID);
	printer_close(p);
}

#define IN_DIR(f) cmocka_unit_test_setup_teardown(f, make_dir, drop_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIR(each_job_is_a_file_of_its_own),
		IN_DIR(numbers_go_on_after_a_restart),
		IN_DIR(other_files_do_not_count),
		IN_DIR(a_broken_off_job_leaves_no_file),
		IN_DIR(a_plain_file_is_made_and_appended_to),
		IN_DIR(one_job_at_a_time),
		IN_DIR(a_fifo_that_nobody_reads_is_gone),
		IN_DIR(a_fifo_gets_the_bytes),
		IN_DIR(a_reader_that_goes_away_is_gone),
		IN_DIR(a_reader_that_does_not_read_is_a_timeout),
		IN_DIR(no_such_folder_is_gone),
		IN_DIR(a_full_device_says_so),
		IN_DIR(it_cannot_tell_its_status),
	};

	return cmocka_run_group_tests_name("printer_file", tests, NULL, NULL);
}
