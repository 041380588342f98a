/*
 * machine.h - the printed test of the printer, and the cash drawer opened
 * without a payment.
 *
 *	TEST --1--> PRINTING --printed--> CHOOSE --ENTER--> KEEPING --> (leaves)
 *	 ^              |                   1-9: right or not
 *	 +--- failed ---+
 *
 *	REASON --1, 2, 3, 9--> NOTING --noted--> OPENING --> (leaves)
 *	 ^                       |
 *	 +------- refused -------+
 *
 * The reason is in the book before the drawer opens; if the printer then does
 * not open it, it is said to take the key.
 */
#ifndef FLOWS_MACHINE_H
#define FLOWS_MACHINE_H

#include "terminal/flows/flow.h"

enum machine_step {
	MACHINE_TEST,
	MACHINE_PRINTING,
	MACHINE_CHOOSE,
	MACHINE_KEEPING,
	MACHINE_REASON,
	MACHINE_NOTING,
	MACHINE_OPENING,
	MACHINE_STEP_COUNT,
};

enum {
	MACHINE_BLOCKS = FLOW_RIGHT_SIZE - 1
};

struct machine {
	enum machine_step step;
	bool right[MACHINE_BLOCKS + 1]; /* by its digit */
	char printer[FLOW_PRINTER_SIZE];
	struct notice notice;
};

/* What stands beside digit n, 1 to 9, on the paper and on the screen. */
const char *machine_block(int n);

void machine_start_test(struct machine *m);
void machine_start_drawer(struct machine *m);

/* FX_LEAVE: done or given up; what came of it is in the notice. */
struct effect machine_handle(struct machine *m, const struct event *ev);

const struct binding *machine_bindings(enum machine_step step, size_t *count);

#endif
