/*
 * shifts.h - a shift of one agent and the drawer that belongs to it.
 *
 * One shift is open at a time on a terminal. Opening rolls the signing key
 * (KEYROLL, OPEN and FLOAT_IN in one transaction); closing counts the drawer
 * (COUNT, OVER_SHORT when it differs, CLOSE). The drawer is what the book
 * expects in cash: float in, minus drops, minus paid, plus taken back. It is
 * never below zero. A difference is recorded, never charged or corrected.
 *
 * A shift is its agent's and nobody else's (T72). Only when he may not work
 * here any more somebody stands in for him: counts, closes, answers whether
 * an open payment was handed over; with a second person, always.
 */
#ifndef DB_SHIFTS_H
#define DB_SHIFTS_H

#include "core/codec/zseal.h"
#include "core/notes.h"
#include "db/refusal.h"
#include "db/users.h"

/* Why somebody else may close it; key 17 of that CLOSE. */
enum shift_left {
	SHIFT_LEFT_NOT,
	SHIFT_LEFT_REVOKED, /* its agent was taken out */
	SHIFT_LEFT_OVER,    /* his last day is over */
};

struct shift {
	int64_t number; /* 1, 2, 3 … on this device */
	int64_t actor;
	char actor_name[DB_NAME_SIZE];
	int64_t opened_at;
	int64_t float_in;
	int64_t float_out;
	int64_t paid;     /* PAY minus VOID, in đồng */
	int64_t payouts;  /* PAY minus VOID, in number */
	int64_t expected; /* cash that must be in the drawer */
	enum shift_left left;
};

enum shift_reason {
	SHIFT_REASON_NONE = 0,
	SHIFT_REASON_MISCOUNT = 1,
	SHIFT_REASON_UNKNOWN = 2,
	SHIFT_REASON_CHANGE = 3, /* small change could not be given */
	SHIFT_REASON_OTHER = 9,
};

/* The Z slip: what closing says, printed and signed (journal.md 5). */
struct shift_slip {
	uint64_t seq; /* of the CLOSE record */
	struct shift shift;
	int64_t counted;
	int64_t difference; /* counted - expected */
	uint8_t head[CRYPTO_HASH_SIZE];
	int64_t t;
	int clock_quality;
	struct notes notes; /* the count */
	/* Pieces more (or less, below 0) than the records say, if every one
	 * of them told its notes: of a difference only, else all 0. */
	struct notes differs;
	enum shift_reason reason; /* of a difference */
	int64_t second;           /* who stood by, 0: nobody */
	char second_name[DB_NAME_SIZE];
	int64_t stand_in; /* who closed it in place of its agent, 0 */
	char stand_in_name[DB_NAME_SIZE];
	int64_t signs; /* what a supervisor should look at: signs.h */
	char code[SEAL_CODE_SIZE];
	char qr[ZSEAL_TEXT_SIZE];
};

/* The shift that is open now, whoever's it is. */
enum lookup shifts_current(struct db *db, struct shift *out, struct err *err);

/*
 * Open without the Z slip of the shift before: allowed, and flagged in the
 * OPEN record unless this is the first. REFUSED_TAIL_LOST: proof.h.
 */
enum verdict shifts_open(struct db *db, const struct session *s,
	const struct notes *in, struct shift *out, struct refusal *why,
	struct err *err);

/*
 * The same with the text of that slip's QR, NULL: without. REFUSED_SLIP if it
 * is not that of the last shift closed; show it to proof_take() first.
 */
enum verdict shifts_open_with(struct db *db, const struct session *s,
	const struct notes *in, const char *slip, struct shift *out,
	struct refusal *why, struct err *err);

/* The number of the last shift that was closed, 0: none was. */
bool shifts_last_closed(struct db *db, int64_t *out, struct err *err);

/* Cash brought (top-up) or taken to the safe (drop) while the shift is on. */
enum verdict shifts_top_up(struct db *db, const struct session *s,
	const struct notes *in, struct shift *out, struct refusal *why,
	struct err *err);
enum verdict shifts_drop(struct db *db, const struct session *s,
	const struct notes *notes, struct shift *out, struct refusal *why,
	struct err *err);

/*
 * Close with what was counted. If that is not what the book expects, a
 * reason and a second person (not the agent, a supervisor) are needed:
 * REFUSED_DIFFERENCE until both are given; by may be NULL otherwise. For an
 * agent who is out (shift.left) somebody else closes: REFUSED_SECOND_PERSON
 * without by, also where nothing differs; his CLOSE has flag 16 and key 17.
 */
enum verdict shifts_close(struct db *db, const struct session *s,
	const struct notes *counted, enum shift_reason reason,
	const struct session *by, struct shift_slip *out, struct refusal *why,
	struct err *err);

#endif
