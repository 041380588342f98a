/*
 * reserve_internal.h - room put aside for the day the disk is full.
 *
 * DIR/reserve is RESERVE_BYTES of allocated nothing. When hardly anything is
 * free it is given up, so that people can still sign in, answer an open
 * payout, close the shift and take the day's records away; paying has
 * stopped long before (32 MiB). When there is room again it is taken again.
 *
 * The size: SQLite's index of the log takes 32 KiB, a LOGIN about 30 KiB of
 * log, closing a shift 50 KiB, each again in the file; an export of 300
 * payouts with their 1,200 records is about 1 MiB. 4 MiB is that twice over.
 */
#ifndef DB_RESERVE_INTERNAL_H
#define DB_RESERVE_INTERNAL_H

#include "db/db.h"

enum {
	RESERVE_BYTES = 4 << 20,
	RESERVE_SPARE = 1 << 20 /* with less than this free it is given up */
};

/* Is it there, in full? */
bool reserve_is_held(const char *dir);

/* Take it if that leaves least_free and more; not having it is no error. */
void reserve_take(const char *dir, uint64_t least_free);

/* Give it up if there is hardly room to write; true if that was so. */
bool reserve_help(const char *dir);

#endif
