/* down_take.c - what is in a parcel, to who owns it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/codec/readout.h"
#include "core/fd.h"
#include "core/role.h"
#include "core/str.h"
#include "db/changes.h"
#include "db/db_internal.h"
#include "db/down_internal.h"
#include "db/identity_internal.h"
#include "db/journal_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	TEXT_NEWEST,
	TEXT_ADD,
	TEXT_OF,
	COUNT
};

static const char *const sql[COUNT] = {
	[TEXT_NEWEST] = ("SELECT version FROM text WHERE lang = :lang"
			 " ORDER BY version DESC LIMIT 1"),
	[TEXT_ADD] = ("INSERT INTO text (lang, version, bytes)"
		      " VALUES (:lang, :version, :bytes)"),
	[TEXT_OF] = ("SELECT version, bytes FROM text WHERE lang = :lang"
		     " ORDER BY version DESC LIMIT 1"),
};

const struct stmt_set down_take_stmts = {"down take", sql, COUNT};

/* One that is being taken. */
struct taking {
	struct db *db;
	const struct session *s;
	const struct list_options *options;
	const uint8_t *content;
	size_t len;
	struct down_done *out;
};

/* Its end, in a transaction of its own if there is none. */
static enum verdict over(struct taking *t, enum down_state state,
	struct err *err)
{
	struct down_row *r = &t->out->row;
	bool ok;

	r->state = state;
	r->done = clock_wall_ms();
	if (!db_begin(t->db, err))
		return VERDICT_FAILED;
	ok = down_end(t->db, r, err);
	return db_end(t->db, ok, err) ? VERDICT_DONE : VERDICT_FAILED;
}

/* ---- lists --------------------------------------------------------------- */

/*
 * Opened, in a file that has no name and is on no disk: names and numbers in
 * the clear. -1: *err.
 */
static int open_list(struct taking *t, struct err *err)
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	const size_t len =
		t->len > CRYPTO_SEAL_EXTRA ? t->len - CRYPTO_SEAL_EXTRA : 0;
	uint8_t *plain = malloc(len + 1);
	int fd = -1;

	if (!plain) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
		return -1;
	}
	if (!identity_secret(t->db, secret, err))
		goto out;
	if (!crypto_seal_open_signer(t->content, t->len, secret, plain)) {
		err_set(err, ERR_INVALID, 0, "not sealed to this terminal");
		goto out;
	}
	fd = memfd_create("list", MFD_CLOEXEC);
	if (fd >= 0 && !fd_write_all(fd, plain, len)) {
		close(fd);
		fd = -1;
	}
	if (fd < 0)
		err_set(err, ERR_NO_MEMORY, errno, "no room for a list: %s",
			strerror(errno));
out:
	crypto_wipe(secret, sizeof(secret));
	crypto_wipe(plain, len);
	free(plain);
	return fd;
}

static bool import(struct taking *t, const char *path, struct err *err)
{
	const struct list_options o = {.source = t->options->source,
		.check_only = t->options->check_only,
		.count = -1,
		.sum = -1,
		.progress = t->options->progress,
		.trouble = t->options->trouble,
		.ctx = t->options->ctx};
	struct list_result *r = &t->out->list;

	switch (t->out->row.kind) {
	case PARCEL_CHANGES:
		return changes_import(t->db, t->s, path, &o, r, err);
	case PARCEL_ANSWERS:
		return answers_import(t->db, t->s, path, &o, r, err);
	}
	return lists_import(t->db, t->s, path, &o, r, err);
}

/*
 * Somebody has a first PIN now: that is told before all else, and what went
 * wrong comes again with the next.
 */
static enum verdict add_users(struct taking *t, struct refusal *why,
	struct err *err)
{
	struct roster *r = &t->out->roster;
	const enum verdict v =
		roster_take(t->db, t->s, r, t->options->count, why, err);

	if (v != VERDICT_DONE)
		return r->added > 0 ? VERDICT_DONE : v;
	return roster_left(r) > 0 ? VERDICT_DONE : over(t, DOWN_TAKEN, err);
}

