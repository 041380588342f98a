/* Answers: what is taken, what is asked then, and how they are kept. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/survey_answers.h"
#include "core/codec/survey_kept.h"
#include "core/str.h"
#include "support/surveytext.h"

static const struct date today = {2026, 12, 5};

static const struct survey *form(void)
{
	return surveytext(",note,hello,Chào\n,text,t,T\n"
			  ",integer,n,N,yes,,. > 0 and . < 10\n"
			  ",date,d,D,,,. <= today()\n"
			  ",select_one who,w,W\n"
			  ",text,more,M,yes,\"selected(${w}, 'other')\"\n"
			  ",select_multiple many,m,M,,${more} != '',"
			  "count-selected(.) < 3\n"
			  ",barcode,b,B\n");
}

static struct set_row {
	const char *name;
	const char *question;
	const char *text;
	enum survey_answer_why why;
	const char *kept; /* the answer then */
} set_rows[] = {
	{"a text", "t", "xin chào", SURVEY_FINE, "xin chào"},
	{"blanks around it go", "t", "  a  b ", SURVEY_FINE, "a b"},
	{"blanks alone are none", "t", " \xc2\xa0 ", SURVEY_FINE, ""},
	{"a text in pieces becomes NFC", "t", "e\xcc\x82", SURVEY_FINE, "ê"},
	{"an ESC is no text", "t", "a\x1b[2J", SURVEY_NO_TEXT, ""},
	{"no UTF-8", "t", "\xff", SURVEY_NO_TEXT, ""},
	{"a number", "n", "7", SURVEY_FINE, "7"},
	{"zeros in front", "n", "007", SURVEY_FINE, "7"},
	{"a number that the condition refuses", "n", "10", SURVEY_REFUSED, ""},
	{"less than nothing", "n", "-1", SURVEY_REFUSED, ""},
	{"a letter", "n", "7a", SURVEY_NO_NUMBER, ""},
	{"a minus alone", "n", "-", SURVEY_NO_NUMBER, ""},
	{"half a number", "n", "1.5", SURVEY_NO_NUMBER, ""},
	{"too many digits", "n", "1234567890", SURVEY_NO_NUMBER, ""},
	{"a day", "d", "05/12/2026", SURVEY_FINE, "2026-12-05"},
	{"a day typed", "d", "01122026", SURVEY_FINE, "2026-12-01"},
	{"tomorrow is refused", "d", "2026-12-06", SURVEY_REFUSED, ""},
	{"a year is no day", "d", "2026", SURVEY_NO_DAY, ""},
	{"30 February", "d", "30/02/2026", SURVEY_NO_DAY, ""},
	{"a choice", "w", "child", SURVEY_FINE, "child"},
	{"no choice", "w", "aunt", SURVEY_NO_CHOICE, ""},
	{"two of one", "w", "child self", SURVEY_NO_CHOICE, ""},
	{"the same twice is one", "w", "child child", SURVEY_FINE, "child"},
	{"not asked now", "more", "x", SURVEY_NOT_ASKED, ""},
	{"a note is not answered", "hello", "x", SURVEY_NOT_ASKED, ""},
	{"a barcode", "b", "8934563138165", SURVEY_FINE, "8934563138165"},
};

static void set_row(void **state)
{
	static struct survey_answers a;
	const struct set_row *row = *state;
	const struct survey *s = form();
	const int i = survey_find(s, row->question);
	char text[SURVEY_ANSWER_SIZE];

	survey_answers_init(&a, s, today);
	assert_int_equal(survey_answer_set(s, &a, i, row->text), row->why);
	assert_string_equal(survey_answer_text(s, &a, i, text), row->kept);
}

static void set(const struct survey *s, struct survey_answers *a,
	const char *name, const char *text)
{
	const int i = survey_find(s, name);

	assert_true(i >= 0);
	assert_int_equal(survey_answer_set(s, a, i, text), SURVEY_FINE);
}

