/*
 * form_doc.h - the monthly forms A and B as papers, row by row and word by
 * word as the district plan of 23 Oct 2023 has them, and as JSON.
 */
#ifndef APP_FORM_DOC_H
#define APP_FORM_DOC_H

#include <cjson/cJSON.h>

#include "core/codec/paper_doc.h"
#include "db/forms.h"

enum form_paper {
	FORM_A,
	FORM_B,
	FORM_PAPERS,
};

/* The whole paper, to its end. */
bool form_doc_write(enum form_paper form, const struct forms *f,
	enum paper_kind kind, const struct paper_sink *sink, struct err *err);

/* How many rows its table has. */
int form_doc_rows(enum form_paper form);

/* Adds period, unit and lines. */
void form_doc_json(enum form_paper form, const struct forms *f, cJSON *out);

#endif
