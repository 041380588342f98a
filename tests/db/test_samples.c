/*
 * Receipts drawn by lot: the seed is in the book first, and the same draw can
 * be made by whoever has it. The draw is done here a second time, slowly.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/samples_internal.h"
#include "support/bookstore.h"
#include "support/samplelines.h"
#include "support/verifier.h"

enum {
	PEOPLE = 12,
	DRAWN = 5
};

static int setup(void **state)
{
	static struct bookstore b;
	struct payout p;

	memset(&b, 0, sizeof(b));
	bookstore_make(&b);
	bookstore_shift(&b, 60);
	for (int64_t id = 1; id <= PEOPLE; id++) {
		bookstore_due(&b, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
		bookstore_pay(&b, id, &p);
		bookstore_hand(&b, p.seq);
	}
	b.payout = p.seq;
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static struct daylog_range of_the_shift(struct bookstore *b)
{
	struct daylog_range range;
	struct err err;

	assert_int_equal(daylog_shift(b->db, 1, &range, &err), LOOKUP_FOUND);
	return range;
}

static void draw(struct bookstore *b, int64_t count, struct sample *out)
{
	const struct daylog_range range = of_the_shift(b);
	struct refusal why;
	struct err err = {0};

	if (samples_draw(b->db, &b->hoa, &range, count, out, &why, &err) !=
		VERDICT_DONE)
		fail_msg("%s", err.text);
}

struct drawn {
	struct sample_item item[SAMPLES_MAX];
	int count;
	int64_t population;
};

static void items(struct bookstore *b, const struct sample *s, struct drawn *d)
{
	struct err err = {0};

	if (!samples_items(b->db, s, d->item, &d->count, &d->population, &err))
		fail_msg("%s", err.text);
}

static void take_back(struct bookstore *b, uint64_t pay)
{
	struct void_request v = {.reason = VOID_RECEIPT_LOST,
		.by = &b->hoa,
		.seq = pay};
	struct refusal why;
	struct payout p;
	struct err err = {0};

	if (payouts_void(b->db, &b->lan, &v, &p, &why, &err) != VERDICT_DONE)
		fail_msg("%s", err.text);
}

/* ---- the draw once more ------------------------------------------------------ */

struct ticket {
	char text[8 + SAMPLES_SEED + SEAL_CODE_SIZE];
	uint8_t rank[CRYPTO_HASH_SIZE];
	char code[SEAL_CODE_SIZE];
};

static int by_rank(const void *a, const void *b)
{
	return memcmp(((const struct ticket *)a)->rank,
		((const struct ticket *)b)->rank, CRYPTO_HASH_SIZE);
}

/* Every receipt gets its hash, all are sorted; nothing of samples.c is used
 * but the line in the book. */
