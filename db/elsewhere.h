/*
 * elsewhere.h - what the other terminals of the office have paid, by QR.
 *
 * Two terminals with the same list and no network show each other what they
 * have paid of it (core/codec/marks.h, FORMATS.md). What is taken here stops
 * the PAY of those entitlements (REFUSED_ELSEWHERE) until a second person
 * signs; a mark is never taken away again. Whose marks are believed says a
 * supervisor, once for each terminal, by its card or its keys file.
 */
#ifndef DB_ELSEWHERE_H
#define DB_ELSEWHERE_H

#include "core/codec/marks.h"
#include "db/refusal.h"
#include "db/users.h"

/* What is to be shown: a message, and of what. */
struct elsewhere_shown {
	struct marks head;
	int32_t period; /* of the list */
	int lists;      /* of that period … */
	int which;      /* … and which of them this is, from 0 */
	int64_t paid;   /* entitlements paid here */
	size_t len;
	uint8_t bytes[MARKS_MAX_BYTES];
};

/*
 * Of list number which (from 0, of those of period; 0: of the newest) what is
 * paid here; with an EXPORT record. REFUSED_ROLE: for agents and supervisors;
 * REFUSED_NO_LIST, REFUSED_MARKS_SIZE, REFUSED_TRAINING, REFUSED_CLOCK_DAY.
 */
enum verdict elsewhere_show(struct db *db, const struct session *s,
	int32_t period, int which, struct elsewhere_shown *out,
	struct refusal *why, struct err *err);

/* What came of taking one. */
struct elsewhere_taken {
	struct marks head;
	uint64_t seq;      /* of the MARKS record, or of that of before: */
	bool same;         /* this very message was taken before */
	int32_t period;    /* of the list */
	int64_t paid;      /* entitlements paid there … */
	int64_t fresh;     /* … that were not known to be … */
	int64_t both;      /* … and those that are paid here as well … */
	uint64_t both_seq; /* … the PAY of one of them */
};

/*
 * Take a whole message, with a MARKS record. REFUSED_ROLE; REFUSED_MARKS: none,
 * or not as it was written; REFUSED_MARKS_OWN; REFUSED_MARKS_PEER: of a
 * terminal that is not known here, prior.point is its short id, as with
 * REFUSED_MARKS_FORGED; REFUSED_MARKS_LIST: that list is not here;
 * REFUSED_MARKS_NAMES: it is, and came in another way; REFUSED_MARKS_OLD: a
 * newer one was taken, amount is its time; REFUSED_CLOCK_DAY.
 */
enum verdict elsewhere_take(struct db *db, const struct session *s,
	const uint8_t *bytes, size_t len, struct elsewhere_taken *out,
	struct refusal *why, struct err *err);

/* Who took the message that marks are from, and when; point is the short id
 * of the terminal that paid. seq: of due_item.elsewhere. */
enum lookup elsewhere_prior(struct db *db, uint64_t seq,
	struct refusal_prior *out, struct err *err);

/* The card of this terminal. */
void elsewhere_card(const struct db *db, char out[MARKS_CARD_SIZE]);

/*
 * A supervisor says that the terminal of this card is one of the office:
 * CONFIG record. DONE, and no record, if it is known already. REFUSED_PEER:
 * no card, our own, or another key for a terminal that is known;
 * REFUSED_PEER_GONE: it was taken out.
 */
enum verdict elsewhere_know(struct db *db, const struct session *s,
	const struct marks_card *card, struct refusal *why, struct err *err);

/* Why one is believed no more; in the store by these numbers. */
enum peer_why {
	PEER_NO_WHY,
	PEER_LOST,
	PEER_REPLACED,
	PEER_CLOSED,
	PEER_WHYS
};

/* "lost"; "" if it is none. */
const char *elsewhere_why_name(enum peer_why why);

/*
 * A supervisor takes a terminal out: from now on its marks and hand-overs are
 * refused, nobody is handed over to it, and no request of it is approved
 * (REFUSED_PEER_GONE); CONFIG record, signed. What it signed before stays, and
 * so does its key, to check that by. For good: its card is refused as well; a
 * terminal that turns up again begins a new book. REFUSED_ROLE;
 * REFUSED_MARKS_PEER: it is not known; REFUSED_PEER_GONE: it is out.
 */
enum verdict elsewhere_drop(struct db *db, const struct session *s,
	const uint8_t dev[MARKS_DEV_SIZE], enum peer_why because,
	struct refusal *why, struct err *err);

/* A terminal that is believed here. */
struct elsewhere_peer {
	uint8_t dev[MARKS_DEV_SIZE];
	uint8_t public[CRYPTO_PUBLIC_SIZE];
};

/* By their ids, at most max of them; *all: how many there are. */
bool elsewhere_peers(struct db *db, struct elsewhere_peer *out, int max,
	int *all, struct err *err);

#endif
