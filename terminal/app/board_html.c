#include "terminal/app/board_html.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/admin.h"
#include "core/codec/base64.h"
#include "core/crypto.h"
#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/text.h"
#include "terminal/flows/board_text.h"

enum {
	TEXT_SIZE = 512,
	/* Of drawings, in their own units. */
	BAR_WIDTH = 1000,
	CHART_WIDTH = 720,
	CHART_HEIGHT = 200,
	CHART_TOP = 22,
	CHART_FOOT = 26,
	CHART_COLUMNS = 31 /* days in one drawing: the newest */
};

struct page {
	const struct board *b;
	const struct board_html_info *info;
	const struct paper_sink *sink;
	struct err *err;
	bool ok;
	int drawings; /* so far: their titles need names */
};

/* ---- writing --------------------------------------------------------------- */

static void put(struct page *p, const char *bytes, size_t len)
{
	p->ok = p->ok && p->sink->put(p->sink->ctx, bytes, len, p->err);
}

/* Our own words: as they are. */
static void raw(struct page *p, const char *text)
{
	put(p, text, strlen(text));
}

/* Formats of ours, with numbers and our own words only. */
static void print(struct page *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
static void print(struct page *p, const char *fmt, ...)
{
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	raw(p, text);
}

/* What somebody else wrote; safe in text and in attributes. */
static void escape(struct page *p, const char *text)
{
	char plain[TEXT_SIZE];

	str_copy(plain, sizeof(plain), text);
	text_plain(plain);
	for (const char *c = plain; *c; c++) {
		switch (*c) {
		case '&':
			raw(p, "&amp;");
			break;
		case '<':
			raw(p, "&lt;");
			break;
		case '>':
			raw(p, "&gt;");
			break;
		case '"':
			raw(p, "&quot;");
			break;
		case '\'':
			raw(p, "&#39;");
			break;
		default:
			put(p, c, 1);
		}
	}
}

static void number(struct page *p, int64_t n)
{
	char text[MONEY_TEXT_SIZE];

	raw(p, money_format(n, text));
}

/* "45,3" of hundredths of a percent. */
static void percent(struct page *p, int share)
{
	char text[BOARD_PERCENT_SIZE];

	raw(p, board_percent(share, text));
}

/* ---- the head -------------------------------------------------------------- */

static const char style[] =
	":root{color-scheme:light dark;--bg:#fff;--ink:#1a1a1a;--soft:#555;"
	"--line:#c8ccd0;--card:#f4f6f8;--done:#1f5fa8;--acc:#0b8a6a;"
	"--wait:#d9dde2;--warn:#8a4b00;--goal:#b3261e}"
	"@media(prefers-color-scheme:dark){:root{--bg:#14171a;--ink:#eceff1;"
	"--soft:#a9b1b8;--line:#444c54;--card:#1f2429;--done:#6ea8ea;"
	"--acc:#4fc3a1;--wait:#3d454d;--warn:#f0b060;--goal:#ff8a80}}"
	"*{box-sizing:border-box}"
	"body{margin:0;background:var(--bg);color:var(--ink);"
	"font:16px/1.45 system-ui,\"Segoe UI\",Roboto,\"Noto Sans\","
	"\"Liberation Sans\",Arial,sans-serif}"
	"main{max-width:1080px;margin:0 auto;padding:16px 16px 48px}"
	"h1{font-size:1.5rem;line-height:1.25;margin:0 0 4px}"
	"h2{font-size:1.15rem;margin:36px 0 8px}"
	"p{margin:4px 0}.soft{color:var(--soft)}"
	".cards{display:grid;gap:12px;margin:20px 0 0;padding:0;"
	"list-style:none;grid-template-columns:repeat(auto-fit,"
	"minmax(150px,1fr))}"
	".cards li{background:var(--card);border:1px solid var(--line);"
	"border-radius:8px;padding:10px 12px}"
	".cards b{display:block;font-size:1.35rem;line-height:1.3;"
	"font-variant-numeric:tabular-nums}"
	".cards span{color:var(--soft);font-size:.9rem}"
	"table{border-collapse:collapse;width:100%;margin-top:8px}"
	"caption{text-align:left;color:var(--soft);font-size:.9rem;"
	"padding-bottom:4px}"
	"th,td{border-bottom:1px solid var(--line);padding:7px 8px;"
	"text-align:left;vertical-align:top;overflow-wrap:anywhere}"
	"thead th{font-weight:600;font-size:.85rem;color:var(--soft);"
	"vertical-align:bottom}"
	"tbody th{font-weight:600;min-width:130px}"
	".n{text-align:right;font-variant-numeric:tabular-nums;"
	"white-space:nowrap;overflow-wrap:normal}"
	"svg{display:block;width:100%}"
	".bar{height:14px;margin-top:5px;border:1px solid var(--line);"
	"border-radius:3px}"
	".chart{height:auto;max-width:720px;margin-top:8px}"
	".done{fill:var(--done)}.acc{fill:var(--acc)}.wait{fill:var(--wait)}"
	".goal{stroke:var(--goal);stroke-width:6}"
	".axis{stroke:var(--line);stroke-width:1}"
	".chart text{fill:var(--ink);font-size:15px;text-anchor:middle}"
	".key{display:flex;flex-wrap:wrap;gap:4px 18px;margin:8px 0 0;"
	"padding:0;list-style:none;font-size:.9rem}"
	".key svg{display:inline-block;width:16px;height:12px;"
	"margin-right:6px;border:1px solid var(--line)}"
	".warn{color:var(--warn);font-weight:600}"
	"details{margin-top:8px}summary{cursor:pointer;color:var(--soft)}"
	"footer{margin-top:40px;border-top:1px solid var(--line);"
	"padding-top:10px;color:var(--soft);font-size:.85rem}"
	"@media(max-width:640px){"
	"table.wide thead{position:absolute;width:1px;height:1px;"
	"overflow:hidden;clip-path:inset(50%)}"
	"table.wide,table.wide tbody,table.wide caption{display:block}"
	"table.wide tr{display:grid;grid-template-columns:1fr 1fr;"
	"gap:2px 14px;border-bottom:1px solid var(--line);padding:10px 0}"
	"table.wide th,table.wide td{border:0;padding:0}"
	"table.wide tbody th{grid-column:1/-1;padding-bottom:4px}"
	"table.wide td{display:flex;justify-content:space-between;"
	"align-items:baseline;gap:8px}"
	"table.wide td::before{content:attr(data-k);color:var(--soft);"
	"font-size:.85rem;white-space:normal;text-align:left}"
	"table.wide td.money{grid-column:1/-1}}"
	"@media print{:root{--bg:#fff;--ink:#000;--soft:#333;--line:#999;"
	"--card:#fff;--done:#1f5fa8;--acc:#0b8a6a;--wait:#e4e7ea;"
	"--warn:#000;--goal:#000}"
	"@page{size:A4;margin:14mm}body{font-size:10.5pt;"
	"-webkit-print-color-adjust:exact;print-color-adjust:exact}"
	"main{max-width:none;padding:0}h2{break-after:avoid}"
	"tr,.cards li,.chart{break-inside:avoid}thead{display:"
	"table-header-group}}";

/* Of all styles only ours is taken, by its hash; nothing else at all. */
static void put_policy(struct page *p)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	char text[BASE64_CHARS(CRYPTO_HASH_SIZE) + 1];
	struct buf b;

	crypto_sha256(style, strlen(style), sum);
	buf_init(&b, text, sizeof(text));
	base64_write(&b, sum, sizeof(sum));
	raw(p, "<meta http-equiv=\"Content-Security-Policy\" content=\""
	       "default-src 'none'; style-src 'sha256-");
	raw(p, buf_text(&b));
	raw(p, "'; base-uri 'none'; form-action 'none'\">\n");
}

