/*
 * csv_out.h - rows of a table as CSV that a spreadsheet opens and no cell of
 * which it runs.
 *
 * UTF-8 with BOM, every cell in quotes, CR LF. A text that a spreadsheet
 * would take for a formula (it begins with = + - @ TAB or CR) gets a ' in
 * front; numbers stay as they are (T48).
 */
#ifndef CORE_CODEC_CSV_OUT_H
#define CORE_CODEC_CSV_OUT_H

#include <stdint.h>

#include "core/buf.h"

/* What the file begins with. */
#define CSV_OUT_BOM "\xef\xbb\xbf"

/* Append a cell to the row. Clean text (text.h); what does not fit sets full. */
void csv_out_text(struct buf *row, const char *text);
void csv_out_number(struct buf *row, int64_t number);

/* End the row. */
void csv_out_end(struct buf *row);

#endif
