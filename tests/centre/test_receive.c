/*
 * Batches that come in, each answer of journal.md 8: with books of bookgen.h,
 * which shares no code with the terminal, on both stores.
 */
#include "support/unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "db/centre/receive.h"
#include "support/bookbatch.h"
#include "support/pgserver.h"
#include "support/tmpdir.h"

static const uint64_t now = UINT64_C(1795000000000);

static struct {
	char dir[128];
	struct pgserver pg;
	bool has_pg;
	struct crypto_pair key; /* of the checkpoints */
	struct bookgen book;
	struct bookgen_sealed sealed;
} here;

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* A centre with one terminal that has the book. */
struct centre {
	char where[PGSERVER_URL];
	struct store *store;
	struct receiver *receiver;
	struct batch_answer a;
	struct receive_told told;
	struct bytes batch;
};

static void enrol(struct centre *c, const struct bookgen *b)
{
	struct store_device d = {.state = STORE_ACTIVE, .enrolled = now};

	memcpy(d.dev, b->dev, sizeof(d.dev));
	memcpy(d.pk, b->device.public, sizeof(d.pk));
	memcpy(d.key, b->device.public, sizeof(d.key));
	bookbatch_genesis(b, d.head);
	MUST(store_begin(c->store, &err));
	MUST(store_device_add(c->store, &d, &err));
	MUST(store_commit(c->store, &err));
}

static void start(struct centre *c)
{
	c->store = store_open(c->where, &err);
	if (!c->store)
		fail_msg("%s", err.text);
	c->receiver = receiver_new(c->store, "centre-1", &here.key, &err);
	assert_non_null(c->receiver);
}

static void stop(struct centre *c)
{
	receiver_free(c->receiver);
	store_close(c->store);
}

static void open_centre(struct centre *c, bool on_pg)
{
	static unsigned n;
	char name[32];

	*c = (struct centre){0};
	n++;
	if (on_pg) {
		pgserver_schema(&here.pg, n, c->where, sizeof(c->where));
	} else {
		snprintf(name, sizeof(name), "%u.db", n);
		tmpdir_path(here.dir, name, c->where, sizeof(c->where));
	}
	start(c);
	enrol(c, &here.book);
}

static void close_centre(struct centre *c)
{
	stop(c);
	bytes_free(&c->batch);
}

static void hand_in(struct centre *c)
{
	MUST(receive(c->receiver, c->batch.at, c->batch.len, NULL, now, &c->a,
		&c->told, &err));
}

static enum batch_status send_of(struct centre *c, const struct bookgen *b,
	const struct bookgen_sealed *s, uint64_t from, uint64_t to)
{
	const struct bookbatch how = {.from = from, .to = to, .pd = true};

	bookbatch_make(b, s, &how, &c->batch);
	hand_in(c);
	return c->a.status;
}

static enum batch_status send(struct centre *c, uint64_t from, uint64_t to)
{
	return send_of(c, &here.book, &here.sealed, from, to);
}

static void row_of(struct centre *c, struct store_device *out)
{
	MUST(store_device_get(c->store, here.book.dev, false, out, &err) ==
		LOOKUP_FOUND);
}

static void holds(struct centre *c, uint64_t last)
{
	struct store_device d;

	row_of(c, &d);
	assert_int_equal(d.last, last);
	if (last > 0)
		assert_memory_equal(d.head, here.sealed.raw[last - 1].h, 32);
}

/* The answer is a checkpoint of this record, signed by the centre. */
static void acknowledges(const struct centre *c, uint64_t seq)
{
	struct checkpoint note;

	assert_int_equal(c->a.status, BATCH_ACK);
	assert_true(checkpoint_read(c->a.note, c->a.note_len, &note));
	assert_true(checkpoint_is_signed(&note, here.key.public));
	assert_memory_equal(note.dev, here.book.dev, sizeof(note.dev));
	assert_int_equal(note.seq, seq);
	assert_memory_equal(note.h, here.sealed.raw[seq - 1].h, 32);
}

struct tally {
	uint64_t next;
	size_t evidence;
	size_t alerts;
	uint64_t check;
	enum store_evidence_kind kind;
	enum store_alert_kind alert;
	size_t len;
};

