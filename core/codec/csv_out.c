#include "core/codec/csv_out.h"

#include <csv.h>
#include <inttypes.h>
#include <string.h>

enum {
	TEXT_MAX = 1024
};

/* Between cells, not before the first of a row. */
static void part(struct buf *row)
{
	if (row->len > 0 && row->data[row->len - 1] != '\n')
		buf_byte(row, ',');
}

static void put_quoted(struct buf *row, const char *text, size_t len)
{
	char cell[2 * TEXT_MAX + 2];
	const size_t size = csv_write(cell, sizeof(cell), text, len);

	if (size > sizeof(cell))
		row->full = true;
	else
		buf_put(row, cell, size);
}

void csv_out_text(struct buf *row, const char *text)
{
	char safe[TEXT_MAX];
	struct buf b;

	buf_init(&b, safe, sizeof(safe));
	if (text[0] && strchr("=+-@\t\r", text[0]))
		buf_byte(&b, '\'');
	if (!buf_put(&b, text, strlen(text)))
		row->full = true;
	part(row);
	put_quoted(row, safe, b.len);
}

void csv_out_number(struct buf *row, int64_t number)
{
	part(row);
	buf_printf(row, "%" PRId64, number);
}

void csv_out_end(struct buf *row)
{
	buf_printf(row, "\r\n");
}
