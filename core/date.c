#include "core/date.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"

enum {
	YEAR_MIN = 1800,
	YEAR_MAX = 2199,
	UTC_PLUS_7_MS = 7 * 3600 * 1000
};

#define DAY_MS INT64_C(86400000)

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in(int year, int month)
{
	static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31};

	return days[month - 1] + (month == 2 && is_leap(year));
}

static bool is_date(int year, int month, int day)
{
	if (year < YEAR_MIN || year > YEAR_MAX)
		return false;
	if (month == 0 && day == 0)
		return true;
	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days_in(year, month);
}

bool date_valid(struct date d)
{
	return is_date(d.year, d.month, d.day);
}

bool date_make(int year, int month, int day, struct date *out)
{
	if (!is_date(year, month, day))
		return false;
	*out = (struct date){(int16_t)year, (int8_t)month, (int8_t)day};
	return true;
}

/* ---- reading ---- */

/* A run of digits of a date: its value and how many there are. */
struct part {
	int value;
	int digits;
};

/*
 * Split digits by one mark out of marks, the same each time. Returns the
 * number of parts, at most max; 0 if anything else is in the text.
 */
static int split(const char *text, const char *marks, struct part *part,
	int max)
{
	char mark = '\0';
	int n = 0;

	for (const char *s = text;; s++) {
		struct part p = {0, 0};

		if (n == max)
			return 0;
		for (; *s >= '0' && *s <= '9'; s++) {
			if (++p.digits > 8)
				return 0;
			p.value = p.value * 10 + (*s - '0');
		}
		if (p.digits == 0)
			return 0;
		part[n++] = p;
		if (!*s)
			return n;
		if (!strchr(marks, *s) || (mark && *s != mark))
			return 0;
		mark = *s;
	}
}

/* text without the blanks around it; false if that is too long. */
static bool trimmed(const char *text, char *out, size_t size)
{
	char *start;

	if (!str_copy(out, size, text))
		return false;
	start = str_trim(out);
	memmove(out, start, strlen(start) + 1);
	return true;
}

bool date_parse(const char *text, struct date *out)
{
	char line[32];
	struct part p[3];

	if (!trimmed(text, line, sizeof(line)))
		return false;
	switch (split(line, "/-.", p, 3)) {
	case 1:
		if (p[0].digits == 8)
			return date_make(p[0].value % 10000,
				p[0].value / 10000 % 100, p[0].value / 1000000,
				out);
		return p[0].digits == 4 && date_make(p[0].value, 0, 0, out);
	case 3:
		if (p[1].digits > 2)
			return false;
		if (p[0].digits == 4 && p[2].digits <= 2)
			return date_make(p[0].value, p[1].value, p[2].value,
				out);
		return p[0].digits <= 2 && p[2].digits == 4 &&
		       date_make(p[2].value, p[1].value, p[0].value, out);
	default:
		return false;
	}
}

bool period_valid(int32_t period)
{
	return period >= PERIOD_MIN && period <= PERIOD_MAX &&
	       period % 100 >= 1 && period % 100 <= 12;
}

static bool period_make(int year, int month, int32_t *out)
{
	const int32_t period = year * 100 + month;

	if (month < 1 || month > 12 || !period_valid(period))
		return false;
	*out = period;
	return true;
}

bool period_parse(const char *text, int32_t *out)
{
	char line[32];
	struct part p[2];

	if (!trimmed(text, line, sizeof(line)))
		return false;
	switch (split(line, "/-", p, 2)) {
	case 1:
		return p[0].digits == 6 &&
		       period_make(p[0].value / 100, p[0].value % 100, out);
	case 2:
		if (p[0].digits == 4 && p[1].digits == 2)
			return period_make(p[0].value, p[1].value, out);
		return p[0].digits <= 2 && p[1].digits == 4 &&
		       period_make(p[1].value, p[0].value, out);
	default:
		return false;
	}
}

/* ---- comparing and writing ---- */

static int as_number(struct date d)
{
	return d.year * 10000 + d.month * 100 + d.day;
}

int date_compare(struct date a, struct date b)
{
	const int left = as_number(a);
	const int right = as_number(b);

	return (left > right) - (left < right);
}

const char *date_iso(struct date d, char out[DATE_TEXT_SIZE])
{
	out[0] = '\0';
	if (d.year != 0 && d.month == 0)
		snprintf(out, DATE_TEXT_SIZE, "%04d", d.year);
	else if (d.year != 0)
		snprintf(out, DATE_TEXT_SIZE, "%04d-%02d-%02d", d.year, d.month,
			d.day);
	return out;
}

const char *date_vi(struct date d, char out[DATE_TEXT_SIZE])
{
	out[0] = '\0';
	if (d.year != 0 && d.month == 0)
		snprintf(out, DATE_TEXT_SIZE, "%04d", d.year);
	else if (d.year != 0)
		snprintf(out, DATE_TEXT_SIZE, "%02d/%02d/%04d", d.day, d.month,
			d.year);
	return out;
}

int date_age(struct date birth, struct date today)
{
	const int years = today.year - birth.year;

	if (birth.year == 0 || today.year == 0)
		return -1;
	if (birth.month == 0 || today.month == 0)
		return years;
	return years -
	       (today.month * 100 + today.day < birth.month * 100 + birth.day);
}

