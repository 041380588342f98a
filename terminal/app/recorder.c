#include "terminal/app/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/log.h"
#include "terminal/app/masked.h"
#include "terminal/app/recording.h"

enum {
	KEPT_BYTES = 128 * 1024,
	FULL_ENOUGH = KEPT_BYTES / 2
};

struct recorder {
	int fd;
	bool failed;
	struct err err; /* why */
	int rows;       /* of the screen; 0: not drawn yet */
	int cols;
	long long last_ms; /* of the line before; -1: none */
	enum camera_state camera;
	int asked; /* whose card was asked for; 0: nobody's */
	/* Who was seen, by a hash: his place is his number here. */
	uint8_t key[CRYPTO_KEY_SIZE];
	int people;
	uint64_t *seen;
	struct buf buf;
	struct recorded line;
	uint8_t kept[KEPT_BYTES];
};

struct recorder *recorder_open(const char *path, struct err *err)
{
	struct recorder *r = calloc(1, sizeof(*r));

	if (r)
		r->seen = calloc(RECORDING_PEOPLE_MAX + 1, sizeof(*r->seen));
	if (!r || !r->seen) {
		free(r);
		err_set(err, ERR_NO_MEMORY, 0, "a recording");
		return NULL;
	}
	/* Nothing is overwritten, nor written through a link. */
	r->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		S_IRUSR | S_IWUSR);
	if (r->fd < 0) {
		err_set(err, errno == EEXIST ? ERR_BUSY : ERR_IO, errno,
			"%s: %s", path, strerror(errno));
		free(r->seen);
		free(r);
		return NULL;
	}
	crypto_random(r->key, sizeof(r->key));
	buf_init(&r->buf, r->kept, sizeof(r->kept));
	r->last_ms = -1;
	return r;
}

/* ---- bytes ---------------------------------------------------------------- */

static void give_up(struct recorder *r, const char *doing)
{
	err_set(&r->err, errno == ENOSPC ? ERR_FULL : ERR_IO, errno, "%s: %s",
		doing, strerror(errno));
	log_err("recording", &r->err);
	r->failed = true;
}

void recorder_flush(struct recorder *r)
{
	size_t done = 0;

	if (!r)
		return;
	while (!r->failed && done < r->buf.len) {
		const ssize_t n =
			write(r->fd, r->kept + done, r->buf.len - done);

		if (n > 0)
			done += (size_t)n;
		else if (errno != EINTR)
			give_up(r, "write");
	}
	buf_clear(&r->buf);
}

static void put(struct recorder *r, long long at_ms)
{
	/* Keys that waited may be older than the line before. */
	if (r->last_ms < 0)
		r->last_ms = at_ms;
	if (at_ms < r->last_ms)
		at_ms = r->last_ms;
	r->line.after_ms = at_ms - r->last_ms;
	if (r->line.after_ms > RECORDING_LONGEST_MS)
		r->line.after_ms = RECORDING_LONGEST_MS;
	r->last_ms = at_ms;
	recording_put(&r->line, &r->buf);
	if (r->buf.len >= FULL_ENOUGH)
		recorder_flush(r);
}

static bool is_on(const struct recorder *r)
{
	return r && !r->failed && r->rows > 0;
}

static struct recorded *begin(struct recorder *r, enum recorded_kind kind)
{
	memset(&r->line, 0, sizeof(r->line));
	r->line.kind = kind;
	return &r->line;
}

void recorder_screen(struct recorder *r, int rows, int cols)
{
	struct recorded *line;

	if (!r || r->failed || (r->rows == rows && r->cols == cols))
		return;
	if (r->rows == 0) {
		recording_put_head(rows, cols, &r->buf);
	} else {
		line = begin(r, RECORDED_SIZE);
		line->size.rows = rows;
		line->size.cols = cols;
		put(r, clock_ms());
	}
	r->rows = rows;
	r->cols = cols;
}

/* ---- people --------------------------------------------------------------- */

/* The number of whoever has this text; a new one if he was not seen yet. */
static int number_of(struct recorder *r, const char *text)
{
	const uint64_t hash = crypto_blind(r->key, text, strlen(text));

	for (int i = 1; i <= r->people; i++)
		if (r->seen[i] == hash)
			return i;
	if (r->people == RECORDING_PEOPLE_MAX)
		return 0;
	r->seen[++r->people] = hash;
	return r->people;
}

static int person_of(struct recorder *r, const struct person *p)
{
	char id[32];

	if (p->id12[0])
		return number_of(r, p->id12);
	snprintf(id, sizeof(id), "id %lld", (long long)p->id);
	return number_of(r, id);
}

/* ---- keys ----------------------------------------------------------------- */

/* Is what the keys of b are typed into known to be about nobody? */
static bool is_open_field(const struct desk *d)
{
	switch (desk_place(d)) {
	case DESK_DRAWER:
		return d->drawer.step == DRAWER_NOTES;
	case DESK_BYPAD:
		return d->bypad.step == BYPAD_NUMBER ||
		       d->bypad.step == BYPAD_DAY ||
		       d->bypad.step == BYPAD_TIME;
	case DESK_OFFICE:
		return d->office.step == OFFICE_LIMIT;
	case DESK_DASH:
		return d->dash.step == DASH_MONTH;
	case DESK_PAPERS:
		return d->papers.step == PAPERS_MONTH ||
		       d->papers.step == PAPERS_DAY;
	case DESK_RECHECK:
		return d->recheck.step == RECHECK_WHEN ||
		       d->recheck.step == RECHECK_MANY;
	case DESK_TAKEBACK:
		return d->takeback.step == TAKEBACK_SHEET;
	default:
		return false;
	}
}

