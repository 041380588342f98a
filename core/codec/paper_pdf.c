/*
 * paper_pdf.c - a paper as PDF on A4, by cairo.
 *
 * Letters are those of a font that is installed, all 134 of ours, and go into
 * the file as far as they are used, so that it looks the same everywhere; the
 * words can be searched and copied (tests/codec/test_paper_doc.c). Vietnamese
 * in NFC needs no shaping: a character is a glyph. Pages are written as they
 * fill up; each has the table's head again.
 *
 * Compiled without core/banned.h: headers of FreeType name strcpy.
 */
#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/codec/paper_internal.h"
#include "core/money.h"
#include "core/str.h"
#include "core/utf8.h"

#define POINTS(mm) ((mm)*72.0 / 25.4)

enum {
	REGULAR,
	BOLD,
	FACES
};

enum {
	CELL_LINES = 48,
	ADVANCES = 0x2100 /* characters whose width is remembered */
};

static const double margin = POINTS(8);
static const double padding = 2.0;
static const double size_text = 9.5;
static const double size_head = 9;
static const double size_title = 13;
static const double size_foot = 8;

/*
 * cairo comes with the libraries of a desktop; who makes no PDF does not wait
 * for them at every start, nor needs them at all.
 */
#define CALLS(X)                                 \
	X(FcPatternAddInteger)                   \
	X(FcPatternAddString)                    \
	X(FcPatternCreate)                       \
	X(FcPatternDestroy)                      \
	X(cairo_create)                          \
	X(cairo_destroy)                         \
	X(cairo_font_face_destroy)               \
	X(cairo_font_options_create)             \
	X(cairo_font_options_destroy)            \
	X(cairo_font_options_set_hint_metrics)   \
	X(cairo_font_options_set_hint_style)     \
	X(cairo_ft_font_face_create_for_pattern) \
	X(cairo_glyph_free)                      \
	X(cairo_matrix_init_identity)            \
	X(cairo_move_to)                         \
	X(cairo_pdf_surface_create_for_stream)   \
	X(cairo_pdf_surface_set_metadata)        \
	X(cairo_rectangle)                       \
	X(cairo_scaled_font_create)              \
	X(cairo_scaled_font_destroy)             \
	X(cairo_scaled_font_status)              \
	X(cairo_scaled_font_text_extents)        \
	X(cairo_scaled_font_text_to_glyphs)      \
	X(cairo_set_font_face)                   \
	X(cairo_set_font_size)                   \
	X(cairo_set_line_width)                  \
	X(cairo_show_page)                       \
	X(cairo_show_text)                       \
	X(cairo_status)                          \
	X(cairo_status_to_string)                \
	X(cairo_stroke)                          \
	X(cairo_surface_destroy)                 \
	X(cairo_surface_finish)

struct library {
/* NOLINTNEXTLINE(bugprone-macro-parentheses) */
#define X(call) __typeof__(&call) call;
	CALLS(X)
#undef X
};

struct line {
	const char *text;
	size_t len;
};

struct paper_pdf {
	struct paper base;
	struct library lib;
	cairo_font_face_t *face[FACES];
	cairo_scaled_font_t *scaled[FACES]; /* of size 1, to measure */
	cairo_surface_t *surface;
	cairo_t *cr;
	float advance[FACES][ADVANCES]; /* -1: not measured yet */
	double width;                   /* of the page */
	double height;
	double x[PAPER_MAX_COLUMNS + 1]; /* where columns begin */
	double y;                        /* where the next thing begins */
	int page;
	int first;     /* page of this table */
	bool headed;   /* its head was drawn once */
	bool in_table; /* the head stands above, and rows follow */
	bool summed;   /* the sums of the last page stand there already */
	int64_t page_sum;
	int64_t sum;        /* of the pages before */
	struct err put_err; /* of the sink */
};

/* ---- the library --------------------------------------------------------- */

