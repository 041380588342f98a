/* Acts of the weeks in which something was otherwise: bookacts.h. */
#include "support/bookacts.h"

#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/machine.h"
#include "core/str.h"
#include "db/changes.h"
#include "db/db_internal.h"
#include "db/erase.h"
#include "db/faults.h"
#include "db/moved.h"
#include "db/proof.h"
#include "db/surveys.h"
#include "support/liststore.h"
#include "support/oldstore.h"
#include "support/tmpdir.h"

enum {
	DEP = 1,
	BINH = 2
};

/* What somebody holds in his hands, from the preparation to the act. */
static char paper[PROOF_TEXT_SIZE];

static enum said verdict(enum verdict v)
{
	return v == VERDICT_DONE ? SAID_DONE : v < 0 ? SAID_FAILED : SAID_NO;
}

static enum said done(bool ok)
{
	return ok ? SAID_DONE : SAID_FAILED;
}

/* ---- before --------------------------------------------------------------- */

static void people(struct bookstore *b)
{
	bookstore_due(b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(b, BINH, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
}

static void a_shift(struct bookstore *b)
{
	people(b);
	bookstore_shift(b, 40);
}

static enum said pay_guardian(struct bookstore *b, struct err *err)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_GUARDIAN,
		.review = REVIEW_NAME_MARKS,
		.payee_name = "Trần Thị Người Nhận",
		.payee_id = "001172000777"};
	struct payout out;
	struct refusal why;

	payouts_uid(r.uid);
	return verdict(payouts_pay(b->db, &b->lan, &r, &out, &why, err));
}

static void a_payee(struct bookstore *b)
{
	struct payout open;
	struct err err;

	a_shift(b);
	assert_int_equal(pay_guardian(b, &err), SAID_DONE);
	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FOUND);
	bookstore_hand(b, open.seq);
}

/* In an older store nothing says whose the personal data of a record are. */
static void a_payee_of_long_ago(struct bookstore *b)
{
	a_payee(b);
	bookstore_sql(b, "UPDATE pd SET person = NULL");
}

static void close_all(struct bookstore *b, int32_t notes)
{
	const struct notes counted = {.pieces = {notes}};
	struct shift_slip slip;
	struct refusal why;
	struct err err;

	assert_int_equal(shifts_close(b->db, &b->lan, &counted,
				 SHIFT_REASON_NONE, NULL, &slip, &why, &err),
		VERDICT_DONE);
	str_copy(paper, sizeof(paper), slip.qr);
}

static void a_closed_shift(struct bookstore *b)
{
	a_shift(b);
	close_all(b, 40);
}

static void a_receipt(struct bookstore *b)
{
	struct payout open;
	struct err err;

	a_shift(b);
	close_all(b, 40);
	bookstore_shift(b, 40);
	assert_int_equal(pay_guardian(b, &err), SAID_DONE);
	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FOUND);
	bookstore_hand(b, open.seq);
	str_copy(paper, sizeof(paper), open.qr);
}

/* The disk of before the payout, and its receipt. */
static void a_lost_end(struct bookstore *b)
{
	char image[sizeof(b->dir)];

	a_closed_shift(b);
	bookstore_shift(b, 40);
	bookstore_image(b, image, sizeof(image));
	bookstore_pay(b, DEP, &(struct payout){0});
	bookstore_hand(b,
		(uint64_t)bookstore_number(b, "SELECT max(seq) FROM payout"));
	close_all(b, 39);
	bookstore_remove(b);
	memcpy(b->dir, image, sizeof(b->dir));
	bookstore_open(b);
}

/* On whatever machine it is, the store says that it was another. */
static void another_machine(struct bookstore *b)
{
	a_receipt(b);
	machine_pretend("11111111111111111111111111111111");
	bookstore_sql(b, "UPDATE setting SET value = printf('%.64c', 'a')"
			 " WHERE name = 'machine'");
	bookstore_restart(b);
}

static void another_machine_with_a_slip(struct bookstore *b)
{
	a_closed_shift(b);
	machine_pretend("11111111111111111111111111111111");
	bookstore_sql(b, "UPDATE setting SET value = printf('%.64c', 'a')"
			 " WHERE name = 'machine'");
	bookstore_restart(b);
}

static void no_printer(struct bookstore *b)
{
	struct err err;

	a_shift(b);
	assert_true(faults_begin(b->db, &b->lan, FAULT_PRINTER, &err));
}

