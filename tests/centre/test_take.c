/*
 * The short way of a batch into PostgreSQL, in one statement: it leaves what
 * the long way leaves, or nothing; and several centres on one database.
 */
#include "support/unit.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/codec/chain.h"
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
	struct crypto_pair key;
	struct bookgen book;
	struct bookgen_sealed sealed;
} here;

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

/* ---- a store and a terminal ---------------------------------------------------
 */

static struct store *a_store(bool on_pg, char where[PGSERVER_URL])
{
	static unsigned n;
	char name[32];
	struct store *s;

	n++;
	if (on_pg) {
		pgserver_schema(&here.pg, n, where, PGSERVER_URL);
	} else {
		snprintf(name, sizeof(name), "%u.db", n);
		tmpdir_path(here.dir, name, where, PGSERVER_URL);
	}
	s = store_open(where, &err);
	if (!s)
		fail_msg("%s", err.text);
	return s;
}

static struct store_device the_device(void)
{
	struct store_device d = {.state = STORE_ACTIVE, .enrolled = now};

	memcpy(d.dev, here.book.dev, sizeof(d.dev));
	memcpy(d.pk, here.book.device.public, sizeof(d.pk));
	memcpy(d.key, here.book.device.public, sizeof(d.key));
	bookbatch_genesis(&here.book, d.head);
	return d;
}

static void enrol(struct store *s)
{
	const struct store_device d = the_device();

	MUST(store_begin(s, &err));
	MUST(store_device_add(s, &d, &err));
	MUST(store_commit(s, &err));
}

static void row_of(struct store *s, struct store_device *out)
{
	MUST(store_device_get(s, here.book.dev, false, out, &err) ==
		LOOKUP_FOUND);
}

/* ---- the same as the long way ---------------------------------------------------
 */

static void send_book(struct store *s, uint64_t size)
{
	struct receiver *r = receiver_new(s, "centre-1", &here.key, &err);
	struct bytes batch = {0};
	struct batch_answer a;
	struct receive_told told;

	for (uint64_t from = 1; from <= here.book.n; from += size) {
		const struct bookbatch how = {.from = from,
			.to = from + size - 1 < here.book.n ? from + size - 1
							    : here.book.n,
			.pd = true};

		bookbatch_make(&here.book, &here.sealed, &how, &batch);
		MUST(receive(r, batch.at, batch.len, NULL, now + from, &a,
			&told, &err));
		assert_int_equal(a.status, BATCH_ACK);
		assert_false(a.dup);
	}
	bytes_free(&batch);
	receiver_free(r);
}

/* Everything of a store, in one hash. */
struct sum {
	struct store *s;
	uint8_t h[CRYPTO_HASH_SIZE];
};

static void add(struct sum *s, const void *bytes, size_t len)
{
	chain_next(s->h, bytes, len, s->h);
}

static bool add_record(const struct store_record *r, void *arg)
{
	const uint64_t n[] = {r->seq, r->kind, r->t, r->shift, r->len};

	add(arg, n, sizeof(n));
	add(arg, r->body, r->len);
	add(arg, r->h, CRYPTO_HASH_SIZE);
	add(arg, r->sig, CRYPTO_SIG_SIZE);
	return true;
}

static bool add_note(const struct store_note *note, uint64_t t, void *arg)
{
	add(arg, note->text, note->len);
	add(arg, &t, sizeof(t));
	return true;
}

static void add_money(struct sum *sum)
{
	for (size_t i = 0; i < here.book.n; i++)
		for (size_t k = 0; k < here.book.rec[i].items; k++) {
			struct store_paid p = {0};
			const enum lookup l = store_paid_by(sum->s,
				here.book.rec[i].item[k].ent, &p, &err);

			assert_true(l != LOOKUP_FAILED);
			add(sum, p.dev, sizeof(p.dev));
			add(sum, &p.seq, sizeof(p.seq));
		}
}

static void all_of(struct store *s, uint8_t out[CRYPTO_HASH_SIZE])
{
	struct sum sum = {.s = s};
	struct store_device d = {0};
	uint8_t key[CRYPTO_PUBLIC_SIZE];

	row_of(s, &d);
	add(&sum, d.head, sizeof(d.head));
	add(&sum, d.key, sizeof(d.key));
	add(&sum, d.tot, sizeof(d.tot));
	add(&sum,
		(uint64_t[]){d.last, d.epoch, d.claimed, d.unsign, d.ended,
			d.contact, d.enrolled},
		7 * sizeof(uint64_t));
	MUST(store_records(s, d.dev, 1, INT64_MAX, add_record, &sum, &err));
	MUST(store_notes(s, 0, INT64_MAX, add_note, &sum, &err));
	for (uint64_t seq = 2; seq <= here.book.n; seq++) {
		MUST(store_key_at(s, d.dev, seq, key, &err) == LOOKUP_FOUND);
		add(&sum, key, sizeof(key));
	}
	add_money(&sum);
	memcpy(out, sum.h, sizeof(sum.h));
}

