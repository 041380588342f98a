#include "db/walk_internal.h"

#include <string.h>

#include "core/codec/paylist.h"
#include "core/codec/release.h"
#include "db/accounts.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/epoch_internal.h"
#include "db/limits_internal.h"
#include "db/payouts_internal.h"
#include "db/samples_internal.h"
#include "db/stmt.h"
#include "db/told_internal.h"
#include "db/watch.h"

enum {
	AFTER,
	FOLLOWS,
	GIVEN,
	COUNT
};

static const char *const sql[COUNT] = {
	[AFTER] = "SELECT seq, body, h, sig, rsig FROM journal"
		  " WHERE seq > :seq ORDER BY seq",
	[FOLLOWS] =
		"SELECT 1 FROM payout WHERE seq = :seq"
		" AND pad = :pad AND (:reason = 0 OR void_reason = :reason)",
	[GIVEN] = "SELECT 1 FROM payout WHERE seq = :seq AND notes = :notes",
};

const struct stmt_set walk_stmts = {"walk", sql, COUNT};

/* One row, borrowed from the statement until the next step. */
struct row {
	uint64_t seq;
	const uint8_t *body;
	size_t len;
	const uint8_t *h;
	const uint8_t *sig;
	const uint8_t *rsig; /* NULL: none, or of another size */
	bool is_paper;       /* the column has something */
};

void walk_clear(struct walk *w)
{
	ents_clear(&w->ents);
	ents_clear(&w->moves);
	ents_clear(&w->told);
}

void walk_from_start(struct walk *w, struct db *db)
{
	*w = (struct walk){.db = db, .bracket = WALK_SHIFT_CLOSED};
	chain_genesis(db->info.dev, db->device_public, w->h);
	memcpy(w->key, db->device_public, sizeof(w->key));
}

enum lookup walk_from(struct walk *w, struct db *db, uint64_t seq,
	struct err *err)
{
	struct journal_row row;
	struct record r;
	const char *finding;
	const enum lookup got = journal_row(db, seq, &row, err);

	*w = (struct walk){.db = db, .seq = seq};
	if (got != LOOKUP_FOUND)
		return got;
	if (!record_decode(row.body, row.len, &r, &finding)) {
		err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)seq, finding);
		return LOOKUP_FAILED;
	}
	memcpy(w->h, row.h, sizeof(w->h));
	w->tot = r.tot;
	w->shift = r.shift;
	w->t = r.t;
	w->rolled = r.kind == JOURNAL_KEYROLL;
	return epoch_public_for(db, seq + 1, w->key, err) ? LOOKUP_FOUND
							  : LOOKUP_FAILED;
}

static const char *check_chain(struct walk *w, const struct row *row,
	const struct record *r)
{
	uint8_t h[CRYPTO_HASH_SIZE];

	if (row->seq != w->seq + 1 || r->seq != row->seq)
		return "numbers are not dense: a record is missing or moved";
	if (memcmp(r->dev, w->db->info.dev, sizeof(r->dev)) != 0)
		return "of another device";
	if ((row->seq == 1) != (r->kind == JOURNAL_START))
		return "START is not the first record";
	chain_next(w->h, row->body, row->len, h);
	if (memcmp(h, row->h, sizeof(h)) != 0)
		return "hash does not chain";
	if (row->seq == w->trusted && memcmp(h, w->trusted_h, sizeof(h)) != 0)
		return "hash is not the one that was verified before";
	if (row->seq > w->trusted && !chain_verify(h, w->key, row->sig))
		return "signature is not by the key of its epoch";
	memcpy(w->h, h, sizeof(w->h));
	return NULL;
}

static const char *check_receipt(const struct walk *w, const struct row *row,
	const struct record *r)
{
	struct seal s;
	int64_t sum = 0;

	for (size_t i = 0; i < r->items; i++)
		sum += r->item[i].amount;
	if (sum != (int64_t)r->amount)
		return "items are not the amount";
	if (row->seq <= w->trusted)
		return NULL;
	if (!row->rsig)
		return "the receipt's signature is missing";
	chain_seal(r, w->h, &s);
	memcpy(s.sig, row->rsig, sizeof(s.sig));
	return chain_verify_receipt(&s, w->key)
		       ? NULL
		       : "the receipt's signature is wrong";
}

