/* requests_due.c - days of the law, and words for scripts. Pure. */
#include <string.h>

#include "core/str.h"
#include "db/requests.h"

enum {
	ACKNOWLEDGE_DAYS = 2, /* working days */
	DAY_MS = 86400000
};

static const int days[REQUEST_KINDS] = {
	[REQUEST_VIEW] = 10,
	[REQUEST_CORRECT] = 10,
	[REQUEST_WITHDRAW] = 15,
	[REQUEST_RESTRICT] = 15,
	[REQUEST_OBJECT] = 15,
	[REQUEST_DELETE] = 20,
};

static const char *const kinds[REQUEST_KINDS] = {
	[REQUEST_VIEW] = "view",
	[REQUEST_CORRECT] = "correct",
	[REQUEST_WITHDRAW] = "withdraw",
	[REQUEST_RESTRICT] = "restrict",
	[REQUEST_OBJECT] = "object",
	[REQUEST_DELETE] = "delete",
};

static const struct {
	enum request_reason reason;
	const char *name;
} reasons[] = {
	{REQUEST_ACKNOWLEDGED, "acknowledged"},
	{REQUEST_LONGER, "longer"},
	{REQUEST_DONE, "done"},
	{REQUEST_REFUSED, "refused"},
};

int request_days(enum request_kind kind)
{
	return kind > REQUEST_NONE && kind < REQUEST_KINDS ? days[kind] : 0;
}

/* Noon at UTC+7 of a day. */
static int64_t noon(int32_t day)
{
	char text[DATE_TEXT_SIZE];
	const struct date d = {(int16_t)(day / 10000),
		(int8_t)(day / 100 % 100), (int8_t)(day % 100)};
	char iso[DATE_TEXT_SIZE + 8];
	int64_t ms = 0;

	str_copy(iso, sizeof(iso), date_iso(d, text));
	str_copy(iso + strlen(iso), sizeof(iso) - strlen(iso), "T12:00");
	return date_time_parse(iso, &ms) ? ms : 0;
}

static bool is_off(int32_t day, const struct request_holidays *off)
{
	/* 1970-01-01 was a Thursday; 0 is Sunday. */
	const int64_t weekday =
		((noon(day) + INT64_C(7) * 3600000) / DAY_MS + 4) % 7;

	if (weekday == 0 || weekday == 6)
		return true;
	for (int i = 0; off && i < off->count; i++)
		if (off->day[i] == day)
			return true;
	return false;
}

static int32_t next_day(int32_t day)
{
	const struct date d = date_of_ms(noon(day) + DAY_MS).date;

	return d.year * 10000 + d.month * 100 + d.day;
}

int32_t request_day_after(int32_t day, int count, bool working,
	const struct request_holidays *off)
{
	while (count > 0) {
		day = next_day(day);
		if (!working || !is_off(day, off))
			count--;
	}
	return day;
}

static int32_t day_of(int64_t ms)
{
	const struct date d = date_of_ms(ms).date;

	return d.year * 10000 + d.month * 100 + d.day;
}

void request_dues(const struct request *r, const struct request_holidays *off,
	int32_t today, struct request_due *out)
{
	const int32_t asked = day_of(r->t);
	const int count = request_days(r->kind);

	*out = (struct request_due){.acknowledge = 0};
	if (r->over)
		return;
	if (!r->acknowledged) {
		out->acknowledge =
			request_day_after(asked, ACKNOWLEDGE_DAYS, true, off);
		out->acknowledge_late = today > out->acknowledge;
	}
	out->answer = request_day_after(asked, r->longer ? 2 * count : count,
		false, off);
	out->answer_most = request_day_after(asked, 2 * count, false, off);
	out->answer_late = today > out->answer;
}

/* One line without its end; an empty one, and a comment, is fine. */
static bool parse_line(const char *at, size_t len, struct request_holidays *out)
{
	char text[DATE_TEXT_SIZE];
	struct date d;

	for (size_t i = 0; i < len; i++)
		if (at[i] == '#')
			len = i;
	while (len > 0 && strchr(" \t\r", at[len - 1]))
		len--;
	if (len == 0)
		return true;
	if (len >= sizeof(text) || out->count == REQUEST_HOLIDAYS_MAX)
		return false;
	memcpy(text, at, len);
	text[len] = '\0';
	if (!date_parse(text, &d) || d.month == 0)
		return false;
	out->day[out->count++] = d.year * 10000 + d.month * 100 + d.day;
	return true;
}

bool request_holidays_parse(const char *text, size_t len,
	struct request_holidays *out, int *line)
{
	*out = (struct request_holidays){.count = 0};
	for (*line = 1; len > 0; ++*line) {
		const char *end = memchr(text, '\n', len);
		const size_t n = end ? (size_t)(end - text) : len;

		if (!parse_line(text, n, out))
			return false;
		text += n + (end != NULL);
		len -= n + (end != NULL);
	}
	return true;
}

const char *request_kind_name(enum request_kind k)
{
	return k > REQUEST_NONE && k < REQUEST_KINDS ? kinds[k] : "unknown";
}

bool request_kind_parse(const char *name, enum request_kind *out)
{
	for (int k = REQUEST_NONE + 1; k < REQUEST_KINDS; k++)
		if (strcmp(kinds[k], name) == 0) {
			*out = (enum request_kind)k;
			return true;
		}
	return false;
}

const char *request_reason_name(enum request_reason r)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].reason == r)
			return reasons[i].name;
	return "open";
}

bool request_reason_parse(const char *name, enum request_reason *out)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (strcmp(reasons[i].name, name) == 0) {
			*out = reasons[i].reason;
			return true;
		}
	return false;
}
