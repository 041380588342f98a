#include "terminal/flows/contact.h"

#include <string.h>

#include "core/tr.h"

static const struct binding show_keys[] = {
	{'1', "1", TR("Send now"), NULL, true},
	{'2', "2", TR("Lists that came from the centre"), TR("Lists that came"),
		BINDING_NEEDS(ACT_DOWN)},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding none_keys[] = {
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const struct binding *contact_bindings(enum contact_step step, size_t *count)
{
	switch (step) {
	case CONTACT_SHOW:
		*count = sizeof(show_keys) / sizeof(show_keys[0]);
		return show_keys;
	case CONTACT_NONE:
		*count = sizeof(none_keys) / sizeof(none_keys[0]);
		return none_keys;
	case CONTACT_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void contact_start(struct contact *c, const struct status *status)
{
	memset(c, 0, sizeof(*c));
	c->step = status->has_centre ? CONTACT_SHOW : CONTACT_NONE;
}

struct effect contact_handle(struct contact *c, const struct event *ev)
{
	size_t count;
	const struct binding *b = contact_bindings(c->step, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_KEY)
		notice_clear(&c->notice);
	if (key == '1') {
		notice_say(&c->notice, NOTICE_NOTE, "%s",
			tr("Sending. You may go on working."));
		return effect_of(FX_SEND);
	}
	c->lists = key == '2';
	return effect_of(key == '0' || key == '2' ? FX_LEAVE : FX_NONE);
}
