/* export.c - journal, keys and roster as files; see FORMATS.md. */
#include "db/export.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/chain_internal.h"
#include "db/db_internal.h"
#include "db/epoch_internal.h"
#include "db/export_internal.h"
#include "db/limits_internal.h"
#include "db/people_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/watch.h"

enum {
	USERS,
	USERS_COUNT,
	EPOCHS,
	ROSTER,
	OPEN_OF,
	COUNT
};

static const char *const sql[COUNT] = {
	[USERS] = "SELECT number, role, public, approval FROM user"
		  " ORDER BY number"
		  " /* scan */",
	[USERS_COUNT] = "SELECT count(*) FROM user /* scan */",
	[EPOCHS] = "SELECT seq, public FROM epoch ORDER BY number /* scan */",
	[ROSTER] = "SELECT l.sha256, e.ent, e.period, e.what, e.amount"
		   " FROM entitlement AS e JOIN list AS l ON l.id = e.list"
		   " WHERE e.by_account = 0 OR " PEOPLE_BY_ACCOUNT " = 0"
		   " ORDER BY e.person, e.list_period, e.what /* scan */",
	[OPEN_OF] = "SELECT open_seq FROM shift WHERE number = :shift",
};

const struct stmt_set export_stmts = {"export", sql, COUNT};

enum {
	FORMAT_VERSION = 1,
	HEAD_PAIRS = 12, /* one more if it begins in the middle */
	END_PAIRS = 5,
	PART_MAX = 256,                   /* of head and end */
	RECORD_MAX = CBOR_MAX_BYTES + 256 /* body, two signatures, heads */
};

bool export_record(struct db *db, const struct session *s,
	enum export_kind kind, const uint8_t sha256[CRYPTO_HASH_SIZE],
	uint64_t *seq, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_EXPORT,
		.actor = s->user.number,
		.rsum = sha256,
		.has_result = true,
		.result = kind};
	struct journal_done done;

	if (!journal_append(db, &entry, &done, err))
		return false;
	*seq = done.seq;
	return true;
}

/* What writes the content of one kind of file. */
typedef bool fill_fn(struct db *db, struct outfile *f, struct export_done *out,
	struct err *err);

/* Written as one look at the store, then recorded, then named. */
static bool make(struct db *db, const struct session *s, enum export_kind kind,
	fill_fn *fill, const char *path, struct export_done *out,
	struct err *err)
{
	struct outfile f;
	bool ok;

	ok = outfile_open(&f, path, 0644, err);
	if (ok && (ok = db_read_begin(db, err))) {
		ok = fill(db, &f, out, err);
		db_read_end(db);
	}
	if (ok) {
		outfile_sha256(&f, out->sha256);
		out->bytes = f.bytes;
		ok = outfile_sync(&f, err) &&
		     (db->evidence || export_record(db, s, kind, out->sha256,
					      &out->seq, err)) &&
		     outfile_name(&f, err);
	}
	outfile_drop(&f);
	return ok;
}

static enum verdict export_one(struct db *db, const struct session *s,
	enum export_kind kind, fill_fn *fill, const char *path,
	struct export_done *out, struct refusal *why, struct err *err)
{
	*why = (struct refusal){0};
	if (db->info.training)
		return refuse(why, REFUSED_TRAINING);
	if (!db->evidence &&
		roles_may(db, s, ACT_EXPORT, why) != VERDICT_DONE) {
		roles_note(db);
		return VERDICT_REFUSED;
	}
	if (make(db, s, kind, fill, path, out, err))
		return VERDICT_DONE;
	err_wrap(err, "export to %s", path);
	return VERDICT_FAILED;
}

/* ---- lists for people --------------------------------------------------- */

static bool write_list(struct db *db, const struct session *s,
	enum export_kind kind, const void *bytes, size_t len, const char *path,
	struct export_done *out, struct err *err)
{
	struct outfile f;
	bool ok = outfile_open(&f, path, 0600, err);

	if (ok && (ok = outfile_put(&f, bytes, len, err))) {
		outfile_sha256(&f, out->sha256);
		out->bytes = f.bytes;
		ok = outfile_sync(&f, err) &&
		     export_record(db, s, kind, out->sha256, &out->seq, err) &&
		     outfile_name(&f, err);
	}
	outfile_drop(&f);
	return ok;
}

