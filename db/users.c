#include "db/users.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/crash.h"
#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/stmt.h"
#include "db/unsealed_internal.h"

enum {
	ADD,
	GET,
	LIST,
	KEYS,
	COUNT_UP,
	CLEAR,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = "INSERT INTO user (number, name, role, salt, passes, kib,"
		" public, secret) VALUES (:number, :name, :role, :salt,"
		" :passes, :kib, :public, :secret)",
	[GET] = "SELECT number, name, role, failures, locked FROM user"
		" WHERE number = :number",
	[LIST] = "SELECT number, name, role, failures, locked FROM user"
		 " ORDER BY number /* scan */",
	[KEYS] = "SELECT salt, passes, kib, public, secret FROM user"
		 " WHERE number = :number",
	[COUNT_UP] = "UPDATE user SET failures = failures + 1,"
		     " locked = (failures + 1 >= :max) WHERE number = :number",
	[CLEAR] = "UPDATE user SET failures = 0, locked = 0"
		  " WHERE number = :number",
};

const struct stmt_set users_stmts = {"users", sql, COUNT};

static const char context[] = "user";

enum {
	INNER_SIZE = CRYPTO_SECRET_SIZE + CRYPTO_LOCK_EXTRA,
	LOCKED_SIZE = INNER_SIZE + CRYPTO_LOCK_EXTRA,
	PIN_KIBIBYTES = 65536,
	PIN_MS = 250, /* aimed at */
	PIN_MAX_PASSES = 10
};

static const char *const role_names[ROLE_COUNT] = {
	[ROLE_NONE] = "none",
	[ROLE_AGENT] = "agent",
	[ROLE_STAFF] = "staff",
	[ROLE_SUPERVISOR] = "supervisor",
	[ROLE_TECHNICIAN] = "technician",
};

const char *users_role_name(enum role role)
{
	return role_names[role];
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

void session_clear(struct session *s)
{
	crypto_wipe(s, sizeof(*s));
}

static bool pin_is_good(const char *pin)
{
	return str_is_digits(pin) && strlen(pin) == USERS_PIN_DIGITS &&
	       strcmp(pin, "123456") != 0 && strcmp(pin, "000000") != 0;
}

/* Passes that take about PIN_MS here, at that much memory. */
static bool measure(uint32_t kibibytes, uint32_t *passes, struct err *err)
{
	const struct crypto_pin_cost one = {.passes = 1,
		.kibibytes = kibibytes};
	const uint8_t salt[CRYPTO_SALT_SIZE] = {0};
	uint8_t key[CRYPTO_KEY_SIZE];
	const long long start = clock_ms();
	long long took;

	if (!crypto_pin_key("135790", salt, one, key, err))
		return false;
	took = clock_ms() - start;
	*passes = took >= PIN_MS ? 1 : (uint32_t)(PIN_MS / (took + 1));
	if (*passes > PIN_MAX_PASSES)
		*passes = PIN_MAX_PASSES;
	if (*passes < 1)
		*passes = 1;
	return true;
}

bool users_set_pin_cost(struct db *db, uint32_t kibibytes, struct err *err)
{
	char text[16];
	uint32_t passes = 1;

	if (kibibytes == 0 && !measure(PIN_KIBIBYTES, &passes, err))
		return false;
	snprintf(text, sizeof(text), "%u",
		kibibytes ? kibibytes : PIN_KIBIBYTES);
	if (!setting_put(db, "pin_kibibytes", text, err))
		return false;
	snprintf(text, sizeof(text), "%u", passes);
	return setting_put(db, "pin_passes", text, err);
}

static bool pin_cost(struct db *db, struct crypto_pin_cost *out,
	struct err *err)
{
	char kib[16];
	char passes[16];
	int64_t k;
	int64_t p;

	if (!setting_get(db, "pin_kibibytes", kib, sizeof(kib), err) ||
		!setting_get(db, "pin_passes", passes, sizeof(passes), err))
		return false;
	if (!str_to_int(kib, 8, INT32_MAX, &k) ||
		!str_to_int(passes, 1, 1000, &p))
		return err_set(err, ERR_CORRUPT, 0, "cost of PINs is not set");
	*out = (struct crypto_pin_cost){.passes = (uint32_t)p,
		.kibibytes = (uint32_t)k};
	return true;
}

/* CONFIG record: rsum is over a line that says what was changed. */
static bool note_change(struct db *db, const struct session *by,
	const char *line, struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = by ? by->user.number : 0,
		.rsum = sum};

	crypto_sha256(line, strlen(line), sum);
	return journal_append(db, &entry, NULL, err);
}

