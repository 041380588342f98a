/*
 * vcbor.h - canonical CBOR, read for the second time in this tree.
 *
 * Written from RFC 8949 section 4.2.1 and journal.md 2, and from nothing of
 * core/codec/cbor: what one reader takes by mistake the other shall refuse.
 * Integers, byte and text strings, arrays, maps and booleans; every head in
 * its shortest form, every length definite. Pure; bytes are borrowed.
 */
#ifndef DB_VERIFY_VCBOR_H
#define DB_VERIFY_VCBOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum vcbor_type {
	VCBOR_UINT,
	VCBOR_NINT, /* the number is -1 - value */
	VCBOR_BYTES,
	VCBOR_TEXT,
	VCBOR_ARRAY,
	VCBOR_MAP,
	VCBOR_BOOL,
};

struct vcbor_item {
	enum vcbor_type type;
	uint64_t value;       /* a number, a length, a count, 0 or 1 */
	const uint8_t *bytes; /* of a string; borrowed */
};

struct vcbor {
	const uint8_t *at;
	const uint8_t *end;
};

void vcbor_init(struct vcbor *in, const void *bytes, size_t len);

/* The next head, and the bytes of a string with it. False: it is none. */
bool vcbor_next(struct vcbor *in, struct vcbor_item *out);

/* Move past one whole value, at most so many levels of arrays and maps. */
bool vcbor_skip(struct vcbor *in, int levels);

/* One item of the type wanted; false if the next is another. */
bool vcbor_uint(struct vcbor *in, uint64_t *out);
bool vcbor_int(struct vcbor *in, int64_t *out); /* within int64_t */
bool vcbor_bytes(struct vcbor *in, void *out, size_t len);
bool vcbor_array(struct vcbor *in, uint64_t *count);

enum vcbor_verdict {
	VCBOR_GOOD,
	VCBOR_NOT_CANONICAL,
	VCBOR_TOO_DEEP,
};

/*
 * Is all of it one map with ascending unsigned keys, as a record's body must
 * be: values of the allowed types, texts in NFC without control characters,
 * nothing behind, at most three levels?
 */
enum vcbor_verdict vcbor_check_body(const void *bytes, size_t len);

#endif
