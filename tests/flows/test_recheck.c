/* The sample check: the seed first, then receipts, then what people say. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/samplechecks.h"
#include "terminal/flows/recheck.h"

static struct recheck r;

static struct effect press(const char *keys)
{
	struct effect fx = effect_of(FX_NONE);

	for (; *keys; keys++)
		fx = recheck_handle(&r,
			feed_key(*keys == '\n' ? K_ACCEPT : *keys));
	return fx;
}

static struct event *study(enum study_state state)
{
	struct event *ev = feed_answer(EV_STUDY);

	ev->study.number = r.number;
	ev->study.state = state;
	return ev;
}

static struct effect told(int draws, int receipts)
{
	struct event *ev = study(STUDY_DONE);

	ev->study.recheck = samplechecks(draws, receipts);
	return recheck_handle(&r, ev);
}

static void paper(enum print_state state, bool no_printer)
{
	struct event *ev = feed_answer(EV_PRINT);

	ev->print.seq = SAMPLECHECKS_SEQ;
	ev->print.test = true;
	ev->print.state = state;
	ev->print.no_printer = no_printer;
	recheck_handle(&r, ev);
}

static int start(void **state)
{
	(void)state;
	r.number = 0;
	assert_int_equal(recheck_start(&r).kind, FX_RECHECK);
	assert_int_equal(r.step, RECHECK_LISTING);
	told(7, 0);
	assert_int_equal(r.step, RECHECK_DRAWS);
	return 0;
}

static int start_with_receipts(void **state)
{
	struct effect fx;

	start(state);
	fx = press("1");
	assert_int_equal(fx.kind, FX_RECHECK);
	assert_int_equal(fx.study.draw, SAMPLECHECKS_SEQ);
	assert_null(r.told);
	told(7, 7);
	assert_int_equal(r.step, RECHECK_SHOWN);
	return 0;
}

/* What was recorded, of EV_STUDY after a draw. */
static struct effect draw_it(const char *when)
{
	struct effect fx;

	press("7");
	press(when);
	press("\n");
	fx = press("3\n");
	assert_int_equal(fx.kind, FX_RECHECK_DRAW);
	assert_int_equal(fx.study.many, 3);
	return fx;
}

static void nothing_is_seen_before_the_seed_is_on_paper(void **state)
{
	struct effect fx;

	(void)state;
	draw_it("");
	fx = told(8, 3);
	assert_int_equal(fx.kind, FX_RECHECK_SLIP);
	assert_int_equal(fx.seed.seq, SAMPLECHECKS_SEQ);
	assert_false(fx.seed.again);
	assert_int_equal(r.step, RECHECK_PRINTING);
	assert_int_equal(press("\n1").kind, FX_NONE);
	assert_int_equal(r.step, RECHECK_PRINTING);
	paper(PRINT_PRINTING, false);
	assert_int_equal(r.step, RECHECK_PRINTING);
	paper(PRINT_PRINTED, false);
	assert_int_equal(r.step, RECHECK_SEED);
	press("\n");
	assert_int_equal(r.step, RECHECK_SHOWN);
	assert_int_equal(recheck_rows(&r), 3);
}

static void without_a_printer_the_seed_is_to_be_written_down(void **state)
{
	struct notice said;
	struct notice cure;

	(void)state;
	draw_it("");
	told(8, 3);
	paper(PRINT_FAILED, true);
	assert_int_equal(r.step, RECHECK_SEED);
	recheck_paper_text(&r, &said, &cure);
	assert_int_equal(said.level, NOTICE_WARN);
	assert_non_null(strstr(cure.text, "chép số bốc thăm"));
	press("\n");
	assert_int_equal(r.step, RECHECK_SHOWN);
}

static void its_slip_is_printed_again_and_says_so(void **state)
{
	struct effect fx;

	(void)state;
	draw_it("");
	told(8, 3);
	paper(PRINT_PRINTED, false);
	fx = press("5");
	assert_int_equal(fx.kind, FX_RECHECK_SLIP);
	assert_true(fx.seed.again);
	paper(PRINT_PRINTED, false);
	press("\n");
	assert_int_equal(r.step, RECHECK_SHOWN);
	/* Of a draw of another day, too. */
	press("8");
	assert_int_equal(r.step, RECHECK_SEED);
	assert_true(press("5").seed.again);
}

/* A sheet that did not come is no copy when it comes. */
static void what_was_not_printed_is_no_copy(void **state)
{
	(void)state;
	draw_it("");
	told(8, 3);
	paper(PRINT_FAILED, false);
	assert_false(press("5").seed.again);
	paper(PRINT_UNKNOWN, false);
	assert_true(press("5").seed.again);
}

