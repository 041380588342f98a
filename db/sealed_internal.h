/*
 * sealed_internal.h - what of a row is personal: texts and a few numbers, as
 * bytes, locked with the data key. Private to db/.
 *
 * The bytes: a version, sex, payee, the number on the list and the birth (4
 * each, big-endian), then the texts in their order, each with a NUL, then
 * zeros up to a multiple of 32, so that the length says little of a name.
 */
#ifndef DB_SEALED_INTERNAL_H
#define DB_SEALED_INTERNAL_H

#include <sqlite3.h>

#include "core/codec/paylist.h"
#include "db/datakey_internal.h"

/* The texts of a person. Their order is in stores: add at the end only. */
enum sealed_person {
	SEALED_LIST_NO,
	SEALED_CODE,
	SEALED_ID12,
	SEALED_OLD_ID,
	SEALED_NAME,
	SEALED_ADDRESS,
	SEALED_GROUP,
	SEALED_SUBGROUP,
	SEALED_PAYEE_NAME,
	SEALED_PAYEE_ID,
	SEALED_ACCOUNT_BIN,
	SEALED_ACCOUNT_NO,
	SEALED_TEXTS
};

enum {
	SEALED_PLAIN = 864, /* more than the longest of all texts */
	SEALED_SIZE = SEALED_PLAIN + CRYPTO_LOCK_EXTRA
};

struct sealed {
	const char *text[SEALED_TEXTS]; /* NULL, beyond those, is "" */
	int64_t seq;                    /* on the list */
	int32_t birth;                  /* YYYYMMDD, unknown 00 */
	int sex;
	int payee;
};

/* Those of a row of a list, into it. */
void sealed_of_row(const struct paylist_row *row, struct sealed *out);

/* As bytes; how many. */
size_t sealed_pack(const struct sealed *s, uint8_t out[SEALED_PLAIN]);

/* These bytes, locked, as a parameter of st. The bytes live until it ran. */
void sealed_bind(struct db *db, sqlite3_stmt *st, int parameter,
	enum datakey_use use, int64_t row, const uint8_t *plain, size_t len,
	uint8_t locked[SEALED_SIZE]);

/* Both; with no text at all there is nothing to lock: no bytes. */
void sealed_put(struct db *db, sqlite3_stmt *st, const char *name,
	enum datakey_use use, int64_t row, const struct sealed *s,
	uint8_t locked[SEALED_SIZE]);

/*
 * What a column holds. Every text is set, into plain; all are "" if there is
 * nothing in it: it was erased, or never said. ERR_DENIED: nobody is signed
 * in. ERR_CORRUPT: it does not open.
 */
bool sealed_read(const struct db *db, sqlite3_stmt *st, int column,
	enum datakey_use use, int64_t row, uint8_t plain[SEALED_PLAIN],
	struct sealed *out, struct err *err);

#endif
