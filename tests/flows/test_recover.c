/* One row is one story: a payout was left open, was the money handed over? */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/preview.h"
#include "terminal/flows/recover.h"

#define LEFT "\020"
#define BOSS "9\n135790\n"

struct row {
	const char *name;
	const char *script;
	enum recover_step step;
	enum effect_kind effect; /* of the last event */
};

static struct row rows[] = {
	{"looking", "", RECOVER_LOOKING, FX_NONE},
	{"no key leads past it", "\n0<.1", RECOVER_LOOKING, FX_NONE},
	{"nothing is open", "J", RECOVER_LOOKING, FX_LEAVE},
	{"T05 something is", "Y", RECOVER_ASK, FX_NONE},
	{"T05 ENTER is no answer", "Y\n", RECOVER_ASK, FX_NONE},
	{"T05 nor is any other digit", "Y3456789", RECOVER_ASK, FX_NONE},
	{"T05 handed over", "Y1", RECOVER_ANSWERING, FX_RECOVER},
	{"T05 not handed over", "Y2", RECOVER_ANSWERING, FX_RECOVER},
	{"T05 one answer only", "Y12", RECOVER_ANSWERING, FX_NONE},
	{"T05 answered", "Y1R", RECOVER_DONE, FX_NONE},
	{"T05 the paper may be missing", "Y1R1", RECOVER_DONE, FX_PRINT},
	{"T05 go on", "Y1R\n", RECOVER_DONE, FX_LEAVE},
	{"T05 somebody else must answer", "Y0", RECOVER_ASK, FX_SIGN_OUT},
	{"T06 failed: look, do not answer again", "Y1!", RECOVER_LOOKING,
		FX_OPEN_PAYOUT},
	{"T06 it was recorded", "Y1!J", RECOVER_LOOKING, FX_LEAVE},
	{"T06 it was not: ask again", "Y1!Y", RECOVER_ASK, FX_NONE},
	{"T06 answered meanwhile: look", "Y1&", RECOVER_LOOKING,
		FX_OPEN_PAYOUT},
	{"refused: the question stays", "Y1$", RECOVER_ASK, FX_NONE},
	{"refused: another agent's shift", "Y1+", RECOVER_ASK, FX_NONE},
	{"T72 its agent is out: who stands in is asked", LEFT, RECOVER_LEFT,
		FX_NONE},
	{"T72 ENTER is no answer there either", LEFT "\n", RECOVER_LEFT,
		FX_NONE},
	{"T72 nor is any other digit there", LEFT "3456789", RECOVER_LEFT,
		FX_NONE},
	{"T72 handed over: with whom?", LEFT "1", RECOVER_SECOND, FX_NONE},
	{"T72 not handed over: with whom?", LEFT "2", RECOVER_SECOND, FX_NONE},
	{"T72 without a second person nothing is answered", LEFT "1\n\n\n",
		RECOVER_SECOND, FX_NONE},
	{"T72 with one it is", LEFT "1" BOSS, RECOVER_ANSWERING, FX_RECOVER},
	{"T72 a request by QR is asked for", LEFT "2.", RECOVER_ANSWERING,
		FX_RECOVER},
	{"T72 back to the question", LEFT "1<", RECOVER_LEFT, FX_NONE},
	{"T72 and the other answer", LEFT "1<2" BOSS, RECOVER_ANSWERING,
		FX_RECOVER},
	{"T72 somebody else stands in", LEFT "0", RECOVER_LEFT, FX_SIGN_OUT},
	{"T72 answered by two", LEFT "1" BOSS "R", RECOVER_DONE, FX_NONE},
	{"T72 and on to the drawer", LEFT "1" BOSS "R\n", RECOVER_DONE,
		FX_LEAVE},
	{"T72 a wrong PIN: once more", LEFT "1" BOSS "W", RECOVER_SECOND,
		FX_NONE},
	{"T72 no supervisor: another one", LEFT "1" BOSS "+", RECOVER_SECOND,
		FX_NONE},
	{"T72 refused otherwise: the question stays", LEFT "1" BOSS "$",
		RECOVER_LEFT, FX_NONE},
	{"T72 answered meanwhile", LEFT "1" BOSS "&", RECOVER_LOOKING,
		FX_OPEN_PAYOUT},
	{"T06 by two, and failed: look", LEFT "1" BOSS "!", RECOVER_LOOKING,
		FX_OPEN_PAYOUT},
	{"T06 and it was not recorded: ask again", LEFT "1" BOSS "!\020",
		RECOVER_LEFT, FX_NONE},
	{"T72 he works here again: his own question", LEFT "1" BOSS "!Y1",
		RECOVER_ANSWERING, FX_RECOVER},
	{"looking fails", "!", RECOVER_FAILED, FX_NONE},
	{"then nothing but looking again", "!\n.9", RECOVER_FAILED, FX_NONE},
	{"looking again", "!1", RECOVER_LOOKING, FX_OPEN_PAYOUT},
	{"or another user", "!0", RECOVER_FAILED, FX_SIGN_OUT},
};