/* It stays: its caches outlive every paper. */
static bool load(struct library *lib, struct err *err)
{
	static const char *const names[] = {
#define X(call) #call,
		CALLS(X)
#undef X
	};
	void *handle = dlopen("libcairo.so.2", RTLD_NOW | RTLD_NODELETE);
	char *to = (char *)lib;

	for (size_t i = 0; handle && i < sizeof(names) / sizeof(names[0]);
		i++) {
		/* Those of fontconfig are found by way of cairo. */
		void *call = dlsym(handle, names[i]);

		if (!call)
			handle = NULL;
		memcpy(to + i * sizeof(call), &call, sizeof(call));
	}
	return handle ||
	       err_set(err, ERR_GONE, 0, "cairo (libcairo2) is not installed");
}

_Static_assert(sizeof(struct library) % sizeof(void *) == 0,
	"a call is as large as a pointer");

/* ---- fonts --------------------------------------------------------------- */

/* In the order in which they are looked for: the first looks like the one
 * that offices write in. */
static const char *const font_files[][FACES] = {
	{"/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
		"/usr/share/fonts/truetype/liberation2/"
		"LiberationSerif-Bold.ttf"},
	{"/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
		"/usr/share/fonts/truetype/liberation/"
		"LiberationSerif-Bold.ttf"},
	{"/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
		"/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"},
	{"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
		"/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"},
};

/* The letters that have marks, small and capital, outside of 1EA0 to 1EF9. */
static const char letters[] = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"
			      "ĂăĐđĨĩŨũƠơƯư";

static bool has_glyph(const struct paper_pdf *d, cairo_scaled_font_t *font,
	const char *text, size_t len)
{
	cairo_glyph_t *glyph = NULL;
	int glyphs = 0;
	bool ok;

	if (d->lib.cairo_scaled_font_text_to_glyphs(font, 0, 0, text, (int)len,
		    &glyph, &glyphs, NULL, NULL, NULL) != CAIRO_STATUS_SUCCESS)
		return false;
	ok = glyphs == 1 && glyph[0].index != 0;
	d->lib.cairo_glyph_free(glyph);
	return ok;
}

static bool has_our_letters(const struct paper_pdf *d,
	cairo_scaled_font_t *font)
{
	const char *at = letters;
	char utf8[UTF8_MAX_BYTES];
	bool ok = true;

	while (ok && *at) {
		const char *begin = at;

		utf8_next(&at);
		ok = has_glyph(d, font, begin, (size_t)(at - begin));
	}
	for (uint32_t ch = 0x1ea0; ok && ch <= 0x1ef9; ch++)
		ok = has_glyph(d, font, utf8, utf8_encode(ch, utf8));
	return ok;
}

static cairo_scaled_font_t *scaled_of(const struct paper_pdf *d,
	cairo_font_face_t *face)
{
	cairo_font_options_t *options = d->lib.cairo_font_options_create();
	cairo_matrix_t one;
	cairo_scaled_font_t *font;

	d->lib.cairo_matrix_init_identity(&one);
	d->lib.cairo_font_options_set_hint_style(options,
		CAIRO_HINT_STYLE_NONE);
	d->lib.cairo_font_options_set_hint_metrics(options,
		CAIRO_HINT_METRICS_OFF);
	font = d->lib.cairo_scaled_font_create(face, &one, &one, options);
	d->lib.cairo_font_options_destroy(options);
	return font;
}

static void drop_fonts(struct paper_pdf *d)
{
	for (int i = 0; i < FACES; i++) {
		if (d->scaled[i])
			d->lib.cairo_scaled_font_destroy(d->scaled[i]);
		if (d->face[i])
			d->lib.cairo_font_face_destroy(d->face[i]);
		d->scaled[i] = NULL;
		d->face[i] = NULL;
	}
}

