/* One row is one story: a questionnaire is asked. Today is 05/12/2026. */
#include "support/unit.h"

#include <string.h>

#include "core/buf.h"
#include "core/tr.h"
#include "support/story.h"
#include "support/surveytext.h"
#include "terminal/flows/questions.h"

static const struct date today = {2026, 12, 5};

#define FORM                                                  \
	",note,hello,Chào\n,select_one who,w,W,yes\n"        \
	",text,more,M,yes,\"selected(${w}, 'other')\"\n"      \
	",integer,n,N,,,. < 100\n,date,d,D,,,. <= today()\n"  \
	",select_multiple many,m,M,,,count-selected(.) < 3\n" \
	",barcode,b,B\n,text,t,T\n"

static struct row {
	const char *name;
	const char *script;
	const char *at;          /* the question asked then; "" at the end */
	const char *kept;        /* "w=child n=5" */
	enum effect_kind effect; /* of the last event */
	bool finished;
	bool notice;
} rows[] = {
	{"a note is read", "", "hello", "", FX_NONE, false, false},
	{"a note is no question: digits do nothing", "1", "hello", "", FX_NONE,
		false, false},
	{"ENTER goes on", "\n", "w", "", FX_NONE, false, false},
	{"0 at the first leaves", "0", "hello", "", FX_LEAVE, false, false},
	{"0 goes back", "\n0", "hello", "", FX_NONE, false, false},
	{"Esc is back as well", "\n<", "hello", "", FX_NONE, false, false},
	{"a digit chooses and goes on", "\n2", "n", "w=child ", FX_NONE, false,
		false},
	{"a digit behind the choices is none", "\n4", "w", "", FX_NONE, false,
		false},
	{"required: ENTER alone goes nowhere", "\n\n", "w", "", FX_NONE, false,
		true},
	{"required: 9 is no way out", "\n9", "w", "", FX_NONE, false, false},
	{"the third choice asks what else", "\n3", "more", "w=other ", FX_NONE,
		false, false},
	{"and wants an answer", "\n3\n", "more", "w=other ", FX_NONE, false,
		true},
	{"typed", "\n3hang xom\n", "n", "w=other more=hang xom ", FX_NONE,
		false, false},
	{"what was chosen stands when one comes back", "\n2<\n", "n",
		"w=child ", FX_NONE, false, false},
	{"another choice instead", "\n2<1", "n", "w=self ", FX_NONE, false,
		false},
	{"another choice takes a question away", "\n3ho\n<<1", "n", "w=self ",
		FX_NONE, false, false},
	{"a number",
		"\n2"
		"5\n",
		"d", "w=child n=5 ", FX_NONE, false, false},
	{"a number that cannot be",
		"\n2"
		"500\n",
		"n", "w=child ", FX_NONE, false, true},
	{"typing goes on after that",
		"\n2"
		"500\n\b\b\n",
		"d", "w=child n=5 ", FX_NONE, false, false},
	{"letters are no number", "\n2abc5\n", "d", "w=child n=5 ", FX_NONE,
		false, false},
	{"nothing is an answer where none is required", "\n2\n", "d",
		"w=child ", FX_NONE, false, false},
	{"an answer is taken back by emptying the field",
		"\n2"
		"5\n<\b\n",
		"d", "w=child ", FX_NONE, false, false},
	{"a day", "\n2\n02092026\n", "m", "w=child d=2026-09-02 ", FX_NONE,
		false, false},
	{"no day", "\n2\n3102\n", "d", "w=child ", FX_NONE, false, true},
	{"a day to come", "\n2\n06122026\n", "d", "w=child ", FX_NONE, false,
		true},
	{"several of many", "\n2\n\n12\n", "b", "w=child m=c1 c2 ", FX_NONE,
		false, false},
	{"once more takes it back", "\n2\n\n1231\n", "b", "w=child m=c2 ",
		FX_NONE, false, false},
	{"too many", "\n2\n\n123", "m", "w=child m=c1 c2 ", FX_NONE, false,
		true},
	{"the next page", "\n2\n\n.1", "m", "w=child m=c7 ", FX_NONE, false,
		false},
	{"the last page is short", "\n2\n\n...3", "m", "w=child ", FX_NONE,
		false, false},
	{"and the first comes again", "\n2\n\n....1", "m", "w=child m=c1 ",
		FX_NONE, false, false},
	{"9 gives none", "\n2\n\n129", "b", "w=child ", FX_NONE, false, false},
	{"a barcode by the scanner", "\n2\n\n\n\"", "t",
		"w=child b=001045000112|1234567 ", FX_NONE, false, false},
	{"a barcode by hand", "\n2\n\n\nab12\n", "t", "w=child b=ab12 ",
		FX_NONE, false, false},
	{"a scan elsewhere is not ours", "\n2\"", "n", "w=child ", FX_NONE,
		false, false},
	{"to the end", "\n2\n\n\n\n\n", "", "w=child ", FX_NONE, false, false},
	{"ENTER there is the end", "\n2\n\n\n\n\n\n", "", "w=child ", FX_LEAVE,
		true, false},
	{"0 there is the last question", "\n2\n\n\n\n\n0", "t", "w=child ",
		FX_NONE, false, false},
	{"a digit there is a question", "\n2\n\n\n\n\n2", "n", "w=child ",
		FX_NONE, false, false},
	{"a digit without a line is none", "\n2\n\n\n\n\n7", "", "w=child ",
		FX_NONE, false, false},
	{"corrected, it is the end again", "\n2\n\n\n\n\n15\n", "", "w=child ",
		FX_NONE, false, false},
	{"corrected, and something lacks then", "\n2\n\n\n\n\n13", "more",
		"w=other ", FX_NONE, false, false},
	{"which leads to the end as well", "\n2\n\n\n\n\n13ho\n", "",
		"w=other more=ho ", FX_NONE, false, false},
	{"nothing is corrected after all", "\n2\n\n\n\n\n2<", "", "w=child ",
		FX_NONE, false, false},
	{"a tick is nothing", "\n_", "w", "", FX_NONE, false, false},
	{"a paper is nothing", "\n)", "w", "", FX_NONE, false, false},
};

