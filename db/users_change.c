/* users_change.c - who is added, unlocked, revoked, or gets another PIN. */
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/crash.h"
#include "core/pin.h"
#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/users_internal.h"
#include "db/verdict_internal.h"
#include "db/visits_internal.h"
#include "db/window_internal.h"

enum {
	ADD,
	SET_PIN,
	REVOKE,
	RENEW,
	SUPERVISORS,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = "INSERT INTO user (number, name, role, salt, passes, kib,"
		" public, secret, until) VALUES (:number, :name, :role, :salt,"
		" :passes, :kib, :public, :secret, :until)",
	[RENEW] = "UPDATE user SET until = :until WHERE number = :number",
	[SET_PIN] = "UPDATE user SET salt = :salt, passes = :passes,"
		    " kib = :kib, secret = :secret WHERE number = :number",
	[REVOKE] = "UPDATE user SET revoked = 1 WHERE number = :number",
	[SUPERVISORS] = "SELECT count(*), ifnull(sum(role = :role AND"
			" NOT revoked), 0) FROM user /* scan */",
};

const struct stmt_set users_change_stmts = {"users change", sql, COUNT};

const char users_key_before[] = "user";

void users_key_context(int64_t number, enum role role,
	char out[USERS_CONTEXT_SIZE])
{
	snprintf(out, USERS_CONTEXT_SIZE, "user %lld %s", (long long)number,
		users_role_name(role));
}

enum {
	PIN_KIBIBYTES = 65536,
	PIN_MS = 250, /* aimed at */
	PIN_MAX_PASSES = 10
};

/* ---- what a PIN costs ---------------------------------------------------- */

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
	if (!str_to_int(kib, 8, CRYPTO_PIN_MAX_KIBIBYTES, &k) ||
		!str_to_int(passes, 1, CRYPTO_PIN_MAX_PASSES, &p))
		return err_set(err, ERR_CORRUPT, 0, "cost of PINs is not set");
	*out = (struct crypto_pin_cost){.passes = (uint32_t)p,
		.kibibytes = (uint32_t)k};
	return true;
}

/* ---- keys ---------------------------------------------------------------- */

/* A signing key as it lies in the store. */
struct locked_key {
	uint8_t salt[CRYPTO_SALT_SIZE];
	struct crypto_pin_cost cost;
	uint8_t bytes[USERS_LOCKED_SIZE];
};

/* By the PIN, and around that by the device; of this row, and no other. */
static bool lock_key(struct db *db, int64_t number, enum role role,
	const char *pin, const uint8_t secret[CRYPTO_SECRET_SIZE],
	struct locked_key *out, struct err *err)
{
	uint8_t key[CRYPTO_KEY_SIZE];
	uint8_t inner[USERS_INNER_SIZE];
	char context[USERS_CONTEXT_SIZE];

	users_key_context(number, role, context);
	crypto_random(out->salt, sizeof(out->salt));
	if (!pin_cost(db, &out->cost, err) ||
		!crypto_pin_key(pin, out->salt, out->cost, key, err))
		return false;
	crypto_lock(secret, CRYPTO_SECRET_SIZE, context, key, inner);
	crypto_lock(inner, sizeof(inner), context, db->secret, out->bytes);
	crypto_wipe(key, sizeof(key));
	return true;
}

static void bind_key(sqlite3_stmt *st, const struct locked_key *k)
{
	stmt_blob(st, ":salt", k->salt, sizeof(k->salt));
	stmt_int(st, ":passes", k->cost.passes);
	stmt_int(st, ":kib", k->cost.kibibytes);
	stmt_blob(st, ":secret", k->bytes, sizeof(k->bytes));
}

/* ---- what all of them have in common ------------------------------------- */

/*
 * CONFIG record: rsum is over a line that says what was changed, and who did
 * it signs. Only the first user of a store is added by nobody.
 */
static bool note_until(struct db *db, const struct session *by,
	const char *line, int64_t number, int32_t until, struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = by ? by->user.number : 0,
		.by = by,
		.rsum = sum,
		.until_user = number,
		.until = until};

	crypto_sha256(line, strlen(line), sum);
	return journal_append(db, &entry, NULL, err);
}

static bool note_change(struct db *db, const struct session *by,
	const char *line, struct err *err)
{
	return note_until(db, by, line, 0, 0, err);
}

static bool count_users(struct db *db, int64_t *all, int64_t *supervisors,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &users_change_stmts, SUPERVISORS);

	stmt_int(st, ":role", ROLE_SUPERVISOR);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*all = sqlite3_column_int64(st, 0);
	*supervisors = sqlite3_column_int64(st, 1);
	stmt_done(st);
	return true;
}

static enum verdict find_user(struct db *db, int64_t number, struct user *out,
	struct refusal *why, struct err *err)
{
	switch (users_get(db, number, out, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NO_USER);
	case LOOKUP_FOUND:
		break;
	}
	return VERDICT_DONE;
}