/* A font by its file, so that no configuration decides what is printed. */
static bool open_font(struct paper_pdf *d, int which, const char *path)
{
	FcPattern *pattern;

	if (access(path, R_OK) != 0)
		return false;
	pattern = d->lib.FcPatternCreate();
	if (!pattern)
		return false;
	d->lib.FcPatternAddString(pattern, FC_FILE, (const FcChar8 *)path);
	d->lib.FcPatternAddInteger(pattern, FC_INDEX, 0);
	d->face[which] = d->lib.cairo_ft_font_face_create_for_pattern(pattern);
	d->lib.FcPatternDestroy(pattern);
	d->scaled[which] = scaled_of(d, d->face[which]);
	return d->lib.cairo_scaled_font_status(d->scaled[which]) ==
		       CAIRO_STATUS_SUCCESS &&
	       has_our_letters(d, d->scaled[which]);
}

static bool open_fonts(struct paper_pdf *d, struct err *err)
{
	for (size_t i = 0; i < sizeof(font_files) / sizeof(font_files[0]);
		i++) {
		if (open_font(d, REGULAR, font_files[i][REGULAR]) &&
			open_font(d, BOLD, font_files[i][BOLD]))
			return true;
		drop_fonts(d);
	}
	return err_set(err, ERR_GONE, 0,
		"no font with all Vietnamese letters is installed");
}

static double measure(struct paper_pdf *d, int face, const char *text,
	size_t len)
{
	char one[UTF8_MAX_BYTES + 1];
	cairo_text_extents_t e;

	memcpy(one, text, len);
	one[len] = '\0';
	d->lib.cairo_scaled_font_text_extents(d->scaled[face], one, &e);
	return e.x_advance;
}

/* Of a font of size 1. */
static double width_of(struct paper_pdf *d, int face, const char *text,
	size_t len)
{
	double width = 0;

	while (len > 0) {
		size_t used;
		const uint32_t ch = utf8_decode(text, len, &used);

		if (ch < ADVANCES) {
			float *known = &d->advance[face][ch];

			if (*known < 0)
				*known = (float)measure(d, face, text, used);
			width += (double)*known;
		} else {
			width += measure(d, face, text, used);
		}
		text += used;
		len -= used;
	}
	return width;
}

/* ---- text ---------------------------------------------------------------- */

/* As much of a word as fits, a character at least. */
static size_t fitting(struct paper_pdf *d, int face, const char *text,
	size_t len, double width)
{
	size_t n = 0;
	double wide = 0;

	while (n < len) {
		size_t used;

		utf8_decode(text + n, len - n, &used);
		wide += width_of(d, face, text + n, used);
		if (n > 0 && wide > width)
			break;
		n += used;
	}
	return n;
}

/* The first line of a text: how many bytes of it; *next: where it goes on. */
static size_t first_line(struct paper_pdf *d, int face, const char *text,
	double width, const char **next)
{
	size_t len = 0; /* that fit, up to the end of a word */

	for (;;) {
		const size_t word =
			strcspn(text + len + (len > 0), " \n") + (len > 0);

		if (width_of(d, face, text, len + word) > width)
			break;
		len += word;
		if (text[len] != ' ') {
			*next = text[len] == '\n' ? text + len + 1 : text + len;
			return len;
		}
	}
	if (len == 0)
		len = fitting(d, face, text, strcspn(text, " \n"), width);
	*next = text + len + (text[len] == ' ');
	return len;
}

static int wrap(struct paper_pdf *d, int face, double size, const char *text,
	double width, struct line *out, int max)
{
	int n = 0;

	while (*text && n < max) {
		out[n].text = text;
		out[n].len = first_line(d, face, text, width / size, &text);
		n++;
	}
	return n;
}

static void show(struct paper_pdf *d, int face, double size, double x, double y,
	const struct line *line)
{
	char text[PAPER_TEXT_SIZE];
	const size_t len =
		line->len < sizeof(text) ? line->len : sizeof(text) - 1;

	memcpy(text, line->text, len);
	text[len] = '\0';
	d->lib.cairo_set_font_face(d->cr, d->face[face]);
	d->lib.cairo_set_font_size(d->cr, size);
	d->lib.cairo_move_to(d->cr, x, y);
	d->lib.cairo_show_text(d->cr, text);
}

