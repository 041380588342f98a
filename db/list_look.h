/*
 * list_look.h - one payment list as a supervisor looks at it: how far it is,
 * hamlet by hamlet, who took it, and what it corrected.
 *
 * A list that took the place of another counts what it left as it was, too;
 * the one that was corrected counts no more. Hamlets are those
 * of dwelling.h, as whom to visit has them (rounds.h); an address is the one
 * that the newest list gave. Somebody must be signed in (else ERR_DENIED).
 * Threads: that of the handle, a reader's (reader.h) for a screen. Blocking:
 * 100,000 people take some 0.6 s; db_watch() hears of it.
 */
#ifndef DB_LIST_LOOK_H
#define DB_LIST_LOOK_H

#include "core/codec/dwelling.h"
#include "db/lists_here.h"

enum {
	LIST_LOOK_LISTS = 120, /* the newest ones: ten years */
	LIST_LOOK_FIXES = 500  /* of what a list corrected, the first */
};

/* A list, and who took it. */
struct list_taken {
	struct list_here is;
	int64_t actor; /* 0: before anybody worked here */
	char actor_name[DB_NAME_SIZE];
};

/* All that are here, the newest period first, in it the newest list. */
struct list_shelf {
	int count;
	bool more; /* there are older ones */
	struct list_taken list[LIST_LOOK_LISTS];
};

/* People of one hamlet, and what they have on the list. */
struct list_hamlet {
	char unit[PAYLIST_CODE_SIZE];
	char hamlet[DWELLING_TEXT_SIZE]; /* "": the address names none */
	int64_t people;                  /* who have anything on it */
	int64_t cash_people;             /* some of it in cash, and of these: */
	int64_t done;                    /* none of it is open any more */
	int64_t cash;                    /* đồng */
	int64_t paid;                    /* here or at another terminal */
	int64_t by_account;
	int64_t assigned; /* are somebody's (assigns.h) … */
	int64_t user;     /* … this user's; of several: 0 */
	char user_name[DB_NAME_SIZE];
};

struct list_look {
	struct list_taken list;
	struct list_hamlet *hamlet; /* by unit, then as people count */
	int hamlets;
	/* What it corrected: people of each kind, each once a kind. */
	int64_t fixed[LIST_FIX_KINDS];
	int64_t less; /* đồng that are due no more */
	int64_t more;
	int64_t fixes; /* all of them */
	int kept;      /* … of which these are here */
	struct list_fixed fix[LIST_LOOK_FIXES];
};

bool list_look_all(struct db *db, struct list_shelf *out, struct err *err);

/* ABSENT: there is no list of that number. *out ends with list_look_free(). */
enum lookup list_look_one(struct db *db, int64_t list, struct list_look **out,
	struct err *err);

/* NULL is allowed. What it knew of people is wiped. */
void list_look_free(struct list_look *l);

#endif
