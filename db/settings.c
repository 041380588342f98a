/* settings.c - small facts about the store that have a name. */
#include "db/db_internal.h"
#include "db/stmt.h"

enum {
	GET,
	PUT,
	COUNT
};

static const char *const sql[COUNT] = {
	[GET] = "SELECT value FROM setting WHERE name = :name",
	[PUT] = "INSERT INTO setting (name, value) VALUES (:name, :value)"
		" ON CONFLICT (name) DO UPDATE SET value = excluded.value",
};

const struct stmt_set settings_stmts = {"settings", sql, COUNT};

bool setting_get(struct db *db, const char *name, char *out, size_t size,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &settings_stmts, GET);

	stmt_text(st, ":name", name);
	switch (stmt_row(db, st, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		out[0] = '\0';
		return true;
	case LOOKUP_FOUND:
		stmt_column_text(st, 0, out, size);
		stmt_done(st);
		return true;
	}
	return false;
}

bool setting_put(struct db *db, const char *name, const char *value,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &settings_stmts, PUT);

	stmt_text(st, ":name", name);
	stmt_text(st, ":value", value);
	return stmt_run(db, st, err);
}
