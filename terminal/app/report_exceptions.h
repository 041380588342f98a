/*
 * report_exceptions.h - `chitra report exceptions [DAY|MONTH|SHIFT] [--only
 * KIND,KIND] [--to FILE]`: what was not the plain case (exceptions.h).
 */
#ifndef APP_REPORT_EXCEPTIONS_H
#define APP_REPORT_EXCEPTIONS_H

#include "terminal/app/report_paper.h"
#include "terminal/app/verb.h"

enum exit_status report_exceptions(const struct options *o,
	struct verb_store *v, const struct report_asked *asked);

#endif
