#include "db/down.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/role.h"
#include "core/str.h"
#include "db/centre_keys_internal.h"
#include "db/db_internal.h"
#include "db/down_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	NEWEST,
	SAME,
	ADD,
	FORGET,
	WAITING,
	CONTENT,
	END,
	ALL,
	COUNT
};

#define COLUMNS "kind, version, head, state, came, done, rows, errors"

static const char *const sql[COUNT] = {
	[NEWEST] = ("SELECT version FROM parcel WHERE kind = :kind"
		    " ORDER BY version DESC LIMIT 1"),
	[SAME] = ("SELECT head FROM parcel WHERE kind = :kind"
		  " AND version = :version"),
	[ADD] = ("INSERT INTO parcel (kind, version, head, state, came, done,"
		 " rows, errors, content) VALUES (:kind, :version, :head, 0,"
		 " :came, 0, 0, 0, :content)"),
	[FORGET] = "DELETE FROM parcel WHERE kind = :kind AND state = 0",
	[WAITING] = ("SELECT " COLUMNS " FROM parcel WHERE state = 0"
		     " ORDER BY kind, version /* scan */"),
	[CONTENT] = ("SELECT content FROM parcel WHERE kind = :kind"
		     " AND version = :version AND state = 0"),
	[END] = ("UPDATE parcel SET state = :state, done = :done,"
		 " rows = :rows, errors = :errors, content = NULL"
		 " WHERE kind = :kind AND version = :version"),
	[ALL] = ("SELECT " COLUMNS " FROM parcel ORDER BY kind, version"
		 " /* scan */"),
};

const struct stmt_set down_stmts = {"down", sql, COUNT};

static const char contact[] = "centre_time";

/* ---- what is here --------------------------------------------------------- */

static bool newest(struct db *db, uint64_t kind, uint64_t *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &down_stmts, NEWEST);
	sqlite3_int64 version;
	bool ok;

	stmt_int(st, ":kind", (sqlite3_int64)kind);
	ok = stmt_number(db, st, &version, err);
	*out = (uint64_t)version;
	return ok;
}

bool down_have(struct db *db, struct manifest_request *out, struct err *err)
{
	struct centre_keys keys;

	*out = (struct manifest_request){0};
	if (!centre_keys_load(db, &keys, err))
		return false;
	for (uint64_t k = 1; k < PARCEL_KINDS; k++) {
		struct manifest_have *h = &out->have[out->haves++];

		h->kind = k;
		if (k == PARCEL_ROLL)
			h->version = keys.number;
		else if (!newest(db, k, &h->version, err))
			return false;
	}
	return true;
}

static bool read_row(sqlite3_stmt *st, struct down_row *out)
{
	const void *head = sqlite3_column_blob(st, 2);
	const size_t len = (size_t)sqlite3_column_bytes(st, 2);
	struct parcel p;

	*out = (struct down_row){.kind = (uint64_t)sqlite3_column_int64(st, 0),
		.version = (uint64_t)sqlite3_column_int64(st, 1),
		.state = (enum down_state)sqlite3_column_int(st, 3),
		.came = sqlite3_column_int64(st, 4),
		.done = sqlite3_column_int64(st, 5),
		.rows = sqlite3_column_int64(st, 6),
		.errors = sqlite3_column_int64(st, 7)};
	if (!head || parcel_read_head(head, len, &p) == 0 ||
		p.kind != out->kind || p.version != out->version ||
		!parcel_rule(p.kind))
		return false;
	out->made = p.made;
	out->until = p.until;
	out->len = p.len;
	return true;
}

/* Rows whose head somebody has changed are passed by: they tell nothing. */
static bool walk(struct db *db, int which,
	bool (*each)(void *ctx, const struct down_row *r), void *ctx,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &down_stmts, which);
	struct down_row r;
	enum lookup got;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (!read_row(st, &r) || each(ctx, &r))
			continue;
		stmt_done(st);
		return true;
	}
	return got != LOOKUP_FAILED;
}

