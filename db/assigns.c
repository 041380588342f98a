#include "db/assigns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/people_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/watch.h"
#include "db/window_internal.h"

enum {
	LISTED,
	PUT,
	DROP,
	USERS,
	OF_USER,
	OF_PERSON,
	COUNT
};

enum {
	TELL_EVERY = 512
};

/* LISTED: whom the list itself says last, and the number that it gave. */
static const char *const sql[COUNT] = {
	[LISTED] = ("SELECT id, unit_code, sealed FROM person"
		    " WHERE list = :list AND sealed IS NOT NULL /* scan */"),
	[PUT] = ("INSERT INTO assigned (person, user, seq)"
		 " VALUES (:person, :user, :seq) ON CONFLICT (person) DO"
		 " UPDATE SET user = excluded.user, seq = excluded.seq"),
	[DROP] = "DELETE FROM assigned WHERE person = :person",
	[USERS] = ("SELECT DISTINCT user FROM assigned WHERE user > :after"
		   " ORDER BY user LIMIT 1"),
	[OF_USER] = "SELECT person FROM assigned WHERE user = :user",
	[OF_PERSON] = "SELECT user FROM assigned WHERE person = :person",
};

const struct stmt_set assigns_stmts = {"assigns", sql, COUNT};

/* ---- whom ------------------------------------------------------------------- */

struct chosen {
	int64_t *id;
	size_t count;
	size_t room;
};

static bool keep(struct chosen *c, int64_t id, struct err *err)
{
	if (c->count == c->room) {
		const size_t room = 2 * c->room + 256;
		int64_t *at = realloc(c->id, room * sizeof(*at));

		if (!at)
			return err_set(err, ERR_NO_MEMORY, 0,
				"no memory to assign people");
		c->id = at;
		c->room = room;
	}
	c->id[c->count++] = id;
	return true;
}

static bool is_meant(const struct assign_ask *ask, const char *key,
	const char *unit, const struct sealed *s)
{
	struct dwelling lives;

	if (ask->by_range)
		return s->seq >= ask->first && s->seq <= ask->last;
	if (ask->unit[0] && strcmp(ask->unit, unit) != 0)
		return false;
	dwelling_read(s->text[SEALED_ADDRESS], &lives);
	return strcmp(lives.key, key) == 0;
}

static bool choose(struct db *db, const struct assign_ask *ask,
	struct chosen *c, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &assigns_stmts, LISTED);
	uint8_t plain[SEALED_PLAIN];
	char unit[PAYLIST_CODE_SIZE];
	enum lookup got = LOOKUP_ABSENT;
	struct dwelling wanted = {.key = ""};
	struct sealed s;
	int64_t done = 0;
	bool ok = true;

	if (!ask->by_range && ask->hamlet[0])
		dwelling_read(ask->hamlet, &wanted);
	stmt_int(st, ":list", ask->list);
	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const int64_t id = sqlite3_column_int64(st, 0);

		stmt_column_text(st, 1, unit, sizeof(unit));
		ok = sealed_read(db, st, 2, DATAKEY_PERSON, id, plain, &s, err);
		if (ok && is_meant(ask, wanted.key, unit, &s))
			ok = keep(c, id, err);
		if (ok && ++done % TELL_EVERY == 0)
			ok = db_watch_step(db, done, 0, err);
	}
	if (!ok)
		stmt_done(st);
	crypto_wipe(plain, sizeof(plain));
	return ok && got == LOOKUP_ABSENT;
}

/* ---- the act ---------------------------------------------------------------- */

/* May people be given to him? */
static enum verdict check_user(struct db *db, int64_t number,
	struct refusal *why, struct err *err)
{
	struct user u;

	if (number == 0)
		return VERDICT_DONE;
	switch (users_get(db, number, &u, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NO_USER);
	case LOOKUP_FOUND:
		break;
	}
	why->actor = number;
	if (u.revoked)
		return refuse(why, REFUSED_REVOKED);
	if (users_is_over(&u, clock_wall_ms()))
		return refuse(why, REFUSED_EXPIRED);
	if (!role_may(u.role, ACT_VISIT))
		return refuse(why, REFUSED_NOT_ASSIGNED);
	why->actor = 0;
	return VERDICT_DONE;
}

