/* People found in every way a counter needs, and what is due to them. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"
#include "db/db_internal.h"
#include "db/payouts.h"
#include "db/people_internal.h"
#include "support/liststore.h"

enum {
	MONTH = 540000
};

static const struct listrow people[] = {
	{.code = "P1",
		.id12 = "025145000112",
		.old_id = "131000112",
		.seq = 2,
		.monthly = MONTH},
	{.code = "P2",
		.name = "NGUYỄN THỊ ĐẸP",
		.id12 = "025145004578",
		.birth = "01/09/1945",
		.seq = 1,
		.monthly = MONTH},
	{.code = "P3",
		.name = "Trần Thị Hồng Đẹp",
		.old_id = "131234578",
		.seq = 17,
		.address = "Xóm Đình, xã Cẩm Khê",
		.monthly = MONTH},
	{.code = "P4", .name = "H' Mẫu Êban", .seq = 3, .monthly = MONTH},
	{.code = "P5", .name = "Lê Văn An", .seq = 5, .monthly = MONTH},
	{.code = "P6", .name = "%' OR 1=1 --", .seq = 6, .monthly = MONTH},
	{.code = "P7", .name = "Y", .seq = 7, .monthly = MONTH},
	{.code = "P8", .name = "Lê Hoà Anh", .seq = 4, .monthly = MONTH},
	{.code = "P9", .name = "Đặng_Văn%Ân", .seq = 17, .monthly = MONTH},
};

static int start(void **state)
{
	static struct liststore s;
	struct list_result r;

	liststore_open(&s);
	liststore_take(&s, people, COUNT_OF(people), &r);
	*state = &s;
	return r.taken ? 0 : -1;
}

static int stop(void **state)
{
	liststore_close(*state);
	return 0;
}

static const struct {
	const char *name;
	const char *query;
	const char *codes; /* in order */
	enum people_by by;
} searches[] = {
	{"all twelve digits", "025145000112", "P1", PEOPLE_BY_ID12},
	{"twelve digits in groups", "025 145 000 112", "P1", PEOPLE_BY_ID12},
	{"nobody's twelve digits", "025145999999", "", PEOPLE_BY_ID12},
	{"the old nine digits", "131234578", "P3", PEOPLE_BY_OLD_ID},
	{"nine digits are looked for at the end of twelve as well", "145000112",
		"P1", PEOPLE_BY_OLD_ID},
	{"the last four of either number, as lists are sorted", "4578", "P2 P3",
		PEOPLE_BY_LAST},
	{"the last four of both numbers of one person", "0112", "P1",
		PEOPLE_BY_LAST},
	{"the last six", "234578", "P3", PEOPLE_BY_LAST},
	{"the last eleven", "25145000112", "P1", PEOPLE_BY_LAST},
	{"four digits from the middle", "4500", "", PEOPLE_BY_LAST},
	{"number on the list", "17", "P9 P3", PEOPLE_BY_SEQ},
	{"number on the list with a mark", "#5", "P5", PEOPLE_BY_SEQ},
	{"a long number on the list", "#1234", "", PEOPLE_BY_SEQ},
	{"no list has a number 0", "0", "", PEOPLE_BY_NOTHING},
	{"thirteen digits are no number of a person", "0251450001123", "",
		PEOPLE_BY_NOTHING},
	{"the same name: the older one first", "Đẹp Nguyễn Thị", "P2 P1",
		PEOPLE_BY_NAME},
	{"a name without marks", "nguyen thi dep", "P2 P1", PEOPLE_BY_NAME},
	{"a name with marks", "Nguyễn Thị Đẹp", "P2 P1", PEOPLE_BY_NAME},
	{"words in any order", "dep nguyen", "P2 P1", PEOPLE_BY_NAME},
	{"the same words before more words", "thi dep", "P2 P1 P3",
		PEOPLE_BY_NAME},
	{"beginnings of words", "ng d", "P2 P1", PEOPLE_BY_NAME},
	{"one letter is a whole word of somebody", "y", "P7", PEOPLE_BY_NAME},
	{"whole words before beginnings", "le an", "P5 P8", PEOPLE_BY_NAME},
	{"an apostrophe does not matter", "h mau", "P4", PEOPLE_BY_NAME},
	{"typed with the apostrophe", "H' Mẫu", "P4", PEOPLE_BY_NAME},
	{"tone on the other letter", "Hòa", "P8", PEOPLE_BY_NAME},
	{"nobody", "xuan", "", PEOPLE_BY_NAME},
	{"blanks around", "  nguyen  thi dep ", "P2 P1", PEOPLE_BY_NAME},
	{"T47 a per cent sign is nobody", "%", "", PEOPLE_BY_NOTHING},
	{"T47 nor is an underscore", "_", "", PEOPLE_BY_NOTHING},
	{"T47 nor both around a letter", "%x_", "", PEOPLE_BY_NAME},
	{"T47 an underscore stands for no letter", "ngu_en", "",
		PEOPLE_BY_NAME},
	{"T47 a quote ends nothing", "' OR ''='", "P6", PEOPLE_BY_NAME},
	{"T47 the hostile name finds its own bearer", "%' OR 1=1 --", "P6",
		PEOPLE_BY_NAME},
	{"T47 so does the one with wildcards", "Đặng_Văn%Ân", "P9",
		PEOPLE_BY_NAME},
	{"an escape sequence is no query", "\x1b[2J", "", PEOPLE_BY_NOTHING},
	{"bytes that are no text", "\xff\xfe", "", PEOPLE_BY_NOTHING},
	{"nothing typed", "", "", PEOPLE_BY_NOTHING},
	{"only blanks", "   ", "", PEOPLE_BY_NOTHING},
};

