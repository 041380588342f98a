/* The store as a whole: making, opening, locking, statements, transactions. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/db_internal.h"
#include "db/journal.h"
#include "db/stmt.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static int64_t pragma(struct bookstore *b, const char *name)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "PRAGMA %s", name);
	return bookstore_number(b, sql);
}

static void the_store_is_set_up_as_the_format_says(void **state)
{
	struct bookstore *b = *state;
	char mode[16] = "";
	sqlite3_stmt *st = NULL;

	assert_int_equal(pragma(b, "synchronous"), 2);
	assert_int_equal(pragma(b, "secure_delete"), 1);
	assert_int_equal(pragma(b, "cell_size_check"), 1);
	assert_int_equal(pragma(b, "trusted_schema"), 0);
	assert_int_equal(pragma(b, "foreign_keys"), 1);
	sqlite3_prepare_v2(b->db->handle, "PRAGMA journal_mode", -1, &st, NULL);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	stmt_column_text(st, 0, mode, sizeof(mode));
	sqlite3_finalize(st);
	assert_string_equal(mode, "wal");
}

static void it_remembers_what_it_is(void **state)
{
	struct bookstore *b = *state;
	const struct db_info *i = db_info(b->db);

	assert_string_equal(i->point, "BD-01");
	assert_string_equal(i->name, "Bưu cục Cẩm Khê");
	assert_string_equal(i->unit, "");
	assert_false(i->demo);
	assert_int_equal(strlen(i->dev_hex), 32);
	assert_string_equal(i->dir, b->dir);
}

static void files_are_for_the_owner_only(void **state)
{
	static const char *const files[] = {"chitra.db", "device.key", "lock"};
	struct bookstore *b = *state;
	char path[512];
	struct stat st;

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		tmpdir_path(b->dir, files[i], path, sizeof(path));
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
}

/* Who takes the disk away must not open what is sealed to the centre. */
static void no_secret_of_a_centre_is_left_here(void **state)
{
	struct bookstore *b = *state;
	char path[512];
	struct stat st;

	tmpdir_path(b->dir, "centre.key", path, sizeof(path));
	assert_int_equal(stat(path, &st), -1);
}

static void a_store_is_made_once(void **state)
{
	struct bookstore *b = *state;
	const struct db_setup again = {.point = "X", .pin_kibibytes = 8};
	struct err err = {0};

	db_close(b->db);
	b->db = NULL;
	assert_false(db_create(b->dir, &again, &err));
	assert_int_equal(err.code, ERR_INVALID);
	bookstore_open(b);
	assert_string_equal(db_info(b->db)->point, "BD-01");
}

