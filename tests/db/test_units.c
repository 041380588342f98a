/* The office's own units: what is taken, what is refused, whose name it is. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/units.h"
#include "support/bookstore.h"

static int setup(void **state)
{
	static struct bookstore b;

	memset(&b, 0, sizeof(b));
	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_must_hold(*state);
	bookstore_remove(*state);
	return 0;
}

static int64_t records(struct bookstore *b)
{
	return bookstore_number(b, "SELECT max(seq) FROM journal");
}

static int64_t units(struct bookstore *b)
{
	return bookstore_number(b, "SELECT count(*) FROM unit");
}

static void put(struct bookstore *b, struct unit_row *row, int count,
	bool check_only, struct units_result *out)
{
	struct refusal why;
	struct err err = {0};

	if (units_import(b->db, &b->hoa, row, count, check_only, out, &why,
		    &err) != VERDICT_DONE)
		fail_msg("not done: %s", err.text);
}

/* ---- rows that are refused -------------------------------------------------- */

enum {
	ROWS = 3
};

static const struct {
	const char *name;
	struct unit unit[ROWS];
	enum unit_trouble trouble[ROWS];
} refused[] = {
	{"a code that is empty", {{"", "Bưu cục", UNIT_OFFICE, ""}},
		{UNIT_NO_CODE}},
	{"a code with a blank in it", {{"A 1", "Bưu cục", UNIT_OFFICE, ""}},
		{UNIT_NO_CODE}},
	{"a code that is a formula", {{"=1+1", "Bưu cục", UNIT_OFFICE, ""}},
		{UNIT_NO_CODE}},
	{"a code with a quote for SQL", {{"A';--", "Bưu cục", UNIT_OFFICE, ""}},
		{UNIT_NO_CODE}},
	{"a code with an escape for the screen",
		{{"A\033[2J", "Bưu cục", UNIT_OFFICE, ""}}, {UNIT_NO_CODE}},
	{"a name that is empty", {{"A", "", UNIT_OFFICE, ""}}, {UNIT_NO_NAME}},
	{"a name with an escape for the screen",
		{{"A", "Bưu\033[31m cục", UNIT_OFFICE, ""}}, {UNIT_NO_NAME}},
	{"a name that turns the line round",
		{{"A", "Bưu \u202e cục", UNIT_OFFICE, ""}}, {UNIT_NO_NAME}},
	{"a name that is no UTF-8", {{"A", "Bưu \xff cục", UNIT_OFFICE, ""}},
		{UNIT_NO_NAME}},
	{"a name of blanks", {{"A", "   ", UNIT_OFFICE, ""}}, {UNIT_NO_NAME}},
	{"a kind that there is not", {{"A", "Bưu cục", UNIT_KINDS, ""}},
		{UNIT_NO_KIND}},
	{"the same code twice: the second row is named",
		{{"A", "Một", UNIT_OFFICE, ""}, {"B", "Hai", UNIT_POINT, "A"},
			{"A", "Ba", UNIT_OFFICE, ""}},
		{UNIT_FINE, UNIT_FINE, UNIT_TWICE}},
	{"a parent that is not there",
		{{"A", "Một", UNIT_OFFICE, ""}, {"B", "Hai", UNIT_POINT, "Z"}},
		{UNIT_FINE, UNIT_NO_PARENT}},
	{"a parent that is no code", {{"A", "Một", UNIT_OFFICE, "Z Z"}},
		{UNIT_NO_PARENT}},
	{"a unit above itself", {{"A", "Một", UNIT_OFFICE, "A"}}, {UNIT_LOOP}},
	{"two above each other",
		{{"A", "Một", UNIT_OFFICE, "B"}, {"B", "Hai", UNIT_POINT, "A"}},
		{UNIT_LOOP, UNIT_LOOP}},
	{"three in a circle",
		{{"A", "Một", UNIT_OFFICE, "B"}, {"B", "Hai", UNIT_OFFICE, "C"},
			{"C", "Ba", UNIT_POINT, "A"}},
		{UNIT_LOOP, UNIT_LOOP, UNIT_LOOP}},
};

