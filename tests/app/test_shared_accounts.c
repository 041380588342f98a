/* The same account with others, of whole lists: as accounts_others() says it
 * of each, whoever has it here or on his list. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "db/consents.h"
#include "db/db_internal.h"
#include "db/sealed_internal.h"
#include "support/bookstore.h"
#include "terminal/app/shared_accounts.h"

enum {
	PEOPLE = 6,
	NOW = 202612
};

#define X "1500205123456"
#define Y "1500205777777"

/* Who has which account, taken down here and on his list: "" is none. */
static struct shared_case {
	const char *name;
	const char *taken[PEOPLE + 1]; /* by person, from 1 */
	const char *listed[PEOPLE + 1];
	const char *bin; /* of the lists */
	int want[PEOPLE + 1];
} cases[] = {
	{"everybody his own", {"", X, Y}, {""}, "970405", {0, 0, 0}},
	{"two have one", {"", X, X}, {""}, "970405", {0, 1, 1}},
	{"a household of four", {"", X, X, X, X}, {""}, "970405",
		{0, 3, 3, 3, 3}},
	{"one of them by his list only", {"", X}, {"", "", X}, "970405",
		{0, 1, 1}},
	{"a list that does not say which bank", {"", X}, {"", "", X}, "",
		{0, 1, 0}},
	{"a list of another bank", {"", X}, {"", "", X}, "970436", {0, 0, 0}},
	{"here and on his own list he is one", {"", X, X}, {"", X, X}, "970405",
		{0, 1, 1}},
	{"on three lists", {"", ""}, {"", X, X, X}, "970405", {0, 2, 2, 2}},
};

static void agree(struct bookstore *b, int64_t person)
{
	static const char text[] = "Tôi đồng ý\n";
	const struct consent_request r = {.person = person,
		.notice = "consent-vi-1",
		.text = text,
		.text_len = sizeof(text) - 1,
		.asked = CONSENT_ALL,
		.yes = CONSENT_ALL,
		.party = {.by = CONSENT_BY_SELF},
		.proof = {.how = CONSENT_HOW_SIGNED, .read_aloud = true}};
	struct consent out;
	struct refusal why;
	struct err err = {0};

	assert_int_equal(consents_give(b->db, &b->dung, &r, &out, &why, &err),
		VERDICT_DONE);
}

static void take(struct bookstore *b, int64_t person, const char *number)
{
	struct account_take t = {.person = person,
		.via = ACCOUNT_VIA_TYPED,
		.bin = "970405",
		.holder = "NGUYEN THI DEP",
		.whose = PAYEE_SELF,
		.names = ACCOUNT_NAMES_BANK,
		.shared = ACCOUNT_SHARED_HOUSEHOLD};
	struct account_held held;
	struct refusal why;
	struct err err = {0};

	str_copy(t.number, sizeof(t.number), number);
	agree(b, person);
	assert_int_equal(accounts_add(b->db, &b->dung, &t, &held, &why, &err),
		VERDICT_DONE);
}

static void list(struct bookstore *b, int64_t person, const char *bin,
	const char *number)
{
	char id12[] = "001145000000";
	const struct sealed sealed = {.text = {[SEALED_CODE] = "B",
					      [SEALED_NAME] = "An",
					      [SEALED_ID12] = id12,
					      [SEALED_ACCOUNT_BIN] = bin,
					      [SEALED_ACCOUNT_NO] = number}};
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	id12[11] = (char)('0' + person);
	sqlite3_prepare_v2(b->db->handle,
		"UPDATE person SET sealed = :sealed WHERE id = :id", -1, &st,
		NULL);
	sealed_put(b->db, st, ":sealed", DATAKEY_PERSON, person, &sealed,
		locked);
	sqlite3_bind_int64(st, 2, person);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static bool has(const char *number)
{
	return number && number[0];
}

static void must_be(struct bookstore *b, const struct shared_case *row,
	const struct shared_accounts *s, int64_t person)
{
	const char *number = has(row->taken[person]) ? row->taken[person]
						     : row->listed[person];
	struct account_other other[PEOPLE];
	struct account account;
	struct person_due due;
	struct err err = {0};
	int count;

	if (!has(number) || (!has(row->taken[person]) && !row->bin[0]))
		return;
	assert_int_equal(account_check(has(row->taken[person]) ? "970405"
							       : row->bin,
				 number, &account),
		ACCOUNT_FINE);
	assert_int_equal(people_get(b->db, person, &due, &err), LOOKUP_FOUND);
	assert_true(accounts_others(b->db, person, account.bin, account.number,
		other, PEOPLE, &count, &err));
	assert_int_equal(count, row->want[person]);
	assert_int_equal(shared_accounts_count(s, &account, person,
				 due.person.id12),
		count);
}

static void check_case(void **state)
{
	const struct shared_case *row = *state;
	struct shared_accounts *s;
	struct bookstore b;
	struct err err = {0};

	memset(&b, 0, sizeof(b));
	bookstore_make(&b);
	for (int i = 1; i <= PEOPLE; i++) {
		bookstore_due(&b, i, ENT_MONTH, NOW, 500000, false);
		if (has(row->listed[i]))
			list(&b, i, row->bin, row->listed[i]);
	}
	for (int i = 1; i <= PEOPLE; i++)
		if (has(row->taken[i]))
			take(&b, i, row->taken[i]);
	s = shared_accounts_new(b.db, &err);
	assert_non_null(s);
	for (int i = 1; i <= PEOPLE; i++)
		must_be(&b, row, s, i);
	shared_accounts_free(s);
	bookstore_remove(&b);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(cases)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, cases, check_case);
	return cmocka_run_group_tests_name("shared_accounts", tests, NULL,
		NULL);
}
