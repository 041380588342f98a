#include "db/visit_lists.h"

#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/rounds_internal.h"
#include "db/stmt.h"

enum {
	NEWEST_IN,
	FOLLOWUP,
	COUNTS,
	PEOPLE,
	COUNT
};

/*
 * NEWEST_IN: the newest visit of each in the period. FOLLOWUP: the newest of
 * each, if its day to come again is in the period; a visit after it answers
 * it. PEOPLE: reviewed in the period, and by its end; visits.h says what that
 * is: met, moved or died.
 */
static const char *const sql[COUNT] = {
	[NEWEST_IN] = "SELECT max(seq), result, reason FROM visit"
		      " WHERE t >= :from AND t < :until"
		      " GROUP BY person /* scan */",
	[FOLLOWUP] = "SELECT v.seq FROM visit v WHERE v.next_day >= :first"
		     " AND v.next_day <= :last AND NOT EXISTS"
		     "  (SELECT 1 FROM visit w WHERE w.person = v.person"
		     "   AND w.seq > v.seq) /* scan */",
	[COUNTS] = "SELECT count(*) FROM visit"
		   " WHERE t >= :from AND t < :until",
	[PEOPLE] = "SELECT count(DISTINCT person) FROM visit"
		   " WHERE t >= :from AND t < :until AND result IN (1, 3, 4)",
};

const struct stmt_set visit_lists_stmts = {"visit_lists", sql, COUNT};

static const char *const names[VISIT_LISTS] = {
	[VISIT_LIST_POLICE] = "police",
	[VISIT_LIST_JUSTICE] = "justice",
	[VISIT_LIST_HOMEVISIT] = "homevisit",
	[VISIT_LIST_GUARDIAN] = "guardian",
	[VISIT_LIST_FOLLOWUP] = "followup",
};

const char *visit_list_name(enum visit_list l)
{
	return names[l];
}

bool visit_list_parse(const char *name, enum visit_list *out)
{
	for (int l = 0; l < VISIT_LISTS; l++)
		if (strcmp(names[l], name) == 0) {
			*out = (enum visit_list)l;
			return true;
		}
	return false;
}

/* Whose task it is; VISIT_LISTS: nobody's. */
static enum visit_list list_of(enum visit_result r)
{
	switch (r) {
	case VISIT_NO_CARD:
	case VISIT_CARD_EXPIRED:
		return VISIT_LIST_POLICE;
	case VISIT_NO_BIRTH_PAPERS:
		return VISIT_LIST_JUSTICE;
	case VISIT_NO_FINGERPRINTS:
	case VISIT_CANNOT_MOVE:
		return VISIT_LIST_HOMEVISIT;
	case VISIT_NEEDS_GUARDIAN:
		return VISIT_LIST_GUARDIAN;
	default:
		return VISIT_LISTS;
	}
}

/* A month at UTC+7. */
struct month {
	int64_t from;
	int64_t until;
	int32_t first; /* its days, YYYYMMDD */
	int32_t last;
};

static bool month_of(int32_t period, struct month *out, struct err *err)
{
	struct date first = {0};
	struct date after;

	*out = (struct month){0};
	if (!period_valid(period) ||
		!date_make(period / 100, period % 100, 1, &first))
		return err_set(err, ERR_INVALID, 0, "no month");
	after = first.month == 12
			? (struct date){(int16_t)(first.year + 1), 1, 1}
			: (struct date){first.year, (int8_t)(first.month + 1),
				  1};
	*out = (struct month){.from = date_begins(first),
		.until = date_begins(after),
		.first = date_number(first),
		.last = date_number(date_of_days(date_days(after) - 1))};
	return true;
}

/* ---- which visits --------------------------------------------------------- */

struct listed {
	uint64_t seq;
	int32_t place; /* in the list of visits; who is on none: last */
};

struct listing {
	struct listed *row;
	size_t count;
	size_t room;
};

static bool add(struct listing *l, uint64_t seq, struct err *err)
{
	if (l->count == l->room) {
		const size_t room = 2 * l->room + 256;
		struct listed *moved = realloc(l->row, room * sizeof(*moved));

		if (!moved)
			return err_set(err, ERR_NO_MEMORY, 0,
				"no memory for a list");
		l->row = moved;
		l->room = room;
	}
	l->row[l->count++] = (struct listed){.seq = seq};
	return true;
}

