/* Questionnaires in the store: taking, what is in force, hands on the table. */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/survey_kept.h"
#include "core/str.h"
#include "db/surveys.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"
#include "support/verifier.h"

static char told[2048];
static struct buf troubles;
static bool stop;

#define HEAD "SELECT max(seq) FROM journal"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	stop = false;
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static bool on_trouble(void *ctx, const struct survey_error *e)
{
	(void)ctx;
	buf_printf(&troubles, "%s %d %s %s [%s]\n", survey_in_sheets[e->sheet],
		(int)e->row, e->column, survey_trouble_code(e->trouble),
		e->value);
	return !stop;
}

#define FORM(version, label)                           \
	"settings,\n,form_id,version\n,visit," version \
	"\nsurvey,\n,type,name,label\n,text,q," label "\n"

static bool import_by(struct bookstore *b, const struct session *s,
	const char *text, bool check, struct survey_result *out,
	struct err *err)
{
	const struct survey_options o = {.check_only = check,
		.trouble = on_trouble};
	char path[512];

	buf_init(&troubles, told, sizeof(told));
	tmpdir_write(b->dir, "form.csv", text, strlen(text));
	return surveys_import(b->db, s,
		tmpdir_path(b->dir, "form.csv", path, sizeof(path)), &o, out,
		err);
}

static struct survey_result import(struct bookstore *b, const char *text,
	bool check)
{
	struct survey_result r;
	struct err err;

	if (!import_by(b, &b->hoa, text, check, &r, &err))
		fail_msg("%s", err.text);
	return r;
}

static const struct survey *in_force(struct bookstore *b, uint64_t *seq)
{
	static struct survey s;
	struct err err;

	if (!surveys_in_force(b->db, &s, seq, &err))
		fail_msg("%s", err.text);
	return &s;
}

static void until_then_the_built_in_one_is_in_force(void **state)
{
	struct bookstore *b = *state;
	static struct survey own;
	uint64_t seq = 7;
	struct err err;

	assert_true(survey_kept_builtin(&own, &err));
	assert_memory_equal(in_force(b, &seq)->sha256, own.sha256,
		sizeof(own.sha256));
	assert_int_equal(seq, 0);
}

static void a_supervisor_brings_another_one(void **state)
{
	struct bookstore *b = *state;
	const struct survey_result r = import(b, FORM("1.1", "Hỏi"), false);
	const struct survey *s;
	uint64_t seq;
	char hex[2 * CRYPTO_HASH_SIZE + 1];

	assert_true(r.taken && !r.again);
	assert_int_equal(r.errors, 0);
	assert_int_equal(r.questions, 1);
	assert_string_equal(r.id, "visit");
	assert_string_equal(r.version, "1.1");
	s = in_force(b, &seq);
	assert_string_equal(survey_text(s, s->version), "1.1");
	str_to_hex(s->sha256, sizeof(s->sha256), hex);
	assert_string_equal(r.sha256, hex);
	assert_int_equal(seq, bookstore_number(b, HEAD));
	bookstore_must_hold(b);
	db_close(b->db);
	b->db = NULL;
	verifier_must_accept(b->dir);
}

static void the_same_again_is_nothing_new(void **state)
{
	struct bookstore *b = *state;
	struct survey_result r;
	int64_t head;

	import(b, FORM("1.1", "Hỏi"), false);
	head = bookstore_number(b, HEAD);
	r = import(b, FORM("1.1", "Hỏi"), false);
	assert_true(r.taken && r.again);
	assert_int_equal(bookstore_number(b, HEAD), head);
}

static void checking_writes_nothing(void **state)
{
	struct bookstore *b = *state;
	const int64_t head = bookstore_number(b, HEAD);
	const struct survey_result r = import(b, FORM("1.1", "Hỏi"), true);
	uint64_t seq;

	assert_false(r.taken);
	assert_int_equal(r.errors, 0);
	assert_int_equal(bookstore_number(b, HEAD), head);
	in_force(b, &seq);
	assert_int_equal(seq, 0);
}

static void one_with_a_mistake_is_not_taken(void **state)
{
	struct bookstore *b = *state;
	const int64_t head = bookstore_number(b, HEAD);
	const struct survey_result r = import(b,
		"settings,\n,form_id,version\n,visit,2\n"
		"survey,\n,type,name,label\n,text,q,Q\n,geopoint,g,G\n",
		false);

	assert_false(r.taken);
	assert_int_equal(r.errors, 1);
	assert_string_equal(buf_text(&troubles),
		"survey 7 type bad_type [geopoint]\n");
	assert_int_equal(bookstore_number(b, HEAD), head);
}

/* Answers name a version: other words need another. */
static void other_words_need_another_version(void **state)
{
	struct bookstore *b = *state;
	struct survey_result r;

	import(b, FORM("1.1", "Hỏi"), false);
	import(b, FORM("1.2", "Hỏi thêm"), false);
	r = import(b, FORM("1.1", "Hỏi khác"), false);
	assert_false(r.taken);
	assert_string_equal(buf_text(&troubles),
		"settings 0 version same_version [1.1]\n");
	/* The built-in one is version 1. */
	r = import(b, FORM("1", "Hỏi"), false);
	assert_false(r.taken);
	assert_string_equal(buf_text(&troubles),
		"settings 0 version same_version [1]\n");
	/* Going back to an earlier one as it was is no clash. */
	r = import(b, FORM("1.1", "Hỏi"), false);
	assert_true(r.taken && !r.again);
	bookstore_must_hold(b);
}

