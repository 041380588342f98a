/*
 * Journal bodies, as a thief or another program may write them: what is taken
 * as a record must be the very bytes that its fields make, unless it carries
 * foreign keys (64 and up), which are allowed and not kept. Input: hex digits.
 */
#include <stdlib.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/record_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char hex[2 * CBOR_MAX_BYTES + 1];
	static uint8_t bytes[CBOR_MAX_BYTES];
	static uint8_t again[CBOR_MAX_BYTES];
	struct journal_totals tot = {0};
	struct record r;
	struct buf b;
	const char *finding;
	size_t len;

	if (size >= sizeof(hex))
		return 0;
	memcpy(hex, data, size);
	hex[size] = '\0';
	hex[strcspn(hex, "\n")] = '\0';
	if (!str_from_hex(hex, bytes, sizeof(bytes), &len))
		return 0;
	if (!record_decode(bytes, len, &r, &finding)) {
		if (!finding)
			abort();
		return 0;
	}
	record_count(&r, &tot);
	buf_init(&b, again, sizeof(again));
	record_encode(&r, &b);
	if (b.full || b.len > len ||
		(b.len == len && memcmp(again, bytes, len) != 0))
		abort();
	return 0;
}
