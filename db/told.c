#include "db/told_internal.h"

#include <string.h>

#include "core/str.h"
#include "db/centre_keys_internal.h"
#include "db/elsewhere_internal.h"
#include "db/stmt.h"
#include "db/users.h"

enum {
	USERS,
	PEERS,
	COUNT
};

static const char *const sql[COUNT] = {
	[USERS] = "SELECT number, role, public, revoked, until, approval"
		  " FROM user /* scan */",
	[PEERS] = ("SELECT p.dev, p.public, coalesce(g.why, 0)"
		   " FROM peer AS p LEFT JOIN peer_gone AS g"
		   " ON g.dev = p.dev /* scan */"),
};

const struct stmt_set told_stmts = {"told", sql, COUNT};

/* Half of a SHA-256 is enough to know it by. */
_Static_assert((int)ENT_SIZE <= (int)CRYPTO_HASH_SIZE,
	"a key of ents is cut off it");

bool told_add(struct ents *told, const uint8_t rsum[CRYPTO_HASH_SIZE])
{
	return ents_put(told, rsum) != NULL;
}

/* ---- the newest of what may be said more than once ----------------------- */

/* A fact of a user, by its name: what was said of it last. */
static void fact_key(const char *fact, int64_t number,
	uint8_t out[CRYPTO_HASH_SIZE])
{
	char line[48];
	const int len = snprintf(line, sizeof(line), "%s of %lld", fact,
		(long long)number);

	crypto_sha256(line, (size_t)len, out);
}

static bool put_fact(struct ents *told, const char *fact, int64_t number,
	uint64_t first, uint64_t second)
{
	uint8_t key[CRYPTO_HASH_SIZE];
	struct ent_fate *f;

	fact_key(fact, number, key);
	f = ents_put(told, key);
	if (!f)
		return false;
	f->before = second;
	f->seq = first + 1; /* a slot with 0 there is empty */
	return true;
}

/* Two zeros: nothing was ever said of it. */
static bool is_fact(const struct ents *told, const char *fact, int64_t number,
	uint64_t first, uint64_t second)
{
	uint8_t key[CRYPTO_HASH_SIZE];
	const struct ent_fate *f;

	fact_key(fact, number, key);
	f = ents_get(told, key);
	if (!f)
		return first == 0 && second == 0;
	return f->before == second && f->seq == first + 1;
}

/* Half of a hash of it, as two numbers; of no key two zeros. */
static void halves(const uint8_t *key, size_t len, uint64_t out[2])
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	uint8_t any = 0;

	out[0] = out[1] = 0;
	for (size_t i = 0; i < len; i++)
		any |= key[i];
	if (!any)
		return;
	crypto_sha256(key, len, sum);
	memcpy(out, sum, 2 * sizeof(out[0]));
	out[0] >>= 1;
}

bool told_record(struct ents *told, const struct record *r)
{
	uint64_t key[2];

	if (r->has & RECORD_HAS(KEY_UNTIL) &&
		!put_fact(told, "until", (int64_t)r->until_user, r->until, 0))
		return false;
	if (r->kind == JOURNAL_CONFIG && r->has & RECORD_HAS(KEY_KPUB)) {
		halves(r->kpub, sizeof(r->kpub), key);
		if (!put_fact(told, "approval", (int64_t)r->actor, key[0],
			    key[1]))
			return false;
	}
	for (size_t i = 0; i < r->barreds; i++)
		if (!put_fact(told, "barred", r->barred[i], 1, 0))
			return false;
	return true;
}

static bool is_as_told(sqlite3_stmt *st, const struct ents *told)
{
	const int64_t number = sqlite3_column_int64(st, 0);
	uint8_t public[CRYPTO_PUBLIC_SIZE] = {0};
	uint64_t key[2];

	stmt_column_blob(st, 5, public, sizeof(public));
	halves(public, sizeof(public), key);
	return is_fact(told, "until", number,
		       (uint64_t)sqlite3_column_int64(st, 4), 0) &&
	       is_fact(told, "approval", number, key[0], key[1]);
}

