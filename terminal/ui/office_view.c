#include "terminal/ui/office_view.h"

#include <stdio.h>

#include "core/date.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/limit_text.h"
#include "terminal/ui/parts.h"

enum {
	PATH_COLS = 60,
	LIMIT_COLS = 60,
	HALF_SUM = 32 /* digits of a SHA-256 in a line */
};

static void clock_right(struct sheet *s, const struct frame_info *info,
	const struct binding *b, size_t count)
{
	char when[DATE_TEXT_SIZE];

	sheet_space(s);
	sheet_print(s, RANK_MUST, STYLE_TITLE, tr("The clock says %s."),
		date_time_vi(info->now, when));
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Compare it with another clock and a calendar. Are day and"
		   " time right?"));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("It is recorded with your name, and holds for seven"
		   " days."));
	sheet_space(s);
	parts_choices(s, b, count);
}

/* Its end, where keys are typed; the beginning goes when it is too long. */
static const char *end_of(const char *text, int cols, char *out, size_t size)
{
	if (utf8_columns(text) <= cols)
		return text;
	while (utf8_columns(text) > cols - 3)
		utf8_next(&text);
	snprintf(out, size, "...%s", text);
	return out;
}

static void path(struct sheet *s, const struct office *o)
{
	char text[ENTRY_SIZE + 4];

	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Where does the copy of the book go?"));
	sheet_space(s);
	sheet_field(s, "",
		end_of(o->path.text,
			s->cols < PATH_COLS ? s->cols - 1 : PATH_COLS - 1, text,
			sizeof(text)),
		PATH_COLS, true);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("A stick that is plugged in is a folder below /media."));
	sheet_sign(s, RANK_MUST, SIGN_WARNING,
		tr("The copy holds names and payees: keep it locked up."));
	sheet_sign(s, RANK_NICE, SIGN_NOTE,
		tr("It is evidence only: no terminal can pay from it."));
}

/* What he needs some day when it is his word against the book. */
static void file(struct sheet *s, const struct office *o)
{
	char text[ENTRY_SIZE + 4];

	sheet_space(s);
	sheet_print(s, RANK_MUST, STYLE_TITLE,
		tr("Where does the file of shift %lld go?"),
		(long long)o->shift);
	sheet_space(s);
	sheet_field(s, "",
		end_of(o->path.text,
			s->cols < PATH_COLS ? s->cols - 1 : PATH_COLS - 1, text,
			sizeof(text)),
		PATH_COLS, true);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("A stick that is plugged in is a folder below /media."));
	sheet_sign(s, RANK_MUST, SIGN_NOTE,
		tr("Every record of your shift, signed, without names: keep it "
		   "with the Z slip."));
}

static void filed(struct sheet *s, const struct office *o)
{
	sheet_space(s);
	sheet_print(s, RANK_MUST, STYLE_TITLE,
		tr("The file of shift %lld is written."), (long long)o->shift);
	sheet_text(s, RANK_MUST, STYLE_NORMAL, o->path.text);
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Write this sum beside your name on the Z slip:"));
	sheet_text(s, RANK_MUST, STYLE_NORMAL, o->sha256);
}

static void copied(struct sheet *s, const struct office *o)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("The copy is made."));
	sheet_text(s, RANK_MUST, STYLE_NORMAL, o->path.text);
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Its SHA-256, for the file of the office:"));
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL, "%.*s", HALF_SUM, o->sha256);
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL, "%s", o->sha256 + HALF_SUM);
	sheet_space(s);
	sheet_sign(s, RANK_MUST, SIGN_WARNING,
		tr("The copy holds names and payees: keep it locked up."));
}

struct limit_row {
	char label[LIMIT_SAYS_SIZE];
	char value[LIMIT_SAYS_SIZE];
};

