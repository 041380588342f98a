/* rounds_plan.c - whom somebody means to visit on a day, and in which order. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/roles_internal.h"
#include "db/rounds_internal.h"
#include "db/stmt.h"

enum {
	READ,
	PUT,
	CLEAR,
	TAKE_OUT,
	OF_PERSON,
	OVER,
	WHOSE,
	HOW_MANY,
	COUNT
};

static const char *const sql[COUNT] = {
	[READ] = "SELECT person FROM visit_plan WHERE actor = :actor"
		 " AND day = :day ORDER BY place",
	[PUT] = "INSERT INTO visit_plan (actor, day, place, person)"
		" VALUES (:actor, :day, :place, :person)",
	[CLEAR] = "DELETE FROM visit_plan WHERE actor = :actor AND day = :day",
	[TAKE_OUT] = "DELETE FROM visit_plan WHERE actor = :actor"
		     " AND day = :day AND person = :person",
	[OF_PERSON] = "DELETE FROM visit_plan WHERE person = :person"
		      " /* scan */",
	[OVER] = "DELETE FROM visit_plan WHERE actor = :actor AND day < :day",
	[WHOSE] = "SELECT actor FROM visit_plan WHERE day = :day"
		  " AND person = :person AND actor <> :actor"
		  " ORDER BY actor LIMIT 1 /* scan */",
	[HOW_MANY] = "SELECT count(*) FROM visit_plan WHERE actor = :actor"
		     " AND day = :day",
};

const struct stmt_set rounds_plan_stmts = {"rounds_plan", sql, COUNT};

/* The plan of a user for a day, in its order. */
struct plan {
	int64_t user;
	int32_t day;
	int64_t person[ROUND_PLAN_MAX];
	int count;
};

static sqlite3_stmt *get(struct db *db, int index, int64_t user, int32_t day)
{
	sqlite3_stmt *st = stmt_get(db, &rounds_plan_stmts, index);

	stmt_int(st, ":actor", user);
	stmt_int(st, ":day", day);
	return st;
}

static bool read_plan(struct db *db, int64_t user, int32_t day,
	struct plan *out, struct err *err)
{
	sqlite3_stmt *st = get(db, READ, user, day);
	enum lookup got;

	*out = (struct plan){.user = user, .day = day};
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		if (out->count < ROUND_PLAN_MAX)
			out->person[out->count++] = sqlite3_column_int64(st, 0);
	return got != LOOKUP_FAILED;
}

static bool write_plan(struct db *db, const struct plan *p, struct err *err)
{
	bool ok = stmt_run(db, get(db, CLEAR, p->user, p->day), err);

	for (int i = 0; ok && i < p->count; i++) {
		sqlite3_stmt *st = get(db, PUT, p->user, p->day);

		stmt_int(st, ":place", i);
		stmt_int(st, ":person", p->person[i]);
		ok = stmt_run(db, st, err);
	}
	return ok;
}

static bool is_plan_day(struct date day, struct err *err)
{
	struct visits_day today;
	int64_t ahead = -1;

	visits_today(&today);
	if (date_valid(day) && day.day != 0)
		ahead = date_days(day) - date_days(today.date);
	return (ahead >= 0 && ahead <= ROUND_PLAN_DAYS) ||
	       err_set(err, ERR_INVALID, 0, "no day to plan for");
}

static int place_in(const struct plan *p, int64_t person)
{
	for (int i = 0; i < p->count; i++)
		if (p->person[i] == person)
			return i;
	return -1;
}

static void take_out(struct plan *p, int place)
{
	memmove(&p->person[place], &p->person[place + 1],
		(size_t)(p->count - place - 1) * sizeof(p->person[0]));
	p->count--;
}

static void put_in(struct plan *p, int place, int64_t person)
{
	assert(p->count < ROUND_PLAN_MAX && place >= 0 && place <= p->count);
	memmove(&p->person[place + 1], &p->person[place],
		(size_t)(p->count - place) * sizeof(p->person[0]));
	p->person[place] = person;
	p->count++;
}

/* What is done to a plan; with it, those of days gone by are cleared away. */
typedef bool change_fn(struct plan *p, int64_t person, int place,
	struct err *err);

