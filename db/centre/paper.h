/*
 * paper.h - a receipt in somebody's hand, beside the books of the centre.
 *
 * The QR names terminal and record and is signed; the code that people read
 * out ("129S-RZCJ-BYD8-9") is a part of the record's hash, and is looked for
 * in the book of the terminal whose six digits stand on the paper, or, which
 * takes as long as reading everything, in all of them. A paper does not say
 * whether it is the original or a copy: how many copies were made is told.
 */
#ifndef DB_CENTRE_PAPER_H
#define DB_CENTRE_PAPER_H

#include "core/codec/seal.h"
#include "db/centre/rows.h"
#include "db/centre/store.h"

enum paper_verdict {
	PAPER_TRUE,      /* the payment stands as the paper says */
	PAPER_VOIDED,    /* true, and taken back later */
	PAPER_DOUBLE,    /* true, but what stands is another payment of it */
	PAPER_ALTERED,   /* the record is here and says something else */
	PAPER_FORK,      /* signed by the terminal, and its book has another */
	PAPER_NOT_YET,   /* its record has not come yet */
	PAPER_STRANGER,  /* of no terminal of this centre */
	PAPER_NO_RECORD, /* no payment has this code */
	PAPER_UNREADABLE,
	PAPER_VERDICTS
};

struct paper_found {
	enum paper_verdict verdict;
	/* As far as it is known: zeros, last 0. */
	struct store_device terminal;
	uint64_t seq;
	uint64_t t;
	uint64_t amount;
	uint64_t period;
	char code[SEAL_CODE_SIZE];
	uint64_t copies;    /* the highest number of a copy that was printed */
	uint64_t handed;    /* HANDED of it; 0: none yet */
	uint64_t voided;    /* VOID of it; 0: none */
	uint64_t other_seq; /* DOUBLE: which payment stands */
	uint8_t other_dev[BATCH_DEV];
};

/* text: of the QR, or the code; terminal: how the id begins, or NULL. */
bool paper_check(struct store *s, const char *text, const char *terminal,
	struct paper_found *out, struct err *err);

/* "true", for programs; and a sentence for people. */
const char *paper_word(enum paper_verdict v);
const char *paper_sentence(enum paper_verdict v);

bool paper_write(const struct paper_found *found, struct rows *out,
	struct err *err);

#endif