enum verdict export_list(struct db *db, const struct session *s,
	enum export_kind kind, const void *bytes, size_t len, const char *path,
	struct export_done *out, struct refusal *why, struct err *err)
{
	*why = (struct refusal){0};
	*out = (struct export_done){0};
	if (db->info.training)
		return refuse(why, REFUSED_TRAINING);
	if (roles_may(db, s, ACT_EXPORT, why) != VERDICT_DONE) {
		roles_note(db);
		return VERDICT_REFUSED;
	}
	if (write_list(db, s, kind, bytes, len, path, out, err))
		return VERDICT_DONE;
	err_wrap(err, "export to %s", path);
	return VERDICT_FAILED;
}

/* ---- journal ------------------------------------------------------------ */

/* Where the file begins: after record first - 1. */
struct before {
	uint8_t h[CRYPTO_HASH_SIZE];
	uint8_t key[CRYPTO_PUBLIC_SIZE];
	struct journal_totals tot;
};

static bool find_before(struct db *db, uint64_t first, struct before *out,
	struct err *err)
{
	struct journal_row row;
	struct record r;
	const char *finding = "it is not there";

	*out = (struct before){0};
	if (first == 1) {
		chain_genesis(db->info.dev, db->device_public, out->h);
		memcpy(out->key, db->device_public, sizeof(out->key));
		return true;
	}
	switch (journal_row(db, first - 1, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		if (record_decode(row.body, row.len, &r, &finding))
			break;
		/* fall through */
	case LOOKUP_ABSENT:
		return err_set(err, ERR_CORRUPT, 0, "record %" PRIu64 ": %s",
			first - 1, finding);
	}
	memcpy(out->h, row.h, sizeof(out->h));
	out->tot = r.tot;
	return epoch_public_for(db, first, out->key, err);
}

static void put_totals(struct buf *b, const struct journal_totals *tot)
{
	const int64_t v[JOURNAL_TOTALS] = {tot->paid_gross, tot->void_gross,
		tot->float_in, tot->float_out, tot->payments, tot->voids};

	cbor_put_array(b, JOURNAL_TOTALS);
	for (int i = 0; i < JOURNAL_TOTALS; i++)
		cbor_put_int(b, v[i]);
}

static bool put_buf(struct outfile *f, const struct buf *b, struct err *err)
{
	if (b->full)
		return err_set(err, ERR_INVALID, 0, "a part is too long");
	return outfile_put(f, b->data, b->len, err);
}

/* Key 10 of the head. */
static bool put_users(struct db *db, struct outfile *f, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &export_stmts, USERS_COUNT);
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t bytes[PART_MAX];
	struct buf b;
	enum lookup got = stmt_row(db, st, err);

	if (got != LOOKUP_FOUND)
		return false;
	buf_init(&b, bytes, sizeof(bytes));
	cbor_put_uint(&b, 10);
	cbor_put_array(&b, (size_t)sqlite3_column_int64(st, 0));
	stmt_done(st);
	st = stmt_get(db, &export_stmts, USERS);
	do {
		if (!put_buf(f, &b, err)) {
			stmt_done(st);
			return false;
		}
		buf_clear(&b);
		got = stmt_row(db, st, err);
		if (got != LOOKUP_FOUND)
			break;
		if (!stmt_column_blob(st, 2, public, sizeof(public))) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"the key of a user has a wrong size");
		}
		cbor_put_array(&b, 3);
		cbor_put_int(&b, sqlite3_column_int64(st, 0));
		cbor_put_int(&b, sqlite3_column_int64(st, 1));
		cbor_put_bytes(&b, public, sizeof(public));
	} while (true);
	return got == LOOKUP_ABSENT;
}

/* Key 12: what no record of the file tells. */
static bool put_limits(struct db *db, struct outfile *f, uint64_t first,
	struct err *err)
{
	uint8_t bytes[LIMIT_COUNT * RECORD_LINE_SIZE + 8];
	char line[RECORD_LINE_SIZE];
	struct limits at;
	struct buf b;
	size_t count = 0;

	if (!limits_before(db, first, &at, err))
		return false;
	for (int l = 0; l < LIMIT_COUNT; l++)
		count += at.seq[l] > 0;
	buf_init(&b, bytes, sizeof(bytes));
	cbor_put_uint(&b, 12);
	cbor_put_array(&b, count);
	for (int l = 0; l < LIMIT_COUNT; l++)
		if (at.seq[l] > 0)
			cbor_put_text(&b,
				limits_line((enum limit)l, at.value[l], line));
	return put_buf(f, &b, err);
}

