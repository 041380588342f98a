#include "db/list_rows_internal.h"

#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/list_money_internal.h"
#include "db/people_internal.h"
#include "db/stmt.h"

enum {
	LAST_PERSON,
	BY_KEY,
	OWNER,
	ADD_PERSON,
	SET_PERSON,
	SET_NUMBERS,
	INDEX_SQL,
	COUNT
};

#define KNOWN                                                 \
	"SELECT id, period, id12, old_id, folded, unit_code," \
	" beneficiary_id FROM person"

/*
 * Parameters by number, not by name: a name is looked for anew each time,
 * which for 22 of them costs more than the insert. Their order is that of
 * bind_person().
 */
static const char *const sql[COUNT] = {
	[LAST_PERSON] = "SELECT coalesce(max(id), 0) FROM person",
	[BY_KEY] = KNOWN " WHERE beneficiary_id = ?1 AND unit_code = ?2",
	[OWNER] = "SELECT id FROM person"
		  " WHERE id12_back = ?1 AND unit_code = ?2",
	[ADD_PERSON] =
		"INSERT INTO person (id, unit_code, beneficiary_id, list,"
		" period, list_no, seq, id12, id12_back, old_id, old_id_back,"
		" name, folded, birth, sex, address, group_code,"
		" subgroup_code, payee, payee_name, payee_id, account_bin,"
		" account_no) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
		" ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,"
		" ?22, ?23)",
	[SET_PERSON] = "UPDATE person SET list = ?4, period = ?5,"
		       " list_no = ?6, seq = ?7, name = ?12, folded = ?13,"
		       " birth = ?14, sex = ?15, address = ?16,"
		       " group_code = ?17, subgroup_code = ?18, payee = ?19,"
		       " payee_name = ?20, payee_id = ?21, account_bin = ?22,"
		       " account_no = ?23 WHERE id = ?1",
	[SET_NUMBERS] = "UPDATE person SET id12 = ?8, id12_back = ?9,"
			" old_id = ?10, old_id_back = ?11 WHERE id = ?1",
	[INDEX_SQL] = "SELECT sql FROM sqlite_schema WHERE name = ?1"
		      " /* scan */",
};

const struct stmt_set list_rows_stmts = {"list_rows", sql, COUNT};

/* Those whose order is not that of the list. */
static const char *const indexes[LIST_ROWS_INDEXES] = {
	"person_by_key",
	"person_by_id12",
	"person_by_old_id",
	"entitlement_by_ent",
};

/* What the store has of a person. */
struct known {
	int64_t id; /* 0: nobody */
	int32_t period;
	char id12[PERSONID_SIZE];
	char old_id[PERSONID_OLD_SIZE];
	char folded[VIET_NAME_SIZE];
	char unit_code[PAYLIST_CODE_SIZE];
	char beneficiary_id[PAYLIST_CODE_SIZE];
};

static sqlite3_stmt *get(const struct list_rows *w, int index)
{
	return stmt_get(w->db, &list_rows_stmts, index);
}

static void bind_text(sqlite3_stmt *st, int at, const char *text)
{
	sqlite3_bind_text(st, at, text, -1, SQLITE_STATIC);
}

static enum row_outcome no_memory(struct err *err)
{
	err_set(err, ERR_NO_MEMORY, 0, "no memory to read the list");
	return ROW_FAILED;
}

/* ---- indexes ------------------------------------------------------------- */

/* The statement that made an index, from the schema. */
static bool index_sql(const struct list_rows *w, const char *name,
	char out[LIST_ROWS_SQL_SIZE], struct err *err)
{
	sqlite3_stmt *st = get(w, INDEX_SQL);

	bind_text(st, 1, name);
	if (stmt_row(w->db, st, err) != LOOKUP_FOUND)
		return false;
	stmt_column_text(st, 0, out, LIST_ROWS_SQL_SIZE);
	stmt_done(st);
	return true;
}

static bool drop_indexes(struct list_rows *w, struct err *err)
{
	char drop[64];

	for (int i = 0; i < LIST_ROWS_INDEXES; i++) {
		if (!index_sql(w, indexes[i], w->index_sql[i], err))
			return false;
		snprintf(drop, sizeof(drop), "DROP INDEX %s", indexes[i]);
		if (!db_run(w->db, drop, err))
			return false;
	}
	return true;
}

