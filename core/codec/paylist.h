/*
 * paylist.h - the payment list as it arrives, row by row.
 *
 * CSV or TSV (csv_in.h) is fed as bytes, a workbook (sheet_in.h) as rows of
 * cells. Up to PAYLIST_MAX_TITLES rows of titles may stand above the header,
 * which is the first row with four names of columns; a row that numbers the
 * columns, (1) (2) (3), may stand below it. Header names in English (the column names below) or
 * Vietnamese, in any order and case, marks optional; unknown columns are
 * ignored and counted. The first twelve columns must be there, at least one
 * amount column too; the rest may be missing. Nothing is guessed: a row that
 * cannot be right gets errors with row number and column, and the reader
 * goes on, so that a supervisor sees all of them at once.
 *
 * Empty rows are skipped. So is a sum ("Cộng", "Tổng cộng" where a name or
 * number would be, and no number of a person): it is no row for the sink,
 * but its amounts must be the sums of the rows since the sum before it, or
 * of all rows, else it is TROUBLE_TOTAL. Behind a sum, rows with neither
 * number nor amount (the sum in words, signatures) are skipped too.
 *
 * Sex is Nam, Nữ, M, F, male or female; 1 and 2 are refused, as lists do not
 * agree on which is which. An empty payee is the person, unless a payee of
 * another name is given; an empty method is cash. A list that has only a
 * total gives it as the monthly amount.
 *
 * Fed in pieces: memory does not grow with the list. One reader belongs to
 * one thread.
 */
#ifndef CORE_CODEC_PAYLIST_H
#define CORE_CODEC_PAYLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/cells.h"
#include "core/codec/personid.h"
#include "core/codec/viet.h"
#include "core/date.h"
#include "core/err.h"

enum {
	PAYLIST_CODE_SIZE = 40,
	PAYLIST_SUBGROUP_SIZE = 96, /* a code, or words */
	PAYLIST_TEXT_SIZE = 256,
	PAYLIST_MAX_ROWS = CELLS_MAX_ROWS,
	PAYLIST_MAX_COLUMNS = CELLS_MAX,
	PAYLIST_MAX_CELL = CELLS_MAX_TEXT, /* bytes */
	PAYLIST_MAX_TITLES = 20            /* rows without a header */
};

enum paylist_column {
	/* must be there */
	COL_PERIOD,
	COL_UNIT_CODE,
	COL_LIST_NO,
	COL_SEQ,
	COL_BENEFICIARY_ID,
	COL_ID12,
	COL_CMND9,
	COL_NAME,
	COL_DOB,
	COL_SEX,
	COL_ADDRESS,
	COL_GROUP,
	/* may be missing */
	COL_SUBGROUP,
	COL_MONTHLY_AMOUNT,
	COL_ARREARS_AMOUNT,
	COL_ARREARS_MONTHS,
	COL_FUNERAL_AMOUNT,
	COL_CARRY_OVER_AMOUNT,
	COL_TOTAL,
	COL_PAYEE,
	COL_PAYEE_NAME,
	COL_PAYEE_ID,
	COL_METHOD,
	COL_ACCOUNT_BIN,
	COL_ACCOUNT_NO,
	COL_NOTE,
	COL_COUNT, /* of a payment list; also: none of them */
	/* only in lists of changes and of answers (sidelist.h) */
	COL_KIND,
	COL_REASON,
	COL_DATE,
	COL_HOLDER_NAME,
	COL_ANSWER,
	COL_MESSAGE,
	COL_ACCOUNT_REF, /* the id of the account in what we asked */
	COL_ALL,
};

/* The lists that come in; journal.md key 28 of IMPORT. */
enum list_kind {
	LIST_PAYMENTS = 0,
	LIST_CHANGES = 1,   /* changelist.h */
	LIST_ANSWERS = 2,   /* answerlist.h */
	LIST_QUESTIONS = 3, /* survey_in.h: no list, and of several sheets */
	LIST_KINDS
};

enum paylist_payee {
	LIST_PAYEE_SELF,
	LIST_PAYEE_GUARDIAN,
	LIST_PAYEE_AUTHORISED,
};

enum paylist_method {
	METHOD_CASH,
	METHOD_ACCOUNT,
};

