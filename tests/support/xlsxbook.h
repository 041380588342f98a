/*
 * xlsxbook.h - workbooks as libxlsxwriter writes them. Rows and columns from
 * 0, as there. Ends the program if it fails. Link with -lxlsxwriter.
 */
#ifndef TESTS_SUPPORT_XLSXBOOK_H
#define TESTS_SUPPORT_XLSXBOOK_H

#include <stdbool.h>
#include <stdint.h>

struct xlsxbook;

/* streamed: rows are written at once, with texts inside of their cells. */
struct xlsxbook *xlsxbook_new(const char *path, bool streamed);
void xlsxbook_sheet(struct xlsxbook *b, const char *name);

/* Cells have a frame from now on, also those without a text. */
void xlsxbook_frame(struct xlsxbook *b);

void xlsxbook_text(struct xlsxbook *b, uint32_t row, int column,
	const char *text);
void xlsxbook_number(struct xlsxbook *b, uint32_t row, int column, double n);

/* A day of which the format shows a part. */
void xlsxbook_date(struct xlsxbook *b, uint32_t row, int column, int year,
	int month, int day, const char *format);
void xlsxbook_formula(struct xlsxbook *b, uint32_t row, int column,
	const char *formula, double value);

/* A title over columns 0 to last. */
void xlsxbook_title(struct xlsxbook *b, uint32_t row, int last,
	const char *text);

void xlsxbook_close(struct xlsxbook *b);

/* Row by row what stands in the CSV, all of it text. */
void xlsxbook_of_csv(const char *path, const char *csv);

#endif
