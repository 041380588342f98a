/* elsewhere_take.c - paid marks of another terminal into this book. */
#include <stdlib.h>
#include <string.h>

#include "core/crash.h"
#include "db/db_internal.h"
#include "db/elsewhere_internal.h"
#include "db/journal_internal.h"
#include "db/positions_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	SETS,
	ADD_SET,
	MARK,
	PAID_BY,
	COUNT
};

static const char *const sql[COUNT] = {
	[SETS] = "SELECT seq, bytes FROM mark_set ORDER BY seq DESC /* scan */",
	[ADD_SET] = "INSERT INTO mark_set (seq, bytes) VALUES (:seq, :bytes)",
	[MARK] = ("INSERT INTO paid_elsewhere (ent, seq) VALUES (:ent, :seq)"
		  " ON CONFLICT (ent) DO NOTHING"),
	[PAID_BY] = "SELECT seq FROM paid WHERE ent = :ent",
};

const struct stmt_set elsewhere_take_stmts = {"elsewhere take", sql, COUNT};

/* One that is being taken. */
struct taking {
	struct db *db;
	const struct session *s;
	const uint8_t *bytes;
	size_t len;
	struct positions here;
	uint8_t *bits; /* of the message */
	struct elsewhere_taken *out;
};

/* Is it of a terminal that is known, and by its key? */
static enum verdict is_believed(struct taking *t, struct refusal *why,
	struct err *err)
{
	const struct marks *m = &t->out->head;
	uint8_t key[CRYPTO_PUBLIC_SIZE];
	enum verdict v;

	elsewhere_short_id(m->dev, why->prior.point, sizeof(why->prior.point));
	if (memcmp(m->dev, t->db->info.dev, sizeof(m->dev)) == 0)
		return refuse(why, REFUSED_MARKS_OWN);
	v = elsewhere_believed(t->db, m->dev, key, why, err);
	if (v != VERDICT_DONE)
		return v;
	return marks_is_signed(t->bytes, t->len, key)
		       ? VERDICT_DONE
		       : refuse(why, REFUSED_MARKS_FORGED);
}

/* The list of the message, as it is here; and the bits of it. */
static enum verdict is_of_a_list(struct taking *t, struct refusal *why,
	struct err *err)
{
	const struct marks *m = &t->out->head;
	struct elsewhere_list l;
	int lists;

	switch (elsewhere_list(t->db, 0, 0, m->list, &l, &lists, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_MARKS_LIST);
	case LOOKUP_FOUND:
		break;
	}
	t->out->period = l.period;
	if (!positions_load(t->db, l.id, &t->here, err))
		return VERDICT_FAILED;
	if (t->here.count != m->count ||
		memcmp(t->here.names, m->names, sizeof(m->names)) != 0)
		return refuse(why, REFUSED_MARKS_NAMES);
	t->bits = calloc(marks_bits_size(m->count), 1);
	if (!t->bits) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for paid marks");
		return VERDICT_FAILED;
	}
	return marks_read_bits(t->bytes, t->len, m, t->bits)
		       ? VERDICT_DONE
		       : refuse(why, REFUSED_MARKS);
}

/* Newer than the last one of that terminal and list. */
static enum verdict is_newer(struct taking *t, struct refusal *why,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(t->db, &elsewhere_take_stmts, SETS);
	const struct marks *m = &t->out->head;
	enum verdict v = VERDICT_DONE;
	struct marks before;
	enum lookup got;

	while ((got = stmt_row(t->db, st, err)) == LOOKUP_FOUND) {
		const uint8_t *bytes = sqlite3_column_blob(st, 1);
		const size_t len = (size_t)sqlite3_column_bytes(st, 1);

		if (!bytes || !marks_read_head(bytes, len, &before) ||
			memcmp(before.dev, m->dev, sizeof(m->dev)) != 0 ||
			memcmp(before.list, m->list, sizeof(m->list)) != 0)
			continue;
		t->out->same =
			len == t->len && memcmp(bytes, t->bytes, len) == 0;
		t->out->seq = (uint64_t)sqlite3_column_int64(st, 0);
		why->amount = before.t;
		if (!t->out->same && m->seq <= before.seq)
			v = refuse(why, REFUSED_MARKS_OLD);
		stmt_done(st);
		return v;
	}
	return got == LOOKUP_FAILED ? VERDICT_FAILED : VERDICT_DONE;
}

