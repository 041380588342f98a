/* payouts_read.c - payouts as the book has them. */
#include <assert.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"

enum {
	GET,
	BY_UID,
	BY_CODE,
	OPEN,
	ENT,
	USER_NAME,
	COUNT
};

static const char *const sql[COUNT] = {
	[GET] = ("SELECT uid, state, print, copies, shift, person, payee,"
		 " notes, void_reason, pad FROM payout WHERE seq = :seq"),
	[BY_UID] = "SELECT seq FROM payout WHERE uid = :uid",
	[BY_CODE] = "SELECT seq FROM payout WHERE code = :code",
	[OPEN] = "SELECT seq FROM payout WHERE state = 1",
	[ENT] = ("SELECT list_period, months, by_account FROM entitlement"
		 " WHERE ent = :ent"),
	[USER_NAME] = "SELECT name FROM user WHERE number = :number",
};

const struct stmt_set payouts_read_stmts = {"payouts_read", sql, COUNT};

bool payouts_user_name(struct db *db, int64_t number, char *out, size_t size,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_read_stmts, USER_NAME);
	enum lookup got;

	out[0] = '\0';
	stmt_int(st, ":number", number);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		stmt_column_text(st, 0, out, size);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

/* The record of a PAY; ERR_CORRUPT if seq is no such thing. */
static bool read_record(struct db *db, uint64_t seq, struct journal_row *row,
	struct record *r, struct err *err)
{
	const char *finding = "it is not there";
	const enum lookup got = journal_row(db, seq, row, err);

	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_FOUND &&
		record_decode(row->body, row->len, r, &finding))
		return true;
	return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
		(unsigned long long)seq, finding);
}

/* What the lists know of an item beyond the record. */
static bool read_item(struct db *db, struct due_item *item, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_read_stmts, ENT);
	enum lookup got;

	item->list_period = item->period;
	stmt_blob(st, ":ent", item->ent, ENT_SIZE);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		item->list_period = sqlite3_column_int(st, 0);
		stmt_column_text(st, 1, item->months, sizeof(item->months));
		item->by_account = sqlite3_column_int(st, 2) != 0;
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

static bool read_person(struct db *db, int64_t id, struct person *out,
	struct err *err)
{
	struct person_due due;
	const enum lookup got = people_get(db, id, &due, err);

	if (got == LOOKUP_FOUND)
		*out = due.person;
	return got != LOOKUP_FAILED;
}

/* What the signed record says goes over what tables say. */
static bool fill_from_record(struct db *db, struct payout *out, struct err *err)
{
	struct journal_row row = {0};
	struct record r = {0};
	struct seal seal;

	if (!read_record(db, out->seq, &row, &r, err))
		return false;
	out->t = (int64_t)r.t;
	out->clock_quality = (int)r.tq;
	out->actor = (int64_t)r.actor;
	out->period = (int32_t)r.period;
	out->amount = (int64_t)r.amount;
	out->payee = (enum payee)r.who;
	out->given_at = (int64_t)r.given_at;
	str_copy(out->pad, sizeof(out->pad), r.pad);
	out->items = (int)r.items;
	for (size_t i = 0; i < r.items; i++) {
		out->item[i] = r.item[i];
		out->item[i].paid_seq =
			out->state == PAYOUT_VOIDED ? 0 : out->seq;
		if (!read_item(db, &out->item[i], err))
			return false;
	}
	chain_seal(&r, row.h, &seal);
	memcpy(seal.sig, row.rsig, sizeof(seal.sig));
	seal_text(&seal, out->qr);
	seal_code(row.h, out->code);
	return true;
}

void payouts_notes_pack(const struct notes *n, uint8_t out[PAYOUTS_NOTES_SIZE])
{
	struct buf b;

	buf_init(&b, out, PAYOUTS_NOTES_SIZE);
	for (int i = 0; i < NOTES_KINDS; i++)
		buf_be(&b, (uint64_t)n->pieces[i], 4);
}

static void read_notes(const void *blob, int len, struct notes *out)
{
	const uint8_t *at = blob;

	if (!blob || len != PAYOUTS_NOTES_SIZE)
		return;
	for (int i = 0; i < NOTES_KINDS; i++, at += 4)
		out->pieces[i] = (int32_t)((uint32_t)at[0] << 24 |
					   (uint32_t)at[1] << 16 |
					   (uint32_t)at[2] << 8 | at[3]);
}

