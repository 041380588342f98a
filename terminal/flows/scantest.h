/*
 * scantest.h - what a scanner sends, for whoever sets it up.
 *
 *	EMPTY --scan--> SEEN --scan--> SEEN ...     0: leaves
 *	                 |1: as bytes, as text      2: wiped
 *
 * Opened from the menu, also before signing in. Scans come here instead of
 * being acted on; what was on the screen is wiped when it is left, and by
 * the desk when nobody touches it.
 */
#ifndef FLOWS_SCANTEST_H
#define FLOWS_SCANTEST_H

#include "terminal/flows/flow.h"
#include "terminal/flows/scan_says.h"

enum scantest_step {
	SCANTEST_EMPTY,
	SCANTEST_SEEN,
	SCANTEST_STEP_COUNT,
};

struct scantest {
	enum scantest_step step;
	int count; /* scans so far */
	bool hex;  /* shown as bytes */
	uint8_t bytes[IDCARD_MAX_BYTES + 1];
	size_t len;
	struct scanned how;
	struct scan_says says;
};

void scantest_init(struct scantest *t);

/* FX_LEAVE: back; nothing of a scan is left in it. */
struct effect scantest_handle(struct scantest *t, const struct event *ev);

const struct binding *scantest_bindings(enum scantest_step step, size_t *count);

#endif
