/* cycle_people_doc.c - the payment list, and who has not collected. */
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "terminal/app/cycle_internal.h"
#include "terminal/flows/notpaid.h"
#include "terminal/flows/pay_text.h"

/* ---- payment list ---------------------------------------------------------- */

enum {
	L_COLUMNS = 12,
	L_TOTAL = 9
};

static const struct paper_column l_column[L_COLUMNS] = {
	{10, PAPER_CENTRE},
	{42, PAPER_LEFT},
	{19, PAPER_CENTRE},
	{26, PAPER_CENTRE},
	{36, PAPER_LEFT},
	{20, PAPER_RIGHT},
	{19, PAPER_RIGHT},
	{19, PAPER_RIGHT},
	{19, PAPER_RIGHT},
	{21, PAPER_RIGHT},
	{28, PAPER_CENTRE},
	{22, PAPER_LEFT},
};

static const struct paper_head l_head[] = {
	{0, 0, 1, 1, "STT"},
	{0, 1, 1, 1, "Họ và tên"},
	{0, 2, 1, 1, "Ngày sinh"},
	{0, 3, 1, 1, "Số định danh"},
	{0, 4, 1, 1, "Địa chỉ"},
	{0, 5, 1, 1, "Kỳ này"},
	{0, 6, 1, 1, "Truy lĩnh"},
	{0, 7, 1, 1, "Mai táng, khác"},
	{0, 8, 1, 1, "Kỳ trước chưa lĩnh"},
	{0, 9, 1, 1, "Tổng cộng"},
	{0, 10, 1, 1, "Người nhận ký tên"},
	{0, 11, 1, 1, "Ghi chú"},
};

static void say_note(const struct cycle_person *p, char *out, size_t size)
{
	const char *payee = p->person.payee_name;

	out[0] = '\0';
	if (p->open == 0 && p->paid > 0)
		str_copy(out, size, "Đã chi");
	else if (p->open == 0 && p->elsewhere > 0)
		str_copy(out, size, "Đã chi ở máy khác");
	else if (p->person.payee == LIST_PAYEE_GUARDIAN && payee[0])
		snprintf(out, size, "Người giám hộ: %s", payee);
	else if (p->person.payee == LIST_PAYEE_AUTHORISED && payee[0])
		snprintf(out, size, "Người được uỷ quyền: %s", payee);
}

static bool put_listed(void *ctx, const struct cycle_person *p)
{
	struct cycle_writing *w = ctx;
	char birth[DATE_TEXT_SIZE];
	char number[32];
	char note[CYCLE_LINE_SIZE];
	struct paper_cell cell[L_COLUMNS];

	w->sums->people_account += p->by_account > 0;
	if (p->total == 0)
		return true;
	w->sums->rows++;
	w->sums->money += p->total;
	snprintf(number, sizeof(number), "%lld", (long long)w->sums->rows);
	say_note(p, note, sizeof(note));
	cell[0] = cycle_text(number);
	cell[1] = cycle_text(p->person.name);
	cell[2] = cycle_text(date_vi(p->person.birth, birth));
	cell[3] = cycle_text(cycle_number_of(&p->person));
	cell[4] = cycle_text(p->person.address);
	cell[5] = cycle_money(p->cash[ENT_MONTH]);
	cell[6] = cycle_money(p->cash[ENT_ARREARS]);
	cell[7] = cycle_money(p->cash[ENT_FUNERAL] + p->cash[ENT_OTHER]);
	cell[8] = cycle_money(p->cash[ENT_CARRIED]);
	cell[L_TOTAL] = cycle_number(p->total);
	cell[10] = cycle_text("");
	cell[11] = cycle_text(note);
	return cycle_put(w, cell, PAPER_PLAIN);
}

static void put_total(struct cycle_writing *w, int columns, int at,
	int64_t money)
{
	struct paper_cell cell[PAPER_MAX_COLUMNS];

	for (int i = 0; i < columns; i++)
		cell[i] = cycle_text("");
	cell[0] = cycle_text("Tổng cộng");
	cell[0].span = at;
	cell[at] = cycle_number(money);
	cycle_put(w, cell, PAPER_STRONG);
}

static void write_list(struct db *db, const struct cycle_doc_asked *a,
	struct cycle_writing *w)
{
	char line[CYCLE_LINE_SIZE];

	if (!cycle_people(db, a->period, a->unit, put_listed, w, w->err))
		w->ok = false;
	put_total(w, L_COLUMNS, L_TOTAL, w->sums->money);
	snprintf(line, sizeof(line), "Danh sách có %lld người nhận tiền mặt.",
		(long long)w->sums->rows);
	cycle_say(w, line, PAPER_PLAIN);
	cycle_say_words(w, w->sums->money);
	if (w->sums->people_account > 0) {
		snprintf(line, sizeof(line),
			"Ngoài ra có %lld người được chi trả qua tài khoản,"
			" không có trong danh sách này.",
			(long long)w->sums->people_account);
		cycle_say(w, line, PAPER_PLAIN);
	}
}