static void of_a_day_a_month_or_a_shift(void **state)
{
	static const struct {
		const char *name;
		const char *keys;
		const char *when; /* NULL: none of them */
	} row[] = {
		{"today", "", ""},
		{"a day", "05122026", "2026-12-05"},
		{"the 29th of a leap year", "29022028", "2028-02-29"},
		{"a day that there is not", "29022027", NULL},
		{"a month", "122026", "2026-12"},
		{"a month of one digit", "52026", "2026-05"},
		{"a month that there is not", "132026", NULL},
		{"a shift", "12", "12"},
		{"no shift", "0", NULL},
		{"seven digits", "5122026", NULL},
	};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		start(state);
		press("7");
		press(row[i].keys);
		press("\n");
		if ((r.step == RECHECK_MANY) != (row[i].when != NULL))
			fail_msg("%s: step %d", row[i].name, r.step);
		if (!row[i].when) {
			assert_true(r.notice.text[0]);
			continue;
		}
		assert_string_equal(press("3\n").study.when, row[i].when);
	}
}

static void from_1_to_200_and_10_if_nobody_says(void **state)
{
	static const struct {
		const char *keys;
		int many; /* 0: refused */
	} row[] = {{"", 10}, {"1", 1}, {"200", 200}, {"0", 0}, {"201", 0}};

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct effect fx;

		start(state);
		press("7\n");
		press(row[i].keys);
		fx = press("\n");
		assert_int_equal(fx.kind,
			row[i].many ? FX_RECHECK_DRAW : FX_NONE);
		if (row[i].many)
			assert_int_equal(fx.study.many, row[i].many);
	}
}

static void nothing_was_paid_then(void **state)
{
	struct event *ev;

	(void)state;
	draw_it("99");
	ev = study(STUDY_FAILED);
	ev->study.why = REFUSED_NOT_FOUND;
	recheck_handle(&r, ev);
	assert_int_equal(r.step, RECHECK_WHEN);
	assert_true(r.notice.text[0]);
}

static void giving_it_up_lets_nothing_come_later(void **state)
{
	struct event late;

	(void)state;
	draw_it("");
	late = *study(STUDY_DONE);
	late.study.recheck = samplechecks(8, 3);
	assert_int_equal(press("0").kind, FX_STUDY_END);
	assert_int_equal(r.step, RECHECK_WHEN);
	assert_int_equal(recheck_handle(&r, &late).kind, FX_NONE);
	assert_int_equal(r.step, RECHECK_WHEN);
}

static void pages_of_draws(void **state)
{
	(void)state;
	press(".");
	assert_int_equal(press("2").study.draw, SAMPLECHECKS_SEQ - 60);
	start(state);
	press(".");
	assert_int_equal(press("3").kind, FX_NONE);
	press(".");
	assert_int_equal(press("\n").study.draw, SAMPLECHECKS_SEQ);
}

static void without_a_draw_there_is_only_a_new_one(void **state)
{
	size_t count;
	const struct binding *b;

	(void)state;
	recheck_start(&r);
	told(0, 0);
	b = recheck_bindings(&r, &count);
	assert_null(binding_find(b, count, K_ACCEPT));
	assert_null(binding_find(b, count, '1'));
	assert_null(binding_find(b, count, '.'));
	assert_non_null(binding_find(b, count, '7'));
	assert_int_equal(press("\n").kind, FX_NONE);
	assert_int_equal(press("0").kind, FX_LEAVE);
}

/* ---- receipts ---------------------------------------------------------------- */

static void sums_and_who_is_left(void **state)
{
	struct recheck_sums sums;

	(void)state;
	recheck_count(r.told, &sums);
	assert_int_equal(sums.confirmed, 1);
	assert_int_equal(sums.otherwise, 1);
	assert_int_equal(sums.unreached, 1);
	assert_int_equal(sums.left, 5);
	press(".");
	assert_int_equal(recheck_row(&r, r.first), 5);
	press("7");
	assert_int_equal(recheck_rows(&r), 5);
	assert_int_equal(recheck_row(&r, 0), 1);
	assert_int_equal(recheck_row(&r, 1), 3);
	assert_int_equal(recheck_row(&r, 5), -1);
	press("2");
	assert_int_equal(r.step, RECHECK_ONE);
	assert_int_equal(r.at, 3);
}

static const struct {
	const char *name;
	const char *keys; /* from one receipt on */
	enum sample_said said;
	int64_t amount;
	enum sample_note note;
} words[] = {
	{"right, he says himself", "11", SAMPLE_CONFIRMED, -1,
		SAMPLE_NOTE_SELF},
	{"right, a relative says", "12", SAMPLE_CONFIRMED, -1,
		SAMPLE_NOTE_RELATIVE},
	{"nobody answers", "21", SAMPLE_NOT_REACHED, -1, SAMPLE_NOTE_NO_ANSWER},
	{"a wrong number", "22", SAMPLE_NOT_REACHED, -1, SAMPLE_NOTE_NUMBER},
	{"another time", "23", SAMPLE_NOT_REACHED, -1, SAMPLE_NOTE_LATER},
	{"less, at his door", "3300000\n3", SAMPLE_DIFFERS, 300000,
		SAMPLE_NOTE_VISITED},
	{"nothing of it", "30\n1", SAMPLE_DIFFERS, 0, SAMPLE_NOTE_SELF},
	{"never had it", "41", SAMPLE_NOT_RECEIVED, -1, SAMPLE_NOTE_SELF},
};

