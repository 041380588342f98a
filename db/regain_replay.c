/*
 * regain_replay.c - a record that came back, and what tables follow it.
 *
 * Each kind does what its writer does beside journal_append(); what that is
 * stands in the module of the kind. Afterwards the whole book is checked
 * against its tables by walk.c, which shares nothing with this.
 */
#include <stdio.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/codec/seal.h"
#include "core/crash.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/elsewhere_internal.h"
#include "db/epoch_internal.h"
#include "db/erase_internal.h"
#include "db/handover_internal.h"
#include "db/limits_internal.h"
#include "db/outbox.h"
#include "db/payouts_internal.h"
#include "db/regain_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/users_internal.h"

enum {
	APPEND,
	STATE,
	PD_PUT,
	MARK_PAID,
	PAYOUT,
	OWNER,
	PRINT,
	COPIES,
	NOTES,
	SHIFT_OPEN,
	SHIFT_CLOSE,
	ACK_ADD,
	ACKED,
	LIMIT,
	UNTIL,
	APPROVAL,
	USERS,
	REVLIST,
	PERSON,
	NOT_PAID,
	PAYABLE,
	COUNT
};

static const char *const sql[COUNT] = {
	[APPEND] = "INSERT INTO journal (seq, body, h, sig, rsig)"
		   " VALUES (:seq, :body, :h, :sig, :rsig)",
	[STATE] = ("UPDATE state SET last_seq = :seq, head = :head,"
		   " tot = :tot, shift = :shift, epoch = :epoch"
		   " WHERE one = 1"),
	[PD_PUT] = "INSERT INTO pd (seq, sealed, person)"
		   " VALUES (:seq, x'', nullif(:person, 0))",
	[MARK_PAID] = ("INSERT INTO paid (ent, seq, state)"
		       " VALUES (:ent, :seq, 1) ON CONFLICT (ent) DO UPDATE"
		       " SET seq = excluded.seq, state = 1"
		       " WHERE paid.state = 4"),
	[PAYOUT] = ("INSERT INTO payout (seq, uid, code, state, shift, person,"
		    " payee, notes, pad) VALUES (:seq, :uid, :code, 1, :shift,"
		    " :person, :payee, :notes, :pad)"),
	[OWNER] = "SELECT person FROM entitlement WHERE ent = :ent",
	[PRINT] = "UPDATE payout SET print = :print WHERE seq = :seq",
	[COPIES] = "UPDATE payout SET copies = :copies WHERE seq = :seq",
	[NOTES] = "UPDATE payout SET notes = :notes WHERE seq = :seq",
	[SHIFT_OPEN] = ("INSERT INTO shift (number, actor, open_seq, opened_at,"
			" tot) VALUES (:number, :actor, :seq, :at, :tot)"),
	[SHIFT_CLOSE] = "UPDATE shift SET close_seq = :seq"
			" WHERE number = :number",
	[ACK_ADD] = "INSERT INTO ack (seq, covers) VALUES (:seq, :covers)",
	[ACKED] = "UPDATE state SET acked_seq = :seq, acked_head = :head"
		  " WHERE one = 1",
	[LIMIT] = "INSERT INTO limit_change (seq, name) VALUES (:seq, :name)",
	[UNTIL] = "UPDATE user SET until = :until WHERE number = :number",
	[APPROVAL] = "UPDATE user SET approval = :public"
		     " WHERE number = :number",
	[USERS] = "SELECT number FROM user ORDER BY number /* scan */",
	[PERSON] = "SELECT id FROM person WHERE code = :code"
		   " AND unit_code = :unit",
	[NOT_PAID] = ("INSERT INTO not_paid (person, reason, seq, sealed)"
		      " VALUES (:person, :reason, :seq, :sealed)"
		      " ON CONFLICT (person) DO UPDATE SET"
		      " reason = excluded.reason, seq = excluded.seq,"
		      " sealed = excluded.sealed"),
	[PAYABLE] = "DELETE FROM not_paid WHERE person = :person",
	[REVLIST] = ("INSERT INTO revlist (version, seq, rsum)"
		     " VALUES (:version, :seq, :rsum)"),
};

const struct stmt_set regain_replay_stmts = {"regain replay", sql, COUNT};

