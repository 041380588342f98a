/*
 * proof.h - a paper of this terminal beside its book: does the book hold it?
 *
 * The QR of a receipt (CV1) or Z slip (CZ1) that bears this terminal's own
 * signature and that the book does not hold proves that records are missing:
 * the end was cut off, or an older disk was put back (journal.md 9, R1). The
 * book is then frozen, by a record of its own: no shift opens and nothing is
 * paid until the records are back or the terminal is retired.
 *
 * What can be proven offline: a paper signed by any key the book knows, which
 * is that of each epoch so far and of the three to come. A paper that names
 * this terminal, but was signed by none of these, proves nothing by itself,
 * since anybody can print one; a supervisor may take it for true.
 */
#ifndef DB_PROOF_H
#define DB_PROOF_H

#include "db/shifts.h"

enum {
	PROOF_TEXT_SIZE = ZSEAL_TEXT_SIZE + 2 /* and a line end */
};

enum proof {
	PROOF_NONE,     /* not the text of a paper */
	PROOF_FOREIGN,  /* of another terminal */
	PROOF_AGREES,   /* the book holds just this */
	PROOF_MISSING,  /* rightly signed, and the book does not hold it */
	PROOF_UNPROVEN, /* the book does not hold it, and no known key signed */
};

struct proof_found {
	enum proof proof;
	bool slip; /* a Z slip, else a receipt */
	uint64_t seq;
	uint64_t last_seq; /* of the book */
	int64_t shift;     /* Z slip only */
	int64_t last_shift;
	int64_t t;
	bool frozen; /* the book is, now */
};

/* Compare only. A line end behind the text, as scanners add, is no matter. */
bool proof_look(struct db *db, const char *text, struct proof_found *out,
	struct err *err);

/*
 * Compare, and freeze the book if the paper proves that records are missing.
 * s: who showed it, user 0 for nobody. by: a supervisor who takes an unproven
 * paper for true, else NULL; another role is as NULL.
 */
bool proof_take(struct db *db, const struct session *s,
	const struct session *by, const char *text, struct proof_found *out,
	struct err *err);

/* Is the book frozen? *seq: the FAULT_BEGIN record, 0 if it is not. */
uint64_t proof_frozen(const struct db *db);

/* Key 17 of END. */
enum retire_reason {
	RETIRE_REPLACED = 1,
	RETIRE_TAIL_LOST = 2,
	RETIRE_DAMAGED = 3,
	RETIRE_OTHER = 9,
};

/*
 * The END record, by a supervisor: nothing is ever written after it. The
 * terminal goes on as a new one, with a store of its own. REFUSED_ROLE,
 * REFUSED_SHIFT_OPEN.
 */
enum verdict proof_retire(struct db *db, const struct session *s,
	enum retire_reason reason, struct refusal *why, struct err *err);

/* Was the END record written? */
bool proof_retired(const struct db *db);

#endif
