/* One row is one story: money that was handed over comes back (T61). */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/takeback.h"

#define RECEIPT "CV1:NOT-A-REAL-SEAL"
/* Supervisor 9 with a PIN. */
#define BOSS "9\n135790\n"

static struct row {
	const char *name;
	const char *pad;     /* of the payment, "": printed */
	const char *scanned; /* on the way here */
	const char *script;
	enum takeback_step step;
	enum effect_kind effect; /* of the last event */
	enum void_reason reason;
	const char *paper;
} rows[] = {
	{"is the receipt back?", "", "", "", TAKEBACK_PAPER, FX_NONE, VOID_NONE,
		""},
	{"its QR", "", "", "`", TAKEBACK_SURE, FX_NONE, VOID_RECEIPT_BACK,
		RECEIPT},
	{"an ID card is no receipt", "", "", "@", TAKEBACK_PAPER, FX_NONE,
		VOID_NONE, ""},
	{"who scanned it to come here need not again", "", RECEIPT, "",
		TAKEBACK_SURE, FX_NONE, VOID_RECEIPT_BACK, RECEIPT},
	{"lost", "", "", "2", TAKEBACK_SURE, FX_NONE, VOID_RECEIPT_LOST, ""},
	{"0 leaves", "", "", "0", TAKEBACK_PAPER, FX_LEAVE, VOID_NONE, ""},
	{"0 leaves before it is sure, too", "", "", "`0", TAKEBACK_SURE,
		FX_LEAVE, VOID_RECEIPT_BACK, RECEIPT},
	{"ENTER cancels nothing", "", "", "\n`\n\n", TAKEBACK_SURE, FX_NONE,
		VOID_RECEIPT_BACK, RECEIPT},
	{"1 asks for the second person", "", "", "`1", TAKEBACK_SECOND, FX_NONE,
		VOID_RECEIPT_BACK, RECEIPT},
	{"with his PIN it is written", "", "", "`1" BOSS, TAKEBACK_WRITING,
		FX_VOID, VOID_RECEIPT_BACK, RECEIPT},
	{"lost: the same", "", "", "21" BOSS, TAKEBACK_WRITING, FX_VOID,
		VOID_RECEIPT_LOST, ""},
	{"Esc leads back from him", "", "", "`1<", TAKEBACK_SURE, FX_NONE,
		VOID_RECEIPT_BACK, RECEIPT},
	{"done", "", "", "`1" BOSS "/", TAKEBACK_DONE, FX_NONE,
		VOID_RECEIPT_BACK, RECEIPT},
	{"done: a copy that says it", "", "", "`1" BOSS "/1", TAKEBACK_DONE,
		FX_PRINT, VOID_RECEIPT_BACK, RECEIPT},
	{"done: the next person", "", "", "`1" BOSS "/\n", TAKEBACK_DONE,
		FX_LEAVE, VOID_RECEIPT_BACK, RECEIPT},
	{"a wrong PIN: once more", "", "", "`1" BOSS "W", TAKEBACK_SECOND,
		FX_NONE, VOID_RECEIPT_BACK, RECEIPT},
	{"no supervisor: another one", "", "", "`1" BOSS "+", TAKEBACK_SECOND,
		FX_NONE, VOID_RECEIPT_BACK, RECEIPT},
	{"and another one may do", "", "", "`1" BOSS "+" BOSS, TAKEBACK_WRITING,
		FX_VOID, VOID_RECEIPT_BACK, RECEIPT},
	{"refused: no shift", "", "", "`1" BOSS "$", TAKEBACK_REFUSED, FX_NONE,
		VOID_RECEIPT_BACK, RECEIPT},
	{"refused: ENTER does nothing, 0 leaves", "", "", "`1" BOSS "$\n0",
		TAKEBACK_REFUSED, FX_LEAVE, VOID_RECEIPT_BACK, RECEIPT},
	{"T09 failed: look first", "", "", "`1" BOSS "!", TAKEBACK_LOOKING,
		FX_RECEIPT, VOID_RECEIPT_BACK, RECEIPT},
	{"T09 looked up, and not there: nothing by itself", "", "",
		"`1" BOSS "!T", TAKEBACK_SURE, FX_NONE, VOID_RECEIPT_BACK,
		RECEIPT},
	{"T09 looking fails, too", "", "", "`1" BOSS "!!", TAKEBACK_UNKNOWN,
		FX_NONE, VOID_RECEIPT_BACK, RECEIPT},
	{"T09 look again", "", "", "`1" BOSS "!!\n01", TAKEBACK_LOOKING,
		FX_RECEIPT, VOID_RECEIPT_BACK, RECEIPT},
	{"done: the point, too", "", "", "`1" BOSS "/.", TAKEBACK_DONE,
		FX_LEAVE, VOID_RECEIPT_BACK, RECEIPT},
	{"done: 9 does nothing more", "", "", "`1" BOSS "/9", TAKEBACK_DONE,
		FX_NONE, VOID_RECEIPT_BACK, RECEIPT},
	{"T09 looked up, and the receipt is gone: nobody knows", "", "",
		"`1" BOSS "!?", TAKEBACK_UNKNOWN, FX_NONE, VOID_RECEIPT_BACK,
		RECEIPT},
	{"by hand: a letter is no digit of it", "000123", "", "1a12\n",
		TAKEBACK_SURE, FX_NONE, VOID_RECEIPT_BACK, "12"},
	{"by hand: a QR proves nothing", "000123", "", "`", TAKEBACK_PAPER,
		FX_NONE, VOID_NONE, ""},
	{"by hand: the number of the sheet", "000123", "", "1123\n",
		TAKEBACK_SURE, FX_NONE, VOID_RECEIPT_BACK, "123"},
	{"by hand: no number, no further", "000123", "", "1\n", TAKEBACK_SHEET,
		FX_NONE, VOID_NONE, ""},
	{"by hand: Esc", "000123", "", "1123<", TAKEBACK_PAPER, FX_NONE,
		VOID_NONE, ""},
	{"by hand: lost", "000123", "", "2", TAKEBACK_SURE, FX_NONE,
		VOID_RECEIPT_LOST, ""},
};

