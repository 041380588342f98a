#include "db/accounts_internal.h"
#include "db/check_internal.h"

#include <string.h>

#include "core/crash.h"
#include "core/str.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/elsewhere_internal.h"
#include "db/handover_internal.h"
#include "db/limits_internal.h"
#include "db/outbox_internal.h"
#include "db/shift_check_internal.h"
#include "db/side_internal.h"
#include "db/stmt.h"
#include "db/surveys_internal.h"
#include "db/told_internal.h"
#include "db/visits_internal.h"
#include "db/walk_internal.h"

enum {
	MARK_GET,
	MARK_PUT,
	PAID,
	PAID_AND_PAYOUT,
	PAYOUTS,
	COUNT
};

static const char *const sql[COUNT] = {
	[MARK_GET] = "SELECT locked FROM mark WHERE one = 1",
	[MARK_PUT] = "INSERT INTO mark (one, locked) VALUES (1, :locked)"
		     " ON CONFLICT (one) DO UPDATE SET"
		     " locked = excluded.locked",
	[PAID] = "SELECT ent, seq, state, state FROM paid ORDER BY ent"
		 " /* scan */",
	[PAID_AND_PAYOUT] =
		"SELECT p.ent, p.seq, p.state, coalesce(o.state, 0)"
		" FROM paid AS p LEFT JOIN payout AS o ON o.seq = p.seq"
		" ORDER BY p.ent /* scan */",
	[PAYOUTS] = "SELECT count(*), coalesce(sum(state = 4), 0),"
		    " coalesce(sum(state = 1), 0),"
		    " coalesce(sum(pad <> ''), 0),"
		    " coalesce(sum((void_reason > 0) <> (state = 4)), 0)"
		    " FROM payout /* scan */",
};

const struct stmt_set check_stmts = {"check", sql, COUNT};

static const char context[] = "mark";

enum {
	/* Of stores made before a book could be frozen; they still open. */
	MARK_OLD_SIZE = 8 + 32 + 32 + 8 + 8 + 8 + TOTALS_BYTES + 32,
	MARK_SIZE = MARK_OLD_SIZE + 8 + 1,
	MARK_LOCKED_SIZE = MARK_SIZE + CRYPTO_LOCK_EXTRA
};

/* Where a walk may begin, and a digest of what was paid at that point. */
struct mark {
	struct walk at;
	uint8_t paid[CRYPTO_HASH_SIZE];
};

static void pack(const struct mark *m, uint8_t out[MARK_SIZE])
{
	uint8_t tot[TOTALS_BYTES];
	struct buf b;

	totals_pack(&m->at.tot, tot);
	buf_init(&b, out, MARK_SIZE);
	buf_be(&b, m->at.seq, 8);
	buf_put(&b, m->at.h, sizeof(m->at.h));
	buf_put(&b, m->at.key, sizeof(m->at.key));
	buf_be(&b, m->at.epoch, 8);
	buf_be(&b, m->at.shift, 8);
	buf_be(&b, m->at.t, 8);
	buf_put(&b, tot, sizeof(tot));
	buf_put(&b, m->paid, sizeof(m->paid));
	buf_be(&b, m->at.lost_tail, 8);
	buf_byte(&b, m->at.ended);
}

static uint64_t take(const uint8_t **at)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | *(*at)++;
	return v;
}

/* What an old mark does not have is zero in in. */
static void unpack(const uint8_t in[MARK_SIZE], struct mark *m)
{
	const uint8_t *at = in;

	m->at.seq = take(&at);
	memcpy(m->at.h, at, sizeof(m->at.h));
	at += sizeof(m->at.h);
	memcpy(m->at.key, at, sizeof(m->at.key));
	at += sizeof(m->at.key);
	m->at.epoch = take(&at);
	m->at.shift = take(&at);
	m->at.t = take(&at);
	totals_unpack(at, &m->at.tot);
	at += TOTALS_BYTES;
	memcpy(m->paid, at, sizeof(m->paid));
	at += sizeof(m->paid);
	m->at.lost_tail = take(&at);
	m->at.ended = *at != 0;
	m->at.bracket = WALK_SHIFT_UNKNOWN;
}

