/*
 * consent_doc.h - a consent, refusal or withdrawal of the book -> its slip,
 * as a print job; and the whole text as it was agreed to.
 *
 * The same kind of job as a receipt (receipt_doc.h), by the template
 * assets/templates/consent.tpl. Paper is Vietnamese but for the text itself,
 * which is in the language in which it was read out.
 */
#ifndef TERMINAL_APP_CONSENT_DOC_H
#define TERMINAL_APP_CONSENT_DOC_H

#include "core/codec/readout.h"
#include "db/consents.h"
#include "terminal/app/receipt_doc.h"

enum {
	CONSENT_NUMBER_SIZE = 32
};

/* "3fa2b1-57": the terminal, and the record. */
void consent_number(const struct db_info *info, uint64_t seq,
	char out[CONSENT_NUMBER_SIZE]);

/* What a slip is made of. */
struct consent_slip {
	const struct consent *consent;
	const struct person *person;
	const struct readout_values *values; /* phone and place */
	int copy;                            /* 0: the original */
};

/* ERR_INVALID only by a mistake in the template. */
bool consent_job_make(const struct db_info *info, const struct consent_slip *s,
	int width, struct receipt_job *out, struct err *err);

/* The text, and which record agreed to it. */
bool consent_text_job(const struct db_info *info, const struct consent *c,
	const char *text, size_t len, int width, struct receipt_job *out,
	struct err *err);

#endif
