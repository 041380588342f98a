#include "db/users.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/crash.h"
#include "core/date.h"
#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/stmt.h"
#include "db/unsealed_internal.h"
#include "db/users_internal.h"

enum {
	GET,
	LIST,
	KEYS,
	COUNT_UP,
	CLEAR,
	LOCK_ANEW,
	REVOKED,
	COUNT
};

static const char *const sql[COUNT] = {
	[GET] = "SELECT number, name, role, failures, locked, revoked, until,"
		" approval FROM user WHERE number = :number",
	[LIST] = "SELECT number, name, role, failures, locked, revoked, until,"
		 " approval FROM user WHERE number > :after ORDER BY number",
	[KEYS] = "SELECT salt, passes, kib, public, secret FROM user"
		 " WHERE number = :number",
	[COUNT_UP] = "UPDATE user SET failures = failures + 1,"
		     " locked = (failures + 1 >= :max) WHERE number = :number",
	[CLEAR] = "UPDATE user SET failures = 0, locked = 0"
		  " WHERE number = :number",
	[LOCK_ANEW] = "UPDATE user SET secret = :secret WHERE number = :number",
	[REVOKED] = "SELECT number FROM user WHERE revoked /* scan */",
};

const struct stmt_set users_stmts = {"users", sql, COUNT};

static const char *const role_names[ROLE_COUNT] = {
	[ROLE_NONE] = "none",
	[ROLE_AGENT] = "agent",
	[ROLE_STAFF] = "staff",
	[ROLE_SUPERVISOR] = "supervisor",
	[ROLE_TECHNICIAN] = "technician",
};

const char *users_role_name(enum role role)
{
	/* Of a row that was tampered with. */
	return (unsigned)role < ROLE_COUNT ? role_names[role]
					   : role_names[ROLE_NONE];
}

bool users_role_parse(const char *name, enum role *out)
{
	for (int r = ROLE_NONE + 1; r < ROLE_COUNT; r++)
		if (strcmp(name, role_names[r]) == 0) {
			*out = (enum role)r;
			return true;
		}
	return false;
}

int users_wait_seconds(int failures)
{
	const int over = failures - USERS_FREE_FAILURES;

	if (over <= 0)
		return 0;
	return over >= 5 ? 30 : 1 << over;
}

bool users_is_over(const struct user *u, int64_t ms)
{
	const struct date d = date_of_ms(ms).date;

	return u->until != 0 &&
	       d.year * 10000 + d.month * 100 + d.day > u->until;
}

bool users_day_parse(const char *text, int32_t *out)
{
	struct date d;

	if (!date_parse(text, &d) || d.month == 0)
		return false;
	*out = d.year * 10000 + d.month * 100 + d.day;
	return true;
}

const char *users_day_text(int32_t day, char out[16])
{
	snprintf(out, 16, "%04d-%02d-%02d", day / 10000, day / 100 % 100,
		day % 100);
	return out;
}

void users_bar(struct db *db, int64_t number)
{
	if (!users_is_barred(db, number) && db->barreds < DB_MAX_BARRED)
		db->barred[db->barreds++] = number;
}

bool users_bar_all(struct db *db, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &users_stmts, REVOKED);
	enum lookup got;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		users_bar(db, sqlite3_column_int64(st, 0));
	return got == LOOKUP_ABSENT;
}

void users_ask_book(struct db *db)
{
	struct err unheard;

	if (db->depth == 0)
		db_ready(db, &unheard);
}

bool users_is_barred(const struct db *db, int64_t number)
{
	for (int i = 0; i < db->barreds; i++)
		if (db->barred[i] == number)
			return true;
	return db->barreds == DB_MAX_BARRED;
}

void session_clear(struct session *s)
{
	crypto_wipe(s, sizeof(*s));
}

static void read_user(sqlite3_stmt *st, struct user *out)
{
	*out = (struct user){.number = sqlite3_column_int64(st, 0),
		.role = (enum role)sqlite3_column_int(st, 2),
		.failures = sqlite3_column_int(st, 3),
		.locked = sqlite3_column_int(st, 4) != 0,
		.revoked = sqlite3_column_int(st, 5) != 0,
		.until = sqlite3_column_int(st, 6)};
	out->has_approval =
		stmt_column_blob(st, 7, out->approval, sizeof(out->approval));
	stmt_column_text(st, 1, out->name, sizeof(out->name));
}

enum lookup users_get(struct db *db, int64_t number, struct user *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &users_stmts, GET);
	enum lookup got;

	stmt_int(st, ":number", number);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		read_user(st, out);
		stmt_done(st);
	}
	return got;
}