bool down_rows(struct db *db, bool (*each)(void *ctx, const struct down_row *r),
	void *ctx, struct err *err)
{
	return walk(db, ALL, each, ctx, err);
}

/* ---- keeping one ----------------------------------------------------------- */

/* Is it believed, ours, and still good? */
static enum verdict is_ours(struct db *db, const struct parcel *p,
	const struct centre_keys *keys, struct refusal *why)
{
	const uint64_t now = (uint64_t)clock_wall_ms();
	const struct parcel_rule *rule = parcel_rule(p->kind);
	bool is_signed = false;

	if (keys->count == 0)
		return refuse(why, REFUSED_CENTRE);
	for (int i = 0; i < keys->count; i++)
		is_signed |= parcel_is_signed(p, keys->key[i]);
	if (!is_signed)
		return refuse(why, REFUSED_PARCEL_FORGED);
	if (!rule)
		return refuse(why, REFUSED_PARCEL_KIND);
	if (rule->for_all != p->for_all ||
		(!p->for_all &&
			memcmp(p->dev, db->info.dev, sizeof(p->dev)) != 0))
		return refuse(why, REFUSED_PARCEL_OTHER);
	/* One that counts is kept all the same, and ends when it is to be
	 * taken: else the next one would wait for it for ever. */
	if (p->until > 0 && now >= p->until && !rule->each_counts)
		return refuse(why, REFUSED_PARCEL_OVER);
	return VERDICT_DONE;
}

/* Is that version here, and of the same content? */
static bool is_same(struct db *db, const struct parcel *p, bool *same,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &down_stmts, SAME);
	struct parcel before;
	enum lookup got;

	*same = false;
	stmt_int(st, ":kind", (sqlite3_int64)p->kind);
	stmt_int(st, ":version", (sqlite3_int64)p->version);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got == LOOKUP_ABSENT;
	*same = sqlite3_column_blob(st, 0) &&
		parcel_read_head(sqlite3_column_blob(st, 0),
			(size_t)sqlite3_column_bytes(st, 0), &before) > 0 &&
		memcmp(before.sha256, p->sha256, sizeof(p->sha256)) == 0;
	stmt_done(st);
	return true;
}

static enum verdict is_next(struct db *db, const struct parcel *p, bool *same,
	struct refusal *why, struct err *err)
{
	uint64_t last;

	if (!newest(db, p->kind, &last, err) || !is_same(db, p, same, err))
		return VERDICT_FAILED;
	if (*same)
		return VERDICT_DONE;
	why->amount = (int64_t)last;
	if (p->version <= last)
		return refuse(why, REFUSED_PARCEL_OLD);
	why->amount = (int64_t)last + 1;
	if (parcel_rule(p->kind)->each_counts && p->version != last + 1)
		return refuse(why, REFUSED_PARCEL_GAP);
	return VERDICT_DONE;
}

/* Of a kind of which only the newest counts an older one waits in vain. */
static bool forget_older(struct db *db, uint64_t kind, struct err *err)
{
	sqlite3_stmt *st;

	if (parcel_rule(kind)->each_counts)
		return true;
	st = stmt_get(db, &down_stmts, FORGET);
	stmt_int(st, ":kind", (sqlite3_int64)kind);
	return stmt_run(db, st, err);
}

static bool add(struct db *db, const struct parcel *p, const uint8_t *content,
	struct err *err)
{
	uint8_t head[PARCEL_HEAD_MAX];
	sqlite3_stmt *st;
	struct buf b;

	if (!forget_older(db, p->kind, err))
		return false;
	st = stmt_get(db, &down_stmts, ADD);
	buf_init(&b, head, sizeof(head));
	parcel_write_head(p, &b);
	stmt_int(st, ":kind", (sqlite3_int64)p->kind);
	stmt_int(st, ":version", (sqlite3_int64)p->version);
	stmt_blob(st, ":head", head, b.len);
	stmt_int(st, ":came", clock_wall_ms());
	stmt_blob(st, ":content", content, (size_t)p->len);
	return stmt_run(db, st, err);
}

/* ---- the next key of the centre ----------------------------------------------- */