static bool is_second(const struct binding *b, enum second_step step)
{
	size_t count;

	return b && b == second_bindings(step, &count);
}

static enum recorded_field field_of(const struct desk *d,
	const struct binding *b)
{
	if (desk_place(d) == DESK_SIGNIN && d->signin.step == SIGNIN_NUMBER)
		return FIELD_USER;
	if (desk_place(d) == DESK_SIGNIN && d->signin.step == SIGNIN_PIN)
		return FIELD_PIN;
	if (is_second(b, SECOND_NUMBER))
		return FIELD_USER;
	if (is_second(b, SECOND_PIN))
		return FIELD_PIN;
	if (desk_place(d) == DESK_IDLE || desk_place(d) == DESK_FIND)
		return FIELD_PERSON;
	return is_open_field(d) ? FIELD_NONE : FIELD_OTHER;
}

static int class_of(int key)
{
	if (recording_lost_class(key))
		return recording_lost_class(key);
	if (key >= '0' && key <= '9')
		return CLASS_DIGIT;
	if (key == ' ')
		return CLASS_BLANK;
	if ((key >= 'a' && key <= 'z') || (key >= 'A' && key <= 'Z') ||
		key > 0x7f)
		return CLASS_LETTER;
	return CLASS_MARK;
}

static bool has_class(const struct binding *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (b[i].key == K_DIGITS || b[i].key == K_LETTERS)
			return true;
	return false;
}

/*
 * A key is written down only if it is one by its name on this screen. Any
 * other character may be a part of what nobody may know: a PIN typed ahead,
 * a name on the wrong screen.
 */
static void fill_key(const struct desk *d, int key, struct recorded *line)
{
	size_t count;
	const struct binding *b = desk_bindings(d, &count);
	const struct binding *row = b ? binding_find(b, count, key) : NULL;

	line->key.key = key;
	line->key.field = FIELD_NONE;
	if (key >= K_NAMED_FIRST ||
		(row && (row->key == key || row->key == K_CHOICES)))
		return;
	line->key.field =
		row || (b && has_class(b, count)) ? field_of(d, b) : FIELD_LOST;
	if (line->key.field != FIELD_NONE)
		line->key.key = class_of(key);
}

/* ---- events --------------------------------------------------------------- */

static void fill_scan(struct recorder *r, const struct event *ev,
	struct recorded *line)
{
	struct idcard card;
	int person = 0;

	if (idcard_parse(ev->scan.bytes, ev->scan.len, &card) != CARD_REJECT)
		person = number_of(r, card.id12);
	line->scan.by = ev->scan.how.by;
	line->scan.camera = ev->scan.camera;
	line->scan.len = masked_scan(ev->scan.bytes, ev->scan.len, person,
		line->scan.text);
	crypto_wipe(&card, sizeof(card));
}

/* True if it is to be written. */
static bool fill(struct recorder *r, const struct desk *desk,
	const struct event *ev)
{
	struct recorded *line;

	switch (ev->kind) {
	case EV_KEY:
		line = begin(r, RECORDED_KEY);
		fill_key(desk, ev->key, line);
		return true;
	case EV_SCAN:
		line = begin(r, RECORDED_SCAN);
		fill_scan(r, ev, line);
		return true;
	case EV_PASTED:
		begin(r, RECORDED_PASTED);
		return true;
	case EV_PRINT:
		if (ev->print.test)
			return false;
		line = begin(r, RECORDED_PRINT);
		line->print.state = ev->print.state;
		line->print.code = ev->print.code;
		line->print.trouble = ev->print.trouble;
		line->print.low = ev->print.low;
		return true;
	case EV_DEVICE:
		line = begin(r, RECORDED_DEVICE);
		line->device.plug = ev->device.plug;
		line->device.there = ev->device.there;
		return true;
	case EV_CAMERA:
		line = begin(r, RECORDED_CAMERA);
		line->camera = ev->camera.state;
		if (ev->camera.state == r->camera)
			return false;
		r->camera = ev->camera.state;
		return true;
	default:
		return false;
	}
}

void recorder_input(struct recorder *r, const struct desk *desk,
	const struct event *ev)
{
	if (is_on(r) && fill(r, desk, ev))
		put(r, ev->kind == EV_KEY || ev->kind == EV_SCAN ? ev->at_ms
								 : clock_ms());
}

void recorder_tick(struct recorder *r, long long at_ms)
{
	if (!is_on(r))
		return;
	begin(r, RECORDED_TICK);
	put(r, at_ms);
}

void recorder_effect(struct recorder *r, const struct effect *fx)
{
	if (!is_on(r))
		return;
	r->asked = fx->kind == FX_CARD ? number_of(r, fx->card.id12) : 0;
}

/* A card that was found by its old number is the same person's. */
static int answered_person(struct recorder *r, const struct event *answer)
{
	const struct person *p = &answer->person.due.person;

	if (answer->kind != EV_PERSON)
		return 0;
	return r->asked > 0 ? r->asked : person_of(r, p);
}

void recorder_answer(struct recorder *r, const struct event *answer)
{
	struct recorded *line;

	if (!is_on(r))
		return;
	line = begin(r, RECORDED_ANSWER);
	recording_answer(answer, answered_person(r, answer), line->answer);
	put(r, clock_ms());
}

bool recorder_close(struct recorder *r, struct err *err)
{
	bool ok;

	if (!r)
		return true;
	recorder_flush(r);
	if (close(r->fd) != 0 && !r->failed)
		give_up(r, "close");
	ok = !r->failed;
	if (!ok)
		*err = r->err;
	free(r->seen);
	crypto_wipe(r, sizeof(*r));
	free(r);
	return ok;
}
