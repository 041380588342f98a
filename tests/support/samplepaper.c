#include "support/samplepaper.h"

#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	COLUMNS = 6,
	ROOM = 65536
};

static const struct paper_column columns[COLUMNS] = {{10, PAPER_CENTRE},
	{42, PAPER_LEFT}, {19, PAPER_CENTRE}, {26, PAPER_RIGHT},
	{27, PAPER_RIGHT}, {40, PAPER_LEFT}};

static const struct paper_head heads[] = {
	{0, 0, 2, 1, "STT"},
	{0, 1, 2, 1, "Họ và tên"},
	{0, 2, 2, 1, "Ngày sinh"},
	{0, 3, 1, 2, "Bảo trợ xã hội"},
	{1, 3, 1, 1, "Tổng lũy kế đến kỳ báo cáo"},
	{1, 4, 1, 1, "Trong kỳ"},
	{0, 5, 2, 1, "Ghi chú"},
};

static const struct paper_doc doc = {
	.title = "DANH SÁCH CHI TRẢ",
	.subtitle = "Tháng 12 năm 2026",
	.sheet = "A",
	.column = columns,
	.columns = COLUMNS,
	.head = heads,
	.heads = sizeof(heads) / sizeof(heads[0]),
	.head_rows = 2,
};

struct heap {
	char *bytes;
	size_t len;
};

static bool put(void *ctx, const void *bytes, size_t len, struct err *err)
{
	struct heap *h = ctx;

	(void)err;
	assert_true(h->len + len <= ROOM);
	memcpy(h->bytes + h->len, bytes, len);
	h->len += len;
	return true;
}

static void put_row(struct paper *p, int i)
{
	static const char *const names[] = {"Nguyễn Thị Đẹp", "Lê Quang Lợi",
		"Hoàng Thị Ngọc Ánh Tuyết", "Đỗ Văn Ư"};
	char number[16];
	const struct paper_cell cell[COLUMNS] = {{.text = number},
		{.text = names[i % 4]}, {.text = i % 3 ? "02/09/1944" : "1947"},
		{.number = 540000 * (i + 1)}, {.number = 540000},
		{.text = i % 4 == 2 ? "Người giám hộ: Hoàng Văn Tuyên" : ""}};
	struct err err;

	snprintf(number, sizeof(number), "%d", i + 1);
	assert_true(paper_row(p, cell, PAPER_PLAIN, &err));
}

struct paper_grid *samplepaper(int rows)
{
	struct heap h = {.bytes = malloc(ROOM)};
	const struct paper_sink sink = {.ctx = &h, .put = put};
	const struct paper_cell sum[COLUMNS] = {{.text = "Tổng cộng",
							.span = 3},
		{0}, {0}, {.number = 12960000}, {.number = 540000 * rows},
		{.text = ""}};
	struct paper_grid *g;
	struct paper *p;
	struct err err;

	assert_non_null(h.bytes);
	p = paper_new(PAPER_GRID, &doc, &sink, &err);
	assert_non_null(p);
	for (int i = 0; i < rows; i++)
		put_row(p, i);
	assert_true(paper_row(p, sum, PAPER_STRONG, &err));
	assert_true(paper_line(p,
		"Tổng số tiền: 12.960.000 đồng (Bằng chữ: Mười hai triệu chín"
		" trăm sáu mươi nghìn đồng).",
		PAPER_STRONG, &err));
	assert_true(paper_end(p, &err));
	paper_free(p);
	g = paper_grid_read(h.bytes, h.len, &err);
	assert_non_null(g);
	return g;
}

struct paper_grid *samplepaper_saying(const char *text)
{
	struct heap h = {.bytes = malloc(ROOM)};
	const struct paper_sink sink = {.ctx = &h, .put = put};
	struct paper_cell cell[COLUMNS];
	struct paper_grid *g;
	struct paper *p;
	struct err err;

	assert_non_null(h.bytes);
	for (int i = 0; i < COLUMNS; i++)
		cell[i] = (struct paper_cell){.text = text};
	p = paper_new(PAPER_GRID, &doc, &sink, &err);
	assert_non_null(p);
	assert_true(paper_row(p, cell, PAPER_PLAIN, &err));
	assert_true(paper_line(p, text, PAPER_PLAIN, &err));
	assert_true(paper_end(p, &err));
	paper_free(p);
	g = paper_grid_read(h.bytes, h.len, &err);
	assert_non_null(g);
	return g;
}
