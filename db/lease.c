#include "db/lease.h"

#include "core/codec/checkpoint.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	NEWEST,
	COUNT
};

static const char *const sql[COUNT] = {
	[NEWEST] = ("SELECT body FROM journal"
		    " WHERE seq = (SELECT max(seq) FROM ack)"),
};

const struct stmt_set lease_stmts = {"lease", sql, COUNT};

static const int64_t day_ms = INT64_C(86400000);

/* It was checked when it was taken; the book vouches for it since. */
static bool until(const void *body, size_t len, int64_t *out, struct err *err)
{
	struct checkpoint note;
	struct record r;
	const char *finding;

	if (!body || !record_decode(body, len, &r, &finding) ||
		r.kind != JOURNAL_UPLOAD_ACK ||
		!checkpoint_read((const char *)r.ack, r.ack_len, &note) ||
		note.lease > INT64_MAX)
		return err_set(err, ERR_CORRUPT, 0,
			"table ack names no acknowledgement");
	*out = (int64_t)note.lease;
	return true;
}

bool lease_get(struct db *db, struct lease *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &lease_stmts, NEWEST);
	struct journal_clock clock;
	enum lookup got;
	bool ok = true;

	*out = (struct lease){0};
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		ok = until(sqlite3_column_blob(st, 0),
			(size_t)sqlite3_column_bytes(st, 0), &out->until, err);
		stmt_done(st);
	}
	if (got == LOOKUP_FAILED || !ok)
		return false;
	if (out->until == 0)
		return true;
	if (!journal_clock(db, &clock, err))
		return false;
	out->left = out->until - (clock.now + clock.behind);
	return true;
}

bool lease_is_over(const struct lease *l)
{
	return l->until > 0 && l->left <= 0;
}

bool lease_ends_soon(const struct lease *l)
{
	return l->until > 0 && l->left <= LEASE_WARN_DAYS * day_ms;
}