struct paylist_row {
	int64_t row; /* line of the file as a spreadsheet counts, header 1 */
	int32_t period;
	char unit_code[PAYLIST_CODE_SIZE];
	char list_no[PAYLIST_CODE_SIZE];
	int64_t seq; /* STT: the person's number on that list; 0 if empty */
	char beneficiary_id[PAYLIST_CODE_SIZE]; /* id12 or old_id if empty */
	char id12[PERSONID_SIZE];               /* "" if the person has none */
	char old_id[PERSONID_OLD_SIZE];
	char name[VIET_NAME_SIZE];
	struct date birth;
	enum sex sex;
	char address[PAYLIST_TEXT_SIZE];
	char group[PAYLIST_CODE_SIZE]; /* BTXH, NCC, KHAC */
	char subgroup[PAYLIST_SUBGROUP_SIZE];
	int64_t monthly;
	int64_t arrears;
	char arrears_months[PAYLIST_TEXT_SIZE]; /* "2026-10,2026-11" or "" */
	int64_t funeral;
	int64_t carry_over;
	int64_t total; /* the sum of the four; checked if the list has it */
	enum paylist_payee payee;
	char payee_name[VIET_NAME_SIZE];
	char payee_id[PERSONID_SIZE];
	enum paylist_method method;
	char account_bin[8];
	char account_no[24];
	char note[PAYLIST_TEXT_SIZE];
	bool id_repaired; /* leading zeros were given back */
};

enum paylist_trouble {
	TROUBLE_NONE,
	/* notices: the row is taken */
	TROUBLE_ID_REPAIRED,
	TROUBLE_NO_ANSWER, /* the bank checked nothing: the row says nothing */
	TROUBLE_ID_ODD,    /* province, sex or year does not fit the number */
	/* errors: the list is not taken */
	TROUBLE_MISSING,  /* an obligatory cell is empty */
	TROUBLE_BAD_TEXT, /* not UTF-8, control or invisible characters */
	TROUBLE_FOREIGN,  /* a name with letters that are not Latin */
	TROUBLE_TOO_LONG,
	TROUBLE_BAD_PERIOD,
	TROUBLE_BAD_NUMBER,
	TROUBLE_BAD_AMOUNT,
	TROUBLE_NO_AMOUNT, /* no money in the row at all */
	TROUBLE_TOTAL,     /* the row's total is not its sum */
	TROUBLE_BAD_DATE,
	TROUBLE_BAD_SEX,
	TROUBLE_BAD_ID,
	TROUBLE_ID_SHORT, /* zeros lost, and more than one way to mend it */
	TROUBLE_BAD_GROUP,
	TROUBLE_BAD_PAYEE,
	TROUBLE_BAD_METHOD,
	TROUBLE_BAD_ACCOUNT,
	TROUBLE_CELLS,     /* more cells than the header: something shifted */
	TROUBLE_DUPLICATE, /* the same person and period twice (found by db/) */
	/* only in lists of changes and of answers */
	TROUBLE_BAD_KIND,
	TROUBLE_BAD_REASON,
	TROUBLE_BAD_ANSWER,
	TROUBLE_UNKNOWN,  /* nobody of that number is known (found by db/) */
	TROUBLE_OTHER,    /* the number is somebody else's (found by db/) */
	TROUBLE_NOT_OURS, /* no account_ref of this terminal (found by db/) */
	TROUBLE_COUNT,
};

struct paylist_error {
	int64_t row;
	enum paylist_column column;
	enum paylist_trouble trouble;
	char value[64]; /* the cell, cleaned and cut, for the message */
};

bool paylist_trouble_is_error(enum paylist_trouble t);

/* "id12", "monthly_amount": the English header name. */
const char *paylist_column_name(enum paylist_column column);

/* "id_repaired": the code for scripts. */
const char *paylist_trouble_code(enum paylist_trouble t);

/*
 * What the reader calls. row: every row that can be read, with errors == 0
 * or not; the struct lives for the call. Return false to stop early.
 */
struct paylist_sink {
	void *ctx;
	bool (*row)(void *ctx, const struct paylist_row *row, int errors);
	bool (*trouble)(void *ctx, const struct paylist_error *e);
};

struct paylist_reader;

struct paylist_reader *paylist_reader_new(const struct paylist_sink *sink,
	struct err *err);

/*
 * Feed the next bytes; paylist_reader_end() after the last. ERR_INVALID with
 * a reason if this is no list: no header, columns missing, too many rows, a
 * broken quote. ERR_BUSY if the sink said stop.
 */
bool paylist_reader_feed(struct paylist_reader *r, const void *bytes,
	size_t len, struct err *err);
bool paylist_reader_end(struct paylist_reader *r, struct err *err);

/* The same with a row that is cells already; never mixed with bytes. */
bool paylist_reader_row(struct paylist_reader *r, const struct cells *row,
	struct err *err);

/* Would this row be taken for the header, and is everything in it? */
enum cells_header paylist_header(const struct cells *row);

/* Columns that were not found; a bit per paylist_column. */
uint32_t paylist_reader_missing(const struct paylist_reader *r);

/* How many columns of the header were not known, and thus ignored. */
int paylist_reader_unknown(const struct paylist_reader *r);

void paylist_reader_free(struct paylist_reader *r); /* NULL is allowed */

#endif
