#include "terminal/app/selftest_doc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/template.h"
#include "core/date.h"
#include "core/tr.h"

static bool make_page(const struct selftest_doc *doc, int width,
	struct page *page, struct err *err)
{
	struct template_row rows[SELFTEST_ROWS];
	char at[DATE_TEXT_SIZE];
	char device[8];
	bool good = true;
	size_t len;
	const char *tpl = template_builtin("selftest", &len);

	for (int i = 0; i < doc->rows; i++) {
		const struct selftest_row *r = &doc->row[i];

		good = good && r->good;
		rows[i] = (struct template_row){
			{r->name, r->good ? tr("[GOOD]") : tr("[BAD] "),
				*r->detail ? r->detail : tr("nothing wrong")}};
	}
	date_time_vi(doc->at, at);
	snprintf(device, sizeof(device), "%.6s", doc->info->dev_hex);
	const struct template_value value[] = {
		{"unit", doc->info->unit},
		{"point", doc->info->name},
		{"device", device},
		{"at", at},
		{"head", doc->head},
		{"good", good ? "1" : ""},
		{"training", doc->info->demo ? "1" : ""},
	};
	const struct template_list list = {.name = "check",
		.column = {"name", "state", "detail"},
		.rows = doc->rows,
		.row = rows};
	const struct template_values v = {.value = value,
		.values = sizeof(value) / sizeof(value[0]),
		.list = &list,
		.lists = 1};

	page_init(page, width);
	return template_run(tpl, len, &v, page, err);
}

bool selftest_job_make(const struct selftest_doc *doc, int width,
	struct receipt_job *out, struct err *err)
{
	struct page *page = calloc(1, sizeof(*page));
	bool ok;

	memset(out, 0, sizeof(*out));
	out->width = width;
	if (!page)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a slip");
	ok = make_page(doc, width, page, err) &&
	     escpos_encode(page, out->bytes, sizeof(out->bytes), &out->len,
		     err);
	free(page);
	return ok || err_wrap(err, "self-test slip");
}
