/*
 * batch.h - records of one book on their way to the centre, and its answer.
 *
 * The batch of journal.md 8 (db/FORMATS.md): one canonical CBOR map, signed;
 * the same bytes go by network and by stick. What is read is borrowed from the
 * caller's bytes. Whether the records are right is not asked here: only that
 * the batch has the form. Golden vectors: tests/data/wire_vectors.txt. Pure;
 * any thread.
 */
#ifndef CORE_CODEC_BATCH_H
#define CORE_CODEC_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/codec/checkpoint.h"
#include "core/crypto.h"

enum {
	BATCH_DEV = 16,
	BATCH_NONCE = 16,
	BATCH_MAX_RECORDS = 256,
	BATCH_MAX_BYTES = 256 * 1024,
	BATCH_BODY_MAX = 4096, /* of a record: journal.md 2 */
	BATCH_PD_MAX = 8192,   /* sealed personal data of a record */
};

struct batch_record {
	const uint8_t *body;
	size_t len;
	const uint8_t *sig; /* CRYPTO_SIG_SIZE */
};

struct batch_pd {
	uint64_t seq;
	const uint8_t *sealed;
	size_t len;
};

struct batch {
	uint8_t dev[BATCH_DEV];
	uint64_t from;                    /* number of the first record */
	uint64_t to;                      /* and of the last */
	uint8_t before[CRYPTO_HASH_SIZE]; /* hash of record from - 1 */
	uint8_t last[CRYPTO_HASH_SIZE];   /* of record to */
	struct batch_record record[BATCH_MAX_RECORDS];
	size_t records;
	struct batch_pd pd[BATCH_MAX_RECORDS]; /* in the order of their seq */
	size_t pds;
	uint8_t nonce[BATCH_NONCE];
	uint8_t sig[CRYPTO_SIG_SIZE];
	uint8_t digest[CRYPTO_HASH_SIZE]; /* what is signed */
};

/*
 * Sign the batch and write it; sig and digest of *b are filled in. The key is
 * that of the epoch in force behind record to, or the device's own, which is
 * the only one that the centre knows while newer records are still on their
 * way. False: it is more than a batch may hold, or breaks its rules; then
 * nothing of out counts.
 */
bool batch_write(struct batch *b, const uint8_t secret[CRYPTO_SECRET_SIZE],
	struct buf *out);

/* Strict. *finding says what is wrong otherwise (static text). */
bool batch_read(const void *bytes, size_t len, struct batch *out,
	const char **finding);

bool batch_is_signed(const struct batch *b,
	const uint8_t public[CRYPTO_PUBLIC_SIZE]);

/* What the centre says; the numbers are those of HTTP. */
enum batch_status {
	BATCH_ACK = 200,
	BATCH_NO_BATCH = 400,  /* cannot be read at all */
	BATCH_REVOKED = 403,   /* kept apart; this terminal is out */
	BATCH_UNKNOWN = 404,   /* no such terminal */
	BATCH_CONFLICT = 409,  /* a gap, or a fork */
	BATCH_TOO_LARGE = 413, /* send half of it */
	BATCH_WRONG = 422,     /* a record is wrong; kept apart */
	BATCH_LATER = 503,     /* busy: not delivered */
};

struct batch_answer {
	enum batch_status status;
	/* ACK: */
	char note[CHECKPOINT_TEXT]; /* the checkpoint */
	size_t note_len;
	bool dup; /* all of it was here before */
	/* CONFLICT: what the centre holds, and */
	uint64_t last;
	uint8_t head[CRYPTO_HASH_SIZE];
	bool fork; /* not a gap: two books of one terminal */
	/* WRONG: */
	uint64_t seq;   /* 0: the batch itself */
	uint64_t check; /* number of V.., journal.md 10; 0: its signature */
	/* LATER: */
	uint64_t retry_s;
};

/* out->full if it does not fit; it takes CHECKPOINT_TEXT + 64 at most. */
void batch_answer_write(const struct batch_answer *a, struct buf *out);

bool batch_answer_read(const void *bytes, size_t len, struct batch_answer *out);

#endif
