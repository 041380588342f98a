#include "terminal/app/visit_doc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/template.h"
#include "core/date.h"
#include "core/tr.h"
#include "terminal/flows/visit.h"

enum {
	NUMBER_SIZE = 32
};

static bool make_page(const struct db_info *info, const struct visit *v,
	const char *name, struct page *page, struct err *err)
{
	char number[NUMBER_SIZE];
	char at[DATE_TEXT_SIZE];
	char day[VISIT_TEXT_SIZE];
	char actor[DB_NAME_SIZE + 32];
	size_t len;
	const char *tpl = template_builtin("visit", &len);
	const struct template_value value[] = {
		{"unit", info->unit},
		{"point", info->name},
		{"number", number},
		{"name", name},
		{"day", day},
		{"at", at},
		{"actor", actor},
		{"training", info->demo ? "1" : ""},
	};
	const struct template_values values = {.value = value,
		.values = sizeof(value) / sizeof(value[0])};

	snprintf(number, sizeof(number), "%.6s-%" PRIu64, info->dev_hex,
		v->seq);
	snprintf(actor, sizeof(actor), "%.*s (số %lld)", 100, v->actor_name,
		(long long)v->actor);
	date_time_vi(v->t, at);
	visit_date_text(v->next, day);
	return template_run(tpl, len, &values, page, err);
}

bool visit_job_make(const struct db_info *info, const struct visit *v,
	const char *name, int width, struct receipt_job *out, struct err *err)
{
	static const struct escpos_how raster = {.letters = ESCPOS_RASTER};
	/* The screen may speak English just now; paper never does. */
	const bool english = strcmp(tr_lang(), "vi") != 0;
	bool ok;

	out->width = width;
	out->test = true; /* of no payment's record */
	out->len = 0;
	page_init(&out->page, width);
	tr_set_lang("vi");
	ok = make_page(info, v, name, &out->page, err) &&
	     receipt_job_encode(out, &raster, err);
	if (english)
		tr_set_lang("en");
	return ok || err_wrap(err, "visit");
}