bool regain_replays(const struct record *r)
{
	switch (r->kind) {
	case JOURNAL_KEYROLL:
	case JOURNAL_OPEN:
	case JOURNAL_CLOSE:
	case JOURNAL_NULL:
	case JOURNAL_LOGIN:
	case JOURNAL_LOGOUT:
	case JOURNAL_LOGIN_FAIL:
	case JOURNAL_CLOCK:
	case JOURNAL_PAY:
	case JOURNAL_PRINT:
	case JOURNAL_HANDED:
	case JOURNAL_VOID:
	case JOURNAL_VOID_RETURNED:
	case JOURNAL_REPRINT:
	case JOURNAL_FLOAT_IN:
	case JOURNAL_FLOAT_OUT:
	case JOURNAL_COUNT:
	case JOURNAL_OVER_SHORT:
	case JOURNAL_REVIEW:
	case JOURNAL_NOT_PAID:
	case JOURNAL_EXPORT:
	case JOURNAL_UPLOAD_ACK:
	case JOURNAL_RELEASE:
	case JOURNAL_ACQUIRE:
	case JOURNAL_CONFIG:
	case JOURNAL_REVLIST:
	case JOURNAL_APPROVE:
	case JOURNAL_COMPLAINT:
	case JOURNAL_FAULT_BEGIN:
	case JOURNAL_FAULT_END:
	case JOURNAL_RECOVERY:
		return true;
	case JOURNAL_VIEW: /* of a request there is a table */
		return !(r->has & (RECORD_HAS(KEY_REF) | RECORD_HAS(KEY_RES)));
	}
	return false;
}

static bool cannot(const struct regain_replay *p, const char *why,
	struct err *err)
{
	return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
		(unsigned long long)p->r->seq, why);
}

/* ---- the book ------------------------------------------------------------------ */

/* Ed25519 has one signature only: it is the one that the paper bears. */
static bool sign_paper(struct regain_replay *p, uint8_t out[CRYPTO_SIG_SIZE],
	bool *is, struct err *err)
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	struct seal receipt;
	struct zseal slip;

	*is = p->r->kind == JOURNAL_PAY || p->r->kind == JOURNAL_CLOSE;
	if (!*is)
		return true;
	if (!epoch_secret(p->db, p->head.epoch, secret, err))
		return false;
	if (p->r->kind == JOURNAL_PAY) {
		chain_seal(p->r, p->h, &receipt);
		chain_sign_receipt(&receipt, secret);
		memcpy(out, receipt.sig, CRYPTO_SIG_SIZE);
	} else {
		chain_zseal(p->r, p->h, &slip);
		chain_sign_slip(&slip, secret);
		memcpy(out, slip.sig, CRYPTO_SIG_SIZE);
	}
	crypto_wipe(secret, sizeof(secret));
	return true;
}

static bool append(struct regain_replay *p, struct err *err)
{
	uint8_t rsig[CRYPTO_SIG_SIZE];
	sqlite3_stmt *st;
	bool paper;

	if (!sign_paper(p, rsig, &paper, err))
		return false;
	st = stmt_get(p->db, &regain_replay_stmts, APPEND);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
	stmt_blob(st, ":body", p->body, p->len);
	stmt_blob(st, ":h", p->h, sizeof(p->h));
	stmt_blob(st, ":sig", p->sig, CRYPTO_SIG_SIZE);
	if (paper)
		stmt_blob(st, ":rsig", rsig, sizeof(rsig));
	return stmt_run(p->db, st, err);
}

static bool write_state(struct regain_replay *p, struct err *err)
{
	sqlite3_stmt *st = stmt_get(p->db, &regain_replay_stmts, STATE);
	uint8_t tot[TOTALS_BYTES];

	p->head.last_seq = p->r->seq;
	p->head.totals = p->r->tot;
	if (p->r->has & RECORD_HAS(KEY_SHIFT))
		p->head.shift = p->r->shift;
	memcpy(p->head.head, p->h, sizeof(p->h));
	totals_pack(&p->head.totals, tot);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
	stmt_blob(st, ":head", p->h, sizeof(p->h));
	stmt_blob(st, ":tot", tot, sizeof(tot));
	stmt_int(st, ":shift", (sqlite3_int64)p->head.shift);
	stmt_int(st, ":epoch", (sqlite3_int64)p->head.epoch);
	return stmt_run(p->db, st, err);
}

