/* The settings, and what lies behind them: desk.h. */
#include <string.h>

#include "core/str.h"
#include "terminal/flows/desk_internal.h"

void desk_take_settings(struct desk *d, const struct event *ev)
{
	const struct setting *at = setting_at(d->setup.chosen);
	int64_t seconds = DESK_LOCK_MS / 1000;

	if (!at || strcmp(at->key, "lock_after") != 0)
		return;
	if (str_to_int(ev->settings.value[d->setup.chosen], at->least, at->most,
		    &seconds) ||
		!ev->settings.value[d->setup.chosen][0])
		d->info.lock_ms = seconds * 1000;
}

struct effect desk_left_setup(struct desk *d)
{
	if (d->setup.want == SETUP_WANTS_RESTORE) {
		desk_push(d, DESK_RESTORE);
		return restore_start(&d->restore);
	}
	d->notice = d->setup.notice;
	desk_pop(d);
	return effect_of(FX_NONE);
}
