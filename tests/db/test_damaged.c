/*
 * One row of the store holds something else, and then somebody works with it:
 * either it is nothing that the act stands on, or the act fails, says
 * ERR_CORRUPT, and has changed nothing (T35, T40). test_every_column.c asks
 * the same of whole columns, without acts.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "support/bookacts.h"
#include "support/bookasks.h"
#include "support/tmpdir.h"

#define OF_LAST " WHERE seq = (SELECT max(seq) FROM journal)"
#define OTHER_LOCK                                                           \
	"UPDATE setting SET value = substr(value, 1, length(value) - 4) || " \
	"'beef'"
#define PARTS "'1' || char(31) || '0' || char(31) || '0' || char(31) || '0'"

static const struct row {
	const char *name;
	const char *act;
	const char *damage;
	enum said said; /* SAID_FAILED: with ERR_CORRUPT */
	bool partly;    /* a try of a PIN is counted before it is known, and
			 * after erasing the whole book is verified */
} rows[] = {
	/* The book. */
	{"the last record is not there", "PAY", "DELETE FROM journal" OF_LAST,
		SAID_FAILED, false},
	{"the last record is none", "PAY",
		"UPDATE journal SET body = x'a0'" OF_LAST, SAID_FAILED, false},
	{"the last record is longer than any", "PAY",
		"UPDATE journal SET body = zeroblob(5000)" OF_LAST, SAID_FAILED,
		false},
	{"the book has no head", "PAY", "UPDATE state SET head = x''",
		SAID_FAILED, false},
	{"the book has no totals", "PAY", "UPDATE state SET tot = x'00'",
		SAID_FAILED, false},
	{"the totals are of another book", "PAY",
		"UPDATE state SET tot = zeroblob(48)", SAID_NO, false},
	{"the mark is not whole", "OPEN", "UPDATE mark SET locked = x'00'",
		SAID_FAILED, false},
	{"the mark is another's", "OPEN",
		"UPDATE mark SET locked = zeroblob(length(locked))",
		SAID_FAILED, false},
	{"the first record is another", "OPEN",
		"UPDATE journal SET body = (SELECT body FROM journal WHERE"
		" seq = 2) WHERE seq = 1",
		SAID_FAILED, false},
	{"a signature in the middle is another", "OPEN",
		"UPDATE journal SET sig = (SELECT sig FROM journal WHERE"
		" seq = 2) WHERE seq = 3",
		SAID_FAILED, false},
	{"the key of the epoch is another's", "PAY",
		"UPDATE epoch SET secret = zeroblob(length(secret))",
		SAID_FAILED, false},
	{"the key of the epoch is gone", "PAY",
		"UPDATE epoch SET secret = NULL", SAID_FAILED, false},
	{"the device's own key is another's", "OPEN",
		"UPDATE device SET secret = zeroblob(length(secret))",
		SAID_DONE, false},
	/* Money. */
	{"what is due has no name", "PAY",
		"PRAGMA ignore_check_constraints = ON; UPDATE entitlement SET"
		" ent = x'00' WHERE person = 1 AND what = 1",
		SAID_FAILED, false},
	{"what is due is paid in the table, and nowhere else", "PAY",
		"INSERT INTO paid SELECT ent, 1, 3 FROM entitlement", SAID_NO,
		false},
	{"what is open is not among what is paid", "HANDED", "DELETE FROM paid",
		SAID_FAILED, false},
	{"what is open is not among what is paid", "VOID", "DELETE FROM paid",
		SAID_FAILED, false},
	{"what was handed over is not among what is paid",
		"VOID, VOID_RETURNED", "DELETE FROM paid", SAID_FAILED, false},
	{"the payment's record is none", "HANDED",
		"UPDATE journal SET body = x'a0' WHERE seq ="
		" (SELECT max(seq) FROM payout)",
		SAID_FAILED, false},
	{"the payment's record is none", "VOID, VOID_RETURNED",
		"UPDATE journal SET body = x'a0' WHERE seq ="
		" (SELECT max(seq) FROM payout)",
		SAID_FAILED, false},
	{"the payment's record is none", "REPRINT",
		"UPDATE journal SET body = x'a0' WHERE seq ="
		" (SELECT max(seq) FROM payout)",
		SAID_FAILED, false},
	{"the shift's begin is cut short", "CLOSE",
		"PRAGMA ignore_check_constraints = ON; UPDATE shift SET"
		" tot = x'00'",
		SAID_FAILED, false},
	/* Keys. */
	{"the place of the next key is empty", "OPEN",
		"DELETE FROM setting WHERE name LIKE 'next_key.%'", SAID_DONE,
		false},
	{"the place of the next key holds a word", "OPEN",
		"UPDATE setting SET value = 'none' WHERE name LIKE"
		" 'next_key.%'",
		SAID_DONE, false},
	{"the place of the next key holds three words", "OPEN",
		"UPDATE setting SET value = 'a b c' WHERE name LIKE"
		" 'next_key.%'",
		SAID_DONE, false},
	{"a next key without its number", "OPEN",
		"UPDATE setting SET value = 'x' || value WHERE name LIKE"
		" 'next_key.%'",
		SAID_DONE, false},
	{"a next key of odd digits", "OPEN",
		"UPDATE setting SET value = replace(value, ' ', ' 0') WHERE"
		" name LIKE 'next_key.%'",
		SAID_DONE, false},
	{"a next key that is short", "OPEN",
		"UPDATE setting SET value = replace(value, ' ', ' 00') WHERE"
		" name LIKE 'next_key.%'",
		SAID_DONE, false},
	{"a next key with its lock cut short", "OPEN",
		"UPDATE setting SET value = substr(value, 1, length(value) - 2)"
		" WHERE name LIKE 'next_key.%'",
		SAID_DONE, false},
	{"a next key with half a byte", "OPEN",
		"UPDATE setting SET value = substr(value, 1, length(value) - 1)"
		" WHERE name LIKE 'next_key.%'",
		SAID_DONE, false},
	{"a next key that is longer than any", "OPEN",
		"UPDATE setting SET value = value || value WHERE name LIKE"
		" 'next_key.%'",
		SAID_DONE, false},
	{"a next key that does not open", "OPEN",
		OTHER_LOCK " WHERE name LIKE 'next_key.%'", SAID_FAILED, false},
	{"a next key that opens to another", "OPEN",
		"UPDATE setting SET value = replace(value, substr(value,"
		" instr(value, ' ') + 1, 8), '00000000') WHERE name LIKE"
		" 'next_key.%'",
		SAID_FAILED, false},
	{"the data keys of two users changed places", "LOGIN",
		"UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key"
		" WHERE number = 8) WHERE number = 7",
		SAID_FAILED, true},
	{"a user's data key is gone, and others have one", "LOGIN",
		"DELETE FROM data_key WHERE number = 7", SAID_FAILED, true},
	{"a user's data key is cut short", "LOGIN",
		"UPDATE data_key SET wrapped = x'00' WHERE number = 7",
		SAID_FAILED, true},
	{"a user's key is another's", "LOGIN",
		"UPDATE user SET secret = (SELECT secret FROM user WHERE"
		" number = 8) WHERE number = 7",
		SAID_FAILED, true},
	{"a user's salt is cut short", "LOGIN",
		"PRAGMA ignore_check_constraints = ON; UPDATE user SET"
		" salt = x'00' WHERE number = 7",
		SAID_FAILED, true},
	{"another user's key is no key", "the first sign-in to an old store",
		"UPDATE user SET public = zeroblob(32) WHERE number = 8",
		SAID_FAILED, true},
	{"another user's key is cut short", "the first sign-in to an old store",
		"PRAGMA ignore_check_constraints = ON; UPDATE user SET"
		" public = x'00' WHERE number = 8",
		SAID_FAILED, true},
	{"how hard PINs are to try is not known", "a new user",
		"UPDATE setting SET value = 'hard' WHERE"
		" name = 'pin_kibibytes'",
		SAID_FAILED, false},
	{"how often a PIN is to be tried is not known", "a new user",
		"UPDATE setting SET value = '0' WHERE name = 'pin_passes'",
		SAID_FAILED, false},
	/* What is to be sealed. */
	{"a row to be sealed holds no numbers",
		"the first sign-in to an old store",
		"INSERT INTO unsealed VALUES (1, 1, 'Nguyễn Thị Đẹp')",
		SAID_FAILED, true},
	{"a row to be sealed ends after two numbers",
		"the first sign-in to an old store",
		"INSERT INTO unsealed VALUES (1, 1, '1' || char(31) || '0')",
		SAID_FAILED, true},
	{"a row to be sealed has more parts than any",
		"the first sign-in to an old store",
		"INSERT INTO unsealed VALUES (1, 1, " PARTS
		" || replace(printf('%20s', ''), ' ', char(31)))",
		SAID_FAILED, true},
	{"a row to be sealed is of no table",
		"the first sign-in to an old store",
		"INSERT INTO unsealed VALUES (9, 1, " PARTS ")", SAID_FAILED,
		true},
	{"a row to be sealed says nothing", "the first sign-in to an old store",
		"INSERT INTO unsealed VALUES (1, 1, '')", SAID_FAILED, true},
	{"rows to be sealed that are short, or of nobody",
		"the first sign-in to an old store",
		"INSERT INTO unsealed VALUES (1, 77, " PARTS "),"
		" (2, 1, " PARTS " || char(31) || 'a name')",
		SAID_DONE, false},
	/* People. */
	{"a record before his payment is none", "erase from an older store",
		"UPDATE journal SET body = x'a0' WHERE seq ="
		" (SELECT max(seq) - 1 FROM payout)",
		SAID_FAILED, true},
	{"a record before his payment is not there",
		"erase from an older store",
		"DELETE FROM review; DELETE FROM journal WHERE seq ="
		" (SELECT max(seq) - 1 FROM payout)",
		SAID_FAILED, true},
	{"he came again on another unit's list", "erase",
		"INSERT INTO person SELECT id + 10, 'U2', list, period, code,"
		" id12, old_id, sealed FROM person WHERE id = 1",
		SAID_FAILED, false},
};

