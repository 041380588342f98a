#include "terminal/app/loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/log.h"
#include "core/tr.h"
#include "terminal/app/fetcher.h"
#include "terminal/app/loop_internal.h"
#include "terminal/app/run_devices.h"
#include "terminal/app/run_visits.h"
#include "terminal/app/scanners.h"
#include "terminal/app/sender.h"
#include "terminal/app/study.h"
#include "terminal/flows/lineread.h"
#include "terminal/flows/wedge.h"
#include "terminal/ui/desk_view.h"
#include "terminal/ui/term.h"

enum {
	TICK_MS = 1000,
	QUIET_MS = 1000, /* the same, time to send */
	IDLE_MS = 2000,  /* without a key: time for a checkpoint */
	KEYS_AT_ONCE = 256,
	SCANS_AT_ONCE = 4, /* then the keys have their turn */
	OTHERS = 3         /* descriptors beside the scanners' */
};

static volatile sig_atomic_t told_to_end;

static void on_signal(int number)
{
	(void)number;
	told_to_end = 1;
}

static void catch_signals(void)
{
	struct sigaction sa = {.sa_handler = on_signal};

	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
}

static void drop_keys(struct loop *l)
{
	wedge_clear(&l->wedge);
	if (!l->ports->lines) {
		term_drop_keys();
		return;
	}
	lineterm_drop(l->ports->lines);
	lineread_clear(&l->lineread);
}

bool loop_is_told_to_end(void)
{
	return told_to_end != 0;
}

/* The desk's answer to an event; a tick that does something is recorded. */
static struct effect handle(struct loop *l, const struct event *ev)
{
	size_t count;
	const struct binding *before = desk_bindings(l->desk, &count);
	const struct effect fx = desk_handle(l->desk, ev);

	if (ev->kind == EV_TICK &&
		(fx.kind != FX_NONE ||
			desk_bindings(l->desk, &count) != before))
		recorder_tick(l->ports->recorder, ev->at_ms);
	return fx;
}

static bool carry_out(struct loop *l, struct effect *fx)
{
	bool answered;

	/* What is only kept is nothing that the line began. */
	l->begun = l->begun || fx->kind != FX_DRAFT;
	recorder_effect(l->ports->recorder, fx);
	if (!loop_withholds(l, fx, &answered))
		answered = loop_work(l, fx);
	if (!answered)
		return false;
	recorder_answer(l->ports->recorder, &l->answer);
	chimes_event(&l->chimes, l->answer.kind);
	if (l->ports->player)
		player_heard(l->ports->player, &l->answer);
	return true;
}

void loop_feed(struct loop *l, const struct event *first)
{
	struct effect fx = handle(l, first);
	bool answered;

	while (fx.kind != FX_NONE && !l->ports->quit) {
		const bool drop = fx.drop_keys;

		l->forget = l->forget || fx.kind == FX_SIGN_OUT;
		answered = carry_out(l, &fx);
		if (drop)
			drop_keys(l);
		if (!answered)
			break;
		fx = desk_handle(l->desk, &l->answer);
	}
}

/* From outside: it is in the recording, if there is one. */
static void feed(struct loop *l)
{
	recorder_input(l->ports->recorder, l->desk, &l->ev);
	loop_feed(l, &l->ev);
}

void loop_feed_unasked(struct loop *l)
{
	while (!l->ports->quit && run_unasked(l->ports, &l->ev))
		loop_feed(l, &l->ev);
}

/* Whom the last user saw is neither here nor on the terminal any more. */
static void forget(struct loop *l)
{
	crypto_wipe(&l->ev, sizeof(l->ev));
	crypto_wipe(&l->answer, sizeof(l->answer));
	crypto_wipe(&l->canvas, sizeof(l->canvas));
	if (l->ports->lines)
		lineterm_forget(l->ports->lines);
	else
		term_forget();
	l->forget = false;
}

static void beep(struct loop *l)
{
	if (!l->ports->lines && !l->ports->player &&
		chimes_ring(&l->chimes, clock_ms()))
		term_beep(l->chimes.now);
}

void loop_draw(struct loop *l)
{
	if (l->forget)
		forget(l);
	if (l->ports->lines) {
		lineterm_blank(l->ports->lines, &l->canvas);
		desk_view(l->desk, &l->canvas);
		lineterm_say(l->ports->lines, &l->canvas, l->why);
		l->why = LINES_UNASKED;
	} else {
		term_blank(&l->canvas);
		desk_view(l->desk, &l->canvas);
		term_show(&l->canvas);
		chimes_screen(&l->chimes, &l->canvas, clock_ms());
		beep(l);
	}
	recorder_screen(l->ports->recorder, l->canvas.rows, l->canvas.cols);
	viewing_want(l->ports->viewing, desk_looks(l->desk));
}

