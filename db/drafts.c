#include "db/drafts.h"

#include <string.h>

#include "core/clock.h"
#include "core/crash.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/people.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/visits_internal.h"

enum {
	SAVE,
	LIST,
	GET,
	DROP,
	OF_USER,
	OF_PERSON,
	WHOSE,
	COUNT
};

static const char *const sql[COUNT] = {
	[SAVE] = "INSERT INTO visit_draft (actor, person, changed, sealed)"
		 " VALUES (:actor, :person, :changed, :sealed)"
		 " ON CONFLICT (actor, person) DO UPDATE SET"
		 " changed = excluded.changed, sealed = excluded.sealed",
	[LIST] = "SELECT person, changed, sealed FROM visit_draft"
		 " WHERE actor = :actor ORDER BY changed DESC, person",
	[GET] = "SELECT sealed FROM visit_draft"
		" WHERE actor = :actor AND person = :person",
	[DROP] = "DELETE FROM visit_draft"
		 " WHERE actor = :actor AND person = :person",
	[OF_USER] = "DELETE FROM visit_draft WHERE actor = :actor",
	[OF_PERSON] = "DELETE FROM visit_draft WHERE person = :person"
		      " /* scan */",
	[WHOSE] = "SELECT actor FROM visit_draft WHERE person = :person"
		  " ORDER BY changed DESC /* scan */",
};

const struct stmt_set drafts_stmts = {"drafts", sql, COUNT};

/* A draft of another user or person does not open in this one's row. */
static int64_t row_of(int64_t user, int64_t person)
{
	return (int64_t)((uint64_t)user << 40 ^ (uint64_t)person);
}

static bool save(struct db *db, const struct session *s, int64_t person,
	const void *bytes, size_t len, struct err *err)
{
	uint8_t locked[DRAFT_MAX + VISITS_BOX_EXTRA];
	struct person_due due;
	sqlite3_stmt *st;

	switch (people_get(db, person, &due, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_INVALID, 0, "there is no person %lld",
			(long long)person);
	case LOOKUP_FOUND:
		break;
	}
	if (!due.person.beneficiary_id[0])
		return err_set(err, ERR_INVALID, 0, "person %lld was erased",
			(long long)person);
	st = stmt_get(db, &drafts_stmts, SAVE);
	stmt_int(st, ":actor", s->user.number);
	stmt_int(st, ":person", person);
	stmt_int(st, ":changed", clock_wall_ms());
	visits_box_bind(db, st, ":sealed", DATAKEY_VISIT_DRAFT,
		row_of(s->user.number, person), bytes, len, locked);
	return stmt_run(db, st, err);
}

bool drafts_save(struct db *db, const struct session *s, int64_t person,
	const void *bytes, size_t len, struct err *err)
{
	if (len == 0 || len > DRAFT_MAX)
		return err_set(err, ERR_INVALID, 0, "a draft of %zu bytes",
			len);
	if (!roles_must(db, s, ACT_VISIT, err) || !datakey_needed(db, err) ||
		!db_begin(db, err))
		return false;
	if (!db_end(db, save(db, s, person, bytes, len, err), err))
		return false;
	crash_point("draft.saved");
	return true;
}

/* What the list says of one; the row stays where it is. */
static bool read_row(struct db *db, const struct session *s, sqlite3_stmt *st,
	struct draft *out, struct err *err)
{
	uint8_t bytes[DRAFT_MAX];
	struct err inside = {0};
	size_t len;

	*out = (struct draft){.person = sqlite3_column_int64(st, 0),
		.changed = sqlite3_column_int64(st, 1)};
	if (visits_box_read(db, st, 2, DATAKEY_VISIT_DRAFT,
		    row_of(s->user.number, out->person), bytes, sizeof(bytes),
		    &len, &inside))
		out->damaged = len == 0;
	else if (inside.code == ERR_CORRUPT || inside.code == ERR_INVALID)
		out->damaged = true;
	else
		*err = inside;
	crypto_wipe(bytes, sizeof(bytes));
	return inside.code != ERR_DENIED;
}

static bool set_name(struct db *db, struct draft *d, struct err *err)
{
	struct person_due due;
	const enum lookup got = people_get(db, d->person, &due, err);

	if (got == LOOKUP_FOUND)
		str_copy(d->name, sizeof(d->name), due.person.name);
	return got != LOOKUP_FAILED;
}

bool drafts_list(struct db *db, const struct session *s, struct draft *out,
	int max, int *count, struct err *err)
{
	sqlite3_stmt *st;
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	*count = 0;
	if (!datakey_needed(db, err))
		return false;
	st = stmt_get(db, &drafts_stmts, LIST);
	stmt_int(st, ":actor", s->user.number);
	while (ok && *count < max &&
		(got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		ok = read_row(db, s, st, &out[*count], err);
		*count += ok;
	}
	if (ok && got == LOOKUP_FAILED)
		return false;
	stmt_done(st);
	for (int i = 0; ok && i < *count; i++)
		ok = set_name(db, &out[i], err);
	return ok;
}

enum lookup drafts_get(struct db *db, const struct session *s, int64_t person,
	uint8_t out[DRAFT_MAX], size_t *len, struct err *err)
{
	sqlite3_stmt *st;
	enum lookup got;
	bool ok;

	*len = 0;
	if (!datakey_needed(db, err))
		return LOOKUP_FAILED;
	st = stmt_get(db, &drafts_stmts, GET);
	stmt_int(st, ":actor", s->user.number);
	stmt_int(st, ":person", person);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	ok = visits_box_read(db, st, 0, DATAKEY_VISIT_DRAFT,
		row_of(s->user.number, person), out, DRAFT_MAX, len, err);
	stmt_done(st);
	if (ok && *len == 0)
		ok = err_set(err, ERR_CORRUPT, 0, "a draft has nothing in it");
	return ok ? LOOKUP_FOUND : LOOKUP_FAILED;
}

bool drafts_forget(struct db *db, int64_t user, int64_t person, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &drafts_stmts, DROP);

	stmt_int(st, ":actor", user);
	stmt_int(st, ":person", person);
	return stmt_run(db, st, err);
}

bool drafts_drop(struct db *db, const struct session *s, int64_t person,
	struct err *err)
{
	if (!db_begin(db, err))
		return false;
	return db_end(db, drafts_forget(db, s->user.number, person, err), err);
}

bool drafts_forget_user(struct db *db, int64_t user, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &drafts_stmts, OF_USER);

	stmt_int(st, ":actor", user);
	return stmt_run(db, st, err);
}

bool drafts_forget_person(struct db *db, int64_t person, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &drafts_stmts, OF_PERSON);

	stmt_int(st, ":person", person);
	return stmt_run(db, st, err);
}

bool drafts_whose(struct db *db, int64_t user, int64_t person, bool *own,
	int64_t *other, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &drafts_stmts, WHOSE);
	enum lookup got;

	*own = false;
	*other = 0;
	stmt_int(st, ":person", person);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const int64_t whose = sqlite3_column_int64(st, 0);

		*own = *own || whose == user;
		if (whose != user && *other == 0)
			*other = whose;
	}
	return got != LOOKUP_FAILED;
}
