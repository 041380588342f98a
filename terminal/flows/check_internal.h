/*
 * check_internal.h - what the files of the check share.
 */
#ifndef FLOWS_CHECK_INTERNAL_H
#define FLOWS_CHECK_INTERNAL_H

#include "terminal/flows/check.h"

/* Fill difference[] and request.review from card and due; no card, none. */
void check_compare(struct check *c);

/* Was there anything about the card that somebody should look at? */
bool check_card_is_odd(const struct check *c);

/*
 * Whom the list names as receiver, or what is odd about the card: where rows
 * are dear there is room for one; the words say "look" for the other. Only
 * warnings: registry corrections leave numbers that do not fit.
 */
void check_say_odd(struct check *c);

#endif
