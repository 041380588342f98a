/*
 * settle.c - the settlement of a list: what it gave, against what the records
 * of the book say became of it. The two meet only in the difference.
 */
#include <stdlib.h>
#include <string.h>

#include "db/cycle.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/month_internal.h"
#include "db/people_internal.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"

enum {
	NEWEST_ID,
	LISTED,
	RECORDS,
	OWNER,
	COUNT
};

static const char *const sql[COUNT] = {
	[NEWEST_ID] = "SELECT coalesce(max(id), 0) FROM person",
	[LISTED] = ("SELECT e.person, p.unit_code, p.sealed, "
		    "e.amount, " PEOPLE_BY_ACCOUNT
		    ", x.seq IS NOT NULL, " PEOPLE_STOPPED ","
		    " w.seq IS NOT NULL OR " PEOPLE_AWAY
		    " > 0, e.carried_by IS NOT NULL"
		    " FROM entitlement e JOIN person p ON p.id = e.person"
		    " LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"
		    " LEFT JOIN paid_elsewhere w ON w.ent = e.ent"
		    " WHERE e.list_period = :period ORDER BY e.person"
		    " /* scan */"),
	[RECORDS] = "SELECT body FROM journal ORDER BY seq /* scan */",
	[OWNER] = ("SELECT person, list_period, amount FROM entitlement"
		   " WHERE ent = :ent"),
};

const struct stmt_set settle_stmts = {"settle", sql, COUNT};

enum {
	MOST_PEOPLE = 100000000 /* an id above was tampered with */
};

struct who {
	int64_t paid; /* by the records */
	uint8_t group;
	uint8_t parts; /* bits 1 << enum cycle_part that he is in already */
	bool counted;  /* of the unit, and on the list */
};

struct settling {
	struct db *db;
	const char *unit;
	struct cycle_settlement *out;
	struct who *who;
	int64_t people;
	int64_t from; /* ms of the month, for the drawer */
	int64_t until;
};

static bool make_room(struct settling *s, struct err *err)
{
	sqlite3_stmt *st = stmt_get(s->db, &settle_stmts, NEWEST_ID);

	if (stmt_row(s->db, st, err) != LOOKUP_FOUND)
		return false;
	s->people = sqlite3_column_int64(st, 0);
	stmt_done(st);
	if (s->people < 0 || s->people > MOST_PEOPLE) {
		err_set(err, ERR_CORRUPT, 0, "a person has no number");
		return false;
	}
	s->who = calloc((size_t)s->people + 1, sizeof(*s->who));
	if (s->who)
		return true;
	err_set(err, ERR_NO_MEMORY, 0, "no memory to settle a list");
	return false;
}

/* ---- what the list gave ---------------------------------------------------- */

static bool read_group(struct settling *s, sqlite3_stmt *st, int64_t id,
	struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	struct sealed sealed;
	bool ok;

	ok = sealed_read(s->db, st, 2, DATAKEY_PERSON, id, plain, &sealed, err);
	if (ok) {
		s->who[id].counted = true;
		s->who[id].group = (uint8_t)group_of(sealed.text[SEALED_GROUP]);
	}
	crypto_wipe(plain, sizeof(plain));
	return ok;
}

static void add(struct settling *s, struct who *w, enum cycle_part part,
	int64_t money)
{
	struct cycle_sum *sum = &s->out->part[part][w->group];

	if (!(w->parts & 1U << part))
		sum->people++;
	w->parts |= (uint8_t)(1U << part);
	sum->money += money;
}

/* Where the list's own tables put it; what was paid the records say. */
static void take_listed(struct settling *s, sqlite3_stmt *st, struct who *w)
{
	const int64_t amount = sqlite3_column_int64(st, 3);

	add(s, w, CYCLE_LISTED, amount);
	if (sqlite3_column_int(st, 5))
		return;
	if (sqlite3_column_int(st, 8))
		add(s, w, CYCLE_CARRIED, amount);
	else if (sqlite3_column_int(st, 6))
		add(s, w, CYCLE_STOPPED, amount);
	else if (sqlite3_column_int(st, 4))
		add(s, w, CYCLE_BY_ACCOUNT, amount);
	else if (sqlite3_column_int(st, 7))
		add(s, w, CYCLE_ELSEWHERE, amount);
	else
		add(s, w, CYCLE_OPEN, amount);
}

