/*
 * Everything that is written into a book, on a disk that fails at the n-th
 * write, sync, truncate, open, lock … of it (T06, T08 to T11).
 *
 * What was said to be done is there; what was said to have failed is there
 * whole or not at all, and the same after a restart. Then the very process
 * that met the fault goes on: what is missing is done, what is there is not
 * done again.
 *
 * Of the n one in FAULT_STRIDE is tried (default 24, each act others);
 * FAULT_STRIDE=1 tries them all.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "support/course.h"
#include "support/faultvfs.h"
#include "support/tmpdir.h"

enum {
	STRIDE = 24
};

/* One for each act, learnt once. */
static struct course courses[64];

static struct fault_case {
	const char *name;
	struct fault fault; /* n is set by the test */
} faults[] = {
	{"no room for a write", {FAULT_WRITE, 0, true, FAULT_FULL}},
	{"no room from a write on", {FAULT_WRITE, 0, false, FAULT_FULL}},
	{"half of a write", {FAULT_WRITE, 0, false, FAULT_TORN}},
	{"a write fails once", {FAULT_WRITE, 0, true, FAULT_IO}},
	{"a sync fails once", {FAULT_SYNC, 0, true, FAULT_IO}},
	{"no sync from one on", {FAULT_SYNC, 0, false, FAULT_IO}},
	{"neither write nor sync from one on",
		{FAULT_WRITE | FAULT_SYNC, 0, false, FAULT_IO}},
	{"all that changes a file fails from one on",
		{FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_OPEN |
				FAULT_DELETE,
			0, false, FAULT_IO}},
	{"a truncate fails", {FAULT_TRUNCATE, 0, true, FAULT_IO}},
	{"an open fails", {FAULT_OPEN, 0, true, FAULT_IO}},
	{"a delete fails", {FAULT_DELETE, 0, true, FAULT_IO}},
	{"a lock fails", {FAULT_LOCK, 0, true, FAULT_IO}},
	{"the index cannot be mapped", {FAULT_SHM_MAP, 0, true, FAULT_IO}},
	{"a lock of the log fails", {FAULT_SHM_LOCK, 0, true, FAULT_IO}},
	{"a lock of the log is held", {FAULT_SHM_LOCK, 0, true, FAULT_BUSY}},
	{"no lock from one on",
		{FAULT_LOCK | FAULT_SHM_LOCK, 0, false, FAULT_IO}},
	{"a read fails", {FAULT_READ, 0, true, FAULT_IO}},
};

static int stride(void)
{
	const char *said = getenv("FAULT_STRIDE");
	const int n = said ? (int)strtol(said, NULL, 10) : STRIDE;

	return n > 0 ? n : 1;
}

static int offset;
static int tried;
static int failed_acts;
static const char *fault; /* the one that is tried, for a message */

static void arm(const struct course_fault *f)
{
	struct fault how = *(const struct fault *)f->how;

	how.n = f->n;
	faultvfs_set(&how);
}

static bool disarm(void)
{
	const bool tripped = faultvfs_tripped();

	faultvfs_arm(0);
	return tripped;
}

static bool act_on_a_failing_disk(const struct course *c,
	const struct fault *how)
{
	const struct course_fault f = {.name = fault,
		.n = how->n,
		.how = how,
		.arm = arm,
		.disarm = disarm};
	enum said said;
	const bool tripped = course_try(c, &f, &said);

	failed_acts += said == SAID_FAILED;
	return tripped;
}

static void count(struct course *c)
{
	for (int i = 0; i < FAULT_KINDS; i++)
		c->count[i] = faultvfs_seen(1 << i);
}

/* try() with each n of the sample. */
static void every_n(const struct course *c, const struct fault *how,
	bool (*try)(const struct course *c, const struct fault *f))
{
	const int by = stride();
	int most = 0;

	for (int i = 0; i < FAULT_KINDS; i++)
		if (how->kinds & 1 << i)
			most += c->count[i];
	/* Not the same n for each act. */
	for (int n = by > 1 ? 1 + ++offset % by : 1; n <= most; n += by) {
		struct fault f = *how;

		f.n = n;
		tried += try(c, &f);
	}
}