static const struct bookact *act_of(const char *name)
{
	for (int i = 0; i < bookacts_count; i++)
		if (strcmp(bookacts[i].name, name) == 0)
			return &bookacts[i];
	for (int i = 0; i < bookacts_rare_count; i++)
		if (strcmp(bookacts_rare[i].name, name) == 0)
			return &bookacts_rare[i];
	fail_msg("no act %s", name);
	return NULL;
}

static void a_row(void **state)
{
	const struct row *row = *state;
	const struct bookact *act = act_of(row->act);
	struct bookfacts before;
	struct bookfacts after;
	struct bookstore b;
	struct err err = {0};
	enum said said;

	bookact_ready(act, &b);
	bookstore_tamper(&b, row->damage);
	bookfacts_read(&b, &before);
	said = act->act(&b, &err);
	if (said != row->said)
		fail_msg("said %d: %s", said, err.text);
	assert_int_equal(b.db->depth, 0);
	bookfacts_read(&b, &after);
	if (said == SAID_FAILED) {
		if (err.code != ERR_CORRUPT || !err.text[0])
			fail_msg("code %d: %s", (int)err.code, err.text);
		if (bookfacts_equal(&before, &after) == row->partly)
			fail_msg("%s", err.text);
	}
	bookstore_remove(&b);
}

