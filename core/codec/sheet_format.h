/*
 * sheet_format.h - numbers of a workbook as people see them in it.
 *
 * A workbook keeps a date as a count of days, and any number as binary
 * floating point; only the format of the cell tells which is meant. Out
 * comes text as a list has it: whole numbers with all their digits, dates as
 * 2026-12-05, months as 2026-12. Pure; no locale.
 */
#ifndef CORE_CODEC_SHEET_FORMAT_H
#define CORE_CODEC_SHEET_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

enum {
	SHEET_NUMBER_SIZE = 64
};

enum sheet_format {
	FORMAT_NUMBER, /* also times of day and durations */
	FORMAT_DATE,
	FORMAT_MONTH, /* month and year only: "mm/yyyy", "mmm-yy" */
	FORMAT_YEAR,
};

/* What a format that every program knows by number is (ECMA-376 18.8.30). */
enum sheet_format sheet_format_builtin(long id);

/* What a format code is: "dd/mm/yyyy", "#,##0 \"đ\"", "[Red]0". */
enum sheet_format sheet_format_code(const char *code);

/*
 * "1.2345E+11" to "123450000000", "0.30000000000000004" to "0.3": 15 digits
 * that count, as all spreadsheets show, never an exponent. Whole numbers
 * without exponent keep all digits. False if it is no number, or one of more
 * than 30 digits.
 */
bool sheet_number_text(const char *number, char out[SHEET_NUMBER_SIZE]);

/*
 * The day of a count of days, in the way of the format. False if there is no
 * such day: negative, 29 February 1900 (which Excel has), beyond 9999.
 */
bool sheet_date_text(const char *number, enum sheet_format format,
	bool from_1904, char out[SHEET_NUMBER_SIZE]);

#endif
