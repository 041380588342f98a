/*
 * report_paper.h - `chitra report a|b|list|unpaid|changes|cards|settlement
 * PERIOD [--unit CODE] [--to FILE]`: the papers of the month, as PDF,
 * workbook or CSV by the end of the file's name; without a file on the screen.
 */
#ifndef APP_REPORT_PAPER_H
#define APP_REPORT_PAPER_H

#include "terminal/app/verb.h"

/* Is there such a paper? */
bool report_paper_exists(const char *name);

struct report_asked {
	const char *name;
	const char *period;   /* as typed */
	const char *to;       /* a new file; NULL: none */
	const char *unit;     /* code of a commune; NULL: all there are */
	const char *only;     /* kinds of exceptions; NULL: all */
	const char *holidays; /* file with days off; NULL: not known */
	const char *html;     /* the board: a new file; NULL: none */
};

enum exit_status report_paper(const struct options *o, struct verb_store *v,
	const struct report_asked *asked);

#endif
