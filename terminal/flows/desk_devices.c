/*
 * What comes and goes while the program runs: desk.h.
 *
 * A keyboard that is plugged in may be a stick that types by itself (T53), so
 * it finds a locked screen. Anything else is only said, and never over what
 * must be read.
 */
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/desk_internal.h"

static const char locked[] =
	TR("Locked: a keyboard was plugged in. If nobody here did that, pull "
	   "it out and call the technician. Give your PIN.");
static const char watched[] =
	TR("A keyboard was plugged in. If nobody here did that, pull it out "
	   "and call the technician.");

struct effect desk_intruder(struct desk *d)
{
	d->intruder = false;
	if (d->user.number != 0)
		return desk_lock(d, NOTICE_WARN, tr(locked));
	if (desk_place(d) == DESK_SIGNIN) {
		/* Half a PIN may be there. */
		signin_lock(&d->signin, 0);
		if (d->info.evidence)
			signin_evidence(&d->signin);
		else
			notice_say(&d->signin.notice, NOTICE_WARN, "%s",
				tr(watched));
	} else {
		notice_say(&d->notice, NOTICE_WARN, "%s", tr(watched));
	}
	return effect_of(FX_NONE);
}

static const char *sentence(const struct event *ev)
{
	static const char *const come[PLUG_COUNT] = {
		[PLUG_PRINTER] = TR("A printer was plugged in"),
		[PLUG_SCANNER] = TR("A scanner was plugged in"),
		[PLUG_CAMERA] = TR("A camera was plugged in"),
		[PLUG_SERIAL] = TR("A device on a serial line was plugged in"),
		[PLUG_KEYBOARD] = TR("A keyboard was plugged in"),
	};
	static const char *const gone[PLUG_COUNT] = {
		[PLUG_PRINTER] = TR("The printer was pulled out: work goes on, "
				    "papers can be printed later"),
		[PLUG_SCANNER] = TR("The scanner was pulled out: work goes on, "
				    "type the last digits instead"),
		[PLUG_CAMERA] = TR("The camera was pulled out: work goes on, "
				   "type the last digits instead"),
		[PLUG_SERIAL] = TR("A device on a serial line was pulled out"),
		[PLUG_KEYBOARD] = TR("A keyboard was pulled out"),
	};

	return tr((ev->device.there ? come : gone)[ev->device.plug]);
}

/* Never over a warning, nor before somebody works here. */
static void say(struct desk *d, const struct event *ev)
{
	const struct notice *now = desk_notice(d);

	if (d->user.number == 0 || (now->text[0] && now->level != NOTICE_NOTE))
		return;
	if (ev->device.name[0])
		notice_say(&d->notice, NOTICE_NOTE, "%s (%s)", sentence(ev),
			ev->device.name);
	else
		notice_say(&d->notice, NOTICE_NOTE, "%s", sentence(ev));
}

struct effect desk_device(struct desk *d, const struct event *ev)
{
	if (ev->device.plug != PLUG_KEYBOARD || !ev->device.there ||
		d->info.keyboards_welcome) {
		say(d, ev);
		return effect_of(FX_NONE);
	}
	d->intruder = true;
	return d->waiting == FX_NONE ? desk_intruder(d) : effect_of(FX_NONE);
}