static bool write_record(struct db *db, const struct session *s,
	const struct assign_ask *ask, size_t people, uint64_t *seq,
	struct err *err)
{
	char line[RECORD_LINE_SIZE];
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum};
	struct journal_done done;
	struct crypto_hash h;

	snprintf(line, sizeof(line), "assign %lld %lld %zu",
		(long long)ask->list, (long long)ask->user, people);
	crypto_hash_start(&h);
	crypto_hash_add(&h, line, strlen(line));
	crypto_hash_add(&h, "\n", 1);
	crypto_hash_end(&h, sum);
	if (!journal_append(db, &entry, &done, err))
		return false;
	*seq = done.seq;
	return true;
}

static bool write_rows(struct db *db, const struct assign_ask *ask,
	const struct chosen *c, uint64_t seq, struct err *err)
{
	for (size_t i = 0; i < c->count; i++) {
		sqlite3_stmt *st =
			stmt_get(db, &assigns_stmts, ask->user ? PUT : DROP);

		stmt_int(st, ":person", c->id[i]);
		if (ask->user) {
			stmt_int(st, ":user", ask->user);
			stmt_int(st, ":seq", (sqlite3_int64)seq);
		}
		if (!stmt_run(db, st, err))
			return false;
	}
	return true;
}

static enum verdict put(struct db *db, const struct session *s,
	const struct assign_ask *ask, struct chosen *c, struct refusal *why,
	struct err *err)
{
	enum verdict v = roles_may(db, s, ACT_ASSIGN, why);
	uint64_t seq;

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v == VERDICT_DONE)
		v = check_user(db, ask->user, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (!choose(db, ask, c, err))
		return VERDICT_FAILED;
	if (c->count == 0)
		return refuse(why, REFUSED_NOT_ASSIGNED);
	return write_record(db, s, ask, c->count, &seq, err) &&
			       write_rows(db, ask, c, seq, err)
		       ? VERDICT_DONE
		       : VERDICT_FAILED;
}

enum verdict assigns_put(struct db *db, const struct session *s,
	const struct assign_ask *ask, int64_t *people, struct refusal *why,
	struct err *err)
{
	struct chosen c = {.count = 0};
	enum verdict v;

	*why = (struct refusal){0};
	*people = 0;
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, put(db, s, ask, &c, why, err), err);
	if (v == VERDICT_DONE)
		*people = (int64_t)c.count;
	free(c.id);
	return v;
}

/* ---- who has whom ------------------------------------------------------------ */

static bool name_user(struct db *db, struct assigned *a, struct err *err)
{
	struct user u;

	switch (users_get(db, a->user, &u, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		a->out = true;
		return true;
	case LOOKUP_FOUND:
		break;
	}
	memcpy(a->name, u.name, sizeof(a->name));
	a->role = u.role;
	a->out = u.revoked || users_is_over(&u, clock_wall_ms());
	return true;
}

bool assigns_of(struct db *db, int64_t user, struct assigned *out,
	struct err *err)
{
	const struct people_count *c = people_counted(db, err);
	sqlite3_stmt *st;
	enum lookup got;

	*out = (struct assigned){.user = user};
	if (!c)
		return false;
	st = stmt_get(db, &assigns_stmts, OF_USER);
	stmt_int(st, ":user", user);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		out->people++;
		out->left += people_waits(c, sqlite3_column_int64(st, 0));
	}
	return got == LOOKUP_ABSENT;
}

static enum lookup next_user(struct db *db, int64_t after, int64_t *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &assigns_stmts, USERS);
	enum lookup got;

	stmt_int(st, ":after", after);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*out = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got;
}

bool assigns_each(struct db *db,
	bool (*each)(void *ctx, const struct assigned *a), void *ctx,
	struct err *err)
{
	struct assigned a = {.user = 0};
	int64_t user = 0;
	enum lookup got;

	while ((got = next_user(db, user, &user, err)) == LOOKUP_FOUND) {
		if (!assigns_of(db, user, &a, err) || !name_user(db, &a, err))
			return false;
		if (!each(ctx, &a))
			return true;
	}
	return got == LOOKUP_ABSENT;
}

enum lookup assigns_person(struct db *db, int64_t person, struct assigned *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &assigns_stmts, OF_PERSON);
	enum lookup got;

	*out = (struct assigned){.user = 0};
	stmt_int(st, ":person", person);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->user = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return name_user(db, out, err) ? LOOKUP_FOUND : LOOKUP_FAILED;
}
