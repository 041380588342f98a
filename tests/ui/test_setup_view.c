/* The settings of a terminal on the screen. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/setup_view.h"

static struct screens_keys show(const struct setup *s, struct canvas *c)
{
	struct screens_keys keys;

	setup_view(s, sample_info(), c);
	keys.b = setup_bindings(s, &keys.count);
	return keys;
}

static void put(struct event *ev, const char *key, const char *value)
{
	for (int i = 0; i < setting_count(); i++)
		if (strcmp(setting_at(i)->key, key) == 0)
			str_copy(ev->settings.value[i], SETTING_SIZE, value);
}

static struct event *told(void)
{
	struct event *ev = feed_answer(EV_SETTINGS);

	memset(&ev->settings, 0, sizeof(ev->settings));
	put(ev, "width", "58");
	put(ev, "theme", "contrast");
	put(ev, "header_1", "TỔNG CÔNG TY BƯU ĐIỆN VIỆT NAM");
	put(ev, "controller", "Sở Nội vụ tỉnh Phú Thọ");
	str_copy(ev->settings.name, sizeof(ev->settings.name),
		"Bưu cục Cẩm Khê");
	str_copy(ev->settings.point, sizeof(ev->settings.point), "PT-CK-01");
	str_copy(ev->settings.unit, sizeof(ev->settings.unit),
		"Bưu điện tỉnh Phú Thọ");
	str_copy(ev->settings.dev_hex, sizeof(ev->settings.dev_hex),
		"b7f2c1a0a1a2a3a4a5a6a7a8a9aaabac");
	ev->settings.peers = 3;
	for (int i = 0; i < 3; i++) {
		memset(ev->settings.peer[i].dev, 0x1a + 0x33 * i,
			sizeof(ev->settings.peer[i].dev));
		memset(ev->settings.peer[i].public, 0xc4 - 0x2b * i,
			sizeof(ev->settings.peer[i].public));
	}
	return ev;
}

static struct screens_keys after(const char *keys, struct canvas *c)
{
	static struct setup s;

	setup_start(&s);
	for (; *keys; keys++)
		if (*keys == '!')
			setup_handle(&s, told());
		else
			setup_handle(&s, feed_key(*keys));
	return show(&s, c);
}

static struct screens_keys menu(struct canvas *c)
{
	return after("", c);
}

static struct screens_keys printer(struct canvas *c)
{
	return after("1!", c);
}

static struct screens_keys receipt(struct canvas *c)
{
	return after("2!", c);
}

static struct screens_keys scanner(struct canvas *c)
{
	return after("3!", c);
}

static struct screens_keys screen(struct canvas *c)
{
	return after("4!", c);
}

static struct screens_keys consent(struct canvas *c)
{
	return after("5!", c);
}

static struct screens_keys reports(struct canvas *c)
{
	return after("9!", c);
}

static struct screens_keys terminal(struct canvas *c)
{
	return after("6!", c);
}

static struct screens_keys office(struct canvas *c)
{
	return after("8!", c);
}

static struct screens_keys out_why(struct canvas *c)
{
	return after("8!2", c);
}

static struct screens_keys out_sure(struct canvas *c)
{
	return after("8!21", c);
}

static struct screens_keys choose(struct canvas *c)
{
	return after("1!2", c);
}

static struct screens_keys choose_many(struct canvas *c)
{
	return after("3!3", c);
}

static struct screens_keys type_words(struct canvas *c)
{
	return after("2!1", c);
}

static struct screens_keys type_number(struct canvas *c)
{
	return after("4!3", c);
}

static struct screens_keys asked(struct canvas *c)
{
	return after("1", c);
}

static struct screens_keys sample(struct canvas *c)
{
	static struct setup s;
	struct event *ev;

	setup_start(&s);
	setup_handle(&s, feed_key('2'));
	setup_handle(&s, told());
	setup_handle(&s, feed_key('9'));
	ev = feed_answer(EV_SAMPLE);
	str_copy(ev->sample, sizeof(ev->sample),
		"      Bưu điện tỉnh Phú Thọ\n   TỔNG CÔNG TY BƯU ĐIỆN VIỆT"
		" NAM\n\n       BIÊN NHẬN\n        CHI TRẢ\n");
	setup_handle(&s, ev);
	return show(&s, c);
}

static const struct screens_state states[] = {
	{"menu", menu, true},
	{"printer", printer, false},
	{"receipt", receipt, false},
	{"scanner", scanner, false},
	{"screen", screen, false},
	{"consent", consent, false},
	{"reports", reports, false},
	{"terminal", terminal, false},
	{"office", office, false},
	{"out_why", out_why, false},
	{"out_sure", out_sure, false},
	{"choose", choose, false},
	{"choose_many", choose_many, false},
	{"type_words", type_words, false},
	{"type_number", type_number, false},
	{"asked", asked, false},
	{"sample", sample, false},
};

int main(void)
{
	return screens_run("setup", states, COUNT_OF(states));
}
