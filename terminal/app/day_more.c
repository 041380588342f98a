#include "terminal/app/day_more.h"

#include <stdio.h>

#include "db/accounts.h"
#include "db/visits.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/pay_text.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

struct adding {
	struct db *db;
	struct paper *paper;
	int64_t rows;
	struct err *err;
};

static struct paper_cell text_cell(const char *text)
{
	return (struct paper_cell){.text = text};
}

static struct paper_cell number_cell(int64_t number)
{
	return (struct paper_cell){.number = number};
}

/* ---- visits ---------------------------------------------------------------- */

enum {
	V_COLUMNS = 9,
	A_COLUMNS = 13
};

static const struct paper_column v_column[V_COLUMNS] = {
	{14, PAPER_RIGHT},
	{28, PAPER_CENTRE},
	{14, PAPER_RIGHT},
	{26, PAPER_LEFT},
	{46, PAPER_LEFT},
	{52, PAPER_LEFT},
	{22, PAPER_CENTRE},
	{24, PAPER_CENTRE},
	{55, PAPER_LEFT},
};

static const struct paper_head v_head[] = {
	{0, 0, 1, 1, "Số bản ghi"},
	{0, 1, 1, 1, "Ngày giờ"},
	{0, 2, 1, 1, "Số cán bộ"},
	{0, 3, 1, 1, "Mã đối tượng"},
	{0, 4, 1, 1, "Họ tên"},
	{0, 5, 1, 1, "Kết quả"},
	{0, 6, 1, 1, "Hẹn ngày"},
	{0, 7, 1, 1, "Điện thoại"},
	{0, 8, 1, 1, "Ghi chú"},
};

static const char *result_text(enum visit_result r)
{
	switch (r) {
	case VISIT_NONE:
		break;
	case VISIT_AGREED:
		return "Đồng ý nhận qua tài khoản";
	case VISIT_HAS_ACCOUNT:
		return "Đã có tài khoản";
	case VISIT_THINKS:
		return "Để suy nghĩ thêm";
	case VISIT_WANTS_CASH:
		return "Từ chối: muốn nhận tiền mặt";
	case VISIT_DISTRUSTS:
		return "Từ chối: chưa tin tưởng";
	case VISIT_FAR:
		return "Từ chối: xa ngân hàng";
	case VISIT_NO_PHONE:
		return "Từ chối: không có điện thoại";
	case VISIT_FAMILY:
		return "Từ chối: do gia đình quyết định";
	case VISIT_REFUSES:
		return "Từ chối: lý do khác";
	case VISIT_NO_CARD:
		return "Chưa mở được: không có thẻ căn cước";
	case VISIT_CARD_EXPIRED:
		return "Chưa mở được: thẻ căn cước hết hạn";
	case VISIT_NO_FINGERPRINTS:
		return "Chưa mở được: không lấy được vân tay";
	case VISIT_NEEDS_GUARDIAN:
		return "Chưa mở được: cần người giám hộ";
	case VISIT_NO_BIRTH_PAPERS:
		return "Chưa mở được: không có giấy khai sinh";
	case VISIT_CANNOT_MOVE:
		return "Chưa mở được: không đi lại được";
	case VISIT_CANNOT:
		return "Chưa mở được: lý do khác";
	case VISIT_ABSENT:
		return "Vắng nhà";
	case VISIT_MOVED:
		return "Đã chuyển đi";
	case VISIT_DIED:
		return "Đã chết";
	case VISIT_OTHER:
		return "Kết quả khác";
	}
	return "";
}

static bool read_person(struct db *db, int64_t id, struct person *out,
	struct err *err)
{
	struct person_due due;
	const enum lookup got = people_get(db, id, &due, err);

	*out = (struct person){.id = id};
	if (got == LOOKUP_FOUND)
		*out = due.person;
	return got != LOOKUP_FAILED;
}

static bool put_visit(void *ctx, uint64_t seq)
{
	struct adding *a = ctx;
	char time[DATE_TEXT_SIZE];
	char next[DATE_TEXT_SIZE];
	struct person person;
	struct visit v;

	if (visits_get(a->db, seq, &v, a->err) == LOOKUP_FAILED ||
		!read_person(a->db, v.person, &person, a->err))
		return false;
	const struct paper_cell cell[V_COLUMNS] = {
		number_cell((int64_t)seq),
		text_cell(date_time_vi(v.t, time)),
		number_cell(v.actor),
		text_cell(person.beneficiary_id),
		text_cell(person.name),
		text_cell(result_text(v.result)),
		text_cell(date_vi(v.next, next)),
		text_cell(v.phone),
		text_cell(v.note),
	};

	a->rows++;
	return paper_row(a->paper, cell, PAPER_PLAIN, a->err);
}

/* ---- accounts -------------------------------------------------------------- */