static bool is_the_record(const struct store_record *r, void *arg)
{
	struct tally *t = arg;
	const struct bookgen_raw *raw = &here.sealed.raw[t->next - 1];

	if (r->seq != t->next || r->len != raw->body.len ||
		memcmp(r->body, raw->body.at, r->len) != 0 ||
		memcmp(r->h, raw->h, 32) != 0 ||
		memcmp(r->sig, raw->sig, 64) != 0)
		return false;
	t->next++;
	return true;
}

static bool see_evidence(const struct store_evidence *e, void *arg)
{
	struct tally *t = arg;

	t->evidence++;
	t->check = e->check;
	t->kind = e->kind;
	t->len = e->len;
	return true;
}

static bool see_alert(const struct store_alert *a, void *arg)
{
	struct tally *t = arg;

	t->alerts += a->ended == 0;
	t->alert = a->kind;
	return true;
}

static struct tally tally(struct centre *c)
{
	struct tally t = {.next = 1};

	MUST(store_records(c->store, here.book.dev, 1, INT64_MAX, is_the_record,
		&t, &err));
	MUST(store_evidence_each(c->store, see_evidence, &t, &err));
	MUST(store_alerts(c->store, see_alert, &t, &err));
	return t;
}

/* I5: the centre holds each record exactly once, byte for byte. */
static void holds_the_book(struct centre *c)
{
	const struct tally t = tally(c);

	holds(c, here.book.n);
	assert_int_equal(t.next, here.book.n + 1);
}

/* ---- all of it, in pieces -----------------------------------------------------
 */

static void send_in_pieces(struct centre *c, uint64_t from, uint64_t size)
{
	for (uint64_t to; from <= here.book.n; from = to + 1) {
		to = from + size - 1 < here.book.n ? from + size - 1
						   : here.book.n;
		send(c, from, to);
		acknowledges(c, to);
		assert_false(c->a.dup);
		assert_int_equal(c->told.taken, to - from + 1);
	}
}

static void a_book_in_pieces_of_seven(struct centre *c)
{
	struct store_device d;
	struct tally t;

	send_in_pieces(c, 1, 7);
	holds_the_book(c);
	t = tally(c);
	assert_int_equal(t.evidence, 0);
	assert_int_equal(t.alerts, 0);
	row_of(c, &d);
	assert_memory_equal(d.tot, here.book.rec[here.book.n - 1].tot,
		sizeof(d.tot));
	assert_int_equal(d.contact, now);
	assert_int_equal(d.epoch, here.book.epochs - 1);
}

static void a_book_record_by_record(struct centre *c)
{
	for (uint64_t i = 1; i <= 60; i++) {
		send(c, i, i);
		acknowledges(c, i);
	}
	send_in_pieces(c, 61, 200);
	holds_the_book(c);
}

static void a_book_in_the_largest_pieces(struct centre *c)
{
	send_in_pieces(c, 1, BATCH_MAX_RECORDS);
	holds_the_book(c);
}

/* The newest batch may be signed by the key of its epoch. */
static void signed_by_the_key_of_the_epoch(struct centre *c)
{
	struct bookbatch how = {.from = 1, .to = 40, .by = BATCH_BY_EPOCH};

	bookbatch_make(&here.book, &here.sealed, &how, &c->batch);
	hand_in(c);
	acknowledges(c, 40);
	how.from = 11;
	how.to = 20;
	bookbatch_make(&here.book, &here.sealed, &how, &c->batch);
	hand_in(c);
	acknowledges(c, 20);
	assert_true(c->a.dup);
}

/* ---- T54, T59: again, over one another, in any order ----------------------------
 */

static void T54_whose_answer_was_lost_gets_the_same(struct centre *c)
{
	struct bookbatch how = {.from = 1, .to = 30, .nonce = 1};
	struct batch_answer first;

	send(c, 1, 30);
	first = c->a;
	assert_false(first.dup);
	hand_in(c);
	acknowledges(c, 30);
	assert_true(c->a.dup);
	assert_int_equal(c->told.taken, 0);
	assert_memory_equal(c->a.note, first.note, first.note_len);
	/* Asked with another nonce: the text that was signed first, too. */
	bookbatch_make(&here.book, &here.sealed, &how, &c->batch);
	hand_in(c);
	assert_true(c->a.dup);
	assert_int_equal(c->a.note_len, first.note_len);
	assert_memory_equal(c->a.note, first.note, first.note_len);
	assert_int_equal(tally(c).next, 31);
}

