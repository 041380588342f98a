/* What the centre signs, byte by byte, and base64 under it. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/base64.h"
#include "core/codec/checkpoint.h"
#include "support/vectors.h"

static const char file[] = "wire_vectors.txt";

static const struct {
	const char *bytes; /* as C text */
	const char *text;
} known[] = {
	/* RFC 4648 section 10. */
	{"", ""},
	{"f", "Zg=="},
	{"fo", "Zm8="},
	{"foo", "Zm9v"},
	{"foob", "Zm9vYg=="},
	{"fooba", "Zm9vYmE="},
	{"foobar", "Zm9vYmFy"},
};

static void base64_is_that_of_the_rfc(void **state)
{
	uint8_t out[64];
	struct buf b;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		const size_t len = strlen(known[i].bytes);

		buf_init(&b, out, sizeof(out));
		base64_write(&b, known[i].bytes, len);
		assert_string_equal(buf_text(&b), known[i].text);
		assert_int_equal(b.len, BASE64_CHARS(len));
		assert_true(base64_read(known[i].text, b.len, out, len));
		assert_memory_equal(out, known[i].bytes, len);
	}
}

static const struct {
	const char *text;
	size_t len;
} no_base64[] = {
	{"Zm8", 2},      /* no padding */
	{"Zm9=", 2},     /* bits left over */
	{"Zh==", 1},     /* bits left over */
	{"Zg=a", 1},     /* a letter behind the padding */
	{"Zg==", 2},     /* another length */
	{"Zm9v", 2},     /* longer */
	{"Z-9v", 3},     /* the other alphabet */
	{"Zm 9", 3},     /* a blank */
	{"====", 1},     /* nothing but padding */
	{"Zm9vZg==", 3}, /* more behind it */
};

static void what_is_no_base64_is_refused(void **state)
{
	uint8_t out[8];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(no_base64); i++)
		if (base64_read(no_base64[i].text, strlen(no_base64[i].text),
			    out, no_base64[i].len))
			fail_msg("%s was taken", no_base64[i].text);
}

static void device_key(struct crypto_pair *out)
{
	uint8_t seed[CRYPTO_SEED_SIZE];

	for (int i = 0; i < CRYPTO_SEED_SIZE; i++)
		seed[i] = (uint8_t)i;
	crypto_pair_from_seed(seed, out);
}

static struct checkpoint sample(void)
{
	struct checkpoint c = {.seq = 2,
		.time = 1738108800123,
		.revlist = 7,
		.lease = 1738368000000};

	vector_bytes("journal_vectors.txt", "dev", c.dev, sizeof(c.dev));
	vector_bytes("journal_vectors.txt", "h2", c.h, sizeof(c.h));
	memset(c.nonce, 0x77, sizeof(c.nonce));
	return c;
}

static void it_is_signed_as_the_vector_has_it(void **state)
{
	uint8_t want[VECTOR_SIZE];
	uint8_t text[CHECKPOINT_TEXT];
	struct checkpoint c = sample();
	struct crypto_pair key;
	struct buf b;
	size_t len;

	(void)state;
	device_key(&key);
	buf_init(&b, text, sizeof(text));
	checkpoint_sign(&c, "centre-1", &key, &b);
	len = vector_bytes(file, "checkpoint", want, sizeof(want));
	assert_int_equal(b.len, len);
	assert_memory_equal(text, want, len);
	vector_bytes(file, "key_id", want, sizeof(want));
	assert_memory_equal(c.key_id, want, CHECKPOINT_KEY_ID);
}