static void take_ready(struct loop *l)
{
	while (!l->ports->quit && wedge_take(&l->wedge, l->no_key_ms, &l->ev)) {
		l->touched_ms = l->no_key_ms;
		feed(l);
		loop_feed_unasked(l);
		/* What was typed ahead must not act on an unseen screen. */
		loop_draw(l);
	}
}

/* Everything that waits, so that a scanner's keys are seen together. */
static int read_keys(int keys[KEYS_AT_ONCE])
{
	int n = 0;
	int key;

	while (n < KEYS_AT_ONCE && (key = term_key()) != TERM_NO_KEY)
		if (key != TERM_RESIZED)
			keys[n++] = key;
	return n;
}

static void take_keys(struct loop *l)
{
	int keys[KEYS_AT_ONCE];
	long long now;
	int n;

	do {
		now = clock_ms();
		n = read_keys(keys);
		if (n > 0)
			wedge_read(&l->wedge, keys, n, l->no_key_ms,
				clock_ms());
		l->no_key_ms = now;
		take_ready(l);
	} while (n > 0 && !l->ports->quit);
	crypto_wipe(keys, sizeof(keys));
}

/* What the next line meets. */
static struct lineread_screen look(struct loop *l)
{
	struct lineread_screen screen;

	lineterm_blank(l->ports->lines, &l->canvas);
	desk_view(l->desk, &l->canvas);
	screen.b = desk_bindings(l->desk, &screen.count);
	screen.role = l->desk->user.role;
	screen.typed = l->canvas.typed;
	return screen;
}

static void say_line_is_wrong(struct loop *l)
{
	lineterm_tell(l->ports->lines,
		tr("That line means nothing here: type a number of the list, "
		   "or # for help."));
	loop_draw(l);
}

/* The line mode: whole lines instead of keys. */
static void take_lines(struct loop *l)
{
	const bool here = lineterm_read(l->ports->lines, &l->lineread);
	enum lineread_does does;

	do {
		const struct lineread_screen screen = look(l);

		does = lineread_next(&l->lineread, &screen, clock_ms(), &l->ev);
		if (does == LINEREAD_EVENT) {
			l->touched_ms = l->ev.at_ms;
			feed(l);
			loop_feed_unasked(l);
		} else if (does == LINEREAD_NO) {
			say_line_is_wrong(l);
		} else if (does != LINEREAD_NOTHING) {
			l->why = does == LINEREAD_AGAIN ? LINES_ALL
				 : l->begun             ? LINES_BEGUN
							: LINES_ANSWER;
			l->begun = false;
			loop_draw(l);
		}
	} while (does != LINEREAD_NOTHING && !l->ports->quit);
	l->ports->quit = l->ports->quit || !here;
}

static void take_mail(struct loop *l)
{
	while (!l->ports->quit && mailbox_take(l->box, &l->ev)) {
		if (run_report(l->ports, &l->ev))
			feed(l);
		loop_feed_unasked(l);
	}
}

/* The header says it when one is away. */
static void note_scanners(struct loop *l)
{
	const bool away = scanners_are_away(l->ports->scanners);

	if (away != l->scanner_away)
		l->ports->status_due = true;
	l->scanner_away = away;
}

static void match_scanners(struct loop *l)
{
	if (!l->ports->scanners || !l->ports->plugged)
		return;
	scanners_match(l->ports->scanners, plugged_list(l->ports->plugged),
		clock_ms());
	note_scanners(l);
}

/* One that sends without end is faster than any screen. */
static void take_scans(struct loop *l)
{
	int taken = 0;

	while (!l->ports->quit && l->ports->scanners && taken < SCANS_AT_ONCE &&
		scanners_take(l->ports->scanners, clock_ms(), &l->ev)) {
		l->touched_ms = l->ev.at_ms;
		feed(l);
		loop_feed_unasked(l);
		loop_draw(l);
		taken++;
	}
	l->more_scans = taken == SCANS_AT_ONCE;
	if (l->ports->scanners)
		note_scanners(l);
}

