/*
 * store.h - what the centre keeps of every terminal, whatever database it is.
 *
 * SQLite by default, so that one command starts a centre; PostgreSQL for
 * many terminals and several centres on one database. Callers see this header
 * only; to write another store read store_driver.h. Nothing here judges what
 * it is given: receive.h does.
 *
 * Threads: a store belongs to one thread at a time; several may be open on
 * one database. Blocking: up to STORE_WAIT_MS for others who write.
 * Errors: ERR_BUSY: others were in the way, do the whole transaction again;
 * ERR_GONE: the database went away and may come back; ERR_IO after a commit:
 * nobody knows, look.
 */
#ifndef DB_CENTRE_STORE_H
#define DB_CENTRE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/batch.h"
#include "core/codec/checkpoint.h"
#include "core/codec/parcel.h"
#include "core/err.h"
#include "core/lookup.h"

enum {
	STORE_WAIT_MS = 10000,
	STORE_NAME = 96, /* of a point, with its NUL */
	STORE_TOTALS = 6
};

struct store;

/*
 * A path of a file, made if it is not there, or "postgresql://...". The
 * schema is brought up to date. ERR_CORRUPT: not a store of a centre, or of a
 * newer one.
 */
struct store *store_open(const char *where, struct err *err);
void store_close(struct store *s);       /* NULL is allowed */
const char *store_kind(struct store *s); /* "sqlite", "postgresql" */

/* One transaction. store_rollback() after a failed commit is allowed. */
bool store_begin(struct store *s, struct err *err);
bool store_commit(struct store *s, struct err *err);
void store_rollback(struct store *s);

/* ---- terminals -------------------------------------------------------------
 */

enum store_state {
	STORE_ACTIVE = 1,
	STORE_REVOKED = 2, /* what it sends is kept apart */
	STORE_FROZEN = 3,  /* two books of it exist */
};

struct store_device {
	uint8_t dev[BATCH_DEV];
	uint8_t pk[CRYPTO_PUBLIC_SIZE]; /* its own key, D0 */
	char name[STORE_NAME];
	enum store_state state;
	uint64_t last;                   /* number of its newest record here */
	uint8_t head[CRYPTO_HASH_SIZE];  /* hash of that; h_0 for 0 */
	uint8_t key[CRYPTO_PUBLIC_SIZE]; /* signs the record after it */
	uint64_t epoch;
	int64_t tot[STORE_TOTALS]; /* of the newest record */
	uint64_t claimed;          /* the highest number it ever spoke of */
	uint64_t unsign;   /* newest records without a signature, in a row */
	bool ended;        /* END was its last word */
	uint64_t enrolled; /* ms */
	uint64_t contact;  /* ms, 0: never */
};

/* lock: in a transaction, which others wait for who want to lock it, too. */
enum lookup store_device_get(struct store *s, const uint8_t dev[BATCH_DEV],
	bool lock, struct store_device *out, struct err *err);
/* ERR_INVALID: it is there. */
bool store_device_add(struct store *s, const struct store_device *d,
	struct err *err);
/* All but dev, pk, name, enrolled. */
bool store_device_put(struct store *s, const struct store_device *d,
	struct err *err);
/* Every terminal in the order of dev; each returns false to stop. */
bool store_devices(struct store *s,
	bool (*each)(const struct store_device *d, void *arg), void *arg,
	struct err *err);

/* ---- the books --------------------------------------------------------------
 */

struct store_record {
	uint64_t seq;
	uint64_t kind;
	uint64_t t;
	uint64_t shift;
	const uint8_t *body;
	size_t len;
	const uint8_t *h;
	const uint8_t *sig;
};

/* n records of one terminal, at most BATCH_MAX_RECORDS. */
bool store_records_add(struct store *s, const uint8_t dev[BATCH_DEV],
	const struct store_record *r, size_t n, uint64_t now, struct err *err);
/* Hashes of from..to that are there, in order, at most BATCH_MAX_RECORDS + 1.
 */
bool store_hashes(struct store *s, const uint8_t dev[BATCH_DEV], uint64_t from,
	uint64_t to, uint8_t (*out)[CRYPTO_HASH_SIZE], size_t *n,
	struct err *err);