/* The centre has the data; the row says whose the record is. */
static bool put_pd(struct regain_replay *p, int64_t person, struct err *err)
{
	sqlite3_stmt *st;

	if (!(p->r->has & RECORD_HAS(KEY_PDC)))
		return true;
	st = stmt_get(p->db, &regain_replay_stmts, PD_PUT);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
	stmt_int(st, ":person", person);
	return stmt_run(p->db, st, err);
}

static bool no_person(struct regain_replay *p, struct err *err)
{
	return put_pd(p, 0, err);
}

/* ---- keys and shifts ------------------------------------------------------------- */

static bool key_roll(struct regain_replay *p, struct err *err)
{
	struct crypto_pair next;
	bool ok;

	ok = nextkey_take(p->db, p->head.epoch + 1, &next, err);
	if (ok && memcmp(next.public, p->r->kpub, sizeof(next.public)) != 0)
		ok = cannot(p, "its key is not the one made ahead here", err);
	ok = ok && epoch_forget(p->db, p->head.epoch, err) &&
	     epoch_add(p->db, p->head.epoch + 1, p->r->seq, &next, err) &&
	     nextkey_fill(p->db, p->head.epoch + 1, err);
	crypto_wipe(&next, sizeof(next));
	p->head.epoch++;
	return ok;
}

static bool open_shift(struct regain_replay *p, struct err *err)
{
	sqlite3_stmt *st = stmt_get(p->db, &regain_replay_stmts, SHIFT_OPEN);
	uint8_t tot[TOTALS_BYTES];

	totals_pack(&p->head.totals, tot);
	stmt_int(st, ":number", (sqlite3_int64)p->r->shift);
	stmt_int(st, ":actor", (sqlite3_int64)p->r->actor);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
	stmt_int(st, ":at", (sqlite3_int64)p->r->t);
	stmt_blob(st, ":tot", tot, sizeof(tot));
	return stmt_run(p->db, st, err);
}

static bool close_shift(struct regain_replay *p, struct err *err)
{
	sqlite3_stmt *st = stmt_get(p->db, &regain_replay_stmts, SHIFT_CLOSE);

	stmt_int(st, ":number", (sqlite3_int64)p->r->shift);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
	return stmt_run(p->db, st, err);
}

/* ---- payments -------------------------------------------------------------------- */

/* A text of the personal data; "" if it is not said. */
static void pd_text(const struct regain_replay *p, uint64_t wanted, char *out,
	size_t size)
{
	struct cbor_reader in;
	struct cbor_item item;
	uint64_t key;

	out[0] = '\0';
	if (!p->pd)
		return;
	cbor_reader_init(&in, p->pd, p->pd_len);
	if (!cbor_next(&in, &item) || item.type != CBOR_MAP)
		return;
	for (size_t left = item.count; left > 0; left--) {
		if (!cbor_next(&in, &item) || item.type != CBOR_UINT)
			return;
		key = item.number;
		if (!cbor_next(&in, &item))
			return;
		if (key != wanted)
			continue;
		if (item.type == CBOR_TEXT && item.count < size) {
			memcpy(out, item.bytes, item.count);
			out[item.count] = '\0';
		}
		return;
	}
}

