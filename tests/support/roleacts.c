#include "support/roleacts.h"

#include "support/unit.h"

#include <stdio.h>

#include "db/assigns.h"
#include "db/backup.h"
#include "db/elsewhere.h"
#include "db/export.h"
#include "db/proof.h"
#include "db/slips.h"
#include "db/units.h"
#include "support/tmpdir.h"

static const struct notes some = {.pieces = {2}};

static enum verdict open_shift(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct shift shift;

	return shifts_open(b->db, s, &some, &shift, why, err);
}

static enum verdict top_up(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct shift shift;

	return shifts_top_up(b->db, s, &some, &shift, why, err);
}

static enum verdict drop(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct shift shift;

	return shifts_drop(b->db, s, &some, &shift, why, err);
}

static enum verdict close_shift(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct shift_slip slip;

	return shifts_close(b->db, s, &some, SHIFT_REASON_UNKNOWN, &b->tuan,
		&slip, why, err);
}

static enum verdict pay(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct pay_request r = {.person = ROLEACTS_PERSON, .payee = PAYEE_SELF};
	struct payout out;

	payouts_uid(r.uid);
	return payouts_pay(b->db, s, &r, &out, why, err);
}

static enum verdict handed(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct payout out;

	return payouts_handed(b->db, s, b->payout, &out, why, err);
}

static enum verdict not_handed(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct payout out;

	return payouts_not_handed(b->db, s, b->payout, &b->tuan, &out, why,
		err);
}

static enum verdict take_back(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	const struct void_request r = {.seq = b->payout,
		.reason = VOID_RECEIPT_LOST,
		.by = &b->tuan};
	struct payout out;

	return payouts_void(b->db, s, &r, &out, why, err);
}

static enum verdict recovered(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct payout out;

	return payouts_recover(b->db, s, true, NULL, &out, why, err);
}

static enum verdict reprint(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	int copy;

	return payouts_reprint(b->db, s, b->payout, 1, &copy, why, err);
}

static enum verdict slip(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	int copy;

	return slips_print_begin(b->db, s, 1, &copy, why, err);
}

static enum verdict absent(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return payouts_not_paid(b->db, s, ROLEACTS_PERSON, NOT_PAID_ABSENT,
		(struct date){0}, why, err);
}

static enum verdict not_absent(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return payouts_not_paid(b->db, s, ROLEACTS_PERSON, NOT_PAID_NONE,
		(struct date){0}, why, err);
}

static enum verdict take_out(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct export_done done;
	char path[512];
	char name[32];

	snprintf(name, sizeof(name), "out-%d", (int)s->user.number);
	return export_keys(b->db, s,
		tmpdir_path(b->dir, name, path, sizeof(path)), &done, why, err);
}

static enum verdict back_up(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct export_done done;
	char path[512];

	return backup_write(b->db, s,
		tmpdir_path(b->dir, "backup", path, sizeof(path)), &done, why,
		err);
}

static enum verdict retire(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return proof_retire(b->db, s, RETIRE_OTHER, why, err);
}

static enum verdict add(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	const struct user_new mai = {33, "Mai", ROLE_AGENT, "583920"};

	return users_add(b->db, s, &mai, why, err);
}

static enum verdict unlock(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return users_unlock(b->db, s, 8, why, err);
}

static enum verdict revoke(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	return users_revoke(b->db, s, 5, why, err);
}

static enum verdict terminal_out(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	static const uint8_t dev[MARKS_DEV_SIZE] = {1};

	return elsewhere_drop(b->db, s, dev, PEER_REPLACED, why, err);
}

static enum verdict assign(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	const struct assign_ask ask = {.list = 1,
		.user = 7,
		.unit = "",
		.hamlet = "Thôn 3"};
	int64_t people;

	return assigns_put(b->db, s, &ask, &people, why, err);
}

static enum verdict name_units(struct bookstore *b, const struct session *s,
	struct refusal *why, struct err *err)
{
	struct unit_row row = {.unit = {"BC1", "Bưu cục 1", UNIT_OFFICE, ""}};
	struct units_result result;

	return units_import(b->db, s, &row, 1, false, &result, why, err);
}

enum {
	A = 1 << ROLE_AGENT,
	C = 1 << ROLE_STAFF,
	S = 1 << ROLE_SUPERVISOR
};

const struct roleact roleacts[] = {
	{"open a shift", open_shift, A},
	{"top up", top_up, A},
	{"drop to the safe", drop, A},
	{"close the shift of another", close_shift, A},
	{"pay", pay, A},
	{"say that it was handed over", handed, A},
	{"say that it was not", not_handed, A},
	{"take money back", take_back, A},
	{"answer after a crash", recovered, A},
	{"print a copy", reprint, A | S},
	{"print a Z slip again", slip, A | S},
	{"note a reason not to pay", absent, A | C | S},
	{"take the reason back", not_absent, S},
	{"take the keys out", take_out, A | S},
	{"back up", back_up, S},
	{"end the book", retire, S},
	{"add a user", add, S},
	{"unlock a user", unlock, S},
	{"revoke a user", revoke, S},
	{"assign people", assign, S},
	{"take a terminal out", terminal_out, S},
	{"name units", name_units, S},
};
const int roleacts_count = COUNT_OF(roleacts);

void roleacts_store(struct bookstore *b)
{
	bookstore_make(b);
	bookstore_due(b, ROLEACTS_PERSON, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
		false);
}

int64_t roleacts_records(struct bookstore *b)
{
	return bookstore_number(b, "SELECT max(seq) FROM journal");
}
