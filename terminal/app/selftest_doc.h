/*
 * selftest_doc.h - what the self-test found -> its slip, as a print job.
 *
 * The same kind of job as a receipt (receipt_doc.h), by the template
 * assets/templates/selftest.tpl. Paper is always Vietnamese: the rows are
 * made while that is the language.
 */
#ifndef TERMINAL_APP_SELFTEST_DOC_H
#define TERMINAL_APP_SELFTEST_DOC_H

#include "terminal/app/receipt_doc.h"

enum {
	SELFTEST_ROWS = 12,
	SELFTEST_TEXT_SIZE = 192
};

struct selftest_row {
	char name[SELFTEST_TEXT_SIZE];
	char detail[SELFTEST_TEXT_SIZE];
	bool good;
};

struct selftest_doc {
	const struct db_info *info;
	int64_t at;    /* wall ms */
	char head[24]; /* number and beginning of the hash of the last record */
	struct selftest_row row[SELFTEST_ROWS];
	int rows;
};

/* ERR_INVALID only by a mistake in the template. */
bool selftest_job_make(const struct selftest_doc *doc, int width,
	struct receipt_job *out, struct err *err);

#endif
