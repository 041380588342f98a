/*
 * PostgreSQL as a large centre has it: a second machine that follows the first
 * and takes over, and pgbouncer in between.
 */
#include "support/unit.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "core/crypto.h"
#include "db/centre/receive.h"
#include "support/bookbatch.h"
#include "support/pgserver.h"

enum {
	A_BATCH = 9,
	TERMINALS = 5,
	POOL = 2
};

static const uint64_t now = UINT64_C(1795000000000);

static struct {
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

/* ---- a terminal and its batches -----------------------------------------------
 */

struct sender {
	const char *url;
	struct bookgen book;
	struct bytes *batch;
	size_t batches;
	uint64_t *last; /* record of each */
	atomic_size_t acknowledged;
	size_t dups;
};

static void prepare(struct sender *s, unsigned n)
{
	struct bookgen_sealed sealed;

	memset(s, 0, sizeof(*s));
	bookgen_copy(&here.book, &s->book);
	bookbatch_other_dev(&s->book, (uint8_t)n);
	for (size_t i = 0; i < s->book.n; i++)
		for (size_t k = 0; k < s->book.rec[i].items; k++)
			s->book.rec[i].item[k].ent[15] = (uint8_t)n;
	bookgen_seal(&s->book, &sealed);
	s->batches = (s->book.n + A_BATCH - 1) / A_BATCH;
	s->batch = calloc(s->batches, sizeof(*s->batch));
	s->last = calloc(s->batches, sizeof(*s->last));
	for (size_t i = 0; i < s->batches; i++) {
		const uint64_t to = (i + 1) * A_BATCH;
		const struct bookbatch how = {.from = i * A_BATCH + 1,
			.to = to < s->book.n ? to : s->book.n,
			.pd = true};

		bookbatch_make(&s->book, &sealed, &how, &s->batch[i]);
		s->last[i] = how.to;
	}
	bookgen_sealed_free(&sealed);
}

static void release(struct sender *s)
{
	for (size_t i = 0; i < s->batches; i++)
		bytes_free(&s->batch[i]);
	free(s->batch);
	free(s->last);
	bookgen_free(&s->book);
}

static void enrol(const struct sender *s, const char *url)
{
	struct store_device d = {.state = STORE_ACTIVE, .enrolled = now};
	struct store *store = store_open(url, &err);

	MUST(store != NULL);
	memcpy(d.dev, s->book.dev, sizeof(d.dev));
	memcpy(d.pk, s->book.device.public, sizeof(d.pk));
	memcpy(d.key, s->book.device.public, sizeof(d.key));
	bookbatch_genesis(&s->book, d.head);
	MUST(store_begin(store, &err));
	MUST(store_device_add(store, &d, &err));
	MUST(store_commit(store, &err));
	store_close(store);
}

/* From the first that is not acknowledged, up to one that is not. */
static void *send_on(void *arg)
{
	struct sender *s = arg;
	struct err e = {0};
	struct store *store = store_open(s->url, &e);
	struct receiver *r =
		store ? receiver_new(store, "centre-1", &here.key, &e) : NULL;

	for (size_t i = s->acknowledged; r && i < s->batches; i++) {
		struct batch_answer a;
		struct receive_told told;

		if (!receive(r, s->batch[i].at, s->batch[i].len, NULL, now, &a,
			    &told, &e) ||
			a.status != BATCH_ACK)
			break;
		s->dups += a.dup;
		atomic_store(&s->acknowledged, i + 1);
	}
	receiver_free(r);
	store_close(store);
	return NULL;
}

static bool is_next(const struct store_record *r, void *arg)
{
	uint64_t *next = arg;

	if (r->seq != *next)
		return false;
	++*next;
	return true;
}

/* How many records are there, one after the other. */
static uint64_t holds(const struct sender *s, const char *url)
{
	struct store *store = store_open(url, &err);
	struct store_device d;
	uint64_t next = 1;

	MUST(store != NULL);
	MUST(store_device_get(store, s->book.dev, false, &d, &err) ==
		LOOKUP_FOUND);
	MUST(store_records(store, s->book.dev, 1, INT64_MAX, is_next, &next,
		&err));
	store_close(store);
	assert_int_equal(d.last, next - 1);
	return d.last;
}

static void nap(long ms)
{
	const struct timespec t = {.tv_nsec = ms * 1000 * 1000};

	nanosleep(&t, NULL);
}

/* ---- the standby ----------------------------------------------------------------
 */

static void T59_what_was_told_is_on_the_standby(void **state)
{
	struct pgserver first;
	struct pgserver second;
	struct sender s;
	pthread_t thread;
	size_t told;
	uint64_t there;

	(void)state;
	if (!pgserver_start(&first))
		skip();
	MUST(pgserver_standby(&first, &second));
	prepare(&s, 1);
	enrol(&s, first.url);
	pgserver_sql(&first,
		"ALTER SYSTEM SET synchronous_standby_names = '*'");
	pgserver_sql(&first, "SELECT pg_reload_conf()");
	s.url = first.url;
	pthread_create(&thread, NULL, send_on, &s);
	for (int i = 0; i < 24000 && s.acknowledged < s.batches / 2; i++)
		nap(5);
	pgserver_kill(&first);
	pthread_join(thread, NULL);
	told = s.acknowledged;
	assert_in_range(told, s.batches / 2, s.batches);
	pgserver_sql(&second, "SELECT pg_promote()");
	/* It heard of all that was told; perhaps of one more. */
	there = holds(&s, second.url);
	assert_true(there >= s.last[told - 1]);
	s.url = second.url;
	send_on(&s);
	assert_int_equal(s.acknowledged, s.batches);
	assert_int_equal(s.dups, there > s.last[told - 1] ? 1 : 0);
	assert_int_equal(holds(&s, second.url), s.book.n);
	release(&s);
	pgserver_stop(&second);
	pgserver_stop(&first);
}

/* ---- pgbouncer ------------------------------------------------------------------
 */

/* More centres than there are connections: each transaction gets another. */
static void five_centres_on_two_connections(void **state)
{
	static struct sender s[TERMINALS];
	pthread_t thread[TERMINALS];
	char url[PGSERVER_URL];
	struct pgserver pg;
	pid_t bouncer = 0;

	(void)state;
	if (!pgserver_start(&pg))
		skip();
	if (!pgserver_bouncer(&pg, POOL, url, sizeof(url), &bouncer)) {
		pgserver_stop(&pg);
		skip();
	}
	for (unsigned i = 0; i < TERMINALS; i++) {
		prepare(&s[i], i + 1);
		s[i].url = url;
		enrol(&s[i], url);
	}
	for (int i = 0; i < TERMINALS; i++)
		pthread_create(&thread[i], NULL, send_on, &s[i]);
	for (int i = 0; i < TERMINALS; i++)
		pthread_join(thread[i], NULL);
	for (int i = 0; i < TERMINALS; i++) {
		assert_int_equal(s[i].acknowledged, s[i].batches);
		assert_int_equal(holds(&s[i], url), s[i].book.n);
		release(&s[i]);
	}
	/* And the one that asks. */
	pgserver_sql(&pg,
		"DO $$ BEGIN ASSERT (SELECT count(*) FROM pg_stat_activity"
		" WHERE backend_type = 'client backend') <= 3; END $$");
	kill(bouncer, SIGINT);
	waitpid(bouncer, NULL, 0);
	pgserver_stop(&pg);
}

int main(void)
{
	static const struct bookgen_shape shape = {.seed = 13,
		.days = 2,
		.shifts = 2,
		.acts = 30,
		.end = true};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T59_what_was_told_is_on_the_standby),
		cmocka_unit_test(five_centres_on_two_connections),
	};
	int failed;

	if (!crypto_start(NULL))
		return 1;
	crypto_pair_new(&here.key);
	bookgen_make(&shape, &here.book);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	bookgen_free(&here.book);
	return failed;
}
