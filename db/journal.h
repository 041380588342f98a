/*
 * journal.h - the book: append-only, chained by hash, signed (journal.md).
 *
 * Rows are written by the modules that know what happened (payouts, shifts,
 * users, lists); here is what everybody may ask of the book as a whole.
 */
#ifndef DB_JOURNAL_H
#define DB_JOURNAL_H

#include "core/crypto.h"
#include "db/users.h"

enum {
	JOURNAL_TOTALS = 6
};

/* journal.md key 11, in its order. */
struct journal_totals {
	int64_t paid_gross;
	int64_t void_gross;
	int64_t float_in;
	int64_t float_out;
	int64_t payments;
	int64_t voids;
};

struct journal_head {
	uint64_t last_seq;
	uint8_t head[CRYPTO_HASH_SIZE];
	uint64_t acked_seq;
	uint64_t shift; /* number of the last shift opened */
	uint64_t epoch;
	struct journal_totals totals;
};

bool journal_head(struct db *db, struct journal_head *out, struct err *err);

struct journal_report {
	uint64_t records;  /* checked */
	uint64_t bad_seq;  /* first record that is wrong; 0: none */
	char finding[128]; /* what is wrong with it, "" if nothing */
};

/*
 * Walk the whole chain: canonical CBOR, dense seq, hash, signature under the
 * key of its epoch, totals, and the derived tables against it. False only if
 * it could not be read; what is wrong stands in *out.
 */
bool journal_verify(struct db *db, uint64_t from_seq,
	struct journal_report *out, struct err *err);

/* What a clock that people set says, beside what the book knows. */
struct journal_clock {
	int64_t now;
	int64_t behind; /* ms before the latest time in the book; 0: not */
	bool no_day;    /* no day of any list: only looking is allowed */
	int quality;    /* key 8 of a record made now */
};
bool journal_clock(struct db *db, struct journal_clock *out, struct err *err);

/*
 * A supervisor says that the wall clock is right now (a clock that had been
 * ahead would block paying for as long; the lists may be old): CLOCK record,
 * signed by him. ERR_DENIED if he is no supervisor, or the clock shows a year
 * in which there was no such program.
 */
bool journal_clock_set(struct db *db, const struct session *by,
	struct err *err);

/* Made, sent, acknowledged: the three numbers of product.md rule 7. */
struct journal_counts {
	uint64_t made;
	uint64_t sent;
	uint64_t acked;
	int64_t contact_at; /* ms since 1970; 0: never */
	bool joined;
	uint64_t waiting; /* to be sent: behind acked, without UPLOAD_ACKs */
};
bool journal_counts(struct db *db, struct journal_counts *out, struct err *err);

#endif
