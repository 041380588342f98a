/*
 * roster_say.h - a table of users (db/roster.h) as the verbs tell of it: `import
 * users` and `down --take`. First PINs are told here and nowhere else.
 *
 * Main thread.
 */
#ifndef APP_ROSTER_SAY_H
#define APP_ROSTER_SAY_H

#include <cjson/cJSON.h>

#include "db/roster.h"

/* Row by row: what is wrong to stderr, the rest to stdout. */
void roster_say(const struct roster *r);

/* The same as an array; the caller's. */
cJSON *roster_json(const struct roster *r);

#endif
