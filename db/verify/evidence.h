/*
 * evidence.h - what the outside says of a journal: checkpoints of the centre,
 * receipts and Z slips in people's hands, lists that were to be paid.
 *
 * Formats: db/FORMATS.md. Loaded before the journal is walked; the audit
 * marks what it came upon. One thread.
 */
#ifndef DB_VERIFY_EVIDENCE_H
#define DB_VERIFY_EVIDENCE_H

#include "core/err.h"
#include "db/verify/vmap.h"
#include "db/verify/vpaper.h"

struct evidence {
	bool checkpoints_given;
	bool receipts_given;
	bool roster_given;
};

void evidence_init(struct evidence *e);
void evidence_clear(struct evidence *e);

#endif
