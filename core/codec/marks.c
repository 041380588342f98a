#include "core/codec/marks.h"

#include <assert.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/base45.h"
#include "core/str.h"

enum {
	VERSION = 1,
	FORM_BITS = 0, /* eight entitlements a byte, the first is bit 7 */
	FORM_GAPS = 1, /* how many are left out before each that is set */
	FORM_AT = MARKS_HEAD_BYTES - 1,
	PREFIX_LEN = 4,
	PIECE_HEAD = 8, /* set4, length2, at2 */
	PIECE_MAX = PIECE_HEAD + MARKS_ON_PAPER,
	CARD_BYTES = MARKS_DEV_SIZE + CRYPTO_PUBLIC_SIZE,
	BODY_MAX = MARKS_MAX_BYTES - MARKS_HEAD_BYTES - CRYPTO_SIG_SIZE
};

_Static_assert(PREFIX_LEN + BASE45_CHARS(PIECE_MAX) < MARKS_TEXT_SIZE,
	"a piece on paper fits its text");
_Static_assert(PREFIX_LEN + BASE45_CHARS(CARD_BYTES) < MARKS_CARD_SIZE,
	"a card fits its text");
_Static_assert(MARKS_ON_SCREEN % 2 == 0 && MARKS_ON_PAPER % 2 == 0,
	"only the last piece is odd");

static const char tag[] = "CHTRMRK1";
static const char piece_prefix[] = "CM1:";
static const char card_prefix[] = "CD1:";

size_t marks_bits_size(uint32_t count)
{
	return (count + 7) / 8;
}

bool marks_bit(const uint8_t *bits, uint32_t at)
{
	return (bits[at / 8] >> (7 - at % 8) & 1) != 0;
}

void marks_set_bit(uint8_t *bits, uint32_t at)
{
	bits[at / 8] = (uint8_t)(bits[at / 8] | 1U << (7 - at % 8));
}

/* ---- a message ------------------------------------------------------------ */

/* Seven bits a byte, the lowest first; more follow while bit 7 is set. */
static void put_number(struct buf *b, uint32_t n)
{
	for (; n >= 0x80; n >>= 7)
		buf_byte(b, (uint8_t)(n | 0x80));
	buf_byte(b, (uint8_t)n);
}

static void put_gaps(struct buf *b, const uint8_t *bits, uint32_t count)
{
	uint32_t before = 0;

	for (uint32_t i = 0; i < count && !b->full; i++) {
		if (!marks_bit(bits, i)) {
			before++;
			continue;
		}
		put_number(b, before);
		before = 0;
	}
}

/* The form and the bits, the shorter way; as bits if neither is. */
static bool put_bits(struct buf *b, const uint8_t *bits, uint32_t count)
{
	const size_t plain = marks_bits_size(count);
	uint8_t gaps[BODY_MAX];
	struct buf g;

	buf_init(&g, gaps, plain < sizeof(gaps) ? plain : sizeof(gaps));
	put_gaps(&g, bits, count);
	if (!g.full && g.len < plain) {
		buf_byte(b, FORM_GAPS);
		buf_put(b, gaps, g.len);
		return true;
	}
	if (plain > BODY_MAX)
		return false;
	buf_byte(b, FORM_BITS);
	buf_put(b, bits, plain);
	return true;
}

/* What is signed: all before the signature, by its hash. */
static void digest(const uint8_t *bytes, size_t len,
	uint8_t out[CRYPTO_HASH_SIZE])
{
	crypto_sha256(bytes, len - CRYPTO_SIG_SIZE, out);
}

bool marks_write(const struct marks *m, const uint8_t *bits,
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t out[MARKS_MAX_BYTES],
	size_t *len)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct buf b;

	*len = 0;
	if (m->count == 0 || m->count > MARKS_MAX_COUNT)
		return false;
	buf_init(&b, out, MARKS_MAX_BYTES);
	buf_byte(&b, VERSION);
	buf_put(&b, m->dev, sizeof(m->dev));
	buf_be(&b, m->seq, 5);
	buf_be(&b, (uint64_t)m->t, 6);
	buf_put(&b, m->h, sizeof(m->h));
	buf_put(&b, m->list, sizeof(m->list));
	buf_put(&b, m->names, sizeof(m->names));
	buf_be(&b, m->count, 4);
	assert(b.len == FORM_AT);
	if (!put_bits(&b, bits, m->count))
		return false;
	digest(out, b.len + CRYPTO_SIG_SIZE, sum);
	crypto_sign_tagged(tag, sum, sizeof(sum), secret, out + b.len);
	*len = b.len + CRYPTO_SIG_SIZE;
	return true;
}

