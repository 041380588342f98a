/* Paid marks as text: written, cut, put together, believed. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/marks.h"
#include "core/codec/qr.h"
#include "core/str.h"
#include "support/vectors.h"

static const char file[] = "marks_vectors.txt";

static struct marks sample(uint32_t count)
{
	struct marks m = {.seq = 345, .t = 1764547200000, .count = count};

	for (int i = 0; i < MARKS_DEV_SIZE; i++)
		m.dev[i] = (uint8_t)(0xa0 + i);
	memset(m.h, 0x11, sizeof(m.h));
	memset(m.list, 0x22, sizeof(m.list));
	memset(m.names, 0x33, sizeof(m.names));
	return m;
}

static void device_key(struct crypto_pair *out)
{
	uint8_t seed[CRYPTO_SEED_SIZE];

	for (int i = 0; i < CRYPTO_SEED_SIZE; i++)
		seed[i] = (uint8_t)i;
	crypto_pair_from_seed(seed, out);
}

/* Every step-th of count, from first on. */
static size_t write_message(uint32_t count, uint32_t first, uint32_t step,
	uint8_t *bits, uint8_t out[MARKS_MAX_BYTES])
{
	const struct marks m = sample(count);
	struct crypto_pair pair;
	size_t len;

	device_key(&pair);
	memset(bits, 0, marks_bits_size(count));
	for (uint32_t i = first; step > 0 && i < count; i += step)
		marks_set_bit(bits, i);
	assert_true(marks_write(&m, bits, pair.secret, out, &len));
	return len;
}

static const struct {
	const char *name;
	uint32_t count;
	uint32_t first;
	uint32_t step; /* 0: none is set */
	size_t len;    /* of the message */
} message[] = {
	{"none of one", 1, 0, 0, 129},
	{"one of one: as bits", 1, 0, 1, 130},
	{"none of ten thousand", 10000, 0, 0, 129},
	{"the last one of ten thousand", 10000, 9999, 1, 131},
	{"two hundred of ten thousand", 10000, 7, 50, 329},
	{"all of ten thousand: one bit each", 10000, 0, 1, 1379},
	{"far apart: two bytes a gap", 1000000, 0, 10000, 328},
	{"a count that is no multiple of eight", 13, 12, 1, 130},
};

static void a_message_comes_back(void **state)
{
	static uint8_t bits[MARKS_MAX_COUNT / 8];
	static uint8_t back[MARKS_MAX_COUNT / 8];
	uint8_t bytes[MARKS_MAX_BYTES];
	struct crypto_pair pair;
	struct marks m;

	(void)state;
	device_key(&pair);
	for (size_t i = 0; i < COUNT_OF(message); i++) {
		const struct marks want = sample(message[i].count);
		const size_t len = write_message(message[i].count,
			message[i].first, message[i].step, bits, bytes);

		print_message("%s\n", message[i].name);
		assert_int_equal(len, message[i].len);
		assert_true(marks_read_head(bytes, len, &m));
		assert_memory_equal(&m, &want, sizeof(m));
		assert_true(marks_read_bits(bytes, len, &m, back));
		assert_memory_equal(bits, back, marks_bits_size(m.count));
		assert_true(marks_is_signed(bytes, len, pair.public));
	}
}

static void what_has_no_room_is_not_written(void **state)
{
	static uint8_t bits[MARKS_MAX_COUNT / 8];
	const uint32_t most = 8 * (MARKS_MAX_BYTES - 65 - 64);
	struct marks m = sample(most);
	uint8_t bytes[MARKS_MAX_BYTES];
	struct crypto_pair pair;
	size_t len;

	(void)state;
	device_key(&pair);
	memset(bits, 0xff, sizeof(bits));
	assert_true(marks_write(&m, bits, pair.secret, bytes, &len));
	assert_int_equal(len, MARKS_MAX_BYTES);
	m.count = most + 8;
	assert_false(marks_write(&m, bits, pair.secret, bytes, &len));
	m.count = 0;
	assert_false(marks_write(&m, bits, pair.secret, bytes, &len));
	m.count = MARKS_MAX_COUNT + 1;
	assert_false(marks_write(&m, bits, pair.secret, bytes, &len));
}

/* Read as whoever has it would, with the bits in memory of just their size. */
static bool is_read(const uint8_t *bytes, size_t len)
{
	struct marks m;
	uint8_t *bits;
	bool ok;

	if (!marks_read_head(bytes, len, &m))
		return false;
	bits = malloc(marks_bits_size(m.count));
	assert_non_null(bits);
	ok = marks_read_bits(bytes, len, &m, bits);
	free(bits);
	return ok;
}

