/*
 * audit_internal.h - what the audit knows while it walks. Each audit_*.c has
 * a group of checks and its own part of the struct.
 */
#ifndef DB_VERIFY_AUDIT_INTERNAL_H
#define DB_VERIFY_AUDIT_INTERNAL_H

#include "db/verify/audit.h"
#include "db/verify/vmap.h"

enum {
	AUDIT_GAPS = 64,
	AUDIT_WINDOW = 65536, /* hashes kept to compare acknowledgements */
	AUDIT_FAULT_REASONS = 8,
	AUDIT_FAULT_DISK = 3,
	AUDIT_FAULT_CLOCK = 4,
	AUDIT_FAULT_TAIL = 5 /* a paper shows records that are not there */
};

enum audit_bracket {
	AUDIT_SHIFT_UNKNOWN,
	AUDIT_SHIFT_CLOSED,
	AUDIT_SHIFT_OPEN,
};

struct audit_gap {
	uint64_t from;
	uint64_t to;
};

/* V14 to V17, V28, V29, V39. */
struct audit_time {
	uint64_t t;
	bool has_boot;
	uint8_t boot[VRECORD_BOOT];
	uint64_t mono;
	bool boot_owes;    /* a CLOCK began it: LOGIN, OPEN, RECOVERY follows */
	struct vmap boots; /* all that were */
	uint64_t max_t;
	bool max_known;
	uint64_t set_at;   /* CLOCK by a supervisor; 0: none */
	uint64_t ack_time; /* of the centre, in the last UPLOAD_ACK; 0: none */
	struct vmap pads;
	uint64_t null_day; /* days since 1970 at UTC+7 */
	uint64_t open_day;
	uint64_t days;
	uint64_t days_without;
	bool any_null;
	uint64_t pay_t;
	uint64_t gaps;
	uint64_t gap_sum;
	uint64_t gap_least;
	uint64_t gaps_short; /* under 15 s */
	uint64_t recent[50];
	size_t recents;
	uint64_t bursts; /* 50 in 60 s */
};

/* V12, V13, V18 to V22, V26. */
struct audit_money {
	bool has_tot;
	int64_t tot[VTOTAL_COUNT];
	enum audit_bracket bracket;
	bool has_shift;
	uint64_t shift;
	bool roll_numbered; /* a KEYROLL bore the number of the next */
	uint64_t agent;     /* who opened; 0: not known */
	uint64_t counter;   /* who counted in his place; 0: nobody */
	bool has_base;
	int64_t base[VTOTAL_COUNT]; /* totals at the OPEN */
	bool has_count;
	int64_t counted;
	bool has_difference;
	int64_t difference;
	bool second_differs; /* a second person signed it */
	uint64_t open_pay;   /* 0: none */
	uint64_t voids_owed;
	struct audit_pay *pay;
	size_t pays;
	size_t pay_room;
	struct audit_shift *shifts;
	size_t shift_count;
	size_t shift_room;
	struct vmap ents;  /* a: PAY that paid it last */
	struct vmap voids; /* by number of the VOID; a: its PAY */
	uint64_t seen_pays;
	uint64_t seen_shifts;
};

/* V09 to V11. */
struct audit_key {
	bool has_key;
	uint8_t key[VRECORD_HASH];
	bool blind;      /* a KEYROLL may have been lost */
	uint64_t number; /* of the epoch; 0: not known */
	bool rolled;     /* a KEYROLL waits for its OPEN */
	bool roll_known; /* rolled is what the records say */
	bool ended;
	struct vmap used;
	struct audit_epoch *epoch;
	size_t epochs;
	size_t epoch_room;
	uint64_t fault[AUDIT_FAULT_REASONS]; /* FAULT_BEGIN by its reason */
	unsigned unsigned_now; /* SIGFAIL records in this window */
};

enum audit_limits {
	AUDIT_SINGLE,
	AUDIT_PAYOUTS,
	AUDIT_SUM,
	AUDIT_PACE,
	AUDIT_HOURS,
	AUDIT_LIMITS
};

/* V13: in force at the record at hand. */
struct audit_limit {
	int64_t value;
	bool known;
};

/* V27, V30, V33, V37. */
struct audit_rest {
	struct vmap pdcs;
	struct vmap nonces;
	struct vmap moved;  /* a: newest RELEASE or ACQUIRE, b: audit_moves.c */
	uint64_t moves;     /* entitlements of them … */
	uint64_t moves_sum; /* … and the numbers of those records, summed */
	struct vmap quoted; /* RELEASE hashes that were acquired */
	uint64_t marks;     /* records of them */
	uint64_t surveys;   /* of questionnaires */
	/* By number: all that have a slip, a: its copies + 1; CONSENTs, a: the
	 * purposes that hold + 1; requests, a: enum audit_request. */
	struct vmap slips;
	struct vmap holds;
	struct vmap requests;
	uint64_t consents; /* records of the three kinds */
	struct vmap doors; /* visits, and what is made at doors */
	uint64_t visits;
	uint64_t views;
	uint64_t revlist;
	uint64_t lease;    /* of the newest acknowledgement; 0: none … */
	size_t lease_gaps; /* … and the gaps before it: behind more of them
				 it may not be the newest */
	uint64_t acked_seq;
	uint8_t acked_h[VRECORD_HASH];
	uint64_t committed;
};

