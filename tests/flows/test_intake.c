/* A list from a stick: found, looked at, corrected or not, taken. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "terminal/flows/intake.h"

static struct intake in;

static struct effect key(int k)
{
	return intake_handle(&in, feed_key(k));
}

static struct effect press(const char *keys)
{
	struct effect fx = effect_of(FX_NONE);

	for (; *keys; keys++)
		fx = key(*keys == '\n' ? K_ACCEPT : *keys);
	return fx;
}

/* Two files are in the folder. */
static int found(void **state)
{
	struct event *ev;

	(void)state;
	assert_int_equal(intake_start(&in).kind, FX_INTAKE_FILES);
	ev = feed_answer(EV_INTAKE);
	ev->intake.files = 2;
	str_copy(ev->intake.folder, sizeof(ev->intake.folder), "/media");
	str_copy(ev->intake.file[1].name, sizeof(ev->intake.file[1].name),
		"usb/thang 12.csv");
	intake_handle(&in, ev);
	assert_int_equal(in.step, INTAKE_FILES);
	return 0;
}

static void read_it(int64_t errors, bool taken)
{
	struct event *ev = feed_answer(EV_INTAKE);

	ev->intake.rows = 3;
	ev->intake.errors = errors;
	ev->intake.taken = taken;
	intake_handle(&in, ev);
}

static void a_list_is_looked_at_before_it_is_taken(void **state)
{
	struct effect fx = press("2");

	(void)state;
	assert_int_equal(fx.kind, FX_INTAKE_LOOK);
	assert_string_equal(fx.intake.path, "/media/usb/thang 12.csv");
	assert_int_equal(fx.intake.corrects, 0);
	read_it(0, false);
	assert_int_equal(in.step, INTAKE_SHOWN);
	fx = press("1");
	assert_int_equal(fx.kind, FX_INTAKE_TAKE);
	assert_string_equal(fx.intake.path, "/media/usb/thang 12.csv");
	read_it(0, true);
	assert_int_equal(in.step, INTAKE_TAKEN);
	assert_int_equal(press("\n").kind, FX_LEAVE);
}

static void enter_takes_nothing(void **state)
{
	(void)state;
	press("1");
	read_it(0, false);
	assert_int_equal(press("\n").kind, FX_NONE);
	assert_int_equal(in.step, INTAKE_SHOWN);
}

static void a_list_with_errors_cannot_be_taken(void **state)
{
	(void)state;
	press("1");
	read_it(2, false);
	assert_int_equal(in.step, INTAKE_BAD);
	assert_int_equal(press("1").kind, FX_NONE);
	press("0");
	assert_int_equal(in.step, INTAKE_FILES);
}

static void what_it_corrects_is_looked_at_anew(void **state)
{
	struct effect fx;

	(void)state;
	press("1");
	read_it(1, false); /* as it is, it contradicts the other */
	fx = press("212\n");
	assert_int_equal(fx.kind, FX_INTAKE_LOOK);
	assert_int_equal(fx.intake.corrects, 12);
	read_it(0, false);
	fx = press("1");
	assert_int_equal(fx.kind, FX_INTAKE_TAKE);
	assert_int_equal(fx.intake.corrects, 12);
}

static void another_file_corrects_nothing_of_itself(void **state)
{
	(void)state;
	press("1");
	read_it(0, false);
	press("212\n");
	read_it(0, false);
	press("0");
	assert_int_equal(press("2").intake.corrects, 0);
}

static void one_that_changed_meanwhile_is_not_taken(void **state)
{
	(void)state;
	press("1");
	read_it(0, false);
	press("1");
	read_it(1, false);
	assert_int_equal(in.step, INTAKE_BAD);
	press("0");
	press("1");
	read_it(0, false);
	press("1");
	read_it(0, false); /* good, and yet not taken */
	assert_int_equal(in.step, INTAKE_SHOWN);
}

static void what_was_stopped_or_failed_is_said(void **state)
{
	static const struct {
		enum err_code code;
	} row[] = {{ERR_BUSY}, {ERR_GONE}, {ERR_IO}, {ERR_DENIED},
		{ERR_INVALID}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		press("1");
		intake_handle(&in, feed_failed(row[i].code));
		assert_int_equal(in.step, INTAKE_FILES);
		assert_int_not_equal(in.notice.text[0], '\0');
	}
}

static void another_folder_is_looked_in(void **state)
{
	struct effect fx;

	(void)state;
	press("9");
	assert_int_equal(in.step, INTAKE_FOLDER);
	assert_string_equal(in.folder.text, "/media");
	fx = press("/a\n");
	assert_int_equal(fx.kind, FX_INTAKE_FILES);
	assert_string_equal(fx.path, "/media/a");
	intake_handle(&in, feed_failed(ERR_GONE));
	assert_int_equal(in.step, INTAKE_FILES);
	assert_int_not_equal(in.notice.text[0], '\0');
	/* Nothing is found: no digit leads anywhere. */
	assert_int_equal(press("1").kind, FX_NONE);
	assert_int_equal(press("0").kind, FX_LEAVE);
}

static void a_digit_without_a_file_does_nothing(void **state)
{
	(void)state;
	assert_int_equal(press("3").kind, FX_NONE);
	assert_int_equal(in.step, INTAKE_FILES);
}

static void back_goes_step_by_step(void **state)
{
	(void)state;
	press("1");
	read_it(0, false);
	press("2");
	assert_int_equal(in.step, INTAKE_CORRECTS);
	key(K_BACK);
	assert_int_equal(in.step, INTAKE_SHOWN);
	press("0");
	assert_int_equal(in.step, INTAKE_FILES);
	assert_int_equal(press("0").kind, FX_LEAVE);
}

#define T(f) cmocka_unit_test_setup(f, found)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_list_is_looked_at_before_it_is_taken),
		T(enter_takes_nothing),
		T(a_list_with_errors_cannot_be_taken),
		T(what_it_corrects_is_looked_at_anew),
		T(another_file_corrects_nothing_of_itself),
		T(one_that_changed_meanwhile_is_not_taken),
		T(what_was_stopped_or_failed_is_said),
		T(another_folder_is_looked_in),
		T(a_digit_without_a_file_does_nothing),
		T(back_goes_step_by_step),
	};

	return cmocka_run_group_tests_name("intake", tests, NULL, NULL);
}
