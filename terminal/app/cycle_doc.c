#include "terminal/app/cycle_doc.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/admin.h"
#include "core/codec/viet.h"
#include "core/codec/words.h"
#include "core/money.h"
#include "core/str.h"
#include "terminal/app/json.h"
#include "terminal/flows/notpaid.h"
#include "terminal/flows/pay_text.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum {
	LINE_SIZE = 600,
	LONG_OPEN = 3 /* lists in a row: suspension is proposed */
};

/* A paper that is being written. */
struct writing {
	struct paper *paper;
	struct cycle_doc_sums *sums;
	struct err *err;
	bool ok;
	int part; /* of the list of changes: the one that is open */
};

static struct paper_cell text_cell(const char *text)
{
	return (struct paper_cell){.text = text};
}

static struct paper_cell number_cell(int64_t number)
{
	return (struct paper_cell){.number = number};
}

/* No money is no figure, so that figures can be seen. */
static struct paper_cell money_cell(int64_t money)
{
	return money ? number_cell(money) : text_cell("");
}

static bool put(struct writing *w, const struct paper_cell *cell,
	enum paper_weight weight)
{
	w->ok = w->ok && paper_row(w->paper, cell, weight, w->err);
	return w->ok;
}

static bool say(struct writing *w, const char *text, enum paper_weight weight)
{
	w->ok = w->ok && paper_line(w->paper, text, weight, w->err);
	return w->ok;
}

static void say_words(struct writing *w, int64_t money)
{
	char words[WORDS_SIZE];
	char figures[MONEY_TEXT_SIZE];
	char line[LINE_SIZE + WORDS_SIZE];

	if (!words_of_amount(money, WORDS_NORTH, words))
		words[0] = '\0';
	snprintf(line, sizeof(line), "Tổng số tiền: %s đồng (Bằng chữ: %s).",
		money_format(money, figures), words);
	say(w, line, PAPER_STRONG);
}

static const char *number_of(const struct person *p)
{
	return p->id12[0] ? p->id12 : p->old_id;
}

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
	struct writing *w = ctx;
	char birth[DATE_TEXT_SIZE];
	char number[32];
	char note[LINE_SIZE];
	struct paper_cell cell[L_COLUMNS];

	w->sums->people_account += p->by_account > 0;
	if (p->total == 0)
		return true;
	w->sums->rows++;
	w->sums->money += p->total;
	snprintf(number, sizeof(number), "%lld", (long long)w->sums->rows);
	say_note(p, note, sizeof(note));
	cell[0] = text_cell(number);
	cell[1] = text_cell(p->person.name);
	cell[2] = text_cell(date_vi(p->person.birth, birth));
	cell[3] = text_cell(number_of(&p->person));
	cell[4] = text_cell(p->person.address);
	cell[5] = money_cell(p->cash[ENT_MONTH]);
	cell[6] = money_cell(p->cash[ENT_ARREARS]);
	cell[7] = money_cell(p->cash[ENT_FUNERAL] + p->cash[ENT_OTHER]);
	cell[8] = money_cell(p->cash[ENT_CARRIED]);
	cell[L_TOTAL] = number_cell(p->total);
	cell[10] = text_cell("");
	cell[11] = text_cell(note);
	return put(w, cell, PAPER_PLAIN);
}

static void put_total(struct writing *w, int columns, int at, int64_t money)
{
	struct paper_cell cell[PAPER_MAX_COLUMNS];

	for (int i = 0; i < columns; i++)
		cell[i] = text_cell("");
	cell[0] = text_cell("Tổng cộng");
	cell[0].span = at;
	cell[at] = number_cell(money);
	put(w, cell, PAPER_STRONG);
}

static void write_list(struct db *db, const struct cycle_doc_asked *a,
	struct writing *w)
{
	char line[LINE_SIZE];

