/*
 * zseal.h - the numbers of a closed shift and their signature as text: the
 * QR of a Z slip (db/FORMATS.md).
 *
 * Beside seal.h, which is that of a receipt. Golden vector in
 * tests/data/slip_vectors.txt. Pure; any thread.
 */
#ifndef CORE_CODEC_ZSEAL_H
#define CORE_CODEC_ZSEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "core/crypto.h"

#define ZSEAL_PREFIX "CZ1:"

enum {
	ZSEAL_HEAD_BYTES = 82, /* what the slip's signature covers */
	ZSEAL_BYTES = ZSEAL_HEAD_BYTES + CRYPTO_SIG_SIZE,
	ZSEAL_TEXT_SIZE = 224 /* "CZ1:", 219 characters, NUL */
};

struct zseal {
	uint8_t dev[16];
	uint64_t seq;      /* of the CLOSE record, 40 bits */
	uint64_t shift;    /* 32 bits */
	int64_t t;         /* ms since 1970 UTC, 48 bits */
	int64_t expected;  /* 40 bits */
	int64_t counted;   /* 40 bits */
	int64_t paid;      /* since START: paid_gross, 56 bits */
	int64_t voided;    /* void_gross, 56 bits */
	uint64_t payments; /* since START: n_pay, 40 bits */
	uint64_t voids;    /* n_void, 40 bits */
	uint8_t h[16];     /* first half of the record's hash */
	uint8_t sig[CRYPTO_SIG_SIZE];
};

/* What "CHTRZSL1" signs. */
void zseal_head(const struct zseal *z, uint8_t out[ZSEAL_HEAD_BYTES]);

/* "CZ1:" and base45 of head and signature; and back, strict. */
void zseal_text(const struct zseal *z, char out[ZSEAL_TEXT_SIZE]);
bool zseal_parse(const char *text, struct zseal *out);

#endif
