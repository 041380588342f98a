/*
 * store_pg_take.c - a batch of the ordinary kind, by the function take_batch()
 * of schema/0003_pg.sql: one round trip, one transaction.
 */
#include <stdlib.h>

#include "db/centre/store_pg_internal.h"

/* What take_batch() returns; anything else: the row changed. */
enum {
	TAKEN = 0
};

/* Room for columns that are borrowed until the question was asked. */
struct columns {
	uint64_t number[4][BATCH_MAX_RECORDS];
	const void *bytes[3][BATCH_MAX_RECORDS];
	size_t len[3][BATCH_MAX_RECORDS];
};

static void put_row(struct pg_question *q, const struct store_take *t,
	uint8_t tot[STORE_TOT_BYTES])
{
	const struct store_device *a = t->after;

	store_tot_pack(a->tot, tot);
	pg_bytes(q, a->dev, sizeof(a->dev));
	pg_number(q, t->before->state);
	pg_number(q, t->before->last);
	pg_bytes(q, t->before->head, sizeof(t->before->head));
	pg_number(q, a->last);
	pg_bytes(q, a->head, sizeof(a->head));
	pg_bytes(q, a->key, sizeof(a->key));
	pg_number(q, a->epoch);
	pg_bytes(q, tot, STORE_TOT_BYTES);
	pg_number(q, a->claimed);
	pg_number(q, a->unsign);
	pg_number(q, a->ended);
	pg_number(q, t->now);
}

static void put_records(struct pg_question *q, const struct store_take *t,
	struct columns *c)
{
	for (size_t i = 0; i < t->records; i++) {
		const struct store_record *r = &t->record[i];

		c->number[0][i] = r->seq;
		c->number[1][i] = r->kind;
		c->number[2][i] = r->t;
		c->number[3][i] = r->shift;
		c->bytes[0][i] = r->body;
		c->bytes[1][i] = r->h;
		c->bytes[2][i] = r->sig;
		c->len[0][i] = r->len;
		c->len[1][i] = CRYPTO_HASH_SIZE;
		c->len[2][i] = CRYPTO_SIG_SIZE;
	}
	for (int i = 0; i < 4; i++)
		pg_numbers(q, c->number[i], t->records);
	for (int i = 0; i < 3; i++)
		pg_byteas(q, c->bytes[i], c->len[i], t->records);
}

static void put_keys(struct pg_question *q, const struct store_take *t,
	struct columns *c)
{
	for (size_t i = 0; i < t->keys; i++) {
		c->number[0][i] = t->key[i].first;
		c->number[1][i] = t->key[i].epoch;
		c->bytes[0][i] = t->key[i].key;
		c->len[0][i] = CRYPTO_PUBLIC_SIZE;
	}
	pg_numbers(q, c->number[0], t->keys);
	pg_numbers(q, c->number[1], t->keys);
	pg_byteas(q, c->bytes[0], c->len[0], t->keys);
}

static void put_pds(struct pg_question *q, const struct store_take *t,
	struct columns *c)
{
	for (size_t i = 0; i < t->pds; i++) {
		c->number[0][i] = t->pd[i].seq;
		c->bytes[0][i] = t->pd[i].sealed;
		c->len[0][i] = t->pd[i].len;
	}
	pg_numbers(q, c->number[0], t->pds);
	pg_byteas(q, c->bytes[0], c->len[0], t->pds);
}

/* Of payments there may be more than records: many items each. */
static bool put_paid(struct pg_question *q, const struct store_take *t)
{
	const size_t n = t->paids + 1;
	const void **bytes = malloc(n * sizeof(*bytes));
	size_t *len = malloc(n * sizeof(*len));
	uint64_t *seq = malloc(n * sizeof(*seq));
	const bool ok = bytes && len && seq;

	for (size_t i = 0; ok && i < t->paids; i++) {
		bytes[i] = t->paid[i].ent;
		len[i] = sizeof(t->paid[i].ent);
		seq[i] = t->paid[i].seq;
	}
	if (ok) {
		pg_byteas(q, bytes, len, t->paids);
		pg_numbers(q, seq, t->paids);
	}
	free(bytes);
	free(len);
	free(seq);
	return ok;
}

/* Arrays are packed when they are put: c may be used again. */
static bool ask(struct pg_question *q, const struct store_take *t,
	uint8_t tot[STORE_TOT_BYTES], struct err *err)
{
	struct columns *c = malloc(sizeof(*c));
	bool ok = c != NULL;

	pg_ask(q, "SELECT take_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
		  " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,"
		  " $23, $24, $25, $26, $27, $28)");
	if (ok) {
		put_row(q, t, tot);
		put_records(q, t, c);
		put_keys(q, t, c);
		put_pds(q, t, c);
		ok = put_paid(q, t);
	}
	if (ok)
		pg_bytes(q, t->note->text, t->note->len);
	free(c);
	return ok || err_set(err, ERR_NO_MEMORY, 0, "no memory");
}

static enum lookup outcome(const struct pg_question *q, struct err *err)
{
	if (pg_get_number(q, 0, 0) == TAKEN)
		return LOOKUP_FOUND;
	err_set(err, ERR_BUSY, 0, "another batch was faster");
	return LOOKUP_FAILED;
}

enum lookup store_pg_take(struct store *base, const struct store_take *t,
	struct err *err)
{
	enum lookup l = LOOKUP_FAILED;
	uint8_t tot[STORE_TOT_BYTES];
	struct pg_question q;

	if (!store_pg_month(pgs(base), t->now, err))
		return LOOKUP_FAILED;
	if (ask(&q, t, tot, err)) {
		if (pg_run(pgs(base)->pg, &q, "take a batch", err))
			l = outcome(&q, err);
		/* A constraint: whichever it is, step by step it is said. */
		else if (err->code == ERR_INVALID)
			l = LOOKUP_ABSENT;
		if (l == LOOKUP_ABSENT)
			*err = (struct err){0};
	}
	pg_done(&q);
	return l;
}
