/* A second person's word as text: asked, answered, and the card. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/approval.h"
#include "core/codec/qr.h"
#include "core/str.h"
#include "support/vectors.h"

static const char file[] = "approval_vectors.txt";

static struct approval_request sample(const char *person)
{
	struct approval_request r = {.kind = 13,
		.reason = 2,
		.amount = 1080000,
		.actor = 7,
		.t = 1764547200000};

	memset(r.nonce, 0x11, sizeof(r.nonce));
	memset(r.dev, 0x22, sizeof(r.dev));
	memset(r.digest, 0x33, sizeof(r.digest));
	str_copy(r.person, sizeof(r.person), person);
	return r;
}

static void every_person_comes_back(void **state)
{
	static const char *const people[] = {"", "A", "N. T. ĐẸP 4578",
		"LÒ 4578", "Đ. Đ. Đ. NGHIÊNG 4578"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(people); i++) {
		const struct approval_request r = sample(people[i]);
		struct approval_request back;
		char text[APPROVAL_TEXT_SIZE];

		approval_request_text(&r, text);
		assert_true(approval_request_parse(text, &back));
		assert_memory_equal(&r, &back, sizeof(r));
	}
}

static void the_longest_text_fits_a_code_of_37_modules(void **state)
{
	const struct approval_request r =
		sample("Đ. Đ. Đ. Đ. Đ. Đ. 4578"); /* 28 bytes */
	struct approval_request back;
	char text[APPROVAL_TEXT_SIZE];
	static struct qr qr;
	struct err err;

	(void)state;
	assert_int_equal(strlen(r.person), 28);
	approval_request_text(&r, text);
	assert_true(approval_request_parse(text, &back));
	assert_int_equal(strlen(text), 154);
	assert_true(qr_make(text, strlen(text), QR_LOW, &qr, &err));
	assert_int_equal(qr.size, 37);
}

static void what_is_not_just_that_is_refused(void **state)
{
	const struct approval_request r = sample("A B");
	struct approval_request back;
	char text[APPROVAL_TEXT_SIZE + 2];
	char more[APPROVAL_TEXT_SIZE + 8];
	size_t len;

	(void)state;
	approval_request_text(&r, text);
	len = strlen(text);
	snprintf(more, sizeof(more), "%s\r\n", text);
	assert_true(approval_request_parse(more, &back));
	snprintf(more, sizeof(more), "%s\nX", text);
	assert_false(approval_request_parse(more, &back));
	snprintf(more, sizeof(more), "%sAAA", text);
	assert_false(approval_request_parse(more, &back) &&
		     strcmp(back.person, r.person) == 0);
	for (size_t cut = 0; cut < len; cut++) {
		memcpy(more, text, cut);
		more[cut] = '\0';
		assert_false(approval_request_parse(more, &back) &&
			     memcmp(&back, &r, sizeof(r)) == 0);
	}
	text[2] = '2';
	assert_false(approval_request_parse(text, &back));
}

/* Bytes that would move the screen are no person. */
static void T42_a_person_that_is_no_plain_text_is_refused(void **state)
{
	static const char *const people[] = {"A\x1b[2J", "A\xe2\x80\xae",
		"A\xff", "A  B", " A", "A\n"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(people); i++) {
		const struct approval_request r = sample(people[i]);
		struct approval_request back;
		char text[APPROVAL_TEXT_SIZE];

		approval_request_text(&r, text);
		assert_false(approval_request_parse(text, &back));
	}
}

static void an_answer_comes_back(void **state)
{
	struct approval_answer a = {.number = 9999999};
	struct approval_answer back;
	char text[APPROVAL_TEXT_SIZE];

	(void)state;
	memset(a.nonce, 0xff, sizeof(a.nonce));
	memset(a.sig, 0xfe, sizeof(a.sig));
	approval_answer_text(&a, text);
	assert_true(approval_answer_parse(text, &back));
	assert_memory_equal(&a, &back, sizeof(a));
	assert_int_equal(approval_kind_of(text), 'A');
	text[strlen(text) - 1] = 'X';
	assert_false(approval_answer_parse(text, &back));
}

