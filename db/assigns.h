/*
 * assigns.h - whose people are whose: a supervisor gives the people of a list
 * to the agents and campaign workers of this terminal, by hamlet or by their
 * numbers on the list.
 *
 * It orders work and stops none: whoever stands at a counter is served there,
 * and the check says whose he is. Who is given to somebody stays with him on
 * later lists until he is given to another, or to nobody. One CONFIG record
 * an act, its hash over "assign <list> <user> <people>\n", user 0: to nobody. To another
 * terminal people go by a list of its own (`lists split`), or handover.h.
 *
 * Threads: that of the handle. Blocking: assigns_put() opens the address of
 * everybody on the list, 100,000 in some 0.4 s; db_watch() hears of it.
 */
#ifndef DB_ASSIGNS_H
#define DB_ASSIGNS_H

#include "core/codec/dwelling.h"
#include "core/codec/paylist.h"
#include "db/refusal.h"
#include "db/users.h"

struct assign_ask {
	int64_t list; /* its number here (lists_here.h) */
	int64_t user; /* 0: nobody any more */
	bool by_range;
	int64_t first; /* numbers on the list, both of them in it */
	int64_t last;
	const char *unit;   /* of the hamlet; "": any */
	const char *hamlet; /* as dwelling.h has it; "": who has none */
};

/*
 * *people: how many it is about. REFUSED_ROLE; REFUSED_NO_USER;
 * REFUSED_REVOKED; REFUSED_EXPIRED; REFUSED_NOT_ASSIGNED: he neither pays nor
 * visits (actor is his number); or, actor 0, there is no such list, or nobody
 * like that on it whom no newer list has.
 */
enum verdict assigns_put(struct db *db, const struct session *s,
	const struct assign_ask *ask, int64_t *people, struct refusal *why,
	struct err *err);

/* How many are somebody's: how many of those have money to be paid in cash. */
struct assigned {
	int64_t user;
	char name[DB_NAME_SIZE];
	enum role role;
	bool out; /* revoked, or his last day is over */
	int64_t people;
	int64_t left;
};

/* Each user who has anybody, by number; each() false: stop. */
bool assigns_each(struct db *db,
	bool (*each)(void *ctx, const struct assigned *a), void *ctx,
	struct err *err);

/* Of one user; all 0 if he has nobody. For the idle screen: some us a person
 * of his. */
bool assigns_of(struct db *db, int64_t user, struct assigned *out,
	struct err *err);

/* Whose is he? ABSENT: nobody's. Name and role are filled in. */
enum lookup assigns_person(struct db *db, int64_t person, struct assigned *out,
	struct err *err);

#endif
