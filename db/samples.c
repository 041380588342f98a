#include "db/samples.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/dwelling.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/month_internal.h"
#include "db/payouts_internal.h"
#include "db/roles_internal.h"
#include "db/samples_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/visits.h"
#include "db/window_internal.h"

enum {
	RECORDS,
	PAID,
	VOIDED,
	COUNT
};

static const char *const sql[COUNT] = {
	[RECORDS] = ("SELECT seq, body FROM journal"
		     " WHERE seq BETWEEN :first AND :last ORDER BY seq"),
	[PAID] = ("SELECT seq, code FROM payout"
		  " WHERE seq BETWEEN :first AND :last ORDER BY seq"),
	[VOIDED] = ("SELECT seq FROM payout"
		    " WHERE seq BETWEEN :first AND :last AND state = :state"),
};

const struct stmt_set samples_stmts = {"samples", sql, COUNT};

static const uint64_t newest = INT64_MAX;

/* ---- records --------------------------------------------------------------- */

/* Each record of one kind from first to last, whole; each() false: stop. */
static bool records(struct db *db, enum journal_kind kind, uint64_t first,
	uint64_t last, bool (*each)(void *ctx, const struct record *r),
	void *ctx, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &samples_stmts, RECORDS);
	enum lookup got = LOOKUP_ABSENT;
	struct month_record m;
	const char *finding;
	struct record r;
	bool more = true;

	stmt_int(st, ":first", (sqlite3_int64)first);
	stmt_int(st, ":last", (sqlite3_int64)last);
	while (more && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const void *body = sqlite3_column_blob(st, 1);
		const size_t len = (size_t)sqlite3_column_bytes(st, 1);

		if (month_read(body, len, MONTH_KIND(kind), &m) &&
			record_decode(body, len, &r, &finding))
			more = each(ctx, &r);
	}
	stmt_done(st);
	return got != LOOKUP_FAILED;
}

/* ---- draws ----------------------------------------------------------------- */

struct drawing {
	struct db *db;
	bool (*each)(void *ctx, const struct sample *s);
	void *ctx;
	struct err *err;
	bool failed;
};

static bool on_config(void *ctx, const struct record *r)
{
	struct drawing *d = ctx;
	struct sample s;

	if (!samples_read_draw(r, &s))
		return true;
	d->failed = !payouts_user_name(d->db, s.actor, s.actor_name,
		sizeof(s.actor_name), d->err);
	return !d->failed && d->each(d->ctx, &s);
}

bool samples_each(struct db *db,
	bool (*each)(void *ctx, const struct sample *s), void *ctx,
	struct err *err)
{
	struct drawing d = {.db = db, .each = each, .ctx = ctx, .err = err};

	return records(db, JOURNAL_CONFIG, 1, newest, on_config, &d, err) &&
	       !d.failed;
}

struct finding {
	uint64_t seq;
	struct sample *out;
	bool found;
};

static bool is_it(void *ctx, const struct sample *s)
{
	struct finding *f = ctx;

	if (f->seq != 0 && s->seq != f->seq)
		return true;
	*f->out = *s;
	f->found = true;
	return f->seq == 0;
}

enum lookup samples_get(struct db *db, uint64_t seq, struct sample *out,
	struct err *err)
{
	struct finding f = {.seq = seq, .out = out};

	if (!samples_each(db, is_it, &f, err))
		return LOOKUP_FAILED;
	return f.found ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

/* ---- the lot --------------------------------------------------------------- */

struct numbers {
	uint64_t *at;
	size_t count;
	size_t room;
	bool no_memory;
};

static bool on_void(void *ctx, const struct record *r)
{
	struct numbers *n = ctx;

	if (n->count == n->room) {
		const size_t room = 2 * n->room + 64;
		uint64_t *at = realloc(n->at, room * sizeof(*at));

		n->no_memory = !at;
		if (!at)
			return false;
		n->at = at;
		n->room = room;
	}
	n->at[n->count++] = r->ref;
	return true;
}

static bool is_void(const struct numbers *n, uint64_t pay)
{
	for (size_t i = 0; i < n->count; i++)
		if (n->at[i] == pay)
			return true;
	return false;
}

struct lot {
	uint8_t rank[SAMPLES_MAX][CRYPTO_HASH_SIZE];
	uint64_t pay[SAMPLES_MAX];
	int count;
	int most;
	int64_t population;
};

static void rank_of(const struct sample *s, const char *code,
	uint8_t out[CRYPTO_HASH_SIZE])
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTRSMP1", 8);
	crypto_hash_add(&h, s->seed, sizeof(s->seed));
	crypto_hash_add(&h, code, strlen(code));
	crypto_hash_end(&h, out);
}

