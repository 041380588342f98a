/* visits_box.c - bytes of any length, locked with the data key. */
#include <assert.h>
#include <string.h>

#include "db/stmt.h"
#include "db/visits_internal.h"

enum {
	HEAD = 4, /* the number of bytes, big-endian */
	ROOM = VISITS_BOX_MAX + HEAD + VISITS_BOX_STEP
};

void visits_box_bind(struct db *db, sqlite3_stmt *st, const char *name,
	enum datakey_use use, int64_t row, const void *bytes, size_t len,
	uint8_t *locked)
{
	/* How long it is, to the byte, is nobody's business. */
	const size_t whole = (HEAD + len + VISITS_BOX_STEP - 1) /
			     VISITS_BOX_STEP * VISITS_BOX_STEP;
	uint8_t plain[ROOM] = {0};

	assert(len <= VISITS_BOX_MAX);
	if (len == 0) {
		stmt_blob(st, name, "", 0);
		return;
	}
	for (int i = 0; i < HEAD; i++)
		plain[i] = (uint8_t)(len >> 8 * (HEAD - 1 - i));
	memcpy(plain + HEAD, bytes, len);
	datakey_lock(db, use, row, plain, whole, locked);
	crypto_wipe(plain, whole);
	stmt_blob(st, name, locked, whole + CRYPTO_LOCK_EXTRA);
}

static bool open_box(const struct db *db, sqlite3_stmt *st, int column,
	enum datakey_use use, int64_t row, uint8_t plain[ROOM], size_t *len)
{
	const void *locked = sqlite3_column_blob(st, column);
	const size_t bytes = (size_t)sqlite3_column_bytes(st, column);

	if (bytes < HEAD + CRYPTO_LOCK_EXTRA ||
		bytes - CRYPTO_LOCK_EXTRA > ROOM ||
		!datakey_unlock(db, use, row, locked, bytes, plain))
		return false;
	*len = 0;
	for (int i = 0; i < HEAD; i++)
		*len = *len << 8 | plain[i];
	return *len <= bytes - CRYPTO_LOCK_EXTRA - HEAD;
}

bool visits_box_read(const struct db *db, sqlite3_stmt *st, int column,
	enum datakey_use use, int64_t row, void *out, size_t size, size_t *len,
	struct err *err)
{
	uint8_t plain[ROOM];
	bool ok;

	*len = 0;
	if (!datakey_needed(db, err))
		return false;
	if (sqlite3_column_bytes(st, column) == 0)
		return true;
	ok = open_box(db, st, column, use, row, plain, len);
	if (ok && *len > size)
		return err_set(err, ERR_INVALID, 0,
			"%zu bytes do not fit into %zu", *len, size);
	if (ok)
		memcpy(out, plain + HEAD, *len);
	else
		*len = 0;
	crypto_wipe(plain, sizeof(plain));
	return ok || err_set(err, ERR_CORRUPT, 0,
			     "what is locked in row %lld does not open",
			     (long long)row);
}
