/*
 * The verifier against those who own every key (T19, T25, T26, T34, T36 to
 * T38, and every check of journal.md 10): one row a falsification, the whole
 * book signed again, and the check that must see it.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/verify/vrecord.h"
#include "support/bookcheck.h"
#include "support/mutation.h"
#include "support/tmpdir.h"
#include "support/vectors.h"

enum {
	ROWS_MAX = 400
};

static const struct bookgen_shape shapes[] = {
	{.seed = 11, .days = 3, .shifts = 2, .acts = 6},
	{.seed = 12, .days = 1, .shifts = 2, .acts = 5, .plain = true},
	{.seed = 13, .days = 1, .shifts = 1, .acts = 4, .end = true},
};

enum {
	OFFICE,
	PLAIN,
	ENDED,
	BOOKS
};

static struct fixture {
	char dir[256];
	struct bookgen book[BOOKS];
	struct bookgen_sealed sealed[BOOKS];
} all;

static int set_up(void **state)
{
	(void)state;
	tmpdir_make(all.dir, sizeof(all.dir));
	for (int i = 0; i < BOOKS; i++) {
		bookgen_make(&shapes[i], &all.book[i]);
		bookgen_seal(&all.book[i], &all.sealed[i]);
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (int i = 0; i < BOOKS; i++) {
		bookgen_sealed_free(&all.sealed[i]);
		bookgen_free(&all.book[i]);
	}
	tmpdir_remove(all.dir);
	return 0;
}

/* Papers that the verifier is given, of one book. */
struct papers {
	struct bytes keys;
	char checkpoints[300];
	char roster[300];
	char receipts[300];
};

static void save(struct bytes *b, const char *name, char out[300])
{
	bytes_save(b, tmpdir_path(all.dir, name, out, 300));
}

/* What does not follow from the records. */
static void write_outside(const struct bookgen *book, struct papers *out)
{
	struct bytes b = {0};

	*out = (struct papers){{0}, "", "", ""};
	bookgen_keys(book, &out->keys);
	bookgen_roster(book, &b);
	save(&b, "roster", out->roster);
	bytes_free(&b);
}

static void write_papers(const struct bookgen *book,
	const struct bookgen_sealed *s, struct papers *out)
{
	struct bytes b = {0};

	write_outside(book, out);
	bookgen_checkpoints(book, s, &b);
	save(&b, "checkpoints", out->checkpoints);
	bookgen_receipts(book, s, &b);
	save(&b, "receipts", out->receipts);
	bytes_free(&b);
}

static void check(const struct mutation *m, const struct bookgen *b,
	const struct bookgen *outside, struct bookcheck *out)
{
	struct bookgen_sealed s;
	struct bytes file = {0};
	struct papers p;
	struct bookcheck_with with = {.future = (m->how & MUT_FUTURE) != 0};

	bookgen_seal(b, &s);
	bookgen_file_whole(b, &s, true, &file);
	write_outside(outside, &p);
	if (!(m->how & MUT_NO_KEYS))
		with.keys = &p.keys;
	with.roster = p.roster;
	bookcheck_file(&file, &with, out);
	bytes_free(&p.keys);
	bytes_free(&file);
	bookgen_sealed_free(&s);
}

static void falsified(void **state)
{
	const struct mutation *m = *state;
	const int which = m->how & MUT_PLAIN ? PLAIN
			  : m->how & MUT_END ? ENDED
					     : OFFICE;
	struct bookcheck got;
	struct bookgen b;

	bookgen_copy(&all.book[which], &b);
	m->edit(&b);
	if (m->how & MUT_BALANCE)
		mutation_balance(&b);
	if (m->how & MUT_TOTALS)
		bookgen_total(&b);
	check(m, &b, m->how & MUT_OUTSIDE ? &all.book[which] : &b, &got);
	bookgen_free(&b);
	if (m->how & (MUT_ACCEPT | MUT_INFO)) {
		if (got.exit != BOOKCHECK_ACCEPT)
			print_error("%s", got.text);
		assert_int_equal(got.exit, BOOKCHECK_ACCEPT);
		if (m->how & MUT_INFO)
			assert_true(BOOKCHECK_HAS(got.infos, m->check));
		return;
	}
	if (!BOOKCHECK_HAS(got.checks, m->check))
		print_error("%s", got.text);
	assert_int_equal(got.exit, BOOKCHECK_FINDINGS);
	assert_true(BOOKCHECK_HAS(got.checks, m->check));
}

