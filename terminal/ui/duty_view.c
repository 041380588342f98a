#include "terminal/ui/duty_view.h"

#include <stdio.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/parts.h"

enum {
	KEY_COL = 2,  /* from the margin, as in a menu */
	TEXT_COL = 5, /* the same */
	GAP = 4,      /* between a row and its word: two dots, two blanks */
	MOST_COLS = 66,
	TEXT_SIZE = 256
};

/* ---- rows ------------------------------------------------------------------ */

static bool is_row(const struct binding *b, const struct frame_info *info)
{
	return b->key >= '1' && b->key <= '9' && binding_is_for(b, info->role);
}

/* Its long name, if there is room for that and for what waits. */
static const char *name_of(const struct binding *b, const char *waits, int cols)
{
	const char *name = tr(b->does);
	const int room = *waits ? cols - utf8_columns(waits) - GAP : cols;

	return b->brief && utf8_columns(name) > room ? tr(b->brief) : name;
}

static void row(struct sheet *s, const struct binding *b,
	const struct duty_waits *w)
{
	const int cols = s->cols < MOST_COLS ? s->cols : MOST_COLS;
	const int at = s->margin + cols - utf8_columns(w->text);
	const int line = sheet_line(s, RANK_MUST);
	int col;

	canvas_text(&s->lines, line, s->margin + KEY_COL, STYLE_KEY,
		b->key_name);
	col = canvas_text(&s->lines, line, s->margin + TEXT_COL, STYLE_NORMAL,
		name_of(b, w->text, cols - TEXT_COL));
	if (!w->text[0])
		return;
	canvas_repeat(&s->lines, line, col + 1, STYLE_DIM, '.', at - col - 2);
	canvas_text(&s->lines, line, at, w->urgent ? STYLE_WARNING : STYLE_DIM,
		w->text);
}

/* There the keys have a line each anyway: only what waits is said. */
static void spoken_row(struct sheet *s, const struct binding *b,
	const struct duty_waits *w)
{
	if (w->text[0])
		sheet_print(s, RANK_MUST, STYLE_NORMAL, "%s: %s",
			tr(b->brief ? b->brief : b->does), w->text);
}

static void rows(struct sheet *s, const struct duty *d,
	const struct frame_info *info, const struct frame *frame)
{
	for (size_t i = 0; i < frame->bindings; i++) {
		const struct binding *b = &frame->binding[i];
		struct duty_waits w;

		if (!is_row(b, info))
			continue;
		duty_says(d, info->status, b->key, &w);
		if (s->spoken)
			spoken_row(s, b, &w);
		else
			row(s, b, &w);
	}
}

/* ---- what has no row ---------------------------------------------------------- */

static void say_requests(struct sheet *s, const struct duty_counts *c)
{
	char text[TEXT_SIZE];

	if (c->requests == 0)
		return;
	if (c->late > 0)
		snprintf(text, sizeof(text),
			tr("What people asked about their data: %lld open, %lld"
			   " of them late"),
			(long long)c->requests, (long long)c->late);
	else
		snprintf(text, sizeof(text),
			tr("What people asked about their data: %lld open"),
			(long long)c->requests);
	sheet_sign(s, RANK_USEFUL, c->late > 0 ? SIGN_WARNING : SIGN_NOTE,
		text);
}

static void say_locked(struct sheet *s, const struct duty_counts *c)
{
	char text[TEXT_SIZE];

	if (c->locked == 0)
		return;
	snprintf(text, sizeof(text),
		tr("Locked by wrong PINs: %d users. Keys * * 2 unlock."),
		c->locked);
	sheet_sign(s, RANK_USEFUL, SIGN_WARNING, text);
}

static void say_contacts(struct sheet *s, const struct duty *d,
	const struct frame_info *info)
{
	char ago[PARTS_AGO_SIZE];

	if (info->status->has_centre)
		parts_fact(s, RANK_USEFUL, tr("Last contact with the centre"),
			parts_ago(info, info->status->contact_at, ago));
	if (d->counts.peers > 0)
		sheet_print(s, RANK_NICE, STYLE_NORMAL,
			tr("Longest without news: terminal %s, %s"),
			d->counts.peer,
			parts_ago(info, d->counts.peer_at, ago));
}

static void notes(struct sheet *s, const struct duty *d,
	const struct frame_info *info)
{
	sheet_space(s);
	if (d->step == DUTY_ARRIVED)
		sheet_sign(s, RANK_USEFUL, SIGN_WARNING,
			tr("A new list came from the centre: press ENTER to"
			   " look at it."));
	if (d->counted) {
		say_locked(s, &d->counts);
		say_requests(s, &d->counts);
	} else if (d->failed) {
		sheet_sign(s, RANK_USEFUL, SIGN_WARNING,
			tr("What waits could not be counted. It is tried "
			   "again by itself."));
	} else {
		sheet_text(s, RANK_USEFUL, STYLE_DIM,
			tr("What waits is being counted"));
	}
	say_contacts(s, d, info);
}

void duty_view(const struct duty *duty, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("MY WORK"),
		.notice = &duty->notice,
		.choices_in_body = true};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = duty_bindings(duty->step, &frame.bindings);
	sheet_space(&s);
	rows(&s, duty, info, &frame);
	notes(&s, duty, info);
	frame_show(c, info, &frame, &s);
}
