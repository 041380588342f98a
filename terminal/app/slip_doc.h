/*
 * slip_doc.h - a closed shift of the book -> its Z slip, as a print job.
 *
 * The same kind of job as a receipt (receipt_doc.h), so that printer, PNG and
 * text are the same. Paper is always Vietnamese.
 */
#ifndef APP_SLIP_DOC_H
#define APP_SLIP_DOC_H

#include "core/codec/slip.h"
#include "db/shifts.h"
#include "terminal/app/receipt_doc.h"

void slip_doc_fill(const struct db_info *info, const struct shift_slip *z,
	int copy, struct slip_doc *out);

/* Page, then bytes. ERR_INVALID only by our own mistake in the template. */
bool slip_job_make(const struct db_info *info, const struct shift_slip *z,
	int copy, int width, struct receipt_job *out, struct err *err);

#endif
