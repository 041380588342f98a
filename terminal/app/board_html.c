#include "terminal/app/board_html_internal.h"

#include <string.h>

#include "core/buf.h"
#include "core/codec/admin.h"
#include "core/codec/base64.h"
#include "core/crypto.h"
#include "core/date.h"
#include "terminal/flows/board_text.h"

enum {
	TEXT_SIZE = 512,
	BAR_WIDTH = 1000 /* in its own units */
};

/* "45,3" of hundredths of a percent. */
static void percent(struct html_page *p, int share)
{
	char text[BOARD_PERCENT_SIZE];

	html_raw(p, board_percent(share, text));
}

/* ---- the head -------------------------------------------------------------- */

/* Of all styles only ours is taken, by its hash; nothing else at all. */
static void put_policy(struct html_page *p)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	char text[BASE64_CHARS(CRYPTO_HASH_SIZE) + 1];
	struct buf b;

	crypto_sha256(board_html_style, strlen(board_html_style), sum);
	buf_init(&b, text, sizeof(text));
	base64_write(&b, sum, sizeof(sum));
	html_raw(p, "<meta http-equiv=\"Content-Security-Policy\" content=\""
		    "default-src 'none'; style-src 'sha256-");
	html_raw(p, buf_text(&b));
	html_raw(p, "'; base-uri 'none'; form-action 'none'\">\n");
}

static void put_title(struct html_page *p)
{
	if (p->b->period == 0)
		html_raw(p, "Bảng theo dõi chi trả");
	else
		html_print(p, "Bảng theo dõi chi trả tháng %02d/%04d",
			(int)(p->b->period % 100), (int)(p->b->period / 100));
}

