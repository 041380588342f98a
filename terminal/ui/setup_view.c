#include "terminal/ui/setup_view.h"

#include <stdio.h>

#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/preview_view.h"

enum {
	FIELD_COLS = 60,
	NUMBER_COLS = 8,
	SURE_PEERS = 5
};

static const char *title(const struct setup *s)
{
	switch (s->step) {
	case SETUP_LIST:
	case SETUP_CHOOSE:
	case SETUP_TYPE:
	case SETUP_SAVING:
		return setting_group_title(s->group);
	case SETUP_SAMPLE_ASKED:
	case SETUP_SAMPLE:
		return tr("RECEIPT");
	default:
		return tr("SETTINGS");
	}
}

/* "1 Paper width", and what it is, cut where the line ends. */
static void row(struct sheet *s, int number, const struct setting *at,
	const char *value)
{
	const int line = sheet_line(s, RANK_MUST);
	char text[SETTING_TEXT];
	int col = canvas_print(&s->lines, line, s->margin, STYLE_KEY, "%d",
		number);

	canvas_print(&s->lines, line, col + 1, STYLE_NORMAL,
		"%s:", tr(at->label));
	col += 1 + utf8_columns(tr(at->label)) + 1;
	canvas_text(&s->lines, line, col + 1, *value ? STYLE_TITLE : STYLE_DIM,
		setting_value_text(at, value, text));
}

static void list(struct sheet *s, const struct setup *u)
{
	int first;
	int count;

	setting_of(u->group, &first, &count);
	sheet_space(s);
	for (int i = 0; i < count; i++)
		row(s, i + 1, setting_at(first + i), u->told.value[first + i]);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("In brackets: nobody has said anything, so it is that."));
}

static void head(struct sheet *s, const struct setup *u)
{
	const struct setting *at = setting_at(u->chosen);
	char text[SETTING_TEXT];

	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr(at->label));
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, tr(at->means));
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL, tr("So far: %s"),
		setting_value_text(at, u->told.value[u->chosen], text));
	sheet_space(s);
}

static void tail(struct sheet *s, const struct setup *u)
{
	if (setting_at(u->chosen)->at_once)
		return;
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("It holds when the program starts again."));
}

static void choose(struct sheet *s, const struct setup *u)
{
	const struct setting *at = setting_at(u->chosen);
	char text[SETTING_TEXT];

	head(s, u);
	for (int i = 0; i < setting_choices(at); i++) {
		const int line = sheet_line(s, RANK_MUST);
		const int col = canvas_print(&s->lines, line, s->margin + 2,
			STYLE_KEY, "%d", i + 1);

		canvas_text(&s->lines, line, col + 1, STYLE_NORMAL,
			setting_value_text(at, at->choice[i].value, text));
	}
	tail(s, u);
}

static void type(struct sheet *s, const struct setup *u)
{
	const struct setting *at = setting_at(u->chosen);
	char text[SETTING_TEXT];

	head(s, u);
	if (at->kind == SETTING_WORDS)
		parts_typed(s, "", &u->typed, FIELD_COLS, true);
	else
		sheet_field(s, "", u->typed.text,
			at->kind == SETTING_NUMBER ? NUMBER_COLS : FIELD_COLS,
			true);
	setting_range_text(at, text);
	if (*text)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL, text);
	sheet_print(s, RANK_USEFUL, STYLE_NORMAL,
		tr("An empty field means: %s"), tr(at->otherwise));
	tail(s, u);
}

static void terminal(struct sheet *s, const struct setup *u)
{
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("Point"), u->told.name);
	parts_fact(s, RANK_MUST, tr("Code of the point"), u->told.point);
	if (u->told.above[0])
		parts_fact(s, RANK_USEFUL, tr("Units above the point"),
			u->told.above);
	parts_fact(s, RANK_USEFUL, tr("Who pays"), u->told.unit);
	parts_fact(s, RANK_MUST, tr("Terminal"), u->told.dev_hex);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("These stand in the book from its first record on and on "
		   "every receipt. They are not changed: another point needs "
		   "a book of its own."));
	sheet_sign(s, RANK_NICE, SIGN_NOTE,
		tr("Users are behind * * 2, limits behind * 2, a copy of the "
		   "book behind * 5."));
}

