/* Answers that a visit kept, as a file for servers of ODK. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/visits.h"
#include "db/watch.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"
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

/* ---- all visits ---------------------------------------------------------- */

enum {
	DEP = 1,
	BON = 2
};

/* What is in a file of the folder that the visit made, "" if it is not. */
static const char *file_of(struct bookstore *b, const char *folder,
	uint64_t seq)
{
	static char text[4096];
	char instance[SURVEY_INSTANCE_SIZE];
	char path[600];
	FILE *in;

	survey_instance(db_info(b->db)->dev, seq, instance);
	snprintf(path, sizeof(path), "%s/%s.xml", folder,
		instance + strlen("uuid:"));
	memset(text, 0, sizeof(text));
	in = fopen(path, "r");
	if (!in)
		return text;
	assert_true(fread(text, 1, sizeof(text) - 1, in) > 0);
	fclose(in);
	return text;
}

static uint64_t meet(struct bookstore *b, int64_t person, bool asked,
	uint64_t seen)
{
	struct visit_request r = {.person = person,
		.result = VISIT_AGREED,
		.seen = seen};
	struct refusal why;
	struct visit out;
	struct err err;

	if (asked) {
		r.answers_len = visit(b).len;
		r.answers = kept;
		str_copy(r.form_id, sizeof(r.form_id), "visit");
		str_copy(r.form_version, sizeof(r.form_version), "1");
	}
	assert_int_equal(visits_record(b->db, &b->lan, &r, &out, &why, &err),
		VERDICT_DONE);
	return out.seq;
}

static struct openrosa_done export_all(struct bookstore *b, const char *folder)
{
	struct openrosa_done done;
	struct refusal why;
	struct err err = {0};

	if (openrosa_export(b->db, &b->hoa, folder, &done, &why, &err) !=
		VERDICT_DONE)
		fail_msg("%s", err.text);
	return done;
}

static void each_visit_is_written_once(void **state)
{
	struct bookstore *b = *state;
	struct openrosa_done done;
	char folder[512];
	uint64_t first;
	uint64_t second;

	tmpdir_path(b->dir, "odk", folder, sizeof(folder));
	bookstore_due(b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(b, BON, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	done = export_all(b, folder);
	assert_true(done.written == 0 && done.there == 0 && done.without == 0);
	first = meet(b, DEP, true, 0);
	meet(b, BON, false, 0);
	done = export_all(b, folder);
	assert_true(done.written == 1 && done.there == 0 && done.without == 1);
	assert_non_null(strstr(file_of(b, folder, first),
		"<wish>home explain</wish>"));
	assert_null(strstr(file_of(b, folder, first), "NGUY"));
	/* The book knows of the file, and it is not written again. */
	assert_int_equal(bookstore_number(b, "SELECT max(seq) FROM journal"),
		first + 2);
	second = meet(b, DEP, true, first);
	done = export_all(b, folder);
	assert_true(done.written == 1 && done.there == 1 && done.without == 1);
	assert_string_not_equal(file_of(b, folder, second), "");
	assert_int_equal(bookstore_number(b, "SELECT max(seq) FROM journal"),
		second + 1);
	bookstore_must_hold(b);
}

static bool until_one_is_done(void *ctx, const struct far *f)
{
	(void)ctx;
	return f->done < 1;
}

static void stopped_it_goes_on_where_it_was(void **state)
{
	struct bookstore *b = *state;
	const struct db_watch watch = {until_one_is_done, NULL};
	struct openrosa_done done;
	struct refusal why;
	struct err err = {0};
	char folder[512];

	tmpdir_path(b->dir, "odk", folder, sizeof(folder));
	bookstore_due(b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(b, BON, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	meet(b, DEP, true, 0);
	meet(b, BON, true, 0);
	db_watch(b->db, &watch);
	assert_int_equal(openrosa_export(b->db, &b->hoa, folder, &done, &why,
				 &err),
		VERDICT_FAILED);
	db_watch(b->db, NULL);
	assert_true(db_watch_stopped(&err));
	assert_int_equal(done.written, 1);
	done = export_all(b, folder);
	assert_true(done.written == 1 && done.there == 1);
	bookstore_must_hold(b);
}

static void who_may_not_export_is_refused(void **state)
{
	struct bookstore *b = *state;
	struct session nobody = b->lan;
	struct openrosa_done done;
	struct refusal why;
	struct err err = {0};
	char folder[512];

	tmpdir_path(b->dir, "odk", folder, sizeof(folder));
	bookstore_due(b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	meet(b, DEP, true, 0);
	nobody.user.role = ROLE_TECHNICIAN;
	assert_int_equal(openrosa_export(b->db, &nobody, folder, &done, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	assert_int_equal(done.written, 0);
}

static void a_folder_that_cannot_be_is_an_error(void **state)
{
	struct bookstore *b = *state;
	struct openrosa_done done;
	struct refusal why;
	struct err err = {0};

	assert_int_equal(openrosa_export(b->db, &b->hoa, "/proc/no/such", &done,
				 &why, &err),
		VERDICT_FAILED);
	assert_int_equal(err.code, ERR_GONE);
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
		cmocka_unit_test_setup_teardown(each_visit_is_written_once,
			setup, teardown),
		cmocka_unit_test_setup_teardown(stopped_it_goes_on_where_it_was,
			setup, teardown),
		cmocka_unit_test_setup_teardown(who_may_not_export_is_refused,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_folder_that_cannot_be_is_an_error, setup, teardown),
	};

	return cmocka_run_group_tests_name("openrosa files", tests, NULL, NULL);
}
