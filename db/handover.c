/* handover.c - a person leaves this terminal: RELEASE, and its message. */
#include "db/handover_internal.h"

#include <string.h>

#include "core/crash.h"
#include "core/money.h"
#include "db/db_internal.h"
#include "db/elsewhere_internal.h"
#include "db/identity_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	GET,
	PUT,
	PEERS,
	AWAY_OF,
	ALL,
	COUNT
};

static const char *const sql[COUNT] = {
	[GET] = "SELECT seq, hop, away FROM handover WHERE ent = :ent",
	[PUT] = ("INSERT INTO handover (ent, seq, hop, away)"
		 " VALUES (:ent, :seq, :hop, :away) ON CONFLICT (ent)"
		 " DO UPDATE SET seq = excluded.seq, hop = excluded.hop,"
		 " away = excluded.away"),
	[PEERS] = ("SELECT dev FROM peer WHERE dev NOT IN"
		   " (SELECT dev FROM peer_gone)"
		   " ORDER BY dev LIMIT 9 /* scan */"),
	[AWAY_OF] = ("SELECT h.seq, h.hop, e.amount, j.body, j.h"
		     " FROM entitlement e JOIN handover h ON h.ent = e.ent"
		     " JOIN journal j ON j.seq = h.seq"
		     " WHERE e.person = :person AND h.away = 1"
		     " ORDER BY h.seq"),
	[ALL] = "SELECT ent, seq, hop, away FROM handover /* scan */",
};

const struct stmt_set handover_stmts = {"handover", sql, COUNT};

/* ---- what both sides share -------------------------------------------------- */

enum lookup handover_get(struct db *db, const uint8_t ent[ENT_SIZE],
	struct handover_row *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &handover_stmts, GET);
	enum lookup got;

	*out = (struct handover_row){0};
	stmt_blob(st, ":ent", ent, ENT_SIZE);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->seq = (uint64_t)sqlite3_column_int64(st, 0);
	out->hop = sqlite3_column_int(st, 1);
	out->away = sqlite3_column_int(st, 2) != 0;
	stmt_done(st);
	return LOOKUP_FOUND;
}

bool handover_put(struct db *db, const uint8_t ent[ENT_SIZE],
	const struct handover_row *row, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &handover_stmts, PUT);

	stmt_blob(st, ":ent", ent, ENT_SIZE);
	stmt_int(st, ":seq", (sqlite3_int64)row->seq);
	stmt_int(st, ":hop", row->hop);
	stmt_int(st, ":away", row->away);
	return stmt_run(db, st, err);
}

enum verdict handover_may(struct db *db, const struct session *s,
	struct refusal *why, struct err *err)
{
	const enum verdict v = roles_may(db, s, ACT_HAND_OVER, why);

	if (v != VERDICT_DONE)
		return v;
	if (db->info.training)
		return refuse(why, REFUSED_TRAINING);
	if (db->lost_tail)
		return refuse(why, REFUSED_TAIL_LOST);
	if (db->moved == MOVED_AWAY)
		return refuse(why, REFUSED_MOVED);
	return window_clock(db, why, err);
}

enum lookup handover_prior(struct db *db, uint64_t seq,
	struct refusal_prior *out, struct err *err)
{
	enum lookup got = payouts_prior(db, seq, out, err);
	struct journal_row row;
	struct record r;
	const char *finding;

	if (got == LOOKUP_FOUND)
		got = journal_row(db, seq, &row, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->point[0] = '\0';
	if (record_decode(row.body, row.len, &r, &finding))
		elsewhere_short_id(r.peer, out->point, sizeof(out->point));
	return LOOKUP_FOUND;
}

bool handover_check(struct db *db, const struct ents *moves, bool *told,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &handover_stmts, ALL);
	uint8_t ent[ENT_SIZE];
	size_t rows = 0;
	enum lookup got;

	*told = true;
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const struct ent_fate *f = NULL;

		rows++;
		if (stmt_column_blob(st, 0, ent, sizeof(ent)))
			f = ents_get(moves, ent);
		*told = *told && f &&
			f->seq == (uint64_t)sqlite3_column_int64(st, 1) &&
			f->hop == sqlite3_column_int(st, 2) &&
			f->away == (sqlite3_column_int(st, 3) != 0);
	}
	*told = *told && rows == moves->used;
	return got != LOOKUP_FAILED;
}

/* ---- the message ------------------------------------------------------------- */

/* Signed by the key of this device, which stays: so it may be shown again. */
static bool sign(struct db *db, struct handover_shown *out, struct err *err)
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	bool ok;

	memcpy(out->message.from, db->info.dev, sizeof(out->message.from));
	if (!identity_secret(db, secret, err))
		return false;
	ok = release_write(&out->message, secret, out->bytes, &out->len);
	crypto_wipe(secret, sizeof(secret));
	return ok || err_set(err, ERR_CORRUPT, 0,
			     "what was released makes no message");
}

/* One that is away. Those of an earlier target are left out: the newest
 * RELEASE says where he was sent. */
