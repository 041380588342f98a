/*
 * day_more.h - what the daily log lists beside payments: the visits, and the
 * accounts that were taken down. For day_doc.c.
 */
#ifndef APP_DAY_MORE_H
#define APP_DAY_MORE_H

#include "terminal/app/day_doc.h"

/* Describe its table; d must live as long. */
void day_more_doc(enum day_doc_more which, const struct day_doc *d,
	struct paper_doc *out);

/* Its rows; *rows: how many. */
bool day_more_rows(enum day_doc_more which, const struct day_doc *d,
	struct paper *p, int64_t *rows, struct err *err);

#endif
