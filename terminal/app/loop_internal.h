/*
 * loop_internal.h - what people's work and a played recording have in common.
 */
#ifndef APP_LOOP_INTERNAL_H
#define APP_LOOP_INTERNAL_H

#include "terminal/app/mailbox.h"
#include "terminal/app/run.h"
#include "terminal/flows/desk.h"
#include "terminal/flows/lineread.h"
#include "terminal/flows/wedge.h"
#include "terminal/flows/working.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/chime.h"

struct loop {
	struct desk *desk;
	struct ports *ports;
	struct mailbox *box;
	struct event ev;     /* the one being handled */
	struct event answer; /* of the last effect */
	struct canvas canvas;
	struct wedge wedge;
	struct chimes chimes;
	struct lineread lineread; /* the line mode's, instead of wedge */
	long long no_key_ms;      /* when it was last seen that none waits */
	long long next_tick_ms;
	long long touched_ms;
	bool typed; /* the line mode: there is something to read */
	bool scanner_away;
	bool begun;         /* the line mode: an effect since the last line */
	bool more_scans;    /* may wait in a scanner that was read already */
	enum lines_why why; /* the line mode: why it is drawn next */
	bool forget; /* somebody signed out: nothing about people stays */
	int papers;  /* being made, while a recording is played */
	struct working working; /* loop_work() */
	long long keys_ms;      /* when it looked for keys last */
};

/* One event, its effect, the answer to that, and so on to the end. */
void loop_feed(struct loop *l, const struct event *first);

/* What nobody asked for and waits for the desk. */
void loop_feed_unasked(struct loop *l);

void loop_draw(struct loop *l);

/* run_effect(), and if it takes long the screen and the keys go on. */
bool loop_work(struct loop *l, struct effect *fx);

/* Was the process told to end? */
bool loop_is_told_to_end(void);

/*
 * Play ports->player instead of listening, to its end or until somebody
 * presses q or Esc.
 */
bool loop_play(struct loop *l, struct err *err);

/* Is it for the outside, and does not happen while a recording is played? */
bool loop_withholds(struct loop *l, const struct effect *fx, bool *answered);

#endif
