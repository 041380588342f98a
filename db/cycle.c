/* cycle.c - people on a list, what changed, who has no card. */
#include "db/cycle.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/month_internal.h"
#include "db/payouts.h"
#include "db/people_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/visits.h"

enum {
	ITEMS,
	STREAK,
	CHANGES,
	FOUND,
	MET,
	NEWEST_ID,
	COUNT
};

static const char *const sql[COUNT] = {
	[ITEMS] = ("SELECT e.what, e.amount, " PEOPLE_BY_ACCOUNT ","
		   " x.seq IS NOT NULL, " PEOPLE_STOPPED ","
		   " w.seq IS NOT NULL OR " PEOPLE_AWAY " > 0,"
		   " e.carried_by IS NOT NULL FROM entitlement e"
		   " LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"
		   " LEFT JOIN paid_elsewhere w ON w.ent = e.ent"
		   " WHERE e.person = :person AND e.list_period = :period"),
	[STREAK] = ("SELECT e.list_period, max(x.seq IS NOT NULL)"
		    " FROM entitlement e"
		    " LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"
		    " WHERE e.person = :person AND e.list_period <= :period"
		    " AND " PEOPLE_BY_ACCOUNT " = 0"
		    " GROUP BY e.list_period ORDER BY e.list_period DESC"),
	[CHANGES] = ("SELECT seq, person, reason, monthly, sealed FROM change"
		     " WHERE kind = :kind AND period = :period AND seq > :seq"
		     " ORDER BY seq LIMIT 1 /* scan */"),
	/* Whom no list of changes says has left by then. */
	[FOUND] = ("SELECT n.seq, n.person, n.reason, 0, n.sealed, j.body"
		   " FROM not_paid n JOIN journal j ON j.seq = n.seq"
		   " WHERE n.reason IN (2, 3) AND n.seq > :seq"
		   " AND NOT EXISTS (SELECT 1 FROM change c"
		   "  WHERE c.person = n.person AND c.kind = 2"
		   "  AND c.period <= :period)"
		   " ORDER BY n.seq LIMIT 1 /* scan */"),
	[MET] = ("SELECT d.person, j.body FROM pd d"
		 " JOIN journal j ON j.seq = d.seq"
		 " WHERE d.person BETWEEN 1 AND :newest ORDER BY d.seq"
		 " /* scan */"),
	[NEWEST_ID] = "SELECT coalesce(max(id), 0) FROM person",
};

const struct stmt_set cycle_stmts = {"cycle", sql, COUNT};

/* ---- everybody in order --------------------------------------------------- */

struct place {
	int64_t id;
	int64_t seq;
	char unit[PAYLIST_CODE_SIZE];
	char list_no[PAYLIST_CODE_SIZE];
};

struct places {
	const char *unit;
	struct place *at;
	size_t count;
	size_t room;
	bool no_memory;
};

static bool keep_place(void *ctx, const struct person *p)
{
	struct places *all = ctx;
	struct place *at;

	if (all->unit[0] && strcmp(all->unit, p->unit_code) != 0)
		return true;
	if (all->count == all->room) {
		const size_t room = 2 * all->room + 256;

		at = realloc(all->at, room * sizeof(*at));
		all->no_memory = !at;
		if (!at)
			return false;
		all->at = at;
		all->room = room;
	}
	at = &all->at[all->count++];
	at->id = p->id;
	at->seq = p->seq;
	str_copy(at->unit, sizeof(at->unit), p->unit_code);
	str_copy(at->list_no, sizeof(at->list_no), p->list_no);
	return true;
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;
	int order = strcmp(x->unit, y->unit);

	if (order == 0)
		order = strcmp(x->list_no, y->list_no);
	if (order == 0)
		order = (x->seq > y->seq) - (x->seq < y->seq);
	return order ? order : (x->id > y->id) - (x->id < y->id);
}

static bool read_places(struct db *db, struct places *all, struct err *err)
{
	*err = (struct err){.code = ERR_NONE};
	if (!people_each(db, keep_place, all, err))
		return false;
	if (all->no_memory)
		return err_set(err, ERR_NO_MEMORY, 0,
			"no memory for the order of the list");
	if (all->count > 0)
		qsort(all->at, all->count, sizeof(*all->at), by_place);
	return true;
}

/* ---- the list ------------------------------------------------------------- */

