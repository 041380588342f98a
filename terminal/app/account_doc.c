#include "terminal/app/account_doc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/template.h"
#include "core/date.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/enrol.h"

void account_number(const struct db_info *info, const struct account_held *a,
	char out[ACCOUNT_NUMBER_TEXT_SIZE])
{
	snprintf(out, ACCOUNT_NUMBER_TEXT_SIZE, "%.6s-%" PRIu64, info->dev_hex,
		a->seq);
}

static bool make_page(const struct db_info *info, const void *what,
	struct page *page, struct err *err)
{
	const struct account_held *a = what;
	char number[ACCOUNT_NUMBER_TEXT_SIZE];
	char at[DATE_TEXT_SIZE];
	char actor[DB_NAME_SIZE + 32];
	char provider[ACCOUNT_TITLE_SIZE] = "";
	char figures[ACCOUNT_NUMBER_SIZE * 2];
	char planned[DATE_TEXT_SIZE];
	size_t len;
	const char *tpl = template_builtin("account", &len);
	const struct template_value value[] = {
		{"unit", info->unit},
		{"point", info->name},
		{"number", number},
		{"at", at},
		{"actor", actor},
		{"name", a->name},
		{"bank", provider},
		{"account", enrol_grouped(a->account.number, figures)},
		{"holder", a->holder},
		{"owner", a->owner},
		{"whose", a->whose == PAYEE_SELF ? ""
						 : enrol_whose_text(a->whose)},
		{"planned", a->kind == ACCOUNT_PLANNED ? "1" : ""},
		{"day", date_vi(a->planned_on, planned)},
		{"training", info->demo ? "1" : ""},
	};
	const struct template_values v = {.value = value,
		.values = sizeof(value) / sizeof(value[0])};

	account_number(info, a, number);
	snprintf(actor, sizeof(actor), "%.*s (số %lld)", 100, a->actor_name,
		(long long)a->actor);
	date_time_vi(a->t, at);
	if (a->account.bin[0])
		account_provider(&a->account, provider);
	return template_run(tpl, len, &v, page, err);
}

bool account_job_make(const struct db_info *info, const struct account_held *a,
	int width, struct receipt_job *out, struct err *err)
{
	return receipt_job_say(info, make_page, a, "account", width, out, err);
}
