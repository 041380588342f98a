#include "db/list_money_internal.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "core/buf.h"
#include "core/crypto.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/stmt.h"

enum {
	MONEY,
	ADD,
	CARRY,
	CARRIED_BY,
	COUNT
};

/*
 * Parameters by number, in the order of bind_money(): see list_rows.c.
 * MONEY: what any list gives this person for that period.
 * CARRY: open cash of earlier lists, which this list carries over.
 */
static const char *const sql[COUNT] = {
	[MONEY] = "SELECT list, what, period, amount, by_account"
		  " FROM entitlement WHERE person = ?1 AND list_period = ?2",
	[ADD] = "INSERT INTO entitlement (person, list_period, what,"
		" period, list, amount, months, by_account, carried_by,"
		" ent) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	[CARRY] = "UPDATE entitlement SET carried_by = ?1"
		  " WHERE person = ?2 AND list_period < ?3 AND (by_account = 0"
		  "  OR EXISTS (SELECT 1 FROM account_step s WHERE s.person"
		  "   = ?2 AND s.step = 8 AND s.period <="
		  "   entitlement.list_period))"
		  " AND carried_by IS NULL AND NOT EXISTS (SELECT 1 FROM paid"
		  "  WHERE paid.ent = entitlement.ent AND paid.state < 4)"
		  " AND NOT EXISTS (SELECT 1 FROM handover h"
		  "  WHERE h.ent = entitlement.ent AND h.away = 1)",
	[CARRIED_BY] = "SELECT list FROM entitlement WHERE person = ?1"
		       " AND list_period > ?2 AND what = 4"
		       " ORDER BY list_period LIMIT 1",
};

const struct stmt_set list_money_stmts = {"list_money", sql, COUNT};

void list_money_begin(struct list_money *w, struct db *db, int64_t list)
{
	*w = (struct list_money){.db = db,
		.list = list,
		.add = stmt_get(db, &list_money_stmts, ADD)};
}

static sqlite3_stmt *get(const struct list_money *w, int index)
{
	return stmt_get(w->db, &list_money_stmts, index);
}

static void bind_text(sqlite3_stmt *st, int at, const char *text)
{
	sqlite3_bind_text(st, at, text, -1, SQLITE_STATIC);
}

enum row_outcome list_trouble(struct paylist_error *out,
	const struct paylist_row *row, enum paylist_column column,
	const char *value)
{
	*out = (struct paylist_error){.row = row->row,
		.column = column,
		.trouble = TROUBLE_DUPLICATE};
	str_copy(out->value, sizeof(out->value), value);
	return ROW_TROUBLE;
}

/* A single month of arrears is the month of that money. */
static void set_arrears(const struct paylist_row *row, struct list_part *m)
{
	if (period_parse(row->arrears_months, &m->period))
		return;
	m->months = row->arrears_months;
}

/* Half of the hash is kept, so that nobody goes on from it without the key. */
static void set_name(const struct db *db, const struct paylist_row *row,
	struct list_part *m)
{
	uint8_t hash[CRYPTO_HASH_SIZE];
	uint8_t bytes[8 + CRYPTO_KEY_SIZE + 2 * PAYLIST_CODE_SIZE + 9];
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	buf_put(&b, db->has_office ? "CHTRENT2" : "CHTRENT1", 8);
	if (db->has_office)
		buf_put(&b, db->office, sizeof(db->office));
	buf_put(&b, row->unit_code, strlen(row->unit_code) + 1);
	buf_put(&b, row->beneficiary_id, strlen(row->beneficiary_id) + 1);
	buf_be(&b, (uint64_t)row->period, 4);
	buf_byte(&b, m->what);
	buf_be(&b, (uint64_t)m->period, 4);
	assert(!b.full);
	crypto_sha256(b.data, b.len, hash);
	memcpy(m->ent, hash, ENT_SIZE);
	crypto_wipe(bytes, sizeof(bytes));
}

static void add_part(const struct db *db, struct list_row *r,
	enum ent_what what, enum paylist_column column, int64_t amount)
{
	struct list_part *m = &r->part[r->parts];

	if (amount <= 0)
		return;
	m->what = what;
	m->column = column;
	m->period = r->row.period;
	m->amount = amount;
	m->months = "";
	if (what == ENT_ARREARS)
		set_arrears(&r->row, m);
	set_name(db, &r->row, m);
	r->parts++;
}

void list_money_parts(const struct db *db, struct list_row *r)
{
	const struct paylist_row *row = &r->row;

	r->parts = 0;
	add_part(db, r, ENT_MONTH, COL_MONTHLY_AMOUNT, row->monthly);
	add_part(db, r, ENT_ARREARS, COL_ARREARS_AMOUNT, row->arrears);
	add_part(db, r, ENT_FUNERAL, COL_FUNERAL_AMOUNT, row->funeral);
	add_part(db, r, ENT_CARRIED, COL_CARRY_OVER_AMOUNT, row->carry_over);
	if (r->parts == 0)
		add_part(db, r, ENT_OTHER, COL_TOTAL, row->total);
}

