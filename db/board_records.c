/* board_records.c - what the records say: when people came, drawers, other
 * terminals, what is unsent. */
#include "db/board_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/month_internal.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	RECORDS,
	UNIT_OF,
	SHIFT_OF,
	PEERS,
	MARKED,
	COUNT
};

static const char *const sql[COUNT] = {
	[RECORDS] = "SELECT body FROM journal ORDER BY seq /* scan */",
	[UNIT_OF] = ("SELECT p.unit_code FROM payout o"
		     " JOIN person p ON p.id = o.person WHERE o.seq = :seq"),
	[SHIFT_OF] = "SELECT actor FROM shift WHERE number = :number",
	[PEERS] = ("SELECT dev FROM peer WHERE dev NOT IN"
		   " (SELECT dev FROM peer_gone) ORDER BY dev /* scan */"),
	[MARKED] = ("SELECT w.seq, count(*) FROM paid_elsewhere w"
		    " JOIN entitlement e ON e.ent = w.ent"
		    " WHERE e.list_period = :period GROUP BY w.seq"
		    " /* scan */"),
};

const struct stmt_set board_records_stmts = {"board_records", sql, COUNT};

bool board_records_begin(struct board_work *w, struct err *err)
{
	struct journal_counts counts;

	if (!journal_counts(w->db, &counts, err))
		return false;
	w->out->made = counts.made;
	w->out->sent = counts.sent;
	w->out->acked = counts.acked;
	w->out->waiting = counts.waiting;
	w->all += (int64_t)counts.made;
	return true;
}

/* ---- when people came ------------------------------------------------------ */

static bool is_of_unit(struct board_work *w, uint64_t seq, bool *yes,
	struct err *err)
{
	const char *only = w->asked->unit;
	char unit[PAYLIST_CODE_SIZE];
	sqlite3_stmt *st;
	enum lookup got;

	*yes = true;
	if (!only[0])
		return true;
	st = stmt_get(w->db, &board_records_stmts, UNIT_OF);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(w->db, st, err);
	*yes = false;
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	stmt_column_text(st, 0, unit, sizeof(unit));
	*yes = strcmp(only, unit) == 0;
	stmt_done(st);
	return true;
}

/* The row of a day, a new one in its place if need be; NULL: no memory. */
static struct board_day *day_of(struct board_work *w, int32_t day)
{
	size_t at = w->days;

	while (at > 0 && w->day[at - 1].day > day)
		at--;
	if (at > 0 && w->day[at - 1].day == day)
		return &w->day[at - 1];
	if (w->days == w->day_room) {
		const size_t room = 2 * w->day_room + 32;
		struct board_day *more = realloc(w->day, room * sizeof(*more));

		if (!more)
			return NULL;
		w->day = more;
		w->day_room = room;
	}
	memmove(w->day + at + 1, w->day + at,
		(w->days - at) * sizeof(w->day[0]));
	w->days++;
	w->day[at] = (struct board_day){.day = day};
	return &w->day[at];
}

static bool count_time(struct board_work *w, const struct board_pay *p,
	int sign, struct err *err)
{
	struct board_time *hour = &w->out->hour[p->hour];
	struct board_day *day = day_of(w, p->day);

	if (!day)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for days");
	hour->payments += sign;
	hour->money += sign * p->money;
	day->time.payments += sign;
	day->time.money += sign * p->money;
	return true;
}

static bool take_pay(struct board_work *w, const struct record *r,
	struct err *err)
{
	const int64_t t = r->has & RECORD_HAS(KEY_TEV) ? (int64_t)r->given_at
						       : (int64_t)r->t;
	const struct daytime when = date_of_ms(t);
	struct board_pay *p;
	bool his;

	if ((int32_t)r->period != w->out->period)
		return true;
	if (!is_of_unit(w, r->seq, &his, err))
		return false;
	if (!his)
		return true;
	if (w->pays == w->room) {
		const size_t room = 2 * w->room + 256;

		p = realloc(w->pay, room * sizeof(*p));
		if (!p)
			return err_set(err, ERR_NO_MEMORY, 0,
				"no memory for payments");
		w->pay = p;
		w->room = room;
	}
	p = &w->pay[w->pays++];
	*p = (struct board_pay){.seq = r->seq,
		.day = date_number(when.date),
		.hour = when.hour,
		.money = (int64_t)r->amount};
	return count_time(w, p, 1, err);
}

