/* slip.c - values of a closed shift, as texts, into the slip's template. */
#include "core/codec/slip.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/codec/note_rows.h"
#include "core/codec/template.h"
#include "core/date.h"
#include "core/money.h"

/* Texts of the numbers of a slip; the others are pointed at. */
struct texts {
	char number[32];
	char shift[24];
	char opened[DATE_TEXT_SIZE];
	char closed[DATE_TEXT_SIZE];
	char payouts[MONEY_TEXT_SIZE];
	char float_in[MONEY_TEXT_SIZE];
	char paid[MONEY_TEXT_SIZE];
	char float_out[MONEY_TEXT_SIZE];
	char expected[MONEY_TEXT_SIZE];
	char counted[MONEY_TEXT_SIZE];
	char over[MONEY_TEXT_SIZE];    /* "" unless more than expected */
	char missing[MONEY_TEXT_SIZE]; /* "" unless less */
	char words[WORDS_SIZE];
	char copy[16];
	struct note_rows note;
};

static void write_money(const struct slip_doc *doc, struct texts *t)
{
	const int64_t difference = doc->counted - doc->expected;

	money_format(doc->payouts, t->payouts);
	money_format(doc->float_in, t->float_in);
	money_format(doc->paid, t->paid);
	money_format(doc->float_out, t->float_out);
	money_format(doc->expected, t->expected);
	money_format(doc->counted, t->counted);
	if (difference > 0)
		money_format(difference, t->over);
	if (difference < 0)
		money_format(-difference, t->missing);
}

static bool write_texts(const struct slip_doc *doc, struct texts *t,
	struct err *err)
{
	if (doc->expected < 0 || doc->expected > MONEY_MAX ||
		!words_of_amount(doc->counted, doc->words, t->words))
		return err_set(err, ERR_INVALID, 0, "slip: cash beyond reason");
	if (!note_rows_fill(&t->note, doc->note, doc->notes, err))
		return err_wrap(err, "slip");
	if (t->note.sum != doc->counted)
		return err_set(err, ERR_INVALID, 0,
			"slip: notes of %" PRId64 " are not the %" PRId64
			" counted",
			t->note.sum, doc->counted);
	snprintf(t->number, sizeof(t->number), "%s-%" PRIu64, doc->dev6,
		doc->seq);
	snprintf(t->shift, sizeof(t->shift), "%" PRIu64, doc->shift);
	date_time_vi(doc->opened_at, t->opened);
	date_time_vi(doc->closed_at, t->closed);
	if (doc->copy > 0)
		snprintf(t->copy, sizeof(t->copy), "%d", doc->copy);
	write_money(doc, t);
	return true;
}

bool slip_page_from(const char *tpl, size_t len, const struct slip_doc *doc,
	int width, struct page *out, struct err *err)
{
	struct texts t = {.copy = ""};
	const struct template_value value[] = {
		{"unit", doc->unit},
		{"point", doc->point},
		{"number", t.number},
		{"shift", t.shift},
		{"opened", t.opened},
		{"closed", t.closed},
		{"clock_unsure", doc->clock_unsure ? "1" : ""},
		{"agent", doc->agent},
		{"payouts", t.payouts},
		{"float_in", t.float_in},
		{"paid", t.paid},
		{"float_out", t.float_out},
		{"expected", t.expected},
		{"counted", t.counted},
		{"over", t.over},
		{"missing", t.missing},
		{"differs", doc->differs},
		{"reason", doc->reason},
		{"second", doc->second},
		{"stand_in", doc->stand_in},
		{"words", t.words},
		{"code", doc->code},
		{"qr", doc->qr},
		{"copy", t.copy},
		{"training", doc->training ? "1" : ""},
	};
	const struct template_list list = note_rows_list(&t.note, doc->notes);
	const struct template_values v = {
		.value = value,
		.values = sizeof(value) / sizeof(value[0]),
		.list = &list,
		.lists = 1,
	};

	page_init(out, width);
	if (!write_texts(doc, &t, err))
		return false;
	if (!template_run(tpl, len, &v, out, err))
		return err_wrap(err, "slip");
	return true;
}

bool slip_page(const struct slip_doc *doc, int width, struct page *out,
	struct err *err)
{
	size_t len;
	const char *tpl = template_builtin("slip", &len);

	if (!tpl)
		return err_set(err, ERR_INVALID, 0,
			"the slip's template is not built in");
	return slip_page_from(tpl, len, doc, width, out, err);
}
