/* How far the centre has it, and "send now". */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/feed.h"
#include "terminal/flows/contact.h"

static struct contact c;

static void begin(bool centre)
{
	static struct status status;

	memset(&status, 0, sizeof(status));
	status.has_centre = centre;
	contact_start(&c, &status);
}

static enum effect_kind key(int k)
{
	return contact_handle(&c, feed_key(k)).kind;
}

static void one_sends_and_nobody_waits_for_it(void **state)
{
	(void)state;
	begin(true);
	assert_int_equal(key('1'), FX_SEND);
	assert_string_equal(c.notice.text, "Sending. You may go on working.");
	assert_false(flow_is_answered(FX_SEND));
	assert_int_equal(c.step, CONTACT_SHOW);
	/* The next key is for another thing. */
	assert_int_equal(key('5'), FX_NONE);
	assert_string_equal(c.notice.text, "");
}

static void zero_and_back_leave(void **state)
{
	(void)state;
	begin(true);
	assert_int_equal(key('0'), FX_LEAVE);
	begin(true);
	assert_int_equal(key(K_BACK), FX_LEAVE);
	begin(false);
	assert_int_equal(key('0'), FX_LEAVE);
}

static void without_a_centre_there_is_nothing_to_send(void **state)
{
	(void)state;
	begin(false);
	assert_int_equal(c.step, CONTACT_NONE);
	assert_int_equal(key('1'), FX_NONE);
}

static void two_is_for_who_takes_lists(void **state)
{
	const struct binding *b;
	size_t n;

	(void)state;
	begin(true);
	b = contact_bindings(c.step, &n);
	b = binding_find(b, n, '2');
	assert_non_null(b);
	assert_true(binding_is_for(b, ROLE_SUPERVISOR));
	assert_false(binding_is_for(b, ROLE_AGENT));
	assert_int_equal(key('2'), FX_LEAVE);
	assert_true(c.lists);
	assert_int_equal(key('0'), FX_LEAVE);
	assert_false(c.lists);
}

/* ENTER is what a scanner types. */
static void enter_does_nothing(void **state)
{
	(void)state;
	begin(true);
	assert_int_equal(key(K_ACCEPT), FX_NONE);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_sends_and_nobody_waits_for_it),
		cmocka_unit_test(zero_and_back_leave),
		cmocka_unit_test(without_a_centre_there_is_nothing_to_send),
		cmocka_unit_test(two_is_for_who_takes_lists),
		cmocka_unit_test(enter_does_nothing),
	};

	tr_set_lang("en");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
