/*
 * How a store is opened that is somebody else's: where its path has signs of
 * its own, where there is no room for a copy, and where the program writes
 * into it meanwhile. unlink() and nanosleep() are ours here (Makefile): the
 * first is called between the two looks at the store, and the second stands
 * for the rest between two tries.
 */
#include "support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "db/verify/verify_run.h"
#include "support/fullstore.h"
#include "support/tmpdir.h"

enum {
	PATH = 400,
	TRIES = 20 /* as vstore_open.c has it */
};

static struct realstore full;

static struct {
	void (*write)(void); /* what the program does to the store meanwhile */
	int times;
	int rests;
	char db[PATH];
	char wal[PATH + 8];
} meanwhile;

int __real_unlink(const char *path);
int __wrap_unlink(const char *path);
int __wrap_nanosleep(const struct timespec *rest, struct timespec *left);

int __wrap_unlink(const char *path)
{
	if (meanwhile.times > 0 && strstr(path, "copy.db-wal")) {
		meanwhile.times--;
		meanwhile.write();
	}
	return __real_unlink(path);
}

int __wrap_nanosleep(const struct timespec *rest, struct timespec *left)
{
	assert_true(rest->tv_sec == 0 && rest->tv_nsec > 0);
	(void)left;
	meanwhile.rests++;
	return 0;
}

/* As its main does it; what it says, or why it cannot. */
static int verify(const char *path, char *said, size_t size)
{
	const struct verify_args args = {.json = true,
		.future = true,
		.from = 1,
		.to = UINT64_MAX,
		.path = path};
	struct err err = {0};
	int status = VERIFY_CANNOT;
	FILE *out = fmemopen(said, size, "w");

	assert_non_null(out);
	if (!verify_run(&args, out, &status, &err)) {
		rewind(out);
		fprintf(out, "%s", err.text);
		status = VERIFY_CANNOT;
	}
	fclose(out);
	return status;
}

static void must_say(const char *path, int want, const char *text)
{
	static char said[1 << 16];
	const int got = verify(path, said, sizeof(said));

	if (got != want || !strstr(said, text))
		fail_msg("status %d, not %d with %s: %s", got, want, text,
			said);
}

/* ---- paths ------------------------------------------------------------------
 */

/* To SQLite a path is a part of a URI: no sign of it may mean anything. */
static const char *const names[] = {"Kho 100%?mode=rw#A", "Cẩm Khê", "%41",
	"a&immutable=0", "{[(@!;'\"+,=~)]}"};

static void any_name_of_a_folder_will_do(void **state)
{
	char dir[PATH / 2];
	char path[300];
	char other[PATH + 32];

	(void)state;
	realstore_copy(&full, dir, sizeof(dir), path);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		char folder[PATH];
		char moved[PATH + 16];

		print_message("    %s\n", names[i]);
		snprintf(folder, sizeof(folder), "%s/%s", dir, names[i]);
		snprintf(moved, sizeof(moved), "%s/chitra.db", folder);
		assert_int_equal(mkdir(folder, 0700), 0);
		assert_int_equal(rename(path, moved), 0);
		must_say(folder, VERIFY_ACCEPTED, "\"ok\":true");
		must_say(moved, VERIFY_ACCEPTED, "\"ok\":true");
		/* Nothing was made beside it, by whatever name. */
		snprintf(other, sizeof(other), "%s-wal", moved);
		assert_int_equal(access(other, F_OK), -1);
		assert_int_equal(rename(moved, path), 0);
		assert_int_equal(rmdir(folder), 0);
	}
	tmpdir_remove(dir);
}

static void a_path_without_end_is_refused(void **state)
{
	static char path[6000];

	(void)state;
	memset(path, 'a', sizeof(path) - 1);
	must_say(path, VERIFY_CANNOT, "aaa");
	/* There is such a file, by a longer name than we keep. */
	memset(path, '/', sizeof(path) - 1);
	memcpy(path + 4085, "tmp", 3);
	path[4092] = '\0';
	must_say(path, VERIFY_CANNOT, "too long");
}

/* Deeper than SQLite goes: it cannot be opened, and nothing else happens. */
static void a_path_may_be_too_deep_for_sqlite(void **state)
{
	char dir[PATH];
	char path[300];
	static char deep[4096];
	size_t n;

	(void)state;
	realstore_copy(&full, dir, sizeof(dir), path);
	n = (size_t)snprintf(deep, sizeof(deep), "%s", dir);
	for (int i = 0; i < 15; i++) {
		deep[n++] = '/';
		memset(deep + n, '%', 255);
		n += 255;
		deep[n] = '\0';
		assert_int_equal(mkdir(deep, 0700), 0);
	}
	memcpy(deep + n, "/chitra.db", 11);
	assert_int_equal(rename(path, deep), 0);
	must_say(deep, VERIFY_CANNOT, dir);
	tmpdir_remove(dir);
}

/* ---- in use -----------------------------------------------------------------
 */

static void touch_database(void)
{
	static long n;
	const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT},
		{.tv_sec = 1700000000 + ++n}};

	assert_int_equal(utimensat(AT_FDCWD, meanwhile.db, times, 0), 0);
}

