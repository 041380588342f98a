/* What is said at the end, to people and to programs. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/verify/vreport.h"

/* Said at the end of what fill() put into a report. */
static char *say(void (*fill)(struct vreport *r), bool json)
{
	struct vreport r;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_true(vreport_init(&r, out));
	r.json = json;
	r.from = 1;
	fill(&r);
	vreport_end(&r);
	vreport_clear(&r);
	fclose(out);
	return text;
}

static void must_hold(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no \"%s\" in: %.2000s", part, text);
}

static void must_not_hold(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("\"%s\" in: %.2000s", part, text);
}

static void nothing(struct vreport *r)
{
	(void)r;
}

/* An empty book: nothing is made up. */
static void what_is_not_known_is_not_said(void **state)
{
	char *json = say(nothing, true);
	char *plain = say(nothing, false);

	(void)state;
	assert_string_equal(json,
		"{\"ok\":true,\"records\":0,\"findings\":[],"
		"\"findings_total\":0,\"findings_unlisted\":0,\"info\":[],"
		"\"skipped\":[],\"shifts\":0,\"payouts\":0,"
		"\"totals\":null,\"head\":null}\n");
	assert_string_equal(plain,
		"records     0\nshifts      0\npayouts     0\nACCEPTED\n");
	free(json);
	free(plain);
}

static void a_row(struct vreport *r)
{
	for (uint64_t seq = 3; seq <= 9; seq++) {
		vreport_find(r, seq, 8, "its signature is wrong");
		vreport_find(r, seq, 7, "its hash is wrong");
	}
	vreport_find(r, 11, 8, "its signature is wrong");
	vreport_find(r, 0, 40, "table state is missing");
}

/* One cause, one finding; however many records it runs over. */
static void the_same_at_record_after_record_is_one(void **state)
{
	char *json = say(a_row, true);
	char *plain = say(a_row, false);

	(void)state;
	must_hold(json, "\"findings_total\":4");
	must_hold(json, "{\"seq\":3,\"to\":9,\"check\":\"V08\"");
	must_hold(json, "{\"seq\":3,\"to\":9,\"check\":\"V07\"");
	must_hold(json, "{\"seq\":11,\"check\":\"V08\"");
	must_hold(json, "{\"seq\":0,\"check\":\"V40\"");
	must_hold(plain, "seq 3-9  V08  its signature is wrong\n");
	must_hold(plain, "seq 11  V08  its signature is wrong\n");
	must_hold(plain, "whole  V40  table state is missing\n");
	must_hold(plain, "FINDINGS    4\n");
	must_not_hold(plain, "ACCEPTED");
	free(json);
	free(plain);
}

static void very_many(struct vreport *r)
{
	for (int check = 1; check <= 11; check++)
		for (uint64_t seq = 2; seq <= 300; seq += 2)
			vreport_find(r, seq, check, "finding %d", check);
}

/* What does not fit is counted, and no check hides all others. */
static void the_list_has_an_end_and_the_count_has_none(void **state)
{
	char *json = say(very_many, true);
	char *plain = say(very_many, false);

	(void)state;
	must_hold(json, "\"findings_total\":1650");
	must_hold(json, "\"findings_unlisted\":650");
	must_hold(json, "\"check\":\"V10\"");
	must_not_hold(json, "\"check\":\"V11\"");
	must_hold(plain, "... and 650 more\n");
	must_hold(plain, "FINDINGS    1650\n");
	free(json);
	free(plain);
}

static void strange(struct vreport *r)
{
	vreport_find(r, 2, 1,
		"table \"\x1b[2J\x7f\xc2\x9b"
		"3J\" \\ \xff");
	vreport_info(r, 0, "a\tb\xe2\x82\xab");
	vreport_skip(r, 6, "c\nd");
}

