/*
 * paper_xlsx.c - a paper as a workbook of one sheet, by libxlsxwriter.
 *
 * The library writes into a file only, so it gets one that lies in memory and
 * has no name; its own temporary files, which have people's data in them, go
 * to memory as well where the system has such a folder. Texts are written as
 * texts, whatever they begin with: there is no formula and no link in it.
 *
 * Compiled without core/banned.h: its headers name strncpy.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "core/codec/paper_internal.h"

enum {
	LOOK_TITLE,
	LOOK_CENTRE,
	LOOK_CENTRE_STRONG,
	LOOK_RIGHT_ITALIC,
	LOOK_HEAD,
	LOOK_LINE,
	LOOK_LINE_STRONG,
	LOOK_CELL,                        /* three by alignment */
	LOOK_CELL_STRONG = LOOK_CELL + 3, /* three more */
	LOOK_NUMBER = LOOK_CELL_STRONG + 3,
	LOOK_NUMBER_STRONG,
	LOOKS
};

enum {
	LINE_POINTS = 16, /* height of a line of text */
	PAPER_A4 = 9
};

/* A character of this font is so wide, on average. */
#define MM_PER_CHARACTER 2.0

static const char font[] = "Times New Roman";

struct paper_xlsx {
	struct paper base;
	int fd;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *look[LOOKS];
	lxw_row_t row; /* the next one */
};

static bool failed(lxw_error rc, struct err *err)
{
	return err_set(err,
		rc == LXW_ERROR_MEMORY_MALLOC_FAILED ? ERR_NO_MEMORY : ERR_IO,
		(int)rc, "workbook: %s", lxw_strerror(rc));
}

static bool ok_or(lxw_error rc, struct err *err)
{
	return rc == LXW_NO_ERROR || failed(rc, err);
}

/* ---- looks --------------------------------------------------------------- */

static lxw_format *new_look(struct paper_xlsx *x, bool bold, uint8_t align)
{
	lxw_format *f = workbook_add_format(x->book);

	if (!f)
		return NULL;
	format_set_font_name(f, font);
	format_set_font_size(f, 11);
	format_set_align(f, align);
	format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
	format_set_text_wrap(f);
	if (bold)
		format_set_bold(f);
	return f;
}

static bool make_looks(struct paper_xlsx *x)
{
	static const struct {
		uint8_t align;
		bool bold;
		bool border;
		bool number;
	} how[LOOKS] = {
		[LOOK_TITLE] = {LXW_ALIGN_CENTER, true, false, false},
		[LOOK_CENTRE] = {LXW_ALIGN_CENTER, false, false, false},
		[LOOK_CENTRE_STRONG] = {LXW_ALIGN_CENTER, true, false, false},
		[LOOK_RIGHT_ITALIC] = {LXW_ALIGN_RIGHT, false, false, false},
		[LOOK_HEAD] = {LXW_ALIGN_CENTER, true, true, false},
		[LOOK_LINE] = {LXW_ALIGN_LEFT, false, false, false},
		[LOOK_LINE_STRONG] = {LXW_ALIGN_LEFT, true, false, false},
		[LOOK_CELL + PAPER_LEFT] = {LXW_ALIGN_LEFT, false, true, false},
		[LOOK_CELL +
			PAPER_CENTRE] = {LXW_ALIGN_CENTER, false, true, false},
		[LOOK_CELL +
			PAPER_RIGHT] = {LXW_ALIGN_RIGHT, false, true, false},
		[LOOK_CELL_STRONG +
			PAPER_LEFT] = {LXW_ALIGN_LEFT, true, true, false},
		[LOOK_CELL_STRONG +
			PAPER_CENTRE] = {LXW_ALIGN_CENTER, true, true, false},
		[LOOK_CELL_STRONG +
			PAPER_RIGHT] = {LXW_ALIGN_RIGHT, true, true, false},
		[LOOK_NUMBER] = {LXW_ALIGN_RIGHT, false, true, true},
		[LOOK_NUMBER_STRONG] = {LXW_ALIGN_RIGHT, true, true, true},
	};

	for (int i = 0; i < LOOKS; i++) {
		lxw_format *f = new_look(x, how[i].bold, how[i].align);

		if (!f)
			return false;
		if (how[i].border)
			format_set_border(f, LXW_BORDER_THIN);
		if (how[i].number)
			format_set_num_format(f, "#,##0");
		x->look[i] = f;
	}
	format_set_font_size(x->look[LOOK_TITLE], 13);
	format_set_italic(x->look[LOOK_RIGHT_ITALIC]);
	return true;
}

