/*
 * handover.h - a person goes to another terminal of the office, by QR.
 *
 *	here:  (due) --release--> AWAY --take what comes back--> (due)
 *	there: (on its list) --take--> (due there)
 *
 * Offline an entitlement is paid at most once because it belongs to one
 * terminal (journal.md 8). Here what is due to one person is released to
 * another terminal: a RELEASE record for each entitlement, and from then on it
 * is not paid here any more, whoever approves. The message of that
 * (core/codec/release.h) is shown as QR codes or printed; the other terminal
 * takes it with an ACQUIRE record for each, and may pay. It comes back only the
 * same way. An entitlement counts its moves (key 46), so a message is good
 * once: what is older than the newest move that this book knows is refused.
 *
 * Whose messages are believed is who is known here (elsewhere.h). The amount is
 * that of the list of whoever pays: without the person on it nothing is taken.
 */
#ifndef DB_HANDOVER_H
#define DB_HANDOVER_H

#include "core/codec/release.h"
#include "db/people.h"
#include "db/refusal.h"
#include "db/users.h"

enum {
	HANDOVER_PEERS = 9,      /* a key of digits each */
	HANDOVER_SHORT_SIZE = 7, /* a terminal's short id, as papers have it */
};

/* A message, and of whom. */
struct handover_shown {
	struct release message;
	int64_t person;
	int64_t amount; /* of all that is in it, by our list */
	size_t len;
	uint8_t bytes[RELEASE_MAX_BYTES];
};

/* Before somebody says where to. */
struct handover_ways {
	uint8_t peer[HANDOVER_PEERS][MARKS_DEV_SIZE]; /* known terminals */
	int peers;
	bool away; /* he was released already: shown is how */
	struct handover_shown shown;
};

/*
 * The terminals that are known here, and what was released of this person, if
 * something was. REFUSED_ROLE.
 */
enum verdict handover_look(struct db *db, const struct session *s,
	int64_t person, struct handover_ways *out, struct refusal *why,
	struct err *err);

/*
 * All cash that is due to him goes to that terminal. REFUSED_ROLE,
 * REFUSED_TRAINING, REFUSED_TAIL_LOST, REFUSED_MOVED, REFUSED_CLOCK_DAY;
 * REFUSED_MARKS_PEER: that terminal is not known here; REFUSED_RELEASED: it is
 * away already; and whatever keeps it from being paid (payouts.h), but for the
 * shift, the time of the list, the receiver and the drawer.
 */
enum verdict handover_release(struct db *db, const struct session *s,
	int64_t person, const uint8_t to[MARKS_DEV_SIZE],
	struct handover_shown *out, struct refusal *why, struct err *err);

/* What came of taking one. */
struct handover_taken {
	struct release message;
	int64_t person;
	int64_t amount; /* by our list */
	uint64_t seq;   /* the last ACQUIRE record */
};

/*
 * Take a whole message, with an ACQUIRE record for each entitlement, or
 * nothing. The refusals of releasing; REFUSED_HANDOVER: none, or not as it was
 * written; REFUSED_HANDOVER_OTHER: for another terminal, prior.point is its
 * short id; REFUSED_MARKS_PEER, REFUSED_HANDOVER_FORGED: who released it is
 * not known here, or did not sign it; REFUSED_HANDOVER_LIST: not on a list
 * here; REFUSED_ALREADY_PAID: here, prior; REFUSED_HANDOVER_USED: taken before,
 * or older than what is known here: prior is the newest move.
 */
enum verdict handover_take(struct db *db, const struct session *s,
	const uint8_t *bytes, size_t len, struct handover_taken *out,
	struct refusal *why, struct err *err);

/* Who released what due_item.away says, and when; point: to which terminal. */
enum lookup handover_prior(struct db *db, uint64_t seq,
	struct refusal_prior *out, struct err *err);

#endif