/* ---- people -------------------------------------------------------------- */

static bool is_told(sqlite3_stmt *st, const struct ents *told)
{
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	char key[2 * CRYPTO_PUBLIC_SIZE + 1];
	uint8_t sum[CRYPTO_HASH_SIZE];
	const int role = sqlite3_column_int(st, 1);
	char line[160];
	int len;

	if (role <= ROLE_NONE || role >= ROLE_COUNT ||
		!stmt_column_blob(st, 2, public, sizeof(public)))
		return false;
	str_to_hex(public, sizeof(public), key);
	len = snprintf(line, sizeof(line), "user %lld %s %s\n",
		(long long)sqlite3_column_int64(st, 0),
		users_role_name((enum role)role), key);
	crypto_sha256(line, (size_t)len, sum);
	return ents_get(told, sum) != NULL;
}

/* Nobody comes back by a hand on the table. */
static bool is_revoked_as_told(sqlite3_stmt *st, const struct ents *told)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	char line[48];
	int len;

	len = snprintf(line, sizeof(line), "revoke %lld\n",
		(long long)sqlite3_column_int64(st, 0));
	crypto_sha256(line, (size_t)len, sum);
	return (ents_get(told, sum) != NULL ||
		       !is_fact(told, "barred", sqlite3_column_int64(st, 0), 0,
			       0)) == (sqlite3_column_int(st, 3) != 0);
}

/* Whose lists and texts are believed: each key was told of once. */
static bool centre_is_told(struct db *db, const struct ents *told, bool *all,
	struct err *err)
{
	char hex[REVLIST_HEX_SIZE];
	uint8_t sum[CRYPTO_HASH_SIZE];

	for (int i = 0; i < CENTRE_KEYS; i++) {
		if (!centre_keys_text(db, i, hex, err))
			return false;
		centre_keys_line(hex, sum);
		*all = *all && (!hex[0] || ents_get(told, sum) != NULL);
	}
	return true;
}

/* It is out for the reason that was told of; none comes back by a hand. */
static bool is_drop_told(const uint8_t dev[DB_DEV_SIZE], int why,
	const struct ents *told)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	int said = PEER_NO_WHY;

	for (int i = PEER_LOST; i < PEER_WHYS; i++) {
		elsewhere_drop_line(dev, (enum peer_why)i, sum);
		if (ents_get(told, sum))
			said = i;
	}
	return said == why;
}

/* Whose paid marks are believed. */
static bool is_peer_told(sqlite3_stmt *st, const struct ents *told)
{
	uint8_t dev[DB_DEV_SIZE];
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	char dev_hex[2 * DB_DEV_SIZE + 1];
	char key_hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	uint8_t sum[CRYPTO_HASH_SIZE];
	char line[128];
	int len;

	if (!stmt_column_blob(st, 0, dev, sizeof(dev)) ||
		!stmt_column_blob(st, 1, public, sizeof(public)))
		return false;
	str_to_hex(dev, sizeof(dev), dev_hex);
	str_to_hex(public, sizeof(public), key_hex);
	len = snprintf(line, sizeof(line), "peer %s %s\n", dev_hex, key_hex);
	crypto_sha256(line, (size_t)len, sum);
	return ents_get(told, sum) != NULL &&
	       is_drop_told(dev, sqlite3_column_int(st, 2), told);
}

static bool peers_are_told(struct db *db, const struct ents *told, bool *all,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &told_stmts, PEERS);
	enum lookup got;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		*all = *all && is_peer_told(st, told);
	return got != LOOKUP_FAILED;
}

bool told_check(struct db *db, const struct ents *told, bool *all,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &told_stmts, USERS);
	enum lookup got;

	*all = true;
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		*all = *all && is_told(st, told) &&
		       is_revoked_as_told(st, told) && is_as_told(st, told);
	return got != LOOKUP_FAILED && centre_is_told(db, told, all, err) &&
	       peers_are_told(db, told, all, err);
}
