/*
 * notpaid.h - the money is not paid: why, by a digit; for a death, the day.
 *
 *	REASON --digit--> SURE --1--> SAVING --saved--> (leaves)
 *	   |  \--3 died--> DATE --accept--^
 *	   +-- 0 --> (leaves)
 */
#ifndef FLOWS_NOTPAID_H
#define FLOWS_NOTPAID_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum notpaid_step {
	NOTPAID_REASON,
	NOTPAID_DATE,
	NOTPAID_SURE,
	NOTPAID_SAVING,
	NOTPAID_STEP_COUNT,
};

struct notpaid {
	enum notpaid_step step;
	int64_t person;
	char name[VIET_NAME_SIZE];
	enum not_paid reason;
	struct entry typed; /* DATE */
	struct date date;
	struct date today; /* no death is later; year 0: not known */
	bool saved;        /* at FX_LEAVE */
	struct notice notice;
};

void notpaid_init(struct notpaid *n, const struct person *person,
	struct date today);
struct effect notpaid_handle(struct notpaid *n, const struct event *ev);
const struct binding *notpaid_bindings(enum notpaid_step step, size_t *count);

/* "Absent": gives tr() text. */
const char *notpaid_reason_text(enum not_paid reason);

#endif
