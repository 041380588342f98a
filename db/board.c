/* board.c - what the lists say. What the records say: board_records.c. */
#include "db/board_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/people_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/units.h"
#include "db/watch.h"

enum {
	NEWEST,
	ROWS,
	LISTED,
	COUNT
};

static const char *const sql[COUNT] = {
	[NEWEST] = ("SELECT coalesce(max(list_period), 0) FROM entitlement"
		    " /* scan */"),
	[ROWS] = ("SELECT count(*) FROM entitlement"
		  " WHERE list_period = :period /* scan */"),
	[LISTED] = ("SELECT e.person, p.unit_code, p.sealed, "
		    "e.amount, " PEOPLE_BY_ACCOUNT
		    ", x.seq IS NOT NULL, " PEOPLE_STOPPED ","
		    " w.seq IS NOT NULL, e.carried_by IS NOT NULL"
		    " FROM entitlement e JOIN person p ON p.id = e.person"
		    " LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"
		    " LEFT JOIN paid_elsewhere w ON w.ent = e.ent"
		    " WHERE e.list_period = :period ORDER BY e.person"
		    " /* scan */"),
};

const struct stmt_set board_stmts = {"board", sql, COUNT};

enum {
	TELL_EVERY = 512
};

/* The person whose rows are being read. */
struct reading {
	int64_t id; /* 0: nobody yet */
	bool counts;
	enum group group;
	int unit; /* of places */
	int hamlet;
	struct board_sum sum;
};

/* Places as they are met; key: what is equal if it is one. */
struct place {
	struct board_place is;
	char key[DWELLING_TEXT_SIZE];
};

struct places {
	struct place *at;
	int count;
	int room;
};

struct counting {
	struct board_work *work;
	struct places units;
	struct places hamlets;
	struct reading now;
};

bool board_tell(struct board_work *w, struct err *err)
{
	const struct board_asked *a = w->asked;

	if (++w->done % TELL_EVERY != 0)
		return true;
	if (a->tell && !a->tell(a->ctx, w->done, w->all))
		return err_set(err, ERR_BUSY, 0, "it was given up");
	return db_watch_step(w->db, w->done, w->all, err);
}

/* ---- places -------------------------------------------------------------- */

static bool is_place(const struct place *p, const char *unit, const char *key)
{
	return strcmp(p->key, key) == 0 && strcmp(p->is.unit, unit) == 0;
}

/* Its number, -1: no memory. Who live together stand together on lists: the
 * one that was met last is tried first. */
static int place_of(struct places *all, int last, const char *unit,
	const char *key, const char *name)
{
	struct place *p;

	if (last >= 0 && last < all->count &&
		is_place(&all->at[last], unit, key))
		return last;
	for (int i = 0; i < all->count; i++)
		if (is_place(&all->at[i], unit, key))
			return i;
	if (all->count == all->room) {
		const int room = 2 * all->room + 32;

		p = realloc(all->at, (size_t)room * sizeof(*p));
		if (!p)
			return -1;
		all->at = p;
		all->room = room;
	}
	p = &all->at[all->count];
	*p = (struct place){.is = {.sum = {.people = 0}}};
	str_copy(p->is.unit, sizeof(p->is.unit), unit);
	str_copy(p->is.hamlet, sizeof(p->is.hamlet), name);
	str_copy(p->key, sizeof(p->key), key);
	return all->count++;
}

static void add_sum(struct board_sum *to, const struct board_sum *s)
{
	to->people += s->people;
	to->account += s->account;
	to->cash += s->cash;
	to->done += s->done;
	to->waiting += s->waiting;
	to->due += s->due;
	to->by_account += s->by_account;
	to->paid += s->paid;
	to->elsewhere += s->elsewhere;
	to->open += s->open;
}

/* All rows of a person were read. */
static void end_person(struct counting *c)
{
	struct reading *r = &c->now;
	struct board_sum *s = &r->sum;

	if (r->id == 0 || !r->counts || s->people == 0)
		return;
	s->waiting = s->open > 0;
	s->done = s->cash && !s->waiting;
	add_sum(&c->work->out->all, s);
	add_sum(&c->work->out->group[r->group], s);
	add_sum(&c->units.at[r->unit].is.sum, s);
	add_sum(&c->hamlets.at[r->hamlet].is.sum, s);
}

static bool read_person(struct counting *c, sqlite3_stmt *st, const char *unit,
	struct err *err)
{
	struct reading *r = &c->now;
	uint8_t plain[SEALED_PLAIN];
	struct dwelling lives;
	struct sealed s;
	bool ok;

	ok = sealed_read(c->work->db, st, 2, DATAKEY_PERSON, r->id, plain, &s,
		err);
	if (ok) {
		r->group = group_of(s.text[SEALED_GROUP]);
		dwelling_read(s.text[SEALED_ADDRESS], &lives);
		r->unit = place_of(&c->units, r->unit, unit, "", "");
		r->hamlet = place_of(&c->hamlets, r->hamlet, unit, lives.key,
			lives.hamlet);
		ok = (r->unit >= 0 && r->hamlet >= 0) ||
		     err_set(err, ERR_NO_MEMORY, 0, "no memory for hamlets");
	}
	crypto_wipe(plain, sizeof(plain));
	crypto_wipe(&lives, sizeof(lives));
	return ok;
}

