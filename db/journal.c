/* journal.c - appending to the book; the format is in record.c. */
#include "db/journal.h"

#include <string.h>

#include "core/clock.h"
#include "core/codec/cbor.h"
#include "core/codec/seal.h"
#include "core/crash.h"
#include "core/str.h"
#include "db/approvals.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/epoch_internal.h"
#include "db/faults.h"
#include "db/journal_internal.h"
#include "db/nextkey_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/window_internal.h"

enum {
	STATE_PUT,
	APPEND,
	PD_PUT,
	CLOCK_GET,
	CLOCK_PUT,
	COUNT
};

static const char *const sql[COUNT] = {
	[STATE_PUT] =
		"INSERT INTO state (one, last_seq, head, acked_seq, tot, shift,"
		" epoch) VALUES (1, :seq, :head, 0, :tot, :shift, :epoch)"
		" ON CONFLICT (one) DO UPDATE SET last_seq = excluded.last_seq,"
		" head = excluded.head, tot = excluded.tot,"
		" shift = excluded.shift, epoch = excluded.epoch",
	[APPEND] = "INSERT INTO journal (seq, body, h, sig, rsig)"
		   " VALUES (:seq, :body, :h, :sig, :rsig)",
	[PD_PUT] = "INSERT INTO pd (seq, sealed, person)"
		   " VALUES (:seq, :sealed, nullif(:person, 0))",
	[CLOCK_GET] = "SELECT max_t, set_at FROM clock WHERE one = 1",
	[CLOCK_PUT] =
		"INSERT INTO clock (one, max_t, set_at) VALUES (1, :max, :set)"
		" ON CONFLICT (one) DO UPDATE SET max_t = excluded.max_t,"
		" set_at = excluded.set_at",
};

const struct stmt_set journal_stmts = {"journal", sql, COUNT};

/* How long an operator's word about the clock is worth something. */
static const int64_t set_is_good_for = INT64_C(7) * 86400 * 1000;

/* Where the book ends: what the next record builds on. */
struct book_end {
	struct journal_head head;
	int64_t now; /* read once: it must not jump between two uses */
	int64_t t;   /* of the last record; 0: there is none */
	uint8_t boot[CLOCK_BOOT_ID_SIZE];
	int64_t max_t;
	int64_t set_at;
	bool unbelieved; /* t is of a clock that nobody believed */
	bool no_day;     /* nor is now to be believed */
};

static bool write_head(struct db *db, const struct journal_head *head,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &journal_stmts, STATE_PUT);
	uint8_t tot[TOTALS_BYTES];

	totals_pack(&head->totals, tot);
	stmt_int(st, ":seq", (sqlite3_int64)head->last_seq);
	stmt_blob(st, ":head", head->head, sizeof(head->head));
	stmt_blob(st, ":tot", tot, sizeof(tot));
	stmt_int(st, ":shift", (sqlite3_int64)head->shift);
	stmt_int(st, ":epoch", (sqlite3_int64)head->epoch);
	return stmt_run(db, st, err);
}

static bool read_clock(struct db *db, struct book_end *end, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &journal_stmts, CLOCK_GET);
	const enum lookup got = stmt_row(db, st, err);

	if (got == LOOKUP_FOUND) {
		end->max_t = sqlite3_column_int64(st, 0);
		end->set_at = sqlite3_column_int64(st, 1);
		stmt_done(st);
	}
	if (end->t > end->max_t && !end->unbelieved)
		end->max_t = end->t;
	return got != LOOKUP_FAILED;
}

static bool write_clock(struct db *db, int64_t max_t, int64_t set_at,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &journal_stmts, CLOCK_PUT);

	stmt_int(st, ":max", max_t);
	stmt_int(st, ":set", set_at);
	return stmt_run(db, st, err);
}

static bool is_vouched_for(const struct book_end *end)
{
	return end->set_at > 0 && end->now >= end->set_at &&
	       end->now - end->set_at <= set_is_good_for;
}