/* Names of those that are asked, in order. */
static const char *asked(const struct survey *s, const struct survey_answers *a)
{
	static char text[512];
	struct buf b;

	buf_init(&b, text, sizeof(text));
	for (int i = survey_next(s, a, -1); i >= 0; i = survey_next(s, a, i))
		buf_printf(&b, "%s ", survey_text(s, s->question[i].name));
	return buf_text(&b);
}

static void an_answer_that_is_refused_leaves_the_one_before(void **state)
{
	static struct survey_answers a;
	const struct survey *s = form();
	char text[SURVEY_ANSWER_SIZE];

	(void)state;
	survey_answers_init(&a, s, today);
	set(s, &a, "n", "7");
	assert_int_equal(survey_answer_set(s, &a, 2, "12"), SURVEY_REFUSED);
	assert_string_equal(survey_answer_text(s, &a, 2, text), "7");
	set(s, &a, "n", "");
	assert_string_equal(survey_answer_text(s, &a, 2, text), "");
}

static void what_is_asked_follows_the_answers(void **state)
{
	static struct survey_answers a;
	const struct survey *s = form();
	char text[SURVEY_ANSWER_SIZE];

	(void)state;
	survey_answers_init(&a, s, today);
	assert_string_equal(asked(s, &a), "hello t n d w b ");
	set(s, &a, "w", "other");
	assert_string_equal(asked(s, &a), "hello t n d w more b ");
	set(s, &a, "more", "hàng xóm");
	assert_string_equal(asked(s, &a), "hello t n d w more m b ");
	set(s, &a, "m", "c20 c3");
	assert_string_equal(survey_answer_text(s, &a, survey_find(s, "m"),
				    text),
		"c3 c20");
	assert_int_equal(survey_answer_set(s, &a, survey_find(s, "m"),
				 "c1 c2 c3"),
		SURVEY_REFUSED);
	assert_int_equal(survey_asked_before(s, &a, survey_find(s, "m")), 6);
	assert_int_equal(survey_before(s, &a, survey_find(s, "b")),
		survey_find(s, "m"));
	assert_int_equal(survey_before(s, &a, 0), -1);
	/* One answer takes two questions away: m asks for more, and more is
	 * empty while it is not asked. */
	set(s, &a, "w", "self");
	assert_string_equal(asked(s, &a), "hello t n d w b ");
	/* They are not forgotten: it was a slip of the finger. */
	set(s, &a, "w", "other");
	assert_string_equal(survey_answer_text(s, &a, survey_find(s, "more"),
				    text),
		"hàng xóm");
}

static void what_lacks_is_found(void **state)
{
	static struct survey_answers a;
	const struct survey *s = form();
	enum survey_answer_why why = SURVEY_FINE;

	(void)state;
	survey_answers_init(&a, s, today);
	assert_int_equal(survey_wrong(s, &a, &why), survey_find(s, "n"));
	assert_int_equal(why, SURVEY_REQUIRED);
	set(s, &a, "n", "1");
	assert_int_equal(survey_wrong(s, &a, NULL), -1);
	set(s, &a, "w", "other");
	assert_int_equal(survey_wrong(s, &a, NULL), survey_find(s, "more"));
}

/* An earlier answer changes, and a later one is wrong then. */
static void what_became_wrong_is_found(void **state)
{
	static struct survey_answers a;
	const struct survey *s = surveytext(",integer,a,A\n"
					    ",integer,b,B,,,. > ${a}\n");
	enum survey_answer_why why = SURVEY_FINE;

	(void)state;
	survey_answers_init(&a, s, today);
	set(s, &a, "a", "1");
	set(s, &a, "b", "2");
	set(s, &a, "a", "3");
	assert_int_equal(survey_wrong(s, &a, &why), 1);
	assert_int_equal(why, SURVEY_REFUSED);
}

