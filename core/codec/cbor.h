/*
 * cbor.h - the subset of CBOR that the journal is written in (journal.md 2).
 *
 * RFC 8949 section 4.2.1 core deterministic, restricted: one map at the top,
 * unsigned keys ascending and single; values only uint, nint, bstr, tstr,
 * array, bool; shortest heads, definite lengths; no floats, tags or null;
 * depth at most 3, 4,096 bytes at most. tstr is clean NFC (text.h). What is
 * not exactly so is refused. Writing goes through a buf; reading is a cursor
 * over the caller's bytes. Pure; any thread.
 */
#ifndef CORE_CODEC_CBOR_H
#define CORE_CODEC_CBOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"

enum {
	CBOR_MAX_BYTES = 4096,
	CBOR_MAX_DEPTH = 3
};

void cbor_put_uint(struct buf *b, uint64_t v);
void cbor_put_int(struct buf *b, int64_t v);
void cbor_put_bytes(struct buf *b, const void *bytes, size_t len);
/* Only what stands before them: they follow, from somewhere else. */
void cbor_put_bytes_head(struct buf *b, size_t len);
void cbor_put_text(struct buf *b, const char *text);
void cbor_put_bool(struct buf *b, bool v);
void cbor_put_array(struct buf *b, size_t count); /* then the elements */
void cbor_put_map(struct buf *b, size_t pairs);   /* then key, value, ... */

enum cbor_type {
	CBOR_UINT,
	CBOR_NINT,
	CBOR_BYTES,
	CBOR_TEXT,
	CBOR_ARRAY,
	CBOR_MAP,
	CBOR_BOOL,
};

struct cbor_item {
	enum cbor_type type;
	uint64_t number; /* UINT; BOOL 0 or 1; NINT: value is -1 - number */
	const uint8_t *bytes; /* BYTES, TEXT: into the input */
	size_t count;         /* bytes, elements or pairs */
};

struct cbor_reader {
	const uint8_t *at;
	const uint8_t *end;
};

void cbor_reader_init(struct cbor_reader *r, const void *bytes, size_t len);

/* The next head; for arrays and maps the elements follow. False: not ours. */
bool cbor_next(struct cbor_reader *r, struct cbor_item *out);

/*
 * The next head, if it is what a strict reader wants there; false: it is not,
 * and the reader is past it. cbor_is(): this number, as of a key or a version.
 * cbor_get_count(): an array or a map of at most max.
 */
bool cbor_is(struct cbor_reader *r, uint64_t number);
bool cbor_get_uint(struct cbor_reader *r, uint64_t max, uint64_t *out);
bool cbor_get_bytes(struct cbor_reader *r, void *out, size_t len);
bool cbor_get_count(struct cbor_reader *r, enum cbor_type type, size_t max,
	size_t *out);

/* Step over one whole value, nested ones too, checking all of it. */
bool cbor_skip(struct cbor_reader *r);

/* Is all of it exactly one canonical top-level map of the subset? */
bool cbor_is_canonical(const void *bytes, size_t len);

#endif
