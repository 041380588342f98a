#include "core/pin.h"

#include <stdbool.h>
#include <string.h>

#include "core/str.h"

/* Does each digit follow from the one before by the same step, 9 and 0 being
 * neighbours? */
static bool is_run(const char *pin, int step)
{
	for (int i = 1; i < PIN_DIGITS; i++)
		if ((pin[i] - pin[i - 1] + 10) % 10 != step)
			return false;
	return true;
}

static bool repeats(const char *pin, int every)
{
	for (int i = every; i < PIN_DIGITS; i++)
		if (pin[i] != pin[i - every])
			return false;
	return true;
}

enum pin_fault pin_check(const char *pin)
{
	if (strlen(pin) != PIN_DIGITS || !str_is_digits(pin))
		return PIN_NOT_SIX;
	if (is_run(pin, 0) || is_run(pin, 1) || is_run(pin, 9) ||
		repeats(pin, 2) || repeats(pin, 3))
		return PIN_EASY;
	return PIN_GOOD;
}
