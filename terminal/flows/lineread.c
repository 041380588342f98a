#include "terminal/flows/lineread.h"

#include <string.h>
#include <strings.h>

#include "core/crypto.h"
#include "core/utf8.h"
#include "terminal/flows/entry.h"
#include "terminal/flows/wedge_text.h"

void lineread_init(struct lineread *l)
{
	memset(l, 0, sizeof(*l));
	l->at = l->line;
}

void lineread_clear(struct lineread *l)
{
	crypto_wipe(l->ahead, sizeof(l->ahead));
	crypto_wipe(l->line, sizeof(l->line));
	l->len = 0;
	l->at = l->line;
	if (l->step != LINEREAD_IDLE)
		l->step = LINEREAD_OVER;
}

/* ---- the keys of this mode ------------------------------------------------ */

static bool has(const struct binding *b, size_t count, int key)
{
	for (size_t i = 0; i < count; i++)
		if (b[i].key == key)
			return true;
	return false;
}

static bool takes_text(const struct binding *b, size_t count)
{
	return has(b, count, K_DIGITS) || has(b, count, K_LETTERS);
}

static const struct binding *accept_row(const struct binding *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (b[i].key == K_ACCEPT)
			return &b[i];
	return NULL;
}

/* Two keys that do the same, for the same roles. */
static bool same_act(const struct binding *a, const struct binding *b)
{
	return strcasecmp(a->does, b->does) == 0 &&
	       (a->rules & ~BINDING_ONCE) == (b->rules & ~BINDING_ONCE);
}

/* Another key that does the same as ENTER does. */
static bool is_said_by_another(const struct binding *b, size_t count,
	const struct binding *accept)
{
	for (size_t i = 0; i < count; i++)
		if (&b[i] != accept && strcasecmp(b[i].does, accept->does) == 0)
			return true;
	return false;
}

/* The digit that stands for ENTER; K_ACCEPT: ENTER itself; 0: nothing does. */
static int accept_key(const struct binding *b, size_t count)
{
	const struct binding *accept = accept_row(b, count);

	if (!accept)
		return 0;
	if (!(accept->rules & BINDING_ONCE) || takes_text(b, count))
		return K_ACCEPT;
	if (is_said_by_another(b, count, accept))
		return 0;
	for (int key = '1'; key <= '9'; key++)
		if (!binding_find(b, count, key))
			return key;
	return K_ACCEPT;
}

static const struct {
	int key;
	char sign;
	const char *name;
} signs[] = {
	{K_BACK, '/', "/"},
	{K_DOWN, '+', "+"},
	{K_UP, '-', "-"},
	{K_PAGE_UP, '<', "<"},
};

enum {
	SIGNS = sizeof(signs) / sizeof(signs[0])
};

/* Arrows and page keys often do the same: one of them is offered. */
static bool is_said_before(const struct binding *b, const struct binding *row)
{
	for (; b < row; b++)
		if (same_act(b, row))
			return true;
	return false;
}

const char *lineread_key_name(const struct binding *b, size_t count,
	const struct binding *row)
{
	static const char *const digit[] = {"1", "2", "3", "4", "5", "6", "7",
		"8", "9"};
	const int accept = accept_key(b, count);

	if (row->key == K_ACCEPT && accept >= '1' && accept <= '9')
		return digit[accept - '1'];
	if (row->key == K_ACCEPT && accept == 0)
		return "";
	for (size_t i = 0; i < SIGNS; i++)
		if (signs[i].key == row->key)
			return is_said_before(b, row) ? "" : signs[i].name;
	/* A line is typed anew, not letter by letter. */
	if (row->key == K_ERASE || row->key == K_ERASE_WORD)
		return "";
	return row->key_name;
}

/* ---- what a line is --------------------------------------------------------- */

static int one_character(const char *line)
{
	const char *at = line;
	const uint32_t ch = utf8_next(&at);

	return ch != 0 && *at == '\0' ? (int)ch : 0;
}

/* The key that a line of one character stands for, 0 if it is a text. */
static int key_of(const struct lineread_screen *s, int ch)
{
	const struct binding *row = binding_find(s->b, s->count, ch);
	const int accept = accept_key(s->b, s->count);

	for (size_t i = 0; i < SIGNS; i++)
		if (signs[i].sign == ch &&
			(has(s->b, s->count, signs[i].key) ||
				(signs[i].key == K_BACK &&
					has(s->b, s->count, '0'))))
			return signs[i].key;
	if (accept == ch)
		return K_ACCEPT;
	if (!row || row->key == K_DIGITS || row->key == K_LETTERS ||
		!binding_is_for(row, s->role))
		return 0;
	return ch;
}

static bool is_typed(const struct lineread_screen *s, uint32_t ch)
{
	if (ch < ' ' || ch == 0x7f || ch == UTF8_BAD || ch == '*' || ch == '#')
		return false;
	if (has(s->b, s->count, K_LETTERS))
		return true;
	if (!has(s->b, s->count, K_DIGITS))
		return false;
	/* Between the numbers of a date. */
	return (ch >= '0' && ch <= '9') ||
	       ((ch == '/' || ch == '-' || ch == '.') &&
		       !has(s->b, s->count, (int)ch));
}

