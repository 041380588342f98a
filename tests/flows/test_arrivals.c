/* A list from the centre on the screen: looked at, then taken or put aside. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "support/feed.h"
#include "terminal/flows/arrivals.h"

static struct arrivals a;
static struct effect fx;

static void key(int k)
{
	fx = arrivals_handle(&a, feed_key(k));
}

/* List number 3, as it stands, with so many others behind it. */
static void told(enum down_state state, int64_t errors, int waiting)
{
	struct event *ev = feed_answer(EV_ARRIVALS);

	ev->arrivals.waiting = waiting;
	ev->arrivals.row = (struct down_row){.kind = PARCEL_LIST,
		.version = 3,
		.state = state,
		.rows = 120,
		.errors = errors};
	fx = arrivals_handle(&a, ev);
}

static int start(void **state)
{
	(void)state;
	fx = arrivals_start(&a);
	assert_int_equal(fx.kind, FX_ARRIVAL_LOOK);
	assert_int_equal(a.step, ARRIVALS_LOOKING);
	return 0;
}

static void it_is_shown_before_it_is_taken(void **state)
{
	(void)state;
	told(DOWN_WAITS, 0, 1);
	assert_int_equal(a.step, ARRIVALS_SHOWN);
	key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_ARRIVAL_TAKE);
	assert_int_equal(fx.arrival.version, 3);
	assert_int_equal(fx.arrival.kind, PARCEL_LIST);
	assert_true(fx.drop_keys);
	assert_int_equal(a.step, ARRIVALS_TAKING);
	told(DOWN_TAKEN, 0, 0);
	assert_int_equal(a.step, ARRIVALS_TAKEN);
	key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_LEAVE);
}

static void the_next_one_is_looked_at_then(void **state)
{
	(void)state;
	told(DOWN_WAITS, 0, 2);
	key(K_ACCEPT);
	told(DOWN_TAKEN, 0, 1);
	key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_ARRIVAL_LOOK);
	assert_int_equal(a.step, ARRIVALS_LOOKING);
}

static void a_list_with_errors_is_only_put_aside(void **state)
{
	(void)state;
	told(DOWN_WAITS, 5, 1);
	assert_int_equal(a.step, ARRIVALS_BAD);
	key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_ARRIVAL_TAKE);
	told(DOWN_REFUSED, 5, 0);
	assert_int_equal(a.step, ARRIVALS_REFUSED);
	key('0');
	assert_int_equal(fx.kind, FX_LEAVE);
}

static void zero_leaves_it_where_it_is(void **state)
{
	(void)state;
	told(DOWN_WAITS, 0, 1);
	key('0');
	assert_int_equal(fx.kind, FX_LEAVE);
}

static void nothing_that_waits_is_said(void **state)
{
	(void)state;
	fx = arrivals_handle(&a, feed_answer(EV_ARRIVALS));
	assert_int_equal(a.step, ARRIVALS_NONE);
	key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_NONE);
	key('0');
	assert_int_equal(fx.kind, FX_LEAVE);
}

static void while_it_is_looked_at_keys_do_nothing(void **state)
{
	(void)state;
	key(K_ACCEPT);
	key('0');
	assert_int_equal(fx.kind, FX_NONE);
	assert_int_equal(a.step, ARRIVALS_LOOKING);
}

static void what_was_stopped_is_looked_at_again(void **state)
{
	(void)state;
	told(DOWN_WAITS, 0, 1);
	key(K_ACCEPT);
	fx = arrivals_handle(&a, feed_failed(ERR_BUSY));
	assert_int_equal(a.step, ARRIVALS_FAILED);
	assert_string_equal(a.notice.text,
		"Stopped: nothing of the list was taken.");
	assert_int_equal(a.notice.level, NOTICE_NOTE);
	key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_ARRIVAL_LOOK);
	assert_string_equal(a.notice.text, "");
}

static void a_disk_that_fails_is_said(void **state)
{
	(void)state;
	told(DOWN_WAITS, 0, 1);
	key(K_ACCEPT);
	arrivals_handle(&a, feed_failed(ERR_FULL));
	assert_int_equal(a.step, ARRIVALS_FAILED);
	assert_int_equal(a.notice.level, NOTICE_STOP);
	assert_true(a.notice.text[0] != '\0');
}