static void with_every_fault(const struct course *c,
	bool (*try)(const struct course *c, const struct fault *f))
{
	tried = 0;
	failed_acts = 0;
	for (size_t i = 0; i < COUNT_OF(faults); i++) {
		fault = faults[i].name;
		every_n(c, &faults[i].fault, try);
	}
	print_message("    %d faults, %d times it failed\n", tried,
		failed_acts);
}

static void on_every_disk(void **state)
{
	with_every_fault(*state, act_on_a_failing_disk);
}

/* A start that fails leaves what it found. */
static bool start_on_a_failing_disk(const struct course *c,
	const struct fault *f)
{
	struct bookstore b = c->ready;
	struct bookfacts found;
	struct err err = {0};
	bool tripped;

	bookstore_image(&c->ready, b.dir, sizeof(b.dir));
	faultvfs_set(f);
	b.db = db_open(b.dir, &err);
	tripped = faultvfs_tripped();
	if (!b.db && (!tripped || err.code == ERR_NONE || !err.text[0]))
		fail_msg("%s, n = %d: %s", fault, f->n, err.text);
	failed_acts += !b.db;
	/* Closing writes as well, and the fault may go on. */
	db_close(b.db);
	faultvfs_arm(0);
	course_start(c, b.dir, &found);
	assert_true(bookfacts_equal(&found, &c->step[0]));
	return tripped;
}

/* T06: with a log to recover and a payout to ask about. */
static void T06_a_start_that_fails_changes_nothing(void **state)
{
	const struct course *handed = &courses[0];
	struct bookstore b;
	struct course c;

	(void)state;
	while (strcmp(handed->act->name, "HANDED") != 0)
		handed++;
	c = *handed;
	faultvfs_arm(0);
	course_begin(&c, &b);
	db_close(b.db);
	count(&c);
	tmpdir_remove(b.dir);
	with_every_fault(&c, start_on_a_failing_disk);
}

/* The act, and then the plug: only what was synced is left. */
static void cut_the_power(const struct course *c, bool lie,
	struct bookfacts *left)
{
	char medium[sizeof(c->ready.dir)];
	struct bookstore b;
	struct err err = {0};

	course_begin(c, &b);
	faultvfs_medium(b.dir, lie);
	if (c->act->act(&b, &err) != SAID_DONE)
		fail_msg("%s: %s", c->act->name, err.text);
	bookstore_image(&b, medium, sizeof(medium));
	faultvfs_power_cut(medium);
	faultvfs_medium(NULL, false);
	bookstore_remove(&b);
	course_start(c, medium, left);
}

/* I6: nobody is told DONE before it was synced. */
static void T01_what_was_done_has_been_synced(void **state)
{
	struct bookfacts left;

	(void)state;
	for (int i = 0; i < bookacts_count; i++) {
		cut_the_power(&courses[i], false, &left);
		if (!bookfacts_equal(&left, course_end(&courses[i])))
			fail_msg("%s: lost", bookacts[i].name);
	}
}

/* T11: a disk that lies loses the tail, but never half of an act. */
static void T11_a_disk_that_lies_loses_whole_acts(void **state)
{
	struct bookfacts left;

	(void)state;
	for (int i = 0; i < bookacts_count; i++) {
		cut_the_power(&courses[i], true, &left);
		assert_true(bookfacts_equal(&left, &courses[i].step[0]));
	}
}

static int learn_all(void **state)
{
	(void)state;
	for (int i = 0; i < bookacts_count; i++) {
		struct bookstore b;
		struct err err;

		course_learn(&courses[i], &bookacts[i]);
		course_begin(&courses[i], &b);
		faultvfs_arm(0);
		bookacts[i].act(&b, &err);
		count(&courses[i]);
		bookstore_remove(&b);
	}
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
	static char name[64][64];
	struct CMUnitTest tests[64];
	size_t n = 0;

	for (; n < (size_t)bookacts_count; n++) {
		snprintf(name[n], sizeof(name[n]), "T06 T08 T09 T10: %s",
			bookacts[n].name);
		tests[n] = (struct CMUnitTest){.name = name[n],
			.test_func = on_every_disk,
			.initial_state = &courses[n]};
	}
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T06_a_start_that_fails_changes_nothing);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T01_what_was_done_has_been_synced);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T11_a_disk_that_lies_loses_whole_acts);
	faultvfs_install();
	return _cmocka_run_group_tests("every fault", tests, n, learn_all,
		forget_all);
}
