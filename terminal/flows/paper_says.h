/*
 * paper_says.h - what a receipt that somebody brings is worth, in words: true,
 * altered, a copy, cancelled, of another terminal. Pure.
 *
 * A scanned QR is compared byte by byte with the book (payouts_by_code()) and
 * its signature with our keys (proof.h); a typed code only names a payment.
 */
#ifndef FLOWS_PAPER_SAYS_H
#define FLOWS_PAPER_SAYS_H

#include "db/payouts.h"
#include "db/proof.h"

enum paper_says {
	PAPER_SAYS_TRUE,     /* scanned, and the book has just this */
	PAPER_SAYS_IN_BOOK,  /* typed: such a payment is in the book */
	PAPER_SAYS_VOIDED,   /* … and it was cancelled */
	PAPER_SAYS_ALTERED,  /* of a record of ours, and not what it says */
	PAPER_SAYS_UNPROVEN, /* of no record, and by none of our keys */
	PAPER_SAYS_MISSING,  /* ours, and the book lacks it */
	PAPER_SAYS_FOREIGN,  /* of another terminal */
	PAPER_SAYS_NOTHING,  /* no such code */
	PAPER_SAYS_COUNT,
};

enum {
	PAPER_SAYS_SIZE = 512
};

/* Of a payment that was found. */
enum paper_says paper_says_of(enum payout_state state, bool scanned);

/* Of none. */
enum paper_says paper_says_none(const struct proof_found *f);

/* "true", "altered": for scripts. */
const char *paper_says_code(enum paper_says p);

/* "A TRUE RECEIPT", through tr(). */
const char *paper_says_title(enum paper_says p);

/* The sentence: what to do. copies: printed of it so far; f: NULL if found. */
const char *paper_says_text(enum paper_says p, int copies,
	const struct proof_found *f, char out[PAPER_SAYS_SIZE]);

#endif
