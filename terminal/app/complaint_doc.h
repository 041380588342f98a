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

enum {
	COMPLAINT_NUMBER_SIZE = 32
};

/* "3fa2b1-57": the terminal, and the record. */
void complaint_number(const struct db_info *info, const struct complaint *c,
	char out[COMPLAINT_NUMBER_SIZE]);

/* ERR_INVALID only by a mistake in the template. */
bool complaint_job_make(const struct db_info *info, const struct complaint *c,
	int width, struct receipt_job *out, struct err *err);

#endif