/* Records from..to in order; what they point to is good for the call. */
bool store_records(struct store *s, const uint8_t dev[BATCH_DEV], uint64_t from,
	uint64_t to, bool (*each)(const struct store_record *r, void *arg),
	void *arg, struct err *err);

/* All RELEASE and ACQUIRE records there are, of any terminal, in any order. */
bool store_moves(struct store *s,
	bool (*each)(const uint8_t dev[BATCH_DEV], const struct store_record *r,
		void *arg),
	void *arg, struct err *err);

/* The key that signs from record first on. */
bool store_key_add(struct store *s, const uint8_t dev[BATCH_DEV],
	uint64_t first, uint64_t epoch, const uint8_t key[CRYPTO_PUBLIC_SIZE],
	struct err *err);
/* The key that signs record seq. */
enum lookup store_key_at(struct store *s, const uint8_t dev[BATCH_DEV],
	uint64_t seq, uint8_t out[CRYPTO_PUBLIC_SIZE], struct err *err);

/* Sealed personal data; what is there stays. */
bool store_pds_add(struct store *s, const uint8_t dev[BATCH_DEV],
	const struct batch_pd *pd, size_t n, struct err *err);

/* What there is of records from..to, in the order of seq; each points to bytes
 * that are good for the call, and returns false to stop. */
bool store_pds(struct store *s, const uint8_t dev[BATCH_DEV], uint64_t from,
	uint64_t to, bool (*each)(const struct batch_pd *pd, void *arg),
	void *arg, struct err *err);

/* Records from..to went back to their terminal at t, or out of here as a file
 * for it. */
struct store_handed {
	uint8_t dev[BATCH_DEV];
	uint64_t t; /* ms */
	uint64_t from;
	uint64_t to;
	bool by_file;
};
bool store_handed_add(struct store *s, const struct store_handed *h,
	struct err *err);
/* In the order of time; each returns false to stop. */
bool store_handed_each(struct store *s,
	bool (*each)(const struct store_handed *h, void *arg), void *arg,
	struct err *err);

/* The checkpoint of one record: one text, for ever. */
struct store_note {
	char text[CHECKPOINT_TEXT];
	size_t len;
};
enum lookup store_note_get(struct store *s, const uint8_t dev[BATCH_DEV],
	uint64_t seq, struct store_note *out, struct err *err);
bool store_note_put(struct store *s, const uint8_t dev[BATCH_DEV], uint64_t seq,
	const struct store_note *note, uint64_t now, struct err *err);

/* Checkpoints that were signed from..to (ms, to is not in it), in the order of
 * terminal and record. */
bool store_notes(struct store *s, uint64_t from, uint64_t to,
	bool (*each)(const struct store_note *note, uint64_t t, void *arg),
	void *arg, struct err *err);

/* ---- money ------------------------------------------------------------------
 */

struct store_paid {
	uint8_t ent[16];
	uint8_t dev[BATCH_DEV];
	uint64_t seq;
};

/*
 * These entitlements are paid; none twice in p. Of one that is paid already
 * an alert is made, and *doubles counts it.
 */
bool store_paid(struct store *s, const struct store_paid *p, size_t n,
	uint64_t now, size_t *doubles, struct err *err);
/*
 * The PAY p was taken back by record by. If another payment of it stands,
 * that is the one now.
 */
bool store_voided(struct store *s, const struct store_paid *p, uint64_t by,
	struct err *err);
enum lookup store_paid_by(struct store *s, const uint8_t ent[16],
	struct store_paid *out, struct err *err);

enum store_alert_kind {
	STORE_DOUBLE = 1, /* ent was paid by other_dev, other_seq, too */
	STORE_FORK = 2,   /* of dev, at seq */
	STORE_TOTALS_WRONG = 3,
};

struct store_alert {
	enum store_alert_kind kind;
	uint64_t t;
	uint8_t dev[BATCH_DEV];
	uint64_t seq;
	uint8_t ent[16];
	uint8_t other_dev[BATCH_DEV];
	uint64_t other_seq;
	uint64_t ended; /* number of the VOID that settled it; 0: open */
};

bool store_alert_add(struct store *s, const struct store_alert *a,
	struct err *err);
