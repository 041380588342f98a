/* Cash in and out by banknote, on the flow's own states. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/drawer_view.h"

static struct screens_keys show(const struct drawer *d, struct canvas *c)
{
	struct screens_keys keys;

	drawer_view(d, sample_info(), c);
	keys.b = drawer_bindings(d, &keys.count);
	return keys;
}

/* "12\n30\n": digits, ENTER after each kind of note. */
static void type(struct drawer *d, const char *keys)
{
	for (; *keys; keys++)
		drawer_handle(d,
			feed_key(*keys == '\n' ? K_ACCEPT
					       : (unsigned char)*keys));
}

static struct screens_keys opening(struct canvas *c)
{
	static struct drawer d;

	drawer_init(&d, DRAWER_OPEN, NULL);
	return show(&d, c);
}

static struct screens_keys counting(struct canvas *c)
{
	static struct drawer d;

	drawer_init(&d, DRAWER_OPEN, NULL);
	type(&d, "200\n50\n\n12\n5");
	return show(&d, c);
}

static void count_all(struct drawer *d, enum drawer_task task)
{
	drawer_init(d, task, &sample_status()->shift);
	type(d, "80\n10\n12\n3\n4\n5\n6\n7\n99");
	drawer_handle(d, feed_key('.'));
	assert_int_equal(d->step, DRAWER_SURE);
}

static struct screens_keys sure(struct canvas *c)
{
	static struct drawer d;

	count_all(&d, DRAWER_CLOSE);
	return show(&d, c);
}

static struct screens_keys top_up(struct canvas *c)
{
	static struct drawer d;

	drawer_init(&d, DRAWER_TOP_UP, &sample_status()->shift);
	type(&d, "40\n");
	return show(&d, c);
}

static struct screens_keys drop_sure(struct canvas *c)
{
	static struct drawer d;

	drawer_init(&d, DRAWER_DROP, &sample_status()->shift);
	type(&d, "40");
	drawer_handle(&d, feed_key('.'));
	return show(&d, c);
}

static struct screens_keys working(struct canvas *c)
{
	static struct drawer d;

	count_all(&d, DRAWER_CLOSE);
	drawer_handle(&d, feed_key('1'));
	assert_int_equal(d.step, DRAWER_WORKING);
	return show(&d, c);
}

static void differ(struct drawer *d)
{
	struct event *ev;

	count_all(d, DRAWER_CLOSE);
	drawer_handle(d, feed_key('1'));
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_DIFFERENCE;
	drawer_handle(d, ev);
	assert_int_equal(d->step, DRAWER_REASON);
}

static struct screens_keys reason(struct canvas *c)
{
	static struct drawer d;

	differ(&d);
	return show(&d, c);
}

static struct screens_keys second(struct canvas *c)
{
	static struct drawer d;

	differ(&d);
	drawer_handle(&d, feed_key('3'));
	assert_int_equal(d.step, DRAWER_SECOND);
	type(&d, "2\n");
	return show(&d, c);
}

static void close_with(struct drawer *d, int64_t difference)
{
	struct event *ev;

	count_all(d, DRAWER_CLOSE);
	drawer_handle(d, feed_key('1'));
	ev = feed_answer(EV_SHIFT_CLOSED);
	ev->slip.seq = 500;
	ev->slip.shift = sample_status()->shift;
	ev->slip.shift.float_out = 0;
	ev->slip.counted = ev->slip.shift.expected + difference;
	ev->slip.difference = difference;
	ev->slip.t = SAMPLE_NOW;
	ev->slip.signs = difference != 0 ? 3 : 0;
	if (difference == -20000)
		ev->slip.differs =
			(struct notes){.pieces = {[2] = -1, [3] = 2, [4] = -1}};
	snprintf(ev->slip.code, sizeof(ev->slip.code), "3BN2-V7XM-4AE2-S");
	drawer_handle(d, ev);
	assert_int_equal(d->step, DRAWER_SLIP);
}

static void slip_paper(struct drawer *d, enum print_state state, bool no_paper)
{
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.slip = true;
	ev->print.seq = 500;
	ev->print.state = state;
	ev->print.trouble = no_paper ? PAPER_OUT : PAPER_FINE;
	drawer_handle(d, ev);
}

static struct screens_keys last_slip(struct canvas *c)
{
	static struct drawer d;

	drawer_init(&d, DRAWER_OPEN, NULL);
	drawer_ask_slip(&d, 12);
	return show(&d, c);
}

static struct screens_keys slip(struct canvas *c)
{
	static struct drawer d;

	close_with(&d, 0);
	slip_paper(&d, PRINT_PRINTED, false);
	return show(&d, c);
}

static struct screens_keys slip_short(struct canvas *c)
{
	static struct drawer d;

	close_with(&d, -20000);
	slip_paper(&d, PRINT_FAILED, true);
	return show(&d, c);
}

static struct screens_keys unknown(struct canvas *c)
{
	static struct drawer d;

	count_all(&d, DRAWER_CLOSE);
	drawer_handle(&d, feed_key('1'));
	drawer_handle(&d, feed_failed(ERR_IO));
	drawer_handle(&d, feed_failed(ERR_IO));
	assert_int_equal(d.step, DRAWER_UNKNOWN);
	return show(&d, c);
}

/* Counted by somebody who stands in for its agent. */
static void begin_left(struct drawer *d)
{
	struct shift left = sample_status()->shift;

	left.left = SHIFT_LEFT_REVOKED;
	drawer_init(d, DRAWER_CLOSE, &left);
}

static struct screens_keys left(struct canvas *c)
{
	static struct drawer d;

	begin_left(&d);
	type(&d, "80\n10\n");
	return show(&d, c);
}

static struct screens_keys left_second(struct canvas *c)
{
	static struct drawer d;
	struct event *ev;

	begin_left(&d);
	type(&d, "80\n10\n.1");
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_SECOND_PERSON;
	drawer_handle(&d, ev);
	assert_int_equal(d.step, DRAWER_SECOND);
	type(&d, "9");
	return show(&d, c);
}

static struct screens_keys left_slip(struct canvas *c)
{
	static struct drawer d;

	close_with(&d, 0);
	slip_paper(&d, PRINT_PRINTED, false);
	d.slip.stand_in = 9;
	str_copy(d.slip.stand_in_name, sizeof(d.slip.stand_in_name),
		"Nguyễn Văn Hùng");
	return show(&d, c);
}

static const struct screens_state states[] = {
	{"counting", counting, true},
	{"opening", opening, false},
	{"last_slip", last_slip, false},
	{"top_up", top_up, false},
	{"sure", sure, false},
	{"drop_sure", drop_sure, false},
	{"working", working, false},
	{"reason", reason, false},
	{"second", second, false},
	{"slip", slip, false},
	{"slip_short", slip_short, false},
	{"unknown", unknown, false},
	{"left", left, false},
	{"left_second", left_second, false},
	{"left_slip", left_slip, false},
};

int main(void)
{
	return screens_run("drawer", states, COUNT_OF(states));
}