static void put_title(struct page *p)
{
	if (p->b->period == 0)
		raw(p, "Bảng theo dõi chi trả");
	else
		print(p, "Bảng theo dõi chi trả tháng %02d/%04d",
			(int)(p->b->period % 100), (int)(p->b->period / 100));
}

static void put_head(struct page *p)
{
	raw(p, "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n"
	       "<meta charset=\"utf-8\">\n");
	put_policy(p);
	raw(p, "<meta name=\"viewport\" content=\"width=device-width,"
	       " initial-scale=1\">\n"
	       "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	put_title(p);
	raw(p, "</title>\n<style>");
	raw(p, style);
	raw(p, "</style>\n</head>\n<body>\n<main>\n");
}

static void put_where(struct page *p)
{
	char text[TEXT_SIZE];

	raw(p, "<header>\n<h1>");
	put_title(p);
	raw(p, "</h1>\n<p><bdi>");
	escape(p, p->info->point);
	raw(p, "</bdi>");
	if (p->info->unit[0]) {
		raw(p, " · <bdi>");
		escape(p, p->info->unit);
		raw(p, "</bdi>");
	}
	if (p->b->only[0]) {
		raw(p, " · <bdi>");
		escape(p, board_unit_name(p->b->only, text, sizeof(text)));
		raw(p, "</bdi>");
	}
	raw(p, "</p>\n<p class=\"soft\">Tính đến ");
	raw(p, date_time_vi(p->b->at, text));
	raw(p, ". Một người chỉ tính một lần.</p>\n</header>\n");
}

/* ---- figures at the top ---------------------------------------------------- */

static void put_cards(struct page *p)
{
	const struct board *b = p->b;
	const struct board_sum *s = &b->all;
	const uint64_t unsent = b->made - b->acked;

	raw(p, "<ul class=\"cards\">\n<li><b>");
	number(p, s->people);
	raw(p, "</b><span>người trong danh sách</span></li>\n<li><b>");
	number(p, s->done);
	raw(p, " / ");
	number(p, s->cash);
	raw(p, "</b><span>người đã lĩnh tiền mặt (");
	percent(p, board_share(s->done, s->cash));
	raw(p, ")</span></li>\n<li><b>");
	number(p, s->waiting);
	raw(p, "</b><span>người chưa lĩnh, ");
	number(p, s->open);
	raw(p, " đồng</span></li>\n<li><b>");
	number(p, s->paid + s->elsewhere);
	raw(p, "</b><span>đồng tiền mặt đã chi</span></li>\n<li><b>");
	percent(p, board_share(s->account, s->people));
	raw(p, "</b><span>nhận qua tài khoản");
	if (p->info->target > 0)
		print(p, " (chỉ tiêu %d%%)", p->info->target);
	raw(p, "</span></li>\n<li><b>");
	number(p, (int64_t)unsent);
	raw(p, "</b><span>bản ghi chưa gửi về trung tâm</span></li>\n</ul>\n");
}

/* ---- bars ------------------------------------------------------------------ */

static int part_of(int64_t n, int64_t of)
{
	return board_share(n, of) / (10000 / BAR_WIDTH);
}

static void put_box(struct page *p, const char *class, int from, int until)
{
	if (until > from)
		print(p,
			"<rect class=\"%s\" x=\"%d\" width=\"%d\""
			" height=\"100\"/>",
			class, from, until - from);
}

/* By account, paid in cash, waiting; who is two of these is the first. */
static void put_bar(struct page *p, const struct board_sum *s)
{
	const int account = part_of(s->account, s->people);
	int done = part_of(s->people - s->waiting, s->people);

	if (done < account)
		done = account;
	print(p,
		"<svg class=\"bar\" viewBox=\"0 0 %d 100\""
		" preserveAspectRatio=\"none\" role=\"img\""
		" aria-labelledby=\"d%d\"><title id=\"d%d\">",
		BAR_WIDTH, p->drawings, p->drawings);
	p->drawings++;
	number(p, s->account);
	raw(p, " người qua tài khoản, ");
	number(p, s->done);
	raw(p, " người đã lĩnh tiền mặt, ");
	number(p, s->waiting);
	raw(p, " người chưa lĩnh</title>");
	put_box(p, "wait", 0, BAR_WIDTH);
	put_box(p, "acc", 0, account);
	put_box(p, "done", account, done);
	if (p->info->target > 0)
		print(p,
			"<line class=\"goal\" x1=\"%d\" x2=\"%d\" y1=\"0\""
			" y2=\"100\"/>",
			p->info->target * BAR_WIDTH / 100,
			p->info->target * BAR_WIDTH / 100);
	raw(p, "</svg>");
}

static void put_key(struct page *p, const char *class, const char *text)
{
	print(p,
		"<li><svg viewBox=\"0 0 16 12\" aria-hidden=\"true\">"
		"<rect class=\"%s\" width=\"16\" height=\"12\"/></svg>%s"
		"</li>\n",
		class, text);
}

static void put_keys(struct page *p)
{
	raw(p, "<ul class=\"key\">\n");
	put_key(p, "acc", "nhận qua tài khoản");
	put_key(p, "done", "đã lĩnh tiền mặt");
	put_key(p, "wait", "chưa lĩnh");
	if (p->info->target > 0)
		print(p,
			"<li><svg viewBox=\"0 0 16 12\" aria-hidden=\"true\">"
			"<line class=\"goal\" x1=\"8\" x2=\"8\" y1=\"0\""
			" y2=\"12\"/></svg>chỉ tiêu qua tài khoản %d%%</li>\n",
			p->info->target);
	raw(p, "</ul>\n");
}

static void put_cell(struct page *p, const char *key, int64_t n, bool money)
{
	print(p, "<td class=\"n%s\" data-k=\"%s\"><span>",
		money ? " money" : "", key);
	number(p, n);
	raw(p, "</span></td>");
}

static void put_sum_row(struct page *p, const char *name,
	const struct board_sum *s)
{
	raw(p, "<tr><th scope=\"row\"><bdi>");
	escape(p, name);
	raw(p, "</bdi>");
	put_bar(p, s);
	raw(p, "</th>");
	put_cell(p, "Người", s->people, false);
	put_cell(p, "Đã lĩnh", s->done, false);
	put_cell(p, "Chưa lĩnh", s->waiting, false);
	put_cell(p, "Tài khoản", s->account, false);
	raw(p, "<td class=\"n money\" data-k=\"% tài khoản\"><span>");
	percent(p, board_share(s->account, s->people));
	raw(p, "</span></td>");
	put_cell(p, "Tiền mặt đã chi", s->paid + s->elsewhere, true);
	put_cell(p, "Tiền mặt chưa chi", s->open, true);
	raw(p, "</tr>\n");
}

static void begin_sums(struct page *p, const char *caption, const char *first)
{
	print(p,
		"<table class=\"wide\">\n<caption>%s</caption>\n<thead><tr>"
		"<th scope=\"col\">%s</th>",
		caption, first);
	raw(p, "<th scope=\"col\" class=\"n\">Người</th>"
	       "<th scope=\"col\" class=\"n\">Đã lĩnh</th>"
	       "<th scope=\"col\" class=\"n\">Chưa lĩnh</th>"
	       "<th scope=\"col\" class=\"n\">Tài khoản</th>"
	       "<th scope=\"col\" class=\"n\">% tài khoản</th>"
	       "<th scope=\"col\" class=\"n\">Tiền mặt đã chi</th>"
	       "<th scope=\"col\" class=\"n\">Tiền mặt chưa chi</th>"
	       "</tr></thead>\n<tbody>\n");
}

static void put_groups(struct page *p)
{
	raw(p, "<section>\n<h2>Theo nhóm đối tượng</h2>\n");
	put_keys(p);
	begin_sums(p, "Số người; số tiền tính bằng đồng", "Nhóm");
	for (int g = GROUP_SOCIAL; g < GROUP_COUNT; g++)
		put_sum_row(p, board_group_name((enum group)g),
			&p->b->group[g]);
	if (p->b->group[GROUP_UNKNOWN].people > 0)
		put_sum_row(p, board_group_name(GROUP_UNKNOWN),
			&p->b->group[GROUP_UNKNOWN]);
	put_sum_row(p, "Tổng số", &p->b->all);
	raw(p, "</tbody>\n</table>\n</section>\n");
}

static void put_places(struct page *p)
{
	const struct board *b = p->b;
	char name[TEXT_SIZE];

	if (b->units == 0)
		return;
	raw(p, "<section>\n<h2>Theo xã, thôn</h2>\n");
	begin_sums(p, "Số người; số tiền tính bằng đồng", "Nơi ở");
	for (int u = 0; u < b->units; u++) {
		put_sum_row(p,
			board_unit_name(b->unit[u].unit, name, sizeof(name)),
			&b->unit[u].sum);
		for (int h = 0; h < b->hamlets; h++)
			if (strcmp(b->hamlet[h].unit, b->unit[u].unit) == 0)
				put_sum_row(p,
					b->hamlet[h].hamlet[0]
						? b->hamlet[h].hamlet
						: "(không rõ thôn)",
					&b->hamlet[h].sum);
	}
	raw(p, "</tbody>\n</table>\n</section>\n");
}

/* ---- columns --------------------------------------------------------------- */

/* One column of a drawing, and its row in the table beside it. */
struct column {
	char label[16];
	char name[32];
	struct board_time time;
};

static void put_column(struct page *p, const struct column *c, int at,
	int width, int64_t most)
{
	const int room = CHART_HEIGHT - CHART_TOP - CHART_FOOT;
	const int high = most > 0 && c->time.payments > 0
				 ? (int)(c->time.payments * room / most)
				 : 0;
	const int gap = width / 6;

	if (high > 0)
		print(p,
			"<rect class=\"done\" x=\"%d\" y=\"%d\" width=\"%d\""
			" height=\"%d\"/>",
			at + gap, CHART_HEIGHT - CHART_FOOT - high,
			width - 2 * gap, high);
	if (c->time.payments > 0)
		print(p, "<text x=\"%d\" y=\"%d\">%lld</text>", at + width / 2,
			CHART_HEIGHT - CHART_FOOT - high - 5,
			(long long)c->time.payments);
	if (c->label[0])
		print(p, "<text x=\"%d\" y=\"%d\">%s</text>", at + width / 2,
			CHART_HEIGHT - 7, c->label);
}

static void put_chart(struct page *p, const struct column *c, int count,
	const char *title)
{
	const int width = CHART_WIDTH / (count > 8 ? count : 8);
	int64_t most = 0;

	for (int i = 0; i < count; i++)
		if (c[i].time.payments > most)
			most = c[i].time.payments;
	print(p,
		"<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\""
		" aria-labelledby=\"d%d\"><title id=\"d%d\">%s</title>",
		CHART_WIDTH, CHART_HEIGHT, p->drawings, p->drawings, title);
	p->drawings++;
	for (int i = 0; i < count; i++)
		put_column(p, &c[i], i * width, width, most);
	print(p,
		"<line class=\"axis\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
		"</svg>\n",
		CHART_WIDTH, CHART_HEIGHT - CHART_FOOT,
		CHART_HEIGHT - CHART_FOOT);
}

static void put_times(struct page *p, const struct column *c, int count,
	const char *first)
{
	print(p,
		"<details><summary>Bảng số</summary>\n<table><thead><tr>"
		"<th scope=\"col\">%s</th><th scope=\"col\" class=\"n\">Lượt"
		" chi</th><th scope=\"col\" class=\"n\">Số tiền (đồng)</th>"
		"</tr></thead>\n<tbody>\n",
		first);
	for (int i = 0; i < count; i++) {
		print(p, "<tr><th scope=\"row\">%s</th><td class=\"n\">",
			c[i].name);
		number(p, c[i].time.payments);
		raw(p, "</td><td class=\"n\">");
		number(p, c[i].time.money);
		raw(p, "</td></tr>\n");
	}
	raw(p, "</tbody></table></details>\n");
}

static void put_hours(struct page *p)
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
	raw(p, "<section>\n<h2>Theo giờ trong ngày</h2>\n"
	       "<p class=\"soft\">Số lượt chi theo giờ, cộng của mọi"
	       " ngày.</p>\n");
	put_chart(p, c + first, last - first + 1,
		"Số lượt chi theo giờ trong ngày");
	put_times(p, c + first, last - first + 1, "Giờ");
	raw(p, "</section>\n");
}

