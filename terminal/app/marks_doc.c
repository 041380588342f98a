#include "terminal/app/marks_doc.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/template.h"
#include "core/date.h"
#include "core/money.h"

int marks_doc_slips(const struct elsewhere_shown *e)
{
	return marks_pieces(e->len, MARKS_ON_PAPER);
}

/* One slip of them. */
struct part {
	const struct elsewhere_shown *of;
	int i;
};

static bool make_page(const struct db_info *info, const void *what,
	struct page *page, struct err *err)
{
	const struct part *part = what;
	const struct elsewhere_shown *e = part->of;
	const int i = part->i;
	char text[MARKS_TEXT_SIZE];
	char number[16];
	char all[16];
	char device[8];
	char period[16];
	char paid[MONEY_TEXT_SIZE];
	char count[MONEY_TEXT_SIZE];
	char at[DATE_TEXT_SIZE];
	size_t len;
	const char *tpl = template_builtin("marks", &len);
	const struct template_value value[] = {
		{"unit", info->unit},
		{"point", info->name},
		{"number", number},
		{"all", all},
		{"device", device},
		{"period", period},
		{"paid", paid},
		{"count", count},
		{"at", at},
		{"qr", text},
		{"training", info->demo ? "1" : ""},
	};
	const struct template_values v = {.value = value,
		.values = sizeof(value) / sizeof(value[0])};

	marks_piece_text(e->bytes, e->len, MARKS_ON_PAPER, i, text);
	snprintf(number, sizeof(number), "%d", i + 1);
	snprintf(all, sizeof(all), "%d", marks_doc_slips(e));
	snprintf(device, sizeof(device), "%.6s", info->dev_hex);
	snprintf(period, sizeof(period), "%02d/%d", e->period % 100,
		e->period / 100);
	money_format(e->paid, paid);
	money_format(e->head.count, count);
	date_time_vi(e->head.t, at);
	return template_run(tpl, len, &v, page, err);
}

bool marks_job_make(const struct db_info *info, const struct elsewhere_shown *e,
	int i, int width, struct receipt_job *out, struct err *err)
{
	const struct part what = {.of = e, .i = i};

	return receipt_job_say(info, make_page, &what, "paid marks", width, out,
		err);
}