static const char *check_slip(const struct walk *w, const struct row *row,
	const struct record *r)
{
	struct zseal z;

	if (row->seq <= w->trusted)
		return NULL;
	if (!row->rsig)
		return "the Z slip's signature is missing";
	chain_zseal(r, w->h, &z);
	memcpy(z.sig, row->rsig, sizeof(z.sig));
	return chain_verify_slip(&z, w->key)
		       ? NULL
		       : "the Z slip's signature is wrong";
}

static const char *check_sums(struct walk *w, const struct record *r)
{
	struct journal_totals tot = w->tot;

	record_count(r, &tot);
	if (memcmp(&tot, &r->tot, sizeof(tot)) != 0)
		return "totals are not the sum of the records";
	if (r->t < w->t && r->kind != JOURNAL_CLOCK)
		return "time goes back without a CLOCK record";
	w->tot = tot;
	w->t = r->t;
	return NULL;
}

/* What could not be read is no finding about the book: a disk that fails
 * once, or memory that runs out, must not make it suspect. */
static const char *unread(struct walk *w, const struct err *err,
	const char *finding)
{
	w->failed = err->code != ERR_CORRUPT;
	return finding;
}

static const char *no_memory(struct walk *w, struct err *err)
{
	err_set(err, ERR_NO_MEMORY, 0, "no memory to check the book");
	return unread(w, err, "no memory to check it");
}

/* Finding, unless the payout's row says what was read of the pad, of the
 * VOID. */
static const char *row_follows(struct walk *w, uint64_t seq, const char *pad,
	uint64_t reason, const char *finding, struct err *err)
{
	sqlite3_stmt *st = stmt_get(w->db, &walk_stmts, FOLLOWS);
	enum lookup got;

	stmt_int(st, ":seq", (sqlite3_int64)seq);
	stmt_text(st, ":pad", pad);
	stmt_int(st, ":reason", (sqlite3_int64)reason);
	got = stmt_row(w->db, st, err);
	stmt_done(st);
	if (got == LOOKUP_FAILED)
		return unread(w, err, finding);
	return got == LOOKUP_FOUND ? NULL : finding;
}

/* Key 26 where a payment may have it: all of its amount. */
static bool notes_fit(const struct record *r, uint64_t amount)
{
	return !(r->has & RECORD_HAS(KEY_CNT)) ||
	       (uint64_t)notes_sum(&r->notes) == amount;
}

/* Finding, unless the payout's row has the notes that were handed over. */
static const char *row_has_notes(struct walk *w, const struct record *handed,
	const struct record *paid, struct err *err)
{
	const struct record *told = handed->has & RECORD_HAS(KEY_CNT) ? handed
				    : paid->has & RECORD_HAS(KEY_CNT) ? paid
								      : NULL;
	static const char finding[] =
		"table payout has other banknotes than the records";
	uint8_t notes[PAYOUTS_NOTES_SIZE];
	sqlite3_stmt *st;
	enum lookup got;

	if (!told)
		return NULL;
	st = stmt_get(w->db, &walk_stmts, GIVEN);
	payouts_notes_pack(&told->notes, notes);
	stmt_int(st, ":seq", (sqlite3_int64)handed->ref);
	stmt_blob(st, ":notes", notes, sizeof(notes));
	got = stmt_row(w->db, st, err);
	stmt_done(st);
	if (got == LOOKUP_FAILED)
		return unread(w, err, finding);
	return got == LOOKUP_FOUND ? NULL : finding;
}

/* In other notes than was written before, or in notes that nobody counted. */
static bool given_fit(const struct record *handed, const struct record *paid)
{
	return notes_fit(handed, paid->amount) || notes_none(&handed->notes);
}

static const char *pay(struct walk *w, const struct record *r, struct err *err)
{
	const char *finding = NULL;

	if (!notes_fit(r, r->amount))
		return "its banknotes are not its amount";
	w->pads += r->pad[0] != '\0';
	if (r->pad[0])
		finding = row_follows(w, r->seq, r->pad, 0,
			"table payout has another number of the pad", err);
	if (finding)
		return finding;
	for (size_t i = 0; i < r->items; i++) {
		struct ent_fate *f = ents_get(&w->moves, r->item[i].ent);

		if (f && f->away)
			return "pays what was handed to another terminal";
		f = ents_get(&w->ents, r->item[i].ent);
		if (f && f->state != PAYOUT_VOIDED)
			return "an entitlement is paid twice";
		f = ents_put(&w->ents, r->item[i].ent);
		if (!f)
			return no_memory(w, err);
		f->seq = r->seq;
		f->state = PAYOUT_PAID;
	}
	return NULL;
}

