#include "terminal/app/seed_doc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/template.h"
#include "core/date.h"
#include "core/str.h"
#include "terminal/flows/sample_text.h"

enum {
	NUMBER_SIZE = 32,
	HALF = SAMPLE_SEED_TEXT / 2
};

static bool make_page(const struct db_info *info, const void *what,
	struct page *page, struct err *err)
{
	const struct seed_doc *d = what;
	char number[NUMBER_SIZE];
	char at[DATE_TEXT_SIZE];
	char actor[DB_NAME_SIZE + 32];
	char count[NUMBER_SIZE];
	char range[2 * NUMBER_SIZE];
	char seed[SAMPLE_SEED_TEXT];
	char first[HALF + 1];
	size_t len;
	const char *tpl = template_builtin("seed", &len);
	const struct template_value value[] = {
		{"unit", info->unit},
		{"point", info->name},
		{"number", number},
		{"at", at},
		{"actor", actor},
		{"count", count},
		{"range", range},
		{"first", first},
		{"second", seed + HALF},
		{"again", d->again ? "1" : ""},
		{"training", info->demo ? "1" : ""},
	};
	const struct template_values v = {.value = value,
		.values = sizeof(value) / sizeof(value[0])};

	snprintf(number, sizeof(number), "%.6s-%" PRIu64, info->dev_hex,
		d->s.seq);
	snprintf(actor, sizeof(actor), "%.*s (số %lld)", 100, d->s.actor_name,
		(long long)d->s.actor);
	snprintf(count, sizeof(count), "%lld", (long long)d->s.count);
	snprintf(range, sizeof(range), "%" PRIu64 " đến %" PRIu64, d->s.first,
		d->s.last);
	date_time_vi(d->s.t, at);
	sample_seed_text(d->s.seed, seed);
	/* Four groups and the blank behind them. */
	str_copy(first, HALF, seed);
	return template_run(tpl, len, &v, page, err);
}

bool seed_job_make(const struct db_info *info, const struct seed_doc *d,
	int width, struct receipt_job *out, struct err *err)
{
	return receipt_job_say(info, make_page, d, "seed", width, out, err);
}
