#include "db/people.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/accounts_internal.h"
#include "db/db_internal.h"
#include "db/payouts.h"
#include "db/people_internal.h"
#include "db/rounds_internal.h"
#include "db/sealed_internal.h"
#include "db/side_internal.h"
#include "db/stmt.h"

/* Paid here, and not voided since. */
#define JOIN_PAID " LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"
/* Cash that is still to be handed over. */
#define IS_OPEN "(x.seq IS NULL AND " PEOPLE_BY_ACCOUNT " = 0)"

enum {
	PERSON,
	ITEMS,
	LAST_PAID,
	IDS_OF_ID12,
	IDS_OF_OLD_ID,
	EACH,
	COUNT
};

/*
 * PERSON: a reason not to pay counts until a newer list has the person
 * again, except for death.
 * ITEMS: all that is open, and everything of the newest list. Money that a
 * later list carried over is there under that list's name only.
 */
static const char *const sql[COUNT] = {
	[PERSON] = "SELECT p.id, p.unit_code, p.sealed,"
		   " (SELECT n.reason FROM not_paid n WHERE n.person = p.id"
		   "  AND (n.reason = :died OR n.seq > coalesce(l.seq, 0)))"
		   " FROM person p LEFT JOIN list l ON l.id = p.list"
		   " WHERE p.id = :id",
	[ITEMS] = "SELECT e.ent, e.period, e.list_period, e.what, e.amount,"
		  " e.months, " PEOPLE_BY_ACCOUNT
		  ", coalesce(x.seq, 0), " PEOPLE_STOPPED
		  ", coalesce(w.seq, 0), " PEOPLE_AWAY
		  " FROM entitlement e" JOIN_PAID
		  " LEFT JOIN paid_elsewhere w ON w.ent = e.ent"
		  " WHERE e.person = :id AND e.carried_by IS NULL"
		  " AND (" IS_OPEN " OR e.list_period ="
		  "  (SELECT max(list_period) FROM entitlement"
		  "   WHERE person = :id))"
		  " ORDER BY e.list_period, e.what",
	[LAST_PAID] = "SELECT coalesce(max(seq), 0) FROM payout"
		      " WHERE person = :id AND state < 4",
	[IDS_OF_ID12] = "SELECT id FROM person WHERE id12 = :blind"
			" ORDER BY period DESC, id",
	[EACH] = "SELECT id, unit_code, sealed, 0 FROM person"
		 " WHERE sealed IS NOT NULL ORDER BY id /* scan */",
	[IDS_OF_OLD_ID] = "SELECT id FROM person WHERE old_id = :blind"
			  " ORDER BY period DESC, id",
};

const struct stmt_set people_stmts = {"people", sql, COUNT};

enum {
	MAX_SAME_ID = 8 /* units that know one person */
};

struct date people_birth(int64_t yyyymmdd)
{
	return (struct date){.year = (int16_t)(yyyymmdd / 10000),
		.month = (int8_t)(yyyymmdd / 100 % 100),
		.day = (int8_t)(yyyymmdd % 100)};
}

static void copy(char *out, size_t size, const struct sealed *s,
	enum sealed_person which)
{
	str_copy(out, size, s->text[which]);
}

static void fill_person(const struct sealed *s, struct person *out)
{
	copy(out->beneficiary_id, sizeof(out->beneficiary_id), s, SEALED_CODE);
	copy(out->id12, sizeof(out->id12), s, SEALED_ID12);
	copy(out->old_id, sizeof(out->old_id), s, SEALED_OLD_ID);
	copy(out->name, sizeof(out->name), s, SEALED_NAME);
	out->birth = people_birth(s->birth);
	out->sex = (enum sex)s->sex;
	copy(out->address, sizeof(out->address), s, SEALED_ADDRESS);
	copy(out->group, sizeof(out->group), s, SEALED_GROUP);
	copy(out->list_no, sizeof(out->list_no), s, SEALED_LIST_NO);
	out->seq = s->seq;
	out->payee = (enum paylist_payee)s->payee;
	copy(out->payee_name, sizeof(out->payee_name), s, SEALED_PAYEE_NAME);
	copy(out->payee_id, sizeof(out->payee_id), s, SEALED_PAYEE_ID);
	copy(out->list_bin, sizeof(out->list_bin), s, SEALED_ACCOUNT_BIN);
	copy(out->list_account, sizeof(out->list_account), s,
		SEALED_ACCOUNT_NO);
}

