/*
 * exceptions_doc.h - what was not the plain case, as a paper for those who
 * check: one row each, sums by kind, signatures.
 */
#ifndef APP_EXCEPTIONS_DOC_H
#define APP_EXCEPTIONS_DOC_H

#include "core/codec/paper_doc.h"
#include "db/exceptions.h"

struct exceptions_doc {
	struct db *db;
	struct daylog_range range;
	const char *when; /* "Ngày 05/12/2026" */
	unsigned kinds;
};

struct exceptions_sums {
	int64_t rows;
	int64_t kind[EXCEPTION_KINDS];
};

/* In Vietnamese, whatever the screen speaks (report_file.h). */
bool exceptions_doc_write(const struct exceptions_doc *d, enum paper_kind kind,
	const struct paper_sink *sink, struct exceptions_sums *out,
	struct err *err);

#endif
