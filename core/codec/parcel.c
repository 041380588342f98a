#include "core/codec/parcel.h"

#include <string.h>

#include "core/codec/cbor.h"

enum {
	VERSION = 1,
	KEYS = 11,       /* of the whole */
	KEYS_SIGNED = 9, /* of what the signature is over */
	ROLL_KEYS = 5
};

static const char tag[] = "CHTRPCL1";
static const char tag_roll[] = "CHTRROL1";

static const struct parcel_rule rules[PARCEL_KINDS] = {
	[PARCEL_ROLL] = {"roll", true, false, true},
	[PARCEL_REVLIST] = {"revlist", true, false, false},
	[PARCEL_TEXT] = {"text", true, false, true},
	[PARCEL_LIST] = {"list", false, true, true},
	[PARCEL_CHANGES] = {"changes", false, true, true},
	[PARCEL_ANSWERS] = {"answers", false, true, true},
	[PARCEL_USERS] = {"users", false, true, false},
};

const struct parcel_rule *parcel_rule(uint64_t kind)
{
	return kind < PARCEL_KINDS && rules[kind].name ? &rules[kind] : NULL;
}

uint64_t parcel_kind_of(const char *name)
{
	for (uint64_t k = 1; k < PARCEL_KINDS; k++)
		if (strcmp(rules[k].name, name) == 0)
			return k;
	return 0;
}

void parcel_key_id(const uint8_t public[CRYPTO_PUBLIC_SIZE],
	uint8_t out[PARCEL_KEY_ID])
{
	uint8_t all[CRYPTO_HASH_SIZE];

	crypto_sha256(public, CRYPTO_PUBLIC_SIZE, all);
	memcpy(out, all, PARCEL_KEY_ID);
}

/* ---- the head ---------------------------------------------------------------
 */

static void put_number(struct buf *out, uint64_t key, uint64_t v)
{
	cbor_put_uint(out, key);
	cbor_put_uint(out, v);
}

static void put_bytes(struct buf *out, uint64_t key, const void *bytes,
	size_t len)
{
	cbor_put_uint(out, key);
	cbor_put_bytes(out, bytes, len);
}

/* Keys 1 to 9, in a map that says it has so many. */
static void put_signed(const struct parcel *p, size_t pairs, struct buf *out)
{
	cbor_put_map(out, pairs);
	put_number(out, 1, VERSION);
	put_number(out, 2, p->kind);
	put_number(out, 3, p->version);
	put_bytes(out, 4, p->dev, p->for_all ? 0 : PARCEL_DEV);
	put_number(out, 5, p->made);
	put_number(out, 6, p->until);
	put_bytes(out, 7, p->sha256, sizeof(p->sha256));
	put_number(out, 8, p->len);
	put_bytes(out, 9, p->key_id, sizeof(p->key_id));
}

static size_t message_of(const struct parcel *p, uint8_t out[PARCEL_HEAD_MAX])
{
	struct buf b;

	buf_init(&b, out, PARCEL_HEAD_MAX);
	put_signed(p, KEYS_SIGNED, &b);
	return b.len;
}

void parcel_write_head(const struct parcel *p, struct buf *out)
{
	put_signed(p, KEYS, out);
	put_bytes(out, 10, p->sig, sizeof(p->sig));
	cbor_put_uint(out, 11);
	cbor_put_bytes_head(out, (size_t)p->len);
}

void parcel_sign(struct parcel *p, const struct crypto_pair *key,
	struct buf *out)
{
	uint8_t message[PARCEL_HEAD_MAX];

	parcel_key_id(key->public, p->key_id);
	crypto_sign_tagged(tag, message, message_of(p, message), key->secret,
		p->sig);
	parcel_write_head(p, out);
}

bool parcel_is_signed(const struct parcel *p,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	uint8_t message[PARCEL_HEAD_MAX];
	uint8_t id[PARCEL_KEY_ID];

	parcel_key_id(public, id);
	return memcmp(id, p->key_id, sizeof(id)) == 0 &&
	       crypto_verify_tagged(tag, message, message_of(p, message),
		       public, p->sig);
}

/* ---- reading ------------------------------------------------------------------
 */

static bool is_number(struct cbor_reader *in, uint64_t wanted)
{
	struct cbor_item item;

	return cbor_next(in, &item) && item.type == CBOR_UINT &&
	       item.number == wanted;
}

static bool number_at(struct cbor_reader *in, uint64_t key, uint64_t max,
	uint64_t *out)
{
	struct cbor_item item;

	if (!is_number(in, key) || !cbor_next(in, &item) ||
		item.type != CBOR_UINT || item.number > max)
		return false;
	*out = item.number;
	return true;
}

static bool bytes_at(struct cbor_reader *in, uint64_t key, void *out,
	size_t len)
{
	struct cbor_item item;

	if (!is_number(in, key) || !cbor_next(in, &item) ||
		item.type != CBOR_BYTES || item.count != len)
		return false;
	memcpy(out, item.bytes, len);
	return true;
}

