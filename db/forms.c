/*
 * forms.c - one look at everybody, one at all entitlements until the period,
 * one at all records that are of somebody; a few bytes a person in between.
 */
#include "db/forms.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/accounts.h"
#include "db/consents.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/month_internal.h"
#include "db/people_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/units.h"

enum {
	NEWEST_ID,
	PEOPLE,
	MONEY,
	RECORDS,
	COUNT
};

/* MONEY: stopped money nobody gets; what a later list carries over is there
 * under that list's name. */
static const char *const sql[COUNT] = {
	[NEWEST_ID] = "SELECT coalesce(max(id), 0) FROM person",
	[PEOPLE] = ("SELECT id, unit_code, sealed FROM person ORDER BY id"
		    " /* scan */"),
	[MONEY] = ("SELECT e.person, e.list_period, " PEOPLE_BY_ACCOUNT
		   " AS b, sum(e.amount) FROM entitlement e"
		   " WHERE e.list_period <= :period AND e.carried_by IS NULL"
		   " AND " PEOPLE_STOPPED " = 0"
		   " GROUP BY e.person, e.list_period, b"
		   " ORDER BY e.person, e.list_period /* scan */"),
	[RECORDS] = ("SELECT d.person, j.body FROM pd d"
		     " JOIN journal j ON j.seq = d.seq"
		     " WHERE d.person IS NOT NULL ORDER BY d.seq /* scan */"),
};

const struct stmt_set forms_stmts = {"forms", sql, COUNT};

enum {
	MOST_PEOPLE = 100000000, /* an id above was tampered with */
	/* Key 28 of a VISIT. */
	VISIT_MET = 1,
	VISIT_HAS_MOVED = 3,
	VISIT_HAS_DIED = 4,
};

/* What is known of a person while it is counted. */
enum {
	PEOPLE_UNTIL = 1,
	PEOPLE_WITHIN = 2,
	REVIEWED_UNTIL = 4,
	REVIEWED_WITHIN = 8,
	ACCOUNT_UNTIL = 16, /* a record says so */
	ACCOUNT_WITHIN = 32,
	LISTED_UNTIL = 64, /* a list has money for an account: paid, too */
	LISTED_WITHIN = 128,
	LISTED_BEFORE = 256,
	COUNTED = 512 /* of the unit that is asked for */
};

struct who {
	uint16_t bits;
	uint8_t group;
	uint8_t sub;
};

struct counting {
	struct db *db;
	struct forms *out;
	struct who *who;
	int64_t people; /* the newest id */
	int64_t from;   /* ms: the first of the month, UTC+7 */
	int64_t until;  /* ms: the first of the next */
};

/* NULL: of nobody who counts. */
static struct who *who_is(const struct counting *c, int64_t person)
{
	if (person < 1 || person > c->people)
		return NULL;
	return c->who[person].bits & COUNTED ? &c->who[person] : NULL;
}

/* ---- people -------------------------------------------------------------- */

static bool make_room(struct counting *c, struct err *err)
{
	sqlite3_stmt *st = stmt_get(c->db, &forms_stmts, NEWEST_ID);

	if (stmt_row(c->db, st, err) != LOOKUP_FOUND)
		return false;
	c->people = sqlite3_column_int64(st, 0);
	stmt_done(st);
	if (c->people < 0 || c->people > MOST_PEOPLE) {
		err_set(err, ERR_CORRUPT, 0, "a person has no number");
		return false;
	}
	c->who = calloc((size_t)c->people + 1, sizeof(*c->who));
	if (c->who)
		return true;
	err_set(err, ERR_NO_MEMORY, 0, "no memory to count the people");
	return false;
}

static void sort_in(struct who *w, const struct sealed *s)
{
	int sub = SUBGROUP_NONE;

	w->bits = COUNTED;
	w->group = (uint8_t)group_of(s->text[SEALED_GROUP]);
	if (w->group == GROUP_MERIT || w->group == GROUP_OTHER)
		sub = group_subgroup(s->text[SEALED_SUBGROUP]);
	/* A sick soldier among the others is none of part I. */
	if (w->group == GROUP_MERIT || sub >= SUBGROUP_OTHER_FIRST)
		w->sub = (uint8_t)sub;
}

/* Are they all of one commune? */
static void note_unit(struct forms *out, const char *unit, bool *several)
{
	if (*several || strcmp(out->only, unit) == 0)
		return;
	*several = out->only[0] != '\0';
	str_copy(out->only, sizeof(out->only), *several ? "" : unit);
}

