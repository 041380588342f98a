#include "core/codec/manifest.h"

#include <string.h>

#include "core/codec/cbor.h"

enum {
	VERSION = 1,
	REQUEST_KEYS = 3,
	KEYS = 9,
	KEYS_SIGNED = 7,
	MESSAGE_MAX = 8192
};

static const char tag[] = "CHTROPN1";

/* ---- reading, piece by piece ---------------------------------------------------
 */

static bool array(struct cbor_reader *in, size_t min, size_t max, size_t *out)
{
	struct cbor_item item;

	if (!cbor_next(in, &item) || item.type != CBOR_ARRAY ||
		item.count < min || item.count > max)
		return false;
	*out = item.count;
	return true;
}

static bool map(struct cbor_reader *in, size_t pairs)
{
	struct cbor_item item;

	return cbor_next(in, &item) && item.type == CBOR_MAP &&
	       item.count == pairs && cbor_is(in, 1) && cbor_is(in, VERSION);
}

/* ---- the request -----------------------------------------------------------------
 */

void manifest_request_write(const struct manifest_request *r, struct buf *out)
{
	cbor_put_map(out, REQUEST_KEYS);
	cbor_put_uint(out, 1);
	cbor_put_uint(out, VERSION);
	cbor_put_uint(out, 2);
	cbor_put_bytes(out, r->nonce, sizeof(r->nonce));
	cbor_put_uint(out, 3);
	cbor_put_array(out, r->haves);
	for (size_t i = 0; i < r->haves; i++) {
		cbor_put_array(out, 2);
		cbor_put_uint(out, r->have[i].kind);
		cbor_put_uint(out, r->have[i].version);
	}
}

bool manifest_request_read(const void *from, size_t len,
	struct manifest_request *out)
{
	struct cbor_reader in;
	uint64_t last = 0;
	size_t n;

	*out = (struct manifest_request){0};
	cbor_reader_init(&in, from, len);
	if (!map(&in, REQUEST_KEYS) || !cbor_is(&in, 2) ||
		!cbor_get_bytes(&in, out->nonce, sizeof(out->nonce)) ||
		!cbor_is(&in, 3) ||
		!array(&in, 0, MANIFEST_HAVE_MAX, &out->haves))
		return false;
	for (size_t i = 0; i < out->haves; i++) {
		struct manifest_have *h = &out->have[i];

		if (!array(&in, 2, 2, &n) ||
			!cbor_get_uint(&in, INT64_MAX, &h->kind) ||
			!cbor_get_uint(&in, INT64_MAX, &h->version) ||
			h->kind <= last)
			return false;
		last = h->kind;
	}
	return in.at == in.end;
}

/* ---- the answer ------------------------------------------------------------------
 */

static void put_item(const struct manifest_item *i, struct buf *out)
{
	cbor_put_array(out, 4);
	cbor_put_uint(out, i->kind);
	cbor_put_uint(out, i->version);
	cbor_put_uint(out, i->len);
	cbor_put_bytes(out, i->sha256, sizeof(i->sha256));
}

static void put_signed(const struct manifest *m, size_t pairs, struct buf *out)
{
	cbor_put_map(out, pairs);
	cbor_put_uint(out, 1);
	cbor_put_uint(out, VERSION);
	cbor_put_uint(out, 2);
	cbor_put_bytes(out, m->dev, sizeof(m->dev));
	cbor_put_uint(out, 3);
	cbor_put_bytes(out, m->nonce, sizeof(m->nonce));
	cbor_put_uint(out, 4);
	cbor_put_uint(out, m->time);
	cbor_put_uint(out, 5);
	cbor_put_uint(out, m->lease);
	cbor_put_uint(out, 6);
	cbor_put_array(out, m->items);
	for (size_t i = 0; i < m->items; i++)
		put_item(&m->item[i], out);
	cbor_put_uint(out, 7);
	cbor_put_bytes(out, m->key_id, sizeof(m->key_id));
}

