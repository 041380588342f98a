/*
 * group.h - the groups of beneficiaries that the monthly forms count.
 *
 * Lists say BTXH, NCC or KHAC (paylist.h), and beside it a subgroup: a number
 * of form B or words of the office. Form B has the rows 1 to 12 (people with
 * merit and their relatives) and 16 to 18 (three decisions); there are no 13
 * to 15. Pure; any thread.
 */
#ifndef CORE_CODEC_GROUP_H
#define CORE_CODEC_GROUP_H

#include <stdbool.h>

enum group {
	GROUP_UNKNOWN, /* erased, or no code of ours */
	GROUP_SOCIAL,  /* BTXH: social assistance */
	GROUP_MERIT,   /* NCC: people with merit */
	GROUP_OTHER,   /* KHAC */
	GROUP_COUNT,
};

enum {
	SUBGROUP_NONE = 0,
	SUBGROUP_MERIT_LAST = 12,  /* rows 1 to this are part I of form B */
	SUBGROUP_OTHER_FIRST = 16, /* from this on, part II */
	SUBGROUP_COUNT = 19        /* one more than the last number */
};

enum group group_of(const char *code);

/*
 * The row of form B that a subgroup means: its number ("5", "NCC 05", "nhóm
 * 5") or words that occur in it, marks and case aside ("bệnh binh", "QĐ
 * 62/2011"). SUBGROUP_NONE: none that we know.
 */
int group_subgroup(const char *text);

/* Is there such a row? */
bool group_has_subgroup(int number);

/* The words of that row, as printed; "" if there is none. Vietnamese. */
const char *group_subgroup_title(int number);

#endif