static bool read_end(struct db *db, struct book_end *out, struct err *err)
{
	struct journal_row row;
	struct record last;
	const char *finding;

	/* What is approved by QR is made when it was asked for. */
	*out = (struct book_end){
		.now = db->hold ? db->hold->now : clock_wall_ms()};
	if (out->now < 0)
		out->now = 0;
	switch (journal_head_if_any(db, &out->head, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		chain_genesis(db->info.dev, db->device_public, out->head.head);
		return true;
	case LOOKUP_FOUND:
		break;
	}
	switch (journal_row(db, out->head.last_seq, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_CORRUPT, 0, "the last record is gone");
	case LOOKUP_FOUND:
		break;
	}
	if (!record_decode(row.body, row.len, &last, &finding))
		return err_set(err, ERR_CORRUPT, 0, "last record: %s", finding);
	out->t = (int64_t)last.t;
	out->unbelieved = last.kind == JOURNAL_CLOCK &&
			  (last.reason == CLOCK_NO_DAY ||
				  last.reason == CLOCK_NO_DAY_PIN);
	memcpy(out->boot, last.boot, sizeof(out->boot));
	if (!read_clock(db, out, err) ||
		!window_no_day(db, out->now, &out->no_day, err))
		return false;
	out->no_day = out->no_day && !is_vouched_for(out);
	return true;
}

static int quality(const struct book_end *end)
{
	if (end->no_day)
		return 0;
	if (end->now < end->max_t)
		return 4;
	return is_vouched_for(end) ? 3 : 0;
}

bool journal_clock(struct db *db, struct journal_clock *out, struct err *err)
{
	struct book_end end;

	if (!read_end(db, &end, err))
		return false;
	out->now = end.now;
	out->behind = end.max_t > end.now ? end.max_t - end.now : 0;
	out->no_day = end.no_day;
	out->quality = quality(&end);
	return true;
}

/* The commitment of key 16, and the sealed data beside the book. */
static bool commit_pd(struct db *db, const struct journal_entry *entry,
	struct record *r, struct err *err)
{
	uint8_t plain[CRYPTO_HASH_SIZE + JOURNAL_PD_MAX];
	uint8_t sealed[sizeof(plain) + CRYPTO_SEAL_EXTRA];
	const size_t len = CRYPTO_HASH_SIZE + entry->pd_len;
	sqlite3_stmt *st = stmt_get(db, &journal_stmts, PD_PUT);
	struct crypto_hash h;
	bool ok;

	if (entry->pd_len > JOURNAL_PD_MAX)
		return err_set(err, ERR_INVALID, 0, "personal data too long");
	if (db->hold)
		approvals_salt(db->hold, r->seq, plain);
	else
		crypto_random(plain, CRYPTO_HASH_SIZE);
	memcpy(plain + CRYPTO_HASH_SIZE, entry->pd, entry->pd_len);
	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTRPDC1", 8);
	crypto_hash_add(&h, plain, len);
	crypto_hash_end(&h, r->pdc);
	r->has |= RECORD_HAS(KEY_PDC);
	ok = crypto_seal_to(plain, len, db->centre, sealed);
	crypto_wipe(plain, sizeof(plain));
	if (!ok)
		return err_set(err, ERR_INVALID, 0,
			"the centre's key is no key");
	stmt_int(st, ":seq", (sqlite3_int64)r->seq);
	stmt_blob(st, ":sealed", sealed, len + CRYPTO_SEAL_EXTRA);
	stmt_int(st, ":person", entry->person);
	return stmt_run(db, st, err);
}

/* The keys that every record has. */
static void stamp(struct db *db, const struct book_end *end,
	const struct journal_entry *entry, struct record *r)
{
	*r = (struct record){.seq = end->head.last_seq + 1,
		.kind = entry->kind,
		.t = (uint64_t)end->now,
		.mono = (uint64_t)(db->hold ? db->hold->mono : clock_boot_ms()),
		.tq = (uint64_t)quality(end),
		.actor = (uint64_t)entry->actor,
		.shift = entry->shift ? entry->shift : end->head.shift,
		.tot = end->head.totals};
	memcpy(r->dev, db->info.dev, sizeof(r->dev));
	memcpy(r->boot, db->boot, sizeof(r->boot));
	for (int key = KEY_V; key <= KEY_TOT; key++)
		r->has |= RECORD_HAS(key);
	if (entry->kind == JOURNAL_START)
		r->has &= ~RECORD_HAS(KEY_SHIFT);
}

static void set(struct record *r, enum record_key key, bool there)
{
	if (there)
		r->has |= RECORD_HAS(key);
}

static void fill(struct record *r, const struct journal_entry *entry)
{
	r->ref = entry->ref;
	r->amount = (uint64_t)entry->amount;
	r->period = (uint64_t)entry->period;
	r->reason = entry->reason;
	r->flags = entry->flags;
	r->result = entry->result;
	r->who = entry->who;
	r->given_at = (uint64_t)entry->given_at;
	set(r, KEY_REF, entry->ref > 0);
	set(r, KEY_AMT, entry->has_amount);
	set(r, KEY_PER, entry->period > 0);
	set(r, KEY_RSN, entry->has_reason);
	set(r, KEY_FL, entry->flags > 0);
	set(r, KEY_RES, entry->has_result);
	set(r, KEY_WHO, entry->who > 0);
	set(r, KEY_TEV, entry->given_at > 0);
	set(r, KEY_PAD, entry->pad && entry->pad[0]);
	if (entry->pad)
		str_copy(r->pad, sizeof(r->pad), entry->pad);
	set(r, KEY_LINE, entry->line != NULL);
	if (entry->line)
		str_copy(r->line, sizeof(r->line), entry->line);
	set(r, KEY_PEER, entry->peer != NULL);
	if (entry->peer)
		memcpy(r->peer, entry->peer, sizeof(r->peer));
	set(r, KEY_ENT, entry->ent != NULL);
	if (entry->ent)
		memcpy(r->ent, entry->ent, sizeof(r->ent));
	r->hop = entry->hop;
	set(r, KEY_HOP, entry->hop > 0);
	r->until_user = (uint64_t)entry->until_user;
	r->until = (uint64_t)entry->until;
	set(r, KEY_UNTIL, entry->until > 0);
	r->barreds = entry->barreds;
	for (size_t i = 0; i < entry->barreds; i++)
		r->barred[i] = (uint32_t)entry->barred[i];
	set(r, KEY_BARRED, entry->barreds > 0);
	set(r, KEY_NOTICE, entry->notice != NULL);
	if (entry->notice)
		str_copy(r->notice, sizeof(r->notice), entry->notice);
	r->asked = entry->asked;
	r->yes = entry->yes;
	set(r, KEY_PURPOSES, entry->has_purposes);
	r->expires = (uint64_t)entry->expires;
	set(r, KEY_EXPIRES, entry->expires > 0);
	r->via = entry->via;
	r->names = entry->names;
	set(r, KEY_VIA, entry->via > 0);
	set(r, KEY_NAMES, entry->names > 0);
	r->next_day = (uint64_t)entry->next_day;
	set(r, KEY_NEXT, entry->next_day > 0);
	r->mades = entry->mades;
	for (size_t i = 0; i < entry->mades; i++)
		r->made[i] = entry->made[i];
	set(r, KEY_MADE, entry->mades > 0);
	r->ack_len = entry->ack_len;
	if (entry->ack_len > 0)
		memcpy(r->ack, entry->ack, entry->ack_len);
	set(r, KEY_ACK, entry->ack_len > 0);
	set(r, KEY_KPUB, entry->kpub != NULL);
	set(r, KEY_RSUM, entry->rsum != NULL);
	set(r, KEY_CNT, entry->notes != NULL);
	set(r, KEY_ITEMS, entry->items > 0);
	if (entry->kpub)
		memcpy(r->kpub, entry->kpub, sizeof(r->kpub));
	if (entry->rsum)
		memcpy(r->rsum, entry->rsum, sizeof(r->rsum));
	if (entry->notes)
		r->notes = *entry->notes;
	for (int i = 0; i < entry->items; i++)
		r->item[i] = entry->item[i];
	r->items = (size_t)entry->items;
}

/* Keys 18 and 19: people's own signatures over the rest. */
static bool sign_acts(struct db *db, struct record *r,
	const struct journal_entry *entry, struct err *err)
{
	uint8_t digest[CRYPTO_HASH_SIZE];

	record_act_digest(r, digest);
	if (entry->by) {
		crypto_sign_tagged("CHTRACT1", digest, sizeof(digest),
			entry->by->secret, r->asig);
		set(r, KEY_ASIG, true);
	}
	if (entry->cosig && db->hold)
		return approvals_cosign(db->hold, entry, r, digest, err);
	if (entry->cosig) {
		r->approver = (uint64_t)entry->cosig->user.number;
		crypto_sign_tagged("CHTRACT1", digest, sizeof(digest),
			entry->cosig->secret, r->cosig);
		set(r, KEY_COSIG, true);
	}
	return true;
}

static bool insert(struct db *db, const struct record *r, const void *body,
	size_t len, const uint8_t h[CRYPTO_HASH_SIZE],
	const uint8_t secret[CRYPTO_SECRET_SIZE], struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &journal_stmts, APPEND);
	uint8_t sig[CRYPTO_SIG_SIZE];
	struct seal receipt;
	struct zseal slip;

	chain_sign(h, secret, sig);
	stmt_int(st, ":seq", (sqlite3_int64)r->seq);
	stmt_blob(st, ":body", body, len);
	stmt_blob(st, ":h", h, CRYPTO_HASH_SIZE);
	stmt_blob(st, ":sig", sig, sizeof(sig));
	if (r->kind == JOURNAL_PAY) {
		chain_seal(r, h, &receipt);
		chain_sign_receipt(&receipt, secret);
		stmt_blob(st, ":rsig", receipt.sig, sizeof(receipt.sig));
	} else if (r->kind == JOURNAL_CLOSE) {
		chain_zseal(r, h, &slip);
		chain_sign_slip(&slip, secret);
		stmt_blob(st, ":rsig", slip.sig, sizeof(slip.sig));
	}
	return stmt_run(db, st, err);
}