/* RELEASE or ACQUIRE: one move more, and each to the other side. A book of
 * before there was key 46 has none of them. */
static const char *hand_over(struct walk *w, const struct record *r,
	struct err *err)
{
	const bool away = r->kind == JOURNAL_RELEASE;
	const struct ent_fate *paid = ents_get(&w->ents, r->ent);
	struct ent_fate *f = ents_get(&w->moves, r->ent);
	const int before = f ? f->hop : 0;

	if (paid && paid->state != PAYOUT_VOIDED)
		return "hands over what is paid";
	if (f && f->away == away)
		return "hands over twice, or takes twice";
	if (!(r->has & RECORD_HAS(KEY_HOP)) || r->hop > RELEASE_MAX_HOP ||
		(int)r->hop <= before)
		return "does not count the moves of what it hands over";
	f = ents_put(&w->moves, r->ent);
	if (!f)
		return no_memory(w, err);
	f->seq = r->seq;
	f->hop = (int)r->hop;
	f->away = away;
	return NULL;
}

/* HANDED or VOID: the payment that it refers to moves on. */
static const char *move(struct walk *w, const struct record *r,
	enum payout_state to, struct err *err)
{
	struct journal_row row;
	struct record paid;
	const char *finding;
	enum lookup got = LOOKUP_ABSENT;

	if (r->ref < r->seq)
		got = journal_row(w->db, r->ref, &row, err);
	if (got == LOOKUP_FAILED)
		return unread(w, err, "refers to a record of a wrong size");
	if (got == LOOKUP_ABSENT)
		return "refers to a record that is not there";
	if (!record_decode(row.body, row.len, &paid, &finding) ||
		paid.kind != JOURNAL_PAY)
		return "refers to a record that is no payment";
	if (to == PAYOUT_VOIDED && paid.amount != r->amount)
		return "voids another amount than was paid";
	if (!given_fit(r, &paid))
		return "its banknotes are not the amount of its payment";
	finding = to == PAYOUT_HANDED ? row_has_notes(w, r, &paid, err) : NULL;
	if (to == PAYOUT_VOIDED)
		finding = row_follows(w, r->ref, paid.pad, r->reason,
			"table payout has another reason for a VOID", err);
	if (finding)
		return finding;
	for (size_t i = 0; i < paid.items; i++) {
		struct ent_fate *f = ents_get(&w->ents, paid.item[i].ent);
		const bool known = f != NULL;

		if (!known)
			f = ents_put(&w->ents, paid.item[i].ent);
		if (!f)
			return no_memory(w, err);
		if (!known)
			*f = (struct ent_fate){.before = r->ref,
				.seq = r->ref,
				.state = PAYOUT_PAID};
		memcpy(f->ent, paid.item[i].ent, ENT_SIZE);
		if (f->seq != r->ref || f->state == PAYOUT_VOIDED ||
			(to == PAYOUT_HANDED && f->state != PAYOUT_PAID))
			return "answers a payment that is not open";
		f->state = to;
	}
	return NULL;
}

/* The cash of a VOID is back in the drawer: the record after it, but for the
 * clock, says so. */
static const char *take_back(struct walk *w, const struct record *r,
	struct err *err)
{
	struct journal_row row;
	struct record voided;
	const char *finding;
	enum lookup got = LOOKUP_ABSENT;

	if (r->ref < r->seq)
		got = journal_row(w->db, r->ref, &row, err);
	if (got == LOOKUP_FAILED)
		return unread(w, err, "refers to a record of a wrong size");
	if (got == LOOKUP_ABSENT ||
		!record_decode(row.body, row.len, &voided, &finding) ||
		voided.kind != JOURNAL_VOID || voided.reason == VOID_NOT_HANDED)
		return "refers to a record that is no VOID of given money";
	if (voided.amount != r->amount)
		return "takes back another amount than was voided";
	w->owed = 0;
	return NULL;
}

