/*
 * study_recheck.h - the part of study.h for the sample check: draws and their
 * receipts, records to be drawn from, a draw as a paper. All of it reads only.
 */
#ifndef APP_STUDY_RECHECK_H
#define APP_STUDY_RECHECK_H

#include "core/codec/paper_doc.h"
#include "terminal/flows/recheck.h"

/* The draws, and the receipts of one of them; seq 0: of none. ERR_GONE: there
 * is no such draw. NULL: *err; what it gives is people's data: wipe it. */
struct recheck_told *study_recheck_look(struct db *db, uint64_t seq,
	struct err *err);

/* The draws, and the records of that time (day_range.h); none: last is 0. */
struct recheck_told *study_recheck_range(struct db *db, const char *when,
	struct err *err);

void study_recheck_free(struct recheck_told *t); /* NULL is allowed */

bool study_recheck_write(struct db *db, uint64_t seq, enum paper_kind kind,
	const struct paper_sink *sink, struct err *err);

#endif
