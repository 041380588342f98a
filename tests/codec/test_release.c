/* A hand-over as text: written, cut, put together, believed. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/qr.h"
#include "core/codec/release.h"
#include "core/str.h"
#include "support/vectors.h"

static const char file[] = "release_vectors.txt";

static void device_key(struct crypto_pair *out)
{
	uint8_t seed[CRYPTO_SEED_SIZE];

	vector_bytes(file, "seed", seed, sizeof(seed));
	crypto_pair_from_seed(seed, out);
}

static struct release sample(int count)
{
	struct release r = {.t = 1764547200000, .count = count};

	for (int i = 0; i < MARKS_DEV_SIZE; i++)
		r.from[i] = (uint8_t)(0xa0 + i);
	memset(r.to, 0x9e, sizeof(r.to));
	for (int i = 0; i < count && i < RELEASE_MAX_ITEMS; i++) {
		struct release_item *it = &r.item[i];

		memset(it->ent, 0x11 + 0x22 * i, sizeof(it->ent));
		memset(it->h, 0x22 + 0x22 * i, sizeof(it->h));
		it->period = i == 0 ? 202512 : 202511;
		it->hop = i == 0 && count > 1 ? 3 : 1;
		it->seq = (uint64_t)(345 + i);
	}
	return r;
}

static size_t write_sample(int count, uint8_t out[RELEASE_MAX_BYTES])
{
	const struct release r = sample(count);
	struct crypto_pair pair;
	size_t len;

	device_key(&pair);
	assert_true(release_write(&r, pair.secret, out, &len));
	return len;
}

static void golden_messages_and_pieces(void **state)
{
	static const char *const name[] = {"one", "two"};
	uint8_t want[RELEASE_MAX_BYTES];
	uint8_t bytes[RELEASE_MAX_BYTES];
	char text[MARKS_TEXT_SIZE];
	char piece[VECTOR_SIZE];
	char label[32];

	(void)state;
	for (int n = 0; n < 2; n++) {
		const size_t len = write_sample(n + 1, bytes);

		assert_int_equal(vector_bytes(file, name[n], want,
					 sizeof(want)),
			len);
		assert_memory_equal(bytes, want, len);
		for (int i = 0; i < marks_pieces(len, MARKS_ON_SCREEN); i++) {
			snprintf(label, sizeof(label), "%s_%d", name[n], i + 1);
			release_piece_text(bytes, len, MARKS_ON_SCREEN, i,
				text);
			assert_string_equal(text,
				vector_text(file, label, piece));
			assert_true(release_is_piece(text));
		}
	}
}

static void a_message_comes_back(void **state)
{
	uint8_t bytes[RELEASE_MAX_BYTES];
	struct crypto_pair pair;
	struct release back;

	(void)state;
	device_key(&pair);
	for (int count = 1; count <= 7; count++) {
		const struct release want = sample(count);
		const size_t len = write_sample(count, bytes);

		assert_true(release_read(bytes, len, &back));
		assert_memory_equal(&back, &want, sizeof(back));
		assert_true(release_is_signed(bytes, len, pair.public));
	}
}

static void no_item(struct release *r)
{
	r->count = 0;
}

static void too_many(struct release *r)
{
	r->count = RELEASE_MAX_ITEMS + 1;
}

static void to_itself(struct release *r)
{
	memcpy(r->to, r->from, sizeof(r->to));
}

static void no_hop(struct release *r)
{
	r->item[0].hop = 0;
}

static void too_often(struct release *r)
{
	r->item[1].hop = RELEASE_MAX_HOP + 1;
}

static void out_of_order(struct release *r)
{
	r->item[1].seq = r->item[0].seq;
}

static void one_twice(struct release *r)
{
	memcpy(r->item[1].ent, r->item[0].ent, sizeof(r->item[1].ent));
}

static void no_month(struct release *r)
{
	r->item[0].period = 202513;
}

static void no_time(struct release *r)
{
	r->t = -1;
}

static void no_record(struct release *r)
{
	r->item[0].seq = 0;
}

static const struct {
	const char *name;
	void (*spoil)(struct release *);
} refused[] = {
	{"nothing is handed over", no_item},
	{"more than there is room for", too_many},
	{"to the terminal itself", to_itself},
	{"it never moved", no_hop},
	{"it moved too often", too_often},
	{"records out of order", out_of_order},
	{"the same money twice", one_twice},
	{"a month that is none", no_month},
	{"a time before 1970", no_time},
	{"a record without a number", no_record},
};

static void what_cannot_be_is_not_written(void **state)
{
	uint8_t bytes[RELEASE_MAX_BYTES];
	struct crypto_pair pair;
	size_t len;

	(void)state;
	device_key(&pair);
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct release r = sample(2);

		print_message("%s\n", refused[i].name);
		refused[i].spoil(&r);
		assert_false(release_write(&r, pair.secret, bytes, &len));
		assert_int_equal(len, 0);
	}
}

/* Bytes of the head and of the first item, and what they become. */
static const struct {
	const char *name;
	size_t at;
	uint8_t to;
} damaged[] = {
	{"another version", 0, 2},
	{"no item", 39, 0},
	{"an item too many", 39, 3},
	{"a month that is none", 58, 0},
	{"it never moved", 59, 0},
	{"it moved too often", 59, 201},
	{"records out of order", 60, 1},
};

