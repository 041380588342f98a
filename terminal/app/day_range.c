#include "terminal/app/day_range.h"

#include <stdio.h>

#include "core/clock.h"
#include "core/date.h"
#include "core/str.h"

static const int64_t day_ms = INT64_C(24) * 3600 * 1000;

static bool read_month(const char *text, int64_t *from, int64_t *until,
	char when[DAY_RANGE_WHEN])
{
	char vi[DATE_TEXT_SIZE];
	struct date first;
	struct date next;
	int32_t p;

	if (!period_parse(text, &p) ||
		!date_make(p / 100, p % 100, 1, &first) ||
		!date_make(p % 100 == 12 ? p / 100 + 1 : p / 100,
			p % 100 % 12 + 1, 1, &next))
		return false;
	*from = date_begins(first);
	*until = date_begins(next);
	snprintf(when, DAY_RANGE_WHEN, "Tháng %s", period_vi(p, vi));
	return true;
}

static bool read_day(const char *text, int64_t *from, int64_t *until,
	char when[DAY_RANGE_WHEN])
{
	struct date day = date_of_ms(clock_wall_ms()).date;
	char vi[DATE_TEXT_SIZE];

	if ((text && !date_parse(text, &day)) || day.day == 0)
		return false;
	*from = date_begins(day);
	*until = *from + day_ms;
	snprintf(when, DAY_RANGE_WHEN, "Ngày %s", date_vi(day, vi));
	return true;
}

enum day_range_found day_range_find(struct db *db, const char *text,
	struct daylog_range *out, char when[DAY_RANGE_WHEN], struct err *err)
{
	int64_t shift;
	int64_t from;
	int64_t until;
	enum lookup got;

	if (text && str_to_int(text, 1, INT64_MAX, &shift)) {
		snprintf(when, DAY_RANGE_WHEN, "Ca số %lld", (long long)shift);
		got = daylog_shift(db, shift, out, err);
	} else if ((text && read_month(text, &from, &until, when)) ||
		   read_day(text, &from, &until, when)) {
		got = daylog_days(db, from, until, out, err);
	} else {
		return DAY_RANGE_NO_WORDS;
	}
	if (got == LOOKUP_FAILED)
		return DAY_RANGE_FAILED;
	return got == LOOKUP_FOUND ? DAY_RANGE_FOUND : DAY_RANGE_NONE;
}
