/* The payment lists on the screen: pages, one of them, what it corrected. */
#include "support/unit.h"

#include <string.h>

#include "support/feed.h"
#include "support/samplelists.h"
#include "terminal/flows/rolls.h"

static struct rolls r;

static struct effect key(int k)
{
	return rolls_handle(&r, feed_key(k));
}

static struct event *study(enum study_state state)
{
	struct event *ev = feed_answer(EV_STUDY);

	ev->study.number = r.number;
	ev->study.state = state;
	return ev;
}

static void counted(int lists)
{
	struct event *ev = study(STUDY_DONE);

	ev->study.shelf = samplelists(lists);
	rolls_handle(&r, ev);
}

static void looked(int hamlets, int fixes)
{
	struct event *ev = study(STUDY_DONE);

	ev->study.look = samplelists_one(hamlets, fixes);
	rolls_handle(&r, ev);
}

/* Seven lists are on the screen. */
static int start(void **state)
{
	const struct effect fx = rolls_start(&r);

	(void)state;
	assert_int_equal(fx.kind, FX_ROLLS);
	assert_int_equal(fx.study.list, 0);
	assert_int_equal(r.step, ROLLS_COUNTING);
	counted(7);
	assert_int_equal(r.step, ROLLS_ALL);
	return 0;
}

static void a_digit_opens_its_list(void **state)
{
	const struct effect fx = key('2');

	(void)state;
	assert_int_equal(fx.kind, FX_ROLLS);
	assert_int_equal(fx.study.list, 6);
	assert_int_equal(r.step, ROLLS_LOOKING);
	looked(4, 0);
	assert_int_equal(r.step, ROLLS_ONE);
}

static void enter_opens_the_one_at_the_top(void **state)
{
	(void)state;
	key('.');
	assert_int_equal(key(K_ACCEPT).study.list, 2);
}

static void a_digit_without_a_list_does_nothing(void **state)
{
	(void)state;
	key('.');
	assert_int_equal(r.first, ROLLS_PAGE);
	assert_int_equal(key('3').kind, FX_NONE);
	assert_int_equal(key('5').kind, FX_NONE);
	assert_int_equal(r.step, ROLLS_ALL);
}

static void behind_the_last_page_comes_the_first(void **state)
{
	(void)state;
	key('.');
	key('.');
	assert_int_equal(r.first, 0);
	key(K_UP);
	assert_int_equal(r.first, 0);
	for (int i = 0; i < 20; i++)
		key(K_DOWN);
	assert_int_equal(r.first, 6);
}

static void back_counts_again_and_stays_on_its_page(void **state)
{
	struct effect fx;

	(void)state;
	key('.');
	key('1');
	looked(4, 0);
	fx = key('0');
	assert_int_equal(fx.kind, FX_ROLLS);
	assert_int_equal(fx.study.list, 0);
	counted(7);
	assert_int_equal(r.step, ROLLS_ALL);
	assert_int_equal(r.first, ROLLS_PAGE);
}

static void fewer_lists_than_before_begin_at_the_top(void **state)
{
	(void)state;
	key('.');
	key('1');
	looked(4, 0);
	key('0');
	counted(2);
	assert_int_equal(r.first, 0);
}

static void what_was_given_up_does_not_come(void **state)
{
	struct event late;

	(void)state;
	key('1');
	late = *study(STUDY_DONE);
	late.study.look = samplelists_one(4, 0);
	assert_int_equal(key('0').study.list, 0);
	rolls_handle(&r, &late);
	assert_int_equal(r.step, ROLLS_COUNTING);
	assert_null(r.look);
	assert_int_equal(key('0').kind, FX_LEAVE);
}

static void nothing_of_before_is_shown_by_who_comes_again(void **state)
{
	const int number = r.number;
	struct event late = *study(STUDY_DONE);

	(void)state;
	rolls_start(&r);
	assert_int_not_equal(r.number, number);
	assert_null(r.shelf);
	rolls_handle(&r, &late);
	assert_int_equal(r.step, ROLLS_COUNTING);
}

