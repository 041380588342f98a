/*
 * consent_json.h - consents and requests about data, for scripts and in a
 * line for people; and all that a person may ask to see.
 */
#ifndef TERMINAL_APP_CONSENT_JSON_H
#define TERMINAL_APP_CONSENT_JSON_H

#include <cjson/cJSON.h>

#include "db/requests.h"
#include "terminal/app/options.h"
#include "terminal/app/verb.h"

/* Each adds to o and returns it. */
cJSON *consent_json(cJSON *o, const struct consent *c);
cJSON *consent_state_json(cJSON *o, const struct consent_state *now);
/* due NULL: nothing about days. */
cJSON *request_json(cJSON *o, const struct request *r,
	const struct request_due *due);

/* A line each, to standard output. */
void consent_say(const struct consent *c);
void consent_say_state(const struct person *p, const struct consent_state *now);
void request_say(const struct request *r, const struct request_due *due);

/* Whom the book knows, what he agreed to with the texts, what he asked. */
bool consent_export(struct db *db, const struct person_due *due, cJSON *o,
	struct err *err);

/* `chitra report duties`: open requests, the first that is due first. holidays: path of a
 * list of them, NULL: not known. */
enum exit_status consent_duties(const struct options *o, struct verb_store *v,
	const char *holidays);

#endif