/* A text in a box: its height; draw false: only that. */
struct box {
	double x;
	double y;
	double width;
	double height; /* in the middle of which it stands; 0: at the top */
	enum paper_align align;
	int face;
	double size;
};

static double line_height(double size)
{
	return size * 1.25;
}

static double put_text(struct paper_pdf *d, const struct box *b,
	const char *text, bool draw)
{
	struct line line[CELL_LINES];
	const int n =
		wrap(d, b->face, b->size, text, b->width, line, CELL_LINES);
	const double height = n * line_height(b->size);
	double y = b->y + (b->height > height ? (b->height - height) / 2 : 0);

	for (int i = 0; draw && i < n; i++) {
		const double wide = b->size * width_of(d, b->face, line[i].text,
						      line[i].len);
		const double room = b->width > wide ? b->width - wide : 0;
		const double x = b->x + (b->align == PAPER_CENTRE ? room / 2
						: b->align == PAPER_RIGHT ? room
									  : 0);

		y += line_height(b->size);
		show(d, b->face, b->size, x, y - b->size * 0.25, &line[i]);
	}
	return height;
}

static void frame(struct paper_pdf *d, double x, double y, double width,
	double height)
{
	d->lib.cairo_rectangle(d->cr, x, y, width, height);
	d->lib.cairo_stroke(d->cr);
}

/* ---- pages --------------------------------------------------------------- */

static double bottom(const struct paper_pdf *d)
{
	return d->height - margin - 2 * size_foot;
}

static double row_min(const struct paper_pdf *d)
{
	(void)d;
	return line_height(size_text) + 2 * padding;
}

/* Where the head's row begins, below the top of the head. */
static void head_heights(struct paper_pdf *d,
	double at[PAPER_MAX_HEAD_ROWS + 1])
{
	const struct paper_doc *doc = d->base.doc;
	double high[PAPER_MAX_HEAD_ROWS] = {0};

	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < doc->heads; i++) {
			const struct paper_head *h = &doc->head[i];
			const int rows = h->rows > 1 ? h->rows : 1;
			const int end =
				h->column + (h->columns > 1 ? h->columns : 1);
			const struct box b = {.width = d->x[end] -
						       d->x[h->column] -
						       2 * padding,
				.face = BOLD,
				.size = size_head};
			double need =
				put_text(d, &b, h->text, false) + 2 * padding;

			if ((rows > 1) != (pass == 1))
				continue;
			for (int r = h->row; r < h->row + rows - 1; r++)
				need -= high[r];
			if (need > high[h->row + rows - 1])
				high[h->row + rows - 1] = need;
		}
	at[0] = 0;
	for (int r = 0; r < doc->head_rows; r++)
		at[r + 1] = at[r] + high[r];
}

static void draw_head(struct paper_pdf *d)
{
	const struct paper_doc *doc = d->base.doc;
	double at[PAPER_MAX_HEAD_ROWS + 1];

	head_heights(d, at);
	for (int i = 0; i < doc->heads; i++) {
		const struct paper_head *h = &doc->head[i];
		const int below = h->row + (h->rows > 1 ? h->rows : 1);
		const int end = h->column + (h->columns > 1 ? h->columns : 1);
		const struct box b = {.x = d->x[h->column] + padding,
			.y = d->y + at[h->row],
			.width = d->x[end] - d->x[h->column] - 2 * padding,
			.height = at[below] - at[h->row],
			.align = PAPER_CENTRE,
			.face = BOLD,
			.size = size_head};

		put_text(d, &b, h->text, true);
		frame(d, d->x[h->column], b.y, d->x[end] - d->x[h->column],
			b.height);
	}
	d->y += at[doc->head_rows];
}

static void draw_number(struct paper_pdf *d)
{
	char text[32];
	const struct box b = {.x = margin,
		.y = d->height - margin - size_foot,
		.width = d->width - 2 * margin,
		.align = PAPER_CENTRE,
		.face = REGULAR,
		.size = size_foot};

	snprintf(text, sizeof(text), "Trang %d", d->page);
	put_text(d, &b, text, true);
}

