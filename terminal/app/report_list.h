/*
 * report_list.h - lists for the office as CSV: what is wrong on the
 * payment list.
 */
#ifndef APP_REPORT_LIST_H
#define APP_REPORT_LIST_H

#include "terminal/app/verb.h"

/* Is there such a list? */
bool report_list_exists(const char *name);

/* period as typed; path: a new file. */
enum exit_status report_list(const struct options *o, struct verb_store *v,
	const char *name, const char *period, const char *path);

#endif