static const char *answers(const struct questions *q)
{
	static char text[1024];
	char one[SURVEY_ANSWER_SIZE];
	struct buf b;

	buf_init(&b, text, sizeof(text));
	for (int i = 0; i < q->survey->questions; i++) {
		const char *a =
			survey_answer_text(q->survey, &q->answers, i, one);

		if (a[0] && q->answers.of[i].asked)
			buf_printf(&b, "%s=%s ",
				survey_text(q->survey,
					q->survey->question[i].name),
				strlen(a) > 60 ? "*" : a);
	}
	return buf_text(&b);
}

static const char *at(const struct questions *q)
{
	return q->step == QUESTIONS_END
		       ? ""
		       : survey_text(q->survey,
				 q->survey->question[q->at].name);
}

static struct effect play(struct questions *q, const char *script)
{
	static struct event ev;
	struct effect fx = effect_of(FX_NONE);
	struct story story;

	story_begin(&story, script);
	while (story_next(&story, &ev))
		fx = questions_handle(q, &ev);
	return fx;
}

static void run_row(void **state)
{
	static struct questions q;
	const struct row *row = *state;
	struct effect fx;

	questions_start(&q, surveytext(FORM), today, TELEX_OFF);
	fx = play(&q, row->script);
	assert_string_equal(at(&q), row->at);
	assert_string_equal(answers(&q), row->kept);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(q.finished, row->finished);
	assert_int_equal(q.notice.text[0] != '\0', row->notice);
}

/* ---- at the end ---------------------------------------------------------- */

static void what_does_not_fit_any_more_is_asked_again(void **state)
{
	static struct questions q;
	struct effect fx;

	(void)state;
	questions_start(&q,
		surveytext(",integer,a,A\n,select_multiple many,m,M,,,"
			   "count-selected(.) <= ${a}\n,integer,b,B,,,"
			   ". > ${a}\n"),
		today, TELEX_OFF);
	play(&q, "2\n12\n3\n1");
	assert_string_equal(at(&q), "a");
	play(&q, "\b1\n");
	assert_string_equal(at(&q), "m");
	/* Left as it is: the end does not take it. */
	play(&q, "<");
	assert_int_equal(q.step, QUESTIONS_END);
	fx = play(&q, "\n");
	assert_int_equal(fx.kind, FX_NONE);
	assert_false(q.finished);
	assert_string_equal(at(&q), "m");
	assert_true(q.notice.text[0]);
	play(&q, "2\n");
	assert_int_equal(q.step, QUESTIONS_END);
	fx = play(&q, "\n");
	assert_int_equal(fx.kind, FX_LEAVE);
	assert_true(q.finished);
	assert_string_equal(answers(&q), "a=1 m=c1 b=3 ");
}

static void the_form_says_it_in_its_own_words(void **state)
{
	static struct questions q;
	static struct survey s;

	(void)state;
	assert_string_equal(
		surveytext_troubles("settings,\n,form_id,version\n,f,1\n"
				    "survey,\n,type,name,label,required,"
				    "required_message::vi,required_message::en,"
				    "constraint,constraint_message::vi\n"
				    ",integer,a,A,yes,Phải hỏi tuổi,Ask the "
				    "age,. < 9,Nhỏ hơn chín\n",
			&s),
		"");
	questions_start(&q, &s, today, TELEX_OFF);
	tr_set_lang("vi");
	play(&q, "\n");
	assert_string_equal(q.notice.text, "Phải hỏi tuổi");
	tr_set_lang("en");
	play(&q, "\n");
	assert_string_equal(q.notice.text, "Ask the age");
	play(&q, "9\n");
	assert_string_equal(q.notice.text, "Nhỏ hơn chín");
	tr_set_lang("vi");
}

static void nothing_to_ask_is_the_end(void **state)
{
	static struct questions q;
	struct effect fx;

	(void)state;
	questions_start(&q, surveytext(",text,a,A,,false()\n"), today,
		TELEX_OFF);
	assert_int_equal(q.step, QUESTIONS_END);
	assert_int_equal(questions_line(&q, 0), -1);
	fx = play(&q, "0");
	assert_int_equal(fx.kind, FX_LEAVE);
	assert_false(q.finished);
	questions_start(&q, surveytext(",text,a,A,,false()\n"), today,
		TELEX_OFF);
	fx = play(&q, "\n");
	assert_int_equal(fx.kind, FX_LEAVE);
	assert_true(q.finished);
}

