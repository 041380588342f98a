/*
 * roster_text.h - what is wrong with a row of a table of users (db/roster.h),
 * for the verbs and the screen. Pure.
 */
#ifndef FLOWS_ROSTER_TEXT_H
#define FLOWS_ROSTER_TEXT_H

#include "db/roster.h"

/* Through tr(); NULL: nothing is. */
const char *roster_trouble_text(enum user_trouble trouble,
	enum roster_fate fate);

#endif