static void what_he_says_is_noted(void **state)
{
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		struct event *ev;
		struct effect fx;

		start_with_receipts(state);
		press("2");
		fx = press(words[i].keys);
		if (fx.kind != FX_RECHECK_SAID ||
			fx.said.word.said != words[i].said ||
			fx.said.word.amount != words[i].amount ||
			fx.said.word.note != words[i].note)
			fail_msg("%s: %d", words[i].name, fx.kind);
		assert_int_equal(fx.said.draw.seq, SAMPLECHECKS_SEQ);
		assert_int_equal(fx.said.word.pay, r.told->item[1].pay);
		ev = feed_answer(EV_RECHECK_SAID);
		ev->said.t = 77;
		ev->said.caller = 9;
		recheck_handle(&r, ev);
		assert_int_equal(r.step, RECHECK_SHOWN);
		assert_int_equal(r.told->item[1].said, words[i].said);
		assert_int_equal(r.told->item[1].said_at, 77);
		assert_int_equal(r.told->item[1].tries, 1);
	}
}

static void the_amount_of_the_receipt_is_no_other_amount(void **state)
{
	(void)state;
	press("23540000\n");
	assert_int_equal(r.step, RECHECK_AMOUNT);
	assert_true(r.notice.text[0]);
}

static void an_empty_amount_is_none(void **state)
{
	(void)state;
	press("23\n");
	assert_int_equal(r.step, RECHECK_AMOUNT);
}

static void zero_notes_nothing(void **state)
{
	(void)state;
	assert_int_equal(press("210").kind, FX_NONE);
	assert_int_equal(r.step, RECHECK_ONE);
	assert_int_equal(press("0").kind, FX_NONE);
	assert_int_equal(r.step, RECHECK_SHOWN);
}

static void what_is_not_known_to_be_in_the_book_is_said(void **state)
{
	struct event *ev;

	(void)state;
	press("211");
	recheck_handle(&r, feed_failed(ERR_IO));
	assert_int_equal(r.step, RECHECK_WHY);
	assert_int_equal(r.notice.level, NOTICE_STOP);
	assert_int_equal(r.told->item[1].said, SAMPLE_NOT_CALLED);
	press("1");
	ev = feed_answer(EV_REFUSED);
	ev->refusal.code = REFUSED_ROLE;
	recheck_handle(&r, ev);
	assert_int_equal(r.step, RECHECK_ONE);
	assert_true(r.notice.text[0]);
}

static void nine_is_the_paper_and_leaves_the_receipts(void **state)
{
	(void)state;
	assert_int_equal(press("9").kind, FX_LEAVE);
	assert_int_equal(r.want, RECHECK_WANTS_FILES);
	recheck_again(&r);
	assert_int_equal(r.step, RECHECK_SHOWN);
	assert_int_equal(recheck_rows(&r), 7);
	assert_int_equal(press("0").kind, FX_RECHECK);
}

static void what_cannot_be_read_is_tried_again(void **state)
{
	struct event *ev;

	(void)state;
	recheck_start(&r);
	ev = study(STUDY_FAILED);
	ev->study.code = ERR_IO;
	recheck_handle(&r, ev);
	assert_int_equal(r.step, RECHECK_FAILED);
	assert_int_equal(press("1").kind, FX_RECHECK);
	recheck_handle(&r, study(STUDY_FAILED));
	assert_int_equal(press("0").kind, FX_LEAVE);
}

#define DRAWS(f) cmocka_unit_test_setup(f, start)
#define RECEIPTS(f) cmocka_unit_test_setup(f, start_with_receipts)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DRAWS(nothing_is_seen_before_the_seed_is_on_paper),
		DRAWS(without_a_printer_the_seed_is_to_be_written_down),
		DRAWS(its_slip_is_printed_again_and_says_so),
		DRAWS(what_was_not_printed_is_no_copy),
		DRAWS(of_a_day_a_month_or_a_shift),
		DRAWS(from_1_to_200_and_10_if_nobody_says),
		DRAWS(nothing_was_paid_then),
		DRAWS(giving_it_up_lets_nothing_come_later),
		DRAWS(pages_of_draws),
		DRAWS(without_a_draw_there_is_only_a_new_one),
		RECEIPTS(sums_and_who_is_left),
		RECEIPTS(what_he_says_is_noted),
		RECEIPTS(the_amount_of_the_receipt_is_no_other_amount),
		RECEIPTS(an_empty_amount_is_none),
		RECEIPTS(zero_notes_nothing),
		RECEIPTS(what_is_not_known_to_be_in_the_book_is_said),
		RECEIPTS(nine_is_the_paper_and_leaves_the_receipts),
		DRAWS(what_cannot_be_read_is_tried_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
