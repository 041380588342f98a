/* office_limits.c - the limits of the point, and one that becomes another. */
#include <string.h>

#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/limit_text.h"
#include "terminal/flows/office_internal.h"
#include "terminal/flows/refusal_text.h"

static const struct binding list_keys[] = {
	{'1', "1", TR("To one person, by the agent alone"), TR("One person"),
		false},
	{'2', "2", TR("Payments of one shift"), TR("Payments"), false},
	{'3', "3", TR("Money paid in one shift"), TR("Money"), false},
	{'4', "4", TR("Time between two payments"), TR("Pace"), false},
	{'5', "5", TR("Hours of this point"), TR("Hours"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding value_keys[] = {
	{K_DIGITS, "0-9", TR("The new limit"), TR("Limit"), false},
	{K_ACCEPT, "ENTER", TR("Next"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("Yes, from now on"), TR("Yes"), true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *office_limits_bindings(enum office_step step,
	size_t *count)
{
	if (step == OFFICE_LIMITS)
		ROWS(list_keys);
	if (step == OFFICE_LIMIT)
		ROWS(value_keys);
	if (step == OFFICE_LIMIT_SURE)
		ROWS(sure_keys);
	*count = 0;
	return NULL;
}

struct effect office_start_limits(struct office *o)
{
	memset(o, 0, sizeof(*o));
	entry_init(&o->number, ENTRY_NUMBER, OFFICE_LIMIT_DIGITS);
	o->step = OFFICE_LIMITS_ASKED;
	return effect_of(FX_LIMITS);
}

/* First the list as the book has it; what follows from no answer is said. */
static void on_asked(struct office *o, const struct event *ev)
{
	if (ev->kind == EV_LIMITS) {
		o->limits = ev->limits;
		o->step = OFFICE_LIMITS;
	}
}

static struct effect not_asked(struct office *o, const struct event *ev)
{
	notice_say(&o->notice, NOTICE_WARN, "%s",
		err_text(ev->err.code, ERR_WHILE_READING));
	return effect_of(FX_LEAVE);
}

static struct effect on_list(struct office *o, int key)
{
	if (key == '0')
		return effect_of(FX_LEAVE);
	if (key < '1' || key >= '1' + LIMIT_COUNT)
		return effect_of(FX_NONE);
	o->limit = (enum limit)(key - '1');
	entry_clear(&o->number);
	o->step = OFFICE_LIMIT;
	return effect_of(FX_NONE);
}

static void say_range(struct office *o)
{
	const struct refusal why = {.code = REFUSED_LIMIT_RANGE,
		.limit = o->limit};

	office_say_refused(o, &why);
}

/* "700" is no two times of a day, whatever number it is. */
static bool is_whole(const struct office *o)
{
	const int digits = entry_length(&o->number);

	return o->limit == LIMIT_HOURS ? digits == 8 : digits > 0;
}

static struct effect on_value(struct office *o, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&o->number, ev->key)) {
	case ENTRY_ACCEPTED:
		o->value = entry_number(&o->number);
		if (is_whole(o) && limit_fits(o->limit, o->value))
			o->step = OFFICE_LIMIT_SURE;
		else
			say_range(o);
		break;
	case ENTRY_CANCELLED:
		o->step = OFFICE_LIMITS;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_sure(struct office *o, int key)
{
	struct effect fx = effect_of(FX_LIMIT_SET);

	if (key == '0')
		o->step = OFFICE_LIMIT;
	if (key != '1')
		return effect_of(FX_NONE);
	fx.limit.which = o->limit;
	fx.limit.value = o->value;
	o->step = OFFICE_LIMIT_SAVING;
	return fx;
}

/* What failed is looked up, never tried again. */
static struct effect on_saving(struct office *o, const struct event *ev)
{
	char says[LIMIT_SAYS_SIZE];

	switch (ev->kind) {
	case EV_LIMITS:
		o->limits = ev->limits;
		o->step = OFFICE_LIMITS;
		notice_say(&o->notice, NOTICE_NOTE, tr("Recorded. %s"),
			limit_does(o->limit, o->value, says));
		break;
	case EV_REFUSED:
		office_say_refused(o, &ev->refusal);
		o->step = OFFICE_LIMIT;
		break;
	case EV_FAILED:
		notice_say(&o->notice, NOTICE_WARN, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
		o->step = OFFICE_LIMITS_ASKED;
		return effect_of(FX_LIMITS);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect office_limits_handle(struct office *o, const struct event *ev)
{
	size_t count;
	const struct binding *b = office_limits_bindings(o->step, &count);
	const int key = binding_key(b, count, ev);

	switch (o->step) {
	case OFFICE_LIMITS_ASKED:
		if (ev->kind == EV_FAILED)
			return not_asked(o, ev);
		on_asked(o, ev);
		break;
	case OFFICE_LIMITS:
		return on_list(o, key);
	case OFFICE_LIMIT:
		return on_value(o, ev);
	case OFFICE_LIMIT_SURE:
		return on_sure(o, key);
	case OFFICE_LIMIT_SAVING:
		return on_saving(o, ev);
	default:
		break;
	}
	return effect_of(FX_NONE);
}
