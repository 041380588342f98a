/*
 * A bank's report (acmt.024) into the store: the id that we gave the account
 * says whose it is, and what the bank repeats has to be the same.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/iso20022.h"
#include "db/accounts.h"
#include "db/changes.h"
#include "db/consents.h"
#include "db/erase.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"
#include "support/verifier.h"

#define HEAD                                                               \
	"<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:acmt.024.001.03" \
	"\"><IdVrfctnRpt><Assgnmt><CreDtTm>2026-12-03</CreDtTm></Assgnmt>"
#define END "</IdVrfctnRpt></Document>"

enum {
	DEP = 1, /* Nguyễn Thị Đẹp */
	NOW = 202612,
	TEXT_SIZE = 2048
};

struct shop {
	struct bookstore b;
	struct account_held a;
	struct list_result r;
	struct err err;
	bool read;
};

static int setup(void **state)
{
	static struct shop s;
	const struct consent_request r = {.person = DEP,
		.notice = "consent-vi-1",
		.text = "Tôi đồng ý\n",
		.text_len = strlen("Tôi đồng ý\n"),
		.asked = CONSENT_ALL,
		.yes = CONSENT_ALL,
		.party = {.by = CONSENT_BY_SELF},
		.proof = {.how = CONSENT_HOW_SIGNED, .read_aloud = true}};
	const struct account_take t = {.person = DEP,
		.via = ACCOUNT_VIA_TYPED,
		.bin = "970405",
		.number = "1500205123456",
		.holder = "NGUYEN THI DEP",
		.whose = PAYEE_SELF};
	struct consent given;
	struct refusal why;

	memset(&s, 0, sizeof(s));
	bookstore_make(&s.b);
	bookstore_due(&s.b, DEP, ENT_MONTH, NOW, 500000, true);
	assert_int_equal(consents_give(s.b.db, &s.b.dung, &r, &given, &why,
				 &s.err),
		VERDICT_DONE);
	assert_int_equal(accounts_add(s.b.db, &s.b.dung, &t, &s.a, &why,
				 &s.err),
		VERDICT_DONE);
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct shop *s = *state;

	bookstore_remove(&s->b);
	return 0;
}

/* @ is the id of Đẹp's account, # that of record 1. */
static void fill(const struct shop *s, const char *text, struct buf *out)
{
	const char *dev = db_info(s->b.db)->dev_hex;
	char id[ISO20022_ID_SIZE];

	for (; *text; text++) {
		if (*text != '@' && *text != '#') {
			buf_byte(out, (unsigned char)*text);
			continue;
		}
		iso20022_id(dev, *text == '@' ? s->a.seq : 1, 0, id);
		buf_printf(out, "%s", id);
	}
}

static void import(struct shop *s, const char *reports)
{
	const struct list_options o = {.count = -1, .sum = -1};
	char bytes[TEXT_SIZE];
	char path[512];
	struct buf text;

	buf_init(&text, bytes, sizeof(bytes));
	fill(s, HEAD, &text);
	fill(s, reports, &text);
	fill(s, END, &text);
	tmpdir_write(s->b.dir, "report.xml", buf_text(&text), text.len);
	tmpdir_path(s->b.dir, "report.xml", path, sizeof(path));
	s->read = answers_import(s->b.db, &s->b.hoa, path, &o, &s->r, &s->err);
}

static struct person_due due_of(struct shop *s)
{
	struct person_due due;

	assert_int_equal(people_get(s->b.db, DEP, &due, &s->err), LOOKUP_FOUND);
	return due;
}

#define RPT(id, rest) "<Rpt><OrgnlId>" id "</OrgnlId>" rest "</Rpt>"
#define YES "<Vrfctn>true</Vrfctn>"
#define NO(code) "<Vrfctn>false</Vrfctn><Rsn><Cd>" code "</Cd></Rsn>"
#define REPEATS(number, bin)                                            \
	"<OrgnlPtyAndAcctId><Acct><Id><Othr><Id>" number "</Id></Othr>" \
	"</Id></Acct><Agt><FinInstnId><ClrSysMmbId><MmbId>" bin         \
	"</MmbId></ClrSysMmbId></FinInstnId></Agt></OrgnlPtyAndAcctId>"
#define ELSEWHERE "ffffffffffffffff-4"

