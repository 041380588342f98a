/*
 * rounds_internal.h - the list of visits in memory: rounds.c makes it and
 * keeps it right, rounds_page.c reads it, rounds_plan.c picks from it.
 *
 * Some 48 bytes a person. The store stays the only truth: a row is read anew
 * when a temporary trigger says that something about its person was written.
 */
#ifndef DB_ROUNDS_INTERNAL_H
#define DB_ROUNDS_INTERNAL_H

#include "db/rounds.h"
#include "db/visits_internal.h"

enum {
	ROUNDS_MAX_TOUCHED = 64
};

/* One person of the list. */
struct rounds_row {
	int32_t id;
	int32_t hamlet; /* in rounds.hamlet */
	uint32_t list_seq;
	int32_t next_day; /* YYYYMMDD; 0: none */
	uint64_t last;
	int64_t last_t;
	int32_t last_actor;
	uint8_t result; /* enum visit_result: what holds */
	bool gone;      /* moved or died, by a NOT_PAID in force */
	bool converted;
};

struct rounds_hamlet {
	int32_t unit;  /* in rounds.unit */
	int32_t first; /* of its rows, which stand together */
	int32_t rows;
	char name[ROUND_HAMLET_SIZE];
	char key[ROUND_HAMLET_SIZE];
};

struct rounds {
	struct rounds_row *row; /* in their order */
	int32_t rows;
	struct rounds_hamlet *hamlet;
	int32_t hamlets;
	char (*unit)[PAYLIST_CODE_SIZE];
	int32_t units;
	int32_t *place; /* by person id, from 1 on; 0: not on the list */
	int64_t places;
	int32_t everybody; /* in the store, on the list or not */
	int64_t touched[ROUNDS_MAX_TOUCHED];
	int touches; /* more than fit: everything is read anew */
};

void rounds_free(struct rounds *r);

/* The list as it is now. NULL: *err. */
const struct rounds *rounds_now(struct db *db, struct err *err);

/* A row's place in the list, -1: not on it. */
int32_t rounds_place(const struct rounds *r, int64_t person);

bool rounds_is_due(const struct rounds_row *row, int32_t today);
bool rounds_is_done(const struct rounds_row *row, int32_t today);

/* Units and hamlets as texts mean them; -1: there is none such. */
int32_t rounds_unit(const struct rounds *r, const char *code);
int32_t rounds_hamlet_of(const struct rounds *r, const char *unit,
	const char *name);

/* rounds_page.c: what a row of a page says. */
bool rounds_fill(struct db *db, const struct session *s, const struct rounds *r,
	int32_t place, const struct visits_day *today, struct round_person *out,
	struct err *err);

/* rounds_page.c: whom this user visited last; 0: nobody. */
bool rounds_last_visited(struct db *db, int64_t user, int64_t *person,
	struct err *err);

/* rounds_plan.c: how many are in the plan of a day. */
bool rounds_plan_count(struct db *db, int64_t user, int32_t day, int64_t *out,
	struct err *err);

#endif
