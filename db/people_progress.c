/*
 * people_progress.c - done and all, without reading everybody each time.
 *
 * The first call counts; from then on temporary triggers on paid, which live
 * in memory and with the SQLite handle, say whose money changed, and only
 * those people are looked at again. Nothing of it is written to the disk, so
 * a payout commits no page more for it. A rolled back change costs a look in
 * vain.
 */
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/people_internal.h"
#include "db/stmt.h"

#include <assert.h>
/* Bits of people_count.state; above them the cash that is due, in thousands:
 * 0 too if it is more than fits, or not to be paid in notes. */
enum {
	COUNTED = 1, /* in all */
	DONE = 2,
	OPEN_SHIFT = 2,
	OPEN_MAX = 1 << 29,
	OPEN_UNIT = 1000,
	PEOPLE_MOST = 100000000 /* rows: a number above was tampered with */
};

enum {
	NEWEST,
	EVERYBODY,
	PERSON_OF,
	ONE,
	COUNT
};

/*
 * For a person: is any of his cash of the newest period settled; how much can
 * be paid now. Money that is neither he has lost, since he left, or another
 * terminal pays it.
 */
#define SUMS                                                                   \
	" max(e.list_period = :newest AND " PEOPLE_BY_ACCOUNT " = 0"           \
	"  AND (e.carried_by IS NOT NULL OR x.seq IS NOT NULL)),"              \
	" coalesce(sum(e.amount) FILTER (WHERE " PEOPLE_BY_ACCOUNT " = 0"      \
	"  AND e.carried_by IS NULL AND x.seq IS NULL"                         \
	"  AND " PEOPLE_STOPPED " = 0 AND " PEOPLE_AWAY " = 0), 0)"            \
	" FROM entitlement e LEFT JOIN paid x ON x.ent = e.ent AND x.state < " \
	"4"

static const char *const sql[COUNT] = {
	[NEWEST] = "SELECT coalesce(max(period), 0) FROM list /* scan */",
	[EVERYBODY] = "SELECT e.person," SUMS
		      " GROUP BY e.person ORDER BY e.person /* scan */",
	[PERSON_OF] = "SELECT person FROM entitlement WHERE ent = :ent",
	[ONE] = "SELECT e.person," SUMS " WHERE e.person = :person",
};

const struct stmt_set people_progress_stmts = {"people_progress", sql, COUNT};

/* sqlite3_create_function_v2() callback: the ent of a changed row. */
static void touch(sqlite3_context *context, int args, sqlite3_value **arg)
{
	struct db *db = sqlite3_user_data(context);
	struct people_count *c;

	if (!db->people || args != 1 || sqlite3_value_bytes(arg[0]) != ENT_SIZE)
		return;
	c = &db->people->count;
	if (c->touches < PEOPLE_MAX_TOUCHED)
		memcpy(c->touched[c->touches], sqlite3_value_blob(arg[0]),
			ENT_SIZE);
	c->touches++;
}

/* Have payments reported, from now until the handle is closed. */
static bool watch(struct db *db, struct err *err)
{
	static const char triggers[] =
		"CREATE TEMP TRIGGER IF NOT EXISTS people_paid_in"
		" AFTER INSERT ON main.paid"
		" BEGIN SELECT people_touch(new.ent); END;"
		"CREATE TEMP TRIGGER IF NOT EXISTS people_paid_up"
		" AFTER UPDATE ON main.paid"
		" BEGIN SELECT people_touch(new.ent); END;"
		"CREATE TEMP TRIGGER IF NOT EXISTS people_paid_out"
		" AFTER DELETE ON main.paid"
		" BEGIN SELECT people_touch(old.ent); END;"
		"CREATE TEMP TRIGGER IF NOT EXISTS people_moved_in"
		" AFTER INSERT ON main.handover"
		" BEGIN SELECT people_touch(new.ent); END;"
		"CREATE TEMP TRIGGER IF NOT EXISTS people_moved_up"
		" AFTER UPDATE ON main.handover"
		" BEGIN SELECT people_touch(new.ent); END;";

	if (db->people->watching)
		return true;
	if (sqlite3_create_function_v2(db->handle, "people_touch", 1,
		    SQLITE_UTF8 | SQLITE_INNOCUOUS, db, touch, NULL, NULL,
		    NULL) != SQLITE_OK)
		return db_failed(db, "watch the payments", err);
	db->people->watching = db_run(db, triggers, err);
	return db->people->watching;
}

static bool newest_period(struct db *db, int32_t *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &people_progress_stmts, NEWEST);

	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = sqlite3_column_int(st, 0);
	stmt_done(st);
	return true;
}

/* Set a person's state and keep the two sums right. False: no memory. */
static bool make_room(struct people_count *c, int64_t person)
{
	const int64_t people = person + person / 2 + 1024;
	uint32_t *moved;

	if (person < c->people)
		return true;
	moved = realloc(c->state, (size_t)people * sizeof(*moved));
	if (!moved)
		return false;
	memset(moved + c->people, 0,
		(size_t)(people - c->people) * sizeof(*moved));
	c->state = moved;
	c->people = people;
	return true;
}

