#include "db/units.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/admin.h"
#include "core/codec/viet.h"
#include "core/crypto.h"
#include "core/str.h"
#include "core/text.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	GET,
	NEXT,
	PUT,
	SIGN,
	COUNT
};

enum {
	LINE_SIZE = 2 * PAYLIST_CODE_SIZE + DB_NAME_SIZE + 16
};

static const char *const sql[COUNT] = {
	[GET] = "SELECT code, name, kind, parent FROM unit WHERE code = :code",
	[NEXT] = ("SELECT code, name, kind, parent FROM unit"
		  " WHERE code > :code ORDER BY code LIMIT 1"),
	[PUT] = ("INSERT INTO unit (code, name, kind, parent, seq)"
		 " VALUES (:code, :name, :kind, :parent, 0)"
		 " ON CONFLICT (code) DO UPDATE SET name = excluded.name,"
		 " kind = excluded.kind, parent = excluded.parent, seq = 0"),
	/* What PUT wrote; its record is written once all rows are right. */
	[SIGN] = "UPDATE unit SET seq = :seq WHERE seq = 0 /* scan */",
};

const struct stmt_set units_stmts = {"units", sql, COUNT};

const char *units_kind_name(enum unit_kind kind)
{
	static const char *const name[UNIT_KINDS] = {
		[UNIT_OFFICE] = "office",
		[UNIT_POINT] = "point",
		[UNIT_COMMUNE] = "commune",
	};

	assert(kind >= 0 && kind < UNIT_KINDS);
	return name[kind];
}

/* ---- reading ---------------------------------------------------------------- */

static enum lookup read_one(struct db *db, int which, const char *code,
	struct unit *out, struct err *err)
{
	char asked[PAYLIST_CODE_SIZE]; /* code may lie in *out */
	const bool fits = str_copy(asked, sizeof(asked), code);
	sqlite3_stmt *st;
	enum lookup got;

	*out = (struct unit){.kind = UNIT_OFFICE};
	if (!fits)
		return LOOKUP_ABSENT;
	st = stmt_get(db, &units_stmts, which);
	stmt_text(st, ":code", asked);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	stmt_column_text(st, 0, out->code, sizeof(out->code));
	stmt_column_text(st, 1, out->name, sizeof(out->name));
	out->kind = (enum unit_kind)sqlite3_column_int(st, 2);
	stmt_column_text(st, 3, out->parent, sizeof(out->parent));
	stmt_done(st);
	if (out->kind >= 0 && out->kind < UNIT_KINDS)
		return LOOKUP_FOUND;
	err_set(err, ERR_CORRUPT, 0, "a unit is of no kind");
	return LOOKUP_FAILED;
}

enum lookup units_get(struct db *db, const char *code, struct unit *out,
	struct err *err)
{
	return read_one(db, GET, code, out, err);
}

bool units_each(struct db *db, bool (*each)(void *ctx, const struct unit *u),
	void *ctx, struct err *err)
{
	char after[PAYLIST_CODE_SIZE] = "";
	struct unit u;
	enum lookup got;

	while ((got = read_one(db, NEXT, after, &u, err)) == LOOKUP_FOUND) {
		/* Of a row that somebody spoiled: no circle for ever. */
		if (strcmp(u.code, after) <= 0)
			return err_set(err, ERR_CORRUPT, 0,
				"the code of a unit is none");
		str_copy(after, sizeof(after), u.code);
		if (!each(ctx, &u))
			return true;
	}
	return got == LOOKUP_ABSENT;
}

enum lookup units_name(struct db *db, const char *code, char *out, size_t size,
	struct err *err)
{
	struct admin_unit state;
	struct unit u;
	enum lookup got;

	out[0] = '\0';
	if (!code[0])
		return LOOKUP_ABSENT;
	got = units_get(db, code, &u, err);
	if (got == LOOKUP_FOUND)
		str_copy(out, size, u.name);
	if (got != LOOKUP_ABSENT || !admin_by_code(code, &state))
		return got;
	str_copy(out, size, state.full_name);
	return LOOKUP_FOUND;
}

bool units_above(struct db *db, const char *code, char *out, size_t size,
	struct err *err)
{
	struct unit u;
	enum lookup got;
	struct buf b;

	buf_init(&b, out, size);
	out[0] = '\0';
	got = units_get(db, code, &u, err);
	for (int i = 0; i < UNITS_DEPTH && got == LOOKUP_FOUND; i++) {
		if (!u.parent[0])
			return true;
		got = units_get(db, u.parent, &u, err);
		if (got == LOOKUP_FOUND)
			buf_printf(&b, "%s%s", i > 0 ? " - " : "", u.name);
	}
	return got != LOOKUP_FAILED;
}

/* ---- what a row is ---------------------------------------------------------- */

