/*
 * import_say.h - the preview of a payment list in words: its first rows, and
 * what it does to the list whose place it takes.
 */
#ifndef APP_IMPORT_SAY_H
#define APP_IMPORT_SAY_H

#include <cjson/cJSON.h>

#include "db/lists.h"

/* To standard output. */
void import_say_first(const struct list_result *r);
void import_say_fixes(const struct list_fixes *f);

/* One line of it. */
void import_say_fixed(const struct list_fixed *f);

/* {"list":…, "added":…, …, "of":[…]} */
cJSON *import_fixes_json(int64_t corrects, const struct list_fixes *f);

#endif
