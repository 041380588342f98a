#include "terminal/ui/office_view.h"

#include <stdio.h>

#include "core/date.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/parts.h"

enum {
	PATH_COLS = 60,
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

void office_view(const struct office *office, const struct frame_info *info,
	struct canvas *c)
{
	const bool clock =
		office->step == OFFICE_CLOCK || office->step == OFFICE_VOUCHING;
	struct frame frame = {.title = clock ? tr("CLOCK") : tr("BACKUP"),
		.notice = &office->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = office_bindings(office->step, &frame.bindings);
	frame.choices_in_body = office->step == OFFICE_CLOCK;
	switch (office->step) {
	case OFFICE_CLOCK:
		clock_right(&s, info, frame.binding, frame.bindings);
		break;
	case OFFICE_PATH:
		path(&s, office);
		break;
	case OFFICE_COPIED:
		copied(&s, office);
		break;
	case OFFICE_COPYING:
		parts_waiting(&s, tr("Copying the book..."));
		break;
	case OFFICE_VOUCHING:
	case OFFICE_PLACE:
	case OFFICE_STEP_COUNT:
		parts_waiting(&s, tr("The book is being asked"));
		break;
	}
	frame_show(c, info, &frame, &s);
}
