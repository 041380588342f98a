/*
 * viewfinder.h - a card is held before the camera; the screen shows what it
 * sees, and says what keeps it from reading.
 *
 *	OPENING --picture--> LOOKING --code--> (the desk leaves: it is a scan)
 *	   ^  |                 | |
 *	   |  +----- trouble ---+ +-- a minute --> TIRED
 *	   |           v                             |
 *	   +--again-- FAILED      <-----again--------+
 *
 * The camera runs exactly while viewfinder_looks(): the loop asks after every
 * event, so nothing has to be switched off, whatever became of this place.
 */
#ifndef FLOWS_VIEWFINDER_H
#define FLOWS_VIEWFINDER_H

#include "terminal/flows/flow.h"

enum viewfinder_step {
	VIEWFINDER_OPENING,
	VIEWFINDER_LOOKING,
	VIEWFINDER_FAILED, /* why: seen.state */
	VIEWFINDER_TIRED,
	VIEWFINDER_STEP_COUNT,
};

enum {
	VIEWFINDER_MOST_MS = 60000, /* then it switches itself off */
	VIEWFINDER_NEARER_MS = 3000 /* nothing wrong and nothing read */
};

struct viewfinder {
	enum viewfinder_step step;
	struct camera_view seen; /* the newest picture */
	/* What helps: seen.hint when it came twice, or that it is too far. */
	enum camera_hint hint;
	long long since_ms; /* the first event of this run; 0: none yet */
	long long good_ms;  /* since when there is nothing wrong; 0: there is */
	struct notice notice;
};

void viewfinder_init(struct viewfinder *v);
struct effect viewfinder_handle(struct viewfinder *v, const struct event *ev);
const struct binding *viewfinder_bindings(enum viewfinder_step step,
	size_t *count);

/* Shall the camera run? */
bool viewfinder_looks(const struct viewfinder *v);

/* The sentence for a hint and for a trouble, through tr(). */
const char *viewfinder_hint_text(enum camera_hint hint);
const char *viewfinder_trouble_text(enum camera_state state);

#endif
