/* Codes, requests, certificates and the time, as bytes. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/enrol.h"
#include "support/vectors.h"

static void a_code_is_known_however_it_is_typed(void **state)
{
	static const char *const same[] = {"0123-ABCD-EFGH-JKMN",
		"0123abcdefghjkmn", "o1 23 ABCD EFGH JKMN",
		"Oi23-abcd-efgh-jkmn", "0l23-ABCD-EFGH-JKMN"};
	static const char *const none[] = {"", "0123", "0123-ABCD-EFGH-JKM",
		"0123-ABCD-EFGH-JKMNP", "0123-ABCD-EFGH-JKM!",
		"U123-ABCD-EFGH-JKMN"};
	uint8_t want[CRYPTO_HASH_SIZE];
	uint8_t hash[CRYPTO_HASH_SIZE];

	(void)state;
	assert_true(enrol_code_hash(same[0], want));
	for (size_t i = 0; i < COUNT_OF(same); i++) {
		assert_true(enrol_code_hash(same[i], hash));
		assert_memory_equal(hash, want, sizeof(want));
	}
	for (size_t i = 0; i < COUNT_OF(none); i++)
		assert_false(enrol_code_hash(none[i], hash));
}

static void codes_differ(void **state)
{
	char code[2][ENROL_CODE];
	uint8_t hash[2][CRYPTO_HASH_SIZE];

	(void)state;
	for (int i = 0; i < 2; i++) {
		enrol_code_new(code[i]);
		assert_int_equal(strlen(code[i]), 19);
		assert_true(enrol_code_hash(code[i], hash[i]));
	}
	assert_memory_not_equal(hash[0], hash[1], CRYPTO_HASH_SIZE);
}

static size_t request(uint8_t bytes[ENROL_MAX_BYTES], struct enrol_request *r,
	struct crypto_pair *pair)
{
	struct buf b;

	crypto_pair_new(pair);
	*r = (struct enrol_request){{1, 2}, {3, 4}, {0}};
	memcpy(r->pk, pair->public, sizeof(r->pk));
	buf_init(&b, bytes, ENROL_MAX_BYTES);
	enrol_request_write(r, pair->secret, &b);
	assert_false(b.full);
	return b.len;
}

static void a_request_comes_back(void **state)
{
	uint8_t bytes[ENROL_MAX_BYTES];
	struct crypto_pair pair;
	struct enrol_request r;
	struct enrol_request back;
	const size_t len = request(bytes, &r, &pair);

	(void)state;
	assert_true(enrol_request_read(bytes, len, &back));
	assert_memory_equal(&back, &r, sizeof(r));
}

static void T56_no_changed_bit_of_a_request_is_taken(void **state)
{
	uint8_t bytes[ENROL_MAX_BYTES];
	struct crypto_pair pair;
	struct enrol_request r;
	const size_t len = request(bytes, &r, &pair);

	(void)state;
	for (size_t i = 0; i < 8 * len; i++) {
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
		if (enrol_request_read(bytes, len, &r))
			fail_msg("bit %zu may be another", i);
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	for (size_t i = 0; i < len; i++)
		assert_false(enrol_request_read(bytes, i, &r));
	assert_false(enrol_request_read(bytes, len + 1, &r));
}

static void who_has_not_the_key_is_not_enrolled(void **state)
{
	uint8_t bytes[ENROL_MAX_BYTES];
	struct crypto_pair pair;
	struct crypto_pair other;
	struct enrol_request r;
	struct buf b;

	(void)state;
	request(bytes, &r, &pair);
	crypto_pair_new(&other);
	buf_init(&b, bytes, sizeof(bytes));
	enrol_request_write(&r, other.secret, &b);
	assert_false(enrol_request_read(bytes, b.len, &r));
}

static void an_answer_comes_back(void **state)
{
	const struct enrol_answer a = {.cert = (const uint8_t *)"cert",
		.cert_len = 4,
		.ca = (const uint8_t *)"authority",
		.ca_len = 9,
		.name = "centre-1",
		.sign = {7},
		.seal = {8}};
	struct enrol_answer back;
	uint8_t bytes[256];
	struct buf b;

	(void)state;
	buf_init(&b, bytes, sizeof(bytes));
	enrol_answer_write(&a, &b);
	assert_true(enrol_answer_read(bytes, b.len, &back));
	assert_int_equal(back.cert_len, 4);
	assert_memory_equal(back.cert, "cert", 4);
	assert_int_equal(back.ca_len, 9);
	assert_memory_equal(back.ca, "authority", 9);
	assert_string_equal(back.name, "centre-1");
	assert_memory_equal(back.sign, a.sign, sizeof(a.sign));
	assert_memory_equal(back.seal, a.seal, sizeof(a.seal));
	for (size_t i = 0; i < b.len; i++)
		assert_false(enrol_answer_read(bytes, i, &back));
	assert_false(enrol_answer_read(bytes, b.len + 1, &back));
}

static void the_time_is_for_who_asked(void **state)
{
	static const uint8_t nonce[CHECKPOINT_NONCE] = {1, 2, 3};
	static const uint8_t other[CHECKPOINT_NONCE] = {1, 2, 4};
	uint8_t text[ENROL_TIME_TEXT];
	struct crypto_pair key;
	struct crypto_pair strange;
	struct buf b;
	uint64_t ms = 0;

	(void)state;
	crypto_pair_new(&key);
	crypto_pair_new(&strange);
	buf_init(&b, text, sizeof(text));
	enrol_time_sign(UINT64_C(1795000000123), nonce, "centre-1", &key, &b);
	assert_true(enrol_time_read((char *)text, b.len, nonce, "centre-1",
		key.public, &ms));
	assert_int_equal(ms, UINT64_C(1795000000123));
	assert_false(enrol_time_read((char *)text, b.len, other, "centre-1",
		key.public, &ms));
	assert_false(enrol_time_read((char *)text, b.len, nonce, "centre-2",
		key.public, &ms));
	assert_false(enrol_time_read((char *)text, b.len, nonce, "centre-1",
		strange.public, &ms));
	for (size_t i = 0; i < 8 * b.len; i++) {
		text[i / 8] ^= (uint8_t)(1 << i % 8);
		if (enrol_time_read((char *)text, b.len, nonce, "centre-1",
			    key.public, &ms))
			fail_msg("bit %zu may be another", i);
		text[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	for (size_t i = 0; i < b.len; i++)
		assert_false(enrol_time_read((char *)text, i, nonce, "centre-1",
			key.public, &ms));
}

/* Made by another program: the key of all is that of seed 00..1f. */
static void they_are_those_of_the_vectors(void **state)
{
	static const char file[] = "wire_vectors.txt";
	uint8_t bytes[VECTOR_SIZE];
	uint8_t want[CRYPTO_HASH_SIZE];
	uint8_t seed[CRYPTO_SEED_SIZE];
	uint8_t nonce[CHECKPOINT_NONCE];
	struct crypto_pair key;
	struct enrol_request r;
	struct enrol_answer a;
	uint64_t ms;
	size_t len;

	(void)state;
	for (int i = 0; i < CRYPTO_SEED_SIZE; i++)
		seed[i] = (uint8_t)i;
	crypto_pair_from_seed(seed, &key);
	memset(nonce, 0x77, sizeof(nonce));
	vector_bytes(file, "enrol_code", want, sizeof(want));
	len = vector_bytes(file, "enrol_request", bytes, sizeof(bytes));
	assert_true(enrol_request_read(bytes, len, &r));
	assert_memory_equal(r.code, want, sizeof(want));
	assert_memory_equal(r.pk, key.public, sizeof(r.pk));
	assert_int_equal(r.dev[0], 0xa0);
	assert_true(enrol_code_hash("0123-ABCD-EFGH-JKMN", r.code));
	assert_memory_equal(r.code, want, sizeof(want));
	len = vector_bytes(file, "enrol_answer", bytes, sizeof(bytes));
	assert_true(enrol_answer_read(bytes, len, &a));
	assert_string_equal(a.name, "centre-1");
	assert_memory_equal(a.sign, key.public, sizeof(a.sign));
	len = vector_bytes(file, "time", bytes, sizeof(bytes));
	assert_true(enrol_time_read((char *)bytes, len, nonce, "centre-1",
		key.public, &ms));
	assert_int_equal(ms, UINT64_C(1738108800123));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_is_known_however_it_is_typed),
		cmocka_unit_test(codes_differ),
		cmocka_unit_test(they_are_those_of_the_vectors),
		cmocka_unit_test(a_request_comes_back),
		cmocka_unit_test(T56_no_changed_bit_of_a_request_is_taken),
		cmocka_unit_test(who_has_not_the_key_is_not_enrolled),
		cmocka_unit_test(an_answer_comes_back),
		cmocka_unit_test(the_time_is_for_who_asked),
	};

	if (!crypto_start(NULL))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
