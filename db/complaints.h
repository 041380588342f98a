/*
 * complaints.h - somebody says that a receipt is wrong.
 *
 * A record of its own (COMPLAINT) that names the payment and why; nothing is
 * decided by it, and nothing about the payment changes. What came of it is
 * what the book says of that payment afterwards: cancelled or not.
 */
#ifndef DB_COMPLAINTS_H
#define DB_COMPLAINTS_H

#include "db/payouts.h"

/* Key 17 of COMPLAINT. */
enum complaint_reason {
	COMPLAINT_NONE = 0,
	COMPLAINT_NOT_RECEIVED = 1, /* he did not get the money */
	COMPLAINT_AMOUNT = 2,       /* less than the receipt says */
	COMPLAINT_PERSON = 3,       /* somebody else came, or wrong data */
	COMPLAINT_OTHER = 9,
};

struct complaint {
	uint64_t seq; /* its number */
	int64_t t;
	int64_t actor; /* who noted it */
	char actor_name[DB_NAME_SIZE];
	enum complaint_reason reason;
	uint64_t payout; /* the PAY record … */
	char code[SEAL_CODE_SIZE];
	int64_t amount;
	enum payout_state state; /* … as it stands now */
};

/* REFUSED_ROLE: for agents and supervisors; REFUSED_NOT_FOUND: payout is no
 * payment of this book; REFUSED_CLOCK_DAY. */
enum verdict complaints_note(struct db *db, const struct session *s,
	uint64_t payout, enum complaint_reason reason, struct complaint *out,
	struct refusal *why, struct err *err);

/* Those after record number after, the oldest first; max at most. False:
 * *err. A whole book is read for it: seldom, and with time. */
bool complaints_list(struct db *db, uint64_t after, struct complaint *out,
	int max, int *count, bool *more, struct err *err);

const char *complaint_reason_name(enum complaint_reason r);
bool complaint_reason_parse(const char *name, enum complaint_reason *out);

#endif