/* Whose money that is, by the list that is here. */
static bool owner(struct regain_replay *p, int64_t *person, struct err *err)
{
	*person = 0;
	for (size_t i = 0; i < p->r->items; i++) {
		sqlite3_stmt *st = stmt_get(p->db, &regain_replay_stmts, OWNER);
		enum lookup got;

		stmt_blob(st, ":ent", p->r->item[i].ent, ENT_SIZE);
		got = stmt_row(p->db, st, err);
		if (got == LOOKUP_FAILED)
			return false;
		if (got == LOOKUP_ABSENT)
			return cannot(p, "pays money of a list not here", err);
		*person = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return true;
}

static bool mark_paid(struct regain_replay *p, struct err *err)
{
	for (size_t i = 0; i < p->r->items; i++) {
		sqlite3_stmt *st =
			stmt_get(p->db, &regain_replay_stmts, MARK_PAID);

		stmt_blob(st, ":ent", p->r->item[i].ent, ENT_SIZE);
		stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
		if (!stmt_run(p->db, st, err))
			return false;
		if (sqlite3_changes(p->db->handle) != 1)
			return cannot(p, "pays what is paid", err);
	}
	return true;
}

/* Who came for it, as far as the centre could say. */
static void put_payee(struct regain_replay *p, sqlite3_stmt *st,
	uint8_t locked[SEALED_SIZE])
{
	char name[PAYLIST_TEXT_SIZE];
	char id[PAYLIST_CODE_SIZE];
	char paper[PAYLIST_TEXT_SIZE];
	char until[DATE_TEXT_SIZE];
	char word[32];
	char digit[2] = "";
	enum payee_relation relation;
	const struct sealed s = {.text = {[PAYOUTS_PAYEE_NAME] = name,
					 [PAYOUTS_PAYEE_ID] = id,
					 [PAYOUTS_PAYEE_PAPER] = paper,
					 [PAYOUTS_PAYEE_UNTIL] = until,
					 [PAYOUTS_PAYEE_RELATION] = digit}};

	pd_text(p, 6, name, sizeof(name));
	pd_text(p, 7, id, sizeof(id));
	pd_text(p, 8, paper, sizeof(paper));
	pd_text(p, 10, until, sizeof(until));
	pd_text(p, 11, word, sizeof(word));
	if (payee_relation_parse(word, &relation))
		digit[0] = (char)('0' + (int)relation);
	sealed_put(p->db, st, ":payee", DATAKEY_PAYOUT, (int64_t)p->r->seq, &s,
		locked);
	crypto_wipe(name, sizeof(name));
	crypto_wipe(id, sizeof(id));
	crypto_wipe(paper, sizeof(paper));
}

static bool pay(struct regain_replay *p, struct err *err)
{
	const struct notes none = {0};
	uint8_t notes[PAYOUTS_NOTES_SIZE];
	uint8_t locked[SEALED_SIZE];
	uint8_t uid[PAYOUT_UID_SIZE];
	char code[SEAL_CODE_SIZE];
	sqlite3_stmt *st;
	int64_t person;

	if (!owner(p, &person, err) || !mark_paid(p, err) ||
		!put_pd(p, person, err))
		return false;
	payouts_uid(uid);
	seal_code(p->h, code);
	payouts_notes_pack(p->r->has & RECORD_HAS(KEY_CNT) ? &p->r->notes
							   : &none,
		notes);
	st = stmt_get(p->db, &regain_replay_stmts, PAYOUT);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
	stmt_blob(st, ":uid", uid, sizeof(uid));
	stmt_text(st, ":code", code);
	stmt_int(st, ":shift", (sqlite3_int64)p->r->shift);
	stmt_int(st, ":person", person);
	put_payee(p, st, locked);
	stmt_blob(st, ":notes", notes, sizeof(notes));
	stmt_text(st, ":pad", p->r->has & RECORD_HAS(KEY_PAD) ? p->r->pad : "");
	return stmt_run(p->db, st, err);
}

/* The payment that r refers to, as far as its tables need it. */
static enum lookup paid_by(struct regain_replay *p, uint64_t seq,
	struct payout *out, struct err *err)
{
	struct journal_row row;
	struct record r;
	const char *finding;
	const enum lookup got = journal_row(p->db, seq, &row, err);

	*out = (struct payout){.seq = seq};
	if (got != LOOKUP_FOUND)
		return got;
	if (!record_decode(row.body, row.len, &r, &finding) ||
		r.kind != JOURNAL_PAY)
		return LOOKUP_ABSENT;
	out->items = (int)r.items;
	memcpy(out->item, r.item, sizeof(out->item));
	return LOOKUP_FOUND;
}

static bool move_on(struct regain_replay *p, enum payout_state to,
	enum void_reason reason, struct err *err)
{
	struct payout paid;

	switch (paid_by(p, p->r->ref, &paid, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return cannot(p, "refers to no payment", err);
	case LOOKUP_FOUND:
		break;
	}
	return payouts_set_state(p->db, &paid, to, reason, err);
}

static bool handed(struct regain_replay *p, struct err *err)
{
	uint8_t notes[PAYOUTS_NOTES_SIZE];
	sqlite3_stmt *st;

	if (!move_on(p, PAYOUT_HANDED, VOID_NONE, err))
		return false;
	if (!(p->r->has & RECORD_HAS(KEY_CNT)))
		return true;
	payouts_notes_pack(&p->r->notes, notes);
	st = stmt_get(p->db, &regain_replay_stmts, NOTES);
	stmt_blob(st, ":notes", notes, sizeof(notes));
	stmt_int(st, ":seq", (sqlite3_int64)p->r->ref);
	return stmt_run(p->db, st, err);
}

static bool voided(struct regain_replay *p, struct err *err)
{
	return move_on(p, PAYOUT_VOIDED, (enum void_reason)p->r->reason, err);
}

/* Of a payment, or of a paper that has no table. */
static bool printed(struct regain_replay *p, struct err *err)
{
	sqlite3_stmt *st = stmt_get(p->db, &regain_replay_stmts, PRINT);

	stmt_int(st, ":print", (sqlite3_int64)p->r->result);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->ref);
	return stmt_run(p->db, st, err);
}

static bool printed_again(struct regain_replay *p, struct err *err)
{
	sqlite3_stmt *st = stmt_get(p->db, &regain_replay_stmts, COPIES);

	stmt_int(st, ":copies", (sqlite3_int64)p->r->result);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->ref);
	return stmt_run(p->db, st, err);
}

