/* list_look.c - one payment list, hamlet by hamlet, and what it corrected. */
#include "db/list_look.h"

#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/watch.h"

enum {
	PEOPLE,
	STANDS,
	FIXED,
	COUNT
};

enum {
	TELL_EVERY = 512
};

/*
 * A list and those whose place it took: what it left as it was is theirs
 * still, and counts here. Otherwise as lists_here.c counts.
 */
#define CHAIN                                                                \
	"WITH RECURSIVE chain (id) AS (SELECT :list UNION SELECT l.replaces" \
	" FROM list l JOIN chain c ON l.id = c.id WHERE l.replaces > 0) "
#define SUMS                                                             \
	" sum(CASE e.by_account WHEN 0 THEN e.amount ELSE 0 END) AS c,"  \
	" sum(CASE WHEN x.ent IS NOT NULL THEN e.amount ELSE 0 END)"     \
	"  AS paid,"                                                     \
	" sum(CASE WHEN x.ent IS NULL AND w.ent IS NOT NULL THEN"        \
	"  e.amount ELSE 0 END) AS away,"                                \
	" sum(e.by_account = 0 AND x.ent IS NULL AND w.ent IS NULL"      \
	"  AND e.carried_by IS NULL) AS open,"                           \
	" sum(CASE e.by_account WHEN 1 THEN e.amount ELSE 0 END) AS acc" \
	" FROM entitlement e JOIN person p ON p.id = e.person"           \
	" LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"             \
	" LEFT JOIN paid_elsewhere w ON w.ent = e.ent"                   \
	" WHERE e.list IN (SELECT id FROM chain) GROUP BY e.person"

static const char *const sql[COUNT] = {
	[PEOPLE] =
		(CHAIN "SELECT e.person, p.unit_code, p.sealed,"
		       " coalesce((SELECT a.user FROM assigned a"
		       "  WHERE a.person = e.person), 0)," SUMS " /* scan */"),
	[STANDS] = (CHAIN
		"SELECT coalesce(sum(c > 0), 0), coalesce(sum(c), 0),"
		" coalesce(sum(paid), 0), coalesce(sum(away), 0),"
		" coalesce(sum(c > 0 AND open = 0), 0), coalesce(sum(acc), 0)"
		" FROM (SELECT" SUMS ") /* scan */"),
	[FIXED] = ("SELECT kind, count(DISTINCT person), count(*),"
		   " sum(CASE WHEN kept = 0 AND was > now THEN was - now"
		   "  ELSE 0 END),"
		   " sum(CASE WHEN kept = 0 AND now > was THEN now - was"
		   "  ELSE 0 END)"
		   " FROM list_fix WHERE list = :list GROUP BY kind"),
};

const struct stmt_set list_look_stmts = {"list_look", sql, COUNT};

enum {
	AT_PERSON,
	AT_UNIT,
	AT_SEALED,
	AT_USER,
	AT_CASH,
	AT_PAID,
	AT_AWAY,
	AT_OPEN,
	AT_ACCOUNT
};

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NO_MEMORY, 0, "no memory to look at a list");
}

/* ---- which lists ----------------------------------------------------------- */

/* Who took it, out of its IMPORT record. */
static bool read_taker(struct db *db, struct list_taken *t, struct err *err)
{
	struct journal_row row;
	struct record r;
	const char *finding = "it is not there";
	const enum lookup got = journal_row(db, t->is.seq, &row, err);

	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_ABSENT ||
		!record_decode(row.body, row.len, &r, &finding))
		return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)t->is.seq, finding);
	t->actor = (int64_t)r.actor;
	return payouts_user_name(db, t->actor, t->actor_name,
		sizeof(t->actor_name), err);
}

/* What stands under it, if a correction moved anything. */
static bool read_standing(struct db *db, struct list_here *l, struct err *err)
{
	sqlite3_stmt *st;

	if (l->replaced_by)
		l->people = l->cash = l->paid = l->elsewhere = l->people_paid =
			l->by_account = 0;
	if (l->replaced_by || !l->replaces)
		return true;
	st = stmt_get(db, &list_look_stmts, STANDS);
	stmt_int(st, ":list", l->id);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	l->people = sqlite3_column_int64(st, 0);
	l->cash = sqlite3_column_int64(st, 1);
	l->paid = sqlite3_column_int64(st, 2);
	l->elsewhere = sqlite3_column_int64(st, 3);
	l->people_paid = sqlite3_column_int64(st, 4);
	l->by_account = sqlite3_column_int64(st, 5);
	stmt_done(st);
	return true;
}