static void T59_a_part_of_what_is_here(struct centre *c)
{
	struct batch_answer first;

	send(c, 1, 30);
	send(c, 5, 12);
	acknowledges(c, 12);
	assert_true(c->a.dup);
	first = c->a;
	send(c, 1, 12);
	assert_memory_equal(c->a.note, first.note, first.note_len);
	send(c, 30, 30);
	acknowledges(c, 30);
	assert_true(c->a.dup);
	holds(c, 30);
}

static void T59_an_overlap_takes_the_rest(struct centre *c)
{
	send(c, 1, 30);
	send(c, 20, 50);
	acknowledges(c, 50);
	assert_false(c->a.dup);
	assert_int_equal(c->told.taken, 20);
	send(c, 1, 51);
	acknowledges(c, 51);
	assert_int_equal(c->told.taken, 1);
	assert_int_equal(tally(c).next, 52);
}

static void T59_what_comes_too_early_is_a_gap(struct centre *c)
{
	struct store_device d;

	send(c, 31, 60);
	assert_int_equal(c->a.status, BATCH_CONFLICT);
	assert_false(c->a.fork);
	assert_int_equal(c->a.last, 0);
	send(c, 1, 30);
	send(c, 32, 60);
	assert_int_equal(c->a.status, BATCH_CONFLICT);
	assert_false(c->a.fork);
	assert_int_equal(c->a.last, 30);
	assert_memory_equal(c->a.head, here.sealed.raw[29].h, 32);
	/* The centre knows that there are more. */
	row_of(c, &d);
	assert_int_equal(d.claimed, 60);
	assert_int_equal(d.last, 30);
	send_in_pieces(c, 31, 64);
	holds_the_book(c);
	assert_int_equal(tally(c).evidence, 0);
}

static uint64_t below(uint64_t *state, uint64_t n)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (*state >> 33) % n;
}

/* Whatever comes in whatever order, and again: always a beginning of the
 * book, and never less than before. */
static void T59_any_order_is_a_prefix(struct centre *c)
{
	uint64_t random = 59;
	uint64_t last = 0;
	struct store_device d;

	for (int i = 0; i < 120; i++) {
		const uint64_t from = 1 + below(&random, last + 20);
		const uint64_t to = from + below(&random, 40);

		if (to > here.book.n)
			continue;
		send(c, from, to);
		if (from > last + 1)
			assert_int_equal(c->a.status, BATCH_CONFLICT);
		else
			acknowledges(c, to);
		row_of(c, &d);
		assert_true(d.last >= last);
		assert_int_equal(tally(c).next, d.last + 1);
		last = d.last;
	}
	assert_true(last > 100);
	send_in_pieces(c, last + 1, 100);
	holds_the_book(c);
}

enum {
	SENDERS = 2,
	SENT = 40
};

struct sender {
	const struct centre *c;
	const struct bytes *batch;
	size_t step; /* through the batches, in an order of its own */
	char wrong[256];
};

/* A connection of its own. Whoever is too early comes again. */
static void *keep_sending(void *arg)
{
	struct sender *s = arg;
	struct err why = {0};
	struct store *store = store_open(s->c->where, &why);
	struct receiver *r =
		store ? receiver_new(store, "centre-1", &here.key, &why) : NULL;
	struct batch_answer a = {0};
	struct receive_told told;
	bool ok = r != NULL;

	for (size_t i = 0; ok && i < 3 * SENT; i++) {
		const struct bytes *b = &s->batch[i * s->step % SENT];

		ok = receive(r, b->at, b->len, NULL, now, &a, &told, &why) ||
		     why.code == ERR_BUSY;
		/* Nothing: too many were faster; it comes again. */
		if (ok && a.status != 0 && a.status != BATCH_ACK &&
			(a.status != BATCH_CONFLICT || a.fork))
			ok = err_set(&why, ERR_INVALID, 0, "answer %d, V%02d",
				(int)a.status, told.check);
	}
	if (!ok)
		snprintf(s->wrong, sizeof(s->wrong), "%s", why.text);
	receiver_free(r);
	store_close(store);
	return NULL;
}

