/*
 * visit_doc.h - a visit of the book -> the slip with the day that was
 * arranged, as a print job.
 *
 * The same kind of job as a receipt (receipt_doc.h), by the template
 * assets/templates/visit.tpl. It may be left at the door: it says who is to be
 * met and when, and nothing of what was said. Paper is always Vietnamese.
 */
#ifndef TERMINAL_APP_VISIT_DOC_H
#define TERMINAL_APP_VISIT_DOC_H

#include "db/visits.h"
#include "terminal/app/receipt_doc.h"

/* ERR_INVALID only by a mistake in the template. */
bool visit_job_make(const struct db_info *info, const struct visit *v,
	const char *name, int width, struct receipt_job *out, struct err *err);

#endif