	if (!cycle_people(db, a->period, a->unit, put_listed, w, w->err))
		w->ok = false;
	put_total(w, L_COLUMNS, L_TOTAL, w->sums->money);
	snprintf(line, sizeof(line), "Danh sách có %lld người nhận tiền mặt.",
		(long long)w->sums->rows);
	say(w, line, PAPER_PLAIN);
	say_words(w, w->sums->money);
	if (w->sums->people_account > 0) {
		snprintf(line, sizeof(line),
			"Ngoài ra có %lld người được chi trả qua tài khoản,"
			" không có trong danh sách này.",
			(long long)w->sums->people_account);
		say(w, line, PAPER_PLAIN);
	}
}

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
	struct writing *w = ctx;
	char birth[DATE_TEXT_SIZE];
	char number[32];
	struct paper_cell cell[U_COLUMNS];

	if (p->open == 0)
		return true;
	w->sums->rows++;
	w->sums->money += p->open;
	w->sums->long_open += p->months >= LONG_OPEN;
	snprintf(number, sizeof(number), "%lld", (long long)w->sums->rows);
	cell[0] = text_cell(number);
	cell[1] = text_cell(p->person.beneficiary_id);
	cell[2] = text_cell(p->person.list_no);
	cell[3] = text_cell(p->person.name);
	cell[4] = text_cell(date_vi(p->person.birth, birth));
	cell[5] = text_cell(number_of(&p->person));
	cell[6] = text_cell(p->person.address);
	cell[7] = text_cell(p->person.group);
	cell[U_MONEY] = number_cell(p->open);
	cell[9] = text_cell(notpaid_reason_text((enum not_paid)p->person
							.not_paid_reason));
	cell[10] = number_cell(p->months);
	cell[11] = text_cell(p->months >= LONG_OPEN ? "Xem xét tạm dừng chi trả"
						    : "");
	return put(w, cell, PAPER_PLAIN);
}

static void write_unpaid(struct db *db, const struct cycle_doc_asked *a,
	struct writing *w)
{
	char line[LINE_SIZE];

	if (!cycle_people(db, a->period, a->unit, put_unpaid, w, w->err))
		w->ok = false;
	put_total(w, U_COLUMNS, U_MONEY, w->sums->money);
	snprintf(line, sizeof(line),
		"Có %lld người chưa lĩnh, trong đó %lld người chưa lĩnh từ %d"
		" kỳ liền trở lên.",
		(long long)w->sums->rows, (long long)w->sums->long_open,
		LONG_OPEN);
	say(w, line, PAPER_PLAIN);
	say_words(w, w->sums->money);
}

/* ---- changes --------------------------------------------------------------- */

enum {
	C_COLUMNS = 9
};

static const struct paper_column c_column[C_COLUMNS] = {
	{10, PAPER_CENTRE},
	{42, PAPER_LEFT},
	{19, PAPER_CENTRE},
	{26, PAPER_CENTRE},
	{54, PAPER_LEFT},
	{18, PAPER_CENTRE},
	{22, PAPER_CENTRE},
	{66, PAPER_LEFT},
	{24, PAPER_RIGHT},
};

static const struct paper_head c_head[] = {
	{0, 0, 1, 1, "STT"},
	{0, 1, 1, 1, "Họ và tên"},
	{0, 2, 1, 1, "Ngày sinh"},
	{0, 3, 1, 1, "Số định danh"},
	{0, 4, 1, 1, "Địa chỉ"},
	{0, 5, 1, 1, "Đối tượng"},
	{0, 6, 1, 1, "Từ ngày"},
	{0, 7, 1, 1, "Lý do, nội dung"},
	{0, 8, 1, 1, "Mức hằng tháng (đồng)"},
};

static void open_part(struct writing *w, enum change_kind kind)
{
	static const char *const parts[] = {"", "I. Đối tượng tăng",
		"II. Đối tượng giảm", "III. Đối tượng điều chỉnh"};
	struct paper_cell cell[C_COLUMNS] = {{.text = ""}};

	if (w->part == (int)kind)
		return;
	w->part = (int)kind;
	cell[0] = text_cell(parts[kind]);
	cell[0].span = C_COLUMNS;
	put(w, cell, PAPER_STRONG);
}

