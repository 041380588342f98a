#include "terminal/ui/intake_view.h"

#include <stdio.h>

#include "core/date.h"
#include "core/money.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/list_text.h"
#include "terminal/ui/parts.h"

enum {
	LINE_SIZE = 400,
	PATH_COLS = 60
};

/* Its end: of a path the end says what it is. */
static const char *end_of(const char *text, int cols, char out[LINE_SIZE])
{
	if (utf8_columns(text) <= cols)
		return text;
	while (utf8_columns(text) > cols - 3)
		utf8_next(&text);
	snprintf(out, LINE_SIZE, "...%s", text);
	return out;
}

static void files(struct sheet *s, const struct intake *i)
{
	const struct intake_told *f = &i->found;
	char when[DATE_TEXT_SIZE];
	char text[LINE_SIZE];

	parts_fact(s, RANK_USEFUL, tr("Folder"), f->folder);
	if (f->files == 0)
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("No list file (.csv, .tsv, .xlsx) is there."));
	for (int n = 0; n < f->files; n++) {
		sheet_print(s, RANK_MUST, STYLE_NORMAL, "%d  %s", n + 1,
			end_of(f->file[n].name, s->cols - 4, text));
		sheet_print(s, RANK_NICE, STYLE_DIM, "   %s",
			date_time_vi(f->file[n].t, when));
	}
	if (f->more)
		sheet_text(s, RANK_NICE, STYLE_DIM,
			tr("There are more, older ones."));
}

static void folder(struct sheet *s, const struct intake *i)
{
	char text[LINE_SIZE];

	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("Where are the lists?"));
	sheet_field(s, "",
		end_of(i->folder.text,
			s->cols < PATH_COLS ? s->cols - 1 : PATH_COLS - 1,
			text),
		PATH_COLS, true);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("A stick that is plugged in is a folder below /media."));
}

static void number(struct sheet *s, const char *label, int64_t n)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", (long long)n);
	sheet_pair(s, RANK_MUST, label, STYLE_NORMAL, text);
}

static void figures(struct sheet *s, const struct intake_told *t)
{
	char when[DATE_TEXT_SIZE];

	sheet_pair_room(s, tr("New on this terminal"), "000.000.000.000");
	if (t->period > 0)
		sheet_pair(s, RANK_MUST, tr("Month"), STYLE_NORMAL,
			period_vi(t->period, when));
	number(s, tr("Rows"), t->rows);
	number(s, tr("New on this terminal"), t->fresh);
	number(s, tr("Here already"), t->same);
	sheet_money(s, RANK_MUST, tr("In all"), t->sum);
}

static void corrected(struct sheet *s, const struct intake *i)
{
	const struct intake_told *t = &i->told;
	char more[MONEY_TEXT_SIZE];
	char less[MONEY_TEXT_SIZE];

	if (i->corrects == 0)
		return;
	sheet_print(s, RANK_MUST, STYLE_TITLE,
		tr("It takes the place of list %lld:"), (long long)i->corrects);
	sheet_print(s, RANK_MUST, STYLE_NORMAL,
		tr("New %lld, gone %lld, changed %lld, kept %lld people"),
		(long long)t->fixed[LIST_ADDED], (long long)t->fixed[LIST_GONE],
		(long long)t->fixed[LIST_CHANGED],
		(long long)t->fixed[LIST_KEPT]);
	sheet_print(s, RANK_MUST, STYLE_NORMAL,
		tr("Due: %s đồng more, %s đồng less"),
		money_format(t->more_due, more),
		money_format(t->less_due, less));
}

static void name_of(struct sheet *s, const struct intake *i)
{
	char text[LINE_SIZE];

	sheet_text(s, RANK_MUST, STYLE_TITLE,
		end_of(i->found.file[i->chosen].name, s->cols, text));
}

static void shown(struct sheet *s, const struct intake *i)
{
	name_of(s, i);
	sheet_space(s);
	figures(s, &i->told);
	sheet_space(s);
	corrected(s, i);
	if (i->told.again)
		sheet_sign(s, RANK_MUST, SIGN_NOTE,
			tr("This very list is here already: taking it changes"
			   " nothing."));
}

static void bad(struct sheet *s, const struct intake *i)
{
	const struct intake_told *t = &i->told;
	char line[LINE_SIZE];

	name_of(s, i);
	if (t->errors > 0) {
		snprintf(line, sizeof(line),
			tr("%lld rows are wrong: nothing of it is taken."),
			(long long)t->errors);
		sheet_sign(s, RANK_MUST, SIGN_WARNING, line);
	}
	if (t->period_differs)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("It is not of the period of the list that it is to"
			   " correct: it is not taken."));
	for (int n = 0; n < t->troubles; n++) {
		snprintf(line, sizeof(line), tr("Row %lld, column %s: %s"),
			(long long)t->trouble[n].row,
			paylist_column_name(t->trouble[n].column),
			list_trouble_text(t->trouble[n].trouble));
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL, line);
	}
}

static void corrects(struct sheet *s, const struct intake *i)
{
	name_of(s, i);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Which list that is here does it take the place of? Of the "
		   "same period; what is paid stays as it was."));
	sheet_field(s, tr("List number"), i->list.text, 7, true);
}

static void taken(struct sheet *s, const struct intake *i)
{
	name_of(s, i);
	sheet_sign(s, RANK_MUST, SIGN_NOTE,
		i->told.again ? tr("This very list is here already: taking it "
				   "changes nothing.")
			      : tr("The list is taken."));
	sheet_space(s);
	figures(s, &i->told);
	corrected(s, i);
}

void intake_view(const struct intake *i, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("LIST FROM A STICK"),
		.notice = &i->notice};
	struct sheet s;

	frame.binding = intake_bindings(i, &frame.bindings);
	sheet_init(&s, c);
	switch (i->step) {
	case INTAKE_FILES:
		files(&s, i);
		break;
	case INTAKE_FOLDER:
		folder(&s, i);
		break;
	case INTAKE_SHOWN:
		shown(&s, i);
		break;
	case INTAKE_BAD:
		bad(&s, i);
		break;
	case INTAKE_CORRECTS:
		corrects(&s, i);
		break;
	case INTAKE_TAKEN:
		taken(&s, i);
		break;
	case INTAKE_READING:
		parts_waiting(&s, tr("The list is being looked at"));
		break;
	case INTAKE_TAKING:
		parts_waiting(&s, tr("The list is being taken"));
		break;
	case INTAKE_LISTING:
	case INTAKE_STEP_COUNT:
		parts_waiting(&s, tr("The folder is being read"));
		break;
	}
	frame_show(c, info, &frame, &s);
}
