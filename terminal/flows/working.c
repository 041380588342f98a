#include "terminal/flows/working.h"

#include <string.h>

#include "core/tr.h"

static const struct binding keys[] = {
	{'0', "0", TR("Stop it: nothing is half done"), TR("Stop"), true},
};

static const struct {
	enum effect_kind kind;
	const char *title;
} works[] = {
	{FX_COPY, TR("BACKUP")},
	{FX_SHIFT_FILE, TR("SIGNED FILE")},
	{FX_COPY_CHECK, TR("COPIES OF THE BOOK")},
	{FX_RESTORE, TR("COPIES OF THE BOOK")},
	{FX_ARRIVAL_LOOK, TR("LIST FROM THE CENTRE")},
	{FX_ARRIVAL_TAKE, TR("LIST FROM THE CENTRE")},
	{FX_ASSIGN, TR("PAYMENT LISTS")},
	{FX_INTAKE_LOOK, TR("PAYMENT LISTS")},
	{FX_INTAKE_TAKE, TR("PAYMENT LISTS")},
};

static const char *title_of(enum effect_kind kind)
{
	for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++)
		if (works[i].kind == kind)
			return works[i].title;
	return NULL;
}

bool working_is_long(enum effect_kind kind)
{
	return title_of(kind) != NULL;
}

const char *working_title(const struct working *w)
{
	const char *title = title_of(w->kind);

	return title ? tr(title) : "";
}

void working_init(struct working *w, enum effect_kind kind, long long now_ms)
{
	memset(w, 0, sizeof(*w));
	w->kind = kind;
	w->far.parts = 1;
	w->began_ms = w->part_ms = w->now_ms = now_ms;
}

/* A 0 after which nothing came for long enough. */
static void settle_zero(struct working *w)
{
	if (!w->zero || w->now_ms - w->key_ms < WORKING_ALONE_MS)
		return;
	w->zero = false;
	w->stop = true;
}

bool working_far(struct working *w, const struct far *f, long long now_ms)
{
	if (f->part != w->far.part)
		w->part_ms = now_ms;
	w->far = *f;
	w->now_ms = now_ms;
	settle_zero(w);
	return !w->stop;
}

void working_key(struct working *w, int key, long long now_ms)
{
	const bool alone =
		w->key_ms == 0 || now_ms - w->key_ms >= WORKING_ALONE_MS;

	w->now_ms = now_ms;
	settle_zero(w);
	w->key_ms = now_ms;
	w->zero = alone && key == '0';
	if (key == K_BACK)
		w->stop = true;
}

bool working_due(struct working *w)
{
	if (w->now_ms - w->began_ms < WORKING_SOON_MS ||
		(w->drawn_ms > 0 && w->now_ms - w->drawn_ms < WORKING_EVERY_MS))
		return false;
	w->drawn_ms = w->now_ms;
	return true;
}

const struct binding *working_bindings(const struct working *w, size_t *count)
{
	*count = w->stop ? 0 : sizeof(keys) / sizeof(keys[0]);
	return keys;
}
