/* store_sqlite_book.c - terminals and their books. */
#include <stdio.h>
#include <string.h>

#include "db/centre/store_sqlite_internal.h"

/* ---- terminals -------------------------------------------------------------------
 */

static void read_device(sqlite3_stmt *st, struct store_device *out)
{
	uint8_t tot[STORE_TOT_BYTES] = {0};

	*out = (struct store_device){0};
	lite_get_blob(st, 0, out->dev, sizeof(out->dev));
	lite_get_blob(st, 1, out->pk, sizeof(out->pk));
	snprintf(out->name, sizeof(out->name), "%s",
		(const char *)sqlite3_column_text(st, 2));
	out->state = (enum store_state)sqlite3_column_int(st, 3);
	out->last = lite_get_number(st, 4);
	lite_get_blob(st, 5, out->head, sizeof(out->head));
	lite_get_blob(st, 6, out->key, sizeof(out->key));
	out->epoch = lite_get_number(st, 7);
	lite_get_blob(st, 8, tot, sizeof(tot));
	store_tot_unpack(tot, out->tot);
	out->claimed = lite_get_number(st, 9);
	out->unsign = lite_get_number(st, 10);
	out->ended = lite_get_number(st, 11) != 0;
	out->enrolled = lite_get_number(st, 12);
	out->contact = lite_get_number(st, 13);
}

/* The immediate transaction has locked all of it already. */
enum lookup sqlite_device_get(struct store *base, const uint8_t *dev, bool lock,
	struct store_device *out, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_DEVICE, err);
	enum lookup l;

	(void)lock;
	if (!st)
		return LOOKUP_FAILED;
	lite_blob(st, 1, dev, BATCH_DEV);
	l = lite_row(s, st, "find the terminal", err);
	if (l == LOOKUP_FOUND)
		read_device(st, out);
	lite_done(st);
	return l;
}

static void bind_device(sqlite3_stmt *st, const struct store_device *d,
	const uint8_t tot[STORE_TOT_BYTES])
{
	lite_blob(st, 1, d->dev, sizeof(d->dev));
	lite_number(st, 4, d->state);
	lite_number(st, 5, d->last);
	lite_blob(st, 6, d->head, sizeof(d->head));
	lite_blob(st, 7, d->key, sizeof(d->key));
	lite_number(st, 8, d->epoch);
	lite_blob(st, 9, tot, STORE_TOT_BYTES);
	lite_number(st, 10, d->claimed);
	lite_number(st, 11, d->unsign);
	lite_number(st, 12, d->ended);
	lite_number(st, 14, d->contact);
}

bool sqlite_device_add(struct store *base, const struct store_device *d,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_DEVICE_ADD, err);
	uint8_t tot[STORE_TOT_BYTES];

	if (!st)
		return false;
	store_tot_pack(d->tot, tot);
	bind_device(st, d, tot);
	lite_blob(st, 2, d->pk, sizeof(d->pk));
	sqlite3_bind_text(st, 3, d->name, -1, SQLITE_STATIC);
	lite_number(st, 13, d->enrolled);
	if (!lite_run(s, st, "add the terminal", err))
		return false;
	if (sqlite3_changes(s->handle) == 0)
		return err_set(err, ERR_INVALID, 0,
			"this terminal is there already");
	return true;
}

bool sqlite_device_put(struct store *base, const struct store_device *d,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_DEVICE_PUT, err);
	uint8_t tot[STORE_TOT_BYTES];

	if (!st)
		return false;
	store_tot_pack(d->tot, tot);
	bind_device(st, d, tot);
	return lite_run(s, st, "keep the terminal", err);
}

bool sqlite_devices(struct store *base,
	bool (*each)(const struct store_device *d, void *arg), void *arg,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_DEVICES, err);
	struct store_device d;
	enum lookup l = LOOKUP_FAILED;

	while (st &&
		(l = lite_row(s, st, "list terminals", err)) == LOOKUP_FOUND) {
		read_device(st, &d);
		if (!each(&d, arg))
			break;
	}
	if (st)
		lite_done(st);
	return l != LOOKUP_FAILED;
}

/* ---- books -----------------------------------------------------------------------
 */

bool sqlite_records_add(struct store *base, const uint8_t *dev,
	const struct store_record *r, size_t n, uint64_t now, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_RECORD_ADD, err);

	for (size_t i = 0; st && i < n; i++) {
		lite_blob(st, 1, dev, BATCH_DEV);
		lite_number(st, 2, r[i].seq);
		lite_number(st, 3, r[i].kind);
		lite_number(st, 4, r[i].t);
		lite_number(st, 5, r[i].shift);
		lite_blob(st, 6, r[i].body, r[i].len);
		lite_blob(st, 7, r[i].h, CRYPTO_HASH_SIZE);
		lite_blob(st, 8, r[i].sig, CRYPTO_SIG_SIZE);
		lite_number(st, 9, now);
		if (!lite_run(s, st, "add a record", err))
			return false;
	}
	return st != NULL;
}

bool sqlite_hashes(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, uint8_t (*out)[CRYPTO_HASH_SIZE], size_t *n,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_HASHES, err);
	enum lookup l = LOOKUP_FAILED;

	*n = 0;
	if (!st)
		return false;
	lite_blob(st, 1, dev, BATCH_DEV);
	lite_number(st, 2, from);
	lite_number(st, 3, to);
	lite_number(st, 4, BATCH_MAX_RECORDS + 1);
	while ((l = lite_row(s, st, "read hashes", err)) == LOOKUP_FOUND)
		lite_get_blob(st, 0, out[(*n)++], CRYPTO_HASH_SIZE);
	lite_done(st);
	return l != LOOKUP_FAILED;
}