bool marks_read_head(const uint8_t *bytes, size_t len, struct marks *out)
{
	const uint8_t *at = bytes;

	*out = (struct marks){0};
	if (len < MARKS_HEAD_BYTES + CRYPTO_SIG_SIZE || len > MARKS_MAX_BYTES ||
		buf_take_be(&at, 1) != VERSION)
		return false;
	buf_take(&at, out->dev, sizeof(out->dev));
	out->seq = buf_take_be(&at, 5);
	out->t = (int64_t)buf_take_be(&at, 6);
	buf_take(&at, out->h, sizeof(out->h));
	buf_take(&at, out->list, sizeof(out->list));
	buf_take(&at, out->names, sizeof(out->names));
	out->count = (uint32_t)buf_take_be(&at, 4);
	return out->seq > 0 && out->count > 0 && out->count <= MARKS_MAX_COUNT;
}

/* One number; false if it has no end, or is longer than it need be. */
static bool get_number(const uint8_t **at, const uint8_t *end, uint32_t *out)
{
	uint32_t n = 0;

	for (int shift = 0; shift <= 21; shift += 7) {
		uint8_t byte;

		if (*at == end)
			return false;
		byte = *(*at)++;
		n |= (uint32_t)(byte & 0x7f) << shift;
		if (byte < 0x80) {
			*out = n;
			return byte > 0 || shift == 0;
		}
	}
	return false;
}

static bool get_gaps(const uint8_t *at, const uint8_t *end, uint32_t count,
	uint8_t *bits)
{
	uint32_t next = 0;
	uint32_t gap;

	while (at < end) {
		if (!get_number(&at, end, &gap) || gap >= count - next)
			return false;
		marks_set_bit(bits, next + gap);
		next += gap + 1;
		if (next == count)
			return at == end;
	}
	return true;
}

/* The one form that is written for these bits, and nothing behind them. */
static bool is_shorter_form(const uint8_t *body, size_t len,
	const uint8_t *bits, uint32_t count)
{
	uint8_t again[BODY_MAX + 1];
	struct buf b;

	buf_init(&b, again, sizeof(again));
	return put_bits(&b, bits, count) && b.len == len &&
	       memcmp(again, body, len) == 0;
}

bool marks_read_bits(const uint8_t *bytes, size_t len, const struct marks *m,
	uint8_t *bits)
{
	const uint8_t *body = bytes + FORM_AT;
	const size_t body_len = len - FORM_AT - CRYPTO_SIG_SIZE;
	const size_t plain = marks_bits_size(m->count);

	memset(bits, 0, plain);
	switch (body[0]) {
	case FORM_BITS:
		if (body_len != 1 + plain)
			return false;
		memcpy(bits, body + 1, plain);
		for (size_t i = m->count; i < 8 * plain; i++)
			if (marks_bit(bits, (uint32_t)i))
				return false;
		break;
	case FORM_GAPS:
		if (!get_gaps(body + 1, body + body_len, m->count, bits))
			return false;
		break;
	default:
		return false;
	}
	return is_shorter_form(body, body_len, bits, m->count);
}

bool marks_is_signed(const uint8_t *bytes, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	uint8_t sum[CRYPTO_HASH_SIZE];

	if (len < MARKS_HEAD_BYTES + CRYPTO_SIG_SIZE)
		return false;
	digest(bytes, len, sum);
	return crypto_verify_tagged(tag, sum, sizeof(sum), public,
		bytes + len - CRYPTO_SIG_SIZE);
}

/* ---- pieces --------------------------------------------------------------- */

int marks_pieces(size_t len, size_t size)
{
	return (int)((len + size - 1) / size);
}

void marks_piece_text(const uint8_t *bytes, size_t len, size_t size, int i,
	char out[MARKS_TEXT_SIZE])
{
	marks_piece_text_as(piece_prefix, bytes, len, size, i, out);
}

void marks_piece_text_as(const char *prefix, const uint8_t *bytes, size_t len,
	size_t size, int i, char out[MARKS_TEXT_SIZE])
{
	const size_t at = (size_t)i * size;
	const size_t n = len - at < size ? len - at : size;
	uint8_t sum[CRYPTO_HASH_SIZE];
	uint8_t piece[PIECE_MAX] = {0};
	struct buf b;

	assert(size <= MARKS_ON_PAPER && at < len);
	crypto_sha256(bytes, len, sum);
	buf_init(&b, piece, sizeof(piece));
	buf_put(&b, sum, 4);
	buf_be(&b, len, 2);
	buf_be(&b, at, 2);
	buf_put(&b, bytes + at, n);
	memcpy(out, prefix, PREFIX_LEN);
	base45_write(piece, b.len + (b.len & 1), out + PREFIX_LEN);
}

/* The letters behind the prefix, as bytes; their number, 0 if it is not such
 * a text. */
static size_t bytes_of(const char *text, const char *prefix, uint8_t *out,
	size_t max)
{
	char letters[MARKS_TEXT_SIZE];
	size_t len;

	if (!str_starts(text, prefix))
		return 0;
	text += PREFIX_LEN;
	len = strcspn(text, "\r\n");
	if (len >= sizeof(letters) || len % 3 != 0 || len / 3 * 2 > max ||
		text[len + strspn(text + len, "\r\n")] != '\0')
		return 0;
	memcpy(letters, text, len);
	letters[len] = '\0';
	len = len / 3 * 2;
	return base45_read(letters, out, len) ? len : 0;
}

