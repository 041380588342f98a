/*
 * cycle_doc.h - the papers of a pay cycle: payment list with cells to sign,
 * who has not collected, changes, who has no card, settlement.
 */
#ifndef APP_CYCLE_DOC_H
#define APP_CYCLE_DOC_H

#include <cjson/cJSON.h>

#include "core/codec/paper_doc.h"
#include "db/cycle.h"

enum cycle_paper {
	CYCLE_DOC_LIST,
	CYCLE_DOC_UNPAID,
	CYCLE_DOC_CHANGES,
	CYCLE_DOC_CARDS,
	CYCLE_DOC_SETTLEMENT,
	CYCLE_DOCS,
};

struct cycle_doc_asked {
	enum cycle_paper paper;
	int32_t period;
	const char *unit; /* "": all there are */
};

/* What stands on it. */
struct cycle_doc_sums {
	int64_t rows;
	int64_t people_account; /* of the list: not on it, paid by account */
	int64_t money;
	int64_t long_open; /* unpaid: three lists in a row or more */
	struct cycle_settlement settlement;
};

/* The whole paper, to its end. */
bool cycle_doc_write(struct db *db, const struct cycle_doc_asked *asked,
	enum paper_kind kind, const struct paper_sink *sink,
	struct cycle_doc_sums *out, struct err *err);

/* Adds period, unit and sums; rows are added by who wrote them. */
void cycle_doc_json(const struct cycle_doc_asked *asked,
	const struct cycle_doc_sums *s, cJSON *out);

#endif
