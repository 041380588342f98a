#include "db/list_fix_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/codec/marks.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/stmt.h"

enum {
	LIST,
	MARK_SETS,
	MONEY,
	REST,
	REMOVE,
	REOPEN,
	CARRIED_BY_NEW,
	NOTE,
	COUNT
};

/* Why money e cannot be changed any more: enum list_kept. */
#define FIXED_BY                                                            \
	" CASE WHEN EXISTS (SELECT 1 FROM paid x WHERE x.ent = e.ent AND"   \
	"  x.state < 4) THEN 1"                                             \
	" WHEN EXISTS (SELECT 1 FROM paid x WHERE x.ent = e.ent) THEN 2"    \
	" WHEN EXISTS (SELECT 1 FROM paid_elsewhere w WHERE w.ent = e.ent)" \
	"  OR EXISTS (SELECT 1 FROM handover h WHERE h.ent = e.ent) THEN 3" \
	" WHEN e.carried_by IS NOT NULL THEN 4 ELSE 0 END"

static const char *const sql[COUNT] = {
	[LIST] = ("SELECT l.replaces, l.period, l.sha256,"
		  " EXISTS (SELECT 1 FROM list n WHERE n.replaces = l.id"
		  "  AND n.replaces > 0)"
		  " FROM list l WHERE l.id = ?1 AND l.seq > 0"),
	[MARK_SETS] = "SELECT bytes FROM mark_set /* scan */",
	[MONEY] = ("SELECT e.list, e.what, e.period, e.amount, "
		   "e.by_account," FIXED_BY " FROM entitlement e"
		   " WHERE e.person = ?1 AND e.list_period = ?2"),
	[REST] = ("SELECT e.person, e.list_period, e.what, e.amount,"
		  " e.by_account," FIXED_BY " FROM entitlement e"
		  " WHERE e.list = ?1 ORDER BY e.person, e.list_period, e.what"
		  " /* scan */"),
	[REMOVE] = ("DELETE FROM entitlement WHERE person = ?1"
		    " AND list_period = ?2 AND what = ?3"),
	[REOPEN] = ("UPDATE entitlement SET carried_by = NULL"
		    " WHERE person = ?1 AND carried_by = ?2"),
	[CARRIED_BY_NEW] = ("UPDATE entitlement SET carried_by = ?3"
			    " WHERE person = ?1 AND carried_by = ?2"),
	[NOTE] = ("INSERT INTO list_fix (list, person, list_period, what, was,"
		  " now, by_account, kept, kind) VALUES (?1, ?2, ?3, ?4, ?5,"
		  " ?6, ?7, ?8, ?9)"),
};

const struct stmt_set list_fix_stmts = {"list_fix", sql, COUNT};

/* Money that a list before gives. */
struct old_money {
	int64_t list;
	int what;
	int32_t period; /* of the money */
	int64_t amount;
	bool by_account;
	enum list_kept kept; /* why it has to stay */
	bool met;            /* the new list has that kind, too */
};

static sqlite3_stmt *get(const struct list_fix *f, int index)
{
	return stmt_get(f->db, &list_fix_stmts, index);
}

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NO_MEMORY, 0, "no memory to correct a list");
}

/* ---- which list ----------------------------------------------------------- */

static bool denied(struct err *err, const char *why)
{
	return err_set(err, ERR_DENIED, 0, "the list to be corrected %s", why);
}

/* One more list of those in whose place the new one comes; *next: the one
 * before it. */
