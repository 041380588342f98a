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

/* READY, or first DIFFERS. */
void check_show(struct check *c);

/* check_payee.c: another receiver. */
void check_payee_begin(struct check *c);
void check_ask_payee(struct check *c, enum payee payee);
const struct binding *check_payee_bindings(enum check_step step, size_t *count);
struct effect check_on_who(struct check *c, const struct event *ev);
struct effect check_on_typed(struct check *c, const struct event *ev);
struct effect check_on_relation(struct check *c, const struct event *ev);

#endif
