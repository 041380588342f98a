/*
 * qr_view.h - a text as a QR code that another terminal scans off the screen.
 *
 * Two modules stand in one cell, above each other, as half blocks; light is
 * drawn and dark is left black. The code has the screen for itself, words and
 * keys beside it (80 columns) or below (40x24). Where it does not fit that is
 * said, and what to do instead.
 */
#ifndef TERMINAL_UI_QR_VIEW_H
#define TERMINAL_UI_QR_VIEW_H

#include "terminal/flows/second.h"
#include "terminal/ui/frame.h"

/* Through tr() already; notice may be NULL. */
struct qr_words {
	const char *title;
	const char *says;
	const char *more;    /* if there is room; NULL: nothing */
	const char *instead; /* where there is no room for the code */
	const struct binding *binding;
	size_t bindings;
	const struct notice *notice;
};

void qr_view(const char *text, const struct qr_words *w, struct canvas *c);

/* The request that a second person scans. */
void qr_view_second(const struct second *second, const struct frame_info *info,
	struct canvas *c);

#endif
