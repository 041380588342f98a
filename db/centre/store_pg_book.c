/* store_pg_book.c - the books of the terminals. */
#include <stdlib.h>
#include <string.h>

#include "db/centre/store_pg_internal.h"

/* ---- books ---------------------------------------------------------------------
 */

/* Partitions for this month and the next, once a month and connection. */
bool store_pg_month(struct store_pg *s, uint64_t now, struct err *err)
{
	/* Any number that is another one in each month, and sooner. */
	const uint64_t month = now / (UINT64_C(27) * 86400000) + 1;
	struct pg_question q;

	if (s->month == month)
		return true;
	pg_ask(&q, "SELECT record_month($1::bigint), record_month($1::bigint"
		   " + 2678400000)");
	pg_number(&q, now);
	if (!pgs_run(&s->base, &q, "make the partition of the month", err))
		return false;
	s->month = month;
	return true;
}

/* Columns of a batch. */
struct columns {
	uint64_t number[4][BATCH_MAX_RECORDS];
	const void *bytes[3][BATCH_MAX_RECORDS];
	size_t len[3][BATCH_MAX_RECORDS];
};

static void ask_records(struct pg_question *q, struct columns *c,
	const uint8_t *dev, const struct store_record *r, size_t n,
	uint64_t now)
{
	for (size_t i = 0; i < n; i++) {
		c->number[0][i] = r[i].seq;
		c->number[1][i] = r[i].kind;
		c->number[2][i] = r[i].t;
		c->number[3][i] = r[i].shift;
		c->bytes[0][i] = r[i].body;
		c->bytes[1][i] = r[i].h;
		c->bytes[2][i] = r[i].sig;
		c->len[0][i] = r[i].len;
		c->len[1][i] = CRYPTO_HASH_SIZE;
		c->len[2][i] = CRYPTO_SIG_SIZE;
	}
	pg_ask(q, "INSERT INTO record (dev, seq, kind, t, shift, body, h, sig,"
		  " came) SELECT $1::bytea, u.*, $2::bigint FROM unnest("
		  "$3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],"
		  " $7::bytea[], $8::bytea[], $9::bytea[]) u");
	pg_bytes(q, dev, BATCH_DEV);
	pg_number(q, now);
	for (int i = 0; i < 4; i++)
		pg_numbers(q, c->number[i], n);
	for (int i = 0; i < 3; i++)
		pg_byteas(q, c->bytes[i], c->len[i], n);
}

bool store_pg_records_add(struct store *base, const uint8_t *dev,
	const struct store_record *r, size_t n, uint64_t now, struct err *err)
{
	struct columns *c;
	struct pg_question q;
	bool ok;

	if (!store_pg_month(pgs(base), now, err))
		return false;
	c = malloc(sizeof(*c));
	if (!c)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	ask_records(&q, c, dev, r, n, now);
	ok = pgs_run(base, &q, "add records", err);
	free(c);
	return ok;
}

bool store_pg_hashes(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, uint8_t (*out)[CRYPTO_HASH_SIZE], size_t *n,
	struct err *err)
{
	struct pg_question q;
	bool ok;

	*n = 0;
	pg_ask(&q, "SELECT h FROM record WHERE dev = $1 AND seq >= $2"
		   " AND seq <= $3 ORDER BY seq LIMIT $4");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, from);
	pg_number(&q, to);
	pg_number(&q, BATCH_MAX_RECORDS + 1);
	ok = pg_run(pgs(base)->pg, &q, "read hashes", err);
	for (int r = 0; ok && r < q.rows; r++)
		pg_get_bytes(&q, r, 0, out[(*n)++], CRYPTO_HASH_SIZE);
	pg_done(&q);
	return ok;
}

/* Page by page, so that a book of a million records takes no more memory. */
bool store_pg_records(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, bool (*each)(const struct store_record *r, void *arg),
	void *arg, struct err *err)
{
	enum {
		PAGE = 1000
	};
	struct pg_question q;
	bool more = true;
	size_t len;

	while (more && from <= to) {
		pg_ask(&q, "SELECT seq, kind, t, shift, body, h, sig"
			   " FROM record WHERE dev = $1 AND seq >= $2"
			   " AND seq <= $3 ORDER BY seq LIMIT $4");
		pg_bytes(&q, dev, BATCH_DEV);
		pg_number(&q, from);
		pg_number(&q, to);
		pg_number(&q, PAGE);
		if (!pg_run(pgs(base)->pg, &q, "read records", err)) {
			pg_done(&q);
			return false;
		}
		more = q.rows == PAGE;
		for (int i = 0; i < q.rows; i++) {
			struct store_record r = {.seq = pg_get_number(&q, i, 0),
				.kind = pg_get_number(&q, i, 1),
				.t = pg_get_number(&q, i, 2),
				.shift = pg_get_number(&q, i, 3)};

			r.body = pg_get_blob(&q, i, 4, &r.len);
			r.h = pg_get_blob(&q, i, 5, &len);
			r.sig = pg_get_blob(&q, i, 6, &len);
			from = r.seq + 1;
			if (!each(&r, arg)) {
				more = false;
				break;
			}
		}
		pg_done(&q);
	}
	return true;
}

