/*
 * journal_internal.h - writing records. Private to db/: only the modules
 * that know what happened write, each record in the transaction that also
 * changes the tables it tells of.
 */
#ifndef DB_JOURNAL_INTERNAL_H
#define DB_JOURNAL_INTERNAL_H

#include "db/journal.h"
#include "db/payouts.h"

/* journal.md 2; those written today. */
enum journal_kind {
	JOURNAL_START = 1,
	JOURNAL_KEYROLL = 2,
	JOURNAL_OPEN = 3,
	JOURNAL_CLOSE = 4,
	JOURNAL_LOGIN = 6,
	JOURNAL_LOGOUT = 7,
	JOURNAL_LOGIN_FAIL = 8,
	JOURNAL_CLOCK = 9,
	JOURNAL_PAY = 10,
	JOURNAL_PRINT = 11,
	JOURNAL_HANDED = 12,
	JOURNAL_VOID = 13,
	JOURNAL_REPRINT = 14,
	JOURNAL_FLOAT_IN = 20,
	JOURNAL_FLOAT_OUT = 21,
	JOURNAL_COUNT = 22,
	JOURNAL_OVER_SHORT = 23,
	JOURNAL_REVIEW = 36,
	JOURNAL_NOT_PAID = 37,
	JOURNAL_IMPORT = 40,
	JOURNAL_CONFIG = 45,
	JOURNAL_RECOVERY = 52,
};

/* Key 20. */
enum {
	JOURNAL_OVERRIDE = 16
};

enum {
	JOURNAL_PD_MAX = 1024
};

/* What is to be recorded. Zero and NULL leave a key out. */
struct journal_entry {
	enum journal_kind kind;
	int64_t actor;               /* user number, 0: the system */
	const struct session *by;    /* the actor, if he signs: key 18 */
	const struct session *cosig; /* the second person: key 19 */
	uint64_t shift;              /* 0: the last one opened */
	uint64_t ref;
	bool has_amount;
	int64_t amount;
	int32_t period;
	const void *pd; /* plain personal data: key 16 and table pd */
	size_t pd_len;
	bool has_reason;
	uint64_t reason;
	uint64_t flags;
	const uint8_t *kpub;         /* 32 bytes */
	const uint8_t *rsum;         /* 32 bytes */
	const struct notes *notes;   /* key 26 */
	const struct due_item *item; /* key 27 */
	int items;
	bool has_result;
	uint64_t result;
	uint64_t who;
};

/* What became of it. */
struct journal_done {
	uint64_t seq;
	int64_t t;
	int clock_quality;
	uint8_t h[CRYPTO_HASH_SIZE];
};

/*
 * Append one record inside the caller's transaction (db_begin). done may be
 * NULL. Before it may go a CLOCK record (the wall clock is behind the last
 * record) and a RECOVERY record (the machine was started anew).
 */
bool journal_append(struct db *db, const struct journal_entry *entry,
	struct journal_done *done, struct err *err);

#endif