static int again(struct bookstore *b, uint64_t seq, struct ticket out[PEOPLE])
{
	struct journal_row row;
	struct record r;
	const char *finding;
	uint8_t seed[SAMPLES_SEED];
	struct err err = {0};
	size_t len;
	int n = 0;

	assert_int_equal(journal_row(b->db, seq, &row, &err), LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	assert_int_equal(strncmp(r.line, "sample ", 7), 0);
	r.line[7 + 2 * SAMPLES_SEED] = '\0';
	assert_true(str_from_hex(r.line + 7, seed, sizeof(seed), &len));
	for (int64_t id = 1; id <= PEOPLE; id++) {
		struct ticket *t = &out[n];
		struct payout p;
		char sql[96];
		int64_t pay;

		snprintf(sql, sizeof(sql),
			"SELECT seq FROM payout WHERE person = %lld",
			(long long)id);
		pay = bookstore_number(b, sql);
		assert_int_equal(payouts_get(b->db, (uint64_t)pay, &p, &err),
			LOOKUP_FOUND);
		if (p.state == PAYOUT_VOIDED)
			continue;
		memcpy(t->text, "CHTRSMP1", 8);
		memcpy(t->text + 8, seed, sizeof(seed));
		memcpy(t->text + 8 + sizeof(seed), p.code, strlen(p.code));
		crypto_sha256(t->text, 8 + sizeof(seed) + strlen(p.code),
			t->rank);
		str_copy(t->code, sizeof(t->code), p.code);
		n++;
	}
	qsort(out, (size_t)n, sizeof(*out), by_rank);
	return n;
}

static void the_same_draw_is_made_from_the_book(void **state)
{
	static struct drawn d;
	struct bookstore *b = *state;
	struct ticket ticket[PEOPLE];
	struct sample s;

	take_back(b, b->payout);
	draw(b, DRAWN, &s);
	items(b, &s, &d);
	assert_int_equal(d.population, PEOPLE - 1);
	assert_int_equal(d.count, DRAWN);
	assert_int_equal(again(b, s.seq, ticket), PEOPLE - 1);
	for (int i = 0; i < DRAWN; i++) {
		assert_int_equal(d.item[i].place, i + 1);
		assert_string_equal(d.item[i].code, ticket[i].code);
		assert_int_equal(d.item[i].said, SAMPLE_NOT_CALLED);
		assert_int_equal(d.item[i].amount, 500000);
		assert_int_not_equal(d.item[i].name[0], '\0');
	}
}

/* The record is the last one, before anybody has seen what it draws. */
static void the_seed_is_in_the_book_first_and_never_twice(void **state)
{
	struct bookstore *b = *state;
	struct sample one;
	struct sample two;

	draw(b, DRAWN, &one);
	assert_int_equal(one.seq,
		bookstore_number(b, "SELECT max(seq) FROM journal"));
	draw(b, DRAWN, &two);
	assert_memory_not_equal(one.seed, two.seed, sizeof(one.seed));
}

/* What is taken back later was paid when it was drawn. */
static void a_draw_stays_as_it_was(void **state)
{
	static struct drawn before;
	static struct drawn after;
	struct bookstore *b = *state;
	struct sample s;

	draw(b, SAMPLES_MAX, &s);
	items(b, &s, &before);
	assert_int_equal(before.count, PEOPLE);
	take_back(b, before.item[3].pay);
	items(b, &s, &after);
	assert_int_equal(after.count, PEOPLE);
	for (int i = 0; i < PEOPLE; i++)
		assert_int_equal(after.item[i].pay, before.item[i].pay);
}

static const struct {
	const char *name;
	enum sample_said said;
	int64_t amount;
	enum sample_note note;
	bool done;
} words[] = {
	{"not reached", SAMPLE_NOT_REACHED, -1, SAMPLE_NOTE_NONE, true},
	{"a wrong number", SAMPLE_NOT_REACHED, -1, SAMPLE_NOTE_NUMBER, true},
	{"confirmed", SAMPLE_CONFIRMED, -1, SAMPLE_NOTE_NONE, true},
	{"confirmed by a relative", SAMPLE_CONFIRMED, -1, SAMPLE_NOTE_RELATIVE,
		true},
	{"another amount", SAMPLE_DIFFERS, 300000, SAMPLE_NOTE_NONE, true},
	{"nothing at all", SAMPLE_DIFFERS, 0, SAMPLE_NOTE_SELF, true},
	{"not received", SAMPLE_NOT_RECEIVED, -1, SAMPLE_NOTE_VISITED, true},
	{"another amount that is not said", SAMPLE_DIFFERS, -1,
		SAMPLE_NOTE_NONE, false},
	{"confirmed, with an amount", SAMPLE_CONFIRMED, 300000,
		SAMPLE_NOTE_NONE, false},
	{"confirmed by nobody who answers", SAMPLE_CONFIRMED, -1,
		SAMPLE_NOTE_NO_ANSWER, false},
	{"himself not reached", SAMPLE_NOT_REACHED, -1, SAMPLE_NOTE_SELF,
		false},
	{"no word", SAMPLE_NOT_CALLED, -1, SAMPLE_NOTE_NONE, false},
};

static enum verdict note(struct bookstore *b, const struct session *by,
	const struct sample *s, uint64_t pay, enum sample_said said,
	int64_t amount, enum sample_note why_not, struct refusal *why,
	struct err *err)
{
	const struct sample_word w = {.pay = pay,
		.said = said,
		.amount = amount,
		.note = why_not};
	int64_t t;
	const enum verdict v = samples_note(b->db, by, s, &w, &t, why, err);

	assert_true((t > 0) == (v == VERDICT_DONE));
	return v;
}

static void what_was_said_stays_the_newest_counts(void **state)
{
	static struct drawn d;
	struct bookstore *b = *state;
	struct sample s;
	int tries = 0;

	draw(b, DRAWN, &s);
	items(b, &s, &d);
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		const uint64_t pay = d.item[1].pay;
		struct refusal why;
		struct err err = {0};
		const bool ok = note(b, &b->tuan, &s, pay, words[i].said,
					words[i].amount, words[i].note, &why,
					&err) == VERDICT_DONE;

		if (ok != words[i].done)
			fail_msg("%s: %s", words[i].name, err.text);
		if (!ok)
			continue;
		tries++;
		items(b, &s, &d);
		assert_int_equal(d.item[1].said, words[i].said);
		assert_int_equal(d.item[1].said_amount, words[i].amount);
		assert_int_equal(d.item[1].note, words[i].note);
		assert_int_equal(d.item[1].tries, tries);
		assert_int_equal(d.item[1].caller, 2);
		assert_int_equal(d.item[0].said, SAMPLE_NOT_CALLED);
	}
}