static bool read_person(struct db *db, sqlite3_stmt *st, struct person *out,
	struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;
	bool ok;

	out->id = sqlite3_column_int64(st, 0);
	stmt_column_text(st, 1, out->unit_code, sizeof(out->unit_code));
	out->not_paid_reason = sqlite3_column_int(st, 3);
	ok = sealed_read(db, st, 2, DATAKEY_PERSON, out->id, plain, &s, err);
	if (ok) {
		fill_person(&s, out);
	}
	crypto_wipe(plain, sizeof(plain));
	return ok;
}

static bool read_item(sqlite3_stmt *st, struct due_item *out)
{
	out->period = sqlite3_column_int(st, 1);
	out->list_period = sqlite3_column_int(st, 2);
	out->what = (enum ent_what)sqlite3_column_int(st, 3);
	out->amount = sqlite3_column_int64(st, 4);
	stmt_column_text(st, 5, out->months, sizeof(out->months));
	out->by_account = sqlite3_column_int(st, 6) != 0;
	out->paid_seq = (uint64_t)sqlite3_column_int64(st, 7);
	out->stopped = sqlite3_column_int(st, 8);
	out->elsewhere = (uint64_t)sqlite3_column_int64(st, 9);
	out->away = (uint64_t)sqlite3_column_int64(st, 10);
	return stmt_column_blob(st, 0, out->ent, sizeof(out->ent));
}

/* The newest list first, as people read it. */
static int by_list_and_kind(const void *a, const void *b)
{
	const struct due_item *x = a;
	const struct due_item *y = b;

	if (x->list_period != y->list_period)
		return x->list_period < y->list_period ? 1 : -1;
	return (int)x->what - (int)y->what;
}

/* Is it cash that the counter may hand over? */
static bool is_payable(const struct due_item *it)
{
	return !it->paid_seq && !it->by_account && !it->stopped && !it->away;
}

static void add_up(struct person_due *out)
{
	qsort(out->item, (size_t)out->items, sizeof(out->item[0]),
		by_list_and_kind);
	for (int i = 0; i < out->items; i++) {
		const struct due_item *it = &out->item[i];

		if (it->paid_seq)
			out->paid += it->amount;
		else if (is_payable(it))
			out->due += it->amount;
	}
}

/* Where the next goes: what is payable takes the place of what is not. */
static struct due_item *place(struct person_due *out, bool payable)
{
	if (out->items < PEOPLE_MAX_ITEMS)
		return &out->item[out->items++];
	for (int i = 0; payable && i < PEOPLE_MAX_ITEMS; i++)
		if (!is_payable(&out->item[i]))
			return &out->item[i];
	return NULL;
}

static bool read_items(struct db *db, int64_t id, struct person_due *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &people_stmts, ITEMS);
	enum lookup got;

	stmt_int(st, ":id", id);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		struct due_item item;
		struct due_item *to;

		if (!read_item(st, &item)) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"an entitlement has no name");
		}
		to = place(out, is_payable(&item));
		if (to)
			*to = item;
	}
	return got == LOOKUP_ABSENT;
}

static bool read_last_paid(struct db *db, int64_t id, uint64_t *seq,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &people_stmts, LAST_PAID);

	stmt_int(st, ":id", id);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*seq = (uint64_t)sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

/* Nothing is left to pay him, since he left: that is why. */
static void mark_left(struct person_due *out)
{
	struct person *p = &out->person;

	for (int i = 0; i < out->items && out->due == 0; i++)
		if (out->item[i].stopped && !out->item[i].paid_seq &&
			p->not_paid_reason == NOT_PAID_NONE)
			p->not_paid_reason = out->item[i].stopped;
}

static bool read_account(struct db *db, struct person_due *out, struct err *err)
{
	struct account_method method;

	if (!accounts_method(db, out->person.id, &method, err) ||
		!accounts_read(db, out, err))
		return false;
	out->account.pays_from = method.pays_from;
	out->account.cash_from = method.cash_from;
	out->account.back = (int)method.back;
	return true;
}

