/* What is read of what comes down is written the same. Input: hex or bytes. */
#include <assert.h>
#include <string.h>

#include "core/codec/manifest.h"
#include "core/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	SIZE = 16384
};

static void same(const uint8_t *bytes, size_t len, const uint8_t *again,
	const struct buf *out)
{
	assert(!out->full && out->len == len);
	assert(memcmp(again, bytes, len) == 0);
}

static void requests(const uint8_t *bytes, size_t len)
{
	static struct manifest_request r;
	static uint8_t again[SIZE];
	struct buf out;

	if (!manifest_request_read(bytes, len, &r))
		return;
	buf_init(&out, again, sizeof(again));
	manifest_request_write(&r, &out);
	same(bytes, len, again, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t zero[CRYPTO_PUBLIC_SIZE];
	static uint8_t bytes[SIZE];
	static char hex[SIZE];
	static struct manifest m;
	struct parcel_roll r;
	struct parcel p;
	const uint8_t *content;
	size_t len = size;
	size_t head;

	if (size >= sizeof(bytes) || !crypto_start(NULL))
		return 0;
	memcpy(hex, data, size);
	hex[size] = '\0';
	hex[strcspn(hex, "\n")] = '\0';
	if (!str_from_hex(hex, bytes, sizeof(bytes), &len) || len == 0) {
		memcpy(bytes, data, size);
		len = size;
	}
	head = parcel_read_head(bytes, len, &p);
	assert(head <= len && head <= PARCEL_HEAD_MAX);
	if (parcel_read(bytes, len, &p, &content))
		assert(content + p.len == bytes + len);
	parcel_is_signed(&p, zero);
	parcel_roll_read(bytes, len, &r);
	if (manifest_read(bytes, len, &m))
		assert(!manifest_is_signed(&m, zero));
	requests(bytes, len);
	return 0;
}