static bool map_at(struct cbor_reader *in, size_t pairs)
{
	struct cbor_item item;

	return cbor_next(in, &item) && item.type == CBOR_MAP &&
	       item.count == pairs && is_number(in, 1) &&
	       is_number(in, VERSION);
}

/* A terminal's name, or none. */
static bool dev_at(struct cbor_reader *in, struct parcel *out)
{
	struct cbor_item item;

	if (!is_number(in, 4) || !cbor_next(in, &item) ||
		item.type != CBOR_BYTES ||
		(item.count != 0 && item.count != PARCEL_DEV))
		return false;
	out->for_all = item.count == 0;
	if (!out->for_all)
		memcpy(out->dev, item.bytes, PARCEL_DEV);
	return true;
}

size_t parcel_read_head(const void *bytes, size_t len, struct parcel *out)
{
	uint8_t again[PARCEL_HEAD_MAX];
	struct cbor_reader in;
	struct buf b;

	*out = (struct parcel){0};
	cbor_reader_init(&in, bytes, len);
	if (!map_at(&in, KEYS) || !number_at(&in, 2, INT64_MAX, &out->kind) ||
		!number_at(&in, 3, INT64_MAX, &out->version) ||
		out->version == 0 || !dev_at(&in, out) ||
		!number_at(&in, 5, INT64_MAX, &out->made) ||
		!number_at(&in, 6, INT64_MAX, &out->until) ||
		!bytes_at(&in, 7, out->sha256, sizeof(out->sha256)) ||
		!number_at(&in, 8, PARCEL_CONTENT_MAX, &out->len) ||
		!bytes_at(&in, 9, out->key_id, sizeof(out->key_id)) ||
		!bytes_at(&in, 10, out->sig, sizeof(out->sig)))
		return 0;
	/* The content need not be there: its head is compared instead. */
	buf_init(&b, again, sizeof(again));
	parcel_write_head(out, &b);
	return !b.full && b.len <= len && memcmp(again, bytes, b.len) == 0
		       ? b.len
		       : 0;
}

bool parcel_read(const void *bytes, size_t len, struct parcel *out,
	const uint8_t **content)
{
	const size_t head = parcel_read_head(bytes, len, out);
	uint8_t sum[CRYPTO_HASH_SIZE];

	if (head == 0 || len - head != out->len)
		return false;
	*content = (const uint8_t *)bytes + head;
	crypto_sha256(*content, (size_t)out->len, sum);
	return memcmp(sum, out->sha256, sizeof(sum)) == 0;
}

/* ---- the next key ----------------------------------------------------------------
 */

static void put_roll(const struct parcel_roll *r, size_t pairs, struct buf *out)
{
	cbor_put_map(out, pairs);
	put_number(out, 1, VERSION);
	put_number(out, 2, r->number);
	cbor_put_uint(out, 3);
	cbor_put_text(out, r->name);
	put_bytes(out, 4, r->public, sizeof(r->public));
}

static size_t roll_message(const struct parcel_roll *r,
	uint8_t out[PARCEL_ROLL_MAX])
{
	struct buf b;

	buf_init(&b, out, PARCEL_ROLL_MAX);
	put_roll(r, ROLL_KEYS - 1, &b);
	return b.len;
}

void parcel_roll_write(const struct parcel_roll *r,
	const struct crypto_pair *key, struct buf *out)
{
	uint8_t message[PARCEL_ROLL_MAX];
	uint8_t sig[CRYPTO_SIG_SIZE];

	crypto_sign_tagged(tag_roll, message, roll_message(r, message),
		key->secret, sig);
	put_roll(r, ROLL_KEYS, out);
	put_bytes(out, ROLL_KEYS, sig, sizeof(sig));
}

static bool name_at(struct cbor_reader *in, uint64_t key,
	char out[CHECKPOINT_NAME])
{
	struct cbor_item item;

	if (!is_number(in, key) || !cbor_next(in, &item) ||
		item.type != CBOR_TEXT || item.count >= CHECKPOINT_NAME)
		return false;
	memcpy(out, item.bytes, item.count);
	out[item.count] = '\0';
	return checkpoint_name_is_good(out);
}

bool parcel_roll_read(const void *bytes, size_t len, struct parcel_roll *out)
{
	uint8_t message[PARCEL_ROLL_MAX];
	uint8_t sig[CRYPTO_SIG_SIZE];
	struct cbor_reader in;

	*out = (struct parcel_roll){0};
	cbor_reader_init(&in, bytes, len);
	return map_at(&in, ROLL_KEYS) &&
	       number_at(&in, 2, INT64_MAX, &out->number) && out->number > 0 &&
	       name_at(&in, 3, out->name) &&
	       bytes_at(&in, 4, out->public, sizeof(out->public)) &&
	       bytes_at(&in, ROLL_KEYS, sig, sizeof(sig)) && in.at == in.end &&
	       crypto_verify_tagged(tag_roll, message,
		       roll_message(out, message), out->public, sig);
}