static const struct {
	const char *name;
	uint32_t count;
	const char *body; /* form and bits, hex */
} wrong[] = {
	{"no such form", 16, "02ffff"},
	{"bits that gaps say in less", 1000, NULL},
	{"gaps that bits say as short", 8, "0100"},
	{"a bit behind the count", 9, "00ffff"},
	{"too few bits", 32, "00ffff"},
	{"too many bits", 8, "00ffff"},
	{"a gap beyond the count", 1000, "01e807"},
	{"a gap longer than it need be", 1000, "018100"},
	{"a gap without end", 1000, "0180"},
	{"a gap of five bytes", 100000, "018080808001"},
	{"more behind the last one", 1000, "01e70700"},
};

static void what_is_not_written_so_is_refused(void **state)
{
	uint8_t bytes[MARKS_MAX_BYTES] = {0};
	uint8_t body[256] = {0};
	uint8_t bits[16];
	size_t len;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		size_t n = 1 + 125; /* form 0 and 1,000 bits, one of them set */

		write_message(wrong[i].count < 100 ? wrong[i].count : 100, 0, 1,
			bits, bytes);
		bytes[60] = 0;
		bytes[61] = (uint8_t)(wrong[i].count >> 16);
		bytes[62] = (uint8_t)(wrong[i].count >> 8);
		bytes[63] = (uint8_t)wrong[i].count;
		memset(body, 0, sizeof(body));
		body[9] = 1;
		if (wrong[i].body)
			assert_true(str_from_hex(wrong[i].body, body,
				sizeof(body), &n));
		memcpy(bytes + 64, body, n);
		len = 64 + n + CRYPTO_SIG_SIZE;
		print_message("%s\n", wrong[i].name);
		assert_false(is_read(bytes, len));
	}
}

static void every_changed_bit_ends_the_signature(void **state)
{
	uint8_t bytes[MARKS_MAX_BYTES];
	struct crypto_pair pair;
	uint8_t bits[16];
	const size_t len = write_message(100, 3, 7, bits, bytes);

	(void)state;
	device_key(&pair);
	for (size_t i = 0; i < len; i++) {
		bytes[i] ^= 1;
		assert_false(marks_is_signed(bytes, len, pair.public));
		bytes[i] ^= 1;
	}
	assert_true(marks_is_signed(bytes, len, pair.public));
	assert_false(marks_is_signed(bytes, len - 1, pair.public));
	assert_false(marks_is_signed(bytes, 10, pair.public));
	for (size_t cut = 0; cut < len; cut++)
		assert_false(cut < 129 && is_read(bytes, cut));
}

/* ---- pieces --------------------------------------------------------------- */

static const size_t sizes[] = {MARKS_ON_SCREEN, MARKS_ON_PAPER, 2};

static void pieces_come_together_in_any_order(void **state)
{
	static struct marks_parts p;
	static uint8_t bits[1250];
	uint8_t bytes[MARKS_MAX_BYTES];
	const size_t len = write_message(10000, 0, 1, bits, bytes);
	char text[MARKS_TEXT_SIZE];

	(void)state;
	for (size_t s = 0; s < COUNT_OF(sizes); s++) {
		const int all = marks_pieces(len, sizes[s]);

		memset(&p, 0, sizeof(p));
		/* 7 has no part in how many there are. */
		assert_true(all % 7 != 0);
		for (int i = 0; i < all; i++) {
			enum marks_part got;

			marks_piece_text(bytes, len, sizes[s], i * 7 % all,
				text);
			got = marks_take_piece(&p, text);
			assert_int_equal(got,
				i + 1 == all ? MARKS_WHOLE : MARKS_PIECE);
			assert_int_equal(marks_take_piece(&p, text),
				i + 1 == all ? MARKS_WHOLE : MARKS_AGAIN);
		}
		assert_int_equal(p.len, len);
		assert_memory_equal(p.bytes, bytes, len);
		assert_int_equal(marks_lacking(&p, 0), 0);
	}
}

