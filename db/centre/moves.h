/*
 * moves.h - money that went from one terminal to another (journal.md 8): both
 * sides of it, and who holds what now.
 *
 * A RELEASE of one book and the ACQUIRE of another one belong together if the
 * ACQUIRE names its number and hash, and each names the other's terminal and
 * the same entitlement. Worked out from the books when it is asked for; there
 * are few of them.
 *
 *	moved     entitlement, who holds it, since, how often, here or going
 *	unpaired  entitlement, id and record of the ACQUIRE, id and record of the
 *	          RELEASE that it names, since, lacking or none
 *
 * going: released, and nobody took it yet; it holds who it was sent to. lacking:
 * the other terminal did not report as far as that yet, so it may still come;
 * none: it did, and there is no such RELEASE, or it was taken before: somebody
 * has to look.
 */
#ifndef DB_CENTRE_MOVES_H
#define DB_CENTRE_MOVES_H

#include <stdio.h>

#include "db/centre/store.h"

struct moves_sum {
	uint64_t moved; /* entitlements */
	uint64_t going;
	uint64_t lacking;
	uint64_t unpaired;
};

/* In a transaction, or while nobody writes. */
bool moves_write(struct store *s, FILE *out, struct moves_sum *sum,
	struct err *err);

#endif
