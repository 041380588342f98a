/*
 * cardfields.h - the fields of one card's text, and which place is which.
 *
 * The second step of idcard.h: a text is split and cleaned, and the types of
 * the fields say whether they stand where a card has them. A field that got
 * lost shifts all others, so nothing is taken whose type does not fit.
 * Pure; any thread.
 */
#ifndef CORE_CODEC_CARDFIELDS_H
#define CORE_CODEC_CARDFIELDS_H

#include <stdint.h>

#include "core/codec/idcard.h"
#include "core/codec/scantext.h"

enum {
	CARDFIELDS_MAX = 24, /* two cards glued are 22 */
	CARDFIELDS_NEEDED = 6
};

/* "No note": all is well. */
#define CARDFIELDS_FINE CARD_NOTE_COUNT

struct cardfields {
	int count;
	char field[CARDFIELDS_MAX][IDCARD_ADDRESS_SIZE]; /* clean */
	uint64_t seen; /* a bit per warning, 1 << CARD_NOTE_... */
};

/* Where things stand behind the number. */
struct cardfields_places {
	int old_id; /* -1 if dropped */
	int name;
	int birth;
	int sex;
	int address;
	int issued;
	int extra;
};

enum cardfields_date {
	NO_DATE,
	BAD_DATE, /* looks like one, but the calendar does not have it */
	PLAIN_DATE,
	MARKED_DATE, /* 02/09/1945 */
};

enum cardfields_sex {
	NO_SEX,
	PLAIN_SEX,
	BARE_SEX,    /* "Nu": whoever wrote it had no marks */
	DAMAGED_SEX, /* "N?", "N7919" */
};

/* Keep a warning in mind. */
void cardfields_see(struct cardfields *r, enum card_note note);

/* Split at mark and clean. CARDFIELDS_FINE, or why it cannot be used. */
enum card_note cardfields_read(struct scantext s, char mark,
	struct cardfields *out);

/* The places; NULL, and *why, if this is no card or not one card. */
const struct cardfields_places *cardfields_places(const struct cardfields *r,
	enum card_note *why);

/* What a field looks like; *out is set if it is a date, or a sex. */
enum cardfields_date cardfields_date(const char *text, struct date *out);
enum cardfields_sex cardfields_sex(const char *text, enum sex *out);

#endif
