/* regain_take.c - what came takes its place in the book: all of it, or none. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/chain.h"
#include "core/crash.h"
#include "core/str.h"
#include "db/check_internal.h"
#include "db/db_internal.h"
#include "db/identity_internal.h"
#include "db/outbox.h"
#include "db/outfile_internal.h"
#include "db/people_internal.h"
#include "db/regain_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	ACKS_FROM,
	PD_FROM,
	RECORDS_FROM,
	ACKED,
	STATE,
	SENT,
	NO_MARK,
	COUNT
};

static const char *const sql[COUNT] = {
	[ACKS_FROM] = "DELETE FROM ack WHERE seq >= :seq",
	[PD_FROM] = "DELETE FROM pd WHERE seq >= :seq",
	/* Tables that refer to records are looked through. */
	[RECORDS_FROM] = "DELETE FROM journal WHERE seq >= :seq /* scan */",
	[ACKED] = ("SELECT a.covers, j.h FROM ack a"
		   " JOIN journal j ON j.seq = a.covers"
		   " ORDER BY a.seq DESC LIMIT 1 /* scan */"),
	[STATE] = ("UPDATE state SET last_seq = :seq, head = :head,"
		   " acked_seq = :acked, acked_head = :acked_head"
		   " WHERE one = 1"),
	/* What is here now the centre has: from it. */
	[SENT] = ("UPDATE upload SET sent_seq = max(sent_seq, :seq),"
		  " trouble_at = 0, trouble = '', bad_seq = 0, bad_check = 0,"
		  " resend = -1 WHERE one = 1"),
	[NO_MARK] = "DELETE FROM mark WHERE one = 1",
};

const struct stmt_set regain_take_stmts = {"regain take", sql, COUNT};

static const char pdc_tag[] = "CHTRPDC1";

/* ---- what makes room ------------------------------------------------------------ */

static bool put_batches(struct regain *g, struct outfile *f, struct err *err)
{
	struct outbox_batch *b = malloc(sizeof(*b));
	uint64_t from = g->first;
	bool ok = b || err_set(err, ERR_NO_MEMORY, 0, "no memory");

	while (ok && from <= g->own.last_seq) {
		ok = outbox_next(g->db, from, BATCH_MAX_RECORDS, b, err) ==
			     LOOKUP_FOUND &&
		     outfile_put(f, b->bytes, b->len, err);
		from = b->to + 1;
	}
	free(b);
	return ok;
}

/* The same again: the run before was cut off behind it. */
static bool is_there(const struct err *err)
{
	return err->code == ERR_INVALID;
}

/*
 * Ours, as signed batches, in a file of the store's directory; before the
 * transaction, so that a crash leaves them twice rather than nowhere.
 */
static bool set_aside(struct regain *g, char aside[REGAIN_NAME],
	struct err *err)
{
	char path[DB_PATH_SIZE];
	char hex[2 * 4 + 1];
	struct outfile *f;
	bool ok;

	aside[0] = '\0';
	if (g->first > g->own.last_seq)
		return true;
	str_to_hex(g->own.head, 4, hex);
	snprintf(aside, REGAIN_NAME, "aside-%llu-%s.batches",
		(unsigned long long)g->first, hex);
	snprintf(path, sizeof(path), "%.500s/%s", g->db->info.dir, aside);
	f = calloc(1, sizeof(*f));
	if (!f)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	if (outfile_open(f, path, 0600, err)) {
		ok = put_batches(g, f, err) && outfile_sync(f, err) &&
		     outfile_name(f, err);
		outfile_drop(f);
	} else {
		ok = is_there(err);
		if (ok)
			*err = (struct err){0};
	}
	free(f);
	crash_point("regain.aside");
	return ok;
}

static bool run_from(struct regain *g, int statement, struct err *err)
{
	sqlite3_stmt *st = stmt_get(g->db, &regain_take_stmts, statement);

	stmt_int(st, ":seq", (sqlite3_int64)g->first);
	return stmt_run(g->db, st, err);
}

/*
 * The triggers of the book stand against mistakes: this is none. They are off
 * for just this statement, so that the schema stays what it was.
 */