static void only_a_list_that_corrected_has_the_key(void **state)
{
	(void)state;
	key('1');
	looked(4, 0);
	key('2');
	assert_int_equal(r.step, ROLLS_ONE);
	key('0');
	counted(7);
	key('1');
	looked(4, 9);
	key('2');
	assert_int_equal(r.step, ROLLS_FIXES);
	key('.');
	assert_int_equal(r.row, ROLLS_ROWS);
	key('0');
	assert_int_equal(r.step, ROLLS_ONE);
	assert_int_equal(r.row, 0);
}

static void hamlets_go_on_and_begin_anew(void **state)
{
	(void)state;
	key('1');
	looked(2 * ROLLS_ROWS, 0);
	key('.');
	assert_int_equal(r.row, ROLLS_ROWS);
	key('.');
	assert_int_equal(r.row, 0);
	key(K_DOWN);
	assert_int_equal(r.row, 1);
}

static void how_far_it_is_is_kept(void **state)
{
	struct event *ev;

	(void)state;
	key('1');
	ev = study(STUDY_RUNS);
	ev->study.done = 5;
	ev->study.all = 10;
	rolls_handle(&r, ev);
	assert_int_equal(r.done, 5);
	assert_int_equal(r.all, 10);
	assert_int_equal(r.step, ROLLS_LOOKING);
}

static void what_failed_is_said_and_may_be_tried_again(void **state)
{
	struct event *ev;

	(void)state;
	key('1');
	ev = study(STUDY_FAILED);
	ev->study.code = ERR_IO;
	rolls_handle(&r, ev);
	assert_int_equal(r.step, ROLLS_FAILED);
	assert_int_not_equal(r.notice.text[0], '\0');
	assert_int_equal(key('1').study.list, 7);
	rolls_handle(&r, study(STUDY_FAILED));
	assert_int_equal(key('0').kind, FX_LEAVE);
}

static void without_a_list_there_is_only_the_way_back(void **state)
{
	(void)state;
	rolls_start(&r);
	counted(0);
	assert_int_equal(key('1').kind, FX_NONE);
	assert_int_equal(key(K_ACCEPT).kind, FX_NONE);
	assert_int_equal(key('.').kind, FX_NONE);
	assert_int_equal(key('0').kind, FX_LEAVE);
}

/* ---- whose people ------------------------------------------------------------ */

static void users(int count, bool more)
{
	struct event *ev = feed_answer(EV_USERS);

	ev->users.count = count;
	ev->users.more = more;
	for (int i = 0; i < count; i++)
		ev->users.row[i].number = 5 + i;
	rolls_handle(&r, ev);
}

static int on_one(void **state)
{
	start(state);
	key('1');
	looked(7, 0);
	key('3');
	assert_int_equal(r.step, ROLLS_WHICH);
	return 0;
}

static void a_hamlet_goes_to_a_user(void **state)
{
	struct effect fx;

	(void)state;
	key('.');
	assert_int_equal(key('2').kind, FX_USERS);
	users(3, false);
	fx = key('2');
	assert_int_equal(fx.kind, FX_ASSIGN);
	assert_int_equal(fx.assign.list, 7);
	assert_int_equal(fx.assign.user, 6);
	assert_false(fx.assign.by_range);
	/* The last of the seven: whose address names no hamlet. */
	assert_string_equal(fx.assign.hamlet, "");
	assert_string_equal(fx.assign.unit, "08173");
	rolls_handle(&r, feed_answer(EV_CONFIRMED));
	assert_int_equal(r.step, ROLLS_LOOKING);
	assert_int_not_equal(r.notice.text[0], '\0');
	looked(7, 0);
	assert_int_equal(r.step, ROLLS_ONE);
}

