/*
 * scanners.h - all scanners that are there, in the one poll().
 *
 * Which: the ports of chitra.ini ([scanner] use), else every CDC-ACM port and
 * every HID-POS scanner that is plugged in. They are opened as they come,
 * closed as they go, and tried again every two seconds where somebody else
 * has them (ModemManager looks at every new port for a while). Reading never
 * waits, so they need no thread. A scanner that plays keyboard is none of
 * these: flows/wedge.h.
 *
 * All of it belongs to the thread of the loop.
 */
#ifndef APP_SCANNERS_H
#define APP_SCANNERS_H

#include <poll.h>

#include "drivers/devices/devices.h"
#include "terminal/app/config.h"
#include "terminal/flows/flow.h"

enum {
	SCANNERS_MAX = 8
};

struct scanners;

/*
 * config is borrowed, NULL: the defaults. not_this: the node of a printer,
 * "" if it is on no port of ours. ERR_NO_MEMORY.
 */
struct scanners *scanners_new(const struct config *config, const char *not_this,
	struct err *err);
void scanners_free(struct scanners *s); /* closes all; NULL is allowed */

/*
 * Open what of the list is new, close what is gone, try again what is due.
 * Call when something was plugged in or pulled out, and once a second.
 */
void scanners_match(struct scanners *s, const struct device_list *list,
	long long now_ms);

/* Fill in at most SCANNERS_MAX; returns how many. */
int scanners_poll(const struct scanners *s, struct pollfd *out);

/* When scanners_take() is to be called though nothing has come; -1. */
long long scanners_due(const struct scanners *s);

/*
 * The next scan of any of them as EV_SCAN; call until it is false. One that
 * fails is closed, and the log says why.
 */
bool scanners_take(struct scanners *s, long long now_ms, struct event *ev);

/* Is one of the settings' ports not open? */
bool scanners_are_away(const struct scanners *s);

/* How many are open. */
int scanners_open_count(const struct scanners *s);

#endif
