#include "terminal/flows/limit_text.h"

#include <stdio.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"

static const char *const title[LIMIT_COUNT] = {
	[LIMIT_SINGLE] = TR("To one person, by the agent alone"),
	[LIMIT_PAYOUTS] = TR("Payments of one shift"),
	[LIMIT_SUM] = TR("Money paid in one shift"),
	[LIMIT_PACE] = TR("Time between two payments"),
	[LIMIT_HOURS] = TR("Hours of this point"),
};

const char *limit_title(enum limit l)
{
	return tr(title[l]);
}

const char *limit_shown(enum limit l, int64_t value, char out[LIMIT_SAYS_SIZE])
{
	char text[MONEY_TEXT_SIZE];

	switch (l) {
	case LIMIT_SINGLE:
	case LIMIT_SUM:
		snprintf(out, LIMIT_SAYS_SIZE, tr("%s đồng"),
			money_format(value, text));
		break;
	case LIMIT_PACE:
		snprintf(out, LIMIT_SAYS_SIZE, tr("%lld seconds"),
			(long long)value);
		break;
	case LIMIT_PAYOUTS:
	case LIMIT_HOURS:
	case LIMIT_COUNT:
		str_copy(out, LIMIT_SAYS_SIZE, limit_text(l, value, text));
		break;
	}
	return out;
}

/* Without a number there is nothing to say of it. */
static const char *nothing_of(enum limit l, int64_t value)
{
	if (l == LIMIT_PACE && value == 0)
		return tr("No payment is marked for coming soon after "
			  "another.");
	if (l == LIMIT_HOURS && value == LIMIT_WHOLE_DAY)
		return tr("No payment is marked for the hour at which it was "
			  "made.");
	return NULL;
}

const char *limit_does(enum limit l, int64_t value, char out[LIMIT_SAYS_SIZE])
{
	const char *nothing = nothing_of(l, value);
	char shown[LIMIT_SAYS_SIZE];

	limit_shown(l, value, shown);
	if (nothing)
		str_copy(out, LIMIT_SAYS_SIZE, nothing);
	else if (l == LIMIT_SINGLE)
		snprintf(out, LIMIT_SAYS_SIZE,
			tr("For more than %s to one person a supervisor signs, "
			   "too."),
			shown);
	else if (l == LIMIT_PAYOUTS)
		snprintf(out, LIMIT_SAYS_SIZE,
			tr("After %s payments the agent has to close the "
			   "shift."),
			shown);
	else if (l == LIMIT_SUM)
		snprintf(out, LIMIT_SAYS_SIZE,
			tr("More than %s are not paid in one shift: then the "
			   "agent has to close it."),
			shown);
	else if (l == LIMIT_PACE)
		snprintf(out, LIMIT_SAYS_SIZE,
			tr("A payment less than %s after another is marked for "
			   "the supervisor."),
			shown);
	else
		snprintf(out, LIMIT_SAYS_SIZE,
			tr("A payment outside of %s is marked for the "
			   "supervisor."),
			shown);
	return out;
}

const char *limit_range(enum limit l, char out[LIMIT_SAYS_SIZE])
{
	char least[LIMIT_SAYS_SIZE];
	char most[LIMIT_SAYS_SIZE];

	if (l == LIMIT_HOURS)
		str_copy(out, LIMIT_SAYS_SIZE,
			tr("Opening and closing, four digits each: 07001730 "
			   "is 07:00 to 17:30; 00002400 is the whole day."));
	else
		snprintf(out, LIMIT_SAYS_SIZE, tr("From %s to %s."),
			limit_shown(l, limit_least(l), least),
			limit_shown(l, limit_most(l), most));
	return out;
}