/* A sum below or above the rows of a page. */
static void draw_sum(struct paper_pdf *d, const char *text, int64_t sum)
{
	const int carry = d->base.doc->carry;
	const int end = d->base.doc->columns;
	const double high = row_min(d);
	char money[MONEY_TEXT_SIZE];
	struct box b = {.x = d->x[0] + padding,
		.y = d->y,
		.width = d->x[carry] - d->x[0] - 2 * padding,
		.height = high,
		.align = PAPER_RIGHT,
		.face = BOLD,
		.size = size_head};

	put_text(d, &b, text, true);
	b.x = d->x[carry] + padding;
	b.width = d->x[carry + 1] - d->x[carry] - 2 * padding;
	put_text(d, &b, money_format(sum, money), true);
	frame(d, d->x[0], d->y, d->x[carry] - d->x[0], high);
	frame(d, d->x[carry], d->y, d->x[carry + 1] - d->x[carry], high);
	if (end > carry + 1)
		frame(d, d->x[carry + 1], d->y, d->x[end] - d->x[carry + 1],
			high);
	d->y += high;
}

static void next_page(struct paper_pdf *d)
{
	draw_number(d);
	d->lib.cairo_show_page(d->cr);
	d->page++;
	d->y = margin;
}

/* The sums of the page; on the last one only if there were pages before. */
static void end_rows(struct paper_pdf *d, bool last)
{
	if (d->base.doc->carry == 0 || d->summed)
		return;
	if (!last || d->page > d->first)
		draw_sum(d, "Cộng trang này", d->page_sum);
	d->sum += d->page_sum;
	d->page_sum = 0;
	if (!last)
		draw_sum(d, "Cộng chuyển sang trang sau", d->sum);
	d->summed = last;
}

static void begin_rows(struct paper_pdf *d)
{
	draw_head(d);
	d->in_table = true;
	d->headed = true;
	if (d->base.doc->carry > 0 && d->page > d->first && !d->summed)
		draw_sum(d, "Trang trước chuyển sang", d->sum);
}

/* What a page needs for its sums. */
static double reserve(const struct paper_pdf *d)
{
	return d->base.doc->carry > 0 && !d->summed ? 2 * row_min(d) : 0;
}

static bool status(struct paper_pdf *d, struct err *err)
{
	const cairo_status_t rc = d->lib.cairo_status(d->cr);

	if (rc == CAIRO_STATUS_SUCCESS)
		return true;
	if (rc == CAIRO_STATUS_WRITE_ERROR && d->put_err.code != ERR_NONE) {
		*err = d->put_err;
		return false;
	}
	return err_set(err,
		rc == CAIRO_STATUS_NO_MEMORY ? ERR_NO_MEMORY : ERR_IO, (int)rc,
		"PDF: %s", d->lib.cairo_status_to_string(rc));
}

/* ---- rows ---------------------------------------------------------------- */

static const char *cell_text(const struct paper_cell *cell,
	char money[MONEY_TEXT_SIZE])
{
	return cell->text ? cell->text : money_format(cell->number, money);
}

/* Height that the row needs; draw: it is put there, height high. */
static double put_cells(struct paper_pdf *d, const struct paper_cell *cell,
	enum paper_weight weight, double high, bool draw)
{
	const struct paper_doc *doc = d->base.doc;
	char money[MONEY_TEXT_SIZE];
	double need = row_min(d);
	int i = 0;

	while (i < doc->columns) {
		const int end = i + paper_span(&cell[i]);
		const struct box b = {.x = d->x[i] + padding,
			.y = d->y,
			.width = d->x[end] - d->x[i] - 2 * padding,
			.height = high,
			.align = cell[i].text ? doc->column[i].align
					      : PAPER_RIGHT,
			.face = weight == PAPER_STRONG ? BOLD : REGULAR,
			.size = size_text};
		const double height =
			put_text(d, &b, cell_text(&cell[i], money), draw) +
			2 * padding;

		if (height > need)
			need = height;
		if (draw)
			frame(d, d->x[i], d->y, d->x[end] - d->x[i], high);
		i = end;
	}
	return need;
}

