/*
 * A recording goes into the desk, instead of what people and devices do.
 *
 * Time is the recording's: clock.h stands still between two events and is
 * then set on, so that what counts by it (a key held down, the lock after
 * three minutes) comes out as it did. What comes from outside meanwhile is
 * left aside, but for the papers: they are really made, as files, and each is
 * reported with the outcome that was recorded, at its place among the keys.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "terminal/app/loop_internal.h"
#include "terminal/app/run_study.h"
#include "terminal/ui/term.h"

enum {
	PAPERS = 64,          /* that were printed and are not told yet */
	PAPER_WAIT_MS = 5000, /* for a file */
	LOOK_MS = 50          /* while waiting: so often for a key */
};

struct stage {
	struct loop *l;
	long long at_ms; /* the recording's time */
	/* Of papers that are made, in the order in which they were asked for;
	 * the reports of the printer's thread. */
	struct event paper[PAPERS];
	int papers;
	struct played next;
};

/* Real time, while clock_ms() stands still. */
static long long real_ms(void)
{
	return clock_boot_ms();
}

static void keep_paper(struct stage *s, const struct event *ev)
{
	s->l->papers--;
	if (s->papers < PAPERS)
		s->paper[s->papers++] = *ev;
}

/* Of all that comes from outside only the papers count. */
static void take_mail(struct stage *s)
{
	struct loop *l = s->l;

	while (mailbox_take(l->box, &l->ev))
		if (l->ev.kind == EV_PRINT && !l->ev.print.test)
			keep_paper(s, &l->ev);
}

static void look_for_keys(struct loop *l)
{
	int key;

	/* In the line mode a signal ends it. */
	if (l->ports->lines)
		return;
	while ((key = term_key()) != TERM_NO_KEY)
		if (key == 'q' || key == K_BACK) {
			l->ports->play_stopped = true;
			l->ports->quit = true;
		}
}

/* Let so much real time pass; keys and papers are taken meanwhile. */
static void wait_ms(struct stage *s, long long ms)
{
	struct loop *l = s->l;
	struct pollfd in[2] = {{.fd = l->ports->lines ? -1 : STDIN_FILENO,
				       .events = POLLIN},
		{.fd = mailbox_fd(l->box), .events = POLLIN}};
	const long long until = real_ms() + ms;
	long long left = ms;

	do {
		if (poll(in, 2, (int)(left > LOOK_MS ? LOOK_MS : left)) < 0 &&
			errno != EINTR)
			l->ports->quit = true;
		if (in[0].revents & (POLLHUP | POLLERR | POLLNVAL))
			l->ports->quit = true;
		look_for_keys(l);
		take_mail(s);
		left = until - real_ms();
	} while (left > 0 && !l->ports->quit && !loop_is_told_to_end());
}

/* Feed a report of a paper: the book hears of it first. */
static void feed_paper(struct stage *s)
{
	struct loop *l = s->l;

	l->ev = s->paper[0];
	memmove(s->paper, s->paper + 1,
		(size_t)--s->papers * sizeof(s->paper[0]));
	l->ev.at_ms = s->at_ms;
}

static void report_paper(struct loop *l)
{
	recorder_input(l->ports->recorder, l->desk, &l->ev);
	run_report(l->ports, &l->ev);
	loop_feed(l, &l->ev);
	loop_feed_unasked(l);
}

/* Until so many papers are made, or no more are on their way. */
static void wait_for_papers(struct stage *s, int count)
{
	const long long until = real_ms() + PAPER_WAIT_MS;
	struct loop *l = s->l;

	take_mail(s);
	while (s->papers < count && l->papers > 0 && !l->ports->quit &&
		!loop_is_told_to_end()) {
		wait_ms(s, 1);
		if (real_ms() > until)
			l->papers = 0;
	}
}

