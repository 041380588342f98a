#include "terminal/app/form_doc.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/date.h"
#include "core/str.h"
#include "terminal/app/json.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum {
	LINE_SIZE = 512
};

/* ---- what both have ------------------------------------------------------ */

static const struct paper_sign signs[] = {
	{"NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"},
	{"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "(Ký tên, đóng dấu)"},
};

static const char place[] = "……………, ngày …… tháng …… năm ………";

/* Texts of one paper that depend on the numbers. */
struct words {
	char office[LINE_SIZE];
	char subtitle[LINE_SIZE];
};

static void say_office(const struct forms *f, char *out, size_t size)
{
	char upper[VIET_NAME_SIZE];

	if (f->name[0] && viet_upper(f->name, upper, sizeof(upper)))
		snprintf(out, size, "UBND %s", upper);
	else
		str_copy(out, size, "UBND XÃ, THỊ TRẤN ………………");
}

static void say_words(const struct forms *f, struct words *w)
{
	say_office(f, w->office, sizeof(w->office));
	snprintf(w->subtitle, sizeof(w->subtitle),
		"Kỳ báo cáo: Tháng %02d năm %d", (int)f->period % 100,
		(int)f->period / 100);
}

static struct paper_cell text_cell(const char *text)
{
	return (struct paper_cell){.text = text};
}

static struct paper_cell number_cell(int64_t number)
{
	return (struct paper_cell){.number = number};
}

static bool put_notes(struct paper *p, const char *const *note, int notes,
	struct err *err)
{
	bool ok = true;

	for (int i = 0; ok && i < notes; i++)
		ok = paper_line(p, note[i], PAPER_PLAIN, err);
	return ok;
}

/* "3 người …" below the table, if there are any. */
static bool put_left_out(struct paper *p, int64_t people, const char *why,
	struct err *err)
{
	char line[LINE_SIZE];

	if (people == 0)
		return true;
	snprintf(line, sizeof(line), "- Có %lld người %s.", (long long)people,
		why);
	return paper_line(p, line, PAPER_PLAIN, err);
}

/* "Gửi trước ngày 05/01/2027." */
static bool put_due(struct paper *p, const struct forms *f, struct err *err)
{
	const int year = f->period / 100 + (f->period % 100 == 12);
	const int month = f->period % 100 % 12 + 1;
	char line[LINE_SIZE];

	if (f->before_day == 0)
		return true;
	snprintf(line, sizeof(line), "- Biểu gửi trước ngày %02d/%02d/%04d.",
		f->before_day, month, year);
	return paper_line(p, line, PAPER_PLAIN, err);
}

/* ---- form A -------------------------------------------------------------- */

enum {
	A_COLUMNS = 10
};

static const struct paper_column a_column[A_COLUMNS] = {
	{10, PAPER_CENTRE},
	{79, PAPER_LEFT},
	{18, PAPER_CENTRE},
	{26, PAPER_RIGHT},
	{27, PAPER_RIGHT},
	{22, PAPER_RIGHT},
	{27, PAPER_RIGHT},
	{22, PAPER_RIGHT},
	{27, PAPER_RIGHT},
	{23, PAPER_RIGHT},
};

static const struct paper_head a_head[] = {
	{0, 0, 2, 1, "TT"},
	{0, 1, 2, 1, "Nội dung"},
	{0, 2, 2, 1, "ĐVT"},
	{0, 3, 2, 1, "Tổng số"},
	{0, 4, 1, 2, "Bảo trợ xã hội"},
	{0, 6, 1, 2, "Người có công"},
	{0, 8, 1, 2, "Đối tượng khác"},
	{1, 4, 1, 1, "Tổng lũy kế đến kỳ báo cáo"},
	{1, 5, 1, 1, "Trong kỳ"},
	{1, 6, 1, 1, "Tổng lũy kế đến kỳ báo cáo"},
	{1, 7, 1, 1, "Trong kỳ"},
	{1, 8, 1, 1, "Tổng lũy kế đến kỳ báo cáo"},
	{1, 9, 1, 1, "Trong kỳ"},
	{2, 0, 1, 1, "(1)"},
	{2, 1, 1, 1, "(2)"},
	{2, 2, 1, 1, "(3)"},
	{2, 3, 1, 1, "(4=5+7+9)"},
	{2, 4, 1, 1, "(5)"},
	{2, 5, 1, 1, "(6)"},
	{2, 6, 1, 1, "(7)"},
	{2, 7, 1, 1, "(8)"},
	{2, 8, 1, 1, "(9)"},
	{2, 9, 1, 1, "(10)"},
};

/* group GROUP_UNKNOWN: all three; what FORM_WHATS: the head of a part. */
static const struct a_row {
	const char *number;
	const char *text;
	const char *unit;
	enum form_what what;
	enum group group;
	bool strong;
	const char *code; /* in JSON */
} a_rows[] = {
	{"I",
		"Tổng số đối tượng hưởng chính sách an sinh xã hội trên địa"
		" bàn",
		"Người", FORM_PEOPLE, GROUP_UNKNOWN, true, "I"},
	{"1", "Đối tượng Bảo trợ xã hội", "Người", FORM_PEOPLE, GROUP_SOCIAL,
		false, "I.1"},
	{"2", "Đối tượng Người có công", "Người", FORM_PEOPLE, GROUP_MERIT,
		false, "I.2"},
	{"3", "Đối tượng khác", "Người", FORM_PEOPLE, GROUP_OTHER, false,
		"I.3"},
	{"II", "Kết quả thực hiện rà soát đối tượng", "", FORM_WHATS,
		GROUP_UNKNOWN, true, "II"},
	{"1", "Số đối tượng đã thực hiện rà soát", "Người", FORM_REVIEWED,
		GROUP_UNKNOWN, false, "II.1"},
	{"2",
		"Số đối tượng đã có tài khoản (mong muốn chi trả qua tài"
		" khoản)",
		"Người", FORM_ACCOUNT, GROUP_UNKNOWN, false, "II.2"},
	{"III", "Kết quả chi trả", "", FORM_WHATS, GROUP_UNKNOWN, true, "III"},
	{"1", "Số đối tượng đã được chi trả qua tài khoản", "Người", FORM_PAID,
		GROUP_UNKNOWN, false, "III.1"},
	{"2", "Số tiền thực hiện chi trả qua tài khoản", "1000 đồng",
		FORM_MONEY, GROUP_UNKNOWN, false, "III.2"},
};

/* What a group has in a row, in the unit of that row. */
static struct form_count a_count(const struct forms *f, const struct a_row *r,
	enum group group)
{
	struct form_count n = f->group[group].n[r->what];

	if (r->what == FORM_MONEY) {
		n.until = forms_thousands(n.until);
		n.within = forms_thousands(n.within);
	}
	return n;
}

static bool a_has(const struct a_row *r, enum group group)
{
	return r->what != FORM_WHATS &&
	       (r->group == GROUP_UNKNOWN || r->group == group);
}

static bool put_a_row(struct paper *p, const struct forms *f,
	const struct a_row *r, struct err *err)
{
	struct paper_cell cell[A_COLUMNS];
	int64_t total = 0;

	cell[0] = text_cell(r->number);
	cell[1] = text_cell(r->text);
	cell[2] = text_cell(r->unit);
	cell[3] = text_cell("");
	for (int g = GROUP_SOCIAL; g < GROUP_COUNT; g++) {
		struct paper_cell *at = &cell[4 + 2 * (g - GROUP_SOCIAL)];
		struct form_count n;

		at[0] = at[1] = text_cell("");
		if (!a_has(r, (enum group)g))
			continue;
		n = a_count(f, r, (enum group)g);
		at[0] = number_cell(n.until);
		at[1] = number_cell(n.within);
		total += n.until;
		cell[3] = number_cell(total);
	}
	return paper_row(p, cell, r->strong ? PAPER_STRONG : PAPER_PLAIN, err);
}

static bool put_a(struct paper *p, const struct forms *f, struct err *err)
{
	static const char *const notes[] = {
		"Ghi chú:",
		"- Lũy kế: tính đến hết kỳ báo cáo; trong kỳ: riêng trong"
		" tháng báo cáo. Mỗi người tính một lần.",
		"- Số tiền làm tròn đến nghìn đồng theo từng ô (từ 500 đồng"
		" trở lên tính là 1 nghìn đồng); cột 4 là tổng của các cột 5,"
		" 7, 9 đã làm tròn.",
	};
	bool ok = true;

	for (int i = 0; ok && i < COUNT_OF(a_rows); i++)
		ok = put_a_row(p, f, &a_rows[i], err);
	return ok && put_notes(p, notes, COUNT_OF(notes), err) &&
	       put_due(p, f, err) &&
	       put_left_out(p, f->group[GROUP_UNKNOWN].n[FORM_PEOPLE].until,
		       "không còn dữ liệu về nhóm đối tượng (đã xoá theo yêu"
		       " cầu), không tính vào biểu này",
		       err);
}

/* ---- form B -------------------------------------------------------------- */

enum {
	B_COLUMNS = 8,
	B_ROWS = 17 /* two parts, 1 to 12, 16 to 18 */
};

static const struct paper_column b_column[B_COLUMNS] = {
	{12, PAPER_CENTRE},
	{101, PAPER_LEFT},
	{28, PAPER_RIGHT},
	{24, PAPER_RIGHT},
	{30, PAPER_RIGHT},
	{34, PAPER_RIGHT},
	{28, PAPER_RIGHT},
	{24, PAPER_RIGHT},
};

static const struct paper_head b_head[] = {
	{0, 0, 2, 1, "STT"},
	{0, 1, 2, 1, "Đối tượng"},
	{0, 2, 1, 2,
		"Tổng số đối tượng hưởng trợ cấp hàng tháng trên địa bàn"
		" (người)"},
	{0, 4, 1, 2, "Kết quả thực hiện rà soát đối tượng"},
	{0, 6, 1, 2, "Kết quả chi trả (người)"},
	{1, 2, 1, 1, "Tổng số lũy kế đến kỳ báo cáo"},
	{1, 3, 1, 1, "Trong kỳ"},
	{1, 4, 1, 1, "Số đối tượng đã thực hiện rà soát (người)"},
	{1, 5, 1, 1,
		"Số đối tượng đã có tài khoản đăng ký chi trả qua tài khoản"
		" (người)"},
	{1, 6, 1, 1, "Tổng số lũy kế đến kỳ báo cáo"},
	{1, 7, 1, 1, "Trong kỳ"},
};

static bool put_b_row(struct paper *p, const char *number, const char *text,
	const struct form_sums *s, enum paper_weight weight, struct err *err)
{
	const struct paper_cell cell[B_COLUMNS] = {
		text_cell(number),
		text_cell(text),
		number_cell(s->n[FORM_PEOPLE].until),
		number_cell(s->n[FORM_PEOPLE].within),
		number_cell(s->n[FORM_REVIEWED].until),
		number_cell(s->n[FORM_ACCOUNT].until),
		number_cell(s->n[FORM_PAID].until),
		number_cell(s->n[FORM_PAID].within),
	};

	return paper_row(p, cell, weight, err);
}

static bool put_b_rows(struct paper *p, const struct forms *f, int from,
	int until, struct err *err)
{
	char number[16];
	bool ok = true;

	for (int s = from; ok && s < until; s++) {
		if (!group_has_subgroup(s))
			continue;
		snprintf(number, sizeof(number), "%d", s);
		ok = put_b_row(p, number, group_subgroup_title(s), &f->sub[s],
			PAPER_PLAIN, err);
	}
	return ok;
}

static bool put_b(struct paper *p, const struct forms *f, struct err *err)
{
	static const char *const notes[] = {
		"Ghi chú:",
		"- Lũy kế: tính đến hết kỳ báo cáo; trong kỳ: riêng trong"
		" tháng báo cáo. Mỗi người tính một lần. Số rà soát và số có"
		" tài khoản là số lũy kế.",
		"- Kết quả chi trả là số người được chi trả qua tài khoản.",
	};
	struct form_sums part;
	bool ok;

	forms_merit(f, &part);
	ok = put_b_row(p, "I",
		     "Đối tượng NCC và thân nhân hưởng trợ cấp ưu đãi hàng"
		     " tháng",
		     &part, PAPER_STRONG, err) &&
	     put_b_rows(p, f, 1, SUBGROUP_MERIT_LAST + 1, err);
	forms_decisions(f, &part);
	return ok &&
	       put_b_row(p, "II", "Đối tượng khác", &part, PAPER_STRONG, err) &&
	       put_b_rows(p, f, SUBGROUP_OTHER_FIRST, SUBGROUP_COUNT, err) &&
	       put_notes(p, notes, COUNT_OF(notes), err) &&
	       put_due(p, f, err) &&
	       put_left_out(p, f->sub[SUBGROUP_NONE].n[FORM_PEOPLE].until,
		       "thuộc mục I mà danh sách không ghi rõ thuộc dòng nào"
		       " từ 1 đến 12",
		       err);
}

/* ---- the papers ---------------------------------------------------------- */

static const struct paper_doc a_doc = {
	.landscape = true,
	.motto = true,
	.title = "TỔNG HỢP BÁO CÁO CHI TRẢ KHÔNG DÙNG TIỀN MẶT",
	.sheet = "Bieu A",
	.column = a_column,
	.columns = A_COLUMNS,
	.head = a_head,
	.heads = COUNT_OF(a_head),
	.head_rows = 3,
	.place = place,
	.sign = signs,
	.signs = COUNT_OF(signs),
};

static const struct paper_doc b_doc = {
	.landscape = true,
	.motto = true,
	.title = "TỔNG HỢP TÌNH HÌNH THỰC HIỆN CHI TRẢ KHÔNG DÙNG TIỀN MẶT\n"
		 "TỚI CÁC ĐỐI TƯỢNG HƯỞNG TRỢ CẤP ƯU ĐÃI NGƯỜI CÓ CÔNG HÀNG"
		 " THÁNG,\n"
		 "ĐỐI TƯỢNG HƯỞNG TRỢ CẤP HÀNG THÁNG THEO CÁC QUYẾT ĐỊNH:\n"
		 "142/2008/QĐ-TTg, 62/2011/QĐ-TTg, 53/2010/QĐ-TTg",
	.sheet = "Bieu B",
	.column = b_column,
	.columns = B_COLUMNS,
	.head = b_head,
	.heads = COUNT_OF(b_head),
	.head_rows = 2,
	.place = place,
	.sign = signs,
	.signs = COUNT_OF(signs),
};

int form_doc_rows(enum form_paper form)
{
	return form == FORM_A ? COUNT_OF(a_rows) : B_ROWS;
}

bool form_doc_write(enum form_paper form, const struct forms *f,
	enum paper_kind kind, const struct paper_sink *sink, struct err *err)
{
	struct paper_doc doc = form == FORM_A ? a_doc : b_doc;
	struct words words;
	struct paper *p;
	bool ok;

	say_words(f, &words);
	doc.office = words.office;
	doc.subtitle = words.subtitle;
	p = paper_new(kind, &doc, sink, err);
	ok = p && (form == FORM_A ? put_a(p, f, err) : put_b(p, f, err)) &&
	     paper_end(p, err);
	paper_free(p);
	return ok;
}

/* ---- JSON ---------------------------------------------------------------- */

static void json_count(cJSON *object, const char *name, struct form_count n)
{
	cJSON *o = cJSON_AddObjectToObject(object, name);

	json_int(o, "until", n.until);
	json_int(o, "within", n.within);
}

static void json_a(const struct forms *f, cJSON *rows)
{
	static const char *const names[GROUP_COUNT] = {"", "btxh", "ncc",
		"khac"};

	for (int i = 0; i < COUNT_OF(a_rows); i++) {
		const struct a_row *r = &a_rows[i];
		cJSON *o;
		int64_t total = 0;

		if (r->what == FORM_WHATS)
			continue;
		o = cJSON_CreateObject();
		cJSON_AddItemToArray(rows, o);
		cJSON_AddStringToObject(o, "row", r->code);
		for (int g = GROUP_SOCIAL; g < GROUP_COUNT; g++) {
			struct form_count n;

			if (!a_has(r, (enum group)g))
				continue;
			n = a_count(f, r, (enum group)g);
			json_count(o, names[g], n);
			total += n.until;
		}
		json_int(o, "total", total);
	}
}

static void json_b_row(cJSON *rows, const char *row, const struct form_sums *s)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddItemToArray(rows, o);
	cJSON_AddStringToObject(o, "row", row);
	json_count(o, "people", s->n[FORM_PEOPLE]);
	json_int(o, "reviewed", s->n[FORM_REVIEWED].until);
	json_int(o, "account", s->n[FORM_ACCOUNT].until);
	json_count(o, "paid", s->n[FORM_PAID]);
}

