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

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/journal.h"
#include "support/bookacts.h"
#include "support/faultvfs.h"
#include "support/tmpdir.h"

enum {
	STEPS = 8,
	STRIDE = 24
};

/* An act, where it begins, and every state of the book on its way. */
struct course {
	const struct bookact *act;
	struct bookstore ready; /* not open: dir is an image of it */
	struct bookfacts step[STEPS];
	int steps;
	int operations[FAULT_KINDS]; /* on the way, by kind */
	struct bookstore *running;
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

/* A copy of the course's beginning, open. */
static void begin(const struct course *c, struct bookstore *b)
{
	*b = c->ready;
	bookstore_image(&c->ready, b->dir, sizeof(b->dir));
	bookstore_open(b);
}

static int note_step(void *ctx, sqlite3 *handle, const char *name, int pages)
{
	struct course *c = ctx;

	(void)handle;
	(void)name;
	(void)pages;
	assert_in_range(c->steps, 0, STEPS - 1);
	bookfacts_read(c->running, &c->step[c->steps++]);
	return SQLITE_OK;
}

/* The act on a good disk: what the book is like after each commit of it. */
static void learn(struct course *c, const struct bookact *a)
{
	struct bookstore b;
	struct err err = {0};

	*c = (struct course){.act = a};
	bookact_ready(a, &c->ready);
	bookstore_crash(&c->ready);
	begin(c, &b);
	c->running = &b;
	bookfacts_read(&b, &c->step[c->steps++]);
	faultvfs_arm(0);
	sqlite3_wal_hook(b.db->handle, note_step, c);
	if (a->act(&b, &err) != SAID_DONE)
		fail_msg("%s: %s (%s)", a->name, err.text, err.where);
	sqlite3_wal_hook(b.db->handle, NULL, NULL);
	for (int i = 0; i < FAULT_KINDS; i++)
		c->operations[i] = faultvfs_seen(1 << i);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
}

static const struct bookfacts *last(const struct course *c)
{
	return &c->step[c->steps - 1];
}

static bool is_a_step(const struct course *c, const struct bookfacts *now)
{
	for (int i = 0; i < c->steps; i++)
		if (bookfacts_equal(now, &c->step[i]))
			return true;
	return false;
}

/* The process goes on: what is not there is done now, and only that. */
static void go_on(const struct course *c, struct bookstore *b,
	const struct bookfacts *now)
{
	struct bookfacts after;
	struct err err = {0};
	const enum said said = c->act->act(b, &err);

	bookstore_must_hold(b);
	bookfacts_read(b, &after);
	if (bookfacts_equal(now, &c->step[0]) && c->steps > 1) {
		if (said != SAID_DONE)
			fail_msg("%s, again: %s (%s)", fault, err.text,
				err.where);
		assert_true(bookfacts_equal(&after, last(c)));
	} else if (!c->act->repeats) {
		assert_int_equal(said, SAID_NO);
		assert_true(bookfacts_equal(&after, now));
	} else {
		assert_int_equal(said, SAID_DONE);
	}
}

/* What a start finds in dir, which is gone then. */
static void start(const struct course *c, const char *dir,
	struct bookfacts *out)
{
	struct bookstore b = c->ready;

	memcpy(b.dir, dir, sizeof(b.dir));
	bookstore_open(&b);
	bookstore_must_hold(&b);
	bookfacts_read(&b, out);
	bookstore_remove(&b);
}

static void must_be_whole(const struct course *c, const struct fault *f,
	enum said said, const struct bookfacts *now)
{
	if (!is_a_step(c, now) ||
		(said == SAID_DONE && !bookfacts_equal(now, last(c))))
		fail_msg("%s, n = %d: half of it is there", fault, f->n);
}

static bool act_on_a_failing_disk(const struct course *c, const struct fault *f)
{
	char killed[sizeof(c->ready.dir)]; /* before anything was asked */
	char asked[sizeof(c->ready.dir)];  /* and then the power is cut */
	struct err err = {0};
	struct journal_head head; /* asked while the disk was still bad */
	struct err ignored;
	struct bookfacts now;
	struct bookfacts found;
	struct bookstore b;
	enum said said;
	bool tripped;
	bool told;

	begin(c, &b);
	faultvfs_medium(b.dir, false);
	faultvfs_set(f);
	said = c->act->act(&b, &err);
	tripped = faultvfs_tripped();
	told = journal_head(b.db, &head, &ignored);
	db_checkpoint(b.db, &ignored);
	faultvfs_arm(0);
	if (said != SAID_DONE && !(tripped && said == SAID_FAILED))
		fail_msg("%s, n = %d: said %d: %s", fault, f->n, said,
			err.text);
	if (said == SAID_FAILED)
		assert_true(err.code != ERR_NONE && err.text[0]);
	failed_acts += said == SAID_FAILED;
	bookstore_image(&b, killed, sizeof(killed));
	bookstore_must_hold(&b);
	bookfacts_read(&b, &now);
	must_be_whole(c, f, said, &now);
	if (told && (int64_t)head.last_seq != now.fact[BOOKFACT_LAST_SEQ])
		fail_msg("%s, n = %d: told of %d records, %d are there", fault,
			f->n, (int)head.last_seq,
			(int)now.fact[BOOKFACT_LAST_SEQ]);
	bookstore_image(&b, asked, sizeof(asked));
	faultvfs_power_cut(asked);
	faultvfs_medium(NULL, false);
	go_on(c, &b, &now);
	bookstore_remove(&b);
	start(c, killed, &found);
	must_be_whole(c, f, said, &found);
	start(c, asked, &found);
	/* What was told must not change any more. */
	assert_true(bookfacts_equal(&found, &now));
	return tripped;
}

/* try() with each n of the sample. */
static void every_n(const struct course *c, const struct fault *how,
	bool (*try)(const struct course *c, const struct fault *f))
{
	const int by = stride();
	int most = 0;

	for (int i = 0; i < FAULT_KINDS; i++)
		if (how->kinds & 1 << i)
			most += c->operations[i];
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
	start(c, b.dir, &found);
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
	begin(&c, &b);
	db_close(b.db);
	for (int i = 0; i < FAULT_KINDS; i++)
		c.operations[i] = faultvfs_seen(1 << i);
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

	begin(c, &b);
	faultvfs_medium(b.dir, lie);
	if (c->act->act(&b, &err) != SAID_DONE)
		fail_msg("%s: %s", c->act->name, err.text);
	bookstore_image(&b, medium, sizeof(medium));
	faultvfs_power_cut(medium);
	faultvfs_medium(NULL, false);
	bookstore_remove(&b);
	start(c, medium, left);
}

/* I6: nobody is told DONE before it was synced. */
static void T01_what_was_done_has_been_synced(void **state)
{
	struct bookfacts left;

	(void)state;
	for (int i = 0; i < bookacts_count; i++) {
		cut_the_power(&courses[i], false, &left);
		if (!bookfacts_equal(&left, last(&courses[i])))
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
	for (int i = 0; i < bookacts_count; i++)
		learn(&courses[i], &bookacts[i]);
	return 0;
}

static int forget_all(void **state)
{
	(void)state;
	for (int i = 0; i < bookacts_count; i++)
		tmpdir_remove(courses[i].ready.dir);
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
