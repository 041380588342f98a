/*
 * day_doc.h - the daily log as papers: all payments of a day, shift or month,
 * and what came back, as CSV, as a workbook, and as a PDF to sign.
 */
#ifndef APP_DAY_DOC_H
#define APP_DAY_DOC_H

#include "core/codec/paper_doc.h"
#include "db/daylog.h"

struct day_doc {
	struct db *db;
	struct daylog_range range;
	char when[96]; /* "Ngày 05/12/2026": in titles */
};

struct day_doc_sums {
	int64_t rows;
	int64_t payments;
	int64_t voids;
	int64_t paid;
	int64_t back;
};

/*
 * ERR_CORRUPT: the rows do not come to what the records are signed with. The
 * PDF has fewer columns, totals in figures and words, and signatures.
 */
bool day_doc_write(const struct day_doc *d, enum paper_kind kind,
	const struct paper_sink *sink, struct day_doc_sums *out,
	struct err *err);

#endif
