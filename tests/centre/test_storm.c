/*
 * T59b: many terminals come back at once, to the real program, with TLS and a
 * certificate each; it is killed meanwhile, and so is its PostgreSQL.
 *
 * A short storm in make check. make lab-centre has 30,000 terminals:
 *
 *	STORM_TERMINALS=n	how many; 100
 *	STORM_ACTS=n		payments of each, three or four records a payment
 *	STORM_KILLS=n		kill -9 of the centre, and of the database
 *	STORM_WAIT=ms		what is 30 s for a terminal: its time runs faster
 *	STORM_STORE=sqlite	also where there is a PostgreSQL
 *	STORM_SAYS=yes		how far it is, at each tenth
 */
#include "support/unit.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/codec/batch.h"
#include "core/codec/checkpoint.h"
#include "core/crypto.h"
#include "db/centre/centre_home.h"
#include "db/centre/store.h"
#include "support/bookbatch.h"
#include "support/pgserver.h"
#include "support/tlsline.h"
#include "support/tmpdir.h"

enum {
	THREADS = 24,
	IN_HAND = 12, /* fewer than there are lines at once */
	A_BATCH = 12,
	BATCHES = 64,
	LONGEST_WAIT = 60 /* times what is 30 s */
};

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

static struct {
	char dir[128];
	char program[512];
	struct bookgen book;
	struct tls_pem key; /* all have the same, and a certificate each */
	long terminals;
	long kills;
	long wait_ms;
} here;

static bool is_asked_for(const char *name, const char *value)
{
	const char *text = getenv(name);

	return text && strcmp(text, value) == 0;
}

/* ---- the program --------------------------------------------------------------
 */

struct centre {
	char dir[160];
	char store[PGSERVER_URL];
	struct centre_home home;
	struct pgserver pg;
	bool has_pg;
	pid_t pid;
	unsigned port; /* the same for all its life */
	unsigned metrics;
};

static void start(struct centre *c)
{
	char port[16];
	char in_hand[16];
	char line[100] = "";
	int out[2];
	ssize_t n;

	snprintf(port, sizeof(port), "%u", c->port);
	snprintf(in_hand, sizeof(in_hand), "%d", IN_HAND);
	assert_int_equal(pipe(out), 0);
	c->pid = fork();
	if (c->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(out[1], STDOUT_FILENO);
		if (!freopen("/dev/null", "w", stderr))
			_exit(126);
		execl(here.program, here.program, "serve", "--dir", c->dir,
			"--store", c->store, "--listen", "127.0.0.1", "--port",
			port, "--metrics", "0", "--in-hand", in_hand, NULL);
		_exit(127);
	}
	close(out[1]);
	n = read(out[0], line, sizeof(line) - 1);
	close(out[0]);
	if (n <= 0 ||
		sscanf(line, "port %u, metrics %u", &c->port, &c->metrics) != 2)
		fail_msg("%s does not start", here.program);
}

static void stop(struct centre *c, int sig)
{
	kill(c->pid, sig);
	waitpid(c->pid, NULL, 0);
}

static void make_centre(struct centre *c)
{
	static const char *const host[] = {"localhost"};
	static int n;

	memset(c, 0, sizeof(*c));
	snprintf(c->dir, sizeof(c->dir), "%s/centre%d", here.dir, n++);
	MUST(centre_home_make(c->dir, "centre-1", host, 1, &c->home, &err));
	c->has_pg = !is_asked_for("STORM_STORE", "sqlite") &&
		    pgserver_start(&c->pg);
	if (c->has_pg)
		snprintf(c->store, sizeof(c->store), "%s", c->pg.url);
	else
		snprintf(c->store, sizeof(c->store), "%s/centre.db", c->dir);
}

static void end_centre(struct centre *c)
{
	stop(c, SIGTERM);
	if (c->has_pg)
		pgserver_stop(&c->pg);
}

