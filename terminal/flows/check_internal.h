/*
 * check_internal.h - what the files of the check share.
 */
#ifndef FLOWS_CHECK_INTERNAL_H
#define FLOWS_CHECK_INTERNAL_H

#include "terminal/flows/check.h"

/* Fill difference[] and request.review from card and due; no card, none. */
void check_compare(struct check *c);

/*
 * Whom the list names as receiver and what is odd about the card, as one
 * notice. Only warnings: registry corrections leave numbers that do not fit.
 */
void check_say_odd(struct check *c);

#endif
