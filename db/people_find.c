/* people_find.c - from what an agent typed to the people it may mean. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "db/db_internal.h"
#include "db/people_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"

enum {
	NAMES,
	BY_ID12,
	FOUND,
	COUNT
};

/*
 * NAMES opens everybody, once in a session; what was erased has nothing in it.
 * FOUND adds up all that is payable, whatever list it is on.
 */
static const char *const sql[COUNT] = {
	[NAMES] = "SELECT id, sealed FROM person WHERE sealed IS NOT NULL"
		  " /* scan */",
	[BY_ID12] = "SELECT id, sealed FROM person WHERE id12 = :id12",
	[FOUND] = "SELECT p.sealed,"
		  " coalesce(sum(e.amount) FILTER (WHERE " PEOPLE_BY_ACCOUNT
		  " = 0"
		  "  AND e.carried_by IS NULL AND x.seq IS NULL"
		  "  AND " PEOPLE_STOPPED " = 0 AND " PEOPLE_AWAY " = 0), 0),"
		  " count(x.seq)"
		  " FROM person p LEFT JOIN entitlement e ON e.person = p.id"
		  " LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"
		  " WHERE p.id = :id",
};

const struct stmt_set people_find_stmts = {"people_find", sql, COUNT};

/* Ids that were found, not yet looked at. */
struct found {
	int64_t *id;
	int count;
	int max;
	bool more;
};

static int64_t back(const char *digits, int width)
{
	return digits[0] ? people_back(digits, width, NULL) : -1;
}

/* False: no memory, or *err. */
static bool add_name(struct db *db, struct names *n, sqlite3_stmt *st,
	struct err *err)
{
	const int64_t id = sqlite3_column_int64(st, 0);
	uint8_t plain[SEALED_PLAIN];
	char folded[VIET_NAME_SIZE];
	struct sealed s;

	if (!sealed_read(db, st, 1, DATAKEY_PERSON, id, plain, &s, err))
		return false;
	if (!viet_fold(s.text[SEALED_NAME], folded, sizeof(folded)))
		folded[0] = '\0';
	return names_add(n, &(struct names_person){.id = id,
				    .seq = s.seq,
				    .birth = s.birth,
				    .id12_back = back(s.text[SEALED_ID12],
					    PERSONID_SIZE - 1),
				    .old_back = back(s.text[SEALED_OLD_ID],
					    PERSONID_OLD_SIZE - 1),
				    .name = s.text[SEALED_NAME],
				    .folded = folded}) ||
	       err_set(err, ERR_NO_MEMORY, 0, "no memory for the names");
}

/* All of a statement's people; NULL: *err. */
static struct names *read_names(struct db *db, sqlite3_stmt *st,
	struct err *err)
{
	struct names *n = names_new();
	enum lookup got = LOOKUP_ABSENT;
	bool ok = n != NULL;

	if (!ok)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the names");
	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		ok = add_name(db, n, st, err);
	if (!ok)
		stmt_done(st);
	if (ok && got == LOOKUP_ABSENT) {
		names_added(n);
		return n;
	}
	names_free(n);
	return NULL;
}

/* The names, read into memory if they are not there. NULL: *err. */
static const struct names *names(struct db *db, struct err *err)
{
	struct people_cache *cache = people_cache(db, err);

	if (!cache || !datakey_needed(db, err))
		return NULL;
	if (!cache->names)
		cache->names = read_names(db,
			stmt_get(db, &people_find_stmts, NAMES), err);
	return cache->names;
}

bool people_prepare(struct db *db, struct err *err)
{
	return names(db, err) != NULL || err_wrap(err, "read the names");
}

/* Those that end in these digits. */
static int by_last(const struct names *n, const char *digits, struct found *f)
{
	struct names_stretch id12;
	struct names_stretch old = {0, -1};

	id12.first = people_back(digits, PERSONID_SIZE - 1, &id12.last);
	if (strlen(digits) < PERSONID_OLD_SIZE)
		old.first =
			people_back(digits, PERSONID_OLD_SIZE - 1, &old.last);
	return names_by_last(n, &id12, &old, f->id, f->max, &f->more);
}

static bool in_memory(struct db *db, const struct people_query *q,
	struct found *f, struct err *err)
{
	const struct names *n = names(db, err);

	if (!n)
		return false;
	if (q->by == PEOPLE_BY_SEQ)
		f->count = names_by_seq(n, q->seq, f->id, f->max, &f->more);
	else if (q->by == PEOPLE_BY_NAME)
		f->count = names_search(n, q->folded, f->id, f->max, &f->more);
	else
		f->count = by_last(n, q->digits, f);
	return true;
}

/* A whole number: found without the names, which may not be there yet. The
 * few who have it come in the order of lists, too. */
static bool in_store(struct db *db, const struct people_query *q,
	struct found *f, struct err *err)
{
	sqlite3_stmt *st;
	struct names *n;

	if (!datakey_needed(db, err))
		return false;
	st = stmt_get(db, &people_find_stmts, BY_ID12);
	stmt_int(st, ":id12", datakey_blind(db, DATAKEY_ID12, q->digits));
	n = read_names(db, st, err);
	if (!n)
		return false;
	f->count = names_all(n, f->id, f->max, &f->more);
	names_free(n);
	return true;
}

static bool look_for(struct db *db, const struct people_query *q,
	struct found *f, struct err *err)
{
	switch (q->by) {
	case PEOPLE_BY_NOTHING:
		return true;
	case PEOPLE_BY_SEQ:
	case PEOPLE_BY_NAME:
	case PEOPLE_BY_OLD_ID:
	case PEOPLE_BY_LAST:
		return in_memory(db, q, f, err);
	case PEOPLE_BY_ID12:
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
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;
	bool ok;

	stmt_int(st, ":id", id);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = (struct person_found){.id = id};
	ok = sealed_read(db, st, 0, DATAKEY_PERSON, id, plain, &s, err);
	if (ok) {
		str_copy(out->id12, sizeof(out->id12), s.text[SEALED_ID12]);
		str_copy(out->name, sizeof(out->name), s.text[SEALED_NAME]);
		out->birth = people_birth(s.birth);
		set_hamlet(s.text[SEALED_ADDRESS], out->hamlet,
			sizeof(out->hamlet));
	}
	out->due = sqlite3_column_int64(st, 1);
	out->paid = out->due == 0 && sqlite3_column_int(st, 2) > 0;
	stmt_done(st);
	return ok;
}

int people_match(struct db *db, const char *query, int64_t *id, int max,
	struct err *err)
{
	struct found f = {.id = id, .max = max};
	struct people_query q;

	people_query_read(query, &q);
	if (!look_for(db, &q, &f, err)) {
		err_wrap(err, "find people");
		return -1;
	}
	return f.count;
}

bool people_find(struct db *db, const char *query, struct person_found *out,
	int max, int *count, bool *more, struct err *err)
{
	int64_t id[PEOPLE_MAX_FOUND];
	struct found f = {.id = id, .max = max};
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