bool list_rows_end(struct list_rows *w, bool *twice, struct err *err)
{
	*twice = false;
	for (int i = 0; w->bare && i < LIST_ROWS_INDEXES; i++)
		if (!db_run(w->db, w->index_sql[i], err)) {
			*twice = err->code == ERR_INVALID;
			return *twice;
		}
	return true;
}

bool list_rows_begin(struct list_rows *w, struct db *db, int64_t list,
	bool fast, struct err *err)
{
	sqlite3_stmt *st;

	*w = (struct list_rows){.db = db,
		.add_person = stmt_get(db, &list_rows_stmts, ADD_PERSON)};
	list_money_begin(&w->money, db, list);
	st = get(w, LAST_PERSON);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	w->last_person = sqlite3_column_int64(st, 0);
	stmt_done(st);
	w->bare = fast && w->last_person == 0;
	w->same = seen_new();
	if (!w->same)
		return no_memory(err) != ROW_FAILED;
	return !w->bare || drop_indexes(w, err);
}

void list_rows_clear(struct list_rows *w)
{
	seen_free(w->same);
	w->same = NULL;
}

/* ---- who is it ----------------------------------------------------------- */

static void read_known(sqlite3_stmt *st, struct known *out)
{
	out->id = sqlite3_column_int64(st, 0);
	out->period = sqlite3_column_int(st, 1);
	stmt_column_text(st, 2, out->id12, sizeof(out->id12));
	stmt_column_text(st, 3, out->old_id, sizeof(out->old_id));
	stmt_column_text(st, 4, out->folded, sizeof(out->folded));
	stmt_column_text(st, 5, out->unit_code, sizeof(out->unit_code));
	stmt_column_text(st, 6, out->beneficiary_id,
		sizeof(out->beneficiary_id));
	stmt_done(st);
}

/* Who is this row's person in the store? out->id 0: nobody yet. */
static bool find_known(const struct list_rows *w, const struct paylist_row *row,
	struct known *out, struct err *err)
{
	sqlite3_stmt *st;

