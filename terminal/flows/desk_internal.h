/*
 * desk_internal.h - what the files of the desk share: the stack of places.
 */
#ifndef FLOWS_DESK_INTERNAL_H
#define FLOWS_DESK_INTERNAL_H

#include "terminal/flows/desk.h"

/* Put a place over the one on the screen; take it away; leave only one; only
   idle. */
void desk_push(struct desk *d, enum desk_place place);
void desk_pop(struct desk *d);
void desk_only(struct desk *d, enum desk_place place);
void desk_home(struct desk *d);

/* Is the place on the screen or under it? */
bool desk_has(const struct desk *d, enum desk_place place);

/* Hand the event to the flow on the screen, and deal with its leaving. */
struct effect desk_forward(struct desk *d, const struct event *ev);

/* The flow on the screen is over: what comes next. */
struct effect desk_left(struct desk *d);

/* Idle, or the parked person. */
struct effect desk_next_person(struct desk *d);
/* A list from the centre, over what is on the screen. */
struct effect desk_start_arrivals(struct desk *d);
void desk_start_drawer(struct desk *d, enum drawer_task task);

/* Forget the user and everybody seen; FX_SIGN_OUT. */
struct effect desk_sign_out(struct desk *d);

/* Is the open shift somebody else's? And what idle says about it. */
bool desk_is_foreign(const struct desk *d);
void desk_settle_idle(struct desk *d);

/* The same, and the PIN of whoever was signed in is asked for anew. */
struct effect desk_lock(struct desk *d, enum notice_level level,
	const char *why);

/* EV_DEVICE, wherever we are. */
struct effect desk_device(struct desk *d, const struct event *ev);

/* What had to wait for an answer after a keyboard came, if it did. */
struct effect desk_intruder(struct desk *d);

/* EV_PRINT, wherever we are. */
void desk_print(struct desk *d, const struct event *ev);

/* The same of a slip of paid marks: the next one, perhaps. */
struct effect desk_marks_slip(struct desk *d, const struct event *ev);

/* desk_passing.c: a piece of a hand-over that is scanned; its text is in out.
 * What is next when that screen is left, and of its slip. */
bool desk_is_handover(const struct desk *d, const struct event *ev,
	char out[MARKS_TEXT_SIZE]);
struct effect desk_scan_handover(struct desk *d, const char *text);
struct effect desk_left_passing(struct desk *d);
struct effect desk_handover_slip(struct desk *d, const struct event *ev);

/* The guided tour looks on, and fx goes on; its own place comes and goes. */
struct effect desk_tour(struct desk *d, const struct event *ev,
	struct effect fx);
struct effect desk_start_tour(struct desk *d);
struct effect desk_left_tour(struct desk *d);

/* desk_duty.c: does he begin with his work; there; it is left; and what is
 * told to it whatever lies over it. */
bool desk_begins_with_duty(const struct desk *d);
struct effect desk_start_duty(struct desk *d);
struct effect desk_left_duty(struct desk *d);

/* The place that a row of the menu leads to. */
struct effect desk_choose(struct desk *d, enum menu_choice choice);

/* Signed in: the campaign staff, and who left a visit unfinished. */
bool desk_begins_at_door(const struct desk *d);

/* EV_SETTINGS: what was just changed and holds at once. */
void desk_take_settings(struct desk *d, const struct event *ev);

/* The settings are left: back, or for the copies of the book. */
struct effect desk_left_setup(struct desk *d);

/* Whom to go and see; what comes after a place of the door is left. */
struct effect desk_start_visits(struct desk *d, bool offer);
struct effect desk_left_visits(struct desk *d);
struct effect desk_left_visit(struct desk *d);
struct effect desk_left_agree(struct desk *d);
struct effect desk_left_enrol(struct desk *d);
struct effect desk_left_questions(struct desk *d);

/* Is a place of the door on the screen or under it? */
bool desk_is_at_door(const struct desk *d);

/* A card at the door opens its person's visit. */
struct effect desk_visit_card(struct desk *d, const struct idcard *card);

/*
 * What is not finished of a visit rides with the effect, if it is not what was
 * kept last; FX_DRAFT where there is none.
 */
struct effect desk_keep_draft(struct desk *d, struct effect fx);

/* EV_DRAFT, before the flow has it: everything as it was typed, and what has
 * to be asked for again. */
struct effect desk_take_draft(struct desk *d, const struct event *ev);

/* desk_dash.c: the board, the papers of the month, the lists; what is counted aside,
 * whatever lies over them; nothing of it stays after signing out. */
struct effect desk_start_dash(struct desk *d);
struct effect desk_start_papers(struct desk *d);
struct effect desk_start_rolls(struct desk *d);
struct effect desk_start_recheck(struct desk *d);
struct effect desk_left_recheck(struct desk *d);
struct effect desk_left_study(struct desk *d);
struct effect desk_left_rolls(struct desk *d);
struct effect desk_left_intake(struct desk *d);
struct effect desk_hear_study(struct desk *d, const struct event *ev);
void desk_forget_studies(struct desk *d);

/* A scan, wherever we are. */
struct effect desk_scan(struct desk *d, const struct event *ev);

#endif
