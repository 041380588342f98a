/*
 * verb_openrosa.h - `export --openrosa DIR`: the answers of visits, a file each.
 */
#ifndef APP_VERB_OPENROSA_H
#define APP_VERB_OPENROSA_H

#include "terminal/app/verb.h"

enum exit_status verb_openrosa(const struct options *o, const char *folder);

#endif