/* Keep it if it is among the least so far. */
static void put(struct lot *l, uint64_t pay,
	const uint8_t rank[CRYPTO_HASH_SIZE])
{
	int i = l->count;

	l->population++;
	if (i == l->most && memcmp(rank, l->rank[i - 1], CRYPTO_HASH_SIZE) >= 0)
		return;
	i = i < l->most ? l->count++ : i - 1;
	for (; i > 0 && memcmp(l->rank[i - 1], rank, CRYPTO_HASH_SIZE) > 0;
		i--) {
		memcpy(l->rank[i], l->rank[i - 1], CRYPTO_HASH_SIZE);
		l->pay[i] = l->pay[i - 1];
	}
	memcpy(l->rank[i], rank, CRYPTO_HASH_SIZE);
	l->pay[i] = pay;
}

/* Is there any such row? */
static bool any_of(struct db *db, int index, uint64_t first, uint64_t last,
	bool *any, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &samples_stmts, index);
	enum lookup got;

	stmt_int(st, ":first", (sqlite3_int64)first);
	stmt_int(st, ":last", (sqlite3_int64)last);
	if (index == VOIDED)
		stmt_int(st, ":state", PAYOUT_VOIDED);
	got = stmt_row(db, st, err);
	*any = got == LOOKUP_FOUND;
	if (*any)
		stmt_done(st);
	return got != LOOKUP_FAILED;
}

/* What was void when it was drawn. Most draws are of none that is, and then
 * no record has to be read. */
static bool read_voids(struct db *db, const struct sample *s,
	struct numbers *voids, struct err *err)
{
	bool any;

	if (!any_of(db, VOIDED, s->first, s->last, &any, err))
		return false;
	return !any ||
	       records(db, JOURNAL_VOID, s->first, s->seq, on_void, voids, err);
}

static bool cast(struct db *db, const struct sample *s, struct lot *l,
	struct err *err)
{
	sqlite3_stmt *st;
	struct numbers voids = {.count = 0};
	uint8_t rank[CRYPTO_HASH_SIZE];
	char code[SEAL_CODE_SIZE];
	enum lookup got = LOOKUP_FAILED;

	*l = (struct lot){.most = (int)s->count};
	if (read_voids(db, s, &voids, err) && !voids.no_memory) {
		st = stmt_get(db, &samples_stmts, PAID);
		stmt_int(st, ":first", (sqlite3_int64)s->first);
		stmt_int(st, ":last", (sqlite3_int64)s->last);
		while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
			const uint64_t seq =
				(uint64_t)sqlite3_column_int64(st, 0);

			stmt_column_text(st, 1, code, sizeof(code));
			if (is_void(&voids, seq))
				continue;
			rank_of(s, code, rank);
			put(l, seq, rank);
		}
	}
	free(voids.at);
	if (voids.no_memory)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a draw");
	return got != LOOKUP_FAILED;
}

/* ---- what is known of a receipt --------------------------------------------- */

static bool fill_phone(struct db *db, struct sample_item *it, struct err *err)
{
	struct visit v[8];
	bool more;
	int count;

	if (it->person == 0)
		return true;
	if (!visits_of(db, it->person, v, 8, &count, &more, err))
		return false;
	for (int i = 0; i < count && !it->phone[0]; i++)
		str_copy(it->phone, sizeof(it->phone), v[i].phone);
	crypto_wipe(v, sizeof(v));
	return true;
}

static bool fill(struct db *db, struct sample_item *it, struct err *err)
{
	struct dwelling d;
	struct payout p;

	switch (payouts_get(db, it->pay, &p, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_CORRUPT, 0, "record %llu is no payment",
			(unsigned long long)it->pay);
	case LOOKUP_FOUND:
		break;
	}
	str_copy(it->code, sizeof(it->code), p.code);
	it->t = p.t;
	it->amount = p.amount;
	it->agent = p.actor;
	str_copy(it->agent_name, sizeof(it->agent_name), p.actor_name);
	it->person = p.person.id;
	str_copy(it->name, sizeof(it->name), p.person.name);
	dwelling_read(p.person.address, &d);
	str_copy(it->hamlet, sizeof(it->hamlet), d.hamlet);
	crypto_wipe(&p, sizeof(p));
	return fill_phone(db, it, err);
}

struct hearing {
	struct db *db;
	uint64_t draw;
	struct sample_item *item;
	int count;
	struct err *err;
	bool failed;
};

static bool on_called(void *ctx, const struct record *r)
{
	struct hearing *h = ctx;
	struct sample_called c;

	if (!samples_read_called(r, &c) || c.draw != h->draw)
		return true;
	for (int i = 0; i < h->count; i++) {
		struct sample_item *it = &h->item[i];

		if (it->pay != c.pay)
			continue;
		it->said = c.said;
		it->said_amount = c.amount;
		it->note = c.note;
		it->said_at = (int64_t)r->t;
		it->caller = (int64_t)r->actor;
		it->tries++;
		h->failed = !payouts_user_name(h->db, it->caller,
			it->caller_name, sizeof(it->caller_name), h->err);
	}
	return !h->failed;
}

bool samples_items(struct db *db, const struct sample *s,
	struct sample_item *out, int *count, int64_t *population,
	struct err *err)
{
	struct hearing h = {.db = db, .draw = s->seq, .item = out, .err = err};
	struct lot *l = malloc(sizeof(*l));
	bool ok;

