/*
 * seed_doc.h - the seed of a draw of the sample check -> its slip, as a print
 * job. Nobody's name is on it.
 *
 * The same kind of job as a receipt (receipt_doc.h), by the template
 * assets/templates/seed.tpl. Paper is always Vietnamese.
 */
#ifndef TERMINAL_APP_SEED_DOC_H
#define TERMINAL_APP_SEED_DOC_H

#include "db/samples.h"
#include "terminal/app/receipt_doc.h"

struct seed_doc {
	struct sample s;
	bool again; /* it was printed before */
};

/* ERR_INVALID only by a mistake in the template. */
bool seed_job_make(const struct db_info *info, const struct seed_doc *d,
	int width, struct receipt_job *out, struct err *err);

#endif
