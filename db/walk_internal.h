/*
 * walk_internal.h - reading the book record by record, believing nothing.
 */
#ifndef DB_WALK_INTERNAL_H
#define DB_WALK_INTERNAL_H

#include "db/ents_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"

struct walk {
	struct db *db;
	/* Where the walk stands: after this record. */
	uint64_t seq;
	uint8_t h[CRYPTO_HASH_SIZE];
	uint8_t key[CRYPTO_PUBLIC_SIZE]; /* signs the next record */
	uint64_t epoch; /* 0: the walk does not know its number */
	uint64_t shift;
	struct journal_totals tot;
	uint64_t t;
	bool rolled;        /* a KEYROLL that waits for its OPEN */
	uint64_t owed;      /* VOID whose cash is still to come back; 0 */
	uint64_t lost_tail; /* FAULT_BEGIN that froze the book, 0: not */
	bool ended;
	enum walk_shift {
		WALK_SHIFT_UNKNOWN, /* the walk began in the middle */
		WALK_SHIFT_CLOSED,
		WALK_SHIFT_OPEN,
	} bracket;
	struct ents ents;
	struct ents moves; /* RELEASE, ACQUIRE: hop and away of a fate */
	struct ents told;  /* CONFIG records, by their sums (told_internal.h) */
	/* Up to trusted, only hashes: those lead to trusted_h, or not. */
	uint64_t trusted;
	uint8_t trusted_h[CRYPTO_HASH_SIZE];
	/* What was found wrong; finding NULL: nothing. */
	uint64_t bad_seq;
	const char *finding;
	bool failed; /* no finding: it could not be read, *err says why */
	uint64_t records;
	uint64_t changes;  /* CHANGE among them */
	uint64_t answers;  /* ACCOUNT_STATE that are the bank's */
	uint64_t steps;    /* … and those that are not */
	uint64_t accounts; /* ACCOUNT */
	uint64_t limits;   /* CONFIG of a limit */
	uint64_t marks;    /* MARKS */
	uint64_t acks;     /* UPLOAD_ACK */
	uint64_t acked;    /* up to where the last of them says */
	uint64_t surveys;  /* IMPORT of a questionnaire */
	uint64_t visits;   /* VISIT */
	int64_t pads;      /* PAY from the pad */
};

/* Stand before the first record. */
void walk_from_start(struct walk *w, struct db *db);

/*
 * Stand after record seq, as the store itself has it. ABSENT: there is no
 * such record.
 */
enum lookup walk_from(struct walk *w, struct db *db, uint64_t seq,
	struct err *err);

/*
 * Walk to the end of the book, or to the first record that is wrong. False
 * only if it could not be read.
 */
bool walk_on(struct walk *w, struct err *err);

/* Does table state say what the walk came to? Sets finding if not. */
bool walk_compare_state(struct walk *w, struct err *err);

void walk_clear(struct walk *w);

#endif