/* ---- what nobody falsified -------------------------------------------------*/

static void accept(const struct bookgen_shape *shape, bool with_all)
{
	struct bookgen b;
	struct bookgen_sealed s;
	struct bytes file = {0};
	struct papers p;
	struct bookcheck_with with = {0};
	struct bookcheck got;

	bookgen_make(shape, &b);
	bookgen_seal(&b, &s);
	bookgen_file_whole(&b, &s, true, &file);
	write_papers(&b, &s, &p);
	if (with_all)
		with = (struct bookcheck_with){.keys = &p.keys,
			.checkpoints = p.checkpoints,
			.receipts = p.receipts,
			.roster = p.roster};
	bookcheck_file(&file, &with, &got);
	if (got.exit != BOOKCHECK_ACCEPT)
		print_error("seed %llu: %s", (unsigned long long)shape->seed,
			got.text);
	assert_int_equal(got.exit, BOOKCHECK_ACCEPT);
	bytes_free(&p.keys);
	bytes_free(&file);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

static void true_books_are_accepted(void **state)
{
	(void)state;
	for (uint64_t seed = 100; seed < 112; seed++) {
		const struct bookgen_shape shape = {.seed = seed,
			.days = 1 + (int)(seed % 7),
			.shifts = 1 + (int)(seed % 2),
			.acts = 4 + (int)(seed % 9),
			.plain = seed % 5 == 0,
			.end = seed % 3 == 0};

		accept(&shape, true);
		accept(&shape, false);
	}
}

static void a_book_of_thousands_is_accepted(void **state)
{
	const struct bookgen_shape shape = {.seed = 5,
		.days = 22,
		.shifts = 2,
		.acts = 30,
		.end = true};

	(void)state;
	accept(&shape, true);
}

/* The kinds that the program does not write, made by a third hand. */
static void golden_kinds_are_read(void **state)
{
	static const char *const name[] = {"NULL", "VOID_RETURNED", "CONSENT",
		"ACCOUNT", "CONSENT_REFUSED", "CONSENT_WITHDRAWN", "VIEW",
		"VISIT", "UPLOAD_ACK", "RELEASE", "ACQUIRE", "REVLIST",
		"FAULT_BEGIN", "FAULT_END", "END"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(name); i++) {
		static struct vrecord r;
		uint8_t body[512];
		char key[32];
		size_t len;

		snprintf(key, sizeof(key), "rec_%s", name[i]);
		len = vector_bytes("kind_vectors.txt", key, body, sizeof(body));
		assert_true(vrecord_read(body, len, &r));
		assert_int_equal(r.faults, 0);
		assert_int_equal(r.seq, i + 2);
		assert_string_equal(vrecord_kind_name(r.kind), name[i]);
	}
}

/* ---- V03: each kind without each of its keys, and with each it may not -----*/

/* What db/README.md says; 1 to 9 and 11 always, 10 but for START. */
static const struct kind {
	uint64_t kind;
	const char *must;
	const char *may;
} kinds[] = {
	{1, "23", ""},
	{2, "10 23", ""},
	{3, "10", "20"},
	{4, "10 13 18 26", "17 19 20"},
	{5, "10", "17"},
	{6, "10", ""},
	{7, "10", ""},
	{8, "10", "17"},
	{9, "10 17", "18"},
	{10, "10 13 14 16 18 27 29", "19 20 21 22 26"},
	{11, "10 12 28", ""},
	{12, "10 12", "19 26"},
	{13, "10 12 13 17 18 27", "19 20"},
	{14, "10 12 17 28", ""},
	{15, "10 12 13 18", ""},
	{20, "10 13 18 26", ""},
	{21, "10 13 18 26", ""},
	{22, "10 13 18 26", ""},
	{23, "10 13 17 28", "19"},
	{30, "10 16 24 34 35", "12 36"},
	{31, "10 12 16 28 29", "17 37 38"},
	{32, "10 16 17 24 34 35", ""},
	{33, "10 12 16 17 35", ""},
	{34, "10 16", "12 17 28"},
	{35, "10 16 28", "12 17 40 41"},
	{36, "10 16 28", "17"},
	{37, "10 16 28", ""},
	{38, "10 16 28", "12 14 17 18 19 20"},
	{39, "10 14 16 28", "17"},
	{40, "10 24", "28"},
	{41, "10 24 28", ""},
	{42, "10 25", ""},
	{43, "10 14 15 30", "46"},
	{44, "10 12 14 15 24 30", "46"},
	{45, "10 24", "18 23 31 32"},
	{46, "10 24 28", "33"},
	{47, "10 18 24 28 30", "13 17"},
	{48, "10 12 24 28 30", ""},
	{49, "10 12 17", ""},
	{50, "10 17", "20 24"},
	{51, "10 12 17", ""},
	{52, "10 28", "12"},
	{60, "10 17", ""},
};

static uint64_t keys_of(const char *text)
{
	uint64_t keys = 0;
	char *rest;

	for (long key; (key = strtol(text, &rest, 10)) > 0; text = rest)
		keys |= GEN_HAS(key);
	return keys;
}

/* In one book: the last record of every kind that has the key loses it, or
 * that has it not gets it. Each of them must be found. */
static void with_key(int key, bool there)
{
	const struct mutation m = {.check = 3};
	uint64_t seq[COUNT_OF(kinds)] = {0};
	struct bookcheck got;
	struct bookgen b;

	bookgen_copy(&all.book[OFFICE], &b);
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		const uint64_t must = keys_of(kinds[i].must) | 0xbfe;
		const uint64_t may = must | keys_of(kinds[i].may);
		struct bookgen_rec *r = NULL;

		if ((there ? may : ~must) & GEN_HAS(key))
			continue;
		for (size_t k = b.n; k > 1 && !r; k--)
			if (b.rec[k - 1].kind == kinds[i].kind &&
				b.rec[k - 1].fl == 0)
				r = &b.rec[k - 1];
		if (!r)
			continue;
		seq[i] = r->seq;
		r->has ^= GEN_HAS(key);
		if (key == 20)
			r->fl = GEN_NO_PRINTER;
	}
	check(&m, &b, &all.book[OFFICE], &got);
	bookgen_free(&b);
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (seq[i] && !bookcheck_found(3, seq[i]))
			fail_msg("kind %llu %s key %d is not found",
				(unsigned long long)kinds[i].kind,
				there ? "with" : "without", key);
}