/* The codes of those who were found. */
static const char *codes_of(struct db *db, const struct person_found *found,
	int count, struct buf *b)
{
	for (int i = 0; i < count; i++) {
		struct person_due due;
		struct err err = {0};

		assert_int_equal(people_get(db, found[i].id, &due, &err),
			LOOKUP_FOUND);
		buf_printf(b, i ? " %s" : "%s", due.person.beneficiary_id);
	}
	return buf_text(b);
}

static void check_search(struct db *db, const char *name, const char *query,
	const char *codes)
{
	struct person_found found[PEOPLE_MAX_FOUND];
	struct err err = {0};
	char text[128];
	struct buf b;
	bool more;
	int count;

	if (!people_find(db, query, found, PEOPLE_MAX_FOUND, &count, &more,
		    &err))
		fail_msg("%s: %s", name, err.text);
	assert_false(more);
	buf_init(&b, text, sizeof(text));
	if (strcmp(codes_of(db, found, count, &b), codes) != 0)
		fail_msg("%s: %s", name, text);
}

static void T47_queries_find_people(void **state)
{
	struct liststore *s = *state;

	for (size_t i = 0; i < COUNT_OF(searches); i++) {
		if (people_query_kind(searches[i].query) != searches[i].by)
			fail_msg("%s: understood as %d", searches[i].name,
				people_query_kind(searches[i].query));
		check_search(s->db, searches[i].name, searches[i].query,
			searches[i].codes);
	}
}

static void a_query_may_be_decomposed(void **state)
{
	struct liststore *s = *state;
	char nfd[128];

	assert_true(text_nfd("Nguyễn Thị Đẹp", nfd, sizeof(nfd)));
	assert_string_not_equal(nfd, "Nguyễn Thị Đẹp");
	check_search(s->db, "NFD", nfd, "P2 P1");
}

static void a_line_of_the_result(void **state)
{
	struct liststore *s = *state;
	struct person_found f;
	struct err err = {0};
	bool more;
	int count;

	assert_true(people_find(s->db, "hong dep", &f, 1, &count, &more, &err));
	assert_int_equal(count, 1);
	assert_false(more);
	assert_string_equal(f.name, "Trần Thị Hồng Đẹp");
	assert_string_equal(f.hamlet, "Xóm Đình");
	assert_string_equal(f.id12, "");
	assert_int_equal(f.birth.year, 1945);
	assert_int_equal(f.birth.month, 9);
	assert_int_equal(f.due, MONTH);
	assert_false(f.paid);
}

static void more_than_asked_for(void **state)
{
	static const struct {
		const char *query;
		int max;
		int count;
		bool more;
	} cases[] = {
		{"dep", 2, 2, true},
		{"dep", 3, 3, false},
		{"4578", 1, 1, true},
		{"4578", 2, 2, false},
		{"17", 1, 1, true},
	};
	struct liststore *s = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct person_found f[3];
		struct err err = {0};
		bool more;
		int count;

		assert_true(people_find(s->db, cases[i].query, f, cases[i].max,
			&count, &more, &err));
		assert_int_equal(count, cases[i].count);
		assert_int_equal(more, cases[i].more);
	}
}

