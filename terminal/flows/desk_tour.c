/* What the guided tour sees of the desk, and the little it does: tour.h. */
#include "core/tr.h"
#include "terminal/flows/desk_internal.h"

/* A step of a place that the lessons speak of. */
static const struct spot {
	enum desk_place place;
	int step;
	enum tour_fact fact;
} spots[] = {
	{DESK_SIGNIN, SIGNIN_NUMBER, TOUR_NUMBER},
	{DESK_SIGNIN, SIGNIN_PIN, TOUR_PIN},
	{DESK_SIGNIN, SIGNIN_WAIT, TOUR_WAIT},
	{DESK_RECOVER, RECOVER_ASK, TOUR_ASK},
	{DESK_RECOVER, RECOVER_DONE, TOUR_ANSWERED},
	{DESK_DRAWER, DRAWER_LAST_SLIP, TOUR_SLIP},
	{DESK_DRAWER, DRAWER_REASON, TOUR_REASON},
	{DESK_DRAWER, DRAWER_SECOND, TOUR_SECOND},
	{DESK_DRAWER, DRAWER_SLIP, TOUR_CLOSED},
	{DESK_IDLE, IDLE_FOREIGN, TOUR_FOREIGN},
	{DESK_FIND, FIND_TYPE, TOUR_TYPING},
	{DESK_FIND, FIND_LIST, TOUR_LIST},
	{DESK_CHECK, CHECK_READY, TOUR_READY},
	{DESK_CHECK, CHECK_DIFFERS, TOUR_DIFFERS},
	{DESK_CHECK, CHECK_STOP, TOUR_STOP},
	{DESK_CHECK, CHECK_NO_CASH, TOUR_NO_CASH},
	{DESK_CHECK, CHECK_NOBODY, TOUR_NO_CASH},
	{DESK_CHECK, CHECK_NAME, TOUR_PAYEE},
	{DESK_CHECK, CHECK_ID, TOUR_PAYEE},
	{DESK_CHECK, CHECK_PAPER, TOUR_PAYEE},
	{DESK_PAY, PAY_HANDING, TOUR_HANDING},
	{DESK_PAY, PAY_UNDO, TOUR_UNDO},
	{DESK_PAY, PAY_REFUSED, TOUR_REFUSED},
	{DESK_NOTPAID, NOTPAID_REASON, TOUR_WHY},
	{DESK_NOTPAID, NOTPAID_DATE, TOUR_DIED},
	{DESK_NOTPAID, NOTPAID_SURE, TOUR_WHY_SURE},
	{DESK_PREVIEW, PREVIEW_SHOW, TOUR_RECEIPT},
	{DESK_PREVIEW, PREVIEW_GIVEN, TOUR_RECEIPT},
	{DESK_HELP, 0, TOUR_HELP},
	{DESK_MENU, MENU_NO_SHIFT, TOUR_MENU},
	{DESK_MENU, MENU_SHIFT, TOUR_MENU},
};

static int step_of(const struct desk *d)
{
	switch (desk_place(d)) {
	case DESK_SIGNIN:
		return d->signin.step;
	case DESK_RECOVER:
		return d->recover.step;
	case DESK_DRAWER:
		return d->drawer.step;
	case DESK_IDLE:
		return d->idle.step;
	case DESK_FIND:
		return d->find.step;
	case DESK_CHECK:
		return d->check.step;
	case DESK_PAY:
		return d->pay.step;
	case DESK_NOTPAID:
		return d->notpaid.step;
	case DESK_PREVIEW:
		return d->preview.step;
	case DESK_MENU:
		return d->menu.step;
	default: /* no lesson speaks of its steps */
		return 0;
	}
}

static uint64_t spot_facts(const struct desk *d)
{
	const int step = step_of(d);
	uint64_t facts = 0;

	for (size_t i = 0; i < sizeof(spots) / sizeof(spots[0]); i++)
		if (spots[i].place == desk_place(d) && spots[i].step == step)
			facts |= TOUR_BIT(spots[i].fact);
	return facts;
}

static uint64_t user_facts(const struct desk *d)
{
	if (d->user.number == 0)
		return 0;
	if (d->user.role != ROLE_AGENT)
		return TOUR_BIT(TOUR_OTHER);
	return TOUR_BIT(TOUR_AGENT) |
	       (d->status.has_shift && !desk_is_foreign(d)
			       ? TOUR_BIT(TOUR_DRAWER)
			       : 0);
}

