/*
 * bookgen.h - a second writer of journals, to test the reader of them.
 *
 * Knows journal.md, db/FORMATS.md and the tables of db/README.md, and shares
 * no code with the program: its own CBOR, chain, papers, and its own model of
 * the days of a post office, with every kind of record. All keys come from
 * the seed, so it can also play those who own them: a record is changed as a
 * struct and everything after it is hashed and signed anew, so that only a
 * check of the meaning can tell.
 *
 *	bookgen_make() -> records -> bookgen_seal() -> sealed -> bookgen_file()
 *
 * One thread. Deterministic by seed. Misuse ends the program.
 */
#ifndef TESTS_SUPPORT_BOOKGEN_H
#define TESTS_SUPPORT_BOOKGEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/bookbytes.h"

enum bookgen_kind {
	GEN_START = 1,
	GEN_KEYROLL,
	GEN_OPEN,
	GEN_CLOSE,
	GEN_NULL,
	GEN_LOGIN,
	GEN_LOGOUT,
	GEN_LOGIN_FAIL,
	GEN_CLOCK,
	GEN_PAY,
	GEN_PRINT,
	GEN_HANDED,
	GEN_VOID,
	GEN_REPRINT,
	GEN_VOID_RETURNED,
	GEN_FLOAT_IN = 20,
	GEN_FLOAT_OUT,
	GEN_COUNT,
	GEN_OVER_SHORT,
	GEN_CONSENT = 30,
	GEN_ACCOUNT,
	GEN_CONSENT_REFUSED,
	GEN_CONSENT_WITHDRAWN,
	GEN_VIEW,
	GEN_VISIT,
	GEN_REVIEW,
	GEN_NOT_PAID,
	GEN_ACCOUNT_STATE,
	GEN_CHANGE,
	GEN_IMPORT = 40,
	GEN_EXPORT,
	GEN_UPLOAD_ACK,
	GEN_RELEASE,
	GEN_ACQUIRE,
	GEN_CONFIG,
	GEN_REVLIST,
	GEN_APPROVE,
	GEN_MARKS,
	GEN_COMPLAINT,
	GEN_FAULT_BEGIN = 50,
	GEN_FAULT_END,
	GEN_RECOVERY,
	GEN_END = 60,
	GEN_KIND_LAST = GEN_END
};

/* Flags of key 20. */
enum {
	GEN_SIGFAIL = 1,
	GEN_LATE = 2,
	GEN_HANDWRITTEN = 4,
	GEN_NO_PRINTER = 8,
	GEN_OVERRIDE = 16
};

enum {
	GEN_ITEMS = 4,
	GEN_NOTES = 9,
	GEN_TOTALS = 6,
	GEN_USERS = 6,
	GEN_EPOCHS = 512
};

#define GEN_HAS(key) (UINT64_C(1) << (key))

struct bookgen_pair {
	uint8_t public[32];
	uint8_t secret[64];
};

struct bookgen_item {
	uint8_t ent[16];
	uint64_t per;
	uint64_t what;
	int64_t amt;
};

struct bookgen_note {
	int64_t denomination;
	int64_t pieces;
};

/* What a checkpoint says. Zero seq: none. */
struct bookgen_ack {
	uint64_t seq;
	uint64_t server_ms;
	uint64_t revlist;
	uint64_t lease_ms;
	uint8_t nonce[16];
	uint8_t dev[16];
	bool wrong_key;  /* signed by somebody else in the centre's name */
	bool wrong_hash; /* of another book */
};

/* Who makes a signature of a record. */
enum bookgen_hand {
	GEN_BY_RIGHT = 0, /* as it should be: epoch key, actor, approver */
	GEN_BY_KEEP,      /* leave the bytes that are there */
	GEN_BY_OTHER,     /* by epoch or user number .._key */
};

/* A record: fields whose bit is in has, by number of the key. */
struct bookgen_rec {
	uint64_t has;
	uint64_t v;
	uint8_t dev[16];
	uint64_t seq;
	uint64_t kind;
	uint64_t t;
	uint64_t mono;
	uint8_t boot[8];
	uint64_t tq;
	uint64_t actor;
	uint64_t shift;
	int64_t tot[GEN_TOTALS];
	uint64_t ref;
	int64_t amt;
	uint64_t per;
	uint8_t ent[16];
	uint8_t pdc[32];
	uint64_t rsn;
	uint8_t asig[64];
	uint64_t approver;
	uint8_t cosig[64];
	uint64_t fl;
	uint64_t tev;
	char pad[16];
	uint8_t kpub[32];
	uint8_t rsum[32];
	struct bookgen_ack ack;
	struct bookgen_note cnt[GEN_NOTES];
	size_t cnts;
	struct bookgen_item item[GEN_ITEMS];
	size_t items;
	uint64_t res;
	uint64_t who;
	uint8_t peer[16];
	char line[64];
	uint64_t until_user;
	uint64_t until; /* YYYYMMDD */
	uint64_t barred[4];
	size_t barreds;
	char notice[32];
	uint64_t asked; /* key 35 */
	uint64_t yes;
	uint64_t expires;
	uint64_t via;
	uint64_t names;
	uint64_t next_day; /* YYYYMMDD */
	uint64_t hop;
	uint64_t made[2];
	size_t mades;

