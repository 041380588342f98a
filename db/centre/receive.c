#include "db/centre/receive.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/chain.h"

enum {
	TRIES = 8,
	/* Of a batch: an item takes 21 bytes of it at least. */
	ITEMS_MAX = BATCH_MAX_BYTES / 21
};

struct receiver {
	struct store *store;
	const char *name;
	const struct crypto_pair *key;
	struct batch batch;
	struct judge_known known;
	struct judged judged;
	struct store_record record[BATCH_MAX_RECORDS];
	struct store_paid paid[ITEMS_MAX];
};

struct receiver *receiver_new(struct store *store, const char *name,
	const struct crypto_pair *key, struct err *err)
{
	struct receiver *r = calloc(1, sizeof(*r));

	if (!r) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return NULL;
	}
	r->store = store;
	r->name = name;
	r->key = key;
	return r;
}

void receiver_free(struct receiver *r)
{
	free(r);
}

/* ---- what must be known -----------------------------------------------------
 */

/* The hashes that both have, the one before the batch first. */
static bool learn_hashes(struct receiver *r, struct err *err)
{
	const struct batch *b = &r->batch;
	struct judge_known *k = &r->known;
	const uint64_t last = k->device.last;
	/* Another batch may be faster: of the rows only those count that the
	 * terminal's row told of. */
	const uint64_t to = b->to < last ? b->to : last;
	uint64_t first = b->from - 1;
	size_t n;

	k->hashes = 0;
	if (first > last)
		return true;
	if (first == last) {
		memcpy(k->hash[0], k->device.head, CRYPTO_HASH_SIZE);
		k->hashes = 1;
		return true;
	}
	if (first == 0) {
		chain_genesis(b->dev, k->device.pk, k->hash[0]);
		k->hashes = 1;
		first = 1;
	}
	if (!store_hashes(r->store, b->dev, first, to, k->hash + k->hashes, &n,
		    err))
		return false;
	k->hashes += n;
	/* Of what the terminal's row tells all is there, or the store lost it. */
	if (n != to - first + 1)
		return err_set(err, ERR_CORRUPT, 0,
			"records that the terminal's row tells of lack");
	return true;
}

static bool learn(struct receiver *r, struct err *err)
{
	struct judge_known *k = &r->known;

	memcpy(k->key, k->device.key, sizeof(k->key));
	if (!learn_hashes(r, err))
		return false;
	if (r->batch.to >= k->device.last)
		return true;
	return store_key_at(r->store, r->batch.dev, r->batch.to + 1, k->key,
		       err) != LOOKUP_FAILED;
}

/* ---- what is written --------------------------------------------------------
 */

static size_t put_items(struct receiver *r, struct entry *e, size_t n)
{
	for (size_t i = 0; i < e->items; i++, n++) {
		struct store_paid *p = &r->paid[n];

		assert(n < ITEMS_MAX);
		entry_next_item(e, p->ent);
		memcpy(p->dev, e->dev, sizeof(p->dev));
		p->seq = e->seq;
	}
	return n;
}

