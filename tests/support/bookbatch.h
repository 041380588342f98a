/*
 * bookbatch.h - what a terminal with a book of bookgen.h would send.
 */
#ifndef TESTS_SUPPORT_BOOKBATCH_H
#define TESTS_SUPPORT_BOOKBATCH_H

#include "support/bookgen.h"

enum bookbatch_by {
	BATCH_BY_DEVICE,
	BATCH_BY_EPOCH,    /* in force behind the last record */
	BATCH_BY_STRANGER, /* nobody whom the centre knows */
};

struct bookbatch {
	uint64_t from;
	uint64_t to;
	enum bookbatch_by by;
	uint8_t nonce; /* 16 of it */
	bool pd;       /* 60 bytes of sealed data with each PAY */
};

/* The batch, in place of what out held. */
void bookbatch_make(const struct bookgen *b, const struct bookgen_sealed *s,
	const struct bookbatch *how, struct bytes *out);

/* h_0 of the book. */
void bookbatch_genesis(const struct bookgen *b, uint8_t out[32]);

/* The same book, of another terminal: all signed and hashed anew. */
void bookbatch_other_dev(struct bookgen *b, uint8_t first_byte);

#endif
