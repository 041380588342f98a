/* The QR of a Z slip. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/qr.h"
#include "core/codec/zseal.h"
#include "support/vectors.h"

static const char file[] = "slip_vectors.txt";

static struct zseal golden(void)
{
	struct zseal z = {.seq = 77,
		.shift = 3,
		.t = INT64_C(0x01a194bb3c08),
		.expected = 2350000,
		.counted = 2300000,
		.paid = INT64_C(123456789000),
		.voided = 540000,
		.payments = 4321,
		.voids = 2};
	uint8_t h[CRYPTO_HASH_SIZE];

	vector_bytes("journal_vectors.txt", "dev", z.dev, sizeof(z.dev));
	vector_bytes("journal_vectors.txt", "h3", h, sizeof(h));
	memcpy(z.h, h, sizeof(z.h));
	vector_bytes(file, "rsig", z.sig, sizeof(z.sig));
	return z;
}

static void the_golden_head_and_text(void **state)
{
	const struct zseal z = golden();
	uint8_t head[ZSEAL_HEAD_BYTES];
	uint8_t wanted[ZSEAL_HEAD_BYTES];
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	char text[ZSEAL_TEXT_SIZE];
	char text_wanted[VECTOR_SIZE];

	(void)state;
	assert_int_equal(vector_bytes(file, "head", wanted, sizeof(wanted)),
		ZSEAL_HEAD_BYTES);
	zseal_head(&z, head);
	assert_memory_equal(head, wanted, sizeof(head));
	zseal_text(&z, text);
	assert_string_equal(text, vector_text(file, "qr", text_wanted));
	vector_bytes("journal_vectors.txt", "pk", public, sizeof(public));
	assert_true(crypto_verify_tagged("CHTRZSL1", head, sizeof(head), public,
		z.sig));
}

static void text_comes_back_as_it_was(void **state)
{
	const struct zseal z = golden();
	char text[ZSEAL_TEXT_SIZE];
	struct zseal back = {0};

	(void)state;
	zseal_text(&z, text);
	assert_true(zseal_parse(text, &back));
	assert_memory_equal(&back, &z, sizeof(z));
}

/* On 58 mm there are 384 dots; six of them a module. */
static void it_fits_the_narrow_paper(void **state)
{
	const struct zseal z = golden();
	char text[ZSEAL_TEXT_SIZE];
	struct qr qr;
	struct err err;

	(void)state;
	zseal_text(&z, text);
	assert_true(qr_make(text, strlen(text), QR_MEDIUM, &qr, &err));
	assert_int_equal(qr.size, 53);
}

static void what_is_not_exactly_so_is_refused(void **state)
{
	const struct zseal z = golden();
	char good[ZSEAL_TEXT_SIZE + 2];
	char text[ZSEAL_TEXT_SIZE + 2];
	struct zseal out;

	(void)state;
	zseal_text(&z, good);
	/* Shorter by any number of characters. */
	for (size_t cut = 0; good[cut]; cut++) {
		memcpy(text, good, cut);
		text[cut] = '\0';
		assert_false(zseal_parse(text, &out));
	}
	memcpy(text, good, sizeof(good));
	text[strlen(good)] = 'A';
	text[strlen(good) + 1] = '\0';
	assert_false(zseal_parse(text, &out));
	memcpy(text, good, sizeof(good));
	text[1] = 'V';
	assert_false(zseal_parse(text, &out));
	memcpy(text, good, sizeof(good));
	text[9] = 'a';
	assert_false(zseal_parse(text, &out));
	/* ":::" is more than two bytes. */
	memcpy(text, good, sizeof(good));
	memset(text + 4, ':', 3);
	assert_false(zseal_parse(text, &out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_golden_head_and_text),
		cmocka_unit_test(text_comes_back_as_it_was),
		cmocka_unit_test(it_fits_the_narrow_paper),
		cmocka_unit_test(what_is_not_exactly_so_is_refused),
	};

	return cmocka_run_group_tests_name("zseal", tests, NULL, NULL);
}