static void answers_are_shown_in_words(void **state)
{
	static struct survey_answers a;
	const struct survey *s = form();
	char text[64];

	(void)state;
	survey_answers_init(&a, s, today);
	set(s, &a, "w", "other");
	set(s, &a, "more", "hàng xóm");
	set(s, &a, "m", "c1 c2");
	set(s, &a, "d", "2026-12-01");
	assert_string_equal(survey_answer_shown(s, &a, survey_find(s, "w"),
				    SURVEY_VI, text, sizeof(text)),
		"Người khác");
	assert_string_equal(survey_answer_shown(s, &a, survey_find(s, "m"),
				    SURVEY_VI, text, sizeof(text)),
		"Ý 1, Ý 2");
	assert_string_equal(survey_answer_shown(s, &a, survey_find(s, "d"),
				    SURVEY_VI, text, sizeof(text)),
		"01/12/2026");
	assert_string_equal(survey_answer_shown(s, &a, survey_find(s, "more"),
				    SURVEY_VI, text, 6),
		"hàng");
	assert_string_equal(survey_answer_shown(s, &a, survey_find(s, "n"),
				    SURVEY_VI, text, sizeof(text)),
		"");
}

/* ---- as bytes ------------------------------------------------------------ */

static size_t filled(const struct survey *s, struct survey_answers *a,
	uint8_t out[SURVEY_ANSWERS_MAX])
{
	survey_answers_init(a, s, today);
	set(s, a, "t", "xin chào");
	set(s, a, "n", "7");
	set(s, a, "d", "2026-12-01");
	set(s, a, "w", "other");
	set(s, a, "more", "hàng xóm");
	set(s, a, "m", "c3 c1");
	return survey_answers_write(s, a, out);
}

/* Released: what is sealed in a VISIT never changes. */
static void the_bytes_are_these(void **state)
{
	static struct survey_answers a;
	uint8_t bytes[SURVEY_ANSWERS_MAX];
	char hex[2 * SURVEY_ANSWERS_MAX + 1];
	char want[512];
	char hash[2 * SURVEY_HASH_SHORT + 1];
	const struct survey *s = form();
	const size_t len = filled(s, &a, bytes);

	(void)state;
	str_to_hex(bytes, len, hex);
	str_to_hex(s->sha256, SURVEY_HASH_SHORT, hash);
	snprintf(want, sizeof(want),
		"a6"
		"00"
		"01"
		"01"
		"6474657374"
		"02"
		"6131"
		"03"
		"48%s"
		"04"
		"1a01352955"
		"05"
		"8c"
		"6174"
		"6978696e206368c3a06f"
		"616e"
		"07"
		"6164"
		"1a01352951"
		"6177"
		"656f74686572"
		"646d6f7265"
		"6a68c3a06e672078c3b36d"
		"616d"
		"82"
		"626331"
		"626333",
		hash);
	assert_string_equal(hex, want);
}

/* The vector of db/FORMATS.md. */
static void the_vector_of_the_formats_holds(void **state)
{
	static struct survey s;
	static struct survey_answers a;
	uint8_t bytes[SURVEY_ANSWERS_MAX];
	char hex[2 * SURVEY_ANSWERS_MAX + 1];

	(void)state;
	s = *surveytext(",select_one who,w,W\n,integer,n,N\n");
	for (int i = 0; i < SURVEY_HASH_SHORT; i++)
		s.sha256[i] = (uint8_t)(i + 1);
	survey_answers_init(&a, &s, today);
	set(&s, &a, "w", "other");
	set(&s, &a, "n", "7");
	str_to_hex(bytes, survey_answers_write(&s, &a, bytes), hex);
	assert_string_equal(hex,
		"a6000101647465737402613103480102030405060708041a01352955"
		"05846177656f74686572616e07");
}

