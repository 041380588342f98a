#include "terminal/app/player.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/app/player_internal.h"

void player_read(const struct player *p, int i, struct recorded *out)
{
	const struct player_line *line = &p->line[i];

	if (!recording_line(p->text + line->at, line->len, out))
		memset(out, 0, sizeof(*out));
}

/* ---- the whole file, before anything is played ---------------------------- */

static bool wrong(struct player_fault *fault, enum recording_wrong what,
	int line)
{
	*fault = (struct player_fault){what, line};
	return false;
}

/* Who is in it, and what is known of him. */
static void note_person(struct player *p, const struct recorded *r, bool count)
{
	bool cash = false;
	const bool scan = r->kind == RECORDED_SCAN;
	const int n = scan ? masked_person(r->scan.text, r->scan.len)
		      : r->kind == RECORDED_ANSWER
			      ? recording_answer_person(r->answer, &cash)
			      : 0;

	if (n == 0)
		return;
	if (count) {
		if (n > p->people)
			p->people = n;
		return;
	}
	p->wish[n].scanned = p->wish[n].scanned || scan;
	if (!scan && !p->wish[n].listed) {
		p->wish[n].listed = true;
		p->wish[n].cash = cash;
	}
}

static bool read_line(struct player *p, size_t at, size_t len, int number,
	struct player_fault *fault)
{
	if (number == 1) {
		const enum recording_wrong head =
			recording_head(p->text + at, len, &p->rows, &p->cols);

		return head == RECORDING_FINE || wrong(fault, head, number);
	}
	if (recording_is_note(p->text + at, len))
		return true;
	if (!recording_line(p->text + at, len, &p->now))
		return wrong(fault, RECORDING_DAMAGED, number);
	note_person(p, &p->now, true);
	p->line[p->lines++] = (struct player_line){at, len, number};
	return true;
}

static bool read_lines(struct player *p, size_t len, struct player_fault *fault)
{
	size_t at = 0;
	int number = 0;

	while (at < len) {
		const char *end = memchr(p->text + at, '\n', len - at);

		number++;
		if (!end)
			return wrong(fault,
				number == 1 ? RECORDING_FOREIGN : RECORDING_CUT,
				number);
		if (!read_line(p, at, (size_t)(end - p->text) - at, number,
			    fault))
			return false;
		at = (size_t)(end - p->text) + 1;
	}
	return p->lines > 0 || wrong(fault, RECORDING_EMPTY, number + 1);
}

static size_t count_ends(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += text[i] == '\n';
	return n;
}

static bool prepare(struct player *p, size_t len, struct player_fault *fault,
	struct err *err)
{
	p->line = calloc(count_ends(p->text, len) + 1, sizeof(*p->line));
	if (!p->line)
		return err_set(err, ERR_NO_MEMORY, 0, "a recording");
	if (!read_lines(p, len, fault))
		return false;
	p->wish = calloc((size_t)p->people + 1, sizeof(*p->wish));
	p->stand_in = calloc((size_t)p->people + 1, sizeof(*p->stand_in));
	if (!p->wish || !p->stand_in)
		return err_set(err, ERR_NO_MEMORY, 0, "a recording");
	for (int i = 0; i < p->lines; i++) {
		player_read(p, i, &p->now);
		note_person(p, &p->now, false);
	}
	for (int i = 0; i <= p->people; i++)
		masked_stranger(i, &p->stand_in[i]);
	return true;
}

struct player *player_open_text(const char *text, size_t len,
	struct player_fault *fault, struct err *err)
{
	struct player *p = calloc(1, sizeof(*p));

	*fault = (struct player_fault){RECORDING_FINE, 0};
	if (!p) {
		err_set(err, ERR_NO_MEMORY, 0, "a recording");
		return NULL;
	}
	p->text = text;
	if (!prepare(p, len, fault, err)) {
		player_close(p);
		return NULL;
	}
	return p;
}

static char *read_file(const char *path, size_t *len, struct err *err)
{
	FILE *in = fopen(path, "rb");
	char *text = in ? malloc(PLAYER_FILE_MAX) : NULL;
	bool ok;

	if (!in) {
		err_set(err, ERR_IO, errno, "%s: %s", path, strerror(errno));
		return NULL;
	}
	if (!text)
		err_set(err, ERR_NO_MEMORY, 0, "a recording");
	*len = text ? fread(text, 1, PLAYER_FILE_MAX, in) : 0;
	ok = text && !ferror(in);
	if (text && !ok)
		err_set(err, ERR_IO, errno, "%s: %s", path, strerror(errno));
	if (ok && *len == PLAYER_FILE_MAX)
		ok = err_set(err, ERR_INVALID, 0, "%s: too long", path);
	fclose(in);
	if (ok)
		return text;
	free(text);
	return NULL;
}

struct player *player_open(const char *path, struct player_fault *fault,
	struct err *err)
{
	struct player *p = NULL;
	size_t len = 0;
	char *text;

	*fault = (struct player_fault){RECORDING_FINE, 0};
	text = read_file(path, &len, err);
	if (!text)
		return NULL;
	p = player_open_text(text, len, fault, err);
	if (p)
		p->own = text;
	else
		free(text);
	return p;
}

void player_close(struct player *p)
{
	if (!p)
		return;
	free(p->own);
	free(p->line);
	free(p->wish);
	free(p->stand_in);
	free(p);
}