enum lookup people_get(struct db *db, int64_t id, struct person_due *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &people_stmts, PERSON);
	enum lookup got;
	bool ok;

	stmt_int(st, ":id", id);
	stmt_int(st, ":died", NOT_PAID_DIED);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	*out = (struct person_due){.items = 0};
	ok = read_person(db, st, &out->person, err);
	stmt_done(st);
	if (!ok || !read_items(db, id, out, err) ||
		!changes_read(db, out, err) ||
		!answers_read(db, &out->person, out->person.list_bin,
			out->person.list_account, err) ||
		!read_last_paid(db, id, &out->last_seq, err))
		return LOOKUP_FAILED;
	add_up(out);
	mark_left(out);
	return read_account(db, out, err) ? LOOKUP_FOUND : LOOKUP_FAILED;
}

bool people_each(struct db *db, bool (*each)(void *ctx, const struct person *p),
	void *ctx, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &people_stmts, EACH);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;
	bool more = true;

	while (ok && more && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		struct person p = {.id = 0};

		ok = read_person(db, st, &p, err);
		more = ok && each(ctx, &p);
	}
	stmt_done(st);
	return ok && got != LOOKUP_FAILED;
}

/*
 * Ids of a number, newest list first; -1: *err. Two numbers with one blind
 * are not to be expected in any store that will ever be, but money hangs on
 * it: whoever opens a person compares.
 */
static int ids_of(struct db *db, int index, const char *number,
	int64_t id[MAX_SAME_ID], struct err *err)
{
	sqlite3_stmt *st;
	enum lookup got;
	int n = 0;

	if (!datakey_needed(db, err))
		return -1;
	st = stmt_get(db, &people_stmts, index);
	stmt_int(st, ":blind",
		datakey_blind(db,
			index == IDS_OF_ID12 ? DATAKEY_ID12 : DATAKEY_OLD_ID,
			number));
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		id[n++] = sqlite3_column_int64(st, 0);
		if (n == MAX_SAME_ID) {
			stmt_done(st);
			return n;
		}
	}
	return got == LOOKUP_FAILED ? -1 : n;
}

enum lookup people_by_id12(struct db *db, const char *id12,
	struct person_due *out, struct err *err)
{
	int64_t id[MAX_SAME_ID];
	int n;

	if (!personid_is_id12(id12))
		return LOOKUP_ABSENT;
	n = ids_of(db, IDS_OF_ID12, id12, id, err);
	if (n < 0)
		return LOOKUP_FAILED;
	for (int i = 0; i < n; i++) {
		if (people_get(db, id[i], out, err) != LOOKUP_FOUND)
			return LOOKUP_FAILED;
		if (strcmp(out->person.id12, id12) != 0) {
			err_set(err, ERR_CORRUPT, 0,
				"person %lld has another number than its blind",
				(long long)id[i]);
			return LOOKUP_FAILED;
		}
		if (out->due > 0)
			return LOOKUP_FOUND;
	}
	if (n == 0)
		return LOOKUP_ABSENT;
	return n == 1 ? LOOKUP_FOUND : people_get(db, id[0], out, err);
}

enum lookup people_by_card(struct db *db, const struct idcard *card,
	struct person_due *out, struct err *err)
{
	int64_t id[MAX_SAME_ID];
	enum lookup got;
	int n;

	if (card->outcome == CARD_REJECT)
		return LOOKUP_ABSENT;
	got = people_by_id12(db, card->id12, out, err);
	if (got != LOOKUP_ABSENT || !personid_is_old(card->old_id))
		return got;
	n = ids_of(db, IDS_OF_OLD_ID, card->old_id, id, err);
	if (n < 0)
		return LOOKUP_FAILED;
	if (n != 1)
		return LOOKUP_ABSENT;
	got = people_get(db, id[0], out, err);
	if (got == LOOKUP_FOUND &&
		strcmp(out->person.old_id, card->old_id) != 0)
		got = LOOKUP_ABSENT;
	return got;
}

struct people_cache *people_cache(struct db *db, struct err *err)
{
	/* Opening anew forgets it: not while somebody works with it. */
	if (!db_ready(db, err))
		return NULL;
	if (!db->people)
		db->people = calloc(1, sizeof(*db->people));
	if (!db->people)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the people");
	return db->people;
}

void people_forget(struct db *db)
{
	if (!db->people)
		return;
	names_free(db->people->names);
	rounds_free(db->people->rounds);
	free(db->people->count.state);
	free(db->people);
	db->people = NULL;
}