static int bit(uint32_t state, uint32_t which)
{
	return (state & which) != 0;
}

static void set_state(struct people_count *c, int64_t person, uint32_t state)
{
	uint32_t *was;

	assert(person >= 0 && person < c->people && c->state);
	was = &c->state[person];
	c->all += bit(state, COUNTED) - bit(*was, COUNTED);
	c->done += bit(state, DONE) - bit(*was, DONE);
	people_wait(&c->waiting, (int64_t)(*was >> OPEN_SHIFT) * OPEN_UNIT, -1);
	people_wait(&c->waiting, (int64_t)(state >> OPEN_SHIFT) * OPEN_UNIT, 1);
	*was = state;
}

static uint32_t read_state(sqlite3_stmt *st)
{
	const bool settled = sqlite3_column_int(st, 1) != 0;
	const int64_t open = sqlite3_column_int64(st, 2);
	uint32_t thousands = 0;

	if (open > 0 && open % OPEN_UNIT == 0 && open / OPEN_UNIT < OPEN_MAX)
		thousands = (uint32_t)(open / OPEN_UNIT);
	if (open > 0)
		return thousands << OPEN_SHIFT | COUNTED;
	return settled ? COUNTED | DONE : 0;
}

#ifndef __clang__
/* gcc 12 loses sight of c->state, which the caller owns, and calls it a leak. */
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif

/* Take in the people a statement of this file tells of. */
static bool take_in(struct db *db, sqlite3_stmt *st, struct people_count *c,
	struct err *err)
{
	enum lookup got;

	stmt_int(st, ":newest", c->newest);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const int64_t person = sqlite3_column_int64(st, 0);

		if (person < 0 || person > PEOPLE_MOST) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"an entitlement is of nobody");
		}
		if (!make_room(c, person)) {
			stmt_done(st);
			return err_set(err, ERR_NO_MEMORY, 0,
				"no memory to count the people");
		}
		set_state(c, person, read_state(st));
	}
	return got == LOOKUP_ABSENT;
}

static bool count_everybody(struct db *db, struct people_count *c,
	struct err *err)
{
	free(c->state);
	*c = (struct people_count){.people = 0};
	return newest_period(db, &c->newest, err) &&
	       take_in(db, stmt_get(db, &people_progress_stmts, EVERYBODY), c,
		       err);
}

void people_recount(struct db *db)
{
	if (db->people)
		db->people->count.touches = PEOPLE_MAX_TOUCHED + 1;
}

static bool count_again(struct db *db, const uint8_t *ent,
	struct people_count *c, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &people_progress_stmts, PERSON_OF);
	int64_t person;
	enum lookup got;

	stmt_blob(st, ":ent", ent, ENT_SIZE);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	person = sqlite3_column_int64(st, 0);
	stmt_done(st);
	st = stmt_get(db, &people_progress_stmts, ONE);
	stmt_int(st, ":person", person);
	return take_in(db, st, c, err);
}

static bool catch_up(struct db *db, struct people_count *c, struct err *err)
{
	if (!c->state || c->touches > PEOPLE_MAX_TOUCHED)
		return count_everybody(db, c, err);
	for (; c->touches > 0; c->touches--)
		if (!count_again(db, c->touched[c->touches - 1], c, err))
			return false;
	return true;
}

/* What is counted; alone is used where that must not be remembered. */
static struct people_count *counted(struct db *db, struct people_count *alone,
	bool *ok, struct err *err)
{
	struct people_cache *cache = people_cache(db, err);
	struct people_count *c = alone;

	*ok = false;
	if (!cache)
		return NULL;
	/* What a transaction has not committed yet is not to be remembered,
	 * nor would triggers made in it outlive its end. */
	if (db->depth == 0)
		c = &cache->count;
	*ok = c == alone ? count_everybody(db, c, err)
			 : watch(db, err) && catch_up(db, c, err);
	return c;
}

bool people_progress(struct db *db, int64_t *done, int64_t *all,
	struct err *err)
{
	struct people_count alone = {.people = 0};
	bool ok;
	const struct people_count *c = counted(db, &alone, &ok, err);

	if (c) {
		*done = c->done;
		*all = c->all;
	}
	free(alone.state);
	return ok;
}

const struct people_count *people_counted(struct db *db, struct err *err)
{
	struct people_count alone = {.people = 0};
	const struct people_count *c;
	bool ok;

	if (db->depth > 0) {
		err_set(err, ERR_INVALID, 0,
			"who is paid is asked in a transaction");
		return NULL;
	}
	c = counted(db, &alone, &ok, err);
	return ok ? c : NULL;
}

bool people_waits(const struct people_count *c, int64_t person)
{
	return person >= 0 && person < c->people &&
	       (c->state[person] & (COUNTED | DONE)) == COUNTED;
}

bool people_queue(struct db *db, struct notes_queue *out, struct err *err)
{
	struct people_count alone = {.people = 0};
	bool ok;
	const struct people_count *c = counted(db, &alone, &ok, err);

	out->rows = 0;
	if (c)
		people_waiting_queue(&c->waiting, out);
	free(alone.state);
	return ok;
}
