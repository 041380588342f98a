/*
 * report_visits.h - `chitra report visits PERIOD`: how visits of a month
 * ended; `police|justice|homevisit|guardian|followup PERIOD [--to FILE.csv]`:
 * whom others have to do something about (db/visit_lists.h).
 */
#ifndef APP_REPORT_VISITS_H
#define APP_REPORT_VISITS_H

#include "terminal/app/report_paper.h"

/* Is it one of these? */
bool report_visits_exists(const char *name);

enum exit_status report_visits(const struct options *o, struct verb_store *v,
	const struct report_asked *asked);

#endif
