#include "support/bookasks.h"

#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"
#include "db/backup.h"
#include "db/check_internal.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/export.h"
#include "db/journal.h"
#include "db/lists.h"
#include "db/payouts_internal.h"
#include "db/people_internal.h"
#include "db/proof.h"
#include "db/settings.h"
#include "db/slips.h"
#include "support/tmpdir.h"

static enum said ok(bool done)
{
	return done ? SAID_DONE : SAID_FAILED;
}

static enum said found(enum lookup got)
{
	return got == LOOKUP_FAILED  ? SAID_FAILED
	       : got == LOOKUP_FOUND ? SAID_DONE
				     : SAID_NO;
}

static enum said verdict(enum verdict v)
{
	return v == VERDICT_DONE ? SAID_DONE : v < 0 ? SAID_FAILED : SAID_NO;
}

/* ---- people ---------------------------------------------------------------- */

static enum said find(struct realstore *r, const char *query, struct err *err)
{
	struct person_found out[10];
	bool more;
	int n;

	people_forget(r->store.db);
	return ok(people_find(r->store.db, query, out, COUNT_OF(out), &n, &more,
		err));
}

static enum said find_name(struct realstore *r, struct err *err)
{
	return find(r, "nguyen dep", err);
}

static enum said find_id12(struct realstore *r, struct err *err)
{
	return find(r, "001145000003", err);
}

static enum said find_old(struct realstore *r, struct err *err)
{
	return find(r, "123456789", err);
}

static enum said find_last(struct realstore *r, struct err *err)
{
	return find(r, "0003", err);
}

static enum said find_seq(struct realstore *r, struct err *err)
{
	return find(r, "3", err);
}

static enum said by_card(struct realstore *r, struct err *err)
{
	const struct idcard card = {.id12 = "001145000004",
		.old_id = "123456789"};
	struct person_due out;

	return found(people_by_card(r->store.db, &card, &out, err));
}

static enum said get_person(struct realstore *r, struct err *err)
{
	struct person_due out;

	return found(people_get(r->store.db, 4, &out, err));
}

static enum said progress(struct realstore *r, struct err *err)
{
	int64_t done;
	int64_t all;

	people_forget(r->store.db);
	return ok(people_progress(r->store.db, &done, &all, err));
}

/* ---- users ------------------------------------------------------------------ */

static enum said list_users(struct realstore *r, struct err *err)
{
	struct user out[20];
	int n;

	return ok(users_list(r->store.db, out, COUNT_OF(out), &n, err));
}

static enum said check_pin(struct realstore *r, const char *pin,
	struct err *err)
{
	struct sign_in_result result;
	struct session s;
	enum sign_in got = users_check(r->store.db, 1, pin, &s, &result, err);

	session_clear(&s);
	return got == SIGN_IN_DONE     ? SAID_DONE
	       : got == SIGN_IN_FAILED ? SAID_FAILED
				       : SAID_NO;
}

static enum said right_pin(struct realstore *r, struct err *err)
{
	return check_pin(r, "135791", err);
}

static enum said typing(struct realstore *r, struct err *err)
{
	enum telex_method m;

	return ok(settings_typing(r->store.db, 7, &m, err));
}

static enum said set_typing(struct realstore *r, struct err *err)
{
	return ok(settings_set_typing(r->store.db, 7, TELEX_VNI, err));
}

/* ---- payouts and shifts ------------------------------------------------------ */

static enum said open_payout(struct realstore *r, struct err *err)
{
	struct payout p;

	return found(payouts_open(r->store.db, &p, err));
}

static enum said payout_by_code(struct realstore *r, struct err *err)
{
	struct payout p;
	enum lookup got = payouts_get(r->store.db, r->store.payout, &p, err);

	if (got == LOOKUP_FOUND)
		got = payouts_by_code(r->store.db, p.code, &p, err);
	return found(got);
}

static enum said no_such_request(struct realstore *r, struct err *err)
{
	const uint8_t uid[PAYOUT_UID_SIZE] = "never asked";
	struct payout p;

	return found(payouts_of_request(r->store.db, uid, &p, err));
}

static enum said paid_already(struct realstore *r, struct err *err)
{
	struct pay_request q = {.person = 1, .payee = PAYEE_SELF};
	struct refusal why;
	struct payout p;

	payouts_uid(q.uid);
	return verdict(payouts_pay(r->store.db, &r->store.lan, &q, &p, &why,
		err));
}

static enum said prior(struct realstore *r, struct err *err)
{
	struct refusal_prior out;

	return found(payouts_prior_open(r->store.db, &out, err));
}

static enum said quick(struct realstore *r, struct err *err)
{
	int64_t n;
	bool is;

	return ok(payouts_quick(r->store.db, 2, &n, err) &&
		  payouts_is_quick(r->store.db, r->store.payout, &is, err));
}

static enum said shift_now(struct realstore *r, struct err *err)
{
	struct shift s;

	return found(shifts_current(r->store.db, &s, err));
}