/* "1 1a1a1a  c4c4c4c4c4c4c4c4"; the tenth has no key, till one is out. */
static void peer(struct sheet *s, int i, const char *dev, const char *key)
{
	const int line =
		sheet_line(s, i < SURE_PEERS ? RANK_MUST : RANK_USEFUL);

	if (i < 9)
		canvas_print(&s->lines, line, s->margin, STYLE_KEY, "%d",
			i + 1);
	canvas_print(&s->lines, line, s->margin + 2, STYLE_NORMAL,
		"%.6s  %.16s", dev, key);
}

static void office(struct sheet *s, const struct setup *u)
{
	const struct settings_told *t = &u->told;
	char dev[2 * MARKS_DEV_SIZE + 1];
	char key[2 * CRYPTO_PUBLIC_SIZE + 1];

	sheet_space(s);
	for (int i = 0; i < t->peers && i < FLOW_PEERS; i++) {
		str_to_hex(t->peer[i].dev, MARKS_DEV_SIZE, dev);
		str_to_hex(t->peer[i].public, CRYPTO_PUBLIC_SIZE, key);
		peer(s, i, dev, key);
	}
	if (t->peers > FLOW_PEERS)
		sheet_print(s, RANK_USEFUL, STYLE_NORMAL, tr("and %d more"),
			t->peers - FLOW_PEERS);
	if (t->peers == 0)
		sheet_sign(s, RANK_MUST, SIGN_NOTE,
			tr("This terminal believes no other one yet."));
	else
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			tr("Its id, and how its key begins."));
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("To add one: there press * * 9, then 5, and scan its code "
		   "here. What was believed stays in the book."));
}

/* Which terminal, and what comes of it before the last key. */
static void out(struct sheet *s, const struct setup *u,
	const struct frame_info *info, const struct frame *frame)
{
	static const char *const why[PEER_WHYS] = {
		[PEER_LOST] = TR("It was lost or stolen"),
		[PEER_REPLACED] = TR("Another terminal took its place"),
		[PEER_CLOSED] = TR("Its point is closed"),
	};
	char dev[2 * MARKS_DEV_SIZE + 1];

	str_to_hex(u->told.peer[u->peer].dev, MARKS_DEV_SIZE, dev);
	dev[6] = '\0';
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("Terminal"), dev);
	if (u->step == SETUP_OUT_WHY) {
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Why is it believed no more?"));
	} else {
		parts_fact(s, RANK_MUST, tr("Reason"), tr(why[u->why]));
		sheet_space(s);
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Nothing that it shows is taken here from now on, "
			   "and nobody is handed over to it. What it said "
			   "before still counts. This is not undone."));
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("Do the same on the other terminals of the "
			   "office."));
	}
	sheet_space(s);
	parts_choices_for(s, info, frame->binding, frame->bindings);
}

void setup_view(const struct setup *u, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = title(u), .notice = &u->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = setup_bindings(u, &frame.bindings);
	frame.choices_in_body = u->step == SETUP_MENU ||
				u->step == SETUP_OUT_WHY ||
				u->step == SETUP_OUT_SURE;
	switch (u->step) {
	case SETUP_MENU:
		sheet_space(&s);
		parts_choices_for(&s, info, frame.binding, frame.bindings);
		break;
	case SETUP_LIST:
		list(&s, u);
		break;
	case SETUP_CHOOSE:
		choose(&s, u);
		break;
	case SETUP_TYPE:
		type(&s, u);
		break;
	case SETUP_TERMINAL:
		terminal(&s, u);
		break;
	case SETUP_OFFICE:
		office(&s, u);
		break;
	case SETUP_OUT_WHY:
	case SETUP_OUT_SURE:
		out(&s, u, info, &frame);
		break;
	case SETUP_SAMPLE:
		preview_paper(&s, u->sample, u->top,
			frame_body_rows(c, info, &frame));
		break;
	default:
		parts_waiting(&s, tr("The settings are being looked at"));
	}
	frame_show(c, info, &frame, &s);
}