/* Else nobody looks whether its keys are found. */
static void every_kind_is_in_the_book(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (kinds[i].kind != GEN_END &&
			!bookgen_find(&all.book[OFFICE], 1, kinds[i].kind))
			fail_msg("no record of kind %llu",
				(unsigned long long)kinds[i].kind);
}

static void V03_every_key_that_a_kind_must_carry(void **state)
{
	(void)state;
	for (int key = 5; key <= 33; key++)
		with_key(key, false);
}

static void V03_every_key_that_a_kind_may_not_carry(void **state)
{
	(void)state;
	for (int key = 12; key <= 33; key++)
		with_key(key, true);
}

static void add_table(struct CMUnitTest *tests, size_t *n,
	const struct mutation_table *t)
{
	for (size_t i = 0; i < t->rows; i++) {
		assert_true(*n < ROWS_MAX);
		tests[(*n)++] = (struct CMUnitTest){.name = t->row[i].name,
			.test_func = falsified,
			.initial_state = (void *)(uintptr_t)&t->row[i]};
	}
}

int main(void)
{
	static struct CMUnitTest tests[ROWS_MAX] = {
		cmocka_unit_test(true_books_are_accepted),
		cmocka_unit_test(a_book_of_thousands_is_accepted),
		cmocka_unit_test(golden_kinds_are_read),
		cmocka_unit_test(every_kind_is_in_the_book),
		cmocka_unit_test(V03_every_key_that_a_kind_must_carry),
		cmocka_unit_test(V03_every_key_that_a_kind_may_not_carry),
	};
	size_t n = 6;

	add_table(tests, &n, &mutation_body);
	add_table(tests, &n, &mutation_frame);
	add_table(tests, &n, &mutation_time);
	add_table(tests, &n, &mutation_money);
	add_table(tests, &n, &mutation_people);
	add_table(tests, &n, &mutation_outside);
	add_table(tests, &n, &mutation_stand_in);
	add_table(tests, &n, &mutation_elsewhere);
	add_table(tests, &n, &mutation_consent);
	add_table(tests, &n, &mutation_visit);
	add_table(tests, &n, &mutation_account);
	return _cmocka_run_group_tests("mutations", tests, n, set_up,
		tear_down);
}
