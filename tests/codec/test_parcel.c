/* What comes down from the centre: each byte of it counts. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/manifest.h"
#include "support/vectors.h"

static const char file[] = "parcel_vectors.txt";

enum {
	SIZE = 1024
};

static struct crypto_pair key_of(int n)
{
	uint8_t seed[CRYPTO_SEED_SIZE];
	struct crypto_pair pair;

	for (int i = 0; i < CRYPTO_SEED_SIZE; i++)
		seed[i] = (uint8_t)(CRYPTO_SEED_SIZE * n + i);
	crypto_pair_from_seed(seed, &pair);
	return pair;
}

static void fill_dev(uint8_t dev[PARCEL_DEV])
{
	for (int i = 0; i < PARCEL_DEV; i++)
		dev[i] = (uint8_t)(0xa0 + i);
}

/* ---- parcels -----------------------------------------------------------------
 */

static const struct {
	const char *vector;
	uint64_t kind;
	uint64_t version;
	bool for_all;
	uint64_t until;
} parcels[] = {
	{"list", PARCEL_LIST, 3, false, 0},
	{"text", PARCEL_TEXT, 1, true, 1740787200000},
	{"roll", PARCEL_ROLL, 1, true, 0},
};

static void a_parcel_is_read_as_the_vector_has_it(void **state)
{
	const struct crypto_pair key = key_of(0);
	uint8_t bytes[SIZE];
	const uint8_t *content;
	struct parcel p;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(parcels); i++) {
		const size_t len = vector_bytes(file, parcels[i].vector, bytes,
			sizeof(bytes));

		assert_true(parcel_read(bytes, len, &p, &content));
		assert_int_equal(p.kind, parcels[i].kind);
		assert_int_equal(p.version, parcels[i].version);
		assert_int_equal(p.for_all, parcels[i].for_all);
		assert_int_equal(p.until, parcels[i].until);
		assert_int_equal(p.made, 1738108800123);
		assert_true(parcel_is_signed(&p, key.public));
	}
}

static void a_parcel_is_written_as_the_vector_has_it(void **state)
{
	const struct crypto_pair key = key_of(0);
	uint8_t content[SIZE];
	uint8_t want[SIZE];
	uint8_t got[SIZE];
	struct parcel p = {.kind = PARCEL_LIST,
		.version = 3,
		.made = 1738108800123};
	struct buf out;
	size_t len;

	(void)state;
	fill_dev(p.dev);
	p.len = vector_bytes(file, "content", content, sizeof(content));
	crypto_sha256(content, (size_t)p.len, p.sha256);
	buf_init(&out, got, sizeof(got));
	parcel_sign(&p, &key, &out);
	assert_true(out.len <= PARCEL_HEAD_MAX);
	buf_put(&out, content, (size_t)p.len);
	len = vector_bytes(file, "list", want, sizeof(want));
	assert_int_equal(out.len, len);
	assert_memory_equal(got, want, len);
}

static void the_longest_head_fits(void **state)
{
	const struct crypto_pair key = key_of(0);
	uint8_t bytes[PARCEL_HEAD_MAX];
	struct parcel p = {.kind = INT64_MAX,
		.version = INT64_MAX,
		.made = INT64_MAX,
		.until = INT64_MAX,
		.len = PARCEL_CONTENT_MAX};
	struct parcel back;
	struct buf out;

	(void)state;
	buf_init(&out, bytes, sizeof(bytes));
	parcel_sign(&p, &key, &out);
	assert_false(out.full);
	/* The head is all that is needed to believe it. */
	assert_int_equal(parcel_read_head(bytes, out.len, &back), out.len);
	assert_true(parcel_is_signed(&back, key.public));
}

/* Of whatever bit: it is no parcel any more, or of nobody. */
static bool is_still_good(const uint8_t *bytes, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	const uint8_t *content;
	struct parcel p;

	return parcel_read(bytes, len, &p, &content) &&
	       parcel_is_signed(&p, public);
}

static void T56_no_flipped_bit_of_a_parcel_is_taken(void **state)
{
	const struct crypto_pair key = key_of(0);
	uint8_t bytes[SIZE];
	size_t len;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(parcels); i++) {
		len = vector_bytes(file, parcels[i].vector, bytes,
			sizeof(bytes));
		for (size_t bit = 0; bit < 8 * len; bit++) {
			bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
			assert_false(is_still_good(bytes, len, key.public));
			bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		}
		assert_true(is_still_good(bytes, len, key.public));
	}
}

