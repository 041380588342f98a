/*
 * users.h - who works here: number, role, PIN, signing key.
 *
 * A PIN is six digits. Argon2id makes a key of it that unlocks the user's own
 * Ed25519 key; the PIN is right if that opens, and nothing else is stored.
 * Failures are counted on disk before the PIN is tried, so that pulling the
 * plug gains nothing (T65): from the third on each try must wait, at the
 * tenth the user is locked until a supervisor unlocks him. Signing in, out
 * and failing are journal records.
 */
#ifndef DB_USERS_H
#define DB_USERS_H

#include "core/crypto.h"
#include "core/role.h"
#include "db/db.h"
#include "db/refusal.h"

enum {
	USERS_PIN_DIGITS = 6,
	USERS_MAX_FAILURES = 10,
	USERS_FREE_FAILURES = 2, /* no waiting up to here */
	USERS_MAX = 256,
	USERS_NUMBER_MAX = 9999999
};

struct user {
	int64_t number; /* 1 to 9,999,999 */
	char name[DB_NAME_SIZE];
	enum role role;
	int failures;      /* wrong PINs in a row */
	bool locked;       /* too many wrong PINs; a supervisor unlocks */
	bool revoked;      /* may not work here any more */
	int32_t until;     /* the last day he may, YYYYMMDD; 0: no end */
	bool has_approval; /* approves from a terminal of his own: */
	uint8_t approval[CRYPTO_PUBLIC_SIZE];
};

/* Who is to be added. */
struct user_new {
	int64_t number;
	const char *name;
	enum role role;
	const char *pin;
};

/* A signed-in user: the author of what is done from now on. */
struct session {
	struct user user; /* number 0: nobody */
	uint8_t secret[CRYPTO_SECRET_SIZE];
};

enum sign_in {
	SIGN_IN_FAILED = -1, /* *err: the store, memory */
	SIGN_IN_NO_USER,
	SIGN_IN_WRONG_PIN, /* tries_left, wait_seconds are set */
	SIGN_IN_LOCKED,
	SIGN_IN_REVOKED,
	SIGN_IN_EXPIRED, /* his time is over; a supervisor renews it */
	SIGN_IN_DONE,
};

struct sign_in_result {
	int tries_left;
	int wait_seconds; /* before the next try is allowed */
};

/*
 * Seconds to wait before the next try of this user: 0 for the first two
 * failures, then 2, 4, 8 … up to 30. The caller waits; the count is on disk,
 * so a restart does not shorten it.
 */
int users_wait_seconds(int failures);

/* "agent"; and back, false for anything else. */
const char *users_role_name(enum role role);
bool users_role_parse(const char *name, enum role *out);

/*
 * Each writes a CONFIG record that by signs. by is a supervisor; but while
 * there is none, whoever is signed in adds people, and the first user of a
 * store is added by nobody (by NULL): people's data open to nobody else.
 */
enum verdict users_add(struct db *db, const struct session *by,
	const struct user_new *n, struct refusal *why, struct err *err);
/* The same, and he may work to that day, YYYYMMDD; 0: no end. Not the first
 * user, who could be renewed by nobody. */
enum verdict users_add_until(struct db *db, const struct session *by,
	const struct user_new *n, int32_t until, struct refusal *why,
	struct err *err);
enum verdict users_unlock(struct db *db, const struct session *by,
	int64_t number, struct refusal *why, struct err *err);

/*
 * Another last day for a user who has one, later than it is: so a terminal
 * that nobody can reach stops by itself to believe in who left. REFUSED_RENEW
 * if he has no end, or it is not later.
 */
enum verdict users_renew(struct db *db, const struct session *by,
	int64_t number, int32_t until, struct refusal *why, struct err *err);

/* Is ms behind the last day on which he may work? */
bool users_is_over(const struct user *u, int64_t ms);

/* "2027-01-31" as YYYYMMDD, and back; false: no day. */
bool users_day_parse(const char *text, int32_t *out);
const char *users_day_text(int32_t day, char out[16]);

/* For good: a number is never given again. A drawer of his that is open is
 * closed by somebody who stands in for him (shifts.h). */
enum verdict users_revoke(struct db *db, const struct session *by,
	int64_t number, struct refusal *why, struct err *err);

/*
 * A user's own PIN. The old one is tried as at signing in, and counted:
 * REFUSED_WRONG_PIN, and tried and result say more. Who forgot his PIN is
 * revoked and gets another number; nobody can give him his key back.
 */
struct pin_change {
	const char *old;
	const char *pin;
	enum sign_in tried;
	struct sign_in_result result;
};
enum verdict users_set_pin(struct db *db, int64_t number,
	struct pin_change *change, struct refusal *why, struct err *err);

enum lookup users_get(struct db *db, int64_t number, struct user *out,
	struct err *err);

/* Users by number, at most max; all, or those above a number. Sets *count. */
bool users_list_after(struct db *db, int64_t after, struct user *out, int max,
	int *count, struct err *err);
bool users_list(struct db *db, struct user *out, int max, int *count,
	struct err *err);

/*
 * Costs a few hundred ms on purpose. On DONE *out is the session, and people's
 * data are open until the last one signs out.
 */
enum sign_in users_sign_in(struct db *db, int64_t number, const char *pin,
	struct session *out, struct sign_in_result *result, struct err *err);

/*
 * The same for who was signed in before and never out, as between two calls of
 * a verb: no LOGIN record.
 */
enum sign_in users_resume(struct db *db, int64_t number, const char *pin,
	struct session *out, struct sign_in_result *result, struct err *err);

/*
 * Check a second person's PIN without signing him in: the same counting and
 * locking, no LOGIN record. For approvals.
 */
enum sign_in users_check(struct db *db, int64_t number, const char *pin,
	struct session *out, struct sign_in_result *result, struct err *err);

/* LOGOUT record; wipes the session, and the last one people's data, also if
 * there could be no record. */
bool users_sign_out(struct db *db, struct session *s, struct err *err);
void session_clear(struct session *s);

#endif