/* The oldest paper that is not told yet comes out as it did then. */
static void play_paper(struct stage *s)
{
	struct loop *l = s->l;

	wait_for_papers(s, 1);
	if (s->papers == 0) {
		log_line("replay", "line %d: no paper was printed",
			player_line(l->ports->player));
		return;
	}
	feed_paper(s);
	l->ev.print.state = s->next.ev.print.state;
	l->ev.print.code = s->next.ev.print.code;
	l->ev.print.trouble = s->next.ev.print.trouble;
	l->ev.print.low = s->next.ev.print.low;
	report_paper(l);
}

/* A second's work that is nobody's event; the desk learns what time it is. */
static void tick(struct stage *s)
{
	struct loop *l = s->l;

	run_tick(l->ports);
	memset(&l->ev, 0, sizeof(l->ev));
	l->ev.kind = EV_TICK;
	l->ev.at_ms = s->at_ms;
	l->ev.now = clock_wall_ms();
	loop_feed(l, &l->ev);
	loop_feed_unasked(l);
}

static bool is_worker(const struct loop *l)
{
	return l->ports->session.user.number != 0;
}

static bool play_one(struct stage *s, struct err *err)
{
	struct loop *l = s->l;

	if (s->next.kind == RECORDED_TICK) {
		tick(s);
	} else if (s->next.kind == RECORDED_PRINT) {
		play_paper(s);
	} else {
		l->ev = s->next.ev;
		l->ev.at_ms = s->at_ms;
		/* Recorded where there was one; here none looks. */
		if (l->ev.kind == EV_SCAN &&
			desk_place(l->desk) != DESK_VIEWFINDER)
			l->ev.scan.camera = false;
		recorder_input(l->ports->recorder, l->desk, &l->ev);
		loop_feed(l, &l->ev);
		loop_feed_unasked(l);
	}
	return !is_worker(l) ||
	       player_cast(l->ports->player, l->ports->db, err);
}

/* Papers that the recording does not tell of. */
static void report_rest(struct stage *s)
{
	wait_for_papers(s, PAPERS);
	while (s->papers > 0) {
		feed_paper(s);
		run_report(s->l->ports, &s->l->ev);
		loop_feed(s->l, &s->l->ev);
		loop_feed_unasked(s->l);
	}
}

static bool play(struct stage *s, struct err *err)
{
	struct loop *l = s->l;
	const int speed = l->ports->play_speed;
	bool ok = true;

	tick(s);
	loop_draw(l);
	while (ok && !l->ports->quit && !loop_is_told_to_end() &&
		player_take(l->ports->player, &s->next)) {
		wait_ms(s, speed > 0 ? s->next.after_ms / speed : 0);
		s->at_ms += s->next.after_ms;
		clock_freeze(s->at_ms);
		if (!l->ports->quit)
			ok = play_one(s, err);
		loop_draw(l);
	}
	report_rest(s);
	recorder_flush(l->ports->recorder);
	return ok;
}

bool loop_play(struct loop *l, struct err *err)
{
	struct stage *s = calloc(1, sizeof(*s));
	bool ok;

	if (!s)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory to play");
	s->l = l;
	s->at_ms = clock_ms();
	clock_freeze(s->at_ms);
	ok = play(s, err);
	clock_freeze(-1);
	free(s);
	return ok;
}

bool loop_withholds(struct loop *l, const struct effect *fx, bool *answered)
{
	if (!l->ports->player)
		return false;
	*answered = false;
	switch (fx->kind) {
	case FX_PRINT:
	case FX_SLIP:
		l->papers += printing_exists(l->ports->printing);
		return false;
	case FX_DEMO_SCAN: /* the scan itself is in the recording */
	case FX_SEND:
	case FX_TRAINING:
	case FX_PRINT_TEST:
		return true;
	case FX_PAPER_WRITE: /* as the next, but it is told otherwise */
		run_study_refuse(l->ports, fx);
		return true;
	case FX_COPY: /* nobody knows the name of the file */
	case FX_SHIFT_FILE:
		memset(&l->answer, 0, sizeof(l->answer));
		l->answer.kind = EV_FAILED;
		l->answer.at_ms = clock_ms();
		err_set(&l->answer.err, ERR_DENIED, 0,
			"a recording is played: no file is written");
		*answered = true;
		return true;
	default:
		return false;
	}
}
