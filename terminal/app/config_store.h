/*
 * config_store.h - one choice written back into chitra.ini.
 *
 * Only the line in question changes: comments, order and blank lines of
 * whoever wrote the file stay. The new file is synced and takes the place of
 * the old one at once, and is never one that we would refuse ourselves; the
 * old one is kept beside it, as chitra.ini.old.
 */
#ifndef TERMINAL_APP_CONFIG_STORE_H
#define TERMINAL_APP_CONFIG_STORE_H

#include "terminal/app/config.h"

struct config_choice {
	const char *section;
	const char *key;
	const char *value; /* NULL: its line goes; the default holds */
	/*
	 * For settings that may be given several times: the line whose value
	 * ends so is replaced, and if there is none it is added. NULL: the
	 * setting has one line.
	 */
	const char *ends;
};

/* The text with it, into out. False: no room. Pure. */
bool config_with(const char *text, size_t len,
	const struct config_choice *choice, char *out, size_t size);

/*
 * ERR_INVALID: it would not be a good file, or the one there is none; nothing
 * was written. ERR_IO, ERR_DENIED, ERR_FULL.
 */
bool config_store(const char *dir, const struct config_choice *choice,
	struct err *err);

#endif
