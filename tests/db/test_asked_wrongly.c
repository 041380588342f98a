/*
 * What no screen offers, but a script, a bug or a hand-made call might ask
 * for: it is refused or fails with a code and a text, and the book is as it
 * was.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/erase.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/proof.h"
#include "db/signs.h"
#include "db/slips.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

enum {
	DEP = 1,
	BINH = 2
};

static struct bookstore store;

/* ---- what was asked, and what it said ------------------------------------------ */

static enum said {
	SAID_ERROR = -1,
	SAID_REFUSED,
	SAID_YES
} said(enum verdict v)
{
	return v == VERDICT_DONE ? SAID_YES : v < 0 ? SAID_ERROR : SAID_REFUSED;
}

static enum said pay_as(struct pay_request *r, struct refusal *why,
	struct err *err)
{
	struct payout out;

	payouts_uid(r->uid);
	return said(payouts_pay(store.db, &store.lan, r, &out, why, err));
}

static enum said payee_id_is_no_text(struct refusal *why, struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_GUARDIAN,
		.payee_name = "Trần Thị Người",
		.payee_id = "0011\xff"};

	return pay_as(&r, why, err);
}

static enum said payee_name_is_no_text(struct refusal *why, struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_GUARDIAN,
		.payee_name = "Tr\xc3",
		.payee_id = "001172000777"};

	return pay_as(&r, why, err);
}

static enum said paper_is_no_text(struct refusal *why, struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_AUTHORISED,
		.payee_name = "Trần Thị Người",
		.payee_id = "001172000777",
		.payee_paper = "\xfe"};

	return pay_as(&r, why, err);
}

static enum said pay_nobody(struct refusal *why, struct err *err)
{
	struct pay_request r = {.person = 77, .payee = PAYEE_SELF};

	return pay_as(&r, why, err);
}

static enum said pay_a_sheet_without_a_number(struct refusal *why,
	struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.pad = "12a",
		.given_at = clock_wall_ms() - 60000};

	return pay_as(&r, why, err);
}

static enum said pay_a_sheet_of_no_time(struct refusal *why, struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.pad = "12"};

	return pay_as(&r, why, err);
}

static enum said pay_a_sheet_of_tomorrow(struct refusal *why, struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.pad = "12",
		.given_at = clock_wall_ms() + 86400000};

	return pay_as(&r, why, err);
}

static enum said pay_a_sheet_of_long_ago(struct refusal *why, struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.pad = "12",
		.given_at = 1000};

	return pay_as(&r, why, err);
}

static enum said hand_another(struct refusal *why, struct err *err)
{
	struct payout out;

	return said(payouts_handed(store.db, &store.lan, store.payout + 1, &out,
		why, err));
}

static enum said void_for_no_reason(struct refusal *why, struct err *err)
{
	const struct void_request r = {.seq = store.payout,
		.reason = VOID_NOT_HANDED,
		.by = &store.hoa};
	struct payout out;

	return said(payouts_void(store.db, &store.lan, &r, &out, why, err));
}

static enum said void_what_is_no_payment(struct refusal *why, struct err *err)
{
	const struct void_request r = {.seq = 1,
		.reason = VOID_RECEIPT_LOST,
		.by = &store.hoa};
	struct payout out;

	return said(payouts_void(store.db, &store.lan, &r, &out, why, err));
}

static enum said reprint_for_no_reason(struct refusal *why, struct err *err)
{
	int copy;

	return said(payouts_reprint(store.db, &store.lan, store.payout, -1,
		&copy, why, err));
}

static enum said reprint_what_is_no_payment(struct refusal *why,
	struct err *err)
{
	int copy;

	return said(payouts_reprint(store.db, &store.lan, 1, 1, &copy, why,
		err));
}

static enum said print_what_is_no_payment(struct refusal *why, struct err *err)
{
	bool first;

	(void)why;
	return payouts_print_begin(store.db, 1, &first, err) ? SAID_YES
							     : SAID_ERROR;
}

static enum said print_with_no_result(struct refusal *why, struct err *err)
{
	(void)why;
	return payouts_print_result(store.db, &store.lan, store.payout,
		       PRINT_NONE, err)
		       ? SAID_YES
		       : SAID_ERROR;
}

static enum said print_result_of_no_payment(struct refusal *why,
	struct err *err)
{
	(void)why;
	return payouts_print_result(store.db, &store.lan, 1, PRINT_PRINTED, err)
		       ? SAID_YES
		       : SAID_ERROR;
}

