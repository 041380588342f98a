/* The code and the QR that tie a paper to the book. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/seal.h"
#include "support/vectors.h"

static const char file[] = "journal_vectors.txt";

/* The seal of the golden record 2. */
static struct seal golden(void)
{
	struct seal s = {.seq = 2,
		.amount = 500000,
		.period = 202611,
		.t = INT64_C(0x01a194bb3c08)};
	uint8_t h[CRYPTO_HASH_SIZE];

	vector_bytes(file, "dev", s.dev, sizeof(s.dev));
	vector_bytes(file, "h2", h, sizeof(h));
	memcpy(s.h, h, sizeof(s.h));
	vector_bytes(file, "rsig", s.sig, sizeof(s.sig));
	return s;
}

static void the_golden_code(void **state)
{
	uint8_t h[CRYPTO_HASH_SIZE];
	char code[SEAL_CODE_SIZE];
	char wanted[VECTOR_SIZE];

	(void)state;
	vector_bytes(file, "h2", h, sizeof(h));
	seal_code(h, code);
	assert_string_equal(code, vector_text(file, "code", wanted));
}

static const struct typed_row {
	const char *typed;
	bool good;
} typed_rows[] = {
	{"129S-RZCJ-BYD8-9", true},
	{"129srzcjbyd89", true},
	{" 129S RZCJ BYD8 9 ", true},
	{"I29S-RZCJ-BYD8-9", true},
	{"l29s-rzcj-byd8-9", true},
	{"129S-RZCJ-BYD8", false},
	{"129S-RZCJ-BYD8-99", false},
	{"129S-RZCJ-BYD8-8", false},
	{"129S-RZCJ-BYD*-9", false},
	{"129S_RZCJ_BYD8_9", false},
	{"", false},
};

static void codes_are_read_as_people_type_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(typed_rows); i++) {
		char out[SEAL_CODE_SIZE];

		if (seal_code_parse(typed_rows[i].typed, out) !=
			typed_rows[i].good)
			fail_msg("\"%s\"", typed_rows[i].typed);
		assert_string_equal(out,
			typed_rows[i].good ? "129S-RZCJ-BYD8-9" : "");
	}
}

