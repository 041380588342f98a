#include <stdio.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/date.h"
#include "db/month_internal.h"
#include "db/record_internal.h"

static uint64_t *wanted(struct month_record *out, uint64_t key, uint64_t *t)
{
	switch (key) {
	case KEY_KIND:
		return &out->kind;
	case KEY_T:
		return t;
	case KEY_RSN:
		return &out->reason;
	case KEY_RES:
		return &out->result;
	default:
		return NULL;
	}
}

/* Key 35: what was asked, what is agreed to. */
static bool read_purposes(struct cbor_reader *r, uint64_t *agreed)
{
	struct cbor_item item;

	if (!cbor_next(r, &item) || item.type != CBOR_ARRAY || item.count != 2)
		return false;
	for (int i = 0; i < 2; i++) {
		if (!cbor_next(r, &item) || item.type != CBOR_UINT)
			return false;
		*agreed = item.number;
	}
	return true;
}

bool month_read(const void *body, size_t len, uint64_t kinds,
	struct month_record *out)
{
	struct cbor_reader r;
	struct cbor_item item;
	size_t pairs;
	uint64_t t = 0;

	*out = (struct month_record){.kind = 0};
	cbor_reader_init(&r, body, len);
	if (!cbor_next(&r, &item) || item.type != CBOR_MAP)
		return false;
	for (pairs = item.count; pairs > 0; pairs--) {
		uint64_t *to;

		if (!cbor_next(&r, &item) || item.type != CBOR_UINT)
			return false;
		if (item.number == KEY_PURPOSES) {
			if (!read_purposes(&r, &out->agreed))
				return false;
			continue;
		}
		to = wanted(out, item.number, &t);
		if (!to && !cbor_skip(&r))
			return false;
		if (!to)
			continue;
		if (!cbor_next(&r, &item) || item.type != CBOR_UINT)
			return false;
		*to = item.number;
		if (to == &out->kind &&
			(item.number > 63 ||
				!(kinds & MONTH_KIND(item.number))))
			return false;
	}
	out->t = t < INT64_MAX ? (int64_t)t : INT64_MAX;
	return true;
}

int64_t month_begin(int32_t period)
{
	char text[64];
	int64_t ms = INT64_MAX; /* behind the last year there is nothing */

	snprintf(text, sizeof(text), "%04d-%02d-01T00:00", (int)period / 100,
		(int)period % 100);
	date_time_parse(text, &ms);
	return ms;
}

int64_t month_end(int32_t period)
{
	return month_begin(month_after(period));
}

bool month_has(int32_t period, const void *body, size_t len)
{
	struct month_record r;

	return month_read(body, len, MONTH_ALL, &r) &&
	       r.t >= month_begin(period) && r.t < month_end(period);
}

int32_t month_before(int32_t period)
{
	return period % 100 == 1 ? period - 89 : period - 1;
}

int32_t month_after(int32_t period)
{
	return period % 100 == 12 ? period + 89 : period + 1;
}
