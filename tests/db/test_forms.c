/*
 * Forms A and B: rows by hand, and random months against a second, slow count
 * straight from the records and the rows of lists.
 */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/forms.h"
#include "db/people.h"
#include "db/sealed_internal.h"
#include "support/bookstore.h"

enum {
	NOV = 202611,
	DEC = BOOKSTORE_PERIOD, /* 202612 */
	JAN = 202701,
	/* Kinds, and key 28 of some. */
	CONSENT = 30,
	ACCOUNT = 31,
	WITHDRAWN = 33,
	VISIT = 35,
	STATE = 38,
	MET = 1,
	NOT_AT_HOME = 2,
	DIED = 4,
	VERIFIED = 1,
	NOT_FOUND = 2,
	CONFIRMED = 6,
	CASH_AGAIN = 8,
	PAYS = 9,
	BANK = 1,
	PLANNED = 4
};

/* Milliseconds of noon, UTC+7, of a day of a month. */
static int64_t noon(int32_t period, int day)
{
	char text[64];
	int64_t ms;

	snprintf(text, sizeof(text), "%04d-%02d-%02dT12:00", period / 100,
		period % 100, day);
	assert_true(date_time_parse(text, &ms));
	return ms;
}

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

/* ---- what is put in -------------------------------------------------------- */

