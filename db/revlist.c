#include "db/revlist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crash.h"
#include "core/str.h"
#include "db/centre_keys_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/revlist_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/users_internal.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	NEWEST,
	ADD,
	COUNT
};

static const char *const sql[COUNT] = {
	[NEWEST] = "SELECT version, rsum FROM revlist"
		   " ORDER BY version DESC LIMIT 1 /* scan */",
	[ADD] = "INSERT INTO revlist (version, seq, rsum)"
		" VALUES (:version, :seq, :rsum)",
};

const struct stmt_set revlist_stmts = {"revlist", sql, COUNT};

static const char setting[] = "centre_sign";
static const char first_line[] = "CHITRA-REVLIST v1";
static const char tag[] = "CHTRREV1";

enum {
	LINE_SIZE = 160
};

/* ---- the centre's key ---------------------------------------------------- */

bool revlist_get_key(struct db *db, char out[REVLIST_HEX_SIZE], struct err *err)
{
	return setting_get(db, setting, out, REVLIST_HEX_SIZE, err);
}

bool revlist_put_key(struct db *db, const char hex[REVLIST_HEX_SIZE],
	struct err *err)
{
	return setting_put(db, setting, hex, err);
}

enum verdict revlist_set_key(struct db *db, const struct session *by,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], struct refusal *why,
	struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = roles_may(db, by, ACT_REVOKE, why);
	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v == VERDICT_DONE && !centre_keys_set(db, by, public, err))
		v = VERDICT_FAILED;
	return db_end_verdict(db, v, err);
}

/* ---- reading a list ------------------------------------------------------- */

/* A text under way; at: behind the line read last. */
struct reader {
	const char *text;
	const char *end;
	const char *at;
	char line[LINE_SIZE];
};

/* The next line without its end. False: there is none, or it is too long. */
static bool next_line(struct reader *in)
{
	const char *nl = memchr(in->at, '\n', (size_t)(in->end - in->at));
	size_t len;

	if (!nl)
		return false;
	len = (size_t)(nl - in->at);
	if (len >= sizeof(in->line) || memchr(in->at, '\0', len))
		return false;
	memcpy(in->line, in->at, len);
	in->line[len] = '\0';
	in->at = nl + 1;
	return true;
}

/* "version 12": the number behind the word. */
static bool number_of(const char *line, const char *word, int64_t max,
	int64_t *out)
{
	const size_t len = strlen(word);

	return strncmp(line, word, len) == 0 && line[len] == ' ' &&
	       str_to_int(line + len + 1, 1, max, out);
}

/* One line of a user. */
struct listed {
	int64_t number;
	bool any_key; /* whatever key that number has */
	uint8_t key[CRYPTO_PUBLIC_SIZE];
	int64_t from;
};

static bool read_user(const char *line, int64_t issued, struct listed *out)
{
	char copy[LINE_SIZE];
	char *word[3];
	char *rest = copy + 5;
	size_t len;

	if (!str_starts(line, "user ") || !str_copy(copy, sizeof(copy), line))
		return false;
	for (int i = 0; i < 3; i++) {
		word[i] = rest;
		rest += strcspn(rest, " ");
		if ((i < 2) != (*rest == ' '))
			return false;
		*rest++ = '\0';
	}
	*out = (struct listed){.any_key = strcmp(word[1], "-") == 0};
	if (!str_to_int(word[0], 1, USERS_NUMBER_MAX, &out->number) ||
		!str_to_int(word[2], 1, issued, &out->from))
		return false;
	return out->any_key ||
	       (str_from_hex(word[1], out->key, sizeof(out->key), &len) &&
		       len == sizeof(out->key));
}

/* Who is on it and here: his number, by lists of which only some matter. */
struct taking {
	struct db *db;
	uint64_t version;
	int64_t issued;
	int listed;
	int64_t barred[JOURNAL_BARRED_MAX];
	size_t barreds;
};

static bool is_that_user(const struct user *u, const struct listed *l,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	return l->any_key || memcmp(l->key, public, CRYPTO_PUBLIC_SIZE) == 0 ||
	       (u->has_approval &&
		       memcmp(l->key, u->approval, CRYPTO_PUBLIC_SIZE) == 0);
}