	if (!l)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a draw");
	ok = cast(db, s, l, err);
	for (int i = 0; ok && i < l->count; i++) {
		out[i] = (struct sample_item){.place = i + 1, .pay = l->pay[i]};
		ok = fill(db, &out[i], err);
	}
	*count = l->count;
	*population = l->population;
	h.count = l->count;
	free(l);
	return ok &&
	       records(db, JOURNAL_CONFIG, s->seq + 1, newest, on_called, &h,
		       err) &&
	       !h.failed;
}

/* ---- writing ---------------------------------------------------------------- */

static bool append(struct db *db, const struct session *s, const char *line,
	struct journal_done *done, struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum,
		.line = line};
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, line, strlen(line));
	crypto_hash_add(&h, "\n", 1);
	crypto_hash_end(&h, sum);
	return journal_append(db, &entry, done, err);
}

static enum verdict write_draw(struct db *db, const struct session *s,
	struct sample *out, struct refusal *why, struct err *err)
{
	char line[RECORD_LINE_SIZE];
	char hex[2 * SAMPLES_SEED + 1];
	struct journal_done done;
	enum verdict v = roles_may(db, s, ACT_SAMPLE, why);

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	str_to_hex(out->seed, sizeof(out->seed), hex);
	snprintf(line, sizeof(line), "sample %s %llu %llu %lld", hex,
		(unsigned long long)out->first, (unsigned long long)out->last,
		(long long)out->count);
	if (!append(db, s, line, &done, err))
		return VERDICT_FAILED;
	out->seq = done.seq;
	out->t = done.t;
	return VERDICT_DONE;
}

enum verdict samples_draw(struct db *db, const struct session *s,
	const struct daylog_range *range, int64_t count, struct sample *out,
	struct refusal *why, struct err *err)
{
	enum verdict v;
	bool any;

	*why = (struct refusal){0};
	*out = (struct sample){.actor = s->user.number,
		.first = range->first,
		.last = range->last,
		.count = count};
	if (count < 1 || count > SAMPLES_MAX) {
		err_set(err, ERR_INVALID, 0, "a draw has 1 to %d receipts",
			SAMPLES_MAX);
		return VERDICT_FAILED;
	}
	if (!any_of(db, PAID, range->first, range->last, &any, err))
		return VERDICT_FAILED;
	if (!any)
		return refuse(why, REFUSED_NOT_FOUND);
	str_copy(out->actor_name, sizeof(out->actor_name), s->user.name);
	crypto_random(out->seed, sizeof(out->seed));
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = write_draw(db, s, out, why, err);
	return db_end_verdict(db, v, err);
}

/* Is that payment one of the draw? */
static bool is_drawn(struct db *db, const struct sample *draw, uint64_t pay,
	bool *yes, struct err *err)
{
	struct lot *l = malloc(sizeof(*l));
	bool ok;

	*yes = false;
	if (!l)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a draw");
	ok = cast(db, draw, l, err);
	for (int i = 0; ok && i < l->count; i++)
		*yes = *yes || l->pay[i] == pay;
	free(l);
	return ok;
}

static enum verdict write_called(struct db *db, const struct session *s,
	const struct sample *draw, const struct sample_word *word, int64_t *t,
	struct refusal *why, struct err *err)
{
	char line[RECORD_LINE_SIZE];
	char amount[24] = "";
	struct journal_done done;
	enum verdict v = roles_may(db, s, ACT_SAMPLE, why);

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (word->said == SAMPLE_DIFFERS)
		snprintf(amount, sizeof(amount), " %" PRId64, word->amount);
	snprintf(line, sizeof(line), "called %llu %llu %s%s%s%s",
		(unsigned long long)draw->seq, (unsigned long long)word->pay,
		sample_said_name(word->said), amount, word->note ? " " : "",
		sample_note_name(word->note));
	if (!append(db, s, line, &done, err))
		return VERDICT_FAILED;
	*t = done.t;
	return VERDICT_DONE;
}

enum verdict samples_note(struct db *db, const struct session *s,
	const struct sample *draw, const struct sample_word *word, int64_t *t,
	struct refusal *why, struct err *err)
{
	enum verdict v;
	bool yes;

	*why = (struct refusal){0};
	*t = 0;
	if (word->said == SAMPLE_NOT_CALLED ||
		(word->said == SAMPLE_DIFFERS) != (word->amount >= 0) ||
		!sample_note_fits(word->said, word->note)) {
		err_set(err, ERR_INVALID, 0,
			"an amount goes with differs, a note with its word");
		return VERDICT_FAILED;
	}
	if (!is_drawn(db, draw, word->pay, &yes, err))
		return VERDICT_FAILED;
	if (!yes)
		return refuse(why, REFUSED_NOT_FOUND);
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = write_called(db, s, draw, word, t, why, err);
	return db_end_verdict(db, v, err);
}
