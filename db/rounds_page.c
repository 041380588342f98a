/* rounds_page.c - what the list of visits is asked: counts, pages, a day. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/people_internal.h"
#include "db/roles_internal.h"
#include "db/rounds_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"

enum {
	PERSON,
	OWN,
	TODAY,
	TODAY_PEOPLE,
	LAST_VISITED,
	ASSIGNED,
	COUNT
};

static const char *const sql[COUNT] = {
	[PERSON] = "SELECT unit_code, sealed FROM person WHERE id = :id",
	[OWN] = "SELECT EXISTS (SELECT 1 FROM visit_draft WHERE actor = :actor"
		"  AND person = :person),"
		" EXISTS (SELECT 1 FROM visit_plan WHERE actor = :actor"
		"  AND day = :day AND person = :person)",
	[TODAY] = "SELECT result, reason, count(*) FROM visit"
		  " WHERE t >= :from AND t < :until AND actor = :actor"
		  " GROUP BY result, reason",
	[TODAY_PEOPLE] = "SELECT count(DISTINCT person) FROM visit"
			 " WHERE t >= :from AND t < :until AND actor = :actor",
	[LAST_VISITED] = "SELECT person FROM visit WHERE actor = :actor"
			 " ORDER BY seq DESC LIMIT 1 /* scan */",
	[ASSIGNED] = "SELECT person FROM assigned WHERE user = :user",
};

const struct stmt_set rounds_page_stmts = {"rounds_page", sql, COUNT};

/* ---- counts --------------------------------------------------------------- */

static void count_row(const struct rounds_row *row, int32_t today,
	struct round_counts *c)
{
	c->people++;
	if (row->converted) {
		c->converted++;
		return;
	}
	c->visited += row->last > 0;
	c->done += rounds_is_done(row, today);
	c->due += rounds_is_due(row, today);
	c->group[visit_group((enum visit_result)row->result)]++;
}

bool rounds_counts(struct db *db, const char *unit, struct round_counts *out,
	struct err *err)
{
	const struct rounds *r = rounds_now(db, err);
	struct visits_day today;
	int32_t u;

	*out = (struct round_counts){.people = 0};
	if (!r)
		return false;
	visits_today(&today);
	u = rounds_unit(r, unit);
	for (int32_t i = 0; i < r->rows; i++)
		if (!unit[0] || r->hamlet[r->row[i].hamlet].unit == u)
			count_row(&r->row[i], today.number, out);
	return true;
}

static void fill_hamlet(const struct rounds *r, const struct rounds_hamlet *h,
	int32_t today, struct round_hamlet *out)
{
	*out = (struct round_hamlet){.count = {.people = 0}};
	str_copy(out->unit, sizeof(out->unit), r->unit[h->unit]);
	str_copy(out->name, sizeof(out->name), h->name);
	for (int32_t i = h->first; i < h->first + h->rows; i++)
		count_row(&r->row[i], today, &out->count);
}

bool rounds_hamlets(struct db *db, const char *unit, int first,
	struct round_hamlet *out, int max, int *count, bool *more,
	struct err *err)
{
	const struct rounds *r = rounds_now(db, err);
	struct visits_day today;
	int32_t u;

	*count = 0;
	*more = false;
	if (!r)
		return false;
	visits_today(&today);
	u = rounds_unit(r, unit);
	for (int32_t i = 0; i < r->hamlets; i++) {
		if (unit[0] && r->hamlet[i].unit != u)
			continue;
		if (first-- > 0)
			continue;
		if (*count == max) {
			*more = true;
			break;
		}
		fill_hamlet(r, &r->hamlet[i], today.number, &out[*count]);
		++*count;
	}
	return true;
}

/* How many of each hamlet are this user's; one number a hamlet. */
static bool count_mine(struct db *db, const struct rounds *r, int64_t user,
	int32_t *mine, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &rounds_page_stmts, ASSIGNED);
	enum lookup got;

	stmt_int(st, ":user", user);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const int32_t place =
			rounds_place(r, sqlite3_column_int64(st, 0));

		if (place >= 0)
			mine[r->row[place].hamlet]++;
	}
	return got == LOOKUP_ABSENT;
}

static bool take_mine(const struct rounds *r, const int32_t *mine, int first,
	struct round_hamlet *out, int max, int *count)
{
	struct visits_day today;

