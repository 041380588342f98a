#include "db/centre/store.h"

#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/buf.h"
#include "core/str.h"
#include "db/centre/store_driver.h"

/* ---- the schema --------------------------------------------------------------
 */

#define SCHEMA_DIR "db/centre/schema/"

/* "db/centre/schema/0002_pg.sql" is step 2 of "pg"; any other asset is 0. */
static int step_of(const struct asset *a, const char *kind)
{
	const size_t dir = strlen(SCHEMA_DIR);
	char *rest;
	long step;

	if (strncmp(a->path, SCHEMA_DIR, dir) != 0)
		return 0;
	step = strtol(a->path + dir, &rest, 10);
	if (*rest != '_' || !str_starts(rest + 1, kind) ||
		strcmp(rest + 1 + strlen(kind), ".sql") != 0)
		return 0;
	return (int)step;
}

const char *store_schema_next(const char *kind, int from, int *step)
{
	const struct asset *next = NULL;

	for (size_t i = 0; i < assets_count; i++) {
		const int n = step_of(&assets[i], kind);

		if (n > from && (!next || n < step_of(next, kind)))
			next = &assets[i];
	}
	if (!next)
		return NULL;
	*step = step_of(next, kind);
	return (const char *)next->data;
}

int store_schema_newest(const char *kind)
{
	int step = 0;

	while (store_schema_next(kind, step, &step))
		;
	return step;
}

void store_tot_pack(const int64_t tot[STORE_TOTALS],
	uint8_t out[STORE_TOT_BYTES])
{
	struct buf b;

	buf_init(&b, out, STORE_TOT_BYTES);
	for (int i = 0; i < STORE_TOTALS; i++)
		buf_be(&b, (uint64_t)tot[i], 8);
}

void store_tot_unpack(const uint8_t in[STORE_TOT_BYTES],
	int64_t tot[STORE_TOTALS])
{
	for (int i = 0; i < STORE_TOTALS; i++) {
		uint64_t v = 0;

		for (int k = 0; k < 8; k++)
			v = v << 8 | in[8 * i + k];
		tot[i] = (int64_t)v;
	}
}

/* ---- open, close -------------------------------------------------------------
 */

struct store *store_open(const char *where, struct err *err)
{
	if (str_starts(where, "postgresql://") ||
		str_starts(where, "postgres://"))
		return store_pg_open(where, err);
	return store_sqlite_open(where, err);
}

void store_close(struct store *s)
{
	if (s)
		s->ops->close(s);
}

const char *store_kind(struct store *s)
{
	return s->ops->name;
}

/* ---- what a store does ---------------------------------------------------------
 */

/* Says which store it was that failed. */
static bool told(struct store *s, bool ok, struct err *err)
{
	return ok || err_wrap(err, "%s", s->ops->name);
}

static enum lookup looked(struct store *s, enum lookup l, struct err *err)
{
	if (l == LOOKUP_FAILED)
		err_wrap(err, "%s", s->ops->name);
	return l;
}

bool store_begin(struct store *s, struct err *err)
{
	return told(s, s->ops->begin(s, err), err);
}

bool store_commit(struct store *s, struct err *err)
{
	return told(s, s->ops->commit(s, err), err);
}

void store_rollback(struct store *s)
{
	s->ops->rollback(s);
}

enum lookup store_device_get(struct store *s, const uint8_t dev[BATCH_DEV],
	bool lock, struct store_device *out, struct err *err)
{
	return looked(s, s->ops->device_get(s, dev, lock, out, err), err);
}

bool store_device_add(struct store *s, const struct store_device *d,
	struct err *err)
{
	return told(s, s->ops->device_add(s, d, err), err);
}

bool store_device_put(struct store *s, const struct store_device *d,
	struct err *err)
{
	return told(s, s->ops->device_put(s, d, err), err);
}

bool store_devices(struct store *s,
	bool (*each)(const struct store_device *d, void *arg), void *arg,
	struct err *err)
{
	return told(s, s->ops->devices(s, each, arg, err), err);
}

bool store_records_add(struct store *s, const uint8_t dev[BATCH_DEV],
	const struct store_record *r, size_t n, uint64_t now, struct err *err)
{
	return n == 0 ||
	       told(s, s->ops->records_add(s, dev, r, n, now, err), err);
}

