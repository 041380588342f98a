/*
 * enrol.h - how a new terminal and the centre get to know each other.
 *
 * The terminal has a one-time code, which somebody read out to it, and proves
 * that it has the key it names; the centre answers with a certificate for that
 * key and with the keys that it signs and is sealed to with (db/FORMATS.md).
 * What is read is borrowed. Pure; any thread.
 */
#ifndef CORE_CODEC_ENROL_H
#define CORE_CODEC_ENROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/codec/checkpoint.h"
#include "core/crypto.h"

enum {
	ENROL_DEV = 16,
	ENROL_CODE = 24,       /* of letters, with the NUL; 16 are used */
	ENROL_LETTERS = 16,    /* 80 bits */
	ENROL_MAX_BYTES = 512, /* of a request */
	ENROL_CERT_MAX = 4096, /* PEM */
	ENROL_TIME_TEXT = 512,
};

/* A new code: "ABCD-EFGH-JKMN-PQRS", in Crockford's letters. */
void enrol_code_new(char out[ENROL_CODE]);
/* As it is kept: of its letters, whatever case and hyphens. False: no code. */
bool enrol_code_hash(const char *code, uint8_t out[CRYPTO_HASH_SIZE]);

struct enrol_request {
	uint8_t code[CRYPTO_HASH_SIZE]; /* enrol_code_hash() */
	uint8_t dev[ENROL_DEV];
	uint8_t pk[CRYPTO_PUBLIC_SIZE]; /* the device's own key, D0 */
};

void enrol_request_write(const struct enrol_request *r,
	const uint8_t secret[CRYPTO_SECRET_SIZE], struct buf *out);
/* Strict; also false if it is not signed by the key that it names. */
bool enrol_request_read(const void *bytes, size_t len,
	struct enrol_request *out);

struct enrol_answer {
	const uint8_t *cert; /* PEM of the terminal's certificate */
	size_t cert_len;
	const uint8_t *ca; /* PEM of who signed it, and the centre's own */
	size_t ca_len;
	char name[CHECKPOINT_NAME]; /* of the key of checkpoints */
	uint8_t sign[CRYPTO_PUBLIC_SIZE];
	uint8_t seal[CRYPTO_PUBLIC_SIZE]; /* X25519: for personal data */
};

void enrol_answer_write(const struct enrol_answer *a, struct buf *out);
bool enrol_answer_read(const void *bytes, size_t len, struct enrol_answer *out);

/*
 * The time as the centre has it: three lines, the second ms since 1970 UTC,
 * the third the base64 of the nonce it was asked with, and a signature line
 * as checkpoints have it, under a tag of its own.
 */
void enrol_time_sign(uint64_t ms, const uint8_t nonce[CHECKPOINT_NONCE],
	const char *name, const struct crypto_pair *key, struct buf *out);
bool enrol_time_read(const char *text, size_t len,
	const uint8_t nonce[CHECKPOINT_NONCE], const char *name,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], uint64_t *ms);

#endif
