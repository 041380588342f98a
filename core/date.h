/*
 * date.h - civil dates, pay periods, and time as people in Vietnam read it.
 *
 * The one time zone is UTC+7 without summer time. Many elderly people have
 * only a year of birth on paper: month and day are 0 when unknown.
 * A period is the month of a pay list as YYYYMM, for example 202612.
 * Pure; any thread.
 */
#ifndef CORE_DATE_H
#define CORE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DATE_TEXT_SIZE = 24,
	PERIOD_MIN = 190001,
	PERIOD_MAX = 219912
};

struct date {
	int16_t year; /* 1800 to 2199; 0: no date at all */
	int8_t month; /* 1 to 12, 0: unknown */
	int8_t day;   /* 1 to 31, 0: unknown */
};

struct daytime {
	struct date date;
	int hour;
	int minute;
	int second;
};

/* Year in range; month and day both unknown, or a day of the calendar. */
bool date_valid(struct date d);

/* Set by numbers; false, and *out untouched, if that is no date. */
bool date_make(int year, int month, int day, struct date *out);

/*
 * Read a date as lists and people write it: "02/09/1945", "2-9-1945",
 * "02.09.1945", "1945-09-02", "02091945", or "1945" for the year alone.
 */
bool date_parse(const char *text, struct date *out);

/* <0, 0, >0; an unknown month or day comes before every known one. */
int date_compare(struct date a, struct date b);

/* "1945-09-02", or "1945" where only the year is known, "" for none. */
const char *date_iso(struct date d, char out[DATE_TEXT_SIZE]);

/* "02/09/1945", or "1945" where only the year is known, "" for none. */
const char *date_vi(struct date d, char out[DATE_TEXT_SIZE]);

/*
 * Whole years from birth to today; by the year alone when that is all. -1
 * if either is no date at all.
 */
int date_age(struct date birth, struct date today);

/*
 * Days since 1970-01-01 of a day that is known to the day, for counting on and
 * off; and back, the nearest day in range.
 */
int64_t date_days(struct date d);
struct date date_of_days(int64_t days);

/* When that day begins at UTC+7, in milliseconds since 1970 UTC. */
int64_t date_begins(struct date d);

/* 20261122, for columns and keys; 0 for no date. And back: false if it is no
 * day that is known to the day. */
int32_t date_number(struct date d);
bool date_of_number(int64_t number, struct date *out);

/*
 * Civil time at UTC+7 of milliseconds since 1970 UTC. What lies outside of
 * 1800 to 2199 becomes the nearest that does not.
 */
struct daytime date_of_ms(int64_t ms);

/*
 * The other way: "2026-12-05T09:10" or "05/12/2026 09:10" at UTC+7; any day
 * that date_parse() reads, a T or blanks, hour and minute of two digits.
 */
bool date_time_parse(const char *text, int64_t *ms);

/* "22/11/2026 08:12" at UTC+7. */
const char *date_time_vi(int64_t ms, char out[DATE_TEXT_SIZE]);

/* "2026-11-22T08:12:05+07:00". out holds 32 bytes. */
const char *date_time_iso(int64_t ms, char out[32]);

/* "2026-12", "202612", "12/2026" or "12-2026" to 202612. */
bool period_parse(const char *text, int32_t *out);
bool period_valid(int32_t period);

/* "2026-12" for scripts and files; "12/2026" for people. */
const char *period_iso(int32_t period, char out[DATE_TEXT_SIZE]);
const char *period_vi(int32_t period, char out[DATE_TEXT_SIZE]);

#endif