bool sqlite_records(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, bool (*each)(const struct store_record *r, void *arg),
	void *arg, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_RECORDS, err);
	enum lookup l = LOOKUP_FAILED;

	if (!st)
		return false;
	lite_blob(st, 1, dev, BATCH_DEV);
	lite_number(st, 2, from);
	lite_number(st, 3, to);
	while ((l = lite_row(s, st, "read records", err)) == LOOKUP_FOUND) {
		const struct store_record r = {.seq = lite_get_number(st, 0),
			.kind = lite_get_number(st, 1),
			.t = lite_get_number(st, 2),
			.shift = lite_get_number(st, 3),
			.body = sqlite3_column_blob(st, 4),
			.len = (size_t)sqlite3_column_bytes(st, 4),
			.h = sqlite3_column_blob(st, 5),
			.sig = sqlite3_column_blob(st, 6)};

		if (!each(&r, arg))
			break;
	}
	lite_done(st);
	return l != LOOKUP_FAILED;
}

bool sqlite_moves(struct store *base,
	bool (*each)(const uint8_t *dev, const struct store_record *r,
		void *arg),
	void *arg, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_MOVES, err);
	enum lookup l = LOOKUP_FAILED;
	uint8_t dev[BATCH_DEV];

	while (st && (l = lite_row(s, st, "read moves", err)) == LOOKUP_FOUND) {
		const struct store_record r = {.seq = lite_get_number(st, 0),
			.kind = lite_get_number(st, 1),
			.t = lite_get_number(st, 2),
			.shift = lite_get_number(st, 3),
			.body = sqlite3_column_blob(st, 4),
			.len = (size_t)sqlite3_column_bytes(st, 4),
			.h = sqlite3_column_blob(st, 5),
			.sig = sqlite3_column_blob(st, 6)};

		lite_get_blob(st, 7, dev, sizeof(dev));
		if (!each(dev, &r, arg))
			break;
	}
	if (st)
		lite_done(st);
	return l != LOOKUP_FAILED;
}

bool sqlite_key_add(struct store *base, const uint8_t *dev, uint64_t first,
	uint64_t epoch, const uint8_t *key, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_KEY_ADD, err);

	if (!st)
		return false;
	lite_blob(st, 1, dev, BATCH_DEV);
	lite_number(st, 2, first);
	lite_number(st, 3, epoch);
	lite_blob(st, 4, key, CRYPTO_PUBLIC_SIZE);
	return lite_run(s, st, "add a key", err);
}

enum lookup sqlite_key_at(struct store *base, const uint8_t *dev, uint64_t seq,
	uint8_t *out, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_KEY_AT, err);
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	lite_blob(st, 1, dev, BATCH_DEV);
	lite_number(st, 2, seq);
	l = lite_row(s, st, "find a key", err);
	if (l == LOOKUP_FOUND)
		lite_get_blob(st, 0, out, CRYPTO_PUBLIC_SIZE);
	lite_done(st);
	return l;
}

bool sqlite_pds_add(struct store *base, const uint8_t *dev,
	const struct batch_pd *pd, size_t n, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PD_ADD, err);

	for (size_t i = 0; st && i < n; i++) {
		lite_blob(st, 1, dev, BATCH_DEV);
		lite_number(st, 2, pd[i].seq);
		lite_blob(st, 3, pd[i].sealed, pd[i].len);
		if (!lite_run(s, st, "add sealed data", err))
			return false;
	}
	return st != NULL;
}

enum lookup sqlite_note_get(struct store *base, const uint8_t *dev,
	uint64_t seq, struct store_note *out, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_NOTE, err);
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	lite_blob(st, 1, dev, BATCH_DEV);
	lite_number(st, 2, seq);
	l = lite_row(s, st, "find a checkpoint", err);
	if (l == LOOKUP_FOUND) {
		out->len = (size_t)sqlite3_column_bytes(st, 0);
		if (out->len > sizeof(out->text)) {
			err_set(err, ERR_CORRUPT, 0, "a checkpoint too long");
			l = LOOKUP_FAILED;
		} else {
			lite_get_blob(st, 0, out->text, sizeof(out->text));
		}
	}
	lite_done(st);
	return l;
}

bool sqlite_note_put(struct store *base, const uint8_t *dev, uint64_t seq,
	const struct store_note *note, uint64_t now, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_NOTE_PUT, err);

	if (!st)
		return false;
	lite_blob(st, 1, dev, BATCH_DEV);
	lite_number(st, 2, seq);
	lite_blob(st, 3, note->text, note->len);
	lite_number(st, 4, now);
	return lite_run(s, st, "keep a checkpoint", err);
}

bool sqlite_notes(struct store *base, uint64_t from, uint64_t to,
	bool (*each)(const struct store_note *note, uint64_t t, void *arg),
	void *arg, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_NOTES, err);
	struct store_note note;
	enum lookup l = LOOKUP_FAILED;

	if (!st)
		return false;
	lite_number(st, 1, from);
	lite_number(st, 2, to);
	while ((l = lite_row(s, st, "list checkpoints", err)) == LOOKUP_FOUND) {
		note.len = (size_t)sqlite3_column_bytes(st, 0);
		lite_get_blob(st, 0, note.text, sizeof(note.text));
		if (note.len > sizeof(note.text) ||
			!each(&note, lite_get_number(st, 1), arg))
			break;
	}
	lite_done(st);
	return l != LOOKUP_FAILED;
}
