/* The lower half of the board's page: hours, days, drawers, terminals. */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/str.h"
#include "terminal/app/board_html_internal.h"
#include "terminal/flows/board_text.h"

enum {
	TEXT_SIZE = 512,
	/* Of drawings, in their own units. */
	CHART_WIDTH = 720,
	CHART_HEIGHT = 200,
	CHART_TOP = 22,
	CHART_FOOT = 26,
	CHART_COLUMNS = 31, /* days in one drawing: the newest */
	CHART_LETTER = 9    /* about as wide as a figure */
};

/* ---- columns --------------------------------------------------------------- */

/* One column of a drawing, and its row in the table beside it. */
struct column {
	char label[16];
	char name[32];
	struct board_time time;
};

static void put_column(struct html_page *p, const struct column *c, int at,
	int width, int64_t most)
{
	const int room = CHART_HEIGHT - CHART_TOP - CHART_FOOT;
	const int high = most > 0 && c->time.payments > 0
				 ? (int)(c->time.payments * room / most)
				 : 0;
	const int gap = width / 6;
	char figure[24];

	if (high > 0)
		html_print(p,
			"<rect class=\"done\" x=\"%d\" y=\"%d\" width=\"%d\""
			" height=\"%d\"><title>%s: %lld</title></rect>",
			at + gap, CHART_HEIGHT - CHART_FOOT - high,
			width - 2 * gap, high, c->name,
			(long long)c->time.payments);
	/* Only where it does not run into the next; the table has them all. */
	snprintf(figure, sizeof(figure), "%lld", (long long)c->time.payments);
	if (high > 0 && (int)strlen(figure) * CHART_LETTER <= width)
		html_print(p, "<text x=\"%d\" y=\"%d\">%s</text>",
			at + width / 2, CHART_HEIGHT - CHART_FOOT - high - 5,
			figure);
	if (c->label[0])
		html_print(p, "<text x=\"%d\" y=\"%d\">%s</text>",
			at + width / 2, CHART_HEIGHT - 7, c->label);
}

static void put_chart(struct html_page *p, const struct column *c, int count,
	const char *title)
{
	const int width = CHART_WIDTH / (count > 8 ? count : 8);
	int64_t most = 0;

	for (int i = 0; i < count; i++)
		if (c[i].time.payments > most)
			most = c[i].time.payments;
	html_print(p,
		"<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\""
		" aria-labelledby=\"d%d\"><title id=\"d%d\">%s</title>",
		CHART_WIDTH, CHART_HEIGHT, p->drawings, p->drawings, title);
	p->drawings++;
	for (int i = 0; i < count; i++)
		put_column(p, &c[i], i * width, width, most);
	html_print(p,
		"<line class=\"axis\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
		"</svg>\n",
		CHART_WIDTH, CHART_HEIGHT - CHART_FOOT,
		CHART_HEIGHT - CHART_FOOT);
}

static void put_times(struct html_page *p, const struct column *c, int count,
	const char *first)
{
	html_print(p,
		"<details><summary>Bảng số</summary>\n<table><thead><tr>"
		"<th scope=\"col\">%s</th><th scope=\"col\" class=\"n\">Lượt"
		" chi</th><th scope=\"col\" class=\"n\">Số tiền (đồng)</th>"
		"</tr></thead>\n<tbody>\n",
		first);
	for (int i = 0; i < count; i++) {
		html_print(p, "<tr><th scope=\"row\">%s</th><td class=\"n\">",
			c[i].name);
		html_number(p, c[i].time.payments);
		html_raw(p, "</td><td class=\"n\">");
		html_number(p, c[i].time.money);
		html_raw(p, "</td></tr>\n");
	}
	html_raw(p, "</tbody></table></details>\n");
}

void html_hours(struct html_page *p)
{
	struct column c[BOARD_HOURS] = {{.label = ""}};
	int first;
	int last;

	board_hours(p->b, &first, &last);
	for (int h = first; h <= last; h++) {
		snprintf(c[h].label, sizeof(c[h].label), "%d", h);
		snprintf(c[h].name, sizeof(c[h].name), "%02d:00 - %02d:59", h,
			h);
		c[h].time = p->b->hour[h];
	}
	html_raw(p, "<section>\n<h2>Theo giờ trong ngày</h2>\n"
		    "<p class=\"soft\">Số lượt chi theo giờ, cộng của mọi"
		    " ngày.</p>\n");
	put_chart(p, c + first, last - first + 1,
		"Số lượt chi theo giờ trong ngày");
	put_times(p, c + first, last - first + 1, "Giờ");
	html_raw(p, "</section>\n");
}

void html_days(struct html_page *p)
{
	const struct board *b = p->b;
	const int first = b->days > CHART_COLUMNS ? b->days - CHART_COLUMNS : 0;
	const int count = b->days - first;
	struct column c[CHART_COLUMNS] = {{.label = ""}};

	if (b->days == 0)
		return;
	for (int i = 0; i < count; i++) {
		const int32_t day = b->day[first + i].day;

		/* Every third of many: they would run into each other. */
		if (count <= 12 || i % 3 == 0)
			snprintf(c[i].label, sizeof(c[i].label), "%d/%d",
				(int)(day % 100), (int)(day / 100 % 100));
		snprintf(c[i].name, sizeof(c[i].name), "%02d/%02d/%04d",
			(int)(day % 100), (int)(day / 100 % 100),
			(int)(day / 10000));
		c[i].time = b->day[first + i].time;
	}
	html_raw(p, "<section>\n<h2>Theo ngày</h2>\n"
		    "<p class=\"soft\">Chỉ những ngày có chi.</p>\n");
	put_chart(p, c, count, "Số lượt chi theo ngày");
	put_times(p, c, count, "Ngày");
	html_raw(p, "</section>\n");
}

