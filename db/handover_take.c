/* handover_take.c - a person comes from another terminal: ACQUIRE. */
#include <string.h>

#include "core/crash.h"
#include "core/money.h"
#include "db/db_internal.h"
#include "db/elsewhere_internal.h"
#include "db/handover_internal.h"
#include "db/journal_internal.h"
#include "db/payouts_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"

enum {
	LISTED,
	COUNT
};

static const char *const sql[COUNT] = {
	[LISTED] = ("SELECT e.person, e.amount,"
		    " e.period = :period AND e.carried_by IS NULL,"
		    " coalesce(x.seq, 0) FROM entitlement e"
		    " LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"
		    " WHERE e.ent = :ent"),
};

const struct stmt_set handover_take_stmts = {"handover take", sql, COUNT};

static enum verdict is_believed(struct db *db, const struct release *m,
	const uint8_t *bytes, size_t len, struct refusal *why, struct err *err)
{
	uint8_t key[CRYPTO_PUBLIC_SIZE];
	enum verdict v;

	elsewhere_short_id(m->to, why->prior.point, sizeof(why->prior.point));
	if (memcmp(m->to, db->info.dev, sizeof(m->to)) != 0)
		return refuse(why, REFUSED_HANDOVER_OTHER);
	elsewhere_short_id(m->from, why->prior.point, sizeof(why->prior.point));
	v = elsewhere_believed(db, m->from, key, why, err);
	if (v != VERDICT_DONE)
		return v;
	return release_is_signed(bytes, len, key)
		       ? VERDICT_DONE
		       : refuse(why, REFUSED_HANDOVER_FORGED);
}

static enum verdict is_paid(struct db *db, uint64_t seq, struct refusal *why,
	struct err *err)
{
	if (payouts_prior(db, seq, &why->prior, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	why->actor = why->prior.actor;
	why->amount = why->prior.amount;
	return refuse(why, REFUSED_ALREADY_PAID);
}

/* All of the message is one person's, on a list that is here, and not paid. */
static enum verdict is_listed(struct db *db, const struct release_item *it,
	struct handover_taken *out, struct refusal *why, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &handover_take_stmts, LISTED);
	enum lookup got;
	int64_t person;
	int64_t amount;
	uint64_t paid;
	bool fits;

	stmt_int(st, ":period", it->period);
	stmt_blob(st, ":ent", it->ent, sizeof(it->ent));
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FAILED)
		return VERDICT_FAILED;
	if (got == LOOKUP_ABSENT)
		return refuse(why, REFUSED_HANDOVER_LIST);
	person = sqlite3_column_int64(st, 0);
	amount = sqlite3_column_int64(st, 1);
	fits = sqlite3_column_int(st, 2) != 0;
	paid = (uint64_t)sqlite3_column_int64(st, 3);
	stmt_done(st);
	if (paid)
		return is_paid(db, paid, why, err);
	if (!fits || (out->person && out->person != person))
		return refuse(why, REFUSED_HANDOVER_LIST);
	out->person = person;
	if (money_add(out->amount, amount, &out->amount))
		return VERDICT_DONE;
	err_set(err, ERR_CORRUPT, 0, "amounts do not add up");
	return VERDICT_FAILED;
}

/* Nothing of what this book knows is as new: once means once (T60b). */
static enum verdict is_new(struct db *db, const struct release_item *it,
	struct refusal *why, struct err *err)
{
	struct handover_row row;

	switch (handover_get(db, it->ent, &row, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return VERDICT_DONE;
	case LOOKUP_FOUND:
		break;
	}
	if (row.away && it->hop > row.hop)
		return VERDICT_DONE;
	if (handover_prior(db, row.seq, &why->prior, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	why->actor = why->prior.actor;
	return refuse(why, REFUSED_HANDOVER_USED);
}

static bool write_acquire(struct db *db, const struct session *s,
	const struct release_item *it, struct handover_taken *out,
	struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_ACQUIRE,
		.actor = s->user.number,
		.ref = it->seq,
		.period = it->period,
		.ent = it->ent,
		.rsum = it->h,
		.peer = out->message.from,
		.hop = (uint64_t)it->hop};
	struct handover_row row = {.hop = it->hop};
	struct journal_done done;

	if (!journal_append(db, &entry, &done, err))
		return false;
	crash_point("acquire.appended");
	row.seq = done.seq;
	out->seq = done.seq;
	return handover_put(db, it->ent, &row, err);
}

static enum verdict take(struct db *db, const struct session *s,
	const uint8_t *bytes, size_t len, struct handover_taken *out,
	struct refusal *why, struct err *err)
{
	const struct release *m = &out->message;
	enum verdict v = handover_may(db, s, why, err);

	if (v == VERDICT_DONE && !release_read(bytes, len, &out->message))
		v = refuse(why, REFUSED_HANDOVER);
	if (v == VERDICT_DONE)
		v = is_believed(db, m, bytes, len, why, err);
	for (int i = 0; v == VERDICT_DONE && i < m->count; i++)
		v = is_new(db, &m->item[i], why, err);
	for (int i = 0; v == VERDICT_DONE && i < m->count; i++)
		v = is_listed(db, &m->item[i], out, why, err);
	for (int i = 0; v == VERDICT_DONE && i < m->count; i++)
		if (!write_acquire(db, s, &m->item[i], out, err))
			v = VERDICT_FAILED;
	return v;
}

enum verdict handover_take(struct db *db, const struct session *s,
	const uint8_t *bytes, size_t len, struct handover_taken *out,
	struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	*out = (struct handover_taken){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, take(db, s, bytes, len, out, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("acquire.committed");
	return v;
}
