#include "terminal/app/handover_doc.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/template.h"
#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "terminal/flows/pay_text.h"

int handover_doc_slips(const struct handover_shown *h)
{
	return marks_pieces(h->len, MARKS_ON_PAPER);
}

static void short_id(const uint8_t dev[MARKS_DEV_SIZE],
	char out[HANDOVER_SHORT_SIZE])
{
	str_to_hex(dev, (HANDOVER_SHORT_SIZE - 1) / 2, out);
}

bool handover_job_make(const struct db_info *info,
	const struct handover_shown *h, const struct person *who, int i,
	int width, struct receipt_job *out, struct err *err)
{
	static const struct escpos_how raster = {.letters = ESCPOS_RASTER};
	char text[MARKS_TEXT_SIZE];
	char number[16];
	char all[16] = "";
	char from[HANDOVER_SHORT_SIZE];
	char to[HANDOVER_SHORT_SIZE];
	char id[16];
	char amount[MONEY_TEXT_SIZE];
	char at[DATE_TEXT_SIZE];
	size_t len;
	const char *tpl = template_builtin("handover", &len);
	const struct template_value value[] = {
		{"unit", info->unit},
		{"point", info->name},
		{"number", number},
		{"all", all},
		{"name", who->name},
		{"id", id},
		{"amount", amount},
		{"from", from},
		{"to", to},
		{"at", at},
		{"qr", text},
		{"training", info->demo ? "1" : ""},
	};
	const struct template_values v = {.value = value,
		.values = sizeof(value) / sizeof(value[0])};

	release_piece_text(h->bytes, h->len, MARKS_ON_PAPER, i, text);
	snprintf(number, sizeof(number), "%d", i + 1);
	if (handover_doc_slips(h) > 1)
		snprintf(all, sizeof(all), "%d", handover_doc_slips(h));
	short_id(h->message.from, from);
	short_id(h->message.to, to);
	pay_masked_id(who->id12[0] ? who->id12 : who->old_id, id);
	money_format(h->amount, amount);
	date_time_vi(h->message.t, at);
	out->width = width;
	out->test = true; /* seq is no payment's */
	out->len = 0;
	page_init(&out->page, width);
	if (!template_run(tpl, len, &v, &out->page, err))
		return err_wrap(err, "hand-over");
	return receipt_job_encode(out, &raster, err) ||
	       err_wrap(err, "hand-over");
}
