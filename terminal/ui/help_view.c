#include "terminal/ui/help_view.h"

#include "core/tr.h"
#include "terminal/flows/lineread.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/wrap.h"

enum {
	KEY_COLS = 8
};

static const char *key_name(const struct sheet *s, const struct help *help,
	const struct binding *b)
{
	if (!*b->key_name)
		return tr("scan");
	return s->spoken ? lineread_key_name(help->row, help->count, b)
			 : frame_key_name(b);
}

/* One key; what it does may take several lines. */
static void row(struct sheet *s, const struct help *help,
	const struct binding *b)
{
	const char *text = tr(b->does);
	const int first = s->lines.rows;
	char line[256];

	while (*text) {
		text = wrap_next(text, s->cols - KEY_COLS, line, sizeof(line));
		canvas_text(&s->lines, sheet_line(s, RANK_MUST),
			s->margin + KEY_COLS, STYLE_NORMAL, line);
	}
	canvas_text(&s->lines, first, s->margin, STYLE_KEY,
		key_name(s, help, b));
}

void help_view(const struct help *help, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("HELP")};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = help_bindings(&frame.bindings);
	sheet_text(&s, RANK_NICE, STYLE_TITLE, tr("The keys of that screen"));
	sheet_space(&s);
	for (size_t i = (size_t)help->top; i < help->count; i++)
		if (binding_is_for(&help->row[i], info->role) &&
			(!s.spoken || *key_name(&s, help, &help->row[i])))
			row(&s, help, &help->row[i]);
	sheet_space(&s);
	sheet_text(&s, RANK_NICE, STYLE_DIM,
		s.spoken ? tr("Type a number or a text, then ENTER. A line "
			      "with ? alone says the screen again.")
			 : tr("F1 to F10 are the same as 1 to 9 and 0."));
	frame_show(c, info, &frame, &s);
}
