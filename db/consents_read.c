/* consents_read.c - what a person agreed to, as the book has it. */
#include <string.h>

#include "core/clock.h"
#include "core/codec/base45.h"
#include "core/str.h"
#include "db/consents_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	OF_PERSON,
	ROW,
	NEXT,
	NEXT_OF,
	TEXT,
	COUNT
};

static const char *const sql[COUNT] = {
	[OF_PERSON] = "SELECT seq FROM consent WHERE person = :person"
		      " AND seq < :before ORDER BY seq DESC LIMIT 1",
	[ROW] = "SELECT person, copies, sealed FROM consent WHERE seq = :seq",
	[NEXT] = "SELECT seq FROM consent WHERE seq > :after"
		 " ORDER BY seq LIMIT 1",
	[NEXT_OF] = "SELECT seq FROM consent WHERE person = :person"
		    " AND seq > :after ORDER BY seq LIMIT 1",
	[TEXT] = "SELECT text FROM notice WHERE sum = :sum",
};

const struct stmt_set consents_read_stmts = {"consents_read", sql, COUNT};

enum {
	QR_BYTES = 1 + DB_DEV_SIZE + 5 + CRYPTO_HASH_SIZE / 2,
	QR_VERSION = 1
};
_Static_assert(QR_BYTES % 2 == 0 &&
		       4 + BASE45_CHARS(QR_BYTES) < CONSENT_QR_SIZE,
	"base45 takes whole pairs, and the text has room");

void consents_qr(const uint8_t dev[DB_DEV_SIZE], uint64_t seq,
	const uint8_t h[CRYPTO_HASH_SIZE], char out[CONSENT_QR_SIZE])
{
	uint8_t bytes[QR_BYTES];
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	buf_byte(&b, QR_VERSION);
	buf_put(&b, dev, DB_DEV_SIZE);
	buf_be(&b, seq, 5);
	buf_put(&b, h, CRYPTO_HASH_SIZE / 2);
	memcpy(out, "CC1:", 4);
	base45_write(bytes, sizeof(bytes), out + 4);
}

/* ---- records ------------------------------------------------------------- */

static bool is_ours(uint64_t kind)
{
	return kind == JOURNAL_CONSENT || kind == JOURNAL_CONSENT_REFUSED ||
	       kind == JOURNAL_CONSENT_WITHDRAWN;
}

static bool read_record(struct db *db, uint64_t seq, struct journal_row *row,
	struct record *r, struct err *err)
{
	const char *finding = "it is not there";
	const enum lookup got = journal_row(db, seq, row, err);

	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_ABSENT ||
		!record_decode(row->body, row->len, r, &finding) ||
		!is_ours(r->kind))
		return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)seq,
			finding ? finding : "no answer about data");
	return true;
}

/* The newest row of a person before record before; 0: none. */
static bool newest(struct db *db, int64_t person, uint64_t before,
	uint64_t *seq, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &consents_read_stmts, OF_PERSON);
	enum lookup got;

	*seq = 0;
	stmt_int(st, ":person", person);
	stmt_int(st, ":before", (sqlite3_int64)before);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*seq = (uint64_t)sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

static void holds(const struct record *r, uint64_t seq,
	struct consent_state *out)
{
	out->consent = seq;
	out->asked = (unsigned)r->asked;
	out->until = (int32_t)r->expires;
	str_copy(out->notice, sizeof(out->notice), r->notice);
}

static void stand(const struct record *r, struct consent_state *out)
{
	switch (r->kind) {
	case JOURNAL_CONSENT:
		holds(r, out->seq, out);
		out->standing = CONSENT_GIVEN;
		break;
	case JOURNAL_CONSENT_REFUSED:
		out->asked = (unsigned)r->asked;
		str_copy(out->notice, sizeof(out->notice), r->notice);
		out->standing = CONSENT_REFUSED;
		break;
	default:
		out->standing = r->yes ? CONSENT_GIVEN : CONSENT_WITHDRAWN;
	}
	out->yes = out->standing == CONSENT_GIVEN ? (unsigned)r->yes : 0;
	out->t = (int64_t)r->t;
	out->day = consents_day(out->t);
}

bool consents_of(struct db *db, int64_t person, struct consent_state *out,
	struct err *err)
{
	struct journal_row row;
	struct record r = {0};
	struct record given = {0};

	*out = (struct consent_state){.standing = CONSENT_NONE};
	if (!newest(db, person, INT64_MAX, &out->seq, err))
		return false;
	if (out->seq == 0)
		return true;
	if (!read_record(db, out->seq, &row, &r, err))
		return false;
	stand(&r, out);
	if (r.kind == JOURNAL_CONSENT_WITHDRAWN) {
		if (!read_record(db, r.ref, &row, &given, err))
			return false;
		holds(&given, r.ref, out);
	}
	if (out->standing == CONSENT_GIVEN && out->until > 0 &&
		consents_day(clock_wall_ms()) > out->until) {
		out->standing = CONSENT_EXPIRED;
		out->yes = 0;
	}
	return true;
}

static int digit(const char *text)
{
	return text[0] ? text[0] - '0' : 0;
}

