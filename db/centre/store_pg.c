/*
 * store_pg.c - the centre's store in PostgreSQL 15 or later.
 *
 * One connection a store. Several centres may work on one database: a
 * terminal's row is locked while its records are added, an entitlement's name
 * is unique. Nothing is prepared on the connection, since pgbouncer gives each
 * transaction another one; a batch is one statement a table instead (pg.h).
 */
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "db/centre/store_pg_internal.h"

static const struct store_ops ops;

struct store_pg *pgs(struct store *s)
{
	return (struct store_pg *)s;
}

/* ---- transactions ------------------------------------------------------------
 */

static bool store_pg_begin(struct store *base, struct err *err)
{
	return pg_begin(pgs(base)->pg,
		"BEGIN; SET LOCAL lock_timeout = '10s';"
		" SET LOCAL statement_timeout = '60s'",
		err);
}

static bool store_pg_commit(struct store *base, struct err *err)
{
	if (pg_end(pgs(base)->pg, true, err))
		return true;
	pgs(base)->month = 0;
	return false;
}

/* What was made in it, partitions too, is gone. */
static void store_pg_rollback(struct store *base)
{
	struct err ignored;

	pg_end(pgs(base)->pg, false, &ignored);
	pgs(base)->month = 0;
}

bool pgs_run(struct store *base, struct pg_question *q, const char *doing,
	struct err *err)
{
	const bool ok = pg_run(pgs(base)->pg, q, doing, err);

	pg_done(q);
	return ok;
}

enum lookup pgs_row(struct store *base, struct pg_question *q,
	const char *doing, struct err *err)
{
	if (!pg_run(pgs(base)->pg, q, doing, err))
		return LOOKUP_FAILED;
	return q->rows > 0 ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

/* ---- terminals -----------------------------------------------------------------
 */

#define DEVICE_COLUMNS                                                \
	"dev, pk, name, state, last, head, key, epoch, tot, claimed," \
	" unsign, ended, enrolled, contact"

static void read_device(const struct pg_question *q, int r,
	struct store_device *out)
{
	uint8_t tot[STORE_TOT_BYTES];

	*out = (struct store_device){0};
	pg_get_bytes(q, r, 0, out->dev, sizeof(out->dev));
	pg_get_bytes(q, r, 1, out->pk, sizeof(out->pk));
	pg_get_text(q, r, 2, out->name, sizeof(out->name));
	out->state = (enum store_state)pg_get_number(q, r, 3);
	out->last = pg_get_number(q, r, 4);
	pg_get_bytes(q, r, 5, out->head, sizeof(out->head));
	pg_get_bytes(q, r, 6, out->key, sizeof(out->key));
	out->epoch = pg_get_number(q, r, 7);
	pg_get_bytes(q, r, 8, tot, sizeof(tot));
	store_tot_unpack(tot, out->tot);
	out->claimed = pg_get_number(q, r, 9);
	out->unsign = pg_get_number(q, r, 10);
	out->ended = pg_get_number(q, r, 11) != 0;
	out->enrolled = pg_get_number(q, r, 12);
	out->contact = pg_get_number(q, r, 13);
}

static enum lookup store_pg_device_get(struct store *base, const uint8_t *dev,
	bool lock, struct store_device *out, struct err *err)
{
	struct pg_question q;
	enum lookup l;

	pg_ask(&q, lock ? ("SELECT " DEVICE_COLUMNS " FROM device"
			   " WHERE dev = $1 FOR UPDATE")
			: ("SELECT " DEVICE_COLUMNS " FROM device"
			   " WHERE dev = $1"));
	pg_bytes(&q, dev, BATCH_DEV);
	l = pgs_row(base, &q, "find the terminal", err);
	if (l == LOOKUP_FOUND)
		read_device(&q, 0, out);
	pg_done(&q);
	return l;
}

static bool store_pg_device_add(struct store *base,
	const struct store_device *d, struct err *err)
{
	uint8_t tot[STORE_TOT_BYTES];
	struct pg_question q;
	bool ok;

	store_tot_pack(d->tot, tot);
	pg_ask(&q, "INSERT INTO device (" DEVICE_COLUMNS ") VALUES ($1, $2, $3,"
		   " $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
		   " ON CONFLICT DO NOTHING");
	pg_bytes(&q, d->dev, sizeof(d->dev));
	pg_bytes(&q, d->pk, sizeof(d->pk));
	pg_text(&q, d->name);
	pg_number(&q, d->state);
	pg_number(&q, d->last);
	pg_bytes(&q, d->head, sizeof(d->head));
	pg_bytes(&q, d->key, sizeof(d->key));
	pg_number(&q, d->epoch);
	pg_bytes(&q, tot, sizeof(tot));
	pg_number(&q, d->claimed);
	pg_number(&q, d->unsign);
	pg_number(&q, d->ended);
	pg_number(&q, d->enrolled);
	pg_number(&q, d->contact);
	ok = pg_run(pgs(base)->pg, &q, "add the terminal", err);
	if (ok && q.changed == 0)
		ok = err_set(err, ERR_INVALID, 0,
			"this terminal is there already");
	pg_done(&q);
	return ok;
}

static bool store_pg_device_put(struct store *base,
	const struct store_device *d, struct err *err)
{
	uint8_t tot[STORE_TOT_BYTES];
	struct pg_question q;

	store_tot_pack(d->tot, tot);
	pg_ask(&q, "UPDATE device SET state = $2, last = $3, head = $4,"
		   " key = $5, epoch = $6, tot = $7, claimed = $8, unsign = $9,"
		   " ended = $10, contact = $11 WHERE dev = $1");
	pg_bytes(&q, d->dev, sizeof(d->dev));
	pg_number(&q, d->state);
	pg_number(&q, d->last);
	pg_bytes(&q, d->head, sizeof(d->head));
	pg_bytes(&q, d->key, sizeof(d->key));
	pg_number(&q, d->epoch);
	pg_bytes(&q, tot, sizeof(tot));
	pg_number(&q, d->claimed);
	pg_number(&q, d->unsign);
	pg_number(&q, d->ended);
	pg_number(&q, d->contact);
	return pgs_run(base, &q, "keep the terminal", err);
}

static bool store_pg_devices(struct store *base,
	bool (*each)(const struct store_device *d, void *arg), void *arg,
	struct err *err)
{
	struct pg_question q;
	struct store_device d;
	bool ok;

	pg_ask(&q, "SELECT " DEVICE_COLUMNS " FROM device ORDER BY dev");
	ok = pg_run(pgs(base)->pg, &q, "list terminals", err);
	for (int r = 0; ok && r < q.rows; r++) {
		read_device(&q, r, &d);
		if (!each(&d, arg))
			break;
	}
	pg_done(&q);
	return ok;
}

/* ---- open, close -----------------------------------------------------------------------
 */

static void store_pg_close(struct store *base)
{
	struct store_pg *s = pgs(base);

	pg_close(s->pg);
	free(s);
}

static bool version_of(struct store_pg *s, int *out, struct err *err)
{
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT coalesce(max(step), 0)::bigint FROM centre_schema");
	ok = pg_run(s->pg, &q, "read the schema's version", err);
	if (ok)
		*out = (int)pg_get_number(&q, 0, 0);
	pg_done(&q);
	return ok;
}

static bool steps(struct store_pg *s, struct err *err)
{
	const char *next;
	char note[96];
	int version = 0;

	if (!pg_simple(s->pg,
		    "SELECT pg_advisory_xact_lock(1128546096);"
		    "CREATE TABLE IF NOT EXISTS centre_schema"
		    " (step bigint PRIMARY KEY)",
		    "lock the schema", err) ||
		!version_of(s, &version, err))
		return false;
	if (version > store_schema_newest("pg"))
		return err_set(err, ERR_CORRUPT, 0,
			"schema %d is newer than this program's", version);
	while ((next = store_schema_next("pg", version, &version))) {
		snprintf(note, sizeof(note),
			"INSERT INTO centre_schema (step) VALUES (%d)",
			version);
		if (!pg_simple(s->pg, next, "bring the schema up", err) ||
			!pg_simple(s->pg, note, "note the schema", err))
			return false;
	}
	return true;
}

/* What a terminal was told must still be there when the power was cut. */
static bool keeps_its_word(struct store_pg *s, struct err *err)
{
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT (CASE WHEN current_setting('fsync') = 'on' AND"
		   " current_setting('full_page_writes') = 'on' AND"
		   " current_setting('synchronous_commit') <> 'off' THEN 1"
		   " ELSE 0 END)::bigint");
	ok = pg_run(s->pg, &q, "ask for fsync", err);
	if (ok && pg_get_number(&q, 0, 0) != 1)
		ok = err_set(err, ERR_DENIED, 0,
			"fsync, full_page_writes or synchronous_commit is off:"
			" this server may lose what it has confirmed");
	pg_done(&q);
	return ok;
}

static bool set_up(struct store_pg *s, struct err *err)
{
	if (!keeps_its_word(s, err) || !store_pg_begin(&s->base, err))
		return false;
	if (steps(s, err) && store_pg_month(s, (uint64_t)clock_wall_ms(), err))
		return store_pg_commit(&s->base, err);
	store_pg_rollback(&s->base);
	return false;
}

struct store *store_pg_open(const char *url, struct err *err)
{
	void *room = calloc(1, sizeof(struct store_pg));
	struct store *base = room;

	if (!base) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return NULL;
	}
	base->ops = &ops;
	/* The address may bear a password: it is in no message. */
	pgs(base)->pg = pg_open(url, err);
	if (pgs(base)->pg && set_up(pgs(base), err))
		return base;
	err_wrap(err, "postgresql");
	store_pg_close(base);
	return NULL;
}

