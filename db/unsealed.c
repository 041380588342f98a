#include "db/unsealed_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/crash.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"

enum {
	ANY,
	ALL,
	PERSON,
	PAYOUT,
	CHANGE,
	ANSWER,
	NOT_PAID,
	CLEAR,
	NOTE,
	CLEAR_NOTE,
	COUNT
};

static const char *const sql[COUNT] = {
	[ANY] = "SELECT max(what) FROM unsealed /* scan */",
	[ALL] = "SELECT what, id, data FROM unsealed WHERE what > 0",
	[PERSON] = "UPDATE person SET sealed = :sealed, code = :code,"
		   " id12 = :id12, old_id = :old_id WHERE id = :id",
	[PAYOUT] = "UPDATE payout SET payee = :sealed WHERE seq = :id",
	[CHANGE] = "UPDATE change SET sealed = :sealed WHERE seq = :id",
	[ANSWER] = "UPDATE account_state SET sealed = :sealed WHERE seq = :id",
	[NOT_PAID] = "UPDATE not_paid SET sealed = :sealed"
		     " WHERE person = :id",
	[CLEAR] = "DELETE FROM unsealed WHERE what > 0",
	[NOTE] = "INSERT OR IGNORE INTO unsealed (what, id, data)"
		 " VALUES (0, 0, '')",
	[CLEAR_NOTE] = "DELETE FROM unsealed WHERE what = 0",
};

const struct stmt_set unsealed_stmts = {"unsealed", sql, COUNT};

enum {
	NUMBERS = 4,
	BETWEEN = 31 /* char(31) stands between the parts */
};

/* The next part of a row; NULL: no more. Takes the text apart. */
static char *next_part(char **rest)
{
	char *part = *rest;
	char *end = part ? strchr(part, BETWEEN) : NULL;

	*rest = end ? end + 1 : NULL;
	if (end)
		*end = '\0';
	return part;
}

static bool take_apart(char *data, struct sealed *out)
{
	int64_t number[NUMBERS];
	char *rest = data;

	*out = (struct sealed){.seq = 0};
	for (int i = 0; i < NUMBERS; i++) {
		const char *part = next_part(&rest);

		if (!part || !str_to_int(part, 0, UINT32_MAX, &number[i]))
			return false;
	}
	out->seq = number[0];
	out->birth = (int32_t)number[1];
	out->sex = (int)number[2];
	out->payee = (int)number[3];
	for (int i = 0; i < SEALED_TEXTS && rest; i++)
		out->text[i] = next_part(&rest);
	return rest == NULL;
}

static void bind_blind(struct db *db, sqlite3_stmt *st, const char *name,
	enum datakey_use use, const char *text)
{
	if (text && text[0])
		stmt_int(st, name, datakey_blind(db, use, text));
}

static bool seal_row(struct db *db, int64_t what, int64_t id, char *data,
	struct err *err)
{
	uint8_t locked[SEALED_SIZE];
	struct sealed s;
	sqlite3_stmt *st;

	if (what < DATAKEY_PERSON || what > DATAKEY_NOT_PAID ||
		!take_apart(data, &s))
		return err_set(err, ERR_CORRUPT, 0,
			"a row that is not sealed yet is not whole");
	st = stmt_get(db, &unsealed_stmts, PERSON + (int)what - DATAKEY_PERSON);
	stmt_int(st, ":id", id);
	sealed_put(db, st, ":sealed", (enum datakey_use)what, id, &s, locked);
	if (what == DATAKEY_PERSON) {
		bind_blind(db, st, ":code", DATAKEY_CODE, s.text[SEALED_CODE]);
		bind_blind(db, st, ":id12", DATAKEY_ID12, s.text[SEALED_ID12]);
		bind_blind(db, st, ":old_id", DATAKEY_OLD_ID,
			s.text[SEALED_OLD_ID]);
	}
	return stmt_run(db, st, err);
}

bool unsealed_note(struct db *db, struct err *err)
{
	return stmt_run(db, stmt_get(db, &unsealed_stmts, NOTE), err);
}

static bool seal_all(struct db *db, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &unsealed_stmts, ALL);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const char *text = (const char *)sqlite3_column_text(st, 2);
		char *data = strdup(text ? text : "");

		ok = data ? seal_row(db, sqlite3_column_int64(st, 0),
				    sqlite3_column_int64(st, 1), data, err)
			  : err_set(err, ERR_NO_MEMORY, 0, "no memory");
		if (data)
			crypto_wipe(data, strlen(data));
		free(data);
	}
	if (!ok)
		stmt_done(st);
	if (!ok || got != LOOKUP_ABSENT)
		return false;
	crash_point("seal.rows");
	return stmt_run(db, stmt_get(db, &unsealed_stmts, CLEAR), err) &&
	       unsealed_note(db, err);
}

/*
 * What was deleted is overwritten (secure_delete), but the log may still have
 * it, and so may the unused end of a page.
 */
static bool write_anew(struct db *db, struct err *err)
{
	if (!db_run(db, "VACUUM", err) || !db_checkpoint(db, err))
		return false;
	crash_point("seal.vacuumed");
	if (!db_begin(db, err))
		return false;
	return db_end(db,
		stmt_run(db, stmt_get(db, &unsealed_stmts, CLEAR_NOTE), err),
		err);
}

bool unsealed_seal(struct db *db, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &unsealed_stmts, ANY);
	bool nothing;
	bool rows;

	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	nothing = sqlite3_column_type(st, 0) == SQLITE_NULL;
	rows = sqlite3_column_int(st, 0) > 0;
	stmt_done(st);
	if (nothing)
		return true;
	if (rows) {
		crash_point("seal.begin");
		if (!db_begin(db, err) || !db_end(db, seal_all(db, err), err))
			return false;
		crash_point("seal.committed");
	}
	return write_anew(db, err);
}