	visits_today(&today);
	for (int his = 1; his >= 0; his--)
		for (int32_t i = 0; i < r->hamlets; i++) {
			if ((mine[i] > 0) != (his == 1) || first-- > 0)
				continue;
			if (*count == max)
				return true;
			fill_hamlet(r, &r->hamlet[i], today.number,
				&out[*count]);
			out[(*count)++].mine = mine[i];
		}
	return false;
}

bool rounds_hamlets_for(struct db *db, int64_t user, int first,
	struct round_hamlet *out, int max, int *count, bool *more,
	struct err *err)
{
	const struct rounds *r = rounds_now(db, err);
	int32_t *mine;
	bool ok;

	*count = 0;
	*more = false;
	if (!r)
		return false;
	mine = calloc((size_t)r->hamlets + 1, sizeof(*mine));
	if (!mine)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for hamlets");
	ok = count_mine(db, r, user, mine, err);
	if (ok)
		*more = take_mine(r, mine, first, out, max, count);
	free(mine);
	return ok;
}

/* ---- a page ---------------------------------------------------------------- */

/* A question about the list, made ready. */
struct asked {
	const struct rounds *r;
	const struct round_filter *f;
	int32_t today;
	int32_t unit;  /* -1: all */
	int32_t first; /* rows that may be meant: of a hamlet, or all */
	int32_t until;
	uint8_t *match; /* by place, a bit; NULL: all */
};

static bool is_meant(const struct asked *q, int32_t place, int done)
{
	const struct rounds_row *row = &q->r->row[place];
	const bool is_done = rounds_is_done(row, q->today);

	if (row->converted && !q->f->converted)
		return false;
	if (q->unit >= 0 && q->r->hamlet[row->hamlet].unit != q->unit)
		return false;
	if (q->f->groups &&
		!(q->f->groups &
			1U << visit_group((enum visit_result)row->result)))
		return false;
	if (q->match && !(q->match[place / 8] & 1U << place % 8))
		return false;
	if (done >= 0 && is_done != (done == 1))
		return false;
	switch (q->f->which) {
	case ROUND_ALL:
		break;
	case ROUND_UNDONE:
		return !is_done;
	case ROUND_DONE:
		return is_done;
	case ROUND_DUE:
		return rounds_is_due(row, q->today);
	}
	return true;
}

/* A way through the rows: one after another, or the undone before the done. */
struct way {
	int done; /* 0 undone, 1 done; -1: all of them */
	int32_t place;
};

static bool turn(const struct asked *q, struct way *w, bool forward)
{
	if (!q->f->undone_first || w->done == (forward ? 1 : 0))
		return false;
	w->done = forward ? 1 : 0;
	w->place = forward ? q->first - 1 : q->until;
	return true;
}

/* To the next row that is meant, from w; false: there is none. */
static bool step(const struct asked *q, struct way *w, bool forward)
{
	do {
		for (w->place += forward ? 1 : -1;
			w->place >= q->first && w->place < q->until;
			w->place += forward ? 1 : -1)
			if (is_meant(q, w->place, w->done))
				return true;
	} while (turn(q, w, forward));
	return false;
}

static struct way way_from_end(const struct asked *q, bool forward)
{
	return (struct way){.done = !q->f->undone_first ? -1
				    : forward           ? 0
							: 1,
		.place = forward ? q->first - 1 : q->until};
}

/* Where a cursor stands; who is gone from the list: before the first. */
static struct way way_of(const struct asked *q, const struct round_cursor *c)
{
	const int32_t place = rounds_place(q->r, c->person);

	if (c->person == 0)
		return way_from_end(q, c->side != ROUND_BEFORE);
	if (place < q->first || place >= q->until)
		return way_from_end(q, true);
	return (struct way){.done = q->f->undone_first ? c->done : -1,
		.place = c->side == ROUND_AT ? place - 1 : place};
}

