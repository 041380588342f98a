#include "terminal/flows/frozen.h"

#include <string.h>

#include "core/tr.h"

static const struct binding stopped_keys[] = {
	{'5', "5", TR("Count and close the drawer"), TR("Close"), false},
	{'7', "7", TR("Sign out"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const struct binding *frozen_bindings(size_t *count)
{
	*count = sizeof(stopped_keys) / sizeof(stopped_keys[0]);
	return stopped_keys;
}

void frozen_init(struct frozen *f)
{
	memset(f, 0, sizeof(*f));
}

struct effect frozen_handle(struct frozen *f, const struct event *ev)
{
	size_t count;
	const struct binding *b = frozen_bindings(&count);

	notice_clear(&f->notice);
	switch (binding_key(b, count, ev)) {
	case '5':
		return effect_of(FX_LEAVE);
	case '7':
		return effect_of(FX_SIGN_OUT);
	default:
		return effect_of(FX_NONE);
	}
}
