#include "terminal/flows/wedge.h"

#include <assert.h>
#include <string.h>

#include "core/crypto.h"
#include "terminal/flows/wedge_text.h"

enum {
	LEAST = 6, /* keys of a scan … */
	LEAST_FAST = 4,
	LEAST_PAUSED = 10, /* and of one that paused in between */
	FASTEST_US = 300,  /* … a key; no keyboard is faster … */
	FAST_US = 6000,    /* … four of them so fast … */
	SLOWEST_US = 17000,
	LEAST_READS = 3, /* … and seen to come one after the other */
	FEW = 3,         /* keys that may be two hands at once */
	HELD_DOWN = 5,   /* the same key so often, and no faster than a
			    keyboard repeats, is a key held down */
	HELD_GAP_MS = 50
};

void wedge_init(struct wedge *w)
{
	memset(w, 0, sizeof(*w));
	w->tail_until_ms = -1;
}

void wedge_clear(struct wedge *w)
{
	const bool off = w->off;
	const bool pasting = w->pasting;
	const long long last_ms = w->last_ms;
	const long long tail_ms = w->tail_until_ms;
	const bool tail_open = w->tail_open;

	crypto_wipe(w, sizeof(*w));
	w->off = off;
	w->pasting = pasting;
	w->last_ms = last_ms;
	w->tail_until_ms = tail_ms;
	w->tail_open = tail_open;
}

/* ---- what is held ---- */

static int held(const struct wedge *w)
{
	return w->count - w->ready;
}

static const int *first_held(const struct wedge *w)
{
	return w->key + w->ready;
}

static bool is_text(int key)
{
	return key >= ' ' && key < K_NAMED_FIRST;
}

static bool is_end(int key)
{
	return key == K_ACCEPT || key == K_DOWN;
}

/* Did they come at so many microseconds each, or faster? */
static bool is_pace(const struct wedge *w, long long us)
{
	return (w->last_ms - w->first_ms) * 1000 <= us * (w->burst - 1);
}

/* Nothing but one key, over and over. */
static bool is_one_key(const struct wedge *w)
{
	const int *key = first_held(w);

	for (int i = 1; i < held(w); i++)
		if (key[i] != key[0])
			return false;
	return true;
}

/* Did they come one after the other as fast as only a machine types? */
static bool is_timed(const struct wedge *w)
{
	const int after = w->burst - w->at_once;
	long long us;

	if (w->reads < LEAST_READS || after < FEW || w->burst < LEAST_FAST)
		return false;
	if (w->longest > WEDGE_GAP_MS && w->burst < LEAST_PAUSED)
		return false;
	us = (w->last_ms - w->first_ms) * 1000 / after;
	if (us < FASTEST_US || is_one_key(w))
		return false;
	return us <= (w->burst < LEAST ? FAST_US : SLOWEST_US);
}

static bool is_shaped(const struct wedge *w)
{
	char text[IDCARD_MAX_BYTES];
	struct scanned how;
	size_t len;
	bool shaped;

	if (w->over || held(w) < LEAST)
		return false;
	len = wedge_text(first_held(w), held(w), text, sizeof(text), &how);
	shaped = wedge_has_shape(text, len);
	crypto_wipe(text, sizeof(text));
	return shaped;
}

/* ---- deciding ---- */

static void begin_anew(struct wedge *w)
{
	w->reads = 0;
	w->at_once = 0;
	w->burst = 0;
	w->longest = 0;
	w->over = false;
}

static void make_scan(struct wedge *w)
{
	memset(&w->how, 0, sizeof(w->how));
	w->how.by = SCANNED_BY_KEYS;
	w->how.ms = (int)(w->last_ms - w->first_ms);
	w->how.pieces = w->burst;
	w->how.longest = w->longest;
	w->len = wedge_text(first_held(w), held(w), w->text, sizeof(w->text),
		&w->how);
	/* More than a card can be is still more than a card can be. */
	if (w->over)
		w->len = sizeof(w->text);
	w->scanned = true;
	w->tail_open = w->how.end == SCANNED_END_NONE;
	w->tail_until_ms = w->last_ms + WEDGE_TAIL_MS;
	crypto_wipe(w->key + w->ready, (size_t)held(w) * sizeof(w->key[0]));
	w->count = w->ready;
}

/* Not one of them is a key: it belongs to the scan that was before. */
static bool is_tail(const struct wedge *w)
{
	return w->tail_open && w->first_ms <= w->tail_until_ms &&
	       held(w) <= FEW;
}

static void resolve(struct wedge *w)
{
	if (held(w) == 0)
		return;
	if (is_timed(w) || is_shaped(w)) {
		make_scan(w);
	} else if (w->over) {
		w->pasted = true;
		w->count = w->ready;
	} else if (is_tail(w)) {
		w->tail_until_ms = w->last_ms + WEDGE_TAIL_MS;
		w->count = w->ready;
	} else {
		w->ready = w->count;
	}
	begin_anew(w);
}

static long long sooner(long long a, long long b)
{
	return a < b ? a : b;
}

/* Hardly a person any more: then a busy machine's scanner may pause. */
static bool is_fast(const struct wedge *w)
{
	return w->burst >= FEW && w->reads >= FEW && is_pace(w, FAST_US);
}

