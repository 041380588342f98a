/* outbox.c - what goes out, and how far it came. */
#include "db/outbox.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/identity_internal.h"
#include "db/journal_internal.h"
#include "db/lease.h"
#include "db/outbox_internal.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	RECORDS,
	STATE,
	NOTE,
	ACKS,
	OLDEST,
	ACK_COUNT,
	COUNT
};

static const char *const sql[COUNT] = {
	[RECORDS] = ("SELECT j.seq, j.body, j.h, j.sig, d.sealed FROM journal j"
		     " LEFT JOIN pd d ON d.seq = j.seq AND length(d.sealed) > 0"
		     " WHERE j.seq BETWEEN :from AND :to ORDER BY j.seq"),
	[STATE] = ("SELECT sent_seq, contact_at, trouble_at, trouble, bad_seq,"
		   " bad_check, resend FROM upload WHERE one = 1"),
	[NOTE] = ("INSERT INTO upload (one, sent_seq, contact_at, trouble_at,"
		  " trouble, bad_seq, bad_check, resend)"
		  " VALUES (1, :sent, 0, :at, :trouble, :seq, :check, :resend)"
		  " ON CONFLICT (one) DO UPDATE SET"
		  " sent_seq = max(sent_seq, excluded.sent_seq),"
		  " trouble_at = excluded.trouble_at,"
		  " trouble = excluded.trouble, bad_seq = excluded.bad_seq,"
		  " bad_check = excluded.bad_check, resend = excluded.resend"),
	[ACKS] = "SELECT count(*) FROM ack WHERE seq > :seq",
	[OLDEST] = ("SELECT body FROM journal WHERE seq > :seq AND seq NOT IN"
		    " (SELECT seq FROM ack WHERE seq > :seq)"
		    " ORDER BY seq LIMIT 1"),
	[ACK_COUNT] = "SELECT count(*) FROM ack /* scan */",
};

const struct stmt_set outbox_stmts = {"outbox", sql, COUNT};

/* Of a batch, beside the records: its head, hashes, nonce, signature. */
enum {
	BATCH_FRAME = 512,
	RECORD_FRAME = 3 + 1 + 2 + CRYPTO_SIG_SIZE + 9 + 3
};

static const int64_t lease_every = INT64_C(3600000); /* ms */

bool outbox_may_leave(const struct db *db)
{
	return !db->info.training && !db->evidence;
}

/* ---- how it goes ---------------------------------------------------------- */

static bool read_row(struct db *db, struct outbox_state *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &outbox_stmts, STATE);
	int64_t resend;

	switch (stmt_row(db, st, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	out->sent = (uint64_t)sqlite3_column_int64(st, 0);
	out->contact_at = sqlite3_column_int64(st, 1);
	out->trouble_at = sqlite3_column_int64(st, 2);
	stmt_column_text(st, 3, out->trouble, sizeof(out->trouble));
	out->bad_seq = (uint64_t)sqlite3_column_int64(st, 4);
	out->bad_check = (uint64_t)sqlite3_column_int64(st, 5);
	resend = sqlite3_column_int64(st, 6);
	out->resending = resend >= 0;
	out->resend = resend >= 0 ? (uint64_t)resend : 0;
	stmt_done(st);
	return true;
}

static bool count(struct db *db, int statement, uint64_t seq, uint64_t *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &outbox_stmts, statement);

	if (statement == ACKS)
		stmt_int(st, ":seq", (sqlite3_int64)seq);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = (uint64_t)sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

bool outbox_check(struct db *db, uint64_t acks, uint64_t acked, bool *told,
	struct err *err)
{
	struct journal_head head;
	uint64_t rows;

	if (!count(db, ACK_COUNT, 0, &rows, err) ||
		!journal_head(db, &head, err))
		return false;
	*told = rows == acks && head.acked_seq <= head.last_seq &&
		(head.acked_seq == acked ||
			(db->ended && head.acked_seq > acked));
	return true;
}

/* When the first record was made that waits. */
static bool oldest(struct db *db, uint64_t acked, int64_t *t, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &outbox_stmts, OLDEST);
	const char *finding = "";
	struct record r;
	enum lookup got;

	*t = 0;
	stmt_int(st, ":seq", (sqlite3_int64)acked);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	if (record_decode(sqlite3_column_blob(st, 0),
		    (size_t)sqlite3_column_bytes(st, 0), &r, &finding))
		*t = (int64_t)r.t;
	stmt_done(st);
	return true;
}

