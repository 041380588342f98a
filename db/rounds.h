/*
 * rounds.h - who is to be visited, hamlet by hamlet, and the plan of a day.
 *
 * The list is everybody on the newest list of his unit who did not leave
 * (changes.h). Who is paid by account already is counted, and not visited.
 * It is in memory like the names (people.h): made at the first question after
 * somebody signed in or a list came in, 100,000 people in about a second, kept
 * right by what is recorded, wiped when the last one signs out. Pages are read
 * from where the last one ended, whatever their number.
 *
 * The hamlet is worked out of the address, whose parts stand between commas.
 * A part that begins with a number ("12A/3 Trần Phú"), or with số, số nhà, sn
 * or nhà before one, is a house, and what follows in it a street; a part that
 * begins with đường, phố, ngõ, ngách, hẻm, kiệt is a street. The hamlet is the
 * first part that is neither; if that is a commune (xã, phường, thị trấn, đặc
 * khu) or there is none, the street stands for it, else it has no name.
 * Hamlets of one unit whose names differ in marks, case, blanks or zeros in
 * front of numbers only ("Thôn 3", "thôn 03 ") are one, written as most write
 * it. Hamlets stand in the order of their names, numbers in theirs (thôn 2,
 * thôn 10), those without a name last.
 *
 * Street order within a hamlet: who has a house number first, by street, then
 * by number as people count (12, 12/3, 12A, 14/2); then the others as on the
 * list.
 *
 * *Done* is who was met (visits.h), or moved or died by a NOT_PAID that is in
 * force, unless a day to come again is today or over. All others are undone.
 * *Due*: that day is today or over.
 *
 * Threads: that of the store. Somebody is signed in, else ERR_DENIED.
 */
#ifndef DB_ROUNDS_H
#define DB_ROUNDS_H

#include "db/visits.h"

enum {
	ROUND_HAMLET_SIZE = 96,
	ROUND_PAGE_MAX = 100,
	ROUND_PLAN_MAX = 100, /* people in the plan of a day */
	ROUND_PLAN_DAYS = 31, /* so far ahead */
	ROUND_TARGET = 20,    /* visits a day, until somebody sets another */
	ROUND_TARGET_MAX = 500
};

/* How many of what; of a hamlet, a unit or all. */
struct round_counts {
	int64_t people;    /* on the list */
	int64_t converted; /* paid by account: none of what follows */
	int64_t visited;   /* at least once */
	int64_t done;
	int64_t due;
	int64_t group[VISIT_GROUPS]; /* by the last visit of each */
};

struct round_hamlet {
	char unit[PAYLIST_CODE_SIZE];
	char name[ROUND_HAMLET_SIZE]; /* "": addresses name none */
	int64_t mine; /* people of that user's (assigns.h); 0 if none is asked */
	struct round_counts count;
};

/*
 * Hamlets in their order, behind the first so many; unit "": of all units.
 * *more: there are further ones.
 */
bool rounds_hamlets(struct db *db, const char *unit, int first,
	struct round_hamlet *out, int max, int *count, bool *more,
	struct err *err);

/* The same of all units, for one user: where anybody is his, first. */
bool rounds_hamlets_for(struct db *db, int64_t user, int first,
	struct round_hamlet *out, int max, int *count, bool *more,
	struct err *err);

/* All of a unit, "": of all. */
bool rounds_counts(struct db *db, const char *unit, struct round_counts *out,
	struct err *err);

enum round_which {
	ROUND_ALL,
	ROUND_UNDONE,
	ROUND_DONE,
	ROUND_DUE,
};

/* All zero: everybody, in order. */
struct round_filter {
	char unit[PAYLIST_CODE_SIZE]; /* "": all */
	bool in_hamlet;               /* only of this one, of that unit: */
	char hamlet[ROUND_HAMLET_SIZE];
	enum round_which which;
	unsigned groups; /* bits 1 << enum visit_group; 0: all */
	/* Undone before done: all the undone of the filter, then the done. */
	bool undone_first;
	bool converted; /* those who need no visit, too */
	/* As for people_find(); "": all. They come in street order as well. */
	const char *query;
};

