/*
 * bhyt.h - whose health-insurance card (BHYT) was held under the scanner.
 *
 * Fields split by '|': the code (two letters and 13 digits, since 2021 ten
 * digits), name and address as hex of their UTF-8, birth dd/mm/yyyy or the
 * year, sex 1 or 2, the clinic, valid from and to, printed on. The card has
 * no ID number and no photo, so nobody is paid by it: its name and birth only
 * help to find the person, and the ID card or paper has to be looked at.
 *
 * The layout is that of public samples, not of a standard: what cannot be
 * read is left empty. Pure; any thread.
 */
#ifndef CORE_CODEC_BHYT_H
#define CORE_CODEC_BHYT_H

#include "core/codec/idcard.h"

enum {
	BHYT_CODE_SIZE = 16 /* 15 characters and the NUL */
};

struct bhyt {
	char code[BHYT_CODE_SIZE];
	char name[VIET_NAME_SIZE]; /* "" if it could not be read */
	struct date birth;         /* year 0 if it could not be read */
	enum sex sex;
	char address[IDCARD_ADDRESS_SIZE];
	struct date from; /* valid; year 0 where there is none */
	struct date to;
	struct date printed;
};

/*
 * Read bytes as they came from scanner or decoder. False, and *out empty, if
 * they are no such card (idcard_parse() gives them CARD_KIND_BHYT).
 */
bool bhyt_parse(const void *bytes, size_t len, struct bhyt *out);

#endif