static void T59_two_connections_of_one_terminal(struct centre *c)
{
	static struct bytes batch[SENT];
	struct sender s[SENDERS] = {{c, batch, 1, ""}, {c, batch, 7, ""}};
	pthread_t thread[SENDERS];
	struct store_device d;

	for (size_t i = 0; i < SENT; i++) {
		const struct bookbatch how = {.from = 1 + 3 * i,
			.to = 8 + 3 * i,
			.nonce = (uint8_t)i};

		bookbatch_make(&here.book, &here.sealed, &how, &batch[i]);
	}
	for (int i = 0; i < SENDERS; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, keep_sending,
					 &s[i]),
			0);
	for (int i = 0; i < SENDERS; i++)
		pthread_join(thread[i], NULL);
	for (size_t i = 0; i < SENT; i++)
		bytes_free(&batch[i]);
	for (int i = 0; i < SENDERS; i++)
		assert_string_equal(s[i].wrong, "");
	row_of(c, &d);
	assert_true(d.last >= 8);
	assert_int_equal(tally(c).next, d.last + 1);
	assert_int_equal(tally(c).evidence, 0);
	send_in_pieces(c, d.last + 1, 50);
	holds_the_book(c);
}

/* ---- T28, T29: two books of one terminal ------------------------------------------
 */

/* The book again, but somebody else was paid at or after record at. */
static void other_branch(uint64_t at, struct bookgen *b,
	struct bookgen_sealed *s)
{
	struct bookgen_rec *r;

	bookgen_copy(&here.book, b);
	r = &b->rec[at - 1];
	r->t += 1;
	bookgen_seal(b, s);
}

static void is_frozen(struct centre *c, uint64_t last, size_t branches)
{
	struct store_device d;
	struct tally t;

	assert_int_equal(c->a.status, BATCH_CONFLICT);
	assert_true(c->a.fork);
	assert_int_equal(c->a.last, last);
	row_of(c, &d);
	assert_int_equal(d.state, STORE_FROZEN);
	assert_int_equal(d.last, last);
	t = tally(c);
	assert_int_equal(t.evidence, branches);
	assert_int_equal(t.kind, STORE_FORKED);
	assert_int_equal(t.alerts, 1);
	assert_int_equal(t.alert, STORE_FORK);
}

