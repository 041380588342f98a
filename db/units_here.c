#include "db/units_here.h"

#include "db/stmt.h"
#include "db/units.h"

enum {
	UNITS,
	COUNT
};

static const char *const sql[COUNT] = {
	[UNITS] = ("SELECT p.unit_code, count(*) FROM person p"
		   " WHERE EXISTS (SELECT 1 FROM entitlement e"
		   "  WHERE e.person = p.id)"
		   " GROUP BY p.unit_code ORDER BY p.unit_code /* scan */"),
};

const struct stmt_set units_here_stmts = {"units_here", sql, COUNT};

bool units_here(struct db *db, struct units_here *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &units_here_stmts, UNITS);
	enum lookup got;

	*out = (struct units_here){.count = 0};
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		struct unit_here *u;

		out->more = out->count == UNITS_HERE_MAX;
		if (out->more)
			break;
		u = &out->unit[out->count++];
		stmt_column_text(st, 0, u->code, sizeof(u->code));
		u->people = sqlite3_column_int64(st, 1);
	}
	stmt_done(st);
	if (got == LOOKUP_FAILED)
		return false;
	for (int i = 0; i < out->count; i++)
		if (units_name(db, out->unit[i].code, out->unit[i].name,
			    sizeof(out->unit[i].name), err) == LOOKUP_FAILED)
			return false;
	return true;
}
