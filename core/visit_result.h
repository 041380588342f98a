/*
 * visit_result.h - what can come of a visit at somebody's door.
 *
 * Numbers, groups and words for the book (db/visits.h), for flows and for
 * scripts. Pure; any thread.
 */
#ifndef CORE_VISIT_RESULT_H
#define CORE_VISIT_RESULT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/date.h"

/*
 * What came of it. Below 40 he was met: key 28 is 1 and key 17 this number.
 * From 40 on nobody was: key 28 is this number less 40, and there is no key
 * 17. Numbers are in books: never change them.
 */
enum visit_result {
	VISIT_NONE = 0,
	VISIT_AGREED = 10,
	VISIT_HAS_ACCOUNT = 11, /* has one already, and wants it used */
	VISIT_THINKS = 12,      /* wants to think */
	VISIT_WANTS_CASH = 20,  /* refuses, since he … */
	VISIT_DISTRUSTS = 21,
	VISIT_FAR = 22,      /* the bank is far */
	VISIT_NO_PHONE = 23, /* has no phone, or cannot use one */
	VISIT_FAMILY = 24,   /* the family decides */
	VISIT_REFUSES = 29,  /* for another reason: note */
	VISIT_NO_CARD = 30,  /* cannot open an account, since he has … */
	VISIT_CARD_EXPIRED = 31,
	VISIT_NO_FINGERPRINTS = 32,
	VISIT_NEEDS_GUARDIAN = 33, /* cannot act for himself */
	VISIT_NO_BIRTH_PAPERS = 34,
	VISIT_CANNOT_MOVE = 35, /* cannot leave the house */
	VISIT_CANNOT = 39,      /* for another reason: note */
	VISIT_ABSENT = 42,      /* nobody at home */
	VISIT_MOVED = 43,
	VISIT_DIED = 44,
	VISIT_OTHER = 49, /* nothing could be done: note */
};

/* Their groups: what is counted and filtered by. */
enum visit_group {
	VISIT_GROUP_NONE, /* never visited */
	VISIT_GROUP_AGREED,
	VISIT_GROUP_HAS_ACCOUNT,
	VISIT_GROUP_THINKS,
	VISIT_GROUP_REFUSES,
	VISIT_GROUP_CANNOT,
	VISIT_GROUP_ABSENT,
	VISIT_GROUP_MOVED,
	VISIT_GROUP_DIED,
	VISIT_GROUP_OTHER,
	VISIT_GROUPS
};

enum {
	VISIT_NEXT_DAYS = 180 /* no appointment is later than that */
};

/* All results there are, in the order in which screens offer them. */
extern const enum visit_result visit_results[];
extern const int visit_results_count;

/* VISIT_GROUP_NONE for what is no result. */
enum visit_group visit_group(enum visit_result r);

/* Does it say nothing without a note that says why? */
bool visit_needs_note(enum visit_result r);

/* Does a visit that ended so count as reviewed? */
bool visit_is_review(enum visit_result r);

/* Keys 28 and 17 of a VISIT, reason 0: none; and back. VISIT_NONE: no such. */
enum visit_result visit_result_of(uint64_t result, uint64_t reason);
void visit_result_keys(enum visit_result r, uint64_t *result, uint64_t *reason);

/* "agreed", "wants_cash", "absent"; and back. Of a group: "refuses". */
const char *visit_result_name(enum visit_result r);
bool visit_result_parse(const char *name, enum visit_result *out);
const char *visit_group_name(enum visit_group g);
bool visit_group_parse(const char *name, enum visit_group *out);

/*
 * May somebody be told that we come again on that day? It is behind today and
 * at most VISIT_NEXT_DAYS later. Pure.
 */
bool visit_next_possible(struct date next, struct date today);

#endif
