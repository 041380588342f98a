/*
 * The verifier against those who have no key (T20 to T27): bytes, records
 * and the frame of the file are changed, and what can be hashed without a
 * key is hashed anew.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "support/bookcheck.h"
#include "support/bookgen.h"
#include "support/tamper.h"
#include "support/tmpdir.h"

#define V(n) (UINT64_C(1) << (n))

static struct fixture {
	char dir[256];
	struct bookgen book;
	struct bookgen_sealed sealed;
	struct bytes file;
	struct bytes keys;
	char checkpoints[300];
	char receipts[300];
	struct bookgen_map map;
} all;

static int set_up(void **state)
{
	const struct bookgen_shape shape = {.seed = 21,
		.days = 2,
		.shifts = 1,
		.acts = 9};
	const struct bookgen_export how = {.first = 1};
	struct bookgen_export whole = how;
	struct bytes paper = {0};

	(void)state;
	tmpdir_make(all.dir, sizeof(all.dir));
	bookgen_make(&shape, &all.book);
	bookgen_seal(&all.book, &all.sealed);
	whole.last = all.book.n;
	bookgen_file(&all.book, &all.sealed, &whole, &all.file, &all.map);
	bookgen_keys(&all.book, &all.keys);
	bookgen_checkpoints(&all.book, &all.sealed, &paper);
	bytes_save(&paper, tmpdir_path(all.dir, "checkpoints", all.checkpoints,
				   sizeof(all.checkpoints)));
	bookgen_receipts(&all.book, &all.sealed, &paper);
	bytes_save(&paper, tmpdir_path(all.dir, "receipts", all.receipts,
				   sizeof(all.receipts)));
	bytes_free(&paper);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bytes_free(&all.file);
	bytes_free(&all.keys);
	bookgen_sealed_free(&all.sealed);
	bookgen_free(&all.book);
	tmpdir_remove(all.dir);
	return 0;
}

static void verify(const struct bytes *file, struct bookcheck *out)
{
	const struct bookcheck_with with = {.keys = &all.keys};

	bookcheck_file(file, &with, out);
}

/* Refused, and by one of these checks. */
static void must_find(const struct bytes *file, uint64_t checks, size_t at)
{
	struct bookcheck got;

	verify(file, &got);
	if (got.exit == BOOKCHECK_ACCEPT || !(got.checks & checks))
		fail_msg("at %zu: exit %d, not by the check named:\n%s", at,
			(int)got.exit, got.text);
}

static void copy(struct bytes *out)
{
	out->len = 0;
	bytes_put(out, all.file.at, all.file.len);
}

/* Offset of record i in the file, and of its body. */
static size_t record_at(size_t i)
{
	size_t at = all.map.head_len;

	for (size_t k = 0; k < i; k++) {
		const struct bookgen_raw *raw = &all.sealed.raw[k];

		at += 1 + (raw->body.len < 256 ? 2 : 3) + raw->body.len + 66 +
		      (raw->has_rsig ? 66 : 1);
	}
	return at;
}

static size_t body_at(size_t i)
{
	return record_at(i) + 1 + (all.sealed.raw[i].body.len < 256 ? 2 : 3);
}

static void T20_one_bit_of_any_body(void **state)
{
	struct bytes file = {0};
	size_t flips = 0;

	(void)state;
	copy(&file);
	assert_int_equal(record_at(all.book.n), all.map.end_at);
	for (size_t i = 0; i < all.book.n; i++) {
		const size_t len = all.sealed.raw[i].body.len;

		/* Every 11th byte, from another one in each record. */
		for (size_t k = i * 7 % 11; k < len; k += 11, flips++) {
			uint8_t *byte = &file.at[body_at(i) + k];
			const uint8_t bit = (uint8_t)(1 << (i + k) % 8);

			*byte ^= bit;
			must_find(&file, V(2) | V(7) | V(8), body_at(i) + k);
			*byte ^= bit;
		}
	}
	assert_true(flips > 1000);
	bytes_free(&file);
}

static void T20_one_bit_of_any_signature(void **state)
{
	struct bytes file = {0};

	(void)state;
	copy(&file);
	for (size_t i = 0; i < all.book.n; i++) {
		const struct bookgen_raw *raw = &all.sealed.raw[i];
		const size_t at = body_at(i) + raw->body.len + 2;

		file.at[at + i % 64] ^= 1;
		must_find(&file, V(8) | V(10), i);
		file.at[at + i % 64] ^= 1;
		if (!raw->has_rsig)
			continue;
		file.at[at + 66 + i % 64] ^= 0x80;
		must_find(&file, V(8), i);
		file.at[at + 66 + i % 64] ^= 0x80;
	}
	bytes_free(&file);
}

