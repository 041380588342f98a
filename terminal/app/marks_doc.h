/*
 * marks_doc.h - paid marks for another terminal -> paper, a slip for each
 * piece.
 *
 * The same kind of job as a receipt (receipt_doc.h), by the template
 * assets/templates/marks.tpl. Paper is always Vietnamese.
 */
#ifndef TERMINAL_APP_MARKS_DOC_H
#define TERMINAL_APP_MARKS_DOC_H

#include "db/elsewhere.h"
#include "terminal/app/receipt_doc.h"

int marks_doc_slips(const struct elsewhere_shown *e);

/* Slip number i, from 0. ERR_INVALID only by a mistake in the template. */
bool marks_job_make(const struct db_info *info, const struct elsewhere_shown *e,
	int i, int width, struct receipt_job *out, struct err *err);

#endif