/* As `chitra init` leaves it. */
static void nobody_yet(struct bookstore *b)
{
	static const struct db_setup setup = {.point = "BD-01",
		.name = "Bưu cục Cẩm Khê",
		.pin_kibibytes = 8};
	struct err err;

	bookstore_remove(b);
	b->has_key = false;
	tmpdir_make(b->dir, sizeof(b->dir));
	assert_true(db_create(b->dir, &setup, &err));
	bookstore_open(b);
}

/* Of before anything was sealed, and nobody has signed in since. */
static void an_old_store(struct bookstore *b)
{
	a_payee(b);
	db_close(b->db);
	b->db = NULL;
	b->has_key = false;
	oldstore_from(b->dir, 4);
	bookstore_open(b);
}

static void a_sheet(struct bookstore *b)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.pad = "000123",
		.given_at = clock_wall_ms() - 60000};
	struct payout out;
	struct refusal why;
	struct err err;

	a_shift(b);
	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, &out, &why, &err),
		VERDICT_DONE);
}

static void a_gone_one(struct bookstore *b)
{
	const struct date none = {0};
	struct refusal why;
	struct err err;

	a_shift(b);
	assert_int_equal(payouts_not_paid(b->db, &b->lan, BINH, NOT_PAID_MOVED,
				 none, &why, &err),
		VERDICT_DONE);
}

/* ---- acts ------------------------------------------------------------------- */

static enum said erase(struct bookstore *b, struct err *err)
{
	struct erase_done out;
	const enum erase_outcome got = erase_person(b->db, &b->hoa,
		"001145000001", ERASE_REQUEST, &out, err);

	return got == ERASE_DONE     ? SAID_DONE
	       : got == ERASE_FAILED ? SAID_FAILED
				     : SAID_NO;
}

static enum said new_pin(struct bookstore *b, struct err *err)
{
	struct pin_change c = {.old = "246801", .pin = "975310"};
	struct refusal why;

	return verdict(users_set_pin(b->db, 7, &c, &why, err));
}

static enum said retire(struct bookstore *b, struct err *err)
{
	struct refusal why;

	return verdict(proof_retire(b->db, &b->hoa, RETIRE_REPLACED, &why,
		err));
}

static enum said freeze(struct bookstore *b, struct err *err)
{
	struct proof_found out;

	return done(proof_take(b->db, &b->lan, NULL, paper, &out, err));
}

static enum said confirm_machine(struct bookstore *b, struct err *err)
{
	struct refusal why;
	const enum said said =
		verdict(moved_confirm(b->db, &b->hoa, paper, &why, err));

	if (said == SAID_FAILED)
		assert_int_equal(moved_state(b->db), MOVED_AWAY);
	return said;
}

static enum said open_with_slip(struct bookstore *b, struct err *err)
{
	const struct notes in = {.pieces = {40}};
	struct shift shift;
	struct refusal why;

	return verdict(shifts_open_with(b->db, &b->lan, &in, paper, &shift,
		&why, err));
}

static enum said printer_gone(struct bookstore *b, struct err *err)
{
	return done(faults_begin(b->db, &b->lan, FAULT_PRINTER, err));
}

static enum said printer_back(struct bookstore *b, struct err *err)
{
	return done(faults_end(b->db, &b->lan, FAULT_PRINTER, err));
}

static enum said first_user(struct bookstore *b, struct err *err)
{
	const struct user_new n = {12, "Mai", ROLE_SUPERVISOR, "246803"};
	struct refusal why;

	return verdict(users_add(b->db, NULL, &n, &why, err));
}

static enum said first_sign_in(struct bookstore *b, struct err *err)
{
	struct sign_in_result result;
	struct session s;
	const enum sign_in got =
		users_sign_in(b->db, 7, "246801", &s, &result, err);

	session_clear(&s);
	return got == SIGN_IN_DONE     ? SAID_DONE
	       : got == SIGN_IN_FAILED ? SAID_FAILED
				       : SAID_NO;
}

static enum said take_sheet_back(struct bookstore *b, struct err *err)
{
	const struct void_request r = {.seq = b->payout,
		.reason = VOID_RECEIPT_BACK,
		.paper = "123",
		.by = &b->hoa};
	struct payout out;
	struct refusal why;

	return verdict(payouts_void(b->db, &b->lan, &r, &out, &why, err));
}

static enum said found_again(struct bookstore *b, struct err *err)
{
	const struct date none = {0};
	struct refusal why;

	return verdict(payouts_not_paid(b->db, &b->hoa, BINH, NOT_PAID_NONE,
		none, &why, err));
}

/* The machine was started anew since the last record: RECOVERY comes before. */
static enum said after_a_start(struct bookstore *b, struct err *err)
{
	struct refusal why;
	struct payout out;
	enum said said;

