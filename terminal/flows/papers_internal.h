/*
 * papers_internal.h - what papers.c and papers_unit.c know of each other.
 *
 * The communes are counted once, while a paper is being chosen; asking for
 * a paper before they came gives them up, and they are asked for again.
 */
#ifndef FLOWS_PAPERS_INTERNAL_H
#define FLOWS_PAPERS_INTERNAL_H

#include "terminal/flows/papers.h"

const struct binding *papers_unit_bindings(size_t *count);

/* Can it be of one commune alone? */
bool papers_of_units(enum flow_paper which);

struct effect papers_count_units(struct papers *p);

/* UNIT where there are several, else MONTH; COUNTING while nobody knows. */
struct effect papers_ask_unit(struct papers *p);

/* They are counted. */
struct effect papers_hear_units(struct papers *p, const struct event *ev);

struct effect papers_on_unit(struct papers *p, int key);

void papers_ask_month(struct papers *p);

#endif