static void put_head(struct html_page *p)
{
	html_raw(p, "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n"
		    "<meta charset=\"utf-8\">\n");
	put_policy(p);
	html_raw(p,
		"<meta name=\"viewport\" content=\"width=device-width,"
		" initial-scale=1\">\n"
		"<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	put_title(p);
	html_raw(p, "</title>\n<style>");
	html_raw(p, board_html_style);
	html_raw(p, "</style>\n</head>\n<body>\n<main>\n");
}

static void put_where(struct html_page *p)
{
	char text[TEXT_SIZE];

	html_raw(p, "<header>\n<h1>");
	put_title(p);
	html_raw(p, "</h1>\n<p><bdi>");
	html_escape(p, p->info->point);
	html_raw(p, "</bdi>");
	if (p->info->unit[0]) {
		html_raw(p, " · <bdi>");
		html_escape(p, p->info->unit);
		html_raw(p, "</bdi>");
	}
	if (p->b->only[0]) {
		html_raw(p, " · <bdi>");
		html_escape(p, board_unit_name(p->b->only, p->b->only_name,
				       text, sizeof(text)));
		html_raw(p, "</bdi>");
	}
	html_raw(p, "</p>\n<p class=\"soft\">Tính đến ");
	html_raw(p, date_time_vi(p->b->at, text));
	html_raw(p, ". Một người chỉ tính một lần.</p>\n</header>\n");
}

/* ---- figures at the top ---------------------------------------------------- */

static void put_cards(struct html_page *p)
{
	const struct board *b = p->b;
	const struct board_sum *s = &b->all;
	const uint64_t unsent = b->waiting;

	html_raw(p, "<ul class=\"cards\">\n<li><b>");
	html_number(p, s->people);
	html_raw(p, "</b><span>người trong danh sách</span></li>\n<li><b>");
	html_number(p, s->done);
	html_raw(p, " / ");
	html_number(p, s->cash);
	html_raw(p, "</b><span>người đã lĩnh tiền mặt (");
	percent(p, board_share(s->done, s->cash));
	html_raw(p, ")</span></li>\n<li><b>");
	html_number(p, s->waiting);
	html_raw(p, "</b><span>người chưa lĩnh, ");
	html_number(p, s->open);
	html_raw(p, " đồng</span></li>\n<li><b>");
	html_number(p, s->paid + s->elsewhere);
	html_raw(p, "</b><span>đồng tiền mặt đã chi</span></li>\n<li><b>");
	percent(p, board_share(s->account, s->people));
	html_raw(p, "</b><span>nhận qua tài khoản");
	if (p->info->target > 0)
		html_print(p, " (chỉ tiêu %d%%)", p->info->target);
	html_raw(p, "</span></li>\n<li><b>");
	html_number(p, (int64_t)unsent);
	html_raw(p,
		"</b><span>bản ghi chưa gửi về trung tâm</span></li>\n</ul>\n");
}

/* ---- bars ------------------------------------------------------------------ */

static int part_of(int64_t n, int64_t of)
{
	return board_share(n, of) / (10000 / BAR_WIDTH);
}

static void put_box(struct html_page *p, const char *class, int from, int until)
{
	if (until > from)
		html_print(p,
			"<rect class=\"%s\" x=\"%d\" width=\"%d\""
			" height=\"100\"/>",
			class, from, until - from);
}

/* By account, paid in cash, waiting; who is two of these is the first. */
static void put_bar(struct html_page *p, const struct board_sum *s)
{
	const int account = part_of(s->account, s->people);
	int done = part_of(s->people - s->waiting, s->people);

	if (done < account)
		done = account;
	html_print(p,
		"<svg class=\"bar\" viewBox=\"0 0 %d 100\""
		" preserveAspectRatio=\"none\" role=\"img\""
		" aria-labelledby=\"d%d\"><title id=\"d%d\">",
		BAR_WIDTH, p->drawings, p->drawings);
	p->drawings++;
	html_number(p, s->account);
	html_raw(p, " người qua tài khoản, ");
	html_number(p, s->done);
	html_raw(p, " người đã lĩnh tiền mặt, ");
	html_number(p, s->waiting);
	html_raw(p, " người chưa lĩnh</title>");
	put_box(p, "wait", 0, BAR_WIDTH);
	put_box(p, "acc", 0, account);
	put_box(p, "done", account, done);
	if (p->info->target > 0)
		html_print(p,
			"<line class=\"goal\" x1=\"%d\" x2=\"%d\" y1=\"0\""
			" y2=\"100\"/>",
			p->info->target * BAR_WIDTH / 100,
			p->info->target * BAR_WIDTH / 100);
	html_raw(p, "</svg>");
}

static void put_key(struct html_page *p, const char *class, const char *text)
{
	html_print(p,
		"<li><svg viewBox=\"0 0 16 12\" aria-hidden=\"true\">"
		"<rect class=\"%s\" width=\"16\" height=\"12\"/></svg>%s"
		"</li>\n",
		class, text);
}

static void put_keys(struct html_page *p)
{
	html_raw(p, "<ul class=\"key\">\n");
	put_key(p, "acc", "nhận qua tài khoản");
	put_key(p, "done", "đã lĩnh tiền mặt");
	put_key(p, "wait", "chưa lĩnh");
	if (p->info->target > 0)
		html_print(p,
			"<li><svg viewBox=\"0 0 16 12\" aria-hidden=\"true\">"
			"<line class=\"goal\" x1=\"8\" x2=\"8\" y1=\"0\""
			" y2=\"12\"/></svg>chỉ tiêu qua tài khoản %d%%</li>\n",
			p->info->target);
	html_raw(p, "</ul>\n");
}

static void put_sum_row(struct html_page *p, const char *name,
	const struct board_sum *s)
{
	html_raw(p, "<tr><th scope=\"row\"><bdi>");
	html_escape(p, name);
	html_raw(p, "</bdi>");
	put_bar(p, s);
	html_raw(p, "</th>");
	html_cell(p, "Người", s->people, false);
	html_cell(p, "Đã lĩnh", s->done, false);
	html_cell(p, "Chưa lĩnh", s->waiting, false);
	html_cell(p, "Tài khoản", s->account, false);
	html_raw(p, "<td class=\"n money\" data-k=\"% tài khoản\"><span>");
	percent(p, board_share(s->account, s->people));
	html_raw(p, "</span></td>");
	html_cell(p, "Tiền mặt đã chi", s->paid + s->elsewhere, true);
	html_cell(p, "Tiền mặt chưa chi", s->open, true);
	html_raw(p, "</tr>\n");
}

static void begin_sums(struct html_page *p, const char *caption,
	const char *first)
{
	html_print(p,
		"<table class=\"wide\">\n<caption>%s</caption>\n<thead><tr>"
		"<th scope=\"col\">%s</th>",
		caption, first);
	html_raw(p, "<th scope=\"col\" class=\"n\">Người</th>"
		    "<th scope=\"col\" class=\"n\">Đã lĩnh</th>"
		    "<th scope=\"col\" class=\"n\">Chưa lĩnh</th>"
		    "<th scope=\"col\" class=\"n\">Tài khoản</th>"
		    "<th scope=\"col\" class=\"n\">% tài khoản</th>"
		    "<th scope=\"col\" class=\"n\">Tiền mặt đã chi</th>"
		    "<th scope=\"col\" class=\"n\">Tiền mặt chưa chi</th>"
		    "</tr></thead>\n<tbody>\n");
}

static void put_groups(struct html_page *p)
{
	html_raw(p, "<section>\n<h2>Theo nhóm đối tượng</h2>\n");
	put_keys(p);
	begin_sums(p, "Số người; số tiền tính bằng đồng", "Nhóm");
	for (int g = GROUP_SOCIAL; g < GROUP_COUNT; g++)
		put_sum_row(p, board_group_name((enum group)g),
			&p->b->group[g]);
	if (p->b->group[GROUP_UNKNOWN].people > 0)
		put_sum_row(p, board_group_name(GROUP_UNKNOWN),
			&p->b->group[GROUP_UNKNOWN]);
	put_sum_row(p, "Tổng số", &p->b->all);
	html_raw(p, "</tbody>\n</table>\n</section>\n");
}

static void put_places(struct html_page *p)
{
	const struct board *b = p->b;
	char name[TEXT_SIZE];

	if (b->units == 0)
		return;
	html_raw(p, "<section>\n<h2>Theo xã, thôn</h2>\n");
	begin_sums(p, "Số người; số tiền tính bằng đồng", "Nơi ở");
	for (int u = 0; u < b->units; u++) {
		put_sum_row(p,
			board_unit_name(b->unit[u].unit, b->unit[u].name, name,
				sizeof(name)),
			&b->unit[u].sum);
		for (int h = 0; h < b->hamlets; h++)
			if (strcmp(b->hamlet[h].unit, b->unit[u].unit) == 0)
				put_sum_row(p,
					b->hamlet[h].hamlet[0]
						? b->hamlet[h].hamlet
						: "(không rõ thôn)",
					&b->hamlet[h].sum);
	}
	html_raw(p, "</tbody>\n</table>\n</section>\n");
}

static void put_foot(struct html_page *p)
{
	html_raw(p,
		"<footer>\n<p>Người nhận một phần qua tài khoản, một phần tiền"
		" mặt được tính ở cả hai. Không tính người thôi hưởng và khoản"
		" đã chuyển sang danh sách kỳ sau. Tiền mặt đã chi gồm cả khoản"
		" do máy khác của điểm chi. Giờ và ngày: lượt chi của danh sách"
		" này trên máy này, đã trừ khoản huỷ.</p>\n");
	html_print(p,
		"<p>Lập từ sổ của máy, đến bản ghi số %llu. Tệp này đứng một"
		" mình: không tải gì từ mạng và không gửi gì đi.</p>\n"
		"</footer>\n</main>\n</body>\n</html>\n",
		(unsigned long long)p->b->made);
}

bool board_html_write(const struct board *b, const struct board_html_info *info,
	const struct paper_sink *sink, struct err *err)
{
	struct html_page p = {.b = b,
		.info = info,
		.sink = sink,
		.err = err,
		.ok = true};

	put_head(&p);
	put_where(&p);
	put_cards(&p);
	put_groups(&p);
	put_places(&p);
	html_hours(&p);
	html_days(&p);
	html_drawers(&p);
	html_terminals(&p);
	put_foot(&p);
	return p.ok;
}