/* Resident memory in KiB. */
static long resident(pid_t pid)
{
	char path[64];
	long pages = 0;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	in = fopen(path, "r");
	if (in && fscanf(in, "%*d %ld", &pages) != 1)
		pages = 0;
	if (in)
		fclose(in);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* ---- the terminals --------------------------------------------------------------
 */

struct terminal {
	unsigned n;
	struct tls_pem cert;
	struct bytes batch[BATCHES];
	uint64_t last[BATCHES]; /* record of each, and its hash */
	uint8_t head[BATCHES][CRYPTO_HASH_SIZE];
	size_t batches;
	size_t next;
	struct bytes ticket;
	long long due; /* clock_ms() */
	unsigned tries;
	bool done;
};

static void name(struct bookgen *b, unsigned n)
{
	for (size_t i = 0; i < 4; i++)
		b->dev[i] = (uint8_t)(n >> (8 * i));
	for (size_t i = 0; i < b->n; i++) {
		struct bookgen_rec *r = &b->rec[i];

		memcpy(r->dev, b->dev, sizeof(r->dev));
		/* Money of its own. */
		for (size_t k = 0; k < r->items; k++)
			memcpy(r->item[k].ent, b->dev, 4);
	}
}

/* The writer of books is for one thread at a time. */
static pthread_mutex_t writing = PTHREAD_MUTEX_INITIALIZER;

static void write_book(struct terminal *t)
{
	struct bookgen book;
	struct bookgen_sealed sealed;

	pthread_mutex_lock(&writing);
	bookgen_copy(&here.book, &book);
	name(&book, t->n);
	bookgen_seal(&book, &sealed);
	for (uint64_t from = 1; from <= book.n; from += A_BATCH) {
		const uint64_t to = from + A_BATCH - 1 < book.n
					    ? from + A_BATCH - 1
					    : book.n;
		const struct bookbatch how = {.from = from, .to = to};

		assert_true(t->batches < BATCHES);
		bookbatch_make(&book, &sealed, &how, &t->batch[t->batches]);
		memcpy(t->head[t->batches], sealed.raw[to - 1].h,
			CRYPTO_HASH_SIZE);
		t->last[t->batches++] = to;
	}
	bookgen_sealed_free(&sealed);
	bookgen_free(&book);
	pthread_mutex_unlock(&writing);
}

static void enrol_all(struct centre *c, struct terminal *t, long n)
{
	struct store *s = store_open(c->store, &err);
	struct bookgen book;

	MUST(s != NULL);
	bookgen_copy(&here.book, &book);
	MUST(store_begin(s, &err));
	for (long i = 0; i < n; i++) {
		struct store_device d = {.state = STORE_ACTIVE};

		t[i].n = (unsigned)i + 1;
		name(&book, t[i].n);
		memcpy(d.dev, book.dev, sizeof(d.dev));
		memcpy(d.pk, book.device.public, sizeof(d.pk));
		memcpy(d.key, book.device.public, sizeof(d.key));
		bookbatch_genesis(&book, d.head);
		MUST(store_device_add(s, &d, &err));
		MUST(tls_device_new(&c->home.ca, d.dev, d.pk,
			clock_wall_ms() / 1000, &t[i].cert, &err));
	}
	MUST(store_commit(s, &err));
	store_close(s);
	bookgen_free(&book);
}

/* ---- the storm --------------------------------------------------------------------
 */

struct storm {
	const struct centre *c;
	struct terminal *t;
	long n;
	atomic_long done;
	atomic_long lines;
	atomic_long resumed;
	atomic_long later; /* were told so */
	atomic_long lost;  /* no answer */
	atomic_long again; /* of them had been taken all the same */
	atomic_long wrong; /* another answer than the right one */
};

struct caller {
	struct storm *s;
	long first; /* and each THREADSth after it */
	uint64_t random;
};

static uint64_t dice(struct caller *c, uint64_t sides)
{
	c->random = c->random * 6364136223846793005u + 1442695040888963407u;
	return (c->random >> 33) % sides;
}

/* journal.md 8: 30 s x 2^n, half of it more or less, at most half an hour; and
 * never before the time that it was told. */
static void come_later(struct caller *c, struct terminal *t, long told_s)
{
	const uint64_t unit = (uint64_t)here.wait_ms;
	uint64_t wait = unit << (t->tries < 6 ? t->tries : 6);

	t->tries++;
	if (wait > unit * LONGEST_WAIT)
		wait = unit * LONGEST_WAIT;
	wait = wait / 2 + dice(c, wait + 1);
	if (wait < (uint64_t)told_s * unit / 30)
		wait = (uint64_t)told_s * unit / 30;
	t->due = clock_ms() + (long long)wait;
}

static bool is_acknowledged(const struct centre *c, const struct terminal *t,
	const struct bytes *answer, bool *again)
{
	struct batch_answer a;
	struct checkpoint note;

	if (!batch_answer_read(answer->at, answer->len, &a))
		return false;
	*again = a.dup;
	return a.status == BATCH_ACK &&
	       checkpoint_read(a.note, a.note_len, &note) &&
	       checkpoint_is_signed(&note, c->home.sign.public) &&
	       note.seq == t->last[t->next] &&
	       memcmp(note.h, t->head[t->next], CRYPTO_HASH_SIZE) == 0;
}

/* Batch after batch, over a line that is open. */
static void talk(struct caller *c, struct terminal *t, struct tlsline *l)
{
	struct bytes answer = {0};
	bool again = false;
	long told_s = 0;
	int status = 200;

	while (t->next < t->batches && status == 200) {
		const struct bytes *b = &t->batch[t->next];

		status = tlsline_ask(l, "POST", "/v1/batch", b->at, b->len,
			&answer, &told_s);
		if (status == 200 &&
			is_acknowledged(c->s->c, t, &answer, &again)) {
			atomic_fetch_add(&c->s->again, again);
			bytes_free(&t->batch[t->next++]);
			t->tries = 0;
		} else if (status == 503 && told_s > 0) {
			atomic_fetch_add(&c->s->later, 1);
		} else if (status == -1) {
			atomic_fetch_add(&c->s->lost, 1);
		} else {
			fprintf(stderr, "terminal %u, batch %zu: %d, %.*s\n",
				t->n, t->next, status, (int)answer.len,
				answer.len > 0 ? (char *)answer.at : "");
			atomic_fetch_add(&c->s->wrong, 1);
			break;
		}
	}
	if (status > 0)
		tlsline_ticket(l, &t->ticket);
	if (t->next < t->batches)
		come_later(c, t, told_s);
	bytes_free(&answer);
}

static void call(struct caller *c, struct terminal *t)
{
	struct tlsline_caller *who =
		tlsline_caller_new(c->s->c->home.ca.cert.text, t->cert.text,
			here.key.text);
	struct tlsline l;

	if (t->batches == 0)
		write_book(t);
	if (tlsline_open(&l, (uint16_t)c->s->c->port, who, &t->ticket)) {
		atomic_fetch_add(&c->s->lines, 1);
		atomic_fetch_add(&c->s->resumed, l.resumed);
		talk(c, t, &l);
		tlsline_close(&l);
	} else {
		atomic_fetch_add(&c->s->lost, 1);
		come_later(c, t, 0);
	}
	tlsline_caller_free(who);
	t->done = t->next == t->batches;
	if (!t->done)
		return;
	bytes_free(&t->ticket);
	atomic_fetch_add(&c->s->done, 1);
}

static void nap(long long ms)
{
	const struct timespec t = {.tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000};

	if (ms > 0)
		nanosleep(&t, NULL);
}

static void *call_them_all(void *arg)
{
	struct caller *c = arg;

	for (;;) {
		struct terminal *next = NULL;

		for (long i = c->first; i < c->s->n; i += THREADS)
			if (!c->s->t[i].done &&
				(!next || c->s->t[i].due < next->due))
				next = &c->s->t[i];
		if (!next || atomic_load(&c->s->wrong) > 0)
			return NULL;
		nap(next->due - clock_ms());
		call(c, next);
	}
}

/* How far it is, and the memory of the program, at each tenth. */
static void say_tenth(struct storm *s, const struct centre *c, long *tenths)
{
	const long done = atomic_load(&s->done);

	if (!is_asked_for("STORM_SAYS", "yes") || done * 10 / s->n == *tenths)
		return;
	*tenths = done * 10 / s->n;
	printf("storm: %7ld terminals, %8ld records: %ld KiB\n", done,
		done * (long)here.book.n, resident(c->pid));
	fflush(stdout);
}

/* Every now and then somebody pulls the plug. */
static void wait_and_kill(struct storm *s, struct centre *c, long memory[2])
{
	long kills = 0;
	long tenths = 0;

	while (atomic_load(&s->done) < s->n && atomic_load(&s->wrong) == 0) {
		nap(20);
		say_tenth(s, c, &tenths);
		if (memory[0] == 0 && kills == here.kills &&
			atomic_load(&s->done) > s->n / 2)
			memory[0] = resident(c->pid);
		if (kills == here.kills ||
			atomic_load(&s->done) <
				s->n * (kills + 1) / (2 * here.kills + 2))
			continue;
		if (kills % 2 == 0)
			stop(c, SIGKILL);
		if (c->has_pg && kills % 2 == 1) {
			pgserver_kill(&c->pg);
			pgserver_again(&c->pg);
		}
		if (kills % 2 == 0)
			start(c);
		kills++;
	}
	memory[1] = resident(c->pid);
	assert_int_equal(kills, here.kills);
}

static bool count_whole(const struct store_device *d, void *arg)
{
	if (d->last == here.book.n && d->claimed == d->last &&
		d->state == STORE_ACTIVE)
		++*(long *)arg;
	return true;
}

/* I5: each record of each exactly once. */
static void nothing_is_lost_or_twice(struct centre *c, long n)
{
	struct store *s = store_open(c->store, &err);
	struct store_counts counts;
	long whole = 0;

	MUST(s != NULL);
	MUST(store_devices(s, count_whole, &whole, &err));
	MUST(store_counts(s, &counts, &err));
	assert_int_equal(whole, n);
	assert_int_equal(counts.records, (uint64_t)n * here.book.n);
	assert_int_equal(counts.alerts, 0);
	assert_int_equal(counts.evidence, 0);
	store_close(s);
	if (!c->has_pg)
		return;
	/* As many rows, and none of them twice; as many payments. */
	pgserver_sql(&c->pg,
		"DO $$ BEGIN ASSERT (SELECT count(*) FROM record) ="
		" (SELECT sum(last) FROM device); ASSERT (SELECT count(*) FROM"
		" (SELECT DISTINCT dev, seq FROM record) x) ="
		" (SELECT sum(last) FROM device); END $$");
}

/* A line of the metrics; how many requests were in hand at most. */
static long metric(const struct centre *c, const char *what)
{
	char command[200];
	char line[200];
	long value = -1;
	FILE *in;

	snprintf(command, sizeof(command),
		"exec 3<>/dev/tcp/127.0.0.1/%u; printf 'GET /metrics "
		"HTTP/1.1\\r"
		"\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n' >&3; cat <&3",
		c->metrics);
	{
		char shell[260];

		snprintf(shell, sizeof(shell), "bash -c \"%s\"", command);
		in = popen(shell, "r");
	}
	while (in && fgets(line, sizeof(line), in))
		if (strncmp(line, what, strlen(what)) == 0)
			value = strtol(line + strlen(what), NULL, 10);
	if (in)
		pclose(in);
	return value;
}

static void T59b_all_terminals_come_back_at_once(void **state)
{
	static struct centre c;
	static pthread_t thread[THREADS];
	static struct caller caller[THREADS];
	struct storm s = {.c = &c, .n = here.terminals};
	long memory[2] = {0, 0};
	const long records = s.n * (long)here.book.n;
	long long took;

	(void)state;
	make_centre(&c);
	start(&c);
	s.t = calloc((size_t)s.n, sizeof(*s.t));
	assert_non_null(s.t);
	enrol_all(&c, s.t, s.n);
	took = clock_ms();
	for (long i = 0; i < s.n; i++) {
		struct caller one = {.random = (uint64_t)i};

		/* A phase of its own, of the quarter of an hour. */
		s.t[i].due = took +
			     (long long)dice(&one, (uint64_t)here.wait_ms * 30);
	}
	for (long i = 0; i < THREADS; i++) {
		caller[i] = (struct caller){&s, i, (uint64_t)i};
		pthread_create(&thread[i], NULL, call_them_all, &caller[i]);
	}
	wait_and_kill(&s, &c, memory);
	for (long i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	took = clock_ms() - took;
	assert_int_equal(atomic_load(&s.wrong), 0);
	assert_int_equal(atomic_load(&s.done), s.n);
	assert_in_range(metric(&c, "chitra_centre_in_hand_most"), 1, IN_HAND);
	printf("storm: %ld terminals, %ld records in %.1f s: %.0f records/s;"
	       " %ld lines (%ld resumed), %ld told later, %ld lost (%ld"
	       " of them taken all the same); memory"
	       " %ld KiB at half, %ld KiB at the end\n",
		s.n, records, (double)took / 1000,
		(double)records * 1000 / (double)took, atomic_load(&s.lines),
		atomic_load(&s.resumed), atomic_load(&s.later),
		atomic_load(&s.lost), atomic_load(&s.again), memory[0],
		memory[1]);
	nothing_is_lost_or_twice(&c, s.n);
	/* Flat, however many came. */
	assert_true(memory[1] < memory[0] + 8192);
	end_centre(&c);
	free(s.t);
}

/* ---- a session that is taken up again ------------------------------------------------
 */

static struct terminal *two_terminals(struct centre *c)
{
	struct terminal *t = calloc(2, sizeof(*t));

	make_centre(c);
	start(c);
	enrol_all(c, t, 2);
	write_book(&t[0]);
	write_book(&t[1]);
	return t;
}

static void free_two(struct terminal *t)
{
	for (int i = 0; i < 2; i++) {
		for (size_t k = 0; k < t[i].batches; k++)
			bytes_free(&t[i].batch[k]);
		bytes_free(&t[i].ticket);
	}
	free(t);
}

/* One batch over a new line; the status. */
static int send_one(struct centre *c, struct terminal *from,
	const struct bytes *batch, bool *resumed)
{
	struct tlsline_caller *who = tlsline_caller_new(c->home.ca.cert.text,
		from->cert.text, here.key.text);
	struct bytes answer = {0};
	struct tlsline l;
	long told;
	int status;

	assert_true(tlsline_open(&l, (uint16_t)c->port, who, &from->ticket));
	*resumed = l.resumed;
	status = tlsline_ask(&l, "POST", "/v1/batch", batch->at, batch->len,
		&answer, &told);
	tlsline_ticket(&l, &from->ticket);
	tlsline_close(&l);
	tlsline_caller_free(who);
	bytes_free(&answer);
	return status;
}

static void T56_a_session_taken_up_again_is_still_his(void **state)
{
	static struct centre c;
	struct terminal *t = two_terminals(&c);
	bool resumed;

	(void)state;
	assert_int_equal(send_one(&c, &t[0], &t[0].batch[0], &resumed), 200);
	assert_false(resumed);
	assert_int_equal(send_one(&c, &t[0], &t[0].batch[1], &resumed), 200);
	assert_true(resumed);
	/* He is who he was: the other's book is none of his. */
	assert_int_equal(send_one(&c, &t[0], &t[1].batch[0], &resumed), 403);
	assert_true(resumed);
	assert_int_equal(send_one(&c, &t[1], &t[1].batch[0], &resumed), 200);
	assert_false(resumed);
	/* Whom a server does not know any more he shakes hands with anew. */
	stop(&c, SIGKILL);
	start(&c);
	assert_int_equal(send_one(&c, &t[0], &t[0].batch[1], &resumed), 200);
	assert_false(resumed);
	free_two(t);
	end_centre(&c);
}

static long number(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 10) : otherwise;
}

/* The program lies two folders above the tests. */
static void find_program(const char *test)
{
	const char *slash = strstr(test, "/tests/");

	snprintf(here.program, sizeof(here.program), "%.*s/chitra-centre",
		(int)(slash ? slash - test : 0), test);
}

int main(int argc, char **argv)
{
	struct bookgen_shape shape = {.seed = 59,
		.days = 1,
		.shifts = 1,
		.plain = true};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T56_a_session_taken_up_again_is_still_his),
		cmocka_unit_test(T59b_all_terminals_come_back_at_once),
	};
	struct crypto_pair pair;
	int failed;

	if (argc != 1 || !crypto_start(NULL))
		return 1;
	signal(SIGPIPE, SIG_IGN);
	find_program(argv[0]);
	here.terminals = number("STORM_TERMINALS", 100);
	here.kills = number("STORM_KILLS", 2);
	here.wait_ms = number("STORM_WAIT", 40);
	shape.acts = (int)number("STORM_ACTS", 6);
	bookgen_make(&shape, &here.book);
	memcpy(pair.public, here.book.device.public, sizeof(pair.public));
	memcpy(pair.secret, here.book.device.secret, sizeof(pair.secret));
	if (!tls_device_key(&pair, &here.key, &err))
		return 1;
	tmpdir_make(here.dir, sizeof(here.dir));
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	tmpdir_remove(here.dir);
	bookgen_free(&here.book);
	return failed;
}