/*
 * A roll to the key that signs here already tells its number: that key itself
 * has signed it. Any other is believed by the key that goes, and by no other.
 */
static enum verdict take_roll(struct db *db, const struct parcel *p,
	const uint8_t *content, const struct centre_keys *keys, bool *same,
	struct refusal *why, struct err *err)
{
	struct parcel_roll r;

	if (!p->for_all || !parcel_roll_read(content, (size_t)p->len, &r) ||
		r.number != p->version)
		return refuse(why, REFUSED_PARCEL);
	if (keys->count == 0)
		return refuse(why, REFUSED_CENTRE);
	*same = memcmp(r.public, keys->key[0], sizeof(r.public)) == 0;
	if (*same)
		return keys->has_number || centre_keys_number(db, r.number, err)
			       ? VERDICT_DONE
			       : VERDICT_FAILED;
	why->amount = (int64_t)keys->number;
	if (keys->has_number && r.number <= keys->number)
		return refuse(why, REFUSED_PARCEL_OLD);
	why->amount = (int64_t)keys->number + 1;
	if (keys->has_number && r.number != keys->number + 1)
		return refuse(why, REFUSED_PARCEL_GAP);
	if (!parcel_is_signed(p, keys->key[0]))
		return refuse(why, REFUSED_PARCEL_FORGED);
	if (window_clock(db, why, err) == VERDICT_REFUSED)
		return VERDICT_REFUSED;
	return centre_keys_roll(db, keys, &r, err) ? VERDICT_DONE
						   : VERDICT_FAILED;
}

static enum verdict put(struct db *db, const struct parcel *p,
	const uint8_t *content, bool *same, struct refusal *why,
	struct err *err)
{
	struct centre_keys keys;
	enum verdict v;

	if (!centre_keys_load(db, &keys, err))
		return VERDICT_FAILED;
	if (p->kind == PARCEL_ROLL)
		return take_roll(db, p, content, &keys, same, why, err);
	v = is_ours(db, p, &keys, why);
	if (v == VERDICT_DONE)
		v = is_next(db, p, same, why, err);
	if (v != VERDICT_DONE || *same)
		return v;
	return add(db, p, content, err) ? VERDICT_DONE : VERDICT_FAILED;
}

enum verdict down_put(struct db *db, const void *bytes, size_t len,
	struct parcel *head, bool *same, struct refusal *why, struct err *err)
{
	const uint8_t *content;

	*why = (struct refusal){0};
	*same = false;
	if (!parcel_read(bytes, len, head, &content))
		return refuse(why, REFUSED_PARCEL);
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	return db_end_verdict(db, put(db, head, content, same, why, err), err);
}

/* ---- what the centre says -------------------------------------------------------- */

/* Each stands on the one before; what cannot is not needed here. */
static bool take_rolls(struct db *db, const struct manifest *m, struct err *err)
{
	struct refusal why;
	struct parcel p;
	bool same;

	for (size_t i = 0; i < m->rolls; i++)
		if (down_put(db, m->roll[i].at, m->roll[i].len, &p, &same, &why,
			    err) == VERDICT_FAILED)
			return false;
	return true;
}

static bool note_contact(struct db *db, const struct manifest *m,
	struct err *err)
{
	char text[64];
	bool ok;

	snprintf(text, sizeof(text), "%" PRId64 " %" PRIu64, clock_wall_ms(),
		m->time);
	if (!db_begin(db, err))
		return false;
	ok = setting_put(db, contact, text, err);
	return db_end(db, ok, err);
}

enum verdict down_open(struct db *db, const void *bytes, size_t len,
	const uint8_t nonce[MANIFEST_NONCE], struct manifest *out,
	struct refusal *why, struct err *err)
{
	struct centre_keys keys;