/*
 * The lease is over (lease.h): what is left is sent, too, since only an answer
 * gives another one. Seldom, so that a clock that is wrong does not make each
 * answer the next question.
 */
static bool wants_lease(struct db *db, bool *wants, struct err *err)
{
	struct outbox_state row = {0};
	struct lease lease;
	int64_t since;

	*wants = false;
	if (!lease_get(db, &lease, err) || !read_row(db, &row, err))
		return false;
	since = clock_wall_ms() - row.contact_at;
	*wants = lease_is_over(&lease) && !db->ended &&
		 (since > lease_every || since < -lease_every);
	return true;
}

/* Records that are worth sending, behind the acknowledged ones. */
static bool count_waiting(struct db *db, const struct journal_head *head,
	uint64_t *out, struct err *err)
{
	uint64_t acks;
	bool wants;

	*out = 0;
	if (head->last_seq <= head->acked_seq)
		return true;
	if (!count(db, ACKS, head->acked_seq, &acks, err))
		return false;
	*out = head->last_seq - head->acked_seq;
	*out -= acks < *out ? acks : *out;
	if (*out > 0)
		return true;
	if (!wants_lease(db, &wants, err))
		return false;
	*out = wants;
	return true;
}

bool outbox_state(struct db *db, struct outbox_state *out, struct err *err)
{
	struct journal_head head;

	*out = (struct outbox_state){0};
	if (!journal_head(db, &head, err) || !read_row(db, out, err) ||
		!count_waiting(db, &head, &out->waiting, err) ||
		!outbox_is_joined(db, &out->joined, err))
		return false;
	out->made = head.last_seq;
	out->acked = head.acked_seq;
	if (out->sent < out->acked)
		out->sent = out->acked;
	return out->waiting == 0 || oldest(db, out->acked, &out->oldest, err);
}

bool outbox_note(struct db *db, const struct outbox_state *s, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &outbox_stmts, NOTE);

	stmt_int(st, ":sent", (sqlite3_int64)s->sent);
	stmt_int(st, ":at", s->trouble_at);
	stmt_text(st, ":trouble", s->trouble);
	stmt_int(st, ":seq", (sqlite3_int64)s->bad_seq);
	stmt_int(st, ":check", (sqlite3_int64)s->bad_check);
	stmt_int(st, ":resend", s->resending ? (sqlite3_int64)s->resend : -1);
	return stmt_run(db, st, err);
}

/* ---- a batch ---------------------------------------------------------------- */

/* The bytes of its records and data, which the batch points into. */
struct making {
	struct batch batch;
	size_t used;
	uint8_t room[BATCH_MAX_BYTES];
};

static const uint8_t *keep(struct making *m, const void *bytes, size_t len)
{
	uint8_t *at = m->room + m->used;

	memcpy(at, bytes, len);
	m->used += len;
	return at;
}

static bool is_a_row(sqlite3_stmt *st, uint64_t seq)
{
	const int len = sqlite3_column_bytes(st, 1);
	const int pd = sqlite3_column_bytes(st, 4);

	return (uint64_t)sqlite3_column_int64(st, 0) == seq && len > 0 &&
	       len <= BATCH_BODY_MAX && pd <= BATCH_PD_MAX &&
	       sqlite3_column_bytes(st, 2) == CRYPTO_HASH_SIZE &&
	       sqlite3_column_bytes(st, 3) == CRYPTO_SIG_SIZE;
}