static bool may_be_typed(const struct lineread_screen *s, const char *line)
{
	const char *at = line;

	while (*at)
		if (!is_typed(s, utf8_next(&at)))
			return false;
	return has(s->b, s->count, K_LETTERS) || strpbrk(line, "0123456789");
}

/* ---- lines out of bytes ------------------------------------------------------ */

void lineread_put(struct lineread *l, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len && l->len < sizeof(l->ahead); i++) {
		/* CR, LF, or both of them end a line. */
		if (bytes[i] != '\n' || !l->after_cr)
			l->ahead[l->len++] = bytes[i] == '\r' ? '\n' : bytes[i];
		l->after_cr = bytes[i] == '\r';
	}
}

/* Take so many bytes away from what was typed ahead. */
static void consume(struct lineread *l, size_t n)
{
	memmove(l->ahead, l->ahead + n, l->len - n);
	crypto_wipe(l->ahead + l->len - n, n);
	l->len -= n;
}

/* The next whole line. One that is too long, or has a NUL, is none: "*". */
static bool take_line(struct lineread *l)
{
	const char *end = memchr(l->ahead, '\n', l->len);
	size_t len;

	if (!end) {
		if (l->len < sizeof(l->ahead))
			return false;
		consume(l, l->len);
		l->too_long = true;
		return false;
	}
	len = (size_t)(end - l->ahead);
	if (l->too_long || len > LINEREAD_LINE || memchr(l->ahead, '\0', len)) {
		memcpy(l->line, "**", sizeof("**")); /* means nothing */
	} else {
		memcpy(l->line, l->ahead, len);
		l->line[len] = '\0';
	}
	l->too_long = false;
	consume(l, len + 1);
	l->at = l->line;
	return true;
}

/* ---- step by step ------------------------------------------------------------ */

static enum lineread_does give_key(struct event *ev, int key, long long at_ms)
{
	memset(ev, 0, sizeof(*ev));
	ev->kind = EV_KEY;
	ev->key = key;
	ev->at_ms = at_ms;
	return LINEREAD_EVENT;
}

static enum lineread_does give_scan(struct event *ev, const char *line,
	long long at_ms)
{
	memset(ev, 0, sizeof(*ev));
	ev->kind = EV_SCAN;
	ev->at_ms = at_ms;
	ev->scan.how.by = SCANNED_BY_KEYS;
	ev->scan.len = strlen(line);
	memcpy(ev->scan.bytes, line, ev->scan.len);
	return LINEREAD_EVENT;
}

static enum lineread_does finish(struct lineread *l, enum lineread_does how)
{
	crypto_wipe(l->line, sizeof(l->line));
	l->at = l->line;
	l->step = LINEREAD_IDLE;
	return how;
}

static enum lineread_does begin(struct lineread *l,
	const struct lineread_screen *s, long long at_ms, struct event *ev)
{
	const size_t len = strlen(l->line);
	const int ch = one_character(l->line);
	int key;

	if (len == 0) {
		if (accept_key(s->b, s->count) != K_ACCEPT)
			return finish(l, LINEREAD_NO);
		l->step = LINEREAD_OVER;
		return give_key(ev, K_ACCEPT, at_ms);
	}
	if (ch == '?')
		return finish(l, LINEREAD_AGAIN);
	if (len <= IDCARD_MAX_BYTES && wedge_has_shape(l->line, len)) {
		l->step = LINEREAD_OVER;
		return give_scan(ev, l->line, at_ms);
	}
	key = ch != 0 ? key_of(s, ch) : 0;
	if (key != 0) {
		l->step = LINEREAD_OVER;
		return give_key(ev, key, at_ms);
	}
	if (!may_be_typed(s, l->line))
		return finish(l, LINEREAD_NO);
	l->erased = 0;
	l->step = LINEREAD_ERASING;
	return lineread_next(l, s, at_ms, ev);
}

static enum lineread_does type(struct lineread *l,
	const struct lineread_screen *s, long long at_ms, struct event *ev)
{
	const char *at = l->at;
	const uint32_t ch = utf8_next(&at);

	/* The screen may be another one by now. */
	if (!is_typed(s, ch) || !takes_text(s->b, s->count))
		return finish(l, LINEREAD_NO);
	l->at = at;
	if (*at == '\0')
		l->step = LINEREAD_ENDING;
	return give_key(ev, (int)ch, at_ms);
}

enum lineread_does lineread_next(struct lineread *l,
	const struct lineread_screen *s, long long at_ms, struct event *ev)
{
	switch (l->step) {
	case LINEREAD_IDLE:
		return take_line(l) ? begin(l, s, at_ms, ev) : LINEREAD_NOTHING;
	case LINEREAD_ERASING:
		if (s->typed > 0 && l->erased++ < ENTRY_SIZE)
			return give_key(ev, K_ERASE, at_ms);
		l->step = LINEREAD_TYPING;
		return type(l, s, at_ms, ev);
	case LINEREAD_TYPING:
		return type(l, s, at_ms, ev);
	case LINEREAD_ENDING:
		if (!takes_text(s->b, s->count) ||
			accept_key(s->b, s->count) != K_ACCEPT)
			return finish(l, LINEREAD_DONE);
		l->step = LINEREAD_OVER;
		return give_key(ev, K_ACCEPT, at_ms);
	case LINEREAD_OVER:
		break;
	}
	return finish(l, LINEREAD_DONE);
}
