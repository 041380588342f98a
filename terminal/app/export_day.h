/*
 * export_day.h - `chitra export day [DATE] | shift N | period MONTH --to DIR`:
 * the daily log as one new directory that is there whole, or not at all. What
 * is there already stays: the next one has a number behind its name.
 */
#ifndef APP_EXPORT_DAY_H
#define APP_EXPORT_DAY_H

#include "terminal/app/verb.h"

struct export_day_asked {
	const char *what;  /* "day", "shift", "period" */
	const char *which; /* as typed; NULL: today, or this month */
	const char *to;    /* a directory: the new one is made in it; else the
			      name of the new one */
};

/* Is what is asked for a directory? A shift may go into a file, too. */
bool export_day_is_asked(const struct export_day_asked *asked);

enum exit_status export_day(const struct options *o, struct verb_store *v,
	const struct export_day_asked *asked);

#endif
