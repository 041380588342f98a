#include "db/sealed_internal.h"

#include <assert.h>
#include <string.h>

#include "core/buf.h"
#include "db/stmt.h"

enum {
	VERSION = 1,
	HEAD = 1 + 1 + 1 + 4 + 4,
	STEP = 32
};

_Static_assert(HEAD + 3 * PAYLIST_CODE_SIZE + PERSONID_SIZE +
			       PERSONID_OLD_SIZE + VIET_NAME_SIZE +
			       PAYLIST_TEXT_SIZE + PAYLIST_SUBGROUP_SIZE +
			       VIET_NAME_SIZE + PERSONID_SIZE + 8 + 24 + STEP <
		       SEALED_PLAIN,
	"the longest person fits");

void sealed_of_row(const struct paylist_row *row, struct sealed *out)
{
	const struct date b = row->birth;

	*out = (struct sealed){.seq = row->seq,
		.birth = b.year * 10000 + b.month * 100 + b.day,
		.sex = row->sex,
		.payee = row->payee,
		.text = {[SEALED_LIST_NO] = row->list_no,
			[SEALED_CODE] = row->beneficiary_id,
			[SEALED_ID12] = row->id12,
			[SEALED_OLD_ID] = row->old_id,
			[SEALED_NAME] = row->name,
			[SEALED_ADDRESS] = row->address,
			[SEALED_GROUP] = row->group,
			[SEALED_SUBGROUP] = row->subgroup,
			[SEALED_PAYEE_NAME] = row->payee_name,
			[SEALED_PAYEE_ID] = row->payee_id,
			[SEALED_ACCOUNT_BIN] = row->account_bin,
			[SEALED_ACCOUNT_NO] = row->account_no}};
}

size_t sealed_pack(const struct sealed *s, uint8_t out[SEALED_PLAIN])
{
	static const uint8_t zeros[STEP];
	struct buf b;

	buf_init(&b, out, SEALED_PLAIN);
	buf_byte(&b, VERSION);
	buf_byte(&b, (uint8_t)s->sex);
	buf_byte(&b, (uint8_t)s->payee);
	buf_be(&b, (uint64_t)s->seq, 4);
	buf_be(&b, (uint64_t)s->birth, 4);
	for (int i = 0; i < SEALED_TEXTS; i++) {
		const char *text = s->text[i] ? s->text[i] : "";

		buf_put(&b, text, strlen(text) + 1);
	}
	buf_put(&b, zeros, (STEP - b.len % STEP) % STEP);
	assert(!b.full);
	return b.len;
}

void sealed_bind(struct db *db, sqlite3_stmt *st, int parameter,
	enum datakey_use use, int64_t row, const uint8_t *plain, size_t len,
	uint8_t locked[SEALED_SIZE])
{
	datakey_lock(db, use, row, plain, len, locked);
	sqlite3_bind_blob64(st, parameter, locked, len + CRYPTO_LOCK_EXTRA,
		SQLITE_STATIC);
}

void sealed_put(struct db *db, sqlite3_stmt *st, const char *name,
	enum datakey_use use, int64_t row, const struct sealed *s,
	uint8_t locked[SEALED_SIZE])
{
	const int parameter = sqlite3_bind_parameter_index(st, name);
	uint8_t plain[SEALED_PLAIN];
	bool said = false;

	for (int i = 0; i < SEALED_TEXTS; i++)
		said = said || (s->text[i] && s->text[i][0]);
	if (!said) {
		sqlite3_bind_zeroblob(st, parameter, 0);
		return;
	}
	sealed_bind(db, st, parameter, use, row, plain, sealed_pack(s, plain),
		locked);
	crypto_wipe(plain, sizeof(plain));
}

static uint32_t take4(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

/* False: not what sealed_pack() makes. */
static bool unpack(const uint8_t *plain, size_t len, struct sealed *out)
{
	size_t at = HEAD;

	if (len < HEAD || plain[0] != VERSION)
		return false;
	out->sex = plain[1];
	out->payee = plain[2];
	out->seq = take4(plain + 3);
	out->birth = (int32_t)take4(plain + 7);
	for (int i = 0; i < SEALED_TEXTS; i++) {
		const uint8_t *end =
			at < len ? memchr(plain + at, 0, len - at) : NULL;

		if (!end)
			return false;
		out->text[i] = (const char *)plain + at;
		at = (size_t)(end - plain) + 1;
	}
	return true;
}

bool sealed_read(const struct db *db, sqlite3_stmt *st, int column,
	enum datakey_use use, int64_t row, uint8_t plain[SEALED_PLAIN],
	struct sealed *out, struct err *err)
{
	const void *locked = sqlite3_column_blob(st, column);
	const size_t len = (size_t)sqlite3_column_bytes(st, column);

	*out = (struct sealed){.seq = 0};
	for (int i = 0; i < SEALED_TEXTS; i++)
		out->text[i] = "";
	if (!datakey_needed(db, err))
		return false;
	if (len == 0)
		return true;
	return (len <= SEALED_SIZE &&
		       datakey_unlock(db, use, row, locked, len, plain) &&
		       unpack(plain, len - CRYPTO_LOCK_EXTRA, out)) ||
	       err_set(err, ERR_CORRUPT, 0,
		       "personal data of row %lld do not open", (long long)row);
}
