/*
 * manifest.h - `POST /v1/open`: what a terminal has of what comes down, and
 * what the centre has for it.
 *
 * The terminal says which version of each kind is here (parcel.h); the answer
 * is signed, bears the terminal's nonce, the centre's time, and the parcels to
 * be fetched, in the order in which they are to be taken. Rolls of the
 * signing key come with it, whole, since without them the signature cannot be
 * checked. db/FORMATS.md; golden vectors: tests/data/parcel_vectors.txt. What
 * is read is borrowed. Pure; any thread.
 */
#ifndef CORE_CODEC_MANIFEST_H
#define CORE_CODEC_MANIFEST_H

#include "core/codec/parcel.h"

enum {
	MANIFEST_NONCE = 16,
	MANIFEST_HAVE_MAX = 16,  /* kinds in a request */
	MANIFEST_ITEMS_MAX = 64, /* parcels in an answer; ask again for more */
	MANIFEST_ROLLS_MAX = 16,
	MANIFEST_REQUEST_MAX = 512,
	MANIFEST_ROLL_BYTES = PARCEL_HEAD_MAX + PARCEL_ROLL_MAX,
	MANIFEST_ANSWER_MAX = 14 * 1024
};

struct manifest_have {
	uint64_t kind;
	uint64_t version; /* of the newest that was taken; 0: none */
};

struct manifest_request {
	uint8_t nonce[MANIFEST_NONCE];
	struct manifest_have have[MANIFEST_HAVE_MAX]; /* ascending kinds */
	size_t haves;
};

void manifest_request_write(const struct manifest_request *r, struct buf *out);
bool manifest_request_read(const void *bytes, size_t len,
	struct manifest_request *out);

struct manifest_item {
	uint64_t kind;
	uint64_t version;
	uint64_t len; /* of its content */
	uint8_t sha256[CRYPTO_HASH_SIZE];
};

struct manifest {
	uint8_t dev[PARCEL_DEV];
	uint8_t nonce[MANIFEST_NONCE]; /* of the request */
	uint64_t time;                 /* of the centre, ms since 1970 UTC */
	uint64_t lease;                /* ms; 0: none */
	struct manifest_item item[MANIFEST_ITEMS_MAX];
	size_t items;
	uint8_t key_id[PARCEL_KEY_ID];
	uint8_t sig[CRYPTO_SIG_SIZE];
	/* Whole parcels, which speak for themselves. */
	struct {
		const uint8_t *at;
		size_t len;
	} roll[MANIFEST_ROLLS_MAX];
	size_t rolls;
};

/* key_id and sig are filled in. out->full if it does not fit. */
void manifest_sign(struct manifest *m, const struct crypto_pair *key,
	struct buf *out);
bool manifest_read(const void *bytes, size_t len, struct manifest *out);
bool manifest_is_signed(const struct manifest *m,
	const uint8_t public[CRYPTO_PUBLIC_SIZE]);

#endif