struct audit {
	struct audit_options options;
	struct audit_begin begin;
	struct keyring *keys;
	struct evidence *evidence;
	struct vreport *report;
	/* The row at hand. */
	struct vrecord r;
	uint8_t digest[VRECORD_HASH];
	bool quiet; /* before options.from */
	/* The frame. */
	uint64_t rows;
	uint64_t next; /* number that must come */
	bool has_h;
	uint8_t h[VRECORD_HASH];
	bool sound; /* this row's hash is the chain's */
	bool had_h; /* before this row */
	uint8_t h_before[VRECORD_HASH];
	bool signed_well;
	uint8_t training[VRECORD_ID];
	uint64_t last_seq;
	struct audit_gap gap[AUDIT_GAPS];
	size_t gaps;
	bool memory_out;
	uint8_t (*window)[VRECORD_HASH]; /* by seq % AUDIT_WINDOW */
	struct audit_key key;
	struct audit_time time;
	struct audit_money money;
	struct audit_rest rest;
	struct audit_limit limit[AUDIT_LIMITS];
	uint64_t limits_told;   /* records that changed one */
	struct vmap accounts;   /* by number; a: 1, planned 2 */
	uint64_t accounts_told; /* ACCOUNT */
	uint64_t steps_told;    /* ACCOUNT_STATE that are not the bank's */
};

/* A finding at the record at hand. */
#define audit_find(a, check, ...) \
	vreport_find((a)->report, (a)->r.seq, (check), __VA_ARGS__)

/* audit_keys.c: where the chain begins, signatures, keys rolled. */
void audit_begin_at(struct audit *a);
void audit_check_signature(struct audit *a, const struct audit_row *row);
void audit_roll(struct audit *a);

/* audit_salvage.c: around each row. */
void audit_before(struct audit *a);
bool audit_keep(struct audit *a, const struct audit_row *row, struct err *err);

/* audit_time.c */
void audit_check_time(struct audit *a);
void audit_end_time(struct audit *a);

/* audit_moves.c: RELEASE and ACQUIRE, and what that leaves to be paid. */
void audit_release(struct audit *a);
void audit_acquire(struct audit *a);
bool audit_is_here(const struct audit *a, const uint8_t *ent);
void audit_check_moved(struct audit *a, const struct vitem *it);

/* audit_money.c */
void audit_check_money(struct audit *a);
/* What a record adds to the totals. */
void audit_add_up(const struct vrecord *r, int64_t tot[VTOTAL_COUNT]);

/* audit_limits.c */
void audit_limits_begin(struct audit *a);
void audit_limits_forget(struct audit *a);
void audit_check_limits(struct audit *a);
/* Takes "limit single 20000000"; false: it is no such line. */
bool audit_limit_line(struct audit *a, const char *line);

/* Does a line (key 31) of record seq tell of receipts drawn by lot, or of what
 * somebody said of one of them (db/samples.h)? */
bool audit_sample_line(const char *line, uint64_t seq);
/* In force; NULL: not known, which is then said. */
const int64_t *audit_limit(struct audit *a, enum audit_limits which);

/* audit_shift.c */
void audit_check_shift(struct audit *a);

/* audit_stand_in.c */
/* Is the record at hand one that somebody may write in place of the agent of
 * the open shift, because he is out? Or it is not known whose shift it is. */
bool audit_stands_in(const struct audit *a);
void audit_check_stand_in(struct audit *a);
/* A CLOSE by the agent himself. */
void audit_check_own_close(struct audit *a);

/* audit_people.c */
/* Was his last day over then? */
bool audit_is_over(const struct keyring_user *u, uint64_t ms);
void audit_check_people(struct audit *a, const struct audit_row *row);
void audit_end_people(struct audit *a, bool whole);

/* audit_consent.c */
void audit_check_consent(struct audit *a);

/* audit_visit.c */
void audit_check_visit(struct audit *a);
/* Is record seq one of a consent, which staff may copy, too? */
bool audit_has_slip(const struct audit *a, uint64_t seq);
/* A REPRINT of its slip. */
void audit_copy_slip(struct audit *a);

/* audit_revlist.c */
/* A REVLIST, before anybody is out by it. */
void audit_check_revlist(struct audit *a);
void audit_check_listed(struct audit *a, const struct keyring_user *u);
void audit_end_revlist(struct audit *a, bool whole);

/* audit_account.c */
void audit_check_account(struct audit *a);

/* audit_rest.c */
void audit_check_rest(struct audit *a);
void audit_end_rest(struct audit *a, bool whole);

/* The payment of that number; NULL: there is none. */
struct audit_pay *audit_find_pay(const struct audit *a, uint64_t seq);

/* Everything that hangs on the records before is not known any more. */
void audit_forget(struct audit *a);

/*
 * Room for one more in a list that grows by doubling; false sets memory_out.
 */
bool audit_room(struct audit *a, void **list, size_t used, size_t *room,
	size_t size);

/* A slot, or NULL with memory_out set. */
struct vmap_slot *audit_put(struct audit *a, struct vmap *m, const void *key);

#endif