/* One record onto the end of the book, which moves on. */
static bool append_one(struct db *db, struct book_end *end,
	const struct journal_entry *entry,
	const uint8_t secret[CRYPTO_SECRET_SIZE], struct journal_done *done,
	struct err *err)
{
	uint8_t body[CBOR_MAX_BYTES];
	struct record r;
	struct record again;
	const char *finding = NULL;
	struct buf b;

	stamp(db, end, entry, &r);
	fill(&r, entry);
	record_count(&r, &r.tot);
	if (entry->pd && !commit_pd(db, entry, &r, err))
		return false;
	if (!sign_acts(db, &r, entry, err))
		return false;
	buf_init(&b, body, sizeof(body));
	record_encode(&r, &b);
	if (b.full)
		return err_set(err, ERR_INVALID, 0, "record too long");
	/* What could not be read again would end the book for good. */
	if (!record_decode(body, b.len, &again, &finding))
		return err_set(err, ERR_INVALID, 0, "record: %s", finding);
	chain_next(end->head.head, body, b.len, end->head.head);
	if (!insert(db, &r, body, b.len, end->head.head, secret, err))
		return false;
	end->head.last_seq = r.seq;
	end->head.shift = r.shift;
	end->head.totals = r.tot;
	end->t = (int64_t)r.t;
	memcpy(end->boot, r.boot, sizeof(end->boot));
	*done = (struct journal_done){.seq = r.seq,
		.t = (int64_t)r.t,
		.clock_quality = (int)r.tq};
	memcpy(done->h, end->head.head, sizeof(done->h));
	return true;
}