/* A name in a hostile store must not move the terminal it is shown on. */
static void what_it_quotes_moves_no_terminal(void **state)
{
	char *json = say(strange, true);
	char *plain = say(strange, false);

	(void)state;
	must_hold(json, "table \\\"\\u001b[2J\\u007f\\u009b3J\\\" \\\\ ");
	must_hold(json, "a\\u0009b₫");
	must_hold(json, "c\\u000ad");
	must_hold(plain, "table \"?[2J??3J\" \\ ");
	must_hold(plain, "info  a?b₫\n");
	must_hold(plain, "not checked  V06  c?d\n");
	for (int i = 0; i < 2; i++)
		for (const char *c = i ? json : plain; *c; c++)
			assert_true(*c == '\n' || (unsigned char)*c >= 0x20);
	free(json);
	free(plain);
}

static void notes(struct vreport *r)
{
	for (int i = 0; i < VREPORT_NOTES + 9; i++) {
		vreport_info(r, 39, "note %d of the book", i);
		vreport_info(r, 39, "note %d of the book", i);
		vreport_info(r, 31, "note 0 of the book");
	}
}

static int times(const char *text, const char *part)
{
	int n = 0;

	for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
		n++;
	return n;
}

static void a_note_is_said_once_and_there_is_an_end_to_them(void **state)
{
	char *plain = say(notes, false);

	(void)state;
	assert_int_equal(times(plain, "info  V31  note 0 of"), 1);
	assert_int_equal(times(plain, "info  V39  note 0 of"), 1);
	assert_int_equal(times(plain, "info  "), VREPORT_NOTES);
	must_hold(plain, "ACCEPTED\n");
	free(plain);
}

static void each_record(struct vreport *r)
{
	r->each = true;
	r->from = 2;
	r->to = 4;
	for (uint64_t seq = 1; seq <= 5; seq++) {
		if (seq != 3) {
			vreport_find(r, seq, 7, "its hash is wrong");
			vreport_find(r, seq, 40, "and more");
		}
		vreport_record(r, seq, VKIND_PAY);
	}
}

/* A line each, and of those records only. */
static void each_record_says_what_it_has(void **state)
{
	char *json = say(each_record, true);
	char *plain = say(each_record, false);

	(void)state;
	must_hold(json, "{\"seq\":2,\"kind\":\"PAY\",\"ok\":false,"
			"\"checks\":[\"V07\",\"V40\"]}\n"
			"{\"seq\":3,\"kind\":\"PAY\",\"ok\":true,"
			"\"checks\":[]}\n"
			"{\"seq\":4,\"kind\":\"PAY\",\"ok\":false,");
	must_not_hold(json, "{\"seq\":1,");
	must_not_hold(json, "{\"seq\":5,");
	must_hold(json, "\"findings_total\":4");
	must_not_hold(plain, "PAY");
	free(json);
	free(plain);
}

static void a_book(struct vreport *r)
{
	r->has_totals = true;
	r->has_head = true;
	r->has_dev = true;
	r->last_seq = 42;
	r->tot[VTOTAL_PAID] = 7250000;
	r->tot[VTOTAL_PAYS] = 12;
	memset(r->dev, 0xab, sizeof(r->dev));
}

static void sums_are_said(void **state)
{
	char *json = say(a_book, true);
	char *plain = say(a_book, false);

	(void)state;
	must_hold(json, "\"dev\":\"abababababababababababababababab\"");
	must_hold(json, "\"head\":{\"seq\":42,\"hash\":\"0000");
	must_hold(json, "\"n_pay\":12");
	must_hold(plain, "device      abababababababababababababababab\n");
	must_hold(plain, "paid        7.250.000 in 12\n");
	must_hold(plain, "head        42 0000");
	free(json);
	free(plain);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_known_is_not_said),
		cmocka_unit_test(the_same_at_record_after_record_is_one),
		cmocka_unit_test(the_list_has_an_end_and_the_count_has_none),
		cmocka_unit_test(what_it_quotes_moves_no_terminal),
		cmocka_unit_test(
			a_note_is_said_once_and_there_is_an_end_to_them),
		cmocka_unit_test(each_record_says_what_it_has),
		cmocka_unit_test(sums_are_said),
	};

	return cmocka_run_group_tests_name("what is said", tests, NULL, NULL);
}