/* One KEYROLL for each OPEN; money moves between OPEN and CLOSE only. */
static const char *check_bracket(struct walk *w, const struct record *r)
{
	switch (r->kind) {
	case JOURNAL_CLOCK: /* the clock may jump at any time */
		return NULL;
	case JOURNAL_OPEN:
		if (!w->rolled)
			return "OPEN without a KEYROLL";
		if (w->bracket == WALK_SHIFT_OPEN)
			return "OPEN in an open shift";
		w->rolled = false;
		w->bracket = WALK_SHIFT_OPEN;
		return NULL;
	}
	if (w->rolled)
		return "KEYROLL without an OPEN";
	switch (r->kind) {
	case JOURNAL_KEYROLL:
		w->rolled = true;
		return NULL;
	case JOURNAL_PAY:
	case JOURNAL_HANDED:
	case JOURNAL_VOID:
	case JOURNAL_VOID_RETURNED:
	case JOURNAL_FLOAT_IN:
	case JOURNAL_FLOAT_OUT:
	case JOURNAL_COUNT:
	case JOURNAL_CLOSE:
		if (w->bracket == WALK_SHIFT_CLOSED)
			return "money moves outside of a shift";
		if (r->kind == JOURNAL_CLOSE)
			w->bracket = WALK_SHIFT_CLOSED;
	}
	return NULL;
}

/* A frozen book pays nothing, and after END there is nothing. */
static const char *check_fault(struct walk *w, const struct record *r)
{
	if (w->ended)
		return "a record after the END";
	switch (r->kind) {
	case JOURNAL_FAULT_BEGIN:
		if (r->reason == FAULT_TAIL_LOST)
			w->lost_tail = r->seq;
		return NULL;
	case JOURNAL_FAULT_END:
		if (r->reason == FAULT_TAIL_LOST)
			w->lost_tail = 0;
		return NULL;
	case JOURNAL_END:
		w->ended = true;
		return NULL;
	case JOURNAL_PAY:
	case JOURNAL_OPEN:
		return w->lost_tail ? "paid from a frozen book" : NULL;
	}
	return NULL;
}

/* The table is what keys are exported from and tails are verified with. */
static const char *take_key(struct walk *w, const struct record *r,
	struct err *err)
{
	uint8_t key[CRYPTO_PUBLIC_SIZE];

	memcpy(w->key, r->kpub, sizeof(w->key));
	if (!epoch_public_for(w->db, r->seq + 1, key, err))
		return unread(w, err, "table epoch has no key for the record");
	if (memcmp(key, r->kpub, sizeof(key)) != 0)
		return "table epoch has another key than the record";
	return NULL;
}

static const char *check_owed(const struct walk *w, const struct record *r)
{
	if (!w->owed || r->kind == JOURNAL_VOID_RETURNED ||
		r->kind == JOURNAL_CLOCK)
		return NULL;
	return "the cash of a VOID was not taken back";
}

static const char *take_config(struct walk *w, const struct record *r,
	struct err *err)
{
	struct sample_called called;
	struct sample drawn;
	enum limit l;
	int64_t value;

	if (!told_add(&w->told, r->rsum) || !told_record(&w->told, r))
		return no_memory(w, err);
	if (!(r->has & RECORD_HAS(KEY_LINE)))
		return NULL;
	if (samples_read_draw(r, &drawn) || samples_read_called(r, &called))
		return NULL;
	w->limits++;
	return limits_of_record(r, &l, &value)
		       ? NULL
		       : "a line that tells of no limit and no sample";
}

/* Of this device, and of records before it; whose signature, the keys say that
 * the office hands out (V30). */
static const char *take_ack(struct walk *w, const struct record *r)
{
	struct checkpoint note;

	if (!checkpoint_read((const char *)r->ack, r->ack_len, &note) ||
		memcmp(note.dev, r->dev, sizeof(note.dev)) != 0 ||
		note.seq >= r->seq || note.seq <= w->acked)
		return "an acknowledgement that cannot be";
	w->acks++;
	w->acked = note.seq;
	return NULL;
}