static bool put_head(struct db *db, struct outfile *f,
	const struct export_done *what, const struct before *before,
	const uint8_t last_h[CRYPTO_HASH_SIZE], struct err *err)
{
	uint8_t bytes[2 * PART_MAX];
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	cbor_put_map(&b, HEAD_PAIRS + (what->first > 1));
	cbor_put_uint(&b, 0);
	cbor_put_text(&b, "CHITRA-JOURNAL");
	cbor_put_uint(&b, 1);
	cbor_put_uint(&b, FORMAT_VERSION);
	cbor_put_uint(&b, 2);
	cbor_put_bytes(&b, db->info.dev, sizeof(db->info.dev));
	cbor_put_uint(&b, 3);
	cbor_put_bytes(&b, db->device_public, sizeof(db->device_public));
	cbor_put_uint(&b, 4);
	cbor_put_uint(&b, what->first);
	cbor_put_uint(&b, 5);
	cbor_put_uint(&b, what->last);
	cbor_put_uint(&b, 6);
	cbor_put_bytes(&b, before->h, sizeof(before->h));
	cbor_put_uint(&b, 7);
	cbor_put_bytes(&b, last_h, CRYPTO_HASH_SIZE);
	cbor_put_uint(&b, 8);
	cbor_put_bytes(&b, before->key, sizeof(before->key));
	cbor_put_uint(&b, 9);
	put_totals(&b, &before->tot);
	if (!put_buf(f, &b, err) || !put_users(db, f, err))
		return false;
	buf_clear(&b);
	cbor_put_uint(&b, 11);
	cbor_put_text(&b, db->info.point);
	return put_buf(f, &b, err) &&
	       (what->first <= 1 || put_limits(db, f, what->first, err));
}

static bool put_record(struct outfile *f, const struct journal_row *row,
	struct err *err)
{
	uint8_t bytes[RECORD_MAX];
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	cbor_put_array(&b, 3);
	cbor_put_bytes(&b, row->body, row->len);
	cbor_put_bytes(&b, row->sig, sizeof(row->sig));
	cbor_put_bytes(&b, row->rsig, row->has_rsig ? sizeof(row->rsig) : 0);
	return put_buf(f, &b, err);
}

/* The records, each as it chains; h: before the first, then of the last. */
static bool put_records(struct db *db, struct outfile *f,
	struct export_done *what, uint8_t h[CRYPTO_HASH_SIZE], struct err *err)
{
	struct journal_row row;

	for (uint64_t seq = what->first; seq <= what->last; seq++) {
		switch (journal_row(db, seq, &row, err)) {
		case LOOKUP_FAILED:
			return false;
		case LOOKUP_ABSENT:
			return err_set(err, ERR_CORRUPT, 0,
				"record %" PRIu64 " is not there", seq);
		case LOOKUP_FOUND:
			break;
		}
		chain_next(h, row.body, row.len, h);
		if (memcmp(h, row.h, sizeof(row.h)) != 0)
			return err_set(err, ERR_CORRUPT, 0,
				"record %" PRIu64 ": hash does not chain", seq);
		if (!put_record(f, &row, err))
			return false;
		what->rows++;
		if (!db_watch_step(db, (int64_t)what->rows,
			    (int64_t)(what->last - what->first + 1), err))
			return false;
	}
	return true;
}

static bool sign_end(struct db *db, const struct outfile *f, uint64_t epoch,
	uint8_t sig[CRYPTO_SIG_SIZE], struct err *err)
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	uint8_t sha256[CRYPTO_HASH_SIZE];
	bool ok;

	ok = epoch_secret(db, epoch, secret, err);
	if (ok) {
		outfile_sha256(f, sha256);
		crypto_sign_tagged("CHTREXP1", sha256, sizeof(sha256), secret,
			sig);
	}
	crypto_wipe(secret, sizeof(secret));
	return ok;
}