static enum verdict pin_is_good(const char *pin, struct refusal *why)
{
	return pin_check(pin) == PIN_GOOD ? VERDICT_DONE
					  : refuse(why, REFUSED_PIN);
}

/* ---- a new one ----------------------------------------------------------- */

static bool insert(struct db *db, const struct user_new *n, int32_t until,
	const struct crypto_pair *pair, struct err *err)
{
	struct locked_key key;
	sqlite3_stmt *st;

	if (!lock_key(db, n->number, n->role, n->pin, pair->secret, &key, err))
		return false;
	st = stmt_get(db, &users_change_stmts, ADD);
	stmt_int(st, ":number", n->number);
	stmt_text(st, ":name", n->name);
	stmt_int(st, ":role", n->role);
	stmt_int(st, ":until", until);
	stmt_blob(st, ":public", pair->public, sizeof(pair->public));
	bind_key(st, &key);
	return stmt_run(db, st, err);
}

static bool write_user(struct db *db, const struct session *by,
	const struct user_new *n, int32_t until, struct err *err)
{
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	char line[160];
	struct crypto_pair pair;
	bool ok;

	crypto_pair_new(&pair);
	str_to_hex(pair.public, sizeof(pair.public), hex);
	snprintf(line, sizeof(line), "user %lld %s %s\n", (long long)n->number,
		users_role_name(n->role), hex);
	ok = insert(db, n, until, &pair, err) &&
	     datakey_give(db, n->number, pair.public, err) &&
	     note_until(db, by, line, n->number, until, err);
	crypto_wipe(&pair, sizeof(pair));
	crash_point("user.added");
	return ok;
}

/*
 * A supervisor adds people. While there is none, whoever is signed in does;
 * and the very first comes by himself.
 */
static enum verdict may_add(struct db *db, const struct session *by,
	struct refusal *why, struct err *err)
{
	int64_t all;
	int64_t supervisors;

	if (!count_users(db, &all, &supervisors, err))
		return VERDICT_FAILED;
	if (all == 0)
		return VERDICT_DONE;
	if (!by)
		return supervisors > 0 ? roles_refuse(ACT_ADD_USER, why)
				       : refuse(why, REFUSED_NOBODY);
	return supervisors > 0 ? roles_may(db, by, ACT_ADD_USER, why)
			       : VERDICT_DONE;
}

static enum verdict add(struct db *db, const struct session *by,
	const struct user_new *n, int32_t until, struct refusal *why,
	struct err *err)
{
	char name[DB_NAME_SIZE];
	struct user known;
	enum verdict v;

	/* Who starts a store must be able to renew others. */
	if (until != 0 && !by)
		return refuse(why, REFUSED_USER);
	v = may_add(db, by, why, err);

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (n->number < 1 || n->number > USERS_NUMBER_MAX ||
		n->role <= ROLE_NONE || n->role >= ROLE_COUNT || !n->name[0] ||
		!str_copy(name, sizeof(name), n->name))
		return refuse(why, REFUSED_USER);
	switch (users_get(db, n->number, &known, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_FOUND:
		return refuse(why, REFUSED_USER_TAKEN);
	case LOOKUP_ABSENT:
		break;
	}
	v = pin_is_good(n->pin, why);
	if (v == VERDICT_DONE && !write_user(db, by, n, until, err))
		v = VERDICT_FAILED;
	return v;
}

/* ---- his last day --------------------------------------------------------- */

static bool write_renewed(struct db *db, const struct session *by,
	int64_t number, int32_t until, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &users_change_stmts, RENEW);
	char line[64];
	char day[16];

	snprintf(line, sizeof(line), "renew %lld %s\n", (long long)number,
		users_day_text(until, day));
	stmt_int(st, ":until", until);
	stmt_int(st, ":number", number);
	return stmt_run(db, st, err) &&
	       note_until(db, by, line, number, until, err);
}

static enum verdict renew(struct db *db, const struct session *by,
	int64_t number, int32_t until, struct refusal *why, struct err *err)
{
	struct user u = {0};
	enum verdict v = roles_may(db, by, ACT_ADD_USER, why);

	if (v == VERDICT_DONE && by->user.number == number)
		v = refuse(why, REFUSED_SELF);
	if (v == VERDICT_DONE)
		v = find_user(db, number, &u, why, err);
	if (v == VERDICT_DONE && u.revoked)
		v = refuse(why, REFUSED_REVOKED);
	if (v == VERDICT_DONE && (u.until == 0 || until <= u.until))
		v = refuse(why, REFUSED_RENEW);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v == VERDICT_DONE && !write_renewed(db, by, number, until, err))
		v = VERDICT_FAILED;
	return v;
}

enum verdict users_renew(struct db *db, const struct session *by,
	int64_t number, int32_t until, struct refusal *why, struct err *err)
{
	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	return db_end_verdict(db, renew(db, by, number, until, why, err), err);
}

static const struct session *somebody(const struct session *by)
{
	return by && by->user.number != 0 ? by : NULL;
}