static bool has_twice(const struct receiver *r, size_t old, size_t n)
{
	for (size_t i = old; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (memcmp(r->paid[i].ent, r->paid[k].ent,
				    sizeof(r->paid[i].ent)) == 0)
				return true;
	return false;
}

/* Enter the first n, keep the others for the next time. */
static bool flush(struct receiver *r, size_t n, size_t all, uint64_t now,
	struct receive_told *told, struct err *err)
{
	size_t doubles;

	if (!store_paid(r->store, r->paid, n, now, &doubles, err))
		return false;
	told->doubles += doubles;
	memmove(r->paid, r->paid + n, (all - n) * sizeof(r->paid[0]));
	return true;
}

static bool void_items(struct receiver *r, struct entry *e, struct err *err)
{
	struct store_paid p = {.seq = e->ref};

	memcpy(p.dev, e->dev, sizeof(p.dev));
	for (size_t i = 0; i < e->items; i++) {
		entry_next_item(e, p.ent);
		if (!store_voided(r->store, &p, e->seq, err))
			return false;
	}
	return true;
}

/*
 * Who paid what, in the order of the book: payments together in one go, up to
 * a VOID or an entitlement that comes again.
 */
static bool write_money(struct receiver *r, uint64_t now,
	struct receive_told *told, struct err *err)
{
	size_t n = 0;

	for (size_t i = r->judged.skip; i < r->batch.records; i++) {
		struct entry *e = &r->judged.entry[i];
		const size_t old = n;

		if (e->kind == ENTRY_VOID) {
			if (!flush(r, n, n, now, told, err) ||
				!void_items(r, e, err))
				return false;
			n = 0;
		}
		if (e->kind != ENTRY_PAY)
			continue;
		n = put_items(r, e, n);
		if (has_twice(r, old, n)) {
			if (!flush(r, old, n, now, told, err))
				return false;
			n -= old;
		}
	}
	return flush(r, n, n, now, told, err);
}

/* Of new records only: what was erased since does not come back. */
static bool write_pds(struct receiver *r, struct err *err)
{
	size_t skip = 0;

	while (skip < r->batch.pds &&
		r->batch.pd[skip].seq < r->batch.from + r->judged.skip)
		skip++;
	return store_pds_add(r->store, r->batch.dev, r->batch.pd + skip,
		r->batch.pds - skip, err);
}

static bool write_records(struct receiver *r, uint64_t now, struct err *err)
{
	const struct judged *j = &r->judged;
	size_t n = 0;

	for (size_t i = j->skip; i < r->batch.records; i++)
		r->record[n++] = (struct store_record){.seq = r->batch.from + i,
			.kind = j->entry[i].kind,
			.t = j->entry[i].t,
			.shift = j->entry[i].shift,
			.body = r->batch.record[i].body,
			.len = r->batch.record[i].len,
			.h = j->h[i],
			.sig = r->batch.record[i].sig};
	if (!store_records_add(r->store, r->batch.dev, r->record, n, now, err))
		return false;
	for (size_t i = 0; i < j->keys; i++)
		if (!store_key_add(r->store, r->batch.dev, j->key[i].first,
			    j->key[i].epoch, j->key[i].key, err))
			return false;
	return write_pds(r, err);
}

static bool alert(struct receiver *r, enum store_alert_kind kind, uint64_t seq,
	uint64_t now, struct err *err)
{
	struct store_alert a = {.kind = kind, .t = now, .seq = seq};

	memcpy(a.dev, r->batch.dev, sizeof(a.dev));
	return store_alert_add(r->store, &a, err);
}

static bool sign_note(struct receiver *r, uint64_t now, struct store_note *note,
	struct err *err)
{
	struct checkpoint c = {.seq = r->batch.to, .time = now};
	struct buf b;

	memcpy(c.dev, r->batch.dev, sizeof(c.dev));
	memcpy(c.h, r->batch.last, sizeof(c.h));
	memcpy(c.nonce, r->batch.nonce, sizeof(c.nonce));
	buf_init(&b, note->text, sizeof(note->text));
	checkpoint_sign(&c, r->name, r->key, &b);
	note->len = b.len;
	return store_note_put(r->store, r->batch.dev, r->batch.to, note, now,
		err);
}

/* The text for record to: as it was signed first, or now. Of a record that is
 * new nothing was signed. */
static bool write_note(struct receiver *r, uint64_t now,
	struct batch_answer *out, struct err *err)
{
	struct store_note note;
	enum lookup l = LOOKUP_ABSENT;

	if (r->judged.dup)
		l = store_note_get(r->store, r->batch.dev, r->batch.to, &note,
			err);
	if (l == LOOKUP_FAILED ||
		(l == LOOKUP_ABSENT && !sign_note(r, now, &note, err)))
		return false;
	memcpy(out->note, note.text, note.len);
	out->note_len = note.len;
	return true;
}

static bool write_evidence(struct receiver *r, const void *bytes, size_t len,
	uint64_t now, struct err *err)
{
	const struct judged *j = &r->judged;
	struct store_evidence e = {.kind = j->fork ? STORE_FORKED
						   : STORE_QUARANTINE,
		.t = now,
		.seq = j->seq,
		.check = (uint64_t)j->check,
		.bytes = bytes,
		.len = len};

	/* A gap is no fault: the records will come. */
	if (j->status == BATCH_CONFLICT && !j->fork)
		return true;
	memcpy(e.dev, r->batch.dev, sizeof(e.dev));
	if (!store_evidence_add(r->store, &e, err))
		return false;
	return !j->fork || r->known.device.state == STORE_FROZEN ||
	       alert(r, STORE_FORK, j->seq, now, err);
}

static bool write_all(struct receiver *r, const void *bytes, size_t len,
	uint64_t now, struct batch_answer *out, struct receive_told *told,
	struct err *err)
{
	const struct judged *j = &r->judged;

	if (!store_device_put(r->store, &j->after, err))
		return false;
	if (j->status != BATCH_ACK)
		return write_evidence(r, bytes, len, now, err);
	return write_records(r, now, err) && write_money(r, now, told, err) &&
	       (j->totals_wrong == 0 || alert(r, STORE_TOTALS_WRONG,
						j->totals_wrong, now, err)) &&
	       write_note(r, now, out, err);
}

/* ---- the whole ----------------------------------------------------------------
 */

static bool is_same_row(const struct store_device *a,
	const struct store_device *b)
{
	return a->state == b->state && a->last == b->last &&
	       memcmp(a->head, b->head, sizeof(a->head)) == 0;
}

/* Judged without the lock, since that takes long; written with it, if the
 * row is still what it was. ERR_BUSY: it is not. */
static bool once(struct receiver *r, const void *bytes, size_t len,
	uint64_t now, struct batch_answer *out, struct receive_told *told,
	struct err *err)
{
	struct store_device row;
	bool ok;

	if (!learn(r, err))
		return false;
	judge(&r->batch, &r->known, now, &r->judged);
	told->doubles = 0;
	if (!store_begin(r->store, err))
		return false;
	ok = store_device_get(r->store, r->batch.dev, true, &row, err) ==
	     LOOKUP_FOUND;
	if (ok && !is_same_row(&row, &r->known.device))
		ok = err_set(err, ERR_BUSY, 0, "another batch was faster");
	if (ok) {
		if (row.claimed > r->judged.after.claimed)
			r->judged.after.claimed = row.claimed;
		ok = write_all(r, bytes, len, now, out, told, err);
	}
	if (ok)
		ok = store_commit(r->store, err);
	if (!ok)
		store_rollback(r->store);
	return ok;
}

static void tell(const struct receiver *r, struct batch_answer *out,
	struct receive_told *told)
{
	const struct judged *j = &r->judged;

	out->status = j->status;
	out->dup = j->dup;
	out->fork = j->fork;
	out->last = r->judged.after.last;
	memcpy(out->head, r->judged.after.head, sizeof(out->head));
	if (out->last == 0)
		memset(out->head, 0, sizeof(out->head));
	out->seq = j->seq;
	out->check = (uint64_t)j->check;
	told->check = j->check;
	told->seq = j->seq;
	told->why = j->why;
	told->taken = j->status == BATCH_ACK ? r->batch.records - j->skip : 0;
}

static bool of_a_terminal(struct receiver *r, const void *bytes, size_t len,
	uint64_t now, struct batch_answer *out, struct receive_told *told,
	struct err *err)
{
	for (int i = 0; i < TRIES; i++) {
		switch (store_device_get(r->store, r->batch.dev, false,
			&r->known.device, err)) {
		case LOOKUP_FAILED:
			return false;
		case LOOKUP_ABSENT:
			out->status = BATCH_UNKNOWN;
			told->why = "no such terminal";
			return true;
		case LOOKUP_FOUND:
			break;
		}
		if (once(r, bytes, len, now, out, told, err)) {
			tell(r, out, told);
			return true;
		}
		if (err->code != ERR_BUSY)
			return false;
	}
	return false;
}

/* What cannot be read is kept under the name of who sent it. */
static bool of_nobody(struct receiver *r, const void *bytes, size_t len,
	const uint8_t *peer, uint64_t now, struct err *err)
{
	struct store_evidence e = {.kind = STORE_QUARANTINE,
		.t = now,
		.check = 1,
		.bytes = bytes,
		.len = len};

	if (!peer)
		return true;
	memcpy(e.dev, peer, sizeof(e.dev));
	if (!store_begin(r->store, err))
		return false;
	if (store_evidence_add(r->store, &e, err) &&
		store_commit(r->store, err))
		return true;
	store_rollback(r->store);
	return false;
}

bool receive(struct receiver *r, const void *bytes, size_t len,
	const uint8_t *peer, uint64_t now, struct batch_answer *out,
	struct receive_told *told, struct err *err)
{
	const char *finding;

	memset(out, 0, sizeof(*out));
	memset(told, 0, sizeof(*told));
	if (len > BATCH_MAX_BYTES) {
		out->status = BATCH_TOO_LARGE;
		told->why = "too large";
		return true;
	}
	if (!batch_read(bytes, len, &r->batch, &finding)) {
		out->status = BATCH_NO_BATCH;
		told->check = 1;
		told->why = finding;
		return of_nobody(r, bytes, len, peer, now, err);
	}
	memcpy(told->dev, r->batch.dev, sizeof(told->dev));
	told->from = r->batch.from;
	told->to = r->batch.to;
	if (peer && memcmp(peer, r->batch.dev, BATCH_DEV) != 0) {
		out->status = BATCH_REVOKED;
		told->why = "sent by another terminal";
		return true;
	}
	return of_a_terminal(r, bytes, len, now, out, told, err);
}
