#include "db/db_internal.h"
#include "db/epoch_internal.h"
#include "db/stmt.h"

enum {
	ADD,
	SECRET,
	FORGET,
	PUBLIC_FOR,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = "INSERT INTO epoch (number, public, seq, secret)"
		" VALUES (:number, :public, :seq, :secret)",
	[SECRET] = "SELECT secret FROM epoch WHERE number = :number",
	[FORGET] = "UPDATE epoch SET secret = NULL WHERE number = :number",
	[PUBLIC_FOR] = "SELECT public FROM epoch WHERE seq < :seq"
		       " ORDER BY seq DESC LIMIT 1",
};

const struct stmt_set epoch_stmts = {"epoch", sql, COUNT};

static const char context[] = "epoch";

enum {
	LOCKED_SIZE = CRYPTO_SECRET_SIZE + CRYPTO_LOCK_EXTRA
};

bool epoch_add(struct db *db, uint64_t number, uint64_t seq,
	const struct crypto_pair *pair, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &epoch_stmts, ADD);
	uint8_t locked[LOCKED_SIZE];

	crypto_lock(pair->secret, sizeof(pair->secret), context, db->secret,
		locked);
	stmt_int(st, ":number", (sqlite3_int64)number);
	stmt_blob(st, ":public", pair->public, sizeof(pair->public));
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	stmt_blob(st, ":secret", locked, sizeof(locked));
	return stmt_run(db, st, err);
}

bool epoch_secret(struct db *db, uint64_t number,
	uint8_t out[CRYPTO_SECRET_SIZE], struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &epoch_stmts, SECRET);
	uint8_t locked[LOCKED_SIZE];
	enum lookup got;
	bool ok = false;

	stmt_int(st, ":number", (sqlite3_int64)number);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_FOUND) {
		ok = stmt_column_blob(st, 0, locked, sizeof(locked)) &&
		     crypto_unlock(locked, sizeof(locked), context, db->secret,
			     out);
		stmt_done(st);
	}
	if (!ok)
		err_set(err, ERR_CORRUPT, 0,
			"the signing key of epoch %llu is not there or does"
			" not open",
			(unsigned long long)number);
	return ok;
}

bool epoch_forget(struct db *db, uint64_t number, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &epoch_stmts, FORGET);

	stmt_int(st, ":number", (sqlite3_int64)number);
	return stmt_run(db, st, err);
}

bool epoch_public_for(struct db *db, uint64_t seq,
	uint8_t out[CRYPTO_PUBLIC_SIZE], struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &epoch_stmts, PUBLIC_FOR);
	enum lookup got;
	bool ok = false;

	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_FOUND) {
		ok = stmt_column_blob(st, 0, out, CRYPTO_PUBLIC_SIZE);
		stmt_done(st);
	}
	return ok ||
	       err_set(err, ERR_CORRUPT, 0, "no signing key for record %llu",
		       (unsigned long long)seq);
}
