/*
 * help.h - behind "#": the keys of the screen below, all of them.
 *
 * The rows are the very bindings by which that screen works; help has no
 * text of its own but the headline.
 */
#ifndef FLOWS_HELP_H
#define FLOWS_HELP_H

#include "terminal/flows/flow.h"

struct help {
	const struct binding *row; /* of the screen below */
	size_t count;
	int top; /* first row shown */
};

void help_init(struct help *h, const struct binding *row, size_t count);
struct effect help_handle(struct help *h, const struct event *ev);
const struct binding *help_bindings(size_t *count);

#endif
