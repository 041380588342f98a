/*
 * What a failing call is called: the code decides what people are told to do,
 * so each cause has its own. And a file that goes out, where the file system
 * is an odd one.
 */
#include "support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/home_internal.h"
#include "db/outfile_internal.h"
#include "support/bookstore.h"
#include "support/failcall.h"
#include "support/tmpdir.h"

static char dir[256];

static int setup(void **state)
{
	(void)state;
	tmpdir_make(dir, sizeof(dir));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	failcall_end();
	tmpdir_remove(dir);
	return 0;
}

static void fail_from(enum failcall_whose whose, int code, int n, bool once)
{
	const struct failcall f = {whose, code, n, once};

	failcall_set(&f);
}

/* ---- codes ------------------------------------------------------------------ */

static const struct cause {
	int sys;
	enum err_code home; /* of the data directory */
	enum err_code out;  /* of a file that goes out, or comes in */
} causes[] = {
	{ENOENT, ERR_GONE, ERR_GONE},
	{ENOTDIR, ERR_GONE, ERR_GONE},
	{ENODEV, ERR_IO, ERR_GONE},
	{ENXIO, ERR_IO, ERR_GONE},
	{EACCES, ERR_DENIED, ERR_DENIED},
	{EPERM, ERR_DENIED, ERR_DENIED},
	{EROFS, ERR_DENIED, ERR_DENIED},
	{ENOSPC, ERR_FULL, ERR_FULL},
	{EDQUOT, ERR_FULL, ERR_FULL},
	{EFBIG, ERR_IO, ERR_FULL},
	{EEXIST, ERR_IO, ERR_INVALID},
	{EISDIR, ERR_IO, ERR_INVALID},
	{EIO, ERR_IO, ERR_IO},
};

static void a_file_by_its_errno(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(causes); i++) {
		const struct cause *c = &causes[i];
		struct err err = {0};
		struct outfile f;
		char path[300];

		tmpdir_path(dir, "out", path, sizeof(path));
		fail_from(FAILCALL_FILE, c->sys, 1, false);
		assert_false(home_file_make(dir, "file", &err));
		failcall_end();
		assert_int_equal(err.code, c->home);
		assert_int_equal(err.sys, c->sys);
		fail_from(FAILCALL_FILE, c->sys, 1, false);
		assert_false(outfile_open(&f, path, 0600, &err));
		failcall_end();
		outfile_drop(&f);
		assert_int_equal(err.code, c->out);
		assert_int_equal(err.sys, c->sys);
		assert_non_null(strstr(err.text, strerror(c->sys)));
	}
}

static const struct {
	int rc;
	enum err_code code;
} answers[] = {
	{SQLITE_IOERR, ERR_IO},
	{SQLITE_IOERR_READ, ERR_IO},
	{SQLITE_CANTOPEN, ERR_IO},
	{SQLITE_READONLY, ERR_DENIED},
	{SQLITE_PERM, ERR_DENIED},
	{SQLITE_BUSY, ERR_BUSY},
	{SQLITE_LOCKED, ERR_BUSY},
	{SQLITE_CONSTRAINT, ERR_INVALID},
	{SQLITE_CORRUPT, ERR_CORRUPT},
	{SQLITE_NOTADB, ERR_CORRUPT},
	{SQLITE_NOMEM, ERR_NO_MEMORY},
	{SQLITE_FULL, ERR_FULL},
	{SQLITE_TOOBIG, ERR_IO},
};

static void the_store_by_the_code_of_sqlite(void **state)
{
	struct bookstore b;

	(void)state;
	bookstore_make(&b);
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		struct err err = {0};
		struct user u;

		fail_from(FAILCALL_SQL, answers[i].rc, 1, true);
		assert_int_equal(users_get(b.db, 7, &u, &err), LOOKUP_FAILED);
		assert_true(failcall_end());
		if (err.code != answers[i].code)
			fail_msg("%d: %s", answers[i].rc, err.text);
		assert_int_equal(err.sys, answers[i].rc);
		assert_int_equal(users_get(b.db, 7, &u, &err), LOOKUP_FOUND);
	}
	bookstore_remove(&b);
}

/* A handle that is gone is no crash. */
static void a_store_that_could_not_be_opened_anew(void **state)
{
	struct bookstore b;
	struct err err = {0};
	struct user u;

	(void)state;
	bookstore_make(&b);
	b.db->suspect = true;
	fail_from(FAILCALL_SQL, SQLITE_CANTOPEN, 1, false);
	assert_int_equal(users_get(b.db, 7, &u, &err), LOOKUP_FAILED);
	assert_true(err.text[0]);
	assert_false(db_begin(b.db, &err));
	assert_true(err.text[0]);
	failcall_end();
	assert_int_equal(users_get(b.db, 7, &u, &err), LOOKUP_FOUND);
	bookstore_remove(&b);
}

/* ---- files that go out ------------------------------------------------------- */

