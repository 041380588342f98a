/*
 * money.h - whole đồng in an int64_t, never a fraction.
 *
 * Sums are checked; a list that overflows is wrong, not rich. MONEY_MAX is
 * far over any payment list and far under what int64_t holds, so that a sum
 * of two amounts within it cannot overflow.
 */
#ifndef CORE_MONEY_H
#define CORE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MONEY_MAX INT64_C(999999999999999)

enum {
	MONEY_TEXT_SIZE = 32
};

/* *out = a + b; false, and *out untouched, beyond +-MONEY_MAX. */
bool money_add(int64_t a, int64_t b, int64_t *out);

/* "1.080.000"; a minus sign in front of a negative amount. */
const char *money_format(int64_t amount, char out[MONEY_TEXT_SIZE]);

/*
 * Read an amount as lists write it: "1080000", "1.080.000", "1,080,000",
 * "1 080 000", with "đ", "đồng", "d" or "VND" behind it. Groups must be of
 * three digits, all with the same mark. A fraction of one or two zeros
 * ("1080000.00", "1.080.000,0") is dropped, any other refused: "1080.000"
 * may mean a thousand or a million. Refused too: a sign, a zero in front (an
 * ID number in the wrong column), more than MONEY_MAX. *out is then as it
 * was.
 */
bool money_parse(const char *text, int64_t *out);

#endif