static void T56_no_parcel_that_is_cut_off_or_longer_is_taken(void **state)
{
	const struct crypto_pair key = key_of(0);
	uint8_t bytes[SIZE] = {0};
	const size_t len = vector_bytes(file, "list", bytes, sizeof(bytes));

	(void)state;
	for (size_t n = 0; n < len; n++)
		assert_false(is_still_good(bytes, n, key.public));
	assert_false(is_still_good(bytes, len + 1, key.public));
	assert_true(is_still_good(bytes, len, key.public));
}

static void a_parcel_is_of_one_key(void **state)
{
	const struct crypto_pair other = key_of(1);
	uint8_t bytes[SIZE];
	const size_t len = vector_bytes(file, "list", bytes, sizeof(bytes));
	struct parcel p;

	(void)state;
	assert_true(parcel_read_head(bytes, len, &p) > 0);
	assert_false(parcel_is_signed(&p, other.public));
	parcel_key_id(other.public, p.key_id);
	assert_false(parcel_is_signed(&p, other.public));
}

static void each_kind_has_its_rule(void **state)
{
	(void)state;
	for (uint64_t k = 1; k < PARCEL_KINDS; k++) {
		const struct parcel_rule *r = parcel_rule(k);

		assert_non_null(r);
		assert_int_equal(parcel_kind_of(r->name), k);
		/* What is sealed is sealed to one. */
		assert_false(r->sealed && r->for_all);
	}
	assert_int_equal(parcel_kind_of("users"), PARCEL_USERS);
	assert_true(parcel_rule(PARCEL_USERS)->sealed);
	assert_false(parcel_rule(PARCEL_USERS)->each_counts);
	assert_null(parcel_rule(0));
	assert_null(parcel_rule(PARCEL_KINDS));
	assert_null(parcel_rule(UINT64_MAX));
	assert_int_equal(parcel_kind_of(""), 0);
	assert_int_equal(parcel_kind_of("lists"), 0);
}

/* ---- the next key ---------------------------------------------------------------
 */

static void a_roll_is_that_of_the_vector(void **state)
{
	const struct crypto_pair next = key_of(1);
	struct parcel_roll r = {.number = 1, .name = "centre-1"};
	uint8_t want[SIZE];
	uint8_t got[SIZE];
	struct parcel_roll back;
	struct buf out;
	size_t len;

	(void)state;
	memcpy(r.public, next.public, sizeof(r.public));
	buf_init(&out, got, PARCEL_ROLL_MAX);
	parcel_roll_write(&r, &next, &out);
	len = vector_bytes(file, "roll_content", want, sizeof(want));
	assert_int_equal(out.len, len);
	assert_memory_equal(got, want, len);
	assert_true(parcel_roll_read(got, len, &back));
	assert_int_equal(back.number, 1);
	assert_string_equal(back.name, "centre-1");
	assert_memory_equal(back.public, next.public, sizeof(back.public));
}

static void a_roll_to_a_key_that_nobody_has_is_refused(void **state)
{
	const struct crypto_pair other = key_of(0);
	struct parcel_roll r = {.number = 1, .name = "centre-1"};
	uint8_t bytes[SIZE];
	struct parcel_roll back;
	struct buf out;

	(void)state;
	memcpy(r.public, key_of(1).public, sizeof(r.public));
	buf_init(&out, bytes, sizeof(bytes));
	parcel_roll_write(&r, &other, &out);
	assert_false(parcel_roll_read(bytes, out.len, &back));
}

