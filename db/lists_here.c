#include "db/lists_here.h"

#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/people.h"
#include "db/stmt.h"

enum {
	LISTS,
	FIXES,
	COUNT
};

/*
 * One row a person first, then one a list: who has nothing open is paid.
 * FIXES: one at a time, since people are asked for between.
 */
static const char *const sql[COUNT] = {
	[LISTS] = ("SELECT l.id, l.period, l.rows, l.sum, l.imported_at,"
		   " l.seq, l.replaces, coalesce((SELECT n.id FROM list n"
		   "  WHERE n.replaces = l.id AND n.replaces > 0), 0),"
		   " l.sha256,"
		   " coalesce(m.people, 0), coalesce(m.cash, 0),"
		   " coalesce(m.paid, 0), coalesce(m.elsewhere, 0),"
		   " coalesce(m.done, 0), coalesce(m.account, 0) FROM list l"
		   " LEFT JOIN (SELECT list, sum(cash > 0) AS people,"
		   "  sum(cash) AS cash, sum(paid) AS paid, sum(elsewhere) AS"
		   "  elsewhere, sum(cash > 0 AND open = 0) AS done,"
		   "  sum(account) AS account FROM (SELECT e.list AS list,"
		   "   sum(CASE e.by_account WHEN 0 THEN e.amount ELSE 0 END)"
		   "    AS cash,"
		   "   sum(CASE WHEN x.ent IS NOT NULL THEN e.amount ELSE 0"
		   "    END) AS paid,"
		   "   sum(CASE WHEN x.ent IS NULL AND w.ent IS NOT NULL THEN"
		   "    e.amount ELSE 0 END) AS elsewhere,"
		   "   sum(e.by_account = 0 AND x.ent IS NULL AND w.ent IS"
		   "    NULL AND e.carried_by IS NULL) AS open,"
		   "   sum(CASE e.by_account WHEN 1 THEN e.amount ELSE 0 END)"
		   "    AS account"
		   "   FROM entitlement e LEFT JOIN paid x ON x.ent = e.ent"
		   "    AND x.state < 4"
		   "   LEFT JOIN paid_elsewhere w ON w.ent = e.ent"
		   "   GROUP BY e.person, e.list) GROUP BY list) m"
		   "  ON m.list = l.id"
		   " WHERE l.seq > 0 ORDER BY l.period DESC, l.id /* scan */"),
	[FIXES] = ("SELECT person, list_period, what, was, now, by_account,"
		   " kept, kind FROM list_fix WHERE list = :list AND (person > "
		   ":person"
		   "  OR (person = :person AND (list_period > :period"
		   "   OR (list_period = :period AND what > :what))))"
		   " ORDER BY person, list_period, what LIMIT 1"),
};

const struct stmt_set lists_here_stmts = {"lists_here", sql, COUNT};

static bool read_list(sqlite3_stmt *st, struct list_here *out)
{
	uint8_t sha256[CRYPTO_HASH_SIZE];

	*out = (struct list_here){.id = sqlite3_column_int64(st, 0),
		.period = sqlite3_column_int(st, 1),
		.rows = sqlite3_column_int64(st, 2),
		.sum = sqlite3_column_int64(st, 3),
		.imported_at = sqlite3_column_int64(st, 4),
		.seq = (uint64_t)sqlite3_column_int64(st, 5),
		.replaces = sqlite3_column_int64(st, 6),
		.replaced_by = sqlite3_column_int64(st, 7),
		.people = sqlite3_column_int64(st, 9),
		.cash = sqlite3_column_int64(st, 10),
		.paid = sqlite3_column_int64(st, 11),
		.elsewhere = sqlite3_column_int64(st, 12),
		.people_paid = sqlite3_column_int64(st, 13),
		.by_account = sqlite3_column_int64(st, 14)};
	if (!stmt_column_blob(st, 8, sha256, sizeof(sha256)))
		return false;
	str_to_hex(sha256, sizeof(sha256), out->sha256);
	return true;
}

bool lists_here_each(struct db *db,
	bool (*each)(void *ctx, const struct list_here *l), void *ctx,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &lists_here_stmts, LISTS);
	struct list_here l;
	enum lookup got;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (!read_list(st, &l)) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"a list has no hash");
		}
		if (!each(ctx, &l)) {
			stmt_done(st);
			return true;
		}
	}
	return got != LOOKUP_FAILED;
}

/* The next behind *f; names are empty. */
static enum lookup next_fix(struct db *db, int64_t list, struct list_fixed *f,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &lists_here_stmts, FIXES);
	enum lookup got;

	stmt_int(st, ":list", list);
	stmt_int(st, ":person", f->person);
	stmt_int(st, ":period", f->period);
	stmt_int(st, ":what", f->what);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	*f = (struct list_fixed){.person = sqlite3_column_int64(st, 0),
		.period = sqlite3_column_int(st, 1),
		.what = sqlite3_column_int(st, 2),
		.was = sqlite3_column_int64(st, 3),
		.now = sqlite3_column_int64(st, 4),
		.by_account = sqlite3_column_int(st, 5) != 0,
		.kept = (enum list_kept)sqlite3_column_int(st, 6),
		.kind = (enum list_fix_kind)sqlite3_column_int(st, 7)};
	stmt_done(st);
	return LOOKUP_FOUND;
}

bool lists_here_fixes(struct db *db, int64_t list,
	bool (*each)(void *ctx, const struct list_fixed *f), void *ctx,
	struct err *err)
{
	struct list_fixed f = {.person = 0};
	struct person_due due;
	enum lookup got = LOOKUP_ABSENT;
	bool more = true;

	while (more && (got = next_fix(db, list, &f, err)) == LOOKUP_FOUND) {
		switch (people_get(db, f.person, &due, err)) {
		case LOOKUP_FAILED:
			return false;
		case LOOKUP_ABSENT:
			break;
		case LOOKUP_FOUND:
			str_copy(f.name, sizeof(f.name), due.person.name);
			str_copy(f.list_no, sizeof(f.list_no),
				due.person.list_no);
			break;
		}
		more = each(ctx, &f);
	}
	crypto_wipe(&due, sizeof(due));
	crypto_wipe(f.name, sizeof(f.name));
	return !more || got != LOOKUP_FAILED;
}