static void bind_part(const struct list_money *w, int64_t person,
	const struct paylist_row *row, const struct list_part *m)
{
	sqlite3_stmt *st = w->add;

	sqlite3_bind_int64(st, 1, person);
	sqlite3_bind_int(st, 2, row->period);
	sqlite3_bind_int(st, 3, m->what);
	sqlite3_bind_int(st, 4, m->period);
	sqlite3_bind_int64(st, 5, w->list);
	sqlite3_bind_int64(st, 6, m->amount);
	bind_text(st, 7, m->months);
	sqlite3_bind_int(st, 8, row->method == METHOD_ACCOUNT);
	sqlite3_bind_blob(st, 10, m->ent, ENT_SIZE, SQLITE_STATIC);
}

/* The later list that carries this money over; 0: none. */
static bool find_carrier(const struct list_money *w, int64_t person,
	int32_t period, int64_t *carrier, struct err *err)
{
	sqlite3_stmt *st = get(w, CARRIED_BY);
	enum lookup got;

	*carrier = 0;
	sqlite3_bind_int64(st, 1, person);
	sqlite3_bind_int(st, 2, period);
	got = stmt_row(w->db, st, err);
	if (got == LOOKUP_FOUND) {
		*carrier = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

bool list_money_carry(const struct list_money *w, int64_t person,
	int32_t period, struct err *err)
{
	sqlite3_stmt *st = get(w, CARRY);

	sqlite3_bind_int64(st, 1, w->list);
	sqlite3_bind_int64(st, 2, person);
	sqlite3_bind_int(st, 3, period);
	return stmt_run(w->db, st, err);
}

static bool add(const struct list_money *w, int64_t person,
	const struct paylist_row *row, const struct list_part *m,
	int64_t carrier, struct err *err)
{
	bind_part(w, person, row, m);
	if (carrier)
		sqlite3_bind_int64(w->add, 9, carrier);
	else
		sqlite3_bind_null(w->add, 9);
	return stmt_run_again(w->db, w->add, err);
}

bool list_money_add(const struct list_money *w, int64_t person, bool known,
	const struct list_row *r, struct err *err)
{
	const struct paylist_row *row = &r->row;
	int64_t carrier = 0;

	if (known && row->method == METHOD_CASH &&
		!find_carrier(w, person, row->period, &carrier, err))
		return false;
	for (int i = 0; i < r->parts; i++)
		if (!add(w, person, row, &r->part[i], carrier, err))
			return false;
	if (!known || row->carry_over <= 0)
		return true;
	return list_money_carry(w, person, row->period, err);
}

bool list_money_add_part(const struct list_money *w, int64_t person,
	const struct list_row *r, const struct list_part *m, struct err *err)
{
	int64_t carrier = 0;

	if (r->row.method == METHOD_CASH &&
		!find_carrier(w, person, r->row.period, &carrier, err))
		return false;
	return add(w, person, &r->row, m, carrier, err);
}

static enum row_outcome other_amount(struct paylist_error *out,
	const struct paylist_row *row, enum paylist_column column, int64_t here,
	int64_t there)
{
	char value[64];

	snprintf(value, sizeof(value), "%" PRId64 " (%" PRId64 ")", here,
		there);
	return list_trouble(out, row, column, value);
}

/* One row of MONEY against what this row has of that kind. */
static enum row_outcome compare_money(sqlite3_stmt *st,
	const struct list_row *r, struct paylist_error *trouble)
{
	const struct paylist_row *row = &r->row;
	const struct list_part *m = r->part;
	const int what = sqlite3_column_int(st, 1);
	const int64_t amount = sqlite3_column_int64(st, 3);

	for (int i = 0; i < r->parts; i++) {
		if ((int)m[i].what != what)
			continue;
		if (m[i].amount != amount)
			return other_amount(trouble, row, m[i].column,
				m[i].amount, amount);
		if (m[i].period != sqlite3_column_int(st, 2))
			return list_trouble(trouble, row, COL_ARREARS_MONTHS,
				row->arrears_months);
		if (sqlite3_column_int(st, 4) !=
			(row->method == METHOD_ACCOUNT))
			return list_trouble(trouble, row, COL_METHOD,
				row->account_no);
		return ROW_SAME;
	}
	return other_amount(trouble, row, COL_TOTAL, row->total,
		row->total + amount);
}

enum row_outcome list_money_compare(const struct list_money *w, int64_t person,
	const struct list_row *r, struct paylist_error *trouble,
	struct err *err)
{
	const struct paylist_row *row = &r->row;
	sqlite3_stmt *st = get(w, MONEY);
	enum row_outcome outcome = ROW_SAME;
	enum lookup got;
	int kinds = 0;

	sqlite3_bind_int64(st, 1, person);
	sqlite3_bind_int(st, 2, row->period);
	while ((got = stmt_row(w->db, st, err)) == LOOKUP_FOUND &&
		outcome == ROW_SAME) {
		kinds++;
		if (sqlite3_column_int64(st, 0) == w->list)
			outcome = list_trouble(trouble, row, COL_BENEFICIARY_ID,
				row->beneficiary_id);
		else
			outcome = compare_money(st, r, trouble);
	}
	if (got == LOOKUP_FOUND)
		stmt_done(st);
	if (got == LOOKUP_FAILED)
		return ROW_FAILED;
	if (kinds == 0)
		return ROW_FRESH;
	if (outcome == ROW_SAME && kinds < r->parts)
		return list_trouble(trouble, row, COL_TOTAL,
			row->beneficiary_id);
	return outcome;
}