/* A person of that group; money comes by bookstore_due(), which keeps him. */
static void person(struct bookstore *b, int64_t id, const char *unit,
	const char *group, const char *subgroup)
{
	const struct sealed s = {.seq = id,
		.birth = 19440902,
		.text = {[SEALED_CODE] = "B",
			[SEALED_NAME] = "Nguyễn Thị Đẹp",
			[SEALED_GROUP] = group,
			[SEALED_SUBGROUP] = subgroup}};
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(b->db->handle,
		"INSERT INTO person (id, unit_code, list, period, code, sealed)"
		" VALUES (?1, ?2, 1, 202601, ?1, :sealed)",
		-1, &st, NULL);
	sqlite3_bind_int64(st, 1, id);
	sqlite3_bind_text(st, 2, unit, -1, SQLITE_STATIC);
	sealed_put(b->db, st, ":sealed", DATAKEY_PERSON, id, &s, locked);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static int still_agreed; /* of a WITHDRAWN */

/* A record of somebody, as far as it is read here; it need not chain. */
static void record(struct bookstore *b, int64_t whose, int kind, int64_t t,
	int result)
{
	uint8_t body[128];
	sqlite3_stmt *st = NULL;
	struct buf buf;

	buf_init(&buf, body, sizeof(body));
	cbor_put_map(&buf, (result ? 5 : 4) + (kind == WITHDRAWN));
	cbor_put_uint(&buf, 1);
	cbor_put_uint(&buf, 1);
	cbor_put_uint(&buf, 2);
	cbor_put_bytes(&buf, "0123456789abcdef", 16);
	cbor_put_uint(&buf, 4);
	cbor_put_uint(&buf, (uint64_t)kind);
	cbor_put_uint(&buf, 5);
	cbor_put_int(&buf, t);
	if (result) {
		cbor_put_uint(&buf, 28);
		cbor_put_uint(&buf, (uint64_t)result);
	}
	if (kind == WITHDRAWN) {
		cbor_put_uint(&buf, 35);
		cbor_put_array(&buf, 2);
		cbor_put_uint(&buf, 15);
		cbor_put_uint(&buf, (uint64_t)still_agreed);
	}
	sqlite3_prepare_v2(b->db->handle,
		"INSERT INTO journal (seq, body, h, sig) SELECT max(seq) + 1,"
		" ?1, zeroblob(32), zeroblob(64) FROM journal",
		-1, &st, NULL);
	sqlite3_bind_blob(st, 1, body, (int)buf.len, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
	sqlite3_prepare_v2(b->db->handle,
		"INSERT INTO pd (seq, sealed, person) SELECT max(seq),"
		" zeroblob(8), ?1 FROM journal",
		-1, &st, NULL);
	sqlite3_bind_int64(st, 1, whose);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static void left(struct bookstore *b, int64_t whose, int32_t from)
{
	char sql[200];

	snprintf(sql, sizeof(sql),
		"INSERT INTO change (seq, person, kind, period, reason)"
		" SELECT coalesce(max(seq), 0) + 1, %lld, 2, %d, 3 FROM change",
		(long long)whose, from);
	bookstore_sql(b, sql);
}

static struct forms count(struct bookstore *b, int32_t period, const char *unit)
{
	struct forms f;
	struct err err = {0};

	if (!forms_count(b->db, period, unit, &f, &err))
		fail_msg("%s", err.text);
	return f;
}

/* until and within of one number. */
static void is(const struct form_sums *s, enum form_what what, int64_t until,
	int64_t within)
{
	assert_int_equal(s->n[what].until, until);
	assert_int_equal(s->n[what].within, within);
}

/* ---- rows ------------------------------------------------------------------ */

static void people_count_once_until_and_within(void **state)
{
	struct bookstore *b = *state;
	struct forms f;

	person(b, 1, "U1", "BTXH", "");
	person(b, 2, "U1", "NCC", "bệnh binh");
	person(b, 3, "U1", "KHAC", "QĐ 62/2011");
	bookstore_due(b, 1, ENT_MONTH, NOV, 540000, false);
	bookstore_due(b, 1, ENT_MONTH, DEC, 540000, false);
	bookstore_due(b, 1, ENT_FUNERAL, DEC, 100000, false);
	bookstore_due(b, 2, ENT_MONTH, NOV, 3012000, false);
	bookstore_due(b, 3, ENT_MONTH, JAN, 2000000, false);
	f = count(b, DEC, "");
	is(&f.group[GROUP_SOCIAL], FORM_PEOPLE, 1, 1);
	is(&f.group[GROUP_MERIT], FORM_PEOPLE, 1, 0);
	is(&f.group[GROUP_OTHER], FORM_PEOPLE, 0, 0);
	is(&f.sub[6], FORM_PEOPLE, 1, 0);
	is(&f.sub[18], FORM_PEOPLE, 0, 0);
	f = count(b, JAN, "");
	is(&f.group[GROUP_OTHER], FORM_PEOPLE, 1, 1);
	is(&f.sub[18], FORM_PEOPLE, 1, 1);
}

static void who_left_is_not_of_later_lists(void **state)
{
	struct bookstore *b = *state;
	struct forms f;

	person(b, 1, "U1", "BTXH", "");
	bookstore_due(b, 1, ENT_MONTH, NOV, 540000, true);
	bookstore_due(b, 1, ENT_MONTH, DEC, 540000, true);
	left(b, 1, DEC);
	f = count(b, DEC, "");
	is(&f.group[GROUP_SOCIAL], FORM_PEOPLE, 1, 0);
	is(&f.group[GROUP_SOCIAL], FORM_PAID, 1, 0);
	is(&f.group[GROUP_SOCIAL], FORM_MONEY, 540000, 0);
}

static void reviewed_is_who_was_met_not_who_was_looked_for(void **state)
{
	struct bookstore *b = *state;
	struct forms f;

	for (int64_t id = 1; id <= 4; id++) {
		person(b, id, "U1", "NCC", "5");
		bookstore_due(b, id, ENT_MONTH, DEC, 540000, false);
	}
	record(b, 1, VISIT, noon(NOV, 30), MET);
	record(b, 2, VISIT, noon(DEC, 1), NOT_AT_HOME);
	record(b, 3, VISIT, noon(DEC, 31), DIED);
	record(b, 3, VISIT, noon(DEC, 31), MET);
	record(b, 4, VISIT, noon(JAN, 1), MET);
	f = count(b, DEC, "");
	is(&f.group[GROUP_MERIT], FORM_REVIEWED, 2, 1);
	is(&f.sub[5], FORM_REVIEWED, 2, 1);
	f = count(b, JAN, "");
	is(&f.sub[5], FORM_REVIEWED, 3, 1);
}

static void who_only_wants_no_calls_keeps_his_account(void **state)
{
	struct bookstore *b = *state;
	struct forms f;

	person(b, 1, "U1", "BTXH", "");
	person(b, 2, "U1", "BTXH", "");
	record(b, 1, ACCOUNT, noon(DEC, 1), BANK);
	record(b, 2, ACCOUNT, noon(DEC, 1), BANK);
	still_agreed = 7;
	record(b, 1, WITHDRAWN, noon(DEC, 2), 0);
	still_agreed = 14;
	record(b, 2, WITHDRAWN, noon(DEC, 2), 0);
	still_agreed = 0;
	f = count(b, DEC, "");
	is(&f.group[GROUP_SOCIAL], FORM_ACCOUNT, 1, 1);
}

/* Key 28 of a NOT_PAID, a CHANGE, a REVIEW means something else. */
static void other_records_of_people_count_nothing(void **state)
{
	static const int kinds[] = {10, 11, 36, 37, 39};
	struct bookstore *b = *state;
	struct forms f;

	person(b, 1, "U1", "BTXH", "");
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		record(b, 1, kinds[i], noon(DEC, 2), 1);
	f = count(b, DEC, "");
	is(&f.group[GROUP_SOCIAL], FORM_REVIEWED, 0, 0);
	is(&f.group[GROUP_SOCIAL], FORM_ACCOUNT, 0, 0);
}

/* Midnight there is 17:00 UTC of the day before. */
static void a_month_begins_at_midnight_here(void **state)
{
	struct bookstore *b = *state;
	const int64_t first = noon(DEC, 1) - INT64_C(12) * 3600 * 1000;
	struct forms f;

	person(b, 1, "U1", "BTXH", "");
	person(b, 2, "U1", "BTXH", "");
	record(b, 1, VISIT, first - 1, MET);
	record(b, 2, VISIT, first, MET);
	f = count(b, DEC, "");
	is(&f.group[GROUP_SOCIAL], FORM_REVIEWED, 2, 1);
	f = count(b, NOV, "");
	is(&f.group[GROUP_SOCIAL], FORM_REVIEWED, 1, 1);
}

static void the_last_word_about_an_account_counts(void **state)
{
	struct bookstore *b = *state;
	struct forms f;

	for (int64_t id = 1; id <= 9; id++)
		person(b, id, "U1", "BTXH", "");
	record(b, 1, CONSENT, noon(NOV, 2), 0);
	record(b, 1, ACCOUNT, noon(NOV, 2), 0);
	record(b, 1, STATE, noon(DEC, 3), VERIFIED); /* the same account */
	record(b, 2, ACCOUNT, noon(DEC, 2), 0);
	record(b, 2, STATE, noon(DEC, 5), VERIFIED);
	record(b, 3, ACCOUNT, noon(DEC, 2), 0);
	record(b, 3, STATE, noon(DEC, 5), NOT_FOUND);
	record(b, 4, ACCOUNT, noon(NOV, 2), 0);
	record(b, 4, WITHDRAWN, noon(DEC, 2), 0);
	record(b, 5, STATE, noon(DEC, 9), VERIFIED);  /* of a list's account */
	record(b, 6, ACCOUNT, noon(DEC, 2), PLANNED); /* has none yet */
	record(b, 7, ACCOUNT, noon(DEC, 2), BANK);
	record(b, 7, STATE, noon(DEC, 3), CONFIRMED);
	record(b, 7, STATE, noon(DEC, 4), CASH_AGAIN);
	record(b, 8, ACCOUNT, noon(NOV, 2), BANK);
	record(b, 8, STATE, noon(DEC, 4), CONFIRMED);
	record(b, 9, STATE, noon(DEC, 4), PAYS);
	f = count(b, NOV, "");
	is(&f.group[GROUP_SOCIAL], FORM_ACCOUNT, 3, 3);
	f = count(b, DEC, "");
	is(&f.group[GROUP_SOCIAL], FORM_ACCOUNT, 5, 3);
}

static void a_list_pays_by_account(void **state)
{
	struct bookstore *b = *state;
	struct forms f;

	person(b, 1, "U1", "NCC", "8");
	person(b, 2, "U1", "NCC", "8");
	person(b, 3, "U1", "NCC", "8");
	bookstore_due(b, 1, ENT_MONTH, NOV, 3012000, true);
	bookstore_due(b, 1, ENT_MONTH, DEC, 3012000, true);
	bookstore_due(b, 1, ENT_ARREARS, DEC, 499, true);
	bookstore_due(b, 2, ENT_MONTH, NOV, 3012000, false);
	bookstore_due(b, 2, ENT_MONTH, DEC, 3012001, true);
	bookstore_due(b, 3, ENT_MONTH, DEC, 3012000, false);
	f = count(b, DEC, "");
	is(&f.sub[8], FORM_PAID, 2, 2);
	is(&f.sub[8], FORM_MONEY, 3012000 + 3012499 + 3012001,
		3012499 + 3012001);
	is(&f.sub[8], FORM_ACCOUNT, 2, 1);
	is(&f.group[GROUP_MERIT], FORM_MONEY, 9036500, 6024500);
}

/* A supervisor said so, whatever the list says. */
static void who_was_said_to_be_paid_by_account_is(void **state)
{
	struct bookstore *b = *state;
	struct forms f;

	person(b, 1, "U1", "BTXH", "");
	bookstore_due(b, 1, ENT_MONTH, NOV, 1000, false);
	bookstore_due(b, 1, ENT_MONTH, DEC, 1000, false);
	bookstore_sql(b, "INSERT INTO account_step (seq, person, step, account,"
			 " period, reason) VALUES (1, 1, 9, 0, 202612, 0)");
	f = count(b, DEC, "");
	is(&f.group[GROUP_SOCIAL], FORM_PAID, 1, 1);
	is(&f.group[GROUP_SOCIAL], FORM_MONEY, 1000, 1000);
	f = count(b, NOV, "");
	is(&f.group[GROUP_SOCIAL], FORM_PAID, 0, 0);
}

static void a_commune_alone(void **state)
{
	struct bookstore *b = *state;
	struct forms f;

	person(b, 1, "U1", "BTXH", "");
	person(b, 2, "U2", "BTXH", "");
	bookstore_due(b, 1, ENT_MONTH, DEC, 100, true);
	bookstore_due(b, 2, ENT_MONTH, DEC, 1000, true);
	record(b, 2, VISIT, noon(DEC, 1), MET);
	f = count(b, DEC, "U2");
	is(&f.group[GROUP_SOCIAL], FORM_PEOPLE, 1, 1);
	is(&f.group[GROUP_SOCIAL], FORM_REVIEWED, 1, 1);
	is(&f.group[GROUP_SOCIAL], FORM_MONEY, 1000, 1000);
	f = count(b, DEC, "U3");
	is(&f.group[GROUP_SOCIAL], FORM_PEOPLE, 0, 0);
}

static void parts_of_form_b(void **state)
{
	struct bookstore *b = *state;
	struct form_sums part;
	struct forms f;

	person(b, 1, "U1", "NCC", "5");
	person(b, 2, "U1", "NCC", "words nobody knows");
	person(b, 3, "U1", "NCC", "QĐ 142/2008"); /* some lists put them so */
	person(b, 4, "U1", "KHAC", "QĐ 53/2010");
	person(b, 5, "U1", "KHAC", "thương binh"); /* that group has none */
	person(b, 6, "U1", "BTXH", "5");
	for (int64_t id = 1; id <= 6; id++)
		bookstore_due(b, id, ENT_MONTH, DEC, 1000, true);
	f = count(b, DEC, "");
	forms_merit(&f, &part);
	is(&part, FORM_PEOPLE, 2, 2);
	is(&part, FORM_MONEY, 2000, 2000);
	is(&f.sub[SUBGROUP_NONE], FORM_PEOPLE, 1, 1);
	is(&f.sub[5], FORM_PEOPLE, 1, 1);
	forms_decisions(&f, &part);
	is(&part, FORM_PEOPLE, 2, 2);
	is(&f.group[GROUP_MERIT], FORM_PEOPLE, 3, 3);
	is(&f.group[GROUP_OTHER], FORM_PEOPLE, 2, 2);
}

static void who_was_erased_is_of_no_group(void **state)
{
	struct bookstore *b = *state;
	struct forms f;

	person(b, 1, "U1", "BTXH", "");
	bookstore_due(b, 1, ENT_MONTH, DEC, 1000, true);
	bookstore_sql(b, "UPDATE person SET code = NULL, sealed = NULL");
	f = count(b, DEC, "");
	is(&f.group[GROUP_UNKNOWN], FORM_PEOPLE, 1, 1);
	is(&f.group[GROUP_SOCIAL], FORM_PEOPLE, 0, 0);
}

static void nobody_signed_in_counts_nothing(void **state)
{
	struct bookstore *b = *state;
	struct forms f;
	struct err err = {0};

	b->has_key = false;
	bookstore_restart(b);
	assert_false(forms_count(b->db, DEC, "", &f, &err));
	assert_int_equal(err.code, ERR_DENIED);
}

static void thousands_round_half_up(void **state)
{
	static const int64_t rows[][2] = {{0, 0}, {499, 0}, {500, 1}, {1499, 1},
		{1500, 2}, {999999, 1000}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(forms_thousands(rows[i][0]), rows[i][1]);
}

/* ---- a second count ---------------------------------------------------------- */

enum {
	MONTHS = 4,
	PEOPLE = 60
};

static const int32_t months[MONTHS] = {202610, NOV, DEC, JAN};

/* All that a month's forms are of, as it was put in. */
struct fact {
	int64_t whose;
	int month; /* index into months */
	int kind;  /* of a record; 0: money on a list */
	int result;
	int64_t amount;
	bool by_account;
};

static struct world {
	struct fact fact[1000];
	int facts;
	int group[PEOPLE + 1]; /* enum group */
	int sub[PEOPLE + 1];
} world;

static unsigned roll(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245U + 12345U;
	return (*seed >> 8) % below;
}

static void fill_people(struct bookstore *b, unsigned *seed)
{
	static const char *const groups[] = {"", "BTXH", "NCC", "KHAC"};
	static const int subs[] = {1, 5, 6, 11, 12, 16, 18, 0};
	char text[16];

	for (int id = 1; id <= PEOPLE; id++) {
		const int group = 1 + (int)roll(seed, 3);
		const int sub = subs[roll(seed, COUNT_OF(subs))];

		snprintf(text, sizeof(text), "%d", sub);
		person(b, id, "U1", groups[group], sub ? text : "khác");
		world.group[id] = group;
		world.sub[id] = group == GROUP_MERIT                ? sub
				: group == GROUP_OTHER && sub >= 16 ? sub
								    : 0;
	}
}

static void fill_month(struct bookstore *b, int month, unsigned *seed)
{
	static const int kinds[] = {ACCOUNT, WITHDRAWN, VISIT, VISIT, STATE};

	for (int id = 1; id <= PEOPLE; id++) {
		const bool by_account = roll(seed, 3) == 0;
		const int64_t amount = roll(seed, 5000000);

		if (roll(seed, 4) == 0)
			continue;
		bookstore_due(b, id, ENT_MONTH, months[month], amount + 1,
			by_account);
		world.fact[world.facts++] = (struct fact){.whose = id,
			.month = month,
			.amount = amount + 1,
			.by_account = by_account};
	}
	for (int n = 0; n < PEOPLE; n++) {
		const int id = 1 + (int)roll(seed, PEOPLE);
		const int kind = kinds[roll(seed, COUNT_OF(kinds))];
		const int result = kind == WITHDRAWN ? 0
				   : kind == STATE   ? 1 + (int)roll(seed, 9)
						     : 1 + (int)roll(seed, 5);

		record(b, id, kind,
			noon(months[month], 1 + (int)roll(seed, 28)), result);
		world.fact[world.facts++] = (struct fact){.whose = id,
			.month = month,
			.kind = kind,
			.result = result};
	}
}

/* One person, one month, one number: slowly, from the facts alone. */
static bool holds(int id, int month, enum form_what what, bool within)
{
	bool account = false;
	bool said_now = false;
	int first_listed = MONTHS;
	bool any = false;

	for (int i = 0; i < world.facts; i++) {
		const struct fact *f = &world.fact[i];
		const bool now = f->month == month;

		if (f->whose != id || f->month > month)
			continue;
		if (f->kind == 0) {
			if (f->by_account && f->month < first_listed)
				first_listed = f->month;
			any = any || ((now || !within) &&
					     (what == FORM_PEOPLE ||
						     (what == FORM_PAID &&
							     f->by_account)));
		} else if (f->kind == VISIT) {
			any = any ||
			      (what == FORM_REVIEWED && (now || !within) &&
				      f->result != 2 && f->result != 5);
		} else if (f->kind != STATE ||
			   (f->result != CONFIRMED && f->result != 7)) {
			const bool good =
				f->kind == ACCOUNT ? f->result != PLANNED
				: f->kind == STATE ? f->result == VERIFIED ||
							     f->result == PAYS
						   : false;

			if (f->kind == ACCOUNT || !good || !account)
				said_now = good && now;
			account = good;
		}
	}
	if (what != FORM_ACCOUNT)
		return any;
	return within ? (account && said_now) || first_listed == month
		      : account || first_listed <= month;
}

static int64_t money(int id, int month, bool within)
{
	int64_t sum = 0;

	for (int i = 0; i < world.facts; i++) {
		const struct fact *f = &world.fact[i];

		if (f->whose == id && f->kind == 0 && f->by_account &&
			(within ? f->month == month : f->month <= month))
			sum += f->amount;
	}
	return sum;
}

/* sub -1: of the group, whatever the subgroup. */
static int64_t slowly(int group, int sub, int month, enum form_what what,
	bool within)
{
	int64_t n = 0;

	for (int id = 1; id <= PEOPLE; id++) {
		if (sub < 0 ? world.group[id] != group
			    : world.sub[id] != sub ||
					(sub == 0 &&
						world.group[id] != GROUP_MERIT))
			continue;
		n += what == FORM_MONEY ? money(id, month, within)
					: holds(id, month, what, within);
	}
	return n;
}

static void same(const struct form_sums *got, int group, int sub, int month)
{
	for (int what = 0; what < FORM_WHATS; what++)
		for (int within = 0; within < 2; within++) {
			const struct form_count *n = &got->n[what];
			const int64_t wanted = slowly(group, sub, month,
				(enum form_what)what, within);

			if ((within ? n->within : n->until) != wanted)
				fail_msg("%d: group %d row %d, number %d,"
					 " within %d: %lld, not %lld",
					months[month], group, sub, what, within,
					(long long)(within ? n->within
							   : n->until),
					(long long)wanted);
		}
}

static void a_second_count_says_the_same(void **state)
{
	const char *text = getenv("SEED");
	unsigned seed = text ? (unsigned)strtoul(text, NULL, 10) : 1;

	memset(&world, 0, sizeof(world));
	fill_people(*state, &seed);
	for (int m = 0; m < MONTHS; m++)
		fill_month(*state, m, &seed);
	for (int m = 0; m < MONTHS; m++) {
		const struct forms f = count(*state, months[m], "");

		for (int g = GROUP_SOCIAL; g < GROUP_COUNT; g++)
			same(&f.group[g], g, -1, m);
		for (int s = 0; s < SUBGROUP_COUNT; s++)
			same(&f.sub[s], 0, s, m);
	}
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STORE(people_count_once_until_and_within),
		ON_STORE(who_left_is_not_of_later_lists),
		ON_STORE(reviewed_is_who_was_met_not_who_was_looked_for),
		ON_STORE(who_only_wants_no_calls_keeps_his_account),
		ON_STORE(other_records_of_people_count_nothing),
		ON_STORE(a_month_begins_at_midnight_here),
		ON_STORE(the_last_word_about_an_account_counts),
		ON_STORE(a_list_pays_by_account),
		ON_STORE(who_was_said_to_be_paid_by_account_is),
		ON_STORE(a_commune_alone),
		ON_STORE(parts_of_form_b),
		ON_STORE(who_was_erased_is_of_no_group),
		ON_STORE(nobody_signed_in_counts_nothing),
		cmocka_unit_test(thousands_round_half_up),
		ON_STORE(a_second_count_says_the_same),
	};

	return cmocka_run_group_tests_name("forms", tests, NULL, NULL);
}