static void a_new_list_is_found_at_once(void **state)
{
	static const struct listrow row = {.code = "P20",
		.name = "Quách Xuân Tú",
		.seq = 40,
		.monthly = MONTH};
	struct liststore *s = *state;
	struct list_result r;

	check_search(s->db, "before", "xuan", "");
	liststore_take(s, &row, 1, &r);
	assert_true(r.taken);
	check_search(s->db, "after", "xuan", "P20");
	check_search(s->db, "after, by number", "40", "P20");
}

static const struct {
	const char *name;
	struct idcard card;
	const char *code; /* NULL: nobody */
} cards[] = {
	{"by twelve digits", {.id12 = "025145000112"}, "P1"},
	{"by the card's old number",
		{.id12 = "025145777777", .old_id = "131234578"}, "P3"},
	{"the twelve digits count more",
		{.id12 = "025145004578", .old_id = "131234578"}, "P2"},
	{"a card of nobody", {.id12 = "025145777777", .old_id = "999999999"},
		NULL},
	{"a card without old number", {.id12 = "025145777777"}, NULL},
	{"a rejected card is nobody's, whatever stands in it",
		{.outcome = CARD_REJECT, .id12 = "025145000112"}, NULL},
};

static void cards_find_people(void **state)
{
	struct liststore *s = *state;

	for (size_t i = 0; i < COUNT_OF(cards); i++) {
		struct person_due due;
		struct err err = {0};
		const enum lookup got =
			people_by_card(s->db, &cards[i].card, &due, &err);

		if (got != (cards[i].code ? LOOKUP_FOUND : LOOKUP_ABSENT) ||
			(cards[i].code && strcmp(due.person.beneficiary_id,
						  cards[i].code) != 0))
			fail_msg("%s", cards[i].name);
	}
}

static void an_old_number_of_two_people_is_nobodys(void **state)
{
	static const struct listrow row[] = {
		{.code = "P30", .old_id = "131555555", .monthly = MONTH},
		{.code = "P31", .old_id = "131555555", .monthly = MONTH},
	};
	const struct idcard card = {.id12 = "025145777777",
		.old_id = "131555555"};
	struct liststore *s = *state;
	struct person_due due;
	struct list_result r;
	struct err err = {0};

	liststore_take(s, row, 2, &r);
	assert_true(r.taken);
	assert_int_equal(people_by_card(s->db, &card, &due, &err),
		LOOKUP_ABSENT);
	check_search(s->db, "by hand", "131555555", "P30 P31");
}

