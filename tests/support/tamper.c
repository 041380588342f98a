#include "support/tamper.h"

#include <stdlib.h>
#include <string.h>

#include "support/bookgen_internal.h"

static void copy_raw(struct bookgen_raw *out, const struct bookgen_raw *from)
{
	const struct bookgen_raw whole = *from;

	*out = whole;
	out->body = (struct bytes){0};
	bytes_put(&out->body, whole.body.at, whole.body.len);
}

void tamper_delete(struct bookgen_sealed *s, size_t i)
{
	bytes_free(&s->raw[i].body);
	memmove(&s->raw[i], &s->raw[i + 1], (s->n - i - 1) * sizeof(*s->raw));
	s->n--;
}

void tamper_swap(struct bookgen_sealed *s, size_t i, size_t k)
{
	const struct bookgen_raw raw = s->raw[i];

	s->raw[i] = s->raw[k];
	s->raw[k] = raw;
}

void tamper_insert(struct bookgen_sealed *s, size_t at,
	const struct bookgen_raw *from)
{
	struct bookgen_raw copy;

	copy_raw(&copy, from);
	s->raw = realloc(s->raw, (s->n + 1) * sizeof(*s->raw));
	if (!s->raw)
		abort();
	memmove(&s->raw[at + 1], &s->raw[at], (s->n - at) * sizeof(*s->raw));
	s->raw[at] = copy;
	s->n++;
}

void tamper_cut(struct bookgen_sealed *s, size_t n)
{
	while (s->n > n)
		tamper_delete(s, s->n - 1);
}

size_t tamper_value_len(const uint8_t *at, const uint8_t *end)
{
	const unsigned major = at < end ? at[0] >> 5 : 0;
	const unsigned low = at < end ? at[0] & 31 : 31;
	const size_t extra = low < 24 ? 0 : (size_t)1 << (low & 3);
	const size_t left = (size_t)(end - at);
	uint64_t value = low;
	size_t len = 1 + extra;

	if (low > 27 || left < len)
		return 0;
	for (size_t i = 0; i < extra; i++)
		value = (i == 0 ? 0 : value << 8) | at[1 + i];
	if (major == 2 || major == 3)
		return value <= left - len ? len + (size_t)value : 0;
	if (major == 5)
		value *= 2;
	for (uint64_t i = 0; (major == 4 || major == 5) && i < value; i++) {
		const size_t one = tamper_value_len(at + len, end);

		if (one == 0)
			return 0;
		len += one;
	}
	return len;
}

/* Where the value of a key begins; 0: there is none. */
static size_t value_at(const struct bytes *body, unsigned key)
{
	const uint8_t *end = body->at + body->len;
	size_t at = 1;

	if (body->len < 2)
		return 0;
	if ((body->at[0] & 31) >= 24) /* more than 23 pairs */
		at++;
	while (at + 1 < body->len) {
		const unsigned low = body->at[at] & 31;
		const unsigned k = low < 24 ? low : body->at[at + 1];
		const size_t key_len = tamper_value_len(body->at + at, end);
		const size_t len =
			key_len ? tamper_value_len(body->at + at + key_len, end)
				: 0;

		if (len == 0)
			return 0;
		if (k == key)
			return at + key_len;
		at += key_len + len;
	}
	return 0;
}

/* A low bit of the last byte of a key's value. */
static bool flip_last(struct bytes *body, unsigned key)
{
	const size_t at = value_at(body, key);

	if (at == 0)
		return false;
	body->at[at + tamper_value_len(body->at + at, body->at + body->len) -
		 1] ^= 8;
	return true;
}

bool tamper_amount_of(struct bytes *body)
{
	const size_t at = value_at(body, 4);

	if (at == 0 || body->at[at] != GEN_PAY)
		return false;
	/* Of the amount and of its last item: the sum still holds. */
	return flip_last(body, 13) && flip_last(body, 27);
}

bool tamper_amount(struct bookgen_sealed *s, size_t i)
{
	return tamper_amount_of(&s->raw[i].body);
}

void tamper_file(const struct bookgen *b, struct bookgen_sealed *s,
	struct bytes *out)
{
	bookgen_rehash(b, s);
	bookgen_file_whole(b, s, false, out);
}

/* ---- at random -------------------------------------------------------------*/

static size_t below(uint64_t *random, size_t n)
{
	return (size_t)(bookgen_random(random) % n);
}

static void stretch(struct bytes *file, uint64_t *random)
{
	size_t at = below(random, file->len);
	size_t len = 1 + below(random, below(random, 2) ? 8 : 600);
	uint8_t copy[601];

	if (len > file->len - at)
		len = file->len - at;
	memcpy(copy, file->at + at, len);
	switch (below(random, 4)) {
	case 0:
		bytes_cut(file, at, len);
		break;
	case 1:
		bytes_insert(file, at, copy, len);
		break;
	case 2:
		memset(file->at + at, 0, len);
		break;
	case 3:
		bytes_cut(file, at, len);
		bytes_insert(file, below(random, file->len + 1), copy, len);
		break;
	}
}

void tamper_bytes(struct bytes *file, uint64_t *random)
{
	uint8_t byte;

	if (file->len == 0)
		return;
	switch (below(random, 8)) {
	case 0:
	case 1:
	case 2:
		file->at[below(random, file->len)] ^=
			(uint8_t)(1 << below(random, 8));
		break;
	case 3:
		file->at[below(random, file->len)] =
			(uint8_t)bookgen_random(random);
		break;
	case 4:
		byte = (uint8_t)bookgen_random(random);
		bytes_insert(file, below(random, file->len + 1), &byte, 1);
		break;
	case 5:
		file->len = below(random, file->len);
		break;
	default:
		stretch(file, random);
	}
}

static void body_byte(struct bookgen_raw *raw, uint64_t *random)
{
	if (raw->body.len > 0)
		raw->body.at[below(random, raw->body.len)] ^=
			(uint8_t)(1 << below(random, 8));
}

static void signature(struct bookgen_sealed *s, size_t i, uint64_t *random)
{
	struct bookgen_raw *raw = &s->raw[i];
	const struct bookgen_raw *from = &s->raw[below(random, s->n)];

	switch (below(random, 5)) {
	case 0:
		memset(raw->sig, 0, 64);
		break;
	case 1:
		memcpy(raw->sig, from->sig, 64);
		break;
	case 2:
		raw->sig[below(random, 64)] ^= (uint8_t)(1 << below(random, 8));
		break;
	case 3:
		memcpy(raw->rsig, from->rsig, 64);
		raw->has_rsig = from->has_rsig || raw->has_rsig;
		break;
	case 4:
		raw->rsig[below(random, 64)] ^=
			(uint8_t)(1 << below(random, 8));
		raw->has_rsig = true;
		break;
	}
}

void tamper_records(struct bookgen_sealed *s,
	const struct bookgen_sealed *other, uint64_t *random)
{
	const size_t i = below(random, s->n);

	switch (below(random, 8)) {
	case 0:
		if (s->n > 1)
			tamper_delete(s, i);
		break;
	case 1:
		tamper_swap(s, i, below(random, s->n));
		break;
	case 2:
		tamper_insert(s, below(random, s->n + 1), &s->raw[i]);
		break;
	case 3:
		tamper_insert(s, i, &other->raw[below(random, other->n)]);
		break;
	case 4:
		bytes_free(&s->raw[i].body);
		copy_raw(&s->raw[i], &other->raw[below(random, other->n)]);
		break;
	case 5:
		signature(s, i, random);
		break;
	case 6:
		tamper_amount(s, i);
		break;
	default:
		body_byte(&s->raw[i], random);
	}
}
