/* The settings of a terminal: what is shown, asked, kept and refused. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/feed.h"
#include "terminal/flows/setup.h"

static int row_of(const char *key)
{
	for (int i = 0; i < setting_count(); i++)
		if (strcmp(setting_at(i)->key, key) == 0)
			return i;
	fail_msg("no setting %s", key);
	return 0;
}

static struct event *told(const char *key, const char *value)
{
	struct event *ev = feed_answer(EV_SETTINGS);

	memset(&ev->settings, 0, sizeof(ev->settings));
	str_copy(ev->settings.name, sizeof(ev->settings.name),
		"Bưu cục Cẩm Khê");
	if (key)
		str_copy(ev->settings.value[row_of(key)], SETTING_SIZE, value);
	return ev;
}

static struct effect type(struct setup *s, const char *keys)
{
	struct effect fx = effect_of(FX_NONE);

	for (; *keys; keys++)
		fx = setup_handle(s, feed_key(*keys == '\n'   ? K_ACCEPT
					      : *keys == '<'  ? K_BACK
					      : *keys == '\b' ? K_ERASE_WORD
							      : *keys));
	return fx;
}

/* Group and row by their keys, then more keys: the value that is to be kept,
 * or where it stays. */
static struct row {
	const char *name;
	const char *open; /* "12": group 1, row 2 */
	const char *keys;
	const char *key; /* of what is kept; NULL: nothing is asked */
	const char *value;
	enum setup_step step;
	const char *says; /* a part of the notice; "" */
} rows[] = {
	{"a choice is kept as the file has it", "12", "1", "width", "58",
		SETUP_SAVING, ""},
	{"9 takes a setting out of the file", "12", "9", "width", "",
		SETUP_SAVING, ""},
	{"a digit that is no choice does nothing", "12", "5", NULL, NULL,
		SETUP_CHOOSE, ""},
	{"back from a choice keeps nothing", "12", "0", NULL, NULL, SETUP_LIST,
		""},
	{"a number is typed and kept", "13", "512\n", "dots", "512",
		SETUP_SAVING, ""},
	{"a number beyond its range is refused with the range", "13", "999\n",
		NULL, NULL, SETUP_TYPE, "384"},
	{"an empty number is the default", "13", "\n", "dots", "", SETUP_SAVING,
		""},
	{"words are typed", "21", "Nha nuoc\n", "header_1", "Nha nuoc",
		SETUP_SAVING, ""},
	{"Esc keeps nothing of them", "21", "Nha<", NULL, NULL, SETUP_LIST, ""},
	{"nine is the last group", "91", "60\n", "target", "60", SETUP_SAVING,
		""},
	{"more than all is refused with the range", "91", "101\n", NULL, NULL,
		SETUP_TYPE, "100"},
	{"the account that people are paid from", "95", "1500205123456\n",
		"account", "1500205123456", SETUP_SAVING, ""},
	{"a port is typed", "11", "usb\n", "use", "usb", SETUP_SAVING, ""},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct effect fx;
	struct setup s;

	setup_start(&s);
	assert_int_equal(setup_handle(&s, feed_key(row->open[0])).kind,
		FX_SETTINGS);
	setup_handle(&s, told(NULL, NULL));
	assert_int_equal(s.step, SETUP_LIST);
	setup_handle(&s, feed_key(row->open[1]));
	fx = type(&s, row->keys);
	assert_int_equal(s.step, row->step);
	assert_non_null(strstr(s.notice.text, row->says));
	if (!row->key) {
		assert_int_not_equal(fx.kind, FX_SETTING_PUT);
		return;
	}
	assert_int_equal(fx.kind, FX_SETTING_PUT);
	assert_string_equal(setting_at(fx.setting.which)->key, row->key);
	assert_string_equal(fx.setting.value, row->value);
}

static void choose_width(struct setup *s)
{
	setup_start(s);
	type(s, "1");
	setup_handle(s, told(NULL, NULL));
	type(s, "21");
	assert_int_equal(s->step, SETUP_SAVING);
}