static bool fill(struct db *db, struct list_taken *t, struct err *err)
{
	return read_standing(db, &t->is, err) && read_taker(db, t, err);
}

static bool on_shelf(void *ctx, const struct list_here *l)
{
	struct list_shelf *s = ctx;

	s->more = s->count == LIST_LOOK_LISTS;
	if (s->more)
		return false;
	s->list[s->count++] = (struct list_taken){.is = *l};
	return true;
}

/* A corrected list comes behind the one that took its place. */
static int newer_first(const void *a, const void *b)
{
	const struct list_here *x = &((const struct list_taken *)a)->is;
	const struct list_here *y = &((const struct list_taken *)b)->is;

	if (x->period != y->period)
		return x->period < y->period ? 1 : -1;
	return (x->id < y->id) - (x->id > y->id);
}

bool list_look_all(struct db *db, struct list_shelf *out, struct err *err)
{
	out->count = 0;
	out->more = false;
	if (!lists_here_each(db, on_shelf, out, err))
		return false;
	if (out->count > 1)
		qsort(out->list, (size_t)out->count, sizeof(out->list[0]),
			newer_first);
	for (int i = 0; i < out->count; i++)
		if (!fill(db, &out->list[i], err))
			return false;
	return true;
}

struct finding {
	int64_t list;
	struct list_taken *out;
	bool found;
};

static bool is_it(void *ctx, const struct list_here *l)
{
	struct finding *f = ctx;

	if (l->id != f->list)
		return true;
	*f->out = (struct list_taken){.is = *l};
	f->found = true;
	return false;
}

static enum lookup find(struct db *db, int64_t list, struct list_taken *out,
	struct err *err)
{
	struct finding f = {.list = list, .out = out};

	if (!lists_here_each(db, is_it, &f, err))
		return LOOKUP_FAILED;
	if (!f.found)
		return LOOKUP_ABSENT;
	return fill(db, out, err) ? LOOKUP_FOUND : LOOKUP_FAILED;
}

/* ---- hamlets --------------------------------------------------------------- */

/* Hamlets as they are met; key: what is equal if it is one. */
struct place {
	struct list_hamlet is;
	char key[DWELLING_TEXT_SIZE];
};

struct counting {
	struct db *db;
	int64_t done; /* people so far … */
	int64_t all;  /* … of about */
	struct place *at;
	int count;
	int room;
	int last; /* who live together stand together on lists */
};

static bool is_place(const struct place *p, const char *unit, const char *key)
{
	return strcmp(p->key, key) == 0 && strcmp(p->is.unit, unit) == 0;
}

/* NULL: no memory. */
static struct place *place_of(struct counting *c, const char *unit,
	const struct dwelling *lives)
{
	struct place *p;

	if (c->last < c->count && is_place(&c->at[c->last], unit, lives->key))
		return &c->at[c->last];
	for (int i = 0; i < c->count; i++)
		if (is_place(&c->at[i], unit, lives->key)) {
			c->last = i;
			return &c->at[i];
		}
	if (c->count == c->room) {
		const int room = 2 * c->room + 32;

		p = realloc(c->at, (size_t)room * sizeof(*p));
		if (!p)
			return NULL;
		c->at = p;
		c->room = room;
	}
	c->last = c->count++;
	p = &c->at[c->last];
	*p = (struct place){.is = {.people = 0}};
	str_copy(p->is.unit, sizeof(p->is.unit), unit);
	str_copy(p->is.hamlet, sizeof(p->is.hamlet), lives->hamlet);
	str_copy(p->key, sizeof(p->key), lives->key);
	return p;
}

static void add_user(struct place *p, int64_t user)
{
	if (user == 0)
		return;
	if (p->is.assigned++ == 0)
		p->is.user = user;
	else if (p->is.user != user)
		p->is.user = 0;
}

