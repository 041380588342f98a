/*
 * tail.h - records of one book on their way back from the centre.
 *
 * A terminal whose book is shorter than what the centre holds of it (journal.md
 * 9, R1) gets the missing records back, page by page: one canonical CBOR map
 * each (db/FORMATS.md), signed by the centre, with the number and hash of the
 * newest record there and the nonce of the terminal's own question. By line
 * and by stick the same bytes. A page without records says only how far the
 * centre's copy goes. What is read is borrowed from the caller's bytes. Golden
 * vectors: tests/data/tail_vectors.txt. Pure; any thread.
 */
#ifndef CORE_CODEC_TAIL_H
#define CORE_CODEC_TAIL_H

#include "core/codec/batch.h"

enum {
	TAIL_NONCE = 16,
	TAIL_KEY_ID = 4,
	TAIL_MAX_RECORDS = BATCH_MAX_RECORDS,
	TAIL_MAX_BYTES = BATCH_MAX_BYTES, /* of a page */
	/* What a page has beside its records, and each record beside its body
	 * and its sealed data. */
	TAIL_FRAME = 512,
	TAIL_RECORD_FRAME = 3 + 1 + 2 + CRYPTO_SIG_SIZE + 9 + 3
};

struct tail {
	uint8_t dev[BATCH_DEV];
	uint8_t nonce[TAIL_NONCE];      /* of the question */
	uint64_t time;                  /* of the centre, ms since 1970 UTC */
	uint64_t last;                  /* number of the newest record there */
	uint8_t head[CRYPTO_HASH_SIZE]; /* hash of that; h_0 for 0 */
	uint64_t from;                  /* number of the first record here */
	struct batch_record record[TAIL_MAX_RECORDS];
	size_t records;
	/* Their personal data, sealed to the terminal, as far as they are
	 * there; in the order of seq. */
	struct batch_pd pd[TAIL_MAX_RECORDS];
	size_t pds;
	uint8_t key_id[TAIL_KEY_ID];
	uint8_t sig[CRYPTO_SIG_SIZE];
	uint8_t digest[CRYPTO_HASH_SIZE]; /* what is signed */
};

/*
 * Sign it and put it at the end of out; key_id, sig and digest are filled in.
 * False: it is more than a page may hold, or breaks its rules; then nothing of
 * out counts.
 */
bool tail_write(struct tail *t, const struct crypto_pair *key, struct buf *out);

/* Strict. The bytes of one page; there may be others behind it. Their number;
 * 0: this is none, *finding says why (static text). */
size_t tail_read(const void *bytes, size_t len, struct tail *out,
	const char **finding);

/* False for another key's id, too. */
bool tail_is_signed(const struct tail *t,
	const uint8_t public[CRYPTO_PUBLIC_SIZE]);

#endif