/* ---- drawers --------------------------------------------------------------- */

static void put_close(struct html_page *p, const struct board_close *c)
{
	char text[TEXT_SIZE];

	html_print(p,
		"<tr><th scope=\"row\">Ca %lld</th>"
		"<td data-k=\"Nhân viên\"><bdi>",
		(long long)c->shift);
	html_escape(p, c->actor_name);
	html_print(p, "</bdi></td><td data-k=\"Đóng ca\"><span>%s</span></td>",
		date_time_vi(c->t, text));
	html_cell(p, "Theo sổ", c->expected, false);
	html_print(p, "<td class=\"n\" data-k=\"Chênh lệch\"><span%s>%s",
		c->difference ? " class=\"warn\"" : "",
		c->difference > 0 ? "+" : "");
	html_number(p, c->difference);
	html_raw(p, "</span></td><td data-k=\"Lý do\"><span>");
	html_raw(p, c->difference ? board_reason_name(c->reason) : "");
	html_raw(p, "</span></td></tr>\n");
}

void html_drawers(struct html_page *p)
{
	const struct board *b = p->b;

	html_raw(p, "<section>\n<h2>Kiểm quỹ khi đóng ca</h2>\n<p>Thừa ");
	html_number(p, b->over);
	html_raw(p, " đồng, thiếu ");
	html_number(p, b->missing);
	html_print(p, " đồng trong %lld ca đã đóng.</p>\n",
		(long long)b->closed);
	if (b->closes > 0) {
		html_raw(p,
			"<table class=\"wide\">\n<caption>Ca mới nhất đứng"
			" trên; số tiền tính bằng đồng</caption>\n<thead><tr>"
			"<th scope=\"col\">Ca</th><th scope=\"col\">Nhân viên"
			"</th><th scope=\"col\">Đóng ca</th><th scope=\"col\""
			" class=\"n\">Theo sổ</th><th scope=\"col\""
			" class=\"n\">Chênh lệch</th><th scope=\"col\">Lý do"
			"</th></tr></thead>\n<tbody>\n");
		for (int i = b->closes - 1; i >= 0; i--)
			put_close(p, &b->close[i]);
		html_raw(p, "</tbody>\n</table>\n");
	}
	html_raw(p, "</section>\n");
}

/* ---- terminals ------------------------------------------------------------- */

static void put_terminal(struct html_page *p, const struct board_terminal *t,
	int64_t at)
{
	char text[TEXT_SIZE];
	char dev[7];

	str_to_hex(t->dev, 3, dev);
	html_print(p,
		"<tr><th scope=\"row\">Máy %s%s</th>"
		"<td data-k=\"Tin gần nhất\"><span>",
		dev, t->self ? " (máy này)" : "");
	if (t->t == 0)
		html_raw(p, "chưa có");
	else
		html_print(p, "%s (%s)", date_time_vi(t->t, text),
			board_age(at - t->t, text + DATE_TEXT_SIZE,
				sizeof(text) - DATE_TEXT_SIZE));
	html_raw(p, "</span></td>");
	html_cell(p, "Khoản đã chi", t->paid, false);
	html_raw(p, "</tr>\n");
}

void html_terminals(struct html_page *p)
{
	const struct board *b = p->b;
	char text[TEXT_SIZE];

	html_raw(p,
		"<section>\n<h2>Các máy và dữ liệu chưa gửi</h2>\n<p>Sổ của máy"
		" này có ");
	html_number(p, (int64_t)b->made);
	html_raw(p, " bản ghi; trung tâm đã nhận ");
	html_number(p, (int64_t)b->acked);
	html_raw(p, "; còn ");
	html_number(p, (int64_t)b->waiting);
	html_raw(p, " chưa gửi");
	if (b->waiting > 0 && b->oldest > 0)
		html_print(p, ", bản ghi cũ nhất từ %s",
			date_time_vi(b->oldest, text));
	html_raw(p, ".</p>\n<p>Lần cuối trung tâm xác nhận: ");
	html_raw(p,
		b->contact > 0 ? date_time_vi(b->contact, text) : "chưa có");
	html_raw(p,
		".</p>\n<table class=\"wide\">\n<caption>Máy khác của điểm: "
		"theo"
		" dấu đã chi mà máy này nhận được</caption>\n<thead><tr>"
		"<th scope=\"col\">Máy</th><th scope=\"col\">Tin gần nhất</th>"
		"<th scope=\"col\" class=\"n\">Khoản đã chi</th></tr></thead>"
		"\n<tbody>\n");
	for (int i = 0; i < b->terminals; i++)
		put_terminal(p, &b->terminal[i], b->at);
	html_raw(p, "</tbody>\n</table>\n</section>\n");
}