static void put_days(struct page *p)
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
	raw(p, "<section>\n<h2>Theo ngày</h2>\n"
	       "<p class=\"soft\">Chỉ những ngày có chi.</p>\n");
	put_chart(p, c, count, "Số lượt chi theo ngày");
	put_times(p, c, count, "Ngày");
	raw(p, "</section>\n");
}

/* ---- drawers --------------------------------------------------------------- */

static void put_close(struct page *p, const struct board_close *c)
{
	char text[TEXT_SIZE];

	print(p,
		"<tr><th scope=\"row\">Ca %lld</th>"
		"<td data-k=\"Nhân viên\"><bdi>",
		(long long)c->shift);
	escape(p, c->actor_name);
	print(p, "</bdi></td><td data-k=\"Đóng ca\"><span>%s</span></td>",
		date_time_vi(c->t, text));
	put_cell(p, "Theo sổ", c->expected, false);
	print(p, "<td class=\"n\" data-k=\"Chênh lệch\"><span%s>%s",
		c->difference ? " class=\"warn\"" : "",
		c->difference > 0 ? "+" : "");
	number(p, c->difference);
	raw(p, "</span></td><td data-k=\"Lý do\"><span>");
	raw(p, c->difference ? board_reason_name(c->reason) : "");
	raw(p, "</span></td></tr>\n");
}