static void json_b(const struct forms *f, cJSON *rows)
{
	struct form_sums part;
	char number[16];

	forms_merit(f, &part);
	json_b_row(rows, "I", &part);
	for (int s = 1; s < SUBGROUP_COUNT; s++) {
		if (!group_has_subgroup(s))
			continue;
		if (s == SUBGROUP_OTHER_FIRST) {
			forms_decisions(f, &part);
			json_b_row(rows, "II", &part);
		}
		snprintf(number, sizeof(number), "%d", s);
		json_b_row(rows, number, &f->sub[s]);
	}
}

void form_doc_json(enum form_paper form, const struct forms *f, cJSON *out)
{
	cJSON *rows;

	cJSON_AddStringToObject(out, "form", form == FORM_A ? "a" : "b");
	json_period(out, "period", f->period);
	cJSON_AddStringToObject(out, "unit", f->unit[0] ? f->unit : f->only);
	rows = cJSON_AddArrayToObject(out, "lines");
	if (form == FORM_A)
		json_a(f, rows);
	else
		json_b(f, rows);
	json_int(out, "no_group", f->group[GROUP_UNKNOWN].n[FORM_PEOPLE].until);
	json_int(out, "no_row", f->sub[SUBGROUP_NONE].n[FORM_PEOPLE].until);
}