static bool pdf_row(struct paper *p, const struct paper_cell *cell,
	enum paper_weight weight, struct err *err)
{
	struct paper_pdf *d = (struct paper_pdf *)p;
	const int carry = p->doc->carry;
	double high = put_cells(d, cell, weight, 0, false);

	if (high < POINTS(p->doc->row_mm))
		high = POINTS(p->doc->row_mm);
	if (!d->in_table)
		begin_rows(d);
	if (d->y + high + reserve(d) > bottom(d)) {
		end_rows(d, false);
		next_page(d);
		begin_rows(d);
	}
	if (carry > 0 && weight == PAPER_STRONG && !cell[carry].text)
		end_rows(d, true);
	put_cells(d, cell, weight, high, true);
	d->y += high;
	if (carry > 0 && weight == PAPER_PLAIN && !cell[carry].text)
		d->page_sum += cell[carry].number;
	return status(d, err);
}

/* Text over the whole width; on the next page if it does not fit. */
static void put_across(struct paper_pdf *d, const char *text, int face,
	double size, enum paper_align align)
{
	struct box b = {.x = margin,
		.width = d->width - 2 * margin,
		.align = align,
		.face = face,
		.size = size};
	const double high = put_text(d, &b, text, false);

	if (d->y + high > bottom(d)) {
		next_page(d);
		d->in_table = false;
	}
	b.y = d->y;
	put_text(d, &b, text, true);
	d->y += high;
}

static bool pdf_line(struct paper *p, const char *text,
	enum paper_weight weight, struct err *err)
{
	struct paper_pdf *d = (struct paper_pdf *)p;

	if (!d->headed)
		begin_rows(d); /* a table without rows has its head */
	put_across(d, text, weight == PAPER_STRONG ? BOLD : REGULAR, size_text,
		PAPER_LEFT);
	return status(d, err);
}

/* ---- beginning and end --------------------------------------------------- */

static void put_half(struct paper_pdf *d, int half, double y, const char *text,
	int face, double size)
{
	const double width = (d->width - 2 * margin) / 2;
	const struct box b = {.x = margin + half * width,
		.y = y,
		.width = width,
		.align = PAPER_CENTRE,
		.face = face,
		.size = size};

	put_text(d, &b, text, true);
}

static void put_top(struct paper_pdf *d)
{
	const struct paper_doc *doc = d->base.doc;

	if (doc->office)
		put_half(d, 0, d->y, doc->office, BOLD, 10.5);
	if (doc->motto)
		put_half(d, 1, d->y,
			"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
			"Độc lập - Tự do - Hạnh phúc",
			BOLD, 10.5);
	if (doc->office || doc->motto)
		d->y += 3 * line_height(10.5);
	put_across(d, doc->title, BOLD, size_title, PAPER_CENTRE);
	if (doc->subtitle)
		put_across(d, doc->subtitle, REGULAR, 11, PAPER_CENTRE);
	if (doc->unit)
		put_across(d, doc->unit, REGULAR, size_text, PAPER_RIGHT);
	d->y += 4;
}

static void put_signs(struct paper_pdf *d)
{
	const struct paper_doc *doc = d->base.doc;
	const double high = POINTS(38);
	double width;

	if (doc->signs == 0)
		return;
	d->y += 8;
	if (d->y + high > bottom(d))
		next_page(d);
	width = (d->width - 2 * margin) / doc->signs;
	for (int i = 0; i < doc->signs; i++) {
		struct box b = {.x = margin + i * width,
			.y = d->y,
			.width = width,
			.align = PAPER_CENTRE,
			.face = REGULAR,
			.size = size_text};

		if (doc->place && i == doc->signs - 1)
			put_text(d, &b, doc->place, true);
		b.y += doc->place ? 1.5 * line_height(size_text) : 0;
		b.face = BOLD;
		b.y += put_text(d, &b, doc->sign[i].title, true);
		b.face = REGULAR;
		put_text(d, &b, doc->sign[i].hint, true);
	}
	d->y += high;
}

