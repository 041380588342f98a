/* side_person.c - whom a row of changes or answers means. */
#include <string.h>

#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/side_internal.h"
#include "db/stmt.h"

enum {
	BY_CODE,
	BY_ID12,
	BY_OLD_ID,
	COUNT
};

/* A unit of "" is any unit; two rows are enough to know it is not one. */
#define OF_UNIT " AND (:unit = '' OR unit_code = :unit) LIMIT 2"

static const char *const sql[COUNT] = {
	[BY_CODE] = "SELECT id FROM person WHERE code = :key" OF_UNIT,
	[BY_ID12] = "SELECT id FROM person WHERE id12 = :key" OF_UNIT,
	[BY_OLD_ID] = "SELECT id FROM person WHERE old_id = :key" OF_UNIT,
};

const struct stmt_set side_person_stmts = {"side_person", sql, COUNT};

/* *id: 0 nobody, -1 more than one. */
static bool only_one(struct side *im, sqlite3_stmt *st, int64_t *id,
	struct err *err)
{
	enum lookup got;

	*id = 0;
	while ((got = stmt_row(im->db, st, err)) == LOOKUP_FOUND)
		*id = *id ? -1 : sqlite3_column_int64(st, 0);
	return got == LOOKUP_ABSENT;
}

static bool by_number(struct side *im, int index, const char *number,
	const char *unit, int64_t *id, struct err *err)
{
	static const enum datakey_use use[COUNT] = {
		[BY_CODE] = DATAKEY_CODE,
		[BY_ID12] = DATAKEY_ID12,
		[BY_OLD_ID] = DATAKEY_OLD_ID,
	};
	sqlite3_stmt *st;

	*id = 0;
	if (!datakey_needed(im->db, err))
		return false;
	if (!number[0])
		return true;
	st = stmt_get(im->db, &side_person_stmts, index);
	stmt_int(st, ":key", datakey_blind(im->db, use[index], number));
	stmt_text(st, ":unit", unit);
	return only_one(im, st, id, err);
}

/* The row has no code of its own: a number stands for it (paylist_row.c). */
static bool code_is_number(const struct paylist_row *row)
{
	return strcmp(row->beneficiary_id, row->id12) == 0 ||
	       strcmp(row->beneficiary_id, row->old_id) == 0;
}

static bool find(struct side *im, const struct paylist_row *row, int64_t *code,
	int64_t *id12, struct err *err)
{
	if (!by_number(im, BY_CODE, row->beneficiary_id, row->unit_code, code,
		    err) ||
		!by_number(im, BY_ID12, row->id12, row->unit_code, id12, err))
		return false;
	if (*code || *id12 || !code_is_number(row))
		return true;
	return by_number(im, BY_OLD_ID, row->old_id, row->unit_code, code, err);
}

/* Nothing in the row may contradict what is known of him. */
static bool agrees(struct side *im, const struct paylist_row *row,
	const struct person *p)
{
	if (row->id12[0] && p->id12[0] && strcmp(row->id12, p->id12) != 0)
		side_say(im, row, COL_ID12, TROUBLE_OTHER, row->id12);
	else if (!code_is_number(row) &&
		 strcmp(row->beneficiary_id, p->beneficiary_id) != 0)
		side_say(im, row, COL_BENEFICIARY_ID, TROUBLE_OTHER,
			row->beneficiary_id);
	else
		return true;
	return false;
}

enum lookup side_person(struct side *im, const struct paylist_row *row,
	bool may_be_new, struct person_due *out, struct err *err)
{
	int64_t code;
	int64_t id12;
	int64_t id;
	enum lookup got;

	if (!find(im, row, &code, &id12, err))
		return LOOKUP_FAILED;
	id = code ? code : id12;
	out->person.id = 0;
	if (id <= 0) {
		if (id < 0 || !may_be_new)
			side_say(im, row, COL_BENEFICIARY_ID, TROUBLE_UNKNOWN,
				row->beneficiary_id);
		return LOOKUP_ABSENT;
	}
	if (id12 && id12 != id) {
		side_say(im, row, COL_ID12, TROUBLE_OTHER, row->id12);
		out->person.id = id;
		return LOOKUP_ABSENT;
	}
	got = people_get(im->db, id, out, err);
	if (got == LOOKUP_FOUND && !agrees(im, row, &out->person))
		return LOOKUP_ABSENT;
	return got;
}

bool side_once(struct side *im, int64_t person, int kind,
	const struct paylist_row *row, bool *once, struct err *err)
{
	*once = !seen_has(im->seen, (uint32_t)person, (uint32_t)kind);
	if (!*once) {
		side_say(im, row, COL_BENEFICIARY_ID, TROUBLE_DUPLICATE,
			row->beneficiary_id);
		return true;
	}
	return seen_add(im->seen, (uint32_t)person, (uint32_t)kind) ||
	       err_set(err, ERR_NO_MEMORY, 0, "no memory to read it");
}
