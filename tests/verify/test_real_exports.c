/*
 * What a real terminal exports, falsified by those who have no key: T20 to
 * T27 and T40 once more, on a journal that no test writer wrote.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/bookcheck.h"
#include "support/bookgen_internal.h"
#include "support/realstore.h"
#include "support/tamper.h"

#define V(n) (UINT64_C(1) << (n))

enum {
	RECORDS_MAX = 256
};

static struct fixture {
	struct realstore store;
	struct bytes file;
	struct bytes keys;
	/* Where record i begins in the file; that of the end is the last. */
	size_t at[RECORDS_MAX];
	size_t n;
} all;

static size_t value_len(size_t at)
{
	return tamper_value_len(all.file.at + at, all.file.at + all.file.len);
}

/* Items of the file: a map, records as arrays, a map. */
static void find_records(void)
{
	size_t at = value_len(0);

	while (all.file.at[at] >> 5 == 4) {
		assert_true(all.n < RECORDS_MAX - 1);
		all.at[all.n++] = at;
		at += value_len(at);
	}
	all.at[all.n] = at;
	assert_int_equal(at + value_len(at), all.file.len);
}

static int set_up(void **state)
{
	(void)state;
	realstore_make(&all.store);
	realstore_load(all.store.journal, &all.file);
	realstore_load(all.store.keys, &all.keys);
	find_records();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bytes_free(&all.file);
	bytes_free(&all.keys);
	realstore_remove(&all.store);
	return 0;
}

static void verify(const struct bytes *file, struct bookcheck *out)
{
	const struct bookcheck_with with = {.keys = &all.keys, .future = true};

	bookcheck_file(file, &with, out);
}

static void must_find(const struct bytes *file, uint64_t checks, size_t i)
{
	struct bookcheck got;

	verify(file, &got);
	if (got.exit == BOOKCHECK_ACCEPT || !(got.checks & checks))
		fail_msg("record %zu: exit %d: %s", i, (int)got.exit, got.text);
}

/* The file without records from..to, and these put in front of record at. */
static void rebuild(struct bytes *out, size_t skip, size_t put, size_t where)
{
	out->len = 0;
	bytes_put(out, all.file.at, all.at[0]);
	for (size_t i = 0; i <= all.n; i++) {
		const size_t end = i < all.n ? all.at[i + 1] : all.file.len;

		if (i == where)
			bytes_put(out, all.file.at + all.at[put],
				all.at[put + 1] - all.at[put]);
		if (i != skip)
			bytes_put(out, all.file.at + all.at[i],
				end - all.at[i]);
	}
}

/* No record is put in, or left out. */
static const size_t none = RECORDS_MAX;

static void it_is_accepted_with_all_its_papers(void **state)
{
	const struct bookcheck_with with = {.keys = &all.keys,
		.receipts = all.store.receipts,
		.roster = all.store.roster,
		.future = true};
	struct bookcheck got;

	(void)state;
	bookcheck_file(&all.file, &with, &got);
	if (got.exit != BOOKCHECK_ACCEPT)
		fail_msg("%s", got.text);
	assert_true(all.n > 50);
}

static void T20_any_byte(void **state)
{
	struct bytes file = {0};

	(void)state;
	bytes_put(&file, all.file.at, all.file.len);
	for (size_t at = 0; at < file.len; at += at < 300 ? 1 : 19) {
		struct bookcheck got;

		file.at[at] ^= (uint8_t)(1 << at % 8);
		verify(&file, &got);
		if (got.exit == BOOKCHECK_ACCEPT)
			fail_msg("accepted, changed at %zu", at);
		file.at[at] ^= (uint8_t)(1 << at % 8);
	}
	bytes_free(&file);
}

static void T21_any_record_deleted(void **state)
{
	struct bytes file = {0};

	(void)state;
	for (size_t i = 0; i < all.n; i++) {
		rebuild(&file, i, none, none);
		must_find(&file, V(5) | V(7) | V(40), i);
	}
	bytes_free(&file);
}

