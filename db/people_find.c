/* people_find.c - from what an agent typed to the people it may mean. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "db/db_internal.h"
#include "db/people_internal.h"
#include "db/stmt.h"

enum {
	NAMES,
	BY_ID12,
	BY_LAST,
	FOUND,
	COUNT
};

/*
 * NAMES reads the table from end to end; its columns stand first in a row.
 * FOUND adds up all that is payable, whatever list it is on.
 */
static const char *const sql[COUNT] = {
	[NAMES] = "SELECT id, seq, birth, name, folded FROM person"
		  " /* scan */",
	[BY_ID12] = "SELECT id, seq, birth, name, folded FROM person"
		    " WHERE id12_back = :first",
	[BY_LAST] = "SELECT id, seq, birth, name, folded FROM person"
		    " WHERE id IN ("
		    "SELECT id FROM person"
		    " WHERE id12_back BETWEEN :first AND :last"
		    " UNION SELECT id FROM person"
		    " WHERE old_id_back BETWEEN :old_first AND :old_last)",
	[FOUND] = "SELECT p.id12, p.name, p.birth, p.address,"
		  " coalesce(sum(e.amount) FILTER (WHERE e.by_account = 0"
		  "  AND e.carried_by IS NULL AND x.seq IS NULL"
		  "  AND " PEOPLE_STOPPED " = 0), 0),"
		  " count(x.seq)"
		  " FROM person p LEFT JOIN entitlement e ON e.person = p.id"
		  " LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"
		  " WHERE p.id = :id",
};

const struct stmt_set people_find_stmts = {"people_find", sql, COUNT};

/* Ids that were found, not yet looked at. */
struct found {
	int64_t id[PEOPLE_MAX_FOUND];
	int count;
	int max;
	bool more;
};

static bool add_name(struct names *n, sqlite3_stmt *st)
{
	return names_add(n,
		&(struct names_person){.id = sqlite3_column_int64(st, 0),
			.seq = sqlite3_column_int64(st, 1),
			.birth = sqlite3_column_int64(st, 2),
			.name = (const char *)sqlite3_column_text(st, 3),
			.folded = (const char *)sqlite3_column_text(st, 4)});
}

/* The names, read into memory if they are not there. NULL: *err. */
static const struct names *names(struct db *db, struct err *err)
{
	struct people_cache *cache = people_cache(db, err);
	sqlite3_stmt *st;
	struct names *n;
	enum lookup got = LOOKUP_ABSENT;
	bool room;

	if (!cache || cache->names)
		return cache ? cache->names : NULL;
	st = stmt_get(db, &people_find_stmts, NAMES);
	n = names_new();
	room = n != NULL;
	while (room && (got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		room = add_name(n, st);
	if (room && got == LOOKUP_ABSENT) {
		names_added(n);
		cache->names = n;
		return n;
	}
	if (!room) {
		stmt_done(st);
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the names");
	}
	names_free(n);
	return NULL;
}

static bool in_memory(struct db *db, const struct people_query *q,
	struct found *f, struct err *err)
{
	const struct names *n = names(db, err);

	if (!n)
		return false;
	f->count =
		q->by == PEOPLE_BY_SEQ
			? names_by_seq(n, q->seq, f->id, f->max, &f->more)
			: names_search(n, q->folded, f->id, f->max, &f->more);
	return true;
}

/* Numbers that end in these digits: one stretch of each index. */
static sqlite3_stmt *bind_last(struct db *db, const char *digits)
{
	sqlite3_stmt *st = stmt_get(db, &people_find_stmts, BY_LAST);
	int64_t last = -1;
	int64_t first = people_back(digits, PERSONID_SIZE - 1, &last);

	stmt_int(st, ":first", first);
	stmt_int(st, ":last", last);
	first = 0;
	last = -1;
	if (strlen(digits) < PERSONID_OLD_SIZE)
		first = people_back(digits, PERSONID_OLD_SIZE - 1, &last);
	stmt_int(st, ":old_first", first);
	stmt_int(st, ":old_last", last);
	return st;
}

/*
 * All of these numbers, whose order is that of lists of people: a dozen among
 * 100,000. The small index of them is searched as the big one is.
 */
static bool in_order(struct db *db, sqlite3_stmt *st, struct found *f,
	struct err *err)
{
	struct names *n = names_new();
	enum lookup got = LOOKUP_ABSENT;
	bool room = n != NULL;

	while (room && (got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		room = add_name(n, st);
	if (!room) {
		stmt_done(st);
		err_set(err, ERR_NO_MEMORY, 0, "no memory for who was found");
	} else if (got == LOOKUP_ABSENT) {
		f->count = names_all(n, f->id, f->max, &f->more);
	}
	names_free(n);
	return room && got == LOOKUP_ABSENT;
}

static bool in_store(struct db *db, const struct people_query *q,
	struct found *f, struct err *err)
{
	sqlite3_stmt *st;

	if (q->by == PEOPLE_BY_ID12) {
		st = stmt_get(db, &people_find_stmts, BY_ID12);
		stmt_int(st, ":first",
			people_back(q->digits, PERSONID_SIZE - 1, NULL));
	} else {
		st = bind_last(db, q->digits);
	}
	return in_order(db, st, f, err);
}

static bool look_for(struct db *db, const struct people_query *q,
	struct found *f, struct err *err)
{
	switch (q->by) {
	case PEOPLE_BY_NOTHING:
		return true;
	case PEOPLE_BY_SEQ:
	case PEOPLE_BY_NAME:
		return in_memory(db, q, f, err);
	case PEOPLE_BY_ID12:
	case PEOPLE_BY_OLD_ID:
	case PEOPLE_BY_LAST:
		return in_store(db, q, f, err);
	}
	return true;
}

/* The address up to its first comma. */
static void set_hamlet(const char *address, char *out, size_t size)
{
	char part[PEOPLE_ADDRESS_SIZE];

	str_copy(part, sizeof(part), address ? address : "");
	part[strcspn(part, ",")] = '\0';
	str_copy(out, size, part);
}

static bool read_found(struct db *db, int64_t id, struct person_found *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &people_find_stmts, FOUND);

	stmt_int(st, ":id", id);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = (struct person_found){.id = id};
	stmt_column_text(st, 0, out->id12, sizeof(out->id12));
	stmt_column_text(st, 1, out->name, sizeof(out->name));
	out->birth = people_birth(sqlite3_column_int64(st, 2));
	set_hamlet((const char *)sqlite3_column_text(st, 3), out->hamlet,
		sizeof(out->hamlet));
	out->due = sqlite3_column_int64(st, 4);
	out->paid = out->due == 0 && sqlite3_column_int(st, 5) > 0;
	stmt_done(st);
	return true;
}

bool people_find(struct db *db, const char *query, struct person_found *out,
	int max, int *count, bool *more, struct err *err)
{
	struct found f = {.max = max};
	struct people_query q;

	assert(max > 0 && max <= PEOPLE_MAX_FOUND);
	*count = 0;
	*more = false;
	people_query_read(query, &q);
	if (!look_for(db, &q, &f, err))
		return err_wrap(err, "find people");
	for (int i = 0; i < f.count; i++)
		if (!read_found(db, f.id[i], &out[i], err))
			return err_wrap(err, "find people");
	*count = f.count;
	*more = f.more;
	return true;
}
