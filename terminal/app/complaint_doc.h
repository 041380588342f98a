/*
 * complaint_doc.h - a complaint of the book -> its slip, as a print job.
 *
 * The same kind of job as a receipt (receipt_doc.h), by the template
 * assets/templates/complaint.tpl. Paper is always Vietnamese.
 */
#ifndef TERMINAL_APP_COMPLAINT_DOC_H
#define TERMINAL_APP_COMPLAINT_DOC_H

#include "db/complaints.h"
#include "terminal/app/receipt_doc.h"

/* Through tr(): "The money was not received". */
const char *complaint_text(enum complaint_reason r);

/* ERR_INVALID only by a mistake in the template. */
bool complaint_job_make(const struct db_info *info, const struct complaint *c,
	int width, struct receipt_job *out, struct err *err);

#endif
