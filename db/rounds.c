/* rounds.c - the list of visits, made of people, addresses and records. */
#include "db/rounds.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/dwelling.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/people_internal.h"
#include "db/rounds_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"

enum {
	EVERYBODY,
	ONE,
	COUNT
};

enum {
	ANSWER_VERIFIED = 1,
	PERSON_MOST = 100000000 /* rows: a number above was tampered with */
};

/*
 * What there is of a person beside his own row: whether the account pays all
 * of his newest list, or the bank said that the account is his; a reason not
 * to pay that says that he is gone; his newest visit; whether he left.
 */
#define STANDING                                                             \
	" coalesce((SELECT min(" PEOPLE_BY_ACCOUNT                           \
	") FROM entitlement e WHERE"                                         \
	"  e.person = p.id AND e.list_period = p.period), 0)"                \
	" OR coalesce((SELECT a.state FROM account_state a WHERE"            \
	"  a.person = p.id ORDER BY a.seq DESC LIMIT 1), 0) = 1,"            \
	" coalesce((SELECT n.reason FROM not_paid n WHERE n.person = p.id"   \
	"  AND (n.reason = 3 OR (n.reason = 2 AND n.seq >"                   \
	"   coalesce((SELECT l.seq FROM list l WHERE l.id = p.list), 0))))," \
	"  0),"                                                              \
	" coalesce(v.seq, 0), coalesce(v.t, 0), coalesce(v.actor, 0),"       \
	" coalesce(v.result, 0), coalesce(v.reason, 0),"                     \
	" coalesce(v.next_day, 0),"                                          \
	" coalesce((SELECT c.kind FROM change c WHERE c.person = p.id"       \
	"  AND c.kind IN (1, 2) ORDER BY c.seq DESC LIMIT 1), 0) = 2"        \
	" FROM person p LEFT JOIN visit v ON v.seq ="                        \
	"  (SELECT max(w.seq) FROM visit w WHERE w.person = p.id)"

static const char *const sql[COUNT] = {
	[EVERYBODY] = "SELECT p.id, p.unit_code, p.period, p.sealed," STANDING
		      " WHERE p.sealed IS NOT NULL ORDER BY p.id /* scan */",
	[ONE] = "SELECT p.id, 0, 0, 0," STANDING " WHERE p.id = :id",
};

const struct stmt_set rounds_stmts = {"rounds", sql, COUNT};

/* Columns of both. */
enum {
	AT_ID,
	AT_UNIT,
	AT_PERIOD,
	AT_SEALED,
	AT_CONVERTED,
	AT_GONE,
	AT_LAST,
	AT_LAST_T,
	AT_LAST_ACTOR,
	AT_RESULT,
	AT_REASON,
	AT_NEXT,
	AT_LEFT
};

/* ---- texts that many have ------------------------------------------------- */

/* Each text once, by its number from 0 on. */
struct texts {
	char *bytes; /* one behind the other, each with its NUL */
	size_t used;
	size_t room;
	size_t *at; /* by number */
	int32_t count;
	int32_t most;
	int32_t *slot; /* number + 1; 0: free */
	size_t slots;
};

static void texts_free(struct texts *t)
{
	if (t->bytes)
		crypto_wipe(t->bytes, t->room);
	free(t->bytes);
	free(t->at);
	free(t->slot);
	*t = (struct texts){0};
}

static const char *text_of(const struct texts *t, int32_t number)
{
	return t->bytes + t->at[number];
}

