/* The papers of the month on the screen: choosing, moving about, writing. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/samplepaper.h"
#include "terminal/flows/papers.h"

enum {
	ROWS = 20 /* and a sum, and a line */
};

static struct paper_grid *grid;

static int make(void **state)
{
	(void)state;
	grid = samplepaper(ROWS);
	return 0;
}

static int drop(void **state)
{
	(void)state;
	paper_grid_free(grid);
	return 0;
}

static struct event *study(const struct papers *p, enum study_state state)
{
	struct event *ev = feed_answer(EV_STUDY);

	ev->study.number = p->number;
	ev->study.state = state;
	ev->study.grid = grid;
	ev->study.period = 202612;
	return ev;
}

static struct effect press(struct papers *p, const char *keys)
{
	struct effect fx = effect_of(FX_NONE);

	for (; *keys; keys++)
		fx = papers_handle(p,
			feed_key(*keys == '\n' ? K_ACCEPT : *keys));
	return fx;
}

/* So many communes are on the lists: "08212", "08213" ... */
static void tell_units(struct papers *p, int units)
{
	static struct units_here all;
	struct event *ev = study(p, STUDY_DONE);

	all = (struct units_here){.count = units};
	for (int i = 0; i < units; i++) {
		snprintf(all.unit[i].code, sizeof(all.unit[i].code), "%05d",
			8212 + i);
		all.unit[i].people = 100 + i;
	}
	ev->study.units = &all;
	assert_int_equal(papers_handle(p, ev).kind, FX_NONE);
}

static void start(struct papers *p)
{
	assert_int_equal(papers_start(p).kind, FX_PAPER_UNITS);
	tell_units(p, 1);
}

static void show(struct papers *p)
{
	memset(p, 0, sizeof(*p));
	start(p);
	assert_int_equal(press(p, "3\n").kind, FX_PAPER);
	papers_handle(p, study(p, STUDY_DONE));
	assert_int_equal(p->step, PAPERS_SHOWN);
}

static void each_digit_is_its_paper(void **state)
{
	(void)state;
	for (int i = 0; i < FLOW_PAPER_ACCOUNTS; i++) {
		const char keys[] = {(char)('1' + i), '1', '2', '2', '0', '2',
			'6', '\n', '\0'};
		struct papers p = {0};
		struct effect fx;

		start(&p);
		fx = press(&p, keys);
		assert_int_equal(fx.kind, FX_PAPER);
		assert_int_equal(fx.study.paper, i);
		assert_int_equal(fx.study.period, 202612);
		assert_true(papers_name((enum flow_paper)i)[0]);
	}
}