static void put_drawers(struct page *p)
{
	const struct board *b = p->b;

	raw(p, "<section>\n<h2>Kiểm quỹ khi đóng ca</h2>\n<p>Thừa ");
	number(p, b->over);
	raw(p, " đồng, thiếu ");
	number(p, b->missing);
	print(p, " đồng trong %lld ca đã đóng.</p>\n", (long long)b->closed);
	if (b->closes > 0) {
		raw(p, "<table class=\"wide\">\n<caption>Ca mới nhất đứng"
		       " trên; số tiền tính bằng đồng</caption>\n<thead><tr>"
		       "<th scope=\"col\">Ca</th><th scope=\"col\">Nhân viên"
		       "</th><th scope=\"col\">Đóng ca</th><th scope=\"col\""
		       " class=\"n\">Theo sổ</th><th scope=\"col\""
		       " class=\"n\">Chênh lệch</th><th scope=\"col\">Lý do"
		       "</th></tr></thead>\n<tbody>\n");
		for (int i = b->closes - 1; i >= 0; i--)
			put_close(p, &b->close[i]);
		raw(p, "</tbody>\n</table>\n");
	}
	raw(p, "</section>\n");
}

/* ---- terminals ------------------------------------------------------------- */

static void put_terminal(struct page *p, const struct board_terminal *t,
	int64_t at)
{
	char text[TEXT_SIZE];
	char dev[7];

	str_to_hex(t->dev, 3, dev);
	print(p,
		"<tr><th scope=\"row\">Máy %s%s</th>"
		"<td data-k=\"Tin gần nhất\"><span>",
		dev, t->self ? " (máy này)" : "");
	if (t->t == 0)
		raw(p, "chưa có");
	else
		print(p, "%s (%s)", date_time_vi(t->t, text),
			board_age(at - t->t, text + DATE_TEXT_SIZE,
				sizeof(text) - DATE_TEXT_SIZE));
	raw(p, "</span></td>");
	put_cell(p, "Khoản đã chi", t->paid, false);
	raw(p, "</tr>\n");
}

