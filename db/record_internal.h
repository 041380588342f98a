/*
 * record_internal.h - one journal record between bytes and fields.
 *
 * The keys of journal.md 2, as far as this program writes them; which kind
 * must and may carry which is a table in record.c (and in README.md). Pure.
 */
#ifndef DB_RECORD_INTERNAL_H
#define DB_RECORD_INTERNAL_H

#include "core/buf.h"
#include "core/codec/checkpoint.h"
#include "db/journal_internal.h"
#include "db/visits.h"

enum record_key {
	KEY_V = 1,
	KEY_DEV = 2,
	KEY_SEQ = 3,
	KEY_KIND = 4,
	KEY_T = 5,
	KEY_MONO = 6,
	KEY_BOOT = 7,
	KEY_TQ = 8,
	KEY_ACTOR = 9,
	KEY_SHIFT = 10,
	KEY_TOT = 11,
	KEY_REF = 12,
	KEY_AMT = 13,
	KEY_PER = 14,
	KEY_ENT = 15,
	KEY_PDC = 16,
	KEY_RSN = 17,
	KEY_ASIG = 18,
	KEY_COSIG = 19,
	KEY_FL = 20,
	KEY_TEV = 21,
	KEY_PAD = 22,
	KEY_KPUB = 23,
	KEY_RSUM = 24,
	KEY_ACK = 25,
	KEY_CNT = 26,
	KEY_ITEMS = 27,
	KEY_RES = 28,
	KEY_WHO = 29,
	KEY_PEER = 30,
	KEY_LINE = 31,
	KEY_UNTIL = 32,
	KEY_BARRED = 33,
	KEY_NOTICE = 34,
	KEY_PURPOSES = 35,
	KEY_EXPIRES = 36,
	KEY_VIA = 37,
	KEY_NAMES = 38,
	KEY_NEXT = 40,
	KEY_MADE = 41,
	KEY_HOP = 46,
	KEY_LAST = KEY_HOP,
	KEY_FOREIGN = 64 /* from here on unknown keys are allowed */
};

enum {
	RECORD_LINE_SIZE = 96,  /* of key 31, with its NUL */
	RECORD_NOTICE_SIZE = 32 /* of key 34, the same */
};

#define RECORD_HAS(key) (UINT64_C(1) << (key))

/* A field counts only if its bit is in has. */
struct record {
	uint64_t has;
	uint8_t dev[DB_DEV_SIZE];
	uint64_t seq;
	uint64_t kind;
	uint64_t t;
	uint64_t mono;
	uint8_t boot[8];
	uint64_t tq;
	uint64_t actor;
	uint64_t shift;
	struct journal_totals tot;
	uint64_t ref;
	uint64_t amount;
	uint64_t period;
	uint8_t ent[ENT_SIZE];
	uint8_t pdc[CRYPTO_HASH_SIZE];
	uint64_t reason;
	uint8_t asig[CRYPTO_SIG_SIZE];
	uint64_t approver;
	uint8_t cosig[CRYPTO_SIG_SIZE];
	uint64_t flags;
	uint8_t kpub[CRYPTO_PUBLIC_SIZE];
	uint8_t rsum[CRYPTO_HASH_SIZE];
	struct notes notes;
	struct due_item item[PEOPLE_MAX_ITEMS]; /* ent, period, what, amount */
	size_t items;
	uint64_t result;
	uint64_t who;
	uint64_t given_at;
	char pad[PAYOUT_PAD_SIZE];
	char line[RECORD_LINE_SIZE];
	uint8_t peer[DB_DEV_SIZE];
	uint64_t until_user;
	uint64_t until; /* YYYYMMDD */
	uint32_t barred[JOURNAL_BARRED_MAX];
	size_t barreds;
	char notice[RECORD_NOTICE_SIZE];
	uint64_t asked; /* key 35: bits, those with a yes among them */
	uint64_t yes;
	uint64_t expires;  /* YYYYMMDD */
	uint64_t via;      /* enum account_via */
	uint64_t names;    /* enum account_names */
	uint64_t next_day; /* YYYYMMDD */
	uint64_t hop;
	uint64_t made[VISIT_MADE_MAX];
	size_t mades;
	uint8_t ack[CHECKPOINT_TEXT];
	size_t ack_len;
};

/* Canonical bytes of the fields in has; b->full if they do not fit. */
void record_encode(const struct record *r, struct buf *b);

/* SHA-256 of the body without keys 18 and 19: what actors sign. */
void record_act_digest(const struct record *r, uint8_t out[CRYPTO_HASH_SIZE]);

/*
 * Read a body strictly: canonical, keys known, the ones its kind needs there,
 * none that it may not have. *finding says what is wrong otherwise (static).
 */
bool record_decode(const void *body, size_t len, struct record *out,
	const char **finding);

/* Add what this record does to the totals of those before. */
void record_count(const struct record *r, struct journal_totals *tot);

/* The six totals as table state keeps them. */
enum {
	TOTALS_BYTES = JOURNAL_TOTALS * 8
};
void totals_pack(const struct journal_totals *tot, uint8_t out[TOTALS_BYTES]);
void totals_unpack(const uint8_t in[TOTALS_BYTES], struct journal_totals *tot);

#endif