static int by_seq(const void *a, const void *b)
{
	const struct board_pay *x = a;
	const struct board_pay *y = b;

	return (x->seq > y->seq) - (x->seq < y->seq);
}

static bool take_void(struct board_work *w, const struct record *r,
	struct err *err)
{
	const struct board_pay wanted = {.seq = r->ref};
	const struct board_pay *p = NULL;

	if (w->pays > 0)
		p = bsearch(&wanted, w->pay, w->pays, sizeof(*w->pay), by_seq);
	return !p || count_time(w, p, -1, err);
}

/* Those with anybody, the newest if there are more than fit. */
static void put_days(struct board_work *w)
{
	struct board *b = w->out;

	for (size_t i = 0; i < w->days; i++) {
		if (w->day[i].time.payments == 0)
			continue;
		if (b->days == BOARD_DAYS)
			memmove(b->day, b->day + 1,
				(size_t)--b->days * sizeof(b->day[0]));
		b->day[b->days++] = w->day[i];
	}
}

/* ---- drawers --------------------------------------------------------------- */

/* What was found is told before the CLOSE, and belongs to it. */
struct found {
	uint64_t shift;
	int64_t difference;
	uint64_t reason;
};

static void take_over_short(struct board *b, const struct record *r,
	struct found *found)
{
	const int64_t amount = (int64_t)r->amount;

	*found = (struct found){.shift = r->shift,
		.difference = r->result == 1 ? amount : -amount,
		.reason = r->reason};
	if (r->result == 1)
		b->over += amount;
	else
		b->missing += amount;
}

static void take_close(struct board *b, const struct record *r,
	const struct found *found)
{
	const bool differs = found->shift == r->shift;

	b->closed++;
	if (b->closes == BOARD_CLOSES)
		memmove(b->close, b->close + 1,
			(size_t)--b->closes * sizeof(b->close[0]));
	b->close[b->closes++] = (struct board_close){
		.shift = (int64_t)r->shift,
		.actor = (int64_t)r->actor,
		.t = (int64_t)r->t,
		.expected = (int64_t)r->amount,
		.difference = differs ? found->difference : 0,
		.reason = differs ? found->reason : 0,
	};
}

/* Whose shift it was, which need not be who closed it. */
static bool name_closes(struct board_work *w, struct err *err)
{
	for (int i = 0; i < w->out->closes; i++) {
		struct board_close *c = &w->out->close[i];
		sqlite3_stmt *st =
			stmt_get(w->db, &board_records_stmts, SHIFT_OF);
		enum lookup got;
		struct user user;

		stmt_int(st, ":number", c->shift);
		got = stmt_row(w->db, st, err);
		if (got == LOOKUP_FOUND)
			c->actor = sqlite3_column_int64(st, 0);
		stmt_done(st);
		if (got != LOOKUP_FAILED)
			got = users_get(w->db, c->actor, &user, err);
		if (got == LOOKUP_FAILED)
			return false;
		if (got == LOOKUP_FOUND)
			str_copy(c->actor_name, sizeof(c->actor_name),
				user.name);
	}
	return true;
}

/* ---- terminals ------------------------------------------------------------- */

/* NULL: there is no room for one more. */
static struct board_terminal *terminal_of(struct board *b, const uint8_t *dev)
{
	struct board_terminal *t;

	for (int i = 0; i < b->terminals; i++)
		if (memcmp(b->terminal[i].dev, dev, DB_DEV_SIZE) == 0)
			return &b->terminal[i];
	if (b->terminals == BOARD_TERMINALS)
		return NULL;
	t = &b->terminal[b->terminals++];
	*t = (struct board_terminal){.t = 0};
	memcpy(t->dev, dev, DB_DEV_SIZE);
	return t;
}

/* This one, then those whose marks are believed. */
static bool put_terminals(struct board_work *w, struct err *err)
{
	sqlite3_stmt *st = stmt_get(w->db, &board_records_stmts, PEERS);
	struct board_terminal *self = terminal_of(w->out, db_info(w->db)->dev);
	uint8_t dev[DB_DEV_SIZE];
	enum lookup got;

	assert(self); /* the first of them */
	self->self = true;
	self->paid = w->paid_here;
	while ((got = stmt_row(w->db, st, err)) == LOOKUP_FOUND)
		if (stmt_column_blob(st, 0, dev, sizeof(dev)))
			terminal_of(w->out, dev);
	return got == LOOKUP_ABSENT;
}