static void take_item(sqlite3_stmt *st, struct cycle_person *out)
{
	const int what = sqlite3_column_int(st, 0);
	const int64_t amount = sqlite3_column_int64(st, 1);
	const bool paid = sqlite3_column_int(st, 3);

	if (sqlite3_column_int(st, 6)) {
		out->carried += amount;
	} else if (sqlite3_column_int(st, 4) && !paid) {
		out->stopped += amount;
	} else if (sqlite3_column_int(st, 2)) {
		out->by_account += amount;
	} else if (what >= ENT_MONTH && what <= ENT_OTHER) {
		out->cash[what] += amount;
		out->total += amount;
		if (paid)
			out->paid += amount;
		else if (sqlite3_column_int(st, 5))
			out->elsewhere += amount;
		else
			out->open += amount;
	}
}

/* *any: he is on it. */
static bool read_items(struct db *db, int64_t person, int32_t period,
	struct cycle_person *out, bool *any, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &cycle_stmts, ITEMS);
	enum lookup got;

	*any = false;
	stmt_int(st, ":person", person);
	stmt_int(st, ":period", period);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		*any = true;
		take_item(st, out);
	}
	return got == LOOKUP_ABSENT;
}

static bool read_streak(struct db *db, int64_t person, int32_t period,
	int *months, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &cycle_stmts, STREAK);
	int32_t next = period;
	enum lookup got;

	*months = 0;
	stmt_int(st, ":person", person);
	stmt_int(st, ":period", period);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (sqlite3_column_int(st, 0) != next ||
			sqlite3_column_int(st, 1)) {
			stmt_done(st);
			return true;
		}
		++*months;
		next = month_before(next);
	}
	return got == LOOKUP_ABSENT;
}

static bool read_person(struct db *db, int64_t id, struct person *out,
	struct err *err)
{
	struct person_due due;
	const enum lookup got = people_get(db, id, &due, err);

	*out = (struct person){.id = id};
	if (got == LOOKUP_FOUND)
		*out = due.person;
	return got != LOOKUP_FAILED;
}

bool cycle_people(struct db *db, int32_t period, const char *unit,
	bool (*each)(void *ctx, const struct cycle_person *p), void *ctx,
	struct err *err)
{
	struct places all = {.unit = unit};
	bool ok = read_places(db, &all, err);

	for (size_t i = 0; ok && i < all.count; i++) {
		struct cycle_person p = {.total = 0};
		bool any;

		ok = read_items(db, all.at[i].id, period, &p, &any, err);
		if (!ok || !any)
			continue;
		ok = read_streak(db, all.at[i].id, period, &p.months, err) &&
		     read_person(db, all.at[i].id, &p.person, err) &&
		     each(ctx, &p);
	}
	free(all.at);
	return ok;
}

/* ---- changes -------------------------------------------------------------- */

/* The texts of a row of table change; not_paid has the first. */
enum {
	TEXT_DATE,
	TEXT_NOTE
};

static bool take_change(struct db *db, sqlite3_stmt *st, enum datakey_use use,
	int64_t row, struct cycle_change *out, struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;
	bool ok;

	out->reason = (enum change_reason)sqlite3_column_int(st, 2);
	out->monthly = sqlite3_column_int64(st, 3);
	ok = sealed_read(db, st, 4, use, row, plain, &s, err);
	if (ok) {
		str_copy(out->date, sizeof(out->date), s.text[TEXT_DATE]);
		str_copy(out->note, sizeof(out->note),
			use == DATAKEY_CHANGE ? s.text[TEXT_NOTE] : "");
	}
	crypto_wipe(plain, sizeof(plain));
	return ok;
}

/* A change of that kind behind out->seq; ABSENT: there is none. */
static enum lookup next_change(struct db *db, int32_t period,
	struct cycle_change *out, struct err *err)
{
	sqlite3_stmt *st =
		stmt_get(db, &cycle_stmts, out->found ? FOUND : CHANGES);
	enum lookup got;
	int64_t person;
	bool ok;

	stmt_int(st, ":seq", (sqlite3_int64)out->seq);
	stmt_int(st, ":period", period);
	if (!out->found)
		stmt_int(st, ":kind", out->kind);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->seq = (uint64_t)sqlite3_column_int64(st, 0);
	person = sqlite3_column_int64(st, 1);
	ok = take_change(db, st, out->found ? DATAKEY_NOT_PAID : DATAKEY_CHANGE,
		out->found ? person : (int64_t)out->seq, out, err);
	/* Of what was found the month of the record counts. */
	if (ok && out->found &&
		!month_has(period, sqlite3_column_blob(st, 5),
			(size_t)sqlite3_column_bytes(st, 5)))
		person = 0;
	stmt_done(st);
	if (!ok || (person && !read_person(db, person, &out->person, err)))
		return LOOKUP_FAILED;
	if (!person)
		out->person = (struct person){.id = 0};
	return LOOKUP_FOUND;
}

