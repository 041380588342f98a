/*
 * setup.h - the settings of this terminal at the screen, for a supervisor.
 *
 *	MENU --1-5, 9--> ASKED --> LIST --1-8--> CHOOSE --1-8, 9--> SAVING --> LIST
 *	 | \--6--> TERMINAL                          \--> TYPE --ENTER--/
 *	 | \--8--> OFFICE --1-9--> OUT_WHY --1-3--> OUT_SURE --1--> OUT --> OFFICE
 *	 |                       LIST of receipts --9--> SAMPLE_ASKED --> SAMPLE
 *	 \--7--> (leaves: restore)
 *
 * Each row says its value, in brackets where the file does not say it; 9, or
 * an empty field, goes back to that. What cannot be is refused with the
 * sentence, and nothing is written. What holds only from the next start on
 * says so. SAMPLE shows a receipt as it would be printed: the bytes are made
 * and taken apart again.
 */
#ifndef FLOWS_SETUP_H
#define FLOWS_SETUP_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/setting.h"

enum setup_step {
	SETUP_MENU,
	SETUP_ASKED,
	SETUP_LIST,
	SETUP_CHOOSE,
	SETUP_TYPE,
	SETUP_SAVING,
	SETUP_TERMINAL, /* what it is; nothing is changed here */
	SETUP_OFFICE,   /* whom it believes */
	SETUP_OUT_WHY,  /* one of them no more: lost, replaced, closed? */
	SETUP_OUT_SURE,
	SETUP_OUT,
	SETUP_SAMPLE_ASKED,
	SETUP_SAMPLE,
	SETUP_STEP_COUNT,
};

enum setup_want {
	SETUP_WANTS_BACK,
	SETUP_WANTS_RESTORE,
};

struct setup {
	enum setup_step step;
	enum setup_want want; /* at FX_LEAVE */
	enum setting_group group;
	enum setup_step then; /* ASKED: LIST, TERMINAL, OFFICE */
	int chosen;           /* row of the table: CHOOSE, TYPE, SAVING */
	int peer;             /* of told: OUT_WHY, OUT_SURE, OUT */
	enum peer_why why;
	struct settings_told told;
	struct entry typed;
	char sample[FLOW_PREVIEW_SIZE];
	int top; /* first line of it that is seen */
	struct notice notice;
};

void setup_start(struct setup *s);

/* FX_LEAVE: s->want says where to. */
struct effect setup_handle(struct setup *s, const struct event *ev);

const struct binding *setup_bindings(const struct setup *s, size_t *count);

/* Words are being typed: the desk's input method. */
bool setup_types_words(const struct setup *s);

#endif