bool users_list_after(struct db *db, int64_t after, struct user *out, int max,
	int *count, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &users_stmts, LIST);
	enum lookup got = LOOKUP_ABSENT;

	*count = 0;
	stmt_int(st, ":after", after);
	while (*count < max && (got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		read_user(st, &out[(*count)++]);
	stmt_done(st);
	return got != LOOKUP_FAILED;
}

bool users_list(struct db *db, struct user *out, int max, int *count,
	struct err *err)
{
	return users_list_after(db, 0, out, max, count, err);
}

bool users_set_failures(struct db *db, int64_t number, bool up, struct err *err)
{
	sqlite3_stmt *st;

	if (!db_begin(db, err))
		return false;
	st = stmt_get(db, &users_stmts, up ? COUNT_UP : CLEAR);
	stmt_int(st, ":number", number);
	if (up)
		stmt_int(st, ":max", USERS_MAX_FAILURES);
	return db_end(db, stmt_run(db, st, err), err);
}

/* What the user's row says about opening his key. */
struct user_keys {
	uint8_t salt[CRYPTO_SALT_SIZE];
	struct crypto_pin_cost cost;
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t locked[USERS_LOCKED_SIZE];
};

static bool read_keys(struct db *db, int64_t number, struct user_keys *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &users_stmts, KEYS);
	enum lookup got;
	bool ok;

	stmt_int(st, ":number", number);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FAILED)
		return false;
	ok = got == LOOKUP_FOUND &&
	     stmt_column_blob(st, 0, out->salt, sizeof(out->salt)) &&
	     stmt_column_blob(st, 3, out->public, sizeof(out->public)) &&
	     stmt_column_blob(st, 4, out->locked, sizeof(out->locked));
	out->cost =
		(struct crypto_pin_cost){.passes = (uint32_t)
						 sqlite3_column_int64(st, 1),
			.kibibytes = (uint32_t)sqlite3_column_int64(st, 2)};
	stmt_done(st);
	return ok || err_set(err, ERR_CORRUPT, 0, "keys of user %lld",
			     (long long)number);
}

bool users_public(struct db *db, int64_t number,
	uint8_t out[CRYPTO_PUBLIC_SIZE], struct err *err)
{
	struct user_keys k;

	if (!read_keys(db, number, &k, err))
		return false;
	memcpy(out, k.public, sizeof(k.public));
	return true;
}

/* What a PIN was tried on, and what came of it. */
struct trial {
	bool right; /* it opened the key */
	/* The key was locked as any row's: now it is as this one's. */
	bool anew;
	uint8_t locked[USERS_LOCKED_SIZE];
};

static void lock_as(struct db *db, const char *context,
	const uint8_t secret[CRYPTO_SECRET_SIZE],
	const uint8_t key[CRYPTO_KEY_SIZE], struct trial *t)
{
	uint8_t inner[USERS_INNER_SIZE];

	crypto_lock(secret, CRYPTO_SECRET_SIZE, context, key, inner);
	crypto_lock(inner, sizeof(inner), context, db->secret, t->locked);
	t->anew = true;
}

/* By the device, then by the PIN. False: not of this device, or row. */
static bool open_key(struct db *db, const struct user *u,
	const struct user_keys *k, const uint8_t key[CRYPTO_KEY_SIZE],
	uint8_t secret[CRYPTO_SECRET_SIZE], struct trial *t)
{
	char context[USERS_CONTEXT_SIZE];
	uint8_t inner[USERS_INNER_SIZE];
	bool before = false;

	users_key_context(u->number, u->role, context);
	if (!crypto_unlock(k->locked, sizeof(k->locked), context, db->secret,
		    inner)) {
		before = crypto_unlock(k->locked, sizeof(k->locked),
			users_key_before, db->secret, inner);
		if (!before)
			return false;
	}
	t->right = crypto_unlock(inner, sizeof(inner),
		before ? users_key_before : context, key, secret);
	if (t->right && before)
		lock_as(db, context, secret, key, t);
	return true;
}

/* The slow part. If the PIN was right the key is in secret. */
static bool try_pin(struct db *db, const struct user *u, const char *pin,
	uint8_t secret[CRYPTO_SECRET_SIZE], struct trial *t, struct err *err)
{
	uint8_t key[CRYPTO_KEY_SIZE];
	struct crypto_pair pair;
	struct user_keys k;
	bool ours;

	*t = (struct trial){0};
	if (!read_keys(db, u->number, &k, err) ||
		!crypto_pin_key(pin, k.salt, k.cost, key, err))
		return false;
	ours = open_key(db, u, &k, key, secret, t);
	crypto_wipe(key, sizeof(key));
	if (!ours)
		return err_set(err, ERR_CORRUPT, 0,
			"the key of user %lld is of another device or row",
			(long long)u->number);
	if (!t->right)
		return true;
	crypto_pair_from_seed(secret, &pair);
	if (memcmp(pair.public, k.public, sizeof(k.public)) != 0)
		t->right = false;
	crypto_wipe(&pair, sizeof(pair));
	return true;
}

static bool store_key(struct db *db, int64_t number, const struct trial *t,
	struct err *err)
{
	sqlite3_stmt *st;

	if (!t->right || !t->anew)
		return true;
	st = stmt_get(db, &users_stmts, LOCK_ANEW);
	stmt_blob(st, ":secret", t->locked, sizeof(t->locked));
	stmt_int(st, ":number", number);
	return stmt_run(db, st, err);
}

