/*
 * The centre over TLS: enrolment, uploads, and a line that breaks and lies.
 */
#include "support/unit.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "db/centre/report.h"
#include "db/centre/roll.h"
#include "db/centre/serve.h"
#include "support/bookbatch.h"
#include "support/tlsclient.h"
#include "support/tmpdir.h"

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

static struct {
	char dir[128];
	struct bookgen book;
	struct bookgen_sealed sealed;
} here;

/* A centre, and one terminal of it. */
struct line {
	char dir[160];
	char store[200];
	struct centre_home home;
	struct serve *serve;
	struct tls_pem cert;
	struct tls_pem key;
	struct tlsclient c;
	struct bytes batch;
	struct bytes answer;
	struct batch_answer a;
};

static void serve_it(struct line *l)
{
	const struct serve_options o = {.home = &l->home,
		.store = l->store,
		.address = "127.0.0.1",
		.metrics = 0,
		.workers = 2,
		.log_fd = -1};

	l->serve = serve_open(&o, &err);
	if (!l->serve)
		fail_msg("%s", err.text);
	l->c.port = serve_port(l->serve);
}

/* A terminal with that book asks with that code; its certificate is kept. */
static int enrol_as(struct line *l, const struct bookgen *b, const char *code)
{
	struct enrol_request r;
	struct enrol_answer a;
	uint8_t bytes[ENROL_MAX_BYTES];
	struct buf out;
	int status;

	assert_true(enrol_code_hash(code, r.code));
	memcpy(r.dev, b->dev, sizeof(r.dev));
	memcpy(r.pk, b->device.public, sizeof(r.pk));
	buf_init(&out, bytes, sizeof(bytes));
	enrol_request_write(&r, b->device.secret, &out);
	status = tlsclient_ask(&l->c, "POST", "/v1/enrol", bytes, out.len,
		&l->answer);
	if (status != 200)
		return status;
	assert_true(enrol_answer_read(l->answer.at, l->answer.len, &a));
	assert_memory_equal(a.sign, l->home.sign.public, sizeof(a.sign));
	assert_memory_equal(a.seal, l->home.seal_public, sizeof(a.seal));
	assert_string_equal(a.name, "centre-1");
	assert_true(a.cert_len < sizeof(l->cert.text));
	memcpy(l->cert.text, a.cert, a.cert_len);
	l->cert.text[a.cert_len] = '\0';
	l->cert.len = a.cert_len;
	return status;
}

static void new_code(struct line *l, char code[ENROL_CODE])
{
	struct store *s = store_open(l->store, &err);

	assert_non_null(s);
	MUST(serve_new_code(s, "Bưu cục Cẩm Khê", 7, code, &err));
	store_close(s);
}

static void show_key_of(struct line *l, const struct bookgen *b)
{
	struct crypto_pair pair;

	memcpy(pair.public, b->device.public, sizeof(pair.public));
	memcpy(pair.secret, b->device.secret, sizeof(pair.secret));
	MUST(tls_device_key(&pair, &l->key, &err));
	l->c.cert = l->cert.text;
	l->c.key = l->key.text;
}

static void make_centre(struct line *l)
{
	static const char *const host[] = {"localhost", "127.0.0.1"};
	static int n;

	memset(l, 0, sizeof(*l));
	snprintf(l->dir, sizeof(l->dir), "%s/centre%d", here.dir, n++);
	snprintf(l->store, sizeof(l->store), "%s/centre.db", l->dir);
	MUST(centre_home_make(l->dir, "centre-1", host, 2, &l->home, &err));
	l->c.host = "localhost";
	l->c.patience_s = 30;
	l->c.ca = l->home.ca.cert.text;
}

static void open_line(struct line *l)
{
	char code[ENROL_CODE];

	make_centre(l);
	serve_it(l);
	new_code(l, code);
	assert_int_equal(enrol_as(l, &here.book, code), 200);
	show_key_of(l, &here.book);
}

static void close_line(struct line *l)
{
	serve_close(l->serve);
	bytes_free(&l->batch);
	bytes_free(&l->answer);
}

