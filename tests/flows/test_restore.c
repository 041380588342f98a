/* Copies of the book: which, whether whole, what they lack, taken out. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/feed.h"
#include "terminal/flows/restore.h"

static struct event *copies(enum copy_kin kin)
{
	struct event *ev = feed_answer(EV_COPIES);

	memset(&ev->copies, 0, sizeof(ev->copies));
	str_copy(ev->copies.folder, sizeof(ev->copies.folder), "/media/usb");
	ev->copies.count = 2;
	for (int i = 0; i < 2; i++)
		str_copy(ev->copies.row[i].name, sizeof(ev->copies.row[i].name),
			i ? "old.db" : "new.db");
	ev->copies.row[0].seen =
		(struct copy_seen){.last_seq = 100, .here = 112, .kin = kin};
	return ev;
}

/*
 * What happens, one character an event: keys; C two copies are found, K it is
 * done, P it was taken out, ! it failed, = no such folder, B damaged, S
 * stopped, E it was taken out before.
 */
static struct row {
	const char *name;
	const char *script;
	enum restore_step step;
	enum effect_kind fx;
	const char *path; /* of the effect; "": none */
} rows[] = {
	{"the last folder is looked at first", "", RESTORE_ASKED, FX_COPIES,
		""},
	{"a copy is chosen by its digit", "C2", RESTORE_COPY, FX_NONE, ""},
	{"a digit without a copy does nothing", "C3", RESTORE_LIST, FX_NONE,
		""},
	{"it is checked by its whole path", "C11", RESTORE_CHECKING,
		FX_COPY_CHECK, "/media/usb/new.db"},
	{"the second one, too", "C21", RESTORE_CHECKING, FX_COPY_CHECK,
		"/media/usb/old.db"},
	{"a whole one may be taken out", "C11K2", RESTORE_RESTORING, FX_RESTORE,
		"/media/usb/new.db"},
	{"and it is said where", "C11K2P", RESTORE_DONE, FX_NONE, ""},
	{"it is not taken out before it is checked", "C12", RESTORE_COPY,
		FX_NONE, ""},
	{"a damaged one is not taken out", "C11B2", RESTORE_BROKEN, FX_NONE,
		""},
	{"a check that was stopped may begin again", "C11S1", RESTORE_CHECKING,
		FX_COPY_CHECK, "/media/usb/new.db"},
	{"one that was taken out stays where it is", "C11K2E", RESTORE_CHECKED,
		FX_NONE, ""},
	{"a disk that fails is said, and asked again", "C11K2!",
		RESTORE_CHECKED, FX_NONE, ""},
	{"one that is hurt meanwhile is not taken out", "C11K2B",
		RESTORE_BROKEN, FX_NONE, ""},
	{"no such folder leads to the empty list", "=", RESTORE_LIST, FX_NONE,
		""},
	{"another folder is typed", "=9/a\n", RESTORE_ASKED, FX_COPIES, "/a"},
	{"Esc keeps the folder", "C9x<", RESTORE_LIST, FX_NONE, ""},
	{"back from a copy to the list", "C10", RESTORE_LIST, FX_NONE, ""},
	{"back from what was taken out to the list", "C11K2P0", RESTORE_LIST,
		FX_NONE, ""},
	{"back from the list leaves", "C0", RESTORE_LIST, FX_LEAVE, ""},
	{"keys do nothing while it is checked", "C1100", RESTORE_CHECKING,
		FX_NONE, ""},
};

static struct effect feed(struct restore *r, char c)
{
	struct event *ev;

	switch (c) {
	case 'C':
		return restore_handle(r, copies(COPY_BEHIND));
	case 'K':
		return restore_handle(r, feed_answer(EV_CONFIRMED));
	case 'P':
		ev = feed_answer(EV_COPY_PLACE);
		str_copy(ev->path, sizeof(ev->path), "/d/copy-1");
		return restore_handle(r, ev);
	case '!':
		return restore_handle(r, feed_failed(ERR_IO));
	case '=':
		return restore_handle(r, feed_failed(ERR_GONE));
	case 'B':
		return restore_handle(r, feed_failed(ERR_CORRUPT));
	case 'S':
		return restore_handle(r, feed_failed(ERR_BUSY));
	case 'E':
		return restore_handle(r, feed_failed(ERR_INVALID));
	case '<':
		return restore_handle(r, feed_key(K_BACK));
	case '\n':
		return restore_handle(r, feed_key(K_ACCEPT));
	default:
		return restore_handle(r, feed_key(c));
	}
}

static void run_row(void **state)
{
	const struct row *row = *state;
	static struct restore r;
	struct effect fx = restore_start(&r);

	for (const char *c = row->script; *c; c++)
		fx = feed(&r, *c);
	assert_int_equal(r.step, row->step);
	assert_int_equal(fx.kind, row->fx);
	if (*row->path)
		assert_string_equal(fx.path, row->path);
}

/* A stick that is pulled out or bad is not the book: nobody stops paying. */
static void what_a_stick_does_is_not_said_of_the_book(void **state)
{
	static const enum err_code code[] = {ERR_GONE, ERR_IO, ERR_TIMEOUT,
		ERR_DENIED, ERR_FULL};
	static const char *const until[] = {"", "C11", "C11K2"};
	static struct restore r;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(code); i++)
		for (size_t k = 0; k < COUNT_OF(until); k++) {
			restore_start(&r);
			for (const char *c = until[k]; *c; c++)
				feed(&r, *c);
			restore_handle(&r, feed_failed(code[i]));
			assert_true(r.notice.text[0] != '\0');
			assert_null(strstr(r.notice.text, "Stop paying"));
			assert_null(strstr(r.notice.text, "open the book"));
		}
}

static struct kin_row {
	const char *name;
	struct copy_seen seen;
	const char *says;
} kin_rows[] = {
	{"R1 a copy that is longer stops",
		{.last_seq = 120, .here = 100, .kin = COPY_AHEAD},
		"20 records more than the book here"},
	{"R1 two books stop", {.kin = COPY_FORK}, "two books were kept"},
	{"T28 what would be lost is a number",
		{.last_seq = 100, .here = 1300, .kin = COPY_BEHIND},
		"1.200 records more"},
	{"the same says so", {.kin = COPY_SAME}, "Just as the book"},
	{"another terminal's says nothing", {.kin = COPY_OTHER},
		"another terminal"},
};

static void run_kin_row(void **state)
{
	const struct kin_row *row = *state;
	char text[512];

	restore_kin_text(&row->seen, text, sizeof(text));
	assert_non_null(strstr(text, row->says));
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(kin_rows) + 1] = {
		cmocka_unit_test(what_a_stick_does_is_not_said_of_the_book),
	};
	size_t n = 1;

	tr_set_lang("en");
	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	UNIT_ADD_ROWS(tests, &n, kin_rows, run_kin_row);
	return cmocka_run_group_tests_name("restore", tests, NULL, NULL);
}