	*why = (struct refusal){0};
	if (!manifest_read(bytes, len, out))
		return refuse(why, REFUSED_PARCEL);
	if (memcmp(out->dev, db->info.dev, sizeof(out->dev)) != 0 ||
		memcmp(out->nonce, nonce, MANIFEST_NONCE) != 0)
		return refuse(why, REFUSED_PARCEL_OTHER);
	if (!take_rolls(db, out, err) || !centre_keys_load(db, &keys, err))
		return VERDICT_FAILED;
	if (keys.count == 0)
		return refuse(why, REFUSED_CENTRE);
	if (!manifest_is_signed(out, keys.key[0]))
		return refuse(why, REFUSED_PARCEL_FORGED);
	return note_contact(db, out, err) ? VERDICT_DONE : VERDICT_FAILED;
}

bool down_contact(struct db *db, struct down_contact *out, struct err *err)
{
	char text[64];
	char *centre;

	*out = (struct down_contact){0};
	if (!setting_get(db, contact, text, sizeof(text), err))
		return false;
	centre = strchr(text, ' ');
	if (!centre)
		return true;
	*centre++ = '\0';
	if (!str_to_int(text, 1, INT64_MAX, &out->at) ||
		!str_to_int(centre, 1, INT64_MAX, &out->centre))
		*out = (struct down_contact){0};
	return true;
}

/* ---- what waits ------------------------------------------------------------------- */

struct next {
	const struct session *s;
	struct down_row *out;
	bool found;
};

/* Lists need somebody who may; the rest speaks for itself. */
static bool may(const struct session *s, uint64_t kind)
{
	return !parcel_rule(kind)->sealed ||
	       (s->user.number != 0 && role_may(s->user.role, ACT_DOWN));
}

static bool is_it(void *ctx, const struct down_row *r)
{
	struct next *n = ctx;

	n->found = may(n->s, r->kind);
	if (n->found)
		*n->out = *r;
	return !n->found;
}

static bool is_first_list(void *ctx, const struct down_row *r)
{
	struct next *n = ctx;

	n->found = parcel_rule(r->kind)->sealed;
	if (n->found)
		*n->out = *r;
	return !n->found;
}

enum lookup down_next(struct db *db, const struct session *s,
	struct down_row *out, struct err *err)
{
	struct next n = {.s = s, .out = out};

	if (!walk(db, WAITING, is_it, &n, err))
		return LOOKUP_FAILED;
	return n.found ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

enum lookup down_next_list(struct db *db, struct down_row *out, struct err *err)
{
	struct next n = {.out = out};

	if (!walk(db, WAITING, is_first_list, &n, err))
		return LOOKUP_FAILED;
	return n.found ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

static bool count_it(void *ctx, const struct down_row *r)
{
	(void)r;
	++*(int *)ctx;
	return true;
}

static bool count_list(void *ctx, const struct down_row *r)
{
	*(int *)ctx += parcel_rule(r->kind)->sealed;
	return true;
}

bool down_lists_waiting(struct db *db, int *out, struct err *err)
{
	*out = 0;
	return walk(db, WAITING, count_list, out, err);
}

bool down_waiting(struct db *db, int *out, struct err *err)
{
	*out = 0;
	return walk(db, WAITING, count_it, out, err);
}

enum lookup down_content(struct db *db, uint64_t kind, uint64_t version,
	uint8_t **out, size_t *len, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &down_stmts, CONTENT);
	enum lookup got;

	stmt_int(st, ":kind", (sqlite3_int64)kind);
	stmt_int(st, ":version", (sqlite3_int64)version);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	*len = (size_t)sqlite3_column_bytes(st, 0);
	*out = malloc(*len + 1);
	if (*out && *len > 0)
		memcpy(*out, sqlite3_column_blob(st, 0), *len);
	stmt_done(st);
	if (!*out) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a parcel");
		return LOOKUP_FAILED;
	}
	return LOOKUP_FOUND;
}

bool down_end(struct db *db, const struct down_row *r, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &down_stmts, END);

	stmt_int(st, ":kind", (sqlite3_int64)r->kind);
	stmt_int(st, ":version", (sqlite3_int64)r->version);
	stmt_int(st, ":state", r->state);
	stmt_int(st, ":done", r->done);
	stmt_int(st, ":rows", r->rows);
	stmt_int(st, ":errors", r->errors);
	return stmt_run(db, st, err);
}