static bool read_payee(struct db *db, sqlite3_stmt *st, int column,
	struct payout *out, struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	struct sealed s;

	if (!sealed_read(db, st, column, DATAKEY_PAYOUT, (int64_t)out->seq,
		    plain, &s, err))
		return false;
	str_copy(out->payee_name, sizeof(out->payee_name),
		s.text[PAYOUTS_PAYEE_NAME]);
	str_copy(out->payee_id, sizeof(out->payee_id),
		s.text[PAYOUTS_PAYEE_ID]);
	if (s.text[PAYOUTS_PAYEE_RELATION][0])
		out->payee_relation =
			(enum payee_relation)(s.text[PAYOUTS_PAYEE_RELATION]
						    [0] -
					      '0');
	return true;
}

enum lookup payouts_get(struct db *db, uint64_t seq, struct payout *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_read_stmts, GET);
	enum lookup got;
	int64_t person;
	bool ok;

	*out = (struct payout){.seq = seq};
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	stmt_column_blob(st, 0, out->uid, sizeof(out->uid));
	out->state = (enum payout_state)sqlite3_column_int(st, 1);
	out->print = (enum print_state)sqlite3_column_int(st, 2);
	out->copies = sqlite3_column_int(st, 3);
	out->shift = sqlite3_column_int64(st, 4);
	person = sqlite3_column_int64(st, 5);
	read_notes(sqlite3_column_blob(st, 7), sqlite3_column_bytes(st, 7),
		&out->notes);
	out->void_reason = (enum void_reason)sqlite3_column_int(st, 8);
	stmt_column_text(st, 9, out->pad, sizeof(out->pad));
	ok = read_payee(db, st, 6, out, err);
	stmt_done(st);
	if (!ok)
		return LOOKUP_FAILED;
	/* Begun by a process that is gone: it may be on paper, or half. */
	if (out->print == PRINT_PRINTING && !payouts_printing(db, seq))
		out->print = PRINT_UNKNOWN;
	if (!fill_from_record(db, out, err) ||
		!payouts_user_name(db, out->actor, out->actor_name,
			sizeof(out->actor_name), err) ||
		!read_person(db, person, &out->person, err))
		return LOOKUP_FAILED;
	return LOOKUP_FOUND;
}

/* The first column of a look-up that is bound already. */
static enum lookup one_seq(struct db *db, sqlite3_stmt *st, uint64_t *seq,
	struct err *err)
{
	const enum lookup got = stmt_row(db, st, err);

	if (got == LOOKUP_FOUND) {
		*seq = (uint64_t)sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got;
}

enum lookup payouts_open_seq(struct db *db, uint64_t *seq, struct err *err)
{
	return one_seq(db, stmt_get(db, &payouts_read_stmts, OPEN), seq, err);
}

enum lookup payouts_open(struct db *db, struct payout *out, struct err *err)
{
	uint64_t seq;
	const enum lookup got = payouts_open_seq(db, &seq, err);

	return got == LOOKUP_FOUND ? payouts_get(db, seq, out, err) : got;
}

enum lookup payouts_of_request(struct db *db,
	const uint8_t uid[PAYOUT_UID_SIZE], struct payout *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_read_stmts, BY_UID);
	uint64_t seq;
	enum lookup got;

	stmt_blob(st, ":uid", uid, PAYOUT_UID_SIZE);
	got = one_seq(db, st, &seq, err);
	return got == LOOKUP_FOUND ? payouts_get(db, seq, out, err) : got;
}

/* The text of a receipt's QR: every part must be that of our record. */
static enum lookup by_qr(struct db *db, const char *text, struct payout *out,
	struct err *err)
{
	struct seal seal;
	enum lookup got;

	if (!seal_parse(text, &seal) || seal.seq > INT64_MAX)
		return LOOKUP_ABSENT;
	got = payouts_get(db, seal.seq, out, err);
	if (got == LOOKUP_FOUND && strcmp(out->qr, text) != 0)
		got = LOOKUP_ABSENT;
	return got;
}

enum lookup payouts_by_code(struct db *db, const char *code, struct payout *out,
	struct err *err)
{
	sqlite3_stmt *st;
	char normal[SEAL_CODE_SIZE];
	uint64_t seq;
	enum lookup got;

