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

/* What is listed besides, if there is any of it. */
enum day_doc_more {
	DAY_DOC_VISITS,
	DAY_DOC_ACCOUNTS,
	DAY_DOC_MORE,
};

struct day_doc_sums {
	int64_t rows;
	int64_t payments;
	int64_t voids;
	int64_t paid;
	int64_t back;
	int64_t more[DAY_DOC_MORE]; /* of the workbook, and of each CSV */
};

/*
 * ERR_CORRUPT: the rows do not come to what the records are signed with. The
 * PDF has fewer columns, totals in figures and words, and signatures; the
 * workbook has visits and accounts on sheets of their own.
 */
bool day_doc_write(const struct day_doc *d, enum paper_kind kind,
	const struct paper_sink *sink, struct day_doc_sums *out,
	struct err *err);

/* One of the other tables as CSV. */
bool day_doc_write_more(const struct day_doc *d, enum day_doc_more which,
	const struct paper_sink *sink, struct day_doc_sums *out,
	struct err *err);

#endif