static enum said last_closed(struct realstore *r, struct err *err)
{
	int64_t n;

	return ok(shifts_last_closed(r->store.db, &n, err));
}

static enum said slip(struct realstore *r, struct err *err)
{
	struct shift_slip z;

	return found(slips_get(r->store.db, 1, &z, err));
}

static uint64_t close_seq(struct realstore *r)
{
	return (uint64_t)bookstore_number(&r->store,
		"SELECT close_seq FROM shift WHERE number = 1");
}

static uint64_t slip_seq; /* what before() looked up */

static void look_up_slip(struct realstore *r)
{
	slip_seq = close_seq(r);
}

static enum said slip_paper(struct realstore *r, struct err *err)
{
	struct slip_paper paper;

	return ok(slips_paper(r->store.db, slip_seq, &paper, err));
}

static enum said print_slip(struct realstore *r, struct err *err)
{
	struct refusal why;
	int copy;
	enum said said = verdict(slips_print_begin(r->store.db, &r->store.lan,
		slip_seq, &copy, &why, err));

	return said != SAID_DONE
		       ? said
		       : ok(slips_print_result(r->store.db, &r->store.lan,
				 slip_seq, PRINT_PRINTED, err));
}

/* ---- papers ------------------------------------------------------------------ */

static char paper[PROOF_TEXT_SIZE];

static void take_slip(struct realstore *r)
{
	struct shift_slip z;
	struct err err;

	assert_int_equal(slips_get(r->store.db, 1, &z, &err), LOOKUP_FOUND);
	str_copy(paper, sizeof(paper), z.qr);
}

static void take_receipt(struct realstore *r)
{
	struct payout p;
	struct err err;

	assert_int_equal(payouts_get(r->store.db, r->store.payout, &p, &err),
		LOOKUP_FOUND);
	str_copy(paper, sizeof(paper), p.qr);
}

static enum said look_at_paper(struct realstore *r, struct err *err)
{
	struct proof_found out;

	return ok(proof_look(r->store.db, paper, &out, err));
}

static enum said take_paper(struct realstore *r, struct err *err)
{
	struct proof_found out;

	return ok(proof_take(r->store.db, &r->store.lan, &r->store.hoa, paper,
		&out, err));
}

/* ---- the journal and the whole ------------------------------------------------ */

static enum said head(struct realstore *r, struct err *err)
{
	struct journal_head h;
	struct journal_counts counts;
	struct journal_clock clock;

	return ok(journal_head(r->store.db, &h, err) &&
		  journal_counts(r->store.db, &counts, err) &&
		  journal_clock(r->store.db, &clock, err));
}

static enum said verify(struct realstore *r, struct err *err)
{
	struct journal_report out;

	return ok(journal_verify(r->store.db, 1, &out, err));
}

static enum said check(struct realstore *r, struct err *err)
{
	return ok(db_check(r->store.db, err));
}

static enum said check_at_shift(struct realstore *r, struct err *err)
{
	return ok(check_book(r->store.db, err));
}

static char copy_dir[sizeof(((struct bookstore *)NULL)->dir)];

static void make_copy(struct realstore *r)
{
	tmpdir_remove(copy_dir);
	bookstore_image(&r->store, copy_dir, sizeof(copy_dir));
}

static void no_copy(struct realstore *r)
{
	(void)r;
	tmpdir_remove(copy_dir);
	tmpdir_make(copy_dir, sizeof(copy_dir));
}

static enum said open_copy(struct realstore *r, struct err *err)
{
	struct db *db = db_open(copy_dir, err);

	(void)r;
	db_close(db);
	return ok(db != NULL);
}

static enum said init(struct realstore *r, struct err *err)
{
	const struct db_setup setup = {.point = "BD-02",
		.name = "Bưu cục Hai",
		.list_window = "2:3",
		.pin_kibibytes = 8};
	char dir[300];

	(void)r;
	return ok(db_create(tmpdir_path(copy_dir, "a/b", dir, sizeof(dir)),
		&setup, err));
}

/* ---- files out and in ---------------------------------------------------------- */

typedef enum verdict out_fn(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err);

static enum said out(struct realstore *r, out_fn *how, struct err *err)
{
	struct export_done done;
	struct refusal why;
	char path[300];

	return verdict(how(r->store.db, &r->store.hoa,
		tmpdir_path(copy_dir, "out", path, sizeof(path)), &done, &why,
		err));
}

static enum verdict all_records(struct db *db, const struct session *s,
	const char *path, struct export_done *done, struct refusal *why,
	struct err *err)
{
	return export_journal(db, s, 0, 0, path, done, why, err);
}

static enum said journal_out(struct realstore *r, struct err *err)
{
	return out(r, all_records, err);
}

static enum said keys_out(struct realstore *r, struct err *err)
{
	return out(r, export_keys, err);
}

static enum said roster_out(struct realstore *r, struct err *err)
{
	return out(r, export_roster, err);
}