/* ---- records ---------------------------------------------------------------- */

static struct realstore day;

static const char *const of_record[] = {
	"UPDATE journal SET body = x'a0' WHERE seq = ",
	"UPDATE journal SET body = substr(body, 1, length(body) - 1)"
	" WHERE seq = ",
	"UPDATE journal SET sig = zeroblob(64) WHERE seq = ",
	"DELETE FROM journal WHERE seq = ",
	"UPDATE journal SET body = zeroblob(5000) WHERE seq = ",
	"UPDATE journal SET body = (SELECT body FROM journal j WHERE"
	" j.seq = journal.seq - 1) WHERE seq = ",
	"UPDATE journal SET rsig = CASE WHEN rsig IS NULL THEN zeroblob(64)"
	" END WHERE seq = ",
};

static void ask_all(struct realstore *r, const char *damage)
{
	for (int i = 0; i < bookasks_count; i++) {
		const struct bookask *q = &bookasks[i];
		struct err err = {0};

		if (q->reads)
			continue;
		if (q->before)
			q->before(r);
		if (q->ask(r, &err) == SAID_FAILED &&
			(err.code == ERR_NONE || !err.text[0]))
			fail_msg("%s: %s failed without a word", damage,
				q->name);
	}
}

static void with_damage(int seq, const char *how)
{
	struct realstore r = day;
	struct err err = {0};
	char sql[256];

	snprintf(sql, sizeof(sql), "%s%d", how, seq);
	bookstore_image(&day.store, r.store.dir, sizeof(r.store.dir));
	bookstore_open(&r.store);
	bookstore_tamper(&r.store, sql);
	if (db_check(r.store.db, &err))
		fail_msg("not found: %s", sql);
	assert_int_equal(err.code, ERR_CORRUPT);
	ask_all(&r, sql);
	bookstore_remove(&r.store);
}

/* Every record in one way, each in another; RECORDS_ALL=1: in all of them. */
static void T35_a_damaged_record_is_found_and_nothing_dies(void **state)
{
	const int ways = (int)COUNT_OF(of_record);
	int records;

	(void)state;
	bookstore_open(&day.store);
	records = (int)bookstore_number(&day.store,
		"SELECT max(seq) FROM journal");
	day.store.payout = (uint64_t)bookstore_number(&day.store,
		"SELECT max(seq) FROM payout");
	db_close(day.store.db);
	day.store.db = NULL;
	for (int seq = 1; seq <= records; seq++)
		for (int i = 0; i < ways; i++)
			if (getenv("RECORDS_ALL") || i == seq % ways)
				with_damage(seq, of_record[i]);
}

static int make_day(void **state)
{
	(void)state;
	realstore_make(&day);
	return 0;
}

static int remove_day(void **state)
{
	(void)state;
	realstore_remove(&day);
	return 0;
}

int main(void)
{
	static char name[COUNT_OF(rows)][128];
	struct CMUnitTest tests[COUNT_OF(rows) + 1];
	size_t n = 0;

	for (; n < COUNT_OF(rows); n++) {
		snprintf(name[n], sizeof(name[n]), "%s: %s", rows[n].act,
			rows[n].name);
		tests[n] = (struct CMUnitTest){.name = name[n],
			.test_func = a_row,
			.initial_state = (void *)&rows[n]};
	}
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(
		T35_a_damaged_record_is_found_and_nothing_dies);
	if (getenv("DAMAGE"))
		cmocka_set_test_filter(getenv("DAMAGE"));
	tmpdir_in_memory();
	return _cmocka_run_group_tests("damaged", tests, n, make_day,
		remove_day);
}