static const char *take_effect(struct walk *w, const struct row *row,
	const struct record *r, struct err *err)
{
	const char *finding = NULL;

	w->shift = r->shift;
	switch (r->kind) {
	case JOURNAL_START:
		w->epoch = 1;
		return take_key(w, r, err);
	case JOURNAL_KEYROLL:
		w->epoch += w->epoch > 0;
		return take_key(w, r, err);
	case JOURNAL_CONFIG:
		return take_config(w, r, err);
	case JOURNAL_REVLIST:
		return told_record(&w->told, r) ? NULL : no_memory(w, err);
	case JOURNAL_PAY:
		finding = check_receipt(w, row, r);
		return finding ? finding : pay(w, r, err);
	case JOURNAL_HANDED:
		return move(w, r, PAYOUT_HANDED, err);
	case JOURNAL_CLOSE:
		return check_slip(w, row, r);
	case JOURNAL_CHANGE:
		w->changes++;
		break;
	case JOURNAL_ACCOUNT_STATE:
		w->answers += r->result < ACCOUNT_STEP_CONFIRMED;
		w->steps += r->result >= ACCOUNT_STEP_CONFIRMED;
		break;
	case JOURNAL_ACCOUNT:
		w->accounts++;
		break;
	case JOURNAL_MARKS:
		w->marks++;
		break;
	case JOURNAL_RELEASE:
	case JOURNAL_ACQUIRE:
		return hand_over(w, r, err);
	case JOURNAL_UPLOAD_ACK:
		return take_ack(w, r);
	case JOURNAL_IMPORT:
		w->surveys += r->result == LIST_QUESTIONS;
		break;
	case JOURNAL_VISIT:
		w->visits++;
		break;
	case JOURNAL_VOID:
		w->owed = r->reason == VOID_NOT_HANDED ? 0 : r->seq;
		return move(w, r, PAYOUT_VOIDED, err);
	case JOURNAL_VOID_RETURNED:
		return take_back(w, r, err);
	}
	return finding;
}

static const char *check_row(struct walk *w, const struct row *row,
	struct err *err)
{
	const char *finding = "a column has a wrong size";
	struct record r;

	if (!row->h || !row->sig || !row->body ||
		!record_decode(row->body, row->len, &r, &finding))
		return finding;
	if (row->is_paper && r.kind != JOURNAL_PAY && r.kind != JOURNAL_CLOSE)
		return "signed as a paper, and it is none";
	finding = check_chain(w, row, &r);
	if (!finding)
		finding = check_sums(w, &r);
	if (!finding)
		finding = check_bracket(w, &r);
	if (!finding)
		finding = check_fault(w, &r);
	if (!finding)
		finding = check_owed(w, &r);
	if (!finding)
		finding = take_effect(w, row, &r, err);
	if (!finding)
		w->seq = row->seq;
	return finding;
}

static const uint8_t *column(sqlite3_stmt *st, int index, int len)
{
	if (sqlite3_column_bytes(st, index) != len)
		return NULL;
	return sqlite3_column_blob(st, index);
}

bool walk_on(struct walk *w, struct err *err)
{
	sqlite3_stmt *st = stmt_get(w->db, &walk_stmts, AFTER);
	enum lookup got = LOOKUP_ABSENT;
	struct journal_head head = {0};

	/* Only for who watches: what the table says is compared later. */
	if (w->db->watching.watch.ask && !journal_head(w->db, &head, err))
		return false;
	stmt_int(st, ":seq", (sqlite3_int64)w->seq);
	while (!w->finding &&
		(got = stmt_row(w->db, st, err)) == LOOKUP_FOUND) {
		const struct row row = {.seq = (uint64_t)
						sqlite3_column_int64(st, 0),
			.body = sqlite3_column_blob(st, 1),
			.len = (size_t)sqlite3_column_bytes(st, 1),
			.h = column(st, 2, CRYPTO_HASH_SIZE),
			.sig = column(st, 3, CRYPTO_SIG_SIZE),
			.rsig = column(st, 4, CRYPTO_SIG_SIZE),
			.is_paper = sqlite3_column_type(st, 4) != SQLITE_NULL};

		w->finding = check_row(w, &row, err);
		if (w->failed)
			break;
		w->bad_seq = w->finding ? row.seq : 0;
		w->records++;
		if (!db_watch_step(w->db, (int64_t)w->seq,
			    (int64_t)head.last_seq, err))
			w->failed = true;
		if (w->failed)
			break;
	}
	stmt_done(st);
	return got != LOOKUP_FAILED && !w->failed;
}

bool walk_compare_state(struct walk *w, struct err *err)
{
	struct journal_head head;

	if (!journal_head(w->db, &head, err))
		return false;
	if (head.last_seq != w->seq ||
		memcmp(head.head, w->h, sizeof(w->h)) != 0)
		w->finding = "table state is not at the last record";
	else if (memcmp(&head.totals, &w->tot, sizeof(w->tot)) != 0)
		w->finding = "totals of table state are not the journal's";
	else if (head.shift != w->shift ||
		 (w->epoch > 0 && head.epoch != w->epoch))
		w->finding = "shift or epoch of table state is wrong";
	if (w->finding)
		w->bad_seq = head.last_seq;
	return true;
}
