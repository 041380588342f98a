#include "core/codec/sheet_format.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/str.h"

enum {
	DIGITS_MAX = 30, /* of a number written out */
	DIGITS_THAT_COUNT = 15,
	EXPONENT_MAX = 400,
	DAYS_MAX = 2958465, /* 31/12/9999 from 1900 */
	DAYS_1904 = 1462,   /* between the two beginnings */
	LEAP_1900 = 60      /* 29/02/1900, which never was */
};

enum sheet_format sheet_format_builtin(long id)
{
	if (id == 17 || id == 55)
		return FORMAT_MONTH;
	if ((id >= 14 && id <= 16) || id == 22 || (id >= 27 && id <= 31) ||
		id == 36 || (id >= 50 && id <= 54) || (id >= 56 && id <= 58))
		return FORMAT_DATE;
	return FORMAT_NUMBER;
}

/* Past a quoted text, a bracket or an escaped letter; 0: none of them. */
static size_t not_a_letter(const char *s)
{
	const char *end;

	if (*s == '\\' || *s == '_' || *s == '*')
		return s[1] ? 2 : 1;
	if (*s != '"' && *s != '[')
		return 0;
	end = strchr(s + 1, *s == '"' ? '"' : ']');
	return end ? (size_t)(end - s) + 1 : strlen(s);
}

enum sheet_format sheet_format_code(const char *code)
{
	bool day = false;
	bool month = false;
	bool year = false;
	bool clock = false;

	if (strncasecmp(code, "general", strlen("general")) == 0)
		return FORMAT_NUMBER;
	/* What stands behind ';' is for negative numbers and texts. */
	for (const char *s = code; *s && *s != ';';) {
		const size_t skip = not_a_letter(s);

		if (skip) {
			s += skip;
			continue;
		}
		day = day || *s == 'd' || *s == 'D';
		month = month || *s == 'm' || *s == 'M';
		year = year || *s == 'y' || *s == 'Y';
		clock = clock || *s == 'h' || *s == 'H' || *s == 's' ||
			*s == 'S';
		s++;
	}
	if (day || (year && clock))
		return FORMAT_DATE;
	if (year)
		return month ? FORMAT_MONTH : FORMAT_YEAR;
	return month && !clock ? FORMAT_DATE : FORMAT_NUMBER;
}

/* A number as digits and where the point is. */
struct decimal {
	bool negative;
	char digit[DIGITS_MAX + 1];
	int digits; /* without zeros in front */
	int point;  /* so many of them stand in front of it; may be < 0 */
};

static bool read_exponent(const char *s, int *out)
{
	int64_t n;

	s += *s == '+';
	if (!str_to_int(s, -EXPONENT_MAX, EXPONENT_MAX, &n))
		return false;
	*out = (int)n;
	return true;
}

static bool read_decimal(const char *s, struct decimal *d)
{
	bool after_point = false;
	bool any = false;
	int exponent = 0;

	*d = (struct decimal){.negative = *s == '-'};
	for (s += *s == '-' || *s == '+'; *s && *s != 'e' && *s != 'E'; s++) {
		if (*s == '.' && !after_point) {
			after_point = true;
			continue;
		}
		if (*s < '0' || *s > '9')
			return false;
		any = true;
		if (d->digits == 0 && *s == '0') {
			d->point -= after_point;
			continue;
		}
		if (d->digits < DIGITS_MAX)
			d->digit[d->digits++] = *s;
		else if (!after_point)
			return false;
		d->point += !after_point;
	}
	if (*s && !read_exponent(s + 1, &exponent))
		return false;
	d->point += exponent;
	return any;
}

/* Round half up to the digits that count; drop zeros at the end. */
static void round_off(struct decimal *d)
{
	if (d->digits > DIGITS_THAT_COUNT) {
		const bool up = d->digit[DIGITS_THAT_COUNT] >= '5';
		int i = d->digits = DIGITS_THAT_COUNT;

		while (up && i > 0 && d->digit[i - 1] == '9')
			d->digit[--i] = '0';
		if (up && i > 0) {
			d->digit[i - 1]++;
		} else if (up) {
			d->digit[0] = '1';
			d->point++;
		}
	}
	while (d->digits > 0 && d->digit[d->digits - 1] == '0')
		d->digits--;
}

static bool write_decimal(const struct decimal *d, char out[SHEET_NUMBER_SIZE])
{
	const int whole = d->point > 0 ? d->point : 0;
	size_t n = 0;

	if (d->digits == 0)
		return str_copy(out, SHEET_NUMBER_SIZE, "0");
	if (d->point > DIGITS_MAX || d->point < -DIGITS_MAX / 2)
		return false;
	if (d->negative)
		out[n++] = '-';
	if (whole == 0)
		out[n++] = '0';
	for (int i = 0; i < whole; i++)
		out[n++] = i < d->digits ? d->digit[i] : '0';
	if (d->digits > whole || d->point < 0)
		out[n++] = '.';
	for (int i = d->point; i < 0; i++)
		out[n++] = '0';
	for (int i = whole; i < d->digits; i++)
		out[n++] = d->digit[i];
	out[n] = '\0';
	return true;
}

bool sheet_number_text(const char *number, char out[SHEET_NUMBER_SIZE])
{
	struct decimal d;

	if (str_is_digits(number) && strlen(number) <= DIGITS_MAX)
		return str_copy(out, SHEET_NUMBER_SIZE, number);
	if (!read_decimal(number, &d))
		return false;
	round_off(&d);
	return write_decimal(&d, out);
}

/* Civil date of a count of days from 1 March 0000 (era arithmetic). */
static void civil(long days, int *year, int *month, int *day)
{
	const long era = days / 146097;
	const long of_era = days % 146097;
	const long y =
		(of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
		365;
	const long of_year = of_era - (365 * y + y / 4 - y / 100);
	const long m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

bool sheet_date_text(const char *number, enum sheet_format format,
	bool from_1904, char out[SHEET_NUMBER_SIZE])
{
	enum {
		DAYS_TO_1900 = 693899 /* 1 March 0000 to 30 December 1899 */
	};
	char text[SHEET_NUMBER_SIZE];
	int64_t days;
	int year;
	int month;
	int day;

	if (!sheet_number_text(number, text))
		return false;
	text[strcspn(text, ".")] = '\0'; /* the time of day */
	if (!str_to_int(text, 0, DAYS_MAX, &days))
		return false;
	if (from_1904)
		days += DAYS_1904;
	if (days < 1 || days > DAYS_MAX || days == LEAP_1900)
		return false;
	civil((long)days + DAYS_TO_1900 + (days < LEAP_1900), &year, &month,
		&day);
	if (format == FORMAT_YEAR)
		snprintf(out, SHEET_NUMBER_SIZE, "%04d", year);
	else if (format == FORMAT_MONTH)
		snprintf(out, SHEET_NUMBER_SIZE, "%04d-%02d", year, month);
	else
		snprintf(out, SHEET_NUMBER_SIZE, "%04d-%02d-%02d", year, month,
			day);
	return true;
}
