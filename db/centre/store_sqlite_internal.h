/*
 * store_sqlite_internal.h - what the files of the SQLite store share.
 *
 * store_sqlite.c opens it and has the SQL and the transactions,
 * store_sqlite_book.c terminals and their books, store_sqlite_money.c who paid
 * what, alerts, evidence and codes.
 */
#ifndef DB_CENTRE_STORE_SQLITE_INTERNAL_H
#define DB_CENTRE_STORE_SQLITE_INTERNAL_H

#include <sqlite3.h>

#include "db/centre/store_driver.h"

enum statement {
	Q_BEGIN,
	Q_COMMIT,
	Q_ROLLBACK,
	Q_DEVICE,
	Q_DEVICE_ADD,
	Q_DEVICE_PUT,
	Q_DEVICES,
	Q_RECORD_ADD,
	Q_HASHES,
	Q_RECORDS,
	Q_MOVES,
	Q_KEY_ADD,
	Q_KEY_AT,
	Q_PD_ADD,
	Q_PDS,
	Q_HANDED_ADD,
	Q_HANDED_EACH,
	Q_NOTE,
	Q_NOTE_PUT,
	Q_NOTES,
	Q_PAID_PUT,
	Q_PAID_DROP,
	Q_PAID_BY,
	Q_DOUBLE_NEXT,
	Q_DOUBLE_ID_END,
	Q_DOUBLE_END,
	Q_ALERT_ADD,
	Q_ALERTS,
	Q_EVIDENCE_ADD,
	Q_EVIDENCE_EACH,
	Q_CODE_ADD,
	Q_CODE_TAKE,
	Q_COUNTS,
	Q_PARCEL_ADD,
	Q_PARCELS,
	Q_PARCEL_LAST,
	Q_PIECE_ADD,
	Q_PIECE,
	Q_COUNT
};

struct store_sqlite {
	struct store base;
	sqlite3 *handle;
	sqlite3_stmt *st[Q_COUNT];
};

struct store_sqlite *lite(struct store *s);

/* Ready to be bound; NULL: *err says why. */
sqlite3_stmt *lite_get(struct store_sqlite *s, enum statement q,
	struct err *err);
/* Bytes are borrowed until it has run. */
void lite_blob(sqlite3_stmt *st, int at, const void *bytes, size_t len);
void lite_number(sqlite3_stmt *st, int at, uint64_t v);
/* Run what gives no rows; or fetch the next row, and lite_done() at the end. */
bool lite_run(struct store_sqlite *s, sqlite3_stmt *st, const char *doing,
	struct err *err);
enum lookup lite_row(struct store_sqlite *s, sqlite3_stmt *st,
	const char *doing, struct err *err);
uint64_t lite_get_number(sqlite3_stmt *st, int column);
/* Columns that CHECK keeps at their length; a shorter one leaves zeros. */
void lite_get_blob(sqlite3_stmt *st, int column, void *out, size_t len);
void lite_done(sqlite3_stmt *st);

/* The operations of store_driver.h. */
enum lookup sqlite_device_get(struct store *base, const uint8_t *dev, bool lock,
	struct store_device *out, struct err *err);
bool sqlite_device_add(struct store *base, const struct store_device *d,
	struct err *err);
bool sqlite_device_put(struct store *base, const struct store_device *d,
	struct err *err);
bool sqlite_devices(struct store *base,
	bool (*each)(const struct store_device *d, void *arg), void *arg,
	struct err *err);
bool sqlite_records_add(struct store *base, const uint8_t *dev,
	const struct store_record *r, size_t n, uint64_t now, struct err *err);
bool sqlite_hashes(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, uint8_t (*out)[CRYPTO_HASH_SIZE], size_t *n,
	struct err *err);
bool sqlite_records(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, bool (*each)(const struct store_record *r, void *arg),
	void *arg, struct err *err);
bool sqlite_moves(struct store *s,
	bool (*each)(const uint8_t *dev, const struct store_record *r,
		void *arg),
	void *arg, struct err *err);
bool sqlite_key_add(struct store *base, const uint8_t *dev, uint64_t first,
	uint64_t epoch, const uint8_t *key, struct err *err);
enum lookup sqlite_key_at(struct store *base, const uint8_t *dev, uint64_t seq,
	uint8_t *out, struct err *err);
bool sqlite_pds(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, bool (*each)(const struct batch_pd *pd, void *arg),
	void *arg, struct err *err);
bool sqlite_handed_add(struct store *base, const struct store_handed *h,
	struct err *err);
bool sqlite_handed_each(struct store *base,
	bool (*each)(const struct store_handed *h, void *arg), void *arg,
	struct err *err);
bool sqlite_pds_add(struct store *base, const uint8_t *dev,
	const struct batch_pd *pd, size_t n, struct err *err);
enum lookup sqlite_note_get(struct store *base, const uint8_t *dev,
	uint64_t seq, struct store_note *out, struct err *err);
bool sqlite_notes(struct store *base, uint64_t from, uint64_t to,
	bool (*each)(const struct store_note *note, uint64_t t, void *arg),
	void *arg, struct err *err);
bool sqlite_note_put(struct store *base, const uint8_t *dev, uint64_t seq,
	const struct store_note *note, uint64_t now, struct err *err);
bool sqlite_paid_put(struct store *base, const struct store_paid *p, size_t n,
	bool *taken, struct err *err);
enum lookup sqlite_paid_drop(struct store *base, const struct store_paid *p,
	struct err *err);
enum lookup sqlite_paid_by(struct store *base, const uint8_t *ent,
	struct store_paid *out, struct err *err);
enum lookup sqlite_double_take(struct store *base, const uint8_t *ent,
	uint64_t by, struct store_paid *out, struct err *err);
bool sqlite_double_end(struct store *base, const struct store_paid *p,
	uint64_t by, struct err *err);
bool sqlite_alert_add(struct store *base, const struct store_alert *a,
	struct err *err);
bool sqlite_alerts(struct store *base,
	bool (*each)(const struct store_alert *a, void *arg), void *arg,
	struct err *err);
bool sqlite_evidence_add(struct store *base, const struct store_evidence *e,
	const uint8_t sha[CRYPTO_HASH_SIZE], struct err *err);
bool sqlite_evidence_each(struct store *base,
	bool (*each)(const struct store_evidence *e, void *arg), void *arg,
	struct err *err);
bool sqlite_code_add(struct store *base, const uint8_t *hash, const char *name,
	uint64_t until, struct err *err);
enum lookup sqlite_code_take(struct store *base, const uint8_t *hash,
	uint64_t now, const uint8_t *dev, char *name, struct err *err);
bool sqlite_counts(struct store *base, struct store_counts *out,
	struct err *err);
bool sqlite_parcel_add(struct store *base, const struct parcel *p,
	struct err *err);
bool sqlite_parcels(struct store *base, const uint8_t *dev, uint64_t kind,
	uint64_t above, bool (*each)(const struct parcel *p, void *arg),
	void *arg, struct err *err);
bool sqlite_parcel_last(struct store *base, const uint8_t *dev, uint64_t kind,
	uint64_t *version, struct err *err);
bool sqlite_piece_add(struct store *base, const uint8_t *sha, uint64_t n,
	const void *bytes, size_t len, struct err *err);
enum lookup sqlite_piece_get(struct store *base, const uint8_t *sha, uint64_t n,
	uint8_t *out, size_t *len, struct err *err);

#endif