static void a_log_is_of_a_day_or_a_month(void **state)
{
	static const struct {
		const char *keys;
		int32_t period; /* -1: neither */
	} row[] = {
		{"", 0},
		{"05122026", 20261205},
		{"29022028", 20280229},
		{"29022027", -1},
		{"122026", 202612},
		{"5122026", -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct papers p = {0};
		struct effect fx;

		start(&p);
		press(&p, "8");
		press(&p, row[i].keys);
		fx = press(&p, "\n");
		assert_int_equal(fx.kind,
			row[i].period < 0 ? FX_NONE : FX_PAPER);
		if (row[i].period >= 0)
			assert_int_equal(fx.study.period, row[i].period);
		else
			assert_true(p.notice.text[0]);
	}
}

static void zero_gives_it_up_and_nothing_comes_later(void **state)
{
	struct papers p = {0};
	struct event late;

	(void)state;
	start(&p);
	press(&p, "3\n");
	late = *study(&p, STUDY_DONE);
	assert_int_equal(press(&p, "0").kind, FX_STUDY_STOP);
	assert_int_equal(p.step, PAPERS_CHOOSE);
	papers_handle(&p, &late);
	assert_int_equal(p.step, PAPERS_CHOOSE);
	assert_null(p.grid);
}

static void digits_move_as_on_a_telephone(void **state)
{
	static const struct {
		const char *keys;
		int row;
		int column;
	} row[] = {
		{"8", 1, 0},
		{"882", 1, 0},
		{"2", 0, 0},
		{"6", 0, 1},
		{"664", 0, 1},
		{"4", 0, 0},
		{"6666666666", 0, 3},
		{".", PAPERS_PAGE, 0},
		{".....", ROWS + 1, 0},
		{"...5", 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct papers p;

		show(&p);
		press(&p, row[i].keys);
		if (p.row != row[i].row || p.column != row[i].column)
			fail_msg("%s: row %d, column %d", row[i].keys, p.row,
				p.column);
	}
}

static void arrows_move_rows(void **state)
{
	struct papers p;

	(void)state;
	show(&p);
	papers_handle(&p, feed_key(K_DOWN));
	papers_handle(&p, feed_key(K_DOWN));
	papers_handle(&p, feed_key(K_UP));
	assert_int_equal(p.row, 1);
}

static void enter_shows_a_whole_row(void **state)
{
	struct papers p;

	(void)state;
	show(&p);
	press(&p, "8\n");
	assert_int_equal(p.step, PAPERS_ROW);
	press(&p, "8");
	assert_int_equal(p.row, 2);
	press(&p, ".");
	assert_int_equal(p.part, PAPERS_PART);
	press(&p, ".");
	assert_int_equal(p.part, 0);
	press(&p, "0");
	assert_int_equal(p.step, PAPERS_SHOWN);
	assert_int_equal(p.row, 2);
}

static void one_writes_the_files_of_what_is_seen(void **state)
{
	struct papers p;
	struct effect fx;
	struct event *ev;

	(void)state;
	show(&p);
	fx = press(&p, "1");
	assert_int_equal(fx.kind, FX_PAPER_PLACE);
	assert_int_equal(fx.study.period, 202612);
	ev = feed_answer(EV_COPY_PLACE);
	str_copy(ev->path, sizeof(ev->path), "/media/usb/a");
	papers_handle(&p, ev);
	assert_int_equal(p.step, PAPERS_PATH);
	fx = press(&p, "2\n");
	assert_int_equal(fx.kind, FX_PAPER_WRITE);
	assert_string_equal(fx.study.path, "/media/usb/a2");
	assert_int_equal(fx.study.paper, FLOW_PAPER_LIST);
	assert_int_equal(fx.study.period, 202612);
	ev = study(&p, STUDY_DONE);
	ev->study.files = 2;
	ev->study.no_pdf = true;
	papers_handle(&p, ev);
	assert_int_equal(p.step, PAPERS_WRITTEN);
	assert_true(p.no_pdf);
	press(&p, "\n");
	assert_int_equal(p.step, PAPERS_SHOWN);
	assert_ptr_equal(p.grid, grid);
}

static void writing_can_be_given_up(void **state)
{
	struct papers p;
	struct event *ev;

	(void)state;
	show(&p);
	press(&p, "1");
	ev = feed_answer(EV_COPY_PLACE);
	str_copy(ev->path, sizeof(ev->path), "/media/usb/a");
	papers_handle(&p, ev);
	press(&p, "\n");
	assert_int_equal(press(&p, "0").kind, FX_STUDY_END);
	assert_int_equal(p.step, PAPERS_PATH);
	assert_ptr_equal(p.grid, grid);
}

static void what_is_not_written_is_said_and_the_name_stays(void **state)
{
	static const struct {
		enum err_code code;
		enum refusal_code why;
	} row[] = {{ERR_GONE, REFUSED_NOT}, {ERR_INVALID, REFUSED_NOT},
		{ERR_NONE, REFUSED_TRAINING}};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct papers p;
		struct event *ev;

		show(&p);
		press(&p, "1");
		ev = feed_answer(EV_COPY_PLACE);
		str_copy(ev->path, sizeof(ev->path), "/x/y");
		papers_handle(&p, ev);
		press(&p, "\n");
		ev = study(&p, STUDY_FAILED);
		ev->study.code = row[i].code;
		ev->study.why = row[i].why;
		papers_handle(&p, ev);
		assert_int_equal(p.step, PAPERS_PATH);
		assert_string_equal(p.path.text, "/x/y");
		assert_true(p.notice.text[0]);
	}
}

static void accounts_are_of_no_month_and_marked_with_their_files(void **state)
{
	struct papers p = {0};
	struct effect fx;
	struct event *ev;

	(void)state;
	start(&p);
	fx = press(&p, "9");
	assert_int_equal(fx.kind, FX_PAPER);
	assert_int_equal(fx.study.paper, FLOW_PAPER_ACCOUNTS);
	assert_int_equal(fx.study.period, 0);
	papers_handle(&p, study(&p, STUDY_DONE));
	assert_int_equal(p.step, PAPERS_SHOWN);
	press(&p, "1");
	ev = feed_answer(EV_COPY_PLACE);
	str_copy(ev->path, sizeof(ev->path), "/media/usb/tai-khoan");
	papers_handle(&p, ev);
	assert_int_equal(press(&p, "\n").kind, FX_PAPER_WRITE);
	ev = study(&p, STUDY_DONE);
	ev->study.files = 3;
	ev->study.sent = 12;
	papers_handle(&p, ev);
	assert_int_equal(p.step, PAPERS_WRITTEN);
	assert_int_equal(p.sent, 12);
}

static void of_a_draw_there_are_only_the_files(void **state)
{
	struct papers p = {0};
	struct effect fx;
	struct event *ev;

	(void)state;
	fx = papers_start_sample(&p, 57);
	assert_int_equal(fx.kind, FX_PAPER_PLACE);
	assert_int_equal(fx.study.paper, FLOW_PAPER_SAMPLE);
	assert_int_equal(fx.study.draw, 57);
	ev = feed_answer(EV_COPY_PLACE);
	str_copy(ev->path, sizeof(ev->path), "/media/usb/kiem-tra-mau-57");
	papers_handle(&p, ev);
	fx = press(&p, "\n");
	assert_int_equal(fx.kind, FX_PAPER_WRITE);
	assert_int_equal(fx.study.draw, 57);
	ev = study(&p, STUDY_DONE);
	ev->study.files = 3;
	papers_handle(&p, ev);
	assert_int_equal(p.step, PAPERS_WRITTEN);
	assert_int_equal(press(&p, "\n").kind, FX_LEAVE);
	papers_start_sample(&p, 57);
	papers_handle(&p, feed_failed(ERR_IO));
	assert_int_equal(p.step, PAPERS_PATH);
	assert_int_equal(papers_handle(&p, feed_key(K_BACK)).kind, FX_LEAVE);
}

static void a_paper_that_failed_is_said(void **state)
{
	struct papers p = {0};
	struct event *ev;

	(void)state;
	start(&p);
	press(&p, "4\n");
	ev = study(&p, STUDY_FAILED);
	ev->study.code = ERR_IO;
	papers_handle(&p, ev);
	assert_int_equal(p.step, PAPERS_CHOOSE);
	assert_true(p.notice.text[0]);
}

static void back_leads_out(void **state)
{
	struct papers p;

	(void)state;
	show(&p);
	assert_int_equal(press(&p, "0").kind, FX_STUDY_STOP);
	assert_int_equal(p.step, PAPERS_CHOOSE);
	assert_int_equal(press(&p, "0").kind, FX_LEAVE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, make, drop)

/* ---- of one commune --------------------------------------------------------- */

static void where_there_are_several_a_commune_is_asked_for(void **state)
{
	static const struct {
		const char *name;
		int units;
		const char *keys;
		enum papers_step step;
		const char *unit;
	} row[] = {
		{"one: the month at once", 1, "3", PAPERS_MONTH, ""},
		{"none at all: the month, too", 0, "3", PAPERS_MONTH, ""},
		{"two: which?", 2, "3", PAPERS_UNIT, ""},
		{"the first", 2, "31", PAPERS_MONTH, "08212"},
		{"the second", 2, "32", PAPERS_MONTH, "08213"},
		{"there is no third", 2, "33", PAPERS_UNIT, ""},
		{"all of them", 2, "36", PAPERS_MONTH, ""},
		{"ENTER: all, at first", 2, "3\n", PAPERS_MONTH, ""},
		{"0: another paper", 2, "30", PAPERS_CHOOSE, ""},
		{"forms have one, too", 2, "12", PAPERS_MONTH, "08213"},
		{"and the settlement", 2, "71", PAPERS_MONTH, "08212"},
		{"the log is of no commune", 2, "8", PAPERS_DAY, ""},
		{"nor are accounts", 2, "9", PAPERS_MAKING, ""},
		{"the second page", 7, "3.2", PAPERS_MONTH, "08218"},
		{"no third on it", 7, "3.3", PAPERS_UNIT, ""},
		{"6 is all on any page", 7, "3.6", PAPERS_MONTH, ""},
		{"and round again", 7, "3..5", PAPERS_MONTH, "08216"},
		{"the last one is remembered", 2, "32\nF4\n", PAPERS_MONTH,
			"08213"},
		{"until it is all again", 2, "32\nF46", PAPERS_MONTH, ""},
		{"a log between changes nothing", 2, "32\nF8\nF4\n",
			PAPERS_MONTH, "08213"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct papers p = {0};

		papers_start(&p);
		tell_units(&p, row[i].units);
		for (const char *k = row[i].keys; *k; k++) {
			if (*k == 'F')
				papers_handle(&p, study(&p, STUDY_FAILED));
			else
				press(&p, (const char[]){*k, '\0'});
		}
		if (p.step != row[i].step ||
			strcmp(papers_unit(&p), row[i].unit) != 0)
			fail_msg("%s: step %d, unit \"%s\"", row[i].name,
				(int)p.step, papers_unit(&p));
	}
}

static void it_is_said_to_who_makes_and_who_writes(void **state)
{
	struct papers p = {0};
	struct effect fx;

	(void)state;
	papers_start(&p);
	tell_units(&p, 3);
	fx = press(&p, "43\n");
	assert_int_equal(fx.kind, FX_PAPER);
	assert_string_equal(fx.study.unit, "08214");
	papers_handle(&p, study(&p, STUDY_DONE));
	fx = press(&p, "1");
	assert_int_equal(fx.kind, FX_PAPER_PLACE);
	assert_string_equal(fx.study.unit, "08214");
	papers_handle(&p, feed_failed(ERR_IO));
	fx = press(&p, "x\n");
	assert_int_equal(fx.kind, FX_PAPER_WRITE);
	assert_string_equal(fx.study.unit, "08214");
	/* A log is of all, whatever was chosen before. */
	papers_handle(&p, study(&p, STUDY_FAILED));
	papers_handle(&p, feed_key(K_BACK));
	press(&p, "0");
	fx = press(&p, "8\n");
	assert_int_equal(fx.kind, FX_PAPER);
	assert_string_equal(fx.study.unit, "");
}

static void a_digit_before_they_are_counted_waits(void **state)
{
	struct papers p = {0};
	struct event late;

	(void)state;
	papers_start(&p);
	assert_int_equal(press(&p, "3").kind, FX_NONE);
	assert_int_equal(p.step, PAPERS_COUNTING);
	tell_units(&p, 2);
	assert_int_equal(p.step, PAPERS_UNIT);
	/* Given up by another paper: asked for again. */
	papers_start(&p);
	late = *study(&p, STUDY_DONE);
	assert_int_equal(press(&p, "8\n").kind, FX_PAPER);
	papers_handle(&p, &late);
	assert_int_equal(p.step, PAPERS_MAKING);
	papers_handle(&p, study(&p, STUDY_FAILED));
	assert_int_equal(press(&p, "3").kind, FX_PAPER_UNITS);
	assert_int_equal(p.step, PAPERS_COUNTING);
	/* And 0 gives it up. */
	assert_int_equal(press(&p, "0").kind, FX_STUDY_STOP);
	assert_int_equal(p.step, PAPERS_CHOOSE);
}

static void counting_that_fails_is_said_when_it_is_wanted(void **state)
{
	struct papers p = {0};
	struct event *ev;

	(void)state;
	papers_start(&p);
	papers_handle(&p, study(&p, STUDY_FAILED));
	assert_int_equal(p.step, PAPERS_CHOOSE);
	assert_false(p.notice.text[0]);
	assert_int_equal(press(&p, "3").kind, FX_PAPER_UNITS);
	ev = study(&p, STUDY_FAILED);
	ev->study.code = ERR_IO;
	papers_handle(&p, ev);
	assert_int_equal(p.step, PAPERS_CHOOSE);
	assert_true(p.notice.text[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_digit_is_its_paper),
		TEST(a_log_is_of_a_day_or_a_month),
		TEST(zero_gives_it_up_and_nothing_comes_later),
		TEST(digits_move_as_on_a_telephone),
		TEST(arrows_move_rows),
		TEST(enter_shows_a_whole_row),
		TEST(one_writes_the_files_of_what_is_seen),
		TEST(writing_can_be_given_up),
		TEST(what_is_not_written_is_said_and_the_name_stays),
		TEST(accounts_are_of_no_month_and_marked_with_their_files),
		TEST(of_a_draw_there_are_only_the_files),
		TEST(a_paper_that_failed_is_said),
		TEST(back_leads_out),
		TEST(where_there_are_several_a_commune_is_asked_for),
		TEST(it_is_said_to_who_makes_and_who_writes),
		TEST(a_digit_before_they_are_counted_waits),
		TEST(counting_that_fails_is_said_when_it_is_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
