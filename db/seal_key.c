/* seal_key.c - the device's key out of its file, into the chip. */
#include "core/crash.h"
#include "db/db_internal.h"
#include "db/home_internal.h"
#include "db/journal_internal.h"
#include "db/roles_internal.h"

static bool note(struct db *db, const struct session *s, struct err *err)
{
	static const char line[] = "sealed\n";
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum};

	crypto_sha256(line, sizeof(line) - 1, sum);
	return journal_append(db, &entry, NULL, err);
}

bool db_seal_key(struct db *db, const struct session *s,
	const struct db_keeper *keeper, struct err *err)
{
	const char *dir = db->info.dir;

	if (!roles_must(db, s, ACT_OFFICE_KEY, err) ||
		!home_secret_seal(dir, keeper, db->secret, err) ||
		!note(db, s, err))
		return false;
	crash_point("key.noted");
	return !home_secret_is_bare(dir) || home_secret_drop(dir, err);
}