/* The keys are the rows; names are short where both do not fit. */
static void limits(struct sheet *s, const struct office *o,
	const struct binding *b)
{
	struct limit_row row[LIMIT_COUNT] = {0};

	sheet_space(s);
	for (int l = 0; l < LIMIT_COUNT; l++) {
		snprintf(row[l].label, sizeof(row[l].label), "%s  %s",
			b[l].key_name,
			tr(s->cols < LIMIT_COLS ? b[l].brief : b[l].does));
		limit_shown((enum limit)l, o->limits.value[l], row[l].value);
		sheet_pair_room(s, row[l].label, row[l].value);
	}
	for (int l = 0; l < LIMIT_COUNT; l++)
		sheet_pair(s, RANK_MUST, row[l].label, STYLE_NORMAL,
			row[l].value);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("A change is recorded with your name, and holds at once."));
}

static void limit(struct sheet *s, const struct office *o)
{
	char says[LIMIT_SAYS_SIZE];

	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, limit_title(o->limit));
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		limit_does(o->limit, o->limits.value[o->limit], says));
	sheet_space(s);
	sheet_field(s, tr("New"), o->number.text, OFFICE_LIMIT_DIGITS + 1,
		true);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE, limit_range(o->limit, says));
}

static void limit_sure(struct sheet *s, const struct office *o,
	const struct binding *b, size_t count)
{
	char says[LIMIT_SAYS_SIZE];

	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, limit_title(o->limit));
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL, tr("So far: %s"),
		limit_shown(o->limit, o->limits.value[o->limit], says));
	sheet_print(s, RANK_MUST, STYLE_TITLE, tr("From now on: %s"),
		limit_shown(o->limit, o->value, says));
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		limit_does(o->limit, o->value, says));
	sheet_space(s);
	parts_choices(s, b, count);
}

static const char *title(enum office_step step)
{
	switch (step) {
	case OFFICE_CLOCK:
	case OFFICE_VOUCHING:
		return tr("CLOCK");
	case OFFICE_PLACE:
	case OFFICE_PATH:
	case OFFICE_COPYING:
	case OFFICE_COPIED:
		return tr("BACKUP");
	case OFFICE_FILE:
	case OFFICE_FILING:
	case OFFICE_FILED:
		return tr("SIGNED FILE");
	case OFFICE_LIMITS_ASKED:
	case OFFICE_LIMITS:
	case OFFICE_LIMIT:
	case OFFICE_LIMIT_SURE:
	case OFFICE_LIMIT_SAVING:
	case OFFICE_STEP_COUNT:
		break;
	}
	return tr("LIMITS");
}

void office_view(const struct office *office, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = title(office->step),
		.notice = &office->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = office_bindings(office->step, &frame.bindings);
	frame.choices_in_body = office->step == OFFICE_CLOCK ||
				office->step == OFFICE_LIMITS ||
				office->step == OFFICE_LIMIT_SURE;
	switch (office->step) {
	case OFFICE_CLOCK:
		clock_right(&s, info, frame.binding, frame.bindings);
		break;
	case OFFICE_PATH:
		path(&s, office);
		break;
	case OFFICE_FILE:
		file(&s, office);
		break;
	case OFFICE_FILED:
		filed(&s, office);
		break;
	case OFFICE_FILING:
		parts_waiting(&s, tr("The file is being written"));
		break;
	case OFFICE_COPIED:
		copied(&s, office);
		break;
	case OFFICE_COPYING:
		parts_waiting(&s, tr("Copying the book..."));
		break;
	case OFFICE_LIMITS:
		limits(&s, office, frame.binding);
		break;
	case OFFICE_LIMIT:
		limit(&s, office);
		break;
	case OFFICE_LIMIT_SURE:
		limit_sure(&s, office, frame.binding, frame.bindings);
		break;
	case OFFICE_VOUCHING:
	case OFFICE_PLACE:
	case OFFICE_LIMITS_ASKED:
	case OFFICE_LIMIT_SAVING:
	case OFFICE_STEP_COUNT:
		parts_waiting(&s, tr("The book is being asked"));
		break;
	}
	frame_show(c, info, &frame, &s);
}
