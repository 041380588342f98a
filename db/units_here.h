/*
 * units_here.h - the communes on the lists that are here, and how many people
 * each has: for who wants the papers of one of them.
 *
 * Of all lists, not of the newest alone. Threads: that of the handle, a
 * reader's (reader.h) for a screen. Blocking: some 1 us a person.
 */
#ifndef DB_UNITS_HERE_H
#define DB_UNITS_HERE_H

#include "core/codec/paylist.h"
#include "db/db.h"

enum {
	UNITS_HERE_MAX = 64 /* a terminal has one, seldom some */
};

struct unit_here {
	char code[PAYLIST_CODE_SIZE];
	char name[DB_NAME_SIZE]; /* units_name(); "": nobody knows it */
	int64_t people;
};

struct units_here {
	int count;
	bool more;                             /* than are told */
	struct unit_here unit[UNITS_HERE_MAX]; /* by code */
};

bool units_here(struct db *db, struct units_here *out, struct err *err);

#endif
