#include "terminal/app/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/utf8.h"
#include "terminal/flows/far_text.h"

enum {
	EVERY_MS = 200, /* on a terminal */
	EVERY_LINE_MS = 1000,
	LINE_COLUMNS = 76
};

/* Whoever started us may have said that ^C is not for us (nohup, a job in the
 * background of a script): a held one would still be seen as waiting. */
static bool is_for_us(void)
{
	struct sigaction now;

	return sigaction(SIGINT, NULL, &now) == 0 && now.sa_handler != SIG_IGN;
}

static void begin(struct progress *p, bool asked, bool quiet, bool hold)
{
	const bool held = p->on;
	const sigset_t before = p->before;
	sigset_t stop;

	*p = (struct progress){.on = true,
		.on_terminal = isatty(STDERR_FILENO) == 1,
		.began_ms = clock_ms(),
		.before = before};
	p->show = asked || (p->on_terminal && !quiet);
	p->part_ms = p->began_ms;
	p->due_ms = p->began_ms + (p->on_terminal ? EVERY_MS : EVERY_LINE_MS);
	sigemptyset(&stop);
	if (hold && is_for_us())
		sigaddset(&stop, SIGINT);
	sigprocmask(SIG_BLOCK, &stop, held ? NULL : &p->before);
}

void progress_begin(struct progress *p, bool asked, bool quiet)
{
	begin(p, asked, quiet, true);
}

void progress_begin_loose(struct progress *p, bool asked, bool quiet)
{
	begin(p, asked, quiet, false);
}

static bool interrupted(void)
{
	sigset_t waiting;

	return sigpending(&waiting) == 0 && sigismember(&waiting, SIGINT) == 1;
}

static void say(struct progress *p, const struct far *f, long long now)
{
	char text[FAR_TEXT_SIZE];
	int pad;

	far_text(f, now - p->began_ms, now - p->part_ms, text, sizeof(text));
	pad = LINE_COLUMNS - utf8_columns(text);
	if (p->on_terminal)
		fprintf(stderr, "\r%s%*s", text, pad > 0 ? pad : 0, "");
	else
		fprintf(stderr, "%s\n", text);
	fflush(stderr);
	p->said = true;
}

bool progress_ask(void *progress, const struct far *f)
{
	struct progress *p = progress;
	const long long now = clock_ms();

	if (f->part != p->part) {
		p->part = f->part;
		p->part_ms = now;
	}
	if (p->show && now >= p->due_ms) {
		p->due_ms = now + (p->on_terminal ? EVERY_MS : EVERY_LINE_MS);
		say(p, f, now);
	}
	return !interrupted();
}

void progress_watch(struct progress *p, struct db *db)
{
	const struct db_watch watch = {progress_ask, p};

	db_watch(db, &watch);
}

bool progress_end(struct progress *p)
{
	if (p->said && p->on_terminal)
		fprintf(stderr, "\r%*s\r", LINE_COLUMNS, "");
	p->said = false;
	return p->on && interrupted();
}

void progress_leave(struct progress *p)
{
	if (!p->on)
		return;
	fflush(NULL);
	p->on = false;
	sigprocmask(SIG_SETMASK, &p->before, NULL);
}
