/*
 * samplelists.h - payment lists for screens, all made up, the same each time.
 */
#ifndef TESTS_SUPPORT_SAMPLELISTS_H
#define TESTS_SUPPORT_SAMPLELISTS_H

#include "db/list_look.h"

/* So many lists, the newest first; the second was corrected by the first. */
const struct list_shelf *samplelists(int count);

/* The first of them, with so many hamlets and corrections. */
const struct list_look *samplelists_one(int hamlets, int fixes);

#endif