static bool is_code(const char *text)
{
	static const char good[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				   "abcdefghijklmnopqrstuvwxyz0123456789.-_/";

	return text[0] && text[strspn(text, good)] == '\0';
}

static bool is_name(const char *text)
{
	char clean[DB_NAME_SIZE];

	return text[0] &&
	       text_clean(text, strlen(text), clean, sizeof(clean), NULL) &&
	       strcmp(clean, text) == 0 && viet_is_latin(text);
}

static enum unit_trouble look(const struct unit_row *r)
{
	const struct unit *u = &r->unit;

	if (r->trouble != UNIT_FINE)
		return r->trouble;
	if (!is_code(u->code))
		return UNIT_NO_CODE;
	if (!is_name(u->name))
		return UNIT_NO_NAME;
	if (u->kind < 0 || u->kind >= UNIT_KINDS)
		return UNIT_NO_KIND;
	if (u->parent[0] && !is_code(u->parent))
		return UNIT_NO_PARENT;
	return strcmp(u->parent, u->code) == 0 ? UNIT_LOOP : UNIT_FINE;
}

static int by_code(const void *a, const void *b)
{
	const struct unit_row *const *x = a;
	const struct unit_row *const *y = b;
	const int order = strcmp((*x)->unit.code, (*y)->unit.code);

	return order ? order : (*x > *y) - (*x < *y);
}

/* The later of two rows with one code is the one too many. */
static bool find_twice(struct unit_row *row, int count, struct err *err)
{
	struct unit_row **sorted = calloc((size_t)count + 1, sizeof(*sorted));

	if (!sorted)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for units");
	for (int i = 0; i < count; i++)
		sorted[i] = &row[i];
	qsort(sorted, (size_t)count, sizeof(*sorted), by_code);
	for (int i = 1; i < count; i++)
		if (sorted[i]->trouble == UNIT_FINE &&
			strcmp(sorted[i]->unit.code,
				sorted[i - 1]->unit.code) == 0)
			sorted[i]->trouble = UNIT_TWICE;
	free(sorted);
	return true;
}

/* ---- writing ---------------------------------------------------------------- */

static bool is_same(const struct unit *a, const struct unit *b)
{
	return strcmp(a->name, b->name) == 0 && a->kind == b->kind &&
	       strcmp(a->parent, b->parent) == 0;
}

static bool write_row(struct db *db, struct unit_row *r, struct err *err)
{
	struct unit old;
	sqlite3_stmt *st;

	switch (units_get(db, r->unit.code, &old, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		r->news = UNIT_NEW;
		break;
	case LOOKUP_FOUND:
		r->news = is_same(&old, &r->unit) ? UNIT_SAME : UNIT_CHANGED;
		break;
	}
	if (r->news == UNIT_SAME)
		return true;
	st = stmt_get(db, &units_stmts, PUT);
	stmt_text(st, ":code", r->unit.code);
	stmt_text(st, ":name", r->unit.name);
	stmt_int(st, ":kind", r->unit.kind);
	stmt_text(st, ":parent", r->unit.parent);
	return stmt_run(db, st, err);
}

/* Up from it to the top, once all rows are there. */
static bool climb(struct db *db, struct unit_row *r, struct err *err)
{
	struct unit u = r->unit;

	for (int i = 0; u.parent[0]; i++) {
		switch (units_get(db, u.parent, &u, err)) {
		case LOOKUP_FAILED:
			return false;
		case LOOKUP_ABSENT:
			r->trouble = UNIT_NO_PARENT;
			return true;
		case LOOKUP_FOUND:
			break;
		}
		if (i + 1 >= UNITS_DEPTH || strcmp(u.code, r->unit.code) == 0) {
			r->trouble = UNIT_LOOP;
			return true;
		}
	}
	return true;
}

static bool write_rows(struct db *db, struct unit_row *row, int count,
	struct units_result *out, struct err *err)
{
	for (int i = 0; i < count; i++)
		row[i].trouble = look(&row[i]);
	if (!find_twice(row, count, err))
		return false;
	for (int i = 0; i < count; i++)
		if (row[i].trouble == UNIT_FINE && !write_row(db, &row[i], err))
			return false;
	for (int i = 0; i < count; i++) {
		if (row[i].trouble == UNIT_FINE && !climb(db, &row[i], err))
			return false;
		if (row[i].trouble == UNIT_FINE)
			out->count[row[i].news]++;
		else
			out->troubles++;
	}
	return true;
}

static bool add_line(void *hash, const struct unit *u)
{
	char line[LINE_SIZE];
	struct buf b;

	buf_init(&b, line, sizeof(line));
	buf_printf(&b, "%s\t%s\t%s\t%s\n", u->code, u->name,
		units_kind_name(u->kind), u->parent);
	assert(!b.full);
	crypto_hash_add(hash, line, b.len);
	return true;
}

static bool write_record(struct db *db, const struct session *s,
	struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum};
	struct journal_done done;
	struct crypto_hash h;
	sqlite3_stmt *st;

	crypto_hash_start(&h);
	crypto_hash_add(&h, "units\n", 6);
	if (!units_each(db, add_line, &h, err))
		return false;
	crypto_hash_end(&h, sum);
	if (!journal_append(db, &entry, &done, err))
		return false;
	st = stmt_get(db, &units_stmts, SIGN);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	return stmt_run(db, st, err);
}

/* *keep: what was written is to stay. */
static enum verdict take(struct db *db, const struct session *s,
	struct unit_row *row, int count, struct units_result *out, bool *keep,
	struct refusal *why, struct err *err)
{
	enum verdict v = roles_may(db, s, ACT_UNITS, why);

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (!write_rows(db, row, count, out, err))
		return VERDICT_FAILED;
	*keep = *keep && out->troubles == 0 &&
		out->count[UNIT_NEW] + out->count[UNIT_CHANGED] > 0;
	if (*keep && !write_record(db, s, err))
		return VERDICT_FAILED;
	return VERDICT_DONE;
}

enum verdict units_import(struct db *db, const struct session *s,
	struct unit_row *row, int count, bool check_only,
	struct units_result *out, struct refusal *why, struct err *err)
{
	bool keep = !check_only;
	enum verdict v;

	*why = (struct refusal){0};
	*out = (struct units_result){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = take(db, s, row, count, out, &keep, why, err);
	if (v == VERDICT_DONE && !keep) {
		/* Nothing failed, and nothing is to stay. */
		db_end(db, false, err);
		return VERDICT_DONE;
	}
	v = db_end_verdict(db, v, err);
	out->taken = v == VERDICT_DONE;
	return v;
}
