#include "db/limits_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/crash.h"
#include "db/db_internal.h"
#include "db/roles_internal.h"
#include "db/signs.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	BEFORE,
	ADD,
	ALL,
	COUNT
};

static const char *const sql[COUNT] = {
	[BEFORE] = "SELECT c.seq, c.name, j.body FROM limit_change AS c"
		   " LEFT JOIN journal AS j ON j.seq = c.seq"
		   " WHERE c.seq < :seq ORDER BY c.seq",
	[ADD] = "INSERT INTO limit_change (seq, name) VALUES (:seq, :name)",
	[ALL] = ("SELECT c.seq, c.name, j.body FROM limit_change AS c"
		 " LEFT JOIN journal AS j ON j.seq = c.seq /* scan */"),
};

const struct stmt_set limits_stmts = {"limits", sql, COUNT};

static const char word[] = "limit ";

const char *limits_line(enum limit l, int64_t value, char out[RECORD_LINE_SIZE])
{
	char text[LIMIT_TEXT_SIZE];

	snprintf(out, RECORD_LINE_SIZE, "%s%s %s", word, limit_name(l),
		limit_text(l, value, text));
	return out;
}

/* Key 24 is over the line and its end. */
static void hash_line(const char *line, uint8_t sum[CRYPTO_HASH_SIZE])
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, line, strlen(line));
	crypto_hash_add(&h, "\n", 1);
	crypto_hash_end(&h, sum);
}

bool limits_of_record(const struct record *r, enum limit *l, int64_t *value)
{
	char name[RECORD_LINE_SIZE];
	uint8_t sum[CRYPTO_HASH_SIZE];
	const char *text;
	size_t len;

	if (r->kind != JOURNAL_CONFIG || !(r->has & RECORD_HAS(KEY_LINE)) ||
		!(r->has & RECORD_HAS(KEY_ASIG)))
		return false;
	hash_line(r->line, sum);
	if (memcmp(sum, r->rsum, sizeof(sum)) != 0 ||
		strncmp(r->line, word, strlen(word)) != 0)
		return false;
	text = r->line + strlen(word);
	len = strcspn(text, " ");
	memcpy(name, text, len);
	name[len] = '\0';
	return text[len] == ' ' && limit_by_name(name, l) &&
	       limit_parse(*l, text + len + 1, value);
}

/* A row of the table, by the record that it names. */
static bool read_row(sqlite3_stmt *st, struct record *r, enum limit *l,
	int64_t *value)
{
	const void *body = sqlite3_column_blob(st, 2);
	const char *name = (const char *)sqlite3_column_text(st, 1);
	const char *finding;

	return body && name &&
	       record_decode(body, (size_t)sqlite3_column_bytes(st, 2), r,
		       &finding) &&
	       limits_of_record(r, l, value) &&
	       strcmp(limit_name(*l), name) == 0;
}

/* The hours that were said when the store was made. */
static bool defaults(struct db *db, struct limits *out, struct err *err)
{
	char hours[LIMIT_TEXT_SIZE] = "";

	memset(out, 0, sizeof(*out));
	for (int l = 0; l < LIMIT_COUNT; l++)
		out->value[l] = limit_default((enum limit)l);
	if (!setting_get(db, "hours", hours, sizeof(hours), err))
		return false;
	if (hours[0] &&
		!limit_parse(LIMIT_HOURS, hours, &out->value[LIMIT_HOURS]))
		return err_set(err, ERR_CORRUPT, 0,
			"the setting hours is none");
	return true;
}

bool limits_before(struct db *db, uint64_t seq, struct limits *out,
	struct err *err)
{
	sqlite3_stmt *st;
	enum lookup got;

	if (!defaults(db, out, err))
		return false;
	st = stmt_get(db, &limits_stmts, BEFORE);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		struct record r;
		enum limit l;
		int64_t value;

		if (!read_row(st, &r, &l, &value)) {
			const long long bad = sqlite3_column_int64(st, 0);

			stmt_done(st);
			return err_set(err, ERR_CORRUPT, 0,
				"table limit_change: record %lld tells of no"
				" such limit",
				bad);
		}
		out->value[l] = value;
		out->seq[l] = r.seq;
		out->actor[l] = (int64_t)r.actor;
		out->t[l] = (int64_t)r.t;
	}
	return got != LOOKUP_FAILED;
}

bool limits_get(struct db *db, struct limits *out, struct err *err)
{
	return limits_before(db, INT64_MAX, out, err);
}

bool limits_check(struct db *db, uint64_t count, bool *told, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &limits_stmts, ALL);
	uint64_t rows = 0;
	enum lookup got;

	*told = true;
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		struct record r;
		enum limit l;
		int64_t value;

		*told = *told && read_row(st, &r, &l, &value);
		rows++;
	}
	*told = *told && rows == count;
	return got != LOOKUP_FAILED;
}

/* ---- a change -------------------------------------------------------------- */

static bool write_limit(struct db *db, const struct session *s, enum limit l,
	int64_t value, struct err *err)
{
	char line[RECORD_LINE_SIZE];
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum,
		.line = line};
	struct journal_done done;
	sqlite3_stmt *st;

	hash_line(limits_line(l, value, line), sum);
	if (!journal_append(db, &entry, &done, err))
		return false;
	crash_point("limit.appended");
	st = stmt_get(db, &limits_stmts, ADD);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_text(st, ":name", limit_name(l));
	return stmt_run(db, st, err);
}

static enum verdict set(struct db *db, const struct session *s, enum limit l,
	int64_t value, struct refusal *why, struct err *err)
{
	struct limits now;
	enum verdict v = roles_may(db, s, ACT_LIMIT, why);

	if (v == VERDICT_DONE && !limit_fits(l, value)) {
		why->limit = l;
		why->amount = value;
		v = refuse(why, REFUSED_LIMIT_RANGE);
	}
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (!limits_get(db, &now, err))
		return VERDICT_FAILED;
	if (now.value[l] == value)
		return VERDICT_DONE;
	return write_limit(db, s, l, value, err) ? VERDICT_DONE
						 : VERDICT_FAILED;
}

enum verdict limits_set(struct db *db, const struct session *s, enum limit l,
	int64_t value, struct refusal *why, struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, set(db, s, l, value, why, err), err);
	crash_point("limit.changed");
	return v;
}