static const char *change_text(const struct cycle_change *c)
{
	switch (c->reason) {
	case CHANGE_REASON_NONE:
		break;
	case CHANGE_MOVED:
		return "Chuyển đi";
	case CHANGE_DIED:
		return "Đã chết";
	case CHANGE_REFUSES:
		return "Từ chối nhận";
	case CHANGE_PRISON:
		return "Chấp hành án";
	case CHANGE_OTHER:
		return "Lý do khác";
	}
	return "";
}

static bool put_change(void *ctx, const struct cycle_change *c)
{
	struct writing *w = ctx;
	char birth[DATE_TEXT_SIZE];
	char date[DATE_TEXT_SIZE];
	char number[32];
	char why[LINE_SIZE];
	struct date day = {0};
	struct paper_cell cell[C_COLUMNS];

	open_part(w, c->kind);
	w->sums->rows++;
	if (c->date[0])
		date_parse(c->date, &day);
	snprintf(number, sizeof(number), "%lld", (long long)w->sums->rows);
	snprintf(why, sizeof(why), "%s%s%s%s", change_text(c),
		change_text(c)[0] && c->note[0] ? "; " : "", c->note,
		c->found ? " (điểm chi trả ghi nhận, chưa có trong danh sách"
			   " giảm)"
			 : "");
	cell[0] = text_cell(number);
	cell[1] = text_cell(c->person.name);
	cell[2] = text_cell(date_vi(c->person.birth, birth));
	cell[3] = text_cell(number_of(&c->person));
	cell[4] = text_cell(c->person.address);
	cell[5] = text_cell(c->person.group);
	cell[6] = text_cell(date_vi(day, date));
	cell[7] = text_cell(why);
	cell[8] = money_cell(c->monthly);
	return put(w, cell, PAPER_PLAIN);
}

static void write_changes(struct db *db, const struct cycle_doc_asked *a,
	struct writing *w)
{
	char line[LINE_SIZE];

	if (!cycle_changes(db, a->period, a->unit, put_change, w, w->err))
		w->ok = false;
	snprintf(line, sizeof(line), "Danh sách có %lld dòng.",
		(long long)w->sums->rows);
	say(w, line, PAPER_PLAIN);
}

/* ---- who has no card ------------------------------------------------------- */

enum {
	K_COLUMNS = 8
};

static const struct paper_column k_column[K_COLUMNS] = {
	{10, PAPER_CENTRE},
	{46, PAPER_LEFT},
	{20, PAPER_CENTRE},
	{14, PAPER_CENTRE},
	{30, PAPER_CENTRE},
	{66, PAPER_LEFT},
	{18, PAPER_CENTRE},
	{77, PAPER_LEFT},
};

static const struct paper_head k_head[] = {
	{0, 0, 1, 1, "STT"},
	{0, 1, 1, 1, "Họ và tên"},
	{0, 2, 1, 1, "Ngày sinh"},
	{0, 3, 1, 1, "Giới tính"},
	{0, 4, 1, 1, "Số định danh (nếu có)"},
	{0, 5, 1, 1, "Địa chỉ"},
	{0, 6, 1, 1, "Đối tượng"},
	{0, 7, 1, 1, "Đề nghị"},
};

static void say_why(unsigned why, char *out, size_t size)
{
	static const struct {
		unsigned bit;
		const char *text;
	} row[] = {
		{CYCLE_NO_ID, "danh sách chưa có số định danh"},
		{CYCLE_NO_BIRTH, "thiếu ngày, tháng sinh"},
		{CYCLE_MET_NO_CARD, "cấp thẻ căn cước"},
		{CYCLE_CARD_EXPIRED, "đổi thẻ căn cước đã hết hạn"},
		{CYCLE_NO_PAPERS, "đăng ký khai sinh"},
	};
	size_t len = 0;

	out[0] = '\0';
	for (int i = 0; i < COUNT_OF(row); i++)
		if ((why & row[i].bit) && len < size)
			len += (size_t)snprintf(out + len, size - len, "%s%s",
				len > 0 ? "; " : "", row[i].text);
}