bool store_hashes(struct store *s, const uint8_t dev[BATCH_DEV], uint64_t from,
	uint64_t to, uint8_t (*out)[CRYPTO_HASH_SIZE], size_t *n,
	struct err *err)
{
	return told(s, s->ops->hashes(s, dev, from, to, out, n, err), err);
}

bool store_records(struct store *s, const uint8_t dev[BATCH_DEV], uint64_t from,
	uint64_t to, bool (*each)(const struct store_record *r, void *arg),
	void *arg, struct err *err)
{
	return told(s, s->ops->records(s, dev, from, to, each, arg, err), err);
}

bool store_moves(struct store *s,
	bool (*each)(const uint8_t dev[BATCH_DEV], const struct store_record *r,
		void *arg),
	void *arg, struct err *err)
{
	return told(s, s->ops->moves(s, each, arg, err), err);
}

bool store_key_add(struct store *s, const uint8_t dev[BATCH_DEV],
	uint64_t first, uint64_t epoch, const uint8_t key[CRYPTO_PUBLIC_SIZE],
	struct err *err)
{
	return told(s, s->ops->key_add(s, dev, first, epoch, key, err), err);
}

enum lookup store_key_at(struct store *s, const uint8_t dev[BATCH_DEV],
	uint64_t seq, uint8_t out[CRYPTO_PUBLIC_SIZE], struct err *err)
{
	return looked(s, s->ops->key_at(s, dev, seq, out, err), err);
}

bool store_pds_add(struct store *s, const uint8_t dev[BATCH_DEV],
	const struct batch_pd *pd, size_t n, struct err *err)
{
	return n == 0 || told(s, s->ops->pds_add(s, dev, pd, n, err), err);
}

bool store_pds(struct store *s, const uint8_t dev[BATCH_DEV], uint64_t from,
	uint64_t to, bool (*each)(const struct batch_pd *pd, void *arg),
	void *arg, struct err *err)
{
	return told(s, s->ops->pds(s, dev, from, to, each, arg, err), err);
}

bool store_handed_add(struct store *s, const struct store_handed *h,
	struct err *err)
{
	return told(s, s->ops->handed_add(s, h, err), err);
}

bool store_handed_each(struct store *s,
	bool (*each)(const struct store_handed *h, void *arg), void *arg,
	struct err *err)
{
	return told(s, s->ops->handed_each(s, each, arg, err), err);
}

enum lookup store_note_get(struct store *s, const uint8_t dev[BATCH_DEV],
	uint64_t seq, struct store_note *out, struct err *err)
{
	return looked(s, s->ops->note_get(s, dev, seq, out, err), err);
}

bool store_note_put(struct store *s, const uint8_t dev[BATCH_DEV], uint64_t seq,
	const struct store_note *note, uint64_t now, struct err *err)
{
	return told(s, s->ops->note_put(s, dev, seq, note, now, err), err);
}

bool store_notes(struct store *s, uint64_t from, uint64_t to,
	bool (*each)(const struct store_note *note, uint64_t t, void *arg),
	void *arg, struct err *err)
{
	return told(s, s->ops->notes(s, from, to, each, arg, err), err);
}

/* ---- money -------------------------------------------------------------------
 */

static int by_ent(const void *a, const void *b)
{
	const struct store_paid *x = a;
	const struct store_paid *y = b;

	return memcmp(x->ent, y->ent, sizeof(x->ent));
}

