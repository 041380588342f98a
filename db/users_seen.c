#include "db/users_seen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/journal_internal.h"
#include "db/month_internal.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	PEOPLE,
	RECORDS,
	COUNT
};

static const char *const sql[COUNT] = {
	[PEOPLE] = ("SELECT number, role, public FROM user ORDER BY number"
		    " /* scan */"),
	[RECORDS] = "SELECT body FROM journal ORDER BY seq /* scan */",
};

const struct stmt_set users_seen_stmts = {"users_seen", sql, COUNT};

/* What a CONFIG that is about somebody has the hash of: users_change.c. */
struct lines {
	uint8_t added[CRYPTO_HASH_SIZE];
	uint8_t pin[CRYPTO_HASH_SIZE];
};

struct looking {
	struct users_seen *out;
	struct lines line[USERS_MAX];
};

static void expect(struct lines *l, int64_t number, enum role role,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	char line[160];

	str_to_hex(public, CRYPTO_PUBLIC_SIZE, hex);
	snprintf(line, sizeof(line), "user %lld %s %s\n", (long long)number,
		users_role_name(role), hex);
	crypto_sha256(line, strlen(line), l->added);
	snprintf(line, sizeof(line), "pin %lld\n", (long long)number);
	crypto_sha256(line, strlen(line), l->pin);
}

static bool read_people(struct db *db, struct looking *l, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &users_seen_stmts, PEOPLE);
	enum lookup got = LOOKUP_ABSENT;
	uint8_t public[CRYPTO_PUBLIC_SIZE];

	while (l->out->count < USERS_MAX &&
		(got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		struct user_seen *u = &l->out->row[l->out->count];

		*u = (struct user_seen){.number = sqlite3_column_int64(st, 0)};
		if (!stmt_column_blob(st, 2, public, sizeof(public))) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"table user has a key of another size");
		}
		expect(&l->line[l->out->count++], u->number,
			(enum role)sqlite3_column_int(st, 1), public);
	}
	stmt_done(st);
	return got != LOOKUP_FAILED;
}

static void take_config(struct looking *l, const struct record *r)
{
	for (int i = 0; i < l->out->count; i++) {
		struct user_seen *u = &l->out->row[i];

		if (memcmp(r->rsum, l->line[i].added, sizeof(r->rsum)) == 0)
			u->added = u->pin = (int64_t)r->t;
		/* His own only: nobody else could. */
		if ((int64_t)r->actor == u->number &&
			memcmp(r->rsum, l->line[i].pin, sizeof(r->rsum)) == 0)
			u->pin = (int64_t)r->t;
	}
}

static void take(struct looking *l, const struct record *r)
{
	if (r->kind == JOURNAL_CONFIG) {
		take_config(l, r);
		return;
	}
	for (int i = 0; i < l->out->count; i++)
		if (l->out->row[i].number == (int64_t)r->actor)
			l->out->row[i].login = (int64_t)r->t;
}

static bool read_records(struct db *db, struct looking *l, struct err *err)
{
	const uint64_t kinds =
		MONTH_KIND(JOURNAL_CONFIG) | MONTH_KIND(JOURNAL_LOGIN);
	sqlite3_stmt *st = stmt_get(db, &users_seen_stmts, RECORDS);
	struct month_record m;
	const char *finding;
	struct record r;
	enum lookup got;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const void *body = sqlite3_column_blob(st, 0);
		const size_t len = (size_t)sqlite3_column_bytes(st, 0);

		if (month_read(body, len, kinds, &m) &&
			record_decode(body, len, &r, &finding))
			take(l, &r);
	}
	stmt_done(st);
	return got == LOOKUP_ABSENT;
}

bool users_seen(struct db *db, struct users_seen *out, struct err *err)
{
	struct looking *l = calloc(1, sizeof(*l));
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!l)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for users");
	l->out = out;
	ok = read_people(db, l, err) && read_records(db, l, err);
	free(l);
	return ok;
}
