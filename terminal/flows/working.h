/*
 * working.h - long work on the screen: how far it is, and key 0 that stops it.
 *
 * Beside the places of the desk: while the store does what an effect asked
 * for (db/watch.h), the loop shows this instead of the place that waits, and
 * gives it the keys; all but 0 and Esc are dropped, as always while an answer
 * is out. Scanners that type send digits, too: a 0 counts only if no other
 * key comes close to it. Nothing is shown of what is over at once.
 */
#ifndef FLOWS_WORKING_H
#define FLOWS_WORKING_H

#include "core/far.h"
#include "terminal/flows/flow.h"

enum {
	WORKING_SOON_MS = 400,  /* not shown before */
	WORKING_EVERY_MS = 250, /* drawn so often */
	WORKING_ALONE_MS = 120  /* a key that no other is close to */
};

struct working {
	enum effect_kind kind;
	struct far far;
	long long began_ms;
	long long part_ms; /* when this part began */
	long long now_ms;
	long long drawn_ms; /* 0: not yet */
	long long key_ms;   /* the last key; 0: none yet */
	bool zero;          /* it was a 0 that stood alone before it */
	bool stop;
};

/* Does this effect take long enough to be watched? */
bool working_is_long(enum effect_kind kind);

void working_init(struct working *w, enum effect_kind kind, long long now_ms);

/* So far it is; false: it is to stop. */
bool working_far(struct working *w, const struct far *f, long long now_ms);

void working_key(struct working *w, int key, long long now_ms);

/* Shall it be drawn now? Then it counts as drawn. */
bool working_due(struct working *w);

const struct binding *working_bindings(const struct working *w, size_t *count);

/* What is being done; tr() text. */
const char *working_title(const struct working *w);

#endif