static void read_user(sqlite3_stmt *st, struct user *out)
{
	*out = (struct user){.number = sqlite3_column_int64(st, 0),
		.role = (enum role)sqlite3_column_int(st, 2),
		.failures = sqlite3_column_int(st, 3),
		.locked = sqlite3_column_int(st, 4) != 0};
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

bool users_list(struct db *db, struct user *out, int max, int *count,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &users_stmts, LIST);
	enum lookup got = LOOKUP_ABSENT;

	*count = 0;
	while (*count < max && (got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		read_user(st, &out[(*count)++]);
	stmt_done(st);
	return got != LOOKUP_FAILED;
}

/* The user's own key pair, locked by PIN and device, into the store. */
static bool insert(struct db *db, const struct user *u, const char *pin,
	const struct crypto_pair *pair, struct err *err)
{
	struct crypto_pin_cost cost = {0};
	uint8_t salt[CRYPTO_SALT_SIZE];
	uint8_t key[CRYPTO_KEY_SIZE];
	uint8_t inner[INNER_SIZE];
	uint8_t locked[LOCKED_SIZE];
	sqlite3_stmt *st;

	crypto_random(salt, sizeof(salt));
	if (!pin_cost(db, &cost, err) ||
		!crypto_pin_key(pin, salt, cost, key, err))
		return false;
	crypto_lock(pair->secret, sizeof(pair->secret), context, key, inner);
	crypto_lock(inner, sizeof(inner), context, db->secret, locked);
	crypto_wipe(key, sizeof(key));
	st = stmt_get(db, &users_stmts, ADD);
	stmt_int(st, ":number", u->number);
	stmt_text(st, ":name", u->name);
	stmt_int(st, ":role", u->role);
	stmt_blob(st, ":salt", salt, sizeof(salt));
	stmt_int(st, ":passes", cost.passes);
	stmt_int(st, ":kib", cost.kibibytes);
	stmt_blob(st, ":public", pair->public, sizeof(pair->public));
	stmt_blob(st, ":secret", locked, sizeof(locked));
	return stmt_run(db, st, err);
}

static bool add(struct db *db, const struct user *u, const char *pin,
	struct err *err)
{
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	char line[160];
	struct crypto_pair pair;
	bool ok;

	crypto_pair_new(&pair);
	str_to_hex(pair.public, sizeof(pair.public), hex);
	snprintf(line, sizeof(line), "user %lld %s %s\n", (long long)u->number,
		users_role_name(u->role), hex);
	ok = insert(db, u, pin, &pair, err) &&
	     datakey_give(db, u->number, pair.public, err) &&
	     note_change(db, NULL, line, err);
	crypto_wipe(&pair, sizeof(pair));
	crash_point("user.added");
	return ok;
}

bool users_add(struct db *db, int64_t number, const char *name, enum role role,
	const char *pin, struct err *err)
{
	struct user u = {.number = number, .role = role};
	struct user known;

	if (number < 1 || number > 9999999 || role <= ROLE_NONE ||
		role >= ROLE_COUNT || !name[0] ||
		!str_copy(u.name, sizeof(u.name), name))
		return err_set(err, ERR_INVALID, 0,
			"user: number, name or role is not valid");
	if (!pin_is_good(pin))
		return err_set(err, ERR_INVALID, 0,
			"user: the PIN is not six digits or too easy");
	switch (users_get(db, number, &known, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		return err_set(err, ERR_INVALID, 0,
			"user %lld is there already", (long long)number);
	case LOOKUP_ABSENT:
		break;
	}
	if (!db_begin(db, err))
		return false;
	return db_end(db, add(db, &u, pin, err), err);
}

static bool set_failures(struct db *db, int64_t number, bool up,
	struct err *err)
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

bool users_unlock(struct db *db, const struct session *by, int64_t number,
	struct err *err)
{
	char line[48];
	struct user u;

	if (by->user.role != ROLE_SUPERVISOR || by->user.number == number)
		return err_set(err, ERR_DENIED, 0,
			"only another supervisor may unlock user %lld",
			(long long)number);
	switch (users_get(db, number, &u, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_INVALID, 0, "there is no user %lld",
			(long long)number);
	case LOOKUP_FOUND:
		break;
	}
	snprintf(line, sizeof(line), "unlock %lld\n", (long long)number);
	if (!db_begin(db, err))
		return false;
	return db_end(db,
		set_failures(db, number, false, err) &&
			note_change(db, by, line, err),
		err);
}

/* What the user's row says about opening his key. */
struct user_keys {
	uint8_t salt[CRYPTO_SALT_SIZE];
	struct crypto_pin_cost cost;
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t locked[LOCKED_SIZE];
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

/* The slow part. *right: the PIN opened the key, which is then in secret. */
static bool try_pin(struct db *db, int64_t number, const char *pin,
	uint8_t secret[CRYPTO_SECRET_SIZE], bool *right, struct err *err)
{
	uint8_t key[CRYPTO_KEY_SIZE];
	uint8_t inner[INNER_SIZE];
	struct crypto_pair pair;
	struct user_keys k;

	*right = false;
	if (!read_keys(db, number, &k, err) ||
		!crypto_pin_key(pin, k.salt, k.cost, key, err))
		return false;
	if (!crypto_unlock(k.locked, sizeof(k.locked), context, db->secret,
		    inner)) {
		crypto_wipe(key, sizeof(key));
		return err_set(err, ERR_CORRUPT, 0,
			"the key of user %lld is not of this device",
			(long long)number);
	}
	*right = crypto_unlock(inner, sizeof(inner), context, key, secret);
	crypto_wipe(key, sizeof(key));
	if (!*right)
		return true;
	crypto_pair_from_seed(secret, &pair);
	if (memcmp(pair.public, k.public, sizeof(k.public)) != 0)
		*right = false;
	crypto_wipe(&pair, sizeof(pair));
	return true;
}

/* Both in the journal and in the counter, or in neither. key: as far as he
 * signs in. */
static bool record_try(struct db *db, int64_t number, bool right, bool login,
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t key[CRYPTO_KEY_SIZE],
	struct err *err)
{
	const struct journal_entry entry = {.actor = number,
		.kind = right ? JOURNAL_LOGIN : JOURNAL_LOGIN_FAIL};
	bool ok = true;

	if (!db_begin(db, err))
		return false;
	if (right)
		ok = set_failures(db, number, false, err);
	if (ok && right && login)
		ok = datakey_open(db, number, secret, key, err);
	if (ok && (login || !right))
		ok = journal_append(db, &entry, NULL, err);
	crash_point("login.appended");
	if (!db_end(db, ok, err))
		return false;
	crash_point("login.recorded");
	return true;
}

static enum sign_in check_pin(struct db *db, int64_t number, const char *pin,
	bool login, struct session *out, struct sign_in_result *result,
	struct err *err)
{
	uint8_t key[CRYPTO_KEY_SIZE] = {0};
	bool right;
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
	if (out->user.locked)
		return SIGN_IN_LOCKED;
	/* Counted, and on the disk, before it is tried (T65). */
	if (!set_failures(db, number, true, err))
		return SIGN_IN_FAILED;
	crash_point("login.counted");
	if (!try_pin(db, number, pin, out->secret, &right, err))
		return SIGN_IN_FAILED;
	crash_point("login.tried");
	ok = record_try(db, number, right, login, out->secret, key, err) &&
	     (!right || !login || datakey_enter(db, key, err));
	crypto_wipe(key, sizeof(key));
	if (ok && right && login && !unsealed_seal(db, err)) {
		datakey_leave(db);
		ok = false;
	}
	if (!ok)
		return SIGN_IN_FAILED;
	if (right)
		return SIGN_IN_DONE;
	out->user.failures++;
	result->tries_left = USERS_MAX_FAILURES - out->user.failures;
	result->wait_seconds = users_wait_seconds(out->user.failures);
	return result->tries_left > 0 ? SIGN_IN_WRONG_PIN : SIGN_IN_LOCKED;
}

static enum sign_in sign_in(struct db *db, int64_t number, const char *pin,
	bool login, struct session *out, struct sign_in_result *result,
	struct err *err)
{
	enum sign_in got;

	/* Not allowed is no reason to pay nobody; screen.c logs it. */
	crypto_memory_hold(out, sizeof(*out));
	got = check_pin(db, number, pin, login, out, result, err);
	if (got == SIGN_IN_DONE)
		out->user.failures = 0;
	else
		session_clear(out);
	return got;
}

enum sign_in users_sign_in(struct db *db, int64_t number, const char *pin,
	struct session *out, struct sign_in_result *result, struct err *err)
{
	return sign_in(db, number, pin, true, out, result, err);
}

enum sign_in users_check(struct db *db, int64_t number, const char *pin,
	struct session *out, struct sign_in_result *result, struct err *err)
{
	return sign_in(db, number, pin, false, out, result, err);
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
