/*
 * import_units.h - `chitra import units FILE [--check]`, CSV or XLSX: names of
 * the office's own units (db/units.h), all of them or none; and
 * `chitra report units`, what is here of them.
 */
#ifndef APP_IMPORT_UNITS_H
#define APP_IMPORT_UNITS_H

#include "terminal/app/verb.h"

enum exit_status import_units(const struct options *o, const char *path,
	bool check_only);

/* Nobody has to be signed in for them. */
enum exit_status report_units(const struct options *o);

#endif
