/*
 * units.h - what the office knows of its own units: post offices, points of
 * payout and communes, each with code, name and who is above it.
 *
 * A supervisor's table (`import units`) adds and changes units and takes none
 * away; it goes in whole or not at all, with one CONFIG record whose hash is
 * over "units\n" and every unit there then is, by code, a line
 * "code\tname\tkind\tparent\n" each. The same table again changes nothing.
 * Names only: no right, payment or list stands on a unit. Not personal data.
 *
 * units_name() is where every name of a unit comes from: this table first,
 * then the communes of the state (core/codec/admin.h).
 *
 * Threads: that of the handle. Blocking: 5,000 rows take some 0.2 s.
 */
#ifndef DB_UNITS_H
#define DB_UNITS_H

#include "core/codec/paylist.h"
#include "db/refusal.h"
#include "db/users.h"

enum unit_kind {
	UNIT_OFFICE,
	UNIT_POINT,
	UNIT_COMMUNE,
	UNIT_KINDS
};

enum {
	UNITS_MAX = 5000, /* rows of one table */
	UNITS_DEPTH = 8   /* of them above one another */
};

struct unit {
	char code[PAYLIST_CODE_SIZE];
	char name[DB_NAME_SIZE];
	enum unit_kind kind;
	char parent[PAYLIST_CODE_SIZE]; /* "": nobody above it */
};

enum unit_trouble {
	UNIT_FINE,
	UNIT_NO_CODE,   /* empty, too long, or not A-Z a-z 0-9 . - _ / */
	UNIT_NO_NAME,   /* empty, too long, or broken text */
	UNIT_NO_KIND,   /* none of the three */
	UNIT_TWICE,     /* the code is in the table before */
	UNIT_NO_PARENT, /* neither in the table nor here, or no code */
	UNIT_LOOP,      /* it is above itself, or UNITS_DEPTH is not enough */
	UNIT_TROUBLES
};

enum unit_news {
	UNIT_SAME,
	UNIT_NEW,
	UNIT_CHANGED
};

struct unit_row {
	int64_t row; /* as a spreadsheet counts */
	struct unit unit;
	enum unit_trouble
		trouble;     /* what its reader saw, then units_import() */
	enum unit_news news; /* of a row without trouble */
};

struct units_result {
	int count[UNIT_CHANGED + 1]; /* rows, by their news */
	int troubles;
	bool taken; /* something was written */
};

/*
 * With a trouble in any row, with check_only, or with nothing new, nothing is
 * written. VERDICT_REFUSED: REFUSED_ROLE and what every act of a supervisor
 * may be refused with.
 */
enum verdict units_import(struct db *db, const struct session *s,
	struct unit_row *row, int count, bool check_only,
	struct units_result *out, struct refusal *why, struct err *err);

enum lookup units_get(struct db *db, const char *code, struct unit *out,
	struct err *err);

/* By code, all of them; each() false: stop. */
bool units_each(struct db *db, bool (*each)(void *ctx, const struct unit *u),
	void *ctx, struct err *err);

/* ABSENT: nobody knows that code, and out is "". */
enum lookup units_name(struct db *db, const char *code, char *out, size_t size,
	struct err *err);

/* Names of what is above it, the nearest first, " - " between; "": nothing. */
bool units_above(struct db *db, const char *code, char *out, size_t size,
	struct err *err);

/* "office", "point", "commune" */
const char *units_kind_name(enum unit_kind kind);

#endif
