/*
 * manypeople.h - payment lists of any length, the same ones every time.
 *
 * Names, ages and sums are spread roughly as on real lists; numbers are well
 * formed and unique, and belong to nobody. Row i is the same person in every
 * list, whatever its length, so a second period is a list of the same people.
 */
#ifndef TESTS_SUPPORT_MANYPEOPLE_H
#define TESTS_SUPPORT_MANYPEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MANYPEOPLE_MAX = 1900000 /* rows with different numbers */
};

struct manyperson {
	char beneficiary_id[40];
	char id12[13];
	char old_id[10]; /* "" for two of three */
	char name[128];
	char birth[16]; /* "02/09/1945", or the year alone */
	bool female;
	char address[160];
	const char *group;
	int64_t monthly;
	int64_t arrears; /* of the month before; one of twenty */
	int64_t funeral; /* one of 200 */
	bool account;    /* the account pays; one of ten */
};

/* Person number i, 0 <= i < MANYPEOPLE_MAX. */
void manypeople_get(int64_t i, struct manyperson *out);

/* Write the list of people 0 to rows - 1 as CSV; false: errno. */
bool manypeople_write(const char *path, int64_t rows, int32_t period);

#endif