static void it_leaves_what_the_long_way_leaves(void **state)
{
	static const uint64_t sizes[] = {1, 7, 50, BATCH_MAX_RECORDS};
	char where[PGSERVER_URL];
	uint8_t of[2][CRYPTO_HASH_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sizes); i++) {
		for (int on_pg = 0; on_pg < 2; on_pg++) {
			struct store *s = a_store(on_pg, where);

			assert_int_equal(store_can_take(s), on_pg);
			enrol(s);
			send_book(s, sizes[i]);
			all_of(s, of[on_pg]);
			store_close(s);
		}
		assert_memory_equal(of[0], of[1], sizeof(of[0]));
	}
}

/* ---- all of it, or nothing --------------------------------------------------------
 */

enum {
	TAKEN = 5
};

/* A batch of five records and a payment, right behind the row. */
struct small {
	struct store_device before;
	struct store_device after;
	struct store_record record[TAKEN];
	struct store_key key;
	struct store_paid paid[2];
	struct store_note note;
	struct store_take take;
};

static void make_small(struct store *s, struct small *t)
{
	*t = (struct small){.note = {.text = "note", .len = 4},
		.key = {.first = 3, .epoch = 1}};
	row_of(s, &t->before);
	t->after = t->before;
	t->after.last = t->before.last + TAKEN;
	memset(t->after.head, (int)t->after.last, sizeof(t->after.head));
	t->after.claimed = t->after.last;
	for (size_t i = 0; i < TAKEN; i++)
		t->record[i] =
			(struct store_record){.seq = t->before.last + 1 + i,
				.kind = 10,
				.t = now,
				.shift = 1,
				.body = (const uint8_t *)"body",
				.len = 4,
				.h = t->after.head,
				.sig = here.sealed.raw[0].sig};
	/* Not in their order. */
	for (size_t i = 0; i < COUNT_OF(t->paid); i++) {
		memcpy(t->paid[i].dev, t->before.dev, sizeof(t->paid[i].dev));
		memset(t->paid[i].ent, 0x90 - (int)i, sizeof(t->paid[i].ent));
		t->paid[i].seq = t->before.last + 2 + i;
	}
	t->take = (struct store_take){.before = &t->before,
		.after = &t->after,
		.record = t->record,
		.records = TAKEN,
		.key = &t->key,
		.keys = 1,
		.paid = t->paid,
		.paids = COUNT_OF(t->paid),
		.note = &t->note,
		.now = now};
}

static bool count_it(const struct store_record *r, void *arg)
{
	(void)r;
	++*(size_t *)arg;
	return true;
}

static void holds(struct store *s, size_t records, bool note)
{
	struct store_device d;
	struct store_note text;
	struct store_paid p;
	uint8_t ent[16];
	size_t n = 0;

	row_of(s, &d);
	assert_int_equal(d.last, records);
	MUST(store_records(s, d.dev, 1, INT64_MAX, count_it, &n, &err));
	assert_int_equal(n, records);
	assert_int_equal(store_note_get(s, d.dev, TAKEN, &text, &err),
		note ? LOOKUP_FOUND : LOOKUP_ABSENT);
	memset(ent, 0x90, sizeof(ent));
	assert_int_equal(store_paid_by(s, ent, &p, &err),
		note ? LOOKUP_FOUND : LOOKUP_ABSENT);
}

static void taken_once_and_not_again(struct store *s)
{
	struct small t;

	make_small(s, &t);
	MUST(store_take(s, &t.take, &err) == LOOKUP_FOUND);
	holds(s, TAKEN, true);
	assert_int_equal(store_take(s, &t.take, &err), LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_BUSY);
	holds(s, TAKEN, true);
}

static void not_of_a_row_that_changed(struct store *s)
{
	static const struct {
		size_t at;
		uint8_t bits;
	} changes[] = {
		{offsetof(struct store_device, head), 1},
		{offsetof(struct store_device, last), 1},
		{offsetof(struct store_device, state), 3},
	};

	for (size_t i = 0; i < COUNT_OF(changes); i++) {
		struct small t;

		make_small(s, &t);
		((uint8_t *)&t.before)[changes[i].at] ^= changes[i].bits;
		assert_int_equal(store_take(s, &t.take, &err), LOOKUP_FAILED);
		assert_int_equal(err.code, ERR_BUSY);
		holds(s, 0, false);
	}
}

