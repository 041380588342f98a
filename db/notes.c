/* notes.c - banknotes in pieces. Pure. */
#include <stdlib.h>

#include "core/str.h"
#include "db/shifts.h"

const int64_t notes_denomination[NOTES_KINDS] = {500000, 200000, 100000, 50000,
	20000, 10000, 5000, 2000, 1000};

int64_t notes_sum(const struct notes *n)
{
	int64_t sum = 0;

	for (int i = 0; i < NOTES_KINDS; i++)
		sum += notes_denomination[i] * n->pieces[i];
	return sum;
}

/* One of "500000x10"; moves *text past it. */
static bool parse_one(const char **text, struct notes *out)
{
	enum {
		MAX_PIECES = 1000000
	};
	char *end;
	long denomination;
	long pieces;

	if (**text < '0' || **text > '9')
		return false;
	denomination = strtol(*text, &end, 10);
	if (*end != 'x' || end[1] < '0' || end[1] > '9')
		return false;
	pieces = strtol(end + 1, &end, 10);
	*text = end;
	for (int i = 0; i < NOTES_KINDS; i++)
		if (notes_denomination[i] == denomination) {
			if (pieces > MAX_PIECES || out->pieces[i] != 0)
				return false;
			out->pieces[i] = (int32_t)pieces;
			return true;
		}
	return false;
}

bool notes_parse(const char *text, struct notes *out)
{
	struct notes n = {0};

	for (;;) {
		if (!parse_one(&text, &n))
			return false;
		if (*text == '\0')
			break;
		if (*text++ != ',')
			return false;
	}
	*out = n;
	return true;
}