static bool put_card(void *ctx, const struct person *p, unsigned why)
{
	struct writing *w = ctx;
	char birth[DATE_TEXT_SIZE];
	char number[32];
	char text[LINE_SIZE];
	struct paper_cell cell[K_COLUMNS];

	w->sums->rows++;
	snprintf(number, sizeof(number), "%lld", (long long)w->sums->rows);
	say_why(why, text, sizeof(text));
	cell[0] = text_cell(number);
	cell[1] = text_cell(p->name);
	cell[2] = text_cell(date_vi(p->birth, birth));
	cell[3] = text_cell(pay_sex_text(p->sex));
	cell[4] = text_cell(number_of(p));
	cell[5] = text_cell(p->address);
	cell[6] = text_cell(p->group);
	cell[7] = text_cell(text);
	return put(w, cell, PAPER_PLAIN);
}

static void write_cards(struct db *db, const struct cycle_doc_asked *a,
	struct writing *w)
{
	char line[LINE_SIZE];

	if (!cycle_cards(db, a->period, a->unit, put_card, w, w->err))
		w->ok = false;
	snprintf(line, sizeof(line), "Danh sách có %lld người.",
		(long long)w->sums->rows);
	say(w, line, PAPER_PLAIN);
}

/* ---- settlement ------------------------------------------------------------ */

enum {
	S_COLUMNS = 10
};

static const struct paper_column s_column[S_COLUMNS] = {
	{10, PAPER_CENTRE},
	{71, PAPER_LEFT},
	{18, PAPER_RIGHT},
	{32, PAPER_RIGHT},
	{18, PAPER_RIGHT},
	{32, PAPER_RIGHT},
	{18, PAPER_RIGHT},
	{32, PAPER_RIGHT},
	{18, PAPER_RIGHT},
	{32, PAPER_RIGHT},
};

static const struct paper_head s_head[] = {
	{0, 0, 2, 1, "TT"},
	{0, 1, 2, 1, "Nội dung"},
	{0, 2, 1, 2, "Tổng số"},
	{0, 4, 1, 2, "Bảo trợ xã hội"},
	{0, 6, 1, 2, "Người có công"},
	{0, 8, 1, 2, "Đối tượng khác"},
	{1, 2, 1, 1, "Người"},
	{1, 3, 1, 1, "Số tiền"},
	{1, 4, 1, 1, "Người"},
	{1, 5, 1, 1, "Số tiền"},
	{1, 6, 1, 1, "Người"},
	{1, 7, 1, 1, "Số tiền"},
	{1, 8, 1, 1, "Người"},
	{1, 9, 1, 1, "Số tiền"},
};

/* A row is the sum of one or several parts. */
static const struct s_row {
	const char *number;
	const char *text;
	unsigned parts; /* bits; 0: the difference */
	bool strong;
	bool money_only; /* people would count twice */
} s_rows[] = {
	{"I", "Số phải chi theo danh sách", 1U << CYCLE_LISTED, true, false},
	{"II", "Số đã chi",
		1U << CYCLE_BY_ACCOUNT | 1U << CYCLE_PAID |
			1U << CYCLE_ELSEWHERE,
		true, true},
	{"1", "Chuyển qua tài khoản", 1U << CYCLE_BY_ACCOUNT, false, false},
	{"2", "Chi tiền mặt tại máy này (theo sổ)", 1U << CYCLE_PAID, false,
		false},
	{"3", "Chi tiền mặt ở máy khác", 1U << CYCLE_ELSEWHERE, false, false},
	{"III", "Số chưa chi, chuyển danh sách kỳ sau", 1U << CYCLE_CARRIED,
		true, false},
	{"IV", "Số chưa chi, phải trả lại",
		1U << CYCLE_OPEN | 1U << CYCLE_STOPPED, true, true},
	{"1", "Chưa đến lĩnh", 1U << CYCLE_OPEN, false, false},
	{"2", "Thôi hưởng (chết, chuyển đi, …)", 1U << CYCLE_STOPPED, false,
		false},
	{"V", "Chênh lệch (I - II - III - IV)", 0, true, true},
};