static void not_if_something_is_paid_already(struct store *s)
{
	struct store_paid other = {.seq = 77};
	struct store_paid by;
	struct small t;
	size_t doubles;

	make_small(s, &t);
	memset(other.dev, 0x11, sizeof(other.dev));
	memcpy(other.ent, t.paid[1].ent, sizeof(other.ent));
	MUST(store_begin(s, &err));
	MUST(store_paid(s, &other, 1, now, &doubles, &err));
	MUST(store_commit(s, &err));
	assert_int_equal(store_take(s, &t.take, &err), LOOKUP_ABSENT);
	assert_int_equal(err.code, ERR_NONE);
	holds(s, 0, false);
	MUST(store_paid_by(s, other.ent, &by, &err) == LOOKUP_FOUND);
	assert_int_equal(by.seq, 77);
}

static void what_it_spoke_of_is_not_forgotten(struct store *s)
{
	struct store_device d;
	struct small t;

	make_small(s, &t);
	/* Meanwhile it sent something from behind a gap. */
	row_of(s, &d);
	d.claimed = 999;
	MUST(store_begin(s, &err));
	MUST(store_device_put(s, &d, &err));
	MUST(store_commit(s, &err));
	MUST(store_take(s, &t.take, &err) == LOOKUP_FOUND);
	row_of(s, &d);
	assert_int_equal(d.claimed, 999);
	assert_int_equal(d.contact, now);
}

/* ---- T59: several processes on one database ----------------------------------------
 */

enum {
	CENTRES = 3,
	SIZE = 9
};

/* The whole book, again and again from the record that the centre holds, in
 * batches that lie over those of the others. */
static bool send_as_a_process(const char *where, uint64_t size)
{
	struct store *s = store_open(where, &err);
	struct receiver *r =
		s ? receiver_new(s, "centre-1", &here.key, &err) : NULL;
	struct bytes batch = {0};
	struct batch_answer a = {0};
	struct receive_told told;
	uint64_t from = 1;

	for (int i = 0; r && i < 2000 && from <= here.book.n; i++) {
		const struct bookbatch how = {.from = from,
			.to = from + size - 1 < here.book.n ? from + size - 1
							    : here.book.n};

		bookbatch_make(&here.book, &here.sealed, &how, &batch);
		if (!receive(r, batch.at, batch.len, NULL, now, &a, &told,
			    &err)) {
			if (err.code != ERR_BUSY)
				break;
			continue;
		}
		if (a.status != BATCH_ACK)
			break;
		from = how.to + 1;
	}
	bytes_free(&batch);
	receiver_free(r);
	store_close(s);
	return from > here.book.n;
}

static bool is_next(const struct store_record *r, void *arg)
{
	uint64_t *next = arg;

	if (r->seq != *next ||
		memcmp(r->h, here.sealed.raw[*next - 1].h, 32) != 0)
		return false;
	++*next;
	return true;
}