static bool remove_records(struct regain *g, struct err *err)
{
	sqlite3 *h = g->db->handle;
	bool ok;

	if (sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL) !=
		SQLITE_OK)
		return db_failed(g->db, "put triggers off", err);
	ok = run_from(g, RECORDS_FROM, err);
	sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
	return ok;
}

/* Up to where the records that stay say that the centre has them. */
static bool find_acked(struct regain *g, uint64_t *seq,
	uint8_t h[CRYPTO_HASH_SIZE], struct err *err)
{
	sqlite3_stmt *st = stmt_get(g->db, &regain_take_stmts, ACKED);
	const enum lookup got = stmt_row(g->db, st, err);

	*seq = 0;
	if (got == LOOKUP_FOUND) {
		*seq = (uint64_t)sqlite3_column_int64(st, 0);
		if (!stmt_column_blob(st, 1, h, CRYPTO_HASH_SIZE))
			*seq = 0;
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

static bool step_back(struct regain *g, struct err *err)
{
	uint8_t acked_head[CRYPTO_HASH_SIZE];
	sqlite3_stmt *st;
	uint64_t acked;

	if (g->first > g->own.last_seq)
		return true;
	if (!run_from(g, ACKS_FROM, err) || !run_from(g, PD_FROM, err) ||
		!remove_records(g, err) ||
		!find_acked(g, &acked, acked_head, err))
		return false;
	st = stmt_get(g->db, &regain_take_stmts, STATE);
	stmt_int(st, ":seq", (sqlite3_int64)g->first - 1);
	stmt_blob(st, ":head", g->before, sizeof(g->before));
	stmt_int(st, ":acked", (sqlite3_int64)acked);
	if (acked > 0)
		stmt_blob(st, ":acked_head", acked_head, sizeof(acked_head));
	return stmt_run(g->db, st, err);
}

/* ---- what comes in their place ---------------------------------------------------- */

/* Salt and data of a record, if they are what it vouches for. */
static const uint8_t *open_pd(const struct regain *g, const struct regained *k,
	const struct record *r, const uint8_t secret[CRYPTO_SECRET_SIZE],
	uint8_t plain[BATCH_PD_MAX])
{
	const size_t len = k->pd_len - CRYPTO_SEAL_EXTRA;
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct crypto_hash h;

	if (k->pd_len < CRYPTO_SEAL_EXTRA + CRYPTO_HASH_SIZE ||
		!(r->has & RECORD_HAS(KEY_PDC)) ||
		!crypto_seal_open_signer(g->bytes + k->pd, k->pd_len, secret,
			plain))
		return NULL;
	crypto_hash_start(&h);
	crypto_hash_add(&h, pdc_tag, strlen(pdc_tag));
	crypto_hash_add(&h, plain, len);
	crypto_hash_end(&h, sum);
	return memcmp(sum, r->pdc, sizeof(sum)) == 0 ? plain + CRYPTO_HASH_SIZE
						     : NULL;
}

static bool replay_one(struct regain *g, struct regain_replay *p,
	const struct regained *k, const uint8_t secret[CRYPTO_SECRET_SIZE],
	struct err *err)
{
	uint8_t plain[BATCH_PD_MAX];
	const char *finding;
	struct record r;
	bool ok;

	p->body = g->bytes + k->body;
	p->len = k->len;
	p->sig = g->bytes + k->sig;
	if (!record_decode(p->body, p->len, &r, &finding))
		return err_set(err, ERR_CORRUPT, 0, "a record: %s", finding);
	p->r = &r;
	p->pd = open_pd(g, k, &r, secret, plain);
	p->pd_len =
		p->pd ? k->pd_len - CRYPTO_SEAL_EXTRA - CRYPTO_HASH_SIZE : 0;
	chain_next(p->head.head, p->body, p->len, p->h);
	ok = regain_replay(p, err);
	crypto_wipe(plain, sizeof(plain));
	return ok;
}

static bool replay_all(struct regain *g, struct err *err)
{
	struct regain_replay *p = calloc(1, sizeof(*p));
	uint8_t secret[CRYPTO_SECRET_SIZE];
	bool ok = p || err_set(err, ERR_NO_MEMORY, 0, "no memory");

	ok = ok && journal_head(g->db, &p->head, err) &&
	     identity_secret(g->db, secret, err);
	if (ok)
		p->db = g->db;
	for (size_t i = 0; ok && i < g->records; i++)
		ok = replay_one(g, p, &g->record[i], secret, err);
	crypto_wipe(secret, sizeof(secret));
	free(p);
	crash_point("regain.replayed");
	return ok;
}

/* ---- all --------------------------------------------------------------------------- */

static bool note_it(struct regain *g, const struct session *s, struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum};
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	char line[160];

	/* The head of what was set aside vouches for all of it. */
	str_to_hex(g->own.head, sizeof(g->own.head), hex);
	snprintf(line, sizeof(line), "tail %llu %llu %s\n",
		(unsigned long long)g->first, (unsigned long long)g->last,
		g->first > g->own.last_seq ? "none" : hex);
	crypto_sha256(line, strlen(line), sum);
	return journal_append(g->db, &entry, NULL, err);
}

static bool sent(struct regain *g, struct err *err)
{
	sqlite3_stmt *st = stmt_get(g->db, &regain_take_stmts, SENT);

	stmt_int(st, ":seq", (sqlite3_int64)g->last);
	return stmt_run(g->db, st, err);
}

/* From the first record on, against every table; then the mark is made anew,
 * since the one that is there vouches for a record that is gone. */
static bool check(struct db *db, struct err *err)
{
	struct journal_report report;
	sqlite3_stmt *st = stmt_get(db, &regain_take_stmts, NO_MARK);

	if (!stmt_run(db, st, err) || !mark_put(db, err) ||
		!journal_verify(db, 1, &report, err))
		return false;
	return !report.finding[0] ||
	       err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
		       (unsigned long long)report.bad_seq, report.finding);
}

