#include "db/elsewhere_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/crash.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/export.h"
#include "db/identity_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/positions_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	LISTS,
	PEER,
	ADD_PEER,
	TAKEN,
	KNOWN,
	COUNT
};

static const char *const sql[COUNT] = {
	[LISTS] = ("SELECT id, sha256, period FROM list WHERE :period = 0"
		   " OR period = :period ORDER BY period DESC, id"
		   " /* scan */"),
	[PEER] = "SELECT public FROM peer WHERE dev = :dev",
	[ADD_PEER] = "INSERT INTO peer (dev, public) VALUES (:dev, :public)",
	[TAKEN] = "SELECT bytes FROM mark_set WHERE seq = :seq",
	[KNOWN] = ("SELECT dev, public FROM peer WHERE dev NOT IN"
		   " (SELECT dev FROM peer_gone) ORDER BY dev /* scan */"),
};

const struct stmt_set elsewhere_stmts = {"elsewhere", sql, COUNT};

enum {
	SHORT_ID = 6 /* letters of a terminal's id, as papers have it */
};

void elsewhere_short_id(const uint8_t dev[MARKS_DEV_SIZE], char *out,
	size_t size)
{
	char hex[2 * MARKS_DEV_SIZE + 1];

	str_to_hex(dev, MARKS_DEV_SIZE, hex);
	hex[SHORT_ID] = '\0';
	str_copy(out, size, hex);
}

/* ---- lists ---------------------------------------------------------------- */

static bool read_list(sqlite3_stmt *st, struct elsewhere_list *out)
{
	out->id = sqlite3_column_int64(st, 0);
	out->period = sqlite3_column_int(st, 2);
	return stmt_column_blob(st, 1, out->sha256, sizeof(out->sha256));
}

/*
 * Of period, 0 the newest, list number which; *lists: how many there are. Or,
 * if id is given, the one whose hash begins with it.
 */
enum lookup elsewhere_list(struct db *db, int32_t period, int which,
	const uint8_t *id, struct elsewhere_list *out, int *lists,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &elsewhere_stmts, LISTS);
	enum lookup found = LOOKUP_ABSENT;
	struct elsewhere_list l;
	enum lookup got;

	*lists = 0;
	stmt_int(st, ":period", period);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (!read_list(st, &l))
			continue;
		if (!id && period == 0)
			period = l.period;
		if (!id && l.period != period)
			continue;
		if (id ? memcmp(l.sha256, id, MARKS_SHORT) == 0
		       : *lists == which) {
			*out = l;
			found = LOOKUP_FOUND;
		}
		++*lists;
	}
	return got == LOOKUP_FAILED ? got : found;
}

/* ---- showing --------------------------------------------------------------- */

static bool write_export(struct db *db, const struct session *s,
	const struct elsewhere_shown *out, struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_EXPORT,
		.actor = s->user.number,
		.rsum = sum,
		.has_result = true,
		.result = EXPORT_MARKS};

	crypto_sha256(out->bytes, out->len, sum);
	if (!journal_append(db, &entry, NULL, err))
		return false;
	crash_point("shown.appended");
	return true;
}

/* The message, by the key of this device. */
static bool write_marks(struct db *db, const struct positions *p,
	struct elsewhere_shown *out, bool *fits, struct err *err)
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	bool ok = identity_secret(db, secret, err);

	*fits = ok &&
		marks_write(&out->head, p->bits, secret, out->bytes, &out->len);
	crypto_wipe(secret, sizeof(secret));
	return ok;
}

static bool fill_head(struct db *db, const struct elsewhere_list *l,
	const struct positions *p, struct marks *m, struct err *err)
{
	struct journal_head head;

	if (!journal_head(db, &head, err))
		return false;
	memcpy(m->dev, db->info.dev, sizeof(m->dev));
	m->seq = head.last_seq;
	memcpy(m->h, head.head, sizeof(m->h));
	m->t = clock_wall_ms();
	memcpy(m->list, l->sha256, sizeof(m->list));
	memcpy(m->names, p->names, sizeof(m->names));
	m->count = p->count;
	return true;
}

static enum verdict make(struct db *db, const struct session *s,
	const struct elsewhere_list *l, struct elsewhere_shown *out,
	struct refusal *why, struct err *err)
{
	enum verdict v = VERDICT_FAILED;
	struct positions p;
	bool fits;

	if (positions_load(db, l->id, &p, err) &&
		fill_head(db, l, &p, &out->head, err) &&
		write_marks(db, &p, out, &fits, err)) {
		out->period = l->period;
		out->paid = p.paid;
		why->amount = p.count;
		if (!fits)
			v = refuse(why, p.count > 0 ? REFUSED_MARKS_SIZE
						    : REFUSED_NO_LIST);
		else if (write_export(db, s, out, err))
			v = VERDICT_DONE;
	}
	positions_free(&p);
	return v;
}

static enum verdict show(struct db *db, const struct session *s, int32_t period,
	int which, struct elsewhere_shown *out, struct refusal *why,
	struct err *err)
{
	enum verdict v = roles_may(db, s, ACT_EXPORT, why);
	struct elsewhere_list l;

