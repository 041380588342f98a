/* Before a shift opens: the Z slip of the one before it (drawer.h). */
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/drawer_internal.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/proof_text.h"
#include "terminal/flows/refusal_text.h"

static struct effect compare(struct drawer *d, const struct event *ev)
{
	struct effect fx = effect_of(FX_EVIDENCE);

	if (!proof_scanned(ev->scan.bytes, ev->scan.len, d->last_slip)) {
		d->last_slip[0] = '\0';
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("This is not the code of a receipt or a Z slip."));
		return effect_of(FX_NONE);
	}
	str_copy(fx.paper, sizeof(fx.paper), d->last_slip);
	notice_clear(&d->notice);
	d->step = DRAWER_COMPARING;
	return fx;
}

struct effect drawer_on_last_slip(struct drawer *d, const struct event *ev)
{
	if (ev->kind == EV_SCAN)
		return compare(d, ev);
	switch (drawer_key(d, ev)) {
	case '1':
		d->last_slip[0] = '\0';
		notice_clear(&d->notice);
		d->step = DRAWER_NOTES;
		break;
	case '0':
		return drawer_leave(d, false);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static void compared(struct drawer *d, const struct proof_found *f)
{
	const struct refusal other = {.code = REFUSED_SLIP};
	char text[PROOF_MESSAGE_SIZE];

	if (f->proof == PROOF_AGREES && f->slip && f->shift == d->last_closed) {
		proof_text(f, text, sizeof(text));
		notice_say(&d->notice, NOTICE_NOTE, "%s", text);
		d->step = DRAWER_NOTES;
		return;
	}
	if (f->proof == PROOF_AGREES)
		refusal_text(&other, text, sizeof(text));
	else
		proof_text(f, text, sizeof(text));
	d->last_slip[0] = '\0';
	notice_say(&d->notice,
		f->proof == PROOF_MISSING ? NOTICE_STOP : NOTICE_WARN, "%s",
		text);
	d->step = DRAWER_LAST_SLIP;
}

struct effect drawer_on_comparing(struct drawer *d, const struct event *ev)
{
	if (ev->kind == EV_FAILED) {
		d->last_slip[0] = '\0';
		notice_say(&d->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		d->step = DRAWER_LAST_SLIP;
	}
	if (ev->kind != EV_EVIDENCE)
		return effect_of(FX_NONE);
	compared(d, &ev->evidence);
	/* Nothing can be opened here any more: the desk says the rest. */
	return ev->evidence.frozen ? drawer_leave(d, false)
				   : effect_of(FX_NONE);
}
