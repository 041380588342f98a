/*
 * The n-th call to SQLite or to the file system fails, once or with all after
 * it, in everything that is asked of a book or written into it. It is said,
 * with the cause that it really has; nothing is half done; and the same
 * question is answered afterwards by the same process.
 *
 * The first DENSE n are tried, then fewer and fewer; CALLS_ALL=1: all.
 */
#include "support/unit.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "db/db_internal.h"
#include "support/bookasks.h"
#include "support/course.h"
#include "support/failcall.h"
#include "support/faultvfs.h"
#include "support/tmpdir.h"

enum {
	DENSE = 60
};

static const struct kind {
	const char *name;
	struct failcall fault; /* n is set by the test */
	enum err_code code;    /* what a failure must be called */
} kinds[] = {
	{"SQLite, once", {FAILCALL_SQL, SQLITE_IOERR, 0, true}, ERR_IO},
	{"SQLite from there on", {FAILCALL_SQL, SQLITE_IOERR, 0, false},
		ERR_IO},
	{"SQLite finds no room", {FAILCALL_SQL, SQLITE_FULL, 0, true},
		ERR_FULL},
	{"a file, once", {FAILCALL_FILE, EIO, 0, true}, ERR_IO},
	{"files from there on", {FAILCALL_FILE, EACCES, 0, false}, ERR_DENIED},
	{"a file finds no room", {FAILCALL_FILE, ENOSPC, 0, true}, ERR_FULL},
};

static struct realstore real;
static struct course course;

/* The first ones all, later ones fewer and fewer. */
static int after(int n)
{
	return n < DENSE || getenv("CALLS_ALL") ? n + 1 : n + 1 + n / 8;
}

static void arm(const struct kind *k, int n)
{
	struct failcall f = k->fault;

	f.n = n;
	failcall_set(&f);
}

static void must_say_why(const char *what, const struct kind *k, int n,
	const struct err *err)
{
	const bool right =
		err->code == k->code ||
		(k->fault.whose == FAILCALL_FILE && err->code == ERR_IO);

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
	tripped = failcall_end();
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

		for (; ask(q, &kinds[i], n, &failed); n = after(n))
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
	tripped = failcall_end();
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

		if (kinds[i].fault.whose == FAILCALL_FILE)
			continue;
		for (; act(a, &kinds[i], n, &b); n = after(n))
			tried++;
	}
	print_message("    %d calls\n", tried);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
	course_forget(&course);
}

int main(void)
{
	struct CMUnitTest asks[64];
	struct CMUnitTest acts[64];
	int failed;

	for (int i = 0; i < bookasks_count; i++)
		asks[i] = (struct CMUnitTest){.name = bookasks[i].name,
			.test_func = a_question,
			.initial_state = (void *)&bookasks[i]};
	for (int i = 0; i < bookacts_count; i++)
		acts[i] = (struct CMUnitTest){.name = bookacts[i].name,
			.test_func = an_act,
			.initial_state = (void *)&bookacts[i]};
	faultvfs_install();
	failed = _cmocka_run_group_tests("questions", asks,
		(size_t)bookasks_count, make_real, remove_real);
	return failed + _cmocka_run_group_tests("acts", acts,
				(size_t)bookacts_count, NULL, NULL);
}
