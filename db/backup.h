/*
 * backup.h - a copy of the store as evidence, and taking it out again.
 *
 * A backup is one SQLite file of mode 0600: all that the terminal was told
 * and has done, names and payees included, but nothing that signs: the keys
 * of device, epochs and users are wiped from it. Restored it can be looked
 * at, verified and exported, and is never written to; db_info() says so. A
 * terminal is not brought back to work from a backup: that would be
 * yesterday's disk (T28). Blocking: as slow as disk and stick.
 */
#ifndef DB_BACKUP_H
#define DB_BACKUP_H

#include "db/export.h"
#include "db/watch.h"

/*
 * Copy the open store into a new file, check the copy, record it (EXPORT,
 * rsum its SHA-256). REFUSED_ROLE: supervisors only. ERR_INVALID, sys
 * EEXIST: a file of that name is there.
 */
enum verdict backup_write(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err);

/*
 * Make dir, which must hold no store, a store of evidence out of file.
 * ERR_INVALID: the file is no backup, or there is a store in dir. watch may
 * be NULL; stopped by it nothing is left, nor a directory that was not there.
 */
bool backup_restore(const char *path, const char *dir,
	const struct db_watch *watch, struct err *err);

#endif