static enum said slip_with_no_result(struct refusal *why, struct err *err)
{
	(void)why;
	return slips_print_result(store.db, &store.lan, 1, PRINT_NONE, err)
		       ? SAID_YES
		       : SAID_ERROR;
}

static enum said not_paid_is_nobody(struct refusal *why, struct err *err)
{
	const struct date none = {0};

	return said(payouts_not_paid(store.db, &store.lan, 77, NOT_PAID_MOVED,
		none, why, err));
}

static enum said notes_below_nothing(struct refusal *why, struct err *err)
{
	const struct notes in = {.pieces = {-1, 5}};
	struct shift shift;

	return said(shifts_top_up(store.db, &store.lan, &in, &shift, why, err));
}

static enum said top_up_with_nothing(struct refusal *why, struct err *err)
{
	const struct notes in = {.pieces = {0}};
	struct shift shift;

	return said(shifts_top_up(store.db, &store.lan, &in, &shift, why, err));
}

static enum said open_with_notes_below_nothing(struct refusal *why,
	struct err *err)
{
	const struct notes in = {.pieces = {-1}};
	struct shift shift;

	return said(shifts_open(store.db, &store.minh, &in, &shift, why, err));
}

static enum said close_with_notes_below_nothing(struct refusal *why,
	struct err *err)
{
	const struct notes in = {.pieces = {-1}};
	struct shift_slip slip;

	return said(shifts_close(store.db, &store.lan, &in, SHIFT_REASON_NONE,
		NULL, &slip, why, err));
}

static enum said add(struct user_new n, struct refusal *why, struct err *err)
{
	return said(users_add(store.db, &store.hoa, &n, why, err));
}

static enum said user_of_no_number(struct refusal *why, struct err *err)
{
	return add((struct user_new){0, "Mai", ROLE_AGENT, "246803"}, why, err);
}

static enum said user_of_a_long_number(struct refusal *why, struct err *err)
{
	return add((struct user_new){10000000, "Mai", ROLE_AGENT, "246803"},
		why, err);
}

static enum said user_of_no_role(struct refusal *why, struct err *err)
{
	return add((struct user_new){12, "Mai", ROLE_NONE, "246803"}, why, err);
}

static enum said user_of_a_role_that_is_none(struct refusal *why,
	struct err *err)
{
	return add((struct user_new){12, "Mai", ROLE_COUNT, "246803"}, why,
		err);
}

static enum said user_of_no_name(struct refusal *why, struct err *err)
{
	return add((struct user_new){12, "", ROLE_AGENT, "246803"}, why, err);
}

static enum said user_of_a_long_name(struct refusal *why, struct err *err)
{
	char name[DB_NAME_SIZE + 1];

	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	return add((struct user_new){12, name, ROLE_AGENT, "246803"}, why, err);
}

static enum said unlock_oneself(struct refusal *why, struct err *err)
{
	return said(users_unlock(store.db, &store.hoa, 1, why, err));
}

static enum said revoke_oneself(struct refusal *why, struct err *err)
{
	return said(users_revoke(store.db, &store.hoa, 1, why, err));
}

static enum said erase(const char *id12, enum erase_reason reason,
	struct err *err)
{
	struct erase_done out;
	const enum erase_outcome got =
		erase_person(store.db, &store.hoa, id12, reason, &out, err);

	return got == ERASE_DONE     ? SAID_YES
	       : got == ERASE_FAILED ? SAID_ERROR
				     : SAID_REFUSED;
}

static enum said erase_for_no_reason(struct refusal *why, struct err *err)
{
	(void)why;
	return erase("001145000001", ERASE_NO_REASON, err);
}

static enum said erase_by_a_word(struct refusal *why, struct err *err)
{
	why->code = REFUSED_NOT_FOUND;
	return erase("Nguyễn Thị Đẹp", ERASE_REQUEST, err);
}

static enum said too_much_personal_data(struct refusal *why, struct err *err)
{
	static const uint8_t pd[JOURNAL_PD_MAX + 1];
	const struct journal_entry entry = {.kind = JOURNAL_REVIEW,
		.actor = 7,
		.pd = pd,
		.pd_len = sizeof(pd),
		.has_result = true};
	bool ok;

	(void)why;
	assert_true(db_begin(store.db, err));
	ok = journal_append(store.db, &entry, NULL, err);
	return db_end(store.db, ok, err) ? SAID_YES : SAID_ERROR;
}

static enum said a_record_without_its_keys(struct refusal *why, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_PAY, .actor = 7};
	bool ok;

	(void)why;
	assert_true(db_begin(store.db, err));
	ok = journal_append(store.db, &entry, NULL, err);
	return db_end(store.db, ok, err) ? SAID_YES : SAID_ERROR;
}