/* A checkpoint has begun the log anew: its head is another one. */
static void begin_log_anew(void)
{
	static char salt = 1;
	const int fd = open(meanwhile.wal, O_WRONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	salt++;
	assert_int_equal(pwrite(fd, &salt, 1, 20), 1);
	close(fd);
}

static void cut_log(void)
{
	assert_int_equal(truncate(meanwhile.wal, 40), 0);
}

/* One more commit than in our copy: that is no part of what we read. */
static void grow_log(void)
{
	const int fd = open(meanwhile.wal, O_WRONLY | O_APPEND | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "more", 4), 4);
	close(fd);
}

static void remove_log(void)
{
	assert_int_equal(__real_unlink(meanwhile.wal), 0);
}

static void put_another_database_there(void)
{
	char other[PATH + 8];
	struct bytes b = {0};
	FILE *copy;

	snprintf(other, sizeof(other), "%s.other", meanwhile.db);
	assert_int_equal(link(meanwhile.db, other), 0);
	assert_int_equal(__real_unlink(meanwhile.db), 0);
	copy = fopen(meanwhile.db, "wb");
	assert_non_null(copy);
	realstore_load(other, &b);
	assert_int_equal(fwrite(b.at, 1, b.len, copy), b.len);
	fclose(copy);
	bytes_free(&b);
	assert_int_equal(__real_unlink(other), 0);
}

static const struct row {
	const char *name;
	void (*write)(void);
	int times;
	int rests; /* how often it was tried again */
	int status;
	const char *says;
} rows[] = {
	{"nothing is written", NULL, 0, 0, VERIFY_ACCEPTED, "\"ok\":true"},
	{"the database is written once", touch_database, 1, 1, VERIFY_ACCEPTED,
		"\"ok\":true"},
	{"it is written three times", touch_database, 3, 3, VERIFY_ACCEPTED,
		"\"ok\":true"},
	{"it never holds still", touch_database, 1000, TRIES, VERIFY_CANNOT,
		"the store is being written to; try again"},
	{"the log has begun anew", begin_log_anew, 1, 1, VERIFY_ACCEPTED,
		"\"ok\":true"},
	{"the log is shorter", cut_log, 1, 1, VERIFY_ACCEPTED, "\"ok\":true"},
	{"the log has grown, which does not matter", grow_log, 1, 0,
		VERIFY_ACCEPTED, "\"ok\":true"},
	{"the log is gone while it is to be copied", remove_log, 1, 0,
		VERIFY_CANNOT, "No such file"},
	{"another file is in its place", put_another_database_there, 1, 1,
		VERIFY_ACCEPTED, "\"ok\":true"},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	char dir[PATH / 2];
	char path[300];
	char temp[PATH];

	fullstore_in_use(&full, dir, sizeof(dir), path);
	tmpdir_make(temp, sizeof(temp));
	setenv("TMPDIR", temp, 1);
	snprintf(meanwhile.db, sizeof(meanwhile.db), "%s", path);
	snprintf(meanwhile.wal, sizeof(meanwhile.wal), "%s-wal", path);
	meanwhile.write = row->write;
	meanwhile.times = row->times;
	meanwhile.rests = 0;
	must_say(dir, row->status, row->says);
	assert_int_equal(meanwhile.rests, row->rests);
	meanwhile.times = 0;
	/* Whatever happened, no copy is left lying about. */
	assert_int_equal(rmdir(temp), 0);
	unsetenv("TMPDIR");
	tmpdir_remove(dir);
}

/* ---- no room for the copy ---------------------------------------------------
 */

static void the_copy_needs_a_place(void **state)
{
	static char nowhere[5000];
	char dir[PATH / 2];
	char path[300];

	(void)state;
	fullstore_in_use(&full, dir, sizeof(dir), path);
	/* From here on until it is unset. */
	setenv("TMPDIR", "/nonexistent", 1);
	must_say(dir, VERIFY_CANNOT, "/nonexistent/chitra-verify-");
	memset(nowhere, 'x', sizeof(nowhere) - 1);
	setenv("TMPDIR", nowhere, 1);
	must_say(dir, VERIFY_CANNOT, "TMPDIR is too long");
	/* Not set, or to nothing: then it is /tmp. */
	setenv("TMPDIR", "", 1);
	must_say(dir, VERIFY_ACCEPTED, "\"ok\":true");
	unsetenv("TMPDIR");
	must_say(dir, VERIFY_ACCEPTED, "\"ok\":true");
	tmpdir_remove(dir);
}

static int make_full(void **state)
{
	(void)state;
	fullstore_make(&full);
	return 0;
}

static int remove_full(void **state)
{
	(void)state;
	realstore_remove(&full);
	return 0;
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(rows) + 4] = {
		cmocka_unit_test(any_name_of_a_folder_will_do),
		cmocka_unit_test(a_path_without_end_is_refused),
		cmocka_unit_test(a_path_may_be_too_deep_for_sqlite),
		cmocka_unit_test(the_copy_needs_a_place),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[4 + i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = (void *)(uintptr_t)&rows[i]};
	return cmocka_run_group_tests_name("opening a store", tests, make_full,
		remove_full);
}
