/* export_internal.h - what everything that leaves the terminal has in common. */
#ifndef DB_EXPORT_INTERNAL_H
#define DB_EXPORT_INTERNAL_H

#include "core/buf.h"
#include "db/export.h"
#include "db/journal_internal.h"
#include "db/outfile_internal.h"

/* The EXPORT record; *seq: its number. */
bool export_record(struct db *db, const struct session *s,
	enum export_kind kind, const uint8_t sha256[CRYPTO_HASH_SIZE],
	uint64_t *seq, struct err *err);

/*
 * The journal file from out->first (0: the first record) to out->last (0: the
 * newest), within one look at the store.
 */
bool export_fill_journal(struct db *db, struct outfile *f,
	struct export_done *out, struct err *err);

/* "centre NAME HEX" of a keys file, at the end of out: none if this terminal
 * belongs to no centre, or knows not all keys that it was answered by. */
bool export_centre_lines(struct db *db, struct buf *out, int *lines,
	struct err *err);

#endif
