#include "terminal/flows/viewfinder.h"

#include <string.h>

#include "core/tr.h"

static const struct binding looking_keys[] = {
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding stopped_keys[] = {
	{K_ACCEPT, "ENTER", TR("Try the camera again"), TR("Again"), true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const struct binding *viewfinder_bindings(enum viewfinder_step step,
	size_t *count)
{
	if (step == VIEWFINDER_OPENING || step == VIEWFINDER_LOOKING) {
		*count = sizeof(looking_keys) / sizeof(looking_keys[0]);
		return looking_keys;
	}
	*count = sizeof(stopped_keys) / sizeof(stopped_keys[0]);
	return stopped_keys;
}

void viewfinder_init(struct viewfinder *v)
{
	memset(v, 0, sizeof(*v));
	v->step = VIEWFINDER_OPENING;
}

bool viewfinder_looks(const struct viewfinder *v)
{
	return v->step == VIEWFINDER_OPENING || v->step == VIEWFINDER_LOOKING;
}

/* ---- pictures --------------------------------------------------------------- */

/* A hint that comes and goes with every picture helps nobody: twice. */
static void choose_hint(struct viewfinder *v, const struct event *ev)
{
	const enum camera_hint now = ev->camera.hint;

	if (now != CAMERA_HINT_NONE) {
		v->good_ms = 0;
		if (v->seen.hint == now)
			v->hint = now;
		return;
	}
	if (v->good_ms == 0)
		v->good_ms = ev->at_ms;
	if (v->seen.hint == CAMERA_HINT_NONE)
		v->hint = ev->at_ms - v->good_ms >= VIEWFINDER_NEARER_MS
				  ? CAMERA_HINT_NEARER
				  : CAMERA_HINT_NONE;
}

static void on_picture(struct viewfinder *v, const struct event *ev)
{
	v->step = VIEWFINDER_LOOKING;
	choose_hint(v, ev);
	v->seen = ev->camera;
	notice_clear(&v->notice);
	if (v->seen.state == CAMERA_TWO_CODES)
		notice_say(&v->notice, NOTICE_WARN, "%s",
			viewfinder_trouble_text(v->seen.state));
}

static void on_camera(struct viewfinder *v, const struct event *ev)
{
	/* A late word of a run that is over. */
	if (!viewfinder_looks(v))
		return;
	if (v->since_ms == 0)
		v->since_ms = ev->at_ms;
	if (ev->camera.state <= CAMERA_TWO_CODES) {
		on_picture(v, ev);
		return;
	}
	v->step = VIEWFINDER_FAILED;
	v->seen = ev->camera;
	notice_say(&v->notice, NOTICE_WARN, "%s",
		viewfinder_trouble_text(ev->camera.state));
}

static void on_tick(struct viewfinder *v, const struct event *ev)
{
	if (!viewfinder_looks(v))
		return;
	if (v->since_ms == 0)
		v->since_ms = ev->at_ms;
	if (ev->at_ms - v->since_ms < VIEWFINDER_MOST_MS)
		return;
	v->step = VIEWFINDER_TIRED;
	memset(&v->seen, 0, sizeof(v->seen));
	notice_say(&v->notice, NOTICE_NOTE, "%s",
		tr("Nothing was read in a minute. The camera is off."));
}

struct effect viewfinder_handle(struct viewfinder *v, const struct event *ev)
{
	size_t count;
	const struct binding *b = viewfinder_bindings(v->step, &count);

	if (ev->kind == EV_CAMERA)
		on_camera(v, ev);
	else if (ev->kind == EV_TICK)
		on_tick(v, ev);
	switch (binding_key(b, count, ev)) {
	case '0':
		return effect_of(FX_LEAVE);
	case K_ACCEPT:
		viewfinder_init(v);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- sentences ------------------------------------------------------------------ */

const char *viewfinder_hint_text(enum camera_hint hint)
{
	static const char *const text[CAMERA_HINT_COUNT] = {
		[CAMERA_HINT_NONE] = TR("Hold the QR code of the card in the "
					"frame."),
		[CAMERA_HINT_DARK] = TR("Too dark: more light on the card."),
		[CAMERA_HINT_GLARE] = TR("Glare: tilt the card away from the "
					 "lamp."),
		[CAMERA_HINT_MOVING] = TR("Hold it still."),
		[CAMERA_HINT_BLURRED] = TR("Not sharp: the card a little "
					   "nearer or further away."),
		[CAMERA_HINT_NEARER] = TR("Bring the card nearer: the code "
					  "should fill the frame."),
	};

	return tr(text[hint]);
}

const char *viewfinder_trouble_text(enum camera_state state)
{
	static const char *const text[CAMERA_STATE_COUNT] = {
		[CAMERA_SEES] = "",
		[CAMERA_TWO_CODES] = TR("Two codes are in view: hold up one "
					"card only."),
		[CAMERA_ABSENT] = TR("No camera is plugged in. Use a scanner, "
				     "or type the number."),
		[CAMERA_BUSY] = TR("Another program is using the camera."),
		[CAMERA_DENIED] = TR("The camera may not be used by this "
				     "program: tell the technician."),
		[CAMERA_LOST] = TR("The camera was pulled out."),
		[CAMERA_STUCK] = TR("The camera does not answer. Pull it out "
				    "and plug it in again."),
		[CAMERA_FAILED] = TR("The camera gives no usable picture: tell "
				     "the technician."),
	};

	return text[state][0] ? tr(text[state]) : "";
}