static void without_a_store_it_is_gone(void **state)
{
	char dir[256];
	struct err err = {0};

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	assert_null(db_open(dir, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_null(db_open("/nonexistent/chitra", &err));
	assert_int_equal(err.code, ERR_GONE);
	tmpdir_remove(dir);
}

/* T31: the file is deleted under a store that was made. */
static void T31_a_deleted_file_is_not_made_anew(void **state)
{
	struct bookstore *b = *state;
	char path[512];
	struct err err = {0};

	db_close(b->db);
	b->db = NULL;
	unlink(tmpdir_path(b->dir, "chitra.db", path, sizeof(path)));
	assert_null(db_open(b->dir, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
}

static void one_process_at_a_time_and_it_is_named(void **state)
{
	struct bookstore *b = *state;
	char pid[32];
	struct err err = {0};
	int status;
	pid_t child;

	snprintf(pid, sizeof(pid), "process %ld ", (long)getpid());
	child = fork();
	if (child == 0) {
		const bool opened = db_open(b->dir, &err) != NULL;

		_exit(!opened && err.code == ERR_BUSY && strstr(err.text, pid)
				? 0
				: 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void another_device_key_does_not_open_it(void **state)
{
	struct bookstore *b = *state;
	const uint8_t other[CRYPTO_KEY_SIZE] = {1};
	struct err err = {0};

	db_close(b->db);
	b->db = NULL;
	tmpdir_write(b->dir, "device.key", other, sizeof(other));
	assert_null(db_open(b->dir, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_non_null(strstr(err.text, "device.key"));
	tmpdir_write(b->dir, "device.key", other, 7);
	assert_null(db_open(b->dir, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
}

/* T35: bytes of the file changed at random: refused or right, never dead. */
static void T35_a_damaged_file_never_kills(void **state)
{
	struct bookstore *b = *state;
	char path[512];
	struct err err = {0};
	long size;
	FILE *f;

	db_close(b->db);
	b->db = NULL;
	tmpdir_path(b->dir, "chitra.db", path, sizeof(path));
	srand(35);
	for (int i = 0; i < 60; i++) {
		unsigned char was[64];
		unsigned char noise[64];
		long at;
		struct db *db;

		f = fopen(path, "r+b");
		fseek(f, 0, SEEK_END);
		size = ftell(f);
		at = rand() % (size - 64);
		fseek(f, at, SEEK_SET);
		assert_int_equal(fread(was, 1, 64, f), 64);
		for (int k = 0; k < 64; k++)
			noise[k] = (unsigned char)rand();
		fseek(f, at, SEEK_SET);
		fwrite(noise, 1, 64, f);
		fclose(f);
		db = db_open(b->dir, &err);
		if (db)
			db_check(db, &err);
		/* No orderly close: the bytes go back as they were. */
		if (db) {
			db->suspect = true;
			db_close(db);
		}
		f = fopen(path, "r+b");
		fseek(f, at, SEEK_SET);
		fwrite(was, 1, 64, f);
		fclose(f);
	}
	bookstore_open(b);
	bookstore_must_hold(b);
}

static bool put(struct db *db, const char *value, struct err *err)
{
	return setting_put(db, "test", value, err);
}

static void inner_failure_dooms_the_whole(void **state)
{
	struct bookstore *b = *state;
	char value[16];
	struct err err;

	assert_true(db_begin(b->db, &err));
	assert_true(put(b->db, "outer", &err));
	assert_true(db_begin(b->db, &err));
	assert_false(db_end(b->db, false, &err));
	assert_false(db_end(b->db, true, &err));
	assert_true(setting_get(b->db, "test", value, sizeof(value), &err));
	assert_string_equal(value, "");
	assert_true(db_begin(b->db, &err));
	assert_true(db_end(b->db, put(b->db, "good", &err), &err));
	assert_true(setting_get(b->db, "test", value, sizeof(value), &err));
	assert_string_equal(value, "good");
}

/* Every statement uses an index, unless its SQL says that it means not to. */
static void no_statement_scans_by_accident(void **state)
{
	struct bookstore *b = *state;

	for (int s = 0; s < stmt_sets_count; s++)
		for (int i = 0; i < stmt_sets[s]->count; i++) {
			const char *sql = stmt_sets[s]->sql[i];
			char *explain =
				sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
			sqlite3_stmt *st = NULL;

			assert_int_equal(sqlite3_prepare_v2(b->db->handle,
						 explain, -1, &st, NULL),
				SQLITE_OK);
			while (sqlite3_step(st) == SQLITE_ROW) {
				const char *plan =
					(const char *)sqlite3_column_text(st,
						3);

				if (strncmp(plan, "SCAN", 4) == 0 &&
					!strstr(plan, "CONSTANT ROW") &&
					!strstr(sql, "/* scan */"))
					fail_msg("%s: %s\n%s",
						stmt_sets[s]->module, sql,
						plan);
			}
			sqlite3_finalize(st);
			sqlite3_free(explain);
		}
}

static void a_checkpoint_empties_the_log(void **state)
{
	struct bookstore *b = *state;
	char path[512];
	struct stat st;
	struct err err = {0};

	assert_true(db_checkpoint(b->db, &err));
	assert_int_equal(stat(tmpdir_path(b->dir, "chitra.db-wal", path,
				      sizeof(path)),
				 &st),
		0);
	/* But for the mark, which is written after it. */
	assert_in_range(st.st_size, 1, 4 * 4200);
}

static const char *const bad_rows[] = {
	"INSERT INTO journal VALUES (99, x'00', x'00', zeroblob(64), NULL)",
	"INSERT INTO journal VALUES (99, x'00', zeroblob(32), x'00', NULL)",
	"INSERT INTO paid VALUES (x'00', 1, 1)",
	"INSERT INTO paid VALUES (zeroblob(16), 1, 5)",
	"INSERT INTO paid VALUES (zeroblob(16), 'one', 1)",
	"INSERT INTO state (one) VALUES (2)",
	"INSERT INTO user (number, name, role, salt, passes, kib, public,"
	" secret) VALUES (0, 'An', 1, zeroblob(16), 1, 8, zeroblob(32), x'')",
	"INSERT INTO user (number, name, role, salt, passes, kib, public,"
	" secret) VALUES (3, 'An', 9, zeroblob(16), 1, 8, zeroblob(32), x'')",
	"INSERT INTO epoch VALUES (9, x'00', 77, NULL)",
	"INSERT INTO payout VALUES (1, zeroblob(16), 'c', 2, 0, 0, 1, 1, '',"
	" '', '', zeroblob(36))",
	"INSERT INTO payout VALUES (1, zeroblob(16), 'c', 3, 0, 0, 1, 1, '',"
	" '', '', zeroblob(1))",
};

static void rules_of_the_schema_hold(void **state)
{
	struct bookstore *b = *state;

	for (size_t i = 0; i < COUNT_OF(bad_rows); i++)
		if (sqlite3_exec(b->db->handle, bad_rows[i], NULL, NULL,
			    NULL) == SQLITE_OK)
			fail_msg("%s", bad_rows[i]);
}

#define STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE(the_store_is_set_up_as_the_format_says),
		STORE(it_remembers_what_it_is),
		STORE(files_are_for_the_owner_only),
		STORE(no_secret_of_a_centre_is_left_here),
		STORE(a_store_is_made_once),
		cmocka_unit_test(without_a_store_it_is_gone),
		STORE(T31_a_deleted_file_is_not_made_anew),
		STORE(one_process_at_a_time_and_it_is_named),
		STORE(another_device_key_does_not_open_it),
		STORE(T35_a_damaged_file_never_kills),
		STORE(inner_failure_dooms_the_whole),
		STORE(no_statement_scans_by_accident),
		STORE(a_checkpoint_empties_the_log),
		STORE(rules_of_the_schema_hold),
	};

	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
