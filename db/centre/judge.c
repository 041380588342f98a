#include "db/centre/judge.h"

#include <string.h>

#include "core/codec/chain.h"

static void answer(struct judged *out, enum batch_status status, uint64_t seq,
	int check, const char *why)
{
	out->status = status;
	out->seq = seq;
	out->check = check;
	out->why = why;
}

static void chain_up(const struct batch *b, struct judged *out)
{
	const uint8_t *before = b->before;

	for (size_t i = 0; i < b->records; i++) {
		chain_next(before, b->record[i].body, b->record[i].len,
			out->h[i]);
		before = out->h[i];
	}
}

/* The first record that both have and that is not the same; 0: none. The
 * one before record 1 is no record: then the device's key is another. */
static bool differs(const struct batch *b, const struct judge_known *k,
	const struct judged *out, uint64_t *seq)
{
	for (size_t i = 0; i < k->hashes; i++) {
		const uint8_t *theirs = i == 0 ? b->before : out->h[i - 1];

		if (memcmp(theirs, k->hash[i], CRYPTO_HASH_SIZE) != 0) {
			*seq = b->from - 1 + i;
			return true;
		}
	}
	return false;
}

/* Whether somebody who has a key of this terminal sent it. */
static bool is_sent_by_it(const struct batch *b, const struct judge_known *k,
	const struct store_device *after)
{
	return batch_is_signed(b, after->key) ||
	       batch_is_signed(b, k->device.pk) || batch_is_signed(b, k->key) ||
	       batch_is_signed(b, k->device.key);
}

/* ---- records --------------------------------------------------------------
 */

static bool is_zero(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

/* The number of the check that its signature fails, or 0. */
static int signature(const struct entry *e, const uint8_t *h,
	const uint8_t *sig, struct store_device *after)
{
	if ((e->flags & ENTRY_SIGFAIL) == 0) {
		after->unsign = 0;
		return chain_verify(h, after->key, sig) ? 0 : 8;
	}
	if (e->kind == ENTRY_START || e->kind == ENTRY_KEYROLL ||
		e->kind == ENTRY_FAULT_END || e->kind == ENTRY_END ||
		!is_zero(sig, CRYPTO_SIG_SIZE) ||
		++after->unsign > JUDGE_UNSIGNED_MAX)
		return 10;
	return 0;
}

static void new_key(const struct entry *e, struct judged *out)
{
	struct store_device *d = &out->after;
	struct store_key *k = &out->key[out->keys++];

	if (e->kind == ENTRY_KEYROLL)
		d->epoch++;
	memcpy(d->key, e->kpub, sizeof(d->key));
	*k = (struct store_key){.first = e->seq + 1, .epoch = d->epoch};
	memcpy(k->key, e->kpub, sizeof(k->key));
}

static void totals(const struct entry *e, struct judged *out)
{
	struct store_device *d = &out->after;

	entry_count(e, d->tot);
	if (memcmp(d->tot, e->tot, sizeof(d->tot)) != 0 &&
		out->totals_wrong == 0)
		out->totals_wrong = e->seq;
	memcpy(d->tot, e->tot, sizeof(d->tot));
}

/* Which check a new record fails; 0: it is good, and the next may come. */
static int take(const struct batch *b, size_t i, struct judged *out)
{
	struct entry *e = &out->entry[i];
	struct store_device *d = &out->after;
	int check = entry_read(b->record[i].body, b->record[i].len, e);

	if (check != 0)
		return check;
	if (memcmp(e->dev, b->dev, sizeof(e->dev)) != 0)
		return 4;
	if (e->seq != b->from + i)
		return 5;
	if ((e->kind == ENTRY_START) != (e->seq == 1) || d->ended)
		return 11;
	check = signature(e, out->h[i], b->record[i].sig, d);
	if (check != 0)
		return check;
	if (e->kind == ENTRY_START || e->kind == ENTRY_KEYROLL)
		new_key(e, out);
	totals(e, out);
	d->ended = e->kind == ENTRY_END;
	d->last = e->seq;
	memcpy(d->head, out->h[i], sizeof(d->head));
	return 0;
}

static bool take_all(const struct batch *b, struct judged *out)
{
	for (size_t i = out->skip; i < b->records; i++) {
		const int check = take(b, i, out);

		if (check != 0) {
			answer(out, BATCH_WRONG, b->from + i, check,
				"a record fails its check");
			return false;
		}
	}
	return true;
}

/* ---- the whole --------------------------------------------------------------
 */

static void fork_at(const struct batch *b, const struct judge_known *k,
	uint64_t seq, struct judged *out)
{
	/* Who has no key of it can freeze nobody's terminal. */
	if (!is_sent_by_it(b, k, &k->device)) {
		answer(out, BATCH_WRONG, 0, 0, "nobody signed the batch");
		return;
	}
	answer(out, BATCH_CONFLICT, seq, 31, "another book of this terminal");
	out->fork = true;
	out->after.state = STORE_FROZEN;
}

static void judge_book(const struct batch *b, const struct judge_known *k,
	struct judged *out)
{
	const struct store_device *d = &k->device;
	uint64_t seq;

	chain_up(b, out);
	if (memcmp(out->h[b->records - 1], b->last, CRYPTO_HASH_SIZE) != 0) {
		answer(out, BATCH_WRONG, b->to, 7,
			"the records do not lead to their last hash");
		return;
	}
	if (differs(b, k, out, &seq)) {
		fork_at(b, k, seq, out);
		return;
	}
	out->dup = b->to <= d->last;
	out->skip = b->from <= d->last ? (size_t)(d->last - b->from + 1) : 0;
	if (out->dup)
		out->skip = b->records;
	if (!take_all(b, out))
		return;
	if (!is_sent_by_it(b, k, &out->after)) {
		answer(out, BATCH_WRONG, 0, 0, "nobody signed the batch");
		return;
	}
	answer(out, BATCH_ACK, 0, 0, out->dup ? "here already" : "taken");
}

/* What changed of the row if nothing was taken. */
static void forget_new(const struct judge_known *k, struct judged *out)
{
	struct store_device row = k->device;

	row.state = out->after.state;
	row.claimed = out->after.claimed;
	row.contact = out->after.contact;
	out->after = row;
	out->keys = 0;
	out->dup = false;
	out->totals_wrong = 0;
}

void judge(const struct batch *b, const struct judge_known *k, uint64_t now,
	struct judged *out)
{
	const struct store_device *d = &k->device;

	memset(out, 0, sizeof(*out));
	out->after = *d;
	out->after.contact = now;
	if (d->state == STORE_REVOKED) {
		answer(out, BATCH_REVOKED, 0, 0, "the terminal is revoked");
	} else if (d->state == STORE_FROZEN) {
		answer(out, BATCH_CONFLICT, 0, 31, "two books of it are known");
		out->fork = true;
	} else if (b->from > d->last + 1) {
		answer(out, BATCH_CONFLICT, 0, 5, "records before it lack");
		if (b->to > d->claimed && batch_is_signed(b, d->pk))
			out->after.claimed = b->to;
	} else {
		judge_book(b, k, out);
	}
	if (out->status != BATCH_ACK)
		forget_new(k, out);
	else if (out->after.last > out->after.claimed)
		out->after.claimed = out->after.last;
}
