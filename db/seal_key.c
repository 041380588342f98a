/* seal_key.c - the device's key out of its file, into the chip. */
#include <string.h>

#include "core/crash.h"
#include "db/db_internal.h"
#include "db/home_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"

static const char line[] = "sealed\n";

/* Is it in the book? Read from the end: seldom, and with time. */
static bool is_noted(struct db *db, bool *noted, struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct journal_head head;
	struct journal_row row;
	const char *finding;
	struct record r;

	*noted = false;
	crypto_sha256(line, sizeof(line) - 1, sum);
	if (!journal_head(db, &head, err))
		return false;
	for (uint64_t seq = head.last_seq; seq > 0 && !*noted; seq--) {
		if (journal_row(db, seq, &row, err) == LOOKUP_FAILED)
			return false;
		*noted = record_decode(row.body, row.len, &r, &finding) &&
			 r.kind == JOURNAL_CONFIG &&
			 memcmp(r.rsum, sum, sizeof(sum)) == 0;
	}
	return true;
}

/* Sealed already: only what a death in the middle left undone. */
static bool seal(struct db *db, const struct db_keeper *keeper, struct err *err)
{
	const char *dir = db->info.dir;
	bool noted;

	if (home_secret_is_bare(dir))
		return home_secret_seal(dir, keeper, db->secret, err);
	if (!is_noted(db, &noted, err))
		return false;
	return !noted ||
	       err_set(err, ERR_INVALID, 0,
		       "the key of this device is in no file of %s", dir);
}

static bool note(struct db *db, const struct session *s, struct err *err)
{
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

	if (!roles_must(db, s, ACT_OFFICE_KEY, err) || !seal(db, keeper, err) ||
		!note(db, s, err))
		return false;
	crash_point("key.noted");
	return !home_secret_is_bare(dir) || home_secret_drop(dir, err);
}
