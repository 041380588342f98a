/*
 * visit_json.h - visits, whom to visit and hamlets, for scripts and as lines.
 */
#ifndef APP_VISIT_JSON_H
#define APP_VISIT_JSON_H

#include <cjson/cJSON.h>

#include "db/rounds.h"

cJSON *visit_json(const struct visit *v);
cJSON *round_json(const struct round_person *p);

/* Adds people, converted, visited … to object. */
void round_counts_json(cJSON *object, const struct round_counts *c);

/* A line each, to standard output. */
void visit_say(const struct visit *v);
void round_say(const struct round_person *p);
void round_hamlet_say(const struct round_hamlet *h);

#endif