static struct cycle_sum s_sum(const struct cycle_settlement *s,
	const struct s_row *r, enum group group)
{
	struct cycle_sum sum = {0, 0};

	if (r->parts == 0)
		sum.money = s->difference[group];
	for (int p = 0; p < CYCLE_PARTS; p++)
		if (r->parts & 1U << p) {
			sum.people += s->part[p][group].people;
			sum.money += s->part[p][group].money;
		}
	return sum;
}

static void put_settled(struct writing *w, const struct s_row *r)
{
	struct paper_cell cell[S_COLUMNS];
	struct cycle_sum all = {0, 0};

	cell[0] = text_cell(r->number);
	cell[1] = text_cell(r->text);
	for (int g = 0; g < GROUP_COUNT; g++) {
		const struct cycle_sum n =
			s_sum(&w->sums->settlement, r, (enum group)g);
		const int at = 2 + 2 * g;

		all.people += n.people;
		all.money += n.money;
		if (g == GROUP_UNKNOWN)
			continue;
		cell[at] =
			r->money_only ? text_cell("") : number_cell(n.people);
		cell[at + 1] = number_cell(n.money);
	}
	cell[2] = r->money_only ? text_cell("") : number_cell(all.people);
	cell[3] = number_cell(all.money);
	put(w, cell, r->strong ? PAPER_STRONG : PAPER_PLAIN);
}

static int64_t difference_of(const struct cycle_settlement *s)
{
	int64_t sum = 0;

	for (int g = 0; g < GROUP_COUNT; g++)
		sum += s->difference[g];
	return sum;
}

static bool is_even(const struct cycle_settlement *s)
{
	for (int g = 0; g < GROUP_COUNT; g++)
		if (s->difference[g] != 0)
			return false;
	return s->odd_items == 0;
}

static void say_difference(struct writing *w)
{
	const struct cycle_settlement *s = &w->sums->settlement;
	char figures[MONEY_TEXT_SIZE];
	char line[LINE_SIZE];

	if (is_even(s)) {
		say(w,
			"Chênh lệch bằng 0: số đã chi và chưa chi khớp với danh"
			" sách.",
			PAPER_STRONG);
		return;
	}
	snprintf(line, sizeof(line),
		"Chênh lệch %s đồng: sổ ghi chi khác với danh sách ở %lld"
		" khoản, hoặc có khoản đã chi mà danh sách còn ghi là chưa chi."
		" Đề nghị kiểm tra bằng chitra selftest và chitra-verify.",
		money_format(difference_of(s), figures),
		(long long)s->odd_items);
	say(w, line, PAPER_STRONG);
}

static void say_drawer(struct writing *w)
{
	const struct cycle_settlement *s = &w->sums->settlement;
	char in[MONEY_TEXT_SIZE];
	char back[MONEY_TEXT_SIZE];
	char paid[MONEY_TEXT_SIZE];
	char voids[MONEY_TEXT_SIZE];
	char over[MONEY_TEXT_SIZE];
	char missing[MONEY_TEXT_SIZE];
	char line[LINE_SIZE];

	snprintf(line, sizeof(line),
		"Quỹ tiền mặt của máy này trong tháng (đồng): nhận vào %s;"
		" chi ra %s; thu lại do huỷ %s; nộp trả %s; kiểm quỹ thừa %s,"
		" thiếu %s.",
		money_format(s->cash_in, in), money_format(s->cash_paid, paid),
		money_format(s->cash_back, voids),
		money_format(s->cash_out, back), money_format(s->over, over),
		money_format(s->missing, missing));
	say(w, line, PAPER_PLAIN);
}

