/* The last day of a user, at adding and renewing him: team.h. */
#include "core/tr.h"
#include "terminal/flows/team_internal.h"

static int32_t number_of(struct date d)
{
	return d.year * 10000 + d.month * 100 + d.day;
}

/* 0: the time is not known. */
static int32_t today(const struct team *t)
{
	return t->now > 0 ? number_of(date_of_ms(t->now).date) : 0;
}

bool team_is_over(const struct team *t, const struct user *u)
{
	return u->until != 0 && today(t) > u->until;
}

const char *team_day_text(int32_t until, char out[DATE_TEXT_SIZE])
{
	struct date d = {0};

	date_make(until / 10000, until / 100 % 100, until % 100, &d);
	return date_vi(d, out);
}

/* What was typed, if it is a day that is not over; else it is said. */
static bool read_day(struct team *t, int32_t *out)
{
	struct date d;

	if (!date_parse(t->day.text, &d) || d.day == 0) {
		notice_say(&t->notice, NOTICE_WARN, "%s",
			tr("This is no day. Type day, month and year: "
			   "02092026"));
		return false;
	}
	*out = number_of(d);
	if (*out >= today(t))
		return true;
	notice_say(&t->notice, NOTICE_WARN, "%s",
		tr("This day is over: the last day is today or later"));
	return false;
}

/* Who never had a last day works until he is revoked. */
void team_ask_renewal(struct team *t)
{
	notice_clear(&t->notice);
	if (t->chosen.revoked) {
		notice_say(&t->notice, NOTICE_NOTE, "%s",
			tr("This user is revoked for good"));
	} else if (t->chosen.until == 0) {
		notice_say(&t->notice, NOTICE_NOTE, "%s",
			tr("This user has no last day and works until he is "
			   "revoked"));
	} else {
		entry_clear(&t->day);
		t->step = TEAM_RENEW;
	}
}

struct effect team_on_until(struct team *t, const struct event *ev)
{
	switch (team_typed(t, &t->day, ev)) {
	case ENTRY_ACCEPTED:
		t->until = 0;
		if (entry_length(&t->day) == 0 || read_day(t, &t->until)) {
			notice_clear(&t->notice);
			team_ask_pin(t);
		}
		break;
	case ENTRY_CANCELLED:
		entry_clear(&t->day);
		notice_clear(&t->notice);
		t->step = TEAM_ROLE;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect renew(struct team *t)
{
	struct effect fx;
	int32_t day;

	if (!read_day(t, &day))
		return effect_of(FX_NONE);
	if (day <= t->chosen.until) {
		notice_say(&t->notice, NOTICE_WARN, "%s",
			tr("A new last day is later than the one before"));
		return effect_of(FX_NONE);
	}
	fx = team_change(t, FX_USER_RENEW);
	fx.user.until = day;
	return fx;
}

struct effect team_on_renew(struct team *t, const struct event *ev)
{
	switch (team_typed(t, &t->day, ev)) {
	case ENTRY_ACCEPTED:
		return renew(t);
	case ENTRY_CANCELLED:
		entry_clear(&t->day);
		notice_clear(&t->notice);
		t->step = TEAM_USER;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}