/* The status that came; what it says is in l->a. 0: no such answer. */
static int send_of(struct line *l, const struct bookgen *b,
	const struct bookgen_sealed *s, uint64_t from, uint64_t to)
{
	const struct bookbatch how = {.from = from, .to = to, .pd = true};
	int status;

	bookbatch_make(b, s, &how, &l->batch);
	/* Only a turned bit may make both ends wait for each other. */
	l->c.patience_s = l->c.flip_out > 0 || l->c.flip_in > 0 ? 1 : 30;
	status = tlsclient_ask(&l->c, "POST", "/v1/batch", l->batch.at,
		l->batch.len, &l->answer);
	memset(&l->a, 0, sizeof(l->a));
	if (status > 0 && status != 401 &&
		(!batch_answer_read(l->answer.at, l->answer.len, &l->a) ||
			(int)l->a.status != status))
		return 0;
	return status;
}

static int send(struct line *l, uint64_t from, uint64_t to)
{
	return send_of(l, &here.book, &here.sealed, from, to);
}

/* What a terminal believes: the one thing that is an acknowledgement. */
static bool is_acknowledged(const struct line *l, uint64_t seq)
{
	struct checkpoint note;

	return l->a.status == BATCH_ACK &&
	       checkpoint_read(l->a.note, l->a.note_len, &note) &&
	       checkpoint_is_signed(&note, l->home.sign.public) &&
	       memcmp(note.dev, here.book.dev, sizeof(note.dev)) == 0 &&
	       note.seq == seq &&
	       memcmp(note.h, here.sealed.raw[seq - 1].h, 32) == 0;
}

static void sends_all_from(struct line *l, uint64_t from)
{
	for (uint64_t to; from <= here.book.n; from = to + 1) {
		to = from + 99 < here.book.n ? from + 99 : here.book.n;
		assert_int_equal(send(l, from, to), 200);
		assert_true(is_acknowledged(l, to));
	}
}

static bool is_the_record(const struct store_record *r, void *arg)
{
	uint64_t *next = arg;
	const struct bookgen_raw *raw = &here.sealed.raw[*next - 1];

	if (r->seq != *next || r->len != raw->body.len ||
		memcmp(r->body, raw->body.at, r->len) != 0 ||
		memcmp(r->sig, raw->sig, 64) != 0)
		return false;
	++*next;
	return true;
}

/* I5: exactly once, byte for byte, and nothing else was kept. */
static void holds_just_the_book(struct line *l)
{
	struct store *s = store_open(l->store, &err);
	struct store_counts counts;
	uint64_t next = 1;

	assert_non_null(s);
	MUST(store_records(s, here.book.dev, 1, INT64_MAX, is_the_record, &next,
		&err));
	MUST(store_counts(s, &counts, &err));
	store_close(s);
	assert_int_equal(next, here.book.n + 1);
	assert_int_equal(counts.records, here.book.n);
	assert_int_equal(counts.evidence, 0);
	assert_int_equal(counts.alerts, 0);
}

/* ---- enrolment ------------------------------------------------------------------
 */

static void a_terminal_is_enrolled_and_sends(void **state)
{
	static struct line l;

	(void)state;
	open_line(&l);
	sends_all_from(&l, 1);
	holds_just_the_book(&l);
	close_line(&l);
}

static void a_code_is_for_one_terminal(void **state)
{
	static struct line l;
	struct bookgen other;
	char code[ENROL_CODE];

	(void)state;
	make_centre(&l);
	serve_it(&l);
	new_code(&l, code);
	assert_int_equal(enrol_as(&l, &here.book, "0000-0000-0000-0000"), 403);
	assert_int_equal(enrol_as(&l, &here.book, code), 200);
	bookgen_copy(&here.book, &other);
	other.dev[0] ^= 1;
	assert_int_equal(enrol_as(&l, &other, code), 403);
	/* Its own answer was lost: it asks again and gets one. */
	assert_int_equal(enrol_as(&l, &here.book, code), 200);
	/* A new code does not make another terminal of it. */
	new_code(&l, code);
	other.dev[0] ^= 1;
	bookgen_key(7, "device", 1, &other.device);
	assert_int_equal(enrol_as(&l, &other, code), 409);
	bookgen_free(&other);
	close_line(&l);
}

