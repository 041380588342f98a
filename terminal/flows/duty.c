#include "terminal/flows/duty.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/tr.h"

const struct binding *duty_bindings(enum duty_step step, size_t *count)
{
	if (step == DUTY_SHOWN)
		return menu_bindings(MENU_DUTY, count);
	if (step == DUTY_ARRIVED)
		return menu_bindings(MENU_DUTY_LIST, count);
	*count = 0;
	return NULL;
}

/* ---- counting -------------------------------------------------------------- */

static struct effect count(struct duty *d)
{
	struct effect fx = effect_of(FX_DUTY);

	d->counting = true;
	d->again = false;
	d->counted_made = d->made;
	fx.study.number = d->number -= d->number == 0 ? 1 : 2;
	return fx;
}

/* A drawer that only he can have closed stands before everything else. */
static void see_status(struct duty *d, const struct status *st)
{
	d->made = st->made;
	d->step = st->arrived > 0 ? DUTY_ARRIVED : DUTY_SHOWN;
	notice_clear(&d->notice);
	if (st->has_shift && st->shift.left != SHIFT_LEFT_NOT)
		notice_say(&d->notice, NOTICE_WARN,
			tr("The drawer of %s is still open, who may not work "
			   "here any more: keys * * 8 count and close it."),
			st->shift.actor_name);
}

struct effect duty_start(struct duty *d, const struct status *status)
{
	const int number = d->number;

	memset(d, 0, sizeof(*d));
	/* What is still on its way from before is none of this one's. */
	d->number = number;
	see_status(d, status);
	return count(d);
}

void duty_came_back(struct duty *d)
{
	d->counting = false;
	d->again = true;
}

static struct effect on_study(struct duty *d, const struct event *ev)
{
	if (ev->study.number != d->number || !d->counting ||
		ev->study.state == STUDY_RUNS)
		return effect_of(FX_NONE);
	d->counting = false;
	d->counted_ms = ev->at_ms;
	d->failed = ev->study.state == STUDY_FAILED;
	if (!d->failed) {
		d->counts = ev->study.duty;
		d->counted = true;
	}
	return effect_of(FX_NONE);
}

static struct effect on_tick(struct duty *d, const struct event *ev)
{
	const bool old = (d->made != d->counted_made || d->failed) &&
			 ev->at_ms - d->counted_ms >= DUTY_AGAIN_MS;

	if (!d->counting && (d->again || old))
		return count(d);
	return effect_of(FX_NONE);
}

/* ---- keys ------------------------------------------------------------------- */

static struct effect on_key(struct duty *d, const struct event *ev)
{
	size_t rows;
	const struct binding *b = duty_bindings(d->step, &rows);
	const int key = binding_key(b, rows, ev);

	d->typed = 0;
	d->choice = MENU_NOTHING;
	if (key == 0 || key == '*' || key == '#')
		return effect_of(FX_NONE);
	if (key == K_ACCEPT)
		d->choice = MENU_ARRIVALS;
	else if (key < '0' || key > '9')
		d->typed = key;
	else
		d->choice = menu_door_choice(key);
	return effect_of(FX_LEAVE);
}

struct effect duty_handle(struct duty *d, const struct event *ev)
{
	switch (ev->kind) {
	case EV_KEY:
		return on_key(d, ev);
	case EV_STUDY:
		return on_study(d, ev);
	case EV_TICK:
		return on_tick(d, ev);
	case EV_STATUS:
		see_status(d, &ev->status);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- words ------------------------------------------------------------------ */

static void say_exceptions(const struct duty_counts *c, struct duty_waits *out)
{
	out->urgent = c->alone > 0;
	if (c->alone > 0)
		snprintf(out->text, sizeof(out->text), tr("%lld not approved"),
			(long long)c->alone);
	else if (c->exceptions > 0)
		snprintf(out->text, sizeof(out->text), tr("%lld today"),
			(long long)c->exceptions);
	else
		snprintf(out->text, sizeof(out->text), "%s", tr("none today"));
}

static void say_calls(const struct duty_counts *c, struct duty_waits *out)
{
	out->urgent = c->calls > 0;
	if (c->calls > 0)
		snprintf(out->text, sizeof(out->text), tr("%lld to call"),
			(long long)c->calls);
	else if (c->drawn)
		snprintf(out->text, sizeof(out->text), "%s", tr("all called"));
}

static void say_lists(const struct duty_counts *c, struct duty_waits *out)
{
	out->urgent = c->lists > 0;
	if (c->lists > 0)
		snprintf(out->text, sizeof(out->text), tr("%d waiting"),
			c->lists);
}

static void say_unsent(const struct status *s, struct duty_waits *out)
{
	const unsigned long long waits =
		s->made > s->acked + s->acks ? s->made - s->acked - s->acks : 0;

	if (!s->has_centre)
		return;
	if (waits > 0)
		snprintf(out->text, sizeof(out->text), tr("%llu to send"),
			waits);
	else
		snprintf(out->text, sizeof(out->text), "%s", tr("all sent"));
}

void duty_says(const struct duty *d, const struct status *status, int key,
	struct duty_waits *out)
{
	memset(out, 0, sizeof(*out));
	if (key == '2' && status->all > 0)
		snprintf(out->text, sizeof(out->text), "%" PRId64 "/%" PRId64,
			status->done, status->all);
	if (key == '8')
		say_unsent(status, out);
	if (!d->counted)
		return;
	if (key == '4')
		say_exceptions(&d->counts, out);
	if (key == '5')
		say_calls(&d->counts, out);
	if (key == '6')
		say_lists(&d->counts, out);
}