static void what_the_book_refuses_is_said(void **state)
{
	struct event *ev;

	(void)state;
	told(DOWN_WAITS, 0, 1);
	key(K_ACCEPT);
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_PARCEL_OLD;
	arrivals_handle(&a, ev);
	assert_int_equal(a.step, ARRIVALS_FAILED);
	assert_int_equal(a.notice.level, NOTICE_WARN);
}

static void only_who_may_take_lists_is_offered_the_key(void **state)
{
	const struct binding *b;
	size_t n;

	(void)state;
	told(DOWN_WAITS, 0, 1);
	b = arrivals_bindings(&a, &n);
	assert_int_equal(b[0].key, K_ACCEPT);
	assert_true(binding_is_for(&b[0], ROLE_SUPERVISOR));
	assert_false(binding_is_for(&b[0], ROLE_AGENT));
	assert_false(binding_is_for(&b[0], ROLE_STAFF));
}

/* A table of users, of which some were added just now. */
static void told_users(enum down_state state, int pins, int left)
{
	struct event *ev = feed_answer(EV_ARRIVALS);

	ev->arrivals.waiting = state == DOWN_WAITS;
	ev->arrivals.row = (struct down_row){.kind = PARCEL_USERS,
		.version = 1,
		.state = state,
		.rows = 9};
	ev->arrivals.users.left = left;
	ev->arrivals.users.pins = pins;
	for (int i = 0; i < pins; i++)
		snprintf(ev->arrivals.users.pin[i].pin, ROSTER_PIN_SIZE,
			"48291%d", i);
	fx = arrivals_handle(&a, ev);
}

static void PINs_are_shown_until_they_are_written_down(void **state)
{
	const struct arrivals_users none = {0};

	(void)state;
	told_users(DOWN_WAITS, 0, 9);
	assert_int_equal(a.step, ARRIVALS_SHOWN);
	key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_ARRIVAL_TAKE);
	assert_int_equal(fx.arrival.kind, PARCEL_USERS);
	told_users(DOWN_WAITS, FLOW_ARRIVAL_PINS, 3);
	assert_int_equal(a.step, ARRIVALS_PINS);
	/* No other key takes them away. */
	key('0');
	key('.');
	key('5');
	assert_int_equal(fx.kind, FX_NONE);
	assert_int_equal(a.step, ARRIVALS_PINS);
	/* The rest of them is added only now, and these are gone. */
	key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_ARRIVAL_TAKE);
	assert_true(fx.drop_keys);
	assert_int_equal(a.step, ARRIVALS_TAKING);
	assert_memory_equal(a.told.users.pin, none.pin, sizeof(none.pin));
	told_users(DOWN_TAKEN, 3, 0);
	assert_int_equal(a.step, ARRIVALS_PINS);
	key(K_ACCEPT);
	assert_int_equal(fx.kind, FX_NONE);
	assert_int_equal(a.step, ARRIVALS_TAKEN);
	assert_memory_equal(a.told.users.pin, none.pin, sizeof(none.pin));
}

static void a_table_that_adds_nobody_is_just_taken(void **state)
{
	(void)state;
	told_users(DOWN_WAITS, 0, 0);
	key(K_ACCEPT);
	told_users(DOWN_TAKEN, 0, 0);
	assert_int_equal(a.step, ARRIVALS_TAKEN);
}

static void what_was_stopped_says_who_is_here(void **state)
{
	(void)state;
	told_users(DOWN_WAITS, 0, 9);
	key(K_ACCEPT);
	fx = arrivals_handle(&a, feed_failed(ERR_BUSY));
	assert_string_equal(a.notice.text,
		"Stopped: who has no first PIN yet was not added.");
}

#define ROW(name) cmocka_unit_test_setup(name, start)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(it_is_shown_before_it_is_taken),
		ROW(the_next_one_is_looked_at_then),
		ROW(a_list_with_errors_is_only_put_aside),
		ROW(zero_leaves_it_where_it_is),
		ROW(nothing_that_waits_is_said),
		ROW(while_it_is_looked_at_keys_do_nothing),
		ROW(what_was_stopped_is_looked_at_again),
		ROW(a_disk_that_fails_is_said),
		ROW(what_the_book_refuses_is_said),
		ROW(PINs_are_shown_until_they_are_written_down),
		ROW(a_table_that_adds_nobody_is_just_taken),
		ROW(what_was_stopped_says_who_is_here),
		ROW(only_who_may_take_lists_is_offered_the_key),
	};

	tr_set_lang("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
