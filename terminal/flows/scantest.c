#include "terminal/flows/scantest.h"

#include <string.h>

#include "core/crypto.h"
#include "core/tr.h"

static const struct binding empty_keys[] = {
	{K_SCAN, "", TR("Shows what the scanner sent"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding seen_keys[] = {
	{'1', "1", TR("As bytes / as text"), TR("Bytes / text"), false},
	{'2', "2", TR("Wipe it"), TR("Wipe"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

void scantest_init(struct scantest *t)
{
	crypto_wipe(t, sizeof(*t));
}

const struct binding *scantest_bindings(enum scantest_step step, size_t *count)
{
	if (step == SCANTEST_SEEN) {
		*count = sizeof(seen_keys) / sizeof(seen_keys[0]);
		return seen_keys;
	}
	*count = sizeof(empty_keys) / sizeof(empty_keys[0]);
	return empty_keys;
}

static void see(struct scantest *t, const struct event *ev)
{
	t->step = SCANTEST_SEEN;
	t->count++;
	t->len = ev->scan.len;
	crypto_wipe(t->bytes, sizeof(t->bytes));
	memcpy(t->bytes, ev->scan.bytes, t->len);
	t->how = ev->scan.how;
	scan_says(&t->says, t->bytes, t->len, &t->how);
}

struct effect scantest_handle(struct scantest *t, const struct event *ev)
{
	size_t count;
	const struct binding *b = scantest_bindings(t->step, &count);

	if (ev->kind == EV_SCAN) {
		see(t, ev);
		return effect_of(FX_NONE);
	}
	switch (binding_key(b, count, ev)) {
	case '0':
		scantest_init(t);
		return effect_of(FX_LEAVE);
	case '1':
		t->hex = !t->hex;
		break;
	case '2':
		scantest_init(t);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}
