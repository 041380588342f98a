/*
 * phone.h - Vietnamese mobile numbers: ten digits, as they are dialled.
 *
 * Lists and people write blanks, dots, hyphens, +84 or 84 in front. The prefix
 * says who gave the number out (plan of 2018); numbers may move between
 * operators, so it proves nothing about who serves it now. Pure; any thread.
 */
#ifndef CORE_CODEC_PHONE_H
#define CORE_CODEC_PHONE_H

#include <stdbool.h>

enum {
	PHONE_SIZE = 11 /* ten digits and the NUL */
};

/*
 * The ten digits of a mobile number; false, and out "", if it is none: a
 * landline, an old 11-digit number, a prefix nobody has, a lost zero.
 */
bool phone_read(const char *text, char out[PHONE_SIZE]);

/* "Viettel" for ten digits of phone_read(); NULL if nobody has the prefix. */
const char *phone_operator(const char *number);

#endif
