/*
 * vstore_internal.h - the parts of vstore: opening, schema, walk, tables.
 */
#ifndef DB_VERIFY_VSTORE_INTERNAL_H
#define DB_VERIFY_VSTORE_INTERNAL_H

#include "core/lookup.h"
#include <sqlite3.h>
#include <sys/stat.h>

#include "db/verify/vstore.h"

enum {
	VSTORE_PATH = 4096
};

struct vstore {
	sqlite3 *handle;
	char path[VSTORE_PATH];
	bool in_place;
	bool damaged;
	struct stat was; /* of the database, when it was opened */
};

/* Says what SQLite says. Always false. */
bool vstore_failed(struct vstore *s, const char *doing, struct err *err);

/* NULL: *err is set. */
sqlite3_stmt *vstore_prepare(struct vstore *s, const char *sql,
	struct err *err);

/*
 * The next row. False at the end and when it failed; *ok is then false for
 * the latter. Finalizes st at the end.
 */
bool vstore_row(struct vstore *s, sqlite3_stmt *st, bool *ok, struct err *err);

/* A column of exactly len bytes; NULL if it is not that. */
const uint8_t *vstore_blob(sqlite3_stmt *st, int column, int len);

/* Open path as it is: vstore_open.c. */
bool vstore_open_file(struct vstore *s, struct err *err);

/* Is it still the file that was opened? */
bool vstore_held_still(const struct vstore *s);

/* vstore_schema.c: ERR_CORRUPT if there is no book in it at all. */
bool vstore_check_schema(struct vstore *s, struct vreport *report,
	struct err *err);
bool vstore_quick_check(struct vstore *s, struct err *err);

/* vstore_lists.c: the lists in the store, as evidence of what was due. */
bool vstore_read_lists(struct vstore *s, struct evidence *e,
	struct vreport *report, struct err *err);

/* The same: change, account_state, not_paid, list and pd against the book. */
bool vstore_check_lists(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err);

/* An older schema does not have all tables; whether it may is V01. */
enum lookup vstore_has_table(struct vstore *s, const char *name,
	struct err *err);

/* vstore_marks.c: paid marks of other terminals, in a store that has their
 * tables. */
bool vstore_check_marks(struct vstore *s, struct vreport *report,
	struct err *err);

/* vstore_moves.c: what moved between terminals (V40). */
bool vstore_check_moves(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err);

/* vstore_consent.c: in a store that has their tables. */
bool vstore_check_consents(struct vstore *s, const struct audit_sum *sum,
	struct vreport *report, struct err *err);

/* vstore_tables.c: what can be worked out from the journal, against it. */
bool vstore_check_tables(struct vstore *s, struct audit *a,
	struct vreport *report, struct err *err);

#endif
