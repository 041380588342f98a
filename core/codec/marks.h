/*
 * marks.h - which money of a list one terminal has paid, as text for QR codes
 * that the other terminals of its office read (db/FORMATS.md).
 *
 * A message is signed and has one bit for each entitlement of the list. It is
 * cut into pieces, each the text of one QR; they are read in any order, twice
 * if need be, and of different sizes as they come (screen, paper). Golden
 * vectors: tests/data/marks_vectors.txt. Pure; any thread.
 */
#ifndef CORE_CODEC_MARKS_H
#define CORE_CODEC_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/crypto.h"

enum {
	MARKS_DEV_SIZE = 16,
	MARKS_SHORT = 8,           /* of a hash, enough to know it by */
	MARKS_MAX_COUNT = 1 << 20, /* entitlements of one list */
	MARKS_MAX_BYTES = 8192,    /* of a message */
	MARKS_HEAD_BYTES = 65,     /* of it, before the bits */
	/* Bytes of a message in one piece. On a screen a QR of 37 modules, the
	 * largest that 40x24 holds, level L; on paper one of 69, level M, five
	 * dots a module. */
	MARKS_ON_SCREEN = 92,
	MARKS_ON_PAPER = 310,
	MARKS_TEXT_SIZE = 512, /* of a piece, with its NUL */
	MARKS_CARD_SIZE = 80,
};

struct marks {
	uint8_t dev[MARKS_DEV_SIZE]; /* of the terminal that paid */
	uint64_t seq;                /* its newest record, 40 bits … */
	uint8_t h[16];               /* … and half of the hash of that */
	int64_t t;                   /* ms since 1970 UTC, 48 bits */
	uint8_t list[MARKS_SHORT];   /* of the SHA-256 of the list's file */
	uint8_t names[MARKS_SHORT];  /* of that of all its entitlements */
	uint32_t count;              /* bits */
};

/* Bytes that hold the bits of count entitlements. */
size_t marks_bits_size(uint32_t count);
bool marks_bit(const uint8_t *bits, uint32_t at);
void marks_set_bit(uint8_t *bits, uint32_t at);

/*
 * Head, bits in the shorter of two forms, signature by the device's key.
 * False: it has no room in MARKS_MAX_BYTES. No bit behind count is set.
 */
bool marks_write(const struct marks *m, const uint8_t *bits,
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t out[MARKS_MAX_BYTES],
	size_t *len);

/* The head, so that memory for the bits can be found. Strict. */
bool marks_read_head(const uint8_t *bytes, size_t len, struct marks *out);

/* All of it: bits has marks_bits_size(m->count) bytes. Strict: what
 * marks_write() does not write is refused. */
bool marks_read_bits(const uint8_t *bytes, size_t len, const struct marks *m,
	uint8_t *bits);

bool marks_is_signed(const uint8_t *bytes, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE]);

/* ---- pieces -------------------------------------------------------------- */

/* How many pieces of at most size bytes; and number i, from 0, as text. */
int marks_pieces(size_t len, size_t size);
void marks_piece_text(const uint8_t *bytes, size_t len, size_t size, int i,
	char out[MARKS_TEXT_SIZE]);

/* A message that is being put together. All zero: nothing came yet. */
struct marks_parts {
	uint8_t set[4]; /* which message: of its SHA-256 */
	size_t len;     /* of it; 0: none yet */
	size_t got;     /* bytes that are here */
	size_t size;    /* of its pieces: the longest that came */
	uint8_t bytes[MARKS_MAX_BYTES];
	uint8_t here[MARKS_MAX_BYTES / 8];
};

enum marks_part {
	MARKS_NO_PIECE, /* something else, or read wrongly */
	MARKS_PIECE,    /* more are to come */
	MARKS_AGAIN,    /* it was here already */
	MARKS_OTHER,    /* of another message: what was here is forgotten */
	MARKS_WHOLE,    /* that was the last one: bytes and len */
	MARKS_BROKEN,   /* all are here and do not fit together: forgotten */
};

/* text: of a QR; a line end behind it, as scanners add, is no matter. */
enum marks_part marks_take_piece(struct marks_parts *p, const char *text);

/* The number, from 1, of the next piece that lacks behind piece after, by the
 * size of those that came; 0: none. */
int marks_lacking(const struct marks_parts *p, int after);

/* Pieces in all, by that size. */
int marks_parts_all(const struct marks_parts *p);

/* The same for other messages than paid marks (release.h), whose pieces begin
 * with these four letters. A message has 129 bytes at least. */
void marks_piece_text_as(const char *prefix, const uint8_t *bytes, size_t len,
	size_t size, int i, char out[MARKS_TEXT_SIZE]);
enum marks_part marks_take_piece_as(const char *prefix, struct marks_parts *p,
	const char *text);

/* ---- the terminal's own card --------------------------------------------- */

/* "CD1:", the id of a terminal and its key, so that another one knows it. */
struct marks_card {
	uint8_t dev[MARKS_DEV_SIZE];
	uint8_t public[CRYPTO_PUBLIC_SIZE];
};

void marks_card_text(const struct marks_card *c, char out[MARKS_CARD_SIZE]);
bool marks_card_parse(const char *text, struct marks_card *out);

/* Is it the text of one of the two, right or wrong? 'P' a piece, 'C' a card,
 * 0 neither. */
char marks_kind_of(const char *text);

#endif
