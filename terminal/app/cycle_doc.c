#include "terminal/app/cycle_doc.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/codec/words.h"
#include "core/money.h"
#include "core/str.h"
#include "db/units.h"
#include "terminal/app/cycle_internal.h"
#include "terminal/app/json.h"

struct paper_cell cycle_text(const char *text)
{
	return (struct paper_cell){.text = text};
}

struct paper_cell cycle_number(int64_t number)
{
	return (struct paper_cell){.number = number};
}

struct paper_cell cycle_money(int64_t money)
{
	return money ? cycle_number(money) : cycle_text("");
}

bool cycle_put(struct cycle_writing *w, const struct paper_cell *cell,
	enum paper_weight weight)
{
	w->ok = w->ok && paper_row(w->paper, cell, weight, w->err);
	return w->ok;
}

bool cycle_say(struct cycle_writing *w, const char *text,
	enum paper_weight weight)
{
	w->ok = w->ok && paper_line(w->paper, text, weight, w->err);
	return w->ok;
}

void cycle_say_words(struct cycle_writing *w, int64_t money)
{
	char words[WORDS_SIZE];
	char figures[MONEY_TEXT_SIZE];
	char line[CYCLE_LINE_SIZE + WORDS_SIZE];

	if (!words_of_amount(money, WORDS_NORTH, words))
		words[0] = '\0';
	snprintf(line, sizeof(line), "Tổng số tiền: %s đồng (Bằng chữ: %s).",
		money_format(money, figures), words);
	cycle_say(w, line, PAPER_STRONG);
}

const char *cycle_number_of(const struct person *p)
{
	return p->id12[0] ? p->id12 : p->old_id;
}

const struct paper_sign cycle_payer_signs[CYCLE_PAYER_SIGNS] = {
	{"NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)"},
	{"NGƯỜI CHI TIỀN", "(Ký, ghi rõ họ tên)"},
	{"ĐƠN VỊ CHI TRẢ", "(Ký tên, đóng dấu)"},
	{"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "(Ký tên, đóng dấu)"},
};

const struct paper_sign cycle_office_signs[CYCLE_OFFICE_SIGNS] = {
	{"NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)"},
	{"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "(Ký tên, đóng dấu)"},
};

const char cycle_place[] = "……………, ngày …… tháng …… năm ………";

static const struct cycle_kind *const papers[CYCLE_DOCS] = {
	[CYCLE_DOC_LIST] = &cycle_kind_list,
	[CYCLE_DOC_UNPAID] = &cycle_kind_unpaid,
	[CYCLE_DOC_CHANGES] = &cycle_kind_changes,
	[CYCLE_DOC_CARDS] = &cycle_kind_cards,
	[CYCLE_DOC_SETTLEMENT] = &cycle_kind_settlement,
};

static bool say_office(struct db *db, const char *code, char *out, size_t size,
	struct err *err)
{
	const struct db_info *info = db_info(db);
	char upper[DB_NAME_SIZE + 64];
	char unit[DB_NAME_SIZE];
	size_t len;

	if (!viet_upper(info->unit[0] ? info->unit : info->name, upper,
		    sizeof(upper)))
		str_copy(upper, sizeof(upper), info->name);
	str_copy(out, size, upper);
	len = strlen(out);
	if (units_name(db, code, unit, sizeof(unit), err) == LOOKUP_FAILED)
		return false;
	if (unit[0])
		snprintf(out + len, size - len, "\n%s", unit);
	return true;
}

bool cycle_doc_write(struct db *db, const struct cycle_doc_asked *asked,
	enum paper_kind kind, const struct paper_sink *sink,
	struct cycle_doc_sums *out, struct err *err)
{
	struct paper_doc doc = papers[asked->paper]->doc;
	struct cycle_writing w = {.sums = out, .err = err, .ok = true};
	char office[CYCLE_LINE_SIZE];
	char subtitle[64];

	*out = (struct cycle_doc_sums){.rows = 0};
	if (!say_office(db, asked->unit, office, sizeof(office), err))
		return false;
	snprintf(subtitle, sizeof(subtitle), "Kỳ chi trả: Tháng %02d năm %d",
		(int)asked->period % 100, (int)asked->period / 100);
	doc.office = office;
	doc.subtitle = subtitle;
	doc.motto = true;
	w.paper = paper_new(kind, &doc, sink, err);
	if (!w.paper)
		return false;
	papers[asked->paper]->write(db, asked, &w);
	w.ok = w.ok && paper_end(w.paper, err);
	paper_free(w.paper);
	return w.ok;
}

/* ---- JSON ------------------------------------------------------------------ */

void cycle_doc_json(const struct cycle_doc_asked *asked,
	const struct cycle_doc_sums *s, cJSON *out)
{
	json_period(out, "period", asked->period);
	cJSON_AddStringToObject(out, "unit", asked->unit);
	if (asked->paper == CYCLE_DOC_SETTLEMENT)
		cycle_settled_json(&s->settlement, out);
	if (asked->paper == CYCLE_DOC_LIST || asked->paper == CYCLE_DOC_UNPAID)
		json_int(out, "sum", s->money);
	if (asked->paper == CYCLE_DOC_LIST)
		json_int(out, "by_account", s->people_account);
	if (asked->paper == CYCLE_DOC_UNPAID)
		json_int(out, "three_or_more", s->long_open);
}
