/* enrol_internal.h - what the files of enrolling share. */
#ifndef FLOWS_ENROL_INTERNAL_H
#define FLOWS_ENROL_INTERNAL_H

#include "terminal/flows/enrol.h"

/* The key of the step's table that ev means, 0 if none. */
int enrol_key(const struct enrol *e, const struct event *ev);

/* Go to a step: what is typed there begins as it was left. */
void enrol_go(struct enrol *e, enum enrol_step step);

/* Nothing was taken yet, but for the person. */
void enrol_anew(struct enrol *e);

/* enrol_bank.c: the page of providers, the search for one. */
void enrol_list_banks(struct enrol *e, const char *query);
struct effect enrol_on_bank(struct enrol *e, const struct event *ev);
struct effect enrol_on_search(struct enrol *e, const struct event *ev);

/* enrol_owner.c: whose it is, and the name on it; accept_: of a field. */
struct effect enrol_on_whose(struct enrol *e, const struct event *ev);
struct effect enrol_on_relation(struct enrol *e, const struct event *ev);
struct effect enrol_on_differs(struct enrol *e, const struct event *ev);
void enrol_accept_owner(struct enrol *e);
void enrol_accept_paper(struct enrol *e);
void enrol_accept_holder(struct enrol *e);
void enrol_accept_why(struct enrol *e);

/* enrol_book.c: the form, the record, the slip; and cash again. */
struct effect enrol_on_form(struct enrol *e, const struct event *ev);
struct effect enrol_on_shared(struct enrol *e, const struct event *ev);
struct effect enrol_on_writing(struct enrol *e, const struct event *ev);
struct effect enrol_on_done(struct enrol *e, const struct event *ev);
struct effect enrol_on_cash(struct enrol *e, const struct event *ev);
struct effect enrol_on_cash_from(struct enrol *e, const struct event *ev);
struct effect enrol_on_cash_sure(struct enrol *e, const struct event *ev);
struct effect enrol_on_second(struct enrol *e, const struct event *ev);
struct effect enrol_on_cash_writing(struct enrol *e, const struct event *ev);

#endif
