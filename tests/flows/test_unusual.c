/* Approvals and exceptions on the screen: pages, kinds, shifts, one whole. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "terminal/flows/unusual.h"

static struct unusual u;

static struct effect key(int k)
{
	return unusual_handle(&u, feed_key(k));
}

/* total of them in shift, and those from first on. */
static void loaded(int64_t shift, int64_t first, int64_t total)
{
	struct event *ev = feed_answer(EV_EXCEPTIONS);
	struct unusual_page *p = &ev->unusual;

	p->shift = shift;
	p->first = first;
	p->total = total;
	if (total > 0)
		p->present = EXCEPTION_BIT(EXCEPTION_VOID) |
			     EXCEPTION_BIT(EXCEPTION_WRONG_PIN);
	p->rows = total - first < FLOW_UNUSUAL_ROWS ? (int)(total - first)
						    : FLOW_UNUSUAL_ROWS;
	for (int i = 0; i < p->rows; i++)
		p->row[i].seq = (uint64_t)(100 - first - i);
	unusual_handle(&u, ev);
}

static int start(void **state)
{
	const struct effect fx = unusual_start(&u);

	(void)state;
	assert_int_equal(fx.kind, FX_EXCEPTIONS);
	assert_int_equal(fx.unusual.shift, 0);
	assert_int_equal(fx.unusual.kinds, EXCEPTION_ALL);
	assert_int_equal(u.step, UNUSUAL_LOADING);
	loaded(3, 0, 8);
	assert_int_equal(u.step, UNUSUAL_LIST);
	return 0;
}

static void a_digit_opens_its_line(void **state)
{
	(void)state;
	assert_int_equal(key('3').kind, FX_NONE);
	assert_int_equal(u.step, UNUSUAL_ONE);
	assert_int_equal(u.page.row[u.at].seq, 98);
	key('.');
	assert_int_equal(u.page.row[u.at].seq, 97);
	key('0');
	assert_int_equal(u.step, UNUSUAL_LIST);
}

static void enter_opens_the_first_and_the_last_leads_to_it(void **state)
{
	(void)state;
	key(K_ACCEPT);
	assert_int_equal(u.at, 0);
	for (int i = 0; i < FLOW_UNUSUAL_ROWS; i++)
		key('.');
	assert_int_equal(u.at, 0);
}

static void older_ones_come_until_there_are_none(void **state)
{
	struct effect fx = key('.');

	(void)state;
	assert_int_equal(fx.kind, FX_EXCEPTIONS);
	assert_int_equal(fx.unusual.first, FLOW_UNUSUAL_ROWS);
	assert_int_equal(fx.unusual.shift, 3);
	loaded(3, FLOW_UNUSUAL_ROWS, 8);
	assert_int_equal(u.page.rows, 2);
	assert_int_equal(key('.').kind, FX_NONE);
	assert_int_not_equal(u.notice.text[0], '\0');
	/* No digit for a line that is not there. */
	key('3');
	assert_int_equal(u.step, UNUSUAL_LIST);
}

static void one_kind_after_the_other_then_all(void **state)
{
	static const unsigned want[] = {EXCEPTION_BIT(EXCEPTION_VOID),
		EXCEPTION_BIT(EXCEPTION_WRONG_PIN), EXCEPTION_ALL,
		EXCEPTION_BIT(EXCEPTION_VOID)};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(want); i++) {
		const struct effect fx = key('7');

		assert_int_equal(fx.kind, FX_EXCEPTIONS);
		assert_int_equal(fx.unusual.kinds, want[i]);
		assert_int_equal(fx.unusual.first, 0);
		assert_int_equal(fx.unusual.shift, 3);
		loaded(3, 0, 1);
	}
}

/* The row of a key among those that are offered now. */
static bool is_offered(int k)
{
	size_t count;
	const struct binding *b = unusual_bindings(&u, &count);

	return binding_find(b, count, k) != NULL;
}

static void the_shift_before_until_there_is_none(void **state)
{
	struct effect fx = key('8');

	(void)state;
	assert_int_equal(fx.unusual.shift, 2);
	loaded(2, 0, 0);
	assert_int_equal(key(K_ACCEPT).kind, FX_NONE);
	assert_int_equal(u.step, UNUSUAL_LIST);
	fx = key('8');
	assert_int_equal(fx.unusual.shift, 1);
	loaded(1, 0, 1);
	fx = key('8');
	assert_int_equal(fx.unusual.shift, FLOW_BEFORE_SHIFTS);
	loaded(0, 0, 1);
	assert_false(is_offered('8'));
	assert_int_equal(key('8').kind, FX_NONE);
	fx = key('7');
	assert_int_equal(fx.unusual.shift, FLOW_BEFORE_SHIFTS);
	loaded(0, 0, 1);
	assert_int_equal(key('0').kind, FX_LEAVE);
}

static void only_keys_that_lead_somewhere_are_offered(void **state)
{
	static const struct {
		const char *name;
		int64_t shift;
		int64_t total;
		const char *keys;
		const char *others;
	} row[] = {
		{"no shift yet, and nothing", 0, 0, "0#", "78.1"},
		{"no shift yet, a limit was changed", 0, 1, "7.01#", "82"},
		{"a shift without any", 3, 0, "80#", "7.1"},
		{"a shift with two", 3, 2, "87.012#", "3"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		unusual_start(&u);
		loaded(row[i].shift, 0, row[i].total);
		for (const char *k = row[i].keys; *k; k++)
			if (!is_offered(*k))
				fail_msg("%s: no key %c", row[i].name, *k);
		for (const char *k = row[i].others; *k; k++)
			if (is_offered(*k) || key(*k).kind != FX_NONE)
				fail_msg("%s: key %c", row[i].name, *k);
	}
}

static void what_cannot_be_read_is_said(void **state)
{
	struct event *ev;

	(void)state;
	key('7');
	ev = feed_answer(EV_FAILED);
	ev->err.code = ERR_IO;
	unusual_handle(&u, ev);
	assert_int_equal(u.step, UNUSUAL_LIST);
	assert_int_not_equal(u.notice.text[0], '\0');
	assert_int_equal(key('0').kind, FX_LEAVE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_digit_opens_its_line, start),
		cmocka_unit_test_setup(
			enter_opens_the_first_and_the_last_leads_to_it, start),
		cmocka_unit_test_setup(older_ones_come_until_there_are_none,
			start),
		cmocka_unit_test_setup(one_kind_after_the_other_then_all,
			start),
		cmocka_unit_test_setup(the_shift_before_until_there_is_none,
			start),
		cmocka_unit_test(only_keys_that_lead_somewhere_are_offered),
		cmocka_unit_test_setup(what_cannot_be_read_is_said, start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