/* Bits of those whom the query finds. False: *err. */
static bool find_matches(struct db *db, struct asked *q, struct err *err)
{
	const struct rounds *r = q->r;
	int64_t *id;
	int found = -1;

	if (!q->f->query || !q->f->query[0])
		return true;
	id = calloc((size_t)r->everybody + 1, sizeof(*id));
	q->match = calloc((size_t)r->rows / 8 + 1, 1);
	if (id && q->match)
		found = people_match(db, q->f->query, id, r->everybody, err);
	else
		err_set(err, ERR_NO_MEMORY, 0, "no memory for what was found");
	for (int i = 0; i < found; i++) {
		const int32_t place = rounds_place(r, id[i]);

		if (place >= 0)
			q->match[place / 8] |= (uint8_t)(1U << place % 8);
	}
	free(id);
	return found >= 0;
}

/* False: nothing can be meant, or *err; then err->code is set. */
static bool ask(struct db *db, const struct round_filter *f, struct asked *q,
	struct err *err)
{
	const struct rounds *r = rounds_now(db, err);
	int32_t hamlet = -1;

	if (!r)
		return false;
	*q = (struct asked){.r = r, .f = f, .unit = -1, .until = r->rows};
	if (f->unit[0])
		q->unit = rounds_unit(r, f->unit);
	if (f->in_hamlet)
		hamlet = rounds_hamlet_of(r, f->unit, f->hamlet);
	if (hamlet >= 0) {
		q->first = r->hamlet[hamlet].first;
		q->until = q->first + r->hamlet[hamlet].rows;
	}
	if ((f->unit[0] && q->unit < 0) || (f->in_hamlet && hamlet < 0))
		q->until = q->first;
	return find_matches(db, q, err);
}

/* Places of the rows of a page, in order. */
static int take(const struct asked *q, const struct round_cursor *from, int max,
	int32_t place[ROUND_PAGE_MAX], bool *before, bool *after)
{
	const bool back = from->side == ROUND_BEFORE;
	struct way end = way_of(q, from);
	struct way start = end;
	int count = 0;

	while (count < max && step(q, &end, !back)) {
		if (count == 0)
			start = end;
		place[count++] = end.place;
	}
	*before = *after = false;
	if (count > 0) {
		struct way w = back ? end : start;

		*before = step(q, &w, false);
		w = back ? start : end;
		*after = step(q, &w, true);
	}
	for (int i = 0; back && i < count / 2; i++) {
		const int32_t swap = place[i];

		place[i] = place[count - 1 - i];
		place[count - 1 - i] = swap;
	}
	return count;
}

bool rounds_page(struct db *db, const struct session *s,
	const struct round_filter *f, const struct round_cursor *from,
	struct round_person *out, int max, int *count, bool *before,
	bool *after, struct err *err)
{
	int32_t place[ROUND_PAGE_MAX];
	struct asked q = {.r = NULL};
	struct visits_day today;
	bool ok;

	assert(max > 0 && max <= ROUND_PAGE_MAX);
	*count = 0;
	*before = *after = false;
	visits_today(&today);
	ok = ask(db, f, &q, err);
	q.today = today.number;
	if (ok)
		*count = take(&q, from, max, place, before, after);
	for (int i = 0; ok && i < *count; i++)
		ok = rounds_fill(db, s, q.r, place[i], &today, &out[i], err);
	free(q.match);
	return ok;
}

/* ---- a row ------------------------------------------------------------------ */

static bool fill_person(struct db *db, struct round_person *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &rounds_page_stmts, PERSON);
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;
	bool ok;

	stmt_int(st, ":id", out->id);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	stmt_column_text(st, 0, out->unit, sizeof(out->unit));
	ok = sealed_read(db, st, 1, DATAKEY_PERSON, out->id, plain, &s, err);
	if (ok) {
		str_copy(out->name, sizeof(out->name), s.text[SEALED_NAME]);
		str_copy(out->id12, sizeof(out->id12), s.text[SEALED_ID12]);
		str_copy(out->address, sizeof(out->address),
			s.text[SEALED_ADDRESS]);
		out->birth = people_birth(s.birth);
	}
	crypto_wipe(plain, sizeof(plain));
	stmt_done(st);
	return ok;
}

static bool fill_own(struct db *db, const struct session *s, int32_t day,
	struct round_person *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &rounds_page_stmts, OWN);

	stmt_int(st, ":actor", s->user.number);
	stmt_int(st, ":person", out->id);
	stmt_int(st, ":day", day);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	out->draft = sqlite3_column_int(st, 0) != 0;
	out->planned = sqlite3_column_int(st, 1) != 0;
	stmt_done(st);
	return true;
}