static bool change(struct db *db, const struct session *s, struct date day,
	change_fn *how, int64_t person, int place, struct err *err)
{
	struct visits_day today;
	struct plan p;
	bool ok;

	if (!roles_must(db, s, ACT_VISIT, err) || !datakey_needed(db, err) ||
		!is_plan_day(day, err) || !db_begin(db, err))
		return false;
	visits_today(&today);
	ok = stmt_run(db, get(db, OVER, s->user.number, today.number), err) &&
	     read_plan(db, s->user.number, date_number(day), &p, err) &&
	     how(&p, person, place, err) && write_plan(db, &p, err);
	return db_end(db, ok, err);
}

static bool do_add(struct plan *p, int64_t person, int place, struct err *err)
{
	(void)place;
	if (place_in(p, person) >= 0)
		return true;
	if (p->count == ROUND_PLAN_MAX)
		return err_set(err, ERR_INVALID, 0, "the plan is full");
	put_in(p, p->count, person);
	return true;
}

bool rounds_plan_add(struct db *db, const struct session *s, struct date day,
	int64_t person, struct err *err)
{
	const struct rounds *r = rounds_now(db, err);

	if (!r)
		return false;
	if (rounds_place(r, person) < 0)
		return err_set(err, ERR_INVALID, 0,
			"person %lld is not on the list", (long long)person);
	return change(db, s, day, do_add, person, 0, err);
}

static bool do_remove(struct plan *p, int64_t person, int place,
	struct err *err)
{
	const int at = place_in(p, person);

	(void)place;
	(void)err;
	if (at >= 0)
		take_out(p, at);
	return true;
}

bool rounds_plan_remove(struct db *db, const struct session *s, struct date day,
	int64_t person, struct err *err)
{
	return change(db, s, day, do_remove, person, 0, err);
}

/* Behind its end is at its end. */
static bool do_move(struct plan *p, int64_t person, int place, struct err *err)
{
	const int at = place_in(p, person);

	(void)err;
	if (at < 0)
		return true;
	take_out(p, at);
	put_in(p, place < 0 ? 0 : place > p->count ? p->count : place, person);
	return true;
}

bool rounds_plan_move(struct db *db, const struct session *s, struct date day,
	int64_t person, int place, struct err *err)
{
	return change(db, s, day, do_move, person, place, err);
}

static bool do_clear(struct plan *p, int64_t person, int place, struct err *err)
{
	(void)person;
	(void)place;
	(void)err;
	p->count = 0;
	return true;
}

bool rounds_plan_clear(struct db *db, const struct session *s, struct date day,
	struct err *err)
{
	return change(db, s, day, do_clear, 0, 0, err);
}

bool rounds_plan(struct db *db, const struct session *s, struct date day,
	struct round_person *out, int max, int *count, struct err *err)
{
	const struct rounds *r = rounds_now(db, err);
	struct visits_day today;
	struct plan p;

	*count = 0;
	if (!r || !is_plan_day(day, err) ||
		!read_plan(db, s->user.number, date_number(day), &p, err))
		return false;
	visits_today(&today);
	for (int i = 0; i < p.count && *count < max; i++) {
		const int32_t place = rounds_place(r, p.person[i]);

		/* A list may have come in since that has him no more. */
		if (place < 0)
			continue;
		if (!rounds_fill(db, s, r, place, &today, &out[*count], err))
			return false;
		++*count;
	}
	return true;
}

bool rounds_plan_done(struct db *db, int64_t user, int32_t day, int64_t person,
	struct err *err)
{
	sqlite3_stmt *st = get(db, TAKE_OUT, user, day);

	stmt_int(st, ":person", person);
	return stmt_run(db, st, err);
}

bool rounds_plan_forget_person(struct db *db, int64_t person, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &rounds_plan_stmts, OF_PERSON);

	stmt_int(st, ":person", person);
	return stmt_run(db, st, err);
}

