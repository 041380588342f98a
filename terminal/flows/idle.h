/*
 * idle.h - ready for the next person: scan, or type to begin.
 *
 *	READY --digit or letter--> (find)      --scan--> (check)
 *	FOREIGN: the open shift is somebody else's; nothing can be paid
 *	FOREIGN_ARRIVED: the same, and a list came
 *	DEMO: as READY; ENTER "scans" the next card of the demo
 *	CAMERA: as READY; ENTER lets the camera look (viewfinder.h)
 *	ARRIVED: as READY; ENTER shows the list from the centre (arrivals.h)
 *
 * The desk takes scans itself; here are only the keys.
 */
#ifndef FLOWS_IDLE_H
#define FLOWS_IDLE_H

#include "terminal/flows/flow.h"

enum idle_step {
	IDLE_READY,
	IDLE_DEMO,
	IDLE_CAMERA,
	IDLE_ARRIVED, /* for who may take it */
	IDLE_FOREIGN,
	IDLE_FOREIGN_ARRIVED,
	IDLE_STEP_COUNT,
};

struct idle {
	enum idle_step step;
	int typed;            /* the key that begins a search; 0: the camera */
	bool lists;           /* at FX_LEAVE: to the list that came */
	struct notice notice; /* what became of the last one */
};

void idle_init(struct idle *i, bool demo);

/* FX_LEAVE: the list that came; a search begins with the character typed;
 * neither: the camera. */
struct effect idle_handle(struct idle *i, const struct event *ev);

/* Is the open shift somebody else's? May he take a list that came? */
bool idle_is_foreign(enum idle_step step);
bool idle_has_list(enum idle_step step);

const struct binding *idle_bindings(enum idle_step step, size_t *count);

#endif