/* The promise of the check character, over every place of many codes. */
static void any_wrong_character_and_any_swap_is_found(void **state)
{
	static const char set[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	static const int at[] = {0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13};
	char out[SEAL_CODE_SIZE];

	(void)state;
	for (unsigned n = 0; n < 200; n++) {
		uint8_t h[CRYPTO_HASH_SIZE];
		char code[SEAL_CODE_SIZE];

		crypto_sha256(&n, sizeof(n), h);
		seal_code(h, code);
		assert_true(seal_code_parse(code, out));
		for (size_t i = 0; i < COUNT_OF(at); i++) {
			const char was = code[at[i]];

			for (const char *c = set; *c; c++) {
				code[at[i]] = *c;
				assert_int_equal(seal_code_parse(code, out),
					*c == was);
			}
			code[at[i]] = was;
			if (i == 0 || code[at[i - 1]] == was)
				continue;
			code[at[i]] = code[at[i - 1]];
			code[at[i - 1]] = was;
			assert_false(seal_code_parse(code, out));
			code[at[i - 1]] = code[at[i]];
			code[at[i]] = was;
		}
	}
}

static void the_golden_head_and_text(void **state)
{
	const struct seal s = golden();
	uint8_t head[SEAL_HEAD_BYTES];
	uint8_t wanted[SEAL_HEAD_BYTES];
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	char text[SEAL_TEXT_SIZE];
	char text_wanted[VECTOR_SIZE];

	(void)state;
	assert_int_equal(vector_bytes(file, "head", wanted, sizeof(wanted)),
		SEAL_HEAD_BYTES);
	seal_head(&s, head);
	assert_memory_equal(head, wanted, sizeof(head));
	seal_text(&s, text);
	assert_string_equal(text, vector_text(file, "qr", text_wanted));
	assert_int_equal(strlen(text), 178);
	vector_bytes(file, "pk", public, sizeof(public));
	assert_true(crypto_verify_tagged("CHTRRCP1", head, sizeof(head), public,
		s.sig));
}

static void text_comes_back_as_it_was(void **state)
{
	const struct seal s = golden();
	char text[SEAL_TEXT_SIZE];
	struct seal back;

	(void)state;
	seal_text(&s, text);
	assert_true(seal_parse(text, &back));
	assert_memory_equal(back.dev, s.dev, sizeof(s.dev));
	assert_int_equal(back.seq, s.seq);
	assert_int_equal(back.amount, s.amount);
	assert_int_equal(back.period, s.period);
	assert_int_equal(back.t, s.t);
	assert_memory_equal(back.h, s.h, sizeof(s.h));
	assert_memory_equal(back.sig, s.sig, sizeof(s.sig));
}

/* T39: a figure that was changed is still text, but no longer signed. */
static void T39_a_changed_seal_is_not_signed(void **state)
{
	const struct seal s = golden();
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	struct seal changed[4] = {s, s, s, s};

	(void)state;
	vector_bytes(file, "pk", public, sizeof(public));
	changed[0].amount++;
	changed[1].seq++;
	changed[2].period++;
	changed[3].t++;
	for (size_t i = 0; i < COUNT_OF(changed); i++) {
		uint8_t head[SEAL_HEAD_BYTES];

		seal_head(&changed[i], head);
		assert_false(crypto_verify_tagged("CHTRRCP1", head,
			sizeof(head), public, changed[i].sig));
	}
}

static void other_text_is_refused(void **state)
{
	static const char *const bad[] = {"", "CV1:", "CV2:00",
		"https://example.vn", "CV1:B90NJK"};
	const struct seal s = golden();
	char text[SEAL_TEXT_SIZE];
	struct seal out;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(seal_parse(bad[i], &out));
	seal_text(&s, text);
	text[60] = 'a'; /* not of the alphabet */
	assert_false(seal_parse(text, &out));
	seal_text(&s, text);
	memcpy(text + 7, ":::", 3); /* over 65,535 */
	assert_false(seal_parse(text, &out));
	seal_text(&s, text);
	text[177] = '\0';
	assert_false(seal_parse(text, &out));
	seal_text(&s, text);
	memcpy(text + 4, "000", 3); /* another version */
	assert_false(seal_parse(text, &out));
}

static int start(void **state)
{
	struct err err;

	(void)state;
	return crypto_start(&err) ? 0 : -1;
}

/* Base45 has blanks; a text that is cleaned as others are is not its own. */
static void blanks_side_by_side_survive_the_scanner(void **state)
{
	char out[SEAL_TEXT_SIZE];
	char text[SEAL_TEXT_SIZE];
	char scanned[SEAL_TEXT_SIZE + 2];
	struct seal s = golden();
	struct seal again;

	(void)state;
	do {
		s.sig[0]++;
		s.sig[1] = s.sig[0] == 0 ? (uint8_t)(s.sig[1] + 1) : s.sig[1];
		seal_text(&s, text);
	} while (!strstr(text, "  "));
	snprintf(scanned, sizeof(scanned), "%s\r\n", text);
	assert_true(seal_scanned(scanned, strlen(scanned), out, sizeof(out)));
	assert_string_equal(out, text);
	assert_true(seal_parse(out, &again));
	assert_false(seal_scanned("CV1:a", 5, out, sizeof(out)));
	assert_false(seal_scanned("CV1:\0A", 6, out, sizeof(out)));
	assert_false(seal_scanned("CV1:\nA", 6, out, sizeof(out)));
	assert_false(seal_scanned(text, strlen(text), out, 20));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_golden_code),
		cmocka_unit_test(codes_are_read_as_people_type_them),
		cmocka_unit_test(any_wrong_character_and_any_swap_is_found),
		cmocka_unit_test(the_golden_head_and_text),
		cmocka_unit_test(text_comes_back_as_it_was),
		cmocka_unit_test(T39_a_changed_seal_is_not_signed),
		cmocka_unit_test(blanks_side_by_side_survive_the_scanner),
		cmocka_unit_test(other_text_is_refused),
	};

	return cmocka_run_group_tests_name("seal", tests, start, NULL);
}