	b->db->boot[0] ^= 1;
	said = verdict(payouts_handed(b->db, &b->lan, b->payout, &out, &why,
		err));
	b->db->boot[0] ^= 1;
	return said;
}

/* Its clock is behind the last record: CLOCK comes before. */
static enum said with_a_late_clock(struct bookstore *b, struct err *err)
{
	struct refusal why;
	struct payout out;
	enum said said;

	clock_freeze_wall(clock_wall_ms() - 120000);
	said = verdict(payouts_handed(b->db, &b->lan, b->payout, &out, &why,
		err));
	clock_freeze_wall(-1);
	return said;
}

static void an_open_payout(struct bookstore *b)
{
	struct err err;

	a_shift(b);
	assert_int_equal(pay_guardian(b, &err), SAID_DONE);
}

/* ---- refused, and nothing else: that is what is done here ------------------- */

static enum said refused(enum verdict v, const struct refusal *why,
	enum refusal_code code)
{
	if (v == VERDICT_REFUSED && why->code == code)
		return SAID_DONE;
	return v == VERDICT_FAILED ? SAID_FAILED : SAID_NO;
}

static enum said no_pay(struct bookstore *b, struct pay_request r,
	enum refusal_code code, struct err *err)
{
	struct payout out;
	struct refusal why;

	payouts_uid(r.uid);
	return refused(payouts_pay(b->db, &b->lan, &r, &out, &why, err), &why,
		code);
}

static enum said pay_who_moved(struct bookstore *b, struct err *err)
{
	return no_pay(b,
		(struct pay_request){.person = BINH, .payee = PAYEE_SELF},
		REFUSED_MARKED_NOT_PAID, err);
}

static enum said pay_that_list_again(struct bookstore *b, struct err *err)
{
	return no_pay(b,
		(struct pay_request){.person = DEP,
			.list_period = BOOKSTORE_PERIOD,
			.payee = PAYEE_SELF},
		REFUSED_ALREADY_PAID, err);
}

static enum said pay_while_one_is_open(struct bookstore *b, struct err *err)
{
	return no_pay(b,
		(struct pay_request){.person = BINH, .payee = PAYEE_SELF},
		REFUSED_OPEN_PAYOUT, err);
}

static enum said pay_the_same_sheet(struct bookstore *b, struct err *err)
{
	return no_pay(b,
		(struct pay_request){.person = BINH,
			.payee = PAYEE_SELF,
			.pad = "123",
			.given_at = clock_wall_ms() - 60000},
		REFUSED_PAD, err);
}

static enum said void_by_another_paper(struct bookstore *b, struct err *err)
{
	const struct void_request r = {.seq = b->payout,
		.reason = VOID_RECEIPT_BACK,
		.paper = "124",
		.by = &b->hoa};
	struct payout out;
	struct refusal why;

	return refused(payouts_void(b->db, &b->lan, &r, &out, &why, err), &why,
		REFUSED_PAPER);
}

static enum said close_while_one_is_open(struct bookstore *b, struct err *err)
{
	const struct notes counted = {.pieces = {39}};
	struct shift_slip slip;
	struct refusal why;

	return refused(shifts_close(b->db, &b->lan, &counted, SHIFT_REASON_NONE,
			       NULL, &slip, &why, err),
		&why, REFUSED_OPEN_PAYOUT);
}

static enum said revoke_oneself(struct bookstore *b, struct err *err)
{
	struct refusal why;

	return refused(users_revoke(b->db, &b->hoa, 1, &why, err), &why,
		REFUSED_SELF);
}

static enum said erase_who_is_due(struct bookstore *b, struct err *err)
{
	struct erase_done out;
	const enum erase_outcome got = erase_person(b->db, &b->hoa,
		"001145000002", ERASE_REQUEST, &out, err);

	return got == ERASE_DUE      ? SAID_DONE
	       : got == ERASE_FAILED ? SAID_FAILED
				     : SAID_NO;
}

/* ---- files after files -------------------------------------------------------- */

typedef bool import_fn(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err);

static enum said import(struct bookstore *b, import_fn *how, const char *text,
	struct err *err)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct list_result r;
	char path[512];

	tmpdir_write(b->dir, "side.csv", text, strlen(text));
	tmpdir_path(b->dir, "side.csv", path, sizeof(path));
	if (!how(b->db, &b->hoa, path, &o, &r, err))
		return SAID_FAILED;
	return r.taken && !r.again ? SAID_DONE : SAID_NO;
}

#define CHANGES \
	"kind,period,unit_code,beneficiary_id,id12,name,address,reason\n"