static bool write_out(const char *path, struct err *err)
{
	struct outfile f;
	const bool ok = outfile_open(&f, path, 0600, err) &&
			outfile_put(&f, "bytes", 5, err) &&
			outfile_sync(&f, err) && outfile_name(&f, err);

	outfile_drop(&f);
	return ok;
}

static void must_hold(const char *path, const char *text)
{
	char bytes[16] = "";
	FILE *f = fopen(path, "rb");

	assert_non_null(f);
	assert_int_equal(fread(bytes, 1, sizeof(bytes) - 1, f), strlen(text));
	fclose(f);
	assert_string_equal(bytes, text);
}

static void names_that_are_none(void **state)
{
	char path[DB_PATH_SIZE + 10];
	struct err err = {0};

	(void)state;
	assert_false(write_out("", &err));
	assert_int_equal(err.code, ERR_INVALID);
	memset(path, 'a', sizeof(path) - 1);
	path[sizeof(path) - 1] = '\0';
	err = (struct err){0};
	assert_false(write_out(path, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

/* "chitra export journal FILE" in the folder where one stands. */
static void a_name_without_a_folder(void **state)
{
	char back[DB_PATH_SIZE];
	char path[300];
	struct err err = {0};

	(void)state;
	assert_non_null(getcwd(back, sizeof(back)));
	assert_int_equal(chdir(dir), 0);
	if (!write_out("file", &err))
		fail_msg("%s", err.text);
	assert_int_equal(chdir(back), 0);
	must_hold(tmpdir_path(dir, "file", path, sizeof(path)), "bytes");
}

static void a_folder_below_the_root(void **state)
{
	struct err err = {0};

	(void)state;
	assert_false(write_out("/dev", &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(err.sys, EEXIST);
}

/* The calls of write_out(), one after the other. */
enum {
	LSTAT = 1,
	OPEN,
	WRITE,
	SYNC,
	CLOSE,
	RENAME
};

static void a_write_that_a_signal_interrupts_goes_on(void **state)
{
	char path[300];
	struct err err = {0};

	(void)state;
	tmpdir_path(dir, "out", path, sizeof(path));
	fail_from(FAILCALL_FILE, EINTR, WRITE, true);
	if (!write_out(path, &err))
		fail_msg("%s", err.text);
	assert_true(failcall_end());
	must_hold(path, "bytes");
}

/* A stick of another system may not know the careful way to name a file. */
static void a_file_system_that_cannot_name_carefully(void **state)
{
	static const int says[] = {EINVAL, ENOSYS};
	char path[300];
	struct err err = {0};

	(void)state;
	tmpdir_path(dir, "out", path, sizeof(path));
	for (size_t i = 0; i < COUNT_OF(says); i++) {
		fail_from(FAILCALL_FILE, says[i], RENAME, true);
		if (!write_out(path, &err))
			fail_msg("%s", err.text);
		assert_true(failcall_end());
		must_hold(path, "bytes");
		assert_int_equal(unlink(path), 0);
	}
	fail_from(FAILCALL_FILE, EIO, RENAME, true);
	assert_false(write_out(path, &err));
	assert_true(failcall_end());
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(access(path, F_OK), -1);
}

/* What came there meanwhile stays, and nothing of ours is left beside it. */
static void a_file_that_came_while_ours_was_written(void **state)
{
	static const int says[] = {0, EINVAL};
	char path[300];

	(void)state;
	tmpdir_path(dir, "out", path, sizeof(path));
	for (size_t i = 0; i < COUNT_OF(says); i++) {
		struct err err = {0};
		struct outfile f;

		assert_true(outfile_open(&f, path, 0600, &err));
		assert_true(outfile_put(&f, "bytes", 5, &err));
		assert_true(outfile_sync(&f, &err));
		tmpdir_write(dir, "out", "other", 5);
		fail_from(FAILCALL_FILE, says[i], says[i] ? 1 : 0, true);
		assert_false(outfile_name(&f, &err));
		failcall_end();
		assert_int_equal(err.code, ERR_INVALID);
		assert_int_equal(err.sys, EEXIST);
		outfile_drop(&f);
		assert_int_equal(access(f.path, F_OK), 0);
		must_hold(path, "other");
		assert_int_equal(unlink(path), 0);
	}
	assert_int_equal(rmdir(dir), 0);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(a_file_by_its_errno),
		ROW(the_store_by_the_code_of_sqlite),
		ROW(a_store_that_could_not_be_opened_anew),
		ROW(names_that_are_none),
		ROW(a_name_without_a_folder),
		ROW(a_folder_below_the_root),
		ROW(a_write_that_a_signal_interrupts_goes_on),
		ROW(a_file_system_that_cannot_name_carefully),
		ROW(a_file_that_came_while_ours_was_written),
	};

	return cmocka_run_group_tests_name("causes", tests, NULL, NULL);
}