static void T22_any_record_moved(void **state)
{
	struct bytes file = {0};

	(void)state;
	for (size_t i = 0; i + 2 <= all.n; i++) {
		rebuild(&file, i, i, i + 2);
		must_find(&file, V(5) | V(7), i);
	}
	bytes_free(&file);
}

static void T23_any_record_twice(void **state)
{
	struct bytes file = {0};

	(void)state;
	for (size_t i = 0; i < all.n; i++) {
		rebuild(&file, none, i, i * 5 % all.n);
		must_find(&file, V(5), i);
	}
	bytes_free(&file);
}

/* [body, sig 64, rsig]: from the back of record i. */
static size_t sig_at(size_t i)
{
	const size_t body = all.at[i] + 1;

	return body + value_len(body);
}

static void T26_any_signature_stripped(void **state)
{
	struct bytes file = {0};

	(void)state;
	for (size_t i = 0; i < all.n; i++) {
		file.len = 0;
		bytes_put(&file, all.file.at, all.file.len);
		memset(file.at + sig_at(i) + 2, 0, 64);
		must_find(&file, V(8), i);
	}
	bytes_free(&file);
}

static void T24_any_amount(void **state)
{
	struct bytes file = {0};
	size_t payouts = 0;

	(void)state;
	for (size_t i = 0; i < all.n; i++) {
		struct bytes body = {0};
		const size_t at = all.at[i] + 1;
		const size_t len = sig_at(i) - at;
		size_t head;

		file.len = 0;
		bytes_put(&file, all.file.at, all.file.len);
		head = len < 256 + 2 ? 2 : 3;
		bytes_put(&body, file.at + at + head, len - head);
		if (tamper_amount_of(&body)) {
			payouts++;
			memcpy(file.at + at + head, body.at, body.len);
			must_find(&file, V(8), i);
		}
		bytes_free(&body);
	}
	assert_true(payouts >= 10);
	bytes_free(&file);
}

/* T27: without its tail, and an end that nobody signed. */
static void T27_the_tail_and_the_receipts(void **state)
{
	const struct bookcheck_with with = {.keys = &all.keys,
		.receipts = all.store.receipts,
		.future = true};
	struct bytes file = {0};
	struct bookcheck got;

	(void)state;
	bytes_put(&file, all.file.at, all.at[all.n / 2]);
	bytes_put(&file, all.file.at + all.at[all.n],
		all.file.len - all.at[all.n]);
	bookcheck_file(&file, &with, &got);
	assert_int_equal(got.exit, BOOKCHECK_FINDINGS);
	assert_true(got.checks & V(32));
	assert_true(got.checks & V(40));
	bytes_free(&file);
}

static void T40_at_random(void **state)
{
	const char *often = getenv("MUTATIONS");
	const unsigned long n = often ? strtoul(often, NULL, 10) / 10 : 1000;
	struct bytes file = {0};

	(void)state;
	for (uint64_t seed = 1; seed <= n; seed++) {
		uint64_t random = seed * UINT64_C(0x100000001b3);
		struct bookcheck got;

		if (seed % 2)
			rebuild(&file, bookgen_random(&random) % all.n,
				bookgen_random(&random) % all.n,
				bookgen_random(&random) % all.n);
		else
			rebuild(&file, none, none, none);
		for (uint64_t i = seed % 4; i < 4; i++)
			tamper_bytes(&file, &random);
		verify(&file, &got);
		if (got.exit == BOOKCHECK_ACCEPT &&
			(file.len != all.file.len ||
				memcmp(file.at, all.file.at, file.len) != 0))
			fail_msg("seed %llu is accepted",
				(unsigned long long)seed);
	}
	bytes_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_accepted_with_all_its_papers),
		cmocka_unit_test(T20_any_byte),
		cmocka_unit_test(T21_any_record_deleted),
		cmocka_unit_test(T22_any_record_moved),
		cmocka_unit_test(T23_any_record_twice),
		cmocka_unit_test(T24_any_amount),
		cmocka_unit_test(T26_any_signature_stripped),
		cmocka_unit_test(T27_the_tail_and_the_receipts),
		cmocka_unit_test(T40_at_random),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
