/* export_internal.h - what everything that leaves the terminal has in common. */
#ifndef DB_EXPORT_INTERNAL_H
#define DB_EXPORT_INTERNAL_H

#include "db/export.h"
#include "db/journal_internal.h"
#include "db/outfile_internal.h"

/* The EXPORT record; *seq: its number. */
bool export_record(struct db *db, const struct session *s,
	enum export_kind kind, const uint8_t sha256[CRYPTO_HASH_SIZE],
	uint64_t *seq, struct err *err);

#endif
