/*
 * seal.h - chain head and receipt signature as text: the "Mã" code and the
 * QR of a receipt (journal.md 6).
 *
 * Both bind what is on the paper to the journal and can be checked offline.
 * Golden vectors in tests/codec/test_seal.c. Pure; any thread.
 */
#ifndef CORE_CODEC_SEAL_H
#define CORE_CODEC_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/crypto.h"

enum {
	SEAL_CODE_SIZE = 17,  /* "129S-RZCJ-BYD8-9" and the NUL */
	SEAL_HEAD_BYTES = 52, /* what the receipt signature covers */
	SEAL_BYTES = SEAL_HEAD_BYTES + CRYPTO_SIG_SIZE,
	SEAL_TEXT_SIZE = 180 /* "CV1:" + 174 base45 characters + NUL, rounded */
};

/*
 * The human code: first 60 bits of h as 12 Crockford characters and one
 * check character (sum of (i+1)*v_i mod 37), which catches any single wrong
 * character and any swap of neighbours.
 */
void seal_code(const uint8_t h[CRYPTO_HASH_SIZE], char out[SEAL_CODE_SIZE]);

/*
 * Read a code as typed: any case, with or without dashes and blanks, O for
 * 0, I and L for 1. Writes the normal form. False if the check fails.
 */
bool seal_code_parse(const char *typed, char out[SEAL_CODE_SIZE]);

struct seal {
	uint8_t dev[16];
	uint64_t seq;   /* 40 bits */
	int64_t amount; /* 40 bits */
	int32_t period; /* YYYYMM, 24 bits */
	int64_t t;      /* ms since 1970 UTC, 48 bits */
	uint8_t h[16];  /* first half of the record's hash */
	uint8_t sig[CRYPTO_SIG_SIZE];
};

/* ver1, dev16, seq5, amt5, per3, t6, h16: what "CHTRRCP1" signs. */
void seal_head(const struct seal *s, uint8_t out[SEAL_HEAD_BYTES]);

/* "CV1:" and base45 (RFC 9285) of head and signature; and back, strict. */
void seal_text(const struct seal *s, char out[SEAL_TEXT_SIZE]);
bool seal_parse(const char *text, struct seal *out);

/*
 * What a scanner read, as text, byte for byte but for the line end behind it:
 * of receipts and Z slips. text_clean() would be wrong here, since base45 has
 * blanks, and two of them may stand side by side. False if a byte is none of
 * their letters, or it does not fit.
 */
bool seal_scanned(const void *bytes, size_t len, char *out, size_t size);

#endif