static const struct paper_column a_column[A_COLUMNS] = {
	{14, PAPER_RIGHT},
	{28, PAPER_CENTRE},
	{14, PAPER_RIGHT},
	{24, PAPER_LEFT},
	{40, PAPER_LEFT},
	{30, PAPER_LEFT},
	{16, PAPER_CENTRE},
	{30, PAPER_LEFT},
	{40, PAPER_LEFT},
	{24, PAPER_LEFT},
	{36, PAPER_LEFT},
	{30, PAPER_LEFT},
	{16, PAPER_RIGHT},
};

static const struct paper_head a_head[] = {
	{0, 0, 1, 1, "Số bản ghi"},
	{0, 1, 1, 1, "Ngày giờ"},
	{0, 2, 1, 1, "Số người lập"},
	{0, 3, 1, 1, "Mã đối tượng"},
	{0, 4, 1, 1, "Họ tên"},
	{0, 5, 1, 1, "Nơi mở tài khoản"},
	{0, 6, 1, 1, "Mã BIN"},
	{0, 7, 1, 1, "Số tài khoản"},
	{0, 8, 1, 1, "Tên chủ tài khoản"},
	{0, 9, 1, 1, "Của ai"},
	{0, 10, 1, 1, "Họ tên người đó"},
	{0, 11, 1, 1, "Tình trạng"},
	{0, 12, 1, 1, "Số bản ghi đồng ý"},
};

static const char *standing_text(enum account_standing s)
{
	switch (s) {
	case ACCOUNT_STANDS_NOT:
	case ACCOUNT_STANDS_COUNT:
		break;
	case ACCOUNT_STANDS_PLANNED:
		return "Sẽ mở";
	case ACCOUNT_STANDS_CAPTURED:
		return "Đã ghi";
	case ACCOUNT_STANDS_CONFIRMED:
		return "Người hưởng đã xác nhận";
	case ACCOUNT_STANDS_SENT:
		return "Đã gửi ngân hàng kiểm tra";
	case ACCOUNT_STANDS_VERIFIED:
		return "Ngân hàng xác nhận đúng";
	case ACCOUNT_STANDS_REFUSED:
		return "Ngân hàng báo không hợp lệ";
	case ACCOUNT_STANDS_ENDED:
		return "Không dùng nữa";
	}
	return "";
}

static bool put_account(void *ctx, uint64_t seq)
{
	struct adding *a = ctx;
	char time[DATE_TEXT_SIZE];
	char provider[ACCOUNT_TITLE_SIZE];
	struct account_held h;
	struct person person;

	if (accounts_get(a->db, seq, &h, a->err) == LOOKUP_FAILED ||
		!read_person(a->db, h.person, &person, a->err))
		return false;
	const struct paper_cell cell[A_COLUMNS] = {
		number_cell((int64_t)seq),
		text_cell(date_time_vi(h.t, time)),
		number_cell(h.actor),
		text_cell(person.beneficiary_id),
		text_cell(person.name),
		text_cell(account_provider(&h.account, provider)),
		text_cell(h.account.bin),
		text_cell(h.account.number),
		text_cell(h.holder),
		text_cell(pay_payee_text(h.whose)),
		text_cell(h.owner),
		text_cell(standing_text(h.standing)),
		number_cell((int64_t)h.consent),
	};

	a->rows++;
	return paper_row(a->paper, cell, PAPER_PLAIN, a->err);
}

/* ---- the tables ------------------------------------------------------------ */

static const struct table {
	struct paper_doc doc;
	enum daylog_kind kind;
	bool (*put)(void *ctx, uint64_t seq);
} tables[DAY_DOC_MORE] = {
	[DAY_DOC_VISITS] = {{.landscape = true,
				    .title = "CÁC LẦN ĐẾN NHÀ",
				    .sheet = "Den nha",
				    .column = v_column,
				    .columns = V_COLUMNS,
				    .head = v_head,
				    .heads = COUNT_OF(v_head),
				    .head_rows = 1,
				    .many = true},
		DAYLOG_VISITS, put_visit},
	[DAY_DOC_ACCOUNTS] = {{.landscape = true,
				      .title = "TÀI KHOẢN ĐÃ GHI",
				      .sheet = "Tai khoan",
				      .column = a_column,
				      .columns = A_COLUMNS,
				      .head = a_head,
				      .heads = COUNT_OF(a_head),
				      .head_rows = 1,
				      .many = true},
		DAYLOG_ACCOUNTS, put_account},
};

void day_more_doc(enum day_doc_more which, const struct day_doc *d,
	struct paper_doc *out)
{
	*out = tables[which].doc;
	out->subtitle = d->when;
}

bool day_more_rows(enum day_doc_more which, const struct day_doc *d,
	struct paper *p, int64_t *rows, struct err *err)
{
	struct adding a = {.db = d->db, .paper = p, .err = err};
	const bool ok = daylog_each(d->db, &d->range, tables[which].kind,
		tables[which].put, &a, err);

	*rows = a.rows;
	return ok;
}
