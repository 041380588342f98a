/*
 * personid.h - the 12 digits of a person, and the old 9.
 *
 * PPP province of registration, G century and sex, YY year of birth, six
 * random (ND 137/2015, TT 07/2016/TT-BCA art. 7). There is no check digit.
 * Registry corrections leave mismatches, so every check here is a warning,
 * never a reason to refuse a person. Province codes are the 63 old ones
 * (assets/admin/provinces_legacy63.tsv) and stay on cards. Pure; any thread.
 */
#ifndef CORE_CODEC_PERSONID_H
#define CORE_CODEC_PERSONID_H

#include <stdbool.h>

#include "core/date.h"

enum {
	PERSONID_SIZE = 13,    /* 12 digits and the NUL */
	PERSONID_OLD_SIZE = 10 /* 9 digits and the NUL */
};

enum sex {
	SEX_UNKNOWN,
	SEX_MALE,
	SEX_FEMALE,
};

/* Bits of personid_check(). */
enum {
	PERSONID_PROVINCE_UNKNOWN = 1, /* no old province has this prefix */
	PERSONID_SEX_DIFFERS = 2,
	PERSONID_YEAR_DIFFERS = 4
};

bool personid_is_id12(const char *text); /* exactly 12 digits */
bool personid_is_old(const char *text);  /* exactly 9 digits */

/*
 * What does not fit; unknown sex and a date without year never differ. Text
 * that is not 12 digits fits nothing: all bits.
 */
unsigned personid_check(const char *id12, enum sex sex, struct date birth);

/* Name of the province of the first three digits, NULL if there is none. */
const char *personid_province(const char *id12);

/*
 * Give back leading zeros that a spreadsheet took: 11 digits, or 10. True
 * only if the outcome has a known province and agrees with sex and birth,
 * of which the year must be known. out holds PERSONID_SIZE bytes
 * and is left alone when nothing could be repaired.
 */
bool personid_repair(const char *digits, enum sex sex, struct date birth,
	char *out);

#endif
