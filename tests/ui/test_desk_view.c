/*
 * The desk's own way through the screens, one event after the other: which
 * view is drawn, what the header takes from the desk, what is parked.
 */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/desk_view.h"

static struct screens_keys show(const struct desk *d, struct canvas *c)
{
	struct screens_keys keys;

	desk_view(d, c);
	keys.b = desk_bindings(d, &keys.count);
	return keys;
}

static struct desk *fresh(void)
{
	static struct desk d;
	struct desk_info info = {.point = "Bưu cục Cẩm Khê · quầy 2"};
	struct event *ev;

	desk_init(&d, &info);
	ev = feed_answer(EV_TICK);
	ev->now = SAMPLE_NOW;
	desk_handle(&d, ev);
	ev = feed_answer(EV_STATUS);
	ev->status = *sample_status();
	desk_handle(&d, ev);
	return &d;
}

static void type(struct desk *d, const char *keys)
{
	for (; *keys; keys++)
		desk_handle(d, feed_key(*keys == '\n' ? K_ACCEPT
						      : (unsigned char)*keys));
}

/* Signed in, nothing left open, the shift is one's own. */
static struct desk *idle_desk(void)
{
	struct desk *d = fresh();
	struct event *ev;

	type(d, "7\n246810\n");
	ev = feed_answer(EV_SIGNED_IN);
	ev->user.number = 7;
	ev->user.role = ROLE_AGENT;
	str_copy(ev->user.name, sizeof(ev->user.name), "Lan");
	ev->typing = TELEX_TELEX;
	desk_handle(d, ev);
	desk_handle(d, feed_answer(EV_NO_OPEN_PAYOUT));
	ev = feed_answer(EV_SHIFT);
	ev->shift = sample_status()->shift;
	desk_handle(d, ev);
	assert_int_equal(desk_place(d), DESK_IDLE);
	return d;
}

static void scan(struct desk *d, const char *text)
{
	struct event *ev = feed_answer(EV_SCAN);

	ev->scan.len = strlen(text);
	memcpy(ev->scan.bytes, text, ev->scan.len);
	desk_handle(d, ev);
}

static const char card[] = "025144004578|131234567|Nguyễn Thị Đẹp|02091944|Nữ|"
			   "Thôn 3, Cẩm Khê, Phú Thọ|14032022";
static const char other_card[] = "025050001111||Trần Văn Ba|01011950|Nam|"
				 "Thôn 5, Cẩm Khê, Phú Thọ|14032022";

static struct desk *checked_desk(void)
{
	struct desk *d = idle_desk();
	struct person_due due;

	scan(d, card);
	sample_due(&due);
	desk_handle(d, feed_person(&due));
	assert_int_equal(desk_place(d), DESK_CHECK);
	return d;
}

static struct desk *paid_desk(void)
{
	struct desk *d = checked_desk();
	struct payout payout;

	type(d, "\n");
	sample_payout(&payout);
	desk_handle(d, feed_payout(EV_PAID, &payout));
	assert_int_equal(desk_place(d), DESK_PAY);
	return d;
}

static struct screens_keys signin(struct canvas *c)
{
	return show(fresh(), c);
}

static struct screens_keys idle(struct canvas *c)
{
	return show(idle_desk(), c);
}

static struct screens_keys check(struct canvas *c)
{
	return show(checked_desk(), c);
}

static struct screens_keys bad_scan(struct canvas *c)
{
	struct desk *d = idle_desk();

	scan(d, "\x1b[2J\x1b]0;owned\x07");
	return show(d, c);
}

/* A card scanned while money is out is parked, and said so. */
static struct screens_keys parked(struct canvas *c)
{
	struct desk *d = paid_desk();

	scan(d, other_card);
	return show(d, c);
}

static struct screens_keys help(struct canvas *c)
{
	struct desk *d = paid_desk();

	type(d, "#");
	assert_int_equal(desk_place(d), DESK_HELP);
	return show(d, c);
}

static struct screens_keys menu(struct canvas *c)
{
	struct desk *d = idle_desk();

	type(d, "*");
	assert_int_equal(desk_place(d), DESK_MENU);
	return show(d, c);
}

static struct screens_keys find(struct canvas *c)
{
	struct desk *d = idle_desk();

	type(d, "45");
	assert_int_equal(desk_place(d), DESK_FIND);
	return show(d, c);
}

static struct screens_keys notpaid(struct canvas *c)
{
	struct desk *d = checked_desk();

	type(d, "4");
	assert_int_equal(desk_place(d), DESK_NOTPAID);
	return show(d, c);
}

static struct screens_keys drawer(struct canvas *c)
{
	struct desk *d = idle_desk();

	type(d, "*3");
	assert_int_equal(desk_place(d), DESK_DRAWER);
	return show(d, c);
}

static struct screens_keys preview(struct canvas *c)
{
	struct desk *d = paid_desk();

	type(d, "3");
	assert_int_equal(desk_place(d), DESK_PREVIEW);
	return show(d, c);
}

static struct screens_keys recover(struct canvas *c)
{
	struct desk *d = fresh();
	struct payout payout;
	struct event *ev;

	type(d, "7\n246810\n");
	ev = feed_answer(EV_SIGNED_IN);
	ev->user.number = 7;
	ev->user.role = ROLE_AGENT;
	str_copy(ev->user.name, sizeof(ev->user.name), "Lan");
	ev->typing = TELEX_TELEX;
	desk_handle(d, ev);
	sample_payout(&payout);
	desk_handle(d, feed_payout(EV_OPEN_PAYOUT, &payout));
	assert_int_equal(desk_place(d), DESK_RECOVER);
	return show(d, c);
}

static void device(struct desk *d, enum plug plug, bool there, const char *name)
{
	struct event *ev = feed_answer(EV_DEVICE);

	ev->device.plug = plug;
	ev->device.there = there;
	str_copy(ev->device.name, sizeof(ev->device.name), name);
	desk_handle(d, ev);
}

/* T53: a keyboard was plugged in. */
static struct screens_keys keyboard(struct canvas *c)
{
	struct desk *d = idle_desk();

	device(d, PLUG_KEYBOARD, true, "USB Keyboard");
	return show(d, c);
}

static struct screens_keys unplugged(struct canvas *c)
{
	struct desk *d = idle_desk();
	struct event *ev = feed_answer(EV_STATUS);

	ev->status = *sample_status();
	ev->status.printer_away = true;
	desk_handle(d, ev);
	device(d, PLUG_PRINTER, false, "TM-T20II");
	return show(d, c);
}

static const struct screens_state states[] = {
	{"keyboard", keyboard, false},
	{"unplugged", unplugged, false},
	{"signin", signin, false},
	{"recover", recover, false},
	{"idle", idle, false},
	{"check", check, false},
	{"bad_scan", bad_scan, true},
	{"parked", parked, true},
	{"help", help, false},
	{"menu", menu, false},
	{"find", find, false},
	{"notpaid", notpaid, false},
	{"drawer", drawer, false},
	{"preview", preview, false},
};

int main(void)
{
	return screens_run("desk", states, COUNT_OF(states));
}