static void bytes_are_read_again(void **state)
{
	static struct survey_answers a;
	static struct survey_answers b;
	uint8_t bytes[SURVEY_ANSWERS_MAX];
	uint8_t again[SURVEY_ANSWERS_MAX];
	struct survey_answers_head head;
	const struct survey *s = form();
	const size_t len = filled(s, &a, bytes);

	(void)state;
	assert_true(survey_answers_read(s, bytes, len, &b));
	assert_int_equal(survey_answers_write(s, &b, again), len);
	assert_memory_equal(bytes, again, len);
	assert_true(survey_answers_head(bytes, len, &head));
	assert_string_equal(head.id, "test");
	assert_string_equal(head.version, "1");
	assert_memory_equal(head.sha256, s->sha256, SURVEY_HASH_SHORT);
	assert_int_equal(date_compare(head.day, today), 0);
}

/* What is not asked any more is not kept. */
static void what_is_not_asked_is_not_written(void **state)
{
	static struct survey_answers a;
	uint8_t bytes[SURVEY_ANSWERS_MAX];
	const struct survey *s = form();
	size_t len = filled(s, &a, bytes);

	(void)state;
	assert_non_null(memmem(bytes, len, "more", 4));
	set(s, &a, "w", "self");
	len = survey_answers_write(s, &a, bytes);
	assert_null(memmem(bytes, len, "more", 4));
	assert_true(survey_answers_read(s, bytes, len, &a));
}

/* Every cut, and every byte changed: refused, or the very same bytes. */
static void bad_bytes_are_refused(void **state)
{
	static struct survey_answers a;
	static struct survey_answers b;
	uint8_t bytes[SURVEY_ANSWERS_MAX];
	uint8_t again[SURVEY_ANSWERS_MAX];
	const struct survey *s = form();
	const size_t len = filled(s, &a, bytes);
	int taken = 0;

	(void)state;
	for (size_t n = 0; n < len; n++)
		assert_false(survey_answers_read(s, bytes, n, &b));
	for (size_t i = 0; i < len; i++)
		for (int bit = 0; bit < 8; bit++) {
			bytes[i] ^= (uint8_t)(1 << bit);
			if (survey_answers_read(s, bytes, len, &b)) {
				taken++;
				assert_int_equal(survey_answers_write(s, &b,
							 again),
					len);
				assert_memory_equal(bytes, again, len);
			}
			bytes[i] ^= (uint8_t)(1 << bit);
		}
	/* Other letters of a text, another day, another choice. */
	assert_true(taken > 20);
}

static void another_questionnaire_does_not_read_them(void **state)
{
	static struct survey_answers a;
	static struct survey_answers b;
	uint8_t bytes[SURVEY_ANSWERS_MAX];
	const size_t len = filled(form(), &a, bytes);
	const struct survey *other = surveytext(",integer,n,N\n"
						",select_one who,w,Other\n"
						",integer,t,T\n");
	char text[SURVEY_ANSWER_SIZE];

	(void)state;
	assert_false(survey_answers_read(other, bytes, len, &b));
	/* A draft goes on with what still fits. */
	assert_true(survey_answers_carry(other, bytes, len, &b));
	assert_string_equal(survey_answer_text(other, &b, 0, text), "7");
	assert_string_equal(survey_answer_text(other, &b, 1, text), "other");
	assert_string_equal(survey_answer_text(other, &b, 2, text), "");
	assert_false(survey_answers_carry(other, bytes, len - 1, &b));
}

/* Too much together is refused when it is typed, never when it is kept. */
static void too_much_is_refused(void **state)
{
	static struct survey_answers a;
	const struct survey *s = surveytext(
		",text,a,A\n,text,b,A\n,text,c,A\n,text,d,A\n,text,e,A\n"
		",text,f,A\n,text,g,A\n,text,h,A\n,text,i,A\n,text,j,A\n");
	uint8_t bytes[SURVEY_ANSWERS_MAX];
	char text[SURVEY_TEXT_SIZE + 1];
	int i;

	(void)state;
	survey_answers_init(&a, s, today);
	memset(text, 'x', sizeof(text));
	text[SURVEY_TEXT_SIZE] = '\0';
	assert_int_equal(survey_answer_set(s, &a, 0, text), SURVEY_NO_TEXT);
	text[SURVEY_TEXT_SIZE - 1] = '\0';
	for (i = 0; i < 10; i++)
		if (survey_answer_set(s, &a, i, text) != SURVEY_FINE)
			break;
	assert_int_equal(i, 7);
	assert_int_equal(survey_answer_set(s, &a, i, text), SURVEY_FULL);
	set(s, &a, "h", "short");
	assert_true(survey_answers_write(s, &a, bytes) > 1700);
	assert_true(survey_answers_read(s, bytes,
		survey_answers_write(s, &a, bytes), &a));
	/* A longer text in the middle moves the others. */
	set(s, &a, "b", "y");
	set(s, &a, "a", "z");
	assert_string_equal(survey_answer_text(s, &a, 6, text), text);
	assert_int_equal(strlen(text), SURVEY_TEXT_SIZE - 1);
	assert_int_equal(strspn(text, "x"), SURVEY_TEXT_SIZE - 1);
}