enum verdict users_add_until(struct db *db, const struct session *by,
	const struct user_new *n, int32_t until, struct refusal *why,
	struct err *err)
{
	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	return db_end_verdict(db, add(db, somebody(by), n, until, why, err),
		err);
}

enum verdict users_add(struct db *db, const struct session *by,
	const struct user_new *n, struct refusal *why, struct err *err)
{
	return users_add_until(db, by, n, 0, why, err);
}

/* ---- unlocked, revoked --------------------------------------------------- */

static enum verdict unlock(struct db *db, const struct session *by,
	int64_t number, struct refusal *why, struct err *err)
{
	char line[48];
	struct user u;
	enum verdict v = roles_may(db, by, ACT_UNLOCK, why);

	if (v == VERDICT_DONE && by->user.number == number)
		v = refuse(why, REFUSED_SELF);
	if (v == VERDICT_DONE)
		v = find_user(db, number, &u, why, err);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	snprintf(line, sizeof(line), "unlock %lld\n", (long long)number);
	return users_set_failures(db, number, false, err) &&
			       note_change(db, by, line, err)
		       ? VERDICT_DONE
		       : VERDICT_FAILED;
}

enum verdict users_unlock(struct db *db, const struct session *by,
	int64_t number, struct refusal *why, struct err *err)
{
	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	return db_end_verdict(db, unlock(db, by, number, why, err), err);
}

bool users_take_out(struct db *db, int64_t number, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &users_change_stmts, REVOKE);

	stmt_int(st, ":number", number);
	return stmt_run(db, st, err) && datakey_take(db, number, err) &&
	       drafts_forget_user(db, number, err);
}

static bool write_revoked(struct db *db, const struct session *by,
	int64_t number, struct err *err)
{
	char line[48];

	snprintf(line, sizeof(line), "revoke %lld\n", (long long)number);
	return users_take_out(db, number, err) &&
	       note_change(db, by, line, err);
}

static enum verdict revoke(struct db *db, const struct session *by,
	int64_t number, struct refusal *why, struct err *err)
{
	struct user u;
	enum verdict v = roles_may(db, by, ACT_REVOKE, why);

	if (v == VERDICT_DONE && by->user.number == number)
		v = refuse(why, REFUSED_SELF);
	if (v == VERDICT_DONE)
		v = find_user(db, number, &u, why, err);
	if (v == VERDICT_DONE && u.revoked)
		v = refuse(why, REFUSED_REVOKED);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v == VERDICT_DONE && !write_revoked(db, by, number, err))
		v = VERDICT_FAILED;
	crash_point("user.revoked");
	return v;
}

enum verdict users_revoke(struct db *db, const struct session *by,
	int64_t number, struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, revoke(db, by, number, why, err), err);
	if (v == VERDICT_DONE)
		users_bar(db, number);
	else if (v == VERDICT_FAILED)
		users_ask_book(db);
	return v;
}

/* ---- another PIN --------------------------------------------------------- */

/* The signing key stays, only its lock is another; so does the data key,
 * which is sealed to it. */
static bool write_pin(struct db *db, const struct session *s, const char *pin,
	struct err *err)
{
	struct locked_key key;
	sqlite3_stmt *st;
	char line[48];

	if (!lock_key(db, s->user.number, s->user.role, pin, s->secret, &key,
		    err))
		return false;
	snprintf(line, sizeof(line), "pin %lld\n", (long long)s->user.number);
	st = stmt_get(db, &users_change_stmts, SET_PIN);
	stmt_int(st, ":number", s->user.number);
	bind_key(st, &key);
	return stmt_run(db, st, err) && note_change(db, s, line, err);
}

static enum verdict set_pin(struct db *db, const struct session *s,
	const char *pin, struct refusal *why, struct err *err)
{
	enum verdict v;

	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = window_clock(db, why, err);
	if (v == VERDICT_DONE && !write_pin(db, s, pin, err))
		v = VERDICT_FAILED;
	crash_point("pin.written");
	return db_end_verdict(db, v, err);
}

enum verdict users_set_pin(struct db *db, int64_t number,
	struct pin_change *change, struct refusal *why, struct err *err)
{
	struct session s;
	enum verdict v;

	*why = (struct refusal){0};
	change->tried = SIGN_IN_DONE;
	change->result = (struct sign_in_result){0};
	v = pin_is_good(change->pin, why);
	if (v == VERDICT_DONE && strcmp(change->pin, change->old) == 0)
		v = refuse(why, REFUSED_PIN_SAME);
	if (v != VERDICT_DONE)
		return v;
	change->tried =
		users_check(db, number, change->old, &s, &change->result, err);
	if (change->tried == SIGN_IN_FAILED)
		return VERDICT_FAILED;
	v = change->tried == SIGN_IN_DONE
		    ? set_pin(db, &s, change->pin, why, err)
		    : refuse(why, REFUSED_WRONG_PIN);
	session_clear(&s);
	return v;
}
