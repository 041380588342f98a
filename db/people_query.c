/* people_query.c - what an agent typed: a number, its end, or a name. */
#include <assert.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "db/people_internal.h"

enum {
	QUERY_SIZE = 256,
	MAX_DIGITS = 12,
	MIN_LAST = 4 /* fewer digits are a number on the list */
};

/*
 * The digits of a text that has nothing else but blanks, dots and dashes.
 * Returns how many; -1 if there is anything else. At most MAX_DIGITS are
 * written.
 */
static int only_digits(const char *text, char out[PERSONID_SIZE])
{
	int n = 0;

	for (; *text; text++) {
		if (*text >= '0' && *text <= '9') {
			if (n < MAX_DIGITS)
				out[n] = *text;
			n++;
		} else if (!strchr(" .-", *text)) {
			return -1;
		}
	}
	out[n < MAX_DIGITS ? n : MAX_DIGITS] = '\0';
	return n;
}

static void read_seq(const char *digits, struct people_query *out)
{
	if (str_to_int(digits, 1, UINT32_MAX - 1, &out->seq))
		out->by = PEOPLE_BY_SEQ;
}

static void read_number(int digits, struct people_query *out)
{
	if (digits < MIN_LAST)
		read_seq(out->digits, out);
	else if (digits == PERSONID_SIZE - 1)
		out->by = PEOPLE_BY_ID12;
	else if (digits == PERSONID_OLD_SIZE - 1)
		out->by = PEOPLE_BY_OLD_ID;
	else if (digits <= MAX_DIGITS)
		out->by = PEOPLE_BY_LAST;
}

void people_query_read(const char *query, struct people_query *out)
{
	char clean[QUERY_SIZE];
	int digits;

	*out = (struct people_query){.by = PEOPLE_BY_NOTHING};
	if (!text_clean(query, strlen(query), clean, sizeof(clean), NULL))
		return;
	if (clean[0] == '#' && str_is_digits(clean + 1)) {
		read_seq(clean + 1, out);
		return;
	}
	digits = only_digits(clean, out->digits);
	if (digits > 0)
		read_number(digits, out);
	else if (viet_fold(clean, out->folded, sizeof(out->folded)) &&
		 out->folded[0])
		out->by = PEOPLE_BY_NAME;
}

enum people_by people_query_kind(const char *query)
{
	struct people_query q;

	people_query_read(query, &q);
	return q.by;
}

int64_t people_back(const char *digits, int width, int64_t *last)
{
	const int len = (int)strlen(digits);
	int64_t first = 0;
	int64_t room = 1;

	assert(len <= width && width <= MAX_DIGITS);
	for (int i = len - 1; i >= 0; i--)
		first = first * 10 + (digits[i] - '0');
	for (int i = len; i < width; i++)
		room *= 10;
	first *= room;
	if (last)
		*last = first + room - 1;
	return first;
}