static uint64_t idle_facts(const struct desk *d)
{
	if (desk_place(d) != DESK_IDLE || idle_is_foreign(d->idle.step) ||
		d->user.role != ROLE_AGENT)
		return 0;
	if (!d->status.has_shift)
		return TOUR_BIT(TOUR_SHUT);
	return TOUR_BIT(TOUR_IDLE) |
	       (d->tour.paid[0] ? TOUR_BIT(TOUR_KNOWN) : 0);
}

static uint64_t drawer_facts(const struct desk *d)
{
	const bool sure = d->drawer.step == DRAWER_SURE;

	if (desk_place(d) != DESK_DRAWER ||
		(d->drawer.step != DRAWER_NOTES && !sure))
		return 0;
	switch (d->drawer.task) {
	case DRAWER_OPEN:
		return TOUR_BIT(sure ? TOUR_COUNT_SURE : TOUR_COUNT);
	case DRAWER_CLOSE:
		return TOUR_BIT(sure ? TOUR_CLOSING_SURE : TOUR_CLOSING);
	case DRAWER_TOP_UP:
	case DRAWER_DROP:
		break;
	}
	return TOUR_BIT(TOUR_CASH);
}

static uint64_t person_facts(const struct desk *d)
{
	const struct check *c = &d->check;
	uint64_t facts;

	if (desk_place(d) != DESK_CHECK || c->step == CHECK_LOOKUP ||
		c->step == CHECK_NOBODY)
		return 0;
	facts = TOUR_BIT(c->has_card ? TOUR_BY_CARD : TOUR_TYPED);
	return facts | (c->accepted ? TOUR_BIT(TOUR_ACCEPTED) : 0);
}

static uint64_t done_facts(const struct desk *d, const struct event *ev)
{
	if (ev->kind == EV_NOT_PAID_SAVED && d->notpaid.saved)
		return TOUR_BIT(TOUR_NOT_PAID);
	if (desk_place(d) != DESK_PAY || d->pay.step != PAY_DONE)
		return 0;
	return TOUR_BIT(d->pay.payout.state == PAYOUT_HANDED ? TOUR_HANDED
							     : TOUR_KEPT);
}

static void see(struct desk *d, const struct event *ev, bool waiting)
{
	const struct tour_sight now = {.facts = spot_facts(d) | user_facts(d) |
						idle_facts(d) |
						drawer_facts(d) |
						person_facts(d) |
						done_facts(d, ev),
		.waiting = waiting,
		.touched = ev->kind == EV_KEY || ev->kind == EV_SCAN,
		.at_ms = ev->at_ms};

	if (now.facts & TOUR_BIT(TOUR_HANDED))
		tour_paid(&d->tour, d->check.due.person.id12);
	tour_see(&d->tour, &now);
}

static void show_over(struct desk *d)
{
	d->tour.step = TOUR_OVER;
	desk_push(d, DESK_TOUR);
}

static struct effect save(struct desk *d)
{
	struct effect fx = effect_of(FX_TOUR);

	d->tour.unsaved = false;
	fx.tour = d->tour.kept;
	return fx;
}

/* The payment stays open in the book: recover asks about it, as ever. */
static struct effect cut_power(struct desk *d)
{
	const struct effect fx = desk_sign_out(d);

	notice_say(&d->signin.notice, NOTICE_WARN, "%s",
		tr("Training: as if the power went off just now and is back. "
		   "Sign in again."));
	d->tour.cut = false;
	return fx;
}

struct effect desk_tour(struct desk *d, const struct event *ev,
	struct effect fx)
{
	const bool waiting = d->waiting != FX_NONE || flow_is_answered(fx.kind);

	if (!d->tour.on)
		return fx;
	if (ev->kind == EV_SIGNED_IN && d->user.number != 0)
		tour_resume(&d->tour, d->user.number, &ev->tour);
	see(d, ev, waiting);
	if (fx.kind == FX_DEMO_SCAN)
		fx.other_marks = tour_wants_marks(&d->tour);
	if (waiting || fx.kind != FX_NONE)
		return fx;
	if (d->tour.cut)
		return cut_power(d);
	if (d->tour.over && desk_place(d) == DESK_IDLE)
		show_over(d);
	if (d->tour.unsaved && d->user.number != 0)
		return save(d);
	return fx;
}

/* Where a training begins, and behind * from there on. */
struct effect desk_start_tour(struct desk *d)
{
	tour_open(&d->tour);
	desk_push(d, DESK_TOUR);
	return effect_of(FX_NONE);
}

struct effect desk_left_tour(struct desk *d)
{
	desk_pop(d);
	return effect_of(FX_NONE);
}
