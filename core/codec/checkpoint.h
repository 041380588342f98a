/*
 * checkpoint.h - what the centre signs: it holds a book up to this record.
 *
 * Text in the manner of signed notes (journal.md 7, db/FORMATS.md). The centre
 * writes it, the terminal reads it, appends it to its book and may then purge
 * the personal data that it covers. Golden vectors: tests/data/wire_vectors.txt.
 * Pure; any thread.
 */
#ifndef CORE_CODEC_CHECKPOINT_H
#define CORE_CODEC_CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/crypto.h"

enum {
	CHECKPOINT_DEV = 16,
	CHECKPOINT_NONCE = 16,
	CHECKPOINT_NAME = 64,   /* of the key, with its NUL */
	CHECKPOINT_KEY_ID = 4,  /* bytes that tell keys of one name apart */
	CHECKPOINT_TEXT = 1024, /* a whole one, at most */
};

struct checkpoint {
	uint8_t dev[CHECKPOINT_DEV];
	uint64_t seq;
	uint8_t h[CRYPTO_HASH_SIZE]; /* of that record */
	uint64_t time;               /* of the centre, ms since 1970 UTC */
	uint64_t revlist;            /* version of the newest it has; 0: none */
	uint64_t lease;              /* ms; 0: none */
	uint8_t nonce[CHECKPOINT_NONCE]; /* of the batch that was taken */
	char name[CHECKPOINT_NAME];      /* of the key that signs */
	uint8_t key_id[CHECKPOINT_KEY_ID];
	uint8_t sig[CRYPTO_SIG_SIZE];
};

/* May a key be called so? Printable ASCII without blanks, 1 to 63. */
bool checkpoint_name_is_good(const char *name);

/* The first bytes of SHA-256(name, line feed, 1, public key). */
void checkpoint_key_id(const char *name,
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	uint8_t out[CHECKPOINT_KEY_ID]);

/*
 * Sign it and put the whole text at the end of out. name, key_id and sig of
 * *c are filled in. out->full if it does not fit.
 */
void checkpoint_sign(struct checkpoint *c, const char *name,
	const struct crypto_pair *key, struct buf *out);

/* Strict: what checkpoint_sign() would not write is refused. */
bool checkpoint_read(const char *text, size_t len, struct checkpoint *out);

/* Is it of this key? False for another key's id, too. */
bool checkpoint_is_signed(const struct checkpoint *c,
	const uint8_t public[CRYPTO_PUBLIC_SIZE]);

#endif
