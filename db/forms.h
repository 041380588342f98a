/*
 * forms.h - the numbers of the monthly forms A and B, counted from the book
 * and the lists.
 *
 * Of a period (a month) there are two of each number: *until*, everything up
 * to its end, and *within* it. A person counts once, however often.
 *
 *	people    who had money on a list of that period that he did not lose
 *	          by leaving (changes.h)
 *	reviewed  a VISIT record that found out how he is: he was met, has
 *	          moved, has died; by the day of the record
 *	account   the last word about his account until the end of the period
 *	          is good: ACCOUNT, or ACCOUNT_STATE verified; or a list of the
 *	          period or before has money of his for an account. Within: a
 *	          record of that month said so, or that list is the first
 *	paid      money for an account on a list of that period; and money,
 *	          the sum of it in đồng
 *
 * People are told apart by group and, on form B, subgroup (group.h), as they
 * are known now: who was erased has neither. Somebody must be signed in (else
 * ERR_DENIED). Threads: that of the store. Blocking: a million records and
 * 100,000 people take about a second.
 */
#ifndef DB_FORMS_H
#define DB_FORMS_H

#include "core/codec/group.h"
#include "core/codec/paylist.h"
#include "db/db.h"

struct form_count {
	int64_t until;
	int64_t within;
};

enum form_what {
	FORM_PEOPLE,
	FORM_REVIEWED,
	FORM_ACCOUNT,
	FORM_PAID,
	FORM_MONEY, /* đồng */
	FORM_WHATS
};

struct form_sums {
	struct form_count n[FORM_WHATS];
};

struct forms {
	int32_t period;
	char unit[PAYLIST_CODE_SIZE]; /* only its people; "": all of them */
	char name[DB_NAME_SIZE];      /* of that unit or of only; "" */
	char only[PAYLIST_CODE_SIZE]; /* all that count are of it; "": not so */
	/* Of the next month, before which the paper is sent: whoever writes it
	 * says so; 0: nobody said. */
	int before_day;
	/* [GROUP_UNKNOWN]: people of no group, on no form. */
	struct form_sums group[GROUP_COUNT];
	/* Of people with merit and others. [SUBGROUP_NONE]: people with merit
	 * whose subgroup no row of form B has; they are in its part I. */
	struct form_sums sub[SUBGROUP_COUNT];
};

/* unit: code of a commune on the lists, or "". */
bool forms_count(struct db *db, int32_t period, const char *unit,
	struct forms *out, struct err *err);

/* Part I of form B: all people with merit but those of part II's rows. */
void forms_merit(const struct forms *f, struct form_sums *out);

/* Part II: rows 16 to 18, whichever of the two groups a list puts them in. */
void forms_decisions(const struct forms *f, struct form_sums *out);

/*
 * Thousands of đồng as form A has them: 500 and more round up. Its column 4
 * is the sum of columns that are rounded already.
 */
int64_t forms_thousands(int64_t amount);

#endif
