/* board_internal.h - what the two files of board share. */
#ifndef DB_BOARD_INTERNAL_H
#define DB_BOARD_INTERNAL_H

#include "db/board.h"

/* A PAY, until its VOID is met. */
struct board_pay {
	uint64_t seq;
	int32_t day; /* YYYYMMDD */
	int hour;
	int64_t money; /* of the list that is asked for */
};

struct board_work {
	struct db *db;
	const struct board_asked *asked;
	struct board *out;
	int64_t done;          /* rows and records so far … */
	int64_t all;           /* … of these */
	int64_t paid_here;     /* entitlements of the list */
	struct board_pay *pay; /* in the order of the book */
	size_t pays;
	size_t room;
	struct board_day *day; /* any number, by day */
	size_t days;
	size_t day_room;
};

/* One row or record more; false: it was given up. */
bool board_tell(struct board_work *w, struct err *err);

/* How many records there are; then what they say. */
bool board_records_begin(struct board_work *w, struct err *err);
bool board_records(struct board_work *w, struct err *err);
void board_records_end(struct board_work *w); /* frees */

#endif