static enum said backup_out(struct realstore *r, struct err *err)
{
	return out(r, backup_write, err);
}

static void make_backup(struct realstore *r)
{
	struct err err = {0};

	no_copy(r);
	if (backup_out(r, &err) != SAID_DONE)
		fail_msg("%s", err.text);
}

static enum said backup_in(struct realstore *r, struct err *err)
{
	char file[300];
	char dir[300];

	(void)r;
	tmpdir_path(copy_dir, "out", file, sizeof(file));
	return ok(backup_restore(file,
		tmpdir_path(copy_dir, "back", dir, sizeof(dir)), NULL, err));
}

static const char list[] =
	"period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,dob,sex,"
	"address,group,monthly_amount,arrears_amount,arrears_months,"
	"funeral_amount,carry_over_amount,total,method,account_bin,account_no\n"
	"2027-01,U1,1,1,P1,001145000001,,Nguyễn Thị Đẹp,02/09/1945,Nữ,Thôn 3,"
	"BTXH,500000,250000,2026-11,100000,,850000,cash,,\n"
	"2027-01,U1,1,2,N9,001145000999,123456780,Lê An,03/09/1945,Nam,Thôn 9,"
	"BTXH,540000,,,,,540000,account,970405,12345678\n";

static void write_list(struct realstore *r)
{
	no_copy(r);
	tmpdir_write(copy_dir, "list.csv", list, strlen(list));
}

static enum said take_list(struct realstore *r, bool check_only,
	struct err *err)
{
	const struct list_options o = {.check_only = check_only,
		.count = -1,
		.sum = -1};
	struct list_result result;
	char path[300];

	if (!lists_import(r->store.db, &r->store.hoa,
		    tmpdir_path(copy_dir, "list.csv", path, sizeof(path)), &o,
		    &result, err))
		return SAID_FAILED;
	return result.errors == 0 ? SAID_DONE : SAID_NO;
}

static enum said look_at_list(struct realstore *r, struct err *err)
{
	return take_list(r, true, err);
}

static enum said list_in(struct realstore *r, struct err *err)
{
	return take_list(r, false, err);
}

const struct bookask bookasks[] = {
	{"find by name", NULL, find_name, SAID_DONE, false},
	{"find by number", NULL, find_id12, SAID_DONE, false},
	{"find by old number", NULL, find_old, SAID_DONE, false},
	{"find by last digits", NULL, find_last, SAID_DONE, false},
	{"find by list number", NULL, find_seq, SAID_DONE, false},
	{"find by card", NULL, by_card, SAID_DONE, false},
	{"a person", NULL, get_person, SAID_DONE, false},
	{"how far the list is", NULL, progress, SAID_DONE, false},
	{"all users", NULL, list_users, SAID_DONE, false},
	{"check a PIN", NULL, right_pin, SAID_DONE, false},
	{"the way of typing", NULL, typing, SAID_DONE, false},
	{"set the way of typing", NULL, set_typing, SAID_DONE, false},
	{"the open payout", NULL, open_payout, SAID_DONE, false},
	{"a payout by its code", NULL, payout_by_code, SAID_DONE, false},
	{"a request never made", NULL, no_such_request, SAID_NO, false},
	{"pay what is paid", NULL, paid_already, SAID_NO, false},
	{"who has it open", NULL, prior, SAID_DONE, false},
	{"quick payouts", NULL, quick, SAID_DONE, false},
	{"the shift", NULL, shift_now, SAID_DONE, false},
	{"the last closed", NULL, last_closed, SAID_DONE, false},
	{"a Z slip", NULL, slip, SAID_DONE, false},
	{"the paper of a Z slip", look_up_slip, slip_paper, SAID_DONE, true},
	{"print a Z slip", look_up_slip, print_slip, SAID_DONE, true},
	{"look at a Z slip", take_slip, look_at_paper, SAID_DONE, true},
	{"look at a receipt", take_receipt, look_at_paper, SAID_DONE, true},
	{"take a receipt", take_receipt, take_paper, SAID_DONE, true},
	{"the head of the journal", NULL, head, SAID_DONE, false},
	{"verify the journal", NULL, verify, SAID_DONE, false},
	{"check everything", NULL, check, SAID_DONE, false},
	{"check the book", NULL, check_at_shift, SAID_DONE, false},
	{"open", make_copy, open_copy, SAID_DONE, false},
	{"init", no_copy, init, SAID_DONE, false},
	{"export the journal", no_copy, journal_out, SAID_DONE, false},
	{"export keys", no_copy, keys_out, SAID_DONE, false},
	{"export the roster", no_copy, roster_out, SAID_DONE, false},
	{"back up", no_copy, backup_out, SAID_DONE, false},
	{"restore", make_backup, backup_in, SAID_DONE, true},
	{"look at a list", write_list, look_at_list, SAID_DONE, false},
	{"take a list", write_list, list_in, SAID_DONE, false},
};
const int bookasks_count = COUNT_OF(bookasks);