static bool read_marked(struct board_work *w, struct err *err)
{
	sqlite3_stmt *st = stmt_get(w->db, &board_records_stmts, MARKED);
	enum lookup got;

	stmt_int(st, ":period", w->out->period);
	while ((got = stmt_row(w->db, st, err)) == LOOKUP_FOUND) {
		struct journal_row row;
		struct record r;
		const char *finding;
		struct board_terminal *t = NULL;
		const int64_t seq = sqlite3_column_int64(st, 0);

		if (journal_row(w->db, (uint64_t)seq, &row, err) ==
				LOOKUP_FOUND &&
			record_decode(row.body, row.len, &r, &finding))
			t = terminal_of(w->out, r.peer);
		if (t)
			t->paid += sqlite3_column_int64(st, 1);
	}
	return got == LOOKUP_ABSENT;
}

/* ---- all records ----------------------------------------------------------- */

static bool take_record(struct board_work *w, const struct record *r,
	struct found *found, struct err *err)
{
	struct board_terminal *t;

	switch (r->kind) {
	case JOURNAL_PAY:
		return take_pay(w, r, err);
	case JOURNAL_VOID:
		return take_void(w, r, err);
	case JOURNAL_OVER_SHORT:
		take_over_short(w->out, r, found);
		break;
	case JOURNAL_CLOSE:
		take_close(w->out, r, found);
		break;
	case JOURNAL_MARKS:
		t = terminal_of(w->out, r->peer);
		if (t)
			t->t = (int64_t)r->t;
		break;
	default:
		break;
	}
	return true;
}

static bool take_body(struct board_work *w, const void *body, size_t len,
	struct found *found, struct err *err)
{
	const uint64_t decoded =
		MONTH_KIND(JOURNAL_PAY) | MONTH_KIND(JOURNAL_VOID) |
		MONTH_KIND(JOURNAL_OVER_SHORT) | MONTH_KIND(JOURNAL_CLOSE) |
		MONTH_KIND(JOURNAL_MARKS);
	struct month_record m;
	struct record r;
	const char *finding;

	if (!month_read(body, len, decoded | MONTH_KIND(JOURNAL_UPLOAD_ACK),
		    &m))
		return true;
	if (m.kind == JOURNAL_UPLOAD_ACK) {
		w->out->contact = m.t;
		return true;
	}
	if (!record_decode(body, len, &r, &finding))
		return err_set(err, ERR_CORRUPT, 0, "record: %s", finding);
	return take_record(w, &r, found, err);
}

static bool read_records(struct board_work *w, struct err *err)
{
	sqlite3_stmt *st = stmt_get(w->db, &board_records_stmts, RECORDS);
	struct found found = {.shift = 0};
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	while (ok && (got = stmt_row(w->db, st, err)) == LOOKUP_FOUND)
		ok = take_body(w, sqlite3_column_blob(st, 0),
			     (size_t)sqlite3_column_bytes(st, 0), &found,
			     err) &&
		     board_tell(w, err);
	stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

/* When record seq was made, 0: there is none. */
static bool time_of(struct db *db, uint64_t seq, int64_t *out, struct err *err)
{
	struct journal_row row;
	struct month_record m;
	const enum lookup got = journal_row(db, seq, &row, err);

	*out = 0;
	if (got == LOOKUP_FOUND && month_read(row.body, row.len, MONTH_ALL, &m))
		*out = m.t;
	return got != LOOKUP_FAILED;
}

bool board_records(struct board_work *w, struct err *err)
{
	struct board *b = w->out;

	if (!put_terminals(w, err) || !read_records(w, err) ||
		!name_closes(w, err) || !read_marked(w, err) ||
		(b->waiting > 0 &&
			!time_of(w->db, b->acked + 1, &b->oldest, err)) ||
		!time_of(w->db, b->made, &b->terminal[0].t, err))
		return false;
	put_days(w);
	return true;
}

void board_records_end(struct board_work *w)
{
	free(w->pay);
	free(w->day);
}
