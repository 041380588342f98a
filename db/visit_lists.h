/*
 * visit_lists.h - what visits found that others have to do something about.
 *
 * Who has no card, for the police; whose papers of birth are missing, for the
 * justice clerk; who cannot come to the provider, so that it comes to him; who
 * needs a guardian; and whom to visit again. Each person once, by the newest
 * visit that was made in the period: what was found later is on a later list.
 * Threads: that of the store. Somebody is signed in, else ERR_DENIED.
 */
#ifndef DB_VISIT_LISTS_H
#define DB_VISIT_LISTS_H

#include "db/visits.h"

enum visit_list {
	VISIT_LIST_POLICE,    /* no card, card expired */
	VISIT_LIST_JUSTICE,   /* no papers of birth */
	VISIT_LIST_HOMEVISIT, /* no fingerprints, cannot leave the house */
	VISIT_LIST_GUARDIAN,  /* cannot act for himself */
	/* A day to come again in the period, and no visit since it was said,
	 * by that day. */
	VISIT_LIST_FOLLOWUP,
	VISIT_LISTS
};

/* "police"; and back. */
const char *visit_list_name(enum visit_list l);
bool visit_list_parse(const char *name, enum visit_list *out);

/* In the order of the list of visits (rounds.h), then of records. False: *err,
 * or each() wanted no more (then err->code is ERR_NONE). */
bool visit_lists_each(struct db *db, enum visit_list l, int32_t period,
	bool (*each)(void *ctx, const struct visit *v, const struct person *p),
	void *ctx, struct err *err);

/* How many visits of a period ended how, and how many people were reviewed:
 * visits.h says what that is. */
struct visit_sums {
	int64_t visits;
	int64_t result_people[VISIT_GROUPS]; /* by the newest in it, of each */
	int64_t people;
	int64_t reviewed;
	int64_t reviewed_until; /* in it or before */
};
bool visit_lists_sums(struct db *db, int32_t period, struct visit_sums *out,
	struct err *err);

#endif
