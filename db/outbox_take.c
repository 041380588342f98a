/* outbox_take.c - the centre's checkpoint into the book. */
#include <string.h>

#include "core/codec/chain.h"
#include "core/codec/checkpoint.h"
#include "core/crash.h"
#include "db/centre_keys.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/outbox_internal.h"
#include "db/proof_internal.h"
#include "db/stmt.h"

enum {
	STATE_PUT,
	ACK_ADD,
	PURGE,
	CONTACT,
	COUNT
};

static const char *const sql[COUNT] = {
	[STATE_PUT] = "UPDATE state SET acked_seq = :seq, acked_head = :head"
		      " WHERE one = 1",
	[ACK_ADD] = "INSERT INTO ack (seq, covers) VALUES (:seq, :covers)",
	/* The row stays: whose record it is. */
	[PURGE] = ("UPDATE pd SET sealed = x'' WHERE seq > :after AND"
		   " seq <= :seq AND length(sealed) > 0"),
	[CONTACT] =
		("INSERT INTO upload (one, sent_seq, contact_at, trouble_at,"
		 " trouble, bad_seq, bad_check, resend)"
		 " VALUES (1, :seq, :now, 0, '', 0, 0, -1)"
		 " ON CONFLICT (one) DO UPDATE SET"
		 " sent_seq = max(sent_seq, excluded.sent_seq),"
		 " contact_at = excluded.contact_at, trouble_at = 0,"
		 " trouble = '', bad_seq = 0, bad_check = 0, resend = -1"),
};

const struct stmt_set outbox_take_stmts = {"outbox take", sql, COUNT};

/* A checkpoint that is being looked at. */
struct taking {
	struct db *db;
	const char *text;
	size_t len;
	int64_t now;
	struct checkpoint note;
	struct journal_head head;
};

/* ---- is it ours? ---------------------------------------------------------- */

static bool is_pinned(struct taking *t, bool *yes, struct err *err)
{
	struct centre_keys have;

	*yes = false;
	if (!centre_keys_load(t->db, &have, err))
		return false;
	for (int i = 0; i < have.count; i++)
		*yes = *yes || checkpoint_is_signed(&t->note, have.key[i]);
	return true;
}

bool outbox_is_ours(struct db *db, uint64_t seq,
	const uint8_t h[CRYPTO_HASH_SIZE], bool *is, struct err *err)
{
	uint8_t ours[CRYPTO_HASH_SIZE] = {0};
	struct journal_row row;

	*is = false;
	if (seq == 0) {
		/* The centre says zeros: it holds nothing. */
		*is = memcmp(h, ours, sizeof(ours)) == 0;
		chain_genesis(db->info.dev, db->device_public, ours);
		*is = *is || memcmp(h, ours, sizeof(ours)) == 0;
		return true;
	}
	switch (journal_row(db, seq, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	*is = memcmp(row.h, h, sizeof(row.h)) == 0;
	return true;
}

static bool look(struct taking *t, struct outbox_taken *out, struct err *err)
{
	bool yes;

	out->took = OUTBOX_NO_NOTE;
	if (!checkpoint_read(t->text, t->len, &t->note) || t->note.seq == 0)
		return true;
	out->took = OUTBOX_NO_KEY;
	if (!is_pinned(t, &yes, err))
		return false;
	if (!yes)
		return true;
	out->took = OUTBOX_OTHER;
	if (memcmp(t->note.dev, t->db->info.dev, sizeof(t->note.dev)) != 0)
		return true;
	out->took = OUTBOX_AHEAD;
	if (t->note.seq > t->head.last_seq)
		return true;
	if (!outbox_is_ours(t->db, t->note.seq, t->note.h, &yes, err))
		return false;
	out->took = OUTBOX_FORK;
	if (!yes)
		return true;
	out->seq = t->note.seq;
	out->revlist = t->note.revlist;
	out->took = t->note.seq > t->head.acked_seq ? OUTBOX_TAKEN : OUTBOX_OLD;
	return true;
}

/* ---- into the book ---------------------------------------------------------- */

/* After END there is no record any more; then the table alone knows it. */
static bool append(struct taking *t, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_UPLOAD_ACK,
		.ack = t->text,
		.ack_len = t->len};
	struct journal_done done;
	sqlite3_stmt *st;

	if (t->db->ended)
		return true;
	if (!journal_append(t->db, &entry, &done, err))
		return false;
	crash_point("ack.appended");
	st = stmt_get(t->db, &outbox_take_stmts, ACK_ADD);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_int(st, ":covers", (sqlite3_int64)t->note.seq);
	return stmt_run(t->db, st, err);
}

static bool move_on(struct taking *t, struct err *err)
{
	sqlite3_stmt *st = stmt_get(t->db, &outbox_take_stmts, STATE_PUT);

	stmt_int(st, ":seq", (sqlite3_int64)t->note.seq);
	stmt_blob(st, ":head", t->note.h, sizeof(t->note.h));
	return stmt_run(t->db, st, err);
}

static bool purge(struct taking *t, struct err *err)
{
	sqlite3_stmt *st = stmt_get(t->db, &outbox_take_stmts, PURGE);

	stmt_int(st, ":after", (sqlite3_int64)t->head.acked_seq);
	stmt_int(st, ":seq", (sqlite3_int64)t->note.seq);
	return stmt_run(t->db, st, err);
}

static bool contact(struct taking *t, struct err *err)
{
	sqlite3_stmt *st = stmt_get(t->db, &outbox_take_stmts, CONTACT);

	stmt_int(st, ":seq", (sqlite3_int64)t->note.seq);
	stmt_int(st, ":now", t->now);
	return stmt_run(t->db, st, err);
}

static bool take(struct taking *t, struct err *err)
{
	if (!append(t, err) || !move_on(t, err))
		return false;
	crash_point("ack.moved");
	if (!purge(t, err))
		return false;
	crash_point("ack.purged");
	return contact(t, err);
}

bool outbox_take(struct db *db, const char *note, size_t len, int64_t now,
	struct outbox_taken *out, struct err *err)
{
	struct taking t = {.db = db, .text = note, .len = len, .now = now};
	bool ok;

	*out = (struct outbox_taken){.took = OUTBOX_NO_NOTE};
	if (!outbox_may_leave(db))
		return err_set(err, ERR_DENIED, 0,
			"nothing of this store leaves it");
	if (db->hold)
		return err_set(err, ERR_BUSY, 0,
			"an approval waits for the next record");
	if (!db_begin(db, err))
		return false;
	ok = journal_head(db, &t.head, err) && look(&t, out, err);
	if (ok && out->took == OUTBOX_TAKEN)
		ok = take(&t, err);
	ok = db_end(db, ok, err);
	if (ok && out->took == OUTBOX_TAKEN)
		crash_point("ack.committed");
	return ok;
}

bool outbox_freeze(struct db *db, const void *answer, size_t len,
	struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];

	if (db->lost_tail > 0 || db->evidence || db->ended)
		return true;
	crypto_sha256(answer, len, sum);
	return proof_freeze(db, 0, sum, err) ||
	       err_wrap(err, "freeze the book");
}