/* The wall clock is behind the last record: say so, and remember how far. */
static bool note_clock(struct db *db, struct book_end *end,
	const uint8_t secret[CRYPTO_SECRET_SIZE], struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_CLOCK,
		.has_reason = true,
		.reason = CLOCK_BEHIND};
	struct journal_done done;

	if (end->now >= end->t)
		return true;
	if (!write_clock(db, end->max_t, end->set_at, err) ||
		!append_one(db, end, &entry, secret, &done, err))
		return false;
	crash_point("clock.noted");
	return true;
}

/* A new start of the machine shows as RECOVERY, LOGIN or OPEN (V15). */
static bool note_boot(struct db *db, struct book_end *end,
	enum journal_kind next, const uint8_t secret[CRYPTO_SECRET_SIZE],
	struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_RECOVERY,
		.has_result = true,
		.result = RECOVERY_STARTED};
	struct journal_done done;

	if (memcmp(db->boot, end->boot, sizeof(db->boot)) == 0 ||
		next == JOURNAL_LOGIN || next == JOURNAL_OPEN)
		return true;
	if (!append_one(db, end, &entry, secret, &done, err))
		return false;
	crash_point("boot.noted");
	return true;
}

/*
 * What is written when the clock shows no day: who looked, and wrong PINs.
 * The latest time that was believed is kept, so that nothing is behind when
 * the clock is right again.
 */
static bool append_no_day(struct db *db, struct book_end *end,
	const struct journal_entry *entry,
	const uint8_t secret[CRYPTO_SECRET_SIZE], struct journal_done *done,
	struct err *err)
{
	struct journal_entry clock = {.kind = JOURNAL_CLOCK,
		.actor = entry->actor,
		.has_reason = true,
		.reason = CLOCK_NO_DAY};

	switch (entry->kind) {
	case JOURNAL_LOGOUT:
		return true;
	case JOURNAL_LOGIN_FAIL:
		if (entry->has_reason)
			return true;
		clock.reason = CLOCK_NO_DAY_PIN;
		break;
	case JOURNAL_LOGIN:
		break;
	default:
		return err_set(err, ERR_DENIED, 0,
			"the clock shows no day of any list: set it right");
	}
	return write_clock(db, end->max_t, end->set_at, err) &&
	       append_one(db, end, &clock, secret, done, err) &&
	       write_head(db, &end->head, err);
}

