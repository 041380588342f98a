#include "terminal/flows/help.h"

#include "core/tr.h"

enum {
	SCROLL = 5
};

static const struct binding help_keys[] = {
	{K_ACCEPT, "ENTER", TR("Back"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'.', ".", TR("Further down"), TR("Down"), false},
	{K_DOWN, "Down", TR("Further down"), TR("Down"), false},
	{K_UP, "Up", TR("Further up"), TR("Up"), false},
};

const struct binding *help_bindings(size_t *count)
{
	*count = sizeof(help_keys) / sizeof(help_keys[0]);
	return help_keys;
}

void help_init(struct help *h, const struct binding *row, size_t count)
{
	h->row = row;
	h->count = count;
	h->top = 0;
}

struct effect help_handle(struct help *h, const struct event *ev)
{
	switch (binding_key(help_keys, sizeof(help_keys) / sizeof(help_keys[0]),
		ev)) {
	case K_ACCEPT:
	case '0':
		return effect_of(FX_LEAVE);
	case '.':
	case K_DOWN:
		if (h->top + SCROLL < (int)h->count)
			h->top += SCROLL;
		break;
	case K_UP:
		h->top = h->top > SCROLL ? h->top - SCROLL : 0;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}
