/* Compiled without core/banned.h: libxlsxwriter's headers name strncpy. */
#include "support/xlsxbook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

struct xlsxbook {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *frame; /* NULL: none */
};

struct xlsxbook *xlsxbook_new(const char *path, bool streamed)
{
	lxw_workbook_options options = {.constant_memory = streamed};
	struct xlsxbook *b = calloc(1, sizeof(*b));

	if (!b || !(b->book = workbook_new_opt(path, &options)))
		exit(1);
	return b;
}

void xlsxbook_sheet(struct xlsxbook *b, const char *name)
{
	b->sheet = workbook_add_worksheet(b->book, name);
}

void xlsxbook_frame(struct xlsxbook *b)
{
	b->frame = workbook_add_format(b->book);
	format_set_border(b->frame, LXW_BORDER_THIN);
	format_set_font_name(b->frame, "Times New Roman");
}

void xlsxbook_text(struct xlsxbook *b, uint32_t row, int column,
	const char *text)
{
	worksheet_write_string(b->sheet, row, (lxw_col_t)column, text,
		b->frame);
}

void xlsxbook_number(struct xlsxbook *b, uint32_t row, int column, double n)
{
	worksheet_write_number(b->sheet, row, (lxw_col_t)column, n, b->frame);
}

void xlsxbook_date(struct xlsxbook *b, uint32_t row, int column, int year,
	int month, int day, const char *format)
{
	lxw_format *f = workbook_add_format(b->book);
	lxw_datetime when = {.year = year, .month = month, .day = day};

	format_set_num_format(f, format);
	worksheet_write_datetime(b->sheet, row, (lxw_col_t)column, &when, f);
}

void xlsxbook_formula(struct xlsxbook *b, uint32_t row, int column,
	const char *formula, double value)
{
	worksheet_write_formula_num(b->sheet, row, (lxw_col_t)column, formula,
		NULL, value);
}

void xlsxbook_title(struct xlsxbook *b, uint32_t row, int last,
	const char *text)
{
	worksheet_merge_range(b->sheet, row, 0, row, (lxw_col_t)last, text,
		NULL);
}

void xlsxbook_close(struct xlsxbook *b)
{
	if (workbook_close(b->book) != LXW_NO_ERROR)
		exit(1);
	free(b);
}

void xlsxbook_of_csv(const char *path, const char *csv)
{
	struct xlsxbook *b = xlsxbook_new(path, false);
	FILE *in = fopen(csv, "r");
	char line[4096];
	uint32_t row = 0;

	xlsxbook_sheet(b, "Danh sách");
	if (!in)
		exit(1);
	for (; fgets(line, sizeof(line), in); row++) {
		int column = 0;

		line[strcspn(line, "\r\n")] = '\0';
		for (char *s = line; s; column++) {
			/* A cell in quotes has no quote inside. */
			char *cell = s + (*s == '"');
			char *end = *s == '"' ? strchr(cell, '"') : NULL;

			s = strchr(end ? end : s, ',');
			if (s)
				*s++ = '\0';
			if (end)
				*end = '\0';
			if (*cell)
				xlsxbook_text(b, row, column, cell);
		}
	}
	fclose(in);
	xlsxbook_close(b);
}
