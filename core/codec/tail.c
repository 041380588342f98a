#include "core/codec/tail.h"

#include <string.h>

#include "core/codec/carried.h"
#include "core/codec/cbor.h"
#include "core/codec/parcel.h"

enum {
	VERSION = 1,
	KEYS = 11,
	KEYS_SIGNED = 10
};

static const char tag[] = "CHTRTAI1";

/* The rules that lie between the fields. */
static const char *wrong_with(const struct tail *t)
{
	if (t->records > TAIL_MAX_RECORDS || t->pds > TAIL_MAX_RECORDS)
		return "too many records";
	if (t->from == 0 || t->from > INT64_MAX - TAIL_MAX_RECORDS ||
		t->last > INT64_MAX)
		return "no such numbers";
	if (t->records > 0 && t->from + t->records - 1 > t->last)
		return "records behind the newest";
	return carried_wrong(t->record, t->records, t->pd, t->pds, t->from);
}

/* ---- writing ----------------------------------------------------------------
 */

static void put_keys(const struct tail *t, struct buf *out)
{
	cbor_put_map(out, KEYS);
	cbor_put_uint(out, 1);
	cbor_put_uint(out, VERSION);
	cbor_put_uint(out, 2);
	cbor_put_bytes(out, t->dev, sizeof(t->dev));
	cbor_put_uint(out, 3);
	cbor_put_bytes(out, t->nonce, sizeof(t->nonce));
	cbor_put_uint(out, 4);
	cbor_put_uint(out, t->time);
	cbor_put_uint(out, 5);
	cbor_put_uint(out, t->last);
	cbor_put_uint(out, 6);
	cbor_put_bytes(out, t->head, sizeof(t->head));
	cbor_put_uint(out, 7);
	cbor_put_uint(out, t->from);
	cbor_put_uint(out, 8);
	carried_put_records(t->record, t->records, out);
	cbor_put_uint(out, 9);
	carried_put_pds(t->pd, t->pds, out);
	cbor_put_uint(out, KEYS_SIGNED);
	cbor_put_bytes(out, t->key_id, sizeof(t->key_id));
}

bool tail_write(struct tail *t, const struct crypto_pair *key, struct buf *out)
{
	const size_t start = out->len;

	if (wrong_with(t))
		return false;
	parcel_key_id(key->public, t->key_id);
	put_keys(t, out);
	if (out->full)
		return false;
	carried_digest(KEYS_SIGNED, out->data + start + 1, out->len - start - 1,
		t->digest);
	crypto_sign_tagged(tag, t->digest, sizeof(t->digest), key->secret,
		t->sig);
	cbor_put_uint(out, KEYS);
	cbor_put_bytes(out, t->sig, sizeof(t->sig));
	return !out->full && out->len - start <= TAIL_MAX_BYTES;
}

/* ---- reading ----------------------------------------------------------------
 */

static bool get_keys(struct cbor_reader *in, struct tail *out)
{
	return cbor_is(in, 1) && cbor_is(in, VERSION) && cbor_is(in, 2) &&
	       cbor_get_bytes(in, out->dev, sizeof(out->dev)) &&
	       cbor_is(in, 3) &&
	       cbor_get_bytes(in, out->nonce, sizeof(out->nonce)) &&
	       cbor_is(in, 4) && cbor_get_uint(in, INT64_MAX, &out->time) &&
	       cbor_is(in, 5) && cbor_get_uint(in, INT64_MAX, &out->last) &&
	       cbor_is(in, 6) &&
	       cbor_get_bytes(in, out->head, sizeof(out->head)) &&
	       cbor_is(in, 7) && cbor_get_uint(in, INT64_MAX, &out->from) &&
	       cbor_is(in, 8) &&
	       carried_get_records(in, out->record, &out->records) &&
	       cbor_is(in, 9) && carried_get_pds(in, out->pd, &out->pds) &&
	       cbor_is(in, KEYS_SIGNED) &&
	       cbor_get_bytes(in, out->key_id, sizeof(out->key_id));
}

size_t tail_read(const void *bytes, size_t len, struct tail *out,
	const char **finding)
{
	struct cbor_reader in;
	const uint8_t *keys;
	struct cbor_item map;
	size_t used;

	memset(out, 0, sizeof(*out));
	*finding = "not the map of a page";
	cbor_reader_init(&in, bytes, len);
	if (!cbor_next(&in, &map) || map.type != CBOR_MAP || map.count != KEYS)
		return 0;
	keys = in.at;
	if (!get_keys(&in, out))
		return 0;
	carried_digest(KEYS_SIGNED, keys, (size_t)(in.at - keys), out->digest);
	if (!cbor_is(&in, KEYS) ||
		!cbor_get_bytes(&in, out->sig, sizeof(out->sig)))
		return 0;
	used = (size_t)(in.at - (const uint8_t *)bytes);
	*finding = used > TAIL_MAX_BYTES ? "longer than a page may be"
					 : wrong_with(out);
	return *finding ? 0 : used;
}

bool tail_is_signed(const struct tail *t,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	uint8_t id[TAIL_KEY_ID];

	parcel_key_id(public, id);
	return memcmp(id, t->key_id, sizeof(id)) == 0 &&
	       crypto_verify_tagged(tag, t->digest, sizeof(t->digest), public,
		       t->sig);
}
