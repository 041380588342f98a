#include "db/told_internal.h"

#include <string.h>

#include "core/str.h"
#include "db/stmt.h"
#include "db/users.h"

enum {
	USERS,
	COUNT
};

static const char *const sql[COUNT] = {
	[USERS] = "SELECT number, role, public, revoked FROM user"
		  " /* scan */",
};

const struct stmt_set told_stmts = {"told", sql, COUNT};

/* Half of a SHA-256 is enough to know it by. */
_Static_assert((int)ENT_SIZE <= (int)CRYPTO_HASH_SIZE,
	"a key of ents is cut off it");

bool told_add(struct ents *told, const uint8_t rsum[CRYPTO_HASH_SIZE])
{
	return ents_put(told, rsum) != NULL;
}

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
	return (ents_get(told, sum) != NULL) ==
	       (sqlite3_column_int(st, 3) != 0);
}

bool told_check(struct db *db, const struct ents *told, bool *all,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &told_stmts, USERS);
	enum lookup got;

	*all = true;
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		*all = *all && is_told(st, told) &&
		       is_revoked_as_told(st, told);
	return got != LOOKUP_FAILED;
}
