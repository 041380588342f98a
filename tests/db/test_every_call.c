/*
 * The n-th call to SQLite or to the file system fails, or the n-th allocation
 * of our own, once or with all after it, in everything that is asked of a book or written into it. It is said,
 * with the cause that it really has; nothing is half done; and the same
 * question is answered afterwards by the same process.
 *
 * Of what fails once the first MANY n are tried, of the others the first FEW,
 * then fewer and fewer: an export that fails late leaves its record, and the
 * next one has more to write. CALLS_ALL=1: ten times as many.
 */
#include "support/unit.h"

#include <assert.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "support/bookasks.h"
#include "support/course.h"
#include "support/failalloc.h"
#include "support/failcall.h"
#include "support/faultvfs.h"
#include "support/tmpdir.h"

enum {
	MANY = 150,
	FEW = 4
};

static const struct kind {
	const char *name;
	struct failcall fault; /* n is set by the test */
	enum err_code code;    /* what a failure must be called */
	bool memory;           /* an allocation; of fault only once is read */
	int dense;             /* so many n without a gap */
} kinds[] = {
	{"SQLite, once", {FAILCALL_SQL, SQLITE_IOERR, 0, true}, ERR_IO, false,
		MANY},
	{"SQLite from there on", {FAILCALL_SQL, SQLITE_IOERR, 0, false}, ERR_IO,
		false, FEW},
	{"SQLite finds no room", {FAILCALL_SQL, SQLITE_FULL, 0, true}, ERR_FULL,
		false, FEW},
	{"a file, once", {FAILCALL_FILE, EIO, 0, true}, ERR_IO, false, MANY},
	{"files from there on", {FAILCALL_FILE, EACCES, 0, false}, ERR_DENIED,
		false, FEW},
	{"a file finds no room", {FAILCALL_FILE, ENOSPC, 0, true}, ERR_FULL,
		false, FEW},
	{"memory, once", {.once = true}, ERR_NO_MEMORY, true, MANY},
	{"memory from there on", {.once = false}, ERR_NO_MEMORY, true, FEW},
};

static struct realstore real;
static struct course course;

static int after(const struct kind *k, int n)
{
	const int dense = getenv("CALLS_ALL") ? 10 * k->dense : k->dense;

	return n < dense ? n + 1 : n + 1 + n / 2;
}

static void arm(const struct kind *k, int n)
{
	struct failcall f = k->fault;

	f.n = n;
	if (k->memory)
		failalloc_set(FAILALLOC_OURS, n, f.once);
	else
		failcall_set(&f);
}

static bool disarm(const struct kind *k)
{
	bool tripped;

	if (!k->memory)
		return failcall_end();
	tripped = failalloc_tripped();
	failalloc_set(FAILALLOC_OURS, 0, false);
	return tripped;
}

static bool is_of_files(const struct kind *k)
{
	return !k->memory && k->fault.whose == FAILCALL_FILE;
}

static void must_say_why(const char *what, const struct kind *k, int n,
	const struct err *err)
{
	const bool right =
		err->code == k->code || (is_of_files(k) && err->code == ERR_IO);

	if (!right || !err->text[0])
		fail_msg("%s, %s, n = %d: said %d, not %d: %s (%s)", what,
			k->name, n, (int)err->code, (int)k->code, err->text,
			err->where ? err->where : "nowhere");
}

/* ---- questions -------------------------------------------------------------- */

static bool ask(const struct bookask *q, const struct kind *k, int n,
	int *failed)
{
	struct err err = {0};
	enum said said;
	bool tripped;

	assert_true(db_ready(real.store.db, &err));
	if (q->before)
		q->before(&real);
	arm(k, n);
	said = q->ask(&real, &err);
	tripped = disarm(k);
	if (said == SAID_FAILED && tripped)
		must_say_why(q->name, k, n, &err);
	else if (said != q->wanted)
		fail_msg("%s, %s, n = %d: said %d: %s (%s)", q->name, k->name,
			n, said, err.text, err.where ? err.where : "");
	*failed += said == SAID_FAILED;
	return tripped;
}

