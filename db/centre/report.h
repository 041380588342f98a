/*
 * report.h - what the centre says to who runs it.
 *
 * Lines of fields with a tab between, each begun by what it is; the first
 * line of each kind names its fields. Ids are in hex, times in UTC.
 *
 *	terminal  id, point, state, records, lacking, last contact, end
 *	double    entitlement, id and record, id and record, since, settled
 *	fork      id, record, since
 *	totals    id, record, since
 *	moved     who holds what moved between terminals (moves.h)
 *	unpaired  taken by one terminal, and not released by the other
 *	kept      id, quarantine or fork, record, check, since, bytes
 *	back      id, from, to, at, line or file: records given back (handback.h)
 */
#ifndef DB_CENTRE_REPORT_H
#define DB_CENTRE_REPORT_H

#include <stdio.h>

#include "db/centre/moves.h"
#include "db/centre/store.h"

struct report_sum {
	uint64_t terminals;
	uint64_t silent;  /* no contact for a day, or never */
	uint64_t lacking; /* terminals that spoke of records not here */
	uint64_t frozen;
	uint64_t doubles; /* open */
	uint64_t kept;
	uint64_t handed; /* records given back to terminals */
	struct moves_sum moves;
};

/* now: ms. */
bool report_write(struct store *s, uint64_t now, FILE *out,
	struct report_sum *sum, struct err *err);

#endif