static bool read_people(struct counting *c, struct err *err)
{
	sqlite3_stmt *st = stmt_get(c->db, &forms_stmts, PEOPLE);
	uint8_t plain[SEALED_PLAIN];
	char unit[PAYLIST_CODE_SIZE];
	struct sealed s;
	enum lookup got;
	bool several = false;
	bool ok = true;

	while (ok && (got = stmt_row(c->db, st, err)) == LOOKUP_FOUND) {
		const int64_t id = sqlite3_column_int64(st, 0);

		stmt_column_text(st, 1, unit, sizeof(unit));
		if (id < 1 || id > c->people ||
			(c->out->unit[0] && strcmp(c->out->unit, unit) != 0))
			continue;
		note_unit(c->out, unit, &several);
		ok = sealed_read(c->db, st, 2, DATAKEY_PERSON, id, plain, &s,
			err);
		if (ok)
			sort_in(&c->who[id], &s);
	}
	stmt_done(st);
	crypto_wipe(plain, sizeof(plain));
	return ok && got == LOOKUP_ABSENT;
}

/* ---- lists --------------------------------------------------------------- */

static void add_money(struct forms *out, const struct who *w, int64_t amount,
	bool within)
{
	struct form_count *group = &out->group[w->group].n[FORM_MONEY];
	struct form_count *sub = &out->sub[w->sub].n[FORM_MONEY];

	group->until += amount;
	group->within += within ? amount : 0;
	if (w->sub == SUBGROUP_NONE && w->group != GROUP_MERIT)
		return;
	sub->until += amount;
	sub->within += within ? amount : 0;
}

static bool read_money(struct counting *c, struct err *err)
{
	sqlite3_stmt *st = stmt_get(c->db, &forms_stmts, MONEY);
	enum lookup got;

	stmt_int(st, ":period", c->out->period);
	while ((got = stmt_row(c->db, st, err)) == LOOKUP_FOUND) {
		struct who *w = who_is(c, sqlite3_column_int64(st, 0));
		const bool within = sqlite3_column_int(st, 1) == c->out->period;

		if (!w)
			continue;
		w->bits |= PEOPLE_UNTIL | (within ? PEOPLE_WITHIN : 0);
		if (!sqlite3_column_int(st, 2))
			continue;
		w->bits |=
			LISTED_UNTIL | (within ? LISTED_WITHIN : LISTED_BEFORE);
		add_money(c->out, w, sqlite3_column_int64(st, 3), within);
	}
	return got == LOOKUP_ABSENT;
}

/* ---- records ------------------------------------------------------------- */

static void set_account(struct who *w, bool good, bool within)
{
	w->bits &= (uint16_t) ~(ACCOUNT_UNTIL | ACCOUNT_WITHIN);
	if (good)
		w->bits |= ACCOUNT_UNTIL | (within ? ACCOUNT_WITHIN : 0);
}

static void take_record(const struct counting *c, struct who *w,
	const struct month_record *p)
{
	const bool within = p->t >= c->from;
	const bool had = w->bits & ACCOUNT_UNTIL;
	const bool new = w->bits &ACCOUNT_WITHIN;

	switch (p->kind) {
	case MONTH_VISIT:
		if (p->result == VISIT_MET || p->result == VISIT_HAS_MOVED ||
			p->result == VISIT_HAS_DIED)
			w->bits |=
				REVIEWED_UNTIL | (within ? REVIEWED_WITHIN : 0);
		break;
	case MONTH_ACCOUNT: /* one that is only planned is none yet */
		set_account(w, p->result != ACCOUNT_PLANNED, within);
		break;
	case MONTH_WITHDRAWN: /* he may still want it, but no calls */
		if (!(p->agreed & CONSENT_PAYOUT))
			set_account(w, false, within);
		break;
	case JOURNAL_ACCOUNT_STATE:
		if (p->result == ACCOUNT_STEP_CONFIRMED ||
			p->result == ACCOUNT_STEP_SENT)
			break;
		/* What was known before the bank said so stays known. */
		set_account(w,
			p->result == ACCOUNT_VERIFIED ||
				p->result == ACCOUNT_STEP_PAYS,
			had ? new : within);
		break;
	default:
		break;
	}
}

