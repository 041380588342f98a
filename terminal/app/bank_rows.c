/* bank_rows.c - whose accounts a message to a bank is about. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "db/accounts.h"
#include "db/cycle.h"
#include "terminal/app/export_bank.h"

enum {
	FIRST_ROOM = 64,
	END_TO_END_BYTES = 12
};

bool bank_rows_add(struct bank_rows *rows, const struct bank_row *row,
	struct err *err)
{
	const size_t room = rows->room ? 2 * rows->room : FIRST_ROOM;
	struct bank_row *more;

	if (rows->count == rows->room) {
		more = realloc(rows->at, room * sizeof(*more));
		if (!more)
			return err_set(err, ERR_NO_MEMORY, 0,
				"no memory for the accounts");
		rows->at = more;
		rows->room = room;
	}
	rows->at[rows->count++] = *row;
	rows->sum += row->amount;
	return true;
}

void bank_rows_free(struct bank_rows *rows)
{
	if (rows->at)
		crypto_wipe(rows->at, rows->room * sizeof(*rows->at));
	free(rows->at);
	*rows = (struct bank_rows){.count = 0};
}

/* What goes through the whole store. */
struct walk {
	struct db *db;
	struct bank_rows *out;
	int32_t period;
	bool ok;
	struct err *err;
};

/* ---- to be checked ---------------------------------------------------------- */

static bool check_of(struct walk *w, const struct account_held *a,
	struct bank_row *out)
{
	const bool own = a->whose == PAYEE_SELF;
	struct person_due due;

	if (people_get(w->db, a->person, &due, w->err) != LOOKUP_FOUND)
		return false;
	*out = (struct bank_row){.seq = a->seq, .account = a->account};
	iso20022_id(db_info(w->db)->dev_hex, a->seq, 0, out->id);
	str_copy(out->holder, sizeof(out->holder), a->holder);
	str_copy(out->name, sizeof(out->name),
		own ? due.person.name : a->owner);
	str_copy(out->owner_id, sizeof(out->owner_id),
		own ? due.person.id12 : a->owner_id);
	return true;
}

static bool add_check(void *ctx, const struct account_held *a)
{
	struct walk *w = ctx;
	struct bank_row row;
	bool may;

	w->ok = accounts_may_send(w->db, a, &may, w->err);
	if (!w->ok)
		return false;
	if (!may) {
		w->out->skipped++;
		return true;
	}
	w->ok = check_of(w, a, &row) && bank_rows_add(w->out, &row, w->err);
	return w->ok;
}

/* By bank, and there as they were taken down. */
static int by_bank(const void *a, const void *b)
{
	const struct bank_row *x = a;
	const struct bank_row *y = b;
	const int order = strcmp(x->account.bin, y->account.bin);

	return order ? order : (x->seq > y->seq) - (x->seq < y->seq);
}

bool bank_rows_checks(struct db *db, struct bank_rows *out, struct err *err)
{
	struct walk w = {.db = db, .out = out, .ok = true, .err = err};

	if (!accounts_each(db, add_check, &w, err) || !w.ok)
		return false;
	if (out->count > 0)
		qsort(out->at, out->count, sizeof(*out->at), by_bank);
	return true;
}

/* ---- to be paid ------------------------------------------------------------- */

/*
 * The same payment has the same name, whenever and wherever it is written, so
 * that a bank sees it come twice: of month, unit and code, and nobody is read
 * out of it.
 */
static void name_payment(const struct person *p, int32_t period,
	char out[ISO20022_ID_SIZE])
{
	struct crypto_hash h;
	uint8_t hash[CRYPTO_HASH_SIZE];
	char hex[2 * END_TO_END_BYTES + 1];
	char month[16];

	snprintf(month, sizeof(month), "%06d", (int)period);
	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTRPAY1", 8);
	crypto_hash_add(&h, month, strlen(month) + 1);
	crypto_hash_add(&h, p->unit_code, strlen(p->unit_code) + 1);
	crypto_hash_add(&h, p->beneficiary_id, strlen(p->beneficiary_id) + 1);
	crypto_hash_end(&h, hash);
	str_to_hex(hash, END_TO_END_BYTES, hex);
	snprintf(out, ISO20022_ID_SIZE, "%.6s-%s", month, hex);
}

/* The account that was taken down here and verified; ABSENT: none was. */
static enum lookup verified_here(struct walk *w, int64_t person,
	struct bank_row *out)
{
	struct account_held a;
	const enum lookup got = accounts_of(w->db, person, &a, w->err);

	if (got != LOOKUP_FOUND)
		return got;
	if (a.standing != ACCOUNT_STANDS_VERIFIED)
		return LOOKUP_ABSENT;
	out->account = a.account;
	str_copy(out->name, sizeof(out->name), a.holder);
	return LOOKUP_FOUND;
}

/* That of the list, unless its bank has said no. */
static enum lookup on_list(const struct person *p, struct bank_row *out)
{
	const bool no = p->account_state != ACCOUNT_NOT_ASKED &&
			p->account_state != ACCOUNT_VERIFIED;

	if (no || !p->list_account[0] ||
		account_check(p->list_bin, p->list_account, &out->account) !=
			ACCOUNT_FINE)
		return LOOKUP_ABSENT;
	str_copy(out->name, sizeof(out->name), p->name);
	return LOOKUP_FOUND;
}

/* Who said that the account pays, says which: a supervisor or the list. */
static enum lookup account_of(struct walk *w, const struct person *p,
	struct bank_row *out)
{
	struct account_method method;
	enum lookup got;

	if (!accounts_method(w->db, p->id, &method, w->err))
		return LOOKUP_FAILED;
	if (method.seq > 0)
		return verified_here(w, p->id, out);
	got = on_list(p, out);
	return got == LOOKUP_ABSENT ? verified_here(w, p->id, out) : got;
}

static bool add_payment(void *ctx, const struct cycle_person *p)
{
	struct walk *w = ctx;
	struct bank_row row = {.amount = p->by_account};

	if (p->by_account <= 0)
		return true;
	switch (account_of(w, &p->person, &row)) {
	case LOOKUP_FAILED:
		w->ok = false;
		return false;
	case LOOKUP_ABSENT:
		w->out->skipped++;
		return true;
	case LOOKUP_FOUND:
		break;
	}
	name_payment(&p->person, w->period, row.id);
	w->ok = bank_rows_add(w->out, &row, w->err);
	return w->ok;
}

bool bank_rows_payments(struct db *db, int32_t period, const char *unit,
	struct bank_rows *out, struct err *err)
{
	struct walk w = {.db = db,
		.out = out,
		.period = period,
		.ok = true,
		.err = err};

	return cycle_people(db, period, unit, add_payment, &w, err) && w.ok;
}
