/* Answers that a visit kept, as a file for servers of ODK. */
#include "support/unit.h"

#include <string.h>

#include "support/bookstore.h"
#include "terminal/app/openrosa.h"

static struct survey s;
static struct survey_answers a;
static uint8_t kept[SURVEY_ANSWERS_MAX];
static char bytes[SURVEY_XML_MAX];
static struct buf xml;
static char name[OPENROSA_NAME_SIZE];

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	buf_init(&xml, bytes, sizeof(bytes));
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static void answer(const char *question, const char *text)
{
	assert_int_equal(survey_answer_set(&s, &a, survey_find(&s, question),
				 text),
		SURVEY_FINE);
}

/* Answers to the questionnaire in force. */
static struct openrosa_visit visit(struct bookstore *b)
{
	struct openrosa_visit v = {.dev = {0x12, 0x34, 0x56},
		.seq = 12,
		.t = 1796443985000,
		.actor = 7,
		.answers = kept};
	struct err err;

	assert_true(surveys_in_force(b->db, &s, NULL, &err));
	survey_answers_init(&a, &s, (struct date){2026, 12, 5});
	answer("who", "child");
	answer("km", "7");
	answer("wish", "home explain");
	v.len = survey_answers_write(&s, &a, kept);
	return v;
}

static void a_visit_is_a_file(void **state)
{
	const struct openrosa_visit v = visit(*state);
	struct bookstore *b = *state;
	struct err err;

	assert_int_equal(openrosa_of(b->db, &v, name, &xml, &err),
		LOOKUP_FOUND);
	assert_string_equal(name, "ed7953c6-c30a-87d6-b56f-8d68d956fd57.xml");
	assert_non_null(strstr(buf_text(&xml),
		"<orx:instanceID>uuid:ed7953c6-c30a-87d6-b56f-8d68d956fd57"
		"</orx:instanceID>"));
	assert_non_null(strstr(bytes, "<data id=\"visit\" version=\"1\""));
	assert_non_null(strstr(bytes, "<orx:deviceID>chitra:1234560000000000"
				      "0000000000000000</orx:deviceID>"));
	assert_non_null(strstr(bytes, "<who>child</who>"));
	assert_non_null(strstr(bytes, "<km>7</km>"));
	assert_non_null(strstr(bytes, "<wish>home explain</wish>"));
	/* Asked, but not answered; and not asked at all. */
	assert_non_null(strstr(bytes, "<remark/>"));
	assert_null(strstr(bytes, "<app"));
}

static void without_answers_there_is_none(void **state)
{
	struct bookstore *b = *state;
	struct openrosa_visit v = visit(b);
	struct err err;

	v.len = 0;
	assert_int_equal(openrosa_of(b->db, &v, name, &xml, &err),
		LOOKUP_ABSENT);
	assert_int_equal(xml.len, 0);
}

/* Of a questionnaire that this terminal never had. */
static void whose_questions_are_not_here_is_left_out(void **state)
{
	struct bookstore *b = *state;
	struct openrosa_visit v = visit(b);
	struct err err;

	s.sha256[0] ^= 1;
	v.len = survey_answers_write(&s, &a, kept);
	assert_int_equal(openrosa_of(b->db, &v, name, &xml, &err),
		LOOKUP_ABSENT);
}

static void damaged_answers_are_an_error(void **state)
{
	struct bookstore *b = *state;
	struct openrosa_visit v = visit(b);
	struct err err;

	v.len--;
	assert_int_equal(openrosa_of(b->db, &v, name, &xml, &err),
		LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
	v.len++;
	kept[v.len - 3] ^= 1; /* a choice that is none */
	assert_int_equal(openrosa_of(b->db, &v, name, &xml, &err),
		LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_int_equal(xml.len, 0);
}

static void no_room_is_an_error(void **state)
{
	struct bookstore *b = *state;
	const struct openrosa_visit v = visit(b);
	struct err err;

	buf_init(&xml, bytes, 64);
	assert_int_equal(openrosa_of(b->db, &v, name, &xml, &err),
		LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_FULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_visit_is_a_file, setup,
			teardown),
		cmocka_unit_test_setup_teardown(without_answers_there_is_none,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			whose_questions_are_not_here_is_left_out, setup,
			teardown),
		cmocka_unit_test_setup_teardown(damaged_answers_are_an_error,
			setup, teardown),
		cmocka_unit_test_setup_teardown(no_room_is_an_error, setup,
			teardown),
	};

	return cmocka_run_group_tests_name("openrosa files", tests, NULL, NULL);
}
