/*
 * erase.h - one person's data out of the store, for good; and how many people
 * a store knows (T68, T69).
 *
 * The law lets people ask for it (facts of law 91/2025); the book of money
 * stays as it is. Gone are name, numbers, address, accounts, who came for the
 * money, notes, and what was sealed to the centre with each record. What is
 * left says that a person of this number in the store was paid, not who that
 * is. The book verifies as before, since it holds commitments only.
 */
#ifndef DB_ERASE_H
#define DB_ERASE_H

#include "db/users.h"

/* Why; in the CONFIG record's line, db/README.md. */
enum erase_reason {
	ERASE_NO_REASON,
	ERASE_REQUEST, /* he asks for it */
	ERASE_ORDER,   /* an authority orders it */
	ERASE_ERROR,   /* should never have been on a list here */
	ERASE_OVER,    /* the time for keeping is over */
	ERASE_REASONS
};

const char *erase_reason_name(enum erase_reason r);
bool erase_reason_parse(const char *name, enum erase_reason *out);

struct erase_done {
	int people;      /* units that knew him */
	int64_t records; /* records whose personal data are gone */
	uint64_t seq;    /* the last CONFIG record */
};

enum erase_outcome {
	ERASE_FAILED = -1, /* *err; ERR_DENIED: only a supervisor may */
	ERASE_NOBODY,      /* nobody of that number is here */
	ERASE_DUE,         /* money is due to him yet, or just going out */
	ERASE_DONE,
};

/*
 * Whoever has this id12, in every unit. Takes as long as writing the file
 * anew, since no page may keep a trace; if the power goes meanwhile, that is
 * made up for at the next sign-in.
 */
enum erase_outcome erase_person(struct db *db, const struct session *s,
	const char *id12, enum erase_reason reason, struct erase_done *out,
	struct err *err);

/* What a store holds of people; nobody needs to be signed in. */
struct erase_counts {
	int64_t people;
	int64_t erased;
	int64_t payouts;
	int64_t accounts; /* answers of banks */
	int64_t lists;
	int64_t newest; /* ms since 1970: when the last list came in; 0: none */
};
bool erase_counts(struct db *db, struct erase_counts *out, struct err *err);

#endif