static const struct ask {
	const char *name;
	enum said (*ask)(struct refusal *why, struct err *err);
	enum refusal_code refused; /* NOT: it fails … */
	enum err_code code;        /* … with this */
} asks[] = {
	{"who came has a number that is no text", payee_id_is_no_text,
		REFUSED_PAYEE, ERR_NONE},
	{"who came has a name that is no text", payee_name_is_no_text,
		REFUSED_PAYEE, ERR_NONE},
	{"who came has a paper that is no text", paper_is_no_text,
		REFUSED_PAYEE, ERR_NONE},
	{"pay nobody", pay_nobody, REFUSED_NOT_FOUND, ERR_NONE},
	{"a sheet with a letter", pay_a_sheet_without_a_number, REFUSED_LATE,
		ERR_NONE},
	{"a sheet of no time", pay_a_sheet_of_no_time, REFUSED_LATE, ERR_NONE},
	{"a sheet of tomorrow", pay_a_sheet_of_tomorrow, REFUSED_LATE,
		ERR_NONE},
	{"a sheet of 1970", pay_a_sheet_of_long_ago, REFUSED_LATE, ERR_NONE},
	{"hand over what is not open", hand_another, REFUSED_NO_OPEN_PAYOUT,
		ERR_NONE},
	{"take back for no reason", void_for_no_reason, REFUSED_NOT,
		ERR_INVALID},
	{"take back what is no payment", void_what_is_no_payment,
		REFUSED_NOT_FOUND, ERR_NONE},
	{"copy for no reason", reprint_for_no_reason, REFUSED_NOT, ERR_INVALID},
	{"copy what is no payment", reprint_what_is_no_payment,
		REFUSED_NOT_FOUND, ERR_NONE},
	{"print what is no payment", print_what_is_no_payment, REFUSED_NOT,
		ERR_INVALID},
	{"printed, but how?", print_with_no_result, REFUSED_NOT, ERR_INVALID},
	{"printed what is no payment", print_result_of_no_payment, REFUSED_NOT,
		ERR_INVALID},
	{"a slip printed, but how?", slip_with_no_result, REFUSED_NOT,
		ERR_INVALID},
	{"nobody is not to be paid", not_paid_is_nobody, REFUSED_NOT_FOUND,
		ERR_NONE},
	{"notes below nothing", notes_below_nothing, REFUSED_NOTES, ERR_NONE},
	{"money in, but none", top_up_with_nothing, REFUSED_NOTES, ERR_NONE},
	{"open with notes below nothing", open_with_notes_below_nothing,
		REFUSED_NOTES, ERR_NONE},
	{"close with notes below nothing", close_with_notes_below_nothing,
		REFUSED_NOTES, ERR_NONE},
	{"a user of no number", user_of_no_number, REFUSED_USER, ERR_NONE},
	{"a user of eight digits", user_of_a_long_number, REFUSED_USER,
		ERR_NONE},
	{"a user of no role", user_of_no_role, REFUSED_USER, ERR_NONE},
	{"a user of a role that is none", user_of_a_role_that_is_none,
		REFUSED_USER, ERR_NONE},
	{"a user of no name", user_of_no_name, REFUSED_USER, ERR_NONE},
	{"a user of a name beyond all", user_of_a_long_name, REFUSED_USER,
		ERR_NONE},
	{"unlock oneself", unlock_oneself, REFUSED_SELF, ERR_NONE},
	{"revoke oneself", revoke_oneself, REFUSED_SELF, ERR_NONE},
	{"erase for no reason", erase_for_no_reason, REFUSED_NOT, ERR_DENIED},
	{"erase by a word", erase_by_a_word, REFUSED_NOT_FOUND, ERR_NONE},
	{"more personal data than a record holds", too_much_personal_data,
		REFUSED_NOT, ERR_INVALID},
	{"a payment without its keys", a_record_without_its_keys, REFUSED_NOT,
		ERR_INVALID},
};

static int64_t records(void)
{
	return bookstore_number(&store, "SELECT max(seq) FROM journal");
}

static void an_ask(void **state)
{
	const struct ask *a = *state;
	const int64_t before = records();
	struct refusal why = {0};
	struct err err = {0};
	const enum said got = a->ask(&why, &err);

	if (a->refused != REFUSED_NOT) {
		if (got != SAID_REFUSED || why.code != a->refused)
			fail_msg("said %d, %s %s", got,
				refusal_code_name(why.code), err.text);
	} else if (got != SAID_ERROR || err.code != a->code || !err.text[0]) {
		fail_msg("said %d, code %d: %s", got, (int)err.code, err.text);
	}
	assert_int_equal(store.db->depth, 0);
	assert_int_equal(records(), before);
}

