/*
 * store_pg_internal.h - what the files of the PostgreSQL store share.
 *
 * store_pg.c opens it and has transactions and terminals, store_pg_book.c
 * their books, store_pg_money.c who paid what, alerts, evidence and codes,
 * store_pg_take.c a whole batch at once.
 */
#ifndef DB_CENTRE_STORE_PG_INTERNAL_H
#define DB_CENTRE_STORE_PG_INTERNAL_H

#include "db/centre/pg.h"
#include "db/centre/store_driver.h"

struct store_pg {
	struct store base;
	struct pg *pg;
	uint64_t month; /* committed: partitions are there for it; 0: ask */
};

struct store_pg *pgs(struct store *s);

/* Run it and throw the rows away. */
bool pgs_run(struct store *base, struct pg_question *q, const char *doing,
	struct err *err);
/* Run it; the caller reads row 0 and calls pg_done(). */
enum lookup pgs_row(struct store *base, struct pg_question *q,
	const char *doing, struct err *err);

/* The operations of store_driver.h, and of their own: */
bool store_pg_month(struct store_pg *s, uint64_t now, struct err *err);
bool store_pg_records_add(struct store *base, const uint8_t *dev,
	const struct store_record *r, size_t n, uint64_t now, struct err *err);
bool store_pg_hashes(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, uint8_t (*out)[CRYPTO_HASH_SIZE], size_t *n,
	struct err *err);
bool store_pg_records(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, bool (*each)(const struct store_record *r, void *arg),
	void *arg, struct err *err);
bool store_pg_moves(struct store *s,
	bool (*each)(const uint8_t *dev, const struct store_record *r,
		void *arg),
	void *arg, struct err *err);
bool store_pg_key_add(struct store *base, const uint8_t *dev, uint64_t first,
	uint64_t epoch, const uint8_t *key, struct err *err);
enum lookup store_pg_key_at(struct store *base, const uint8_t *dev,
	uint64_t seq, uint8_t *out, struct err *err);
bool store_pg_pds(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, bool (*each)(const struct batch_pd *pd, void *arg),
	void *arg, struct err *err);
bool store_pg_handed_add(struct store *base, const struct store_handed *h,
	struct err *err);
bool store_pg_handed_each(struct store *base,
	bool (*each)(const struct store_handed *h, void *arg), void *arg,
	struct err *err);
bool store_pg_pds_add(struct store *base, const uint8_t *dev,
	const struct batch_pd *pd, size_t n, struct err *err);
enum lookup store_pg_note_get(struct store *base, const uint8_t *dev,
	uint64_t seq, struct store_note *out, struct err *err);
bool store_pg_notes(struct store *base, uint64_t from, uint64_t to,
	bool (*each)(const struct store_note *note, uint64_t t, void *arg),
	void *arg, struct err *err);
bool store_pg_note_put(struct store *base, const uint8_t *dev, uint64_t seq,
	const struct store_note *note, uint64_t now, struct err *err);
bool store_pg_paid_put(struct store *base, const struct store_paid *p, size_t n,
	bool *taken, struct err *err);
enum lookup store_pg_paid_drop(struct store *base, const struct store_paid *p,
	struct err *err);
enum lookup store_pg_paid_by(struct store *base, const uint8_t *ent,
	struct store_paid *out, struct err *err);
enum lookup store_pg_double_take(struct store *base, const uint8_t *ent,
	uint64_t by, struct store_paid *out, struct err *err);
bool store_pg_double_end(struct store *base, const struct store_paid *p,
	uint64_t by, struct err *err);
enum lookup store_pg_take(struct store *base, const struct store_take *t,
	struct err *err);
bool store_pg_alert_add(struct store *base, const struct store_alert *a,
	struct err *err);
bool store_pg_alerts(struct store *base,
	bool (*each)(const struct store_alert *a, void *arg), void *arg,
	struct err *err);
bool store_pg_evidence_add(struct store *base, const struct store_evidence *e,
	const uint8_t sha[CRYPTO_HASH_SIZE], struct err *err);
bool store_pg_evidence_each(struct store *base,
	bool (*each)(const struct store_evidence *e, void *arg), void *arg,
	struct err *err);
bool store_pg_code_add(struct store *base, const uint8_t *hash,
	const char *name, uint64_t until, struct err *err);
enum lookup store_pg_code_take(struct store *base, const uint8_t *hash,
	uint64_t now, const uint8_t *dev, char *name, struct err *err);
bool store_pg_counts(struct store *base, struct store_counts *out,
	struct err *err);
bool store_pg_parcel_add(struct store *base, const struct parcel *p,
	struct err *err);
bool store_pg_parcels(struct store *base, const uint8_t *dev, uint64_t kind,
	uint64_t above, bool (*each)(const struct parcel *p, void *arg),
	void *arg, struct err *err);
bool store_pg_parcel_last(struct store *base, const uint8_t *dev, uint64_t kind,
	uint64_t *version, struct err *err);
bool store_pg_piece_add(struct store *base, const uint8_t *sha, uint64_t n,
	const void *bytes, size_t len, struct err *err);
enum lookup store_pg_piece_get(struct store *base, const uint8_t *sha,
	uint64_t n, uint8_t *out, size_t *len, struct err *err);

#endif
