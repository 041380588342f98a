/*
 * board.h - how far a list is, for the supervisor: who is paid and who not,
 * by group, unit and hamlet; when people came; what differed when drawers
 * were counted; what the other terminals said, and what is not sent yet.
 *
 * All of it is of one list period and, if one is given, one commune; but for
 * drawers, terminals and what is unsent, which are of this terminal's book
 * whatever the unit. One look at the entitlements and one at the records, as
 * of one moment; the two meet only in the tests. Somebody must be signed in
 * (else ERR_DENIED). Threads: that of the handle, a reader's (reader.h) for a
 * screen. Blocking: 100,000 people and a million records take some seconds.
 */
#ifndef DB_BOARD_H
#define DB_BOARD_H

#include "core/codec/dwelling.h"
#include "core/codec/group.h"
#include "core/codec/paylist.h"
#include "db/db.h"
#include "db/users.h"

enum {
	BOARD_HOURS = 24,
	BOARD_DAYS = 62,   /* the newest on which anybody was paid */
	BOARD_CLOSES = 60, /* the newest shifts closed */
	BOARD_TERMINALS = 64
};

/*
 * People of a part of the list. Money that somebody lost by leaving, and what
 * is carried to a later list, is in none of it. Whose money goes by account
 * in part only is among both.
 */
struct board_sum {
	int64_t people;  /* who have money on it */
	int64_t account; /* of these: some of it goes by account */
	int64_t cash;    /* some of it is cash, and of these: */
	int64_t done;    /* none of the cash is open any more */
	int64_t waiting; /* some of it is */
	int64_t due;     /* đồng: all of it … */
	int64_t by_account;
	int64_t paid;      /* … in cash, here */
	int64_t elsewhere; /* … by other terminals, as their marks say */
	int64_t open;
};

/* A hamlet, or a whole unit: hamlet "" and all. name: of a unit, as the office
 * or the state calls it (units.h); "": nobody does, or it is a hamlet. */
struct board_place {
	char unit[PAYLIST_CODE_SIZE];
	char name[DB_NAME_SIZE];
	char hamlet[DWELLING_TEXT_SIZE]; /* "": the address names none */
	struct board_sum sum;
};

/* Payments (PAY less VOID) of that list, by the hour in which they were made,
 * at UTC+7; of a sheet of the pad: in which it says they were. */
struct board_time {
	int64_t payments;
	int64_t money;
};

struct board_day {
	int32_t day; /* YYYYMMDD */
	struct board_time time;
};

/* A shift that was counted and closed. */
struct board_close {
	int64_t shift;
	int64_t actor; /* whose it was … */
	char actor_name[DB_NAME_SIZE];
	int64_t t;        /* … and when it was closed */
	int64_t expected; /* đồng */
	int64_t difference;
	uint64_t reason; /* enum shift_reason */
};

struct board_terminal {
	uint8_t dev[DB_DEV_SIZE];
	bool self;
	int64_t t;    /* of what is known last of it here; 0: nothing is */
	int64_t paid; /* entitlements of the list; as it said last */
};

struct board {
	int32_t period; /* 0: there is no list */
	char only[PAYLIST_CODE_SIZE];
	char only_name[DB_NAME_SIZE]; /* as board_place.name */
	int64_t at;                   /* wall ms */
	struct board_sum all;
	struct board_sum group[GROUP_COUNT]; /* [GROUP_UNKNOWN]: erased */
	struct board_place *unit;            /* by code */
	int units;
	struct board_place *hamlet; /* by unit, then as people count */
	int hamlets;
	struct board_time hour[BOARD_HOURS];
	struct board_day day[BOARD_DAYS]; /* in order */
	int days;
	struct board_close close[BOARD_CLOSES]; /* the newest last */
	int closes;
	int64_t closed; /* all there ever were */
	int64_t over;   /* đồng: of all of them */
	int64_t missing;
	struct board_terminal terminal[BOARD_TERMINALS]; /* this one first */
	int terminals;
	uint64_t made; /* records … */
	uint64_t sent;
	uint64_t acked;
	uint64_t waiting; /* to be sent: less what only acknowledges */
	int64_t oldest;   /* t of the first that waits; 0 */
	int64_t contact;  /* t of the last acknowledgement; 0: never */
};

struct board_asked {
	int32_t period;   /* 0: the newest list */
	const char *unit; /* "": all there are */
	/* So much of all is done; false: stop (ERR_BUSY). NULL: do not say. */
	bool (*tell)(void *ctx, int64_t done, int64_t all);
	void *ctx;
};

/* NULL: *err. Ends with board_free(), which takes NULL. */
struct board *board_make(struct db *db, const struct board_asked *asked,
	struct err *err);
void board_free(struct board *b);

/* The month of the newest list; 0: there is none. */
bool board_newest(struct db *db, int32_t *out, struct err *err);

/* In hundredths of a percent; of 0: 0. */
static inline int board_share(int64_t part, int64_t of)
{
	if (of <= 0 || part <= 0)
		return 0;
	return part >= of ? 10000
			  : (int)((double)part * 10000.0 / (double)of + 0.5);
}

#endif