/* An older end stays unsigned: the key of its epoch may be gone. */
static bool put_end(struct db *db, struct outfile *f,
	const struct journal_head *head, struct export_done *what,
	const uint8_t h[CRYPTO_HASH_SIZE], struct err *err)
{
	uint8_t bytes[PART_MAX];
	uint8_t sig[CRYPTO_SIG_SIZE] = {0};
	struct buf b;

	what->is_signed = !db->evidence && what->last == head->last_seq;
	if (what->is_signed && !sign_end(db, f, head->epoch, sig, err))
		return false;
	buf_init(&b, bytes, sizeof(bytes));
	cbor_put_map(&b, END_PAIRS);
	cbor_put_uint(&b, 0);
	cbor_put_text(&b, "END");
	cbor_put_uint(&b, 1);
	cbor_put_uint(&b, what->rows);
	cbor_put_uint(&b, 2);
	cbor_put_uint(&b, what->last);
	cbor_put_uint(&b, 3);
	cbor_put_bytes(&b, h, CRYPTO_HASH_SIZE);
	cbor_put_uint(&b, 4);
	cbor_put_bytes(&b, sig, what->is_signed ? sizeof(sig) : 0);
	return put_buf(f, &b, err);
}

bool export_fill_journal(struct db *db, struct outfile *f,
	struct export_done *out, struct err *err)
{
	struct journal_head head;
	struct journal_row last;
	struct before before;
	uint8_t h[CRYPTO_HASH_SIZE];
	enum lookup got;

	if (!journal_head(db, &head, err))
		return false;
	if (out->first == 0)
		out->first = 1;
	if (out->last == 0)
		out->last = head.last_seq;
	if (out->first > out->last || out->last > head.last_seq)
		return err_set(err, ERR_INVALID, 0,
			"the book has the records 1 to %" PRIu64,
			head.last_seq);
	if (!find_before(db, out->first, &before, err))
		return false;
	got = journal_row(db, out->last, &last, err);
	if (got == LOOKUP_ABSENT)
		err_set(err, ERR_CORRUPT, 0, "record %" PRIu64 " is not there",
			out->last);
	if (got != LOOKUP_FOUND)
		return false;
	memcpy(h, before.h, sizeof(h));
	return put_head(db, f, out, &before, last.h, err) &&
	       put_records(db, f, out, h, err) &&
	       put_end(db, f, &head, out, h, err);
}

enum verdict export_journal(struct db *db, const struct session *s,
	uint64_t from, uint64_t until, const char *path,
	struct export_done *out, struct refusal *why, struct err *err)
{
	*out = (struct export_done){.first = from, .last = until};
	return export_one(db, s, EXPORT_JOURNAL, export_fill_journal, path, out,
		why, err);
}

/* ---- one shift ------------------------------------------------------------ */

static enum lookup open_of(struct db *db, int64_t shift, uint64_t *seq,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &export_stmts, OPEN_OF);
	enum lookup got;

	stmt_int(st, ":shift", shift);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*seq = (uint64_t)sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got;
}

enum verdict export_shift(struct db *db, const struct session *s, int64_t shift,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err)
{
	uint64_t from = 0;

	*why = (struct refusal){0};
	switch (open_of(db, shift, &from, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		err_set(err, ERR_INVALID, 0, "there is no shift %lld",
			(long long)shift);
		return VERDICT_FAILED;
	case LOOKUP_FOUND:
		break;
	}
	return export_journal(db, s, from, 0, path, out, why, err);
}

/* ---- keys --------------------------------------------------------------- */

static bool put_line(struct outfile *f, struct buf *b, struct err *err)
{
	const bool ok = put_buf(f, b, err);

	buf_clear(b);
	return ok;
}

static void print_hex(struct buf *b, const void *bytes, size_t len)
{
	char hex[2 * CRYPTO_HASH_SIZE + 1];

	str_to_hex(bytes, len, hex);
	buf_printf(b, "%s", hex);
}

/* An epoch's line is known whole when the next one begins. */
static bool put_epochs(struct db *db, struct outfile *f, struct buf *b,
	struct export_done *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &export_stmts, EPOCHS);
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	int64_t announced = 0;
	enum lookup got;