/* What can be no table is over, as a list is. */
static enum verdict take_users(struct taking *t, struct refusal *why,
	struct err *err)
{
	struct down_row *r = &t->out->row;
	struct roster *roster = &t->out->roster;
	char path[48];
	bool ok = false;
	const int fd = open_list(t, err);

	if (fd >= 0) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		ok = roster_read(t->db, t->s, t->options->source, path, roster,
			err);
		close(fd);
	}
	if (!ok && err->code != ERR_INVALID)
		return VERDICT_FAILED;
	r->rows = roster->list.count;
	r->errors = ok ? roster->errors : 1;
	if (t->options->check_only)
		return VERDICT_DONE;
	return r->errors == 0 ? add_users(t, why, err)
			      : over(t, DOWN_REFUSED, err);
}

/* What can be no list is over, too: the next one may be behind it. */
static enum verdict take_list(struct taking *t, struct err *err)
{
	struct down_row *r = &t->out->row;
	char path[48];
	bool ok = false;
	const int fd = open_list(t, err);

	if (fd >= 0) {
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		ok = import(t, path, err);
		close(fd);
	}
	if (!ok && err->code != ERR_INVALID)
		return VERDICT_FAILED;
	r->rows = t->out->list.rows;
	r->errors = ok ? t->out->list.errors : 1;
	if (t->options->check_only)
		return VERDICT_DONE;
	return over(t, ok && t->out->list.taken ? DOWN_TAKEN : DOWN_REFUSED,
		err);
}

/* ---- texts ---------------------------------------------------------------- */

/* Is it one that can be read out, whatever is filled in? */
static bool is_text(const uint8_t *bytes, size_t len, struct readout *out)
{
	const struct readout_values values = {.controller = "x",
		.address = "x",
		.phone = "x",
		.processor = "x",
		.withdraw_phone = "x",
		.withdraw_place = "x",
		.keep = "x",
		.months = 12};

	return len <= DOWN_TEXT_MAX &&
	       readout_fill((const char *)bytes, len, &values, out, NULL) ==
		       READOUT_FINE;
}

static bool newest_text(struct db *db, const char *lang, int *version,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &down_take_stmts, TEXT_NEWEST);
	sqlite3_int64 last;
	bool ok;

	stmt_text(st, ":lang", lang);
	ok = stmt_number(db, st, &last, err);
	*version = (int)last;
	return ok;
}

/* CONFIG, line "text consent-vi-2 <hex of its SHA-256>". */
static bool add_text(struct db *db, const struct readout *r,
	const uint8_t *bytes, size_t len, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &down_take_stmts, TEXT_ADD);
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	uint8_t sum[CRYPTO_HASH_SIZE];
	char line[128];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.rsum = sum};

	crypto_sha256(bytes, len, sum);
	str_to_hex(sum, sizeof(sum), hex);
	snprintf(line, sizeof(line), "text %s %s\n", r->name, hex);
	crypto_sha256(line, strlen(line), sum);
	stmt_text(st, ":lang", r->lang);
	stmt_int(st, ":version", r->version);
	stmt_blob(st, ":bytes", bytes, len);
	return stmt_run(db, st, err) && journal_append(db, &entry, NULL, err);
}

enum verdict down_take_text(struct db *db, const uint8_t *bytes, size_t len,
	struct refusal *why, struct err *err)
{
	static const struct readout nothing;
	struct readout *r = malloc(sizeof(*r));
	enum verdict v = VERDICT_FAILED;
	int last;

	if (!r) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a text");
		return VERDICT_FAILED;
	}
	*r = nothing;
	if (!is_text(bytes, len, r))
		v = refuse(why, REFUSED_PARCEL_TEXT);
	else if (newest_text(db, r->lang, &last, err))
		v = r->version > last ? window_clock(db, why, err)
				      : refuse(why, REFUSED_PARCEL_TEXT);
	if (v == VERDICT_DONE && !add_text(db, r, bytes, len, err))
		v = VERDICT_FAILED;
	free(r);
	return v;
}

