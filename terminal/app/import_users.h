/*
 * import_users.h - `chitra import users FILE [--check]`, CSV or XLSX: people who are to
 * work here, all of them looked at before the first is added. A first PIN is
 * drawn for each and told once, to be handed over in person. Who is there
 * already, under the same number, name and role, is the same; a number that is
 * somebody else's is an error.
 */
#ifndef APP_IMPORT_USERS_H
#define APP_IMPORT_USERS_H

#include "terminal/app/verb.h"

enum exit_status import_users(const struct options *o, const char *path,
	bool check_only);

#endif
