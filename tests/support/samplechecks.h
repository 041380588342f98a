/* samplechecks.h - a draw of the sample check, all made up; static memory. */
#ifndef TESTS_SUPPORT_SAMPLECHECKS_H
#define TESTS_SUPPORT_SAMPLECHECKS_H

#include "terminal/flows/recheck.h"

enum {
	SAMPLECHECKS_SEQ = 57 /* of the newest draw */
};

/* So many draws, and the receipts of the newest; 0: only the draws. */
struct recheck_told *samplechecks(int draws, int receipts);

#endif
