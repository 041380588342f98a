#include "core/codec/carried.h"

void carried_put_records(const struct batch_record *record, size_t count,
	struct buf *out)
{
	cbor_put_array(out, count);
	for (size_t i = 0; i < count; i++) {
		cbor_put_array(out, 2);
		cbor_put_bytes(out, record[i].body, record[i].len);
		cbor_put_bytes(out, record[i].sig, CRYPTO_SIG_SIZE);
	}
}

void carried_put_pds(const struct batch_pd *pd, size_t count, struct buf *out)
{
	cbor_put_map(out, count);
	for (size_t i = 0; i < count; i++) {
		cbor_put_uint(out, pd[i].seq);
		cbor_put_bytes(out, pd[i].sealed, pd[i].len);
	}
}

static bool get_record(struct cbor_reader *in, struct batch_record *out)
{
	struct cbor_item body;
	struct cbor_item sig;
	size_t two;

	if (!cbor_get_count(in, CBOR_ARRAY, 2, &two) || two != 2 ||
		!cbor_next(in, &body) || body.type != CBOR_BYTES ||
		!cbor_next(in, &sig) || sig.type != CBOR_BYTES ||
		sig.count != CRYPTO_SIG_SIZE)
		return false;
	*out = (struct batch_record){.body = body.bytes,
		.len = body.count,
		.sig = sig.bytes};
	return true;
}

bool carried_get_records(struct cbor_reader *in, struct batch_record *record,
	size_t *count)
{
	if (!cbor_get_count(in, CBOR_ARRAY, BATCH_MAX_RECORDS, count))
		return false;
	for (size_t i = 0; i < *count; i++)
		if (!get_record(in, &record[i]))
			return false;
	return true;
}

bool carried_get_pds(struct cbor_reader *in, struct batch_pd *pd, size_t *count)
{
	struct cbor_item item;

	if (!cbor_get_count(in, CBOR_MAP, BATCH_MAX_RECORDS, count))
		return false;
	for (size_t i = 0; i < *count; i++) {
		if (!cbor_get_uint(in, INT64_MAX, &pd[i].seq) ||
			!cbor_next(in, &item) || item.type != CBOR_BYTES)
			return false;
		pd[i].sealed = item.bytes;
		pd[i].len = item.count;
	}
	return true;
}

const char *carried_wrong(const struct batch_record *record, size_t records,
	const struct batch_pd *pd, size_t pds, uint64_t from)
{
	uint64_t before = 0;

	for (size_t i = 0; i < records; i++)
		if (record[i].len == 0 || record[i].len > BATCH_BODY_MAX)
			return "a body is empty or too long";
	for (size_t i = 0; i < pds; i++) {
		if (pd[i].seq < from || pd[i].seq - from >= records ||
			pd[i].seq <= before)
			return "sealed data of no record of it";
		if (pd[i].len < CRYPTO_SEAL_EXTRA || pd[i].len > BATCH_PD_MAX)
			return "sealed data too short or too long";
		before = pd[i].seq;
	}
	return NULL;
}

void carried_digest(unsigned pairs, const uint8_t *keys, size_t len,
	uint8_t out[CRYPTO_HASH_SIZE])
{
	const uint8_t head = (uint8_t)(5 << 5 | pairs);
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, &head, 1);
	crypto_hash_add(&h, keys, len);
	crypto_hash_end(&h, out);
}