static void what_is_kept_is_shown_and_said(void **state)
{
	struct setup s;

	(void)state;
	choose_width(&s);
	setup_handle(&s, told("width", "58"));
	assert_int_equal(s.step, SETUP_LIST);
	assert_string_equal(s.told.value[row_of("width")], "58");
	assert_non_null(strstr(s.notice.text, "at once"));
}

static void what_holds_later_says_so(void **state)
{
	struct setup s;

	(void)state;
	setup_start(&s);
	type(&s, "4");
	setup_handle(&s, told(NULL, NULL));
	type(&s, "24");
	setup_handle(&s, told("theme", "contrast"));
	assert_non_null(strstr(s.notice.text, "starts again"));
}

static void what_cannot_be_is_said_and_asked_again(void **state)
{
	struct setup s;

	(void)state;
	choose_width(&s);
	setup_handle(&s, feed_failed(ERR_INVALID));
	assert_int_equal(s.step, SETUP_CHOOSE);
	assert_non_null(strstr(s.notice.text, "Nothing was changed"));
	type(&s, "1");
	setup_handle(&s, feed_failed(ERR_FULL));
	assert_int_equal(s.step, SETUP_CHOOSE);
	assert_true(s.notice.text[0] != '\0');
}

static void a_receipt_is_shown_and_scrolled(void **state)
{
	struct event *ev;
	struct setup s;

	(void)state;
	setup_start(&s);
	type(&s, "2");
	setup_handle(&s, told(NULL, NULL));
	assert_int_equal(type(&s, "9").kind, FX_SAMPLE);
	ev = feed_answer(EV_SAMPLE);
	str_copy(ev->sample, sizeof(ev->sample), "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
	setup_handle(&s, ev);
	assert_int_equal(s.step, SETUP_SAMPLE);
	type(&s, "..");
	assert_int_equal(s.top, 6);
	setup_handle(&s, feed_key(K_UP));
	assert_int_equal(s.top, 0);
	type(&s, "0");
	assert_int_equal(s.step, SETUP_LIST);
}

static void it_leaves_back_or_for_the_copies(void **state)
{
	struct setup s;

	(void)state;
	setup_start(&s);
	assert_int_equal(type(&s, "0").kind, FX_LEAVE);
	assert_int_equal(s.want, SETUP_WANTS_BACK);
	assert_int_equal(type(&s, "7").kind, FX_LEAVE);
	assert_int_equal(s.want, SETUP_WANTS_RESTORE);
}

static void what_is_only_shown_leads_back_to_the_menu(void **state)
{
	struct setup s;

	(void)state;
	setup_start(&s);
	assert_int_equal(type(&s, "6").kind, FX_SETTINGS);
	setup_handle(&s, told(NULL, NULL));
	assert_int_equal(s.step, SETUP_TERMINAL);
	type(&s, "0");
	assert_int_equal(type(&s, "8").kind, FX_SETTINGS);
	setup_handle(&s, told(NULL, NULL));
	assert_int_equal(s.step, SETUP_OFFICE);
	type(&s, "0");
	assert_int_equal(s.step, SETUP_MENU);
}

/* Two terminals that are believed; which: how many of them are left. */
static struct event *office(int which)
{
	struct event *ev = told(NULL, NULL);

	ev->settings.peers = which;
	for (int i = 0; i < which; i++)
		memset(ev->settings.peer[i].dev, 0xb0 + i,
			sizeof(ev->settings.peer[i].dev));
	return ev;
}

static void to_office(struct setup *s, int peers)
{
	setup_start(s);
	type(s, "8");
	setup_handle(s, office(peers));
	assert_int_equal(s->step, SETUP_OFFICE);
}

/* Keys at the list of two; the reason that is written, or none. */
static const struct out_row {
	const char *name;
	const char *keys;
	enum peer_why why;
	enum setup_step step;
} out_rows[] = {
	{"a lost one", "211", PEER_LOST, SETUP_OUT},
	{"one that was replaced", "221", PEER_REPLACED, SETUP_OUT},
	{"one of a point that is closed", "231", PEER_CLOSED, SETUP_OUT},
	{"no reason, nothing", "24", PEER_NO_WHY, SETUP_OUT_WHY},
	{"a third there is not", "3", PEER_NO_WHY, SETUP_OFFICE},
	{"back before the reason", "20", PEER_NO_WHY, SETUP_OFFICE},
	{"back before the last key", "210", PEER_NO_WHY, SETUP_OFFICE},
	{"2 is no yes", "212", PEER_NO_WHY, SETUP_OUT_SURE},
};

static void each_way_out_of_the_office(void **state)
{
	struct effect fx;
	struct setup s;

	(void)state;
	for (size_t i = 0; i < sizeof(out_rows) / sizeof(out_rows[0]); i++) {
		const struct out_row *row = &out_rows[i];

		print_message("%s\n", row->name);
		to_office(&s, 2);
		fx = type(&s, row->keys);
		assert_int_equal(s.step, row->step);
		assert_int_equal(fx.kind == FX_PEER_OUT,
			row->why != PEER_NO_WHY);
		if (row->why == PEER_NO_WHY)
			continue;
		assert_int_equal(fx.out.why, row->why);
		assert_int_equal(fx.out.dev[0], 0xb1);
	}
}

static void who_is_out_is_said_and_listed_no_more(void **state)
{
	struct setup s;

	(void)state;
	to_office(&s, 2);
	type(&s, "211");
	setup_handle(&s, office(1));
	assert_int_equal(s.step, SETUP_OFFICE);
	assert_int_equal(s.told.peers, 1);
	assert_non_null(strstr(s.notice.text, "b1b1b1"));
	type(&s, "2");
	assert_int_equal(s.step, SETUP_OFFICE);
}

static void who_is_not_out_is_said(void **state)
{
	struct setup s;

	(void)state;
	to_office(&s, 2);
	type(&s, "211");
	setup_handle(&s, feed_failed(ERR_FULL));
	assert_int_equal(s.step, SETUP_OFFICE);
	assert_int_equal(s.told.peers, 2);
	assert_int_equal(s.notice.level, NOTICE_WARN);
}

static void nobody_there_nobody_goes(void **state)
{
	struct setup s;

	(void)state;
	to_office(&s, 0);
	type(&s, "1");
	assert_int_equal(s.step, SETUP_OFFICE);
}

static void every_row_is_whole(void **state)
{
	char text[SETTING_TEXT];
	int all = 0;

	(void)state;
	for (int g = 0; g < SETTING_GROUPS; g++) {
		int first;
		int count;

		setting_of((enum setting_group)g, &first, &count);
		assert_in_range(count, 1, 8);
		assert_int_equal(first, all);
		all += count;
	}
	assert_int_equal(all, setting_count());
	for (int i = 0; i < all; i++) {
		const struct setting *at = setting_at(i);

		assert_int_equal(setting_choices(at) > 0,
			at->kind == SETTING_CHOICE);
		assert_true(at->kind != SETTING_NUMBER || at->most > at->least);
		assert_true(setting_value_text(at, "", text)[0] == '(');
	}
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 7] = {
		cmocka_unit_test(what_is_kept_is_shown_and_said),
		cmocka_unit_test(what_holds_later_says_so),
		cmocka_unit_test(what_cannot_be_is_said_and_asked_again),
		cmocka_unit_test(a_receipt_is_shown_and_scrolled),
		cmocka_unit_test(it_leaves_back_or_for_the_copies),
		cmocka_unit_test(what_is_only_shown_leads_back_to_the_menu),
		cmocka_unit_test(each_way_out_of_the_office),
		cmocka_unit_test(who_is_out_is_said_and_listed_no_more),
		cmocka_unit_test(who_is_not_out_is_said),
		cmocka_unit_test(nobody_there_nobody_goes),
		cmocka_unit_test(every_row_is_whole),
	};
	size_t n = 7;

	tr_set_lang("en");
	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return cmocka_run_group_tests_name("setup", tests, NULL, NULL);
}