bool store_alerts(struct store *s,
	bool (*each)(const struct store_alert *a, void *arg), void *arg,
	struct err *err);

/* ---- a batch in one go -------------------------------------------------------
 */

/* The key that signs from record first on. */
struct store_key {
	uint64_t first;
	uint64_t epoch;
	uint8_t key[CRYPTO_PUBLIC_SIZE];
};

/* All that a batch writes out of which nothing but its records comes: no VOID,
 * no alert, at least one record, none of ent twice. */
struct store_take {
	const struct store_device *before; /* what it was judged with */
	const struct store_device *after;
	const struct store_record *record;
	size_t records;
	const struct store_key *key;
	size_t keys;
	const struct batch_pd *pd;
	size_t pds;
	const struct store_paid *paid;
	size_t paids;
	const struct store_note *note; /* of the last of them */
	uint64_t now;
};

/*
 * A transaction of its own: all of it, if the terminal's row is still that of
 * before in state, last and head. FOUND: it is committed. ABSENT: nothing was
 * written, since something of it is paid already: take it step by step.
 * FAILED, ERR_BUSY: nothing was written, the row is another one by now.
 */
bool store_can_take(const struct store *s); /* else step by step, always */
enum lookup store_take(struct store *s, const struct store_take *t,
	struct err *err);

/* ---- what was not taken, as it came --------------------------------------------
 */

enum store_evidence_kind {
	STORE_QUARANTINE = 1,
	STORE_FORKED = 2,
};

struct store_evidence {
	enum store_evidence_kind kind;
	uint8_t dev[BATCH_DEV];
	uint64_t t;
	uint64_t seq;   /* where it is wrong */
	uint64_t check; /* V.. */
	const uint8_t *bytes;
	size_t len;
};

/* The same bytes once only. */
bool store_evidence_add(struct store *s, const struct store_evidence *e,
	struct err *err);
bool store_evidence_each(struct store *s,
	bool (*each)(const struct store_evidence *e, void *arg), void *arg,
	struct err *err);

/* ---- one-time codes -------------------------------------------------------------
 */

/* hash: of the code; it is good until a time, for a point of that name. */
bool store_code_add(struct store *s, const uint8_t hash[CRYPTO_HASH_SIZE],
	const char *name, uint64_t until, struct err *err);
/* FOUND: it was good, and is used up by dev from now on. */
enum lookup store_code_take(struct store *s,
	const uint8_t hash[CRYPTO_HASH_SIZE], uint64_t now,
	const uint8_t dev[BATCH_DEV], char name[STORE_NAME], struct err *err);

/* ---- what goes down to terminals -----------------------------------------------
 */

enum {
	STORE_PIECE = 65536 /* bytes of a content that are kept together */
};

/* ERR_INVALID: that version is there. p->for_all: of no terminal. */
bool store_parcel_add(struct store *s, const struct parcel *p, struct err *err);
/* Of one terminal, or (dev NULL) those for all; of one kind, above a version,
 * in their order; each returns false to stop. */
bool store_parcels(struct store *s, const uint8_t *dev, uint64_t kind,
	uint64_t above, bool (*each)(const struct parcel *p, void *arg),
	void *arg, struct err *err);
enum lookup store_parcel_get(struct store *s, const uint8_t *dev, uint64_t kind,
	uint64_t version, struct parcel *out, struct err *err);
/* The newest version; 0: there is none. */
bool store_parcel_last(struct store *s, const uint8_t *dev, uint64_t kind,
	uint64_t *version, struct err *err);

/* Piece n of the content with that hash; what is there stays. */
bool store_piece_add(struct store *s, const uint8_t sha[CRYPTO_HASH_SIZE],
	uint64_t n, const void *bytes, size_t len, struct err *err);
enum lookup store_piece_get(struct store *s,
	const uint8_t sha[CRYPTO_HASH_SIZE], uint64_t n,
	uint8_t out[STORE_PIECE], size_t *len, struct err *err);

struct store_counts {
	uint64_t devices;
	uint64_t records;
	uint64_t evidence;
	uint64_t alerts; /* open */
};
bool store_counts(struct store *s, struct store_counts *out, struct err *err);

#endif
