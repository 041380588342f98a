#include "core/codec/seal.h"

#include <string.h>

#include "core/buf.h"
#include "core/codec/base45.h"
#include "core/str.h"

#define PREFIX "CV1:"

/* Crockford's 32, then the five that only a check character can be. */
static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

enum {
	VERSION = 1,
	CODE_CHARS = 12,
	CHECK_MOD = 37,
	SEQ_BYTES = 5,
	AMOUNT_BYTES = 5,
	PERIOD_BYTES = 3,
	TIME_BYTES = 6,
};

static unsigned check_of(const unsigned value[CODE_CHARS])
{
	unsigned sum = 0;

	for (unsigned i = 0; i < CODE_CHARS; i++)
		sum += (i + 1) * value[i];
	return sum % CHECK_MOD;
}

/* "129S-RZCJ-BYD8-9" */
static void write_code(const unsigned value[CODE_CHARS],
	char out[SEAL_CODE_SIZE])
{
	char *at = out;

	for (int i = 0; i < CODE_CHARS; i++) {
		*at++ = crockford[value[i]];
		if (i % 4 == 3)
			*at++ = '-';
	}
	*at++ = crockford[check_of(value)];
	*at = '\0';
}

void seal_code(const uint8_t h[CRYPTO_HASH_SIZE], char out[SEAL_CODE_SIZE])
{
	unsigned value[CODE_CHARS];
	uint64_t bits = 0;

	for (int i = 0; i < 8; i++)
		bits = bits << 8 | h[i];
	for (int i = 0; i < CODE_CHARS; i++)
		value[i] = (unsigned)(bits >> (64 - 5 * (i + 1))) & 31;
	write_code(value, out);
}

/* Value of a typed character below limit; -1 if it has none. */
static int value_of(char c, int limit)
{
	const char *found;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	found = c ? strchr(crockford, c) : NULL;
	if (!found || found - crockford >= limit)
		return -1;
	return (int)(found - crockford);
}

bool seal_code_parse(const char *typed, char out[SEAL_CODE_SIZE])
{
	unsigned value[CODE_CHARS + 1];
	int n = 0;

	out[0] = '\0';
	for (; *typed; typed++) {
		int v;

		if (*typed == '-' || *typed == ' ')
			continue;
		if (n > CODE_CHARS)
			return false;
		v = value_of(*typed, n < CODE_CHARS ? 32 : CHECK_MOD);
		if (v < 0)
			return false;
		value[n++] = (unsigned)v;
	}
	if (n != CODE_CHARS + 1 || value[CODE_CHARS] != check_of(value))
		return false;
	write_code(value, out);
	return true;
}

void seal_head(const struct seal *s, uint8_t out[SEAL_HEAD_BYTES])
{
	struct buf b;

	buf_init(&b, out, SEAL_HEAD_BYTES);
	buf_byte(&b, VERSION);
	buf_put(&b, s->dev, sizeof(s->dev));
	buf_be(&b, s->seq, SEQ_BYTES);
	buf_be(&b, (uint64_t)s->amount, AMOUNT_BYTES);
	buf_be(&b, (uint64_t)s->period, PERIOD_BYTES);
	buf_be(&b, (uint64_t)s->t, TIME_BYTES);
	buf_put(&b, s->h, sizeof(s->h));
}

void seal_text(const struct seal *s, char out[SEAL_TEXT_SIZE])
{
	uint8_t bytes[SEAL_BYTES];

	seal_head(s, bytes);
	memcpy(bytes + SEAL_HEAD_BYTES, s->sig, sizeof(s->sig));
	str_copy(out, SEAL_TEXT_SIZE, PREFIX);
	base45_write(bytes, sizeof(bytes), out + strlen(PREFIX));
}

bool seal_parse(const char *text, struct seal *out)
{
	uint8_t bytes[SEAL_BYTES];
	const uint8_t *at = bytes;

	if (!str_starts(text, PREFIX) ||
		!base45_read(text + strlen(PREFIX), bytes, sizeof(bytes)) ||
		*at++ != VERSION)
		return false;
	memcpy(out->dev, at, sizeof(out->dev));
	at += sizeof(out->dev);
	out->seq = buf_take_be(&at, SEQ_BYTES);
	out->amount = (int64_t)buf_take_be(&at, AMOUNT_BYTES);
	out->period = (int32_t)buf_take_be(&at, PERIOD_BYTES);
	out->t = (int64_t)buf_take_be(&at, TIME_BYTES);
	memcpy(out->h, at, sizeof(out->h));
	at += sizeof(out->h);
	memcpy(out->sig, at, sizeof(out->sig));
	return true;
}

bool seal_scanned(const void *bytes, size_t len, char *out, size_t size)
{
	static const char letters[] =
		"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	const char *in = bytes;

	while (len > 0 && (in[len - 1] == '\r' || in[len - 1] == '\n'))
		len--;
	if (len >= size)
		return false;
	for (size_t i = 0; i < len; i++)
		if (in[i] == '\0' || !strchr(letters, in[i]))
			return false;
	memcpy(out, in, len);
	out[len] = '\0';
	return true;
}
