#include "db/list_rows_internal.h"

#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/list_money_internal.h"
#include "db/stmt.h"

enum {
	LAST_PERSON,
	BY_KEY,
	OWNER,
	ADD_PERSON,
	SET_PERSON,
	INDEX_SQL,
	COUNT
};

/*
 * Parameters by number, not by name: a name is looked for anew each time.
 * Their order is that of bind_person().
 */
static const char *const sql[COUNT] = {
	[LAST_PERSON] = "SELECT coalesce(max(id), 0) FROM person",
	[BY_KEY] = "SELECT id, period, sealed FROM person"
		   " WHERE code = ?1 AND unit_code = ?2",
	[OWNER] = "SELECT id FROM person WHERE id12 = ?1 AND unit_code = ?2",
	[ADD_PERSON] = "INSERT INTO person (id, unit_code, list, period, code,"
		       " id12, old_id, sealed)"
		       " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
	[SET_PERSON] = "UPDATE person SET unit_code = ?2, list = ?3,"
		       " period = ?4, code = ?5, id12 = ?6, old_id = ?7,"
		       " sealed = ?8 WHERE id = ?1",
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
	char folded[VIET_NAME_SIZE];
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

static bool read_known(const struct list_rows *w, sqlite3_stmt *st,
	const struct paylist_row *row, struct known *out, struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;

	out->id = sqlite3_column_int64(st, 0);
	out->period = sqlite3_column_int(st, 1);
	if (!sealed_read(w->db, st, 2, DATAKEY_PERSON, out->id, plain, &s, err))
		return false;
	if (strcmp(s.text[SEALED_CODE], row->beneficiary_id) != 0)
		return err_set(err, ERR_CORRUPT, 0,
			"person %lld has another code than its blind",
			(long long)out->id);
	str_copy(out->id12, sizeof(out->id12), s.text[SEALED_ID12]);
	if (!viet_fold(s.text[SEALED_NAME], out->folded, sizeof(out->folded)))
		out->folded[0] = '\0';
	return true;
}

/* Who is this row's person in the store? out->id 0: nobody yet. */
static bool find_known(const struct list_rows *w, const struct list_row *r,
	struct known *out, struct err *err)
{
	sqlite3_stmt *st;
	bool ok;

	out->id = 0;
	if (w->bare)
		return true;
	st = get(w, BY_KEY);
	sqlite3_bind_int64(st, 1, r->code);
	bind_text(st, 2, r->row.unit_code);
	switch (stmt_row(w->db, st, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	ok = read_known(w, st, &r->row, out, err);
	stmt_done(st);
	return ok;
}

/* Whose is the row's id12 in this unit? 0: nobody's. */
static bool owner_of_id12(const struct list_rows *w, const struct list_row *r,
	int64_t *owner, struct err *err)
{
	sqlite3_stmt *st;
	enum lookup got;

	*owner = 0;
	st = get(w, OWNER);
	sqlite3_bind_int64(st, 1, r->id12);
	bind_text(st, 2, r->row.unit_code);
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

static void bind_blind(sqlite3_stmt *st, int at, const char *text,
	int64_t blind)
{
	if (text[0])
		sqlite3_bind_int64(st, at, blind);
	else
		sqlite3_bind_null(st, at);
}

static void bind_person(sqlite3_stmt *st, const struct list_rows *w, int64_t id,
	const struct list_row *r, uint8_t locked[SEALED_SIZE])
{
	const struct paylist_row *row = &r->row;

	sqlite3_bind_int64(st, 1, id);
	bind_text(st, 2, row->unit_code);
	sqlite3_bind_int64(st, 3, w->money.list);
	sqlite3_bind_int(st, 4, row->period);
	bind_blind(st, 5, row->beneficiary_id, r->code);
	bind_blind(st, 6, row->id12, r->id12);
	bind_blind(st, 7, row->old_id, r->old_id);
	sealed_bind(w->db, st, 8, DATAKEY_PERSON, id, r->plain, r->plain_len,
		locked);
}

static bool add_person(struct list_rows *w, const struct list_row *r,
	struct err *err)
{
	const int64_t id = w->last_person + 1;
	uint8_t locked[SEALED_SIZE];

	bind_person(w->add_person, w, id, r, locked);
	if (!stmt_run_again(w->db, w->add_person, err))
		return false;
	w->last_person = id;
	return true;
}

/* A list of an older period never overwrites what a newer one says. */
static bool update_person(const struct list_rows *w, const struct known *known,
	const struct list_row *r, struct err *err)
{
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st;

	if (r->row.period < known->period)
		return true;
	st = get(w, SET_PERSON);
	bind_person(st, w, known->id, r, locked);
	return stmt_run(w->db, st, err);
}

/*
 * Is the row about the person whom the store knows under its code, and is
 * its id12 nobody else's? ROW_FRESH: yes. A bare store is asked at the end.
 */
static enum row_outcome check_identity(const struct list_rows *w,
	const struct known *known, const struct list_row *r,
	struct paylist_error *trouble, struct err *err)
{
	const struct paylist_row *row = &r->row;
	int64_t owner;

	if (w->bare || (known->id && strcmp(known->id12, row->id12) == 0))
		return ROW_FRESH;
	if (known->id && known->id12[0] && row->id12[0] &&
		strcmp(known->folded, r->folded) != 0)
		return list_trouble(trouble, row, COL_NAME, row->name);
	if (!row->id12[0])
		return ROW_FRESH;
	if (!owner_of_id12(w, r, &owner, err))
		return ROW_FAILED;
	if (owner && owner != known->id)
		return list_trouble(trouble, row, COL_ID12, row->id12);
	return ROW_FRESH;
}

static int64_t blind(const struct db *db, enum datakey_use use,
	const char *text)
{
	return text[0] ? datakey_blind(db, use, text) : 0;
}

void list_rows_prepare(const struct db *db, struct list_row *r)
{
	const struct paylist_row *row = &r->row;
	struct sealed s;

	if (!viet_fold(row->name, r->folded, sizeof(r->folded)))
		r->folded[0] = '\0';
	list_money_parts(db, r);
	r->code = blind(db, DATAKEY_CODE, row->beneficiary_id);
	r->id12 = blind(db, DATAKEY_ID12, row->id12);
	r->old_id = blind(db, DATAKEY_OLD_ID, row->old_id);
	sealed_of_row(row, &s);
	r->plain_len = sealed_pack(&s, r->plain);
}

/* What the store has of this person's money for that period. */
static enum row_outcome beside_the_store(struct list_rows *w, int64_t person,
	const struct list_row *r, struct paylist_error *trouble,
	struct err *err)
{
	enum row_outcome outcome;

	if (w->fix)
		return list_fix_row(w->fix, person, r, trouble, err);
	outcome = list_money_compare(&w->money, person, r, trouble, err);
	if (outcome == ROW_SAME)
		outcome = same_again(w, person, &r->row, trouble, err);
	return outcome;
}

/* known: his id, 0: he was added just now. */
static bool add_money(struct list_rows *w, int64_t known,
	const struct list_row *r, struct err *err)
{
	const int64_t person = known ? known : w->last_person;

	return list_money_add(&w->money, person, known != 0, r, err) &&
	       (!w->fix || list_fix_added(w->fix, person, r, err));
}

enum row_outcome list_rows_put(struct list_rows *w, const struct list_row *r,
	struct paylist_error *trouble, struct err *err)
{
	enum row_outcome outcome;
	struct known known;
	bool ok;

	if (!find_known(w, r, &known, err))
		return ROW_FAILED;
	outcome = check_identity(w, &known, r, trouble, err);
	if (outcome == ROW_FRESH && known.id)
		outcome = beside_the_store(w, known.id, r, trouble, err);
	if (outcome == ROW_FAILED || outcome == ROW_TROUBLE)
		return outcome;
	ok = known.id ? update_person(w, &known, r, err)
		      : add_person(w, r, err);
	if (ok && outcome == ROW_FRESH)
		ok = add_money(w, known.id, r, err);
	return ok ? outcome : ROW_FAILED;
}