static void progress_counts_what_is_asked(void **state)
{
	static struct questions q;
	int number;
	int all;

	(void)state;
	questions_start(&q, surveytext(FORM), today, TELEX_OFF);
	questions_progress(&q, &number, &all);
	assert_true(number == 1 && all == 7);
	play(&q, "\n3");
	questions_progress(&q, &number, &all);
	assert_true(number == 3 && all == 8);
}

/* Names are typed with Telex where that is the user's way, codes never. */
static void words_are_typed_as_the_user_types(void **state)
{
	static struct questions q;

	(void)state;
	questions_start(&q, surveytext(",text,t,T\n,barcode,b,B\n"), today,
		TELEX_TELEX);
	play(&q, "ddepj\n");
	assert_string_equal(answers(&q), "t=đẹp ");
	play(&q, "aa\n");
	assert_string_equal(answers(&q), "t=đẹp b=aa ");
}

/* ---- half done ----------------------------------------------------------- */

static const char half[] = "\n3hang xom\n5\n02092026\n12\nAB\nghi ch";

static void after_every_key_it_is_found_again(void **state)
{
	static struct questions q;
	static struct questions again;
	static struct event ev;
	const struct survey *s = surveytext(FORM);
	uint8_t bytes[QUESTIONS_SAVE_MAX];
	uint8_t twice[QUESTIONS_SAVE_MAX];
	struct story story;
	size_t len;

	(void)state;
	questions_start(&q, s, today, TELEX_OFF);
	story_begin(&story, half);
	do {
		len = questions_save(&q, bytes);
		assert_true(questions_load(&again, s, bytes, len, TELEX_OFF));
		assert_int_equal(again.step, q.step);
		assert_int_equal(again.at, q.at);
		assert_string_equal(again.typed.text, q.typed.text);
		assert_string_equal(answers(&again), answers(&q));
		assert_int_equal(questions_save(&again, twice), len);
		assert_memory_equal(bytes, twice, len);
	} while (story_next(&story, &ev) && (questions_handle(&q, &ev), true));
	/* And goes on from there. */
	play(&again, "u\n\n");
	assert_true(again.finished);
	assert_non_null(strstr(answers(&again), "t=ghi chu "));
}

static void bad_bytes_are_no_draft(void **state)
{
	static struct questions q;
	static struct questions out;
	const struct survey *s = surveytext(FORM);
	uint8_t bytes[QUESTIONS_SAVE_MAX + 1] = {0};
	size_t len;

	(void)state;
	questions_start(&q, s, today, TELEX_OFF);
	play(&q, half);
	len = questions_save(&q, bytes);
	memset(&out, 0x5a, sizeof(out));
	for (size_t n = 0; n < len; n++)
		assert_false(questions_load(&out, s, bytes, n, TELEX_OFF));
	assert_false(questions_load(&out, s, bytes, len + 1, TELEX_OFF));
	assert_int_equal(out.at, 0x5a5a5a5a);
	for (size_t i = 0; i < len; i++)
		for (int bit = 0; bit < 8; bit++) {
			bytes[i] ^= (uint8_t)(1 << bit);
			if (questions_load(&out, s, bytes, len, TELEX_OFF)) {
				size_t n;

				questions_bindings(&out, &n);
				assert_true(n > 0);
			}
			bytes[i] ^= (uint8_t)(1 << bit);
		}
}

/* The supervisor brought another form meanwhile. */
static void another_form_takes_what_fits(void **state)
{
	static struct questions q;
	static struct questions again;
	uint8_t bytes[QUESTIONS_SAVE_MAX];
	size_t len;
	const struct survey *s;

	(void)state;
	questions_start(&q, surveytext(FORM), today, TELEX_OFF);
	play(&q, half);
	len = questions_save(&q, bytes);
	s = surveytext(",integer,n,N,yes\n,text,age,A,yes\n,text,t,T\n");
	assert_true(questions_load(&again, s, bytes, len, TELEX_OFF));
	assert_string_equal(answers(&again), "n=5 ");
	assert_string_equal(at(&again), "age");
	assert_string_equal(again.typed.text, "");
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 8];
	const struct CMUnitTest others[] = {
		cmocka_unit_test(what_does_not_fit_any_more_is_asked_again),
		cmocka_unit_test(the_form_says_it_in_its_own_words),
		cmocka_unit_test(nothing_to_ask_is_the_end),
		cmocka_unit_test(progress_counts_what_is_asked),
		cmocka_unit_test(words_are_typed_as_the_user_types),
		cmocka_unit_test(after_every_key_it_is_found_again),
		cmocka_unit_test(bad_bytes_are_no_draft),
		cmocka_unit_test(another_form_takes_what_fits),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	memcpy(tests + COUNT_OF(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("questions", tests, NULL, NULL);
}
