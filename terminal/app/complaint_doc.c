#include "terminal/app/complaint_doc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/template.h"
#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/complain.h"

void complaint_number(const struct db_info *info, const struct complaint *c,
	char out[COMPLAINT_NUMBER_SIZE])
{
	snprintf(out, COMPLAINT_NUMBER_SIZE, "%.6s-%" PRIu64, info->dev_hex,
		c->seq);
}

static bool make_page(const struct db_info *info, const void *what,
	struct page *page, struct err *err)
{
	const struct complaint *c = what;
	char number[COMPLAINT_NUMBER_SIZE];
	char at[DATE_TEXT_SIZE];
	char actor[DB_NAME_SIZE + 32];
	char amount[MONEY_TEXT_SIZE];
	size_t len;
	const char *tpl = template_builtin("complaint", &len);
	const struct template_value value[] = {
		{"unit", info->unit},
		{"point", info->name},
		{"number", number},
		{"at", at},
		{"actor", actor},
		{"code", c->code},
		{"amount", amount},
		{"reason", complain_reason_text(c->reason)},
		{"training", info->demo ? "1" : ""},
	};
	const struct template_values v = {.value = value,
		.values = sizeof(value) / sizeof(value[0])};

	complaint_number(info, c, number);
	snprintf(actor, sizeof(actor), "%.*s (số %lld)", 100, c->actor_name,
		(long long)c->actor);
	date_time_vi(c->t, at);
	money_format(c->amount, amount);
	return template_run(tpl, len, &v, page, err);
}

bool complaint_job_make(const struct db_info *info, const struct complaint *c,
	int width, struct receipt_job *out, struct err *err)
{
	return receipt_job_say(info, make_page, c, "complaint", width, out,
		err);
}
