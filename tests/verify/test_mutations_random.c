/*
 * T40: whatever happens to a journal, it is accepted only if it is the same
 * bytes. Meaning, records and bytes are changed at random and several times
 * over. MUTATIONS=n sets how often (10,000), SEED where it begins.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/bookcheck.h"
#include "support/bookgen_internal.h"
#include "support/mutation.h"
#include "support/tamper.h"
#include "support/tmpdir.h"

static const struct bookgen_shape shapes[] = {
	{.seed = 31, .days = 1, .shifts = 1, .acts = 6},
	{.seed = 32, .days = 1, .shifts = 2, .acts = 8},
	{.seed = 33, .days = 2, .shifts = 1, .acts = 13, .end = true},
	{.seed = 34, .days = 1, .shifts = 1, .acts = 3, .plain = true},
	{.seed = 35, .days = 3, .shifts = 1, .acts = 9},
	{.seed = 36, .days = 3, .shifts = 2, .acts = 6},
};

enum {
	BOOKS = COUNT_OF(shapes),
	FULL = BOOKS - 1 /* has every kind, as mutation.h wants it */
};

static struct fixture {
	char dir[256];
	struct book {
		struct bookgen book;
		struct bookgen_sealed sealed;
		struct bytes file;
		struct bytes unsigned_end;
		struct bytes keys;
		char roster[300];
		char checkpoints[300];
	} of[BOOKS];
} all;

static void save(struct bytes *b, const char *name, size_t i, char out[300])
{
	char numbered[32];

	snprintf(numbered, sizeof(numbered), "%s%zu", name, i);
	bytes_save(b, tmpdir_path(all.dir, numbered, out, 300));
}

static int set_up(void **state)
{
	struct bytes paper = {0};

	(void)state;
	tmpdir_make(all.dir, sizeof(all.dir));
	for (size_t i = 0; i < BOOKS; i++) {
		struct book *b = &all.of[i];

		bookgen_make(&shapes[i], &b->book);
		bookgen_seal(&b->book, &b->sealed);
		bookgen_file_whole(&b->book, &b->sealed, true, &b->file);
		bookgen_file_whole(&b->book, &b->sealed, false,
			&b->unsigned_end);
		bookgen_keys(&b->book, &b->keys);
		bookgen_roster(&b->book, &paper);
		save(&paper, "roster", i, b->roster);
		bookgen_checkpoints(&b->book, &b->sealed, &paper);
		save(&paper, "checkpoints", i, b->checkpoints);
	}
	bytes_free(&paper);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < BOOKS; i++) {
		struct book *b = &all.of[i];

		bytes_free(&b->file);
		bytes_free(&b->unsigned_end);
		bytes_free(&b->keys);
		bookgen_sealed_free(&b->sealed);
		bookgen_free(&b->book);
	}
	tmpdir_remove(all.dir);
	return 0;
}

static size_t below(uint64_t *random, size_t n)
{
	return (size_t)(bookgen_random(random) % n);
}

static const struct mutation *any_row(uint64_t *random)
{
	const struct mutation_table *tables[] = {&mutation_body,
		&mutation_frame, &mutation_time, &mutation_money,
		&mutation_people, &mutation_outside};
	const unsigned no_use =
		MUT_ACCEPT | MUT_INFO | MUT_PLAIN | MUT_END | MUT_NO_KEYS;

	for (;;) {
		const struct mutation_table *t =
			tables[below(random, COUNT_OF(tables))];
		const struct mutation *m = &t->row[below(random, t->rows)];

		if (!(m->how & no_use))
			return m;
	}
}

/* What was done, for the message. */
struct story {
	const struct mutation *meaning;
	int records;
	int bytes;
};

/* Sign it all again after a change of its meaning; papers stay. */
static void change_meaning(const struct book *from, uint64_t *random,
	struct bookgen_sealed *out, struct story *told)
{
	struct bookgen b;

	told->meaning = any_row(random);
	bookgen_copy(&from->book, &b);
	told->meaning->edit(&b);
	if (told->meaning->how & MUT_BALANCE)
		mutation_balance(&b);
	if (told->meaning->how & MUT_TOTALS)
		bookgen_total(&b);
	bookgen_seal(&b, out);
	bookgen_free(&b);
}

static void mutate(size_t which, uint64_t *random, struct bytes *file,
	struct story *told)
{
	const struct book *b = &all.of[which];
	const struct book *other = &all.of[below(random, BOOKS)];
	struct bookgen_sealed s;

	*told = (struct story){.records = (int)below(random, 4),
		.bytes = (int)below(random, 4)};
	if (which == FULL && below(random, 3) == 0)
		change_meaning(b, random, &s, told);
	else
		bookgen_sealed_copy(&b->sealed, &s);
	if (!told->meaning && told->records == 0 && told->bytes == 0)
		told->bytes = 1;
	for (int i = 0; i < told->records; i++)
		tamper_records(&s, &other->sealed, random);
	if (told->records > 0)
		tamper_file(&b->book, &s, file);
	else
		bookgen_file_whole(&b->book, &s, true, file);
	for (int i = 0; i < told->bytes; i++)
		tamper_bytes(file, random);
	bookgen_sealed_free(&s);
}

static bool same(const struct bytes *a, const struct bytes *b)
{
	return a->len == b->len && memcmp(a->at, b->at, a->len) == 0;
}

static void T40_accepted_only_if_the_bytes_are_equal(void **state)
{
	const char *often = getenv("MUTATIONS");
	const char *seed = getenv("SEED");
	const unsigned long n = often ? strtoul(often, NULL, 10) : 10000;
	const uint64_t first = seed ? strtoull(seed, NULL, 10) : 1;
	struct bytes file = {0};
	unsigned long equal = 0;

	(void)state;
	for (uint64_t i = first; i < first + n; i++) {
		uint64_t random = i * UINT64_C(0x100000001b3);
		const size_t which = below(&random, BOOKS);
		struct book *b = &all.of[which];
		const struct bookcheck_with with = {.keys = &b->keys,
			.roster = b->roster,
			.checkpoints = b->checkpoints};
		struct bookcheck got;
		struct story told;

		mutate(which, &random, &file, &told);
		bookcheck_file(&file, &with, &got);
		/* An end without a signature is allowed to a part of a book;
		 * that nothing is missing the checkpoint says. */
		if (same(&file, &b->file) || same(&file, &b->unsigned_end)) {
			equal++;
			assert_int_equal(got.exit, BOOKCHECK_ACCEPT);
		} else if (got.exit == BOOKCHECK_ACCEPT) {
			fail_msg("SEED=%llu MUTATIONS=1 is accepted: book %zu, "
				 "%s, %d of records, %d of bytes",
				(unsigned long long)i, which,
				told.meaning ? told.meaning->name : "no row",
				told.records, told.bytes);
		}
	}
	print_message("%lu mutations, %lu of them changed nothing\n", n, equal);
	bytes_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T40_accepted_only_if_the_bytes_are_equal),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
