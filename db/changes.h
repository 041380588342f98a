/*
 * changes.h - lists of changes and answers of the account check, into the
 * store: preview, then all or nothing, as with payment lists (lists.h).
 *
 * A file is known by its SHA-256: the same again changes nothing. One CHANGE
 * or ACCOUNT_STATE record for each row that says something new, and one
 * IMPORT record. Entitlements never come from here.
 *
 * came: the person is known from now on, without money, or is back. left:
 * money of that period and later ones is not payable, earlier arrears are,
 * funeral money too; a "came" from a period takes it back from there on.
 * altered: name, address and group where given.
 *
 * Troubles found here: TROUBLE_UNKNOWN, nobody of that number is here;
 * TROUBLE_OTHER, the column is somebody else's or reads differently here;
 * TROUBLE_NOT_OURS, an answer to what this terminal has not asked;
 * TROUBLE_DUPLICATE, the same person twice in the file, or gone already.
 */
#ifndef DB_CHANGES_H
#define DB_CHANGES_H

#include "db/lists.h"

/* As lists_import(); declared sums and progress are not looked at. */
bool changes_import(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err);
bool answers_import(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err);

#endif
