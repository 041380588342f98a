#include "core/codec/sheet_in.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/buf.h"
#include "core/codec/sheet_xml.h"
#include "core/str.h"

enum {
	LETTERS = 26,
	VALUE_SIZE = 4 * CELLS_MAX_TEXT, /* before it is unescaped */
	OLE_SECTOR = 512,
	OLE_DIRECTORY = 4096
};

enum cell_type {
	CELL_NUMBER,
	CELL_SHARED,
	CELL_BOOL,
	CELL_TEXT, /* inline, of a formula, an error */
	CELL_DATE,
};

/* One sheet on its way. */
struct sheet {
	const struct sheet_book *book;
	const struct cells_sink *sink;
	struct cells row;
	int64_t last_row; /* number of the row that is read, or was last */
	int column;       /* of the cell that is read, or was last; from 0 */
	/* The cell that is read. */
	enum cell_type type;
	enum sheet_format format;
	bool in_value;
	bool in_phonetic;
	bool in_row;
	bool in_cell;
	struct buf value;
	char bytes[VALUE_SIZE];
};

/* ---- where a cell is ----------------------------------------------------- */

/* "C5" to 2; -1 if it is nowhere. */
static int column_of(const char *ref)
{
	int column = 0;

	while (*ref >= 'A' && *ref <= 'Z' &&
		column < LETTERS * LETTERS * LETTERS)
		column = column * LETTERS + (*ref++ - 'A' + 1);
	return *ref >= '1' && *ref <= '9' ? column - 1 : -1;
}

static bool begin_row(struct sheet *s, const char **attrs, struct err *err)
{
	const char *number = sheet_xml_attr(attrs, "r");
	int64_t row = s->last_row + 1;

	if (number && !str_to_int(number, 1, INT32_MAX, &row))
		return err_set(err, ERR_INVALID, 0, "a row without number");
	if (s->in_row || row <= s->last_row)
		return err_set(err, ERR_INVALID, 0,
			"row %" PRId64 " comes twice", row);
	if (row > CELLS_MAX_ROWS + 1)
		return err_set(err, ERR_INVALID, 0,
			"row %" PRId64 ": too many rows", row);
	s->in_row = true;
	s->last_row = row;
	s->column = -1;
	cells_begin(&s->row, row);
	return true;
}

static bool end_row(struct sheet *s, struct err *err)
{
	s->in_row = false;
	cells_end(&s->row);
	if (cells_empty(&s->row) || s->sink->row(s->sink->ctx, &s->row))
		return true;
	return err_set(err, ERR_BUSY, 0, "row %" PRId64 ": stopped",
		s->row.row);
}

/* ---- what is in it ------------------------------------------------------- */

static enum cell_type type_of(const char *type)
{
	if (!type || strcmp(type, "n") == 0)
		return CELL_NUMBER;
	if (strcmp(type, "s") == 0)
		return CELL_SHARED;
	if (strcmp(type, "b") == 0)
		return CELL_BOOL;
	return strcmp(type, "d") == 0 ? CELL_DATE : CELL_TEXT;
}

static bool begin_cell(struct sheet *s, const char **attrs, struct err *err)
{
	const char *ref = sheet_xml_attr(attrs, "r");
	const char *style = sheet_xml_attr(attrs, "s");
	const int column = ref ? column_of(ref) : s->column + 1;
	int64_t at = 0;

	/* A cell within a cell would end twice in one place. */
	if (!s->in_row || s->in_cell || column <= s->column)
		return err_set(err, ERR_INVALID, 0,
			"row %" PRId64 ": cells out of order", s->last_row);
	s->column = column;
	s->type = type_of(sheet_xml_attr(attrs, "t"));
	s->format = FORMAT_NUMBER;
	if (style && str_to_int(style, 0, INT32_MAX, &at) &&
		(size_t)at < s->book->formats)
		s->format = (enum sheet_format)s->book->format[at];
	s->in_cell = true;
	buf_clear(&s->value);
	return true;
}

static bool set_shared(struct sheet *s, struct err *err)
{
	const struct sheet_book *book = s->book;
	int64_t i;

	if (!str_to_int(buf_text(&s->value), 0, INT32_MAX, &i) ||
		(size_t)i >= book->strings)
		return err_set(err, ERR_INVALID, 0,
			"row %" PRId64 ": a text that is not there",
			s->last_row);
	if (book->start[i + 1] > book->start[i])
		cells_set(&s->row, s->column, book->texts + book->start[i],
			book->start[i + 1] - book->start[i]);
	return true;
}