static bool add_set(struct taking *t, uint64_t seq, struct err *err)
{
	sqlite3_stmt *st = stmt_get(t->db, &elsewhere_take_stmts, ADD_SET);

	stmt_int(st, ":seq", (sqlite3_int64)seq);
	stmt_blob(st, ":bytes", t->bytes, t->len);
	return stmt_run(t->db, st, err);
}

/* Each entitlement that was not marked before. */
static bool add_marks(struct taking *t, uint64_t seq, struct err *err)
{
	for (uint32_t i = 0; i < t->here.count; i++) {
		sqlite3_stmt *st;

		if (!marks_bit(t->bits, i))
			continue;
		st = stmt_get(t->db, &elsewhere_take_stmts, MARK);
		stmt_blob(st, ":ent", t->here.ent[i], ENT_SIZE);
		stmt_int(st, ":seq", (sqlite3_int64)seq);
		if (!stmt_run(t->db, st, err))
			return false;
		t->out->fresh += sqlite3_changes(t->db->handle) > 0;
	}
	return true;
}

static bool write_taken(struct taking *t, struct err *err)
{
	struct elsewhere_taken *out = t->out;
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct journal_entry entry = {.kind = JOURNAL_MARKS,
		.actor = t->s->user.number,
		.ref = out->head.seq,
		.rsum = sum,
		.peer = out->head.dev,
		.has_result = true};
	struct journal_done done;

	crypto_sha256(t->bytes, t->len, sum);
	entry.result = (uint64_t)out->paid;
	if (!journal_append(t->db, &entry, &done, err))
		return false;
	out->seq = done.seq;
	crash_point("marks.appended");
	if (!add_set(t, done.seq, err))
		return false;
	crash_point("marks.kept");
	if (!add_marks(t, done.seq, err))
		return false;
	crash_point("marks.marked");
	return true;
}

static bool pay_of(struct taking *t, const uint8_t ent[ENT_SIZE],
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(t->db, &elsewhere_take_stmts, PAID_BY);

	stmt_blob(st, ":ent", ent, ENT_SIZE);
	if (stmt_row(t->db, st, err) != LOOKUP_FOUND)
		return false;
	t->out->both_seq = (uint64_t)sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

/* What is paid there and here: two people may have the money of one. */
static bool compare(struct taking *t, struct err *err)
{
	const uint8_t *first = NULL;

	for (uint32_t i = 0; i < t->here.count; i++) {
		if (!marks_bit(t->bits, i))
			continue;
		t->out->paid++;
		if (!marks_bit(t->here.bits, i))
			continue;
		t->out->both++;
		if (!first)
			first = t->here.ent[i];
	}
	return !first || pay_of(t, first, err);
}

static enum verdict take(struct taking *t, struct refusal *why, struct err *err)
{
	enum verdict v = roles_may(t->db, t->s, ACT_IMPORT, why);

	if (v == VERDICT_DONE &&
		!marks_read_head(t->bytes, t->len, &t->out->head))
		v = refuse(why, REFUSED_MARKS);
	if (v == VERDICT_DONE)
		v = is_believed(t, why, err);
	if (v == VERDICT_DONE)
		v = is_of_a_list(t, why, err);
	if (v == VERDICT_DONE)
		v = is_newer(t, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (!compare(t, err))
		return VERDICT_FAILED;
	if (t->out->same)
		return VERDICT_DONE;
	v = window_clock(t->db, why, err);
	if (v == VERDICT_DONE && !write_taken(t, err))
		v = VERDICT_FAILED;
	return v;
}

enum verdict elsewhere_take(struct db *db, const struct session *s,
	const uint8_t *bytes, size_t len, struct elsewhere_taken *out,
	struct refusal *why, struct err *err)
{
	struct taking t = {.db = db,
		.s = s,
		.bytes = bytes,
		.len = len,
		.out = out};
	enum verdict v;

	*why = (struct refusal){0};
	*out = (struct elsewhere_taken){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, take(&t, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("marks.committed");
	positions_free(&t.here);
	free(t.bits);
	return v;
}