static void put_terminals(struct page *p)
{
	const struct board *b = p->b;
	char text[TEXT_SIZE];

	raw(p, "<section>\n<h2>Các máy và dữ liệu chưa gửi</h2>\n<p>Sổ của máy"
	       " này có ");
	number(p, (int64_t)b->made);
	raw(p, " bản ghi; trung tâm đã nhận ");
	number(p, (int64_t)b->acked);
	raw(p, "; còn ");
	number(p, (int64_t)(b->made - b->acked));
	raw(p, " chưa gửi");
	if (b->made > b->acked && b->oldest > 0)
		print(p, ", bản ghi cũ nhất từ %s",
			date_time_vi(b->oldest, text));
	raw(p, ".</p>\n<p>Lần cuối trung tâm xác nhận: ");
	raw(p, b->contact > 0 ? date_time_vi(b->contact, text) : "chưa có");
	raw(p, ".</p>\n<table class=\"wide\">\n<caption>Máy khác của điểm: theo"
	       " dấu đã chi mà máy này nhận được</caption>\n<thead><tr>"
	       "<th scope=\"col\">Máy</th><th scope=\"col\">Tin gần nhất</th>"
	       "<th scope=\"col\" class=\"n\">Khoản đã chi</th></tr></thead>"
	       "\n<tbody>\n");
	for (int i = 0; i < b->terminals; i++)
		put_terminal(p, &b->terminal[i], b->at);
	raw(p, "</tbody>\n</table>\n</section>\n");
}