struct round_person {
	int64_t id;
	char name[VIET_NAME_SIZE];
	char id12[PERSONID_SIZE];
	struct date birth;
	char unit[PAYLIST_CODE_SIZE];
	char hamlet[ROUND_HAMLET_SIZE];
	char address[PEOPLE_ADDRESS_SIZE];
	int64_t list_seq; /* STT */
	/* The last visit; last 0: none. MOVED or DIED without one: the
	 * counter noted it. */
	uint64_t last;
	int64_t last_t;
	int64_t last_actor;
	enum visit_result result;
	struct date next; /* year 0: none */
	bool done;
	bool due;
	bool converted;
	bool draft;   /* this user has an unfinished visit of him */
	bool planned; /* he is in this user's plan of today */
};

/*
 * Where a page begins: behind, before or at a row of another page, known by
 * its person and whether he was done then; person 0: at the end of it all
 * that is meant (behind nothing: the first page; before nothing: the last).
 * Who is not on the list any more: the first page.
 */
enum round_side {
	ROUND_AFTER,
	ROUND_BEFORE,
	ROUND_AT,
};
struct round_cursor {
	int64_t person;
	bool done;
	enum round_side side;
};

/*
 * At most max (ROUND_PAGE_MAX) rows, in order whichever side they are of.
 * *before, *after: there are rows on that side of them.
 */
bool rounds_page(struct db *db, const struct session *s,
	const struct round_filter *f, const struct round_cursor *from,
	struct round_person *out, int max, int *count, bool *before,
	bool *after, struct err *err);

/* One of them. ABSENT: not on the list. */
enum lookup rounds_person(struct db *db, const struct session *s,
	int64_t person, struct round_person *out, struct err *err);

/* What was done today, and what was meant to be. */
struct round_today {
	int64_t visits; /* VISIT records of today … */
	int64_t people; /* … and of how many people */
	int64_t group[VISIT_GROUPS];
	int64_t target;
	int64_t planned; /* people in the plan of today, not visited yet */
};

/* Of one user. */
bool rounds_today(struct db *db, int64_t user, struct round_today *out,
	struct err *err);

/* Visits a day that each user is to make. Setting it: supervisor, else
 * REFUSED_ROLE; 1 to ROUND_TARGET_MAX, else FAILED with ERR_INVALID. */
bool rounds_target(struct db *db, int64_t *out, struct err *err);
enum verdict rounds_set_target(struct db *db, const struct session *s,
	int64_t target, struct refusal *why, struct err *err);

/*
 * The plan of s for a day, today to ROUND_PLAN_DAYS ahead (else ERR_INVALID):
 * people in an order that he chose. At its end or, moved, at a place from 0
 * on. Adding who is in it already, or removing who is not, changes nothing.
 * ERR_INVALID: not on the list, or ROUND_PLAN_MAX are in it. ERR_DENIED: his
 * role may not visit, or he is out.
 */
bool rounds_plan(struct db *db, const struct session *s, struct date day,
	struct round_person *out, int max, int *count, struct err *err);
bool rounds_plan_add(struct db *db, const struct session *s, struct date day,
	int64_t person, struct err *err);
bool rounds_plan_remove(struct db *db, const struct session *s, struct date day,
	int64_t person, struct err *err);
bool rounds_plan_move(struct db *db, const struct session *s, struct date day,
	int64_t person, int place, struct err *err);
bool rounds_plan_clear(struct db *db, const struct session *s, struct date day,
	struct err *err);

/*
 * Whom to add to that plan, at most max: first those whose day to come again
 * is that day or over, the longest over first; then the undone of the hamlet
 * that is nearest, then of the next ones. Nearest is the hamlet of the last
 * one in the plan; else of the last visit that s made; else the first with
 * anybody undone. How far hamlets lie apart nobody knows here: next means the
 * order of hamlets, around its end. Who is in the plan is left out.
 */
bool rounds_suggest(struct db *db, const struct session *s, struct date day,
	struct round_person *out, int max, int *count, struct err *err);

#endif
