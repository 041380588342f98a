#include "terminal/ui/chime.h"

#include <assert.h>
#include <string.h>

static const struct chime_tone tones[CHIME_COUNT] = {
	[CHIME_FINE] = {1, 0, 1000, 80},
	[CHIME_LOOK] = {2, 250, 700, 150},
	[CHIME_STOP] = {3, 450, 330, 350},
};

struct chime_tone chime_tone(enum chime chime)
{
	assert((int)chime >= 0 && chime < CHIME_COUNT);
	return tones[chime];
}

void chimes_init(struct chimes *c, bool off)
{
	memset(c, 0, sizeof(*c));
	c->off = off;
}

void chimes_event(struct chimes *c, enum event_kind kind)
{
	switch (kind) {
	case EV_SIGNED_IN:
	case EV_PERSON:
	case EV_PAID:
	case EV_HANDED:
	case EV_NOT_HANDED:
	case EV_RECOVERED:
	case EV_VOIDED:
	case EV_COMPLAINT:
	case EV_ACCOUNT:
	case EV_CONSENT:
	case EV_REQUEST:
	case EV_VISIT:
	case EV_VISIT_LOOK:
	case EV_NOT_PAID_SAVED:
	case EV_SHIFT_CLOSED:
	case EV_USER_SAVED:
	case EV_COPIED:
	case EV_APPROVAL:
	case EV_CONFIRMED:
		c->fine = true;
		break;
	default: /* neither good nor bad, or the screen says so */
		break;
	}
}

/* FNV-1a of the text in that style, 0 if there is none. */
static uint32_t text_in(const struct canvas *screen, enum style style)
{
	const uint32_t start = 2166136261U;
	uint32_t sum = start;

	for (int row = screen->part.body; row < screen->part.keys; row++)
		for (int col = 0; col < screen->cols; col++) {
			const struct cell *cell = &screen->cell[row][col];

			if (cell->style == style && cell->ch != ' ')
				sum = (sum ^ cell->ch) * 16777619U;
		}
	return sum == start ? 0 : sum;
}

static void begin(struct chimes *c, enum chime chime, long long now_ms)
{
	/* What matters more is not cut short by what matters less. */
	if (c->left > 0 && chime < c->now)
		return;
	c->now = chime;
	c->left = tones[chime].beeps;
	c->due_ms = now_ms;
}

enum chime chimes_screen(struct chimes *c, const struct canvas *screen,
	long long now_ms)
{
	const uint32_t stops = text_in(screen, STYLE_STOP);
	const uint32_t looks = text_in(screen, STYLE_WARNING);
	enum chime chime = CHIME_NONE;

	if (stops != 0 && stops != c->stops)
		chime = CHIME_STOP;
	else if (looks != 0 && looks != c->looks)
		chime = CHIME_LOOK;
	else if (c->fine)
		chime = CHIME_FINE;
	c->stops = stops;
	c->looks = looks;
	c->fine = false;
	if (chime != CHIME_NONE && !c->off)
		begin(c, chime, now_ms);
	return chime;
}

bool chimes_ring(struct chimes *c, long long now_ms)
{
	if (c->left == 0 || now_ms < c->due_ms)
		return false;
	c->left--;
	c->due_ms = now_ms + tones[c->now].every_ms;
	return true;
}

long long chimes_due(const struct chimes *c)
{
	return c->left > 0 ? c->due_ms : -1;
}