/* What a PAY and a VOID leave in paid; the book's own tests make real ones. */
static void mark(struct liststore *s, const uint8_t ent[ENT_SIZE], int state)
{
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(s->db->handle,
		"INSERT INTO paid (ent, seq, state) VALUES (?1, 77, ?2)"
		" ON CONFLICT (ent) DO UPDATE SET state = excluded.state",
		-1, &st, NULL);
	sqlite3_bind_blob(st, 1, ent, ENT_SIZE, SQLITE_STATIC);
	sqlite3_bind_int(st, 2, state);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static struct person_due due_of(struct liststore *s, const char *id12)
{
	struct person_due due;
	struct err err = {0};

	assert_int_equal(people_by_id12(s->db, id12, &due, &err), LOOKUP_FOUND);
	return due;
}

static void what_is_due_and_what_is_paid(void **state)
{
	static const struct listrow row[] = {
		{.code = "P1",
			.id12 = "025145000112",
			.period = "2027-01",
			.monthly = MONTH,
			.arrears = 160000,
			.months = "2026-10,2026-11"},
		{.code = "P2",
			.id12 = "025145004578",
			.name = "NGUYỄN THỊ ĐẸP",
			.period = "2027-01",
			.monthly = MONTH,
			.account = true},
	};
	struct liststore *s = *state;
	struct list_result r;
	struct person_due due;

	liststore_take(s, row, 2, &r);
	assert_true(r.taken);
	due = due_of(s, "025145000112");
	assert_int_equal(due.items, 3);
	assert_int_equal(due.item[0].list_period, 202701);
	assert_int_equal(due.item[0].what, ENT_MONTH);
	assert_int_equal(due.item[1].what, ENT_ARREARS);
	assert_string_equal(due.item[1].months, "2026-10,2026-11");
	assert_int_equal(due.item[2].list_period, 202612);
	assert_int_equal(due.due, 2 * MONTH + 160000);
	mark(s, due.item[0].ent, PAYOUT_PAID);
	mark(s, due.item[2].ent, PAYOUT_HANDED);
	due = due_of(s, "025145000112");
	assert_int_equal(due.items, 2); /* December is over */
	assert_int_equal(due.item[0].paid_seq, 77);
	assert_int_equal(due.due, 160000);
	assert_int_equal(due.paid, MONTH);
	mark(s, due.item[0].ent, PAYOUT_VOIDED);
	due = due_of(s, "025145000112");
	assert_int_equal(due.item[0].paid_seq, 0);
	assert_int_equal(due.due, MONTH + 160000);
	due = due_of(s, "025145004578");
	assert_true(due.item[0].by_account);
	/* The list names an account; nobody has checked it. */
	assert_false(due.person.has_account);
	assert_int_equal(due.due, MONTH); /* December, in cash */
}

/* Nobody came for a year and a half: the oldest are offered first. */
static void more_open_than_fit(void **state)
{
	struct liststore *s = *state;
	struct person_due due;

	for (int i = 1; i < PEOPLE_MAX_ITEMS + 2; i++) {
		char period[32];
		const struct listrow row = {.code = "P1",
			.id12 = "025145000112",
			.period = period,
			.monthly = MONTH + i};
		struct list_result r;

		snprintf(period, sizeof(period), "%d-%02d", 2027 + (i - 1) / 12,
			1 + (i - 1) % 12);
		liststore_take(s, &row, 1, &r);
		assert_true(r.taken);
	}
	due = due_of(s, "025145000112");
	assert_int_equal(due.items, PEOPLE_MAX_ITEMS);
	assert_int_equal(due.item[PEOPLE_MAX_ITEMS - 1].list_period, 202612);
	assert_int_equal(due.item[0].list_period, 202803);
	mark(s, due.item[15].ent, PAYOUT_HANDED);
	due = due_of(s, "025145000112");
	assert_int_equal(due.item[PEOPLE_MAX_ITEMS - 1].list_period, 202701);
	assert_int_equal(due.item[0].list_period, 202804);
}

static void of_two_units_the_one_with_cash_due(void **state)
{
	static const struct listrow row = {.code = "X1",
		.id12 = "025145000112",
		.unit = "U2",
		.monthly = 7};
	struct liststore *s = *state;
	struct list_result r;
	struct person_due due;

	liststore_take(s, &row, 1, &r);
	assert_true(r.taken);
	due = due_of(s, "025145000112");
	assert_string_equal(due.person.unit_code, "U1");
	mark(s, due.item[0].ent, PAYOUT_HANDED);
	due = due_of(s, "025145000112");
	assert_string_equal(due.person.unit_code, "U2");
	check_search(s->db, "both are shown", "025145000112", "P1 X1");
}

/* A reason not to pay holds until the next list; death for good. */
static void reasons_not_to_pay(void **state)
{
	static const struct {
		enum not_paid reason;
		const char *period;
		int expected;
	} cases[] = {
		{NOT_PAID_ABSENT, "2027-01", NOT_PAID_NONE},
		{NOT_PAID_DIED, "2027-02", NOT_PAID_DIED},
	};
	struct liststore *s = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct listrow row = {.code = "P1",
			.id12 = "025145000112",
			.period = cases[i].period,
			.monthly = MONTH};
		struct list_result r;
		char sql[160];

		snprintf(sql, sizeof(sql),
			"REPLACE INTO not_paid (person, reason, seq)"
			" SELECT 1, %d, max(seq) + 1 FROM list",
			cases[i].reason);
		assert_int_equal(sqlite3_exec(s->db->handle, sql, NULL, NULL,
					 NULL),
			0);
		assert_int_equal(due_of(s, "025145000112")
					 .person.not_paid_reason,
			cases[i].reason);
		/* The next record, so that the list comes after the reason. */
		assert_int_equal(sqlite3_exec(s->db->handle,
					 "UPDATE not_paid SET seq = seq - 1",
					 NULL, NULL, NULL),
			0);
		liststore_take(s, &row, 1, &r);
		assert_true(r.taken);
		assert_int_equal(due_of(s, "025145000112")
					 .person.not_paid_reason,
			cases[i].expected);
	}
}