static void what_would_not_be_written_is_not_read(void **state)
{
	uint8_t bytes[RELEASE_MAX_BYTES];
	struct release r;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(damaged); i++) {
		const size_t len = write_sample(2, bytes);

		print_message("%s\n", damaged[i].name);
		bytes[damaged[i].at] = damaged[i].to;
		assert_false(release_read(bytes, len, &r));
	}
	for (size_t cut = 0; cut < write_sample(2, bytes); cut++)
		assert_false(release_read(bytes, cut, &r));
}

static void every_changed_bit_ends_the_signature(void **state)
{
	uint8_t bytes[RELEASE_MAX_BYTES];
	const size_t len = write_sample(1, bytes);
	struct crypto_pair pair;

	(void)state;
	device_key(&pair);
	for (size_t i = 0; i < 8 * len; i++) {
		bytes[i / 8] ^= (uint8_t)(1U << i % 8);
		assert_false(release_is_signed(bytes, len, pair.public));
		bytes[i / 8] ^= (uint8_t)(1U << i % 8);
	}
	assert_true(release_is_signed(bytes, len, pair.public));
	assert_false(release_is_signed(bytes, 10, pair.public));
}

static void pieces_are_no_paid_marks_and_fit_their_codes(void **state)
{
	static struct marks_parts p;
	uint8_t bytes[RELEASE_MAX_BYTES];
	const size_t len = write_sample(1, bytes);
	char text[MARKS_TEXT_SIZE];
	struct qr qr;
	struct err err;

	(void)state;
	memset(&p, 0, sizeof(p));
	assert_int_equal(marks_pieces(len, MARKS_ON_SCREEN), 2);
	assert_int_equal(marks_pieces(len, MARKS_ON_PAPER), 1);
	release_piece_text(bytes, len, MARKS_ON_SCREEN, 1, text);
	assert_int_equal(marks_take_piece(&p, text), MARKS_NO_PIECE);
	assert_int_equal(marks_kind_of(text), '\0');
	assert_int_equal(release_take_piece(&p, text), MARKS_PIECE);
	release_piece_text(bytes, len, MARKS_ON_SCREEN, 0, text);
	assert_true(qr_make(text, strlen(text), QR_LOW, &qr, &err));
	assert_true(qr.size <= 37);
	assert_int_equal(release_take_piece(&p, text), MARKS_WHOLE);
	assert_int_equal(p.len, len);
	assert_memory_equal(p.bytes, bytes, len);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_messages_and_pieces),
		cmocka_unit_test(a_message_comes_back),
		cmocka_unit_test(what_cannot_be_is_not_written),
		cmocka_unit_test(what_would_not_be_written_is_not_read),
		cmocka_unit_test(every_changed_bit_ends_the_signature),
		cmocka_unit_test(pieces_are_no_paid_marks_and_fit_their_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
