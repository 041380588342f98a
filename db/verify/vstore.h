/*
 * vstore.h - a store, read without writing a byte into its directory.
 *
 * With an empty log it is opened in place as immutable; else database and
 * log are copied into a private directory, opened there and unlinked at
 * once, so that nothing stays behind whatever ends this process. A store
 * that is in use meanwhile is copied until both files held still. SQL in
 * the file never runs: no triggers, no views, no functions of its schema.
 * One thread.
 */
#ifndef DB_VERIFY_VSTORE_H
#define DB_VERIFY_VSTORE_H

#include "core/err.h"
#include "db/verify/audit.h"

struct vstore;

/*
 * Open DIR/chitra.db or a database file. damaged: go on with what SQLite
 * finds broken, to save what can be read. ERR_GONE, ERR_IO, ERR_BUSY;
 * ERR_CORRUPT: no store of this program.
 */
struct vstore *vstore_open(const char *path, bool damaged, struct err *err);
void vstore_close(struct vstore *s);

/* Walk the book, then compare the tables with it. */
bool vstore_walk(struct vstore *s, const struct audit_options *options,
	struct keyring *keys, struct evidence *evidence, struct vreport *report,
	struct err *err);

#endif