static const struct store_ops ops = {
	.name = "postgresql",
	.close = store_pg_close,
	.begin = store_pg_begin,
	.commit = store_pg_commit,
	.rollback = store_pg_rollback,
	.device_get = store_pg_device_get,
	.device_add = store_pg_device_add,
	.device_put = store_pg_device_put,
	.devices = store_pg_devices,
	.records_add = store_pg_records_add,
	.hashes = store_pg_hashes,
	.records = store_pg_records,
	.moves = store_pg_moves,
	.key_add = store_pg_key_add,
	.key_at = store_pg_key_at,
	.pds_add = store_pg_pds_add,
	.pds = store_pg_pds,
	.handed_add = store_pg_handed_add,
	.handed_each = store_pg_handed_each,
	.note_get = store_pg_note_get,
	.note_put = store_pg_note_put,
	.notes = store_pg_notes,
	.paid_put = store_pg_paid_put,
	.paid_drop = store_pg_paid_drop,
	.paid_by = store_pg_paid_by,
	.double_take = store_pg_double_take,
	.double_end = store_pg_double_end,
	.take = store_pg_take,
	.alert_add = store_pg_alert_add,
	.alerts = store_pg_alerts,
	.evidence_add = store_pg_evidence_add,
	.evidence_each = store_pg_evidence_each,
	.code_add = store_pg_code_add,
	.code_take = store_pg_code_take,
	.counts = store_pg_counts,
	.parcel_add = store_pg_parcel_add,
	.parcels = store_pg_parcels,
	.parcel_last = store_pg_parcel_last,
	.piece_add = store_pg_piece_add,
	.piece_get = store_pg_piece_get,
};