/* ---- a few that are answered ---------------------------------------------------- */

static void papers_that_are_none(void **state)
{
	char text[PROOF_TEXT_SIZE + 20];
	struct proof_found found;
	struct payout p;
	struct err err = {0};

	(void)state;
	memset(text, 'C', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_true(proof_look(store.db, text, &found, &err));
	assert_int_equal(found.proof, PROOF_NONE);
	assert_int_equal(payouts_by_code(store.db, "CV1:", &p, &err),
		LOOKUP_ABSENT);
	assert_int_equal(payouts_by_pad(store.db, "no number", &p, &err),
		LOOKUP_ABSENT);
	assert_int_equal(payouts_by_pad(store.db, "777", &p, &err),
		LOOKUP_ABSENT);
	/* The QR of this payment with another amount is not its QR. */
	assert_int_equal(payouts_get(store.db, store.payout, &p, &err),
		LOOKUP_FOUND);
	text[0] = '\0';
	str_copy(text, sizeof(text), p.qr);
	assert_int_equal(payouts_by_code(store.db, text, &p, &err),
		LOOKUP_FOUND);
	text[strlen(text) - 1] ^= 1;
	assert_int_equal(payouts_by_code(store.db, text, &p, &err),
		LOOKUP_ABSENT);
}

static const struct {
	const char *text;
	bool good;
	int from;
	int to;
} hours[] = {
	{"", true, 0, 1440},
	{"07:00-17:30", true, 420, 1050},
	{"00:00-24:00", true, 0, 1440},
	{"7:00-17:30", false, 0, 0},
	{"07:00-17:3", false, 0, 0},
	{"07:00 17:30", false, 0, 0},
	{"0700--17:30", false, 0, 0},
	{"07.00-17:30", false, 0, 0},
	{"07:0x-17:30", false, 0, 0},
	{"07:60-17:30", false, 0, 0},
	{"07:00-24:30", false, 0, 0},
	{"07:00-1x:30", false, 0, 0},
	{"17:30-07:00", false, 0, 0},
	{"07:00-07:00", false, 0, 0},
};

static void hours_of_a_point(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(hours); i++) {
		int from;
		int to;

		if (signs_hours_parse(hours[i].text, &from, &to) !=
			hours[i].good)
			fail_msg("\"%s\"", hours[i].text);
		if (hours[i].good) {
			assert_int_equal(from, hours[i].from);
			assert_int_equal(to, hours[i].to);
		}
	}
}

/* Nobody said how hard PINs are to try: about a quarter of a second here. */
static void an_init_measures_how_hard_pins_are(void **state)
{
	static const struct db_setup setup = {.point = "BD-01",
		.name = "Bưu cục Cẩm Khê"};
	struct bookstore b = {.has_key = false};
	struct err err = {0};

	(void)state;
	tmpdir_make(b.dir, sizeof(b.dir));
	assert_true(db_create(b.dir, &setup, &err));
	bookstore_open(&b);
	assert_int_equal(bookstore_number(&b, "SELECT value FROM setting WHERE"
					      " name = 'pin_kibibytes'"),
		65536);
	assert_in_range(bookstore_number(&b, "SELECT value FROM setting WHERE"
					     " name = 'pin_passes'"),
		1, 10);
	bookstore_remove(&b);
}

static int make_store(void **state)
{
	(void)state;
	bookstore_make(&store);
	for (int64_t id = DEP; id <= BINH; id++)
		bookstore_due(&store, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	bookstore_shift(&store, 40);
	bookstore_pay(&store, BINH, &(struct payout){0});
	store.payout = (uint64_t)bookstore_number(&store,
		"SELECT max(seq) FROM payout");
	bookstore_hand(&store, store.payout);
	return 0;
}

static int remove_store(void **state)
{
	(void)state;
	bookstore_must_hold(&store);
	bookstore_remove(&store);
	return 0;
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(asks) + 3];
	size_t n = 0;

	for (; n < COUNT_OF(asks); n++)
		tests[n] = (struct CMUnitTest){.name = asks[n].name,
			.test_func = an_ask,
			.initial_state = (void *)&asks[n]};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(papers_that_are_none);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(hours_of_a_point);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(an_init_measures_how_hard_pins_are);
	return _cmocka_run_group_tests("asked wrongly", tests, n, make_store,
		remove_store);
}