void player_says(const struct player_fault *fault, char *out, size_t size)
{
	const int line = fault->line;

	switch (fault->wrong) {
	case RECORDING_FOREIGN:
		snprintf(out, size,
			tr("Line %d: this file is no recording of chitra."),
			line);
		return;
	case RECORDING_NEWER:
		snprintf(out, size,
			tr("Line %d: the recording was made by another version "
			   "of the program, which this one cannot read."),
			line);
		return;
	case RECORDING_DAMAGED:
		snprintf(out, size,
			tr("Line %d of the recording is damaged: nothing was "
			   "played."),
			line);
		return;
	case RECORDING_CUT:
		snprintf(out, size,
			tr("Line %d of the recording has no end: a part of the "
			   "file is missing. Nothing was played."),
			line);
		return;
	case RECORDING_EMPTY:
		snprintf(out, size, tr("Line %d: nothing is in the recording."),
			line);
		return;
	case RECORDING_FINE:
		break;
	}
	out[0] = '\0';
}

void player_screen(const struct player *p, int *rows, int *cols)
{
	*rows = p->rows;
	*cols = p->cols;
}

int player_line(const struct player *p)
{
	return p->last;
}

bool player_cast(struct player *p, struct db *db, struct err *err)
{
	if (p->cast)
		return true;
	p->cast = true;
	return stand_ins_choose(db, p->wish, p->people, p->stand_in, err);
}

/* ---- what happens --------------------------------------------------------- */

static void play_scan(const struct player *p, const struct recorded *r,
	struct event *ev)
{
	const int person = masked_person(r->scan.text, r->scan.len);

	ev->kind = EV_SCAN;
	ev->scan.how.by = r->scan.by;
	ev->scan.camera = r->scan.camera;
	if (person == 0) {
		memcpy(ev->scan.bytes, r->scan.text, r->scan.len);
		ev->scan.len = r->scan.len;
		return;
	}
	ev->scan.len =
		masked_card(r->scan.text, r->scan.len, &p->stand_in[person],
			(char *)ev->scan.bytes, sizeof(ev->scan.bytes));
}

static void play_print(const struct recorded *r, struct event *ev)
{
	ev->kind = EV_PRINT;
	ev->print.state = r->print.state;
	ev->print.code = r->print.code;
	ev->print.trouble = r->print.trouble;
	ev->print.low = r->print.low;
}

static void play(struct player *p, int i, struct event *ev)
{
	const struct recorded *r = &p->now;

	memset(ev, 0, sizeof(*ev));
	switch (r->kind) {
	case RECORDED_KEY:
		ev->kind = EV_KEY;
		ev->key = player_key(p, i);
		return;
	case RECORDED_SCAN:
		play_scan(p, r, ev);
		return;
	case RECORDED_PRINT:
		play_print(r, ev);
		return;
	case RECORDED_DEVICE:
		ev->kind = EV_DEVICE;
		ev->device.plug = r->device.plug;
		ev->device.there = r->device.there;
		return;
	case RECORDED_CAMERA:
		ev->kind = EV_CAMERA;
		ev->camera.state = r->camera;
		return;
	case RECORDED_PASTED:
		ev->kind = EV_PASTED;
		return;
	case RECORDED_TICK:
	case RECORDED_SIZE:
	case RECORDED_ANSWER:
	case RECORDED_KIND_COUNT:
		break;
	}
	ev->kind = EV_TICK;
}

/* ---- answers -------------------------------------------------------------- */

static void differ(struct player *p, int line, const char *recorded,
	const char *now)
{
	if (p->score.otherwise++ > 0)
		return;
	p->score.first_line = line;
	str_copy(p->score.recorded, sizeof(p->score.recorded), recorded);
	str_copy(p->score.now, sizeof(p->score.now), now);
}

/* Who of the recording that is; 0: nobody of it. */
static int person_of(const struct player *p, const struct event *answer)
{
	if (answer->kind != EV_PERSON)
		return 0;
	for (int i = 1; i <= p->people; i++)
		if (p->stand_in[i].id == answer->person.due.person.id)
			return i;
	return 0;
}

void player_heard(struct player *p, const struct event *answer)
{
	char now[RECORDING_ANSWER_SIZE];

	recording_answer(answer, person_of(p, answer), now);
	if (p->at < p->lines)
		player_read(p, p->at, &p->ahead);
	if (p->at == p->lines || p->ahead.kind != RECORDED_ANSWER) {
		differ(p, p->last, "", now);
		return;
	}
	if (strcmp(p->ahead.answer, now) == 0)
		p->score.answers++;
	else
		differ(p, p->line[p->at].number, p->ahead.answer, now);
	p->at++;
}

/* What should have been answered by now, and was not. */
static void miss(struct player *p)
{
	differ(p, p->line[p->at].number, p->now.answer, "");
}

bool player_take(struct player *p, struct played *out)
{
	out->after_ms = 0;
	while (p->at < p->lines) {
		const int i = p->at;

		player_read(p, i, &p->now);
		out->after_ms += p->now.after_ms;
		if (p->now.kind == RECORDED_ANSWER)
			miss(p);
		p->at++;
		if (p->now.kind == RECORDED_ANSWER ||
			p->now.kind == RECORDED_SIZE)
			continue;
		p->last = p->line[i].number;
		out->kind = p->now.kind;
		play(p, i, &out->ev);
		if (out->ev.kind == EV_KEY && out->ev.key == 0)
			continue;
		p->score.events++;
		return true;
	}
	return false;
}

void player_score(const struct player *p, struct player_score *out)
{
	*out = p->score;
}
