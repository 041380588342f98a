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
	JOURNAL_NULL = 5,
	JOURNAL_LOGIN = 6,
	JOURNAL_LOGOUT = 7,
	JOURNAL_LOGIN_FAIL = 8,
	JOURNAL_CLOCK = 9,
	JOURNAL_PAY = 10,
	JOURNAL_PRINT = 11,
	JOURNAL_HANDED = 12,
	JOURNAL_VOID = 13,
	JOURNAL_REPRINT = 14,
	JOURNAL_VOID_RETURNED = 15,
	JOURNAL_FLOAT_IN = 20,
	JOURNAL_FLOAT_OUT = 21,
	JOURNAL_COUNT = 22,
	JOURNAL_OVER_SHORT = 23,
	JOURNAL_CONSENT = 30,
	JOURNAL_CONSENT_REFUSED = 32,
	JOURNAL_CONSENT_WITHDRAWN = 33,
	JOURNAL_VIEW = 34,
	JOURNAL_ACCOUNT = 31,
	JOURNAL_VISIT = 35,
	JOURNAL_REVIEW = 36,
	JOURNAL_NOT_PAID = 37,
	JOURNAL_ACCOUNT_STATE = 38,
	JOURNAL_CHANGE = 39,
	JOURNAL_IMPORT = 40,
	JOURNAL_EXPORT = 41,
	JOURNAL_RELEASE = 43,
	JOURNAL_ACQUIRE = 44,
	JOURNAL_UPLOAD_ACK = 42,
	JOURNAL_CONFIG = 45,
	JOURNAL_REVLIST = 46,
	JOURNAL_APPROVE = 47,
	JOURNAL_MARKS = 48,
	JOURNAL_COMPLAINT = 49,
	JOURNAL_FAULT_BEGIN = 50,
	JOURNAL_FAULT_END = 51,
	JOURNAL_RECOVERY = 52,
	JOURNAL_END = 60,
};

/* Key 20. */
enum {
	JOURNAL_LATE = 2,
	JOURNAL_HANDWRITTEN = 4,
	JOURNAL_NO_PRINTER = 8,
	JOURNAL_OVERRIDE = 16
};

enum {
	JOURNAL_PD_MAX = 3072, /* a VISIT has up to SURVEY_ANSWERS_MAX in it */
	JOURNAL_BARRED_MAX = 256 /* numbers in key 33 */
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
	int64_t person; /* whose they are: people's id, in no record */
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
	int64_t given_at;    /* key 21 */
	const char *pad;     /* key 22 */
	const char *line;    /* key 31: what rsum is over, without its end */
	const uint8_t *peer; /* key 30, 16 bytes */
	const uint8_t *ent;  /* key 15, 16 bytes */
	uint64_t hop;        /* key 46 */
	/* Key 32: the last day, YYYYMMDD, on which that user may work. */
	int64_t until_user;
	int32_t until;
	/* Key 33: users that a list takes out, in the order of numbers. */
	const int64_t *barred;
	size_t barreds;
	const char *notice; /* key 34: "consent-vi-1" */
	bool has_purposes;  /* key 35 */
	uint64_t asked;
	uint64_t yes;
	int32_t expires; /* key 36: YYYYMMDD */
	/* Keys 37, 38: of ACCOUNT (accounts.h). */
	uint64_t via;
	uint64_t names;
	int32_t next_day;     /* key 40, YYYYMMDD */
	const uint64_t *made; /* key 41 */
	size_t mades;
	const char *ack; /* key 25: a checkpoint */
	size_t ack_len;
};

/* Key 28 of RECOVERY. */
enum {
	RECOVERY_STARTED = 1, /* the machine was started anew */
	RECOVERY_HANDED = 2,  /* "was the money handed over?": yes */
	RECOVERY_NOT_HANDED = 3
};

/* Key 17 of FAULT_BEGIN and FAULT_END, of those that are written today. */
enum {
	FAULT_TAIL_LOST = 5
};

/* Key 17 of LOGIN_FAIL; none: a wrong PIN. */
enum {
	LOGIN_FAIL_ROLE = 1 /* signed in, but the role may not do that */
};

/* Key 17 of CLOCK. */
enum {
	CLOCK_BEHIND = 1, /* the wall clock is behind the last record */
	CLOCK_SET = 2,    /* an operator says that it is right now */
	/* The clock shows no day of any list, so nothing else is written: */
	CLOCK_NO_DAY = 3,    /* somebody signed in to look */
	CLOCK_NO_DAY_PIN = 4 /* somebody tried a wrong PIN */
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
 * record) and a RECOVERY record (the machine was started anew). When the
 * clock shows no day (window_internal.h) a CLOCK record stands for LOGIN and
 * LOGIN_FAIL, nothing for LOGOUT, and all else fails with ERR_DENIED.
 */
bool journal_append(struct db *db, const struct journal_entry *entry,
	struct journal_done *done, struct err *err);

/* The START record, and the first epoch key with it. For db_create(). */
bool journal_start(struct db *db, const struct crypto_pair *device,
	struct err *err);

/*
 * KEYROLL for shift: signed by the epoch that ends, whose secret is gone
 * once the caller's transaction is committed.
 */
bool journal_roll_key(struct db *db, int64_t actor, uint64_t shift,
	struct err *err);

/* journal_head() for a store that is just being made: ABSENT, no book yet. */
enum lookup journal_head_if_any(struct db *db, struct journal_head *out,
	struct err *err);

/* A row of the book, as it is stored. */
struct journal_row {
	uint64_t seq;
	uint8_t body[4096];
	size_t len;
	uint8_t h[CRYPTO_HASH_SIZE];
	uint8_t sig[CRYPTO_SIG_SIZE];
	bool has_rsig;
	uint8_t rsig[CRYPTO_SIG_SIZE];
};
enum lookup journal_row(struct db *db, uint64_t seq, struct journal_row *out,
	struct err *err);

/*
 * Read record seq back, recompute its hash from the one before, and check
 * the signatures over it. ERR_CORRUPT if anything is not as it must be.
 */
bool journal_check_back(struct db *db, uint64_t seq, struct err *err);

#endif
