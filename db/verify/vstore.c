#include "db/verify/vstore.h"

#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/verify/vfar.h"
#include "db/verify/vstore_internal.h"

enum {
	LOST_STEPS = 200000 /* numbers tried to get past a broken page */
};

bool vstore_failed(struct vstore *s, const char *doing, struct err *err)
{
	const int rc = sqlite3_extended_errcode(s->handle);
	enum err_code code = ERR_CORRUPT;

	if ((rc & 0xff) == SQLITE_NOMEM)
		code = ERR_NO_MEMORY;
	else if ((rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN)
		code = ERR_IO;
	return err_set(err, code, rc, "%s: %s", doing,
		sqlite3_errmsg(s->handle));
}

sqlite3_stmt *vstore_prepare(struct vstore *s, const char *sql, struct err *err)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(s->handle, sql, -1, &st, NULL) != SQLITE_OK) {
		vstore_failed(s, "read", err);
		return NULL;
	}
	return st;
}

bool vstore_row(struct vstore *s, sqlite3_stmt *st, bool *ok, struct err *err)
{
	const int rc = sqlite3_step(st);

	*ok = rc == SQLITE_ROW || rc == SQLITE_DONE;
	if (rc == SQLITE_ROW)
		return true;
	if (!*ok)
		vstore_failed(s, "read", err);
	sqlite3_finalize(st);
	return false;
}

const uint8_t *vstore_blob(sqlite3_stmt *st, int column, int len)
{
	if (sqlite3_column_type(st, column) != SQLITE_BLOB ||
		sqlite3_column_bytes(st, column) != len)
		return NULL;
	return sqlite3_column_blob(st, column);
}

struct vstore *vstore_open(const char *path, bool damaged, struct err *err)
{
	struct vstore *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return NULL;
	}
	s->damaged = damaged;
	if (!str_copy(s->path, sizeof(s->path), path))
		err_set(err, ERR_INVALID, 0, "its path is too long");
	else if (vstore_open_file(s, err))
		return s;
	vstore_close(s);
	return NULL;
}

void vstore_close(struct vstore *s)
{
	if (!s)
		return;
	sqlite3_close(s->handle);
	free(s);
}

/* ---- where the book begins -------------------------------------------------
 */

static bool read_device(struct vstore *s, struct audit_begin *b,
	struct err *err)
{
	sqlite3_stmt *st =
		vstore_prepare(s, "SELECT dev, public FROM device", err);
	bool found = false;
	bool ok = true;

	while (st && vstore_row(s, st, &ok, err)) {
		const uint8_t *dev = vstore_blob(st, 0, VRECORD_ID);
		const uint8_t *key = vstore_blob(st, 1, VRECORD_HASH);

		found = dev && key;
		if (!found)
			continue;
		memcpy(b->dev, dev, VRECORD_ID);
		memcpy(b->device_key, key, VRECORD_HASH);
		b->has_device_key = true;
	}
	if (!st || !ok)
		return false;
	return found || err_set(err, ERR_CORRUPT, 0,
				"the store does not say which device it is");
}

static bool read_users(struct vstore *s, struct keyring *keys,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT number, role, public FROM user ORDER BY number", err);
	bool ok = true;

	while (st && vstore_row(s, st, &ok, err)) {
		const sqlite3_int64 number = sqlite3_column_int64(st, 0);
		const uint8_t *key = vstore_blob(st, 2, VRECORD_HASH);
		enum keyring_answer got = KEYRING_REFUSED;

		if (key && number > 0)
			got = keyring_add_user(keys, (uint64_t)number,
				(uint64_t)sqlite3_column_int64(st, 1), key);
		if (got == KEYRING_OTHER)
			vreport_find(report, 0, 23,
				"key or role of user %lld is not that of the "
				"keys file",
				(long long)number);
		if (got == KEYRING_REFUSED)
			vreport_find(report, 0, 23, "user %lld cannot be",
				(long long)number);
	}
	return st && ok;
}

/* Only to take up a chain again whose KEYROLL cannot be read. */
static bool read_epochs(struct vstore *s, const struct audit_begin *b,
	struct keyring *keys, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT seq, lead(seq) OVER (ORDER BY seq), public FROM epoch"
		" ORDER BY seq",
		err);
	bool ok = true;

	while (st && vstore_row(s, st, &ok, err)) {
		const uint8_t *key = vstore_blob(st, 2, VRECORD_HASH);
		const sqlite3_int64 seq = sqlite3_column_int64(st, 0);
		const sqlite3_int64 last = sqlite3_column_int64(st, 1);

		if (key && seq > 0)
			keyring_add_epoch(keys, b->dev, (uint64_t)seq + 1,
				last > seq ? (uint64_t)last : UINT64_MAX, key);
	}
	return st && ok;
}

/* A part of the book may begin anywhere; all of it begins with 1. */
static bool read_first(struct vstore *s, const struct audit_options *options,
	struct audit_begin *b, struct err *err)
{
	sqlite3_stmt *st =
		vstore_prepare(s, "SELECT min(seq) FROM journal", err);
	bool ok = true;

	b->first = 1;
	while (st && vstore_row(s, st, &ok, err))
		if (options->from > 1 && sqlite3_column_int64(st, 0) > 1)
			b->first = (uint64_t)sqlite3_column_int64(st, 0);
	return st && (ok || s->damaged);
}

