/*
 * T12: the n-th allocation fails, once or with all after it, in SQLite and in
 * our own code, in every act on a book and in a start. Nothing dies, nothing
 * is half there, and it is said. Leaks: `make asan`.
 *
 * Of the n MEMORY_TRIES are tried for each act and kind, the first and last
 * among them (default 4); 0 tries them all, or 500 where they are many.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/lists.h"
#include "support/course.h"
#include "support/failalloc.h"
#include "support/faultvfs.h"
#include "support/tmpdir.h"

enum {
	TRIES = 4,
	MOST_TRIES = 500
};

static const struct kind {
	const char *name;
	enum failalloc_whose whose;
	bool once;
} kinds[] = {
	{"SQLite once", FAILALLOC_SQLITE, true},
	{"SQLite from there on", FAILALLOC_SQLITE, false},
	{"ours once", FAILALLOC_OURS, true},
	{"ours from there on", FAILALLOC_OURS, false},
};

static struct course courses[64];
static int tried;
static int failed_acts;

static void arm(const struct course_fault *f)
{
	const struct kind *k = f->how;

	failalloc_set(k->whose, f->n, k->once);
}

static bool disarm(void)
{
	const bool tripped = failalloc_tripped();

	failalloc_set(FAILALLOC_OURS, 0, false);
	return tripped;
}

static void try_act(const struct course *c, const struct kind *k, int n)
{
	const struct course_fault f = {.name = k->name,
		.n = n,
		.how = k,
		.arm = arm,
		.disarm = disarm};
	enum said said;

	tried += course_try(c, &f, &said);
	failed_acts += said == SAID_FAILED;
}

static void try_start(const struct course *c, const struct kind *k, int n)
{
	struct bookstore b = c->ready;
	struct bookfacts found;
	struct err err = {0};
	bool tripped;

	bookstore_image(&c->ready, b.dir, sizeof(b.dir));
	failalloc_set(k->whose, n, k->once);
	b.db = db_open(b.dir, &err);
	tripped = failalloc_tripped();
	if (!b.db && (!tripped || err.code == ERR_NONE || !err.text[0]))
		fail_msg("%s, n = %d: %s", k->name, n, err.text);
	db_close(b.db);
	disarm();
	tried += tripped;
	failed_acts += !b.db;
	course_start(c, b.dir, &found);
	assert_true(bookfacts_equal(&found, &c->step[0]));
}

static void every_n(const struct course *c, const struct kind *k, int most,
	void (*try)(const struct course *c, const struct kind *k, int n))
{
	const char *said = getenv("MEMORY_TRIES");
	const int tries = said ? (int)strtol(said, NULL, 10) : TRIES;
	const int by = tries > 1 && most > tries ? (most - 1) / (tries - 1)
						 : 1 + most / MOST_TRIES;

	for (int n = 1; n <= most; n += by)
		try(c, k, n);
}

static void with_every_kind(const struct course *c,
	void (*try)(const struct course *c, const struct kind *k, int n))
{
	tried = 0;
	failed_acts = 0;
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		every_n(c, &kinds[i], c->count[kinds[i].whose], try);
	print_message("    %d of %d + %d, %d times it failed\n", tried,
		c->count[FAILALLOC_SQLITE], c->count[FAILALLOC_OURS],
		failed_acts);
}

static void in_every_act(void **state)
{
	with_every_kind(*state, try_act);
}

static void count(struct course *c)
{
	for (int i = 0; i < FAILALLOC_COUNT; i++)
		c->count[i] = failalloc_seen(i);
}

static void T12_a_start_without_memory_changes_nothing(void **state)
{
	const struct course *handed = &courses[0];
	struct bookstore b;
	struct course c;

	(void)state;
	while (strcmp(handed->act->name, "HANDED") != 0)
		handed++;
	c = *handed;
	bookstore_image(&handed->ready, c.ready.dir, sizeof(c.ready.dir));
	disarm();
	course_begin(&c, &b);
	db_close(b.db);
	count(&c);
	tmpdir_remove(b.dir);
	with_every_kind(&c, try_start);
	course_forget(&c);
}

static bool look_at_workbook(struct bookstore *b, struct list_result *out,
	struct err *err)
{
	const struct list_options o = {.check_only = true,
		.count = -1,
		.sum = -1};

	return lists_import(b->db, &b->hoa,
		"tests/data/month_libxlsxwriter.xlsx", &o, out, err);
}

static void look_without_memory(const struct course *c, const struct kind *k,
	int n)
{
	struct bookstore *b = c->running;
	struct list_result r;
	struct err err = {0};
	bool ok;

	failalloc_set(k->whose, n, k->once);
	ok = look_at_workbook(b, &r, &err);
	tried += disarm();
	failed_acts += !ok;
	if (!ok)
		assert_true(err.code != ERR_NONE && err.text[0]);
	if (!look_at_workbook(b, &r, &err))
		fail_msg("%s, n = %d, again: %s", k->name, n, err.text);
	assert_true(r.rows > 0);
}

/* It is taken apart by our own code and two libraries. */
static void T12_a_workbook_is_read_or_it_is_said(void **state)
{
	struct course c = courses[0];
	struct list_result r;
	struct bookstore b;
	struct err err = {0};

	(void)state;
	course_begin(&courses[0], &b);
	c.running = &b;
	disarm();
	if (!look_at_workbook(&b, &r, &err))
		fail_msg("%s", err.text);
	count(&c);
	with_every_kind(&c, look_without_memory);
	bookstore_remove(&b);
}

static int learn_all(void **state)
{
	(void)state;
	for (int i = 0; i < bookacts_count; i++) {
		struct bookstore b;
		struct err err;

		course_learn(&courses[i], &bookacts[i]);
		course_begin(&courses[i], &b);
		disarm();
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
		snprintf(name[n], sizeof(name[n]), "T12 %s", bookacts[n].name);
		tests[n] = (struct CMUnitTest){.name = name[n],
			.test_func = in_every_act,
			.initial_state = &courses[n]};
	}
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T12_a_start_without_memory_changes_nothing);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T12_a_workbook_is_read_or_it_is_said);
	failalloc_install();
	faultvfs_install();
	return _cmocka_run_group_tests("no memory", tests, n, learn_all,
		forget_all);
}