bool rounds_fill(struct db *db, const struct session *s, const struct rounds *r,
	int32_t place, const struct visits_day *today, struct round_person *out,
	struct err *err)
{
	const struct rounds_row *row = &r->row[place];

	*out = (struct round_person){.id = row->id,
		.list_seq = row->list_seq,
		.last = row->last,
		.last_t = row->last_t,
		.last_actor = row->last_actor,
		.result = (enum visit_result)row->result,
		.done = rounds_is_done(row, today->number),
		.due = rounds_is_due(row, today->number),
		.converted = row->converted};
	date_of_number(row->next_day, &out->next);
	str_copy(out->hamlet, sizeof(out->hamlet), r->hamlet[row->hamlet].name);
	return fill_person(db, out, err) &&
	       fill_own(db, s, today->number, out, err);
}

enum lookup rounds_person(struct db *db, const struct session *s,
	int64_t person, struct round_person *out, struct err *err)
{
	const struct rounds *r = rounds_now(db, err);
	struct visits_day today;
	int32_t place;

	if (!r)
		return LOOKUP_FAILED;
	place = rounds_place(r, person);
	if (place < 0)
		return LOOKUP_ABSENT;
	visits_today(&today);
	return rounds_fill(db, s, r, place, &today, out, err) ? LOOKUP_FOUND
							      : LOOKUP_FAILED;
}

/* ---- today ------------------------------------------------------------------- */

static const char target_name[] = "visit_target";

bool rounds_target(struct db *db, int64_t *out, struct err *err)
{
	char text[24];

	*out = ROUND_TARGET;
	if (!setting_get(db, target_name, text, sizeof(text), err))
		return false;
	/* A habit, of no value: what makes no sense was never said. */
	if (!str_to_int(text, 1, ROUND_TARGET_MAX, out))
		*out = ROUND_TARGET;
	return true;
}

static enum verdict set_target(struct db *db, const struct session *s,
	int64_t target, struct refusal *why, struct err *err)
{
	const enum verdict v = roles_may(db, s, ACT_VISIT_TARGET, why);
	char text[24];

	if (v != VERDICT_DONE)
		return v;
	snprintf(text, sizeof(text), "%lld", (long long)target);
	return setting_put(db, target_name, text, err) ? v : VERDICT_FAILED;
}

enum verdict rounds_set_target(struct db *db, const struct session *s,
	int64_t target, struct refusal *why, struct err *err)
{
	*why = (struct refusal){0};
	if (target < 1 || target > ROUND_TARGET_MAX) {
		err_set(err, ERR_INVALID, 0, "no target: %lld visits a day",
			(long long)target);
		return VERDICT_FAILED;
	}
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	return db_end_verdict(db, set_target(db, s, target, why, err), err);
}

static void bind_today(sqlite3_stmt *st, int64_t user,
	const struct visits_day *today)
{
	stmt_int(st, ":from", today->from);
	stmt_int(st, ":until", today->until);
	stmt_int(st, ":actor", user);
}

static bool count_today(struct db *db, int64_t user,
	const struct visits_day *today, struct round_today *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &rounds_page_stmts, TODAY);
	enum lookup got;

	bind_today(st, user, today);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const enum visit_result result =
			visit_result_of((uint64_t)sqlite3_column_int64(st, 0),
				(uint64_t)sqlite3_column_int64(st, 1));
		const int64_t n = sqlite3_column_int64(st, 2);

		out->visits += n;
		out->group[visit_group(result)] += n;
	}
	if (got == LOOKUP_FAILED)
		return false;
	st = stmt_get(db, &rounds_page_stmts, TODAY_PEOPLE);
	bind_today(st, user, today);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	out->people = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

bool rounds_today(struct db *db, int64_t user, struct round_today *out,
	struct err *err)
{
	struct visits_day today;

	*out = (struct round_today){.visits = 0};
	visits_today(&today);
	return count_today(db, user, &today, out, err) &&
	       rounds_target(db, &out->target, err) &&
	       rounds_plan_count(db, user, today.number, &out->planned, err);
}

bool rounds_last_visited(struct db *db, int64_t user, int64_t *person,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &rounds_page_stmts, LAST_VISITED);
	enum lookup got;

	*person = 0;
	stmt_int(st, ":actor", user);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*person = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}
