#include "terminal/ui/parts.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/viet.h"
#include "core/date.h"
#include "core/money.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/pay_text.h"
#include "terminal/ui/bar.h"

enum {
	SECOND_COLUMN = 39, /* from the margin, on wide screens */
	WIDE = 70,          /* columns between the margins */
	MIDDLE = 50,
	SHOWN_DIGITS = 4,
	FIELD_COLS = 12,
	CHOICE_COLS = 5 /* before the text of a choice */
};

const char *parts_masked(const char *number, char out[PARTS_MASK_SIZE])
{
	const size_t len = strlen(number);
	struct buf b;

	buf_init(&b, out, PARTS_MASK_SIZE);
	for (size_t i = 0; i < len; i++)
		if (i + SHOWN_DIGITS < len)
			buf_printf(&b, "●");
		else
			buf_byte(&b, (unsigned char)number[i]);
	return buf_text(&b);
}

/* "Sinh 02/09/1944 (82 tuổi)", shorter where there is less room. */
static void say_birth(const struct sheet *s, const struct frame_info *info,
	struct date birth, char *out, size_t size)
{
	char date[DATE_TEXT_SIZE];
	const int age = frame_age(info, birth);
	struct buf b;

	buf_init(&b, out, size);
	if (birth.year == 0)
		return;
	if (s->cols >= WIDE)
		buf_printf(&b, tr("Born %s"), date_vi(birth, date));
	else
		buf_printf(&b, "%d", birth.year);
	if (age >= 0 && s->cols >= MIDDLE)
		buf_printf(&b, tr(" (%d years)"), age);
	else if (age >= 0)
		buf_printf(&b, tr(" (%d y)"), age);
	buf_text(&b);
}

static void say_number(const struct person *p, char *out, size_t size)
{
	char masked[PARTS_MASK_SIZE];

	if (*p->id12)
		snprintf(out, size, tr("ID card %s"),
			parts_masked(p->id12, masked));
	else if (*p->old_id)
		snprintf(out, size, tr("Old ID %s"),
			parts_masked(p->old_id, masked));
	else
		snprintf(out, size, "%s", tr("No ID number"));
}

void parts_name(struct sheet *s, const char *name)
{
	char upper[VIET_NAME_SIZE];

	sheet_text(s, RANK_MUST, STYLE_TITLE,
		viet_upper(name, upper, sizeof(upper)) ? upper : name);
}

/* Address, and beside it the group; below it where that is too narrow. */
static void address_and_group(struct sheet *s, const struct person *p)
{
	const char *group = *p->group ? pay_group_text(p->group) : "";
	int row;

	if (s->cols >= WIDE && utf8_columns(p->address) < SECOND_COLUMN - 1) {
		row = sheet_line(s, RANK_USEFUL);
		canvas_text(&s->lines, row, s->margin, STYLE_NORMAL,
			p->address);
		canvas_text(&s->lines, row, s->margin + SECOND_COLUMN,
			STYLE_DIM, group);
		return;
	}
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, p->address);
	if (s->cols >= MIDDLE)
		sheet_text(s, RANK_NICE, STYLE_DIM, group);
}

/* After a gap, which is one column where more would cut the text. */
static void text_at_end(struct sheet *s, int row, int col, int gap,
	const char *text)
{
	if (col + gap + utf8_columns(text) > s->margin + s->cols)
		gap = 1;
	canvas_text(&s->lines, row, col + gap, STYLE_NORMAL, text);
}

void parts_person(struct sheet *s, const struct frame_info *info,
	const struct person *p)
{
	char text[128];
	const int row = sheet_line(s, RANK_MUST);
	const int gap = s->cols >= MIDDLE ? 3 : 2;
	int col;

	say_number(p, text, sizeof(text));
	col = canvas_text(&s->lines, row, s->margin, STYLE_NORMAL, text);
	say_birth(s, info, p->birth, text, sizeof(text));
	if (s->cols >= WIDE)
		col = s->margin + SECOND_COLUMN;
	else
		col += gap;
	col = canvas_text(&s->lines, row, col, STYLE_NORMAL, text);
	text_at_end(s, row, col, gap, pay_sex_text(p->sex));
	sheet_space(s);
	parts_name(s, p->name);
	address_and_group(s, p);
}

static bool is_due(const struct due_item *item)
{
	return item->paid_seq == 0 && !item->by_account;
}

/* The line for what has no line of its own. */
static void rest_of_items(struct sheet *s, int count, int64_t amount)
{
	char text[PAY_TEXT_SIZE];

	if (count == 0)
		return;
	snprintf(text, sizeof(text), tr("and %d more"), count);
	sheet_money(s, RANK_MUST, text, amount);
}

void parts_items(struct sheet *s, const struct due_item *item, int items,
	bool due_only)
{
	const int most = s->spoken                      ? PEOPLE_MAX_ITEMS
			 : s->tight                     ? 2
			 : s->tall && s->cols >= MIDDLE ? 5
							: 3;
	const struct due_item *shown[PEOPLE_MAX_ITEMS];
	char text[PAY_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];
	int64_t rest = 0;
	int all = 0;
	int lines;

	for (int i = 0; i < items && i < PEOPLE_MAX_ITEMS; i++)
		if (!due_only || is_due(&item[i]))
			shown[all++] = &item[i];
	lines = all > most ? most - 1 : all;
	for (int i = 0; i < lines; i++)
		sheet_pair_room(s, pay_item_text(shown[i], text, sizeof(text)),
			money_format(shown[i]->amount, money));
	for (int i = 0; i < lines; i++)
		sheet_money(s, RANK_MUST,
			pay_item_text(shown[i], text, sizeof(text)),
			shown[i]->amount);
	for (int i = lines; i < all; i++)
		rest += shown[i]->amount;
	rest_of_items(s, all - lines, rest);
}

