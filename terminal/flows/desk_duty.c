/* The supervisor's first screen, and where its rows lead: desk.h. */
#include "terminal/flows/desk_internal.h"

/* The guided tour speaks of the counter. */
bool desk_begins_with_duty(const struct desk *d)
{
	return role_may(d->user.role, ACT_APPROVE) && !d->status.frozen &&
	       !d->status.moved && !d->tour.on;
}

struct effect desk_start_duty(struct desk *d)
{
	if (desk_place(d) == DESK_DUTY)
		return effect_of(FX_NONE);
	desk_home(d);
	desk_push(d, DESK_DUTY);
	return duty_start(&d->duty, &d->status);
}

/* By a letter, by a row, or for the counter, which has what is counted then
 * for nobody. */
struct effect desk_left_duty(struct desk *d)
{
	if (d->duty.typed) {
		desk_push(d, DESK_FIND);
		find_init(&d->find, d->duty.typed, d->typing);
		return effect_of(FX_NONE);
	}
	if (d->duty.choice != MENU_NOTHING)
		return desk_choose(d, d->duty.choice);
	desk_home(d);
	desk_settle_idle(d);
	return effect_of(FX_NONE);
}