/* All choices of the longest list have room. */
static void every_choice_can_be_chosen(void **state)
{
	static struct survey_answers a;
	const struct survey *s = surveytext(",select_multiple many,m,M\n");
	char text[SURVEY_ANSWER_SIZE];
	struct buf b;

	(void)state;
	buf_init(&b, text, sizeof(text));
	for (int i = 1; i <= 20; i++)
		buf_printf(&b, "%sc%d", i > 1 ? " " : "", i);
	survey_answers_init(&a, s, today);
	assert_int_equal(survey_answer_set(s, &a, 0, buf_text(&b)),
		SURVEY_FINE);
	assert_int_equal(a.of[0].number, 0xfffff);
}

/* A whole visit with the questionnaire that is built in. */
static void the_built_in_one_is_answered(void **state)
{
	static struct survey s;
	static struct survey_answers a;
	struct err err = {.code = ERR_NONE};

	(void)state;
	assert_true(survey_kept_builtin(&s, &err));
	survey_answers_init(&a, &s, today);
	assert_string_equal(asked(&s, &a),
		"before who phone helper km wish remark ");
	set(&s, &a, "who", "other");
	set(&s, &a, "who_other", "trưởng thôn");
	set(&s, &a, "phone", "smart");
	set(&s, &a, "app", "no");
	set(&s, &a, "km", "0");
	set(&s, &a, "wish", "home explain");
	assert_string_equal(asked(&s, &a), "before who who_other phone app "
					   "helper km wish time remark ");
	assert_int_equal(survey_answer_set(&s, &a, survey_find(&s, "wish"),
				 "home none"),
		SURVEY_REFUSED);
	set(&s, &a, "wish", "none");
	assert_int_equal(survey_wrong(&s, &a, NULL), -1);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(set_rows) + 14];
	const struct CMUnitTest others[] = {
		cmocka_unit_test(
			an_answer_that_is_refused_leaves_the_one_before),
		cmocka_unit_test(what_is_asked_follows_the_answers),
		cmocka_unit_test(what_lacks_is_found),
		cmocka_unit_test(what_became_wrong_is_found),
		cmocka_unit_test(answers_are_shown_in_words),
		cmocka_unit_test(the_bytes_are_these),
		cmocka_unit_test(the_vector_of_the_formats_holds),
		cmocka_unit_test(bytes_are_read_again),
		cmocka_unit_test(what_is_not_asked_is_not_written),
		cmocka_unit_test(bad_bytes_are_refused),
		cmocka_unit_test(another_questionnaire_does_not_read_them),
		cmocka_unit_test(too_much_is_refused),
		cmocka_unit_test(every_choice_can_be_chosen),
		cmocka_unit_test(the_built_in_one_is_answered),
	};

	for (size_t i = 0; i < COUNT_OF(set_rows); i++)
		tests[i] = (struct CMUnitTest){.name = set_rows[i].name,
			.test_func = set_row,
			.initial_state = &set_rows[i]};
	memcpy(tests + COUNT_OF(set_rows), others, sizeof(others));
	return cmocka_run_group_tests_name("answers", tests, NULL, NULL);
}
