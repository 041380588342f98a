/* journal_read.c - reading the book, and reading back what was written. */
#include <string.h>

#include "db/chain_internal.h"
#include "db/epoch_internal.h"
#include "db/journal_internal.h"
#include "db/outbox.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	STATE,
	ROW,
	COUNT
};

static const char *const sql[COUNT] = {
	[STATE] = "SELECT last_seq, head, acked_seq, tot, shift, epoch"
		  " FROM state WHERE one = 1",
	[ROW] = "SELECT body, h, sig, rsig FROM journal WHERE seq = :seq",
};

const struct stmt_set journal_read_stmts = {"journal_read", sql, COUNT};

enum lookup journal_row(struct db *db, uint64_t seq, struct journal_row *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &journal_read_stmts, ROW);
	enum lookup got;
	size_t len;

	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	*out = (struct journal_row){.seq = seq};
	len = (size_t)sqlite3_column_bytes(st, 0);
	if (len <= sizeof(out->body) &&
		stmt_column_blob(st, 0, out->body, len) &&
		stmt_column_blob(st, 1, out->h, sizeof(out->h)) &&
		stmt_column_blob(st, 2, out->sig, sizeof(out->sig))) {
		out->len = len;
		out->has_rsig =
			stmt_column_blob(st, 3, out->rsig, sizeof(out->rsig));
	} else {
		err_set(err, ERR_CORRUPT, 0, "record %llu has a wrong size",
			(unsigned long long)seq);
		got = LOOKUP_FAILED;
	}
	stmt_done(st);
	return got;
}

enum lookup journal_head_if_any(struct db *db, struct journal_head *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &journal_read_stmts, STATE);
	uint8_t tot[TOTALS_BYTES];
	enum lookup got = stmt_row(db, st, err);

	*out = (struct journal_head){0};
	if (got != LOOKUP_FOUND)
		return got;
	out->last_seq = (uint64_t)sqlite3_column_int64(st, 0);
	out->acked_seq = (uint64_t)sqlite3_column_int64(st, 2);
	out->shift = (uint64_t)sqlite3_column_int64(st, 4);
	out->epoch = (uint64_t)sqlite3_column_int64(st, 5);
	if (stmt_column_blob(st, 1, out->head, sizeof(out->head)) &&
		stmt_column_blob(st, 3, tot, sizeof(tot))) {
		totals_unpack(tot, &out->totals);
	} else {
		err_set(err, ERR_CORRUPT, 0, "table state has a wrong size");
		got = LOOKUP_FAILED;
	}
	stmt_done(st);
	return got;
}

bool journal_head(struct db *db, struct journal_head *out, struct err *err)
{
	const enum lookup got = journal_head_if_any(db, out, err);

	if (got == LOOKUP_ABSENT)
		err_set(err, ERR_CORRUPT, 0, "the book has no beginning");
	return got == LOOKUP_FOUND;
}

static bool is_as_signed(struct db *db, const struct journal_row *row,
	const struct journal_row *before, struct err *err)
{
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t h[CRYPTO_HASH_SIZE];
	struct record r;
	const char *finding;

	if (!epoch_public_for(db, row->seq, public, err))
		return false;
	chain_next(before->h, row->body, row->len, h);
	if (!record_decode(row->body, row->len, &r, &finding))
		return err_set(err, ERR_CORRUPT, 0, "%s", finding);
	if (r.seq != row->seq || memcmp(h, row->h, sizeof(h)) != 0 ||
		!chain_verify(h, public, row->sig))
		return err_set(err, ERR_CORRUPT, 0,
			"its hash or signature is not that of its body");
	/* The receipt's signature was made of the same bytes a moment ago;
	 * that it is there is enough until db_check(). */
	if (r.kind == JOURNAL_PAY && !row->has_rsig)
		return err_set(err, ERR_CORRUPT, 0,
			"its receipt's signature is missing");
	return true;
}

bool journal_check_back(struct db *db, uint64_t seq, struct err *err)
{
	struct journal_row before;
	struct journal_row row;
	enum lookup got;

	got = journal_row(db, seq - 1, &before, err);
	if (got == LOOKUP_FOUND)
		got = journal_row(db, seq, &row, err);
	if (got == LOOKUP_ABSENT)
		err_set(err, ERR_CORRUPT, 0, "it is not there");
	if (got == LOOKUP_FOUND && is_as_signed(db, &row, &before, err))
		return true;
	return err_wrap(err, "record %llu read back", (unsigned long long)seq);
}

bool journal_counts(struct db *db, struct journal_counts *out, struct err *err)
{
	struct outbox_state state;

	if (!outbox_state(db, &state, err))
		return false;
	*out = (struct journal_counts){.made = state.made,
		.sent = state.sent,
		.acked = state.acked,
		.contact_at = state.contact_at,
		.joined = state.joined,
		.waiting = state.waiting};
	return true;
}
