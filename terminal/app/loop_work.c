/*
 * While the store does something long: it asks now and then (db/watch.h), and
 * here the screen, the keys and the signal to end get their turn.
 *
 * On the thread of the store, between two of its steps: no second handle can
 * come into its way, and what is stopped is taken back by who began it.
 */
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/tr.h"
#include "db/watch.h"
#include "terminal/app/loop_internal.h"
#include "terminal/flows/far_text.h"
#include "terminal/ui/desk_view.h"
#include "terminal/ui/term.h"
#include "terminal/ui/working_view.h"

enum {
	KEYS_MS = 30,  /* keys are looked for so often */
	SAID_MS = 5000 /* the line mode says a line so often */
};

static void show(struct loop *l)
{
	struct working *w = &l->working;
	char text[FAR_TEXT_SIZE];

	if (!l->ports->lines) {
		if (!working_due(w))
			return;
		term_blank(&l->canvas);
		desk_view_working(l->desk, w, &l->canvas);
		term_show(&l->canvas);
		return;
	}
	if (w->now_ms - (w->drawn_ms ? w->drawn_ms : w->began_ms) < SAID_MS)
		return;
	if (w->drawn_ms == 0)
		lineterm_tell(l->ports->lines,
			tr("This takes a while. Type 0 to stop it."));
	w->drawn_ms = w->now_ms;
	far_text(&w->far, w->now_ms - w->began_ms, w->now_ms - w->part_ms, text,
		sizeof(text));
	lineterm_tell(l->ports->lines, text);
}

static void read_lines(struct loop *l)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	struct lineread_screen screen = {.role = l->desk->user.role};
	enum lineread_does does;
	struct event ev;

	if (poll(&in, 1, 0) <= 0)
		return;
	if (!lineterm_read(l->ports->lines, &l->lineread))
		l->working.stop = true;
	screen.b = working_bindings(&l->working, &screen.count);
	do {
		does = lineread_next(&l->lineread, &screen, clock_ms(), &ev);
		if (does == LINEREAD_EVENT && ev.kind == EV_KEY &&
			ev.key == '0')
			l->working.stop = true;
	} while (does != LINEREAD_NOTHING);
}

static void read_keys(struct loop *l, long long now)
{
	int key;

	if (l->ports->player || now - l->keys_ms < KEYS_MS)
		return;
	l->keys_ms = now;
	if (l->ports->lines) {
		read_lines(l);
		return;
	}
	while ((key = term_key()) != TERM_NO_KEY)
		if (key != TERM_RESIZED)
			working_key(&l->working, key, now);
}

static bool ask(void *ctx, const struct far *f)
{
	struct loop *l = ctx;
	const long long now = clock_ms();

	read_keys(l, now);
	if (loop_is_told_to_end())
		l->working.stop = true;
	working_far(&l->working, f, now);
	show(l);
	return !l->working.stop;
}

bool loop_work(struct loop *l, struct effect *fx)
{
	const struct db_watch watch = {ask, l};
	const enum effect_kind kind = fx->kind;
	bool answered;

	if (!working_is_long(kind))
		return run_effect(l->ports, fx, &l->answer);
	working_init(&l->working, kind, clock_ms());
	db_watch(l->ports->db, &watch);
	answered = run_effect(l->ports, fx, &l->answer);
	db_watch(l->ports->db, NULL);
	return answered;
}