static bool read_records(struct counting *c, struct err *err)
{
	const uint64_t kinds =
		MONTH_KIND(MONTH_VISIT) | MONTH_KIND(MONTH_ACCOUNT) |
		MONTH_KIND(MONTH_WITHDRAWN) | MONTH_KIND(JOURNAL_ACCOUNT_STATE);
	sqlite3_stmt *st = stmt_get(c->db, &forms_stmts, RECORDS);
	enum lookup got;
	struct month_record p;

	while ((got = stmt_row(c->db, st, err)) == LOOKUP_FOUND) {
		struct who *w = who_is(c, sqlite3_column_int64(st, 0));

		if (w &&
			month_read(sqlite3_column_blob(st, 1),
				(size_t)sqlite3_column_bytes(st, 1), kinds,
				&p) &&
			p.t < c->until)
			take_record(c, w, &p);
	}
	return got == LOOKUP_ABSENT;
}

/* ---- sums ---------------------------------------------------------------- */

static void add_one(struct form_sums *to, unsigned bits)
{
	const bool listed_first =
		bits & LISTED_WITHIN && !(bits & LISTED_BEFORE);
	const bool account = bits & (ACCOUNT_UNTIL | LISTED_UNTIL);
	const bool account_new = listed_first || bits & ACCOUNT_WITHIN;

	to->n[FORM_PEOPLE].until += (bits & PEOPLE_UNTIL) != 0;
	to->n[FORM_PEOPLE].within += (bits & PEOPLE_WITHIN) != 0;
	to->n[FORM_REVIEWED].until += (bits & REVIEWED_UNTIL) != 0;
	to->n[FORM_REVIEWED].within += (bits & REVIEWED_WITHIN) != 0;
	to->n[FORM_ACCOUNT].until += account;
	to->n[FORM_ACCOUNT].within += account_new;
	to->n[FORM_PAID].until += (bits & LISTED_UNTIL) != 0;
	to->n[FORM_PAID].within += (bits & LISTED_WITHIN) != 0;
}

static void add_up(const struct counting *c)
{
	for (int64_t id = 1; id <= c->people; id++) {
		const struct who *w = who_is(c, id);

		if (!w)
			continue;
		add_one(&c->out->group[w->group], w->bits);
		if (w->sub != SUBGROUP_NONE || w->group == GROUP_MERIT)
			add_one(&c->out->sub[w->sub], w->bits);
	}
}

/* The paper is a commune's: of an office of ours its head has no name. */
static bool name_commune(struct db *db, struct forms *out, struct err *err)
{
	const char *code = out->unit[0] ? out->unit : out->only;
	struct unit u;

	switch (units_get(db, code, &u, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		if (u.kind != UNIT_COMMUNE)
			return true;
		break;
	case LOOKUP_ABSENT:
		break;
	}
	return units_name(db, code, out->name, sizeof(out->name), err) !=
	       LOOKUP_FAILED;
}

bool forms_count(struct db *db, int32_t period, const char *unit,
	struct forms *out, struct err *err)
{
	struct counting c = {.db = db, .out = out};
	bool ok;

	*out = (struct forms){.period = period};
	str_copy(out->unit, sizeof(out->unit), unit);
	c.from = month_begin(period);
	c.until = month_end(period);
	/* As one look, so that people, lists and records are of one moment. */
	if (!datakey_needed(db, err) || !db_read_begin(db, err))
		return false;
	ok = make_room(&c, err) && read_people(&c, err) &&
	     read_money(&c, err) && read_records(&c, err) &&
	     name_commune(db, out, err);
	db_read_end(db);
	if (ok)
		add_up(&c);
	free(c.who);
	return ok;
}

/* ---- what the papers ask for --------------------------------------------- */

static void add_sums(struct form_sums *to, const struct form_sums *what)
{
	for (int i = 0; i < FORM_WHATS; i++) {
		to->n[i].until += what->n[i].until;
		to->n[i].within += what->n[i].within;
	}
}

void forms_merit(const struct forms *f, struct form_sums *out)
{
	*out = (struct form_sums){0};
	for (int s = SUBGROUP_NONE; s <= SUBGROUP_MERIT_LAST; s++)
		add_sums(out, &f->sub[s]);
}

void forms_decisions(const struct forms *f, struct form_sums *out)
{
	*out = (struct form_sums){0};
	for (int s = SUBGROUP_OTHER_FIRST; s < SUBGROUP_COUNT; s++)
		add_sums(out, &f->sub[s]);
}

int64_t forms_thousands(int64_t amount)
{
	return (amount + 500) / 1000;
}
