/* paylist_cell.c - one cell: its text, word or number, and what is wrong. */
#include <string.h>

#include "core/codec/paylist_internal.h"
#include "core/codec/viet.h"
#include "core/str.h"
#include "core/text.h"
#include "core/utf8.h"

enum {
	WORD_SIZE = 48 /* a folded word of a closed list */
};

/* ---- troubles ---- */

/* The cell as a message may show it: clean, or its plain letters only. */
static void show(const char *cell, size_t len, char *out, size_t size)
{
	char plain[PAYLIST_MAX_CELL];
	char whole[PAYLIST_MAX_CELL + 1];

	if (!text_clean(cell, len, whole, sizeof(whole), NULL)) {
		for (size_t i = 0; i < len; i++)
			plain[i] = cell[i] >= ' ' && cell[i] < 0x7f ? cell[i]
								    : '?';
		text_clean(plain, len, whole, sizeof(whole), NULL);
	}
	str_copy(out, size, whole);
	str_trim(out); /* it may be cut at a blank */
}

void paylist_judge_say(struct paylist_judge *judge,
	const struct paylist_cells *cells, enum paylist_column column,
	enum paylist_trouble trouble)
{
	struct paylist_error e = {.row = cells->row,
		.column = column,
		.trouble = trouble};

	judge->errors += paylist_trouble_is_error(trouble);
	if (judge->stopped || !judge->sink->trouble)
		return;
	if (cells->cell[column])
		show(cells->cell[column], cells->len[column], e.value,
			sizeof(e.value));
	if (!judge->sink->trouble(judge->sink->ctx, &e))
		judge->stopped = true;
}

void paylist_say(struct paylist_job *j, enum paylist_column column,
	enum paylist_trouble trouble)
{
	paylist_judge_say(j->judge, j->in, column, trouble);
}

/* ---- text ---- */

/* Printable ASCII without a blank needs no cleaning; most cells are so. */
static bool is_one_word(const char *cell, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (cell[i] <= ' ' || cell[i] >= 0x7f)
			return false;
	return true;
}

bool paylist_take_text(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size)
{
	const char *cell = j->in->cell[column];
	const size_t len = j->in->len[column];
	struct text_report report;

	if (len < size && is_one_word(cell, len)) {
		if (len > 0)
			memcpy(out, cell, len);
		out[len] = '\0';
		return true;
	}
	if (text_clean(cell, len, out, size, &report))
		return true;
	paylist_say(j, column,
		report.verdict == TEXT_TOO_LONG ? TROUBLE_TOO_LONG
						: TROUBLE_BAD_TEXT);
	return false;
}

bool paylist_take_name(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size)
{
	if (!paylist_take_text(j, column, out, size))
		return false;
	if (!viet_is_latin(out)) {
		paylist_say(j, column, TROUBLE_FOREIGN);
		return false;
	}
	return true;
}

void paylist_need_name(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size)
{
	if (paylist_take_name(j, column, out, size) && !out[0])
		paylist_say(j, column, TROUBLE_MISSING);
}

void paylist_need_text(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size)
{
	if (paylist_take_text(j, column, out, size) && !out[0])
		paylist_say(j, column, TROUBLE_MISSING);
}

/* ---- words of closed lists ---- */

int paylist_word_value(struct paylist_job *j, enum paylist_column column,
	const struct paylist_word *words, size_t count, int empty_value)
{
	char text[PAYLIST_TEXT_SIZE];
	char folded[WORD_SIZE];
	struct text_report report;

	if (j->in->len[column] == 0)
		return empty_value;
	if (!text_clean(j->in->cell[column], j->in->len[column], text,
		    sizeof(text), &report) ||
		!viet_fold(text, folded, sizeof(folded)))
		return -1;
	if (!text[0])
		return empty_value;
	for (size_t i = 0; i < count; i++)
		if (!strcmp(folded, words[i].folded))
			return words[i].value;
	return -1;
}

void paylist_take_number(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size)
{
	size_t n = 0;

	if (!paylist_take_text(j, column, out, size))
		return;
	for (const char *s = out + (out[0] == '\''); *s; s++)
		if (*s != ' ')
			out[n++] = *s;
	out[n] = '\0';
}
