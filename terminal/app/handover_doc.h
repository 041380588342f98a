/*
 * handover_doc.h - a person who goes to another terminal -> paper, a slip for
 * each piece of the message; one, but for somebody with many kinds of money.
 *
 * The same kind of job as a receipt (receipt_doc.h), by the template
 * assets/templates/handover.tpl. Paper is always Vietnamese.
 */
#ifndef TERMINAL_APP_HANDOVER_DOC_H
#define TERMINAL_APP_HANDOVER_DOC_H

#include "db/handover.h"
#include "terminal/app/receipt_doc.h"

int handover_doc_slips(const struct handover_shown *h);

/* Slip number i, from 0. ERR_INVALID only by a mistake in the template. */
bool handover_job_make(const struct db_info *info,
	const struct handover_shown *h, const struct person *who, int i,
	int width, struct receipt_job *out, struct err *err);

#endif
