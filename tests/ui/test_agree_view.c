/* Asking for consent, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/asset.h"
#include "core/codec/readout.h"
#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/agree_view.h"

enum {
	NUMBER = 58
};

static struct screens_keys show(const struct agree *a, struct canvas *c)
{
	struct screens_keys keys;

	agree_view(a, sample_info(), c);
	keys.b = agree_bindings(a, &keys.count);
	return keys;
}

static void type(struct agree *a, const char *keys)
{
	for (; *keys; keys++)
		agree_handle(a, feed_key(*keys == '\n' ? K_ACCEPT : *keys));
}

/* What holds for her; nothing but the languages if yes is 0. */
static struct agree *begin(enum consent_standing standing, unsigned yes)
{
	static struct agree a;
	struct person p = {.id = 5,
		.name = "NGUYỄN THỊ ĐẸP",
		.id12 = "001145000112",
		.birth = {1944, 9, 2}};
	struct event *ev = feed_answer(EV_CONSENT_STATE);

	memset(&a, 0, sizeof(a));
	agree_start(&a, &p);
	ev->consent_state.langs = (struct consent_langs){2, {"vi", "en"}};
	ev->consent_state.now = (struct consent_state){.standing = standing,
		.seq = NUMBER,
		.consent = NUMBER,
		.asked = CONSENT_ALL,
		.yes = yes,
		.day = standing == CONSENT_NONE ? 0 : 20261122};
	agree_handle(&a, ev);
	a.today = (struct date){2026, 11, 22};
	return &a;
}

/* The real text, as it is built in. */
static struct agree *with_text(const char *keys)
{
	static const struct readout_values values =
		{.controller = "Uỷ ban nhân dân xã Cẩm Khê",
			.address = "Thôn 1, xã Cẩm Khê, Phú Thọ",
			.phone = "0210 385 1234",
			.processor = "Bưu cục Cẩm Khê",
			.withdraw_phone = "0210 385 1234",
			.withdraw_place = "Bưu cục Cẩm Khê",
			.keep = "10 năm"};
	static struct readout r;
	struct agree *a = begin(CONSENT_NONE, 0);
	struct event *ev;

	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, "assets/texts/consent-vi-1.txt") ==
			0)
			readout_fill((const char *)assets[i].data,
				assets[i].size, &values, &r, NULL);
	type(a, "11");
	ev = feed_answer(EV_CONSENT_TEXT);
	str_copy(ev->consent_text.name, sizeof(ev->consent_text.name), r.name);
	memcpy(ev->consent_text.text, r.text, r.len);
	ev->consent_text.len = r.len;
	agree_handle(a, ev);
	assert_int_equal(a->step, AGREE_TEXT);
	type(a, keys);
	return a;
}

/* To the end of it, and on. */
static struct agree *read_out(const char *keys)
{
	struct agree *a = with_text("");

	for (int i = 0; a->step == AGREE_TEXT && i < AGREE_PARTS; i++)
		type(a, ".");
	assert_int_equal(a->step, AGREE_END);
	type(a, keys);
	return a;
}

static struct agree *noted(const char *keys)
{
	struct agree *a = read_out(keys);
	struct event *ev = feed_answer(EV_CONSENT);

	ev->consent.seq = NUMBER;
	str_copy(ev->consent.code, sizeof(ev->consent.code),
		"129S-RZCJ-BYD8-9");
	agree_handle(a, ev);
	assert_int_equal(a->step, AGREE_PRINTING);
	return a;
}

static struct agree *slip(enum print_state state, bool no_printer)
{
	struct agree *a = noted("111111121");
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.test = true;
	ev->print.seq = NUMBER;
	ev->print.state = state;
	ev->print.no_printer = no_printer;
	ev->print.trouble = PAPER_OUT;
	agree_handle(a, ev);
	assert_int_equal(a->step, AGREE_DONE);
	return a;
}

#define SCREEN(name, expr)                                \
	static struct screens_keys name(struct canvas *c) \
	{                                                 \
		return show(expr, c);                     \
	}
SCREEN(never, begin(CONSENT_NONE, 0))
SCREEN(given, begin(CONSENT_GIVEN, CONSENT_PAYOUT | CONSENT_SHARE))
SCREEN(first, with_text(""))
SCREEN(data, with_text("...."))
SCREEN(end, read_out(""))
SCREEN(purpose, read_out("1"))
SCREEN(longest, read_out("12"))
SCREEN(who, read_out("11111"))
SCREEN(name, read_out("111113nguyeenx"))
SCREEN(number, read_out("111113An\n00114"))
SCREEN(paper, read_out("111113An\n\nQD 12"))
SCREEN(until, read_out("111114An\n\nUQ 12\n"))
SCREEN(relation, read_out("111113An\n\nQD 12\n"))
SCREEN(how, read_out("111111"))
SCREEN(typed, read_out("1111113c"))
SCREEN(witness, read_out("1111112"))
SCREEN(copy, read_out("1111111"))
SCREEN(sure, read_out("11211112"))
SCREEN(writing, read_out("111111121"))
SCREEN(printing, noted("111111121"))
SCREEN(printed, slip(PRINT_PRINTED, false))
SCREEN(no_paper, slip(PRINT_FAILED, false))
SCREEN(no_printer, slip(PRINT_NONE, true))
SCREEN(reason, with_text("9"))
SCREEN(refused, with_text("911"))

static struct agree *held(const char *keys)
{
	struct agree *a = begin(CONSENT_GIVEN, CONSENT_ALL);

	type(a, keys);
	return a;
}
SCREEN(left, held("2"))
SCREEN(channel, held("21212"))
SCREEN(withdrawn, held("2121211"))

SCREEN(asks, held("5"))
SCREEN(words, held("52"))
SCREEN(request, held("52Sai nam sinh\n"))

static struct agree *asked(void)
{
	struct agree *a = begin(CONSENT_NONE, 0);

	type(a, "1");
	return a;
}
SCREEN(lang, asked())

static struct agree *child(void)
{
	struct agree *a = read_out("11111");

	a->birth = (struct date){2016, 1, 1};
	type(a, "1");
	return a;
}
SCREEN(minor, child())

static const struct screens_state states[] = {
	{"never", never, false},
	{"given", given, true},
	{"lang", lang, false},
	{"first", first, false},
	{"data", data, true},
	{"end", end, false},
	{"purpose", purpose, true},
	{"longest", longest, false},
	{"who", who, false},
	{"minor", minor, false},
	{"name", name, false},
	{"number", number, false},
	{"paper", paper, false},
	{"until", until, false},
	{"relation", relation, false},
	{"how", how, false},
	{"typed", typed, false},
	{"witness", witness, false},
	{"copy", copy, false},
	{"sure", sure, true},
	{"writing", writing, false},
	{"printing", printing, false},
	{"printed", printed, false},
	{"no_paper", no_paper, false},
	{"no_printer", no_printer, false},
	{"reason", reason, false},
	{"refused", refused, false},
	{"left", left, false},
	{"channel", channel, false},
	{"withdrawn", withdrawn, true},
	{"asks", asks, false},
	{"words", words, false},
	{"request", request, false},
};

int main(void)
{
	return screens_run("agree", states, COUNT_OF(states));
}
