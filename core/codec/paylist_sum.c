#include <string.h>

#include "core/codec/paylist_internal.h"
#include "core/codec/viet.h"
#include "core/money.h"
#include "core/str.h"
#include "core/text.h"

enum {
	AMOUNT_SIZE = 48,
	AMOUNT_DIGITS = 15, /* of MONEY_MAX */
	NUMBERING_MARKS = 6 /* fewer could be a row of its own */
};

/* Digits only, as programs write them; "" is 0. */
static bool plain_amount(const char *cell, size_t len, int64_t *out)
{
	int64_t n = 0;

	if (len > AMOUNT_DIGITS)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (cell[i] < '0' || cell[i] > '9')
			return false;
		n = n * 10 + (cell[i] - '0');
	}
	*out = n;
	return true;
}

bool paylist_amount(const struct paylist_cells *cells,
	enum paylist_column column, int64_t *out)
{
	char text[AMOUNT_SIZE];

	*out = 0;
	if (plain_amount(cells->cell[column], cells->len[column], out))
		return true;
	if (!text_clean(cells->cell[column], cells->len[column], text,
		    sizeof(text), NULL))
		return false;
	if (!text[0] || !strcmp(text, "-"))
		return true;
	return money_parse(text, out) && *out >= 0 && *out <= MONEY_MAX;
}

static bool has_number(const struct paylist_cells *cells)
{
	return cells->len[COL_ID12] > 0 || cells->len[COL_CMND9] > 0 ||
	       cells->len[COL_BENEFICIARY_ID] > 0;
}

/*
 * "Tổng cộng" in a cell; "Cộng thôn 3" too, but not where names stand: one
 * can be called Tống Công Minh.
 */
static bool says_sum(const struct paylist_cells *cells,
	enum paylist_column column)
{
	static const char *const whole[] = {"cong", "tong", "tong cong",
		"tong so", "total"};
	char text[PAYLIST_TEXT_SIZE];
	char folded[PAYLIST_TEXT_SIZE];

	if (cells->len[column] == 0 ||
		!text_clean(cells->cell[column], cells->len[column], text,
			sizeof(text), NULL) ||
		!viet_fold(text, folded, sizeof(folded)))
		return false;
	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++)
		if (!strcmp(folded, whole[i]))
			return true;
	return column != COL_NAME && column != COL_ADDRESS &&
	       (str_starts(folded, "cong ") || str_starts(folded, "tong "));
}

bool paylist_row_is_sum(const struct paylist_cells *cells)
{
	if (has_number(cells) || cells->len[COL_GROUP] > 0)
		return false;
	for (int c = COL_PERIOD; c <= COL_GROUP; c++)
		if (says_sum(cells, (enum paylist_column)c))
			return true;
	return false;
}

bool paylist_row_is_remark(const struct paylist_cells *cells)
{
	return !has_number(cells) && cells->len[COL_MONTHLY_AMOUNT] == 0 &&
	       cells->len[COL_ARREARS_AMOUNT] == 0 &&
	       cells->len[COL_FUNERAL_AMOUNT] == 0 &&
	       cells->len[COL_CARRY_OVER_AMOUNT] == 0 &&
	       cells->len[COL_TOTAL] == 0;
}

/* "(3)", "3", "B", "(8)=(5)+(6)": the next mark of a column? */
static bool is_mark(const struct cells_one *c, int *next)
{
	const char *s = c->text;
	const char *end = s + c->len;
	int n = 0;

	while (s < end && (*s == '(' || *s == '[' || *s == ' '))
		s++;
	if (s < end && ((*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z'))) {
		s++;
	} else {
		while (s < end && *s >= '0' && *s <= '9' && n < CELLS_MAX)
			n = n * 10 + (*s++ - '0');
		if (n != *next)
			return false;
		++*next;
	}
	return s == end || *s == ')' || *s == ']' || *s == ' ' || *s == '=';
}

bool paylist_is_numbering(const struct cells *row)
{
	int marks = 0;
	int next = 1;

	for (int i = 0; i < row->count; i++) {
		const struct cells_one *c = &row->cell[i];

		if (c->len == 0 && !c->too_long)
			continue;
		if (c->too_long || !is_mark(c, &next))
			return false;
		marks++;
	}
	return marks >= NUMBERING_MARKS && next > 1;
}
