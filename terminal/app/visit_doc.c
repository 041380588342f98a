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

struct said {
	const struct visit *visit;
	const char *name;
};

static bool make_page(const struct db_info *info, const void *what,
	struct page *page, struct err *err)
{
	const struct said *said = what;
	const struct visit *v = said->visit;
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
		{"name", said->name},
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
	const struct said what = {.visit = v, .name = name};

	return receipt_job_say(info, make_page, &what, "visit", width, out,
		err);
}
