/*
 * settings.h - what the users of this terminal like, kept over a restart.
 *
 * Nothing of value depends on it, so it is no record of the journal: who
 * changes the file changes a habit. One writer; blocks for the disk.
 */
#ifndef DB_SETTINGS_H
#define DB_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/codec/telex.h"
#include "core/err.h"
#include "db/db.h"

/*
 * How a user types names: north and south learn other ways, and both may sit
 * at one terminal. TELEX_TELEX if he never said, or what is kept is no method
 * of this release. False: *err, and *out is TELEX_TELEX all the same.
 */
bool settings_typing(struct db *db, int64_t user, enum telex_method *out,
	struct err *err);
bool settings_set_typing(struct db *db, int64_t user, enum telex_method method,
	struct err *err);

enum {
	SETTINGS_LESSONS = 16
};

/* What a user learned in the guided tour: a bit and the seconds a lesson. */
struct settings_tour {
	uint32_t done;
	uint16_t seconds[SETTINGS_LESSONS];
};

/* Nothing learned if he never was there, or what is kept makes no sense. */
bool settings_tour(struct db *db, int64_t user, struct settings_tour *out,
	struct err *err);
bool settings_set_tour(struct db *db, int64_t user,
	const struct settings_tour *tour, struct err *err);

enum {
	SETTINGS_FOLDER_SIZE = 256
};

/* The folder that the last copy of the book went to; "": none was made. */
bool settings_copies(struct db *db, char out[SETTINGS_FOLDER_SIZE],
	struct err *err);
bool settings_set_copies(struct db *db, const char *folder, struct err *err);

#endif