static bool is_unchanged(struct regain *g, bool *is, struct err *err)
{
	struct journal_head now;

	if (!journal_head(g->db, &now, err))
		return false;
	*is = now.last_seq == g->own.last_seq &&
	      memcmp(now.head, g->own.head, sizeof(now.head)) == 0;
	return true;
}

static enum verdict take(struct regain *g, const struct session *s,
	enum regain_came *came, struct refusal *why, struct err *err)
{
	enum verdict v = roles_may(g->db, s, ACT_SWEAR, why);
	bool same = false;

	if (v == VERDICT_DONE)
		v = window_clock(g->db, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (!is_unchanged(g, &same, err))
		return VERDICT_FAILED;
	if (!same) {
		*came = REGAIN_CHANGED;
		return VERDICT_REFUSED;
	}
	if (!step_back(g, err))
		return VERDICT_FAILED;
	crash_point("regain.removed");
	return replay_all(g, err) && sent(g, err) && note_it(g, s, err) &&
			       check(g->db, err)
		       ? VERDICT_DONE
		       : VERDICT_FAILED;
}

enum verdict regain_take(struct regain *g, const struct session *s,
	enum regain_came *came, char aside[REGAIN_NAME], struct refusal *why,
	struct err *err)
{
	const uint64_t frozen = g->db->lost_tail;
	enum verdict v;

	*why = (struct refusal){0};
	*came = g->whole ? REGAIN_WHOLE : REGAIN_NOT_ALL;
	if (!g->whole)
		return VERDICT_REFUSED;
	/* Who may not leaves no file behind. */
	v = roles_may(g->db, s, ACT_SWEAR, why);
	if (v == VERDICT_DONE && !set_aside(g, aside, err))
		v = VERDICT_FAILED;
	if (v != VERDICT_DONE)
		return v;
	if (g->db->hold) {
		err_set(err, ERR_BUSY, 0,
			"an approval waits for the next record");
		return VERDICT_FAILED;
	}
	if (!db_begin(g->db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(g->db, take(g, s, came, why, err), err);
	/* What was found while nothing was committed yet. */
	if (v != VERDICT_DONE)
		g->db->lost_tail = frozen;
	people_forget(g->db);
	g->db->drawer = (struct drawer_notes){0};
	if (v == VERDICT_DONE)
		crash_point("regain.committed");
	return v;
}
