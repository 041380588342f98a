/* The board on the supervisor's screen: what each key and each count does. */
#include "support/unit.h"

#include <string.h>

#include "db/board.h"
#include "support/feed.h"
#include "terminal/flows/dash.h"

static struct board board;

static struct event *study(int number, enum study_state state)
{
	struct event *ev = feed_answer(EV_STUDY);

	ev->study.number = number;
	ev->study.state = state;
	ev->study.target = 60;
	return ev;
}

static struct event *counted(const struct dash *d)
{
	struct event *ev = study(d->number, STUDY_DONE);

	board.period = 202612;
	board.made = 10;
	board.units = 1;
	board.hamlets = 11;
	ev->study.board = &board;
	return ev;
}

static void show(struct dash *d)
{
	memset(d, 0, sizeof(*d));
	dash_start(d);
	dash_handle(d, counted(d));
	assert_int_equal(d->step, DASH_SHOWN);
}

static void it_counts_first_and_tells_how_far(void **state)
{
	struct dash d = {0};
	const struct effect fx = dash_start(&d);
	struct event *ev;

	(void)state;
	assert_int_equal(fx.kind, FX_BOARD);
	assert_int_equal(fx.study.period, 0);
	assert_int_equal(d.step, DASH_COUNTING);
	ev = study(fx.study.number, STUDY_RUNS);
	ev->study.done = 30;
	ev->study.all = 90;
	dash_handle(&d, ev);
	assert_int_equal(d.step, DASH_COUNTING);
	assert_int_equal(d.all, 90);
	dash_handle(&d, counted(&d));
	assert_int_equal(d.step, DASH_SHOWN);
	assert_int_equal(d.target, 60);
	assert_ptr_equal(d.board, &board);
}

static void zero_gives_the_count_up(void **state)
{
	struct dash d = {0};

	(void)state;
	dash_start(&d);
	assert_int_equal(dash_handle(&d, feed_key('0')).kind, FX_LEAVE);
	dash_start(&d);
	assert_int_equal(dash_handle(&d, feed_key(K_BACK)).kind, FX_LEAVE);
}

static void another_count_is_not_taken_for_this_one(void **state)
{
	struct dash d = {0};
	struct event *ev;

	(void)state;
	dash_start(&d);
	ev = counted(&d);
	ev->study.number--;
	dash_handle(&d, ev);
	assert_int_equal(d.step, DASH_COUNTING);
	assert_null(d.board);
	/* Begun again, the first one is nobody's. */
	ev = counted(&d);
	dash_start(&d);
	dash_handle(&d, ev);
	assert_null(d.board);
}

static void a_digit_is_a_page(void **state)
{
	struct dash d;

	(void)state;
	show(&d);
	for (int page = 0; page < DASH_PAGE_COUNT; page++) {
		d.first = 3;
		dash_handle(&d, feed_key('1' + page));
		assert_int_equal(d.page, page);
		assert_int_equal(d.first, 0);
	}
}

static void dot_goes_on_and_begins_anew_at_the_end(void **state)
{
	struct dash d;

	(void)state;
	show(&d);
	dash_handle(&d, feed_key('2'));
	assert_int_equal(dash_rows(&d), 12);
	dash_handle(&d, feed_key('.'));
	assert_int_equal(d.first, DASH_ROWS);
	dash_handle(&d, feed_key('.'));
	dash_handle(&d, feed_key(K_PAGE_DOWN));
	assert_int_equal(d.first, 0);
	for (int i = 0; i < 20; i++)
		dash_handle(&d, feed_key(K_DOWN));
	assert_int_equal(d.first, 11);
	for (int i = 0; i < 20; i++)
		dash_handle(&d, feed_key(K_UP));
	assert_int_equal(d.first, 0);
}

