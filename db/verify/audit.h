/*
 * audit.h - a journal, record by record, against V01 to V40 of journal.md.
 *
 * Who reads a file or a store says where the book begins and hands over row
 * after row; findings go to the report. After a wrong record the audit takes
 * up the chain again as well as it can, so that one fault is told once.
 * Memory: entitlements, payments and shifts, and a window of hashes. One
 * thread; reads nothing itself.
 */
#ifndef DB_VERIFY_AUDIT_H
#define DB_VERIFY_AUDIT_H

#include "db/verify/evidence.h"
#include "db/verify/keyring.h"
#include "db/verify/vreport.h"

struct audit;
struct salvage;
struct vfar;

enum {
	AUDIT_BEGIN_LIMITS = 8
};

/* Where the first record stands. */
struct audit_begin {
	uint8_t dev[VRECORD_ID];
	bool has_device_key;
	uint8_t device_key[VRECORD_HASH];
	uint64_t first;            /* number of the first record */
	bool has_before;           /* what is below, if first is not 1 */
	uint8_t h[VRECORD_HASH];   /* before the first record */
	uint8_t key[VRECORD_HASH]; /* in force there */
	bool has_tot;
	int64_t tot[VTOTAL_COUNT];
	bool has_limits; /* limits changed before; none: the defaults */
	char limit[AUDIT_BEGIN_LIMITS][VRECORD_LINE_MAX];
	size_t limits;
};

/* A row as it was found; borrowed for the call. */
struct audit_row {
	uint64_t seq; /* as the store numbers it; 0: a file does not */
	const uint8_t *body;
	size_t len;
	const uint8_t *h; /* as the store keeps it; NULL: a file does not */
	const uint8_t *sig;
	const uint8_t *rsig; /* NULL: none */
};

struct audit_options {
	bool future;             /* dates of the future are allowed */
	int64_t now;             /* ms since 1970 UTC */
	uint64_t from;           /* signatures and findings from here on */
	uint64_t to;             /* the last record looked at */
	struct salvage *salvage; /* takes what holds; NULL: nobody does */
	struct vfar *far;        /* told of each; NULL: nobody is */
};

/* keys and evidence are kept, and filled. NULL: no memory. */
struct audit *audit_new(const struct audit_options *options,
	const struct audit_begin *begin, struct keyring *keys,
	struct evidence *evidence, struct vreport *report);
void audit_free(struct audit *a);

/* Fails only for want of memory, or of room for what is salvaged. */
bool audit_row(struct audit *a, const struct audit_row *row, struct err *err);

/* Rows that could not be read at all: whatever they were is unknown. */
bool audit_lost(struct audit *a, uint64_t from, uint64_t to, struct err *err);

/* No row follows. whole: the book ends here, nothing was left out by to. */
void audit_end(struct audit *a, bool whole);

/* What the tables of a store, or the end of a file, are compared with. */
struct audit_sum {
	uint64_t records;
	uint64_t last_seq;
	bool has_h; /* the chain holds up to there */
	uint8_t h[VRECORD_HASH];
	bool has_key;
	uint8_t key[VRECORD_HASH]; /* signs the next record */
	bool has_tot;
	int64_t tot[VTOTAL_COUNT];
	bool has_shift;
	uint64_t shift;
	uint64_t epoch;     /* 0: not known */
	bool whole;         /* from record 1 on, nothing lost on the way */
	uint64_t limits;    /* records that changed a limit */
	uint64_t marks;     /* records of paid marks */
	uint64_t moves;     /* entitlements that moved … */
	uint64_t moves_sum; /* … and the sum of the records that say so last */
	uint64_t surveys;   /* records of questionnaires */
	uint64_t consents;  /* records of consents, refusals, withdrawals */
	uint64_t visits;
	uint64_t views;     /* VIEW */
	uint64_t accounts;  /* ACCOUNT */
	uint64_t steps;     /* ACCOUNT_STATE that are not the bank's */
	uint64_t committed; /* records with a commitment to personal data */
	uint64_t acked_seq;
	uint8_t acked_h[VRECORD_HASH];
};
void audit_sum(const struct audit *a, struct audit_sum *out);

enum audit_state {
	AUDIT_PAID = 1,
	AUDIT_HANDED = 3,
	AUDIT_VOIDED = 4,
};

struct audit_pay {
	uint64_t seq;
	int64_t amount;
	uint64_t bits; /* of its code */
	uint64_t shift;
	uint64_t void_seq;
	uint8_t items[VRECORD_ID]; /* a digest of key 27 */
	uint32_t count;            /* of items */
	uint32_t copies;
	enum audit_state state;
	uint64_t pad; /* of its number's hash; 0: not by hand */
	uint8_t void_reason;
	uint8_t print; /* the last result; 0: none */
	bool original; /* printed, or may be */
	bool handed;   /* was, before it was voided */
	bool returned; /* VOID_RETURNED followed */
};

struct audit_shift {
	uint64_t number;
	uint64_t actor;
	uint64_t open_seq;
	uint64_t opened_at;
	uint64_t close_seq; /* 0: open */
	uint64_t copies;    /* of its Z slip */
	bool original;      /* of that: printed, or may be */
	bool has_tot;
	int64_t tot[VTOTAL_COUNT]; /* before it */
};

struct audit_epoch {
	uint64_t seq; /* of the record that told of it */
	uint8_t key[VRECORD_HASH];
};

/* In the order of the journal. */
/* A short form of a number of the pad, to compare by. */
uint64_t audit_pad(const char *number);

const struct audit_pay *audit_pays(const struct audit *a, size_t *count);
const struct audit_shift *audit_shifts(const struct audit *a, size_t *count);
const struct audit_epoch *audit_epochs(const struct audit *a, size_t *count);

/* The payment that an entitlement was in last; NULL: in none. */
const struct audit_pay *audit_pay_of(const struct audit *a,
	const uint8_t ent[VRECORD_ID]);
size_t audit_ents(const struct audit *a);

/* Was record seq lost, unreadable, or before the beginning? */
bool audit_unknown(const struct audit *a, uint64_t seq);

#endif
