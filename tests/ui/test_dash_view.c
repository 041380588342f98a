/* The board of the list: every page, and what is on the way to it. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/board.h"
#include "db/shifts.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "terminal/ui/dash_view.h"

static struct board_place units[1];
static struct board_place hamlets[9];

static struct board_sum sum(int64_t people, int64_t account, int64_t done)
{
	return (struct board_sum){.people = people,
		.account = account,
		.cash = people - account,
		.done = done,
		.waiting = people - account - done,
		.due = people * 540000,
		.by_account = account * 540000,
		.paid = done * 540000,
		.open = (people - account - done) * 540000};
}

static void fill_places(struct board *b)
{
	static const char *const names[] = {"Khu Đình Mẫu", "Thôn 1", "Thôn 2",
		"Thôn 3", "Thôn 10", "Tổ dân phố Bến Mẫu Thượng", "Xóm Gò Mẫu",
		"Xóm Trại", ""};

	str_copy(units[0].unit, sizeof(units[0].unit), "08341");
	str_copy(units[0].name, sizeof(units[0].name), "Xã Cẩm Khê");
	units[0].sum = b->all;
	for (int i = 0; i < 9; i++) {
		str_copy(hamlets[i].unit, sizeof(hamlets[i].unit), "08341");
		str_copy(hamlets[i].hamlet, sizeof(hamlets[i].hamlet),
			names[i]);
		hamlets[i].sum = sum(20 + i, i, i == 8 ? 20 : 2 * i);
	}
	b->unit = units;
	b->units = 1;
	b->hamlet = hamlets;
	b->hamlets = 9;
}

static void fill(struct board *b)
{
	memset(b, 0, sizeof(*b));
	b->period = 202612;
	b->at = SAMPLE_NOW;
	b->group[GROUP_SOCIAL] = sum(172, 40, 60);
	b->group[GROUP_MERIT] = sum(20, 4, 16);
	b->group[GROUP_OTHER] = sum(8, 0, 0);
	b->all = sum(200, 44, 76);
	fill_places(b);
	for (int h = 7; h <= 11; h++)
		b->hour[h] = (struct board_time){.payments = 5 * (h - 6),
			.money = 2700000 * (h - 6)};
	for (int i = 0; i < 4; i++)
		b->day[b->days++] = (struct board_day){.day = 20261201 + i,
			.time = {.payments = 10 + 6 * i,
				.money = 5400000 + 3240000 * i}};
	for (int i = 0; i < 3; i++)
		b->close[b->closes++] = (struct board_close){.shift = 40 + i,
			.actor_name = "Nguyễn Thị Lan",
			.t = SAMPLE_NOW - (3 - i) * INT64_C(86400000),
			.expected = 5000000,
			.difference = i == 0   ? -200000
				      : i == 2 ? 50000
					       : 0,
			.reason = SHIFT_REASON_MISCOUNT};
	b->closed = 42;
	b->over = 50000;
	b->missing = 200000;
	b->terminals = 3;
	b->terminal[0] = (struct board_terminal){.dev = {0xb7, 0xf2, 0xc1},
		.self = true,
		.t = SAMPLE_NOW - 20000,
		.paid = 76};
	b->terminal[1] = (struct board_terminal){.dev = {0x3f, 0xa2, 0x90},
		.t = SAMPLE_NOW - 5 * INT64_C(3600000),
		.paid = 31};
	b->terminal[2] = (struct board_terminal){.dev = {0x01, 0x02, 0x03}};
	b->made = 1482;
	b->sent = b->acked = 1445;
	b->waiting = 37;
	b->oldest = SAMPLE_NOW - 3 * INT64_C(86400000);
}

static struct screens_keys show(const struct dash *d, struct canvas *c)
{
	struct screens_keys keys;

	dash_view(d, sample_info(), c);
	keys.b = dash_bindings(d->step, &keys.count);
	return keys;
}

static void start(struct dash *d, struct board *b)
{
	struct event *ev;

	memset(d, 0, sizeof(*d));
	dash_start(d);
	ev = feed_answer(EV_STUDY);
	ev->study.number = d->number;
	ev->study.state = STUDY_DONE;
	ev->study.board = b;
	ev->study.target = 60;
	dash_handle(d, ev);
	assert_int_equal(d->step, DASH_SHOWN);
}

static struct screens_keys page(int key, struct canvas *c)
{
	static struct board b;
	static struct dash d;

	fill(&b);
	start(&d, &b);
	dash_handle(&d, feed_key(key));
	return show(&d, c);
}

static struct screens_keys groups(struct canvas *c)
{
	return page('1', c);
}

static struct screens_keys places(struct canvas *c)
{
	return page('2', c);
}

static struct screens_keys hours(struct canvas *c)
{
	return page('3', c);
}

static struct screens_keys days(struct canvas *c)
{
	return page('4', c);
}

static struct screens_keys drawers(struct canvas *c)
{
	return page('5', c);
}

static struct screens_keys terminals(struct canvas *c)
{
	return page('6', c);
}

static struct screens_keys month(struct canvas *c)
{
	return page('7', c);
}

static struct screens_keys no_list(struct canvas *c)
{
	static struct board b;
	static struct dash d;

	memset(&b, 0, sizeof(b));
	b.at = SAMPLE_NOW;
	start(&d, &b);
	return show(&d, c);
}

static struct screens_keys counting(struct canvas *c)
{
	static struct dash d;
	struct event *ev;

	memset(&d, 0, sizeof(d));
	dash_start(&d);
	ev = feed_answer(EV_STUDY);
	ev->study.number = d.number;
	ev->study.state = STUDY_RUNS;
	ev->study.done = 45000;
	ev->study.all = 100000;
	dash_handle(&d, ev);
	return show(&d, c);
}

static struct screens_keys failed(struct canvas *c)
{
	static struct dash d;
	struct event *ev;

	memset(&d, 0, sizeof(d));
	dash_start(&d);
	ev = feed_answer(EV_STUDY);
	ev->study.number = d.number;
	ev->study.state = STUDY_FAILED;
	ev->study.code = ERR_IO;
	dash_handle(&d, ev);
	return show(&d, c);
}

int main(void)
{
	static const struct screens_state states[] = {
		{"groups", groups, true},
		{"places", places, false},
		{"hours", hours, false},
		{"days", days, false},
		{"drawers", drawers, false},
		{"terminals", terminals, false},
		{"month", month, false},
		{"no_list", no_list, false},
		{"counting", counting, false},
		{"failed", failed, false},
	};

	return screens_run("dash", states, sizeof(states) / sizeof(states[0]));
}