static void it_is_counted_again_when_the_book_grew(void **state)
{
	struct dash d;
	struct event *ev;
	struct effect fx;

	(void)state;
	show(&d);
	ev = feed_answer(EV_STATUS);
	ev->status.made = 10;
	dash_handle(&d, ev);
	ev = feed_answer(EV_TICK);
	ev->at_ms = d.asked_ms + DASH_AGAIN_MS;
	assert_int_equal(dash_handle(&d, ev).kind, FX_NONE);
	ev = feed_answer(EV_STATUS);
	ev->status.made = 11;
	dash_handle(&d, ev);
	ev = feed_answer(EV_TICK);
	ev->at_ms = d.asked_ms + DASH_AGAIN_MS - 1;
	assert_int_equal(dash_handle(&d, ev).kind, FX_NONE);
	ev->at_ms = d.asked_ms + DASH_AGAIN_MS;
	fx = dash_handle(&d, ev);
	assert_int_equal(fx.kind, FX_BOARD);
	/* The old figures stand meanwhile, and it is asked once. */
	assert_int_equal(d.step, DASH_SHOWN);
	assert_ptr_equal(d.board, &board);
	ev = feed_answer(EV_TICK);
	ev->at_ms = d.asked_ms + 2 * DASH_AGAIN_MS;
	assert_int_equal(dash_handle(&d, ev).kind, FX_NONE);
}

static void a_month_is_typed_as_people_say_it(void **state)
{
	static const struct {
		const char *keys;
		int32_t period; /* -1: no month */
	} row[] = {
		{"", 0},
		{"122026", 202612},
		{"012027", 202701},
		{"12027", 202701},
		{"132026", -1},
		{"2026", -1},
		{"1", -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct effect fx;
		struct dash d;

		show(&d);
		dash_handle(&d, feed_key('7'));
		for (const char *k = row[i].keys; *k; k++)
			dash_handle(&d, feed_key(*k));
		fx = dash_handle(&d, feed_key(K_ACCEPT));
		assert_int_equal(fx.kind,
			row[i].period < 0 ? FX_NONE : FX_BOARD);
		if (row[i].period >= 0)
			assert_int_equal(fx.study.period, row[i].period);
		else
			assert_true(d.notice.text[0]);
	}
}

static void back_from_the_month_shows_what_was_there(void **state)
{
	struct dash d;

	(void)state;
	show(&d);
	dash_handle(&d, feed_key('7'));
	dash_handle(&d, feed_key(K_BACK));
	assert_int_equal(d.step, DASH_SHOWN);
}

static void a_failed_count_can_be_tried_again(void **state)
{
	struct dash d = {0};
	struct event *ev;

	(void)state;
	dash_start(&d);
	ev = study(d.number, STUDY_FAILED);
	ev->study.code = ERR_IO;
	dash_handle(&d, ev);
	assert_int_equal(d.step, DASH_FAILED);
	assert_true(d.notice.text[0]);
	assert_int_equal(dash_handle(&d, feed_key('1')).kind, FX_BOARD);
	assert_int_equal(d.step, DASH_COUNTING);
}

static void a_failed_second_count_leaves_the_first(void **state)
{
	struct dash d;
	struct event *ev;

	(void)state;
	show(&d);
	d.made = 11;
	ev = feed_answer(EV_TICK);
	ev->at_ms = d.asked_ms + DASH_AGAIN_MS;
	assert_int_equal(dash_handle(&d, ev).kind, FX_BOARD);
	ev = study(d.number, STUDY_FAILED);
	ev->study.code = ERR_IO;
	dash_handle(&d, ev);
	assert_int_equal(d.step, DASH_SHOWN);
	assert_ptr_equal(d.board, &board);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_counts_first_and_tells_how_far),
		cmocka_unit_test(zero_gives_the_count_up),
		cmocka_unit_test(another_count_is_not_taken_for_this_one),
		cmocka_unit_test(a_digit_is_a_page),
		cmocka_unit_test(dot_goes_on_and_begins_anew_at_the_end),
		cmocka_unit_test(it_is_counted_again_when_the_book_grew),
		cmocka_unit_test(a_month_is_typed_as_people_say_it),
		cmocka_unit_test(back_from_the_month_shows_what_was_there),
		cmocka_unit_test(a_failed_count_can_be_tried_again),
		cmocka_unit_test(a_failed_second_count_leaves_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