static bool take_old(struct list_fix *f, int64_t id, int64_t *next,
	uint8_t sha256[CRYPTO_HASH_SIZE], struct err *err)
{
	sqlite3_stmt *st = get(f, LIST);
	bool replaced;
	bool ok;

	if (f->olds == LIST_FIX_CHAIN)
		return denied(err, "was corrected too often");
	sqlite3_bind_int64(st, 1, id);
	switch (stmt_row(f->db, st, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return denied(err, "is not here");
	case LOOKUP_FOUND:
		break;
	}
	*next = sqlite3_column_int64(st, 0);
	if (f->olds == 0)
		f->period = sqlite3_column_int(st, 1);
	ok = stmt_column_blob(st, 2, sha256, CRYPTO_HASH_SIZE);
	replaced = sqlite3_column_int(st, 3) != 0;
	stmt_done(st);
	if (!ok)
		return err_set(err, ERR_CORRUPT, 0, "a list has no hash");
	if (replaced && f->olds == 0)
		return denied(err, "was corrected by a later one");
	f->old[f->olds++] = id;
	return true;
}

/* Marks count the rows of a list: it has to stay as it was. */
static bool has_no_marks(const struct list_fix *f,
	const uint8_t sha256[CRYPTO_HASH_SIZE], struct err *err)
{
	sqlite3_stmt *st = get(f, MARK_SETS);
	struct marks head;
	enum lookup got;

	while ((got = stmt_row(f->db, st, err)) == LOOKUP_FOUND) {
		const uint8_t *bytes = sqlite3_column_blob(st, 0);
		const size_t len = (size_t)sqlite3_column_bytes(st, 0);

		if (!bytes || !marks_read_head(bytes, len, &head) ||
			memcmp(head.list, sha256, sizeof(head.list)) != 0)
			continue;
		stmt_done(st);
		return denied(err, "has paid marks of another terminal");
	}
	return got == LOOKUP_ABSENT;
}

bool list_fix_begin(struct list_fix *f, struct db *db, int64_t corrects,
	const struct list_money *money, struct list_fixes *out, struct err *err)
{
	uint8_t sha256[CRYPTO_HASH_SIZE];
	int64_t id = corrects;
	int64_t next = 0;

	*f = (struct list_fix){.db = db, .money = money, .out = out};
	f->seen = seen_new();
	f->gone = seen_new();
	if (!f->seen || !f->gone)
		return no_memory(err);
	for (; id != 0; id = next)
		if (!take_old(f, id, &next, sha256, err) ||
			!has_no_marks(f, sha256, err))
			return false;
	return true;
}

void list_fix_clear(struct list_fix *f)
{
	seen_free(f->seen);
	seen_free(f->gone);
	f->seen = NULL;
	f->gone = NULL;
}

static bool is_old(const struct list_fix *f, int64_t list)
{
	for (int i = 0; i < f->olds; i++)
		if (f->old[i] == list)
			return true;
	return false;
}

/* ---- what was done -------------------------------------------------------- */

static void keep(struct list_fixes *out, const struct list_fixed *x,
	const struct paylist_row *row)
{
	struct list_fixed *to = &out->at[out->kept];

	if (out->kept == LISTS_MAX_FIXES)
		return;
	out->kept++;
	*to = *x;
	if (!row)
		return;
	to->row = row->row;
	str_copy(to->list_no, sizeof(to->list_no), row->list_no);
	str_copy(to->name, sizeof(to->name), row->name);
}

/* Count it, keep it, and write it beside the list. row: NULL if none. */
static bool note(struct list_fix *f, const struct list_fixed *x,
	const struct paylist_row *row, struct err *err)
{
	sqlite3_stmt *st = get(f, NOTE);
	struct list_fixes *out = f->out;

	if (!seen_has(f->gone, (uint32_t)x->person, (uint32_t)x->kind)) {
		out->people[x->kind]++;
		if (!seen_add(f->gone, (uint32_t)x->person, (uint32_t)x->kind))
			return no_memory(err);
	}
	if (x->kept == LIST_KEPT_NOT) {
		out->more += x->now > x->was ? x->now - x->was : 0;
		out->less += x->was > x->now ? x->was - x->now : 0;
	}
	keep(out, x, row);
	sqlite3_bind_int64(st, 1, f->money->list);
	sqlite3_bind_int64(st, 2, x->person);
	sqlite3_bind_int(st, 3, x->period);
	sqlite3_bind_int(st, 4, x->what);
	sqlite3_bind_int64(st, 5, x->was);
	sqlite3_bind_int64(st, 6, x->now);
	sqlite3_bind_int(st, 7, x->by_account);
	sqlite3_bind_int(st, 8, (int)x->kept);
	sqlite3_bind_int(st, 9, (int)x->kind);
	return stmt_run(f->db, st, err);
}

/* ---- one row -------------------------------------------------------------- */

/* What there is of that person and period; *others: of a list that is not
 * corrected. */
static bool read_old(const struct list_fix *f, int64_t person, int32_t period,
	struct old_money old[ENT_OTHER], int *count, bool *others,
	struct err *err)
{
	sqlite3_stmt *st = get(f, MONEY);
	enum lookup got;

	*count = 0;
	*others = false;
	sqlite3_bind_int64(st, 1, person);
	sqlite3_bind_int(st, 2, period);
	while ((got = stmt_row(f->db, st, err)) == LOOKUP_FOUND &&
		*count < ENT_OTHER) {
		struct old_money *o = &old[(*count)++];

		*o = (struct old_money){.list = sqlite3_column_int64(st, 0),
			.what = sqlite3_column_int(st, 1),
			.period = sqlite3_column_int(st, 2),
			.amount = sqlite3_column_int64(st, 3),
			.by_account = sqlite3_column_int(st, 4) != 0,
			.kept = (enum list_kept)sqlite3_column_int(st, 5)};
		*others = *others || !is_old(f, o->list);
	}
	if (got == LOOKUP_FOUND)
		stmt_done(st);
	return got != LOOKUP_FAILED;
}

static bool run_with(const struct list_fix *f, int index, int64_t a, int64_t b,
	int64_t c, struct err *err)
{
	sqlite3_stmt *st = get(f, index);

	sqlite3_bind_int64(st, 1, a);
	sqlite3_bind_int64(st, 2, b);
	if (sqlite3_bind_parameter_count(st) > 2)
		sqlite3_bind_int64(st, 3, c);
	return stmt_run(f->db, st, err);
}

/* Take money of the list before away; with it goes what it carried over. */
static bool take_away(const struct list_fix *f, int64_t person,
	int32_t list_period, const struct old_money *o, bool again,
	struct err *err)
{
	if (!run_with(f, REMOVE, person, list_period, o->what, err))
		return false;
	if (o->what != ENT_CARRIED)
		return true;
	return again ? run_with(f, CARRIED_BY_NEW, person, o->list,
			       f->money->list, err)
		     : run_with(f, REOPEN, person, o->list, 0, err);
}

static const struct list_part *part_of(const struct list_row *r, int what)
{
	for (int i = 0; i < r->parts; i++)
		if ((int)r->part[i].what == what)
			return &r->part[i];
	return NULL;
}

/* One kind of money that was there, beside the new row's. */
static bool fix_kind(struct list_fix *f, int64_t person,
	const struct list_row *r, const struct old_money *o, bool *differs,
	struct err *err)
{
	const struct list_part *m = part_of(r, o->what);
	const bool by_account = r->row.method == METHOD_ACCOUNT;
	const struct list_fixed x = {.kind = o->kept ? LIST_KEPT : LIST_CHANGED,
		.kept = o->kept,
		.person = person,
		.period = r->row.period,
		.what = o->what,
		.was = o->amount,
		.now = m ? m->amount : 0,
		.by_account = by_account};

	if (m && m->amount == o->amount && m->period == o->period &&
		by_account == o->by_account)
		return true;
	*differs = true;
	if (!note(f, &x, &r->row, err))
		return false;
	if (o->kept)
		return true;
	if (!take_away(f, person, r->row.period, o, m != NULL, err))
		return false;
	return !m || list_money_add_part(f->money, person, r, m, err);
}

/* A kind of money that the list before did not give him. */
static bool fix_new_kind(struct list_fix *f, int64_t person,
	const struct list_row *r, const struct list_part *m, struct err *err)
{
	const struct list_fixed x = {.kind = LIST_CHANGED,
		.person = person,
		.period = r->row.period,
		.what = m->what,
		.now = m->amount,
		.by_account = r->row.method == METHOD_ACCOUNT};

	if (!note(f, &x, &r->row, err) ||
		!list_money_add_part(f->money, person, r, m, err))
		return false;
	return m->what != ENT_CARRIED ||
	       list_money_carry(f->money, person, r->row.period, err);
}

static enum row_outcome fix_all(struct list_fix *f, int64_t person,
	const struct list_row *r, struct old_money *old, int count,
	struct err *err)
{
	bool differs = false;

	for (int i = 0; i < count; i++)
		if (!fix_kind(f, person, r, &old[i], &differs, err))
			return ROW_FAILED;
	for (int i = 0; i < r->parts; i++) {
		bool had = false;

		for (int k = 0; k < count; k++)
			had = had || old[k].what == (int)r->part[i].what;
		if (had)
			continue;
		differs = true;
		if (!fix_new_kind(f, person, r, &r->part[i], err))
			return ROW_FAILED;
	}
	return differs ? ROW_FIXED : ROW_SAME;
}

/* Once a person and period in one file. */
static enum row_outcome meet(struct list_fix *f, int64_t person,
	const struct paylist_row *row, struct paylist_error *trouble,
	struct err *err)
{
	if (seen_has(f->seen, (uint32_t)person, (uint32_t)row->period))
		return list_trouble(trouble, row, COL_BENEFICIARY_ID,
			row->beneficiary_id);
	if (seen_add(f->seen, (uint32_t)person, (uint32_t)row->period))
		return ROW_FRESH;
	no_memory(err);
	return ROW_FAILED;
}

enum row_outcome list_fix_row(struct list_fix *f, int64_t person,
	const struct list_row *r, struct paylist_error *trouble,
	struct err *err)
{
	struct old_money old[ENT_OTHER];
	enum row_outcome outcome;
	bool others;
	int count;

	if (seen_has(f->seen, (uint32_t)person, (uint32_t)r->row.period))
		return meet(f, person, &r->row, trouble, err);
	if (!read_old(f, person, r->row.period, old, &count, &others, err))
		return ROW_FAILED;
	if (count == 0)
		return ROW_FRESH;
	outcome = others ? list_money_compare(f->money, person, r, trouble, err)
			 : ROW_FRESH;
	if (outcome == ROW_FRESH)
		outcome = meet(f, person, &r->row, trouble, err);
	else if (outcome == ROW_SAME &&
		 meet(f, person, &r->row, trouble, err) == ROW_FAILED)
		return ROW_FAILED;
	if (outcome != ROW_FRESH)
		return outcome;
	return fix_all(f, person, r, old, count, err);
}

bool list_fix_added(struct list_fix *f, int64_t person,
	const struct list_row *r, struct err *err)
{
	struct paylist_error none;

	for (int i = 0; i < r->parts; i++) {
		const struct list_fixed x = {.kind = LIST_ADDED,
			.person = person,
			.period = r->row.period,
			.what = r->part[i].what,
			.now = r->part[i].amount,
			.by_account = r->row.method == METHOD_ACCOUNT};

		if (!note(f, &x, &r->row, err))
			return false;
	}
	return meet(f, person, &r->row, &none, err) == ROW_FRESH;
}

/* ---- those who are gone --------------------------------------------------- */

struct rest {
	struct list_fixed x;
	int64_t list;
};

struct rests {
	struct rest *at;
	size_t count;
	size_t room;
};

static bool keep_rest(struct rests *all, sqlite3_stmt *st, int64_t list,
	struct err *err)
{
	struct rest *at;

	if (all->count == all->room) {
		const size_t room = 2 * all->room + 64;

		at = realloc(all->at, room * sizeof(*at));
		if (!at)
			return no_memory(err);
		all->at = at;
		all->room = room;
	}
	at = &all->at[all->count++];
	*at = (struct rest){.list = list};
	at->x.person = sqlite3_column_int64(st, 0);
	at->x.period = sqlite3_column_int(st, 1);
	at->x.what = sqlite3_column_int(st, 2);
	at->x.was = sqlite3_column_int64(st, 3);
	at->x.by_account = sqlite3_column_int(st, 4) != 0;
	at->x.kept = (enum list_kept)sqlite3_column_int(st, 5);
	at->x.kind = at->x.kept ? LIST_KEPT : LIST_GONE;
	return true;
}

static bool read_rest(const struct list_fix *f, int64_t list, struct rests *all,
	struct err *err)
{
	sqlite3_stmt *st = get(f, REST);
	enum lookup got;

	sqlite3_bind_int64(st, 1, list);
	while ((got = stmt_row(f->db, st, err)) == LOOKUP_FOUND) {
		const uint32_t person = (uint32_t)sqlite3_column_int64(st, 0);
		const uint32_t period = (uint32_t)sqlite3_column_int(st, 1);

		if (seen_has(f->seen, person, period))
			continue;
		if (!keep_rest(all, st, list, err)) {
			stmt_done(st);
			return false;
		}
	}
	return got != LOOKUP_FAILED;
}

/* His name, for the preview; who was erased has none. */
static bool name_him(const struct list_fix *f, struct list_fixed *x,
	struct err *err)
{
	struct person_due due;
	enum lookup got;

	if (f->out->kept == LISTS_MAX_FIXES)
		return true;
	got = people_get(f->db, x->person, &due, err);
	if (got == LOOKUP_FOUND) {
		str_copy(x->name, sizeof(x->name), due.person.name);
		str_copy(x->list_no, sizeof(x->list_no), due.person.list_no);
	}
	crypto_wipe(&due, sizeof(due));
	return got != LOOKUP_FAILED;
}

static bool leave_out(struct list_fix *f, struct rest *it, struct err *err)
{
	const struct old_money o = {.list = it->list, .what = it->x.what};

	if (!name_him(f, &it->x, err) || !note(f, &it->x, NULL, err))
		return false;
	return it->x.kept ||
	       take_away(f, it->x.person, it->x.period, &o, false, err);
}

bool list_fix_end(struct list_fix *f, struct err *err)
{
	struct rests all = {0};
	bool ok = true;

	for (int i = 0; ok && i < f->olds; i++)
		ok = read_rest(f, f->old[i], &all, err);
	for (size_t i = 0; ok && i < all.count; i++)
		ok = leave_out(f, &all.at[i], err);
	free(all.at);
	return ok;
}
