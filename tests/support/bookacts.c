#include "support/bookacts_internal.h"

#include "support/unit.h"

#include <sqlite3.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/changes.h"
#include "db/db_internal.h"
#include "db/drawers.h"
#include "db/export.h"
#include "db/journal.h"
#include "db/limits.h"
#include "db/office_key.h"
#include "support/tmpdir.h"

enum {
	DEP = 1,
	BINH = 2
};

static const uint8_t uid[PAYOUT_UID_SIZE] = "the one request";

/* ---- before --------------------------------------------------------------- */

static void people(struct bookstore *b)
{
	bookstore_due(b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(b, DEP, ENT_ARREARS, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(b, BINH, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
}

static void agreed(struct bookstore *b)
{
	people(b);
	bookacts_agree(b, DEP);
}

static void no_people(struct bookstore *b)
{
	bookstore_sql(b, "DELETE FROM entitlement; DELETE FROM list");
}

static void a_shift(struct bookstore *b)
{
	people(b);
	bookstore_shift(b, 40);
}

static void a_payout(struct bookstore *b)
{
	struct payout out;

	a_shift(b);
	bookstore_pay(b, DEP, &out);
}

static void a_print(struct bookstore *b)
{
	struct payout open;
	struct err err;
	bool first;

	a_payout(b);
	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FOUND);
	assert_true(payouts_print_begin(b->db, open.seq, &first, &err));
}

static void a_printed_one(struct bookstore *b)
{
	struct payout open;
	struct err err;

	a_print(b);
	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FOUND);
	assert_true(payouts_print_result(b->db, &b->lan, open.seq,
		PRINT_PRINTED, &err));
}

static void a_handed_one(struct bookstore *b)
{
	struct payout open;
	struct err err;

	a_printed_one(b);
	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FOUND);
	bookstore_hand(b, open.seq);
}

static void a_peer(struct bookstore *b)
{
	people(b);
	bookacts_peer(b, DEP);
}

static void a_locked_user(struct bookstore *b)
{
	people(b);
	bookstore_sql(b, "UPDATE user SET failures = 10, locked = 1"
			 " WHERE number = 7");
}

/* ---- acts ------------------------------------------------------------------- */

static enum said verdict(enum verdict v)
{
	return v == VERDICT_DONE ? SAID_DONE : v < 0 ? SAID_FAILED : SAID_NO;
}

static enum said done(bool ok)
{
	return ok ? SAID_DONE : SAID_FAILED;
}

static enum said open_shift(struct bookstore *b, struct err *err)
{
	const struct notes in = {.pieces = {40}};
	struct shift shift;
	struct refusal why;

	return verdict(shifts_open(b->db, &b->lan, &in, &shift, &why, err));
}

static enum said pay(struct bookstore *b, struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.review = REVIEW_NAME_MARKS};
	struct payout out;
	struct refusal why;

	memcpy(r.uid, uid, sizeof(uid));
	return verdict(payouts_pay(b->db, &b->lan, &r, &out, &why, err));
}

static enum said print_begin(struct bookstore *b, struct err *err)
{
	bool first;

	return done(payouts_print_begin(b->db, b->payout, &first, err));
}

static enum said print_result(struct bookstore *b, struct err *err)
{
	return done(payouts_print_result(b->db, &b->lan, b->payout,
		PRINT_PRINTED, err));
}

static enum said reprint(struct bookstore *b, struct err *err)
{
	struct refusal why;
	int copy;

	return verdict(payouts_reprint(b->db, &b->lan, b->payout, 1, &copy,
		&why, err));
}

static enum said handed(struct bookstore *b, struct err *err)
{
	struct payout out;
	struct refusal why;

	return verdict(payouts_handed(b->db, &b->lan, b->payout, &out, &why,
		err));
}

static enum said not_handed(struct bookstore *b, struct err *err)
{
	struct payout out;
	struct refusal why;

	return verdict(payouts_not_handed(b->db, &b->lan, b->payout, &b->hoa,
		&out, &why, err));
}

static enum said take_back(struct bookstore *b, struct err *err)
{
	const struct void_request r = {.seq = b->payout,
		.reason = VOID_RECEIPT_LOST,
		.by = &b->hoa};
	struct payout out;
	struct refusal why;

	return verdict(payouts_void(b->db, &b->lan, &r, &out, &why, err));
}

/* PAY and HANDED. */
static enum said enter_sheet(struct bookstore *b, struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.pad = "000123",
		.given_at = clock_wall_ms() - 60000};
	struct payout out;
	struct refusal why;

	memcpy(r.uid, uid, sizeof(uid));
	return verdict(payouts_pay(b->db, &b->lan, &r, &out, &why, err));
}

