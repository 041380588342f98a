/* outbox_join.c - which centre this terminal belongs to, and its keys. */
#include <stdio.h>
#include <string.h>

#include "core/codec/base64.h"
#include "core/crash.h"
#include "core/str.h"
#include "db/centre_keys_internal.h"
#include "db/db_internal.h"
#include "db/identity_internal.h"
#include "db/journal_internal.h"
#include "db/outbox_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	GET,
	PUT,
	SEAL_PUT,
	COUNT
};

static const char *const sql[COUNT] = {
	[GET] = "SELECT name, url, cert, ca FROM centre WHERE one = 1",
	[PUT] = ("INSERT INTO centre (one, name, url, cert, ca, seq)"
		 " VALUES (1, :name, :url, :cert, :ca, :seq)"
		 " ON CONFLICT (one) DO UPDATE SET name = excluded.name,"
		 " url = excluded.url, cert = excluded.cert,"
		 " ca = excluded.ca, seq = excluded.seq"),
	[SEAL_PUT] = "UPDATE device SET centre = :centre WHERE one = 1",
};

const struct stmt_set outbox_join_stmts = {"outbox join", sql, COUNT};

/* PKCS 8 of an Ed25519 key (RFC 8410), up to the 32 bytes of its seed. */
static const uint8_t pkcs8[] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
	0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};

/* ---- reading ---------------------------------------------------------------- */

bool outbox_is_joined(struct db *db, bool *joined, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &outbox_join_stmts, GET);
	const enum lookup got = stmt_row(db, st, err);

	*joined = got == LOOKUP_FOUND;
	if (*joined)
		stmt_done(st);
	return got != LOOKUP_FAILED;
}

enum lookup outbox_centre(struct db *db, struct outbox_centre *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &outbox_join_stmts, GET);
	const enum lookup got = stmt_row(db, st, err);

	*out = (struct outbox_centre){0};
	if (got != LOOKUP_FOUND)
		return got;
	stmt_column_text(st, 0, out->name, sizeof(out->name));
	stmt_column_text(st, 1, out->url, sizeof(out->url));
	stmt_column_text(st, 2, out->cert, sizeof(out->cert));
	stmt_column_text(st, 3, out->ca, sizeof(out->ca));
	stmt_done(st);
	return LOOKUP_FOUND;
}

bool outbox_device_key(struct db *db, char pem[OUTBOX_KEY_PEM], struct err *err)
{
	uint8_t der[sizeof(pkcs8) + CRYPTO_SEED_SIZE];
	uint8_t secret[CRYPTO_SECRET_SIZE];
	struct buf b;

	if (!identity_secret(db, secret, err))
		return false;
	memcpy(der, pkcs8, sizeof(pkcs8));
	memcpy(der + sizeof(pkcs8), secret, CRYPTO_SEED_SIZE);
	buf_init(&b, pem, OUTBOX_KEY_PEM);
	buf_printf(&b, "-----BEGIN PRIVATE KEY-----\n");
	base64_write(&b, der, sizeof(der));
	buf_printf(&b, "\n-----END PRIVATE KEY-----\n");
	buf_text(&b);
	crypto_wipe(der, sizeof(der));
	crypto_wipe(secret, sizeof(secret));
	return !b.full ||
	       err_set(err, ERR_INVALID, 0, "the device key does not fit");
}

/* ---- joining ---------------------------------------------------------------- */

bool outbox_enrol(struct db *db, const uint8_t code[CRYPTO_HASH_SIZE],
	struct buf *out, struct err *err)
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	struct enrol_request r;

	if (!outbox_may_leave(db))
		return err_set(err, ERR_DENIED, 0,
			"nothing of this store leaves it");
	if (!identity_secret(db, secret, err))
		return false;
	memcpy(r.code, code, sizeof(r.code));
	memcpy(r.dev, db->info.dev, sizeof(r.dev));
	memcpy(r.pk, db->device_public, sizeof(r.pk));
	enrol_request_write(&r, secret, out);
	crypto_wipe(secret, sizeof(secret));
	return !out->full || err_set(err, ERR_INVALID, 0, "request too long");
}

bool outbox_may(struct db *db, const struct session *s, struct refusal *why)
{
	const enum verdict v = roles_may(db, s, ACT_OFFICE_KEY, why);

	roles_note(db);
	return v == VERDICT_DONE;
}

static bool note(struct db *db, const struct session *s,
	const struct enrol_answer *a, struct journal_done *done,
	struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum};
	char sign[2 * CRYPTO_PUBLIC_SIZE + 1];
	char seal[2 * CRYPTO_PUBLIC_SIZE + 1];
	char line[sizeof(sign) + sizeof(seal) + CHECKPOINT_NAME + 8];

	str_to_hex(a->sign, sizeof(a->sign), sign);
	str_to_hex(a->seal, sizeof(a->seal), seal);
	snprintf(line, sizeof(line), "join %s %s %s\n", a->name, sign, seal);
	crypto_sha256(line, strlen(line), sum);
	return journal_append(db, &entry, done, err);
}

static bool put_seal(struct db *db, const struct enrol_answer *a,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &outbox_join_stmts, SEAL_PUT);

	stmt_blob(st, ":centre", a->seal, sizeof(a->seal));
	return stmt_run(db, st, err);
}

static bool put_centre(struct db *db, const char *url,
	const struct enrol_answer *a, uint64_t seq, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &outbox_join_stmts, PUT);
	char cert[ENROL_CERT_MAX];
	char ca[ENROL_CERT_MAX];

	if (a->cert_len >= sizeof(cert) || a->ca_len >= sizeof(ca))
		return err_set(err, ERR_INVALID, 0, "certificate too long");
	memcpy(cert, a->cert, a->cert_len);
	cert[a->cert_len] = '\0';
	memcpy(ca, a->ca, a->ca_len);
	ca[a->ca_len] = '\0';
	stmt_text(st, ":name", a->name);
	stmt_text(st, ":url", url);
	stmt_text(st, ":cert", cert);
	stmt_text(st, ":ca", ca);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	return stmt_run(db, st, err);
}

static bool write_join(struct db *db, const struct session *s, const char *url,
	const struct enrol_answer *a, struct err *err)
{
	struct journal_done done;

	if (!note(db, s, a, &done, err) || !put_seal(db, a, err) ||
		!put_centre(db, url, a, done.seq, err))
		return false;
	crash_point("join.stored");
	return centre_keys_set(db, s, a->sign, err);
}

enum verdict outbox_join(struct db *db, const struct session *s,
	const char *url, const struct enrol_answer *a, struct refusal *why,
	struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!outbox_may_leave(db)) {
		err_set(err, ERR_DENIED, 0, "nothing of this store leaves it");
		return VERDICT_FAILED;
	}
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = roles_may(db, s, ACT_OFFICE_KEY, why);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v == VERDICT_DONE && !write_join(db, s, url, a, err))
		v = VERDICT_FAILED;
	v = db_end_verdict(db, v, err);
	if (v == VERDICT_DONE)
		memcpy(db->centre, a->seal, sizeof(db->centre));
	return v;
}