/* The slot of a text, or the free one where it belongs. */
static size_t slot_of(const struct texts *t, const char *text)
{
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

	for (const char *c = text; *c; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	for (size_t i = (size_t)hash & (t->slots - 1);;
		i = (i + 1) & (t->slots - 1))
		if (t->slot[i] == 0 ||
			strcmp(text_of(t, t->slot[i] - 1), text) == 0)
			return i;
}

static bool texts_wider(struct texts *t)
{
	const size_t slots = t->slots ? 2 * t->slots : 1024;
	int32_t *slot = calloc(slots, sizeof(*slot));

	if (!slot)
		return false;
	free(t->slot);
	t->slot = slot;
	t->slots = slots;
	for (int32_t i = 0; i < t->count; i++)
		t->slot[slot_of(t, text_of(t, i))] = i + 1;
	return true;
}

static bool texts_room(struct texts *t, size_t len)
{
	if (t->used + len > t->room) {
		const size_t room = 2 * (t->used + len) + 4096;
		char *moved = realloc(t->bytes, room);

		if (!moved)
			return false;
		t->bytes = moved;
		t->room = room;
	}
	if (t->count == t->most) {
		const int32_t most = 2 * t->most + 256;
		size_t *moved = realloc(t->at, (size_t)most * sizeof(*moved));

		if (!moved)
			return false;
		t->at = moved;
		t->most = most;
	}
	return (size_t)t->count * 2 < t->slots || texts_wider(t);
}

/* The number of a text, -1: no memory. */
static int32_t texts_put(struct texts *t, const char *text)
{
	const size_t len = strlen(text) + 1;
	size_t i;

	if (!texts_room(t, len))
		return -1;
	assert(t->bytes);
	i = slot_of(t, text);
	if (t->slot[i] == 0) {
		memcpy(t->bytes + t->used, text, len);
		t->at[t->count] = t->used;
		t->used += len;
		t->slot[i] = ++t->count;
	}
	return t->slot[i] - 1;
}

/* ---- everybody -------------------------------------------------------------- */

/* A row with what it is sorted by. */
struct raw {
	struct rounds_row row;
	int32_t unit;   /* in build.units */
	int32_t hamlet; /* in build.hamlets: unit, then key */
	int32_t name;   /* in build.names: as written */
	int32_t street; /* in build.streets */
	int32_t period;
	bool has_house;
	uint8_t house[DWELLING_HOUSE_SIZE];
};

struct build {
	int32_t seen; /* people that were read */
	struct raw *raw;
	int32_t count;
	int32_t room;
	struct texts units;
	struct texts hamlets; /* "unit number/key" */
	struct texts names;
	struct texts streets;
	/* The same address again, as most people of a hamlet have it. */
	char address[PEOPLE_ADDRESS_SIZE];
	struct dwelling home;
};

static void build_free(struct build *b)
{
	if (b->raw)
		crypto_wipe(b->raw, (size_t)b->room * sizeof(*b->raw));
	free(b->raw);
	texts_free(&b->units);
	texts_free(&b->hamlets);
	texts_free(&b->names);
	texts_free(&b->streets);
	crypto_wipe(b, sizeof(*b));
}

static void read_standing(sqlite3_stmt *st, struct rounds_row *row)
{
	const int gone = sqlite3_column_int(st, AT_GONE);

	row->converted = sqlite3_column_int(st, AT_CONVERTED) != 0;
	row->gone = gone != 0;
	row->last = (uint64_t)sqlite3_column_int64(st, AT_LAST);
	row->last_t = sqlite3_column_int64(st, AT_LAST_T);
	row->last_actor = sqlite3_column_int(st, AT_LAST_ACTOR);
	row->next_day = sqlite3_column_int(st, AT_NEXT);
	row->result =
		(uint8_t)visit_result_of((uint64_t)sqlite3_column_int64(st,
						 AT_RESULT),
			(uint64_t)sqlite3_column_int64(st, AT_REASON));
	if (gone)
		row->result = gone == NOT_PAID_DIED ? VISIT_DIED : VISIT_MOVED;
}

static bool set_home(struct build *b, struct raw *raw, const char *address)
{
	const struct dwelling *home = &b->home;
	char hamlet[DWELLING_TEXT_SIZE + 16];

	if (strcmp(address, b->address) != 0) {
		str_copy(b->address, sizeof(b->address), address);
		dwelling_read(address, &b->home);
	}
	snprintf(hamlet, sizeof(hamlet), "%d/%s", (int)raw->unit, home->key);
	raw->hamlet = texts_put(&b->hamlets, hamlet);
	raw->name = texts_put(&b->names, home->hamlet);
	raw->street = texts_put(&b->streets, home->street);
	raw->has_house = home->has_house;
	memcpy(raw->house, home->house, sizeof(raw->house));
	return raw->hamlet >= 0 && raw->name >= 0 && raw->street >= 0;
}

static bool build_room(struct build *b)
{
	const int32_t room = b->room + b->room / 2 + 1024;
	struct raw *moved;

	if (b->count < b->room)
		return true;
	moved = realloc(b->raw, (size_t)room * sizeof(*moved));
	if (!moved)
		return false;
	b->raw = moved;
	b->room = room;
	return true;
}

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NO_MEMORY, 0,
		"no memory for the list of"
		" visits");
}

static bool take_in(struct db *db, struct build *b, sqlite3_stmt *st,
	struct err *err)
{
	const int64_t id = sqlite3_column_int64(st, AT_ID);
	char unit[PAYLIST_CODE_SIZE];
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;
	struct raw *raw;
	bool ok;

