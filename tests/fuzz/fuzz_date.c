/*
 * fuzz_date.c - a text that is read as a date or a period is one, and comes
 * back from what is written; any number of milliseconds is some day.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"

static void check_date(const char *text)
{
	struct date d;
	struct date back;
	char out[DATE_TEXT_SIZE];

	if (!date_parse(text, &d))
		return;
	if (!date_valid(d) || !date_parse(date_iso(d, out), &back) ||
		date_compare(d, back) != 0 ||
		!date_parse(date_vi(d, out), &back) ||
		date_compare(d, back) != 0 || date_age(d, d) != 0)
		abort();
}

static void check_period(const char *text)
{
	char out[DATE_TEXT_SIZE];
	int32_t period;
	int32_t back;

	if (!period_parse(text, &period))
		return;
	if (!period_valid(period) ||
		!period_parse(period_iso(period, out), &back) ||
		back != period ||
		!period_parse(period_vi(period, out), &back) || back != period)
		abort();
}

static void check_ms(int64_t ms)
{
	const struct daytime t = date_of_ms(ms);
	char out[32];

	if (!date_valid(t.date) || t.hour < 0 || t.hour > 23 || t.minute < 0 ||
		t.minute > 59 || t.second < 0 || t.second > 59 ||
		strlen(date_time_iso(ms, out)) != 25 ||
		strlen(date_time_vi(ms, out)) != 16)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	int64_t ms;

	if (!text)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	check_date(text);
	check_period(text);
	free(text);
	if (size >= sizeof(ms)) {
		memcpy(&ms, data, sizeof(ms));
		check_ms(ms);
	}
	return 0;
}
