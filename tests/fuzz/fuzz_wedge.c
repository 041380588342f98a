/*
 * fuzz_wedge.c - any keys at any times, read alone or together.
 *
 * Two bytes a key: what it is, and how long after the one before (the high
 * bit: it is read together with it). Every key comes out at most once, in
 * order, or is part of a scan or a paste; after a second nothing is held;
 * what comes out of a scan is no longer than a scan may be.
 */
#include <stdlib.h>
#include <string.h>

#include "terminal/flows/wedge.h"

enum {
	MOST = 4096
};

struct rig {
	struct wedge wedge;
	long long ms;
	int in[MOST]; /* those that may still come out as keys */
	int count;
	int next;
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void hear_key(struct rig *r, const struct event *ev)
{
	must(ev->at_ms <= r->ms);
	while (r->next < r->count && r->in[r->next] != ev->key)
		r->next++;
	must(r->next < r->count);
	r->next++;
}

static void take(struct rig *r)
{
	static struct event ev;

	while (wedge_take(&r->wedge, r->ms, &ev)) {
		must(ev.kind == EV_KEY || ev.kind == EV_SCAN ||
			ev.kind == EV_PASTED);
		if (ev.kind == EV_SCAN)
			must(ev.scan.len <= sizeof(ev.scan.bytes));
		if (ev.kind == EV_KEY)
			hear_key(r, &ev);
	}
	must(wedge_due(&r->wedge) < 0 || wedge_due(&r->wedge) > r->ms);
}

static int key_of(uint8_t byte)
{
	static const int named[] = {K_ACCEPT, K_BACK, K_DOWN, K_UP, K_ERASE,
		WEDGE_PASTE, WEDGE_PASTE_END, 0x1ec5, 0x111, 0x300};

	if (byte < sizeof(named) / sizeof(named[0]))
		return named[byte];
	return byte < ' ' ? '0' + byte % 10 : byte;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rig r;
	int keys[64];
	int n = 0;
	long long since;

	memset(&r, 0, sizeof(r));
	wedge_init(&r.wedge);
	r.ms = 1000;
	since = r.ms;
	for (size_t i = 0; i + 1 < size && r.count < MOST; i += 2) {
		const bool together = data[i + 1] & 0x80;

		if (n > 0 && (!together || n == 64)) {
			wedge_read(&r.wedge, keys, n, since, r.ms);
			since = r.ms;
			take(&r);
			n = 0;
		}
		r.ms += data[i + 1] & 0x7f;
		if (!together)
			take(&r);
		keys[n++] = key_of(data[i]);
		r.in[r.count++] = key_of(data[i]);
	}
	if (n > 0)
		wedge_read(&r.wedge, keys, n, since, r.ms);
	take(&r);
	for (int i = 0; i < 20; i++) {
		r.ms += 50;
		take(&r);
	}
	must(wedge_due(&r.wedge) < 0);
	return 0;
}