static void set_number(struct sheet *s)
{
	const char *number = buf_text(&s->value);
	char text[SHEET_NUMBER_SIZE];

	if ((s->format != FORMAT_NUMBER && sheet_date_text(number, s->format,
						   s->book->from_1904, text)) ||
		sheet_number_text(number, text))
		number = text;
	cells_set(&s->row, s->column, number, strlen(number));
}

static void set_text(struct sheet *s)
{
	static const char too_long[CELLS_MAX_TEXT + 1];
	size_t len;

	if (s->value.full) {
		cells_set(&s->row, s->column, too_long, sizeof(too_long));
		return;
	}
	len = sheet_text_unescape(s->bytes, s->value.len);
	cells_set(&s->row, s->column, s->bytes, len);
}

static bool end_cell(struct sheet *s, struct err *err)
{
	const char *text = buf_text(&s->value);

	s->in_cell = false;
	if (s->value.len == 0 && !s->value.full)
		return true;
	switch (s->type) {
	case CELL_SHARED:
		return set_shared(s, err);
	case CELL_NUMBER:
		set_number(s);
		return true;
	case CELL_BOOL:
		text = strcmp(text, "0") == 0 ? "FALSE" : "TRUE";
		cells_set(&s->row, s->column, text, strlen(text));
		return true;
	case CELL_DATE: /* "2026-12-05T00:00:00" */
		cells_set(&s->row, s->column, text, strcspn(text, "T"));
		return true;
	case CELL_TEXT:
		set_text(s);
		return true;
	}
	return true;
}

/* ---- the XML ------------------------------------------------------------- */

static bool on_begin(void *ctx, const char *name, const char **attrs,
	struct err *err)
{
	struct sheet *s = ctx;

	if (strcmp(name, "row") == 0)
		return begin_row(s, attrs, err);
	if (strcmp(name, "c") == 0)
		return begin_cell(s, attrs, err);
	if (strcmp(name, "rPh") == 0)
		s->in_phonetic = true;
	s->in_value = s->in_cell && !s->in_phonetic &&
		      (strcmp(name, "v") == 0 || strcmp(name, "t") == 0);
	return true;
}

static bool on_end(void *ctx, const char *name, struct err *err)
{
	struct sheet *s = ctx;

	s->in_value = false;
	if (strcmp(name, "rPh") == 0)
		s->in_phonetic = false;
	else if (strcmp(name, "c") == 0)
		return end_cell(s, err);
	else if (strcmp(name, "row") == 0)
		return end_row(s, err);
	return true;
}

static bool on_text(void *ctx, const char *text, size_t len, struct err *err)
{
	struct sheet *s = ctx;

	(void)err;
	if (s->in_value)
		buf_put(&s->value, text, len);
	return true;
}

static bool read_sheet(const struct sheet_book *book, const char *part,
	int number, const struct cells_sink *sink, struct err *err)
{
	struct sheet *s = malloc(sizeof(*s));
	const struct sheet_xml xml = {s, on_begin, on_end, on_text};
	bool ok;

	if (!s)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a sheet");
	memset(s, 0, offsetof(struct sheet, bytes));
	s->book = book;
	s->sink = sink;
	s->row.sheet = number;
	buf_init(&s->value, s->bytes, sizeof(s->bytes));
	ok = sheet_xml_read(book->zip, part, &xml, err);
	free(s);
	return ok;
}

/* ---- which sheet --------------------------------------------------------- */

struct search {
	enum cells_header (*header)(const struct cells *row);
	int rows;
	enum cells_header found;
};

static bool look_at_row(void *ctx, const struct cells *row)
{
	struct search *s = ctx;

	s->found = s->header(row);
	return !s->found && ++s->rows < SHEET_HEADER_ROWS;
}

static bool look_at(const struct sheet_book *book, const char *part,
	enum cells_header (*header)(const struct cells *row),
	enum cells_header *found, struct err *err)
{
	struct search s = {.header = header};
	const struct cells_sink sink = {&s, look_at_row};
	const bool ok = read_sheet(book, part, 0, &sink, err);

	*found = s.found;
	return ok || err->code == ERR_BUSY;
}

/* The sheet to read; NULL: *err. */
static const struct sheet_entry *choose(const struct sheet_book *book,
	enum cells_header (*header)(const struct cells *row), struct err *err)
{
	const struct sheet_entry *best = NULL;
	enum cells_header most = CELLS_NO_HEADER;

	for (int i = 0; i < book->sheets && most < CELLS_HEADER_WHOLE; i++) {
		const struct sheet_entry *e = &book->sheet[i];
		enum cells_header found;

		if (e->hidden || !e->part[0])
			continue;
		if (!look_at(book, e->part, header, &found, err))
			return NULL;
		if (!best || found > most) {
			best = e;
			most = found;
		}
	}
	if (!best)
		err_set(err, ERR_INVALID, 0, "there is no sheet to be seen");
	return best;
}