static bool tell_double(struct store *s, const struct store_paid *p,
	uint64_t now, struct err *err)
{
	struct store_alert a = {.kind = STORE_DOUBLE, .t = now, .seq = p->seq};
	struct store_paid other;

	switch (s->ops->paid_by(s, p->ent, &other, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		/* Taken back between the two: the whole is done again. */
		return err_set(err, ERR_BUSY, 0,
			"a payment was taken back meanwhile");
	case LOOKUP_FOUND:
		break;
	}
	memcpy(a.dev, p->dev, sizeof(a.dev));
	memcpy(a.ent, p->ent, sizeof(a.ent));
	memcpy(a.other_dev, other.dev, sizeof(a.other_dev));
	a.other_seq = other.seq;
	return s->ops->alert_add(s, &a, err);
}

static bool paid_in_order(struct store *s, const struct store_paid *p, size_t n,
	uint64_t now, size_t *doubles, struct err *err)
{
	bool *taken = calloc(n, sizeof(*taken));
	bool ok;

	if (!taken)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	ok = s->ops->paid_put(s, p, n, taken, err);
	for (size_t i = 0; ok && i < n; i++) {
		if (taken[i])
			continue;
		++*doubles;
		ok = tell_double(s, &p[i], now, err);
	}
	free(taken);
	return ok;
}

bool store_paid(struct store *s, const struct store_paid *p, size_t n,
	uint64_t now, size_t *doubles, struct err *err)
{
	struct store_paid *sorted;
	bool ok;

	*doubles = 0;
	if (n == 0)
		return true;
	sorted = malloc(n * sizeof(*sorted));
	if (!sorted)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	memcpy(sorted, p, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_ent);
	ok = paid_in_order(s, sorted, n, now, doubles, err);
	free(sorted);
	return told(s, ok, err);
}

static bool voided(struct store *s, const struct store_paid *p, uint64_t by,
	struct err *err)
{
	struct store_paid next;
	bool taken;

	switch (s->ops->paid_drop(s, p, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return s->ops->double_end(s, p, by, err);
	case LOOKUP_FOUND:
		break;
	}
	switch (s->ops->double_take(s, p->ent, by, &next, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	return s->ops->paid_put(s, &next, 1, &taken, err);
}

bool store_voided(struct store *s, const struct store_paid *p, uint64_t by,
	struct err *err)
{
	return told(s, voided(s, p, by, err), err);
}

enum lookup store_paid_by(struct store *s, const uint8_t ent[16],
	struct store_paid *out, struct err *err)
{
	return looked(s, s->ops->paid_by(s, ent, out, err), err);
}

/* ---- a batch in one go -------------------------------------------------------
 */

bool store_can_take(const struct store *s)
{
	return s->ops->take != NULL;
}

enum lookup store_take(struct store *s, const struct store_take *t,
	struct err *err)
{
	struct store_take in_order = *t;
	struct store_paid *sorted;
	enum lookup l;

	/* One more: none at all is no failure. */
	sorted = malloc((t->paids + 1) * sizeof(*sorted));
	if (!sorted) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return LOOKUP_FAILED;
	}
	if (t->paids > 0)
		memcpy(sorted, t->paid, t->paids * sizeof(*sorted));
	qsort(sorted, t->paids, sizeof(*sorted), by_ent);
	in_order.paid = sorted;
	l = s->ops->take(s, &in_order, err);
	free(sorted);
	return looked(s, l, err);
}

/* ---- alerts, evidence, codes -----------------------------------------------------
 */

bool store_alert_add(struct store *s, const struct store_alert *a,
	struct err *err)
{
	return told(s, s->ops->alert_add(s, a, err), err);
}

bool store_alerts(struct store *s,
	bool (*each)(const struct store_alert *a, void *arg), void *arg,
	struct err *err)
{
	return told(s, s->ops->alerts(s, each, arg, err), err);
}

bool store_evidence_add(struct store *s, const struct store_evidence *e,
	struct err *err)
{
	uint8_t sha[CRYPTO_HASH_SIZE];

	crypto_sha256(e->bytes, e->len, sha);
	return told(s, s->ops->evidence_add(s, e, sha, err), err);
}

bool store_evidence_each(struct store *s,
	bool (*each)(const struct store_evidence *e, void *arg), void *arg,
	struct err *err)
{
	return told(s, s->ops->evidence_each(s, each, arg, err), err);
}

bool store_code_add(struct store *s, const uint8_t hash[CRYPTO_HASH_SIZE],
	const char *name, uint64_t until, struct err *err)
{
	return told(s, s->ops->code_add(s, hash, name, until, err), err);
}

enum lookup store_code_take(struct store *s,
	const uint8_t hash[CRYPTO_HASH_SIZE], uint64_t now,
	const uint8_t dev[BATCH_DEV], char name[STORE_NAME], struct err *err)
{
	return looked(s, s->ops->code_take(s, hash, now, dev, name, err), err);
}

bool store_counts(struct store *s, struct store_counts *out, struct err *err)
{
	return told(s, s->ops->counts(s, out, err), err);
}
