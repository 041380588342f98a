/* Papers in memory: what was written is read back, and nothing else is. */
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/codec/paper_grid.h"

static const struct paper_column columns[] = {{10, PAPER_CENTRE},
	{40, PAPER_LEFT}, {20, PAPER_RIGHT}};

static const struct paper_head heads[] = {
	{0, 0, 2, 1, "STT"},
	{0, 1, 1, 2, "Người\nnhận"},
	{1, 1, 1, 1, "Họ và tên"},
	{1, 2, 1, 1, "Số tiền"},
	{2, 0, 1, 1, "(1)"},
};

static const struct paper_doc doc = {
	.title = "DANH SÁCH\nCHI TRẢ",
	.subtitle = "Tháng 12 năm 2026",
	.sheet = "A",
	.column = columns,
	.columns = 3,
	.head = heads,
	.heads = 5,
	.head_rows = 3,
};

struct heap {
	char bytes[65536];
	size_t len;
	size_t most; /* 0: all there is room for */
};

static bool put(void *ctx, const void *bytes, size_t len, struct err *err)
{
	struct heap *h = ctx;

	if (h->most && h->len + len > h->most)
		return err_set(err, ERR_FULL, 0, "full");
	assert_true(h->len + len <= sizeof(h->bytes));
	memcpy(h->bytes + h->len, bytes, len);
	h->len += len;
	return true;
}

static void write_it(struct heap *h)
{
	const struct paper_sink sink = {.ctx = h, .put = put};
	const struct paper_cell row[] = {{.text = "1"}, {.text = "Hà Thị Ty"},
		{.number = 1080000}};
	const struct paper_cell sum[] = {{.text = "Cộng", .span = 2}, {0},
		{.number = 1080000}};
	struct err err;
	struct paper *p;

	h->len = 0;
	p = paper_new(PAPER_GRID, &doc, &sink, &err);
	assert_non_null(p);
	assert_true(paper_row(p, row, PAPER_PLAIN, &err));
	assert_true(paper_row(p, sum, PAPER_STRONG, &err));
	assert_true(paper_line(p, "Bằng chữ: …", PAPER_PLAIN, &err));
	assert_true(paper_end(p, &err));
	paper_free(p);
}

static struct paper_grid *read_it(const struct heap *h, size_t len,
	struct err *err)
{
	char *bytes = malloc(len + 1);

	assert_non_null(bytes);
	memcpy(bytes, h->bytes, len);
	return paper_grid_read(bytes, len, err);
}

static void what_was_written_is_read_back(void **state)
{
	static struct heap h;
	struct paper_grid_row row;
	struct paper_grid *g;
	struct err err;

	(void)state;
	write_it(&h);
	g = read_it(&h, h.len, &err);
	assert_non_null(g);
	assert_string_equal(paper_grid_title(g), "DANH SÁCH CHI TRẢ");
	assert_string_equal(paper_grid_subtitle(g), "Tháng 12 năm 2026");
	assert_int_equal(paper_grid_columns(g), 3);
	assert_string_equal(paper_grid_name(g, 0), "STT");
	assert_string_equal(paper_grid_name(g, 1), "Người nhận - Họ và tên");
	assert_int_equal(paper_grid_align(g, 2), PAPER_RIGHT);
	assert_int_equal(paper_grid_rows(g), 3);
	paper_grid_row(g, 0, &row);
	assert_false(row.line);
	assert_string_equal(row.text[1], "Hà Thị Ty");
	assert_string_equal(row.text[2], "1.080.000");
	paper_grid_row(g, 1, &row);
	assert_int_equal(row.weight, PAPER_STRONG);
	assert_string_equal(row.text[0], "Cộng");
	assert_null(row.text[1]);
	paper_grid_row(g, 2, &row);
	assert_true(row.line);
	assert_string_equal(row.text[0], "Bằng chữ: …");
	paper_grid_free(g);
}

static void widths_are_those_of_cells_that_cover_nothing(void **state)
{
	static struct heap h;
	struct paper_grid *g;
	struct err err;

	(void)state;
	write_it(&h);
	g = read_it(&h, h.len, &err);
	assert_int_equal(paper_grid_width(g, 0), 1);
	assert_int_equal(paper_grid_width(g, 1), 9);
	assert_int_equal(paper_grid_width(g, 2), 9);
	paper_grid_free(g);
}

/* Cut anywhere it is whole up to a row, or no paper: nothing is read beyond. */
static void cut_anywhere_nothing_is_read_beyond(void **state)
{
	static struct heap h;
	int whole = 0;

	(void)state;
	write_it(&h);
	for (size_t len = 0; len < h.len; len++) {
		struct err err = {0};
		struct paper_grid *g = read_it(&h, len, &err);

		if (!g)
			assert_int_equal(err.code, ERR_CORRUPT);
		else
			whole++;
		paper_grid_free(g);
	}
	assert_int_equal(whole, 3); /* before each of the rows */
}

static void altered_bytes_are_refused_or_harmless(void **state)
{
	static struct heap h;

	(void)state;
	write_it(&h);
	for (size_t at = 0; at < h.len; at++)
		for (int bit = 0; bit < 8; bit++) {
			struct paper_grid_row row;
			struct paper_grid *g;
			struct err err;

			h.bytes[at] = (char)(h.bytes[at] ^ 1 << bit);
			g = read_it(&h, h.len, &err);
			for (int i = 0; g && i < paper_grid_rows(g); i++)
				paper_grid_row(g, i, &row);
			paper_grid_free(g);
			h.bytes[at] = (char)(h.bytes[at] ^ 1 << bit);
		}
}

static void a_full_sink_fails_the_paper(void **state)
{
	static struct heap h;
	const struct paper_sink sink = {.ctx = &h, .put = put};
	struct err err = {0};

	(void)state;
	h.most = 10;
	assert_null(paper_new(PAPER_GRID, &doc, &sink, &err));
	assert_int_equal(err.code, ERR_FULL);
}

static void nothing_is_no_paper(void **state)
{
	struct err err;

	(void)state;
	assert_null(paper_grid_read(malloc(1), 0, &err));
	paper_grid_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_is_read_back),
		cmocka_unit_test(widths_are_those_of_cells_that_cover_nothing),
		cmocka_unit_test(cut_anywhere_nothing_is_read_beyond),
		cmocka_unit_test(altered_bytes_are_refused_or_harmless),
		cmocka_unit_test(a_full_sink_fails_the_paper),
		cmocka_unit_test(nothing_is_no_paper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
