#include "core/codec/enrol.h"

#include <string.h>

#include "core/codec/base64.h"
#include "core/codec/cbor.h"
#include "core/str.h"

enum {
	VERSION = 1,
	REQUEST_KEYS = 5,
	ANSWER_KEYS = 6
};

static const char tag_request[] = "CHTRENR1";
static const char tag_code[] = "CHTRCODE";
static const char tag_time[] = "CHTRTIM1";
static const char title[] = "CHITRA-TIME v1";
static const char dash[] = "\xe2\x80\x94 ";
static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* ---- codes ------------------------------------------------------------------
 */

void enrol_code_new(char out[ENROL_CODE])
{
	uint8_t random[ENROL_LETTERS];
	size_t n = 0;

	crypto_random(random, sizeof(random));
	for (size_t i = 0; i < ENROL_LETTERS; i++) {
		if (i > 0 && i % 4 == 0)
			out[n++] = '-';
		out[n++] = crockford[random[i] & 31];
	}
	out[n] = '\0';
}

/* People read O for 0, and I or L for 1. */
static char letter_of(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	return c && strchr(crockford, c) ? c : '\0';
}

bool enrol_code_hash(const char *code, uint8_t out[CRYPTO_HASH_SIZE])
{
	char letters[ENROL_LETTERS];
	struct crypto_hash h;
	size_t n = 0;

	for (; *code; code++) {
		if (*code == '-' || *code == ' ')
			continue;
		if (n == ENROL_LETTERS || !letter_of(*code))
			return false;
		letters[n++] = letter_of(*code);
	}
	if (n != ENROL_LETTERS)
		return false;
	crypto_hash_start(&h);
	crypto_hash_add(&h, tag_code, strlen(tag_code));
	crypto_hash_add(&h, letters, sizeof(letters));
	crypto_hash_end(&h, out);
	return true;
}

/* ---- the request ----------------------------------------------------------------
 */

static void put_request(const struct enrol_request *r, size_t pairs,
	struct buf *out)
{
	cbor_put_map(out, pairs);
	cbor_put_uint(out, 1);
	cbor_put_uint(out, VERSION);
	cbor_put_uint(out, 2);
	cbor_put_bytes(out, r->code, sizeof(r->code));
	cbor_put_uint(out, 3);
	cbor_put_bytes(out, r->dev, sizeof(r->dev));
	cbor_put_uint(out, 4);
	cbor_put_bytes(out, r->pk, sizeof(r->pk));
}

/* Of the map of keys 1 to 4 alone. */
static size_t request_message(const struct enrol_request *r,
	uint8_t out[ENROL_MAX_BYTES])
{
	struct buf b;

	buf_init(&b, out, ENROL_MAX_BYTES);
	put_request(r, REQUEST_KEYS - 1, &b);
	return b.len;
}

void enrol_request_write(const struct enrol_request *r,
	const uint8_t secret[CRYPTO_SECRET_SIZE], struct buf *out)
{
	uint8_t message[ENROL_MAX_BYTES];
	uint8_t sig[CRYPTO_SIG_SIZE];
	const size_t len = request_message(r, message);

	crypto_sign_tagged(tag_request, message, len, secret, sig);
	put_request(r, REQUEST_KEYS, out);
	cbor_put_uint(out, REQUEST_KEYS);
	cbor_put_bytes(out, sig, sizeof(sig));
}

/* A map of so many pairs, whose first is the version. */
static bool head(struct cbor_reader *in, size_t pairs)
{
	struct cbor_item item;

	return cbor_next(in, &item) && item.type == CBOR_MAP &&
	       item.count == pairs && cbor_is(in, 1) && cbor_is(in, VERSION);
}

static bool bytes_at(struct cbor_reader *in, uint64_t k, void *out, size_t len)
{
	return cbor_is(in, k) && cbor_get_bytes(in, out, len);
}

bool enrol_request_read(const void *bytes, size_t len,
	struct enrol_request *out)
{
	uint8_t message[ENROL_MAX_BYTES];
	uint8_t sig[CRYPTO_SIG_SIZE];
	struct cbor_reader in;

	cbor_reader_init(&in, bytes, len);
	return head(&in, REQUEST_KEYS) &&
	       bytes_at(&in, 2, out->code, sizeof(out->code)) &&
	       bytes_at(&in, 3, out->dev, sizeof(out->dev)) &&
	       bytes_at(&in, 4, out->pk, sizeof(out->pk)) &&
	       bytes_at(&in, REQUEST_KEYS, sig, sizeof(sig)) &&
	       in.at == in.end &&
	       crypto_verify_tagged(tag_request, message,
		       request_message(out, message), out->pk, sig);
}

/* ---- the answer -----------------------------------------------------------------
 */

void enrol_answer_write(const struct enrol_answer *a, struct buf *out)
{
	cbor_put_map(out, ANSWER_KEYS);
	cbor_put_uint(out, 1);
	cbor_put_uint(out, VERSION);
	cbor_put_uint(out, 2);
	cbor_put_bytes(out, a->cert, a->cert_len);
	cbor_put_uint(out, 3);
	cbor_put_bytes(out, a->ca, a->ca_len);
	cbor_put_uint(out, 4);
	cbor_put_text(out, a->name);
	cbor_put_uint(out, 5);
	cbor_put_bytes(out, a->sign, sizeof(a->sign));
	cbor_put_uint(out, 6);
	cbor_put_bytes(out, a->seal, sizeof(a->seal));
}

