/*
 * masked.h - a scan in which nobody can be known, and the way back to a card.
 *
 * Every digit becomes 0 and every letter x; marks, blanks and what is wrong
 * with a scan stay. Of a card the number is the one that the person has in
 * the recording, "000000000003": no card has such a number, for 000 is no
 * province. When a recording is played somebody of the store in use stands
 * for that person, and his card is made in the shape that was scanned.
 *
 * Pure; any thread.
 */
#ifndef APP_MASKED_H
#define APP_MASKED_H

#include <stddef.h>
#include <stdint.h>

#include "core/codec/idcard.h"

/* Who stands for a person of a recording; of a store of made-up people. */
struct stand_in {
	int64_t id; /* in that store; 0: on none of its lists */
	int64_t seq;
	char id12[PERSONID_SIZE];
	char old_id[PERSONID_OLD_SIZE];
	char name[VIET_NAME_SIZE];
	struct date birth;
	enum sex sex;
	char address[IDCARD_ADDRESS_SIZE];
};

/*
 * Mask len bytes into out, which holds IDCARD_MAX_BYTES + 1; returns how many
 * were written. person: of the recording, 0: it is no card that can be read.
 */
size_t masked_scan(const void *bytes, size_t len, int person, char *out);

/* The person in a masked scan; 0: it is no card. */
int masked_person(const char *text, size_t len);

/* A card of somebody who is on no list: what no store has. */
void masked_stranger(int person, struct stand_in *out);

/*
 * The card of who, as many fields as the masked scan has; 0 if it does not
 * fit into size.
 */
size_t masked_card(const char *text, size_t len, const struct stand_in *who,
	char *out, size_t size);

#endif