static void pieces_of_screen_and_paper_go_together(void **state)
{
	static struct marks_parts p;
	static uint8_t bits[1250];
	uint8_t bytes[MARKS_MAX_BYTES];
	const size_t len = write_message(10000, 0, 1, bits, bytes);
	char text[MARKS_TEXT_SIZE];

	(void)state;
	memset(&p, 0, sizeof(p));
	for (int i = 1; i < marks_pieces(len, MARKS_ON_PAPER); i++) {
		marks_piece_text(bytes, len, MARKS_ON_PAPER, i, text);
		assert_int_equal(marks_take_piece(&p, text), MARKS_PIECE);
	}
	assert_int_equal(marks_lacking(&p, 0), 1);
	assert_int_equal(marks_lacking(&p, 1), 0);
	assert_int_equal(marks_parts_all(&p), 5);
	for (int i = 0; i < 4; i++) {
		marks_piece_text(bytes, len, MARKS_ON_SCREEN, i, text);
		assert_int_equal(marks_take_piece(&p, text),
			i == 3 ? MARKS_WHOLE : MARKS_PIECE);
	}
	assert_memory_equal(p.bytes, bytes, len);
}

static void a_piece_of_another_message_begins_anew(void **state)
{
	static struct marks_parts p;
	uint8_t bits[13];
	uint8_t one[MARKS_MAX_BYTES];
	uint8_t two[MARKS_MAX_BYTES];
	const size_t len = write_message(100, 0, 1, bits, one);
	char text[MARKS_TEXT_SIZE];

	(void)state;
	assert_int_equal(write_message(100, 1, 1, bits, two), len);
	memset(&p, 0, sizeof(p));
	marks_piece_text(one, len, MARKS_ON_SCREEN, 0, text);
	assert_int_equal(marks_take_piece(&p, text), MARKS_PIECE);
	marks_piece_text(two, len, MARKS_ON_SCREEN, 1, text);
	assert_int_equal(marks_take_piece(&p, text), MARKS_OTHER);
	assert_int_equal(marks_take_piece(&p, "CCCD|and|so|on"),
		MARKS_NO_PIECE);
	marks_piece_text(two, len, MARKS_ON_SCREEN, 0, text);
	assert_int_equal(marks_take_piece(&p, text), MARKS_WHOLE);
	assert_memory_equal(p.bytes, two, len);
}

/* The name of the set is of all its bytes, so nobody can mix two. */
static void pieces_that_do_not_fit_are_forgotten(void **state)
{
	static struct marks_parts p;
	uint8_t bits[13];
	uint8_t bytes[MARKS_MAX_BYTES];
	const size_t len = write_message(100, 0, 1, bits, bytes);
	char text[MARKS_TEXT_SIZE];
	char forged[MARKS_TEXT_SIZE];

	(void)state;
	memset(&p, 0, sizeof(p));
	marks_piece_text(bytes, len, MARKS_ON_SCREEN, 0, text);
	str_copy(forged, sizeof(forged), text);
	forged[20] = forged[20] == '0' ? '1' : '0';
	assert_int_equal(marks_take_piece(&p, forged), MARKS_PIECE);
	assert_int_equal(marks_take_piece(&p, text), MARKS_BROKEN);
	assert_int_equal(p.len, 0);
	assert_int_equal(marks_take_piece(&p, forged), MARKS_PIECE);
	marks_piece_text(bytes, len, MARKS_ON_SCREEN, 1, text);
	assert_int_equal(marks_take_piece(&p, text), MARKS_BROKEN);
	assert_int_equal(p.len, 0);
}

static const struct {
	const char *name;
	const char *text;
} hostile[] = {
	{"nothing", ""},
	{"the prefix alone", "CM1:"},
	{"no bytes behind its head", "CM1:000000000000"},
	{"letters of no code", "CM1:abc"},
	{"a length of none", "CM1:000000000000000"},
	{"cut", "CM1:%9VBCR030000B90NJ"},
	{"another line behind it", "CM1:%9VBCR030000B90\nX"},
};

static void T43_what_is_no_piece_changes_nothing(void **state)
{
	static struct marks_parts p;
	static struct marks_parts before;
	char text[MARKS_TEXT_SIZE];
	char value[VECTOR_SIZE];
	char more[4096];

	(void)state;
	memset(&p, 0, sizeof(p));
	vector_text(file, "few_1", value);
	assert_int_equal(marks_take_piece(&p, value), MARKS_PIECE);
	before = p;
	for (size_t i = 0; i < COUNT_OF(hostile); i++) {
		print_message("%s\n", hostile[i].name);
		assert_int_equal(marks_take_piece(&p, hostile[i].text),
			MARKS_NO_PIECE);
	}
	memset(more, '0', sizeof(more));
	memcpy(more, "CM1:", 4);
	more[sizeof(more) - 1] = '\0';
	assert_int_equal(marks_take_piece(&p, more), MARKS_NO_PIECE);
	assert_memory_equal(&p, &before, sizeof(p));
	vector_text(file, "few_2", value);
	snprintf(text, sizeof(text), "%.500s\r\n", value);
	assert_int_equal(marks_take_piece(&p, text), MARKS_WHOLE);
}

