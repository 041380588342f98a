#include "db/verify/vpaper.h"

#include <string.h>

#include "core/buf.h"
#include "core/crypto.h"
#include "core/str.h"

static const char base32[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";
static const char base45[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

enum {
	VERSION = 1,
	CODE_LETTERS = 12,
	CODE_PRIME = 37,
	ALL_MAX = VPAPER_SLIP_HEAD + VRECORD_SIG
};

/* ---- base45 (RFC 9285) -----------------------------------------------------
 */

static int digit(char c)
{
	const char *at = c ? strchr(base45, c) : NULL;

	return at ? (int)(at - base45) : -1;
}

/* Exactly len bytes, len even; nothing in front or behind. */
static bool from_base45(const char *text, uint8_t *out, size_t len)
{
	if (strlen(text) != len / 2 * 3)
		return false;
	for (size_t i = 0; i < len; i += 2, text += 3) {
		const int a = digit(text[0]);
		const int b = digit(text[1]);
		const int c = digit(text[2]);
		const int v = a + 45 * b + 45 * 45 * c;

		if (a < 0 || b < 0 || c < 0 || v > 0xffff)
			return false;
		out[i] = (uint8_t)(v >> 8);
		out[i + 1] = (uint8_t)v;
	}
	return true;
}

/* ---- the code that people type ---------------------------------------------
 */

uint64_t vpaper_bits(const uint8_t h[VRECORD_HASH])
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | h[i];
	return v >> 4;
}

static unsigned check_of(uint64_t bits)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < CODE_LETTERS; i++)
		sum += (i + 1) *
		       (unsigned)(bits >> (5 * (CODE_LETTERS - 1 - i)) & 31);
	return sum % CODE_PRIME;
}

void vpaper_code(const uint8_t h[VRECORD_HASH], char out[VPAPER_CODE_SIZE])
{
	const uint64_t bits = vpaper_bits(h);
	char *at = out;

	for (int i = 0; i < CODE_LETTERS; i++) {
		if (i > 0 && i % 4 == 0)
			*at++ = '-';
		*at++ = base32[bits >> (5 * (CODE_LETTERS - 1 - i)) & 31];
	}
	*at++ = '-';
	*at++ = base32[check_of(bits)];
	*at = '\0';
}

/* A typed letter below limit; -1: none. O is 0, I and L are 1. */
static int letter(char c, int limit)
{
	const char *at;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	c = c == 'O' ? '0' : c;
	c = c == 'I' || c == 'L' ? '1' : c;
	at = c ? strchr(base32, c) : NULL;
	return at && at - base32 < limit ? (int)(at - base32) : -1;
}

static bool read_code(const char *text, struct vpaper *out)
{
	uint64_t bits = 0;
	int n = 0;

	for (; *text; text++) {
		int v;

		if (*text == '-' || *text == ' ')
			continue;
		v = letter(*text, n < CODE_LETTERS ? 32 : CODE_PRIME);
		if (v < 0 || n > CODE_LETTERS)
			return false;
		if (n == CODE_LETTERS && (unsigned)v != check_of(bits))
			return false;
		if (n++ < CODE_LETTERS)
			bits = bits << 5 | (uint64_t)v;
	}
	out->kind = VPAPER_CODE;
	out->bits = bits;
	return n == CODE_LETTERS + 1;
}

/* ---- heads -----------------------------------------------------------------
 */

static uint64_t take(const uint8_t **at, int bytes)
{
	uint64_t v = 0;

	for (; bytes > 0; bytes--)
		v = v << 8 | *(*at)++;
	return v;
}

static void take_bytes(const uint8_t **at, void *out, size_t len)
{
	memcpy(out, *at, len);
	*at += len;
}

static bool read_head(struct vpaper *p)
{
	const uint8_t *at = p->head;
	const bool good = *at++ == VERSION;

	take_bytes(&at, p->dev, sizeof(p->dev));
	p->seq = take(&at, 5);
	if (p->kind == VPAPER_RECEIPT) {
		p->amount = take(&at, 5);
		p->period = take(&at, 3);
		p->t = take(&at, 6);
	} else {
		p->shift = take(&at, 4);
		p->t = take(&at, 6);
		p->expected = take(&at, 5);
		p->counted = take(&at, 5);
		p->paid_gross = take(&at, 7);
		p->void_gross = take(&at, 7);
		p->payments = take(&at, 5);
		p->voids = take(&at, 5);
	}
	take_bytes(&at, p->h, sizeof(p->h));
	return good;
}

static bool read_qr(const char *text, enum vpaper_kind kind, struct vpaper *out)
{
	const size_t head =
		kind == VPAPER_SLIP ? VPAPER_SLIP_HEAD : VPAPER_RECEIPT_HEAD;
	uint8_t all[ALL_MAX];

	out->kind = kind;
	out->head_len = head;
	/* The callers' sizes fit; the compiler of the sanitizers asks. */
	if (head > sizeof(out->head) ||
		!from_base45(text, all, head + VRECORD_SIG))
		return false;
	memcpy(out->head, all, head);
	memcpy(out->sig, all + head, VRECORD_SIG);
	return read_head(out);
}

bool vpaper_read(const char *text, struct vpaper *out)
{
	*out = (struct vpaper){0};
	if (str_starts(text, "CV1:"))
		return read_qr(text + 4, VPAPER_RECEIPT, out);
	if (str_starts(text, "CZ1:"))
		return read_qr(text + 4, VPAPER_SLIP, out);
	return read_code(text, out);
}

bool vpaper_signed(const struct vpaper *p, const uint8_t key[VRECORD_HASH])
{
	return crypto_verify_tagged(p->kind == VPAPER_SLIP ? "CHTRZSL1"
							   : "CHTRRCP1",
		p->head, p->head_len, key, p->sig);
}

static void put_frame(struct buf *b, const struct vrecord *r)
{
	buf_byte(b, VERSION);
	buf_put(b, r->dev, sizeof(r->dev));
	buf_be(b, r->seq, 5);
}

void vpaper_receipt(const struct vrecord *r, const uint8_t h[VRECORD_HASH],
	struct vpaper *out)
{
	struct buf b;

	*out = (struct vpaper){.kind = VPAPER_RECEIPT};
	buf_init(&b, out->head, sizeof(out->head));
	put_frame(&b, r);
	buf_be(&b, (uint64_t)r->amt, 5);
	buf_be(&b, r->per, 3);
	buf_be(&b, r->t, 6);
	buf_put(&b, h, VPAPER_H);
	out->head_len = b.len;
	read_head(out);
}

void vpaper_slip(const struct vrecord *r, const uint8_t h[VRECORD_HASH],
	struct vpaper *out)
{
	struct buf b;

	*out = (struct vpaper){.kind = VPAPER_SLIP};
	buf_init(&b, out->head, sizeof(out->head));
	put_frame(&b, r);
	buf_be(&b, r->shift, 4);
	buf_be(&b, r->t, 6);
	buf_be(&b, (uint64_t)r->amt, 5);
	buf_be(&b, (uint64_t)r->counted, 5);
	buf_be(&b, (uint64_t)r->tot[VTOTAL_PAID], 7);
	buf_be(&b, (uint64_t)r->tot[VTOTAL_VOID], 7);
	buf_be(&b, (uint64_t)r->tot[VTOTAL_PAYS], 5);
	buf_be(&b, (uint64_t)r->tot[VTOTAL_VOIDS], 5);
	buf_put(&b, h, VPAPER_H);
	out->head_len = b.len;
	read_head(out);
}
