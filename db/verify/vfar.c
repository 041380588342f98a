#include "db/verify/vfar.h"

#include <unistd.h>

#include "core/clock.h"
#include "core/far.h"

enum {
	ROWS_A_LOOK = 64,
	EVERY_MS = 200, /* on a terminal */
	EVERY_LINE_MS = 1000,
	LINE_COLUMNS = 76,
	LINE_BYTES = 160
};

static int pause_of(const struct vfar *v)
{
	return v->on_terminal ? EVERY_MS : EVERY_LINE_MS;
}

void vfar_begin(struct vfar *v, FILE *out, bool asked, bool json)
{
	const bool on_terminal = isatty(fileno(out)) == 1;

	*v = (struct vfar){.out = asked || (on_terminal && !json) ? out : NULL,
		.on_terminal = on_terminal,
		.began_ms = clock_ms()};
	v->due_ms = v->began_ms + pause_of(v);
}

/* Of a file as many as there would be if all were as long as those read. */
static int64_t all_of(const struct vfar *v)
{
	const off_t at = v->in ? ftello(v->in) : 0;

	if (at <= 0 || v->size <= 0)
		return v->all;
	return (int64_t)((double)v->done * (double)v->size / (double)at);
}

static void say(struct vfar *v, long long now)
{
	const struct far f = {.parts = 1, .done = v->done, .all = all_of(v)};
	const int64_t left = far_left_ms(&f, now - v->began_ms);
	char text[LINE_BYTES];
	int n;

	n = snprintf(text, sizeof(text), "%lld records", (long long)f.done);
	if (far_permille(&f) >= 0)
		n += snprintf(text + n, sizeof(text) - (size_t)n, " (%d%%)",
			far_permille(&f) / 10);
	n += snprintf(text + n, sizeof(text) - (size_t)n, ", %lld a second",
		(long long)far_rate(&f, now - v->began_ms));
	if (left >= 0)
		snprintf(text + n, sizeof(text) - (size_t)n, ", %lld s left",
			(long long)(left + 999) / 1000);
	if (v->on_terminal)
		fprintf(v->out, "\r%-*s", LINE_COLUMNS, text);
	else
		fprintf(v->out, "%s\n", text);
	fflush(v->out);
	v->said = true;
}

void vfar_row(struct vfar *v)
{
	long long now;

	if (!v || !v->out || ++v->done % ROWS_A_LOOK != 0)
		return;
	now = clock_ms();
	if (now < v->due_ms)
		return;
	v->due_ms = now + pause_of(v);
	say(v, now);
}

void vfar_end(struct vfar *v)
{
	if (v->said && v->on_terminal) {
		fprintf(v->out, "\r%*s\r", LINE_COLUMNS, "");
		fflush(v->out);
	}
	v->said = false;
	v->out = NULL;
}