static void run_row(void **state)
{
	static struct event ev;
	static struct recover r;
	const struct row *row = *state;
	struct effect fx = recover_start(&r);
	struct story story;

	assert_int_equal(fx.kind, FX_OPEN_PAYOUT);
	fx = effect_of(FX_NONE);
	story_begin(&story, row->script);
	while (story_next(&story, &ev))
		fx = recover_handle(&r, &ev);
	assert_int_equal(r.step, row->step);
	assert_int_equal(fx.kind, row->effect);
}

static struct effect play(struct recover *r, const char *script)
{
	static struct event ev;
	struct effect fx = recover_start(r);
	struct story story;

	story_begin(&story, script);
	while (story_next(&story, &ev))
		fx = recover_handle(r, &ev);
	return fx;
}

static void T05_the_answer_is_the_one_given(void **state)
{
	static struct recover r;

	(void)state;
	assert_true(play(&r, "Y1").recover.handed);
	assert_false(play(&r, "Y2").recover.handed);
	assert_true(play(&r, "Y1").drop_keys);
}

/* Number, PIN and answer of two go together, and leave nothing behind. */
static void T72_the_second_person_goes_along(void **state)
{
	static struct recover r;
	struct effect fx = play(&r, LEFT "1" BOSS);

	(void)state;
	assert_true(fx.recover.handed);
	assert_int_equal(fx.recover.by, 9);
	assert_string_equal(fx.recover.pin, "135790");
	assert_true(fx.drop_keys);
	assert_int_equal(entry_length(&r.second.pin), 0);
	fx = play(&r, LEFT "1<2" BOSS);
	assert_false(fx.recover.handed);
	assert_int_equal(fx.recover.by, 9);
	fx = play(&r, LEFT "1.");
	assert_true(fx.second.ask);
	assert_true(fx.recover.handed);
	assert_int_equal(fx.recover.by, 0);
	/* The agent himself answers alone, whoever stood by before. */
	fx = play(&r, LEFT "1" BOSS "!Y2");
	assert_int_equal(fx.recover.by, 0);
	assert_false(fx.second.ask);
}

/* What was refused is told, beside the field or beside the question. */
static void T72_a_refusal_is_told_in_words(void **state)
{
	static struct recover r;

	(void)state;
	play(&r, LEFT "1" BOSS "W");
	assert_true(r.second.notice.text[0]);
	play(&r, LEFT "1" BOSS "+");
	assert_true(r.second.notice.text[0]);
	assert_int_equal(r.second.step, SECOND_NUMBER);
	assert_true(r.handed);
	play(&r, LEFT "1" BOSS "$");
	assert_true(r.notice.text[0]);
}