/* Where columns begin. */
static void place_columns(struct paper_pdf *d)
{
	const struct paper_doc *doc = d->base.doc;
	const double width = d->width - 2 * margin;
	int all = 0;
	int before = 0;

	for (int i = 0; i < doc->columns; i++)
		all += doc->column[i].mm;
	for (int i = 0; i <= doc->columns; i++) {
		d->x[i] = margin + width * before / all;
		if (i < doc->columns)
			before += doc->column[i].mm;
	}
}

static bool pdf_next(struct paper *p, const struct paper_doc *doc,
	struct err *err)
{
	struct paper_pdf *d = (struct paper_pdf *)p;

	if (!d->headed)
		begin_rows(d);
	put_signs(d);
	next_page(d);
	p->doc = doc;
	d->first = d->page;
	d->headed = false;
	d->in_table = false;
	d->summed = false;
	d->sum = 0;
	d->page_sum = 0;
	place_columns(d);
	put_top(d);
	return status(d, err);
}

static bool pdf_end(struct paper *p, struct err *err)
{
	struct paper_pdf *d = (struct paper_pdf *)p;

	if (!d->headed)
		begin_rows(d);
	put_signs(d);
	draw_number(d);
	d->lib.cairo_show_page(d->cr);
	d->lib.cairo_surface_finish(d->surface);
	if (d->put_err.code != ERR_NONE) {
		*err = d->put_err;
		return false;
	}
	return status(d, err);
}

static void pdf_free(struct paper *p)
{
	struct paper_pdf *d = (struct paper_pdf *)p;

	if (d->cr)
		d->lib.cairo_destroy(d->cr);
	if (d->surface)
		d->lib.cairo_surface_destroy(d->surface);
	drop_fonts(d);
	free(d);
}

static const struct paper_ops ops = {
	.row = pdf_row,
	.line = pdf_line,
	.next = pdf_next,
	.end = pdf_end,
	.free = pdf_free,
};

/* cairo_write_func_t: once it failed, it is not asked again. */
static cairo_status_t put_bytes(void *closure, const unsigned char *bytes,
	unsigned int len)
{
	struct paper_pdf *d = closure;

	if (d->put_err.code == ERR_NONE &&
		d->base.sink.put(d->base.sink.ctx, bytes, len, &d->put_err))
		return CAIRO_STATUS_SUCCESS;
	return CAIRO_STATUS_WRITE_ERROR;
}

static bool open_pages(struct paper_pdf *d, struct err *err)
{
	const struct paper_doc *doc = d->base.doc;

	d->width = POINTS(doc->landscape ? 297 : 210);
	d->height = POINTS(doc->landscape ? 210 : 297);
	d->surface = d->lib.cairo_pdf_surface_create_for_stream(put_bytes, d,
		d->width, d->height);
	d->lib.cairo_pdf_surface_set_metadata(d->surface,
		CAIRO_PDF_METADATA_TITLE, doc->title);
	d->cr = d->lib.cairo_create(d->surface);
	d->lib.cairo_set_line_width(d->cr, 0.5);
	d->page = 1;
	d->first = 1;
	d->y = margin;
	return status(d, err);
}

struct paper *paper_pdf_new(const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err)
{
	struct paper_pdf *d = calloc(1, sizeof(*d));

	if (!d) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a paper");
		return NULL;
	}
	d->base = (struct paper){.ops = &ops, .doc = doc, .sink = *sink};
	for (int f = 0; f < FACES; f++)
		for (int i = 0; i < ADVANCES; i++)
			d->advance[f][i] = -1;
	if (load(&d->lib, err) && open_fonts(d, err) && open_pages(d, err)) {
		place_columns(d);
		put_top(d);
		return &d->base;
	}
	pdf_free(&d->base);
	return NULL;
}