	if (v == VERDICT_DONE && db->info.training)
		v = refuse(why, REFUSED_TRAINING);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	out->which = which;
	switch (elsewhere_list(db, period, which, NULL, &l, &out->lists, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NO_LIST);
	case LOOKUP_FOUND:
		break;
	}
	return make(db, s, &l, out, why, err);
}

enum verdict elsewhere_show(struct db *db, const struct session *s,
	int32_t period, int which, struct elsewhere_shown *out,
	struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	memset(out, 0, sizeof(*out));
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, show(db, s, period, which, out, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("shown.committed");
	return v;
}

/* ---- whose marks are believed ----------------------------------------------- */

enum lookup elsewhere_peer(struct db *db, const uint8_t dev[MARKS_DEV_SIZE],
	uint8_t out[CRYPTO_PUBLIC_SIZE], struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &elsewhere_stmts, PEER);
	enum lookup got;

	stmt_blob(st, ":dev", dev, MARKS_DEV_SIZE);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND &&
		!stmt_column_blob(st, 0, out, CRYPTO_PUBLIC_SIZE)) {
		err_set(err, ERR_CORRUPT, 0, "table peer has no key");
		got = LOOKUP_FAILED;
	}
	stmt_done(st);
	return got;
}

void elsewhere_card(const struct db *db, char out[MARKS_CARD_SIZE])
{
	struct marks_card c;

	memcpy(c.dev, db->info.dev, sizeof(c.dev));
	memcpy(c.public, db->device_public, sizeof(c.public));
	marks_card_text(&c, out);
}

static bool write_peer(struct db *db, const struct session *s,
	const struct marks_card *card, struct err *err)
{
	char dev[2 * MARKS_DEV_SIZE + 1];
	char key[2 * CRYPTO_PUBLIC_SIZE + 1];
	uint8_t sum[CRYPTO_HASH_SIZE];
	char line[128];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum};
	sqlite3_stmt *st = stmt_get(db, &elsewhere_stmts, ADD_PEER);

	str_to_hex(card->dev, sizeof(card->dev), dev);
	str_to_hex(card->public, sizeof(card->public), key);
	snprintf(line, sizeof(line), "peer %s %s\n", dev, key);
	crypto_sha256(line, strlen(line), sum);
	stmt_blob(st, ":dev", card->dev, sizeof(card->dev));
	stmt_blob(st, ":public", card->public, sizeof(card->public));
	if (!stmt_run(db, st, err))
		return false;
	crash_point("peer.written");
	if (!journal_append(db, &entry, NULL, err))
		return false;
	crash_point("peer.appended");
	return true;
}

static enum verdict know(struct db *db, const struct session *s,
	const struct marks_card *card, struct refusal *why, struct err *err)
{
	uint8_t known[CRYPTO_PUBLIC_SIZE];
	enum verdict v = roles_may(db, s, ACT_OFFICE_KEY, why);

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	elsewhere_short_id(card->dev, why->prior.point,
		sizeof(why->prior.point));
	if (memcmp(card->dev, db->info.dev, sizeof(card->dev)) == 0)
		return refuse(why, REFUSED_PEER);
	v = elsewhere_believed(db, card->dev, known, why, err);
	if (v == VERDICT_DONE)
		return memcmp(known, card->public, sizeof(known)) == 0
			       ? VERDICT_DONE
			       : refuse(why, REFUSED_PEER);
	if (v == VERDICT_FAILED || why->code != REFUSED_MARKS_PEER)
		return v;
	why->code = REFUSED_NOT;
	return write_peer(db, s, card, err) ? VERDICT_DONE : VERDICT_FAILED;
}

enum verdict elsewhere_know(struct db *db, const struct session *s,
	const struct marks_card *card, struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, know(db, s, card, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("peer.committed");
	return v;
}

enum lookup elsewhere_prior(struct db *db, uint64_t seq,
	struct refusal_prior *out, struct err *err)
{
	sqlite3_stmt *st;
	const uint8_t *bytes;
	struct marks m;
	enum lookup got = payouts_prior(db, seq, out, err);

	if (got != LOOKUP_FOUND)
		return got;
	st = stmt_get(db, &elsewhere_stmts, TAKEN);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	bytes = sqlite3_column_blob(st, 0);
	out->point[0] = '\0';
	if (bytes &&
		marks_read_head(bytes, (size_t)sqlite3_column_bytes(st, 0), &m))
		elsewhere_short_id(m.dev, out->point, sizeof(out->point));
	stmt_done(st);
	return LOOKUP_FOUND;
}

bool elsewhere_peers(struct db *db, struct elsewhere_peer *out, int max,
	int *all, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &elsewhere_stmts, KNOWN);
	enum lookup got;

	*all = 0;
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		struct elsewhere_peer peer;

		if (!stmt_column_blob(st, 0, peer.dev, sizeof(peer.dev)) ||
			!stmt_column_blob(st, 1, peer.public,
				sizeof(peer.public))) {
			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"table peer has an id or key of another size");
		}
		if (*all < max)
			out[*all] = peer;
		*all += 1;
	}
	return got == LOOKUP_ABSENT;
}
