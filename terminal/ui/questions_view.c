#include "terminal/ui/questions_view.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/parts.h"

enum {
	TYPED_COLS = 30,
	DAY_COLS = 12,
	MARK_COLS = 4,  /* "[x] " */
	DIGIT_COLS = 2, /* "1 " */
	LINE_SIZE = 512
};

/* Text in so many columns at most, "..." where there was more. */
static const char *shortened(const struct sheet *s, const char *text, int cols,
	char out[LINE_SIZE])
{
	const int dots = (int)sizeof("...") - 1;

	str_copy(out, LINE_SIZE, text);
	if (s->spoken || utf8_columns(out) <= cols || cols <= dots)
		return out;
	out[utf8_cut_columns(out, cols - dots)] = '\0';
	snprintf(out + strlen(out), LINE_SIZE - strlen(out), "...");
	return out;
}

/* Who it is about, where we are: "NGUYỄN THỊ ĐẸP        Câu 3/8". */
static void head(struct sheet *s, const struct questions *q, const char *name)
{
	const int row = sheet_line(s, RANK_USEFUL);
	char progress[64];
	char text[LINE_SIZE];
	int number;
	int all;
	int end = s->margin + s->cols;

	questions_progress(q, &number, &all);
	if (q->step == QUESTIONS_END)
		snprintf(progress, sizeof(progress), "%s", tr("All asked"));
	else
		snprintf(progress, sizeof(progress), tr("Question %d/%d"),
			number, all);
	end = canvas_right(&s->lines, row, end, STYLE_DIM, progress);
	canvas_text(&s->lines, row, s->margin, STYLE_NORMAL,
		shortened(s, name, end - 1 - s->margin, text));
	sheet_space(s);
}

static void choice(struct sheet *s, const struct questions *q, int line, int i)
{
	const struct survey *f = q->survey;
	const struct survey_question *asked = &f->question[q->at];
	const bool many = asked->kind == SURVEY_MANY;
	const bool chosen = questions_is_chosen(q, i);
	const int row = sheet_line(s, RANK_MUST);
	const int marked = many || chosen ? MARK_COLS : 0;
	char text[LINE_SIZE];
	int col = s->margin;

	canvas_print(&s->lines, row, col, STYLE_KEY, "%d", line + 1);
	col += DIGIT_COLS;
	if (marked)
		canvas_text(&s->lines, row, col,
			chosen ? STYLE_STATE : STYLE_NORMAL,
			chosen ? "[x]" : "[ ]");
	canvas_text(&s->lines, row, col + marked,
		chosen ? STYLE_TITLE : STYLE_NORMAL,
		shortened(s,
			survey_words(f,
				&survey_choice(f, asked->list, i)->label,
				questions_lang()),
			s->cols - DIGIT_COLS - marked, text));
}

static void choices(struct sheet *s, const struct questions *q)
{
	int first;
	const int rows = questions_choices(q, &first);

	if (q->survey->question[q->at].kind == SURVEY_MANY)
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			tr("More than one may be chosen; once more takes it "
			   "back."));
	for (int i = 0; i < rows; i++)
		choice(s, q, i, first + i);
	if (questions_pages(q) > 1)
		sheet_print(s, RANK_USEFUL, STYLE_DIM, tr("Page %d of %d"),
			q->page + 1, questions_pages(q));
}

static void field(struct sheet *s, const struct questions *q)
{
	char text[ENTRY_SIZE * 3];

	switch (q->survey->question[q->at].kind) {
	case SURVEY_TEXT:
		parts_typed(s, "", &q->typed, TYPED_COLS, true);
		break;
	case SURVEY_BARCODE:
		sheet_field(s, "", entry_shown(&q->typed, text, sizeof(text)),
			TYPED_COLS, true);
		break;
	default:
		sheet_field(s, "", entry_shown(&q->typed, text, sizeof(text)),
			DAY_COLS, true);
		break;
	}
}

static void body_ask(struct sheet *s, const struct questions *q)
{
	const struct survey *f = q->survey;
	const struct survey_question *asked = &f->question[q->at];

	sheet_text(s, RANK_MUST, STYLE_TITLE,
		survey_words(f, &asked->label, questions_lang()));
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		survey_words(f, &asked->hint, questions_lang()));
	sheet_space(s);
	switch (asked->kind) {
	case SURVEY_ONE:
	case SURVEY_MANY:
		choices(s, q);
		break;
	case SURVEY_TEXT:
	case SURVEY_INTEGER:
	case SURVEY_DATE:
	case SURVEY_BARCODE:
		field(s, q);
		break;
	case SURVEY_NOTE:
	case SURVEY_KINDS:
		return;
	}
	if (!asked->required)
		return;
	sheet_space(s);
	sheet_text(s, RANK_NICE, STYLE_DIM,
		tr("This question needs an answer."));
}

/* "1 Ai trả lời? Con, dâu, rể, cháu": the question dim, the answer bold. */
static void answer(struct sheet *s, const struct questions *q, int line, int i)
{
	const struct survey *f = q->survey;
	const int row = sheet_line(s, RANK_MUST);
	const int room = s->cols - DIGIT_COLS;
	char label[LINE_SIZE];
	char text[LINE_SIZE];
	char cut[LINE_SIZE];
	int cols;

	canvas_print(&s->lines, row, s->margin, STYLE_KEY, "%d", line + 1);
	survey_answer_shown(f, &q->answers, i, questions_lang(), text,
		sizeof(text));
	if (!text[0])
		str_copy(text, sizeof(text), "-");
	cols = utf8_columns(text);
	if (cols > room * 2 / 3)
		cols = room * 2 / 3;
	shortened(s, text, cols, cut);
	cols = canvas_text(&s->lines, row, s->margin + DIGIT_COLS, STYLE_DIM,
		shortened(s,
			survey_words(f, &f->question[i].label,
				questions_lang()),
			room - cols - 1, label));
	canvas_text(&s->lines, row, cols + 1, STYLE_TITLE, cut);
}

static void body_end(struct sheet *s, const struct questions *q)
{
	int i;

	sheet_text(s, RANK_USEFUL, STYLE_TITLE, tr("Read the answers aloud"));
	sheet_space(s);
	for (int line = 0; line < QUESTIONS_PAGE; line++) {
		i = questions_line(q, line);
		if (i >= 0)
			answer(s, q, line, i);
	}
	if (questions_pages(q) > 1)
		sheet_print(s, RANK_USEFUL, STYLE_DIM, tr("Page %d of %d"),
			q->page + 1, questions_pages(q));
}

void questions_view(const struct questions *q, const char *name,
	const struct frame_info *info, struct canvas *c)
{
	struct frame frame = {.title = tr("QUESTIONS"), .notice = &q->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = questions_bindings(q, &frame.bindings);
	head(&s, q, name);
	if (q->step == QUESTIONS_END)
		body_end(&s, q);
	else
		body_ask(&s, q);
	frame_show(c, info, &frame, &s);
}