static void check_progress(struct liststore *s, int done, int all)
{
	struct err err = {0};
	int64_t d;
	int64_t a;

	assert_true(people_progress(s->db, &d, &a, &err));
	assert_int_equal(d, done);
	assert_int_equal(a, all);
}

static void progress_follows_each_payout(void **state)
{
	const int all = COUNT_OF(people);
	struct liststore *s = *state;
	struct person_due one = due_of(s, "025145000112");
	struct person_due two = due_of(s, "025145004578");
	struct err err = {0};

	check_progress(s, 0, all);
	mark(s, one.item[0].ent, PAYOUT_PAID);
	check_progress(s, 1, all);
	mark(s, one.item[0].ent, PAYOUT_HANDED);
	mark(s, two.item[0].ent, PAYOUT_PAID);
	check_progress(s, 2, all);
	mark(s, two.item[0].ent, PAYOUT_VOIDED);
	check_progress(s, 1, all);
	assert_true(db_begin(s->db, &err));
	mark(s, two.item[0].ent, PAYOUT_PAID);
	check_progress(s, 2, all);
	assert_false(db_end(s->db, false, &err));
	check_progress(s, 1, all);
	people_forget(s->db); /* counted anew, it is the same */
	check_progress(s, 1, all);
}

/* More changes than are remembered one by one. */
static void progress_after_many_payouts(void **state)
{
	static struct listrow row[3 * PEOPLE_MAX_TOUCHED];
	static char code[COUNT_OF(row)][16];
	static char id12[COUNT_OF(row)][24];
	struct liststore *s = *state;
	struct list_result r;

	for (size_t i = 0; i < COUNT_OF(row); i++) {
		snprintf(code[i], sizeof(code[i]), "Q%d", (int)i);
		snprintf(id12[i], sizeof(id12[i]), "025145%06d",
			700000 + (int)i);
		row[i] = (struct listrow){.code = code[i],
			.id12 = id12[i],
			.monthly = MONTH};
	}
	liststore_take(s, row, COUNT_OF(row), &r);
	assert_true(r.taken);
	check_progress(s, 0, COUNT_OF(people) + COUNT_OF(row));
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct person_due due = due_of(s, id12[i]);

		mark(s, due.item[0].ent, PAYOUT_HANDED);
	}
	check_progress(s, COUNT_OF(row), COUNT_OF(people) + COUNT_OF(row));
}

/* All is about the newest period, and about what is open from before. */
static void progress_of_a_new_month(void **state)
{
	static const struct listrow row[] = {
		{.code = "P1",
			.id12 = "025145000112",
			.period = "2027-01",
			.monthly = MONTH},
		{.code = "P50",
			.period = "2027-01",
			.monthly = MONTH,
			.account = true},
	};
	struct liststore *s = *state;
	struct person_due two = due_of(s, "025145004578");
	struct list_result r;

	mark(s, two.item[0].ent, PAYOUT_HANDED);
	check_progress(s, 1, COUNT_OF(people));
	liststore_take(s, row, 2, &r);
	assert_true(r.taken);
	check_progress(s, 0, COUNT_OF(people) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define WITH_PEOPLE(test) cmocka_unit_test_setup_teardown(test, start, stop)
		WITH_PEOPLE(T47_queries_find_people),
		WITH_PEOPLE(a_query_may_be_decomposed),
		WITH_PEOPLE(a_line_of_the_result),
		WITH_PEOPLE(more_than_asked_for),
		WITH_PEOPLE(a_new_list_is_found_at_once),
		WITH_PEOPLE(cards_find_people),
		WITH_PEOPLE(an_old_number_of_two_people_is_nobodys),
		WITH_PEOPLE(what_is_due_and_what_is_paid),
		WITH_PEOPLE(more_open_than_fit),
		WITH_PEOPLE(of_two_units_the_one_with_cash_due),
		WITH_PEOPLE(reasons_not_to_pay),
		WITH_PEOPLE(progress_follows_each_payout),
		WITH_PEOPLE(progress_after_many_payouts),
		WITH_PEOPLE(progress_of_a_new_month),
	};

	return cmocka_run_group_tests_name("people", tests, NULL, NULL);
}
