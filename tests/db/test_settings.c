/* What users like: kept over a restart, each his own, never in the way. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/journal.h"
#include "db/settings.h"
#include "support/bookstore.h"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static enum telex_method typing(struct bookstore *b, int64_t user)
{
	enum telex_method m = TELEX_METHOD_COUNT;
	struct err err = {0};

	if (!settings_typing(b->db, user, &m, &err))
		fail_msg("%s", err.text);
	return m;
}

static void set(struct bookstore *b, int64_t user, enum telex_method m)
{
	struct err err = {0};

	if (!settings_set_typing(b->db, user, m, &err))
		fail_msg("%s", err.text);
}

static void who_never_said_types_telex(void **state)
{
	assert_int_equal(typing(*state, 7), TELEX_TELEX);
	assert_int_equal(typing(*state, 12345), TELEX_TELEX);
}

static void every_method_is_kept_over_a_restart(void **state)
{
	struct bookstore *b = *state;

	for (int m = 0; m < TELEX_METHOD_COUNT; m++) {
		set(b, 7, (enum telex_method)m);
		assert_int_equal(typing(b, 7), m);
		bookstore_restart(b);
		assert_int_equal(typing(b, 7), m);
	}
}

static void kill_9_forgets_nothing(void **state)
{
	struct bookstore *b = *state;

	set(b, 8, TELEX_VNI);
	bookstore_crash(b);
	bookstore_open(b);
	assert_int_equal(typing(b, 8), TELEX_VNI);
}

static void each_user_has_his_own(void **state)
{
	struct bookstore *b = *state;

	set(b, 7, TELEX_VNI);
	set(b, 8, TELEX_OFF);
	assert_int_equal(typing(b, 7), TELEX_VNI);
	assert_int_equal(typing(b, 8), TELEX_OFF);
	assert_int_equal(typing(b, 1), TELEX_TELEX);
}

/* A later release may have kept more than this one knows. */
static void an_unknown_method_is_telex(void **state)
{
	struct bookstore *b = *state;

	set(b, 7, TELEX_VNI);
	bookstore_sql(b, "UPDATE setting SET value = 'viqr'"
			 " WHERE name = 'typing 7'");
	assert_int_equal(typing(b, 7), TELEX_TELEX);
	bookstore_sql(b, "UPDATE setting SET value ="
			 " 'a word longer than any of ours' WHERE name ="
			 " 'typing 7'");
	assert_int_equal(typing(b, 7), TELEX_TELEX);
	set(b, 7, TELEX_OFF);
	assert_int_equal(typing(b, 7), TELEX_OFF);
}

/* It is a habit, no act: the book does not grow and stays sound. */
static void the_journal_knows_nothing_of_it(void **state)
{
	struct bookstore *b = *state;
	struct journal_counts before = {0};
	struct journal_counts after = {0};
	struct err err = {0};

	assert_true(journal_counts(b->db, &before, &err));
	set(b, 7, TELEX_VNI);
	assert_true(journal_counts(b->db, &after, &err));
	assert_true(before.made == after.made);
}

/* ---- what they learned ---------------------------------------------------- */

static struct settings_tour learned(struct bookstore *b, int64_t user)
{
	struct settings_tour t;
	struct err err = {0};

	memset(&t, 0xff, sizeof(t));
	if (!settings_tour(b->db, user, &t, &err))
		fail_msg("%s", err.text);
	return t;
}

static void what_was_learned_is_kept_of_each_user(void **state)
{
	struct bookstore *b = *state;
	const struct settings_tour all = {.done = 0xffff,
		.seconds = {3600, 1, [SETTINGS_LESSONS - 1] = UINT16_MAX}};
	const struct settings_tour none = {0};
	struct settings_tour t = learned(b, 7);
	struct err err = {0};

	assert_memory_equal(&t, &none, sizeof(t));
	assert_true(settings_set_tour(b->db, 7, &all, &err));
	bookstore_restart(b);
	t = learned(b, 7);
	assert_memory_equal(&t, &all, sizeof(t));
	t = learned(b, 8);
	assert_memory_equal(&t, &none, sizeof(t));
	assert_true(settings_set_tour(b->db, 7, &none, &err));
	t = learned(b, 7);
	assert_memory_equal(&t, &none, sizeof(t));
}

static void what_makes_no_sense_was_not_learned(void **state)
{
	static const char *const values[] = {"''", "'x'", "'3'", "'3 1'",
		"'-1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'",
		"'65536 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'",
		"'1 65536 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'",
		"'1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'",
		"'1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0x'"};
	struct bookstore *b = *state;
	const struct settings_tour one = {.done = 1, .seconds = {9}};
	const struct settings_tour none = {0};
	struct settings_tour t;
	struct err err = {0};
	char sql[160];

	assert_true(settings_set_tour(b->db, 7, &one, &err));
	for (size_t i = 0; i < COUNT_OF(values); i++) {
		snprintf(sql, sizeof(sql),
			"UPDATE setting SET value = %s WHERE name = 'tour 7'",
			values[i]);
		bookstore_sql(b, sql);
		t = learned(b, 7);
		assert_memory_equal(&t, &none, sizeof(t));
	}
}

static void the_folder_of_copies_is_kept(void **state)
{
	struct bookstore *b = *state;
	char folder[SETTINGS_FOLDER_SIZE];
	struct err err = {0};

	assert_true(settings_copies(b->db, folder, &err));
	assert_string_equal(folder, "");
	assert_true(settings_set_copies(b->db, "/media/usb", &err));
	bookstore_restart(b);
	assert_true(settings_copies(b->db, folder, &err));
	assert_string_equal(folder, "/media/usb");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_never_said_types_telex,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			every_method_is_kept_over_a_restart, setup, teardown),
		cmocka_unit_test_setup_teardown(kill_9_forgets_nothing, setup,
			teardown),
		cmocka_unit_test_setup_teardown(each_user_has_his_own, setup,
			teardown),
		cmocka_unit_test_setup_teardown(an_unknown_method_is_telex,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_was_learned_is_kept_of_each_user, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_makes_no_sense_was_not_learned, setup, teardown),
		cmocka_unit_test_setup_teardown(the_folder_of_copies_is_kept,
			setup, teardown),
		cmocka_unit_test_setup_teardown(the_journal_knows_nothing_of_it,
			setup, teardown),
	};

	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