static struct report_case {
	const char *name;
	const char *text;
	bool taken;
	enum account_standing standing;
	enum account_answer answer;
	enum paylist_trouble trouble; /* the first */
	enum paylist_column column;
} reports[] = {
	{"the bank says that it is his", RPT("@", YES), true,
		ACCOUNT_STANDS_VERIFIED, ACCOUNT_VERIFIED, TROUBLE_NONE,
		COL_PERIOD},
	{"another name", RPT("@", NO("PN01")), true, ACCOUNT_STANDS_REFUSED,
		ACCOUNT_NAME_DIFFERS, TROUBLE_NONE, COL_PERIOD},
	{"it repeats the account, rightly",
		RPT("@", YES REPEATS("1500205123456", "970405")), true,
		ACCOUNT_STANDS_VERIFIED, ACCOUNT_VERIFIED, TROUBLE_NONE,
		COL_PERIOD},
	{"another number than we asked about",
		RPT("@", YES REPEATS("1500205123457", "970405")), false,
		ACCOUNT_STANDS_CAPTURED, ACCOUNT_NOT_ASKED, TROUBLE_OTHER,
		COL_ACCOUNT_NO},
	{"another bank", RPT("@", YES REPEATS("1500205123456", "970415")),
		false, ACCOUNT_STANDS_CAPTURED, ACCOUNT_NOT_ASKED,
		TROUBLE_OTHER, COL_ACCOUNT_BIN},
	{"an account of another terminal, and nothing is taken",
		RPT("@", YES) RPT(ELSEWHERE, YES), false,
		ACCOUNT_STANDS_CAPTURED, ACCOUNT_NOT_ASKED, TROUBLE_NOT_OURS,
		COL_ACCOUNT_REF},
	{"an id that is none", RPT("970405", YES), false,
		ACCOUNT_STANDS_CAPTURED, ACCOUNT_NOT_ASKED, TROUBLE_NOT_OURS,
		COL_ACCOUNT_REF},
	{"a record that is no account", RPT("#", YES), false,
		ACCOUNT_STANDS_CAPTURED, ACCOUNT_NOT_ASKED, TROUBLE_NOT_OURS,
		COL_ACCOUNT_REF},
	{"the same account twice", RPT("@", YES) RPT("@", NO("AC01")), false,
		ACCOUNT_STANDS_CAPTURED, ACCOUNT_NOT_ASKED, TROUBLE_DUPLICATE,
		COL_BENEFICIARY_ID},
	{"nothing was checked: it waits on", RPT("@", NO("TM01")), true,
		ACCOUNT_STANDS_CAPTURED, ACCOUNT_NOT_ASKED, TROUBLE_NO_ANSWER,
		COL_ANSWER},
	{"true, and a reason that says no",
		RPT("@", YES "<Rsn><Cd>AC01</Cd></Rsn>"), false,
		ACCOUNT_STANDS_CAPTURED, ACCOUNT_NOT_ASKED, TROUBLE_BAD_ANSWER,
		COL_ANSWER},
};

static void check_report(void **state)
{
	const struct report_case *row = *state;
	struct shop *s;
	void *shop;

	setup(&shop);
	s = shop;
	import(s, row->text);
	assert_true(s->read);
	assert_int_equal(s->r.taken, row->taken);
	assert_int_equal(accounts_of(s->b.db, DEP, &s->a, &s->err),
		LOOKUP_FOUND);
	assert_int_equal(s->a.standing, row->standing);
	assert_int_equal(due_of(s).person.account_state, row->answer);
	if (row->trouble != TROUBLE_NONE) {
		assert_int_equal(s->r.trouble[0].trouble, row->trouble);
		assert_int_equal(s->r.trouble[0].column, row->column);
	} else {
		assert_int_equal(s->r.kept, 0);
	}
	bookstore_must_hold(&s->b);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
	teardown(&shop);
}

static void T69_nobody_is_found_by_an_erased_account(void **state)
{
	struct shop *s = *state;
	struct erase_done done;

	assert_int_equal(erase_person(s->b.db, &s->b.hoa, "001145000001",
				 ERASE_REQUEST, &done, &s->err),
		ERASE_DONE);
	import(s, RPT("@", YES));
	assert_true(s->read);
	assert_false(s->r.taken);
	assert_int_equal(s->r.trouble[0].trouble, TROUBLE_NOT_OURS);
}

static void another_message_is_no_list_of_answers(void **state)
{
	struct shop *s = *state;

	import(s, "<!DOCTYPE x>");
	assert_false(s->read);
	assert_int_equal(s->err.code, ERR_INVALID);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(reports) + 2] = {
		cmocka_unit_test_setup_teardown(
			T69_nobody_is_found_by_an_erased_account, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			another_message_is_no_list_of_answers, setup, teardown),
	};
	size_t n = 2;

	UNIT_ADD_ROWS(tests, &n, reports, check_report);
	return cmocka_run_group_tests_name("reports", tests, NULL, NULL);
}
