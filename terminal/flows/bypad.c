#include "terminal/flows/bypad.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"

enum {
	TIME_DIGITS = 4
};

static const struct binding number_keys[] = {
	{K_DIGITS, "0-9", TR("Number printed on the sheet"), TR("Number"),
		false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding day_keys[] = {
	{K_DIGITS, "0-9", TR("Day on the sheet, for example 05122026"),
		TR("Day"), false},
	{K_ACCEPT, "ENTER", TR("Go on; without a day: today"), TR("Go on"),
		false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding time_keys[] = {
	{K_DIGITS, "0-9", TR("Hour and minute, for example 0910"), TR("Time"),
		false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("Yes: it was paid by hand, record it"), TR("Record it"),
		true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *bypad_bindings(enum bypad_step step, size_t *count)
{
	switch (step) {
	case BYPAD_NUMBER:
		ROWS(number_keys);
	case BYPAD_DAY:
		ROWS(day_keys);
	case BYPAD_TIME:
		ROWS(time_keys);
	case BYPAD_SURE:
		ROWS(sure_keys);
	case BYPAD_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void bypad_init(struct bypad *b, int64_t now)
{
	memset(b, 0, sizeof(*b));
	b->now = now;
	entry_init(&b->number, ENTRY_NUMBER, PAYOUT_PAD_SIZE - 1);
	entry_init(&b->day, ENTRY_DATE, 10);
	entry_init(&b->time, ENTRY_NUMBER, TIME_DIGITS);
}

void bypad_ask(struct bypad *b, const char *name, int64_t amount)
{
	str_copy(b->name, sizeof(b->name), name);
	b->amount = amount;
	notice_clear(&b->notice);
	b->step = BYPAD_SURE;
}

static struct effect leave(struct bypad *b, enum bypad_outcome outcome)
{
	b->outcome = outcome;
	return effect_of(FX_LEAVE);
}

static void accept_number(struct bypad *b)
{
	if (strspn(b->number.text, "0") < strlen(b->number.text))
		b->step = BYPAD_DAY;
	else
		notice_say(&b->notice, NOTICE_WARN, "%s",
			tr("Type the number printed on the sheet"));
}

static bool read_day(const struct bypad *b, struct date *out)
{
	if (!b->day.text[0] && b->now > 0) {
		*out = date_of_ms(b->now).date;
		return true;
	}
	return date_parse(b->day.text, out) && out->day != 0;
}

static void accept_day(struct bypad *b)
{
	struct date d;

	if (!read_day(b, &d))
		notice_say(&b->notice, NOTICE_WARN, "%s",
			tr("This is no day. Type day, month and year: "
			   "02092026"));
	else if (b->now > 0 && date_compare(d, date_of_ms(b->now).date) > 0)
		notice_say(&b->notice, NOTICE_WARN, "%s",
			tr("This day is still to come"));
	else
		b->step = BYPAD_TIME;
}

static struct effect accept_time(struct bypad *b)
{
	char day[DATE_TEXT_SIZE];
	char text[DATE_TEXT_SIZE + 8];
	struct date d;

	if (!read_day(b, &d) || entry_length(&b->time) != TIME_DIGITS) {
		notice_say(&b->notice, NOTICE_WARN, "%s",
			tr("Type hour and minute with four digits: 0910"));
		return effect_of(FX_NONE);
	}
	snprintf(text, sizeof(text), "%sT%.2s:%.2s", date_iso(d, day),
		b->time.text, b->time.text + 2);
	if (!date_time_parse(text, &b->given_at)) {
		notice_say(&b->notice, NOTICE_WARN, "%s",
			tr("Type hour and minute with four digits: 0910"));
		return effect_of(FX_NONE);
	}
	if (b->now > 0 && b->given_at >= b->now) {
		notice_say(&b->notice, NOTICE_WARN, "%s",
			tr("This time is still to come"));
		return effect_of(FX_NONE);
	}
	return leave(b, BYPAD_FIND);
}

/* What is typed in each step, and the step before it. */
static struct entry *field(struct bypad *b)
{
	return b->step == BYPAD_NUMBER ? &b->number
	       : b->step == BYPAD_DAY  ? &b->day
				       : &b->time;
}

static struct effect on_typing(struct bypad *b, int key)
{
	switch (entry_key(field(b), key)) {
	case ENTRY_ACCEPTED:
		notice_clear(&b->notice);
		if (b->step == BYPAD_TIME)
			return accept_time(b);
		if (b->step == BYPAD_NUMBER)
			accept_number(b);
		else
			accept_day(b);
		break;
	case ENTRY_CANCELLED:
		notice_clear(&b->notice);
		if (b->step == BYPAD_NUMBER)
			return leave(b, BYPAD_BACK);
		entry_clear(field(b));
		b->step--;
		break;
	case ENTRY_CHANGED:
		notice_clear(&b->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect bypad_handle(struct bypad *b, const struct event *ev)
{
	size_t count;
	const struct binding *row = bypad_bindings(b->step, &count);

	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	if (b->step != BYPAD_SURE)
		return on_typing(b, ev->key);
	switch (binding_key(row, count, ev)) {
	case '1':
		return leave(b, BYPAD_RECORD);
	case '0':
		return leave(b, BYPAD_BACK);
	default:
		return effect_of(FX_NONE);
	}
}