/* False: it does not go into this batch any more. */
static bool add(struct making *m, sqlite3_stmt *st, size_t *size)
{
	struct batch *b = &m->batch;
	const size_t len = (size_t)sqlite3_column_bytes(st, 1);
	const size_t pd = (size_t)sqlite3_column_bytes(st, 4);

	if (b->records == BATCH_MAX_RECORDS ||
		*size + len + pd + RECORD_FRAME > BATCH_MAX_BYTES)
		return false;
	*size += len + pd + RECORD_FRAME;
	b->to = (uint64_t)sqlite3_column_int64(st, 0);
	b->record[b->records++] =
		(struct batch_record){.body = keep(m,
					      sqlite3_column_blob(st, 1), len),
			.len = len,
			.sig = keep(m, sqlite3_column_blob(st, 3),
				CRYPTO_SIG_SIZE)};
	memcpy(b->last, sqlite3_column_blob(st, 2), CRYPTO_HASH_SIZE);
	if (pd > 0)
		b->pd[b->pds++] = (struct batch_pd){.seq = b->to,
			.sealed = keep(m, sqlite3_column_blob(st, 4), pd),
			.len = pd};
	return true;
}

static bool gather(struct db *db, struct making *m, uint64_t to,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &outbox_stmts, RECORDS);
	struct batch *b = &m->batch;
	size_t size = BATCH_FRAME;
	enum lookup got;

	b->to = b->from - 1;
	stmt_int(st, ":from", (sqlite3_int64)b->from);
	stmt_int(st, ":to", (sqlite3_int64)to);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (!is_a_row(st, b->to + 1)) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"record %llu cannot be sent",
				(unsigned long long)b->to + 1);
		}
		if (!add(m, st, &size)) {
			stmt_done(st);
			return true;
		}
	}
	return got == LOOKUP_ABSENT;
}

static bool hash_before(struct db *db, uint64_t from,
	uint8_t out[CRYPTO_HASH_SIZE], struct err *err)
{
	struct journal_row row;

	if (from == 1) {
		chain_genesis(db->info.dev, db->device_public, out);
		return true;
	}
	switch (journal_row(db, from - 1, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_CORRUPT, 0, "record %llu is not there",
			(unsigned long long)from - 1);
	case LOOKUP_FOUND:
		break;
	}
	memcpy(out, row.h, CRYPTO_HASH_SIZE);
	return true;
}

static bool write_batch(struct db *db, struct making *m,
	struct outbox_batch *out, struct err *err)
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	struct buf b;
	bool ok;

	memcpy(m->batch.dev, db->info.dev, sizeof(m->batch.dev));
	crypto_random(m->batch.nonce, sizeof(m->batch.nonce));
	if (!identity_secret(db, secret, err))
		return false;
	buf_init(&b, out->bytes, sizeof(out->bytes));
	ok = batch_write(&m->batch, secret, &b);
	crypto_wipe(secret, sizeof(secret));
	out->from = m->batch.from;
	out->to = m->batch.to;
	out->len = b.len;
	return ok || err_set(err, ERR_INVALID, 0,
			     "records %llu to %llu make no batch",
			     (unsigned long long)out->from,
			     (unsigned long long)out->to);
}

static bool make(struct db *db, struct making *m, uint64_t from, uint64_t to,
	struct outbox_batch *out, struct err *err)
{
	m->batch.from = from;
	return gather(db, m, to, err) &&
	       hash_before(db, from, m->batch.before, err) &&
	       write_batch(db, m, out, err);
}

enum lookup outbox_next(struct db *db, uint64_t from, unsigned most,
	struct outbox_batch *out, struct err *err)
{
	struct journal_head head;
	struct making *m;
	uint64_t waiting;
	bool ok;

	if (!journal_head(db, &head, err) ||
		!count_waiting(db, &head, &waiting, err))
		return LOOKUP_FAILED;
	if (!outbox_may_leave(db) || most == 0 || from > head.last_seq ||
		(from == 0 && waiting == 0))
		return LOOKUP_ABSENT;
	if (from == 0)
		from = head.acked_seq + 1;
	if (most > BATCH_MAX_RECORDS)
		most = BATCH_MAX_RECORDS;
	m = calloc(1, sizeof(*m));
	if (!m) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a batch");
		return LOOKUP_FAILED;
	}
	ok = make(db, m, from, from + most - 1, out, err);
	free(m);
	return ok ? LOOKUP_FOUND : LOOKUP_FAILED;
}