#define ANSWERS "unit_code,beneficiary_id,account_bin,account_no,answer,date\n"

static void changes_before(struct bookstore *b)
{
	struct err err;

	people(b);
	assert_int_equal(import(b, changes_import,
				 CHANGES
				 "left,2026-12,U1,B2,,,,moved\n"
				 "altered,2026-12,U1,B1,,,Thôn 4,\n"
				 "came,2026-12,U1,N1,025145000112,Lê An,,\n",
				 &err),
		SAID_DONE);
	assert_int_equal(import(b, answers_import,
				 ANSWERS "U1,B1,970405,27001,closed,\n"
					 "U1,B2,970405,27002,verified,\n",
				 &err),
		SAID_DONE);
}

/* Back again, altered again, and one who is altered as he is. */
static enum said changes_again(struct bookstore *b, struct err *err)
{
	return import(b, changes_import,
		CHANGES "came,2027-01,U1,B2,,Nguyễn Thị Đẹp,,\n"
			"altered,2027-01,U1,B1,,,Thôn 5,\n"
			"left,2027-01,U1,N1,,,,died\n",
		err);
}

static enum said answers_again(struct bookstore *b, struct err *err)
{
	return import(b, answers_import,
		ANSWERS "U1,B1,970405,27001,verified,2026-11-30\n"
			"U1,B2,970405,27002,verified,\n",
		err);
}

/* ---- questions of visits ---------------------------------------------------- */

static bool import_questions(struct bookstore *b, const char *version,
	struct survey_result *out, struct err *err)
{
	const struct survey_options o = {.check_only = false};
	char path[512];
	char text[512];

	snprintf(text, sizeof(text),
		"settings,\n,form_id,version\n,visit,%s\nsurvey,\n,type,name,"
		"label\n,text,q,Hỏi\n",
		version);
	tmpdir_write(b->dir, "questions.csv", text, strlen(text));
	tmpdir_path(b->dir, "questions.csv", path, sizeof(path));
	return surveys_import(b->db, &b->hoa, path, &o, out, err);
}

static void questions_before(struct bookstore *b)
{
	struct survey_result r;
	struct err err;

	people(b);
	assert_true(import_questions(b, "2026-12", &r, &err) && r.taken);
}

static enum said questions_again(struct bookstore *b, struct err *err)
{
	struct survey_result r;

	if (!import_questions(b, "2027-01", &r, err))
		return SAID_FAILED;
	return r.taken && !r.again ? SAID_DONE : SAID_NO;
}

const struct bookact bookacts_rare[] = {
	{"PAY to a guardian", a_shift, pay_guardian, false},
	{"erase", a_payee, erase, false},
	{"erase from an older store", a_payee_of_long_ago, erase, false},
	{"another PIN", people, new_pin, false},
	{"END", a_closed_shift, retire, false},
	{"freeze", a_lost_end, freeze, true},
	{"moved, by a receipt", another_machine, confirm_machine, true},
	{"moved, by a Z slip", another_machine_with_a_slip, confirm_machine,
		true},
	{"OPEN with a slip", a_closed_shift, open_with_slip, false},
	{"FAULT_BEGIN", a_shift, printer_gone, true},
	{"FAULT_END", no_printer, printer_back, true},
	{"the first user", nobody_yet, first_user, false},
	{"the first sign-in to an old store", an_old_store, first_sign_in,
		true},
	{"VOID of a sheet", a_sheet, take_sheet_back, false},
	{"NOT_PAID taken back", a_gone_one, found_again, true},
	{"HANDED after a start", an_open_payout, after_a_start, false},
	{"HANDED by a late clock", an_open_payout, with_a_late_clock, false},
	{"IMPORT of changes after others", changes_before, changes_again,
		false},
	{"IMPORT of answers after others", changes_before, answers_again,
		false},
	{"IMPORT of questions after others", questions_before, questions_again,
		false},
	{"no PAY: moved", a_gone_one, pay_who_moved, true},
	{"no PAY: paid", a_payee, pay_that_list_again, true},
	{"no PAY: one is open", an_open_payout, pay_while_one_is_open, true},
	{"no PAY: that sheet", a_sheet, pay_the_same_sheet, true},
	{"no VOID: another paper", a_sheet, void_by_another_paper, true},
	{"no CLOSE: one is open", an_open_payout, close_while_one_is_open,
		true},
	{"no revoke: nobody does that to himself", a_shift, revoke_oneself,
		true},
	{"no erasing: money is due", a_shift, erase_who_is_due, true},
};
const int bookacts_rare_count = COUNT_OF(bookacts_rare);