/* A store that was just made has none: everything is walked. */
static bool mark_get(struct db *db, struct mark *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &check_stmts, MARK_GET);
	uint8_t locked[MARK_LOCKED_SIZE];
	uint8_t plain[MARK_SIZE] = {0};
	const enum lookup got = stmt_row(db, st, err);
	size_t len;
	bool ok;

	walk_from_start(&out->at, db);
	crypto_sha256("", 0, out->paid);
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	len = (size_t)sqlite3_column_bytes(st, 0);
	ok = (len == sizeof(locked) ||
		     len == MARK_OLD_SIZE + CRYPTO_LOCK_EXTRA) &&
	     stmt_column_blob(st, 0, locked, len) &&
	     crypto_unlock(locked, len, context, db->secret, plain);
	stmt_done(st);
	if (!ok)
		return err_set(err, ERR_CORRUPT, 0,
			"the mark of what was verified is forged");
	unpack(plain, out);
	return true;
}

static bool mark_write(struct db *db, const struct mark *m, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &check_stmts, MARK_PUT);
	uint8_t locked[MARK_LOCKED_SIZE];
	uint8_t plain[MARK_SIZE];

	pack(m, plain);
	crypto_lock(plain, sizeof(plain), context, db->secret, locked);
	stmt_blob(st, ":locked", locked, sizeof(locked));
	return stmt_run(db, st, err);
}

/* Two digests over the live rows of paid, in the order of their ids. */
struct paid_scan {
	struct crypto_hash before; /* as it was where the walk began */
	struct crypto_hash now;
	size_t touched; /* rows that the walk came upon */
	const char *finding;
};

static void add_live(struct crypto_hash *h, const uint8_t *ent, uint64_t seq)
{
	uint8_t row[ENT_SIZE + 8];
	struct buf b;

	buf_init(&b, row, sizeof(row));
	buf_put(&b, ent, ENT_SIZE);
	buf_be(&b, seq, 8);
	crypto_hash_add(h, row, sizeof(row));
}

static void scan_row(struct paid_scan *scan, const struct ents *ents,
	const uint8_t *ent, uint64_t seq, int state)
{
	const struct ent_fate *f = ents_get(ents, ent);

	if (state != PAYOUT_VOIDED)
		add_live(&scan->now, ent, seq);
	if (!f) {
		if (state != PAYOUT_VOIDED)
			add_live(&scan->before, ent, seq);
		return;
	}
	scan->touched++;
	if (f->before > 0)
		add_live(&scan->before, ent, f->before);
	if (f->seq != seq || (int)f->state != state)
		scan->finding = "table paid does not say what the journal says";
}

/* whole: the walk began at the first record, so it touched every row. */
static bool scan_paid(struct walk *w, bool whole, struct paid_scan *scan,
	struct err *err)
{
	sqlite3_stmt *st =
		stmt_get(w->db, &check_stmts, whole ? PAID_AND_PAYOUT : PAID);
	uint8_t ent[ENT_SIZE];
	size_t rows = 0;
	enum lookup got;

	*scan = (struct paid_scan){0};
	crypto_hash_start(&scan->before);
	crypto_hash_start(&scan->now);
	while ((got = stmt_row(w->db, st, err)) == LOOKUP_FOUND) {
		const int state = sqlite3_column_int(st, 2);

		rows++;
		if (stmt_column_blob(st, 0, ent, sizeof(ent)))
			scan_row(scan, &w->ents, ent,
				(uint64_t)sqlite3_column_int64(st, 1), state);
		if (sqlite3_column_int(st, 3) != state)
			scan->finding = "tables paid and payout disagree";
	}
	if (scan->touched != w->ents.used || (whole && rows != scan->touched))
		scan->finding = "table paid has rows too many or too few";
	return got != LOOKUP_FAILED;
}

/* The hash of record seq, worked out from its body and the hash before. */
static enum lookup hash_again(struct db *db, uint64_t seq,
	struct journal_row *row, uint8_t out[CRYPTO_HASH_SIZE], struct err *err)
{
	uint8_t before[CRYPTO_HASH_SIZE];
	enum lookup got = LOOKUP_FOUND;

	chain_genesis(db->info.dev, db->device_public, before);
	if (seq > 1)
		got = journal_row(db, seq - 1, row, err);
	if (got != LOOKUP_FOUND)
		return got;
	if (seq > 1)
		memcpy(before, row->h, sizeof(before));
	got = journal_row(db, seq, row, err);
	if (got == LOOKUP_FOUND)
		chain_next(before, row->body, row->len, out);
	return got;
}

