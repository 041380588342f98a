/*
 * bypad.h - a sheet of the pad is entered: what was paid by hand, when the
 * machine was down.
 *
 *	NUMBER --> DAY --> TIME --> (leaves: find the person, look at him)
 *	SURE --1--> (leaves: record it)   --0--> (leaves: back to the person)
 *
 * Between the two the desk goes its usual way, by search or card to CHECK;
 * what would pay there leads to SURE. No money is handed over now, and no
 * original printed: the sheet is the receipt.
 */
#ifndef FLOWS_BYPAD_H
#define FLOWS_BYPAD_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum bypad_step {
	BYPAD_NUMBER,
	BYPAD_DAY,
	BYPAD_TIME,
	BYPAD_SURE,
	BYPAD_STEP_COUNT,
};

enum bypad_outcome {
	BYPAD_BACK,
	BYPAD_FIND,   /* number and given_at are complete */
	BYPAD_RECORD, /* SURE: it is */
};

struct bypad {
	enum bypad_step step;
	enum bypad_outcome outcome; /* at FX_LEAVE */
	struct entry number;
	struct entry day;  /* "" is today */
	struct entry time; /* "0910" */
	int64_t now;       /* wall ms; 0: not known */
	int64_t given_at;
	char name[VIET_NAME_SIZE]; /* SURE: of the person */
	int64_t amount;
	struct notice notice;
};

void bypad_init(struct bypad *b, int64_t now);

/* The person is found: is this what the sheet says? */
void bypad_ask(struct bypad *b, const char *name, int64_t amount);

struct effect bypad_handle(struct bypad *b, const struct event *ev);
const struct binding *bypad_bindings(enum bypad_step step, size_t *count);

#endif