static enum said recovered(struct bookstore *b, struct err *err)
{
	struct payout out;
	struct refusal why;

	return verdict(payouts_recover(b->db, &b->lan, true, NULL, &out, &why,
		err));
}

static enum said not_paid(struct bookstore *b, struct err *err)
{
	const struct date died = {.year = 2026, .month = 11, .day = 3};
	struct refusal why;

	return verdict(payouts_not_paid(b->db, &b->lan, BINH, NOT_PAID_DIED,
		died, &why, err));
}

static enum said agree(struct bookstore *b, struct err *err)
{
	return bookacts_consent(b, BINH, err);
}

static enum said disagree(struct bookstore *b, struct err *err)
{
	return bookacts_disagree(b, BINH, err);
}

static enum said withdraw(struct bookstore *b, struct err *err)
{
	return bookacts_withdraw(b, BINH, err);
}

static void somebody_agreed(struct bookstore *b)
{
	struct err err;

	people(b);
	assert_int_equal(bookacts_consent(b, BINH, &err), SAID_DONE);
}

static enum said ask_about_data(struct bookstore *b, struct err *err)
{
	return bookacts_request(b, BINH, err);
}

static enum said top_up(struct bookstore *b, struct err *err)
{
	const struct notes in = {.pieces = {0, 5}};
	struct shift shift;
	struct refusal why;

	return verdict(shifts_top_up(b->db, &b->lan, &in, &shift, &why, err));
}

static enum said drop(struct bookstore *b, struct err *err)
{
	const struct notes out = {.pieces = {2}};
	struct shift shift;
	struct refusal why;

	return verdict(shifts_drop(b->db, &b->lan, &out, &shift, &why, err));
}

/* One note short: COUNT, OVER_SHORT and CLOSE. */
static enum said close_shift(struct bookstore *b, struct err *err)
{
	const struct notes counted = {.pieces = {37}};
	struct shift_slip slip;
	struct refusal why;

	return verdict(shifts_close(b->db, &b->lan, &counted,
		SHIFT_REASON_UNKNOWN, &b->hoa, &slip, &why, err));
}

static enum said sign_in_with(struct bookstore *b, const char *pin,
	enum sign_in wanted, struct err *err)
{
	struct sign_in_result result;
	struct session s;
	const enum sign_in got = users_sign_in(b->db, 7, pin, &s, &result, err);

	session_clear(&s);
	return got == wanted           ? SAID_DONE
	       : got == SIGN_IN_FAILED ? SAID_FAILED
				       : SAID_NO;
}

static enum said sign_in(struct bookstore *b, struct err *err)
{
	return sign_in_with(b, "246801", SIGN_IN_DONE, err);
}

static enum said wrong_pin(struct bookstore *b, struct err *err)
{
	return sign_in_with(b, "246800", SIGN_IN_WRONG_PIN, err);
}

static enum said sign_out(struct bookstore *b, struct err *err)
{
	struct session s = b->lan;

	return done(users_sign_out(b->db, &s, err));
}

static enum said add_user(struct bookstore *b, struct err *err)
{
	const struct user_new n = {12, "Mai", ROLE_AGENT, "246803"};
	struct refusal why;

	return verdict(users_add(b->db, &b->hoa, &n, &why, err));
}

static enum said unlock(struct bookstore *b, struct err *err)
{
	struct refusal why;

	return verdict(users_unlock(b->db, &b->hoa, 7, &why, err));
}

static enum said open_drawer(struct bookstore *b, struct err *err)
{
	struct refusal why;
	uint64_t seq;

	return verdict(drawers_without(b->db, &b->lan, DRAWER_CHANGE, &seq,
		&why, err));
}

static enum said change_limit(struct bookstore *b, struct err *err)
{
	struct refusal why;
	struct limits now;

	/* The same again is done at once, and nothing is written. */
	if (!limits_get(b->db, &now, err))
		return SAID_FAILED;
	if (now.value[LIMIT_SINGLE] == 20000000)
		return SAID_NO;
	return verdict(limits_set(b->db, &b->hoa, LIMIT_SINGLE, 20000000, &why,
		err));
}

static enum said take_office_key(struct bookstore *b, struct err *err)
{
	const uint8_t key[CRYPTO_KEY_SIZE] = {7};
	char had[OFFICE_KEY_MARK];
	struct refusal why;
	enum verdict v;

	if (!office_key_here(b->db, had, err))
		return SAID_FAILED;
	v = office_key_take(b->db, &b->hoa, key, &why, err);
	return v == VERDICT_DONE && had[0] ? SAID_NO : verdict(v);
}

static enum said revoke(struct bookstore *b, struct err *err)
{
	struct refusal why;

