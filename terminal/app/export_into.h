/*
 * export_into.h - where several files that leave together go: a new directory
 * that is named here, in one that was said; or one of a name that was said.
 *
 * What is there already is never replaced: the new one gets "-2", "-3" and so
 * on behind its name, so that a log that is taken twice a day is there twice.
 */
#ifndef APP_EXPORT_INTO_H
#define APP_EXPORT_INTO_H

#include "db/export_dir.h"
#include "terminal/app/verb.h"

enum {
	EXPORT_INTO_PATH_SIZE = 800,
	EXPORT_INTO_TRIES = 999
};

/*
 * to: a directory, in which "WHAT_POINT_TERMINAL_NAME" is made, or the name
 * of a new one. path gets its name. As export_dir_open().
 */
enum verdict export_into(struct verb_store *v, const char *to, const char *what,
	const char *name, char path[EXPORT_INTO_PATH_SIZE],
	struct export_dir **out, struct refusal *why, struct err *err);

/* Is it a directory that is there? */
bool export_into_is_directory(const char *path);

#endif