static void T56_a_request_that_was_changed(void **state)
{
	static struct line l;
	struct enrol_request r = {{1}, {2}, {0}};
	uint8_t bytes[ENROL_MAX_BYTES];
	struct buf out;

	(void)state;
	make_centre(&l);
	serve_it(&l);
	memcpy(r.pk, here.book.device.public, sizeof(r.pk));
	buf_init(&out, bytes, sizeof(bytes));
	enrol_request_write(&r, here.book.device.secret, &out);
	for (size_t i = 0; i < out.len; i += 7) {
		bytes[i] ^= 1;
		assert_int_equal(tlsclient_ask(&l.c, "POST", "/v1/enrol", bytes,
					 out.len, &l.answer),
			400);
		bytes[i] ^= 1;
	}
	close_line(&l);
}

/* ---- who may speak ---------------------------------------------------------------
 */

static void T55_without_a_certificate_of_ours(void **state)
{
	static struct line l;
	static struct line foreign;
	const int64_t now = clock_wall_ms() / 1000;
	struct tls_pem good;

	(void)state;
	open_line(&l);
	make_centre(&foreign);
	good = l.cert;
	l.c.cert = NULL;
	assert_int_equal(send(&l, 1, 10), 401);
	/* One that another authority signed. */
	MUST(tls_device_new(&foreign.home.ca, here.book.dev,
		here.book.device.public, now, &l.cert, &err));
	l.c.cert = l.cert.text;
	assert_int_equal(send(&l, 1, 10), 401);
	/* T57: over, and not begun yet. */
	MUST(tls_device_new(&l.home.ca, here.book.dev, here.book.device.public,
		now - (TLS_DEVICE_DAYS + 2) * INT64_C(86400), &l.cert, &err));
	assert_int_equal(send(&l, 1, 10), 401);
	MUST(tls_device_new(&l.home.ca, here.book.dev, here.book.device.public,
		now + 3 * 86400, &l.cert, &err));
	assert_int_equal(send(&l, 1, 10), 401);
	/* The server's own is for servers. */
	l.c.cert = l.home.server_cert.text;
	l.c.key = l.home.server_key.text;
	assert_int_equal(send(&l, 1, 10), 401);
	l.cert = good;
	show_key_of(&l, &here.book);
	assert_int_equal(send(&l, 1, 10), 200);
	close_line(&l);
}

static void T55_a_server_that_is_not_ours(void **state)
{
	static struct line l;
	static struct line foreign;

	(void)state;
	open_line(&l);
	make_centre(&foreign);
	/* Its authority is another; then its name; then its time is over. */
	l.c.ca = foreign.home.ca.cert.text;
	assert_int_equal(send(&l, 1, 10), -1);
	l.c.ca = l.home.ca.cert.text;
	l.c.host = "example.org";
	assert_int_equal(send(&l, 1, 10), -1);
	l.c.host = "localhost";
	assert_int_equal(send(&l, 1, 10), 200);
	close_line(&l);
}

static void T57_a_server_whose_time_is_over(void **state)
{
	static const char *const host[] = {"localhost"};
	static struct line l;
	struct tls_pem key;
	struct tls_pem cert;

	(void)state;
	open_line(&l);
	key = l.home.server_key;
	cert = l.home.server_cert;
	serve_close(l.serve);
	MUST(tls_server_new(&l.home.ca, host, 1,
		clock_wall_ms() / 1000 - (TLS_SERVER_DAYS + 2) * INT64_C(86400),
		&l.home.server_key, &l.home.server_cert, &err));
	assert_true(tls_ends(&l.home.server_cert) < clock_wall_ms() / 1000);
	serve_it(&l);
	assert_int_equal(send(&l, 1, 10), -1);
	serve_close(l.serve);
	l.home.server_key = key;
	l.home.server_cert = cert;
	serve_it(&l);
	assert_int_equal(send(&l, 1, 10), 200);
	assert_false(l.a.dup);
	close_line(&l);
}

