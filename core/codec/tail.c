#include "core/codec/tail.h"

#include <string.h>

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
	uint64_t before = 0;

	if (t->records > TAIL_MAX_RECORDS || t->pds > TAIL_MAX_RECORDS)
		return "too many records";
	if (t->from == 0 || t->from > INT64_MAX - TAIL_MAX_RECORDS ||
		t->last > INT64_MAX)
		return "no such numbers";
	if (t->records > 0 && t->from + t->records - 1 > t->last)
		return "records behind the newest";
	for (size_t i = 0; i < t->records; i++)
		if (t->record[i].len == 0 || t->record[i].len > BATCH_BODY_MAX)
			return "a body is empty or too long";
	for (size_t i = 0; i < t->pds; i++) {
		if (t->pd[i].seq < t->from ||
			t->pd[i].seq >= t->from + t->records ||
			t->pd[i].seq <= before)
			return "sealed data of no record of it";
		if (t->pd[i].len < CRYPTO_SEAL_EXTRA ||
			t->pd[i].len > BATCH_PD_MAX)
			return "sealed data too short or too long";
		before = t->pd[i].seq;
	}
	return NULL;
}

/* What is signed is the map of keys 1 to 10 alone. */
static void digest_of(const uint8_t *keys, size_t len,
	uint8_t out[CRYPTO_HASH_SIZE])
{
	const uint8_t head = 5 << 5 | KEYS_SIGNED;
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, &head, 1);
	crypto_hash_add(&h, keys, len);
	crypto_hash_end(&h, out);
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
	cbor_put_array(out, t->records);
	for (size_t i = 0; i < t->records; i++) {
		cbor_put_array(out, 2);
		cbor_put_bytes(out, t->record[i].body, t->record[i].len);
		cbor_put_bytes(out, t->record[i].sig, CRYPTO_SIG_SIZE);
	}
	cbor_put_uint(out, 9);
	cbor_put_map(out, t->pds);
	for (size_t i = 0; i < t->pds; i++) {
		cbor_put_uint(out, t->pd[i].seq);
		cbor_put_bytes(out, t->pd[i].sealed, t->pd[i].len);
	}
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
	digest_of(out->data + start + 1, out->len - start - 1, t->digest);
	crypto_sign_tagged(tag, t->digest, sizeof(t->digest), key->secret,
		t->sig);
	cbor_put_uint(out, KEYS);
	cbor_put_bytes(out, t->sig, sizeof(t->sig));
	return !out->full && out->len - start <= TAIL_MAX_BYTES;
}

/* ---- reading ----------------------------------------------------------------
 */

static bool key(struct cbor_reader *in, uint64_t wanted)
{
	struct cbor_item item;

	return cbor_next(in, &item) && item.type == CBOR_UINT &&
	       item.number == wanted;
}

static bool get_uint(struct cbor_reader *in, uint64_t *out)
{
	struct cbor_item item;

	if (!cbor_next(in, &item) || item.type != CBOR_UINT ||
		item.number > INT64_MAX)
		return false;
	*out = item.number;
	return true;
}

static bool get_bytes(struct cbor_reader *in, void *out, size_t len)
{
	struct cbor_item item;

	if (!cbor_next(in, &item) || item.type != CBOR_BYTES ||
		item.count != len)
		return false;
	memcpy(out, item.bytes, len);
	return true;
}

static bool get_count(struct cbor_reader *in, enum cbor_type type, size_t *out)
{
	struct cbor_item item;

	if (!cbor_next(in, &item) || item.type != type ||
		item.count > TAIL_MAX_RECORDS)
		return false;
	*out = item.count;
	return true;
}

static bool get_record(struct cbor_reader *in, struct batch_record *out)
{
	struct cbor_item body;
	struct cbor_item sig;
	size_t two;

	if (!get_count(in, CBOR_ARRAY, &two) || two != 2 ||
		!cbor_next(in, &body) || body.type != CBOR_BYTES ||
		!cbor_next(in, &sig) || sig.type != CBOR_BYTES ||
		sig.count != CRYPTO_SIG_SIZE)
		return false;
	*out = (struct batch_record){.body = body.bytes,
		.len = body.count,
		.sig = sig.bytes};
	return true;
}

static bool get_records(struct cbor_reader *in, struct tail *out)
{
	if (!get_count(in, CBOR_ARRAY, &out->records))
		return false;
	for (size_t i = 0; i < out->records; i++)
		if (!get_record(in, &out->record[i]))
			return false;
	return true;
}

static bool get_pds(struct cbor_reader *in, struct tail *out)
{
	struct cbor_item item;

	if (!get_count(in, CBOR_MAP, &out->pds))
		return false;
	for (size_t i = 0; i < out->pds; i++) {
		if (!get_uint(in, &out->pd[i].seq) || !cbor_next(in, &item) ||
			item.type != CBOR_BYTES)
			return false;
		out->pd[i].sealed = item.bytes;
		out->pd[i].len = item.count;
	}
	return true;
}

static bool get_keys(struct cbor_reader *in, struct tail *out)
{
	return key(in, 1) && key(in, VERSION) && key(in, 2) &&
	       get_bytes(in, out->dev, sizeof(out->dev)) && key(in, 3) &&
	       get_bytes(in, out->nonce, sizeof(out->nonce)) && key(in, 4) &&
	       get_uint(in, &out->time) && key(in, 5) &&
	       get_uint(in, &out->last) && key(in, 6) &&
	       get_bytes(in, out->head, sizeof(out->head)) && key(in, 7) &&
	       get_uint(in, &out->from) && key(in, 8) && get_records(in, out) &&
	       key(in, 9) && get_pds(in, out) && key(in, KEYS_SIGNED) &&
	       get_bytes(in, out->key_id, sizeof(out->key_id));
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
	digest_of(keys, (size_t)(in.at - keys), out->digest);
	if (!key(&in, KEYS) || !get_bytes(&in, out->sig, sizeof(out->sig)))
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