static bool pem_at(struct cbor_reader *in, uint64_t k, const uint8_t **out,
	size_t *len)
{
	struct cbor_item item;

	if (!cbor_is(in, k) || !cbor_next(in, &item) ||
		item.type != CBOR_BYTES || item.count == 0 ||
		item.count > ENROL_CERT_MAX)
		return false;
	*out = item.bytes;
	*len = item.count;
	return true;
}

static bool name_at(struct cbor_reader *in, uint64_t k,
	char out[CHECKPOINT_NAME])
{
	struct cbor_item item;

	if (!cbor_is(in, k) || !cbor_next(in, &item) ||
		item.type != CBOR_TEXT || item.count >= CHECKPOINT_NAME)
		return false;
	memcpy(out, item.bytes, item.count);
	out[item.count] = '\0';
	return checkpoint_name_is_good(out);
}

bool enrol_answer_read(const void *bytes, size_t len, struct enrol_answer *out)
{
	struct cbor_reader in;

	*out = (struct enrol_answer){0};
	cbor_reader_init(&in, bytes, len);
	return head(&in, ANSWER_KEYS) &&
	       pem_at(&in, 2, &out->cert, &out->cert_len) &&
	       pem_at(&in, 3, &out->ca, &out->ca_len) &&
	       name_at(&in, 4, out->name) &&
	       bytes_at(&in, 5, out->sign, sizeof(out->sign)) &&
	       bytes_at(&in, 6, out->seal, sizeof(out->seal)) &&
	       in.at == in.end;
}

/* ---- the time -------------------------------------------------------------------
 */

static void put_time(uint64_t ms, const uint8_t nonce[CHECKPOINT_NONCE],
	struct buf *out)
{
	buf_printf(out, "%s\n%llu\n", title, (unsigned long long)ms);
	base64_write(out, nonce, CHECKPOINT_NONCE);
	buf_byte(out, '\n');
}

static void put_time_signature(const char *name,
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t sig[CRYPTO_SIG_SIZE], struct buf *out)
{
	uint8_t all[CHECKPOINT_KEY_ID + CRYPTO_SIG_SIZE];

	checkpoint_key_id(name, public, all);
	memcpy(all + CHECKPOINT_KEY_ID, sig, CRYPTO_SIG_SIZE);
	buf_printf(out, "%s%s ", dash, name);
	base64_write(out, all, sizeof(all));
	buf_byte(out, '\n');
}

void enrol_time_sign(uint64_t ms, const uint8_t nonce[CHECKPOINT_NONCE],
	const char *name, const struct crypto_pair *key, struct buf *out)
{
	uint8_t lines[ENROL_TIME_TEXT];
	uint8_t sig[CRYPTO_SIG_SIZE];
	struct buf b;

	buf_init(&b, lines, sizeof(lines));
	put_time(ms, nonce, &b);
	crypto_sign_tagged(tag_time, lines, b.len, key->secret, sig);
	buf_put(out, lines, b.len);
	put_time_signature(name, key->public, sig, out);
}

/* The number of the second line. */
static bool time_in(const char *text, size_t len, uint64_t *ms)
{
	const size_t begin = strlen(title) + 1;
	char digits[24];
	const char *stop;
	int64_t v;

	if (len <= begin)
		return false;
	stop = memchr(text + begin, '\n', len - begin);
	if (!stop || (size_t)(stop - text) - begin >= sizeof(digits))
		return false;
	memcpy(digits, text + begin, (size_t)(stop - text) - begin);
	digits[(size_t)(stop - text) - begin] = '\0';
	if (!str_to_int(digits, 0, INT64_MAX, &v))
		return false;
	*ms = (uint64_t)v;
	return true;
}

/* The last letters of the text are id and signature, and a line feed. */
static bool signature_in(const char *text, size_t len,
	uint8_t sig[CRYPTO_SIG_SIZE])
{
	uint8_t all[CHECKPOINT_KEY_ID + CRYPTO_SIG_SIZE];
	const size_t chars = BASE64_CHARS(sizeof(all));

	if (len < chars + 1 ||
		!base64_read(text + len - 1 - chars, chars, all, sizeof(all)))
		return false;
	memcpy(sig, all + CHECKPOINT_KEY_ID, CRYPTO_SIG_SIZE);
	return true;
}

bool enrol_time_read(const char *text, size_t len,
	const uint8_t nonce[CHECKPOINT_NONCE], const char *name,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], uint64_t *ms)
{
	uint8_t again[ENROL_TIME_TEXT];
	uint8_t sig[CRYPTO_SIG_SIZE];
	struct buf b;
	size_t lines;

	if (!time_in(text, len, ms) || !signature_in(text, len, sig))
		return false;
	/* Written again from what was read it must be the same text. */
	buf_init(&b, again, sizeof(again));
	put_time(*ms, nonce, &b);
	lines = b.len;
	put_time_signature(name, public, sig, &b);
	return !b.full && b.len == len && memcmp(again, text, len) == 0 &&
	       crypto_verify_tagged(tag_time, again, lines, public, sig);
}