/* One change of the records, then a file of them. */
static void must_find_in(struct bookgen_sealed *s, uint64_t checks, size_t at)
{
	struct bytes file = {0};

	tamper_file(&all.book, s, &file);
	must_find(&file, checks, at);
	bytes_free(&file);
	bookgen_sealed_free(s);
}

static void T21_any_record_deleted(void **state)
{
	(void)state;
	for (size_t i = 0; i + 1 < all.book.n; i++) {
		struct bookgen_sealed s;

		bookgen_sealed_copy(&all.sealed, &s);
		tamper_delete(&s, i);
		must_find_in(&s, V(5) | V(7), i);
	}
}

static void T22_any_two_swapped(void **state)
{
	(void)state;
	for (size_t i = 0; i + 1 < all.book.n; i++) {
		struct bookgen_sealed s;

		bookgen_sealed_copy(&all.sealed, &s);
		tamper_swap(&s, i, i + 1);
		must_find_in(&s, V(5) | V(7), i);
	}
}

/* A record that is right in itself, signed by a key of the thief's. */
static void T23_a_forged_record(void **state)
{
	struct bookgen forged;
	struct bookgen_sealed theirs;

	(void)state;
	bookgen_copy(&all.book, &forged);
	for (size_t i = 0; i < forged.n; i++)
		forged.rec[i].t++;
	for (int i = 0; i < forged.epochs; i++)
		bookgen_key(99, "epoch", (uint64_t)i, &forged.epoch[i]);
	bookgen_seal(&forged, &theirs);
	for (size_t i = 1; i < all.book.n; i += 3) {
		struct bookgen_sealed s;

		bookgen_sealed_copy(&all.sealed, &s);
		bytes_free(&s.raw[i].body);
		tamper_delete(&s, i);
		tamper_insert(&s, i, &theirs.raw[i]);
		must_find_in(&s, V(8) | V(10), i);
		bookgen_sealed_copy(&all.sealed, &s);
		tamper_insert(&s, i, &theirs.raw[i]);
		must_find_in(&s, V(8) | V(10), i);
	}
	bookgen_sealed_free(&theirs);
	bookgen_free(&forged);
}

static void T24_an_amount_and_the_tail_hashed_anew(void **state)
{
	size_t payouts = 0;

	(void)state;
	for (size_t i = 0; i < all.book.n; i++) {
		struct bookgen_sealed s;

		bookgen_sealed_copy(&all.sealed, &s);
		if (!tamper_amount(&s, i)) {
			bookgen_sealed_free(&s);
			continue;
		}
		payouts++;
		must_find_in(&s, V(8), i);
	}
	assert_true(payouts > 8);
}

/* T25: a thief with the key of today makes yesterday's records his own. */
static void T25_yesterday_signed_with_the_key_of_today(void **state)
{
	const int today = all.book.epochs - 1;
	struct bookgen_sealed s;
	size_t i = 0;

	(void)state;
	bookgen_sealed_copy(&all.sealed, &s);
	while (!tamper_amount(&s, i))
		i++;
	bookgen_rehash(&all.book, &s);
	for (; i < s.n; i++)
		bookgen_resign(&all.book, &s, i + 1, today);
	must_find_in(&s, V(8) | V(9), i);
}

static void T26_every_signature_stripped(void **state)
{
	struct bookgen_sealed s;

	(void)state;
	bookgen_sealed_copy(&all.sealed, &s);
	for (size_t i = 0; i < s.n; i++) {
		memset(s.raw[i].sig, 0, 64);
		s.raw[i].has_rsig = false;
	}
	must_find_in(&s, V(8) | V(10), 0);
}

static void T26_one_receipt_signature_stripped(void **state)
{
	(void)state;
	for (size_t i = 0; i < all.book.n; i++) {
		struct bookgen_sealed s;

		if (all.book.rec[i].kind != GEN_PAY ||
			!all.sealed.raw[i].has_rsig)
			continue;
		bookgen_sealed_copy(&all.sealed, &s);
		s.raw[i].has_rsig = false;
		must_find_in(&s, V(8), i);
	}
}

/* ---- T27 -------------------------------------------------------------------*/

/* The first n records, ended as whoever has no key must end them. */
static void cut_to(size_t n, struct bytes *out)
{
	struct bookgen_sealed s;

	bookgen_sealed_copy(&all.sealed, &s);
	tamper_cut(&s, n);
	tamper_file(&all.book, &s, out);
	bookgen_sealed_free(&s);
}