/* The record of the mark must be there still, and of this device. */
static bool check_mark(struct walk *w, struct err *err)
{
	uint8_t h[CRYPTO_HASH_SIZE];
	struct journal_row row;
	struct record r;
	const char *finding;

	if (w->seq == 0)
		return true;
	switch (hash_again(w->db, w->seq, &row, h, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		w->finding = "the last record verified before is gone";
		break;
	case LOOKUP_FOUND:
		if (!record_decode(row.body, row.len, &r, &finding) ||
			memcmp(row.h, w->h, sizeof(row.h)) != 0 ||
			memcmp(h, w->h, sizeof(h)) != 0)
			w->finding = "is not as it was verified before";
		else if (memcmp(r.dev, w->db->info.dev, sizeof(r.dev)) != 0)
			w->finding = "of another device";
		break;
	}
	w->bad_seq = w->finding ? w->seq : 0;
	return true;
}

/* From the mark to the end. Fills *next with a mark for the end. */
static bool check_tail(struct db *db, struct mark *next, struct err *err)
{
	struct paid_scan scan = {0};
	uint8_t digest[CRYPTO_HASH_SIZE];
	struct walk *w = &next->at;
	bool ok;

	if (!mark_get(db, next, err))
		return false;
	ok = check_mark(w, err);
	if (ok && !w->finding)
		ok = walk_on(w, err);
	if (ok && !w->finding)
		ok = walk_compare_state(w, err);
	if (ok && !w->finding)
		ok = scan_paid(w, false, &scan, err);
	if (ok && !w->finding) {
		crypto_hash_end(&scan.before, digest);
		w->finding = scan.finding;
		if (!w->finding &&
			!crypto_equal(digest, next->paid, sizeof(digest)))
			w->finding = "table paid was altered";
		crypto_hash_end(&scan.now, next->paid);
	}
	if (ok && !w->finding)
		ok = shift_check(w, err);
	if (ok && w->finding)
		ok = err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)w->bad_seq, w->finding);
	if (ok) {
		db->lost_tail = w->lost_tail;
		db->ended = w->ended;
	}
	walk_clear(w);
	return ok;
}

bool check_at_open(struct db *db, struct err *err)
{
	struct mark next;

	return check_tail(db, &next, err);
}

bool mark_put(struct db *db, struct err *err)
{
	struct mark next;

	bool ok;

	if (!db_begin(db, err))
		return false;
	ok = check_tail(db, &next, err) && mark_write(db, &next, err);
	crash_point("mark.written");
	return db_end(db, ok, err);
}

/* Every PAY has its row, and only as many are voided or open as that. */
static bool check_payouts(struct walk *w, struct err *err)
{
	sqlite3_stmt *st = stmt_get(w->db, &check_stmts, PAYOUTS);

	if (stmt_row(w->db, st, err) != LOOKUP_FOUND)
		return false;
	if (sqlite3_column_int64(st, 0) != w->tot.payments ||
		sqlite3_column_int64(st, 1) != w->tot.voids ||
		sqlite3_column_int64(st, 2) > 1 ||
		sqlite3_column_int64(st, 3) != w->pads ||
		sqlite3_column_int64(st, 4) != 0)
		w->finding = "table payout does not say what the journal says";
	stmt_done(st);
	return true;
}

static bool check_users(struct walk *w, struct err *err)
{
	bool all;

	if (!told_check(w->db, &w->told, &all, err))
		return false;
	if (!all)
		w->finding = "table user or peer has somebody of whom no "
			     "record tells";
	return true;
}

static bool check_limits(struct walk *w, struct err *err)
{
	bool told;

	if (!limits_check(w->db, w->limits, &told, err))
		return false;
	if (!told)
		w->finding = "table limit_change is not what the records tell";
	return true;
}

static bool check_elsewhere(struct walk *w, struct err *err)
{
	bool told;

	if (!elsewhere_check(w->db, w->marks, &told, err))
		return false;
	if (!told)
		w->finding = "paid marks are not what the records tell";
	return true;
}

