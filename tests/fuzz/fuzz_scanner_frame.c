/*
 * fuzz_scanner_frame.c - any bytes at any times through the framing.
 *
 * The first byte chooses settings; then pieces: a byte of length, one of time
 * (the high bit: nothing is waiting then), the bytes. Codes are never longer
 * than may be, no byte comes out that did not go in, in that order, and after
 * a second nothing is left.
 */
#include <stdlib.h>
#include <string.h>

#include "drivers/scanner/scanner_frame.h"

struct rig {
	struct scanner_frame frame;
	const uint8_t *in; /* of the fuzzer: all that went in until now */
	size_t len;
	size_t next;
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void take(struct rig *r)
{
	static struct scanner_code code;

	while (scanner_frame_take(&r->frame, &code)) {
		must(code.len <= sizeof(code.bytes));
		must(code.how.aim[3] == '\0');
		must(code.how.ms >= 0 && code.how.longest <= code.how.ms);
		for (size_t i = 0; i < code.len; i++) {
			while (r->next < r->len &&
				r->in[r->next] != code.bytes[i])
				r->next++;
			must(r->next++ < r->len);
		}
	}
}

static void add(struct rig *r, const uint8_t *bytes, size_t len, long long ms)
{
	size_t used = 0;
	int rounds = 0;

	do {
		used += scanner_frame_add(&r->frame, bytes + used, len - used,
			ms);
		take(r);
	} while (used < len && ++rounds < 1000);
	must(used == len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rig r;
	static uint8_t in[1 << 16];
	struct scanner_settings settings = {0};
	long long ms = 1000;

	if (size < 1 || size > sizeof(in))
		return 0;
	settings.suffix = (enum scanner_suffix)(data[0] % 6);
	if (data[0] & 0x40)
		memcpy(settings.prefix, "~~", 3);
	scanner_frame_init(&r.frame, &settings);
	r.in = in;
	r.len = 0;
	r.next = 0;
	for (size_t i = 1; i + 2 < size;) {
		size_t len = data[i];

		ms += data[i + 1] & 0x7f;
		if (data[i + 1] & 0x80)
			scanner_frame_quiet(&r.frame, ms);
		take(&r);
		i += 2;
		if (len > size - i)
			len = size - i;
		memcpy(in + r.len, data + i, len);
		r.len += len;
		add(&r, data + i, len, ms);
		if (len % 7 == 3)
			scanner_frame_end(&r.frame, len % 2, ms);
		take(&r);
		i += len;
	}
	scanner_frame_quiet(&r.frame, ms + 1000);
	take(&r);
	must(scanner_frame_due(&r.frame) == -1);
	return 0;
}