/* Until when the next key of what is held may come. */
static long long held_until(const struct wedge *w)
{
	const long long gap =
		w->last_ms + (is_fast(w) ? WEDGE_PAUSE_MS : WEDGE_GAP_MS);

	if (w->burst < FEW)
		return sooner(gap, w->first_ms + WEDGE_HOLD_MS);
	if (is_timed(w) || is_shaped(w))
		return w->last_ms + (is_end(w->key[w->count - 1])
						    ? WEDGE_GAP_MS
						    : WEDGE_STALL_MS);
	return sooner(gap, w->first_ms + WEDGE_LONGEST_MS);
}

static void settle(struct wedge *w, long long now_ms)
{
	if (w->pasting && now_ms - w->last_ms >= WEDGE_PASTE_MS) {
		w->pasting = false;
		w->pasted = true;
	}
	if (held(w) > 0 && now_ms >= held_until(w))
		resolve(w);
}

/* ---- keys in ---- */

/* True if there was room. */
static bool append(struct wedge *w, int key, long long now_ms)
{
	if (w->count == WEDGE_MAX)
		return false;
	w->key[w->count] = key;
	w->at_ms[w->count++] = now_ms;
	return true;
}

static void append_ready(struct wedge *w, int key, long long now_ms)
{
	if (append(w, key, now_ms))
		w->ready = w->count;
	w->last_ms = now_ms;
}

static void append_held(struct wedge *w, int key, long long now_ms)
{
	if (w->burst == 0) {
		w->first_ms = now_ms;
		w->reads = 1;
	} else if (w->fresh) {
		w->reads++;
		if (now_ms - w->last_ms > w->longest)
			w->longest = (int)(now_ms - w->last_ms);
	}
	w->fresh = false;
	w->burst++;
	if (w->reads == 1)
		w->at_once = w->burst;
	w->last_ms = now_ms;
	if (!append(w, key, now_ms))
		w->over = true;
	if (w->burst == HELD_DOWN && is_one_key(w) && !is_pace(w, FAST_US)) {
		w->held_down = key;
		resolve(w);
	}
}

static void put(struct wedge *w, int key, long long now_ms)
{
	if (key == WEDGE_PASTE) {
		resolve(w);
		w->pasting = true;
		w->last_ms = now_ms;
	} else if (w->pasting || key == WEDGE_PASTE_END) {
		w->pasted = w->pasted || (w->pasting && key == WEDGE_PASTE_END);
		w->pasting = w->pasting && key != WEDGE_PASTE_END;
		w->last_ms = now_ms;
	} else if (w->off) {
		append_ready(w, key, now_ms);
	} else if (w->burst > 0) {
		append_held(w, key, now_ms);
	} else if (key == w->held_down && now_ms - w->last_ms <= HELD_GAP_MS) {
		append_ready(w, key, now_ms);
	} else if (is_end(key) && now_ms <= w->tail_until_ms) {
		w->tail_until_ms = now_ms + WEDGE_TAIL_MS;
	} else if (!is_text(key)) {
		w->held_down = 0;
		append_ready(w, key, now_ms);
	} else {
		w->held_down = 0;
		/* After a whole scan this is the user: so is his ENTER. */
		if (!w->tail_open)
			w->tail_until_ms = -1;
		append_held(w, key, now_ms);
	}
}

void wedge_read(struct wedge *w, const int *keys, int n, long long since_ms,
	long long now_ms)
{
	assert(w->taken == w->ready && !w->scanned && !w->pasted);
	/* Several at once have waited for somebody to look; one has not. */
	settle(w, n > 1 ? sooner(since_ms, now_ms) : now_ms);
	w->fresh = true;
	for (int i = 0; i < n; i++)
		put(w, keys[i], now_ms);
}

/* ---- events out ---- */

static void take_scan(struct wedge *w, struct event *ev)
{
	ev->kind = EV_SCAN;
	ev->scan.len = w->len;
	ev->scan.how = w->how;
	memcpy(ev->scan.bytes, w->text, w->len);
	crypto_wipe(w->text, sizeof(w->text));
	w->scanned = false;
}

static void take_key(struct wedge *w, struct event *ev)
{
	ev->kind = EV_KEY;
	ev->at_ms = w->at_ms[w->taken];
	ev->key = w->key[w->taken];
	w->key[w->taken++] = 0;
	if (w->taken < w->count)
		return;
	w->taken = 0;
	w->ready = 0;
	w->count = 0;
}

bool wedge_take(struct wedge *w, long long now_ms, struct event *ev)
{
	if (!w->scanned && !w->pasted && w->taken == w->ready)
		settle(w, now_ms);
	memset(ev, 0, sizeof(*ev));
	ev->at_ms = now_ms;
	if (w->scanned) {
		take_scan(w, ev);
	} else if (w->taken < w->ready) {
		take_key(w, ev);
	} else if (w->pasted) {
		w->pasted = false;
		ev->kind = EV_PASTED;
	} else {
		return false;
	}
	return true;
}

long long wedge_due(const struct wedge *w)
{
	if (w->pasting)
		return w->last_ms + WEDGE_PASTE_MS;
	return held(w) > 0 ? held_until(w) : -1;
}