static bool check_moves(struct walk *w, struct err *err)
{
	bool told;

	if (!handover_check(w->db, &w->moves, &told, err))
		return false;
	if (!told)
		w->finding = "table handover is not what the records tell";
	return true;
}

static bool check_surveys(struct walk *w, struct err *err)
{
	bool told;

	if (!surveys_check(w->db, w->surveys, &told, err))
		return false;
	if (!told)
		w->finding = "table survey is not what the records tell";
	return true;
}

static bool check_acks(struct walk *w, struct err *err)
{
	bool told;

	if (!outbox_check(w->db, w->acks, w->acked, &told, err))
		return false;
	if (!told)
		w->finding = "what is acknowledged is not what the records "
			     "tell";
	return true;
}

static bool verify(struct walk *w, bool whole, struct err *err)
{
	struct paid_scan scan;

	if (!walk_on(w, err))
		return false;
	if (!w->finding && !walk_compare_state(w, err))
		return false;
	if (w->finding || !whole)
		return true;
	if (!scan_paid(w, true, &scan, err))
		return false;
	w->finding = scan.finding;
	if (!w->finding && !check_payouts(w, err))
		return false;
	if (!w->finding && !check_users(w, err))
		return false;
	if (!w->finding && !check_limits(w, err))
		return false;
	if (!w->finding && !check_elsewhere(w, err))
		return false;
	if (!w->finding && !check_moves(w, err))
		return false;
	if (!w->finding && !check_surveys(w, err))
		return false;
	if (!w->finding && !check_acks(w, err))
		return false;
	if (!w->finding && !visits_check(w->db, w->visits, &w->finding, err))
		return false;
	if (!w->finding &&
		!side_check(w->db, w->changes, w->answers, &w->finding, err))
		return false;
	if (!w->finding &&
		!accounts_check(w->db, w->accounts, w->steps, &w->finding, err))
		return false;
	return w->finding || shift_check(w, err);
}

bool check_book(struct db *db, struct err *err)
{
	struct mark mark;
	struct walk w;
	bool ok;

	if (!mark_get(db, &mark, err))
		return false;
	walk_from_start(&w, db);
	w.trusted = mark.at.seq;
	memcpy(w.trusted_h, mark.at.h, sizeof(w.trusted_h));
	ok = verify(&w, true, err);
	if (ok && w.finding)
		ok = err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)w.bad_seq, w.finding);
	walk_clear(&w);
	return ok;
}

bool journal_verify(struct db *db, uint64_t from_seq,
	struct journal_report *out, struct err *err)
{
	const bool whole = from_seq <= 1;
	enum lookup got = LOOKUP_FOUND;
	struct walk w;
	bool ok;

	*out = (struct journal_report){0};
	if (whole)
		walk_from_start(&w, db);
	else
		got = walk_from(&w, db, from_seq - 1, err);
	if (got == LOOKUP_ABSENT)
		err_set(err, ERR_INVALID, 0, "there is no record %llu",
			(unsigned long long)(from_seq - 1));
	ok = got == LOOKUP_FOUND && verify(&w, whole, err);
	out->records = w.records;
	if (ok && w.finding) {
		out->bad_seq = w.bad_seq ? w.bad_seq : w.seq;
		str_copy(out->finding, sizeof(out->finding), w.finding);
	}
	walk_clear(&w);
	return ok;
}

static bool quick_check(struct db *db, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *said = NULL;
	bool ok = false;

	if (sqlite3_prepare_v2(db->handle, "PRAGMA quick_check(1)", -1, &st,
		    NULL) == SQLITE_OK &&
		sqlite3_step(st) == SQLITE_ROW)
		said = (const char *)sqlite3_column_text(st, 0);
	if (!said)
		db_failed(db, "quick_check", err);
	else if (strcmp(said, "ok") != 0)
		err_set(err, ERR_CORRUPT, 0, "quick_check: %s", said);
	else
		ok = true;
	sqlite3_finalize(st);
	return ok;
}

bool db_check(struct db *db, struct err *err)
{
	struct journal_report report;

	if (!db_ready(db, err))
		return false;
	if (!quick_check(db, err) || !db_schema_is_ours(db, err) ||
		!journal_verify(db, 1, &report, err))
		return false;
	if (report.finding[0])
		return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)report.bad_seq, report.finding);
	return true;
}