static void T56_the_batch_of_another_terminal(void **state)
{
	static struct line l;
	struct bookgen other;
	struct bookgen_sealed sealed;
	char code[ENROL_CODE];

	(void)state;
	open_line(&l);
	bookgen_copy(&here.book, &other);
	bookbatch_other_dev(&other, 0xEE);
	bookgen_seal(&other, &sealed);
	new_code(&l, code);
	/* From now on it is the other one that speaks. */
	assert_int_equal(enrol_as(&l, &other, code), 200);
	assert_int_equal(send(&l, 1, 10), 403);
	assert_int_equal(send_of(&l, &other, &sealed, 1, 10), 200);
	bookgen_sealed_free(&sealed);
	bookgen_free(&other);
	close_line(&l);
}

static void every_other_answer_over_the_line(void **state)
{
	static uint8_t large[BATCH_MAX_BYTES + 5];
	static struct line l;
	struct store *s;
	struct store_device d;

	(void)state;
	open_line(&l);
	assert_int_equal(send(&l, 20, 30), 409);
	assert_false(l.a.fork);
	assert_int_equal(tlsclient_ask(&l.c, "POST", "/v1/batch", large,
				 sizeof(large), &l.answer),
		413);
	assert_int_equal(tlsclient_ask(&l.c, "POST", "/v1/batch", "x", 1,
				 &l.answer),
		400);
	assert_int_equal(tlsclient_ask(&l.c, "GET", "/v1/batch", "", 0,
				 &l.answer),
		405);
	assert_int_equal(tlsclient_ask(&l.c, "GET", "/v1/nothing", "", 0,
				 &l.answer),
		404);
	/* The metrics are not for everybody. */
	assert_int_equal(tlsclient_ask(&l.c, "GET", "/metrics", "", 0,
				 &l.answer),
		404);
	s = store_open(l.store, &err);
	MUST(store_begin(s, &err));
	MUST(store_device_get(s, here.book.dev, true, &d, &err) ==
		LOOKUP_FOUND);
	d.state = STORE_REVOKED;
	MUST(store_device_put(s, &d, &err));
	MUST(store_commit(s, &err));
	store_close(s);
	assert_int_equal(send(&l, 1, 10), 403);
	close_line(&l);
}

static void the_time_is_signed(void **state)
{
	static const uint8_t nonce[CHECKPOINT_NONCE] = {0xAB, 1};
	static struct line l;
	uint64_t ms;

	(void)state;
	make_centre(&l);
	serve_it(&l);
	assert_int_equal(tlsclient_ask(&l.c, "GET",
				 "/v1/time?nonce="
				 "ab010000000000000000000000000000",
				 "", 0, &l.answer),
		200);
	assert_true(enrol_time_read((const char *)l.answer.at, l.answer.len,
		nonce, "centre-1", l.home.sign.public, &ms));
	assert_true(llabs((long long)ms - (long long)clock_wall_ms()) < 60000);
	assert_int_equal(tlsclient_ask(&l.c, "GET", "/v1/time", "", 0,
				 &l.answer),
		400);
	close_line(&l);
}

/* ---- T54: the line breaks ----------------------------------------------------------
 */

static long stride(void)
{
	const char *s = getenv("CUT_STRIDE");
	const long n = s ? strtol(s, NULL, 10) : 0;

	return n > 0 ? n : 113;
}

/* Send it over a spoiled line, then over a good one: *seq goes on by two. */
static void spoiled_then_good(struct line *l, uint64_t *seq)
{
	const uint64_t to = *seq + 1;
	const int status = send(l, *seq, to);

	if (status >= 0 && !is_acknowledged(l, to))
		fail_msg("status %d over a spoiled line", status);
	l->c.cut_out = l->c.cut_in = l->c.flip_out = l->c.flip_in = 0;
	assert_int_equal(send(l, *seq, to), 200);
	assert_true(is_acknowledged(l, to));
	*seq += 2;
}

static void spoil_at(struct line *l, long *which, long most, uint64_t *seq)
{
	for (long at = 1; at <= most && *seq + 1 < here.book.n;
		at += stride()) {
		*which = at;
		spoiled_then_good(l, seq);
	}
}

static void T54_cut_at_bytes_of_request_and_answer(void **state)
{
	static struct line l;
	uint64_t seq = 3;
	long out;
	long in;

	(void)state;
	open_line(&l);
	assert_int_equal(send(&l, 1, 2), 200);
	out = l.c.out + 8;
	in = l.c.in + 8;
	assert_true(out > 500 && in > 500);
	spoil_at(&l, &l.c.cut_out, out, &seq);
	spoil_at(&l, &l.c.cut_in, in, &seq);
	sends_all_from(&l, seq);
	holds_just_the_book(&l);
	close_line(&l);
}