static void add_away(struct handover_shown *out, sqlite3_stmt *st,
	const struct record *r)
{
	struct release *m = &out->message;
	struct release_item *it;

	if (m->count > 0 && memcmp(m->to, r->peer, sizeof(m->to)) != 0) {
		m->count = 0;
		out->amount = 0;
	}
	if (m->count == RELEASE_MAX_ITEMS)
		return;
	it = &m->item[m->count++];
	memcpy(m->to, r->peer, sizeof(m->to));
	m->t = (int64_t)r->t;
	memcpy(it->ent, r->ent, sizeof(it->ent));
	it->period = (int32_t)r->period;
	it->hop = sqlite3_column_int(st, 1);
	it->seq = (uint64_t)sqlite3_column_int64(st, 0);
	stmt_column_blob(st, 4, it->h, sizeof(it->h));
	out->amount += sqlite3_column_int64(st, 2);
}

static bool read_away(struct db *db, int64_t person, struct handover_shown *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &handover_stmts, AWAY_OF);
	struct record r;
	const char *finding;
	enum lookup got;

	stmt_int(st, ":person", person);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const void *body = sqlite3_column_blob(st, 3);

		if (!body ||
			!record_decode(body,
				(size_t)sqlite3_column_bytes(st, 3), &r,
				&finding) ||
			r.kind != JOURNAL_RELEASE) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"table handover names no RELEASE");
		}
		add_away(out, st, &r);
	}
	out->person = person;
	return got != LOOKUP_FAILED;
}

static bool read_peers(struct db *db, struct handover_ways *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &handover_stmts, PEERS);
	enum lookup got;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		if (out->peers < HANDOVER_PEERS &&
			stmt_column_blob(st, 0, out->peer[out->peers],
				MARKS_DEV_SIZE))
			out->peers++;
	return got != LOOKUP_FAILED;
}

enum verdict handover_look(struct db *db, const struct session *s,
	int64_t person, struct handover_ways *out, struct refusal *why,
	struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	memset(out, 0, sizeof(*out));
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = roles_may(db, s, ACT_HAND_OVER, why);
	if (v == VERDICT_DONE &&
		!(read_peers(db, out, err) &&
			read_away(db, person, &out->shown, err)))
		v = VERDICT_FAILED;
	out->away = out->shown.message.count > 0;
	if (v == VERDICT_DONE && out->away && !sign(db, &out->shown, err))
		v = VERDICT_FAILED;
	return db_end_verdict(db, v, err);
}

/* ---- releasing ---------------------------------------------------------------- */

/* One more move of it, into the book and the message. */
static bool write_release(struct db *db, const struct session *s,
	const struct due_item *item, struct handover_shown *out,
	struct err *err)
{
	struct release *m = &out->message;
	struct release_item *to = &m->item[m->count++];
	struct handover_row row;
	struct journal_entry entry = {.kind = JOURNAL_RELEASE,
		.actor = s->user.number,
		.period = item->period,
		.ent = item->ent,
		.peer = m->to};
	struct journal_done done;

	if (handover_get(db, item->ent, &row, err) == LOOKUP_FAILED)
		return false;
	row.hop++;
	row.away = true;
	entry.hop = (uint64_t)row.hop;
	if (!journal_append(db, &entry, &done, err))
		return false;
	crash_point("release.appended");
	row.seq = done.seq;
	*to = (struct release_item){.period = item->period,
		.hop = row.hop,
		.seq = done.seq};
	memcpy(to->ent, item->ent, sizeof(to->ent));
	memcpy(to->h, done.h, sizeof(to->h));
	m->t = done.t;
	return money_add(out->amount, item->amount, &out->amount) &&
	       handover_put(db, item->ent, &row, err);
}

static enum verdict release(struct db *db, const struct session *s,
	int64_t person, struct handover_shown *out, struct refusal *why,
	struct err *err)
{
	struct payouts_plan p = {.s = s,
		.request = {.person = person, .payee = PAYEE_SELF}};
	uint8_t key[CRYPTO_PUBLIC_SIZE];
	enum verdict v = handover_may(db, s, why, err);

	if (v != VERDICT_DONE)
		return v;
	elsewhere_short_id(out->message.to, why->prior.point,
		sizeof(why->prior.point));
	v = elsewhere_believed(db, out->message.to, key, why, err);
	if (v == VERDICT_DONE)
		v = payouts_may_release(db, &p, why, err);
	if (v != VERDICT_DONE)
		return v;
	out->person = person;
	for (int i = 0; i < p.items; i++)
		if (!write_release(db, s, &p.item[i], out, err))
			return VERDICT_FAILED;
	return sign(db, out, err) ? VERDICT_DONE : VERDICT_FAILED;
}

enum verdict handover_release(struct db *db, const struct session *s,
	int64_t person, const uint8_t to[MARKS_DEV_SIZE],
	struct handover_shown *out, struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	memset(out, 0, sizeof(*out));
	memcpy(out->message.to, to, sizeof(out->message.to));
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, release(db, s, person, out, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("release.committed");
	return v;
}