/* ---- old and locked workbooks -------------------------------------------- */

static const unsigned char ole[] = {0xd0, 0xcf, 0x11, 0xe0};

bool sheet_in_is(const void *head, size_t len)
{
	return len >= sizeof(ole) &&
	       (memcmp(head, "PK\3\4", 4) == 0 ||
		       memcmp(head, "PK\5\6", 4) == 0 ||
		       memcmp(head, ole, sizeof(ole)) == 0);
}

/* Is the stream that holds a locked workbook in the directory? */
static bool is_locked(const struct cells_file *f, const unsigned char *head)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k";
	const int64_t sector = head[48] | head[49] << 8 | head[50] << 16;
	const int64_t size = head[30] == 12 ? 4096 : OLE_SECTOR;
	char directory[OLE_DIRECTORY];
	const int64_t n = f->read_at(f->ctx, (sector + 1) * size, directory,
		sizeof(directory));

	return n > 0 && memmem(directory, (size_t)n, name, sizeof(name) - 1);
}

static bool refuse_old(const struct cells_file *f, const unsigned char *head,
	struct err *err)
{
	if (is_locked(f, head))
		return err_set(err, ERR_INVALID, SHEET_WHY_LOCKED,
			"a workbook locked with a password: save it without");
	return err_set(err, ERR_INVALID, SHEET_WHY_OLD,
		"an old Excel file (XLS): save it as XLSX first");
}

/* ---- all of it ----------------------------------------------------------- */

/* Which sheets: the one with that header, or those of these names. */
struct wanted {
	enum cells_header (*header)(const struct cells *row);
	char *name; /* gets that of the former */
	const char *const *names;
	int count;
};

/* The first sheet of that name, NULL if there is none. */
static const struct sheet_entry *sheet_named(const struct sheet_book *book,
	const char *name)
{
	for (int i = 0; i < book->sheets; i++)
		if (strcasecmp(book->sheet[i].name, name) == 0 &&
			book->sheet[i].part[0])
			return &book->sheet[i];
	return NULL;
}

static bool read_named(const struct sheet_book *book, const struct wanted *w,
	const struct cells_sink *sink, struct err *err)
{
	for (int i = 0; i < w->count; i++) {
		const struct sheet_entry *e = sheet_named(book, w->names[i]);

		if (e && !read_sheet(book, e->part, i, sink, err))
			return err_wrap(err, "sheet %s", w->names[i]);
	}
	return true;
}

static bool read_chosen(const struct sheet_book *book, const struct wanted *w,
	const struct cells_sink *sink, struct err *err)
{
	const struct sheet_entry *e = choose(book, w->header, err);

	if (!e)
		return false;
	str_copy(w->name, SHEET_NAME_SIZE, e->name);
	return read_sheet(book, e->part, 0, sink, err);
}

static bool read_book(struct sheet_zip *zip, const struct wanted *w,
	const struct cells_sink *sink, struct err *err)
{
	struct sheet_book book;
	const bool ok = sheet_book_open(&book, zip, err) &&
			(w->names ? read_named(&book, w, sink, err)
				  : read_chosen(&book, w, sink, err));

	sheet_book_close(&book);
	return ok;
}

static bool read_wanted(const struct cells_file *file, const struct wanted *w,
	const struct cells_sink *sink, struct err *err)
{
	unsigned char head[OLE_SECTOR] = {0};
	struct sheet_zip *zip;
	bool ok;

	if (file->read_at(file->ctx, 0, head, sizeof(head)) < 0)
		return err_set(err, ERR_IO, 0, "workbook: it cannot be read");
	if (memcmp(head, ole, sizeof(ole)) == 0)
		return refuse_old(file, head, err);
	zip = sheet_zip_open(file, err);
	if (!zip)
		return err_wrap(err, "workbook");
	ok = read_book(zip, w, sink, err);
	sheet_zip_close(zip);
	return ok || err_wrap(err, "workbook");
}

bool sheet_in_read(const struct cells_file *file,
	enum cells_header (*header)(const struct cells *row),
	const struct cells_sink *sink, char *name, struct err *err)
{
	const struct wanted w = {.header = header, .name = name};

	name[0] = '\0';
	return read_wanted(file, &w, sink, err);
}

bool sheet_in_read_named(const struct cells_file *file,
	const char *const *names, int count, const struct cells_sink *sink,
	struct err *err)
{
	const struct wanted w = {.names = names, .count = count};

	return read_wanted(file, &w, sink, err);
}
