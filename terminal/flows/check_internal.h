/*
 * check_internal.h - what the files of the check share.
 */
#ifndef FLOWS_CHECK_INTERNAL_H
#define FLOWS_CHECK_INTERNAL_H

#include "terminal/flows/check.h"

/* Fill difference[] and request.review from card and due; no card, none. */
void check_compare(struct check *c);

#endif
