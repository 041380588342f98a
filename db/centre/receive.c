#include "db/centre/receive.h"

#include <stdlib.h>
#include <string.h>

#include "core/codec/chain.h"
#include "db/centre/receive_internal.h"

enum {
	TRIES = 8
};

static const uint64_t day_ms = 86400000;

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
	receiver_lease(r, RECEIVE_LEASE_DAYS);
	return r;
}

void receiver_lease(struct receiver *r, unsigned days)
{
	r->lease_ms = days * day_ms;
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

/* Of new records only: what was erased since does not come back. */
static size_t old_pds(const struct receiver *r)
{
	size_t skip = 0;

	while (skip < r->batch.pds &&
		r->batch.pd[skip].seq < r->batch.from + r->judged.skip)
		skip++;
	return skip;
}

static bool write_pds(struct receiver *r, struct err *err)
{
	const size_t skip = old_pds(r);

	return store_pds_add(r->store, r->batch.dev, r->batch.pd + skip,
		r->batch.pds - skip, err);
}

/* The new ones; how many. */
static size_t put_records(struct receiver *r)
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
	return n;
}

static bool write_records(struct receiver *r, uint64_t now, struct err *err)
{
	const struct judged *j = &r->judged;
	const size_t n = put_records(r);

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

static void sign_note(struct receiver *r, uint64_t now, struct store_note *note)
{
	struct checkpoint c = {.seq = r->batch.to,
		.time = now,
		.lease = r->lease_ms > 0 ? now + r->lease_ms : 0};
	struct buf b;

	memcpy(c.dev, r->batch.dev, sizeof(c.dev));
	memcpy(c.h, r->batch.last, sizeof(c.h));
	memcpy(c.nonce, r->batch.nonce, sizeof(c.nonce));
	buf_init(&b, note->text, sizeof(note->text));
	checkpoint_sign(&c, r->name, r->key, &b);
	note->len = b.len;
}

static bool new_note(struct receiver *r, uint64_t now, struct store_note *note,
	struct err *err)
{
	sign_note(r, now, note);
	return store_note_put(r->store, r->batch.dev, r->batch.to, note, now,
		err);
}

static void hand_out(const struct store_note *note, struct batch_answer *out)
{
	memcpy(out->note, note->text, note->len);
	out->note_len = note->len;
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
		(l == LOOKUP_ABSENT && !new_note(r, now, &note, err)))
		return false;
	hand_out(&note, out);
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
	return write_records(r, now, err) && receive_money(r, now, told, err) &&
	       (j->totals_wrong == 0 || alert(r, STORE_TOTALS_WRONG,
						j->totals_wrong, now, err)) &&
	       write_note(r, now, out, err);
}

/* ---- the short way --------------------------------------------------------------
 */

/* FOUND: written and committed. ABSENT: the long way is to be gone. */
static enum lookup take_short(struct receiver *r, uint64_t now,
	struct batch_answer *out, struct err *err)
{
	const struct judged *j = &r->judged;
	struct store_note note;
	struct store_take t = {.before = &r->known.device,
		.after = &j->after,
		.record = r->record,
		.key = j->key,
		.keys = j->keys,
		.paid = r->paid,
		.note = &note,
		.now = now};
	enum lookup l;

	if (!store_can_take(r->store) || !receive_is_plain(r, &t.paids))
		return LOOKUP_ABSENT;
	sign_note(r, now, &note);
	t.records = put_records(r);
	t.pds = r->batch.pds - old_pds(r);
	t.pd = r->batch.pd + old_pds(r);
	l = store_take(r->store, &t, err);
	if (l == LOOKUP_FOUND)
		hand_out(&note, out);
	return l;
}

/* ---- the whole ----------------------------------------------------------------
 */

static bool is_same_row(const struct store_device *a,
	const struct store_device *b)
{
	return a->state == b->state && a->last == b->last &&
	       memcmp(a->head, b->head, sizeof(a->head)) == 0;
}

/* Written with the lock, if the row is still what it was. */
static bool take_long(struct receiver *r, const void *bytes, size_t len,
	uint64_t now, struct batch_answer *out, struct receive_told *told,
	struct err *err)
{
	struct store_device row;
	bool ok;

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

/* Judged without the lock, since that takes long. ERR_BUSY: the row is no
 * longer what it was judged with. */
static bool once(struct receiver *r, const void *bytes, size_t len,
	uint64_t now, struct batch_answer *out, struct receive_told *told,
	struct err *err)
{
	if (!learn(r, err))
		return false;
	judge(&r->batch, &r->known, now, &r->judged);
	told->doubles = 0;
	switch (take_short(r, now, out, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		return true;
	case LOOKUP_ABSENT:
		break;
	}
	return take_long(r, bytes, len, now, out, told, err);
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