static bool read_listed(struct settling *s, struct err *err)
{
	sqlite3_stmt *st = stmt_get(s->db, &settle_stmts, LISTED);
	char unit[PAYLIST_CODE_SIZE];
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	stmt_int(st, ":period", s->out->period);
	while (ok && (got = stmt_row(s->db, st, err)) == LOOKUP_FOUND) {
		const int64_t id = sqlite3_column_int64(st, 0);

		stmt_column_text(st, 1, unit, sizeof(unit));
		if (id < 1 || id > s->people ||
			(s->unit[0] && strcmp(s->unit, unit) != 0))
			continue;
		if (!s->who[id].counted)
			ok = read_group(s, st, id, err);
		if (ok)
			take_listed(s, st, &s->who[id]);
	}
	stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

/* ---- what the records say -------------------------------------------------- */

/* One item of a PAY, or of the VOID that takes it back. */
static bool take_item(struct settling *s, const struct due_item *it, int sign,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(s->db, &settle_stmts, OWNER);
	enum lookup got;
	int64_t person;
	int32_t period;
	int64_t listed;

	stmt_blob(st, ":ent", it->ent, sizeof(it->ent));
	got = stmt_row(s->db, st, err);
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT; /* of no list that is here */
	person = sqlite3_column_int64(st, 0);
	period = sqlite3_column_int(st, 1);
	listed = sqlite3_column_int64(st, 2);
	stmt_done(st);
	if (period != s->out->period || person < 1 || person > s->people ||
		!s->who[person].counted)
		return true;
	s->who[person].paid += sign * it->amount;
	s->out->odd_items += it->amount != listed;
	return true;
}

static void take_drawer(struct settling *s, const struct record *r)
{
	struct cycle_settlement *out = s->out;

	if ((int64_t)r->t < s->from || (int64_t)r->t >= s->until)
		return;
	switch (r->kind) {
	case JOURNAL_FLOAT_IN:
		out->cash_in += (int64_t)r->amount;
		break;
	case JOURNAL_FLOAT_OUT:
		out->cash_out += (int64_t)r->amount;
		break;
	case JOURNAL_PAY:
		out->cash_paid += (int64_t)r->amount;
		break;
	case JOURNAL_VOID:
		out->cash_back += (int64_t)r->amount;
		break;
	case JOURNAL_OVER_SHORT:
		*(r->result == 1 ? &out->over : &out->missing) +=
			(int64_t)r->amount;
		break;
	default:
		break;
	}
}

static bool take_record(struct settling *s, const void *body, size_t len,
	struct err *err)
{
	const uint64_t kinds =
		MONTH_KIND(JOURNAL_PAY) | MONTH_KIND(JOURNAL_VOID) |
		MONTH_KIND(JOURNAL_FLOAT_IN) | MONTH_KIND(JOURNAL_FLOAT_OUT) |
		MONTH_KIND(JOURNAL_OVER_SHORT);
	struct month_record m;
	struct record r;
	const char *finding;
	bool ok = true;

	if (!month_read(body, len, kinds, &m))
		return true;
	if (!record_decode(body, len, &r, &finding))
		return err_set(err, ERR_CORRUPT, 0, "record: %s", finding);
	take_drawer(s, &r);
	if (r.kind != JOURNAL_PAY && r.kind != JOURNAL_VOID)
		return true;
	for (size_t i = 0; ok && i < r.items; i++)
		ok = take_item(s, &r.item[i], r.kind == JOURNAL_PAY ? 1 : -1,
			err);
	return ok;
}

static bool read_records(struct settling *s, struct err *err)
{
	sqlite3_stmt *st = stmt_get(s->db, &settle_stmts, RECORDS);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	while (ok && (got = stmt_row(s->db, st, err)) == LOOKUP_FOUND)
		ok = take_record(s, sqlite3_column_blob(st, 0),
			(size_t)sqlite3_column_bytes(st, 0), err);
	stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

static void add_up(struct settling *s)
{
	struct cycle_settlement *out = s->out;

	for (int64_t id = 1; id <= s->people; id++)
		if (s->who[id].paid != 0)
			add(s, &s->who[id], CYCLE_PAID, s->who[id].paid);
	for (int g = 0; g < GROUP_COUNT; g++) {
		out->difference[g] = out->part[CYCLE_LISTED][g].money;
		for (int p = CYCLE_LISTED + 1; p < CYCLE_PARTS; p++)
			out->difference[g] -= out->part[p][g].money;
	}
}

bool cycle_settle(struct db *db, int32_t period, const char *unit,
	struct cycle_settlement *out, struct err *err)
{
	struct settling s = {.db = db, .unit = unit, .out = out};
	bool ok;

	*out = (struct cycle_settlement){.period = period};
	s.from = month_begin(period);
	s.until = month_end(period);
	if (!datakey_needed(db, err) || !db_read_begin(db, err))
		return false;
	ok = make_room(&s, err) && read_listed(&s, err) &&
	     read_records(&s, err);
	db_read_end(db);
	if (ok)
		add_up(&s);
	free(s.who);
	return ok;
}
