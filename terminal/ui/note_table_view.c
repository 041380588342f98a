#include "terminal/ui/note_table_view.h"

#include "core/money.h"
#include "core/utf8.h"

enum {
	NOTE_COLS = 7,   /* "500.000" */
	PIECES_COLS = 5, /* "99999" */
	PAIR_COLS = 20,  /* two kinds of notes beside each other */
	TOTAL_COLS = 15
};

/* "500.000 x 10___": one kind of note, from column col on. */
static int note(struct sheet *s, const struct note_table *t, int row, int col,
	int i)
{
	const bool active = i == t->row;
	char money[MONEY_TEXT_SIZE];
	char text[ENTRY_SIZE * 3];
	int at;

	canvas_right(&s->lines, row, col + NOTE_COLS,
		active ? STYLE_TITLE : STYLE_NORMAL,
		money_format(notes_denomination[i], money));
	canvas_text(&s->lines, row, col + NOTE_COLS + 1, STYLE_DIM, "x");
	at = col + NOTE_COLS + 3;
	entry_shown(&t->pieces[i], text, sizeof(text));
	if (!active) {
		canvas_right(&s->lines, row, at + PIECES_COLS, STYLE_NORMAL,
			*text ? text : "-");
		return at + PIECES_COLS;
	}
	canvas_repeat(&s->lines, row, at, STYLE_FIELD, '_', PIECES_COLS);
	canvas_right(&s->lines, row, at + PIECES_COLS, STYLE_FIELD, text);
	canvas_cursor(&s->lines, row, at + PIECES_COLS - 1, true);
	s->lines.typed = utf8_columns(text);
	return at + PIECES_COLS;
}

static void one_column(struct sheet *s, const struct note_table *t)
{
	for (int i = 0; i < NOTES_KINDS; i++) {
		const int row = sheet_line(s, RANK_MUST);
		const int64_t sum =
			notes_denomination[i] * note_table_pieces(t, i);
		char money[MONEY_TEXT_SIZE];
		int end = note(s, t, row, s->margin, i);

		canvas_text(&s->lines, row, end + 1, STYLE_DIM, "=");
		canvas_right(&s->lines, row, end + 3 + TOTAL_COLS, STYLE_NORMAL,
			money_format(sum, money));
	}
}

/* Where rows are dear: the five big kinds, and the four small beside them. */
static void two_columns(struct sheet *s, const struct note_table *t)
{
	const int half = (NOTES_KINDS + 1) / 2;

	for (int i = 0; i < half; i++) {
		const int row = sheet_line(s, RANK_MUST);

		note(s, t, row, s->margin, i);
		if (half + i < NOTES_KINDS)
			note(s, t, row, s->margin + PAIR_COLS, half + i);
	}
}

void note_table_view(struct sheet *s, const struct note_table *t)
{
	if (s->tight)
		two_columns(s, t);
	else
		one_column(s, t);
}
