/* office_internal.h - what the files of office share. */
#ifndef FLOWS_OFFICE_INTERNAL_H
#define FLOWS_OFFICE_INTERNAL_H

#include "terminal/flows/office.h"

void office_say_refused(struct office *o, const struct refusal *why);

/* office_limits.c: one of the LIMIT steps. */
struct effect office_limits_handle(struct office *o, const struct event *ev);
const struct binding *office_limits_bindings(enum office_step step,
	size_t *count);

#endif
