/* A list from the centre, on the flow's own states. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/arrivals_view.h"

static struct arrivals a;

static struct screens_keys draw(struct canvas *c)
{
	struct screens_keys keys;

	arrivals_view(&a, sample_info(), c);
	keys.b = arrivals_bindings(&a, &keys.count);
	return keys;
}

static struct event *told(uint64_t kind, enum down_state state, int waiting)
{
	struct event *ev = feed_answer(EV_ARRIVALS);

	ev->arrivals.waiting = waiting;
	ev->arrivals.row = (struct down_row){.kind = kind,
		.version = 3,
		.state = state,
		.made = (uint64_t)SAMPLE_NOW,
		.rows = 12345};
	ev->arrivals.period = kind == PARCEL_LIST ? 202612 : 0;
	ev->arrivals.fresh = 12300;
	ev->arrivals.same = 45;
	ev->arrivals.sum = 6789012000;
	return ev;
}

static struct screens_keys looking(struct canvas *c)
{
	arrivals_start(&a);
	return draw(c);
}

static struct screens_keys shown(struct canvas *c)
{
	arrivals_start(&a);
	arrivals_handle(&a, told(PARCEL_LIST, DOWN_WAITS, 3));
	return draw(c);
}

static struct screens_keys again(struct canvas *c)
{
	struct event *ev;

	arrivals_start(&a);
	ev = told(PARCEL_LIST, DOWN_WAITS, 1);
	ev->arrivals.again = true;
	ev->arrivals.fresh = 0;
	ev->arrivals.same = ev->arrivals.row.rows;
	arrivals_handle(&a, ev);
	return draw(c);
}

static struct screens_keys changes(struct canvas *c)
{
	arrivals_start(&a);
	arrivals_handle(&a, told(PARCEL_CHANGES, DOWN_WAITS, 1));
	return draw(c);
}

static void has_errors(struct arrivals_told *t)
{
	static const struct paylist_error e[FLOW_ARRIVAL_TROUBLES] = {
		{3, COL_TOTAL, TROUBLE_DUPLICATE, "540000 (500000)"},
		{7, COL_NAME, TROUBLE_MISSING, ""},
		{112, COL_ID12, TROUBLE_DUPLICATE, "001145000112"},
	};

	t->row.errors = 27;
	t->troubles = FLOW_ARRIVAL_TROUBLES;
	memcpy(t->trouble, e, sizeof(e));
}

static struct screens_keys bad(struct canvas *c)
{
	struct event *ev;

	arrivals_start(&a);
	ev = told(PARCEL_LIST, DOWN_WAITS, 2);
	has_errors(&ev->arrivals);
	arrivals_handle(&a, ev);
	return draw(c);
}

static void take(void)
{
	arrivals_start(&a);
	arrivals_handle(&a, told(PARCEL_LIST, DOWN_WAITS, 3));
	arrivals_handle(&a, feed_key(K_ACCEPT));
}

static struct screens_keys taking(struct canvas *c)
{
	take();
	return draw(c);
}

static struct screens_keys taken(struct canvas *c)
{
	take();
	arrivals_handle(&a, told(PARCEL_LIST, DOWN_TAKEN, 2));
	return draw(c);
}

static struct screens_keys refused(struct canvas *c)
{
	take();
	arrivals_handle(&a, told(PARCEL_LIST, DOWN_REFUSED, 0));
	return draw(c);
}

static struct screens_keys none(struct canvas *c)
{
	arrivals_start(&a);
	arrivals_handle(&a, feed_answer(EV_ARRIVALS));
	return draw(c);
}

static struct screens_keys stopped(struct canvas *c)
{
	take();
	arrivals_handle(&a, feed_failed(ERR_BUSY));
	return draw(c);
}

static struct event *users(enum down_state state)
{
	struct event *ev = told(PARCEL_USERS, state, 1);

	ev->arrivals.row.rows = 12;
	ev->arrivals.fresh = 9;
	ev->arrivals.same = 2;
	ev->arrivals.users.later = 1;
	ev->arrivals.users.left = 9;
	return ev;
}

static struct screens_keys users_shown(struct canvas *c)
{
	arrivals_start(&a);
	arrivals_handle(&a, users(DOWN_WAITS));
	return draw(c);
}

static struct screens_keys users_bad(struct canvas *c)
{
	struct event *ev;

	arrivals_start(&a);
	ev = users(DOWN_WAITS);
	ev->arrivals.row.errors = 2;
	ev->arrivals.users.wrong = 2;
	ev->arrivals.users.trouble[0].row = 4;
	ev->arrivals.users.trouble[0].trouble = USER_NO_ROLE;
	ev->arrivals.users.trouble[1].row = 7;
	ev->arrivals.users.trouble[1].fate = ROSTER_OTHER;
	arrivals_handle(&a, ev);
	return draw(c);
}

static struct screens_keys users_pins(struct canvas *c)
{
	static const char *const name[FLOW_ARRIVAL_PINS] = {"Nguyễn Thị Lan",
		"Trần Văn Hùng", "Lê Thị Hoa", "Phạm Văn Bình", "Vũ Thị Mai",
		"Nguyễn Hoàng Phương Thảo Nguyên"};
	struct event *ev;

	arrivals_start(&a);
	arrivals_handle(&a, users(DOWN_WAITS));
	arrivals_handle(&a, feed_key(K_ACCEPT));
	ev = users(DOWN_WAITS);
	ev->arrivals.users.left = 3;
	ev->arrivals.users.pins = FLOW_ARRIVAL_PINS;
	for (int i = 0; i < FLOW_ARRIVAL_PINS; i++) {
		ev->arrivals.users.pin[i].number = 801 + i;
		str_copy(ev->arrivals.users.pin[i].name, DB_NAME_SIZE, name[i]);
		snprintf(ev->arrivals.users.pin[i].pin, ROSTER_PIN_SIZE,
			"48%04d", 2913 + 97 * i);
	}
	arrivals_handle(&a, ev);
	return draw(c);
}

static struct screens_keys users_taken(struct canvas *c)
{
	struct event *ev;

	arrivals_start(&a);
	arrivals_handle(&a, users(DOWN_WAITS));
	arrivals_handle(&a, feed_key(K_ACCEPT));
	ev = users(DOWN_TAKEN);
	ev->arrivals.waiting = 0;
	ev->arrivals.users.left = 0;
	arrivals_handle(&a, ev);
	return draw(c);
}

static const struct screens_state states[] = {
	{"looking", looking, false},
	{"shown", shown, false},
	{"again", again, false},
	{"changes", changes, false},
	{"bad", bad, false},
	{"taking", taking, false},
	{"taken", taken, false},
	{"refused", refused, false},
	{"none", none, false},
	{"stopped", stopped, false},
	{"users_shown", users_shown, false},
	{"users_bad", users_bad, false},
	{"users_pins", users_pins, false},
	{"users_taken", users_taken, false},
};

int main(void)
{
	return screens_run("arrivals", states, COUNT_OF(states));
}
