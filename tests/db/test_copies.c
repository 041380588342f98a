/* Copies of the book beside the book: what they are, and whether whole. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db/backup.h"
#include "db/copies.h"
#include "db/db_internal.h"
#include "db/export.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

struct lab {
	struct bookstore b;
	char dir[256];
	char file[300];
};

static void copy(struct lab *l, struct bookstore *of)
{
	struct export_done d;
	struct refusal why;
	struct err err = {0};

	if (backup_write(of->db, &of->hoa, l->file, &d, &why, &err) !=
		VERDICT_DONE)
		fail_msg("%s", err.text);
}

static int setup(void **state)
{
	static struct lab l;
	struct payout p;

	memset(&l, 0, sizeof(l));
	bookstore_make(&l.b);
	bookstore_due(&l.b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&l.b, 20);
	bookstore_pay(&l.b, 1, &p);
	bookstore_hand(&l.b, p.seq);
	tmpdir_make(l.dir, sizeof(l.dir));
	tmpdir_path(l.dir, "copy.db", l.file, sizeof(l.file));
	*state = &l;
	return 0;
}

static int teardown(void **state)
{
	struct lab *l = *state;

	bookstore_remove(&l->b);
	tmpdir_remove(l->dir);
	return 0;
}

static void look(struct lab *l, struct copy_seen *seen)
{
	struct err err = {0};

	if (copies_look(l->b.db, l->file, seen, &err) != LOOKUP_FOUND)
		fail_msg("%s", err.text);
}

static void what_was_recorded_since_is_counted(void **state)
{
	struct lab *l = *state;
	struct copy_seen seen;

	copy(l, &l->b);
	look(l, &seen);
	/* The EXPORT record of the copy itself is behind it. */
	assert_int_equal(seen.kin, COPY_BEHIND);
	assert_int_equal(seen.here, seen.last_seq + 1);
	assert_string_equal(seen.dev_hex, db_info(l->b.db)->dev_hex);
	assert_true(seen.t > 0 && seen.bytes > 0);
}

static void another_terminals_copy_is_known(void **state)
{
	struct lab *l = *state;
	static struct bookstore other;
	struct copy_seen seen;

	bookstore_make(&other);
	copy(l, &other);
	look(l, &seen);
	assert_int_equal(seen.kin, COPY_OTHER);
	bookstore_remove(&other);
}

static void R1_a_copy_that_is_longer_than_the_book_is_told(void **state)
{
	struct lab *l = *state;
	struct bookstore *b = &l->b;
	struct copy_seen seen;
	struct payout p;
	char old[256];

	bookstore_image(b, old, sizeof(old));
	bookstore_due(b, 2, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_pay(b, 2, &p);
	bookstore_hand(b, p.seq);
	copy(l, b);
	/* Yesterday's disk comes back. */
	db_close(b->db);
	tmpdir_remove(b->dir);
	snprintf(b->dir, sizeof(b->dir), "%s", old);
	bookstore_open(b);
	look(l, &seen);
	assert_int_equal(seen.kin, COPY_AHEAD);
	assert_true(seen.last_seq > seen.here);
}

static void other_records_at_the_same_place_are_two_books(void **state)
{
	struct lab *l = *state;
	struct bookstore *b = &l->b;
	struct copy_seen seen;
	struct payout p;
	char old[256];

	bookstore_image(b, old, sizeof(old));
	bookstore_due(b, 2, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_pay(b, 2, &p);
	copy(l, b);
	db_close(b->db);
	tmpdir_remove(b->dir);
	snprintf(b->dir, sizeof(b->dir), "%s", old);
	bookstore_open(b);
	bookstore_due(b, 3, ENT_MONTH, BOOKSTORE_PERIOD, 600000, false);
	bookstore_pay(b, 3, &p);
	bookstore_hand(b, p.seq);
	look(l, &seen);
	assert_int_equal(seen.kin, COPY_FORK);
}

static void what_is_no_copy_is_passed_over(void **state)
{
	struct lab *l = *state;
	struct copy_seen seen;
	struct err err = {0};
	char path[600];
	FILE *f;

	assert_int_equal(copies_look(l->b.db, l->dir, &seen, &err),
		LOOKUP_ABSENT);
	assert_int_equal(copies_look(l->b.db, l->file, &seen, &err),
		LOOKUP_ABSENT);
	f = fopen(l->file, "we");
	assert_non_null(f);
	fputs("nothing of the kind", f);
	fclose(f);
	assert_int_equal(copies_look(l->b.db, l->file, &seen, &err),
		LOOKUP_ABSENT);
	/* A store that works is no copy. */
	snprintf(path, sizeof(path), "%s/chitra.db", l->b.dir);
	assert_int_equal(copies_look(l->b.db, path, &seen, &err),
		LOOKUP_ABSENT);
}

static void a_whole_copy_checks_and_leaves_nothing(void **state)
{
	struct lab *l = *state;
	struct err err = {0};
	char part[600];

	copy(l, &l->b);
	if (!copies_check(l->b.db, l->file, &err))
		fail_msg("%s", err.text);
	snprintf(part, sizeof(part), "%s/check.part", l->b.dir);
	assert_int_not_equal(access(part, F_OK), 0);
	bookstore_must_hold(&l->b);
}

static void a_copy_that_was_altered_does_not_check(void **state)
{
	struct lab *l = *state;
	struct err err = {0};
	sqlite3 *h = NULL;
	char part[600];

	copy(l, &l->b);
	assert_int_equal(sqlite3_open(l->file, &h), SQLITE_OK);
	assert_int_equal(sqlite3_exec(h, "UPDATE paid SET state = 4", NULL,
				 NULL, NULL),
		SQLITE_OK);
	sqlite3_close(h);
	assert_false(copies_check(l->b.db, l->file, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	snprintf(part, sizeof(part), "%s/check.part", l->b.dir);
	assert_int_not_equal(access(part, F_OK), 0);
}

static bool never(void *ctx, const struct far *f)
{
	(void)ctx, (void)f;
	return false;
}

static void a_check_that_is_stopped_leaves_nothing(void **state)
{
	const struct db_watch watch = {never, NULL};
	struct lab *l = *state;
	struct err err = {0};
	char part[600];

	copy(l, &l->b);
	db_watch(l->b.db, &watch);
	if (!copies_check(l->b.db, l->file, &err))
		assert_true(db_watch_stopped(&err));
	db_watch(l->b.db, NULL);
	snprintf(part, sizeof(part), "%s/check.part", l->b.dir);
	assert_int_not_equal(access(part, F_OK), 0);
	bookstore_must_hold(&l->b);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(what_was_recorded_since_is_counted),
		ROW(another_terminals_copy_is_known),
		ROW(R1_a_copy_that_is_longer_than_the_book_is_told),
		ROW(other_records_at_the_same_place_are_two_books),
		ROW(what_is_no_copy_is_passed_over),
		ROW(a_whole_copy_checks_and_leaves_nothing),
		ROW(a_copy_that_was_altered_does_not_check),
		ROW(a_check_that_is_stopped_leaves_nothing),
	};

	return cmocka_run_group_tests_name("copies", tests, NULL, NULL);
}