static void each_piece_fits_its_code(void **state)
{
	static struct qr qr;
	static uint8_t bits[1250];
	uint8_t bytes[MARKS_MAX_BYTES];
	const size_t len = write_message(10000, 0, 1, bits, bytes);
	char text[MARKS_TEXT_SIZE];
	struct err err;

	(void)state;
	marks_piece_text(bytes, len, MARKS_ON_SCREEN, 0, text);
	assert_int_equal(strlen(text), 154);
	assert_true(qr_make(text, strlen(text), QR_LOW, &qr, &err));
	assert_int_equal(qr.size, 37);
	assert_int_equal(marks_pieces(len, MARKS_ON_SCREEN), 15);
	marks_piece_text(bytes, len, MARKS_ON_PAPER, 0, text);
	assert_true(qr_make(text, strlen(text), QR_MEDIUM, &qr, &err));
	assert_int_equal(qr.size, 69);
	assert_int_equal(marks_pieces(len, MARKS_ON_PAPER), 5);
}

static void a_card_comes_back(void **state)
{
	struct marks_card c;
	struct marks_card back;
	char text[MARKS_CARD_SIZE];
	char more[MARKS_CARD_SIZE + 2];

	(void)state;
	memset(&c, 0xff, sizeof(c));
	marks_card_text(&c, text);
	assert_true(marks_card_parse(text, &back));
	assert_memory_equal(&c, &back, sizeof(c));
	assert_int_equal(marks_kind_of(text), 'C');
	snprintf(more, sizeof(more), "%s\n", text);
	assert_true(marks_card_parse(more, &back));
	text[strlen(text) - 3] = '\0';
	assert_false(marks_card_parse(text, &back));
	assert_false(marks_card_parse("CM1:", &back));
	assert_int_equal(marks_kind_of("CM1:"), 'P');
	assert_int_equal(marks_kind_of("CV1:"), 0);
}

static void check_vector(const char *name, uint32_t count, uint32_t first,
	uint32_t step, bool few)
{
	uint8_t want[MARKS_MAX_BYTES];
	uint8_t bytes[MARKS_MAX_BYTES];
	uint8_t bits[128] = {0};
	const struct marks m = sample(count);
	struct crypto_pair pair;
	char value[VECTOR_SIZE];
	char text[MARKS_TEXT_SIZE];
	char piece[32];
	size_t len;

	device_key(&pair);
	for (uint32_t i = first; step > 0 && i < count; i += step)
		marks_set_bit(bits, i);
	if (few) {
		marks_set_bit(bits, 0);
		marks_set_bit(bits, 9);
		marks_set_bit(bits, 300);
		marks_set_bit(bits, 999);
	}
	assert_true(marks_write(&m, bits, pair.secret, bytes, &len));
	assert_int_equal(vector_bytes(file, name, want, sizeof(want)), len);
	assert_memory_equal(want, bytes, len);
	for (int i = 0; i < marks_pieces(len, MARKS_ON_SCREEN); i++) {
		snprintf(piece, sizeof(piece), "%s_%d", name, i + 1);
		marks_piece_text(bytes, len, MARKS_ON_SCREEN, i, text);
		assert_string_equal(text, vector_text(file, piece, value));
	}
}

static void the_golden_vectors_are_read_and_written(void **state)
{
	struct marks_card card;
	struct crypto_pair pair;
	char value[VECTOR_SIZE];
	char text[MARKS_CARD_SIZE];

	(void)state;
	check_vector("few", 1000, 0, 0, true);
	check_vector("many", 100, 0, 2, false);
	device_key(&pair);
	assert_true(marks_card_parse(vector_text(file, "card", value), &card));
	assert_memory_equal(card.public, pair.public, sizeof(card.public));
	marks_card_text(&card, text);
	assert_string_equal(text, value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_comes_back),
		cmocka_unit_test(what_has_no_room_is_not_written),
		cmocka_unit_test(what_is_not_written_so_is_refused),
		cmocka_unit_test(every_changed_bit_ends_the_signature),
		cmocka_unit_test(pieces_come_together_in_any_order),
		cmocka_unit_test(pieces_of_screen_and_paper_go_together),
		cmocka_unit_test(a_piece_of_another_message_begins_anew),
		cmocka_unit_test(pieces_that_do_not_fit_are_forgotten),
		cmocka_unit_test(T43_what_is_no_piece_changes_nothing),
		cmocka_unit_test(each_piece_fits_its_code),
		cmocka_unit_test(a_card_comes_back),
		cmocka_unit_test(the_golden_vectors_are_read_and_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