	do {
		got = stmt_row(db, st, err);
		if (announced > 0) {
			buf_printf(b, "epoch %s %" PRId64 " ", db->info.dev_hex,
				announced + 1);
			if (got == LOOKUP_FOUND)
				buf_printf(b, "%" PRId64 " ",
					(int64_t)sqlite3_column_int64(st, 0));
			else
				buf_printf(b, "- ");
			print_hex(b, public, sizeof(public));
			buf_printf(b, "\n");
			out->rows++;
		}
		if (!put_line(f, b, err)) {
			stmt_done(st);
			return false;
		}
		if (got != LOOKUP_FOUND)
			break;
		announced = sqlite3_column_int64(st, 0);
		stmt_column_blob(st, 1, public, sizeof(public));
	} while (true);
	return got == LOOKUP_ABSENT;
}

/* A column of so many bytes. False ends the statement, too. */
static bool print_blob(struct buf *b, sqlite3_stmt *st, int column, size_t len,
	struct err *err)
{
	uint8_t bytes[CRYPTO_HASH_SIZE];

	if (!stmt_column_blob(st, column, bytes, len)) {
		stmt_done(st);
		return err_set(err, ERR_CORRUPT, 0,
			"a column that is exported has a wrong size");
	}
	print_hex(b, bytes, len);
	return true;
}

static bool put_approval(struct buf *b, sqlite3_stmt *st,
	struct export_done *out, struct err *err)
{
	buf_printf(b, "approval %" PRId64 " ",
		(int64_t)sqlite3_column_int64(st, 0));
	if (!print_blob(b, st, 3, CRYPTO_PUBLIC_SIZE, err))
		return false;
	buf_printf(b, "\n");
	out->rows++;
	return true;
}

static bool put_user_lines(struct db *db, struct outfile *f, struct buf *b,
	struct export_done *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &export_stmts, USERS);
	enum lookup got;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		buf_printf(b, "user %" PRId64 " %s ",
			(int64_t)sqlite3_column_int64(st, 0),
			users_role_name((enum role)sqlite3_column_int(st, 1)));
		if (!print_blob(b, st, 2, CRYPTO_PUBLIC_SIZE, err))
			return false;
		buf_printf(b, "\n");
		out->rows++;
		if (sqlite3_column_bytes(st, 3) > 0 &&
			!put_approval(b, st, out, err))
			return false;
		if (!put_line(f, b, err)) {
			stmt_done(st);
			return false;
		}
	}
	return got == LOOKUP_ABSENT;
}

static bool fill_keys(struct db *db, struct outfile *f, struct export_done *out,
	struct err *err)
{
	char text[2 * PART_MAX];
	struct buf b;
	int centres;

	buf_init(&b, text, sizeof(text));
	buf_printf(&b, "device %s ", db->info.dev_hex);
	print_hex(&b, db->device_public, sizeof(db->device_public));
	buf_printf(&b, "\n");
	out->rows = 1;
	if (!put_line(f, &b, err) || !put_epochs(db, f, &b, out, err) ||
		!put_user_lines(db, f, &b, out, err) ||
		!export_centre_lines(db, &b, &centres, err))
		return false;
	out->rows += centres;
	return put_line(f, &b, err);
}

enum verdict export_keys(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err)
{
	*out = (struct export_done){0};
	return export_one(db, s, EXPORT_KEYS, fill_keys, path, out, why, err);
}

/* ---- roster ------------------------------------------------------------- */

static bool fill_roster(struct db *db, struct outfile *f,
	struct export_done *out, struct err *err)
{
	static const char head[] = "list,ent,period,what,amount\n";
	sqlite3_stmt *st = stmt_get(db, &export_stmts, ROSTER);
	char text[PART_MAX];
	enum lookup got;
	struct buf b;

	if (!outfile_put(f, head, strlen(head), err))
		return false;
	buf_init(&b, text, sizeof(text));
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (!print_blob(&b, st, 0, CRYPTO_HASH_SIZE, err))
			return false;
		buf_printf(&b, ",");
		if (!print_blob(&b, st, 1, ENT_SIZE, err))
			return false;
		buf_printf(&b, ",%d,%d,%" PRId64 "\n",
			sqlite3_column_int(st, 2), sqlite3_column_int(st, 3),
			(int64_t)sqlite3_column_int64(st, 4));
		out->rows++;
		if (!put_line(f, &b, err)) {
			stmt_done(st);
			return false;
		}
	}
	return got == LOOKUP_ABSENT;
}

enum verdict export_roster(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err)
{
	*out = (struct export_done){0};
	return export_one(db, s, EXPORT_ROSTER, fill_roster, path, out, why,
		err);
}