static void T59_three_centres_take_the_same_book(void **state)
{
	char where[PGSERVER_URL];
	struct store_counts counts;
	struct store *s = a_store(true, where);
	pid_t pid[CENTRES];
	uint64_t next = 1;
	int status;

	(void)state;
	enrol(s);
	/* A connection is not for two processes. */
	store_close(s);
	for (uint64_t i = 0; i < CENTRES; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			_exit(send_as_a_process(where, SIZE + 4 * i) ? 0 : 1);
	}
	for (int i = 0; i < CENTRES; i++) {
		waitpid(pid[i], &status, 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	s = store_open(where, &err);
	MUST(s != NULL);
	MUST(store_records(s, here.book.dev, 1, INT64_MAX, is_next, &next,
		&err));
	assert_int_equal(next, here.book.n + 1);
	MUST(store_counts(s, &counts, &err));
	assert_int_equal(counts.records, here.book.n);
	assert_int_equal(counts.alerts, 0);
	assert_int_equal(counts.evidence, 0);
	store_close(s);
}

/* ---- a standby that is not there ------------------------------------------------------
 */

struct waiting {
	char where[PGSERVER_URL];
	struct bytes batch;
	struct batch_answer a;
	struct err err;
	bool came;
};

static void *hand_in(void *arg)
{
	struct waiting *w = arg;
	struct store *s = store_open(w->where, &w->err);
	struct receiver *r =
		s ? receiver_new(s, "centre-1", &here.key, &w->err) : NULL;
	struct receive_told told;

	w->came = r && receive(r, w->batch.at, w->batch.len, NULL, now, &w->a,
			       &told, &w->err);
	receiver_free(r);
	store_close(s);
	return NULL;
}

/* Until somebody waits for a standby that never comes; then he is told not to
 * wait any longer. */
#define TELL_HIM_NOT_TO_WAIT                                             \
	"DO $$ DECLARE n int := 0; BEGIN FOR i IN 1..400 LOOP"           \
	" PERFORM pg_stat_clear_snapshot(); SELECT count(*) INTO n FROM" \
	" (SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE"    \
	" wait_event = 'SyncRep') x; EXIT WHEN n > 0;"                   \
	" PERFORM pg_sleep(0.05); END LOOP; END $$"

static void sync_with(const char *names)
{
	char sql[100];

	snprintf(sql, sizeof(sql),
		"ALTER SYSTEM SET synchronous_standby_names = '%s'", names);
	pgserver_sql(&here.pg, sql);
	pgserver_sql(&here.pg, "SELECT pg_reload_conf()");
}

/* It is committed here, and on no other machine: that is no acknowledgement.
 * Once by the short way, once, as a dup, by the long one. */
static void T59_what_only_this_machine_has_is_not_told(void **state)
{
	const struct bookbatch how = {.from = 1, .to = 20};
	static struct waiting w;
	struct store *s = a_store(true, w.where);
	struct store_device row;
	pthread_t thread;

	(void)state;
	enrol(s);
	bookbatch_make(&here.book, &here.sealed, &how, &w.batch);
	for (int i = 0; i < 2; i++) {
		w.err = (struct err){0};
		sync_with("nobody");
		pthread_create(&thread, NULL, hand_in, &w);
		pgserver_sql(&here.pg, TELL_HIM_NOT_TO_WAIT);
		pthread_join(thread, NULL);
		sync_with("");
		assert_false(w.came);
		assert_int_equal(w.err.code, ERR_GONE);
		row_of(s, &row);
		assert_int_equal(row.last, 20);
	}
	w.err = (struct err){0};
	hand_in(&w);
	assert_true(w.came);
	assert_int_equal(w.a.status, BATCH_ACK);
	assert_true(w.a.dup);
	bytes_free(&w.batch);
	store_close(s);
}

/* ---- the rows -------------------------------------------------------------------------
 */

static const struct act {
	const char *name;
	void (*run)(struct store *s);
} acts[] = {
	{"taken once and not again", taken_once_and_not_again},
	{"not of a row that changed", not_of_a_row_that_changed},
	{"not if something is paid already", not_if_something_is_paid_already},
	{"what it spoke of is not forgotten",
		what_it_spoke_of_is_not_forgotten},
};

static void act_on_a_store(void **state)
{
	const struct act *act = *state;
	char where[PGSERVER_URL];
	struct store *s = a_store(true, where);

	enrol(s);
	act->run(s);
	store_close(s);
}

int main(void)
{
	static const struct bookgen_shape shape = {.seed = 11,
		.days = 3,
		.shifts = 2,
		.acts = 12,
		.end = true};
	static struct CMUnitTest tests[COUNT_OF(acts) + 3] = {
		cmocka_unit_test(it_leaves_what_the_long_way_leaves),
		cmocka_unit_test(T59_three_centres_take_the_same_book),
		cmocka_unit_test(T59_what_only_this_machine_has_is_not_told),
	};
	int failed = 0;

	if (!crypto_start(NULL))
		return 1;
	crypto_pair_new(&here.key);
	bookgen_make(&shape, &here.book);
	bookgen_seal(&here.book, &here.sealed);
	tmpdir_in_memory();
	tmpdir_make(here.dir, sizeof(here.dir));
	for (size_t i = 0; i < COUNT_OF(acts); i++)
		tests[i + 3] = (struct CMUnitTest){.name = acts[i].name,
			.test_func = act_on_a_store,
			.initial_state = (void *)(uintptr_t)&acts[i]};
	if (pgserver_start(&here.pg)) {
		failed = _cmocka_run_group_tests("take", tests, COUNT_OF(tests),
			NULL, NULL);
		pgserver_stop(&here.pg);
	}
	tmpdir_remove(here.dir);
	bookgen_sealed_free(&here.sealed);
	bookgen_free(&here.book);
	return failed;
}