static bool tell_changes(struct db *db, int32_t period, const char *unit,
	struct cycle_change *c,
	bool (*each)(void *ctx, const struct cycle_change *c), void *ctx,
	struct err *err)
{
	enum lookup got;

	c->seq = 0;
	while ((got = next_change(db, period, c, err)) == LOOKUP_FOUND)
		if (c->person.id > 0 &&
			(!unit[0] || strcmp(unit, c->person.unit_code) == 0) &&
			!each(ctx, c))
			return false;
	return got == LOOKUP_ABSENT;
}

bool cycle_changes(struct db *db, int32_t period, const char *unit,
	bool (*each)(void *ctx, const struct cycle_change *c), void *ctx,
	struct err *err)
{
	bool ok = true;

	*err = (struct err){.code = ERR_NONE};
	for (int kind = CHANGE_CAME; ok && kind <= CHANGE_ALTERED; kind++) {
		struct cycle_change c = {.kind = (enum change_kind)kind};

		ok = tell_changes(db, period, unit, &c, each, ctx, err);
		if (!ok || kind != CHANGE_LEFT)
			continue;
		c = (struct cycle_change){.kind = CHANGE_LEFT, .found = true};
		ok = tell_changes(db, period, unit, &c, each, ctx, err);
	}
	return ok;
}

/* ---- who has no card ------------------------------------------------------ */

enum {
	MOST_PEOPLE = 100000000 /* an id above was tampered with */
};

struct carding {
	uint8_t *met; /* by person: what his newest visit found, CYCLE_ */
	int64_t people;
	bool (*each)(void *ctx, const struct person *p, unsigned why);
	void *ctx;
};

static bool make_room(struct db *db, struct carding *c, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &cycle_stmts, NEWEST_ID);

	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	c->people = sqlite3_column_int64(st, 0);
	stmt_done(st);
	if (c->people < 0 || c->people > MOST_PEOPLE) {
		err_set(err, ERR_CORRUPT, 0, "a person has no number");
		return false;
	}
	c->met = calloc((size_t)c->people + 1, sizeof(*c->met));
	if (c->met)
		return true;
	err_set(err, ERR_NO_MEMORY, 0, "no memory for who has no card");
	return false;
}

static uint8_t found_by(const struct month_record *r)
{
	switch (r->reason) {
	case VISIT_NO_CARD:
		return CYCLE_MET_NO_CARD;
	case VISIT_CARD_EXPIRED:
		return CYCLE_CARD_EXPIRED;
	case VISIT_NO_BIRTH_PAPERS:
		return CYCLE_NO_PAPERS;
	default:
		return 0;
	}
}

static bool read_met(struct db *db, struct carding *c, int32_t period,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &cycle_stmts, MET);
	const int64_t end = month_end(period);
	struct month_record r;
	enum lookup got;

	stmt_int(st, ":newest", c->people);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		if (month_read(sqlite3_column_blob(st, 1),
			    (size_t)sqlite3_column_bytes(st, 1),
			    MONTH_KIND(MONTH_VISIT), &r) &&
			r.t < end)
			c->met[sqlite3_column_int64(st, 0)] = found_by(&r);
	return got == LOOKUP_ABSENT;
}

static bool ask_card(void *ctx, const struct cycle_person *p)
{
	struct carding *c = ctx;
	unsigned why = p->person.id <= c->people ? c->met[p->person.id] : 0;

	if (!p->person.id12[0])
		why |= CYCLE_NO_ID;
	if (p->person.birth.month == 0)
		why |= CYCLE_NO_BIRTH;
	return why == 0 || c->each(c->ctx, &p->person, why);
}

bool cycle_cards(struct db *db, int32_t period, const char *unit,
	bool (*each)(void *ctx, const struct person *p, unsigned why),
	void *ctx, struct err *err)
{
	struct carding c = {.each = each, .ctx = ctx};
	const bool ok = datakey_needed(db, err) && make_room(db, &c, err) &&
			read_met(db, &c, period, err) &&
			cycle_people(db, period, unit, ask_card, &c, err);

	free(c.met);
	return ok;
}
