#include "core/limit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"

enum {
	DAY = 10000 /* between the two times of LIMIT_HOURS */
};

/* The defaults are those of journal.md 5. */
static const struct {
	const char *name;
	int64_t usual;
	int64_t least;
	int64_t most;
} rows[LIMIT_COUNT] = {
	[LIMIT_SINGLE] = {"single", 15000000, 100000, 200000000},
	[LIMIT_PAYOUTS] = {"payouts", 300, 1, 2000},
	[LIMIT_SUM] = {"sum", 2000000000, 1000000, INT64_C(20000000000)},
	[LIMIT_PACE] = {"pace", 15, 0, 600},
	[LIMIT_HOURS] = {"hours", LIMIT_WHOLE_DAY, 1, 23592400},
};

const char *limit_name(enum limit l)
{
	return rows[l].name;
}

bool limit_by_name(const char *name, enum limit *out)
{
	for (int l = 0; l < LIMIT_COUNT; l++)
		if (strcmp(name, rows[l].name) == 0) {
			*out = (enum limit)l;
			return true;
		}
	return false;
}

int64_t limit_default(enum limit l)
{
	return rows[l].usual;
}

int64_t limit_least(enum limit l)
{
	return rows[l].least;
}

int64_t limit_most(enum limit l)
{
	return rows[l].most;
}

static int minutes(int64_t hhmm)
{
	return (int)(hhmm / 100 * 60 + hhmm % 100);
}

int limit_opens(int64_t hours)
{
	return minutes(hours / DAY);
}

int limit_closes(int64_t hours)
{
	return minutes(hours % DAY);
}

bool limit_fits(enum limit l, int64_t value)
{
	if (value < rows[l].least || value > rows[l].most)
		return false;
	return l != LIMIT_HOURS ||
	       (value / DAY % 100 < 60 && value % 100 < 60 &&
		       limit_opens(value) < limit_closes(value) &&
		       limit_closes(value) <= 24 * 60);
}

const char *limit_text(enum limit l, int64_t value, char out[LIMIT_TEXT_SIZE])
{
	if (l == LIMIT_HOURS)
		snprintf(out, LIMIT_TEXT_SIZE, "%02d:%02d-%02d:%02d",
			(int)(value / DAY / 100 % 100),
			(int)(value / DAY % 100), (int)(value % DAY / 100),
			(int)(value % 100));
	else
		snprintf(out, LIMIT_TEXT_SIZE, "%lld", (long long)value);
	return out;
}

/* What a text that has colons and a dash in the right places says. */
static bool digits_of(enum limit l, const char *text, char out[LIMIT_TEXT_SIZE])
{
	size_t n = 0;

	if (strlen(text) >= LIMIT_TEXT_SIZE)
		return false;
	for (; *text; text++)
		if (l != LIMIT_HOURS || !strchr(":-", *text))
			out[n++] = *text;
	out[n] = '\0';
	return true;
}

bool limit_parse(enum limit l, const char *text, int64_t *value)
{
	char digits[LIMIT_TEXT_SIZE];
	char again[LIMIT_TEXT_SIZE];
	int64_t v;

	if (!digits_of(l, text, digits) ||
		!str_to_int(digits, 0, INT64_MAX, &v))
		return false;
	if (!limit_fits(l, v) || strcmp(limit_text(l, v, again), text) != 0)
		return false;
	*value = v;
	return true;
}