static void who_may_not_and_what_is_not_drawn(void **state)
{
	static struct drawn d;
	struct bookstore *b = *state;
	const struct daylog_range range = of_the_shift(b);
	const struct daylog_range nothing = {.first = 1, .last = 2};
	struct refusal why;
	struct sample s;
	struct sample mine;
	struct err err = {0};

	assert_int_equal(samples_draw(b->db, &b->lan, &range, DRAWN, &s, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	assert_int_equal(samples_draw(b->db, &b->hoa, &nothing, DRAWN, &s, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOT_FOUND);
	assert_int_equal(samples_draw(b->db, &b->hoa, &range, 0, &s, &why,
				 &err),
		VERDICT_FAILED);
	assert_int_equal(samples_get(b->db, 0, &s, &err), LOOKUP_ABSENT);
	draw(b, 1, &mine);
	items(b, &mine, &d);
	for (int64_t id = 1; id <= PEOPLE; id++) {
		char sql[96];
		uint64_t pay;

		snprintf(sql, sizeof(sql),
			"SELECT seq FROM payout WHERE person = %lld",
			(long long)id);
		pay = (uint64_t)bookstore_number(b, sql);
		if (pay != d.item[0].pay)
			assert_int_equal(note(b, &b->hoa, &mine, pay,
						 SAMPLE_CONFIRMED, -1,
						 SAMPLE_NOTE_NONE, &why, &err),
				VERDICT_REFUSED);
	}
	assert_int_equal(note(b, &b->lan, &mine, d.item[0].pay,
				 SAMPLE_CONFIRMED, -1, SAMPLE_NOTE_NONE, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
}

static void book_and_verifier_know_the_lines(void **state)
{
	static struct drawn d;
	struct bookstore *b = *state;
	struct refusal why;
	struct sample s;
	struct err err = {0};

	draw(b, DRAWN, &s);
	items(b, &s, &d);
	assert_int_equal(note(b, &b->hoa, &s, d.item[0].pay, SAMPLE_DIFFERS,
				 300000, SAMPLE_NOTE_RELATIVE, &why, &err),
		VERDICT_DONE);
	bookstore_must_hold(b);
	bookstore_restart(b);
	assert_int_equal(samples_get(b->db, 0, &s, &err), LOOKUP_FOUND);
	db_close(b->db);
	b->db = NULL;
	verifier_must_accept_but_lists(b->dir);
}

/* The verifier is asked about the same lines (tests/verify). */
static void lines_that_are_none_are_not_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(samplelines); i++) {
		struct record r = {.kind = JOURNAL_CONFIG,
			.seq = SAMPLELINES_SEQ,
			.has = RECORD_HAS(KEY_LINE) | RECORD_HAS(KEY_ASIG)};
		struct sample_called called;
		struct sample drawn;
		char text[RECORD_LINE_SIZE + 1];

		str_copy(r.line, sizeof(r.line), samplelines[i].line);
		snprintf(text, sizeof(text), "%s\n", r.line);
		crypto_sha256(text, strlen(text), r.rsum);
		if ((samples_read_draw(&r, &drawn) ||
			    samples_read_called(&r, &called)) !=
			samplelines[i].good)
			fail_msg("%s: %s", samplelines[i].name, r.line);
		r.rsum[0] ^= 1;
		assert_false(samples_read_draw(&r, &drawn));
		assert_false(samples_read_called(&r, &called));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_same_draw_is_made_from_the_book, setup, teardown),
		cmocka_unit_test_setup_teardown(
			the_seed_is_in_the_book_first_and_never_twice, setup,
			teardown),
		cmocka_unit_test_setup_teardown(a_draw_stays_as_it_was, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			what_was_said_stays_the_newest_counts, setup, teardown),
		cmocka_unit_test_setup_teardown(
			who_may_not_and_what_is_not_drawn, setup, teardown),
		cmocka_unit_test_setup_teardown(
			book_and_verifier_know_the_lines, setup, teardown),
		cmocka_unit_test(lines_that_are_none_are_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
