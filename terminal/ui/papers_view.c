#include "terminal/ui/papers_view.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/paper_grid.h"
#include "core/date.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/board_text.h"
#include "terminal/ui/paper_view.h"
#include "terminal/ui/parts.h"

enum {
	PATH_COLS = 60,
	NAME_SIZE = 160
};

static void making(struct sheet *s, const struct papers *p, const char *text)
{
	parts_waiting(s, text);
	parts_far(s, p->done, p->all);
}

/* Of a month, or of a day. */
static const char *say_when(int32_t when, char out[DATE_TEXT_SIZE])
{
	struct date day;

	if (when == 0)
		return "";
	return date_of_number(when, &day) ? date_vi(day, out)
					  : period_vi(when, out);
}

/* The commune that was chosen; nothing where there was no choice. */
static void of_unit(struct sheet *s, const struct papers *p)
{
	const char *code = papers_unit(p);
	const char *known = "";
	char name[NAME_SIZE];

	for (int i = 0; i < p->unit.all.count; i++)
		if (strcmp(p->unit.all.unit[i].code, code) == 0)
			known = p->unit.all.unit[i].name;
	if (code[0])
		sheet_print(s, RANK_MUST, STYLE_NORMAL, "%s",
			board_unit_name(code, known, name, sizeof(name)));
}

static void table(struct sheet *s, const struct papers *p, int room)
{
	const struct paper_place at = {.row = p->row,
		.column = p->column,
		.stay = papers_stay(p)};
	char period[DATE_TEXT_SIZE];

	sheet_print(s, RANK_MUST, STYLE_TITLE, "%s %s", papers_name(p->which),
		say_when(p->shown, period));
	of_unit(s, p);
	paper_view(s, p->grid, &at, room);
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

static void path(struct sheet *s, const struct papers *p)
{
	char text[ENTRY_SIZE + 4];

	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("Where do the files of this paper go?"));
	sheet_space(s);
	sheet_field(s, "",
		end_of(p->path.text,
			s->cols < PATH_COLS ? s->cols - 1 : PATH_COLS - 1, text,
			sizeof(text)),
		PATH_COLS, true);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Three files of that name: .pdf, .xlsx, .csv"));
	if (p->which == FLOW_PAPER_ACCOUNTS)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("With the files all of these accounts are marked as "
			   "sent; they stay here until the bank answers."));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("A stick that is plugged in is a folder below /media."));
}

static void written(struct sheet *s, const struct papers *p)
{
	sheet_space(s);
	sheet_print(s, RANK_MUST, STYLE_TITLE, tr("%d files are written."),
		p->files);
	sheet_text(s, RANK_MUST, STYLE_NORMAL, p->path.text);
	if (p->which == FLOW_PAPER_ACCOUNTS)
		sheet_print(s, RANK_MUST, STYLE_NORMAL,
			tr("%d accounts are marked as sent to the bank."),
			p->sent);
	if (p->no_pdf)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("No PDF: a font for papers is not installed here."));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("The book knows of these files, with their sums."));
}

static void row(struct sheet *s, const struct papers *p)
{
	sheet_print(s, RANK_USEFUL, STYLE_DIM, tr("Row %d of %d"), p->row + 1,
		paper_grid_rows(p->grid));
	paper_view_row(s, p->grid, p->row, p->part);
}

static void month(struct sheet *s, const struct papers *p)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, papers_name(p->which));
	of_unit(s, p);
	if (p->step == PAPERS_DAY) {
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Of which day? Type day, month and year; or a month"
			   " and a year."));
		sheet_field(s, tr("Day"), p->month.text, 9, true);
		return;
	}
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Of which month? Type month and year."));
	sheet_field(s, tr("Month"), p->month.text, 7, true);
}

static void unit(struct sheet *s, const struct papers *p)
{
	const char *chosen = p->unit.chosen;
	char name[NAME_SIZE];

	sheet_print(s, RANK_MUST, STYLE_TITLE, tr("%s: of which commune?"),
		papers_name(p->which));
	for (int i = 0; i < papers_unit_choices(p); i++) {
		const struct unit_here *u =
			&p->unit.all.unit[p->unit.first + i];

		sheet_print(s, RANK_MUST,
			strcmp(u->code, chosen) == 0 ? STYLE_TITLE
						     : STYLE_NORMAL,
			tr("%d%s %s: %lld people"), i + 1,
			strcmp(u->code, chosen) == 0 ? ">" : " ",
			board_unit_name(u->code, u->name, name, sizeof(name)),
			(long long)u->people);
	}
	sheet_print(s, RANK_MUST, chosen[0] ? STYLE_NORMAL : STYLE_TITLE,
		tr("%d%s All %d communes"), PAPERS_UNITS + 1,
		chosen[0] ? " " : ">", p->unit.all.count);
	if (p->unit.all.count > PAPERS_UNITS)
		sheet_print(s, RANK_USEFUL, STYLE_DIM, tr("%d to %d of %d"),
			p->unit.first + 1,
			p->unit.first + papers_unit_choices(p),
			p->unit.all.count);
	if (p->unit.all.more)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("There are more communes than these: for the others "
			   "use chitra report."));
}

void papers_view(const struct papers *p, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("PAPERS"), .notice = &p->notice};
	struct sheet s;

	frame.binding = papers_bindings(p->step, &frame.bindings);
	frame.choices_in_body = p->step == PAPERS_CHOOSE;
	sheet_init(&s, c);
	switch (p->step) {
	case PAPERS_CHOOSE:
		sheet_space(&s);
		sheet_text(&s, RANK_USEFUL, STYLE_TITLE,
			tr("Which paper do you want to see?"));
		sheet_space(&s);
		parts_choices(&s, frame.binding, frame.bindings);
		break;
	case PAPERS_UNIT:
		unit(&s, p);
		break;
	case PAPERS_COUNTING:
		making(&s, p, tr("The communes are being counted..."));
		break;
	case PAPERS_MONTH:
	case PAPERS_DAY:
		month(&s, p);
		break;
	case PAPERS_MAKING:
		making(&s, p, tr("The paper is being made..."));
		break;
	case PAPERS_SHOWN:
		table(&s, p, frame_body_rows(c, info, &frame));
		break;
	case PAPERS_ROW:
		row(&s, p);
		break;
	case PAPERS_PATH:
		path(&s, p);
		break;
	case PAPERS_WRITING:
		making(&s, p, tr("The files are being written..."));
		break;
	case PAPERS_WRITTEN:
		written(&s, p);
		break;
	case PAPERS_PLACE:
	case PAPERS_STEP_COUNT:
		parts_waiting(&s, tr("The book is being asked"));
		break;
	}
	frame_show(c, info, &frame, &s);
}