static void T56_bits_flipped_on_the_line(void **state)
{
	static struct line l;
	uint64_t seq = 3;
	long out;
	long in;

	(void)state;
	open_line(&l);
	assert_int_equal(send(&l, 1, 2), 200);
	out = l.c.out;
	in = l.c.in;
	spoil_at(&l, &l.c.flip_out, out, &seq);
	spoil_at(&l, &l.c.flip_in, in, &seq);
	sends_all_from(&l, seq);
	holds_just_the_book(&l);
	close_line(&l);
}

/* ---- T59: kill -9 ---------------------------------------------------------------------
 */

/* The centre in a process of its own; its port comes through a pipe. */
static pid_t serve_apart(struct line *l)
{
	int fd[2];
	uint16_t port = 0;
	pid_t pid;

	assert_int_equal(pipe(fd), 0);
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(fd[0]);
		serve_it(l);
		port = l->c.port;
		if (write(fd[1], &port, sizeof(port)) != sizeof(port))
			_exit(1);
		for (;;)
			pause();
	}
	close(fd[1]);
	assert_int_equal(read(fd[0], &port, sizeof(port)), sizeof(port));
	close(fd[0]);
	l->c.port = port;
	return pid;
}

struct killer {
	pid_t pid;
	long us;
};

static void *kill_later(void *arg)
{
	const struct killer *k = arg;
	const struct timespec t = {.tv_nsec = k->us * 1000};

	nanosleep(&t, NULL);
	kill(k->pid, SIGKILL);
	return NULL;
}

static void T59_the_centre_is_killed_again_and_again(void **state)
{
	static struct line l;
	char code[ENROL_CODE];
	uint64_t seq = 1;
	pthread_t thread;

	(void)state;
	make_centre(&l);
	new_code(&l, code);
	for (int round = 0; round < 12; round++) {
		struct killer k = {serve_apart(&l), 3000 + 2300L * round};

		if (!l.c.cert) {
			assert_int_equal(enrol_as(&l, &here.book, code), 200);
			show_key_of(&l, &here.book);
		}
		pthread_create(&thread, NULL, kill_later, &k);
		while (seq + 1 < here.book.n && send(&l, seq, seq + 1) == 200) {
			assert_true(is_acknowledged(&l, seq + 1));
			seq += 2;
		}
		pthread_join(thread, NULL);
		kill(k.pid, SIGKILL);
		waitpid(k.pid, NULL, 0);
	}
	serve_it(&l);
	sends_all_from(&l, seq);
	holds_just_the_book(&l);
	close_line(&l);
}

static uint64_t records_held(const struct line *l)
{
	struct store *s = store_open(l->store, &err);
	struct store_counts counts;

	MUST(s && store_counts(s, &counts, &err));
	store_close(s);
	return counts.records;
}

