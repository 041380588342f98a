#include "terminal/app/import_watch.h"

#include <stdio.h>
#include <unistd.h>

#include <sys/stat.h>

#include "core/clock.h"
#include "core/money.h"
#include "core/tr.h"
#include "core/utf8.h"

enum {
	EVERY_MS = 200, /* on a terminal */
	EVERY_LINE_MS = 1000,
	LINE_COLUMNS = 40
};

static int64_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) ? st.st_size : 0;
}

void import_watch_begin(struct import_watch *w, const char *path, bool asked,
	bool quiet)
{
	sigset_t stop;

	*w = (struct import_watch){.on_terminal = isatty(STDERR_FILENO) == 1};
	w->show = asked || (w->on_terminal && !quiet);
	if (w->show)
		w->size = size_of(path);
	w->due_ms = clock_ms() + (w->on_terminal ? EVERY_MS : EVERY_LINE_MS);
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigprocmask(SIG_BLOCK, &stop, &w->before);
}

static bool interrupted(void)
{
	sigset_t waiting;

	return sigpending(&waiting) == 0 && sigismember(&waiting, SIGINT) == 1;
}

static void say(struct import_watch *w, int64_t rows, int64_t bytes)
{
	const int64_t percent = w->size > 0 ? bytes * 100 / w->size : 0;
	char number[MONEY_TEXT_SIZE];
	char text[128];
	int pad;

	money_format(rows, number);
	if (percent > 0)
		snprintf(text, sizeof(text), tr("Rows read: %s (%d%%)"), number,
			(int)(percent < 99 ? percent : 99));
	else
		snprintf(text, sizeof(text), tr("Rows read: %s"), number);
	pad = LINE_COLUMNS - utf8_columns(text);
	if (w->on_terminal)
		fprintf(stderr, "\r%s%*s", text, pad > 0 ? pad : 0, "");
	else
		fprintf(stderr, "%s\n", text);
	fflush(stderr);
	w->said = true;
}

bool import_watch_progress(void *watch, int64_t rows, int64_t bytes)
{
	struct import_watch *w = watch;
	const long long now = clock_ms();

	if (w->show && now >= w->due_ms) {
		w->due_ms = now + (w->on_terminal ? EVERY_MS : EVERY_LINE_MS);
		say(w, rows, bytes);
	}
	return !interrupted();
}

void import_watch_trouble(void *watch, const struct paylist_error *e)
{
	struct import_watch *w = watch;

	if (w->errors)
		list_errors_add(w->errors, e);
}

bool import_watch_end(struct import_watch *w)
{
	if (w->said && w->on_terminal)
		fprintf(stderr, "\r%*s\r", LINE_COLUMNS, "");
	w->said = false;
	return interrupted();
}

void import_watch_leave(const struct import_watch *w)
{
	fflush(NULL);
	sigprocmask(SIG_SETMASK, &w->before, NULL);
}