	b->seen++;
	if (sqlite3_column_int(st, AT_LEFT) != 0)
		return true;
	if (id < 1 || id > PERSON_MOST)
		return err_set(err, ERR_CORRUPT, 0, "a person has number %lld",
			(long long)id);
	if (!build_room(b))
		return no_memory(err);
	raw = &b->raw[b->count];
	*raw = (struct raw){.row = {.id = (int32_t)id},
		.period = sqlite3_column_int(st, AT_PERIOD)};
	stmt_column_text(st, AT_UNIT, unit, sizeof(unit));
	if (!sealed_read(db, st, AT_SEALED, DATAKEY_PERSON, id, plain, &s, err))
		return false;
	read_standing(st, &raw->row);
	raw->row.list_seq = (uint32_t)s.seq;
	raw->unit = texts_put(&b->units, unit);
	ok = raw->unit >= 0 && set_home(b, raw, s.text[SEALED_ADDRESS]);
	crypto_wipe(plain, sizeof(plain));
	b->count += ok;
	return ok || no_memory(err);
}

static bool read_everybody(struct db *db, struct build *b, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &rounds_stmts, EVERYBODY);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		ok = take_in(db, b, st, err);
	if (!ok)
		stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

/* Who is not on the newest list of his unit is not on this one. False: no
 * memory. */
static bool keep_newest(struct build *b)
{
	int32_t *newest = calloc((size_t)b->units.count + 1, sizeof(*newest));
	int32_t kept = 0;

	if (!newest)
		return false;
	for (int32_t i = 0; i < b->count; i++)
		if (b->raw[i].period > newest[b->raw[i].unit])
			newest[b->raw[i].unit] = b->raw[i].period;
	for (int32_t i = 0; i < b->count; i++)
		if (b->raw[i].period == newest[b->raw[i].unit])
			b->raw[kept++] = b->raw[i];
	b->count = kept;
	free(newest);
	return true;
}

/* ---- in order --------------------------------------------------------------- */

/* Numbers of texts, sorted by what they say; the other way round: ranks. */
struct ranking {
	const struct texts *texts;
	int (*compare)(const char *a, const char *b);
};

static int compare_texts(const void *a, const void *b, void *ctx)
{
	const struct ranking *r = ctx;

	return r->compare(text_of(r->texts, *(const int32_t *)a),
		text_of(r->texts, *(const int32_t *)b));
}

/* By their numbers: the place of each. NULL: no memory. */
static int32_t *ranks(const struct texts *t,
	int (*compare)(const char *a, const char *b))
{
	struct ranking r = {t, compare};
	const size_t count = (size_t)t->count;
	int32_t *order = calloc(count + 1, sizeof(*order));
	int32_t *rank = calloc(count + 1, sizeof(*rank));

	for (int32_t i = 0; order && i < t->count; i++)
		order[i] = i;
	if (order && count > 1)
		qsort_r(order, count, sizeof(*order), compare_texts, &r);
	for (int32_t i = 0; order && rank && i < t->count; i++)
		rank[order[i]] = i;
	free(order);
	return rank;
}

/* "unit number/key": those without a key last. */
static int compare_hamlets(const char *a, const char *b)
{
	a = strchr(a, '/') + 1;
	b = strchr(b, '/') + 1;
	if (!*a || !*b)
		return (*a == '\0') - (*b == '\0');
	return dwelling_compare(a, b);
}

struct orders {
	int32_t *unit;
	int32_t *hamlet;
	int32_t *street;
};