	if (str_starts(code, "CV1:"))
		return by_qr(db, code, out, err);
	if (!seal_code_parse(code, normal))
		return LOOKUP_ABSENT;
	st = stmt_get(db, &payouts_read_stmts, BY_CODE);
	stmt_text(st, ":code", normal);
	got = one_seq(db, st, &seq, err);
	return got == LOOKUP_FOUND ? payouts_get(db, seq, out, err) : got;
}

enum lookup payouts_prior(struct db *db, uint64_t seq,
	struct refusal_prior *out, struct err *err)
{
	struct journal_row row = {0};
	struct record r = {0};

	*out = (struct refusal_prior){.seq = seq};
	if (!read_record(db, seq, &row, &r, err) ||
		!payouts_user_name(db, (int64_t)r.actor, out->actor_name,
			sizeof(out->actor_name), err))
		return LOOKUP_FAILED;
	out->t = (int64_t)r.t;
	out->actor = (int64_t)r.actor;
	out->amount = (int64_t)r.amount;
	out->period = (int32_t)r.period;
	str_copy(out->point, sizeof(out->point), db->info.name);
	if (r.kind == JOURNAL_PAY)
		seal_code(row.h, out->receipt);
	return LOOKUP_FOUND;
}

enum lookup payouts_prior_open(struct db *db, struct refusal_prior *out,
	struct err *err)
{
	uint64_t seq;
	const enum lookup got = payouts_open_seq(db, &seq, err);

	return got == LOOKUP_FOUND ? payouts_prior(db, seq, out, err) : got;
}

/* Room for the keys that any record has, and those of one kind. */
enum {
	PD_TEXTS = 32
};

static size_t pack_texts(const struct pd_text *text, size_t count,
	uint8_t out[PAYOUT_PD_SIZE])
{
	size_t pairs = 0;
	struct buf b;

	for (size_t i = 0; i < count; i++)
		pairs += text[i].text[0] != '\0';
	buf_init(&b, out, PAYOUT_PD_SIZE);
	cbor_put_map(&b, pairs);
	for (size_t i = 0; i < count; i++)
		if (text[i].text[0]) {
			cbor_put_uint(&b, text[i].key);
			cbor_put_text(&b, text[i].text);
		}
	return b.len;
}

static size_t pack_pd(const struct person *p, const struct pay_request *request,
	const char *date, const struct review_card *card,
	const struct pd_text *more, size_t count, uint8_t out[PAYOUT_PD_SIZE])
{
	static const char *const sexes[] =
		{[SEX_MALE] = "male", [SEX_FEMALE] = "female"};
	char card_birth[DATE_TEXT_SIZE];
	char birth[DATE_TEXT_SIZE];
	char until[DATE_TEXT_SIZE];
	const char *text[] = {p->unit_code, p->beneficiary_id, p->id12, p->name,
		date_iso(p->birth, birth), request ? request->payee_name : "",
		request ? request->payee_id : "",
		request ? request->payee_paper : "", date ? date : "",
		request ? date_iso(request->payee_until, until) : "",
		request && request->payee_relation
			? payee_relation_name(request->payee_relation)
			: "",
		card ? card->name : "",
		card ? date_iso(card->birth, card_birth) : "",
		card && card->sex != SEX_UNKNOWN ? sexes[card->sex] : "",
		card ? card->id12 : ""};
	const size_t own = sizeof(text) / sizeof(text[0]);
	struct pd_text all[PD_TEXTS];

	assert(own + count <= PD_TEXTS);
	for (size_t i = 0; i < own; i++)
		all[i] = (struct pd_text){(unsigned)i + 1, text[i]};
	for (size_t i = 0; i < count; i++)
		all[own + i] = more[i];
	return pack_texts(all, own + count, out);
}

size_t payouts_pd(const struct person *p, const struct pay_request *request,
	const char *date, uint8_t out[PAYOUT_PD_SIZE])
{
	return pack_pd(p, request, date, NULL, NULL, 0, out);
}

size_t payouts_pd_with(const struct person *p,
	const struct pay_request *request, const struct pd_text *more,
	size_t count, uint8_t out[PAYOUT_PD_SIZE])
{
	return pack_pd(p, request, NULL, NULL, more, count, out);
}

size_t payouts_review_pd(const struct person *p,
	const struct pay_request *request, uint8_t out[PAYOUT_PD_SIZE])
{
	return pack_pd(p, request, NULL, &request->card, NULL, 0, out);
}
