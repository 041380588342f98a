/*
 * far.h - how far long work is, how fast it goes, how long it will take.
 *
 * Work is in parts, one after the other, taken as equally long; of the part
 * that is being done so much is done. What is not known is not made up: a
 * part whose end nobody knows counts when it is over. Pure; no clock.
 */
#ifndef CORE_FAR_H
#define CORE_FAR_H

#include <stdint.h>

enum far_unit {
	FAR_ROWS, /* records, rows, people */
	FAR_BYTES,
};

struct far {
	int part; /* from 0 */
	int parts;
	int64_t done; /* of this part */
	int64_t all;  /* 0: nobody knows */
	enum far_unit unit;
};

/* All of it, 0 to 1000; -1: nobody knows. */
int far_permille(const struct far *f);

/* ms that are left, if it goes on as it did for so long; -1: nobody knows,
 * or it is too early to say. */
int64_t far_left_ms(const struct far *f, int64_t spent_ms);

/* Of this part, done in a second, when it has taken so long; 0: too early. */
int64_t far_rate(const struct far *f, int64_t part_ms);

#endif