static void a_question(void **state)
{
	const struct bookask *q = *state;
	int tried = 0;
	int failed = 0;

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		int n = 1;

		for (; ask(q, &kinds[i], n, &failed); n = after(&kinds[i], n))
			tried++;
	}
	print_message("    %d calls, %d times it failed\n", tried, failed);
	bookstore_must_hold(&real.store);
}

static int make_real(void **state)
{
	(void)state;
	realstore_make(&real);
	bookstore_open(&real.store);
	real.store.payout = (uint64_t)bookstore_number(&real.store,
		"SELECT max(seq) FROM payout");
	return 0;
}

static int remove_real(void **state)
{
	(void)state;
	realstore_remove(&real);
	return 0;
}

/* ---- acts -------------------------------------------------------------------- */

static bool is_a_step(const struct bookfacts *now)
{
	for (int i = 0; i < course.steps; i++)
		if (bookfacts_equal(now, &course.step[i]))
			return true;
	return false;
}

/* Whether the fault came; the store goes on, or is begun anew if the act
 * changed it. */
static bool act(const struct bookact *a, const struct kind *k, int n,
	struct bookstore *b)
{
	struct bookfacts now;
	struct err err = {0};
	struct err ignored;
	enum said said;
	bool tripped;

	arm(k, n);
	said = a->act(b, &err);
	tripped = disarm(k);
	assert_true(db_ready(b->db, &ignored));
	bookfacts_read(b, &now);
	if (said == SAID_FAILED && tripped)
		must_say_why(a->name, k, n, &err);
	else if (said != SAID_DONE)
		fail_msg("%s, %s, n = %d: said %d: %s", a->name, k->name, n,
			said, err.text);
	assert_int_equal(b->db->depth, 0);
	if (!is_a_step(&now) ||
		(said == SAID_DONE &&
			!bookfacts_equal(&now, course_end(&course))))
		fail_msg("%s, %s, n = %d: half of it is there", a->name,
			k->name, n);
	if (!bookfacts_equal(&now, &course.step[0])) {
		bookstore_must_hold(b);
		bookstore_remove(b);
		course_begin(&course, b);
	}
	return tripped;
}

static void an_act(void **state)
{
	const struct bookact *a = *state;
	struct bookstore b;
	int tried = 0;

	course_learn(&course, a);
	course_begin(&course, &b);
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		int n = 1;

		/* It writes its file itself, by the same calls. */
		if (is_of_files(&kinds[i]) &&
			strncmp(a->name, "IMPORT", 6) == 0)
			continue;
		for (; act(a, &kinds[i], n, &b); n = after(&kinds[i], n))
			tried++;
	}
	print_message("    %d calls\n", tried);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
	course_forget(&course);
}

static int run_asks(const char *name, const struct bookask *of, int count)
{
	struct CMUnitTest asks[64];

	assert(count <= (int)COUNT_OF(asks));
	for (int i = 0; i < count; i++)
		asks[i] = (struct CMUnitTest){.name = of[i].name,
			.test_func = a_question,
			.initial_state = (void *)&of[i]};
	return _cmocka_run_group_tests(name, asks, (size_t)count, make_real,
		remove_real);
}

static int run_acts(const char *name, const struct bookact *of, int count)
{
	struct CMUnitTest acts[64];

	assert(count <= (int)COUNT_OF(acts));
	for (int i = 0; i < count; i++)
		acts[i] = (struct CMUnitTest){.name = of[i].name,
			.test_func = an_act,
			.initial_state = (void *)&of[i]};
	return _cmocka_run_group_tests(name, acts, (size_t)count, NULL, NULL);
}

int main(void)
{
	int failed;

	tmpdir_in_memory();
	failalloc_install();
	faultvfs_install();
	if (getenv("CALLS_OF"))
		cmocka_set_test_filter(getenv("CALLS_OF"));
	failed = run_asks("questions", bookasks, bookasks_count);
	failed += run_asks("seldom asked", bookasks_seldom,
		bookasks_seldom_count);
	failed += run_acts("acts", bookacts, bookacts_count);
	return failed +
	       run_acts("rare acts", bookacts_rare, bookacts_rare_count);
}