static void numbers_go_to_a_user(void **state)
{
	struct effect fx;

	(void)state;
	key('6');
	key('1');
	key('2');
	key(K_ACCEPT);
	key('9');
	assert_int_equal(key(K_ACCEPT).kind, FX_NONE); /* 9 is before 12 */
	assert_int_equal(r.step, ROLLS_UNTIL);
	key(K_ERASE);
	key('4');
	key('0');
	assert_int_equal(key(K_ACCEPT).kind, FX_USERS);
	users(1, false);
	fx = key('1');
	assert_int_equal(fx.kind, FX_ASSIGN);
	assert_true(fx.assign.by_range);
	assert_int_equal(fx.assign.first, 12);
	assert_int_equal(fx.assign.last, 40);
	assert_int_equal(fx.assign.user, 5);
}

static void nine_takes_them_from_everybody(void **state)
{
	(void)state;
	key('1');
	users(2, false);
	assert_int_equal(key('9').assign.user, 0);
}

static void a_digit_without_a_user_or_hamlet_does_nothing(void **state)
{
	(void)state;
	key('.');
	assert_int_equal(key('4').kind, FX_NONE);
	key('1');
	users(2, false);
	assert_int_equal(key('3').kind, FX_NONE);
	assert_int_equal(r.step, ROLLS_USERS);
}

static void more_users_come_after_the_last(void **state)
{
	struct effect fx;

	(void)state;
	key('1');
	users(FLOW_TEAM_ROWS, true);
	fx = key('.');
	assert_int_equal(fx.kind, FX_USERS);
	assert_int_equal(fx.user.number, 5 + FLOW_TEAM_ROWS - 1);
	users(1, false);
	assert_int_equal(key('.').user.number, 0);
}

static void back_leads_step_by_step(void **state)
{
	(void)state;
	key('6');
	key('1');
	key(K_ACCEPT);
	assert_int_equal(r.step, ROLLS_UNTIL);
	key(K_BACK);
	assert_int_equal(r.step, ROLLS_FROM);
	key(K_BACK);
	assert_int_equal(r.step, ROLLS_WHICH);
	key('1');
	users(1, false);
	key('0');
	assert_int_equal(r.step, ROLLS_WHICH);
	key('0');
	assert_int_equal(r.step, ROLLS_ONE);
}

static void what_the_book_refuses_is_said(void **state)
{
	struct event *ev;

	(void)state;
	key('1');
	users(1, false);
	key('1');
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_NOT_ASSIGNED;
	assert_int_equal(rolls_handle(&r, ev).kind, FX_ROLLS);
	assert_int_equal(r.notice.level, NOTICE_WARN);
}

#define G(f) cmocka_unit_test_setup(f, on_one)
#define T(f) cmocka_unit_test_setup(f, start)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_digit_opens_its_list),
		T(enter_opens_the_one_at_the_top),
		T(a_digit_without_a_list_does_nothing),
		T(behind_the_last_page_comes_the_first),
		T(back_counts_again_and_stays_on_its_page),
		T(fewer_lists_than_before_begin_at_the_top),
		T(what_was_given_up_does_not_come),
		T(nothing_of_before_is_shown_by_who_comes_again),
		T(only_a_list_that_corrected_has_the_key),
		T(hamlets_go_on_and_begin_anew),
		T(how_far_it_is_is_kept),
		T(what_failed_is_said_and_may_be_tried_again),
		T(without_a_list_there_is_only_the_way_back),
		G(a_hamlet_goes_to_a_user),
		G(numbers_go_to_a_user),
		G(nine_takes_them_from_everybody),
		G(a_digit_without_a_user_or_hamlet_does_nothing),
		G(more_users_come_after_the_last),
		G(back_leads_step_by_step),
		G(what_the_book_refuses_is_said),
	};

	return cmocka_run_group_tests_name("rolls", tests, NULL, NULL);
}