/* SHA-256 of the map of keys 1 to 7 alone, with its head. */
static void digest_of(const struct manifest *m, uint8_t out[CRYPTO_HASH_SIZE])
{
	uint8_t message[MESSAGE_MAX];
	struct buf b;

	buf_init(&b, message, sizeof(message));
	put_signed(m, KEYS_SIGNED, &b);
	crypto_sha256(message, b.len, out);
}

void manifest_sign(struct manifest *m, const struct crypto_pair *k,
	struct buf *out)
{
	uint8_t digest[CRYPTO_HASH_SIZE];

	parcel_key_id(k->public, m->key_id);
	digest_of(m, digest);
	crypto_sign_tagged(tag, digest, sizeof(digest), k->secret, m->sig);
	put_signed(m, KEYS, out);
	cbor_put_uint(out, 8);
	cbor_put_bytes(out, m->sig, sizeof(m->sig));
	cbor_put_uint(out, 9);
	cbor_put_array(out, m->rolls);
	for (size_t i = 0; i < m->rolls; i++)
		cbor_put_bytes(out, m->roll[i].at, m->roll[i].len);
}

static bool read_items(struct cbor_reader *in, struct manifest *out)
{
	size_t n;

	if (!array(in, 0, MANIFEST_ITEMS_MAX, &out->items))
		return false;
	for (size_t i = 0; i < out->items; i++) {
		struct manifest_item *m = &out->item[i];

		if (!array(in, 4, 4, &n) ||
			!cbor_get_uint(in, INT64_MAX, &m->kind) ||
			!cbor_get_uint(in, INT64_MAX, &m->version) ||
			m->version == 0 ||
			!cbor_get_uint(in, INT64_MAX, &m->len) ||
			m->len > PARCEL_CONTENT_MAX ||
			!cbor_get_bytes(in, m->sha256, sizeof(m->sha256)))
			return false;
	}
	return true;
}

static bool read_rolls(struct cbor_reader *in, struct manifest *out)
{
	struct cbor_item item;

	if (!array(in, 0, MANIFEST_ROLLS_MAX, &out->rolls))
		return false;
	for (size_t i = 0; i < out->rolls; i++) {
		if (!cbor_next(in, &item) || item.type != CBOR_BYTES ||
			item.count > MANIFEST_ROLL_BYTES)
			return false;
		out->roll[i].at = item.bytes;
		out->roll[i].len = item.count;
	}
	return true;
}

bool manifest_read(const void *from, size_t len, struct manifest *out)
{
	struct cbor_reader in;

	*out = (struct manifest){0};
	cbor_reader_init(&in, from, len);
	return map(&in, KEYS) && cbor_is(&in, 2) &&
	       cbor_get_bytes(&in, out->dev, sizeof(out->dev)) &&
	       cbor_is(&in, 3) &&
	       cbor_get_bytes(&in, out->nonce, sizeof(out->nonce)) &&
	       cbor_is(&in, 4) && cbor_get_uint(&in, INT64_MAX, &out->time) &&
	       cbor_is(&in, 5) && cbor_get_uint(&in, INT64_MAX, &out->lease) &&
	       cbor_is(&in, 6) && read_items(&in, out) && cbor_is(&in, 7) &&
	       cbor_get_bytes(&in, out->key_id, sizeof(out->key_id)) &&
	       cbor_is(&in, 8) &&
	       cbor_get_bytes(&in, out->sig, sizeof(out->sig)) &&
	       cbor_is(&in, 9) && read_rolls(&in, out) && in.at == in.end;
}

bool manifest_is_signed(const struct manifest *m,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	uint8_t digest[CRYPTO_HASH_SIZE];
	uint8_t id[PARCEL_KEY_ID];

	parcel_key_id(public, id);
	if (memcmp(id, m->key_id, sizeof(id)) != 0)
		return false;
	digest_of(m, digest);
	return crypto_verify_tagged(tag, digest, sizeof(digest), public,
		m->sig);
}