/* The answer was on its way when it was killed: a new one says the same. */
static void T59_killed_between_the_commit_and_the_answer(void **state)
{
	static struct line l;
	char code[ENROL_CODE];
	pid_t pid;

	(void)state;
	make_centre(&l);
	new_code(&l, code);
	pid = serve_apart(&l);
	assert_int_equal(enrol_as(&l, &here.book, code), 200);
	show_key_of(&l, &here.book);
	assert_int_equal(send(&l, 1, 2), 200);
	for (uint64_t seq = 3; seq < 13; seq += 2) {
		/* The centre's last bytes are its answer. */
		l.c.cut_in = l.c.in - 100;
		assert_int_equal(send(&l, seq, seq + 1), -1);
		assert_int_equal(records_held(&l), seq + 1);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		pid = serve_apart(&l);
		l.c.cut_in = 0;
		assert_int_equal(send(&l, seq, seq + 1), 200);
		assert_true(l.a.dup);
		assert_true(is_acknowledged(&l, seq + 1));
		assert_int_equal(records_held(&l), seq + 1);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	serve_it(&l);
	sends_all_from(&l, 13);
	holds_just_the_book(&l);
	close_line(&l);
}

/* ---- T59b: many at once -------------------------------------------------------------------
 */

enum {
	AT_ONCE = 6,
	RELOADS = 20,
	PATIENCE_S = 120
};

struct one_of_many {
	const struct line *l;
	struct tls_pem cert;
	struct tls_pem key;
	struct bookgen book;
	struct bytes batch[64];
	size_t batches;
	size_t acknowledged;
	size_t lost; /* no answer came */
};

static void *send_everything(void *arg)
{
	struct one_of_many *o = arg;
	struct tlsclient c = {.port = o->l->c.port,
		.host = "localhost",
		.ca = o->l->c.ca,
		.cert = o->cert.text,
		.key = o->key.text,
		.patience_s = PATIENCE_S};
	struct bytes answer = {0};

	for (size_t i = 0, tries = 0; i < o->batches && tries < 500; tries++) {
		const int status = tlsclient_ask(&c, "POST", "/v1/batch",
			o->batch[i].at, o->batch[i].len, &answer);

		o->lost += status < 0;
		if (status == 200) {
			o->acknowledged++;
			i++;
		}
	}
	bytes_free(&answer);
	return NULL;
}

static void make_one(struct line *l, struct one_of_many *o, unsigned n)
{
	struct bookgen_sealed sealed;
	char code[ENROL_CODE];

	o->l = l;
	bookgen_copy(&here.book, &o->book);
	bookbatch_other_dev(&o->book, (uint8_t)(0xC0 + n));
	bookgen_seal(&o->book, &sealed);
	new_code(l, code);
	assert_int_equal(enrol_as(l, &o->book, code), 200);
	o->cert = l->cert;
	show_key_of(l, &o->book);
	o->key = l->key;
	l->c.cert = NULL;
	for (uint64_t from = 1; from <= o->book.n && o->batches < 64;
		from += 30) {
		const struct bookbatch how = {.from = from,
			.to = from + 29 < o->book.n ? from + 29 : o->book.n};

		bookbatch_make(&o->book, &sealed, &how,
			&o->batch[o->batches++]);
	}
	bookgen_sealed_free(&sealed);
}

static void T59b_many_terminals_at_once(void **state)
{
	static struct line l;
	static struct one_of_many many[AT_ONCE];
	pthread_t thread[AT_ONCE];
	struct store_counts counts;
	struct report_sum sum;
	struct store *s;
	FILE *nowhere = fopen("/dev/null", "w");

	(void)state;
	make_centre(&l);
	serve_it(&l);
	for (unsigned i = 0; i < AT_ONCE; i++)
		make_one(&l, &many[i], i);
	for (unsigned i = 0; i < AT_ONCE; i++)
		pthread_create(&thread[i], NULL, send_everything, &many[i]);
	for (unsigned i = 0; i < AT_ONCE; i++) {
		pthread_join(thread[i], NULL);
		assert_int_equal(many[i].acknowledged, many[i].batches);
		for (size_t k = 0; k < many[i].batches; k++)
			bytes_free(&many[i].batch[k]);
		bookgen_free(&many[i].book);
	}
	s = store_open(l.store, &err);
	MUST(store_counts(s, &counts, &err));
	assert_int_equal(counts.records, AT_ONCE * here.book.n);
	/* All but the first have paid what was paid already. */
	MUST(report_write(s, (uint64_t)clock_wall_ms(), nowhere, &sum, &err));
	assert_int_equal(sum.terminals, AT_ONCE);
	assert_int_equal(sum.lacking, 0);
	assert_int_equal(sum.silent, 0);
	assert_true(sum.doubles > 0 && sum.doubles % (AT_ONCE - 1) == 0);
	store_close(s);
	fclose(nowhere);
	close_line(&l);
}

/* ---- the keys are read anew --------------------------------------------------------
 */

/* The next key: rolled to by the verb, told to the server. */
static void roll(struct line *l, struct centre_home *next)
{
	struct store *s = store_open(l->store, &err);
	uint64_t number;

	assert_non_null(s);
	*next = l->home;
	MUST(centre_roll(s, next, (uint64_t)clock_wall_ms(), &number, &err));
	store_close(s);
	assert_memory_not_equal(next->sign.public, l->home.sign.public,
		sizeof(next->sign.public));
}

static void a_new_key_signs_without_a_new_start(void **state)
{
	static struct centre_home next;
	static struct line l;
	static struct line old;

	(void)state;
	open_line(&l);
	assert_int_equal(send(&l, 1, 20), 200);
	assert_true(is_acknowledged(&l, 20));
	roll(&l, &next);
	/* Until it is told it signs as before: terminals believe that. */
	assert_int_equal(send(&l, 21, 30), 200);
	assert_true(is_acknowledged(&l, 30));
	MUST(serve_reload(l.serve, &next, &err));
	/* Nobody uses the old ones any more. */
	old.home = l.home;
	memset(&l.home, 0, sizeof(l.home));
	l.home.sign = next.sign;
	l.c.ca = old.home.ca.cert.text;
	assert_int_equal(send(&l, 31, 40), 200);
	assert_true(is_acknowledged(&l, 40));
	/* What was answered before comes again as it was, by its own key. */
	assert_int_equal(send(&l, 21, 30), 200);
	l.home.sign = old.home.sign;
	assert_true(is_acknowledged(&l, 30));
	close_line(&l);
}

static void no_line_is_lost_while_keys_are_read_anew(void **state)
{
	static struct centre_home next[RELOADS];
	static struct line l;
	static struct one_of_many many[AT_ONCE];
	pthread_t thread[AT_ONCE];

	(void)state;
	make_centre(&l);
	serve_it(&l);
	for (unsigned i = 0; i < AT_ONCE; i++)
		make_one(&l, &many[i], i);
	for (unsigned i = 0; i < AT_ONCE; i++)
		pthread_create(&thread[i], NULL, send_everything, &many[i]);
	for (unsigned i = 0; i < RELOADS; i++) {
		next[i] = l.home;
		MUST(serve_reload(l.serve, &next[i], &err));
		/* Whoever still had the one before would sign nonsense. */
		if (i > 0)
			memset(&next[i - 1], 0, sizeof(next[i - 1]));
	}
	for (unsigned i = 0; i < AT_ONCE; i++) {
		pthread_join(thread[i], NULL);
		assert_int_equal(many[i].acknowledged, many[i].batches);
		assert_int_equal(many[i].lost, 0);
		for (size_t k = 0; k < many[i].batches; k++)
			bytes_free(&many[i].batch[k]);
		bookgen_free(&many[i].book);
	}
	close_line(&l);
}

int main(void)
{
	static const struct bookgen_shape shape = {.seed = 54,
		.days = 3,
		.shifts = 2,
		.acts = 14,
		.end = true};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_terminal_is_enrolled_and_sends),
		cmocka_unit_test(a_code_is_for_one_terminal),
		cmocka_unit_test(T56_a_request_that_was_changed),
		cmocka_unit_test(T55_without_a_certificate_of_ours),
		cmocka_unit_test(T55_a_server_that_is_not_ours),
		cmocka_unit_test(T57_a_server_whose_time_is_over),
		cmocka_unit_test(T56_the_batch_of_another_terminal),
		cmocka_unit_test(every_other_answer_over_the_line),
		cmocka_unit_test(the_time_is_signed),
		cmocka_unit_test(T54_cut_at_bytes_of_request_and_answer),
		cmocka_unit_test(T56_bits_flipped_on_the_line),
		cmocka_unit_test(T59_the_centre_is_killed_again_and_again),
		cmocka_unit_test(T59_killed_between_the_commit_and_the_answer),
		cmocka_unit_test(T59b_many_terminals_at_once),
		cmocka_unit_test(a_new_key_signs_without_a_new_start),
		cmocka_unit_test(no_line_is_lost_while_keys_are_read_anew),
	};
	int failed;

	if (!crypto_start(NULL))
		return 1;
	signal(SIGPIPE, SIG_IGN);
	bookgen_make(&shape, &here.book);
	bookgen_seal(&here.book, &here.sealed);
	tmpdir_in_memory();
	tmpdir_make(here.dir, sizeof(here.dir));
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	tmpdir_remove(here.dir);
	bookgen_sealed_free(&here.sealed);
	bookgen_free(&here.book);
	return failed;
}
