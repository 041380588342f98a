/*
 * liststore.h - a store in a directory of its own, and lists to put into it.
 *
 * A list is written row by row as a test means it: what a column is not given
 * has a default that makes the row good.
 */
#ifndef TESTS_SUPPORT_LISTSTORE_H
#define TESTS_SUPPORT_LISTSTORE_H

#include "db/db.h"
#include "db/lists.h"
#include "db/users.h"

struct liststore {
	char dir[128];
	struct db *db;
	struct session session; /* the system's: nobody signed in */
};

/* The data key of all these stores. */
extern const uint8_t liststore_key[CRYPTO_KEY_SIZE];

/* All ends the test program if it does not work. */
void liststore_open(struct liststore *s);
void liststore_reopen(struct liststore *s);
void liststore_close(struct liststore *s); /* and removes the directory */

/* One row; NULL and 0 are the defaults in brackets. */
struct listrow {
	const char *code; /* beneficiary_id ["P1"] */
	const char *name; /* ["Nguyễn Thị Đẹp"] */
	const char *id12; /* "-" for none [from code: none] */
	const char *old_id;
	int seq;            /* [0: none] */
	const char *period; /* ["2026-12"] */
	int64_t monthly;
	int64_t arrears;
	const char *months;
	int64_t funeral;
	int64_t carry;
	int64_t total;       /* [none] */
	const char *unit;    /* ["U1"] */
	const char *birth;   /* ["02/09/1945"] */
	const char *address; /* ["Thôn 3, xã Cẩm Khê"] */
	bool account;
};

/* Write rows as dir/name; sep ',' ';' or a tab. Returns the path. */
const char *liststore_write(const struct liststore *s, const char *name,
	const struct listrow *row, int rows, char sep);

/* Import the file at path; nothing declared. */
void liststore_import(struct liststore *s, const char *path,
	struct list_result *out);

/* Write the rows and import them. */
void liststore_take(struct liststore *s, const struct listrow *row, int rows,
	struct list_result *out);

#endif
