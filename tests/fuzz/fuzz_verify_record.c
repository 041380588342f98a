/*
 * Journal bodies before both readers: what the program takes, the verifier
 * reads alike, and finds nothing in but values out of range (it is stricter
 * with months and the like); what is canonical to one is canonical to the
 * other. Input: hex digits.
 */
#include <stdlib.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/record_internal.h"
#include "db/verify/vcbor.h"
#include "db/verify/vrecord.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compare(const uint8_t *bytes, size_t len)
{
	uint8_t digest[CRYPTO_HASH_SIZE];
	uint8_t other[CRYPTO_HASH_SIZE];
	struct record r;
	struct vrecord v;
	const char *finding;

	if (!record_decode(bytes, len, &r, &finding))
		return;
	if (!vrecord_read(bytes, len, &v))
		abort();
	for (size_t i = 0; i < v.faults; i++)
		if (v.fault[i].check != 3)
			abort();
	if (v.kind != r.kind || v.seq != r.seq || v.t != r.t ||
		v.items != r.items || (uint64_t)v.amt != r.amount ||
		memcmp(v.tot, &r.tot, sizeof(v.tot)) != 0)
		abort();
	/* The program keeps no foreign keys: then the digests differ. */
	if (v.pairs != (uint64_t)__builtin_popcountll(r.has))
		return;
	record_act_digest(&r, digest);
	vrecord_act_digest(&v, bytes, len, other);
	if (memcmp(digest, other, sizeof(digest)) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char hex[2 * CBOR_MAX_BYTES + 1];
	static uint8_t bytes[CBOR_MAX_BYTES];
	struct vrecord v;
	size_t len;

	if (size >= sizeof(hex))
		return 0;
	memcpy(hex, data, size);
	hex[size] = '\0';
	hex[strcspn(hex, "\n")] = '\0';
	if (!str_from_hex(hex, bytes, sizeof(bytes), &len))
		return 0;
	if (cbor_is_canonical(bytes, len) !=
		(vcbor_check_body(bytes, len) == VCBOR_GOOD))
		abort();
	if (vrecord_read(bytes, len, &v)) {
		uint8_t digest[VRECORD_HASH];

		vrecord_act_digest(&v, bytes, len, digest);
	}
	compare(bytes, len);
	return 0;
}