static bool begin_person(struct counting *c, sqlite3_stmt *st, int64_t id,
	struct err *err)
{
	const char *only = c->work->asked->unit;
	char unit[PAYLIST_CODE_SIZE];
	struct reading *r = &c->now;

	end_person(c);
	r->id = id;
	r->sum = (struct board_sum){.people = 0};
	stmt_column_text(st, 1, unit, sizeof(unit));
	r->counts = !only[0] || strcmp(only, unit) == 0;
	return !r->counts || read_person(c, st, unit, err);
}

static void take_row(struct counting *c, sqlite3_stmt *st)
{
	struct board_sum *s = &c->now.sum;
	const int64_t amount = sqlite3_column_int64(st, 3);
	const bool paid = sqlite3_column_int(st, 5);

	if (!paid && (sqlite3_column_int(st, 8) || sqlite3_column_int(st, 6)))
		return;
	s->people = 1;
	s->due += amount;
	if (!paid && sqlite3_column_int(st, 4)) {
		s->account = 1;
		s->by_account += amount;
		return;
	}
	s->cash = 1;
	c->work->paid_here += paid;
	if (paid)
		s->paid += amount;
	else if (sqlite3_column_int(st, 7))
		s->elsewhere += amount;
	else
		s->open += amount;
}

static bool read_lists(struct counting *c, struct err *err)
{
	sqlite3_stmt *st = stmt_get(c->work->db, &board_stmts, LISTED);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	stmt_int(st, ":period", c->work->out->period);
	while (ok && (got = stmt_row(c->work->db, st, err)) == LOOKUP_FOUND) {
		const int64_t id = sqlite3_column_int64(st, 0);

		ok = (id == c->now.id || begin_person(c, st, id, err)) &&
		     board_tell(c->work, err);
		if (ok && c->now.counts)
			take_row(c, st);
	}
	stmt_done(st);
	end_person(c);
	return ok && got == LOOKUP_ABSENT;
}

/* ---- in order ------------------------------------------------------------ */

static int by_place(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;
	const int order = strcmp(x->is.unit, y->is.unit);

	if (order)
		return order;
	if (!x->key[0] || !y->key[0])
		return (y->key[0] != '\0') - (x->key[0] != '\0');
	return dwelling_compare(x->key, y->key);
}

/* Those with anybody; NULL and no places at all is fine. */
static bool put_places(struct places *from, struct board_place **out,
	int *count, struct err *err)
{
	struct board_place *place;

	*count = 0;
	if (from->count == 0)
		return true;
	qsort(from->at, (size_t)from->count, sizeof(*from->at), by_place);
	place = calloc((size_t)from->count, sizeof(*place));
	if (!place)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for hamlets");
	for (int i = 0; i < from->count; i++)
		if (from->at[i].is.sum.people > 0)
			place[(*count)++] = from->at[i].is;
	*out = place;
	return true;
}

/* ---- all of it ----------------------------------------------------------- */

static bool number(struct board_work *w, int which, int64_t *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(w->db, &board_stmts, which);

	if (which == ROWS)
		stmt_int(st, ":period", w->out->period);
	if (stmt_row(w->db, st, err) != LOOKUP_FOUND)
		return false;
	*out = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

bool board_newest(struct db *db, int32_t *out, struct err *err)
{
	struct board_work w = {.db = db};
	int64_t newest;

	if (!number(&w, NEWEST, &newest, err))
		return false;
	*out = (int32_t)newest;
	return true;
}

static bool find_period(struct board_work *w, struct err *err)
{
	int64_t rows;

	w->out->period = w->asked->period;
	if (!w->out->period && !board_newest(w->db, &w->out->period, err))
		return false;
	if (!number(w, ROWS, &rows, err))
		return false;
	w->all = rows;
	return true;
}

static bool name_units(struct board_work *w, struct err *err)
{
	struct board *b = w->out;

	for (int i = 0; i < b->units; i++)
		if (units_name(w->db, b->unit[i].unit, b->unit[i].name,
			    sizeof(b->unit[i].name), err) == LOOKUP_FAILED)
			return false;
	return units_name(w->db, b->only, b->only_name, sizeof(b->only_name),
		       err) != LOOKUP_FAILED;
}

static bool count_lists(struct board_work *w, struct err *err)
{
	struct counting c = {.work = w};
	bool ok =
		read_lists(&c, err) &&
		put_places(&c.units, &w->out->unit, &w->out->units, err) &&
		put_places(&c.hamlets, &w->out->hamlet, &w->out->hamlets, err);

	free(c.units.at);
	free(c.hamlets.at);
	return ok;
}

struct board *board_make(struct db *db, const struct board_asked *asked,
	struct err *err)
{
	struct board_work w = {.db = db, .asked = asked};
	bool ok;

	w.out = calloc(1, sizeof(*w.out));
	if (!w.out) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the board");
		return NULL;
	}
	w.out->at = clock_wall_ms();
	str_copy(w.out->only, sizeof(w.out->only), asked->unit);
	ok = datakey_needed(db, err) && db_read_begin(db, err);
	if (ok) {
		ok = find_period(&w, err) && board_records_begin(&w, err) &&
		     count_lists(&w, err) && name_units(&w, err) &&
		     board_records(&w, err);
		db_read_end(db);
	}
	board_records_end(&w);
	if (ok)
		return w.out;
	board_free(w.out);
	return NULL;
}

void board_free(struct board *b)
{
	if (!b)
		return;
	free(b->unit);
	free(b->hamlet);
	free(b);
}