static size_t after_last(uint64_t kind)
{
	size_t n = all.book.n;

	while (all.book.rec[n - 1].kind != kind)
		n--;
	return n;
}

static void T27_a_lost_tail_alone_is_not_seen(void **state)
{
	struct bytes file = {0};
	struct bookcheck got;

	(void)state;
	cut_to(after_last(GEN_KEYROLL) - 2, &file);
	verify(&file, &got);
	/* The limit of every chain: this is why there are anchors outside. */
	if (got.exit != BOOKCHECK_ACCEPT)
		print_error("%s", got.text);
	assert_int_equal(got.exit, BOOKCHECK_ACCEPT);
	bytes_free(&file);
}

static void lost_tail(const char *checkpoints, const char *receipts,
	uint64_t checks)
{
	const struct bookcheck_with with = {.keys = &all.keys,
		.checkpoints = checkpoints,
		.receipts = receipts};
	const size_t lengths[] = {after_last(GEN_CLOSE) - 1,
		after_last(GEN_KEYROLL) - 2, after_last(GEN_PAY) - 1, 20, 1};

	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		struct bytes file = {0};
		struct bookcheck got;

		cut_to(lengths[i], &file);
		bookcheck_file(&file, &with, &got);
		if (!(got.checks & checks))
			fail_msg("%zu records: %s", lengths[i], got.text);
		assert_int_equal(got.exit, BOOKCHECK_FINDINGS);
		bytes_free(&file);
	}
}

static void T27_a_lost_tail_and_a_checkpoint(void **state)
{
	(void)state;
	lost_tail(all.checkpoints, NULL, V(31));
}

static void T27_a_lost_tail_and_a_receipt(void **state)
{
	(void)state;
	lost_tail(NULL, all.receipts, V(32));
}

/* The disk of the evening before is put back, with its key, and another day
 * is written after it. */
static void rolled_back(const char *checkpoints, const char *receipts,
	enum bookcheck_exit exit, uint64_t checks)
{
	const struct bookcheck_with with = {.checkpoints = checkpoints,
		.receipts = receipts,
		.keys = checkpoints ? &all.keys : NULL};
	struct bookgen b;
	struct bookgen_sealed s;
	struct bytes file = {0};
	struct bookcheck got;

