/*
 * mutation.h - ways to falsify a journal by those who own every key.
 *
 * Each row changes records as their meaning goes; then the whole book is
 * hashed and signed again by the right keys, so that nothing but the check
 * that the row names can see it. Rows are in mutation_*.c by what they touch.
 */
#ifndef TESTS_SUPPORT_MUTATION_H
#define TESTS_SUPPORT_MUTATION_H

#include "support/bookgen.h"

/* What is done after the edit, and what the verifier is given. */
enum {
	MUT_TOTALS = 1,   /* key 11 is worked out again */
	MUT_BALANCE = 2,  /* and what was counted at each CLOSE */
	MUT_OUTSIDE = 4,  /* keys, roster, checkpoints are of the old book */
	MUT_NO_KEYS = 8,  /* no keys file */
	MUT_INFO = 16,    /* no finding: told as information */
	MUT_ACCEPT = 32,  /* nothing is wrong with it */
	MUT_PLAIN = 64,   /* on a book of payouts only */
	MUT_END = 128,    /* on a book that has END */
	MUT_FUTURE = 256, /* dates of the future are allowed */
};

struct mutation {
	const char *name; /* "V12: ..." or "T36: ..." */
	int check;
	void (*edit)(struct bookgen *b);
	unsigned how;
};

struct mutation_table {
	const struct mutation *row;
	size_t rows;
};

extern const struct mutation_table mutation_body;
extern const struct mutation_table mutation_frame;
extern const struct mutation_table mutation_time;
extern const struct mutation_table mutation_money;
extern const struct mutation_table mutation_people;
extern const struct mutation_table mutation_outside;
extern const struct mutation_table mutation_stand_in;
extern const struct mutation_table mutation_elsewhere;
extern const struct mutation_table mutation_consent;
extern const struct mutation_table mutation_account;
extern const struct mutation_table mutation_visit;

/* ---- for the rows ----------------------------------------------------------*/

/* The first record of that kind; ends the program if there is none. */
struct bookgen_rec *mutation_first(struct bookgen *b, uint64_t kind);

/* The last one. */
struct bookgen_rec *mutation_last(struct bookgen *b, uint64_t kind);

/* The n-th payout, from 0, that was printed, handed over, and is neither
 * voided nor flagged nor of several things. */
struct bookgen_rec *mutation_payout(struct bookgen *b, int n);

/* The first record of a kind, at or after seq, that refers to record ref. */
struct bookgen_rec *mutation_of(struct bookgen *b, uint64_t kind, uint64_t ref);

/* Put a copy of record from before record seq: stamped like its neighbour,
 * with personal data of its own. Returns the copy. */
struct bookgen_rec *mutation_repeat(struct bookgen *b, uint64_t from,
	uint64_t seq);

/* What COUNT, OVER_SHORT and CLOSE say, from the totals; the difference of
 * each shift stays what it was. */
void mutation_balance(struct bookgen *b);

/* All times later. */
void mutation_later(struct bookgen *b, uint64_t ms);

#endif