static void begin(struct takeback *t, const struct row *row)
{
	struct payout_brief b = {.amount = STORY_DUE, .state = PAYOUT_HANDED};

	str_copy(b.pad, sizeof(b.pad), row->pad);
	takeback_init(t, STORY_SEQ, &b, row->scanned);
}

static void run_row(void **state)
{
	static struct takeback t;
	static struct event ev;
	const struct row *row = *state;
	struct effect fx = effect_of(FX_NONE);
	struct story s;

	tr_set_lang("vi");
	begin(&t, row);
	story_begin(&s, row->script);
	while (story_next(&s, &ev))
		fx = takeback_handle(&t, &ev);
	assert_int_equal(t.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(t.reason, row->reason);
	assert_string_equal(t.paper, row->paper);
	if (fx.kind == FX_VOID) {
		assert_int_equal(fx.take_back.seq, STORY_SEQ);
		assert_int_equal(fx.take_back.by, 9);
		assert_string_equal(fx.take_back.pin, "135790");
		assert_string_equal(fx.take_back.paper, row->paper);
		assert_int_equal(fx.take_back.reason, row->reason);
		assert_string_equal(t.second.pin.text, "");
	}
}

/* It was written after all: the look-up says so. */
static void T09_failed_and_there_all_the_same(void **state)
{
	static const struct row row = {.pad = "", .scanned = RECEIPT};
	static struct takeback t;
	static struct event ev;
	struct story s;

	(void)state;
	begin(&t, &row);
	story_begin(&s, "1" BOSS "!");
	while (story_next(&s, &ev))
		takeback_handle(&t, &ev);
	assert_int_equal(t.step, TAKEBACK_LOOKING);
	story_event('T', 99000, &ev);
	ev.preview.brief.state = PAYOUT_VOIDED;
	takeback_handle(&t, &ev);
	assert_int_equal(t.step, TAKEBACK_DONE);
	assert_int_equal(t.brief.state, PAYOUT_VOIDED);
}

/* Who paid may not cancel alone, nor with a second person of no use. */
static void another_second_person_may_do(void **state)
{
	static const struct {
		enum refusal_code code;
		enum takeback_step step;
	} row[] = {
		{REFUSED_SAME_PERSON, TAKEBACK_SECOND},
		{REFUSED_SECOND_PERSON, TAKEBACK_SECOND},
		{REFUSED_NO_SHIFT, TAKEBACK_REFUSED},
		{REFUSED_NOT_YOUR_SHIFT, TAKEBACK_REFUSED},
	};
	static const struct row start = {.pad = "", .scanned = RECEIPT};
	static struct takeback t;
	static struct event ev;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct story s;

		begin(&t, &start);
		story_begin(&s, "1" BOSS);
		while (story_next(&s, &ev))
			takeback_handle(&t, &ev);
		memset(&ev, 0, sizeof(ev));
		ev.kind = EV_REFUSED;
		ev.refusal.code = row[i].code;
		assert_int_equal(takeback_handle(&t, &ev).kind, FX_NONE);
		assert_int_equal(t.step, row[i].step);
		assert_string_equal(t.second.number.text,
			row[i].step == TAKEBACK_SECOND ? "" : "9");
	}
}

/* A Z slip has a code like a receipt's, and no money on it. */
static void a_z_slip_is_no_receipt(void **state)
{
	static const char text[] = "CZ1:ABC";
	static const struct row start = {.pad = "", .scanned = ""};
	static struct takeback t;
	static struct event ev;

	(void)state;
	begin(&t, &start);
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_SCAN;
	ev.scan.len = sizeof(text) - 1;
	memcpy(ev.scan.bytes, text, sizeof(text));
	takeback_handle(&t, &ev);
	assert_int_equal(t.step, TAKEBACK_PAPER);
	assert_string_equal(t.paper, "");
	assert_int_equal(t.notice.level, NOTICE_WARN);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 3];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[COUNT_OF(rows)] = (struct CMUnitTest)
		cmocka_unit_test(T09_failed_and_there_all_the_same);
	tests[COUNT_OF(rows) + 1] = (struct CMUnitTest)
		cmocka_unit_test(another_second_person_may_do);
	tests[COUNT_OF(rows) + 2] =
		(struct CMUnitTest)cmocka_unit_test(a_z_slip_is_no_receipt);
	return cmocka_run_group_tests_name("takeback", tests, NULL, NULL);
}
