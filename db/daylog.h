/*
 * daylog.h - the payments of a day, a shift, a month, as the daily log lists
 * them: each PAY with its amount, and each VOID with the same amount less, so
 * that the sum is what really went out.
 *
 * Names are read, so somebody must be signed in (else ERR_DENIED). Threads:
 * that of the store. Blocking: some 30 us a payment.
 */
#ifndef DB_DAYLOG_H
#define DB_DAYLOG_H

#include "db/journal.h"
#include "db/payouts.h"

/* Records that a log is of: from the first that is meant to the last. */
struct daylog_range {
	uint64_t first;
	uint64_t last;
	int64_t from;  /* ms, of the days asked for; 0: of a shift */
	int64_t until; /* ms, behind them */
};

/*
 * All records from the first made at from or later to the last made before
 * until. ABSENT: there are none. A clock that was set back puts records of
 * other days between them: those are in it, too.
 */
enum lookup daylog_days(struct db *db, int64_t from, int64_t until,
	struct daylog_range *out, struct err *err);

/* From its OPEN to its CLOSE, or to the newest record while it is open. */
enum lookup daylog_shift(struct db *db, int64_t shift, struct daylog_range *out,
	struct err *err);

struct daylog_payment {
	uint64_t seq; /* of the PAY, or the VOID */
	uint64_t pay; /* of the PAY */
	int64_t t;
	int64_t shift;
	int64_t actor;
	int64_t amount; /* less than 0: a VOID */
	int64_t by_kind[ENT_OTHER + 1];
	int32_t period;
	enum payout_state state; /* what became of the PAY until now */
	enum void_reason void_reason;
	enum print_state print;
	char code[SEAL_CODE_SIZE];
	char pad[PAYOUT_PAD_SIZE]; /* "": printed by the machine */
	enum payee payee;
	char payee_name[VIET_NAME_SIZE];
	char payee_id[PERSONID_SIZE];
	struct person person; /* number, name, birth, group; "": erased */
};

/* In the order of the book; each() false: stop, err->code is ERR_NONE. */
bool daylog_payments(struct db *db, const struct daylog_range *range,
	bool (*each)(void *ctx, const struct daylog_payment *p), void *ctx,
	struct err *err);

/* Numbers of the records of one kind; each() false: as above. */
enum daylog_kind {
	DAYLOG_ACCOUNTS = 31,
	DAYLOG_VISITS = 35,
};
bool daylog_each(struct db *db, const struct daylog_range *range,
	enum daylog_kind kind, bool (*each)(void *ctx, uint64_t seq), void *ctx,
	struct err *err);

/* What these records add to the six totals that each of them is signed with. */
bool daylog_totals(struct db *db, const struct daylog_range *range,
	struct journal_totals *out, struct err *err);

#endif
