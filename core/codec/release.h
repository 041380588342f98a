/*
 * release.h - money of one person that a terminal hands over to another one
 * of its office, as text for QR codes (db/FORMATS.md).
 *
 * The message says which terminal released what to which other one, by the
 * numbers and hashes of its RELEASE records, signed by its device key. It is
 * cut into pieces as paid marks are (marks.h), behind a prefix of its own.
 * hop counts how often the money has moved, from 1: an old message has a lower
 * one than what the terminal knows already. Golden vectors:
 * tests/data/release_vectors.txt. Pure; any thread.
 */
#ifndef CORE_CODEC_RELEASE_H
#define CORE_CODEC_RELEASE_H

#include "core/codec/marks.h"

enum {
	RELEASE_MAX_ITEMS = 24,
	RELEASE_MAX_HOP = 200,
	RELEASE_HEAD_BYTES = 40,
	RELEASE_ITEM_BYTES = 57,
	RELEASE_MAX_BYTES = RELEASE_HEAD_BYTES +
			    RELEASE_MAX_ITEMS * RELEASE_ITEM_BYTES +
			    CRYPTO_SIG_SIZE,
};

struct release_item {
	uint8_t ent[16];
	int32_t period; /* YYYYMM, of the money */
	int hop;
	uint64_t seq; /* of the RELEASE, 40 bits … */
	uint8_t h[CRYPTO_HASH_SIZE];
};

struct release {
	uint8_t from[MARKS_DEV_SIZE];
	uint8_t to[MARKS_DEV_SIZE];
	int64_t t; /* of the newest RELEASE: ms since 1970 UTC, 48 bits */
	int count; /* seq of the items ascends */
	struct release_item item[RELEASE_MAX_ITEMS];
};

/* False: none, too many, not in order, or out of range. */
bool release_write(const struct release *r,
	const uint8_t secret[CRYPTO_SECRET_SIZE],
	uint8_t out[RELEASE_MAX_BYTES], size_t *len);

/* Strict: what release_write() does not write is refused. */
bool release_read(const uint8_t *bytes, size_t len, struct release *out);

bool release_is_signed(const uint8_t *bytes, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE]);

/* Number i, from 0, of the pieces of at most size bytes, as text: how many
 * there are says marks_pieces(). */
void release_piece_text(const uint8_t *bytes, size_t len, size_t size, int i,
	char out[MARKS_TEXT_SIZE]);

/* As marks_take_piece(), of these messages only. */
enum marks_part release_take_piece(struct marks_parts *p, const char *text);

/* Is it the text of such a piece, right or wrong? */
bool release_is_piece(const char *text);

#endif