static int by_number(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_raw(const void *a, const void *b, void *ctx)
{
	const struct orders *o = ctx;
	const struct raw *x = a;
	const struct raw *y = b;
	int c = by_number(o->unit[x->unit], o->unit[y->unit]);

	if (c == 0)
		c = by_number(o->hamlet[x->hamlet], o->hamlet[y->hamlet]);
	if (c == 0)
		c = by_number(x->hamlet, y->hamlet);
	if (c == 0)
		c = by_number(y->has_house, x->has_house);
	if (c == 0 && x->has_house)
		c = by_number(o->street[x->street], o->street[y->street]);
	if (c == 0 && x->has_house)
		c = memcmp(x->house, y->house, sizeof(x->house));
	if (c == 0)
		c = by_number(x->row.list_seq, y->row.list_seq);
	return c != 0 ? c : by_number(x->row.id, y->row.id);
}

static bool sort(struct build *b)
{
	struct orders o = {.unit = ranks(&b->units, strcmp),
		.hamlet = ranks(&b->hamlets, compare_hamlets),
		.street = ranks(&b->streets, dwelling_compare)};
	const bool ok = o.unit && o.hamlet && o.street;

	if (ok && b->count > 1)
		qsort_r(b->raw, (size_t)b->count, sizeof(*b->raw), compare_raw,
			&o);
	free(o.unit);
	free(o.hamlet);
	free(o.street);
	return ok;
}

/* ---- the list ----------------------------------------------------------------- */

void rounds_free(struct rounds *r)
{
	if (!r)
		return;
	if (r->row)
		crypto_wipe(r->row, (size_t)r->rows * sizeof(*r->row));
	if (r->hamlet)
		crypto_wipe(r->hamlet, (size_t)r->hamlets * sizeof(*r->hamlet));
	free(r->row);
	free(r->hamlet);
	free(r->unit);
	free(r->place);
	free(r);
}

/* As most of its people write it; the first of those who are as many. */
static void name_hamlet(const struct build *b, struct rounds_hamlet *h,
	int32_t *votes)
{
	int32_t best = b->raw[h->first].name;

	for (int32_t i = h->first; i < h->first + h->rows; i++)
		votes[b->raw[i].name] = 0;
	for (int32_t i = h->first; i < h->first + h->rows; i++) {
		const int32_t name = b->raw[i].name;

		if (++votes[name] > votes[best])
			best = name;
	}
	str_copy(h->name, sizeof(h->name), text_of(&b->names, best));
}

static void fill_hamlets(const struct build *b, struct rounds *r,
	int32_t *votes)
{
	for (int32_t i = 0; i < b->count; i++) {
		const struct raw *raw = &b->raw[i];
		struct rounds_hamlet *h = &r->hamlet[r->hamlets - 1];

		if (i == 0 || raw->hamlet != b->raw[i - 1].hamlet) {
			h = &r->hamlet[r->hamlets++];
			*h = (struct rounds_hamlet){.unit = raw->unit,
				.first = i};
			str_copy(h->key, sizeof(h->key),
				strchr(text_of(&b->hamlets, raw->hamlet), '/') +
					1);
		}
		h->rows++;
		r->row[i] = raw->row;
		r->row[i].hamlet = r->hamlets - 1;
		r->place[raw->row.id] = i + 1;
	}
	r->rows = b->count;
	for (int32_t i = 0; i < r->hamlets; i++)
		name_hamlet(b, &r->hamlet[i], votes);
}

static bool fill(const struct build *b, struct rounds *r)
{
	int32_t *votes = calloc((size_t)b->names.count + 1, sizeof(*votes));
	int64_t most = 0;

	for (int32_t i = 0; i < b->count; i++)
		if (b->raw[i].row.id > most)
			most = b->raw[i].row.id;
	r->places = most + 1;
	r->everybody = b->seen;
	r->place = calloc((size_t)r->places, sizeof(*r->place));
	r->row = calloc((size_t)b->count + 1, sizeof(*r->row));
	r->hamlet = calloc((size_t)b->hamlets.count + 1, sizeof(*r->hamlet));
	r->unit = calloc((size_t)b->units.count + 1, sizeof(*r->unit));
	if (!votes || !r->place || !r->row || !r->hamlet || !r->unit) {
		free(votes);
		return false;
	}
	r->units = b->units.count;
	for (int32_t i = 0; i < r->units; i++)
		str_copy(r->unit[i], sizeof(r->unit[i]), text_of(&b->units, i));
	fill_hamlets(b, r, votes);
	free(votes);
	return true;
}

static struct rounds *make(struct db *db, struct err *err)
{
	struct rounds *r = calloc(1, sizeof(*r));
	struct build b = {.count = 0};
	bool ok;

	if (!r) {
		no_memory(err);
		return NULL;
	}
	ok = read_everybody(db, &b, err);
	if (ok && (!keep_newest(&b) || !sort(&b) || !fill(&b, r)))
		ok = no_memory(err);
	build_free(&b);
	if (ok)
		return r;
	rounds_free(r);
	return NULL;
}

/* ---- kept right --------------------------------------------------------------- */

/* sqlite3_create_function_v2() callback: the person of a changed row. */
static void touch(sqlite3_context *context, int args, sqlite3_value **arg)
{
	struct db *db = sqlite3_user_data(context);
	struct rounds *r = db->people ? db->people->rounds : NULL;

	if (!r || args != 1)
		return;
	if (r->touches < ROUNDS_MAX_TOUCHED)
		r->touched[r->touches] = sqlite3_value_int64(arg[0]);
	r->touches++;
}

static bool watch(struct db *db, struct err *err)
{
	static const char triggers[] =
		"CREATE TEMP TRIGGER IF NOT EXISTS rounds_visit"
		" AFTER INSERT ON main.visit"
		" BEGIN SELECT rounds_touch(new.person); END;"
		"CREATE TEMP TRIGGER IF NOT EXISTS rounds_not_paid"
		" AFTER INSERT ON main.not_paid"
		" BEGIN SELECT rounds_touch(new.person); END;"
		"CREATE TEMP TRIGGER IF NOT EXISTS rounds_not_paid_up"
		" AFTER UPDATE ON main.not_paid"
		" BEGIN SELECT rounds_touch(new.person); END;"
		"CREATE TEMP TRIGGER IF NOT EXISTS rounds_payable"
		" AFTER DELETE ON main.not_paid"
		" BEGIN SELECT rounds_touch(old.person); END;"
		"CREATE TEMP TRIGGER IF NOT EXISTS rounds_account"
		" AFTER INSERT ON main.account_step"
		" BEGIN SELECT rounds_touch(new.person); END;"
		"CREATE TEMP TRIGGER IF NOT EXISTS rounds_answer"
		" AFTER INSERT ON main.account_state"
		" BEGIN SELECT rounds_touch(new.person); END;";

	if (db->people->rounds_watching)
		return true;
	if (sqlite3_create_function_v2(db->handle, "rounds_touch", 1,
		    SQLITE_UTF8 | SQLITE_INNOCUOUS, db, touch, NULL, NULL,
		    NULL) != SQLITE_OK)
		return db_failed(db, "watch the visits", err);
	db->people->rounds_watching = db_run(db, triggers, err);
	return db->people->rounds_watching;
}

static bool read_again(struct db *db, struct rounds *r, int64_t person,
	struct err *err)
{
	const int32_t place = rounds_place(r, person);
	sqlite3_stmt *st;
	enum lookup got;

	if (place < 0)
		return true;
	st = stmt_get(db, &rounds_stmts, ONE);
	stmt_int(st, ":id", person);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		read_standing(st, &r->row[place]);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

static bool catch_up(struct db *db, struct rounds *r, struct err *err)
{
	for (; r->touches > 0; r->touches--)
		if (!read_again(db, r, r->touched[r->touches - 1], err))
			return false;
	return true;
}

/* What a transaction has not committed yet is not to be remembered: inside of
 * one nothing is asked about visits. */
const struct rounds *rounds_now(struct db *db, struct err *err)
{
	struct people_cache *cache = people_cache(db, err);

	if (!cache || !datakey_needed(db, err))
		return NULL;
	if (db->depth > 0) {
		err_set(err, ERR_INVALID, 0,
			"the list of visits is asked in a transaction");
		return NULL;
	}
	if (!watch(db, err))
		return NULL;
	if (cache->rounds && cache->rounds->touches > ROUNDS_MAX_TOUCHED) {
		rounds_free(cache->rounds);
		cache->rounds = NULL;
	}
	if (!cache->rounds)
		cache->rounds = make(db, err);
	if (!cache->rounds || !catch_up(db, cache->rounds, err))
		return NULL;
	return cache->rounds;
}

/* ---- one row ------------------------------------------------------------------ */

int32_t rounds_place(const struct rounds *r, int64_t person)
{
	return person > 0 && person < r->places ? r->place[person] - 1 : -1;
}

bool rounds_is_due(const struct rounds_row *row, int32_t today)
{
	return !row->converted && !row->gone && row->next_day != 0 &&
	       row->next_day <= today;
}

bool rounds_is_done(const struct rounds_row *row, int32_t today)
{
	if (row->converted || rounds_is_due(row, today))
		return row->converted;
	return row->gone ||
	       (row->result != VISIT_NONE && row->result < VISIT_ABSENT);
}

int32_t rounds_unit(const struct rounds *r, const char *code)
{
	for (int32_t i = 0; i < r->units; i++)
		if (strcmp(r->unit[i], code) == 0)
			return i;
	return -1;
}

int32_t rounds_hamlet_of(const struct rounds *r, const char *unit,
	const char *name)
{
	const int32_t u = rounds_unit(r, unit);
	struct dwelling home;

	dwelling_read(name, &home);
	for (int32_t i = 0; i < r->hamlets; i++)
		if (r->hamlet[i].unit == u &&
			(strcmp(r->hamlet[i].name, name) == 0 ||
				strcmp(r->hamlet[i].key, home.key) == 0))
			return i;
	return -1;
}
