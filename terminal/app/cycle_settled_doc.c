/* cycle_settled_doc.c - the settlement, which must come to zero or say why. */
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "terminal/app/cycle_internal.h"
#include "terminal/app/json.h"

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

static void put_settled(struct cycle_writing *w, const struct s_row *r)
{
	struct paper_cell cell[S_COLUMNS];
	struct cycle_sum all = {0, 0};

	cell[0] = cycle_text(r->number);
	cell[1] = cycle_text(r->text);
	for (int g = 0; g < GROUP_COUNT; g++) {
		const struct cycle_sum n =
			s_sum(&w->sums->settlement, r, (enum group)g);
		const int at = 2 + 2 * g;

		all.people += n.people;
		all.money += n.money;
		if (g == GROUP_UNKNOWN)
			continue;
		cell[at] =
			r->money_only ? cycle_text("") : cycle_number(n.people);
		cell[at + 1] = cycle_number(n.money);
	}
	cell[2] = r->money_only ? cycle_text("") : cycle_number(all.people);
	cell[3] = cycle_number(all.money);
	cycle_put(w, cell, r->strong ? PAPER_STRONG : PAPER_PLAIN);
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

static void say_difference(struct cycle_writing *w)
{
	const struct cycle_settlement *s = &w->sums->settlement;
	char figures[MONEY_TEXT_SIZE];
	char line[CYCLE_LINE_SIZE];

	if (is_even(s)) {
		cycle_say(w,
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
	cycle_say(w, line, PAPER_STRONG);
}

static void say_drawer(struct cycle_writing *w)
{
	const struct cycle_settlement *s = &w->sums->settlement;
	char in[MONEY_TEXT_SIZE];
	char back[MONEY_TEXT_SIZE];
	char paid[MONEY_TEXT_SIZE];
	char voids[MONEY_TEXT_SIZE];
	char over[MONEY_TEXT_SIZE];
	char missing[MONEY_TEXT_SIZE];
	char line[CYCLE_LINE_SIZE];

	snprintf(line, sizeof(line),
		"Quỹ tiền mặt của máy này trong tháng (đồng): nhận vào %s;"
		" chi ra %s; thu lại do huỷ %s; nộp trả %s; kiểm quỹ thừa %s,"
		" thiếu %s.",
		money_format(s->cash_in, in), money_format(s->cash_paid, paid),
		money_format(s->cash_back, voids),
		money_format(s->cash_out, back), money_format(s->over, over),
		money_format(s->missing, missing));
	cycle_say(w, line, PAPER_PLAIN);
}

static void say_nobody(struct cycle_writing *w)
{
	const struct cycle_sum *s =
		&w->sums->settlement.part[CYCLE_LISTED][GROUP_UNKNOWN];
	char figures[MONEY_TEXT_SIZE];
	char line[CYCLE_LINE_SIZE];

	if (s->people == 0)
		return;
	snprintf(line, sizeof(line),
		"Cột Tổng số gồm cả %lld người (%s đồng) không còn dữ liệu về"
		" nhóm đối tượng (đã xoá theo yêu cầu).",
		(long long)s->people, money_format(s->money, figures));
	cycle_say(w, line, PAPER_PLAIN);
}

static void write_settlement(struct db *db, const struct cycle_doc_asked *a,
	struct cycle_writing *w)
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

const struct cycle_kind cycle_kind_settlement = {
	.doc = {.landscape = true,
		.title = "QUYẾT TOÁN CHI TRẢ TRỢ CẤP,"
			 " PHỤ CẤP",
		.unit = "Đơn vị tính: đồng",
		.sheet = "Quyet toan",
		.column = s_column,
		.columns = S_COLUMNS,
		.head = s_head,
		.heads = COUNT_OF(s_head),
		.head_rows = 2,
		.place = cycle_place,
		.sign = cycle_payer_signs,
		.signs = COUNT_OF(cycle_payer_signs)},
	.write = write_settlement,
};

void cycle_settled_json(const struct cycle_settlement *s, cJSON *out)
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
