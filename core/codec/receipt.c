/* receipt.c - values of a payment, as texts, into the receipt's template. */
#include "core/codec/receipt.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/note_rows.h"
#include "core/codec/template.h"
#include "core/date.h"
#include "core/money.h"

/* Texts of the numbers of a receipt; the others are pointed at. */
struct texts {
	char number[32];
	char shift[24];
	char time[DATE_TEXT_SIZE];
	char period[DATE_TEXT_SIZE];
	char total[MONEY_TEXT_SIZE];
	char words[WORDS_SIZE];
	char copy[16];
	char amount[RECEIPT_MAX_ITEMS][MONEY_TEXT_SIZE];
	struct template_row item[RECEIPT_MAX_ITEMS];
	struct note_rows note;
};

/* A receipt that does not add up must not exist on paper. */
static bool adds_up(const struct receipt_doc *doc, struct err *err)
{
	int64_t sum = 0;

	if (doc->items < 1 || doc->items > RECEIPT_MAX_ITEMS || doc->copy < 0)
		return err_set(err, ERR_INVALID, 0,
			"receipt of %d amounts, copy %d", doc->items,
			doc->copy);
	for (int i = 0; i < doc->items; i++)
		if (doc->item[i].amount < 0 ||
			!money_add(sum, doc->item[i].amount, &sum))
			return err_set(err, ERR_INVALID, 0,
				"receipt: amount %d is beyond reason", i + 1);
	if (sum != doc->total)
		return err_set(err, ERR_INVALID, 0,
			"receipt: %" PRId64 " in all is not the total %" PRId64,
			sum, doc->total);
	return true;
}

static bool write_texts(const struct receipt_doc *doc, struct texts *t,
	struct err *err)
{
	snprintf(t->number, sizeof(t->number), "%s-%" PRIu64, doc->dev6,
		doc->seq);
	snprintf(t->shift, sizeof(t->shift), "%" PRIu64, doc->shift);
	date_time_vi(doc->t, t->time);
	period_vi(doc->period, t->period);
	money_format(doc->total, t->total);
	if (doc->copy > 0)
		snprintf(t->copy, sizeof(t->copy), "%d", doc->copy);
	for (int i = 0; i < doc->items; i++) {
		money_format(doc->item[i].amount, t->amount[i]);
		t->item[i].text[0] = doc->item[i].label;
		t->item[i].text[1] = t->amount[i];
	}
	if (!note_rows_fill(&t->note, doc->note, doc->notes, err))
		return err_wrap(err, "receipt");
	if (!words_of_amount(doc->total, doc->words, t->words))
		return err_set(err, ERR_INVALID, 0,
			"receipt: no words for %" PRId64, doc->total);
	return true;
}

static const char *flag(bool on)
{
	return on ? "1" : "";
}

bool receipt_page_from(const char *tpl, size_t len,
	const struct receipt_doc *doc, int width, struct page *out,
	struct err *err)
{
	struct texts t = {.copy = ""};
	const struct template_value value[] = {
		{"unit", doc->unit},
		{"point", doc->point},
		{"number", t.number},
		{"shift", t.shift},
		{"time", t.time},
		{"clock_unsure", flag(doc->clock_unsure)},
		{"period", t.period},
		{"name", doc->name},
		{"id", doc->masked_id},
		{"group", doc->group},
		{"address", doc->address},
		{"payee", doc->payee},
		{"relation", doc->relation},
		{"total", t.total},
		{"words", t.words},
		{"notes", flag(doc->notes > 0)},
		{"agent", doc->agent},
		{"code", doc->code},
		{"qr", doc->qr},
		{"copy", t.copy},
		{"training", flag(doc->training)},
		{"voided", flag(doc->voided)},
		{"hotline", doc->hotline},
		{"header_1", doc->header[0]},
		{"header_2", doc->header[1]},
		{"header_3", doc->header[2]},
		{"footer_1", doc->footer[0]},
		{"footer_2", doc->footer[1]},
		{"footer_3", doc->footer[2]},
	};
	const struct template_list list[] = {
		{"item", {"label", "amount"}, doc->items, t.item},
		note_rows_list(&t.note, doc->notes),
	};
	const struct template_values v = {
		.value = value,
		.values = sizeof(value) / sizeof(value[0]),
		.list = list,
		.lists = sizeof(list) / sizeof(list[0]),
	};

	page_init(out, width);
	if (!adds_up(doc, err) || !write_texts(doc, &t, err))
		return false;
	if (!template_run(tpl, len, &v, out, err))
		return err_wrap(err, "receipt");
	return true;
}

bool receipt_page(const struct receipt_doc *doc, int width, struct page *out,
	struct err *err)
{
	size_t len;
	const char *tpl = template_builtin("receipt", &len);

	if (!tpl)
		return err_set(err, ERR_INVALID, 0,
			"the receipt's template is not built in");
	return receipt_page_from(tpl, len, doc, width, out, err);
}