static void check_refused(size_t i, struct bookstore *b)
{
	const int64_t before = records(b);
	struct unit_row row[ROWS] = {{.row = 0}};
	struct units_result r;
	int troubles = 0;
	int count = 0;

	for (; count < ROWS && (refused[i].unit[count].name[0] ||
				       refused[i].unit[count].code[0]);
		count++)
		row[count].unit = refused[i].unit[count];
	put(b, row, count, false, &r);
	for (int n = 0; n < count; n++) {
		assert_int_equal(row[n].trouble, refused[i].trouble[n]);
		troubles += row[n].trouble != UNIT_FINE;
	}
	assert_true(troubles > 0);
	assert_int_equal(r.troubles, troubles);
	assert_false(r.taken);
	assert_int_equal(units(b), 0);
	assert_int_equal(records(b), before);
}

static void
each_bad_row_is_named_and_nothing_taken(void **state)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		print_message("%s\n", refused[i].name);
		check_refused(i, *state);
	}
}

/* ---- rows that are taken ---------------------------------------------------- */

static const struct unit_row office[] = {
	/* Whom it belongs to comes after it: the order is nobody's business. */
	{.row = 2, .unit = {"DC1", "Điểm chi trả Ô Chợ", UNIT_POINT, "BC1"}},
	{.row = 3, .unit = {"BC1", "Bưu cục Ba Đình", UNIT_OFFICE, "BD"}},
	{.row = 4, .unit = {"BD", "Bưu điện Hà Nội", UNIT_OFFICE, ""}},
	{.row = 5, .unit = {"00004", "Phường của ta", UNIT_COMMUNE, "BC1"}},
};

enum {
	OFFICE = sizeof(office) / sizeof(*office)
};

static void take(struct bookstore *b, struct units_result *r)
{
	struct unit_row row[OFFICE];

	memcpy(row, office, sizeof(row));
	put(b, row, OFFICE, false, r);
	assert_int_equal(r->troubles, 0);
}

static void a_table_is_taken_with_one_record(void **state)
{
	struct bookstore *b = *state;
	const int64_t before = records(b);
	struct units_result r;

	take(b, &r);
	assert_true(r.taken);
	assert_int_equal(r.count[UNIT_NEW], OFFICE);
	assert_int_equal(units(b), OFFICE);
	assert_int_equal(records(b), before + 1);
	assert_int_equal(bookstore_number(b,
				 "SELECT count(*) FROM unit WHERE seq ="
				 " (SELECT max(seq) FROM journal)"),
		OFFICE);
}

static void the_same_again_changes_nothing(void **state)
{
	struct bookstore *b = *state;
	struct units_result r;
	int64_t before;

	take(b, &r);
	before = records(b);
	take(b, &r);
	assert_false(r.taken);
	assert_int_equal(r.count[UNIT_SAME], OFFICE);
	assert_int_equal(records(b), before);
}

static void a_check_writes_nothing(void **state)
{
	struct bookstore *b = *state;
	const int64_t before = records(b);
	struct unit_row row[OFFICE];
	struct units_result r;

	memcpy(row, office, sizeof(row));
	put(b, row, OFFICE, true, &r);
	assert_int_equal(r.count[UNIT_NEW], OFFICE);
	assert_false(r.taken);
	assert_int_equal(units(b), 0);
	assert_int_equal(records(b), before);
}

static void a_unit_gets_another_name_and_parent(void **state)
{
	struct bookstore *b = *state;
	struct unit_row row = {.unit = {"DC1", "Điểm mới", UNIT_POINT, "BD"}};
	struct units_result r;
	struct err err = {0};
	struct unit u;

	take(b, &r);
	put(b, &row, 1, false, &r);
	assert_int_equal(r.count[UNIT_CHANGED], 1);
	assert_int_equal(units(b), OFFICE);
	assert_int_equal(units_get(b->db, "DC1", &u, &err), LOOKUP_FOUND);
	assert_string_equal(u.name, "Điểm mới");
	assert_string_equal(u.parent, "BD");
}

