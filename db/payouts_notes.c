/*
 * payouts_notes.c - the drawer by banknote, and which of them to give.
 *
 * Read from the records of the open shift, not from a table of its own, so
 * that nothing can disagree with the book; what was read is kept in memory
 * with the handle, and only newer records are read the next time.
 */
#include "db/payouts.h"

#include <string.h>

#include "db/db_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	OPENED,
	AFTER,
	COUNT
};

static const char *const sql[COUNT] = {
	[OPENED] = "SELECT number, open_seq FROM shift"
		   " WHERE close_seq IS NULL /* scan */",
	/* In brackets: clang warns of long strings joined in a table. */
	[AFTER] = ("SELECT seq, body FROM journal WHERE seq > :seq"
		   " AND seq < :end ORDER BY seq"),
};

const struct stmt_set payouts_notes_stmts = {"payouts_notes", sql, COUNT};

static void hand_over(struct drawer_notes *d, const struct record *r)
{
	const bool told = (r->has & RECORD_HAS(KEY_CNT)) != 0;

	if (d->paying.seq != r->ref)
		return;
	if (told && !notes_none(&r->notes))
		notes_take(&d->stock, &r->notes);
	else if (!told && d->paying.told)
		notes_take(&d->stock, &d->paying.notes);
	else
		notes_take_unsaid(&d->stock, d->paying.amount);
	d->paying.seq = 0;
}

static void count_in(struct drawer_notes *d, const struct record *r)
{
	switch (r->kind) {
	case JOURNAL_FLOAT_IN:
		notes_put(&d->stock, &r->notes);
		break;
	case JOURNAL_FLOAT_OUT:
		notes_take(&d->stock, &r->notes);
		break;
	case JOURNAL_PAY:
		d->paying.seq = r->seq;
		d->paying.amount = (int64_t)r->amount;
		d->paying.told = (r->has & RECORD_HAS(KEY_CNT)) != 0;
		d->paying.notes = r->notes;
		break;
	case JOURNAL_HANDED:
		hand_over(d, r);
		break;
	case JOURNAL_VOID_RETURNED:
		notes_put_unsaid(&d->stock, (int64_t)r->amount);
		break;
	}
}

/* The records since the last one that was counted in, before end. */
static bool catch_up(struct db *db, struct drawer_notes *d, uint64_t end,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_notes_stmts, AFTER);
	const char *finding = "";
	struct record r;
	enum lookup got;

	stmt_int(st, ":seq", (sqlite3_int64)d->seq);
	stmt_int(st, ":end", (sqlite3_int64)end);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const int len = sqlite3_column_bytes(st, 1);

		if (!record_decode(sqlite3_column_blob(st, 1), (size_t)len, &r,
			    &finding)) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0, "%s", finding);
		}
		count_in(d, &r);
		d->seq = (uint64_t)sqlite3_column_int64(st, 0);
	}
	return got == LOOKUP_ABSENT;
}

enum lookup payouts_stock(struct db *db, struct notes_stock *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_notes_stmts, OPENED);
	struct drawer_notes d = db->drawer;
	const enum lookup got = stmt_row(db, st, err);
	int64_t number;
	uint64_t opened;

	*out = (struct notes_stock){.estimate = false};
	if (got != LOOKUP_FOUND)
		return got;
	number = sqlite3_column_int64(st, 0);
	opened = (uint64_t)sqlite3_column_int64(st, 1);
	stmt_done(st);
	if (d.shift != number)
		d = (struct drawer_notes){.shift = number, .seq = opened};
	if (!catch_up(db, &d, INT64_MAX, err))
		return LOOKUP_FAILED;
	*out = d.stock;
	/* What a transaction has not committed yet is not remembered. */
	if (db->depth == 0)
		db->drawer = d;
	return LOOKUP_FOUND;
}

bool payouts_stock_between(struct db *db, uint64_t opened, uint64_t closed,
	struct notes_stock *out, struct err *err)
{
	struct drawer_notes d = {.seq = opened};
	const bool ok = catch_up(db, &d, closed, err);

	*out = d.stock;
	return ok;
}

/* He himself does not wait any more. */
static void without_him(struct notes_queue *q, int64_t amount)
{
	for (int i = 0; i < q->rows; i++)
		if (q->row[i].amount == amount && q->row[i].people > 0) {
			q->row[i].people--;
			return;
		}
}

bool payouts_advise(struct db *db, int64_t amount, struct notes_advice *out,
	struct err *err)
{
	struct notes_queue queue;
	struct notes_stock stock;
	const enum lookup got = payouts_stock(db, &stock, err);

	*out = (struct notes_advice){.exact = false};
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	if (!people_queue(db, &queue, err))
		return false;
	without_him(&queue, amount);
	notes_suggest(&stock.there, amount, &queue, out);
	out->estimate = stock.estimate;
	return true;
}
