/*
 * bookbytes.h - bytes that grow, and the encodings of the journal in a hand
 * of its own.
 *
 * For bookgen.c, which must not share a line with the program that it tests:
 * CBOR, base45, base64 and hex are written here from their RFCs. Running out
 * of memory ends the test program.
 */
#ifndef TESTS_SUPPORT_BOOKBYTES_H
#define TESTS_SUPPORT_BOOKBYTES_H

#include <stddef.h>
#include <stdint.h>

struct bytes {
	uint8_t *at;
	size_t len;
	size_t size;
};

void bytes_free(struct bytes *b);
void bytes_put(struct bytes *b, const void *from, size_t len);
void bytes_byte(struct bytes *b, unsigned byte);
void bytes_be(struct bytes *b, uint64_t value, int n);
void bytes_text(struct bytes *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Put len bytes in at offset where; or take them out of there. */
void bytes_insert(struct bytes *b, size_t where, const void *from, size_t len);
void bytes_cut(struct bytes *b, size_t where, size_t len);

/* RFC 8949 4.2.1: heads as short as can be. major is 0 to 7. */
void bytes_head(struct bytes *b, unsigned major, uint64_t value);
void bytes_uint(struct bytes *b, uint64_t value);
void bytes_int(struct bytes *b, int64_t value);
void bytes_bstr(struct bytes *b, const void *from, size_t len);
void bytes_tstr(struct bytes *b, const char *text);

void bytes_hex(struct bytes *b, const void *from, size_t len);
void bytes_base64(struct bytes *b, const void *from, size_t len);
void bytes_base45(struct bytes *b, const void *from, size_t len);

/* The whole as a C string, good until the next change. */
const char *bytes_string(struct bytes *b);

/* Write it to path; ends the program if it cannot. */
void bytes_save(const struct bytes *b, const char *path);

#endif