static void T28_an_older_disk_that_went_on(struct centre *c)
{
	struct bookgen b;
	struct bookgen_sealed s;

	other_branch(33, &b, &s);
	send(c, 1, 40);
	send_of(c, &b, &s, 30, 60);
	is_frozen(c, 40, 1);
	assert_int_equal(c->told.seq, 33);
	/* The same again is no further evidence. */
	hand_in(c);
	is_frozen(c, 40, 1);
	/* And the first branch is not taken either, but it is kept. */
	send(c, 41, 60);
	is_frozen(c, 40, 2);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

static void T29_a_fork_that_is_seen_by_the_hash_before(struct centre *c)
{
	struct bookgen b;
	struct bookgen_sealed s;

	other_branch(33, &b, &s);
	send(c, 1, 40);
	send_of(c, &b, &s, 41, 45);
	is_frozen(c, 40, 1);
	assert_int_equal(c->told.seq, 40);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

static void a_stranger_freezes_nobody(struct centre *c)
{
	const struct bookbatch how = {.from = 30,
		.to = 60,
		.by = BATCH_BY_STRANGER};
	struct bookgen b;
	struct bookgen_sealed s;
	struct store_device d;

	other_branch(33, &b, &s);
	send(c, 1, 40);
	bookbatch_make(&b, &s, &how, &c->batch);
	hand_in(c);
	assert_int_equal(c->a.status, BATCH_WRONG);
	assert_int_equal(c->a.seq, 0);
	assert_int_equal(c->a.check, 0);
	row_of(c, &d);
	assert_int_equal(d.state, STORE_ACTIVE);
	send_in_pieces(c, 41, 100);
	holds_the_book(c);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

static void T26_a_batch_that_nobody_signed(struct centre *c)
{
	const struct bookbatch how = {.from = 1,
		.to = 20,
		.by = BATCH_BY_STRANGER};

	bookbatch_make(&here.book, &here.sealed, &how, &c->batch);
	hand_in(c);
	assert_int_equal(c->a.status, BATCH_WRONG);
	assert_int_equal(c->a.check, 0);
	holds(c, 0);
	assert_int_equal(tally(c).evidence, 1);
	assert_int_equal(tally(c).len, c->batch.len);
}

/* ---- who is not welcome --------------------------------------------------------------
 */

static void T67_a_revoked_terminal(struct centre *c)
{
	struct store_device d;

	send(c, 1, 10);
	row_of(c, &d);
	d.state = STORE_REVOKED;
	MUST(store_begin(c->store, &err));
	MUST(store_device_put(c->store, &d, &err));
	MUST(store_commit(c->store, &err));
	assert_int_equal(send(c, 11, 20), BATCH_REVOKED);
	holds(c, 10);
	assert_int_equal(tally(c).evidence, 1);
	assert_int_equal(tally(c).kind, STORE_QUARANTINE);
}

static void T73_a_terminal_that_nobody_knows(struct centre *c)
{
	struct bookgen b;
	struct bookgen_sealed s;

	bookgen_copy(&here.book, &b);
	bookbatch_other_dev(&b, 0xEE);
	bookgen_seal(&b, &s);
	assert_int_equal(send_of(c, &b, &s, 1, 20), BATCH_UNKNOWN);
	assert_int_equal(tally(c).evidence, 0);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

static void T56_a_batch_of_another_terminal(struct centre *c)
{
	static const uint8_t peer[BATCH_DEV] = {0xEE};

	send(c, 1, 10);
	MUST(receive(c->receiver, c->batch.at, c->batch.len, peer, now, &c->a,
		&c->told, &err));
	assert_int_equal(c->a.status, BATCH_REVOKED);
	assert_int_equal(tally(c).evidence, 0);
	MUST(receive(c->receiver, c->batch.at, c->batch.len, here.book.dev, now,
		&c->a, &c->told, &err));
	acknowledges(c, 10);
}

static void what_is_no_batch(struct centre *c)
{
	static uint8_t large[BATCH_MAX_BYTES + 1];

	MUST(receive(c->receiver, large, sizeof(large), here.book.dev, now,
		&c->a, &c->told, &err));
	assert_int_equal(c->a.status, BATCH_TOO_LARGE);
	assert_int_equal(tally(c).evidence, 0);
	MUST(receive(c->receiver, "<html>", 6, here.book.dev, now, &c->a,
		&c->told, &err));
	assert_int_equal(c->a.status, BATCH_NO_BATCH);
	assert_int_equal(tally(c).evidence, 1);
	assert_int_equal(tally(c).check, 1);
	/* Of nobody nothing is kept. */
	MUST(receive(c->receiver, "<html>2", 7, NULL, now, &c->a, &c->told,
		&err));
	assert_int_equal(c->a.status, BATCH_NO_BATCH);
	assert_int_equal(tally(c).evidence, 1);
	holds(c, 0);
}

/* ---- T20 to T26, T37: records that are wrong -------------------------------------------
 */

static void flip_a_bit(struct bytes *body)
{
	/* In the value of key 5: still canonical. */
	body->at[body->len / 2] ^= 1;
}

static void no_cbor(struct bytes *body)
{
	body->at[body->len - 1] = 0xf7;
}

static void two_more_bytes(struct bytes *body)
{
	bytes_put(body, "\0\0", 2);
}

static void no_actor(struct bookgen_rec *r)
{
	r->has &= ~GEN_HAS(9);
}

static void no_totals(struct bookgen_rec *r)
{
	r->has &= ~GEN_HAS(11);
}

static void other_terminal(struct bookgen_rec *r)
{
	r->dev[3] ^= 1;
}

static void other_number(struct bookgen_rec *r)
{
	r->seq++;
}

static void zero_number(struct bookgen_rec *r)
{
	r->seq = 0;
}

static void later_version(struct bookgen_rec *r)
{
	r->v = 2;
}

static void start_again(struct bookgen_rec *r)
{
	r->kind = GEN_START;
	r->has |= GEN_HAS(23);
}

static void old_key(struct bookgen_rec *r)
{
	r->sig_by = GEN_BY_OTHER;
	r->sig_key = 0;
}

static void no_signature(struct bookgen_rec *r)
{
	r->sig_by = GEN_BY_KEEP;
}

static void sigfail_but_signed(struct bookgen_rec *r)
{
	r->has |= GEN_HAS(20);
	r->fl |= GEN_SIGFAIL;
}

static void is_not_canonical(struct bookgen_rec *r)
{
	r->twist = no_cbor;
}

static void has_more_behind(struct bookgen_rec *r)
{
	r->twist = two_more_bytes;
}

static const struct wrong {
	const char *name;
	void (*edit)(struct bookgen_rec *r);
	uint64_t check;
} wrongs[] = {
	{"not canonical", is_not_canonical, 2},
	{"bytes behind the record", has_more_behind, 2},
	{"no actor", no_actor, 3},
	{"no totals", no_totals, 3},
	{"of another terminal", other_terminal, 4},
	{"another number", other_number, 5},
	{"number zero", zero_number, 5},
	{"a second START", start_again, 11},
	{"T25 signed by an epoch that is over", old_key, 8},
	{"T26 without its signature", no_signature, 8},
	{"T19 SIGFAIL with a signature", sigfail_but_signed, 10},
	{"a later version of the format", later_version, 36},
};

/* What is wrong is kept apart, and nothing moves. */
static void is_refused_and_kept(struct centre *c, const struct wrong *w,
	size_t before)
{
	const uint64_t at = 50;
	struct bookgen b;
	struct bookgen_sealed s;

	bookgen_copy(&here.book, &b);
	w->edit(&b.rec[at - 1]);
	bookgen_seal(&b, &s);
	send_of(c, &b, &s, 46, 60);
	if (c->a.status != BATCH_WRONG || c->a.seq != at ||
		c->a.check != w->check)
		fail_msg("%s: answer %d, record %d, V%02d", w->name,
			(int)c->a.status, (int)c->a.seq, (int)c->a.check);
	holds(c, 45);
	assert_int_equal(tally(c).evidence, before + 1);
	assert_int_equal(tally(c).kind, STORE_QUARANTINE);
	assert_int_equal(tally(c).check, w->check);
	assert_int_equal(tally(c).len, c->batch.len);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

/* And after all that the right ones are welcome. */
static void T20_records_that_are_wrong(struct centre *c)
{
	send(c, 1, 45);
	for (size_t i = 0; i < COUNT_OF(wrongs); i++)
		is_refused_and_kept(c, &wrongs[i], i);
	send_in_pieces(c, 46, 100);
	holds_the_book(c);
}

static void T20_one_bit_and_signed_as_it_was(struct centre *c)
{
	struct bookgen b;
	struct bookgen_sealed s;

	bookgen_copy(&here.book, &b);
	bookgen_sealed_copy(&here.sealed, &s);
	flip_a_bit(&s.raw[49].body);
	/* As the line would have it: the hashes do not lead there. */
	send(c, 1, 45);
	send_of(c, &b, &s, 46, 60);
	assert_int_equal(c->a.status, BATCH_WRONG);
	assert_int_equal(c->a.check, 7);
	/* As somebody without keys would do it. */
	bookgen_rehash(&b, &s);
	send_of(c, &b, &s, 46, 60);
	assert_int_equal(c->a.status, BATCH_WRONG);
	assert_true(c->a.check == 8 || c->a.check == 2);
	assert_int_equal(c->a.seq, 50);
	holds(c, 45);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

static void T11_nothing_comes_after_END(struct centre *c)
{
	struct bookgen b;
	struct bookgen_sealed s;
	struct bookgen_rec more;

	bookgen_copy(&here.book, &b);
	assert_int_equal(b.rec[b.n - 1].kind, GEN_END);
	more = b.rec[b.n - 3];
	bookgen_append(&b, &more);
	bookgen_seal(&b, &s);
	send_in_pieces(c, 1, 100);
	send_of(c, &b, &s, here.book.n + 1, here.book.n + 1);
	assert_int_equal(c->a.status, BATCH_WRONG);
	assert_int_equal(c->a.check, 11);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

static void T38_wrong_totals_are_an_alert(struct centre *c)
{
	struct bookgen b;
	struct bookgen_sealed s;

	bookgen_copy(&here.book, &b);
	b.rec[49].tot[0]++;
	bookgen_seal(&b, &s);
	send(c, 1, 45);
	assert_int_equal(send_of(c, &b, &s, 46, 60), BATCH_ACK);
	assert_int_equal(tally(c).alerts, 1);
	assert_int_equal(tally(c).alert, STORE_TOTALS_WRONG);
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

/* ---- money ------------------------------------------------------------------------------
 */

/* Entitlements that stand paid at the end of the book. */
static size_t standing(const struct bookgen *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		if (b->rec[i].kind == GEN_PAY)
			n += b->rec[i].items;
		if (b->rec[i].kind == GEN_VOID)
			n -= b->rec[i].items;
	}
	return n;
}

static void T60b_two_terminals_that_paid_the_same(struct centre *c)
{
	struct bookgen b;
	struct bookgen_sealed s;

	bookgen_copy(&here.book, &b);
	bookbatch_other_dev(&b, 0xEE);
	bookgen_seal(&b, &s);
	enrol(c, &b);
	send_in_pieces(c, 1, 100);
	assert_int_equal(tally(c).alerts, 0);
	for (uint64_t from = 1; from <= b.n; from += 100)
		assert_int_equal(send_of(c, &b, &s, from,
					 from + 99 < b.n ? from + 99 : b.n),
			BATCH_ACK);
	assert_true(standing(&b) > 10);
	assert_int_equal(tally(c).alerts, standing(&b));
	/* Replayed, nothing is counted twice. */
	assert_int_equal(send_of(c, &b, &s, 1, 100), BATCH_ACK);
	assert_int_equal(tally(c).alerts, standing(&b));
	bookgen_sealed_free(&s);
	bookgen_free(&b);
}

/* ---- T58, T59: the centre itself in trouble -------------------------------------------------
 */

static void copy_file(const char *from, const char *to)
{
	char command[600];

	snprintf(command, sizeof(command), "cp '%s' '%s'", from, to);
	assert_int_equal(system(command), 0);
}

static void T58_a_centre_from_its_backup(struct centre *c)
{
	char kept[300];

	if (strcmp(store_kind(c->store), "sqlite") != 0)
		return;
	send(c, 1, 40);
	stop(c);
	snprintf(kept, sizeof(kept), "%s.backup", c->where);
	copy_file(c->where, kept);
	start(c);
	send(c, 41, 90);
	acknowledges(c, 90);
	stop(c);
	copy_file(kept, c->where);
	start(c);
	/* The terminal goes on where it was, and hears where the centre is. */
	send(c, 91, 120);
	assert_int_equal(c->a.status, BATCH_CONFLICT);
	assert_false(c->a.fork);
	assert_int_equal(c->a.last, 40);
	assert_memory_equal(c->a.head, here.sealed.raw[39].h, 32);
	send_in_pieces(c, 41, 50);
	holds_the_book(c);
}

static void T59_the_database_is_killed_and_comes_back(struct centre *c)
{
	struct batch_answer first;
	bool there;

	if (strcmp(store_kind(c->store), "sqlite") == 0)
		return;
	send(c, 1, 40);
	first = c->a;
	/* Committed; the answer never left. */
	pgserver_kill(&here.pg);
	err = (struct err){0};
	there = receive(c->receiver, c->batch.at, c->batch.len, NULL, now,
		&c->a, &c->told, &err);
	assert_false(there);
	assert_int_equal(err.code, ERR_GONE);
	pgserver_again(&here.pg);
	for (int i = 0; i < 50 && !there; i++)
		there = receive(c->receiver, c->batch.at, c->batch.len, NULL,
			now, &c->a, &c->told, &err);
	assert_true(there);
	acknowledges(c, 40);
	assert_true(c->a.dup);
	assert_memory_equal(c->a.note, first.note, first.note_len);
	send_in_pieces(c, 41, 100);
	holds_the_book(c);
}

/* ---- the rows, on both ------------------------------------------------------------------------
 */

static const struct act {
	const char *name;
	void (*run)(struct centre *c);
} acts[] = {
	{"a book in pieces of seven", a_book_in_pieces_of_seven},
	{"a book record by record", a_book_record_by_record},
	{"a book in the largest pieces", a_book_in_the_largest_pieces},
	{"signed by the key of the epoch", signed_by_the_key_of_the_epoch},
	{"T54 whose answer was lost gets the same",
		T54_whose_answer_was_lost_gets_the_same},
	{"T59 a part of what is here", T59_a_part_of_what_is_here},
	{"T59 an overlap takes the rest", T59_an_overlap_takes_the_rest},
	{"T59 what comes too early is a gap",
		T59_what_comes_too_early_is_a_gap},
	{"T59 any order is a prefix", T59_any_order_is_a_prefix},
	{"T59 two connections of one terminal",
		T59_two_connections_of_one_terminal},
	{"T28 an older disk that went on", T28_an_older_disk_that_went_on},
	{"T29 a fork that is seen by the hash before",
		T29_a_fork_that_is_seen_by_the_hash_before},
	{"a stranger freezes nobody", a_stranger_freezes_nobody},
	{"T26 a batch that nobody signed", T26_a_batch_that_nobody_signed},
	{"T67 a revoked terminal", T67_a_revoked_terminal},
	{"T73 a terminal that nobody knows", T73_a_terminal_that_nobody_knows},
	{"T56 a batch of another terminal", T56_a_batch_of_another_terminal},
	{"what is no batch", what_is_no_batch},
	{"T20 records that are wrong", T20_records_that_are_wrong},
	{"T20 one bit, and signed as it was", T20_one_bit_and_signed_as_it_was},
	{"T11 nothing comes after END", T11_nothing_comes_after_END},
	{"T38 wrong totals are an alert", T38_wrong_totals_are_an_alert},
	{"T60b two terminals that paid the same",
		T60b_two_terminals_that_paid_the_same},
	{"T58 a centre from its backup", T58_a_centre_from_its_backup},
	{"T59 the database is killed and comes back",
		T59_the_database_is_killed_and_comes_back},
};

static struct row {
	char name[96];
	const struct act *act;
	bool on_pg;
} rows[2 * COUNT_OF(acts)];

static void act_on_a_centre(void **state)
{
	const struct row *r = *state;
	struct centre c;

	open_centre(&c, r->on_pg);
	r->act->run(&c);
	close_centre(&c);
}

int main(void)
{
	static const struct bookgen_shape shape = {.seed = 10,
		.days = 3,
		.shifts = 2,
		.acts = 12,
		.end = true};
	static struct CMUnitTest tests[2 * COUNT_OF(acts)];
	size_t n = 0;
	int failed;

	if (!crypto_start(NULL))
		return 1;
	crypto_pair_new(&here.key);
	bookgen_make(&shape, &here.book);
	bookgen_seal(&here.book, &here.sealed);
	tmpdir_in_memory();
	tmpdir_make(here.dir, sizeof(here.dir));
	here.has_pg = pgserver_start(&here.pg);
	for (size_t k = 0; k < (here.has_pg ? 2 : 1); k++)
		for (size_t i = 0; i < COUNT_OF(acts); i++, n++) {
			snprintf(rows[n].name, sizeof(rows[n].name), "%s: %s",
				k == 0 ? "sqlite" : "postgresql", acts[i].name);
			rows[n].act = &acts[i];
			rows[n].on_pg = k == 1;
			tests[n] = (struct CMUnitTest){.name = rows[n].name,
				.test_func = act_on_a_centre,
				.initial_state = &rows[n]};
		}
	failed = _cmocka_run_group_tests("receive", tests, n, NULL, NULL);
	pgserver_stop(&here.pg);
	tmpdir_remove(here.dir);
	bookgen_sealed_free(&here.sealed);
	bookgen_free(&here.book);
	return failed;
}