struct piece {
	uint8_t set[4];
	size_t len;
	size_t at;
	size_t n;
	const uint8_t *bytes;
};

static bool read_piece(const char *prefix, const char *text,
	uint8_t buffer[PIECE_MAX], struct piece *out)
{
	const size_t all = bytes_of(text, prefix, buffer, PIECE_MAX);
	const uint8_t *at = buffer;
	size_t rest;

	if (all <= PIECE_HEAD)
		return false;
	buf_take(&at, out->set, sizeof(out->set));
	out->len = (size_t)buf_take_be(&at, 2);
	out->at = (size_t)buf_take_be(&at, 2);
	out->bytes = at;
	if (out->len < MARKS_HEAD_BYTES + CRYPTO_SIG_SIZE ||
		out->len > MARKS_MAX_BYTES || out->at >= out->len)
		return false;
	rest = out->len - out->at;
	out->n = all - PIECE_HEAD;
	if (out->n <= rest)
		return true;
	/* An odd number of bytes has a zero behind it. */
	return out->n-- == rest + 1 && rest % 2 == 1 && out->bytes[rest] == 0;
}

/* False: a byte differs from what is here already. */
static bool put_piece(struct marks_parts *p, const struct piece *in)
{
	for (size_t i = 0; i < in->n; i++) {
		const uint32_t at = (uint32_t)(in->at + i);

		if (marks_bit(p->here, at) && p->bytes[at] != in->bytes[i])
			return false;
		if (!marks_bit(p->here, at))
			p->got++;
		marks_set_bit(p->here, at);
		p->bytes[at] = in->bytes[i];
	}
	if (in->n > p->size)
		p->size = in->n;
	return true;
}

static bool fits_together(const struct marks_parts *p)
{
	uint8_t sum[CRYPTO_HASH_SIZE];

	crypto_sha256(p->bytes, p->len, sum);
	return memcmp(sum, p->set, sizeof(p->set)) == 0;
}

enum marks_part marks_take_piece(struct marks_parts *p, const char *text)
{
	return marks_take_piece_as(piece_prefix, p, text);
}

enum marks_part marks_take_piece_as(const char *prefix, struct marks_parts *p,
	const char *text)
{
	uint8_t buffer[PIECE_MAX];
	struct piece in;
	bool other;
	size_t before;

	if (!read_piece(prefix, text, buffer, &in))
		return MARKS_NO_PIECE;
	other = p->len > 0 &&
		(p->len != in.len || memcmp(p->set, in.set, 4) != 0);
	if (other || p->len == 0) {
		memset(p, 0, sizeof(*p));
		memcpy(p->set, in.set, sizeof(p->set));
		p->len = in.len;
	}
	before = p->got;
	if (!put_piece(p, &in) || (p->got == p->len && !fits_together(p))) {
		memset(p, 0, sizeof(*p));
		return MARKS_BROKEN;
	}
	if (p->got == p->len)
		return MARKS_WHOLE;
	if (other)
		return MARKS_OTHER;
	return p->got == before ? MARKS_AGAIN : MARKS_PIECE;
}

int marks_parts_all(const struct marks_parts *p)
{
	return p->size > 0 ? marks_pieces(p->len, p->size) : 0;
}

int marks_lacking(const struct marks_parts *p, int after)
{
	const int all = marks_parts_all(p);

	for (int i = after; i < all; i++) {
		const size_t at = (size_t)i * p->size;
		const size_t end =
			at + p->size < p->len ? at + p->size : p->len;

		for (size_t k = at; k < end; k++)
			if (!marks_bit(p->here, (uint32_t)k))
				return i + 1;
	}
	return 0;
}

/* ---- the card ------------------------------------------------------------- */

void marks_card_text(const struct marks_card *c, char out[MARKS_CARD_SIZE])
{
	uint8_t bytes[CARD_BYTES];

	memcpy(bytes, c->dev, sizeof(c->dev));
	memcpy(bytes + sizeof(c->dev), c->public, sizeof(c->public));
	memcpy(out, card_prefix, PREFIX_LEN);
	base45_write(bytes, sizeof(bytes), out + PREFIX_LEN);
}

bool marks_card_parse(const char *text, struct marks_card *out)
{
	uint8_t bytes[CARD_BYTES];

	*out = (struct marks_card){0};
	if (bytes_of(text, card_prefix, bytes, sizeof(bytes)) != sizeof(bytes))
		return false;
	memcpy(out->dev, bytes, sizeof(out->dev));
	memcpy(out->public, bytes + sizeof(out->dev), sizeof(out->public));
	return true;
}

char marks_kind_of(const char *text)
{
	if (str_starts(text, piece_prefix))
		return 'P';
	return str_starts(text, card_prefix) ? 'C' : '\0';
}