static void T56_no_flipped_bit_of_a_roll_is_taken(void **state)
{
	uint8_t bytes[SIZE];
	const size_t len =
		vector_bytes(file, "roll_content", bytes, sizeof(bytes));
	struct parcel_roll r;

	(void)state;
	for (size_t bit = 0; bit < 8 * len; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(parcel_roll_read(bytes, len, &r));
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_true(parcel_roll_read(bytes, len, &r));
	assert_false(parcel_roll_read(bytes, len - 1, &r));
}

/* ---- what there is --------------------------------------------------------------
 */

static void a_request_is_that_of_the_vector(void **state)
{
	struct manifest_request r = {.haves = 3,
		.have = {{PARCEL_ROLL, 0}, {PARCEL_REVLIST, 7},
			{PARCEL_LIST, 2}}};
	struct manifest_request back;
	uint8_t want[SIZE];
	uint8_t got[MANIFEST_REQUEST_MAX];
	struct buf out;
	size_t len;

	(void)state;
	memset(r.nonce, '=', sizeof(r.nonce));
	buf_init(&out, got, sizeof(got));
	manifest_request_write(&r, &out);
	len = vector_bytes(file, "request", want, sizeof(want));
	assert_int_equal(out.len, len);
	assert_memory_equal(got, want, len);
	assert_true(manifest_request_read(got, len, &back));
	assert_memory_equal(&back, &r, sizeof(r));
	/* Kinds twice, or not in order. */
	back.have[1].kind = PARCEL_ROLL;
	buf_init(&out, got, sizeof(got));
	manifest_request_write(&back, &out);
	assert_false(manifest_request_read(got, out.len, &back));
}

static void an_answer_is_that_of_the_vector(void **state)
{
	const struct crypto_pair key = key_of(1);
	static struct manifest m;
	static uint8_t want[SIZE];
	static uint8_t got[MANIFEST_ANSWER_MAX];
	struct parcel p;
	const uint8_t *content;
	struct buf out;
	size_t len;

	(void)state;
	len = vector_bytes(file, "answer", want, sizeof(want));
	assert_true(manifest_read(want, len, &m));
	assert_true(manifest_is_signed(&m, key.public));
	assert_false(manifest_is_signed(&m, key_of(0).public));
	assert_int_equal(m.time, 1738108800123);
	assert_int_equal(m.items, 2);
	assert_int_equal(m.item[0].kind, PARCEL_REVLIST);
	assert_int_equal(m.item[1].version, 3);
	assert_int_equal(m.rolls, 1);
	/* The roll in it makes its signature to be believed. */
	assert_true(parcel_read(m.roll[0].at, m.roll[0].len, &p, &content));
	assert_true(parcel_is_signed(&p, key_of(0).public));
	buf_init(&out, got, sizeof(got));
	manifest_sign(&m, &key, &out);
	assert_int_equal(out.len, len);
	assert_memory_equal(got, want, len);
}

static void T56_no_flipped_bit_of_an_answer_is_taken(void **state)
{
	const struct crypto_pair key = key_of(1);
	static struct manifest m;
	uint8_t bytes[SIZE];
	size_t len = vector_bytes(file, "answer", bytes, sizeof(bytes));
	size_t rolls;

	(void)state;
	/* Rolls are signed by themselves (above). */
	assert_true(manifest_read(bytes, len, &m));
	rolls = (size_t)(m.roll[0].at - bytes);
	for (size_t bit = 0; bit < 8 * rolls; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(manifest_read(bytes, len, &m) &&
			     manifest_is_signed(&m, key.public));
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t n = 0; n < len; n++)
		assert_false(manifest_read(bytes, n, &m));
}

static void the_longest_answer_fits(void **state)
{
	const struct crypto_pair key = key_of(1);
	static uint8_t roll[MANIFEST_ROLL_BYTES];
	static uint8_t bytes[MANIFEST_ANSWER_MAX];
	static struct manifest m;
	static struct manifest back;
	struct buf out;

	(void)state;
	m.time = m.lease = INT64_MAX;
	m.items = MANIFEST_ITEMS_MAX;
	for (size_t i = 0; i < m.items; i++) {
		m.item[i].kind = m.item[i].version = INT64_MAX;
		m.item[i].len = PARCEL_CONTENT_MAX;
	}
	m.rolls = MANIFEST_ROLLS_MAX;
	for (size_t i = 0; i < m.rolls; i++) {
		m.roll[i].at = roll;
		m.roll[i].len = sizeof(roll);
	}
	buf_init(&out, bytes, sizeof(bytes));
	manifest_sign(&m, &key, &out);
	assert_false(out.full);
	assert_true(manifest_read(bytes, out.len, &back));
	assert_true(manifest_is_signed(&back, key.public));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_parcel_is_read_as_the_vector_has_it),
		cmocka_unit_test(a_parcel_is_written_as_the_vector_has_it),
		cmocka_unit_test(the_longest_head_fits),
		cmocka_unit_test(T56_no_flipped_bit_of_a_parcel_is_taken),
		cmocka_unit_test(
			T56_no_parcel_that_is_cut_off_or_longer_is_taken),
		cmocka_unit_test(a_parcel_is_of_one_key),
		cmocka_unit_test(each_kind_has_its_rule),
		cmocka_unit_test(a_roll_is_that_of_the_vector),
		cmocka_unit_test(a_roll_to_a_key_that_nobody_has_is_refused),
		cmocka_unit_test(T56_no_flipped_bit_of_a_roll_is_taken),
		cmocka_unit_test(a_request_is_that_of_the_vector),
		cmocka_unit_test(an_answer_is_that_of_the_vector),
		cmocka_unit_test(T56_no_flipped_bit_of_an_answer_is_taken),
		cmocka_unit_test(the_longest_answer_fits),
	};

	if (!crypto_start(NULL))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