bool rounds_plan_whose(struct db *db, int64_t user, int32_t day, int64_t person,
	int64_t *other, struct err *err)
{
	sqlite3_stmt *st = get(db, WHOSE, user, day);
	enum lookup got;

	*other = 0;
	stmt_int(st, ":person", person);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*other = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

bool rounds_plan_count(struct db *db, int64_t user, int32_t day, int64_t *out,
	struct err *err)
{
	sqlite3_stmt *st = get(db, HOW_MANY, user, day);

	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

/* ---- suggested ----------------------------------------------------------------- */

/* Who is chosen so far: places in the list. */
struct choice {
	const struct rounds *r;
	const struct plan *plan;
	int32_t today;
	int32_t day;
	int32_t place[ROUND_PLAN_MAX];
	int count;
	int max;
};

static bool is_free(const struct choice *c, int32_t place)
{
	const struct rounds_row *row = &c->r->row[place];

	if (row->converted || place_in(c->plan, row->id) >= 0)
		return false;
	for (int i = 0; i < c->count; i++)
		if (c->place[i] == place)
			return false;
	return true;
}

/* The day to come again, the longest over first; in order if it is one. */
static int compare_due(const void *a, const void *b, void *ctx)
{
	const struct rounds *r = ctx;
	const int32_t x = *(const int32_t *)a;
	const int32_t y = *(const int32_t *)b;

	if (r->row[x].next_day != r->row[y].next_day)
		return r->row[x].next_day < r->row[y].next_day ? -1 : 1;
	return x < y ? -1 : x > y;
}

static bool choose_due(struct choice *c, struct err *err)
{
	struct rounds *r = (struct rounds *)(uintptr_t)c->r;
	int32_t *due = calloc((size_t)r->rows + 1, sizeof(*due));
	size_t count = 0;

	if (!due)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory to suggest");
	for (int32_t i = 0; i < r->rows; i++)
		if (rounds_is_due(&r->row[i], c->day) && is_free(c, i))
			due[count++] = i;
	if (count > 1)
		qsort_r(due, count, sizeof(*due), compare_due, r);
	for (size_t i = 0; i < count && c->count < c->max; i++)
		c->place[c->count++] = due[i];
	free(due);
	return true;
}

static bool choose_near(struct choice *c, int32_t hamlet)
{
	const struct rounds_hamlet *h = &c->r->hamlet[hamlet];

	for (int32_t i = h->first; i < h->first + h->rows; i++) {
		if (c->count == c->max)
			return false;
		/* An appointment of a later day is kept for that day. */
		if (!rounds_is_done(&c->r->row[i], c->day) &&
			c->r->row[i].next_day <= c->day && is_free(c, i))
			c->place[c->count++] = i;
	}
	return true;
}

static bool nearest(struct db *db, const struct session *s,
	const struct choice *c, int32_t *hamlet, struct err *err)
{
	int64_t person = 0;
	int32_t place;

	*hamlet = 0;
	if (c->plan->count > 0)
		person = c->plan->person[c->plan->count - 1];
	else if (!rounds_last_visited(db, s->user.number, &person, err))
		return false;
	place = rounds_place(c->r, person);
	if (place >= 0)
		*hamlet = c->r->row[place].hamlet;
	return true;
}

bool rounds_suggest(struct db *db, const struct session *s, struct date day,
	struct round_person *out, int max, int *count, struct err *err)
{
	struct choice c = {.r = rounds_now(db, err), .day = date_number(day)};
	struct visits_day today;
	struct plan p;
	int32_t hamlet = 0;

	*count = 0;
	if (!c.r || !is_plan_day(day, err) ||
		!read_plan(db, s->user.number, c.day, &p, err))
		return false;
	visits_today(&today);
	c.plan = &p;
	c.max = max < ROUND_PLAN_MAX ? max : ROUND_PLAN_MAX;
	if (!choose_due(&c, err) || !nearest(db, s, &c, &hamlet, err))
		return false;
	for (int32_t i = 0; i < c.r->hamlets; i++)
		if (!choose_near(&c, (hamlet + i) % c.r->hamlets))
			break;
	for (int i = 0; i < c.count; i++, ++*count)
		if (!rounds_fill(db, s, c.r, c.place[i], &today, &out[i], err))
			return false;
	return true;
}
