#include "core/codec/batch.h"

#include <assert.h>
#include <string.h>

#include "core/codec/carried.h"
#include "core/codec/cbor.h"

enum {
	VERSION = 1,
	KEYS = 10,
	KEYS_SIGNED = 9
};

static const char tag[] = "CHTRBAT1";

/* ---- writing ----------------------------------------------------------------
 */

/* Everything but the signature; pairs says how many keys follow the head. */
static void put_keys(const struct batch *b, size_t pairs, struct buf *out)
{
	cbor_put_map(out, pairs);
	cbor_put_uint(out, 1);
	cbor_put_uint(out, VERSION);
	cbor_put_uint(out, 2);
	cbor_put_bytes(out, b->dev, sizeof(b->dev));
	cbor_put_uint(out, 3);
	cbor_put_uint(out, b->from);
	cbor_put_uint(out, 4);
	cbor_put_uint(out, b->to);
	cbor_put_uint(out, 5);
	cbor_put_bytes(out, b->before, sizeof(b->before));
	cbor_put_uint(out, 6);
	cbor_put_bytes(out, b->last, sizeof(b->last));
	cbor_put_uint(out, 7);
	carried_put_records(b->record, b->records, out);
	cbor_put_uint(out, 8);
	carried_put_pds(b->pd, b->pds, out);
	cbor_put_uint(out, 9);
	cbor_put_bytes(out, b->nonce, sizeof(b->nonce));
}

/* The rules that lie between the fields. */
static const char *wrong_with(const struct batch *b)
{
	if (b->records == 0 || b->records > BATCH_MAX_RECORDS)
		return "no records, or too many";
	if (b->from == 0 || b->to > INT64_MAX || b->to < b->from ||
		b->to - b->from != b->records - 1)
		return "the numbers are not those of its records";
	return carried_wrong(b->record, b->records, b->pd, b->pds, b->from);
}

bool batch_write(struct batch *b, const uint8_t secret[CRYPTO_SECRET_SIZE],
	struct buf *out)
{
	const size_t start = out->len;

	if (b->records > BATCH_MAX_RECORDS || b->pds > BATCH_MAX_RECORDS ||
		wrong_with(b))
		return false;
	put_keys(b, KEYS, out);
	if (out->full)
		return false;
	carried_digest(KEYS_SIGNED, out->data + start + 1, out->len - start - 1,
		b->digest);
	crypto_sign_tagged(tag, b->digest, sizeof(b->digest), secret, b->sig);
	cbor_put_uint(out, KEYS);
	cbor_put_bytes(out, b->sig, sizeof(b->sig));
	return !out->full && out->len - start <= BATCH_MAX_BYTES;
}

/* ---- reading ----------------------------------------------------------------
 */

static bool get_keys(struct cbor_reader *in, struct batch *out)
{
	uint64_t version;

	return cbor_is(in, 1) && cbor_get_uint(in, VERSION, &version) &&
	       version == VERSION && cbor_is(in, 2) &&
	       cbor_get_bytes(in, out->dev, sizeof(out->dev)) &&
	       cbor_is(in, 3) && cbor_get_uint(in, INT64_MAX, &out->from) &&
	       cbor_is(in, 4) && cbor_get_uint(in, INT64_MAX, &out->to) &&
	       cbor_is(in, 5) &&
	       cbor_get_bytes(in, out->before, sizeof(out->before)) &&
	       cbor_is(in, 6) &&
	       cbor_get_bytes(in, out->last, sizeof(out->last)) &&
	       cbor_is(in, 7) &&
	       carried_get_records(in, out->record, &out->records) &&
	       cbor_is(in, 8) && carried_get_pds(in, out->pd, &out->pds) &&
	       cbor_is(in, 9) &&
	       cbor_get_bytes(in, out->nonce, sizeof(out->nonce));
}

bool batch_read(const void *bytes, size_t len, struct batch *out,
	const char **finding)
{
	struct cbor_reader in;
	const uint8_t *keys;
	size_t pairs;

	memset(out, 0, sizeof(*out));
	*finding = "longer than a batch may be";
	if (len > BATCH_MAX_BYTES)
		return false;
	*finding = "not the map of a batch";
	cbor_reader_init(&in, bytes, len);
	if (!cbor_get_count(&in, CBOR_MAP, KEYS, &pairs) || pairs != KEYS)
		return false;
	keys = in.at;
	if (!get_keys(&in, out))
		return false;
	carried_digest(KEYS_SIGNED, keys, (size_t)(in.at - keys), out->digest);
	if (!cbor_is(&in, KEYS) ||
		!cbor_get_bytes(&in, out->sig, sizeof(out->sig)) ||
		in.at != in.end)
		return false;
	*finding = wrong_with(out);
	return !*finding;
}

