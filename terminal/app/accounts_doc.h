/*
 * accounts_doc.h - the accounts that wait for the bank's check, as a paper.
 *
 * Whose owner did not agree that the bank is asked is not on it. Nothing is
 * changed by writing it: who has the files out says so (accounts_sent()).
 */
#ifndef APP_ACCOUNTS_DOC_H
#define APP_ACCOUNTS_DOC_H

#include "core/codec/paper_doc.h"
#include "db/accounts.h"

struct accounts_sums {
	int64_t rows;
	int64_t shared; /* of them, with somebody else */
	size_t skipped; /* wait for nothing, or nobody may ask */
	uint64_t *seq;  /* of the ACCOUNTs on it */
	size_t count;
	size_t room;
};

/* In Vietnamese, whatever the screen speaks (report_file.h). On the screen
 * (PAPER_GRID) account numbers are there in part only. */
bool accounts_doc_write(struct db *db, enum paper_kind kind,
	const struct paper_sink *sink, struct accounts_sums *out,
	struct err *err);

void accounts_sums_free(struct accounts_sums *s);

#endif
