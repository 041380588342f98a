/*
 * sample_doc.h - a draw as a paper to call from: a row a receipt, with cells
 * to write into, and how anybody makes the same draw. It has whole telephone
 * numbers, which the screen has not.
 */
#ifndef APP_SAMPLE_DOC_H
#define APP_SAMPLE_DOC_H

#include "core/codec/paper_doc.h"
#include "db/samples.h"

struct sample_doc {
	const struct sample *s;
	const struct sample_item *item;
	int count;
	int64_t population;
	const char *office;
};

/* In Vietnamese, whatever the screen speaks (report_file.h). */
bool sample_doc_write(const struct sample_doc *d, enum paper_kind kind,
	const struct paper_sink *sink, struct err *err);

#endif
