#include "terminal/flows/intake.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/list_text.h"
#include "terminal/flows/refusal_text.h"

enum {
	LIST_DIGITS = 6
};

#define BACK                                  \
	{'0', "0", TR("Back"), NULL, 0},      \
	{                                     \
		'#', "#", TR("Help"), NULL, 0 \
	}

/* The last row needs a file. */
static const struct binding files_keys[] = {
	{'9', "9", TR("Look in another folder"), TR("Other folder"), 0},
	BACK,
	{K_CHOICES, "1-8", TR("Look at this list"), NULL, 0},
};
static const struct binding folder_keys[] = {
	{K_LETTERS, "a-z", TR("Folder"), NULL, 0},
	{K_DIGITS, "0-9", TR("Digits"), NULL, 0},
	{K_ACCEPT, "ENTER", TR("Look there"), NULL, BINDING_ONCE},
	{K_ERASE, "<-", TR("Erase"), NULL, 0},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), 0},
	{K_BACK, "Esc", TR("Back"), NULL, 0},
	{'*', "*", TR("More"), NULL, 0},
	{'#', "#", TR("Help"), NULL, 0},
};
static const struct binding shown_keys[] = {
	{'1', "1", TR("Take this list"), TR("Take it"),
		BINDING_ONCE | BINDING_NEEDS(ACT_CORRECT)},
	{'2', "2", TR("It takes the place of a list that is here"),
		TR("It corrects one"), BINDING_NEEDS(ACT_CORRECT)},
	BACK,
};
static const struct binding bad_keys[] = {
	{'2', "2", TR("It takes the place of a list that is here"),
		TR("It corrects one"), BINDING_NEEDS(ACT_CORRECT)},
	BACK,
};
static const struct binding corrects_keys[] = {
	{K_DIGITS, "0-9", TR("Number of the list that is here"), TR("Number"),
		0},
	{K_ACCEPT, "ENTER", TR("See what it changes; empty: it corrects none"),
		TR("See"), 0},
	{K_ERASE, "<-", TR("Erase"), NULL, 0},
	{K_BACK, "Esc", TR("Back"), NULL, 0},
	{'#', "#", TR("Help"), NULL, 0},
};
static const struct binding taken_keys[] = {
	{K_ACCEPT, "ENTER", TR("Done"), NULL, BINDING_ONCE},
	BACK,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *intake_bindings(const struct intake *i, size_t *count)
{
	switch (i->step) {
	case INTAKE_FILES:
		*count = sizeof(files_keys) / sizeof(files_keys[0]);
		*count -= i->found.files == 0;
		return files_keys;
	case INTAKE_FOLDER:
		ROWS(folder_keys);
	case INTAKE_SHOWN:
		ROWS(shown_keys);
	case INTAKE_BAD:
		ROWS(bad_keys);
	case INTAKE_CORRECTS:
		ROWS(corrects_keys);
	case INTAKE_TAKEN:
		ROWS(taken_keys);
	case INTAKE_LISTING:
	case INTAKE_READING:
	case INTAKE_TAKING:
	case INTAKE_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

/* ---- asking ----------------------------------------------------------------- */

static struct effect ask_files(struct intake *i, const char *folder)
{
	struct effect fx = effect_of(FX_INTAKE_FILES);

	str_copy(fx.path, sizeof(fx.path), folder);
	i->step = INTAKE_LISTING;
	return fx;
}

static struct effect ask_list(struct intake *i, enum effect_kind kind)
{
	struct effect fx = effect_of(kind);
	const struct intake_told *f = &i->found;

	snprintf(fx.intake.path, sizeof(fx.intake.path), "%s/%s", f->folder,
		f->file[i->chosen].name);
	fx.intake.corrects = i->corrects;
	i->step = kind == FX_INTAKE_TAKE ? INTAKE_TAKING : INTAKE_READING;
	return fx;
}

struct effect intake_start(struct intake *i)
{
	memset(i, 0, sizeof(*i));
	entry_init(&i->folder, ENTRY_TEXT, ENTRY_SIZE - 1);
	entry_init(&i->list, ENTRY_NUMBER, LIST_DIGITS);
	return ask_files(i, "");
}

/* ---- answers ---------------------------------------------------------------- */

static struct effect on_files_found(struct intake *i, const struct event *ev)
{
	i->step = INTAKE_FILES;
	if (ev->kind == EV_INTAKE) {
		i->found = ev->intake;
	} else if (ev->kind == EV_FAILED) {
		i->found.files = 0;
		notice_say(&i->notice, NOTICE_WARN, "%s",
			ev->err.code == ERR_GONE
				? tr("There is no such folder. Is the stick "
				     "plugged in?")
				: err_text(ev->err.code, ERR_WHILE_READING));
	}
	return effect_of(FX_NONE);
}

static const char *why_not(const struct intake *i, const struct err *err)
{
	const char *known = list_refusal_text(err);

	if (known)
		return known;
	if (err->code == ERR_BUSY)
		return tr("Stopped: nothing of the list was taken.");
	if (i->corrects && err->code == ERR_DENIED)
		return tr("That list cannot be corrected: it is not here, or a "
			  "later one corrected it already.");
	return err_text(err->code, ERR_WHILE_READING);
}

static bool is_good(const struct intake_told *t)
{
	return t->errors == 0 && !t->period_differs;
}

/* Of looking and of taking. */
static struct effect on_read(struct intake *i, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	if (ev->kind == EV_INTAKE) {
		i->told = ev->intake;
		i->step = !is_good(&i->told) ? INTAKE_BAD
			  : i->step == INTAKE_TAKING && i->told.taken
				  ? INTAKE_TAKEN
				  : INTAKE_SHOWN;
		return effect_of(FX_NONE);
	}
	if (ev->kind == EV_REFUSED) {
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&i->notice, NOTICE_WARN, "%s", text);
	} else if (ev->kind == EV_FAILED) {
		notice_say(&i->notice, NOTICE_WARN, "%s", why_not(i, &ev->err));
	} else {
		return effect_of(FX_NONE);
	}
	i->step = INTAKE_FILES;
	return effect_of(FX_NONE);
}

/* ---- keys ------------------------------------------------------------------- */

static struct effect on_files(struct intake *i, int key)
{
	if (key == '0')
		return effect_of(FX_LEAVE);
	if (key == '9') {
		entry_set(&i->folder, i->found.folder);
		i->step = INTAKE_FOLDER;
	}
	if (key >= '1' && key < '1' + i->found.files) {
		i->chosen = key - '1';
		i->corrects = 0;
		return ask_list(i, FX_INTAKE_LOOK);
	}
	return effect_of(FX_NONE);
}

static struct effect on_folder(struct intake *i, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '*' || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&i->folder, ev->key)) {
	case ENTRY_ACCEPTED:
		return ask_files(i, i->folder.text);
	case ENTRY_CANCELLED:
		i->step = INTAKE_FILES;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_shown(struct intake *i, int key)
{
	if (key == '0')
		i->step = INTAKE_FILES;
	if (key == '1' && i->step == INTAKE_SHOWN)
		return ask_list(i, FX_INTAKE_TAKE);
	if (key == '2') {
		entry_clear(&i->list);
		i->step = INTAKE_CORRECTS;
	}
	return effect_of(FX_NONE);
}

static struct effect on_corrects(struct intake *i, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&i->list, ev->key)) {
	case ENTRY_ACCEPTED:
		if (!str_to_int(i->list.text, 1, INT64_MAX, &i->corrects))
			i->corrects = 0;
		return ask_list(i, FX_INTAKE_LOOK);
	case ENTRY_CANCELLED:
		i->step = is_good(&i->told) ? INTAKE_SHOWN : INTAKE_BAD;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect intake_handle(struct intake *i, const struct event *ev)
{
	size_t count;
	const struct binding *b = intake_bindings(i, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_KEY)
		notice_clear(&i->notice);
	switch (i->step) {
	case INTAKE_LISTING:
		return on_files_found(i, ev);
	case INTAKE_FILES:
		return on_files(i, key);
	case INTAKE_FOLDER:
		return on_folder(i, ev);
	case INTAKE_READING:
	case INTAKE_TAKING:
		return on_read(i, ev);
	case INTAKE_SHOWN:
	case INTAKE_BAD:
		return on_shown(i, key);
	case INTAKE_CORRECTS:
		return on_corrects(i, ev);
	case INTAKE_TAKEN:
		return effect_of(key == '0' || key == K_ACCEPT ? FX_LEAVE
							       : FX_NONE);
	case INTAKE_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