/* Of one row alone there is no circle in the table, but there is one here. */
static void no_circle_through_units_known_before(void **state)
{
	struct bookstore *b = *state;
	struct unit_row row = {
		.unit = {"BD", "Bưu điện Hà Nội", UNIT_OFFICE, "DC1"}};
	struct units_result r;
	struct err err = {0};
	struct unit u;

	take(b, &r);
	put(b, &row, 1, false, &r);
	assert_int_equal(row.trouble, UNIT_LOOP);
	assert_int_equal(units_get(b->db, "BD", &u, &err), LOOKUP_FOUND);
	assert_string_equal(u.parent, "");
}

static const struct {
	const char *code;
	enum lookup got;
	const char *name;
	const char *above;
} names[] = {
	{"DC1", LOOKUP_FOUND, "Điểm chi trả Ô Chợ",
		"Bưu cục Ba Đình - Bưu điện Hà Nội"},
	{"BD", LOOKUP_FOUND, "Bưu điện Hà Nội", ""},
	/* The office's own name goes before the state's … */
	{"00004", LOOKUP_FOUND, "Phường của ta",
		"Bưu cục Ba Đình - Bưu điện Hà Nội"},
	/* … which has the rest. */
	{"00008", LOOKUP_FOUND, "Phường Ngọc Hà", ""},
	{"U1", LOOKUP_ABSENT, "", ""},
	{"", LOOKUP_ABSENT, "", ""},
};

static void the_offices_own_name_goes_first(void **state)
{
	struct bookstore *b = *state;
	struct units_result r;
	struct err err = {0};
	char text[DB_NAME_SIZE];

	take(b, &r);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		assert_int_equal(units_name(b->db, names[i].code, text,
					 sizeof(text), &err),
			names[i].got);
		assert_string_equal(text, names[i].name);
		assert_true(units_above(b->db, names[i].code, text,
			sizeof(text), &err));
		assert_string_equal(text, names[i].above);
	}
}

static void only_a_supervisor_names_units(void **state)
{
	struct bookstore *b = *state;
	struct unit_row row = office[2];
	struct units_result r;
	struct refusal why;
	struct err err = {0};

	assert_int_equal(units_import(b->db, &b->lan, &row, 1, false, &r, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	assert_int_equal(units(b), 0);
}

/* As many as there may be, all but one under another; and their parents eight
 * deep at most. */
static void five_thousand_and_eight_deep_no_more(void **state)
{
	struct bookstore *b = *state;
	struct unit_row *row = calloc(UNITS_MAX, sizeof(*row));
	struct units_result r;

	assert_non_null(row);
	for (int i = 0; i < UNITS_MAX; i++) {
		struct unit *u = &row[i].unit;

		snprintf(u->code, sizeof(u->code), "U%d", i);
		snprintf(u->name, sizeof(u->name), "Điểm số %d", i);
		u->kind = UNIT_POINT;
		if (i % UNITS_DEPTH > 0)
			snprintf(u->parent, sizeof(u->parent), "U%d", i - 1);
	}
	put(b, row, UNITS_MAX, false, &r);
	assert_int_equal(r.troubles, 0);
	assert_int_equal(units(b), UNITS_MAX);
	/* One more above the eight is too many. */
	snprintf(row[UNITS_DEPTH].unit.parent, PAYLIST_CODE_SIZE, "U%d",
		UNITS_DEPTH - 1);
	put(b, &row[UNITS_DEPTH], 1, false, &r);
	assert_int_equal(row[UNITS_DEPTH].trouble, UNIT_LOOP);
	free(row);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(each_bad_row_is_named_and_nothing_taken),
		ROW(a_table_is_taken_with_one_record),
		ROW(the_same_again_changes_nothing),
		ROW(a_check_writes_nothing),
		ROW(a_unit_gets_another_name_and_parent),
		ROW(no_circle_through_units_known_before),
		ROW(the_offices_own_name_goes_first),
		ROW(only_a_supervisor_names_units),
		ROW(five_thousand_and_eight_deep_no_more),
	};

	return cmocka_run_group_tests_name("units", tests, NULL, NULL);
}