static void put_foot(struct page *p)
{
	raw(p, "<footer>\n<p>Người nhận một phần qua tài khoản, một phần tiền"
	       " mặt được tính ở cả hai. Không tính người thôi hưởng và khoản"
	       " đã chuyển sang danh sách kỳ sau. Tiền mặt đã chi gồm cả khoản"
	       " do máy khác của điểm chi. Giờ và ngày: lượt chi của danh sách"
	       " này trên máy này, đã trừ khoản huỷ.</p>\n");
	print(p,
		"<p>Lập từ sổ của máy, đến bản ghi số %llu. Tệp này đứng một"
		" mình: không tải gì từ mạng và không gửi gì đi.</p>\n"
		"</footer>\n</main>\n</body>\n</html>\n",
		(unsigned long long)p->b->made);
}

bool board_html_write(const struct board *b, const struct board_html_info *info,
	const struct paper_sink *sink, struct err *err)
{
	struct page p = {.b = b,
		.info = info,
		.sink = sink,
		.err = err,
		.ok = true};

	put_head(&p);
	put_where(&p);
	put_cards(&p);
	put_groups(&p);
	put_places(&p);
	put_hours(&p);
	put_days(&p);
	put_drawers(&p);
	put_terminals(&p);
	put_foot(&p);
	return p.ok;
}
