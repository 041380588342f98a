/*
 * note_rows.h - banknotes as rows of a template: "2 tờ 500.000 | 1.000.000".
 *
 * Shared by the receipt and the Z slip. The rows point into the struct, so it
 * must stay where it is while the template runs. Pure; any thread.
 */
#ifndef CORE_CODEC_NOTE_ROWS_H
#define CORE_CODEC_NOTE_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/codec/receipt.h"
#include "core/codec/template.h"
#include "core/err.h"
#include "core/money.h"

struct note_rows {
	int64_t sum;
	struct template_row row[RECEIPT_MAX_NOTES]; /* in this order: */
	char denomination[RECEIPT_MAX_NOTES][MONEY_TEXT_SIZE];
	char pieces[RECEIPT_MAX_NOTES][MONEY_TEXT_SIZE];
	char worth[RECEIPT_MAX_NOTES][MONEY_TEXT_SIZE];
};

/* The list of a template: note.denomination, note.pieces, note.sum. */
struct template_list note_rows_list(const struct note_rows *n, int count);

/* ERR_INVALID for a count, a note or a sum beyond reason. */
bool note_rows_fill(struct note_rows *n, const struct receipt_note *note,
	int count, struct err *err);

#endif