	return verdict(users_revoke(b->db, &b->hoa, 2, &why, err));
}

static enum said set_clock(struct bookstore *b, struct err *err)
{
	return done(journal_clock_set(b->db, &b->hoa, err));
}

typedef bool import_fn(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err);

static enum said import(struct bookstore *b, import_fn *how, const char *text,
	struct err *err)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct list_result r;
	char path[512];

	tmpdir_write(b->dir, "list.csv", text, strlen(text));
	tmpdir_path(b->dir, "list.csv", path, sizeof(path));
	if (!how(b->db, &b->hoa, path, &o, &r, err))
		return SAID_FAILED;
	if (r.errors > 0)
		fail_msg("%s: row %d, column %d: trouble %d", path,
			(int)r.trouble[0].row, (int)r.trouble[0].column,
			(int)r.trouble[0].trouble);
	return r.taken && !r.again ? SAID_DONE : SAID_NO;
}

static enum said take_list(struct bookstore *b, struct err *err)
{
	return import(b, lists_import,
		"period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,"
		"dob,sex,address,group,monthly_amount,arrears_amount,"
		"arrears_months,funeral_amount,carry_over_amount,total,method,"
		"account_bin,account_no\n"
		"2026-12,U9,1,1,N1,025145000112,,Lê An,02/09/1945,Nam,Thôn 9,"
		"BTXH,540000,540000,2026-11,,,1080000,cash,,\n"
		"2026-12,U9,1,2,N2,025145000113,,Lê Bình,03/09/1945,Nam,"
		"Thôn 9,BTXH,540000,,,,,540000,cash,,\n",
		err);
}

static enum said take_changes(struct bookstore *b, struct err *err)
{
	return import(b, changes_import,
		"kind,period,unit_code,beneficiary_id,id12,name,address,"
		"reason\n"
		"left,2026-12,U1,B2,,,,died\n"
		"came,2026-12,U1,N1,025145000112,Lê An,Thôn 9,\n",
		err);
}

static enum said take_answers(struct bookstore *b, struct err *err)
{
	return import(b, answers_import,
		"unit_code,beneficiary_id,account_bin,account_no,answer,date\n"
		"U1,B1,970405,27001,closed,\n"
		"U1,B2,970405,27002,verified,2026-11-30\n",
		err);
}

/* Every time into another file: none is ever put over one that is there. */
static enum said take_out(struct bookstore *b, struct err *err)
{
	uint8_t any[PAYOUT_UID_SIZE];
	char name[2 * PAYOUT_UID_SIZE + 1];
	struct export_done out;
	struct refusal why;
	char path[512];

	payouts_uid(any);
	str_to_hex(any, sizeof(any), name);
	return verdict(export_journal(b->db, &b->hoa, 0, 0,
		tmpdir_path(b->dir, name, path, sizeof(path)), &out, &why,
		err));
}

/* The log into the file, and the mark of what was verified. */
static enum said checkpoint(struct bookstore *b, struct err *err)
{
	return done(db_checkpoint(b->db, err));
}

/* With what is sealed, and what is to be said of it. */
static void bookacts_belong(struct bookstore *b)
{
	people(b);
	bookacts_join(b);
}