static bool moved(struct regain_replay *p, struct err *err)
{
	const struct handover_row row = {.seq = p->r->seq,
		.hop = (int)p->r->hop,
		.away = p->r->kind == JOURNAL_RELEASE};

	return handover_put(p->db, p->r->ent, &row, err);
}

/* Whom the record is of: by unit and number, as the centre has them. */
static bool find_person(struct regain_replay *p, int64_t *person,
	struct err *err)
{
	char unit[PAYLIST_CODE_SIZE];
	char code[PAYLIST_CODE_SIZE];
	sqlite3_stmt *st;
	enum lookup got;

	pd_text(p, 1, unit, sizeof(unit));
	pd_text(p, 2, code, sizeof(code));
	if (!datakey_needed(p->db, err))
		return false;
	st = stmt_get(p->db, &regain_replay_stmts, PERSON);
	stmt_int(st, ":code", datakey_blind(p->db, DATAKEY_CODE, code));
	stmt_text(st, ":unit", unit);
	got = stmt_row(p->db, st, err);
	if (got == LOOKUP_FOUND)
		*person = sqlite3_column_int64(st, 0);
	stmt_done(st);
	crypto_wipe(code, sizeof(code));
	return got == LOOKUP_ABSENT ? cannot(p, "is of nobody here", err)
				    : got == LOOKUP_FOUND;
}

static bool not_paid(struct regain_replay *p, struct err *err)
{
	const bool back = p->r->result == 0;
	char date[DATE_TEXT_SIZE];
	const struct sealed s = {.text = {date}};
	uint8_t locked[SEALED_SIZE];
	int64_t person = 0;
	sqlite3_stmt *st;

	if (!find_person(p, &person, err) || !put_pd(p, person, err))
		return false;
	pd_text(p, 9, date, sizeof(date));
	st = stmt_get(p->db, &regain_replay_stmts, back ? PAYABLE : NOT_PAID);
	stmt_int(st, ":person", person);
	if (!back) {
		stmt_int(st, ":reason", (sqlite3_int64)p->r->result);
		stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
		sealed_put(p->db, st, ":sealed", DATAKEY_NOT_PAID, person, &s,
			locked);
	}
	return stmt_run(p->db, st, err);
}

/* ---- what is not money ------------------------------------------------------------ */

static bool acknowledged(struct regain_replay *p, struct err *err)
{
	struct checkpoint note;
	sqlite3_stmt *st;

	if (!checkpoint_read((const char *)p->r->ack, p->r->ack_len, &note))
		return cannot(p, "no acknowledgement", err);
	st = stmt_get(p->db, &regain_replay_stmts, ACK_ADD);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
	stmt_int(st, ":covers", (sqlite3_int64)note.seq);
	if (!stmt_run(p->db, st, err))
		return false;
	st = stmt_get(p->db, &regain_replay_stmts, ACKED);
	stmt_int(st, ":seq", (sqlite3_int64)note.seq);
	stmt_blob(st, ":head", note.h, sizeof(note.h));
	return stmt_run(p->db, st, err);
}