/* ---- the walk --------------------------------------------------------------
 */

static bool one_row(struct audit *a, sqlite3_stmt *st, struct vreport *report,
	struct err *err)
{
	const sqlite3_int64 seq = sqlite3_column_int64(st, 0);
	const struct audit_row row = {.seq = (uint64_t)seq,
		.body = sqlite3_column_blob(st, 1),
		.len = (size_t)sqlite3_column_bytes(st, 1),
		.h = vstore_blob(st, 2, VRECORD_HASH),
		.sig = vstore_blob(st, 3, VRECORD_SIG),
		.rsig = vstore_blob(st, 4, VRECORD_SIG)};

	if (seq > 0 && row.body && row.h && row.sig &&
		(row.rsig || sqlite3_column_type(st, 4) == SQLITE_NULL))
		return audit_row(a, &row, err);
	vreport_find(report, seq > 0 ? (uint64_t)seq : 0, 1,
		"a column of its row has the wrong size or type");
	return seq <= 0 || audit_lost(a, (uint64_t)seq, (uint64_t)seq, err);
}

/* Past a page that cannot be read: the first number after it that can. */
static bool step_over(sqlite3_stmt *st, sqlite3_int64 *at)
{
	for (int i = 0; i < LOST_STEPS; i++) {
		sqlite3_reset(st);
		sqlite3_bind_int64(st, 1, ++*at);
		switch (sqlite3_step(st)) {
		case SQLITE_ROW:
			return true;
		case SQLITE_DONE:
			return false;
		}
	}
	return false;
}

static bool walk(struct vstore *s, struct audit *a, uint64_t to, bool *whole,
	struct vreport *report, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT seq, body, h, sig, rsig FROM journal WHERE seq > ?1"
		" ORDER BY seq",
		err);
	sqlite3_int64 at = 0;
	bool ok = st != NULL;
	int rc = SQLITE_DONE;

	sqlite3_bind_int64(st, 1, INT64_MIN);
	while (ok) {
		rc = sqlite3_step(st);
		if (rc != SQLITE_ROW && rc != SQLITE_DONE && s->damaged &&
			step_over(st, &at))
			rc = SQLITE_ROW;
		if (rc != SQLITE_ROW)
			break;
		at = sqlite3_column_int64(st, 0);
		if (at > 0 && (uint64_t)at > to)
			break;
		ok = one_row(a, st, report, err);
	}
	*whole = rc == SQLITE_DONE;
	if (ok && rc != SQLITE_ROW && rc != SQLITE_DONE && !s->damaged)
		ok = vstore_failed(s, "read", err);
	else if (ok && rc != SQLITE_ROW && rc != SQLITE_DONE)
		vreport_find(report, 0, 1,
			"behind record %lld nothing can be read",
			(long long)at);
	sqlite3_finalize(st);
	return ok;
}

static bool walk_and_compare(struct vstore *s, struct audit *a, uint64_t to,
	struct vreport *report, struct err *err)
{
	bool whole;

	if (!walk(s, a, to, &whole, report, err))
		return false;
	audit_end(a, whole);
	if (s->damaged)
		vreport_skip(report, 40,
			"tables: what is saved is the journal alone");
	else if (whole && !vstore_check_tables(s, a, report, err))
		return false;
	return vstore_held_still(s) ||
	       err_set(err, ERR_BUSY, 0,
		       "the store was written to meanwhile; try again");
}

/* Of a damaged store the journal is saved without that table. */
static bool or_without(struct vstore *s, const char *table, bool ok,
	struct vreport *report, const struct err *err)
{
	if (ok || !s->damaged || err->code == ERR_NO_MEMORY)
		return ok;
	vreport_find(report, 0, 1, "table %s cannot be read: %s", table,
		err->text);
	return true;
}

/* Only to be told to whoever waits: what is wrong with it is found later. */
static int64_t newest(struct vstore *s)
{
	struct err ignored;
	sqlite3_stmt *st =
		vstore_prepare(s, "SELECT max(seq) FROM journal", &ignored);
	int64_t seq = 0;

	if (st && sqlite3_step(st) == SQLITE_ROW)
		seq = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return seq;
}

bool vstore_walk(struct vstore *s, const struct audit_options *options,
	struct keyring *keys, struct evidence *evidence, struct vreport *report,
	struct err *err)
{
	struct audit_begin b = {0};
	struct audit *a;
	bool ok;

	if (!vstore_check_schema(s, report, err) ||
		(!s->damaged && !vstore_quick_check(s, err)) ||
		!read_device(s, &b, err) ||
		!or_without(s, "user", read_users(s, keys, report, err), report,
			err) ||
		!or_without(s, "epoch", read_epochs(s, &b, keys, err), report,
			err) ||
		!read_first(s, options, &b, err) ||
		!evidence_load(evidence, keys, b.dev, report, err) ||
		(!evidence->roster_given && !s->damaged &&
			!vstore_read_lists(s, evidence, report, err)))
		return false;
	a = audit_new(options, &b, keys, evidence, report);
	if (!a)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	if (options->far)
		options->far->all = newest(s);
	ok = walk_and_compare(s, a, options->to, report, err);
	audit_free(a);
	return ok;
}
