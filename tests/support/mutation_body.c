/* mutation_body.c - V02, V36: bodies that are no canonical CBOR. */
#include <string.h>

#include "support/mutation.h"

/* A LOGIN's body: ab 01 01 02 50 <16> 03 <seq> ... */
static struct bookgen_rec *login(struct bookgen *b)
{
	return mutation_last(b, GEN_LOGIN);
}

static void twist(struct bookgen *b, void (*how)(struct bytes *))
{
	login(b)->twist = how;
}

static void long_head(struct bytes *body)
{
	bytes_cut(body, 2, 1);
	bytes_insert(body, 2, "\x18\x01", 2);
}

static void order(struct bytes *body)
{
	bytes_cut(body, 1, 2);
	bytes_insert(body, 1 + 2 + 16, "\x01\x01", 2);
}

static void twice(struct bytes *body)
{
	body->at[0]++;
	bytes_insert(body, 1, "\x01\x01", 2);
}

static void endless(struct bytes *body)
{
	body->at[0] = 0xbf;
	bytes_byte(body, 0xff);
}

static void trailing(struct bytes *body)
{
	bytes_byte(body, 0);
}

/* Key 64, which anybody may use, with a value that nobody may. */
static void add(struct bytes *body, const char *value, size_t len)
{
	body->at[0]++;
	bytes_put(body, "\x18\x40", 2);
	bytes_put(body, value, len);
}

#define ADD(name, value)                               \
	static void name(struct bytes *body)           \
	{                                              \
		add(body, (value), sizeof(value) - 1); \
	}

ADD(float_value, "\xfa\x3f\x80\x00\x00")
ADD(half_float, "\xf9\x3c\x00")
ADD(null_value, "\xf6")
ADD(undefined, "\xf7")
ADD(tag, "\xc0\x61"
	 "a")
ADD(not_nfc, "\x63"
	     "a\xcc\x81")
ADD(bell, "\x61\x07")
ADD(no_width, "\x63\xe2\x80\x8b")
ADD(right_to_left, "\x63\xe2\x80\xae")
ADD(bad_utf8, "\x61\xff")
ADD(surrogate, "\x63\xed\xa0\x80")
ADD(chunks, "\x5f\x41\x00\xff")
ADD(too_deep, "\x81\x81\x81\x81\x01")
ADD(cut_string, "\x45"
		"abc")
ADD(huge_string, "\x5b\xff\xff\xff\xff\xff\xff\xff\xff")
ADD(simple, "\xf8\x20")

static void text_key(struct bytes *body)
{
	body->at[0]++;
	bytes_put(body, "\x61z\x01", 3);
}

static void nothing(struct bytes *body)
{
	body->len = 0;
}

static void an_array(struct bytes *body)
{
	body->len = 0;
	bytes_put(body, "\x81\x01", 2);
}

static void too_long(struct bytes *body)
{
	body->at[0]++;
	bytes_put(body, "\x18\x40", 2);
	bytes_head(body, 2, 4200);
	for (int i = 0; i < 4200; i++)
		bytes_byte(body, 0);
}

#define TWIST(name)                                \
	static void body_##name(struct bookgen *b) \
	{                                          \
		twist(b, name);                    \
	}

TWIST(long_head)
TWIST(order)
TWIST(twice)
TWIST(endless)
TWIST(trailing)
TWIST(float_value)
TWIST(half_float)
TWIST(null_value)
TWIST(undefined)
TWIST(tag)
TWIST(not_nfc)
TWIST(bell)
TWIST(no_width)
TWIST(right_to_left)
TWIST(bad_utf8)
TWIST(surrogate)
TWIST(chunks)
TWIST(too_deep)
TWIST(cut_string)
TWIST(huge_string)
TWIST(simple)
TWIST(text_key)
TWIST(nothing)
TWIST(an_array)
TWIST(too_long)

static const struct mutation rows[] = {
	{"V02: a head longer than need be", 2, body_long_head, 0},
	{"V02: keys out of order", 2, body_order, 0},
	{"V02: a key twice", 2, body_twice, 0},
	{"V02: a map without a length", 2, body_endless, 0},
	{"V02: a byte behind the map", 2, body_trailing, 0},
	{"V02: a float", 2, body_float_value, 0},
	{"V02: a half float", 2, body_half_float, 0},
	{"V02: null", 2, body_null_value, 0},
	{"V02: undefined", 2, body_undefined, 0},
	{"V02: a simple value", 2, body_simple, 0},
	{"V02: a tag", 2, body_tag, 0},
	{"V02: a text that is not NFC", 2, body_not_nfc, 0},
	{"V02: a control character", 2, body_bell, 0},
	{"V02: a character without width", 2, body_no_width, 0},
	{"V02: text that turns its direction", 2, body_right_to_left, 0},
	{"V02: text that is no UTF-8", 2, body_bad_utf8, 0},
	{"V02: half of a surrogate pair", 2, body_surrogate, 0},
	{"V02: a string in chunks", 2, body_chunks, 0},
	{"V02: a string longer than the body", 2, body_cut_string, 0},
	{"V02: a string of 2^64 bytes", 2, body_huge_string, 0},
	{"V02: a text as key", 2, body_text_key, 0},
	{"V02: an empty body", 2, body_nothing, 0},
	{"V02: an array as body", 2, body_an_array, 0},
	{"V36: four levels deep", 36, body_too_deep, 0},
	{"V36: more than 4,096 bytes", 36, body_too_long, 0},
};

const struct mutation_table mutation_body = {rows,
	sizeof(rows) / sizeof(rows[0])};