	bookgen_copy(&all.book, &b);
	for (uint64_t seq = after_last(GEN_KEYROLL); seq <= b.n; seq++) {
		b.rec[seq - 1].t += 1000;
		b.rec[seq - 1].mono += 1000;
	}
	bookgen_seal(&b, &s);
	bookgen_file_whole(&b, &s, true, &file);
	bookcheck_file(&file, &with, &got);
	if (got.exit != exit)
		print_error("%s", got.text);
	assert_int_equal(got.exit, exit);
	assert_true((got.checks & checks) == checks);
	bytes_free(&file);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

static void T27_another_day_written_over_a_lost_one(void **state)
{
	(void)state;
	rolled_back(NULL, NULL, BOOKCHECK_ACCEPT, 0);
	rolled_back(all.checkpoints, NULL, BOOKCHECK_FINDINGS, V(31));
	rolled_back(NULL, all.receipts, BOOKCHECK_FINDINGS, V(32));
}

/* ---- the frame -------------------------------------------------------------*/

static void never_accepted(const struct bytes *file, size_t at)
{
	struct bookcheck got;

	verify(file, &got);
	if (got.exit == BOOKCHECK_ACCEPT)
		fail_msg("accepted, changed at %zu", at);
}

static void V01_a_file_cut_anywhere(void **state)
{
	struct bytes file = {0};

	(void)state;
	copy(&file);
	for (size_t len = 0; len < all.file.len;
		len += len < all.map.head_len + 600 || all.file.len - len < 400
			       ? 1
			       : 211) {
		file.len = len;
		never_accepted(&file, len);
	}
	bytes_free(&file);
}

static void V01_any_byte_of_head_and_end(void **state)
{
	struct bytes file = {0};

	(void)state;
	copy(&file);
	for (size_t at = 0; at < file.len; at++) {
		if (at == all.map.head_len)
			at = all.map.end_at;
		file.at[at] ^= (uint8_t)(1 << at % 8);
		never_accepted(&file, at);
		file.at[at] ^= (uint8_t)(1 << at % 8);
	}
	bytes_free(&file);
}

static void V01_something_before_between_or_behind(void **state)
{
	const size_t at[] = {0, all.map.head_len, record_at(5), all.map.end_at,
		all.file.len};
	static const struct {
		const char *bytes;
		size_t len;
	} what[] = {{"\0", 1}, {"\xa0", 1}, {"\x80", 1}, {"\xf6", 1},
		{"\xff", 1}, {"\x40", 1}, {"\n", 1}, {"\x83\x40\x40\x40", 4}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(at); i++)
		for (size_t k = 0; k < COUNT_OF(what); k++) {
			struct bytes file = {0};

			copy(&file);
			bytes_insert(&file, at[i], what[k].bytes, what[k].len);
			never_accepted(&file, at[i]);
			bytes_free(&file);
		}
}

static void V01_two_files_in_one(void **state)
{
	struct bytes file = {0};

	(void)state;
	copy(&file);
	bytes_put(&file, all.file.at, all.file.len);
	must_find(&file, V(1), 0);
	bytes_free(&file);
}

static void V40_head_or_end_tell_of_another_record(void **state)
{
	struct bookgen_sealed s;
	struct bytes file = {0};
	struct bookcheck got;
	const struct bookcheck_with with = {.keys = &all.keys};

	(void)state;
	/* The end of a file that was one record longer. */
	bookgen_sealed_copy(&all.sealed, &s);
	bookgen_file_whole(&all.book, &s, false, &file);
	bytes_cut(&file, record_at(all.book.n - 1),
		all.map.end_at - record_at(all.book.n - 1));
	bookcheck_file(&file, &with, &got);
	assert_int_equal(got.exit, BOOKCHECK_FINDINGS);
	assert_true(got.checks & V(40));
	bookgen_sealed_free(&s);
	bytes_free(&file);
}

/* ---- parts of a book -------------------------------------------------------*/

static void a_part_stands_alone(void **state)
{
	const uint64_t firsts[] = {1, 2, 9, 40, all.book.n / 2, all.book.n};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(firsts); i++)
		for (uint64_t last = firsts[i]; last <= all.book.n;
			last += 37) {
			const struct bookgen_export how = {.first = firsts[i],
				.last = last,
				.without_end_sig = last % 2 == 0};
			struct bytes file = {0};
			struct bookcheck got;

			bookgen_file(&all.book, &all.sealed, &how, &file, NULL);
			verify(&file, &got);
			if (got.exit != BOOKCHECK_ACCEPT)
				fail_msg("%llu to %llu: %s",
					(unsigned long long)how.first,
					(unsigned long long)how.last, got.text);
			bytes_free(&file);
		}
}

static void from_and_to_look_at_a_part(void **state)
{
	const struct bookcheck_with with = {.keys = &all.keys,
		.from = 30,
		.to = 90};
	struct bytes file = {0};
	struct bookcheck got;

	(void)state;
	copy(&file);
	bookcheck_file(&file, &with, &got);
	if (got.exit != BOOKCHECK_ACCEPT)
		print_error("%s", got.text);
	assert_int_equal(got.exit, BOOKCHECK_ACCEPT);
	file.at[body_at(60) + 40] ^= 1;
	bookcheck_file(&file, &with, &got);
	assert_int_equal(got.exit, BOOKCHECK_FINDINGS);
	bytes_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T20_one_bit_of_any_body),
		cmocka_unit_test(T20_one_bit_of_any_signature),
		cmocka_unit_test(T21_any_record_deleted),
		cmocka_unit_test(T22_any_two_swapped),
		cmocka_unit_test(T23_a_forged_record),
		cmocka_unit_test(T24_an_amount_and_the_tail_hashed_anew),
		cmocka_unit_test(T25_yesterday_signed_with_the_key_of_today),
		cmocka_unit_test(T26_every_signature_stripped),
		cmocka_unit_test(T26_one_receipt_signature_stripped),
		cmocka_unit_test(T27_a_lost_tail_alone_is_not_seen),
		cmocka_unit_test(T27_a_lost_tail_and_a_checkpoint),
		cmocka_unit_test(T27_a_lost_tail_and_a_receipt),
		cmocka_unit_test(T27_another_day_written_over_a_lost_one),
		cmocka_unit_test(V01_a_file_cut_anywhere),
		cmocka_unit_test(V01_any_byte_of_head_and_end),
		cmocka_unit_test(V01_something_before_between_or_behind),
		cmocka_unit_test(V01_two_files_in_one),
		cmocka_unit_test(V40_head_or_end_tell_of_another_record),
		cmocka_unit_test(a_part_stands_alone),
		cmocka_unit_test(from_and_to_look_at_a_part),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
