/* What is read of an enrolment is written the same. Input: hex or bytes. */
#include <assert.h>
#include <string.h>

#include "core/codec/enrol.h"
#include "core/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t bytes[16384];
	static uint8_t again[16384];
	static char hex[sizeof(bytes)];
	static const uint8_t zero[CRYPTO_PUBLIC_SIZE];
	struct enrol_request r;
	struct enrol_answer a;
	struct buf out;
	size_t len = size;
	uint64_t ms;

	if (size >= sizeof(bytes) || !crypto_start(NULL))
		return 0;
	memcpy(hex, data, size);
	hex[size] = '\0';
	/* A code may be anything that somebody types. */
	enrol_code_hash(hex, again);
	hex[strcspn(hex, "\n")] = '\0';
	if (!str_from_hex(hex, bytes, sizeof(bytes), &len) || len == 0) {
		memcpy(bytes, data, size);
		len = size;
	}
	enrol_request_read(bytes, len, &r);
	enrol_time_read((const char *)bytes, len, zero, "c", zero, &ms);
	if (!enrol_answer_read(bytes, len, &a))
		return 0;
	buf_init(&out, again, sizeof(again));
	enrol_answer_write(&a, &out);
	assert(!out.full && out.len == len);
	assert(memcmp(again, bytes, len) == 0);
	return 0;
}