const struct bookact bookacts[] = {
	{"OPEN", people, open_shift, false},
	{"PAY", a_shift, pay, false},
	{"PRINT begun", a_payout, print_begin, true},
	{"PRINT", a_print, print_result, true},
	{"REPRINT", a_handed_one, reprint, true},
	{"HANDED", a_printed_one, handed, false},
	{"VOID", a_printed_one, not_handed, false},
	{"VOID, VOID_RETURNED", a_handed_one, take_back, false},
	{"PAY from the pad", a_shift, enter_sheet, false},
	{"RECOVERY", a_print, recovered, false},
	{"NOT_PAID", a_shift, not_paid, true},
	{"FLOAT_IN", a_shift, top_up, true},
	{"FLOAT_OUT", a_shift, drop, true},
	{"NULL, the drawer opened", a_shift, open_drawer, true},
	{"CLOSE", a_handed_one, close_shift, false},
	{"LOGIN", people, sign_in, true},
	{"LOGIN_FAIL", people, wrong_pin, true},
	{"LOGOUT", people, sign_out, true},
	{"a new user", people, add_user, false},
	{"unlock a user", a_locked_user, unlock, true},
	{"revoke a user", people, revoke, false},
	{"the key of a card", people, bookacts_enrol, true},
	{"APPROVE", people, bookacts_approve, true},
	{"REVLIST", bookacts_centre, bookacts_revlist, false},
	{"joining a centre", people, bookacts_join_again, true},
	{"UPLOAD_ACK", bookacts_belong, bookacts_send, false},
	{"CONFIG of a terminal", people, bookacts_know, false},
	{"MARKS", a_peer, bookacts_marks, false},
	{"RELEASE", a_peer, bookacts_release, false},
	{"ACQUIRE", a_peer, bookacts_acquire, false},
	{"EXPORT of paid marks", a_handed_one, bookacts_show, true},
	{"COMPLAINT", a_handed_one, bookacts_complain, true},
	{"ACCOUNT", agreed, bookacts_account, true},
	{"cash again", agreed, bookacts_cash, true},
	{"CONSENT", people, agree, true},
	{"CONSENT_REFUSED", people, disagree, true},
	{"CONSENT_WITHDRAWN", somebody_agreed, withdraw, false},
	{"VIEW, a request", people, ask_about_data, true},
	{"VISIT", people, bookacts_visit, true},
	{"VISIT, who moved", people, bookacts_moved, true},
	{"a draft of a visit", people, bookacts_draft, false},
	{"the plan of a day", people, bookacts_plan, false},
	{"change a limit", people, change_limit, false},
	{"take the office's key", no_people, take_office_key, false},
	{"CLOCK", a_shift, set_clock, true},
	{"IMPORT of a list", people, take_list, false},
	{"IMPORT of changes", people, take_changes, false},
	{"IMPORT of answers", people, take_answers, false},
	{"EXPORT", a_handed_one, take_out, true},
	{"checkpoint", a_handed_one, checkpoint, true},
};
const int bookacts_count = COUNT_OF(bookacts);

void bookact_ready(const struct bookact *a, struct bookstore *b)
{
	bookstore_make(b);
	a->ready(b);
	b->payout = (uint64_t)bookstore_number(b,
		"SELECT coalesce(max(seq), 0) FROM payout");
}

/* ---- what is in the book -------------------------------------------------- */

static const char *const fact[] = {
	"SELECT count(*) FROM journal",
	[BOOKFACT_LAST_SEQ] = "SELECT last_seq FROM state",
	"SELECT epoch * 1000 + shift FROM state",
	"SELECT count(*) FROM pd",
	"SELECT count(*) FROM paid",
	"SELECT coalesce(sum(state), 0) FROM paid",
	"SELECT count(*) FROM payout",
	"SELECT coalesce(sum(state), 0) FROM payout",
	"SELECT coalesce(sum(print), 0) FROM payout",
	"SELECT coalesce(sum(copies), 0) FROM payout",
	"SELECT coalesce(sum(void_reason), 0) FROM payout",
	"SELECT coalesce(sum(length(pad)), 0) FROM payout",
	"SELECT count(*) FROM shift",
	"SELECT count(close_seq) FROM shift",
	"SELECT count(*) FROM user",
	"SELECT sum(failures) * 100 + sum(locked) FROM user",
	"SELECT count(*) FROM not_paid",
	"SELECT count(*) * 100 + count(secret) FROM epoch",
	"SELECT count(*) FROM list",
	"SELECT count(*) FROM person",
	"SELECT count(*) FROM entitlement",
	"SELECT count(*) FROM side_file",
	"SELECT count(*) FROM change",
	"SELECT count(*) FROM account_state",
	"SELECT count(*) FROM account",
	"SELECT count(*) FROM account_step",
	"SELECT count(*) FROM setting",
	"SELECT count(*) * 1000 + coalesce(sum(covers), 0) FROM ack",
	"SELECT coalesce(acked_seq, 0) FROM state",
	"SELECT coalesce(sum(set_at > 0), 0) FROM clock",
	"SELECT sum(revoked) * 100 + sum(length(approval) > 0) FROM user",
	"SELECT count(*) FROM revlist",
	"SELECT count(*) FROM peer",
	"SELECT count(*) FROM mark_set",
	"SELECT count(*) FROM consent",
	"SELECT count(*) FROM notice",
	"SELECT count(*) FROM request",
	"SELECT coalesce(sum(seq), 0) FROM paid_elsewhere",
	"SELECT coalesce(sum(seq), 0) FROM survey",
	"SELECT coalesce(sum(hop * 2 + away), 0) FROM handover",
	"SELECT count(*) FROM visit",
	"SELECT count(*) FROM visit_draft",
	"SELECT count(*) FROM visit_plan",
};
_Static_assert(COUNT_OF(fact) == BOOKFACTS, "BOOKFACTS");

void bookfacts_read(struct bookstore *b, struct bookfacts *out)
{
	for (int i = 0; i < BOOKFACTS; i++)
		out->fact[i] = bookstore_number(b, fact[i]);
}

bool bookfacts_equal(const struct bookfacts *a, const struct bookfacts *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}