static bool append(struct db *db, const struct journal_entry *entry,
	struct journal_done *done, struct err *err)
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	struct book_end end;
	bool ok;

	if (db->evidence)
		return err_set(err, ERR_DENIED, 0,
			"a restored copy is evidence: nothing is written to"
			" it");
	if (db->ended)
		return err_set(err, ERR_DENIED, 0,
			"this device is retired: its book has ended");
	if (!read_end(db, &end, err))
		return false;
	if (end.head.last_seq == 0)
		return err_set(err, ERR_CORRUPT, 0,
			"the book has no beginning");
	ok = epoch_secret(db, end.head.epoch, secret, err);
	if (ok && end.no_day && entry->kind != JOURNAL_CLOCK)
		ok = append_no_day(db, &end, entry, secret, done, err);
	else
		ok = ok && note_clock(db, &end, secret, err) &&
		     note_boot(db, &end, entry->kind, secret, err) &&
		     append_one(db, &end, entry, secret, done, err) &&
		     write_head(db, &end.head, err);
	crypto_wipe(secret, sizeof(secret));
	return ok;
}

bool journal_append(struct db *db, const struct journal_entry *entry,
	struct journal_done *done, struct err *err)
{
	struct journal_done unasked;

	if (!db_begin(db, err))
		return false;
	return db_end(db, append(db, entry, done ? done : &unasked, err), err);
}

bool journal_start(struct db *db, const struct crypto_pair *device,
	struct err *err)
{
	struct crypto_pair first;
	const struct journal_entry entry = {.kind = JOURNAL_START,
		.kpub = first.public};
	struct journal_done done = {0};
	struct book_end end = {0};
	bool ok;

	crypto_pair_new(&first);
	ok = db_begin(db, err);
	if (ok) {
		ok = read_end(db, &end, err) &&
		     append_one(db, &end, &entry, device->secret, &done, err) &&
		     epoch_add(db, 1, done.seq, &first, err) &&
		     nextkey_fill(db, 1, err);
		end.head.epoch = 1;
		ok = ok && write_head(db, &end.head, err);
		ok = db_end(db, ok, err);
	}
	crypto_wipe(&first, sizeof(first));
	return ok;
}

static bool roll_key(struct db *db, const struct journal_entry *entry,
	const struct crypto_pair *next, struct err *err)
{
	struct journal_head head = {0};
	struct journal_done done = {0};

	if (!journal_append(db, entry, &done, err) ||
		!journal_head(db, &head, err))
		return false;
	crash_point("keyroll.appended");
	if (!epoch_forget(db, head.epoch, err))
		return false;
	crash_point("keyroll.wiped");
	head.epoch++;
	if (!epoch_add(db, head.epoch, done.seq, next, err) ||
		!nextkey_fill(db, head.epoch, err) ||
		!write_head(db, &head, err))
		return false;
	crash_point("keyroll.stored");
	return true;
}

bool journal_roll_key(struct db *db, int64_t actor, uint64_t shift,
	struct err *err)
{
	struct crypto_pair next = {0};
	const struct journal_entry entry = {.kind = JOURNAL_KEYROLL,
		.actor = actor,
		.shift = shift,
		.kpub = next.public};
	struct journal_head head;
	bool ok;

	ok = db_begin(db, err);
	if (ok) {
		ok = journal_head(db, &head, err) &&
		     nextkey_take(db, head.epoch + 1, &next, err) &&
		     roll_key(db, &entry, &next, err);
		ok = db_end(db, ok, err);
	}
	crypto_wipe(&next, sizeof(next));
	return ok;
}

bool journal_clock_set(struct db *db, const struct session *by, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_CLOCK,
		.actor = by->user.number,
		.by = by,
		.has_reason = true,
		.reason = CLOCK_SET};
	struct journal_done done = {0};
	bool ok;

	if (!roles_must(db, by, ACT_CLOCK, err))
		return false;
	if (clock_wall_ms() < WINDOW_EARLIEST)
		return err_set(err, ERR_DENIED, 0,
			"the clock shows a year long past");
	if (!db_begin(db, err))
		return false;
	ok = journal_append(db, &entry, &done, err) &&
	     write_clock(db, done.t, done.t, err) &&
	     faults_end(db, by, FAULT_CLOCK, err);
	crash_point("clock.vouched");
	return db_end(db, ok, err);
}