const char *period_iso(int32_t period, char out[DATE_TEXT_SIZE])
{
	snprintf(out, DATE_TEXT_SIZE, "%04d-%02d", (int)period / 100,
		(int)period % 100);
	return out;
}

const char *period_vi(int32_t period, char out[DATE_TEXT_SIZE])
{
	snprintf(out, DATE_TEXT_SIZE, "%02d/%04d", (int)period % 100,
		(int)period / 100);
	return out;
}

/* ---- time ---- */

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/*
 * Days since 1970-01-01 to a date of the Gregorian calendar. Years are
 * counted from March, so that the leap day is the last of its year, in eras
 * of 400 years, which all have 146097 days.
 */
static struct date civil(int64_t days)
{
	const int64_t since_0000_03 = days + 719468;
	const int64_t era = floor_div(since_0000_03, 146097);
	const int doe = (int)(since_0000_03 - era * 146097);
	const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const int from_march = (5 * doy + 2) / 153;
	const int month = from_march < 10 ? from_march + 3 : from_march - 9;
	const int64_t year = era * 400 + yoe + (month <= 2);

	return (struct date){(int16_t)year, (int8_t)month,
		(int8_t)(doy - (153 * from_march + 2) / 5 + 1)};
}

struct daytime date_of_ms(int64_t ms)
{
	/* 1800-01-01 00:00:00.000 and 2199-12-31 23:59:59.999 at UTC+7 */
	const int64_t first = INT64_C(-5364687600000);
	const int64_t last = INT64_C(7258093199999);
	const int64_t within = ms < first ? first : ms > last ? last : ms;
	const int64_t local = within + UTC_PLUS_7_MS;
	const int64_t days = floor_div(local, DAY_MS);
	const int seconds = (int)((local - days * DAY_MS) / 1000);

	return (struct daytime){
		.date = civil(days),
		.hour = seconds / 3600,
		.minute = seconds / 60 % 60,
		.second = seconds % 60,
	};
}

const char *date_time_vi(int64_t ms, char out[DATE_TEXT_SIZE])
{
	const struct daytime t = date_of_ms(ms);

	snprintf(out, DATE_TEXT_SIZE, "%02d/%02d/%04d %02d:%02d", t.date.day,
		t.date.month, t.date.year, t.hour, t.minute);
	return out;
}

const char *date_time_iso(int64_t ms, char out[32])
{
	const struct daytime t = date_of_ms(ms);

	snprintf(out, 32, "%04d-%02d-%02dT%02d:%02d:%02d+07:00", t.date.year,
		t.date.month, t.date.day, t.hour, t.minute, t.second);
	return out;
}

int64_t date_days(struct date d)
{
	int64_t days = 0;

	for (int year = 1970; year < d.year; year++)
		days += 365 + is_leap(year);
	for (int year = d.year; year < 1970; year++)
		days -= 365 + is_leap(year);
	for (int month = 1; month < d.month; month++)
		days += days_in(d.year, month);
	return days + d.day - 1;
}

struct date date_of_days(int64_t days)
{
	/* Beyond, the multiplication below might not fit. */
	const int64_t most = INT32_MAX;

	return date_of_ms((days > most           ? most
				  : days < -most ? -most
						 : days) *
				  DAY_MS -
			  UTC_PLUS_7_MS)
		.date;
}

int64_t date_begins(struct date d)
{
	return date_days(d) * DAY_MS - UTC_PLUS_7_MS;
}

int32_t date_number(struct date d)
{
	return d.year * 10000 + d.month * 100 + d.day;
}

bool date_of_number(int64_t number, struct date *out)
{
	struct date d;

	if (number < YEAR_MIN * 10000 || number / 10000 > YEAR_MAX ||
		!date_make((int)(number / 10000), (int)(number / 100 % 100),
			(int)(number % 100), &d) ||
		d.day == 0)
		return false;
	*out = d;
	return true;
}

/* "09:10", and nothing behind it. */
static bool clock_parse(const char *text, int *hour, int *minute)
{
	if (strspn(text, "0123456789") != 2 || text[2] != ':' ||
		strspn(text + 3, "0123456789") != 2 || text[5] != '\0')
		return false;
	*hour = (text[0] - '0') * 10 + text[1] - '0';
	*minute = (text[3] - '0') * 10 + text[4] - '0';
	return *hour < 24 && *minute < 60;
}

bool date_time_parse(const char *text, int64_t *ms)
{
	const size_t len = strcspn(text, "T ");
	char day[DATE_TEXT_SIZE];
	struct date d;
	int hour;
	int minute;

	if (text[len] == '\0' || len >= sizeof(day))
		return false;
	memcpy(day, text, len);
	day[len] = '\0';
	text += len + 1;
	text += strspn(text, " ");
	if (!date_parse(day, &d) || d.day == 0 ||
		!clock_parse(text, &hour, &minute))
		return false;
	*ms = date_days(d) * DAY_MS + (hour * 60 + minute) * INT64_C(60000) -
	      UTC_PLUS_7_MS;
	return true;
}
