/*
 * cycle.h - what the papers of a pay cycle hold: the payment list, who has not
 * collected, what changed, who has no card, and the settlement.
 *
 * All of it is of one list period and, if one is given, one commune. Somebody
 * must be signed in (else ERR_DENIED). Threads: that of the store. Blocking:
 * some 100 us a person; the settlement reads the whole book besides.
 */
#ifndef DB_CYCLE_H
#define DB_CYCLE_H

#include "core/codec/changelist.h"
#include "core/codec/group.h"
#include "db/people.h"

/* Somebody who has money on the list of the period. */
struct cycle_person {
	struct person person;
	int64_t cash[ENT_OTHER + 1]; /* by kind; what he has not lost */
	int64_t total;               /* of these */
	int64_t paid;                /* here, of these */
	int64_t open;                /* still to be collected here */
	int64_t elsewhere; /* paid by another terminal (elsewhere.h) */
	int64_t by_account;
	int64_t stopped; /* lost, since he left: in none of the above */
	int64_t carried; /* now on a later list; in none of the above */
	/* Lists in a row, up to this one, of which he collected nothing in
	 * cash; 0: he collected, or has none. */
	int months;
};

/*
 * In the order of the list: by commune, list, number on it. each() false:
 * stop; then err->code is ERR_NONE.
 */
bool cycle_people(struct db *db, int32_t period, const char *unit,
	bool (*each)(void *ctx, const struct cycle_person *p), void *ctx,
	struct err *err);

/* Somebody who came, left, or is altered from that period on. */
struct cycle_change {
	struct person person;
	enum change_kind kind;
	enum change_reason reason;
	char date[DATE_TEXT_SIZE]; /* of death, ISO, or "" */
	char note[PAYLIST_TEXT_SIZE];
	int64_t monthly; /* 0: not said */
	uint64_t seq;    /* of the CHANGE */
	/* No list of changes says so: it was found at the counter or at the
	 * door (NOT_PAID), in that month; seq is that record. */
	bool found;
};

/* kind by kind, each in the order of the book. */
bool cycle_changes(struct db *db, int32_t period, const char *unit,
	bool (*each)(void *ctx, const struct cycle_change *c), void *ctx,
	struct err *err);

/* Why somebody is to be asked for at the police or the justice clerk. */
enum {
	CYCLE_NO_ID = 1,        /* the list has no number of his */
	CYCLE_NO_BIRTH = 2,     /* nor the day of his birth */
	CYCLE_MET_NO_CARD = 4,  /* a visit found him without a card */
	CYCLE_CARD_EXPIRED = 8, /* or with an old one */
	CYCLE_NO_PAPERS = 16    /* or without papers of his birth */
};

/* Those of the list; visits until the end of the month, the newest counts. */
bool cycle_cards(struct db *db, int32_t period, const char *unit,
	bool (*each)(void *ctx, const struct person *p, unsigned why),
	void *ctx, struct err *err);

/* ---- settlement ---------------------------------------------------------- */

/* Every entitlement of the list is in exactly one of those after LISTED. */
enum cycle_part {
	CYCLE_LISTED,
	CYCLE_BY_ACCOUNT,
	CYCLE_PAID, /* in cash: PAY less VOID, from the records */
	CYCLE_OPEN, /* not collected */
	CYCLE_STOPPED,
	CYCLE_ELSEWHERE,
	CYCLE_CARRIED,
	CYCLE_PARTS
};

struct cycle_sum {
	int64_t people; /* who have something of it */
	int64_t money;
};

struct cycle_settlement {
	int32_t period;
	/* By group; [GROUP_UNKNOWN]: of people who were erased. */
	struct cycle_sum part[CYCLE_PARTS][GROUP_COUNT];
	/* LISTED less all the others; not 0: records and lists disagree. */
	int64_t difference[GROUP_COUNT];
	/* Why: items paid with another amount than listed, paid twice, or
	 * paid and yet open on the list. */
	int64_t odd_items;
	/* The drawers of this terminal in that month, by its records. */
	int64_t cash_in;
	int64_t cash_out;
	int64_t cash_paid; /* PAY */
	int64_t cash_back; /* VOID */
	int64_t over;
	int64_t missing;
};

bool cycle_settle(struct db *db, int32_t period, const char *unit,
	struct cycle_settlement *out, struct err *err);

#endif