/* What was plugged in or pulled out. */
static void take_devices(struct loop *l)
{
	struct plugged *const plugged = l->ports->plugged;
	enum device_change change;
	struct device d;
	bool changed = false;

	while (!l->ports->quit && plugged &&
		(change = plugged_read(plugged, &d)) != DEVICE_NO_CHANGE) {
		if (run_device(l->ports, change, &d, &l->ev))
			feed(l);
		loop_feed_unasked(l);
		changed = true;
	}
	if (changed)
		match_scanners(l);
}

static void tick(struct loop *l)
{
	const long long now = clock_ms();
	struct err err;

	if (now < l->next_tick_ms)
		return;
	l->next_tick_ms = now + TICK_MS;
	memset(&l->ev, 0, sizeof(l->ev));
	run_tick(l->ports);
	l->ev.kind = EV_TICK;
	l->ev.at_ms = now;
	l->ev.now = clock_wall_ms();
	match_scanners(l);
	loop_feed(l, &l->ev);
	loop_feed_unasked(l);
	if (now - l->touched_ms > TICK_MS / 2)
		recorder_flush(l->ports->recorder);
	if (now - l->touched_ms > QUIET_MS &&
		(sender_step(l->ports->sender, l->ports->db) ||
			fetcher_step(l->ports->fetcher, l->ports->db,
				l->ports->sender))) {
		l->ports->written = true;
		l->ports->status_due = true;
	}
	if (l->ports->written && now - l->touched_ms > IDLE_MS &&
		!study_is_on(l->ports->study)) {
		l->ports->written = false;
		if (!db_checkpoint(l->ports->db, &err))
			log_err("checkpoint", &err);
	}
}

static long long sooner(long long left, long long due, long long now)
{
	return due >= 0 && due - now < left ? due - now : left;
}

static void wait_for_something(struct loop *l)
{
	struct pollfd in[OTHERS + SCANNERS_MAX] = {
		{.fd = STDIN_FILENO, .events = POLLIN},
		{.fd = mailbox_fd(l->box), .events = POLLIN},
		{.fd = l->ports->plugged ? plugged_fd(l->ports->plugged) : -1,
			.events = POLLIN},
	};
	nfds_t count = OTHERS;
	const long long now = clock_ms();
	long long left =
		sooner(l->next_tick_ms - now, wedge_due(&l->wedge), now);

	/* Now that no key waits. */
	run_draft_flush(l->ports);
	left = sooner(left, chimes_due(&l->chimes), now);
	if (l->ports->scanners) {
		count += (nfds_t)scanners_poll(l->ports->scanners, in + OTHERS);
		left = sooner(left, scanners_due(l->ports->scanners), now);
	}
	if (l->more_scans)
		left = 0;
	if (poll(in, count, left > 0 ? (int)left : 0) < 0 && errno != EINTR)
		l->ports->quit = true;
	/* The terminal is gone: the line was cut, the window closed. Of a pipe
	 * something may be left to read. */
	if (in[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		l->ports->quit = !l->ports->lines ||
				 (in[0].revents & (POLLERR | POLLNVAL));
	l->typed = in[0].revents != 0;
}

static bool listen(struct loop *l)
{
	while (!l->ports->quit && !told_to_end) {
		tick(l);
		/* A scanner's keys are counted by when they are read. */
		if (wedge_due(&l->wedge) < 0)
			loop_draw(l);
		beep(l);
		wait_for_something(l);
		/* A new keyboard before its keys: it must find a lock. */
		take_devices(l);
		if (!l->ports->lines)
			take_keys(l);
		else if (l->typed && !l->ports->quit)
			take_lines(l);
		take_scans(l);
		take_mail(l);
	}
	return true;
}

bool loop_run(struct desk *desk, struct ports *ports, struct mailbox *box,
	struct err *err)
{
	struct loop *l = calloc(1, sizeof(*l));
	bool ok;

	if (!l)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a screen");
	l->desk = desk;
	l->ports = ports;
	l->box = box;
	wedge_init(&l->wedge);
	lineread_init(&l->lineread);
	chimes_init(&l->chimes, ports->quiet);
	l->why = LINES_ALL;
	l->wedge.off = ports->config && !ports->config->scanner.keyboard;
	l->next_tick_ms = clock_ms();
	l->no_key_ms = l->next_tick_ms;
	l->touched_ms = l->next_tick_ms;
	catch_signals();
	ports->status_due = true;
	ok = ports->player ? loop_play(l, err) : listen(l);
	run_draft_flush(ports);
	run_visits_forget(ports);
	lineread_clear(&l->lineread);
	free(l);
	return ok;
}