static void read_row(const struct sealed *s, struct consent *out)
{
	const char *const *t = s->text;
	struct consent_party *p = &out->party;
	struct consent_proof *f = &out->proof;

	p->by = (enum consent_by)digit(t[CONSENT_ROW_BY]);
	p->relation = (enum payee_relation)digit(t[CONSENT_ROW_RELATION]);
	str_copy(p->name, sizeof(p->name), t[CONSENT_ROW_NAME]);
	str_copy(p->id, sizeof(p->id), t[CONSENT_ROW_ID]);
	str_copy(p->paper, sizeof(p->paper), t[CONSENT_ROW_PAPER]);
	if (!date_parse(t[CONSENT_ROW_UNTIL], &p->paper_until))
		p->paper_until = (struct date){0};
	f->how = (enum consent_how)digit(t[CONSENT_ROW_HOW]);
	f->read_aloud = t[CONSENT_ROW_ALOUD][0] != '\0';
	str_copy(f->witness_name, sizeof(f->witness_name),
		t[CONSENT_ROW_WITNESS]);
	str_copy(f->witness_id, sizeof(f->witness_id),
		t[CONSENT_ROW_WITNESS_ID]);
	out->copy = t[CONSENT_ROW_COPY][0] != '\0';
}

static void tell(struct db *db, const struct journal_row *row,
	const struct record *r, struct consent *out)
{
	out->kind = (enum consent_kind)r->kind;
	out->t = (int64_t)r->t;
	out->clock_quality = (int)r->tq;
	out->actor = (int64_t)r->actor;
	out->asked = (unsigned)r->asked;
	out->yes = (unsigned)r->yes;
	out->until = (int32_t)r->expires;
	out->ref = r->ref;
	out->reason = (int)r->reason;
	str_copy(out->notice, sizeof(out->notice), r->notice);
	memcpy(out->sum, r->rsum, sizeof(out->sum));
	seal_code(row->h, out->code);
	consents_qr(db->info.dev, out->seq, row->h, out->qr);
}

enum lookup consents_get(struct db *db, uint64_t seq, struct consent *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &consents_read_stmts, ROW);
	uint8_t plain[SEALED_PLAIN];
	struct refusal_prior by;
	struct journal_row row;
	struct record r;
	struct sealed s;
	enum lookup got;
	bool ok;

	*out = (struct consent){.seq = seq};
	if (seq > INT64_MAX)
		return LOOKUP_ABSENT;
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->person = sqlite3_column_int64(st, 0);
	out->copies = sqlite3_column_int(st, 1);
	ok = sealed_read(db, st, 2, DATAKEY_CONSENT, (int64_t)seq, plain, &s,
		err);
	if (ok)
		read_row(&s, out);
	stmt_done(st);
	if (!ok || !read_record(db, seq, &row, &r, err) ||
		payouts_prior(db, seq, &by, err) != LOOKUP_FOUND)
		return LOOKUP_FAILED;
	tell(db, &row, &r, out);
	str_copy(out->actor_name, sizeof(out->actor_name), by.actor_name);
	return LOOKUP_FOUND;
}

/* ---- finding them -------------------------------------------------------- */

static enum lookup next(struct db *db, int64_t person, uint64_t after,
	uint64_t *seq, struct err *err)
{
	sqlite3_stmt *st =
		stmt_get(db, &consents_read_stmts, person ? NEXT_OF : NEXT);
	enum lookup got;

	if (person)
		stmt_int(st, ":person", person);
	stmt_int(st, ":after", (sqlite3_int64)after);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*seq = (uint64_t)sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got;
}

bool consents_each(struct db *db, int64_t person, uint64_t after,
	bool (*each)(void *ctx, const struct consent *c), void *ctx,
	struct err *err)
{
	struct consent c;
	enum lookup got;

	*err = (struct err){.code = ERR_NONE};
	while ((got = next(db, person, after, &after, err)) == LOOKUP_FOUND)
		if (consents_get(db, after, &c, err) != LOOKUP_FOUND ||
			!each(ctx, &c))
			return false;
	return got == LOOKUP_ABSENT;
}

/* The record that a QR names; every byte of it must be that record's. */
static enum lookup by_qr(struct db *db, const char *text, struct consent *out,
	struct err *err)
{
	uint8_t bytes[QR_BYTES];
	uint64_t seq = 0;
	enum lookup got;

	if (!base45_read(text + 4, bytes, sizeof(bytes)))
		return LOOKUP_ABSENT;
	for (int i = 0; i < 5; i++)
		seq = seq << 8 | bytes[1 + DB_DEV_SIZE + i];
	got = consents_get(db, seq, out, err);
	return got == LOOKUP_FOUND && strcmp(out->qr, text) != 0 ? LOOKUP_ABSENT
								 : got;
}

enum lookup consents_by_code(struct db *db, const char *code,
	struct consent *out, struct err *err)
{
	char normal[SEAL_CODE_SIZE];
	uint64_t seq = 0;
	enum lookup got;

	if (str_starts(code, "CC1:"))
		return by_qr(db, code, out, err);
	if (!seal_code_parse(code, normal))
		return LOOKUP_ABSENT;
	/* Few and seldom asked for: no index over codes. */
	while ((got = next(db, 0, seq, &seq, err)) == LOOKUP_FOUND) {
		got = consents_get(db, seq, out, err);
		if (got != LOOKUP_FOUND || strcmp(out->code, normal) == 0)
			return got;
	}
	return got;
}

enum lookup consents_text(struct db *db, const uint8_t sum[CRYPTO_HASH_SIZE],
	char out[CONSENT_TEXT_MAX], size_t *len, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &consents_read_stmts, TEXT);
	uint8_t again[CRYPTO_HASH_SIZE];
	enum lookup got;

	*len = 0;
	stmt_blob(st, ":sum", sum, CRYPTO_HASH_SIZE);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	*len = (size_t)sqlite3_column_bytes(st, 0);
	if (*len > 0 && *len <= CONSENT_TEXT_MAX)
		memcpy(out, sqlite3_column_blob(st, 0), *len);
	else
		*len = 0;
	stmt_done(st);
	crypto_sha256(out, *len, again);
	if (memcmp(again, sum, sizeof(again)) == 0)
		return got;
	err_set(err, ERR_CORRUPT, 0, "a text that was agreed to is not it");
	return LOOKUP_FAILED;
}
