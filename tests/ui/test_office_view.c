/* What a supervisor does at the screen. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/office_view.h"

static const char place[] = "/media/usb/chitra-b7f2c1-20261122-0812.db";

static struct screens_keys show(const struct office *o, struct canvas *c)
{
	struct screens_keys keys;

	office_view(o, sample_info(), c);
	keys.b = office_bindings(o->step, &keys.count);
	return keys;
}

static struct screens_keys clock_right(struct canvas *c)
{
	static struct office o;

	office_start_clock(&o);
	return show(&o, c);
}

static void start(struct office *o)
{
	struct event *ev;

	office_start_copy(o);
	ev = feed_answer(EV_COPY_PLACE);
	str_copy(ev->path, sizeof(ev->path), place);
	office_handle(o, ev);
	assert_int_equal(o->step, OFFICE_PATH);
}

static struct screens_keys path(struct canvas *c)
{
	static struct office o;

	start(&o);
	return show(&o, c);
}

static struct screens_keys no_folder(struct canvas *c)
{
	static struct office o;

	start(&o);
	office_handle(&o, feed_key(K_ACCEPT));
	office_handle(&o, feed_failed(ERR_GONE));
	return show(&o, c);
}

static struct screens_keys copying(struct canvas *c)
{
	static struct office o;

	start(&o);
	office_handle(&o, feed_key(K_ACCEPT));
	return show(&o, c);
}

static struct screens_keys copied(struct canvas *c)
{
	static struct office o;
	struct event *ev;

	start(&o);
	office_handle(&o, feed_key(K_ACCEPT));
	ev = feed_answer(EV_COPIED);
	memset(ev->sha256, 'a', sizeof(ev->sha256) - 1);
	memset(ev->sha256 + 32, '7', 32);
	office_handle(&o, ev);
	assert_int_equal(o.step, OFFICE_COPIED);
	return show(&o, c);
}

static void start_file(struct office *o)
{
	struct event *ev;

	assert_int_equal(office_start_file(o, 42).slip, 42);
	ev = feed_answer(EV_COPY_PLACE);
	str_copy(ev->path, sizeof(ev->path),
		"/media/lan/chitra-a1b2c3-ca42.journal");
	office_handle(o, ev);
	assert_int_equal(o->step, OFFICE_FILE);
}

static struct screens_keys file(struct canvas *c)
{
	static struct office o;

	start_file(&o);
	return show(&o, c);
}

static struct screens_keys filed(struct canvas *c)
{
	static struct office o;
	struct event *ev;
	struct effect fx;

	start_file(&o);
	fx = office_handle(&o, feed_key(K_ACCEPT));
	assert_int_equal(fx.kind, FX_SHIFT_FILE);
	assert_int_equal(fx.file.shift, 42);
	assert_string_equal(fx.file.path,
		"/media/lan/chitra-a1b2c3-ca42.journal");
	ev = feed_answer(EV_COPIED);
	memset(ev->sha256, 'a', sizeof(ev->sha256) - 1);
	office_handle(&o, ev);
	assert_int_equal(o.step, OFFICE_FILED);
	return show(&o, c);
}

static void limits_come(struct office *o)
{
	struct event *ev;

	office_start_limits(o);
	ev = feed_answer(EV_LIMITS);
	for (int l = 0; l < LIMIT_COUNT; l++)
		ev->limits.value[l] = limit_default((enum limit)l);
	ev->limits.value[LIMIT_HOURS] = 7001730;
	office_handle(o, ev);
	assert_int_equal(o->step, OFFICE_LIMITS);
}

static void type(struct office *o, const char *keys)
{
	for (; *keys; keys++)
		office_handle(o, feed_key(*keys == '\n' ? K_ACCEPT : *keys));
}

static struct screens_keys limits(struct canvas *c)
{
	static struct office o;

	limits_come(&o);
	return show(&o, c);
}

static struct screens_keys limit_typed(struct canvas *c)
{
	static struct office o;

	limits_come(&o);
	type(&o, "120000");
	return show(&o, c);
}

static struct screens_keys limit_too_much(struct canvas *c)
{
	static struct office o;

	limits_come(&o);
	type(&o, "12000000000\n");
	return show(&o, c);
}

static struct screens_keys limit_hours(struct canvas *c)
{
	static struct office o;

	limits_come(&o);
	type(&o, "5");
	return show(&o, c);
}

static struct screens_keys limit_sure(struct canvas *c)
{
	static struct office o;

	limits_come(&o);
	type(&o, "320000000000\n");
	assert_int_equal(o.step, OFFICE_LIMIT_SURE);
	return show(&o, c);
}

static struct screens_keys limit_recorded(struct canvas *c)
{
	static struct office o;
	struct event *ev;

	limits_come(&o);
	type(&o, "320000000000\n1");
	ev = feed_answer(EV_LIMITS);
	for (int l = 0; l < LIMIT_COUNT; l++)
		ev->limits.value[l] = limit_default((enum limit)l);
	ev->limits.value[LIMIT_SUM] = INT64_C(20000000000);
	office_handle(&o, ev);
	return show(&o, c);
}

static const struct screens_state states[] = {
	{"clock", clock_right, false},
	{"path", path, false},
	{"no_folder", no_folder, false},
	{"copying", copying, false},
	{"copied", copied, false},
	{"file", file, false},
	{"filed", filed, false},
	{"limits", limits, false},
	{"limit_typed", limit_typed, false},
	{"limit_too_much", limit_too_much, false},
	{"limit_hours", limit_hours, false},
	{"limit_sure", limit_sure, false},
	{"limit_recorded", limit_recorded, false},
};

int main(void)
{
	return screens_run("office", states, COUNT_OF(states));
}