const struct cycle_kind cycle_kind_list = {
	.doc = {.landscape = true,
		.title = "DANH SÁCH CHI TRẢ TRỢ CẤP, PHỤ"
			 " CẤP",
		.unit = "Đơn vị tính: đồng",
		.sheet = "Danh sach chi tra",
		.column = l_column,
		.columns = L_COLUMNS,
		.head = l_head,
		.heads = COUNT_OF(l_head),
		.head_rows = 1,
		.row_mm = 10,
		.carry = L_TOTAL,
		.many = true,
		.place = cycle_place,
		.sign = cycle_payer_signs,
		.signs = COUNT_OF(cycle_payer_signs)},
	.write = write_list,
};

/* ---- not collected --------------------------------------------------------- */

enum {
	U_COLUMNS = 12,
	U_MONEY = 8
};

static const struct paper_column u_column[U_COLUMNS] = {
	{10, PAPER_CENTRE},
	{24, PAPER_LEFT},
	{18, PAPER_LEFT},
	{40, PAPER_LEFT},
	{19, PAPER_CENTRE},
	{26, PAPER_CENTRE},
	{42, PAPER_LEFT},
	{16, PAPER_CENTRE},
	{22, PAPER_RIGHT},
	{24, PAPER_LEFT},
	{16, PAPER_RIGHT},
	{24, PAPER_LEFT},
};

static const struct paper_head u_head[] = {
	{0, 0, 1, 1, "STT"},
	{0, 1, 1, 1, "Mã đối tượng"},
	{0, 2, 1, 1, "Số trong danh sách"},
	{0, 3, 1, 1, "Họ tên"},
	{0, 4, 1, 1, "Ngày sinh"},
	{0, 5, 1, 1, "Số định danh"},
	{0, 6, 1, 1, "Địa chỉ"},
	{0, 7, 1, 1, "Đối tượng"},
	{0, 8, 1, 1, "Số tiền chưa chi"},
	{0, 9, 1, 1, "Lý do"},
	{0, 10, 1, 1, "Số kỳ liền chưa lĩnh"},
	{0, 11, 1, 1, "Đề nghị"},
};

static bool put_unpaid(void *ctx, const struct cycle_person *p)
{
	struct cycle_writing *w = ctx;
	char birth[DATE_TEXT_SIZE];
	char number[32];
	struct paper_cell cell[U_COLUMNS];

	if (p->open == 0)
		return true;
	w->sums->rows++;
	w->sums->money += p->open;
	w->sums->long_open += p->months >= CYCLE_LONG_OPEN;
	snprintf(number, sizeof(number), "%lld", (long long)w->sums->rows);
	cell[0] = cycle_text(number);
	cell[1] = cycle_text(p->person.beneficiary_id);
	cell[2] = cycle_text(p->person.list_no);
	cell[3] = cycle_text(p->person.name);
	cell[4] = cycle_text(date_vi(p->person.birth, birth));
	cell[5] = cycle_text(cycle_number_of(&p->person));
	cell[6] = cycle_text(p->person.address);
	cell[7] = cycle_text(p->person.group);
	cell[U_MONEY] = cycle_number(p->open);
	cell[9] = cycle_text(notpaid_reason_text((enum not_paid)p->person
							 .not_paid_reason));
	cell[10] = cycle_number(p->months);
	cell[11] = cycle_text(p->months >= CYCLE_LONG_OPEN
				      ? "Xem xét tạm dừng chi trả"
				      : "");
	return cycle_put(w, cell, PAPER_PLAIN);
}

static void write_unpaid(struct db *db, const struct cycle_doc_asked *a,
	struct cycle_writing *w)
{
	char line[CYCLE_LINE_SIZE];

	if (!cycle_people(db, a->period, a->unit, put_unpaid, w, w->err))
		w->ok = false;
	put_total(w, U_COLUMNS, U_MONEY, w->sums->money);
	snprintf(line, sizeof(line),
		"Có %lld người chưa lĩnh, trong đó %lld người chưa lĩnh từ %d"
		" kỳ liền trở lên.",
		(long long)w->sums->rows, (long long)w->sums->long_open,
		CYCLE_LONG_OPEN);
	cycle_say(w, line, PAPER_PLAIN);
	cycle_say_words(w, w->sums->money);
}

const struct cycle_kind cycle_kind_unpaid = {
	.doc = {.landscape = true,
		.title = "DANH SÁCH CHƯA LĨNH TRỢ CẤP,"
			 " PHỤ CẤP",
		.unit = "Đơn vị tính: đồng",
		.sheet = "Chua linh",
		.column = u_column,
		.columns = U_COLUMNS,
		.head = u_head,
		.heads = COUNT_OF(u_head),
		.head_rows = 1,
		.carry = U_MONEY,
		.many = true,
		.place = cycle_place,
		.sign = cycle_payer_signs,
		.signs = COUNT_OF(cycle_payer_signs)},
	.write = write_unpaid,
};