static void a_card_is_signed_by_its_own_key(void **state)
{
	struct crypto_pair pair;
	struct approval_card card;
	char text[APPROVAL_TEXT_SIZE];
	char other[APPROVAL_TEXT_SIZE];

	(void)state;
	crypto_pair_new(&pair);
	approval_card_text(1, &pair, text);
	assert_true(approval_card_parse(text, &card));
	assert_int_equal(card.number, 1);
	assert_memory_equal(card.public, pair.public, sizeof(card.public));
	for (size_t i = 4; text[i]; i++) {
		memcpy(other, text, sizeof(other));
		other[i] = other[i] == '0' ? '1' : '0';
		assert_false(approval_card_parse(other, &card));
	}
}

static const struct {
	const char *name;
	const char *id12;
	const char *out;
} masked[] = {
	{"NGUYỄN THỊ ĐẸP", "001144004578", "N. T. ĐẸP 4578"},
	{"ĐẸP", "001144004578", "ĐẸP 4578"},
	{"LÒ", "", "LÒ"},
	{"ĐINH ĐỨC ẤN ÁI ỐC ĐỖ NGHIÊNGNGHIÊNG", "001144004578",
		"Đ. Đ. Ấ. Á. Ố. N 4578"},
	{"ĐINH ĐỨC ẤN ÁI ỐC ỨNG", "001144004578", "Đ. Đ. Ấ. Á. ỨNG 4578"},
	{"ĐINH ĐỨC ẤN ÁI ỐC ỨNG", "", "Đ. Đ. Ấ. Á. ỨNG"},
	{"", "001144004578", "4578"},
};

static void a_person_is_told_without_being_told(void **state)
{
	struct approval_request r = {.actor = 1};
	struct approval_request read;
	char text[APPROVAL_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(masked); i++) {
		approval_person(masked[i].name, masked[i].id12, r.person);
		assert_string_equal(r.person, masked[i].out);
		/* And the other terminal can read it. */
		approval_request_text(&r, text);
		assert_true(approval_request_parse(text, &read));
		assert_string_equal(read.person, r.person);
	}
}

static void read_vector(const char *name, char out[APPROVAL_TEXT_SIZE])
{
	char value[VECTOR_SIZE];

	str_copy(out, APPROVAL_TEXT_SIZE, vector_text(file, name, value));
}

static void the_golden_vectors_are_read_and_written(void **state)
{
	struct approval_request r;
	struct approval_answer a;
	struct approval_card c;
	char want[APPROVAL_TEXT_SIZE];
	char text[APPROVAL_TEXT_SIZE];
	uint8_t bytes[64];

	(void)state;
	read_vector("request", want);
	assert_true(approval_request_parse(want, &r));
	assert_int_equal(r.kind, 13);
	assert_int_equal(r.reason, 2);
	assert_int_equal(r.amount, 1080000);
	assert_int_equal(r.actor, 7);
	assert_int_equal(r.t, 1764547200000);
	assert_string_equal(r.person, "N. T. ĐẸP 4578");
	assert_int_equal(vector_bytes(file, "digest", bytes, sizeof(bytes)),
		32);
	assert_memory_equal(bytes, r.digest, 32);
	approval_request_text(&r, text);
	assert_string_equal(text, want);
	read_vector("card", want);
	assert_true(approval_card_parse(want, &c));
	assert_int_equal(c.number, 1);
	read_vector("answer", want);
	assert_true(approval_answer_parse(want, &a));
	assert_int_equal(a.number, 1);
	assert_memory_equal(a.nonce, r.nonce, sizeof(a.nonce));
	assert_true(crypto_verify_tagged("CHTRACT1", r.digest, 32, c.public,
		a.sig));
	approval_answer_text(&a, text);
	assert_string_equal(text, want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_person_comes_back),
		cmocka_unit_test(the_longest_text_fits_a_code_of_37_modules),
		cmocka_unit_test(what_is_not_just_that_is_refused),
		cmocka_unit_test(T42_a_person_that_is_no_plain_text_is_refused),
		cmocka_unit_test(an_answer_comes_back),
		cmocka_unit_test(a_card_is_signed_by_its_own_key),
		cmocka_unit_test(a_person_is_told_without_being_told),
		cmocka_unit_test(the_golden_vectors_are_read_and_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
