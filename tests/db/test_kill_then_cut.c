/*
 * A process is killed between writing its records and syncing them (kill -9,
 * an OOM kill); the next one finds them, tells of them, and then the power
 * goes (T01, T02). What was told must be there after it.
 */
#include "support/unit.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/db_internal.h"
#include "support/course.h"
#include "support/faultvfs.h"
#include "support/tmpdir.h"

static struct course courses[64];

/*
 * The child does the act and dies. The syncs of the act are known to its own
 * copy of the medium only: for the parent nothing of it is on the disk.
 */
static void die_after_the_act(const struct course *c, struct bookstore *b)
{
	int status;
	pid_t child;

	*b = c->ready;
	bookstore_image(&c->ready, b->dir, sizeof(b->dir));
	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct err err;

		bookstore_open(b);
		raise(SIGSTOP);
		_exit(c->act->act(b, &err) == SAID_DONE ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, WUNTRACED), child);
	assert_true(WIFSTOPPED(status));
	faultvfs_medium(b->dir, false);
	assert_int_equal(kill(child, SIGCONT), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	faultvfs_unsynced();
}

static void T01_what_a_start_tells_outlives_a_power_cut(void **state)
{
	const struct course *c = *state;
	char medium[sizeof(c->ready.dir)];
	struct bookstore b;
	struct bookfacts told;
	struct bookfacts left;

	die_after_the_act(c, &b);
	bookstore_open(&b);
	bookfacts_read(&b, &told);
	assert_true(bookfacts_equal(&told, course_end(c)));
	bookstore_image(&b, medium, sizeof(medium));
	faultvfs_power_cut(medium);
	faultvfs_medium(NULL, false);
	bookstore_remove(&b);
	course_start(c, medium, &left);
	if (!bookfacts_equal(&left, &told))
		fail_msg("%s: told, and then lost", c->act->name);
}

/* The log cannot be synced: then nothing is told at all. */
static void T08_a_log_that_cannot_be_synced_is_not_told_of(void **state)
{
	const struct course *c = *state;
	const struct fault no_sync = {.kinds = FAULT_SYNC, .n = 1};
	struct err err = {0};
	struct bookfacts found;
	struct bookstore b;

	die_after_the_act(c, &b);
	faultvfs_set(&no_sync);
	assert_null(db_open(b.dir, &err));
	assert_true(faultvfs_tripped());
	assert_int_equal(err.code, ERR_IO);
	faultvfs_arm(0);
	faultvfs_medium(NULL, false);
	course_start(c, b.dir, &found);
	assert_true(bookfacts_equal(&found, course_end(c)));
}

/* Full to the brim: the log is synced, and the file may wait. */
static void T07_no_room_to_bring_the_log_in_stops_no_start(void **state)
{
	const struct course *c = *state;
	const struct fault full = {.kinds = FAULT_WRITE,
		.n = 1,
		.how = FAULT_FULL};
	char medium[sizeof(c->ready.dir)];
	struct err err = {0};
	struct bookfacts left;
	struct bookstore b;

	die_after_the_act(c, &b);
	faultvfs_set(&full);
	b.db = db_open(b.dir, &err);
	assert_true(faultvfs_tripped());
	if (!b.db)
		fail_msg("%s: %s", c->act->name, err.text);
	bookstore_image(&b, medium, sizeof(medium));
	faultvfs_power_cut(medium);
	faultvfs_arm(0);
	faultvfs_medium(NULL, false);
	bookstore_remove(&b);
	course_start(c, medium, &left);
	assert_true(bookfacts_equal(&left, course_end(c)));
}

/* An act with a checkpoint of its own has brought the log in by itself. */
static const struct row {
	const char *name;
	CMUnitTestFunction test;
	const char *act; /* NULL: all of them */
} rows[] = {
	{"T01", T01_what_a_start_tells_outlives_a_power_cut, NULL},
	{"T08", T08_a_log_that_cannot_be_synced_is_not_told_of, "PAY"},
	{"T08", T08_a_log_that_cannot_be_synced_is_not_told_of, "HANDED"},
	{"T07", T07_no_room_to_bring_the_log_in_stops_no_start, "PAY"},
	{"T07", T07_no_room_to_bring_the_log_in_stops_no_start, "HANDED"},
};

static int learn_all(void **state)
{
	(void)state;
	for (int i = 0; i < bookacts_count; i++)
		course_learn(&courses[i], &bookacts[i]);
	return 0;
}

static int forget_all(void **state)
{
	(void)state;
	for (int i = 0; i < bookacts_count; i++)
		course_forget(&courses[i]);
	return 0;
}

int main(void)
{
	static char name[COUNT_OF(rows) * COUNT_OF(courses)][64];
	struct CMUnitTest tests[COUNT_OF(name)];
	size_t n = 0;

	for (size_t r = 0; r < COUNT_OF(rows); r++)
		for (int i = 0; i < bookacts_count; i++) {
			if (rows[r].act &&
				strcmp(rows[r].act, bookacts[i].name) != 0)
				continue;
			snprintf(name[n], sizeof(name[n]), "%s killed after %s",
				rows[r].name, bookacts[i].name);
			tests[n] = (struct CMUnitTest){.name = name[n],
				.test_func = rows[r].test,
				.initial_state = &courses[i]};
			n++;
		}
	faultvfs_install();
	return _cmocka_run_group_tests("kill, then a power cut", tests, n,
		learn_all, forget_all);
}