	/* How it is written; all zero: properly. */
	int epoch; /* START, KEYROLL: number of the key that begins */
	enum bookgen_hand sig_by;
	enum bookgen_hand asig_by;
	enum bookgen_hand cosig_by;
	int sig_key;       /* epoch number, for GEN_BY_OTHER */
	uint64_t act_key;  /* user number, for GEN_BY_OTHER of 18, 19 */
	uint64_t foreign;  /* an unknown key 63 < n with a text; 0: none */
	bool no_receipt;   /* leave rsig out */
	bool strange_rsig; /* put one where none belongs */
	/* Edit the finished body, before it is hashed and signed. */
	void (*twist)(struct bytes *body);
};

struct bookgen_user {
	uint64_t number;
	uint64_t role; /* 1 agent 2 staff 3 supervisor 4 technician */
	struct bookgen_pair key;
};

struct bookgen_due {
	struct bookgen_item item;
};

struct bookgen_shape {
	uint64_t seed;
	int days;
	int shifts; /* a day */
	int acts;   /* of the agent, a shift */
	bool plain; /* payouts only, not every kind of record */
	bool end;   /* END is the last record */
};

struct bookgen {
	uint64_t seed;
	uint8_t dev[16];
	char point[16];
	struct bookgen_pair device;
	struct bookgen_pair centre;
	struct bookgen_pair epoch[GEN_EPOCHS];
	int epochs;
	struct bookgen_user user[GEN_USERS];
	uint64_t revoked_user;
	uint64_t revoked_ms;
	uint8_t list[32]; /* hash of the list that was imported */
	struct bookgen_rec *rec;
	size_t n;
	size_t size;
	struct bookgen_due *due; /* the roster */
	size_t dues;
	size_t dues_size;
};

/* Days of a post office. bookgen_free() gives it all back. */
void bookgen_make(const struct bookgen_shape *shape, struct bookgen *out);
void bookgen_free(struct bookgen *b);

/* A copy with records of its own; also freed by bookgen_free(). */
void bookgen_copy(const struct bookgen *b, struct bookgen *out);

/* Key pair number n of that name, by the seed. */
void bookgen_key(uint64_t seed, const char *what, uint64_t n,
	struct bookgen_pair *out);

/* The user of that number, or NULL. */
const struct bookgen_user *bookgen_user(const struct bookgen *b, uint64_t n);

/* Append a copy of *r with the next number. */
struct bookgen_rec *bookgen_append(struct bookgen *b,
	const struct bookgen_rec *r);

/* Put *r before record number seq, or take record seq out: all numbers and
 * references after it move along, so that the book looks whole. */
void bookgen_insert(struct bookgen *b, uint64_t seq,
	const struct bookgen_rec *r);
void bookgen_remove(struct bookgen *b, uint64_t seq);

/* Work key 11 of every record out again. */
void bookgen_total(struct bookgen *b);

/* The first record of a kind at or after seq from; NULL: none. */
struct bookgen_rec *bookgen_find(struct bookgen *b, uint64_t from,
	uint64_t kind);

/* One record as it is stored. */
struct bookgen_raw {
	struct bytes body;
	uint8_t h[32];
	uint8_t sig[64];
	uint8_t rsig[64];
	bool has_rsig;
};

struct bookgen_sealed {
	struct bookgen_raw *raw;
	size_t n;
};

/* Encode, hash and sign every record. */
void bookgen_seal(const struct bookgen *b, struct bookgen_sealed *out);
void bookgen_sealed_free(struct bookgen_sealed *s);
void bookgen_sealed_copy(const struct bookgen_sealed *s,
	struct bookgen_sealed *out);

/* Hash the records from number seq on again, keeping every signature: what
 * somebody without keys can do. */
void bookgen_rehash(const struct bookgen *b, struct bookgen_sealed *s);

/* Sign record number seq again with the key of an epoch; with its rsig. */
void bookgen_resign(const struct bookgen *b, struct bookgen_sealed *s,
	uint64_t seq, int epoch);

/* Key 18 and 19 digest, and the receipt of a sealed PAY or CLOSE. */
struct bookgen_export {
	uint64_t first;
	uint64_t last;
	bool without_end_sig; /* as somebody without the key would leave it */
};

/* Offsets of what was written, for those who change bytes. */
struct bookgen_map {
	size_t head_len;
	size_t end_at;
};

/* The journal file of records first..last. map may be NULL. */
void bookgen_file(const struct bookgen *b, const struct bookgen_sealed *s,
	const struct bookgen_export *how, struct bytes *out,
	struct bookgen_map *map);

/* The same for records as they are, whatever they say about their number. */
void bookgen_file_whole(const struct bookgen *b, const struct bookgen_sealed *s,
	bool end_sig, struct bytes *out);

/* Papers that lie outside. */
void bookgen_keys(const struct bookgen *b, struct bytes *out);
void bookgen_roster(const struct bookgen *b, struct bytes *out);
void bookgen_receipts(const struct bookgen *b, const struct bookgen_sealed *s,
	struct bytes *out);
void bookgen_checkpoint(const struct bookgen *b, const uint8_t h[32],
	const struct bookgen_ack *ack, struct bytes *out);
void bookgen_checkpoints(const struct bookgen *b,
	const struct bookgen_sealed *s, struct bytes *out);

/* CV1, CZ1 and code of one record. */
void bookgen_receipt_text(const struct bookgen_rec *r,
	const struct bookgen_raw *raw, struct bytes *out);
void bookgen_slip_text(const struct bookgen_rec *r,
	const struct bookgen_raw *raw, struct bytes *out);
void bookgen_code(const uint8_t h[32], char out[17]);

#endif