bool store_pg_moves(struct store *base,
	bool (*each)(const uint8_t *dev, const struct store_record *r,
		void *arg),
	void *arg, struct err *err)
{
	struct pg_question q;
	uint8_t dev[BATCH_DEV];
	size_t len;
	bool ok;

	pg_ask(&q, "SELECT seq, kind, t, shift, body, h, sig, dev FROM record"
		   " WHERE kind IN (43, 44)");
	ok = pg_run(pgs(base)->pg, &q, "read moves", err);
	for (int i = 0; ok && i < q.rows; i++) {
		struct store_record r = {.seq = pg_get_number(&q, i, 0),
			.kind = pg_get_number(&q, i, 1),
			.t = pg_get_number(&q, i, 2),
			.shift = pg_get_number(&q, i, 3)};

		r.body = pg_get_blob(&q, i, 4, &r.len);
		r.h = pg_get_blob(&q, i, 5, &len);
		r.sig = pg_get_blob(&q, i, 6, &len);
		pg_get_bytes(&q, i, 7, dev, sizeof(dev));
		if (!each(dev, &r, arg))
			break;
	}
	pg_done(&q);
	return ok;
}

bool store_pg_key_add(struct store *base, const uint8_t *dev, uint64_t first,
	uint64_t epoch, const uint8_t *key, struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO epoch (dev, first, epoch, key)"
		   " VALUES ($1, $2, $3, $4)");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, first);
	pg_number(&q, epoch);
	pg_bytes(&q, key, CRYPTO_PUBLIC_SIZE);
	return pgs_run(base, &q, "add a key", err);
}

enum lookup store_pg_key_at(struct store *base, const uint8_t *dev,
	uint64_t seq, uint8_t *out, struct err *err)
{
	struct pg_question q;
	enum lookup l;

	pg_ask(&q, "SELECT key FROM epoch WHERE dev = $1 AND first <= $2"
		   " ORDER BY first DESC LIMIT 1");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, seq);
	l = pgs_row(base, &q, "find a key", err);
	if (l == LOOKUP_FOUND)
		pg_get_bytes(&q, 0, 0, out, CRYPTO_PUBLIC_SIZE);
	pg_done(&q);
	return l;
}

bool store_pg_pds_add(struct store *base, const uint8_t *dev,
	const struct batch_pd *pd, size_t n, struct err *err)
{
	uint64_t seq[BATCH_MAX_RECORDS];
	const void *sealed[BATCH_MAX_RECORDS];
	size_t len[BATCH_MAX_RECORDS];
	struct pg_question q;

	for (size_t i = 0; i < n; i++) {
		seq[i] = pd[i].seq;
		sealed[i] = pd[i].sealed;
		len[i] = pd[i].len;
	}
	pg_ask(&q, "INSERT INTO pd (dev, seq, sealed) SELECT $1::bytea, u.*"
		   " FROM unnest($2::bigint[], $3::bytea[]) u"
		   " ON CONFLICT DO NOTHING");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_numbers(&q, seq, n);
	pg_byteas(&q, sealed, len, n);
	return pgs_run(base, &q, "add sealed data", err);
}

enum lookup store_pg_note_get(struct store *base, const uint8_t *dev,
	uint64_t seq, struct store_note *out, struct err *err)
{
	struct pg_question q;
	const uint8_t *text;
	enum lookup l;

	pg_ask(&q, "SELECT text FROM note WHERE dev = $1 AND seq = $2");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, seq);
	l = pgs_row(base, &q, "find a checkpoint", err);
	if (l == LOOKUP_FOUND) {
		text = pg_get_blob(&q, 0, 0, &out->len);
		if (out->len > sizeof(out->text)) {
			err_set(err, ERR_CORRUPT, 0, "a checkpoint too long");
			l = LOOKUP_FAILED;
		} else {
			memcpy(out->text, text, out->len);
		}
	}
	pg_done(&q);
	return l;
}

bool store_pg_note_put(struct store *base, const uint8_t *dev, uint64_t seq,
	const struct store_note *note, uint64_t now, struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO note (dev, seq, text, t)"
		   " VALUES ($1, $2, $3, $4)");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, seq);
	pg_bytes(&q, note->text, note->len);
	pg_number(&q, now);
	return pgs_run(base, &q, "keep a checkpoint", err);
}

/* The next page behind (dev, seq), which go on to its last row. */
static bool page_of_notes(struct store *base, uint64_t from, uint64_t to,
	uint8_t dev[BATCH_DEV], uint64_t *seq, struct pg_question *q,
	struct err *err)
{
	pg_ask(q, "SELECT dev, seq, text, t FROM note WHERE t >= $1"
		  " AND t < $2 AND (dev, seq) > ($3, $4) ORDER BY dev, seq"
		  " LIMIT 2000");
	pg_number(q, from);
	pg_number(q, to);
	pg_bytes(q, dev, BATCH_DEV);
	pg_number(q, *seq);
	if (!pg_run(pgs(base)->pg, q, "list checkpoints", err))
		return false;
	if (q->rows > 0) {
		pg_get_bytes(q, q->rows - 1, 0, dev, BATCH_DEV);
		*seq = pg_get_number(q, q->rows - 1, 1);
	}
	return true;
}

bool store_pg_notes(struct store *base, uint64_t from, uint64_t to,
	bool (*each)(const struct store_note *note, uint64_t t, void *arg),
	void *arg, struct err *err)
{
	uint8_t dev[BATCH_DEV] = {0};
	struct store_note note;
	struct pg_question q;
	uint64_t seq = 0;
	bool more = true;
	bool ok = true;

	while (ok && more) {
		ok = page_of_notes(base, from, to, dev, &seq, &q, err);
		more = ok && q.rows > 0;
		for (int r = 0; more && r < q.rows; r++) {
			const uint8_t *text = pg_get_blob(&q, r, 2, &note.len);

			more = note.len <= sizeof(note.text);
			if (more)
				memcpy(note.text, text, note.len);
			more = more &&
			       each(&note, pg_get_number(&q, r, 3), arg);
		}
		pg_done(&q);
	}
	return ok;
}