void parts_fact(struct sheet *s, enum rank rank, const char *label,
	const char *text)
{
	if (*text)
		sheet_print(s, rank, STYLE_NORMAL, "%s: %s", label, text);
}

const char *parts_ago(const struct frame_info *info, int64_t ms,
	char out[PARTS_AGO_SIZE])
{
	enum {
		MINUTE = 60 * 1000,
		DAY_MINUTES = 24 * 60
	};
	const struct daytime at = date_of_ms(ms);
	const int64_t minutes = (info->now - ms) / MINUTE;

	if (ms == 0)
		snprintf(out, PARTS_AGO_SIZE, "%s", tr("never yet"));
	else if (info->now > 0 && minutes >= 0 && minutes < 60)
		snprintf(out, PARTS_AGO_SIZE, tr("%lld minutes ago"),
			(long long)minutes);
	else if (info->now > 0 && minutes >= 0 && minutes < DAY_MINUTES)
		snprintf(out, PARTS_AGO_SIZE, tr("%lld hours ago"),
			(long long)minutes / 60);
	else
		snprintf(out, PARTS_AGO_SIZE, "%02d:%02d %02d/%02d/%d", at.hour,
			at.minute, at.date.day, at.date.month, at.date.year);
	return out;
}

void parts_banner(struct sheet *s, const char *text)
{
	const int first = s->lines.rows;

	sheet_line(s, RANK_PAD);
	sheet_print(s, RANK_MUST, STYLE_STOP, "■ %s", text);
	sheet_line(s, RANK_PAD);
	for (int row = first; row < s->lines.rows; row++)
		canvas_restyle(&s->lines, row, 0, s->lines.cols, STYLE_STOP);
	sheet_space(s);
}

void parts_waiting(struct sheet *s, const char *text)
{
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, text);
}

static bool is_choice(const struct binding *b)
{
	return b->key >= '1' && b->key <= '9';
}

static void choice(struct sheet *s, const struct binding *b)
{
	const char *text = tr(b->does);
	int row;

	/* There the keys have a line each anyway. */
	if (s->spoken)
		return;
	row = sheet_line(s, RANK_MUST);
	if (b->brief && utf8_columns(text) > s->cols - CHOICE_COLS)
		text = tr(b->brief);
	canvas_text(&s->lines, row, s->margin + 2, STYLE_KEY, b->key_name);
	canvas_text(&s->lines, row, s->margin + CHOICE_COLS, STYLE_NORMAL,
		text);
}

void parts_far(struct sheet *s, int64_t done, int64_t all)
{
	enum {
		MOST = 50
	};
	const struct bar b = {s->cols < MOST ? s->cols : MOST, STYLE_FIGURE,
		'.'};
	int percent;

	if (all <= 0)
		return;
	percent = done >= all ? 100 : (int)(done * 100 / all);
	sheet_print(s, RANK_MUST, STYLE_NORMAL, "%d%%", percent);
	if (s->spoken)
		return;
	bar_draw(&s->lines, sheet_line(s, RANK_USEFUL), s->margin, &b, done,
		all);
}

void parts_choices(struct sheet *s, const struct binding *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_choice(&b[i]))
			choice(s, &b[i]);
}

void parts_choices_for(struct sheet *s, const struct frame_info *info,
	const struct binding *b, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_choice(&b[i]) && binding_is_for(&b[i], info->role))
			choice(s, &b[i]);
}

void parts_typed(struct sheet *s, const char *label, const struct entry *e,
	int width, bool active)
{
	static const char *const method[TELEX_METHOD_COUNT] = {
		[TELEX_OFF] = "abc",
		[TELEX_TELEX] = "Telex",
		[TELEX_VNI] = "VNI",
	};
	const char *name = method[e->word.method];
	const int before = utf8_columns(label) + (*label ? 1 : 0);
	const int room = s->cols - before - utf8_columns(name) - 2;
	const int cols = width < room ? width : room;

	if (!active || utf8_columns(e->text) >= cols) {
		sheet_field(s, label, e->text, width, active);
		return;
	}
	sheet_field(s, label, e->text, cols, active);
	canvas_text(&s->lines, s->lines.rows - 1, s->margin + before + cols + 2,
		STYLE_DIM, name);
}

void parts_second(struct sheet *s, const struct second *second)
{
	char text[ENTRY_SIZE * 3];
	const bool on_pin = second->step == SECOND_PIN;

	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("A second person is needed"));
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("A supervisor types number and PIN here, or answers by QR "
		   "from a terminal of his own (key .)."));
	sheet_space(s);
	sheet_field(s, tr("Number:"),
		entry_shown(&second->number, text, sizeof(text)), FIELD_COLS,
		!on_pin);
	if (!on_pin)
		return;
	sheet_secret(s, tr("PIN:"),
		entry_shown(&second->pin, text, sizeof(text)), FIELD_COLS,
		true);
}

void parts_sum(struct sheet *s, const char *label, int64_t amount)
{
	char money[MONEY_TEXT_SIZE];
	char text[64];

	snprintf(text, sizeof(text), tr("%s dong"),
		money_format(amount, money));
	sheet_pair(s, RANK_MUST, label, STYLE_FIGURE, text);
}