static void it_comes_back(void **state)
{
	const struct checkpoint want = sample();
	uint8_t text[VECTOR_SIZE];
	struct checkpoint c;
	struct crypto_pair key;
	struct crypto_pair other;
	size_t len;

	(void)state;
	device_key(&key);
	crypto_pair_new(&other);
	len = vector_bytes(file, "checkpoint", text, sizeof(text));
	assert_true(checkpoint_read((const char *)text, len, &c));
	assert_memory_equal(c.dev, want.dev, sizeof(c.dev));
	assert_memory_equal(c.h, want.h, sizeof(c.h));
	assert_memory_equal(c.nonce, want.nonce, sizeof(c.nonce));
	assert_int_equal(c.seq, 2);
	assert_int_equal(c.time, want.time);
	assert_int_equal(c.revlist, 7);
	assert_int_equal(c.lease, want.lease);
	assert_string_equal(c.name, "centre-1");
	assert_true(checkpoint_is_signed(&c, key.public));
	assert_false(checkpoint_is_signed(&c, other.public));
	/* Another key with the same id. */
	memcpy(c.key_id, other.public, sizeof(c.key_id));
	checkpoint_key_id(c.name, other.public, c.key_id);
	assert_false(checkpoint_is_signed(&c, other.public));
}

static void T56_no_changed_byte_is_taken(void **state)
{
	uint8_t text[VECTOR_SIZE];
	struct checkpoint c;
	struct crypto_pair key;
	size_t len;

	(void)state;
	device_key(&key);
	len = vector_bytes(file, "checkpoint", text, sizeof(text));
	for (size_t i = 0; i < 8 * len; i++) {
		text[i / 8] ^= (uint8_t)(1 << i % 8);
		if (checkpoint_read((const char *)text, len, &c) &&
			checkpoint_is_signed(&c, key.public))
			fail_msg("bit %zu may be another", i);
		text[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	for (size_t i = 0; i < len; i++)
		assert_false(checkpoint_read((const char *)text, i, &c));
}

static const struct {
	const char *name;
	const char *from;
	const char *to;
} strange[] = {
	{"a zero before the number", "\n2\n", "\n02\n"},
	{"a plus before it", "\n2\n", "\n+2\n"},
	{"a number below zero", " 7 ", " -7 "},
	{"two blanks", " 7 ", "  7 "},
	{"only two numbers", " 1738368000000", ""},
	{"hex in capitals", "a0a1a2", "A0A1A2"},
	{"another title", "v1\n", "v2\n"},
	{"no name", "centre-1 ", " "},
	{"a line behind it", "==\n", "==\n\n"},
	{"a hyphen for the dash", "\xe2\x80\x94", "-"},
};

static void one_text_is_one_checkpoint(void **state)
{
	char text[VECTOR_SIZE];
	char changed[VECTOR_SIZE + 16];
	struct checkpoint c;

	(void)state;
	text[vector_bytes(file, "checkpoint", text, sizeof(text) - 1)] = '\0';
	for (size_t i = 0; i < COUNT_OF(strange); i++) {
		/* The last one, since base64 ends two lines. */
		const char *at = strstr(text, strange[i].from);

		assert_non_null(at);
		snprintf(changed, sizeof(changed), "%.*s%s%s", (int)(at - text),
			text, strange[i].to, at + strlen(strange[i].from));
		if (checkpoint_read(changed, strlen(changed), &c))
			fail_msg("%s was taken", strange[i].name);
	}
}

static void names_of_keys(void **state)
{
	char longest[CHECKPOINT_NAME + 1];

	(void)state;
	memset(longest, 'x', sizeof(longest));
	longest[CHECKPOINT_NAME] = '\0';
	assert_false(checkpoint_name_is_good(longest));
	longest[CHECKPOINT_NAME - 1] = '\0';
	assert_true(checkpoint_name_is_good(longest));
	assert_true(checkpoint_name_is_good("centre-1"));
	assert_false(checkpoint_name_is_good(""));
	assert_false(checkpoint_name_is_good("two words"));
	assert_false(checkpoint_name_is_good("trung-tâm"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_is_that_of_the_rfc),
		cmocka_unit_test(what_is_no_base64_is_refused),
		cmocka_unit_test(it_is_signed_as_the_vector_has_it),
		cmocka_unit_test(it_comes_back),
		cmocka_unit_test(T56_no_changed_byte_is_taken),
		cmocka_unit_test(one_text_is_one_checkpoint),
		cmocka_unit_test(names_of_keys),
	};

	if (!crypto_start(NULL))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
