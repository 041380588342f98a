#include "terminal/flows/office_internal.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding clock_keys[] = {
	{'1', "1", TR("Yes, day and time are right"), TR("Right"), true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding path_keys[] = {
	{K_LETTERS, "a-z", TR("Folder and name of the file"), TR("File"),
		false},
	{K_DIGITS, "0-9", TR("Digits"), NULL, false},
	{K_ACCEPT, "ENTER", TR("Make the copy"), TR("Back up"), true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding file_keys[] = {
	{K_LETTERS, "a-z", TR("Folder and name of the file"), TR("File"),
		false},
	{K_DIGITS, "0-9", TR("Digits"), NULL, false},
	{K_ACCEPT, "ENTER", TR("Write the file"), TR("Write"), true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding copied_keys[] = {
	{K_ACCEPT, "ENTER", TR("Done"), NULL, true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *office_bindings(enum office_step step, size_t *count)
{
	switch (step) {
	case OFFICE_CLOCK:
		ROWS(clock_keys);
	case OFFICE_PATH:
		ROWS(path_keys);
	case OFFICE_FILE:
		ROWS(file_keys);
	case OFFICE_COPIED:
	case OFFICE_FILED:
		ROWS(copied_keys);
	case OFFICE_LIMITS_ASKED:
	case OFFICE_LIMITS:
	case OFFICE_LIMIT:
	case OFFICE_LIMIT_SURE:
	case OFFICE_LIMIT_SAVING:
		return office_limits_bindings(step, count);
	case OFFICE_VOUCHING:
	case OFFICE_PLACE:
	case OFFICE_COPYING:
	case OFFICE_FILING:
	case OFFICE_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void office_start_clock(struct office *o)
{
	memset(o, 0, sizeof(*o));
	o->step = OFFICE_CLOCK;
}

struct effect office_start_copy(struct office *o)
{
	memset(o, 0, sizeof(*o));
	entry_init(&o->path, ENTRY_TEXT, ENTRY_SIZE - 1);
	o->step = OFFICE_PLACE;
	return effect_of(FX_COPY_PLACE);
}

struct effect office_start_file(struct office *o, int64_t shift)
{
	struct effect fx = office_start_copy(o);

	o->shift = shift;
	fx.slip = shift;
	return fx;
}

void office_say_refused(struct office *o, const struct refusal *why)
{
	char text[REFUSAL_TEXT_SIZE];

	refusal_text(why, text, sizeof(text));
	notice_say(&o->notice, NOTICE_WARN, "%s", text);
}

/* ---- the clock ------------------------------------------------------------ */

static struct effect on_clock(struct office *o, int key)
{
	if (key == '1') {
		o->step = OFFICE_VOUCHING;
		return effect_of(FX_CLOCK);
	}
	return effect_of(key == '0' ? FX_LEAVE : FX_NONE);
}

static struct effect on_vouching(struct office *o, const struct event *ev)
{
	switch (ev->kind) {
	case EV_CONFIRMED:
		notice_say(&o->notice, NOTICE_NOTE, "%s",
			tr("Recorded: the clock is right."));
		return effect_of(FX_LEAVE);
	case EV_REFUSED:
		office_say_refused(o, &ev->refusal);
		break;
	case EV_FAILED:
		notice_say(&o->notice, NOTICE_WARN, "%s",
			ev->err.code == ERR_DENIED
				? tr("The clock shows a year long past. Set"
				     " date and time right first.")
				: err_text(ev->err.code, ERR_WHILE_WRITING));
		break;
	default:
		return effect_of(FX_NONE);
	}
	o->step = OFFICE_CLOCK;
	return effect_of(FX_NONE);
}

/* ---- a copy of the book ---------------------------------------------------- */

static void on_place(struct office *o, const struct event *ev)
{
	if (ev->kind == EV_COPY_PLACE)
		entry_set(&o->path, ev->path);
	if (ev->kind == EV_FAILED)
		notice_say(&o->notice, NOTICE_WARN, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
	o->step = o->shift > 0 ? OFFICE_FILE : OFFICE_PATH;
}

static struct effect write_it(struct office *o)
{
	struct effect fx = effect_of(FX_COPY);

	if (o->shift == 0) {
		str_copy(fx.path, sizeof(fx.path), o->path.text);
		o->step = OFFICE_COPYING;
		return fx;
	}
	fx = effect_of(FX_SHIFT_FILE);
	str_copy(fx.file.path, sizeof(fx.file.path), o->path.text);
	fx.file.shift = o->shift;
	o->step = OFFICE_FILING;
	return fx;
}

static struct effect on_path(struct office *o, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '*' || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&o->path, ev->key)) {
	case ENTRY_ACCEPTED:
		return write_it(o);
	case ENTRY_CANCELLED:
		return effect_of(FX_LEAVE);
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static const char *not_copied(const struct err *err)
{
	switch (err->code) {
	case ERR_INVALID:
		return tr("Another file has that name, or it is no name of a"
			  " file. Give another one.");
	case ERR_GONE:
		return tr("There is no such folder. Put the stick in and look"
			  " how its folder is called.");
	case ERR_DENIED:
		return tr("Nothing may be written there. Choose another"
			  " folder, or call the technician.");
	case ERR_FULL:
		return tr("There is not enough room for the copy: take"
			  " another stick.");
	case ERR_BUSY:
		return tr("Stopped: nothing was changed, and no file was "
			  "left.");
	default:
		return tr("The copy failed, and no file was left. Try another"
			  " stick, or call the technician.");
	}
}

static void on_copying(struct office *o, const struct event *ev)
{
	const enum office_step was = o->step;

	o->step = o->shift > 0 ? OFFICE_FILE : OFFICE_PATH;
	switch (ev->kind) {
	case EV_COPIED:
		str_copy(o->sha256, sizeof(o->sha256), ev->sha256);
		o->step = o->shift > 0 ? OFFICE_FILED : OFFICE_COPIED;
		break;
	case EV_REFUSED:
		office_say_refused(o, &ev->refusal);
		break;
	case EV_FAILED:
		notice_say(&o->notice,
			ev->err.code == ERR_BUSY ? NOTICE_NOTE : NOTICE_WARN,
			"%s", not_copied(&ev->err));
		break;
	default:
		o->step = was;
		break;
	}
}

struct effect office_handle(struct office *o, const struct event *ev)
{
	size_t count;
	const struct binding *b = office_bindings(o->step, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_KEY)
		notice_clear(&o->notice);
	switch (o->step) {
	case OFFICE_CLOCK:
		return on_clock(o, key);
	case OFFICE_VOUCHING:
		return on_vouching(o, ev);
	case OFFICE_PLACE:
		on_place(o, ev);
		break;
	case OFFICE_PATH:
	case OFFICE_FILE:
		return on_path(o, ev);
	case OFFICE_COPYING:
	case OFFICE_FILING:
		on_copying(o, ev);
		break;
	case OFFICE_COPIED:
	case OFFICE_FILED:
		if (key == K_ACCEPT || key == '0')
			return effect_of(FX_LEAVE);
		break;
	case OFFICE_LIMITS_ASKED:
	case OFFICE_LIMITS:
	case OFFICE_LIMIT:
	case OFFICE_LIMIT_SURE:
	case OFFICE_LIMIT_SAVING:
		return office_limits_handle(o, ev);
	case OFFICE_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
