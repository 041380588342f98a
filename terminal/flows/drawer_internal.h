/* drawer_internal.h - for the files of the drawer only. */
#ifndef FLOWS_DRAWER_INTERNAL_H
#define FLOWS_DRAWER_INTERNAL_H

#include "terminal/flows/drawer.h"

/* The key of ev as this step has it; 0 if none: binding_key(). */
int drawer_key(const struct drawer *d, const struct event *ev);

struct effect drawer_leave(struct drawer *d, bool done);

/* drawer_slip.c: DRAWER_LAST_SLIP and DRAWER_COMPARING. */
struct effect drawer_on_last_slip(struct drawer *d, const struct event *ev);
struct effect drawer_on_comparing(struct drawer *d, const struct event *ev);

#endif
