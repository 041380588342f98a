/* cycle_changes_doc.c - changes of the list, and who has no card. */
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "terminal/app/cycle_internal.h"
#include "terminal/flows/pay_text.h"

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

static void open_part(struct cycle_writing *w, enum change_kind kind)
{
	static const char *const parts[] = {"", "I. Đối tượng tăng",
		"II. Đối tượng giảm", "III. Đối tượng điều chỉnh"};
	struct paper_cell cell[C_COLUMNS] = {{.text = ""}};

	if (w->part == (int)kind)
		return;
	w->part = (int)kind;
	cell[0] = cycle_text(parts[kind]);
	cell[0].span = C_COLUMNS;
	cycle_put(w, cell, PAPER_STRONG);
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
	struct cycle_writing *w = ctx;
	char birth[DATE_TEXT_SIZE];
	char date[DATE_TEXT_SIZE];
	char number[32];
	char why[CYCLE_LINE_SIZE];
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
	cell[0] = cycle_text(number);
	cell[1] = cycle_text(c->person.name);
	cell[2] = cycle_text(date_vi(c->person.birth, birth));
	cell[3] = cycle_text(cycle_number_of(&c->person));
	cell[4] = cycle_text(c->person.address);
	cell[5] = cycle_text(c->person.group);
	cell[6] = cycle_text(date_vi(day, date));
	cell[7] = cycle_text(why);
	cell[8] = cycle_money(c->monthly);
	return cycle_put(w, cell, PAPER_PLAIN);
}

static void write_changes(struct db *db, const struct cycle_doc_asked *a,
	struct cycle_writing *w)
{
	char line[CYCLE_LINE_SIZE];

	if (!cycle_changes(db, a->period, a->unit, put_change, w, w->err))
		w->ok = false;
	snprintf(line, sizeof(line), "Danh sách có %lld dòng.",
		(long long)w->sums->rows);
	cycle_say(w, line, PAPER_PLAIN);
}

const struct cycle_kind cycle_kind_changes = {
	.doc = {.landscape = true,
		.title = "DANH SÁCH TĂNG, GIẢM, ĐIỀU"
			 " CHỈNH ĐỐI TƯỢNG",
		.sheet = "Tang giam",
		.column = c_column,
		.columns = C_COLUMNS,
		.head = c_head,
		.heads = COUNT_OF(c_head),
		.head_rows = 1,
		.many = true,
		.place = cycle_place,
		.sign = cycle_office_signs,
		.signs = COUNT_OF(cycle_office_signs)},
	.write = write_changes,
};

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
	struct cycle_writing *w = ctx;
	char birth[DATE_TEXT_SIZE];
	char number[32];
	char text[CYCLE_LINE_SIZE];
	struct paper_cell cell[K_COLUMNS];

	w->sums->rows++;
	snprintf(number, sizeof(number), "%lld", (long long)w->sums->rows);
	say_why(why, text, sizeof(text));
	cell[0] = cycle_text(number);
	cell[1] = cycle_text(p->name);
	cell[2] = cycle_text(date_vi(p->birth, birth));
	cell[3] = cycle_text(pay_sex_text(p->sex));
	cell[4] = cycle_text(cycle_number_of(p));
	cell[5] = cycle_text(p->address);
	cell[6] = cycle_text(p->group);
	cell[7] = cycle_text(text);
	return cycle_put(w, cell, PAPER_PLAIN);
}

static void write_cards(struct db *db, const struct cycle_doc_asked *a,
	struct cycle_writing *w)
{
	char line[CYCLE_LINE_SIZE];

	if (!cycle_cards(db, a->period, a->unit, put_card, w, w->err))
		w->ok = false;
	snprintf(line, sizeof(line), "Danh sách có %lld người.",
		(long long)w->sums->rows);
	cycle_say(w, line, PAPER_PLAIN);
}

const struct cycle_kind cycle_kind_cards = {
	.doc = {.landscape = true,
		.title = "DANH SÁCH ĐỀ NGHỊ CẤP THẺ CĂN"
			 " CƯỚC, ĐĂNG KÝ KHAI SINH",
		.sheet = "Cap the can cuoc",
		.column = k_column,
		.columns = K_COLUMNS,
		.head = k_head,
		.heads = COUNT_OF(k_head),
		.head_rows = 1,
		.many = true,
		.place = cycle_place,
		.sign = cycle_office_signs,
		.signs = COUNT_OF(cycle_office_signs)},
	.write = write_cards,
};