static bool is_of(sqlite3_stmt *st, enum visit_list l)
{
	return l == VISIT_LIST_FOLLOWUP ||
	       list_of(visit_result_of((uint64_t)sqlite3_column_int64(st, 1),
		       (uint64_t)sqlite3_column_int64(st, 2))) == l;
}

static bool gather(struct db *db, enum visit_list l, const struct month *m,
	struct listing *out, struct err *err)
{
	const bool followup = l == VISIT_LIST_FOLLOWUP;
	sqlite3_stmt *st = stmt_get(db, &visit_lists_stmts,
		followup ? FOLLOWUP : NEWEST_IN);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	stmt_int(st, followup ? ":first" : ":from",
		followup ? m->first : m->from);
	stmt_int(st, followup ? ":last" : ":until",
		followup ? m->last : m->until);
	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		if (is_of(st, l))
			ok = add(out, (uint64_t)sqlite3_column_int64(st, 0),
				err);
	if (!ok)
		stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

static int compare(const void *a, const void *b)
{
	const struct listed *x = a;
	const struct listed *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static bool put_in_order(struct db *db, struct listing *l, struct err *err)
{
	const struct rounds *r = rounds_now(db, err);
	struct visit v;

	if (!r)
		return false;
	for (size_t i = 0; i < l->count; i++) {
		int32_t place;

		if (visits_get(db, l->row[i].seq, &v, err) != LOOKUP_FOUND)
			return false;
		place = rounds_place(r, v.person);
		l->row[i].place = place < 0 ? INT32_MAX : place;
	}
	if (l->count > 1)
		qsort(l->row, l->count, sizeof(*l->row), compare);
	return true;
}

bool visit_lists_each(struct db *db, enum visit_list l, int32_t period,
	bool (*each)(void *ctx, const struct visit *v, const struct person *p),
	void *ctx, struct err *err)
{
	struct listing list = {.count = 0};
	struct person_due due;
	struct month m;
	struct visit v;
	bool ok;

	*err = (struct err){.code = ERR_NONE};
	ok = month_of(period, &m, err) && gather(db, l, &m, &list, err) &&
	     put_in_order(db, &list, err);
	for (size_t i = 0; ok && i < list.count; i++) {
		ok = visits_get(db, list.row[i].seq, &v, err) == LOOKUP_FOUND &&
		     people_get(db, v.person, &due, err) == LOOKUP_FOUND;
		/* Who was erased is nobody's task any more. */
		if (ok && due.person.beneficiary_id[0])
			ok = each(ctx, &v, &due.person);
	}
	free(list.row);
	return ok;
}

/* ---- sums ------------------------------------------------------------------- */

static bool one_number(struct db *db, int index, int64_t from, int64_t until,
	int64_t *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &visit_lists_stmts, index);

	stmt_int(st, ":from", from);
	stmt_int(st, ":until", until);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

static bool sum_groups(struct db *db, const struct month *m,
	struct visit_sums *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &visit_lists_stmts, NEWEST_IN);
	enum lookup got;

	stmt_int(st, ":from", m->from);
	stmt_int(st, ":until", m->until);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		out->people++;
		out->result_people[visit_group(
			visit_result_of((uint64_t)sqlite3_column_int64(st, 1),
				(uint64_t)sqlite3_column_int64(st, 2)))]++;
	}
	return got != LOOKUP_FAILED;
}

bool visit_lists_sums(struct db *db, int32_t period, struct visit_sums *out,
	struct err *err)
{
	struct month m;

	*out = (struct visit_sums){.visits = 0};
	return month_of(period, &m, err) && sum_groups(db, &m, out, err) &&
	       one_number(db, COUNTS, m.from, m.until, &out->visits, err) &&
	       one_number(db, PEOPLE, m.from, m.until, &out->reviewed, err) &&
	       one_number(db, PEOPLE, INT64_MIN, m.until, &out->reviewed_until,
		       err);
}