static void say_nobody(struct writing *w)
{
	const struct cycle_sum *s =
		&w->sums->settlement.part[CYCLE_LISTED][GROUP_UNKNOWN];
	char figures[MONEY_TEXT_SIZE];
	char line[LINE_SIZE];

	if (s->people == 0)
		return;
	snprintf(line, sizeof(line),
		"Cột Tổng số gồm cả %lld người (%s đồng) không còn dữ liệu về"
		" nhóm đối tượng (đã xoá theo yêu cầu).",
		(long long)s->people, money_format(s->money, figures));
	say(w, line, PAPER_PLAIN);
}

static void write_settlement(struct db *db, const struct cycle_doc_asked *a,
	struct writing *w)
{
	w->ok = w->ok && cycle_settle(db, a->period, a->unit,
				 &w->sums->settlement, w->err);
	for (int i = 0; w->ok && i < COUNT_OF(s_rows); i++)
		put_settled(w, &s_rows[i]);
	if (!w->ok)
		return;
	w->sums->rows = COUNT_OF(s_rows);
	w->sums->money = difference_of(&w->sums->settlement);
	say_difference(w);
	say_nobody(w);
	say_drawer(w);
}

/* ---- the papers ------------------------------------------------------------ */

static const struct paper_sign payer_signs[] = {
	{"NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)"},
	{"NGƯỜI CHI TIỀN", "(Ký, ghi rõ họ tên)"},
	{"ĐƠN VỊ CHI TRẢ", "(Ký tên, đóng dấu)"},
	{"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "(Ký tên, đóng dấu)"},
};

static const struct paper_sign office_signs[] = {
	{"NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)"},
	{"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "(Ký tên, đóng dấu)"},
};

static const char place[] = "……………, ngày …… tháng …… năm ………";

static const struct kind_of_paper {
	struct paper_doc doc;
	void (*write)(struct db *db, const struct cycle_doc_asked *a,
		struct writing *w);
} papers[CYCLE_DOCS] = {
	[CYCLE_DOC_LIST] = {{.landscape = true,
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
				    .place = place,
				    .sign = payer_signs,
				    .signs = COUNT_OF(payer_signs)},
		write_list},
	[CYCLE_DOC_UNPAID] = {{.landscape = true,
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
				      .place = place,
				      .sign = payer_signs,
				      .signs = COUNT_OF(payer_signs)},
		write_unpaid},
	[CYCLE_DOC_CHANGES] = {{.landscape = true,
				       .title = "DANH SÁCH TĂNG, GIẢM, ĐIỀU"
						" CHỈNH ĐỐI TƯỢNG",
				       .sheet = "Tang giam",
				       .column = c_column,
				       .columns = C_COLUMNS,
				       .head = c_head,
				       .heads = COUNT_OF(c_head),
				       .head_rows = 1,
				       .many = true,
				       .place = place,
				       .sign = office_signs,
				       .signs = COUNT_OF(office_signs)},
		write_changes},
	[CYCLE_DOC_CARDS] = {{.landscape = true,
				     .title = "DANH SÁCH ĐỀ NGHỊ CẤP THẺ CĂN"
					      " CƯỚC, ĐĂNG KÝ KHAI SINH",
				     .sheet = "Cap the can cuoc",
				     .column = k_column,
				     .columns = K_COLUMNS,
				     .head = k_head,
				     .heads = COUNT_OF(k_head),
				     .head_rows = 1,
				     .many = true,
				     .place = place,
				     .sign = office_signs,
				     .signs = COUNT_OF(office_signs)},
		write_cards},
	[CYCLE_DOC_SETTLEMENT] = {{.landscape = true,
					  .title = "QUYẾT TOÁN CHI TRẢ TRỢ CẤP,"
						   " PHỤ CẤP",
					  .unit = "Đơn vị tính: đồng",
					  .sheet = "Quyet toan",
					  .column = s_column,
					  .columns = S_COLUMNS,
					  .head = s_head,
					  .heads = COUNT_OF(s_head),
					  .head_rows = 2,
					  .place = place,
					  .sign = payer_signs,
					  .signs = COUNT_OF(payer_signs)},
		write_settlement},
};

static void say_office(struct db *db, const char *code, char *out, size_t size)
{
	const struct db_info *info = db_info(db);
	char upper[DB_NAME_SIZE + 64];
	struct admin_unit unit;
	size_t len;

	if (!viet_upper(info->unit[0] ? info->unit : info->name, upper,
		    sizeof(upper)))
		str_copy(upper, sizeof(upper), info->name);
	str_copy(out, size, upper);
	len = strlen(out);
	if (code[0] && admin_by_code(code, &unit))
		snprintf(out + len, size - len, "\n%s", unit.full_name);
}

bool cycle_doc_write(struct db *db, const struct cycle_doc_asked *asked,
	enum paper_kind kind, const struct paper_sink *sink,
	struct cycle_doc_sums *out, struct err *err)
{
	struct paper_doc doc = papers[asked->paper].doc;
	struct writing w = {.sums = out, .err = err, .ok = true};
	char office[LINE_SIZE];
	char subtitle[64];

	*out = (struct cycle_doc_sums){.rows = 0};
	say_office(db, asked->unit, office, sizeof(office));
	snprintf(subtitle, sizeof(subtitle), "Kỳ chi trả: Tháng %02d năm %d",
		(int)asked->period % 100, (int)asked->period / 100);
	doc.office = office;
	doc.subtitle = subtitle;
	doc.motto = true;
	w.paper = paper_new(kind, &doc, sink, err);
	if (!w.paper)
		return false;
	papers[asked->paper].write(db, asked, &w);
	w.ok = w.ok && paper_end(w.paper, err);
	paper_free(w.paper);
	return w.ok;
}

/* ---- JSON ------------------------------------------------------------------ */

static void json_settlement(const struct cycle_settlement *s, cJSON *out)
{
	static const char *const names[CYCLE_PARTS] = {
		[CYCLE_LISTED] = "listed",
		[CYCLE_BY_ACCOUNT] = "by_account",
		[CYCLE_PAID] = "paid",
		[CYCLE_OPEN] = "not_collected",
		[CYCLE_STOPPED] = "stopped",
		[CYCLE_ELSEWHERE] = "elsewhere",
		[CYCLE_CARRIED] = "carried",
	};

	for (int p = 0; p < CYCLE_PARTS; p++) {
		cJSON *o = cJSON_AddObjectToObject(out, names[p]);
		struct cycle_sum sum = {0, 0};

		for (int g = 0; g < GROUP_COUNT; g++) {
			sum.people += s->part[p][g].people;
			sum.money += s->part[p][g].money;
		}
		json_int(o, "people", sum.people);
		json_int(o, "sum", sum.money);
	}
	json_int(out, "difference", difference_of(s));
	json_int(out, "odd_items", s->odd_items);
	cJSON_AddBoolToObject(out, "even", is_even(s));
}

void cycle_doc_json(const struct cycle_doc_asked *asked,
	const struct cycle_doc_sums *s, cJSON *out)
{
	json_period(out, "period", asked->period);
	cJSON_AddStringToObject(out, "unit", asked->unit);
	if (asked->paper == CYCLE_DOC_SETTLEMENT)
		json_settlement(&s->settlement, out);
	if (asked->paper == CYCLE_DOC_LIST || asked->paper == CYCLE_DOC_UNPAID)
		json_int(out, "sum", s->money);
	if (asked->paper == CYCLE_DOC_LIST)
		json_int(out, "by_account", s->people_account);
	if (asked->paper == CYCLE_DOC_UNPAID)
		json_int(out, "three_or_more", s->long_open);
}