enum lookup down_text(struct db *db, const char *lang, int *version,
	char out[DOWN_TEXT_MAX], size_t *len, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &down_take_stmts, TEXT_OF);
	enum lookup got;

	stmt_text(st, ":lang", lang);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	*version = sqlite3_column_int(st, 0);
	*len = (size_t)sqlite3_column_bytes(st, 1);
	if (*len > DOWN_TEXT_MAX || *len == 0)
		got = LOOKUP_ABSENT;
	else
		memcpy(out, sqlite3_column_blob(st, 1), *len);
	stmt_done(st);
	return got;
}

/* The text and its end at once. */
static enum verdict take_text(struct taking *t, struct refusal *why,
	struct err *err)
{
	enum verdict v;

	if (!db_begin(t->db, err))
		return VERDICT_FAILED;
	v = down_take_text(t->db, t->content, t->len, why, err);
	if (v == VERDICT_DONE)
		v = over(t, DOWN_TAKEN, err);
	return db_end_verdict(t->db, v, err);
}

/* ---- any of them ------------------------------------------------------------ */

/* What waiting will not change. */
static bool is_for_ever(enum refusal_code code)
{
	return code == REFUSED_REVLIST || code == REFUSED_REVLIST_OLD ||
	       code == REFUSED_PARCEL_TEXT || code == REFUSED_PARCEL_OVER;
}

static enum verdict take_revlist(struct taking *t, struct refusal *why,
	struct err *err)
{
	const enum verdict v = revlist_take(t->db, t->s,
		(const char *)t->content, t->len, &t->out->revlist, why, err);

	if (v == VERDICT_DONE)
		t->out->row.rows = t->out->revlist.listed;
	return v == VERDICT_DONE ? over(t, DOWN_TAKEN, err) : v;
}

/* Behind its last day, by the centre: a list that waited for too long. */
static bool is_over(const struct taking *t)
{
	const uint64_t until = t->out->row.until;

	return until > 0 && (uint64_t)clock_wall_ms() >= until;
}

static enum verdict take(struct taking *t, struct refusal *why, struct err *err)
{
	enum verdict v;

	if (is_over(t))
		v = refuse(why, REFUSED_PARCEL_OVER);
	else if (t->out->row.kind == PARCEL_USERS)
		return take_users(t, why, err);
	else if (parcel_rule(t->out->row.kind)->sealed)
		return take_list(t, err);
	else
		v = t->out->row.kind == PARCEL_TEXT ? take_text(t, why, err)
						    : take_revlist(t, why, err);
	if (v == VERDICT_REFUSED && is_for_ever(why->code) &&
		!t->options->check_only &&
		over(t, DOWN_REFUSED, err) == VERDICT_FAILED)
		return VERDICT_FAILED;
	return v;
}

static enum verdict refuse_role(struct refusal *why)
{
	why->roles = role_who(ACT_DOWN);
	return refuse(why, REFUSED_ROLE);
}

enum verdict down_take(struct db *db, const struct session *s,
	const struct down_row *which, const struct list_options *options,
	struct down_done *out, struct refusal *why, struct err *err)
{
	struct taking t = {.db = db, .s = s, .options = options, .out = out};
	uint8_t *content = NULL;
	enum verdict v = VERDICT_FAILED;

	*why = (struct refusal){0};
	memset(out, 0, sizeof(*out));
	out->row = *which;
	if (parcel_rule(which->kind)->sealed &&
		(s->user.number == 0 || !role_may(s->user.role, ACT_DOWN)))
		return refuse_role(why);
	if (which->kind == PARCEL_USERS &&
		!role_may(s->user.role, ACT_ADD_USER))
		return refuse_role(why);
	switch (down_content(db, which->kind, which->version, &content, &t.len,
		err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_PARCEL_OLD);
	case LOOKUP_FOUND:
		break;
	}
	t.content = content;
	v = take(&t, why, err);
	free(content);
	return v;
}