static void T72_by_qr(void **state)
{
	static struct event ev;
	static struct recover r;
	const struct approval_answer given = {.number = 9};
	char text[APPROVAL_TEXT_SIZE];
	struct effect fx;

	(void)state;
	play(&r, LEFT "2.");
	ev = (struct event){.kind = EV_APPROVAL, .approval = "CA1:X"};
	recover_handle(&r, &ev);
	assert_int_equal(r.step, RECOVER_SECOND);
	assert_int_equal(r.second.step, SECOND_QR);
	assert_string_equal(r.second.request, "CA1:X");
	approval_answer_text(&given, text);
	ev = (struct event){.kind = EV_SCAN, .scan = {.len = strlen(text)}};
	memcpy(ev.scan.bytes, text, strlen(text));
	fx = recover_handle(&r, &ev);
	assert_int_equal(fx.kind, FX_RECOVER);
	assert_false(fx.recover.handed);
	assert_string_equal(fx.second.answer, text);
	/* Refused: the code stays, and another can be asked for. */
	ev = (struct event){.kind = EV_REFUSED,
		.refusal = {.code = REFUSED_APPROVAL_MOVED}};
	recover_handle(&r, &ev);
	assert_int_equal(r.step, RECOVER_SECOND);
	assert_int_equal(r.second.step, SECOND_QR);
	assert_true(r.second.notice.text[0]);
}

/* Original if nothing was printed, else a copy. */
static void T03_T04_the_paper_afterwards(void **state)
{
	static struct recover r;

	(void)state;
	assert_false(play(&r, "Y1R1").print.copy);
	assert_true(play(&r, "Y1R1|1").print.copy);
}

struct preview_row {
	const char *name;
	const char *script;
	enum preview_step step;
	enum effect_kind effect;
	int top;
};

static struct preview_row previews[] = {
	{"a receipt is loading", "", PREVIEW_LOADING, FX_NONE, 0},
	{"it is shown", "T", PREVIEW_GIVEN, FX_NONE, 0},
	{"further down", "T.", PREVIEW_GIVEN, FX_NONE, PREVIEW_SCROLL},
	{"not past its end", "T....", PREVIEW_GIVEN, FX_NONE, PREVIEW_SCROLL},
	{"up again", "T.{{", PREVIEW_GIVEN, FX_NONE, 0},
	{"a copy", "T1", PREVIEW_GIVEN, FX_PRINT, 0},
	{"back to where it was opened", "T0", PREVIEW_GIVEN, FX_LEAVE, 0},
	{"there is none", "?", PREVIEW_NONE, FX_NONE, 0},
	{"the store fails on it", "!", PREVIEW_NONE, FX_NONE, 0},
	{"back from none", "?0", PREVIEW_NONE, FX_LEAVE, 0},
};

static void run_preview(void **state)
{
	static struct event ev;
	static struct preview p;
	const struct preview_row *row = *state;
	struct effect fx = preview_start(&p, STORY_SEQ);
	struct story story;

	assert_int_equal(fx.kind, FX_RECEIPT);
	assert_int_equal(fx.receipt.seq, STORY_SEQ);
	fx = effect_of(FX_NONE);
	story_begin(&story, row->script);
	while (story_next(&story, &ev))
		fx = preview_handle(&p, &ev);
	assert_int_equal(p.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(p.top, row->top);
	if (p.step == PREVIEW_SHOW)
		assert_int_equal(p.lines, 10);
}

static struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(previews) + 5];

int main(void)
{
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	for (size_t i = 0; i < COUNT_OF(previews); i++)
		tests[n++] = (struct CMUnitTest){.name = previews[i].name,
			.test_func = run_preview,
			.initial_state = &previews[i]};
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T05_the_answer_is_the_one_given);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T03_T04_the_paper_afterwards);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T72_the_second_person_goes_along);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T72_a_refusal_is_told_in_words);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(T72_by_qr);
	return cmocka_run_group_tests_name("recover and preview", tests, NULL,
		NULL);
}