/* ---- rows ---------------------------------------------------------------- */

static int characters(const char *text, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

/* How many lines a text takes in so many millimetres. */
static int lines_of(const char *text, double mm)
{
	int lines = 0;

	for (;;) {
		const char *end = strchr(text, '\n');
		const size_t len = end ? (size_t)(end - text) : strlen(text);
		const double wide = characters(text, len) * MM_PER_CHARACTER;

		lines += 1 + (int)(wide / (mm > 1 ? mm : 1));
		if (!end)
			return lines;
		text = end + 1;
	}
}

static double width_of(const struct paper_doc *doc, int column, int columns)
{
	double mm = 0;

	for (int i = column; i < column + columns; i++)
		mm += doc->column[i].mm;
	return mm;
}

static bool set_height(struct paper_xlsx *x, int lines, struct err *err)
{
	return ok_or(worksheet_set_row(x->sheet, x->row,
			     (double)lines * LINE_POINTS, NULL),
		err);
}

/* One text over columns first to last of the row that is next. */
static bool put_over(struct paper_xlsx *x, int first, int last,
	const char *text, int look, struct err *err)
{
	lxw_error rc;

	if (first == last)
		rc = worksheet_write_string(x->sheet, x->row, (lxw_col_t)first,
			text, x->look[look]);
	else
		rc = worksheet_merge_range(x->sheet, x->row, (lxw_col_t)first,
			x->row, (lxw_col_t)last, text, x->look[look]);
	return ok_or(rc, err);
}

/* A row of one text over the whole width. */
static bool put_across(struct paper_xlsx *x, const char *text, int look,
	struct err *err)
{
	const struct paper_doc *doc = x->base.doc;
	const int lines = lines_of(text, width_of(doc, 0, doc->columns));

	return set_height(x, lines, err) &&
	       put_over(x, 0, doc->columns - 1, text, look, err) &&
	       (x->row++, true);
}

static bool put_letterhead(struct paper_xlsx *x, struct err *err)
{
	static const char motto[] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
				    "Độc lập - Tự do - Hạnh phúc";
	const struct paper_doc *doc = x->base.doc;
	const int middle = doc->columns / 2;

	if (!doc->office && !doc->motto)
		return true;
	if (!set_height(x, 3, err))
		return false;
	if (doc->office && !put_over(x, 0, middle > 1 ? middle - 1 : 0,
				   doc->office, LOOK_CENTRE_STRONG, err))
		return false;
	if (doc->motto && middle > 0 &&
		!put_over(x, middle, doc->columns - 1, motto,
			LOOK_CENTRE_STRONG, err))
		return false;
	x->row += 2;
	return true;
}

/* A cell of the head over several rows is merged when all of its rows are
 * written: what the library puts there then is what is there already. */
static bool merge_head(struct paper_xlsx *x, lxw_row_t top, struct err *err)
{
	const struct paper_doc *doc = x->base.doc;

	for (int i = 0; i < doc->heads; i++) {
		const struct paper_head *h = &doc->head[i];
		const int rows = h->rows > 1 ? h->rows : 1;
		const int columns = h->columns > 1 ? h->columns : 1;
		const lxw_row_t row = top + (lxw_row_t)h->row;
		lxw_error rc;

		if (rows == 1 && columns == 1)
			rc = worksheet_write_string(x->sheet, row,
				(lxw_col_t)h->column, h->text,
				x->look[LOOK_HEAD]);
		else
			rc = worksheet_merge_range(x->sheet, row,
				(lxw_col_t)h->column,
				row + (lxw_row_t)(rows - 1),
				(lxw_col_t)(h->column + columns - 1), h->text,
				x->look[LOOK_HEAD]);
		if (rc != LXW_NO_ERROR)
			return failed(rc, err);
	}
	return true;
}

/* So that all of a row's texts can be read. */
static bool head_heights(struct paper_xlsx *x, struct err *err)
{
	const struct paper_doc *doc = x->base.doc;
	bool ok = true;

	for (int row = 0; ok && row < doc->head_rows; row++) {
		int lines = 1;

		for (int i = 0; i < doc->heads; i++) {
			const struct paper_head *h = &doc->head[i];
			const int columns = h->columns > 1 ? h->columns : 1;
			int n = lines_of(h->text,
				width_of(doc, h->column, columns) * 0.9);

			if (h->row == row && h->rows <= 1 && n > lines)
				lines = n;
		}
		ok = set_height(x, lines, err);
		x->row++;
	}
	return ok;
}

static bool put_head(struct paper_xlsx *x, struct err *err)
{
	const lxw_row_t top = x->row;
	const struct paper_doc *doc = x->base.doc;

	if (doc->head_rows == 0)
		return true;
	if (doc->many) { /* one row after the other, and each only once */
		if (!merge_head(x, top, err))
			return false;
		x->row += (lxw_row_t)doc->head_rows;
	} else if (!head_heights(x, err) || !merge_head(x, top, err)) {
		return false;
	}
	return ok_or(worksheet_repeat_rows(x->sheet, top, x->row - 1), err);
}

static bool xlsx_row(struct paper *p, const struct paper_cell *cell,
	enum paper_weight weight, struct err *err)
{
	struct paper_xlsx *x = (struct paper_xlsx *)p;
	const bool strong = weight == PAPER_STRONG;
	int i = 0;

	if (p->doc->row_mm > 0 &&
		!ok_or(worksheet_set_row(x->sheet, x->row,
			       p->doc->row_mm * 72 / 25.4, NULL),
			err))
		return false;
	while (i < p->doc->columns) {
		const int last = i + paper_span(&cell[i]) - 1;
		const int look = (strong ? LOOK_CELL_STRONG : LOOK_CELL) +
				 (int)p->doc->column[i].align;

		if (cell[i].text &&
			!put_over(x, i, last, cell[i].text, look, err))
			return false;
		if (!cell[i].text &&
			!ok_or(worksheet_write_number(x->sheet, x->row,
				       (lxw_col_t)i, (double)cell[i].number,
				       x->look[strong ? LOOK_NUMBER_STRONG
						      : LOOK_NUMBER]),
				err))
			return false;
		i = last + 1;
	}
	x->row++;
	return true;
}

static bool xlsx_line(struct paper *p, const char *text,
	enum paper_weight weight, struct err *err)
{
	return put_across((struct paper_xlsx *)p, text,
		weight == PAPER_STRONG ? LOOK_LINE_STRONG : LOOK_LINE, err);
}

/* ---- the end ------------------------------------------------------------- */

/* The columns of signature i of n. */
static void place_of(const struct paper_doc *doc, int i, int *first, int *last)
{
	*first = doc->columns * i / doc->signs;
	*last = doc->columns * (i + 1) / doc->signs - 1;
	if (*last < *first)
		*last = *first;
}

static bool put_signs(struct paper_xlsx *x, struct err *err)
{
	const struct paper_doc *doc = x->base.doc;
	int first;
	int last;
	bool ok = true;

	if (doc->signs == 0 || doc->signs > doc->columns)
		return true;
	x->row++;
	if (doc->place) {
		place_of(doc, doc->signs - 1, &first, &last);
		ok = put_over(x, first, last, doc->place, LOOK_CENTRE, err);
		x->row++;
	}
	ok = ok && set_height(x, 2, err);
	for (int i = 0; ok && i < doc->signs; i++) {
		place_of(doc, i, &first, &last);
		ok = put_over(x, first, last, doc->sign[i].title,
			LOOK_CENTRE_STRONG, err);
	}
	x->row++;
	for (int i = 0; ok && i < doc->signs; i++) {
		place_of(doc, i, &first, &last);
		ok = put_over(x, first, last, doc->sign[i].hint, LOOK_CENTRE,
			err);
	}
	return ok;
}

/* What lies in the file, to the sink. */
static bool pass_on(struct paper_xlsx *x, struct err *err)
{
	char bytes[16384];
	off_t at = 0;

	for (;;) {
		const ssize_t n = pread(x->fd, bytes, sizeof(bytes), at);

		if (n < 0)
			return err_set(err, ERR_IO, errno,
				"workbook in memory: %s", strerror(errno));
		if (n == 0)
			return at > 0 ||
			       err_set(err, ERR_IO, 0, "the workbook is empty");
		if (!x->base.sink.put(x->base.sink.ctx, bytes, (size_t)n, err))
			return false;
		at += n;
	}
}

static bool xlsx_end(struct paper *p, struct err *err)
{
	struct paper_xlsx *x = (struct paper_xlsx *)p;
	lxw_workbook *book = x->book;
	lxw_error rc;

	if (!put_signs(x, err))
		return false;
	x->book = NULL; /* closing frees it, also when it fails */
	rc = workbook_close(book);
	return ok_or(rc, err) && pass_on(x, err);
}

static void xlsx_free(struct paper *p)
{
	struct paper_xlsx *x = (struct paper_xlsx *)p;

	if (x->book)
		lxw_workbook_free(x->book);
	if (x->fd >= 0)
		close(x->fd);
	free(x);
}

/* ---- the beginning ------------------------------------------------------- */

static bool open_book(struct paper_xlsx *x, struct err *err)
{
	static char in_memory[] = "/dev/shm";
	lxw_workbook_options options = {
		.constant_memory = x->base.doc->many,
		.tmpdir =
			access(in_memory, W_OK | X_OK) == 0 ? in_memory : NULL,
	};
	char path[64];

	x->fd = memfd_create("workbook", MFD_CLOEXEC);
	if (x->fd < 0)
		return err_set(err, ERR_IO, errno, "file in memory: %s",
			strerror(errno));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", x->fd);
	x->book = workbook_new_opt(path, &options);
	if (x->book)
		x->sheet = workbook_add_worksheet(x->book, x->base.doc->sheet);
	if (!x->sheet || !make_looks(x))
		return err_set(err, ERR_NO_MEMORY, 0,
			"no memory for a workbook");
	return true;
}

static bool set_up_page(struct paper_xlsx *x, struct err *err)
{
	const struct paper_doc *doc = x->base.doc;
	lxw_error rc = LXW_NO_ERROR;

	worksheet_set_paper(x->sheet, PAPER_A4);
	if (doc->landscape)
		worksheet_set_landscape(x->sheet);
	worksheet_fit_to_pages(x->sheet, 1, 0);
	worksheet_set_margins(x->sheet, 0.3, 0.3, 0.4, 0.5);
	rc = worksheet_set_footer(x->sheet, "&CTrang &P/&N");
	for (int i = 0; rc == LXW_NO_ERROR && i < doc->columns; i++)
		rc = worksheet_set_column(x->sheet, (lxw_col_t)i, (lxw_col_t)i,
			doc->column[i].mm / MM_PER_CHARACTER, NULL);
	return ok_or(rc, err);
}

static bool put_top(struct paper_xlsx *x, struct err *err)
{
	const struct paper_doc *doc = x->base.doc;

	return put_letterhead(x, err) &&
	       put_across(x, doc->title, LOOK_TITLE, err) &&
	       (!doc->subtitle ||
		       put_across(x, doc->subtitle, LOOK_CENTRE, err)) &&
	       (!doc->unit ||
		       put_across(x, doc->unit, LOOK_RIGHT_ITALIC, err)) &&
	       put_head(x, err);
}

/* Another sheet. */
static bool xlsx_next(struct paper *p, const struct paper_doc *doc,
	struct err *err)
{
	struct paper_xlsx *x = (struct paper_xlsx *)p;

	if (!put_signs(x, err))
		return false;
	p->doc = doc;
	x->row = 0;
	x->sheet = workbook_add_worksheet(x->book, doc->sheet);
	if (!x->sheet)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a sheet");
	return set_up_page(x, err) && put_top(x, err);
}

static const struct paper_ops ops = {
	.row = xlsx_row,
	.line = xlsx_line,
	.next = xlsx_next,
	.end = xlsx_end,
	.free = xlsx_free,
};

struct paper *paper_xlsx_new(const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err)
{
	struct paper_xlsx *x = calloc(1, sizeof(*x));

	if (!x) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a paper");
		return NULL;
	}
	x->base = (struct paper){.ops = &ops, .doc = doc, .sink = *sink};
	x->fd = -1;
	if (open_book(x, err) && set_up_page(x, err) && put_top(x, err))
		return &x->base;
	xlsx_free(&x->base);
	return NULL;
}
