/*
 * user_list.h - a table of people who are to work here, read row by row.
 *
 * The header names the columns, in English or Vietnamese, in any order:
 * number (số), name (họ tên), role (vai trò) and, if wanted, until (đến ngày).
 * Rows stay what they are; whether a number is known already says the store.
 * Pure.
 */
#ifndef DB_USER_LIST_H
#define DB_USER_LIST_H

#include "core/codec/cells.h"
#include "db/users.h"

enum user_trouble {
	USER_FINE,
	USER_NO_NUMBER, /* not 1 to 9,999,999 */
	USER_NO_NAME,   /* empty, too long, or broken text */
	USER_NO_ROLE,
	USER_NO_DAY, /* until is no day */
	USER_TWICE,  /* the number is in the table before */
	USER_TROUBLES
};

struct user_row {
	int64_t row; /* as a spreadsheet counts */
	int64_t number;
	char name[DB_NAME_SIZE];
	enum role role;
	int32_t until; /* YYYYMMDD; 0: no end */
	enum user_trouble trouble;
};

enum {
	USER_LIST_COLUMNS = 4
};

struct user_list {
	int column[USER_LIST_COLUMNS]; /* of number, name, role, until; -1 */
	bool has_header;
	bool too_many;
	int count;
	int troubles;
	struct user_row row[USERS_MAX];
};

void user_list_init(struct user_list *l);

/* The next row, the header first; rows above it are titles. */
void user_list_row(struct user_list *l, const struct cells *row);

#endif