/* A line that is in the record only as its hash: "revoke 7"? */
static bool try_revoke(struct regain_replay *p, struct err *err)
{
	sqlite3_stmt *st = stmt_get(p->db, &regain_replay_stmts, USERS);
	uint8_t sum[CRYPTO_HASH_SIZE];
	int64_t out = 0;
	enum lookup got;
	char line[48];

	while ((got = stmt_row(p->db, st, err)) == LOOKUP_FOUND) {
		const int64_t number = sqlite3_column_int64(st, 0);

		snprintf(line, sizeof(line), "revoke %lld\n",
			(long long)number);
		crypto_sha256(line, strlen(line), sum);
		if (memcmp(sum, p->r->rsum, sizeof(sum)) == 0)
			out = number;
	}
	return got != LOOKUP_FAILED &&
	       (out == 0 || users_take_out(p->db, out, err));
}

static bool take_until(struct regain_replay *p, struct err *err)
{
	sqlite3_stmt *st;

	if (!(p->r->has & RECORD_HAS(KEY_UNTIL)))
		return true;
	st = stmt_get(p->db, &regain_replay_stmts, UNTIL);
	stmt_int(st, ":until", (sqlite3_int64)p->r->until);
	stmt_int(st, ":number", (sqlite3_int64)p->r->until_user);
	return stmt_run(p->db, st, err);
}

/* Zeros: none any more, which the table has as no bytes. */
static bool take_approval(struct regain_replay *p, struct err *err)
{
	static const uint8_t none[CRYPTO_PUBLIC_SIZE];
	const bool is = memcmp(p->r->kpub, none, sizeof(none)) != 0;
	sqlite3_stmt *st;

	if (!(p->r->has & RECORD_HAS(KEY_KPUB)))
		return true;
	st = stmt_get(p->db, &regain_replay_stmts, APPROVAL);
	stmt_blob(st, ":public", p->r->kpub, is ? sizeof(p->r->kpub) : 0);
	stmt_int(st, ":number", (sqlite3_int64)p->r->actor);
	return stmt_run(p->db, st, err);
}

static bool configured(struct regain_replay *p, struct err *err)
{
	sqlite3_stmt *st;
	enum limit limit;
	int64_t value;

	if (!take_until(p, err) || !take_approval(p, err) ||
		!try_revoke(p, err) || !erase_again(p->db, p->r->rsum, err) ||
		!elsewhere_drop_again(p->db, p->r->seq, p->r->rsum, err))
		return false;
	if (!limits_of_record(p->r, &limit, &value))
		return true;
	st = stmt_get(p->db, &regain_replay_stmts, LIMIT);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
	stmt_text(st, ":name", limit_name(limit));
	return stmt_run(p->db, st, err);
}

static bool took_out(struct regain_replay *p, struct err *err)
{
	sqlite3_stmt *st;

	for (size_t i = 0; i < p->r->barreds; i++)
		if (!users_take_out(p->db, p->r->barred[i], err))
			return false;
	st = stmt_get(p->db, &regain_replay_stmts, REVLIST);
	stmt_int(st, ":version", (sqlite3_int64)p->r->result);
	stmt_int(st, ":seq", (sqlite3_int64)p->r->seq);
	stmt_blob(st, ":rsum", p->r->rsum, sizeof(p->r->rsum));
	return stmt_run(p->db, st, err);
}

/* ---- all ---------------------------------------------------------------------------- */

static bool follow(struct regain_replay *p, struct err *err)
{
	switch (p->r->kind) {
	case JOURNAL_KEYROLL:
		return key_roll(p, err);
	case JOURNAL_OPEN:
		return open_shift(p, err);
	case JOURNAL_CLOSE:
		return close_shift(p, err);
	case JOURNAL_PAY:
		return pay(p, err);
	case JOURNAL_HANDED:
		return handed(p, err);
	case JOURNAL_VOID:
		return voided(p, err);
	case JOURNAL_NOT_PAID:
		return not_paid(p, err);
	case JOURNAL_PRINT:
		return printed(p, err);
	case JOURNAL_REPRINT:
		return printed_again(p, err);
	case JOURNAL_RELEASE:
	case JOURNAL_ACQUIRE:
		return moved(p, err);
	case JOURNAL_UPLOAD_ACK:
		return acknowledged(p, err);
	case JOURNAL_CONFIG:
		return configured(p, err);
	case JOURNAL_REVLIST:
		return took_out(p, err);
	}
	return no_person(p, err);
}

bool regain_replay(struct regain_replay *p, struct err *err)
{
	if (!append(p, err))
		return false;
	crash_point("regain.appended");
	if (!follow(p, err))
		return false;
	crash_point("regain.followed");
	return write_state(p, err);
}