bool batch_is_signed(const struct batch *b,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	return crypto_verify_tagged(tag, b->digest, sizeof(b->digest), public,
		b->sig);
}

/* ---- the answer -------------------------------------------------------------
 */

/* Keys behind 1 version and 2 status, the first and how many: of each. */
static const struct shape {
	enum batch_status status;
	uint64_t first;
	size_t keys;
} shapes[] = {
	{BATCH_ACK, 3, 2},
	{BATCH_NO_BATCH, 0, 0},
	{BATCH_REVOKED, 0, 0},
	{BATCH_UNKNOWN, 0, 0},
	{BATCH_CONFLICT, 5, 3},
	{BATCH_TOO_LARGE, 0, 0},
	{BATCH_WRONG, 8, 2},
	{BATCH_LATER, 10, 1},
};

static const struct shape *shape_of(uint64_t status)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (shapes[i].status == status)
			return &shapes[i];
	return NULL;
}

static void put_answer_key(const struct batch_answer *a, uint64_t k,
	struct buf *out)
{
	cbor_put_uint(out, k);
	switch (k) {
	case 3:
		cbor_put_bytes(out, a->note, a->note_len);
		break;
	case 4:
		cbor_put_bool(out, a->dup);
		break;
	case 5:
		cbor_put_uint(out, a->last);
		break;
	case 6:
		cbor_put_bytes(out, a->head, sizeof(a->head));
		break;
	case 7:
		cbor_put_bool(out, a->fork);
		break;
	case 8:
		cbor_put_uint(out, a->seq);
		break;
	case 9:
		cbor_put_uint(out, a->check);
		break;
	case 10:
		cbor_put_uint(out, a->retry_s);
		break;
	}
}

void batch_answer_write(const struct batch_answer *a, struct buf *out)
{
	const struct shape *s = shape_of(a->status);

	assert(s);
	cbor_put_map(out, 2 + s->keys);
	cbor_put_uint(out, 1);
	cbor_put_uint(out, VERSION);
	cbor_put_uint(out, 2);
	cbor_put_uint(out, a->status);
	for (uint64_t k = s->first; k < s->first + s->keys; k++)
		put_answer_key(a, k, out);
}

static bool get_bool(struct cbor_reader *in, bool *out)
{
	struct cbor_item item;

	if (!cbor_next(in, &item) || item.type != CBOR_BOOL)
		return false;
	*out = item.number != 0;
	return true;
}

static bool get_note(struct cbor_reader *in, struct batch_answer *out)
{
	struct cbor_item item;

	if (!cbor_next(in, &item) || item.type != CBOR_BYTES ||
		item.count == 0 || item.count > sizeof(out->note))
		return false;
	memcpy(out->note, item.bytes, item.count);
	out->note_len = item.count;
	return true;
}

static bool get_answer_key(struct cbor_reader *in, uint64_t k,
	struct batch_answer *out)
{
	if (!cbor_is(in, k))
		return false;
	switch (k) {
	case 3:
		return get_note(in, out);
	case 4:
		return get_bool(in, &out->dup);
	case 5:
		return cbor_get_uint(in, INT64_MAX, &out->last);
	case 6:
		return cbor_get_bytes(in, out->head, sizeof(out->head));
	case 7:
		return get_bool(in, &out->fork);
	case 8:
		return cbor_get_uint(in, INT64_MAX, &out->seq);
	case 9:
		return cbor_get_uint(in, 99, &out->check);
	default:
		return cbor_get_uint(in, UINT32_MAX, &out->retry_s);
	}
}

bool batch_answer_read(const void *bytes, size_t len, struct batch_answer *out)
{
	struct cbor_reader in;
	const struct shape *s;
	uint64_t version;
	uint64_t status;
	size_t pairs;

	*out = (struct batch_answer){0};
	cbor_reader_init(&in, bytes, len);
	if (!cbor_get_count(&in, CBOR_MAP, 5, &pairs) || !cbor_is(&in, 1) ||
		!cbor_get_uint(&in, VERSION, &version) || version != VERSION ||
		!cbor_is(&in, 2) || !cbor_get_uint(&in, BATCH_LATER, &status))
		return false;
	s = shape_of(status);
	if (!s || pairs != 2 + s->keys)
		return false;
	out->status = s->status;
	for (uint64_t k = s->first; k < s->first + s->keys; k++)
		if (!get_answer_key(&in, k, out))
			return false;
	return in.at == in.end;
}