/* What a PIN is tried for. */
enum purpose {
	CHECK, /* a second person: opens nothing */
	LOGIN,
	RESUME, /* he was signed in before: no record */
};

/* Both in the journal and in the counter, or in neither. key: as far as he
 * signs in. */
static bool record_try(struct db *db, int64_t number, const struct trial *t,
	enum purpose purpose, const uint8_t secret[CRYPTO_SECRET_SIZE],
	uint8_t key[CRYPTO_KEY_SIZE], struct err *err)
{
	const bool right = t->right;
	const struct journal_entry entry = {.actor = number,
		.kind = right ? JOURNAL_LOGIN : JOURNAL_LOGIN_FAIL};
	bool ok = true;

	if (!db_begin(db, err))
		return false;
	if (right)
		ok = users_set_failures(db, number, false, err) &&
		     store_key(db, number, t, err);
	if (ok && right && purpose != CHECK)
		ok = datakey_open(db, number, secret, key, err);
	if (ok && (purpose == LOGIN || !right))
		ok = journal_append(db, &entry, NULL, err);
	crash_point("login.appended");
	if (!db_end(db, ok, err))
		return false;
	crash_point("login.recorded");
	return true;
}

/* His last day is behind us, by the latest time that the book believed. What
 * a clock says that shows no day of any list is not heard. */
bool users_time_is_over(struct db *db, const struct user *u, bool *over,
	struct err *err)
{
	struct journal_clock clock;

	*over = false;
	if (u->until == 0)
		return true;
	if (!journal_clock(db, &clock, err))
		return false;
	*over = !clock.no_day && users_is_over(u, clock.now + clock.behind);
	return true;
}

static enum sign_in check_pin(struct db *db, int64_t number, const char *pin,
	enum purpose purpose, struct session *out,
	struct sign_in_result *result, struct err *err)
{
	const bool login = purpose != CHECK;
	uint8_t key[CRYPTO_KEY_SIZE] = {0};
	struct trial t;
	bool over;
	bool ok;

	*out = (struct session){0};
	*result = (struct sign_in_result){0};
	switch (users_get(db, number, &out->user, err)) {
	case LOOKUP_FAILED:
		return SIGN_IN_FAILED;
	case LOOKUP_ABSENT:
		return SIGN_IN_NO_USER;
	case LOOKUP_FOUND:
		break;
	}
	if (out->user.revoked)
		return SIGN_IN_REVOKED;
	if (!users_time_is_over(db, &out->user, &over, err))
		return SIGN_IN_FAILED;
	if (over)
		return SIGN_IN_EXPIRED;
	if (out->user.locked)
		return SIGN_IN_LOCKED;
	/* Counted, and on the disk, before it is tried (T65). */
	if (!users_set_failures(db, number, true, err))
		return SIGN_IN_FAILED;
	crash_point("login.counted");
	if (!try_pin(db, &out->user, pin, out->secret, &t, err))
		return SIGN_IN_FAILED;
	crash_point("login.tried");
	ok = record_try(db, number, &t, purpose, out->secret, key, err) &&
	     (!t.right || !login || datakey_enter(db, key, err));
	crypto_wipe(key, sizeof(key));
	if (ok && t.right && login && !unsealed_seal(db, err)) {
		datakey_leave(db);
		ok = false;
	}
	if (!ok)
		return SIGN_IN_FAILED;
	if (t.right)
		return SIGN_IN_DONE;
	out->user.failures++;
	result->tries_left = USERS_MAX_FAILURES - out->user.failures;
	result->wait_seconds = users_wait_seconds(out->user.failures);
	return result->tries_left > 0 ? SIGN_IN_WRONG_PIN : SIGN_IN_LOCKED;
}

static enum sign_in sign_in(struct db *db, int64_t number, const char *pin,
	enum purpose purpose, struct session *out,
	struct sign_in_result *result, struct err *err)
{
	enum sign_in got;

	/* Not allowed is no reason to pay nobody; screen.c logs it. */
	crypto_memory_hold(out, sizeof(*out));
	got = check_pin(db, number, pin, purpose, out, result, err);
	if (got == SIGN_IN_DONE)
		out->user.failures = 0;
	else
		session_clear(out);
	return got;
}

enum sign_in users_sign_in(struct db *db, int64_t number, const char *pin,
	struct session *out, struct sign_in_result *result, struct err *err)
{
	return sign_in(db, number, pin, LOGIN, out, result, err);
}

enum sign_in users_resume(struct db *db, int64_t number, const char *pin,
	struct session *out, struct sign_in_result *result, struct err *err)
{
	return sign_in(db, number, pin, RESUME, out, result, err);
}

enum sign_in users_check(struct db *db, int64_t number, const char *pin,
	struct session *out, struct sign_in_result *result, struct err *err)
{
	return sign_in(db, number, pin, CHECK, out, result, err);
}

bool users_sign_out(struct db *db, struct session *s, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_LOGOUT,
		.actor = s->user.number};
	const bool ok = journal_append(db, &entry, NULL, err);

	datakey_leave(db);
	session_clear(s);
	crash_point("logout.recorded");
	return ok;
}
