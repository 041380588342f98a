#include "terminal/flows/restore.h"

#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

#define BACK                                      \
	{'0', "0", TR("Back"), NULL, false},      \
	{                                         \
		'#', "#", TR("Help"), NULL, false \
	}

static const struct binding list_keys[] = {
	{'9', "9", TR("Look in another folder"), TR("Other folder"), false},
	{K_CHOICES, "1-8", TR("Look at this copy"), NULL, false},
	BACK,
};
static const struct binding folder_keys[] = {
	{K_LETTERS, "a-z", TR("Folder"), NULL, false},
	{K_DIGITS, "0-9", TR("Digits"), NULL, false},
	{K_ACCEPT, "ENTER", TR("Look there"), NULL, true},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding copy_keys[] = {
	{'1', "1", TR("Check every record of it"), TR("Check it"), true},
	BACK,
};
static const struct binding checked_keys[] = {
	{'2', "2", TR("Take it out beside the book, to be looked at"),
		TR("Take it out"), true},
	BACK,
};
static const struct binding over_keys[] = {
	BACK,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *restore_bindings(enum restore_step step, size_t *count)
{
	switch (step) {
	case RESTORE_LIST:
		ROWS(list_keys);
	case RESTORE_FOLDER:
		ROWS(folder_keys);
	case RESTORE_COPY:
		ROWS(copy_keys);
	case RESTORE_CHECKED:
		ROWS(checked_keys);
	case RESTORE_BROKEN:
	case RESTORE_DONE:
		ROWS(over_keys);
	case RESTORE_ASKED:
	case RESTORE_CHECKING:
	case RESTORE_RESTORING:
	case RESTORE_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void restore_kin_text(const struct copy_seen *seen, char *out, size_t size)
{
	char number[MONEY_TEXT_SIZE];

	switch (seen->kin) {
	case COPY_SAME:
		snprintf(out, size, "%s", tr("Just as the book here is now."));
		break;
	case COPY_BEHIND:
		snprintf(out, size,
			tr("The book here has %s records more: they are not in "
			   "the copy."),
			money_format((int64_t)(seen->here - seen->last_seq),
				number));
		break;
	case COPY_AHEAD:
		snprintf(out, size,
			tr("The copy has %s records more than the book here: "
			   "records are lost here. Pay nobody. Scan the last Z "
			   "slip or receipt, and call the technician."),
			money_format((int64_t)(seen->last_seq - seen->here),
				number));
		break;
	case COPY_FORK:
		snprintf(out, size, "%s",
			tr("Of this terminal, but other records are in it than "
			   "here: two books were kept. Pay nobody, and call "
			   "the technician."));
		break;
	case COPY_OTHER:
		snprintf(out, size, "%s",
			tr("Of another terminal: it says nothing about the "
			   "book here."));
		break;
	}
}

static struct effect ask(struct restore *r, const char *folder)
{
	struct effect fx = effect_of(FX_COPIES);

	str_copy(fx.path, sizeof(fx.path), folder);
	r->step = RESTORE_ASKED;
	return fx;
}

struct effect restore_start(struct restore *r)
{
	memset(r, 0, sizeof(*r));
	entry_init(&r->folder, ENTRY_TEXT, ENTRY_SIZE - 1);
	return ask(r, "");
}

static struct effect about_chosen(const struct restore *r,
	enum effect_kind kind)
{
	struct effect fx = effect_of(kind);

	snprintf(fx.path, sizeof(fx.path), "%.*s/%.*s",
		(int)sizeof(r->found.folder), r->found.folder,
		(int)sizeof(r->found.row[0].name),
		r->found.row[r->chosen].name);
	return fx;
}

/* Of a stick: the book here is not hurt, and nobody has to stop paying. */
static const char *not_read(enum err_code code)
{
	switch (code) {
	case ERR_GONE:
		return tr("The copy is not there any more. Is the stick still "
			  "plugged in?");
	case ERR_IO:
	case ERR_TIMEOUT:
		return tr("The stick could not be read. Plug it in again, or "
			  "take another one. The book here is not hurt.");
	case ERR_DENIED:
		return tr("This folder or copy may not be read. Choose another "
			  "one, or call the technician.");
	case ERR_FULL:
		return tr("There is not enough room on this terminal to take "
			  "the copy out. Nothing was left of it.");
	default:
		return err_text(code, ERR_WHILE_READING);
	}
}

static void say_no(struct restore *r, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	if (ev->kind == EV_REFUSED) {
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&r->notice, NOTICE_WARN, "%s", text);
	} else if (ev->err.code == ERR_BUSY) {
		notice_say(&r->notice, NOTICE_NOTE, "%s",
			tr("Stopped: nothing was changed, and no file was "
			   "left."));
	} else {
		notice_say(&r->notice, NOTICE_WARN, "%s",
			not_read(ev->err.code));
	}
}

static void on_asked(struct restore *r, const struct event *ev)
{
	switch (ev->kind) {
	case EV_COPIES:
		r->found = ev->copies;
		r->step = RESTORE_LIST;
		break;
	case EV_FAILED:
		notice_say(&r->notice, NOTICE_WARN, "%s",
			ev->err.code == ERR_GONE
				? tr("There is no such folder. Put the stick "
				     "in and look how its folder is called.")
				: not_read(ev->err.code));
		r->step = RESTORE_LIST;
		break;
	case EV_REFUSED:
		say_no(r, ev);
		r->step = RESTORE_LIST;
		break;
	default:
		break;
	}
}

static struct effect on_list(struct restore *r, int key)
{
	if (key == '0')
		return effect_of(FX_LEAVE);
	if (key == '9') {
		entry_set(&r->folder, r->found.folder);
		r->step = RESTORE_FOLDER;
	} else if (key >= '1' && key < '1' + r->found.count) {
		r->chosen = key - '1';
		r->step = RESTORE_COPY;
	}
	return effect_of(FX_NONE);
}

static struct effect on_folder(struct restore *r, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '*' || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&r->folder, ev->key)) {
	case ENTRY_ACCEPTED:
		return ask(r, r->folder.text);
	case ENTRY_CANCELLED:
		r->step = RESTORE_LIST;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static void on_checking(struct restore *r, const struct event *ev)
{
	if (ev->kind == EV_CONFIRMED) {
		r->step = RESTORE_CHECKED;
	} else if (ev->kind == EV_FAILED && ev->err.code == ERR_CORRUPT) {
		r->step = RESTORE_BROKEN;
	} else if (ev->kind == EV_FAILED || ev->kind == EV_REFUSED) {
		say_no(r, ev);
		r->step = RESTORE_COPY;
	}
}

static void on_restoring(struct restore *r, const struct event *ev)
{
	if (ev->kind == EV_COPY_PLACE) {
		str_copy(r->dir, sizeof(r->dir), ev->path);
		r->step = RESTORE_DONE;
	} else if (ev->kind == EV_FAILED && ev->err.code == ERR_CORRUPT) {
		r->step = RESTORE_BROKEN; /* since it was checked */
	} else if (ev->kind == EV_FAILED || ev->kind == EV_REFUSED) {
		if (ev->kind == EV_FAILED && ev->err.code == ERR_INVALID)
			notice_say(&r->notice, NOTICE_NOTE, "%s",
				tr("This copy was taken out before."));
		else
			say_no(r, ev);
		r->step = RESTORE_CHECKED;
	}
}

/* From what lies over the list back to it. */
static struct effect on_copy(struct restore *r, int key)
{
	if (key == '0')
		r->step = RESTORE_LIST;
	if (key == '1' && r->step == RESTORE_COPY) {
		r->step = RESTORE_CHECKING;
		return about_chosen(r, FX_COPY_CHECK);
	}
	if (key == '2' && r->step == RESTORE_CHECKED) {
		r->step = RESTORE_RESTORING;
		return about_chosen(r, FX_RESTORE);
	}
	return effect_of(FX_NONE);
}

struct effect restore_handle(struct restore *r, const struct event *ev)
{
	size_t count;
	const struct binding *b = restore_bindings(r->step, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_KEY)
		notice_clear(&r->notice);
	switch (r->step) {
	case RESTORE_ASKED:
		on_asked(r, ev);
		break;
	case RESTORE_LIST:
		return on_list(r, key);
	case RESTORE_FOLDER:
		return on_folder(r, ev);
	case RESTORE_COPY:
	case RESTORE_CHECKED:
	case RESTORE_BROKEN:
	case RESTORE_DONE:
		return on_copy(r, key);
	case RESTORE_CHECKING:
		on_checking(r, ev);
		break;
	case RESTORE_RESTORING:
		on_restoring(r, ev);
		break;
	case RESTORE_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
