#include "terminal/app/consent_doc.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/template.h"
#include "core/date.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/agree.h"
#include "terminal/flows/pay_text.h"

enum {
	MASKED_SIZE = 32,
	SUM_SIZE = 24, /* of the hash, in hex: enough to know it by */
	PERSON_SIZE = DB_NAME_SIZE + 32
};

/* The texts of a slip; "" leaves its lines out. */
struct words {
	char number[CONSENT_NUMBER_SIZE];
	char at[DATE_TEXT_SIZE];
	char actor[PERSON_SIZE];
	char masked[MASKED_SIZE];
	char party_masked[MASKED_SIZE];
	char witness_masked[MASKED_SIZE];
	char until[DATE_TEXT_SIZE];
	char sum[SUM_SIZE];
	char copy[16];
	struct template_row purpose[CONSENT_PURPOSES];
	int purposes;
};

void consent_number(const struct db_info *info, uint64_t seq,
	char out[CONSENT_NUMBER_SIZE])
{
	snprintf(out, CONSENT_NUMBER_SIZE, "%.6s-%" PRIu64, info->dev_hex, seq);
}

static void say_day(int32_t day, char out[DATE_TEXT_SIZE])
{
	struct date d = {0};

	out[0] = '\0';
	if (day > 0 && date_make(day / 10000, day / 100 % 100, day % 100, &d))
		date_vi(d, out);
}

static void say_purposes(const struct consent *c, struct words *w)
{
	const bool back = c->kind == CONSENT_IS_WITHDRAWN;

	for (int i = 0; i < CONSENT_PURPOSES; i++) {
		const unsigned bit = 1U << i;
		const char *yes = back ? "[GIỮ]" : "[CÓ]";
		const char *no = back ? "[RÚT LẠI]" : "[KHÔNG]";

		if (c->asked & bit)
			w->purpose[w->purposes++] =
				(struct template_row){{c->yes & bit ? yes : no,
					agree_purpose_text(i)}};
	}
}

static void fill(const struct db_info *info, const struct consent_slip *s,
	struct words *w)
{
	const struct consent *c = s->consent;
	char hex[2 * CRYPTO_HASH_SIZE + 1];

	memset(w, 0, sizeof(*w));
	consent_number(info, c->seq, w->number);
	date_time_vi(c->t, w->at);
	snprintf(w->actor, sizeof(w->actor), "%.*s (số %lld)", 100,
		c->actor_name, (long long)c->actor);
	pay_masked_id(s->person->id12[0] ? s->person->id12 : s->person->old_id,
		w->masked);
	pay_masked_id(c->party.id, w->party_masked);
	pay_masked_id(c->proof.witness_id, w->witness_masked);
	say_day(c->until, w->until);
	str_to_hex(c->sum, sizeof(c->sum), hex);
	str_copy(w->sum, 17, hex);
	if (s->copy > 0)
		snprintf(w->copy, sizeof(w->copy), "%d", s->copy);
	say_purposes(c, w);
}

static const char *title(const struct consent *c)
{
	switch (c->kind) {
	case CONSENT_IS_REFUSED:
		return "PHIẾU GHI TỪ CHỐI";
	case CONSENT_IS_WITHDRAWN:
		return "RÚT LẠI ĐỒNG Ý";
	case CONSENT_IS_GIVEN:
		break;
	}
	return "PHIẾU ĐỒNG Ý";
}

static const char *reason(const struct consent *c)
{
	if (c->kind == CONSENT_IS_REFUSED)
		return agree_reason_text((enum consent_refusal)c->reason);
	if (c->kind == CONSENT_IS_WITHDRAWN)
		return agree_channel_text((enum consent_channel)c->reason);
	return "";
}

static bool make_page(const struct db_info *info, const void *what,
	struct page *page, struct err *err)
{
	const struct consent_slip *s = what;
	const struct consent *c = s->consent;
	const bool thumb = c->proof.how == CONSENT_HOW_THUMBPRINT;
	struct words w;
	size_t len;
	const char *tpl = template_builtin("consent", &len);
	const struct template_value value[] = {
		{"unit", info->unit},
		{"point", info->name},
		{"title", title(c)},
		{"number", w.number},
		{"at", w.at},
		{"actor", w.actor},
		{"name", s->person->name},
		{"masked", w.masked},
		{"party", c->party.name},
		{"by", agree_by_text(c->party.by)},
		{"party_id", w.party_masked},
		{"paper", c->party.paper},
		{"relation", pay_relation_text(c->party.relation)},
		{"given", c->kind == CONSENT_IS_GIVEN ? "1" : ""},
		{"refused", c->kind == CONSENT_IS_REFUSED ? "1" : ""},
		{"withdrawn", c->kind == CONSENT_IS_WITHDRAWN ? "1" : ""},
		{"read", c->proof.read_aloud ? "1" : ""},
		{"until", w.until},
		{"reason", reason(c)},
		{"notice", c->notice},
		{"sum", w.sum},
		{"code", c->code},
		{"qr", c->qr},
		{"withdraw", s->values->withdraw_phone},
		{"phone", s->values->withdraw_phone},
		{"place", s->values->withdraw_place},
		{"thumb", thumb ? "1" : ""},
		{"witness", c->proof.witness_name},
		{"witness_id", w.witness_masked},
		{"copy", w.copy},
		{"training", info->demo ? "1" : ""},
	};
	struct template_list list = {"purpose", {"answer", "text"}, 0,
		w.purpose};
	const struct template_values v = {.value = value,
		.values = sizeof(value) / sizeof(value[0]),
		.list = &list,
		.lists = 1};

	fill(info, s, &w);
	list.rows = w.purposes;
	return template_run(tpl, len, &v, page, err);
}

bool consent_job_make(const struct db_info *info, const struct consent_slip *s,
	int width, struct receipt_job *out, struct err *err)
{
	return receipt_job_say(info, make_page, s, "consent", width, out, err);
}

/* Each line of the text as a paragraph; empty ones are room. */
static void add_text(struct page *page, const char *text, size_t len)
{
	char line[TEMPLATE_TEXT_SIZE];

	for (size_t at = 0; at < len;) {
		const char *end = memchr(text + at, '\n', len - at);
		const size_t n = end ? (size_t)(end - text) - at : len - at;

		if (n == 0) {
			page_add_space(page, 8);
		} else {
			snprintf(line, sizeof(line), "%.*s", (int)n, text + at);
			page_add_text(page, PAGE_LEFT, at == 0, false, line);
		}
		at += n + 1;
	}
}

struct whole {
	const struct consent *consent;
	const char *text;
	size_t len;
};

static bool text_page(const struct db_info *info, const void *what,
	struct page *page, struct err *err)
{
	const struct whole *w = what;
	char number[CONSENT_NUMBER_SIZE];

	if (info->demo)
		page_add_mark(page, "TẬP HUẤN");
	consent_number(info, w->consent->seq, number);
	page_add_pair(page, true, "Toàn văn, phiếu số", number);
	page_add_pair(page, false, "Mã", w->consent->code);
	page_add_rule(page);
	add_text(page, w->text, w->len);
	page_add_space(page, 24);
	page_add_cut(page);
	return !page->full || err_set(err, ERR_INVALID, 0,
				      "the text has more lines than a page");
}

bool consent_text_job(const struct db_info *info, const struct consent *c,
	const char *text, size_t len, int width, struct receipt_job *out,
	struct err *err)
{
	const struct whole what = {.consent = c, .text = text, .len = len};

	return receipt_job_say(info, text_page, &what, "text of a consent",
		width, out, err);
}
