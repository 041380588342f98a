/* elsewhere_drop.c - a terminal of the office that is believed no more. */
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/elsewhere_internal.h"
#include "db/journal_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	IS_GONE,
	ADD,
	DEVS,
	COUNT
};

static const char *const sql[COUNT] = {
	[IS_GONE] = "SELECT 1 FROM peer_gone WHERE dev = :dev",
	[ADD] = ("INSERT INTO peer_gone (dev, why, seq)"
		 " VALUES (:dev, :why, :seq) ON CONFLICT (dev) DO NOTHING"),
	[DEVS] = "SELECT dev FROM peer ORDER BY dev /* scan */",
};

const struct stmt_set elsewhere_drop_stmts = {"elsewhere drop", sql, COUNT};

const char *elsewhere_why_name(enum peer_why why)
{
	static const char *const name[PEER_WHYS] = {[PEER_LOST] = "lost",
		[PEER_REPLACED] = "replaced",
		[PEER_CLOSED] = "closed"};

	return why > 0 && why < PEER_WHYS ? name[why] : "";
}

void elsewhere_drop_line(const uint8_t dev[MARKS_DEV_SIZE], enum peer_why why,
	uint8_t sum[CRYPTO_HASH_SIZE])
{
	char hex[2 * MARKS_DEV_SIZE + 1];
	char line[64];

	str_to_hex(dev, MARKS_DEV_SIZE, hex);
	snprintf(line, sizeof(line), "drop %s %s\n", hex,
		elsewhere_why_name(why));
	crypto_sha256(line, strlen(line), sum);
}

enum lookup elsewhere_gone(struct db *db, const uint8_t dev[MARKS_DEV_SIZE],
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &elsewhere_drop_stmts, IS_GONE);
	enum lookup got;

	stmt_blob(st, ":dev", dev, MARKS_DEV_SIZE);
	got = stmt_row(db, st, err);
	stmt_done(st);
	return got;
}

enum verdict elsewhere_believed(struct db *db,
	const uint8_t dev[MARKS_DEV_SIZE], uint8_t key[CRYPTO_PUBLIC_SIZE],
	struct refusal *why, struct err *err)
{
	enum lookup got = elsewhere_peer(db, dev, key, err);

	if (got == LOOKUP_ABSENT)
		return refuse(why, REFUSED_MARKS_PEER);
	if (got == LOOKUP_FOUND)
		got = elsewhere_gone(db, dev, err);
	if (got == LOOKUP_FAILED)
		return VERDICT_FAILED;
	return got == LOOKUP_FOUND ? refuse(why, REFUSED_PEER_GONE)
				   : VERDICT_DONE;
}

static bool add(struct db *db, const uint8_t dev[MARKS_DEV_SIZE],
	enum peer_why why, uint64_t seq, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &elsewhere_drop_stmts, ADD);

	stmt_blob(st, ":dev", dev, MARKS_DEV_SIZE);
	stmt_int(st, ":why", why);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	return stmt_run(db, st, err);
}

static bool write_drop(struct db *db, const struct session *s,
	const uint8_t dev[MARKS_DEV_SIZE], enum peer_why because,
	struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum};
	struct journal_done done;

	elsewhere_drop_line(dev, because, sum);
	if (!journal_append(db, &entry, &done, err))
		return false;
	return add(db, dev, because, done.seq, err);
}

static enum verdict drop(struct db *db, const struct session *s,
	const uint8_t dev[MARKS_DEV_SIZE], enum peer_why because,
	struct refusal *why, struct err *err)
{
	enum verdict v = roles_may(db, s, ACT_OFFICE_KEY, why);
	uint8_t key[CRYPTO_PUBLIC_SIZE];

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	elsewhere_short_id(dev, why->prior.point, sizeof(why->prior.point));
	v = elsewhere_believed(db, dev, key, why, err);
	if (v == VERDICT_DONE && !write_drop(db, s, dev, because, err))
		v = VERDICT_FAILED;
	return v;
}

enum verdict elsewhere_drop(struct db *db, const struct session *s,
	const uint8_t dev[MARKS_DEV_SIZE], enum peer_why because,
	struct refusal *why, struct err *err)
{
	*why = (struct refusal){0};
	if (!elsewhere_why_name(because)[0]) {
		err_set(err, ERR_INVALID, 0, "no such reason: %d",
			(int)because);
		return VERDICT_FAILED;
	}
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	return db_end_verdict(db, drop(db, s, dev, because, why, err), err);
}

/* Which line of that one has this hash? */
static enum peer_why why_of(const uint8_t dev[MARKS_DEV_SIZE],
	const uint8_t rsum[CRYPTO_HASH_SIZE])
{
	uint8_t sum[CRYPTO_HASH_SIZE];

	for (int why = PEER_LOST; why < PEER_WHYS; why++) {
		elsewhere_drop_line(dev, (enum peer_why)why, sum);
		if (memcmp(sum, rsum, sizeof(sum)) == 0)
			return (enum peer_why)why;
	}
	return PEER_NO_WHY;
}

bool elsewhere_drop_again(struct db *db, uint64_t seq,
	const uint8_t rsum[CRYPTO_HASH_SIZE], struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &elsewhere_drop_stmts, DEVS);
	uint8_t dev[MARKS_DEV_SIZE];
	uint8_t out[MARKS_DEV_SIZE];
	enum peer_why why = PEER_NO_WHY;
	enum lookup got;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (why != PEER_NO_WHY ||
			!stmt_column_blob(st, 0, dev, sizeof(dev)))
			continue;
		why = why_of(dev, rsum);
		memcpy(out, dev, sizeof(out));
	}
	return got != LOOKUP_FAILED &&
	       (why == PEER_NO_WHY || add(db, out, why, seq, err));
}
