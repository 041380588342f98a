/*
 * frame.h - what is on every screen around its body: header and footer.
 *
 * The header says who works, where, whether there is a network, how much
 * waits to be sent, and done/total; the footer says the keys, from the very
 * table by which they work. Rules only across: borders at the sides cost
 * columns and break in old fonts. Pure.
 */
#ifndef TERMINAL_UI_FRAME_H
#define TERMINAL_UI_FRAME_H

#include "terminal/flows/flow.h"
#include "terminal/flows/tour.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/sheet.h"

/* The same for all views of one moment. Everything is borrowed. */
struct frame_info {
	const char *point; /* "Bưu cục Cẩm Khê · quầy 2" */
	const char *user;  /* "" if nobody is signed in */
	enum role role;    /* his: keys that it lacks are not shown */
	const struct status *status;
	int64_t now; /* wall ms, 0: not known yet */
	bool demo;
	const char *next;             /* parked person's name, NULL if none */
	const struct tour_band *tour; /* what is taught here; NULL */
	/* Read before what the view itself has to say; NULL if none. */
	const struct notice *notice;
};

/* What differs from screen to screen. */
struct frame {
	const char *title; /* through tr() already */
	const struct binding *binding;
	size_t bindings;
	const struct notice *notice; /* the flow's; NULL if none */
	bool drawer_shown;    /* cash in the drawer, in the footer's rule */
	bool choices_in_body; /* keys 1-9 are lines of the body */
};

/*
 * Draw the screen: header, footer, the notice above the footer, and the
 * sheet in what is left. On a canvas that is too small only that is said.
 */
void frame_show(struct canvas *c, const struct frame_info *info,
	const struct frame *frame, const struct sheet *body);

/* Rows that the body will have, for views that scroll. */
int frame_body_rows(const struct canvas *c, const struct frame_info *info,
	const struct frame *frame);

/* The cap of a key as a screen writes it: "ENTER", "5", an arrow. */
const char *frame_key_name(const struct binding *b);

/* Years old at that moment, -1 if that or the birth is not known. */
int frame_age(const struct frame_info *info, struct date birth);

#endif
