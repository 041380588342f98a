/*
 * account_doc.h - an account of the book -> its slip, as a print job.
 *
 * The same kind of job as a receipt (receipt_doc.h), by the template
 * assets/templates/account.tpl. Paper is always Vietnamese.
 */
#ifndef TERMINAL_APP_ACCOUNT_DOC_H
#define TERMINAL_APP_ACCOUNT_DOC_H

#include "db/accounts.h"
#include "terminal/app/receipt_doc.h"

enum {
	ACCOUNT_NUMBER_TEXT_SIZE = 32
};

/* "3fa2b1-57": the terminal, and the record. */
void account_number(const struct db_info *info, const struct account_held *a,
	char out[ACCOUNT_NUMBER_TEXT_SIZE]);

/* ERR_INVALID only by a mistake in the template. */
bool account_job_make(const struct db_info *info, const struct account_held *a,
	int width, struct receipt_job *out, struct err *err);

#endif