static void old_ones_are_found_by_their_hash(void **state)
{
	static struct survey s;
	struct bookstore *b = *state;
	uint8_t first[CRYPTO_HASH_SIZE];
	uint8_t own[CRYPTO_HASH_SIZE];
	struct err err;

	memcpy(own, in_force(b, NULL)->sha256, sizeof(own));
	import(b, FORM("1.1", "Hỏi"), false);
	memcpy(first, in_force(b, NULL)->sha256, sizeof(first));
	import(b, FORM("1.2", "Hỏi"), false);
	assert_int_equal(surveys_by_hash(b->db, first, &s, &err), LOOKUP_FOUND);
	assert_string_equal(survey_text(&s, s.version), "1.1");
	assert_int_equal(surveys_by_hash(b->db, own, &s, &err), LOOKUP_FOUND);
	assert_string_equal(survey_text(&s, s.version), "1");
	first[0] ^= 1;
	assert_int_equal(surveys_by_hash(b->db, first, &s, &err),
		LOOKUP_ABSENT);
}

static void only_a_supervisor_may(void **state)
{
	struct bookstore *b = *state;
	struct survey_result r;
	struct err err;

	assert_false(import_by(b, &b->lan, FORM("1.1", "Hỏi"), false, &r,
		&err));
	assert_int_equal(err.code, ERR_DENIED);
	assert_false(r.taken);
	/* It is noted who tried (T72). */
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM survey"), 0);
}

static void what_cannot_be_read_is_an_error(void **state)
{
	struct bookstore *b = *state;
	const struct survey_options o = {.check_only = false};
	struct survey_result r;
	struct err err;

	assert_false(surveys_import(b->db, &b->hoa, "/no/such/file", &o, &r,
		&err));
	assert_int_equal(err.code, ERR_GONE);
	assert_false(surveys_import(b->db, &b->hoa, b->dir, &o, &r, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(import_by(b, &b->hoa, "a\"b\n", false, &r, &err));
	assert_int_equal(err.code, ERR_INVALID);
	stop = true;
	assert_false(import_by(b, &b->hoa, "x,\n", false, &r, &err));
	assert_int_equal(err.code, ERR_BUSY);
}

/* ---- hands on the table ---------------------------------------------------- */

static struct hand {
	const char *name;
	const char *sql;
	const char *found; /* by the verifier */
} hands[] = {
	{"a word altered",
		"UPDATE survey SET bytes = CAST(replace(CAST(bytes AS TEXT),"
		" 'Hỏi', 'Hối') AS BLOB)",
		"V40  table survey does not say what this record says"},
	{"a word and its hash", "UPDATE survey SET sha256 = zeroblob(32)",
		"V40  table survey does not say what this record says"},
	{"the newest is gone",
		"DELETE FROM survey WHERE seq = (SELECT max(seq) FROM survey)",
		"V40  table survey has 1 rows, the journal 2"},
	{"one that no record tells of",
		"INSERT INTO survey SELECT 1, sha256, bytes FROM survey"
		" ORDER BY seq LIMIT 1",
		"V40  table survey has a row of this record, which is no "
		"IMPORT"},
};

static void the_check_and_the_verifier_see_it(void **state)
{
	const struct hand *h = *state;
	static struct bookstore b;
	sqlite3 *file = NULL;
	struct err err;
	char dir[256];
	char path[300];

	bookstore_make(&b);
	import(&b, FORM("1.1", "Hỏi"), false);
	import(&b, FORM("1.2", "Hỏi"), false);
	bookstore_image(&b, dir, sizeof(dir));
	bookstore_sql(&b, h->sql);
	assert_false(db_check(b.db, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_non_null(strstr(err.text, "table survey"));
	bookstore_remove(&b);
	tmpdir_path(dir, "chitra.db", path, sizeof(path));
	assert_int_equal(sqlite3_open(path, &file), SQLITE_OK);
	assert_int_equal(sqlite3_exec(file, h->sql, NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(file);
	verifier_must_find(dir, h->found);
	tmpdir_remove(dir);
}

static void a_damaged_one_is_never_asked(void **state)
{
	static struct survey s;
	struct bookstore *b = *state;
	uint8_t hash[CRYPTO_HASH_SIZE];
	struct err err;

	import(b, FORM("1.1", "Hỏi"), false);
	memcpy(hash, in_force(b, NULL)->sha256, sizeof(hash));
	bookstore_sql(b, "UPDATE survey SET bytes = x'2c2c'");
	assert_false(surveys_in_force(b->db, &s, NULL, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_int_equal(surveys_by_hash(b->db, hash, &s, &err), LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
}

int main(void)
{
	struct CMUnitTest tests[10 + COUNT_OF(hands)] = {
		cmocka_unit_test_setup_teardown(
			until_then_the_built_in_one_is_in_force, setup,
			teardown),
		cmocka_unit_test_setup_teardown(a_supervisor_brings_another_one,
			setup, teardown),
		cmocka_unit_test_setup_teardown(the_same_again_is_nothing_new,
			setup, teardown),
		cmocka_unit_test_setup_teardown(checking_writes_nothing, setup,
			teardown),
		cmocka_unit_test_setup_teardown(one_with_a_mistake_is_not_taken,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			other_words_need_another_version, setup, teardown),
		cmocka_unit_test_setup_teardown(
			old_ones_are_found_by_their_hash, setup, teardown),
		cmocka_unit_test_setup_teardown(only_a_supervisor_may, setup,
			teardown),
		cmocka_unit_test_setup_teardown(what_cannot_be_read_is_an_error,
			setup, teardown),
		cmocka_unit_test_setup_teardown(a_damaged_one_is_never_asked,
			setup, teardown),
	};

	for (size_t i = 0; i < COUNT_OF(hands); i++)
		tests[10 + i] = (struct CMUnitTest){.name = hands[i].name,
			.test_func = the_check_and_the_verifier_see_it,
			.initial_state = &hands[i]};
	return cmocka_run_group_tests_name("surveys", tests, NULL, NULL);
}