	out->id = 0;
	if (w->bare)
		return true;
	st = get(w, BY_KEY);
	bind_text(st, 1, row->beneficiary_id);
	bind_text(st, 2, row->unit_code);
	switch (stmt_row(w->db, st, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		read_known(st, out);
		return true;
	}
	return false;
}

/* Whose is the row's id12 in this unit? 0: nobody's. */
static bool owner_of_id12(const struct list_rows *w,
	const struct paylist_row *row, int64_t *owner, struct err *err)
{
	sqlite3_stmt *st;
	enum lookup got;

	*owner = 0;
	st = get(w, OWNER);
	sqlite3_bind_int64(st, 1,
		people_back(row->id12, PERSONID_SIZE - 1, NULL));
	bind_text(st, 2, row->unit_code);
	got = stmt_row(w->db, st, err);
	if (got == LOOKUP_FOUND) {
		*owner = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

/* The second row of this list that an earlier list has word for word. */
static enum row_outcome same_again(struct list_rows *w, int64_t person,
	const struct paylist_row *row, struct paylist_error *trouble,
	struct err *err)
{
	const uint32_t id = (uint32_t)person;
	const uint32_t period = (uint32_t)row->period;

	if (seen_has(w->same, id, period))
		return list_trouble(trouble, row, COL_BENEFICIARY_ID,
			row->beneficiary_id);
	return seen_add(w->same, id, period) ? ROW_SAME : no_memory(err);
}

/* ---- writing the person -------------------------------------------------- */

static void bind_number(sqlite3_stmt *st, int at, const char *digits, int width)
{
	bind_text(st, at, digits);
	if (digits[0])
		sqlite3_bind_int64(st, at + 1,
			people_back(digits, width, NULL));
	else
		sqlite3_bind_null(st, at + 1);
}

static void bind_person(sqlite3_stmt *st, const struct list_rows *w, int64_t id,
	const struct paylist_row *row, const char *folded)
{
	const struct date b = row->birth;

	sqlite3_bind_int64(st, 1, id);
	bind_text(st, 2, row->unit_code);
	bind_text(st, 3, row->beneficiary_id);
	sqlite3_bind_int64(st, 4, w->money.list);
	sqlite3_bind_int(st, 5, row->period);
	bind_text(st, 6, row->list_no);
	sqlite3_bind_int64(st, 7, row->seq);
	bind_number(st, 8, row->id12, PERSONID_SIZE - 1);
	bind_number(st, 10, row->old_id, PERSONID_OLD_SIZE - 1);
	bind_text(st, 12, row->name);
	bind_text(st, 13, folded);
	sqlite3_bind_int(st, 14, b.year * 10000 + b.month * 100 + b.day);
	sqlite3_bind_int(st, 15, row->sex);
	bind_text(st, 16, row->address);
	bind_text(st, 17, row->group);
	bind_text(st, 18, row->subgroup);
	sqlite3_bind_int(st, 19, row->payee);
	bind_text(st, 20, row->payee_name);
	bind_text(st, 21, row->payee_id);
	bind_text(st, 22, row->account_bin);
	bind_text(st, 23, row->account_no);
}

static bool write_person(const struct list_rows *w, int index, int64_t id,
	const struct paylist_row *row, const char *folded, struct err *err)
{
	sqlite3_stmt *st = get(w, index);

	bind_person(st, w, id, row, folded);
	return stmt_run(w->db, st, err);
}

static bool add_person(struct list_rows *w, const struct paylist_row *row,
	const char *folded, struct err *err)
{
	const int64_t id = w->last_person + 1;

	bind_person(w->add_person, w, id, row, folded);
	if (!stmt_run_again(w->db, w->add_person, err))
		return false;
	w->last_person = id;
	return true;
}

/* A list of an older period never overwrites what a newer one says. */
static bool update_person(const struct list_rows *w, const struct known *known,
	const struct paylist_row *row, const char *folded, struct err *err)
{
	if (row->period < known->period)
		return true;
	if (!write_person(w, SET_PERSON, known->id, row, folded, err))
		return false;
	if (strcmp(known->id12, row->id12) == 0 &&
		strcmp(known->old_id, row->old_id) == 0)
		return true;
	return write_person(w, SET_NUMBERS, known->id, row, folded, err);
}

/*
 * Is the row about the person whom the store knows under its code, and is
 * its id12 nobody else's? ROW_FRESH: yes. A bare store is asked at the end.
 */
static enum row_outcome check_identity(const struct list_rows *w,
	const struct known *known, const struct paylist_row *row,
	const char *folded, struct paylist_error *trouble, struct err *err)
{
	int64_t owner;

	if (w->bare || (known->id && strcmp(known->id12, row->id12) == 0))
		return ROW_FRESH;
	if (known->id && known->id12[0] && row->id12[0] &&
		strcmp(known->folded, folded) != 0)
		return list_trouble(trouble, row, COL_NAME, row->name);
	if (!row->id12[0])
		return ROW_FRESH;
	if (!owner_of_id12(w, row, &owner, err))
		return ROW_FAILED;
	if (owner && owner != known->id)
		return list_trouble(trouble, row, COL_ID12, row->id12);
	return ROW_FRESH;
}

void list_rows_prepare(struct list_row *r)
{
	if (!viet_fold(r->row.name, r->folded, sizeof(r->folded)))
		r->folded[0] = '\0';
	list_money_parts(r);
}

enum row_outcome list_rows_put(struct list_rows *w, const struct list_row *r,
	struct paylist_error *trouble, struct err *err)
{
	const struct paylist_row *row = &r->row;
	const char *folded = r->folded;
	enum row_outcome outcome;
	struct known known;
	bool ok;

	if (!find_known(w, row, &known, err))
		return ROW_FAILED;
	outcome = check_identity(w, &known, row, folded, trouble, err);
	if (outcome == ROW_FRESH && known.id)
		outcome = list_money_compare(&w->money, known.id, r, trouble,
			err);
	if (outcome == ROW_SAME)
		outcome = same_again(w, known.id, row, trouble, err);
	if (outcome != ROW_FRESH && outcome != ROW_SAME)
		return outcome;
	ok = known.id ? update_person(w, &known, row, folded, err)
		      : add_person(w, row, folded, err);
	if (ok && outcome == ROW_FRESH)
		ok = list_money_add(&w->money,
			known.id ? known.id : w->last_person, known.id != 0, r,
			err);
	return ok ? outcome : ROW_FAILED;
}