static bool add_person(struct counting *c, sqlite3_stmt *st, struct err *err)
{
	const int64_t cash = sqlite3_column_int64(st, AT_CASH);
	char unit[PAYLIST_CODE_SIZE];
	uint8_t plain[SEALED_PLAIN];
	struct dwelling lives;
	struct place *p = NULL;
	struct sealed s;
	bool ok;

	stmt_column_text(st, AT_UNIT, unit, sizeof(unit));
	ok = sealed_read(c->db, st, AT_SEALED, DATAKEY_PERSON,
		sqlite3_column_int64(st, AT_PERSON), plain, &s, err);
	if (ok) {
		dwelling_read(s.text[SEALED_ADDRESS], &lives);
		p = place_of(c, unit, &lives);
		crypto_wipe(&lives, sizeof(lives));
	}
	crypto_wipe(plain, sizeof(plain));
	if (!ok || !p)
		return ok && no_memory(err);
	p->is.people++;
	p->is.cash_people += cash > 0;
	p->is.done += cash > 0 && sqlite3_column_int64(st, AT_OPEN) == 0;
	p->is.cash += cash;
	p->is.paid += sqlite3_column_int64(st, AT_PAID) +
		      sqlite3_column_int64(st, AT_AWAY);
	p->is.by_account += sqlite3_column_int64(st, AT_ACCOUNT);
	add_user(p, sqlite3_column_int64(st, AT_USER));
	return ++c->done % TELL_EVERY != 0 ||
	       db_watch_step(c->db, c->done, c->all, err);
}

static bool read_people(struct counting *c, int64_t list, struct err *err)
{
	sqlite3_stmt *st = stmt_get(c->db, &list_look_stmts, PEOPLE);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	stmt_int(st, ":list", list);
	while (ok && (got = stmt_row(c->db, st, err)) == LOOKUP_FOUND)
		ok = add_person(c, st, err);
	if (!ok)
		stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

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

static bool count_hamlets(struct db *db, struct list_look *l, struct err *err)
{
	struct counting c = {.db = db, .all = l->list.is.rows};
	bool ok = read_people(&c, l->list.is.id, err);

	if (ok && c.count > 0) {
		qsort(c.at, (size_t)c.count, sizeof(*c.at), by_place);
		l->hamlet = calloc((size_t)c.count, sizeof(*l->hamlet));
		ok = l->hamlet != NULL || no_memory(err);
	}
	for (int i = 0; ok && l->hamlet && i < c.count; i++) {
		struct list_hamlet *h = &l->hamlet[l->hamlets++];

		*h = c.at[i].is;
		ok = h->user == 0 ||
		     payouts_user_name(db, h->user, h->user_name,
			     sizeof(h->user_name), err);
	}
	free(c.at);
	return ok;
}

/* ---- what it corrected ------------------------------------------------------ */

static bool on_fix(void *ctx, const struct list_fixed *f)
{
	struct list_look *l = ctx;

	l->fix[l->kept++] = *f;
	return l->kept < LIST_LOOK_FIXES;
}

static bool read_fixes(struct db *db, struct list_look *l, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &list_look_stmts, FIXED);
	enum lookup got;

	stmt_int(st, ":list", l->list.is.id);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const int kind = sqlite3_column_int(st, 0);

		if (kind >= 0 && kind < LIST_FIX_KINDS)
			l->fixed[kind] = sqlite3_column_int64(st, 1);
		l->fixes += sqlite3_column_int64(st, 2);
		l->less += sqlite3_column_int64(st, 3);
		l->more += sqlite3_column_int64(st, 4);
	}
	return got == LOOKUP_ABSENT &&
	       lists_here_fixes(db, l->list.is.id, on_fix, l, err);
}

/* ---- all of it -------------------------------------------------------------- */

static enum lookup look(struct db *db, int64_t list, struct list_look *l,
	struct err *err)
{
	const enum lookup got = find(db, list, &l->list, err);

	if (got != LOOKUP_FOUND)
		return got;
	return (l->list.is.replaced_by || count_hamlets(db, l, err)) &&
			       read_fixes(db, l, err)
		       ? LOOKUP_FOUND
		       : LOOKUP_FAILED;
}

enum lookup list_look_one(struct db *db, int64_t list, struct list_look **out,
	struct err *err)
{
	struct list_look *l;
	enum lookup got;

	*out = NULL;
	if (!datakey_needed(db, err))
		return LOOKUP_FAILED;
	l = calloc(1, sizeof(*l));
	if (!l) {
		no_memory(err);
		return LOOKUP_FAILED;
	}
	got = LOOKUP_FAILED;
	if (db_read_begin(db, err)) {
		got = look(db, list, l, err);
		db_read_end(db);
	}
	if (got == LOOKUP_FOUND)
		*out = l;
	else
		list_look_free(l);
	return got;
}

void list_look_free(struct list_look *l)
{
	if (!l)
		return;
	free(l->hamlet);
	crypto_wipe(l, sizeof(*l));
	free(l);
}