/* Out of here, if he works here and is not out already. In their order. */
static bool hear_of(struct taking *t, const struct listed *l, struct err *err)
{
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	size_t at = t->barreds;
	struct user u;

	switch (users_get(t->db, l->number, &u, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	if (!users_public(t->db, l->number, public, err))
		return false;
	if (u.revoked || !is_that_user(&u, l, public))
		return true;
	while (at > 0 && t->barred[at - 1] >= l->number)
		at--;
	if (at < t->barreds && t->barred[at] == l->number)
		return true;
	if (t->barreds == JOURNAL_BARRED_MAX)
		return err_set(err, ERR_INVALID, 0,
			"more users of this terminal than a record holds");
	memmove(&t->barred[at + 1], &t->barred[at],
		(t->barreds - at) * sizeof(t->barred[0]));
	t->barred[at] = l->number;
	t->barreds++;
	return true;
}

/* The last line: by the key that is known here, over all before it. */
static bool is_signed(const struct reader *in, size_t covered,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	uint8_t sig[CRYPTO_SIG_SIZE];
	size_t len;

	crypto_sha256(in->text, covered, sum);
	return str_from_hex(in->line + 4, sig, sizeof(sig), &len) &&
	       len == sizeof(sig) &&
	       crypto_verify_tagged(tag, sum, sizeof(sum), public, sig);
}

/* Head, users, signature, and nothing behind it. users NULL: only that. */
static enum verdict read_list(struct taking *t, const char *text, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], bool users,
	struct refusal *why, struct err *err)
{
	struct reader in = {.text = text, .end = text + len, .at = text};
	struct listed l;
	int64_t version;

	if (len > REVLIST_MAX_BYTES || !next_line(&in) ||
		strcmp(in.line, first_line) != 0 || !next_line(&in) ||
		!number_of(in.line, "version", INT64_MAX, &version) ||
		!next_line(&in) ||
		!number_of(in.line, "issued", INT64_MAX, &t->issued))
		return refuse(why, REFUSED_REVLIST);
	t->version = (uint64_t)version;
	for (size_t covered = (size_t)(in.at - text);;
		covered = (size_t)(in.at - text)) {
		if (!next_line(&in))
			return refuse(why, REFUSED_REVLIST);
		if (str_starts(in.line, "sig "))
			return in.at == in.end &&
					       is_signed(&in, covered, public)
				       ? VERDICT_DONE
				       : refuse(why, REFUSED_REVLIST);
		if (!read_user(in.line, t->issued, &l))
			return refuse(why, REFUSED_REVLIST);
		t->listed += users;
		if (users && !hear_of(t, &l, err))
			return VERDICT_FAILED;
	}
}

/* ---- taking it ------------------------------------------------------------ */

static bool newest(struct db *db, uint64_t *version,
	uint8_t rsum[CRYPTO_HASH_SIZE], struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &revlist_stmts, NEWEST);

	*version = 0;
	switch (stmt_row(db, st, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	*version = (uint64_t)sqlite3_column_int64(st, 0);
	if (!stmt_column_blob(st, 1, rsum, CRYPTO_HASH_SIZE))
		*version = 0;
	stmt_done(st);
	return true;
}

bool revlist_version(struct db *db, uint64_t *out, struct err *err)
{
	uint8_t rsum[CRYPTO_HASH_SIZE];

	return newest(db, out, rsum, err);
}

static bool write_list(struct taking *t, const struct session *s,
	const uint8_t rsum[CRYPTO_HASH_SIZE], struct err *err)
{
	const bool says = s->user.role == ROLE_SUPERVISOR;
	const struct journal_entry entry = {.kind = JOURNAL_REVLIST,
		.actor = says ? s->user.number : 0,
		.rsum = rsum,
		.has_result = true,
		.result = t->version,
		.barred = t->barred,
		.barreds = t->barreds};
	struct journal_done done;
	sqlite3_stmt *st;

	for (size_t i = 0; i < t->barreds; i++)
		if (!users_take_out(t->db, t->barred[i], err))
			return false;
	crash_point("revlist.out");
	if (!journal_append(t->db, &entry, &done, err))
		return false;
	crash_point("revlist.appended");
	st = stmt_get(t->db, &revlist_stmts, ADD);
	stmt_int(st, ":version", (sqlite3_int64)t->version);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_blob(st, ":rsum", rsum, CRYPTO_HASH_SIZE);
	return stmt_run(t->db, st, err);
}

/* Is it whole, and signed by a key of the centre that is believed here? */
static enum verdict is_of_centre(struct taking *t, const char *text, size_t len,
	struct centre_keys *keys, int *by, struct refusal *why, struct err *err)
{
	enum verdict v = VERDICT_REFUSED;

	if (!centre_keys_load(t->db, keys, err))
		return VERDICT_FAILED;
	if (keys->count == 0)
		return refuse(why, REFUSED_CENTRE);
	for (*by = 0; *by < keys->count; (*by)++) {
		v = read_list(t, text, len, keys->key[*by], false, why, err);
		if (v != VERDICT_REFUSED)
			break;
	}
	return v;
}

static enum verdict take(struct taking *t, const struct session *s,
	const char *text, size_t len, struct revlist_done *out,
	struct refusal *why, struct err *err)
{
	uint8_t rsum[CRYPTO_HASH_SIZE];
	struct centre_keys keys;
	uint64_t last;
	int by = 0;
	/* First all of it, then what follows from it. */
	enum verdict v = is_of_centre(t, text, len, &keys, &by, why, err);

	*why = v == VERDICT_DONE ? (struct refusal){0} : *why;
	if (v != VERDICT_DONE)
		return v;
	crypto_sha256(text, len, out->sha256);
	if (!newest(t->db, &last, rsum, err))
		return VERDICT_FAILED;
	out->version = t->version;
	out->same = t->version == last &&
		    memcmp(rsum, out->sha256, sizeof(rsum)) == 0;
	why->amount = (int64_t)last;
	if (!out->same && t->version <= last)
		return refuse(why, REFUSED_REVLIST_OLD);
	v = read_list(t, text, len, keys.key[by], true, why, err);
	out->listed = t->listed;
	if (v != VERDICT_DONE || out->same)
		return v;
	v = window_clock(t->db, why, err);
	if (v == VERDICT_DONE && !write_list(t, s, out->sha256, err))
		v = VERDICT_FAILED;
	out->barred = (int)t->barreds;
	return v;
}

enum verdict revlist_take(struct db *db, const struct session *s,
	const char *text, size_t len, struct revlist_done *out,
	struct refusal *why, struct err *err)
{
	struct taking t = {.db = db};
	enum verdict v;

	*why = (struct refusal){0};
	*out = (struct revlist_done){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, take(&t, s, text, len, out, why, err), err);
	if (v == VERDICT_DONE)
		crash_point("revlist.committed");
	if (v == VERDICT_DONE && !out->same)
		for (size_t i = 0; i < t.barreds; i++)
			users_bar(db, t.barred[i]);
	else if (v == VERDICT_FAILED)
		users_ask_book(db);
	return v;
}
