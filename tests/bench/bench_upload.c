/*
 * UPLOAD_RECORDS records (10,000) to a centre over TLS on the loopback: made
 * into batches, sent, acknowledged, each acknowledgement in the book and on the
 * disk. Beside: `curl`, one process, one connection, the same bytes from files
 * to another such centre, and SHA-256 of them. Target: at most 1.5 times that.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/clock.h"
#include "db/centre/serve.h"
#include "db/db_internal.h"
#include "db/outbox.h"
#include "drivers/net/net_curl.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"
#include "terminal/app/uplink.h"

enum {
	BATCHES = 256,
	ARGS = 16 * BATCHES + 32
};

struct end {
	char dir[300];
	char store[320];
	struct centre_home home;
	struct serve *serve;
	char url[64];
	uint8_t reply[UPLINK_BODY];
	struct enrol_answer answer;
};

static struct bookstore b;
static char dir[256];
static struct err err;

#define MUST(call)                                                    \
	do {                                                          \
		if (!(call)) {                                        \
			fprintf(stderr, "%s: %s\n", #call, err.text); \
			exit(1);                                      \
		}                                                     \
	} while (0)

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void start_centre(struct end *e, int n)
{
	static const char *const host[] = {"localhost"};
	struct serve_options o = {.home = &e->home,
		.store = e->store,
		.address = "127.0.0.1",
		.metrics = -1,
		.workers = 2,
		.log_fd = -1};

	snprintf(e->dir, sizeof(e->dir), "%.200s/centre%d", dir, n);
	snprintf(e->store, sizeof(e->store), "%.200s/centre%d/centre.db", dir,
		n);
	MUST(centre_home_make(e->dir, "centre-1", host, 1, &e->home, &err));
	e->serve = serve_open(&o, &err);
	MUST(e->serve);
	snprintf(e->url, sizeof(e->url), "https://localhost:%u",
		(unsigned)serve_port(e->serve));
}

static void enrol(struct end *e)
{
	const struct net_curl_options how = {.url = e->url,
		.ca = e->home.ca.cert.text};
	uint8_t request[ENROL_MAX_BYTES];
	uint8_t code[CRYPTO_HASH_SIZE];
	char letters[ENROL_CODE];
	struct net_question q = {.method = "POST",
		.path = "/v1/enrol",
		.body = request};
	struct net_answer a = {.body = e->reply, .size = sizeof(e->reply)};
	struct store *s = store_open(e->store, &err);
	enum net_trouble trouble;
	struct buf out;
	struct net *net;

	MUST(s && serve_new_code(s, "P1", 1, letters, &err));
	store_close(s);
	enrol_code_hash(letters, code);
	buf_init(&out, request, sizeof(request));
	MUST(outbox_enrol(b.db, code, &out, &err));
	q.len = out.len;
	net = net_curl_open(&how, &trouble, &err);
	MUST(net && net_ask(net, &q, &a, &trouble, &err));
	MUST(a.status == 200 && enrol_answer_read(a.body, a.len, &e->answer));
	net_close(net);
}

static void put(const char *name, const void *bytes, size_t len)
{
	char path[400];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "wb");
	if (!f || fwrite(bytes, 1, len, f) != len || fclose(f) != 0)
		exit(1);
}

static void fill(long records)
{
	MUST(db_begin(b.db, &err));
	for (long i = 0; i < records; i++) {
		struct session again = b.minh;

		MUST(users_sign_out(b.db, &again, &err));
	}
	MUST(db_end(b.db, true, &err));
}

/* The batches as files; how many, and their bytes together. */
static int write_batches(size_t *bytes)
{
	static struct outbox_batch batch;
	uint64_t from = 1;
	char name[32];
	int n = 0;

	*bytes = 0;
	while (n < BATCHES && outbox_next(b.db, from, BATCH_MAX_RECORDS, &batch,
				      &err) == LOOKUP_FOUND) {
		snprintf(name, sizeof(name), "%03d.batch", n++);
		put(name, batch.bytes, batch.len);
		*bytes += batch.len;
		from = batch.to + 1;
	}
	return n;
}

static double run_curl(struct end *e, int batches)
{
	static char cmd[128 * 1024];
	struct buf c;
	double begin;

	put("cert.pem", e->answer.cert, e->answer.cert_len);
	put("ca.pem", e->answer.ca, e->answer.ca_len);
	buf_init(&c, cmd, sizeof(cmd));
	buf_printf(&c, "cd %s && curl -sf", dir);
	for (int i = 0; i < batches; i++)
		buf_printf(&c,
			"%s --cacert ca.pem --cert cert.pem --key key.pem"
			" --http1.1 -H Expect: --data-binary @%03d.batch"
			" -o out.%03d %s/v1/batch",
			i > 0 ? " --next -sf" : "", i, i, e->url);
	buf_printf(&c, " && cat *.batch | sha256sum >sum");
	buf_text(&c);
	begin = now_s();
	if (c.full || system(cmd) != 0) {
		puts("  curl did not run");
		return 0;
	}
	return now_s() - begin;
}

static double run_ours(struct uplink *line)
{
	static struct outbox_batch batch;
	static struct uplink_reply reply;
	const double begin = now_s();

	while (outbox_next(b.db, 0, BATCH_MAX_RECORDS, &batch, &err) ==
		LOOKUP_FOUND) {
		struct upload_answer a;

		uplink_ask(line, batch.bytes, batch.len, &reply);
		uplink_take(b.db, &batch, &reply, true, clock_wall_ms(), &a,
			&err);
		if (a.came != CAME_ACK) {
			fprintf(stderr, "came %d: %s\n", (int)a.came,
				reply.err.text);
			exit(1);
		}
	}
	return now_s() - begin;
}

int main(void)
{
	const char *wanted = getenv("UPLOAD_RECORDS");
	const long records = wanted ? strtol(wanted, NULL, 10) : 10000;
	static struct end end[2];
	char key[OUTBOX_KEY_PEM];
	struct refusal why;
	struct uplink *line;
	size_t bytes;
	double ours, curl;
	int batches;
	bool none;

	MUST(crypto_start(&err) && tmpdir_make(dir, sizeof(dir)));
	bookstore_make(&b);
	for (int i = 0; i < 2; i++)
		start_centre(&end[i], i);
	enrol(&end[1]);
	enrol(&end[0]);
	MUST(outbox_join(b.db, &b.hoa, end[0].url, &end[0].answer, &why,
		     &err) == VERDICT_DONE);
	MUST(outbox_device_key(b.db, key, &err));
	put("key.pem", key, strlen(key));
	fill(records);
	batches = write_batches(&bytes);
	curl = run_curl(&end[1], batches);
	line = uplink_open(b.db, "", &none, &err);
	MUST(line);
	ours = run_ours(line);
	printf("upload: %ld records, %zu bytes, %d batches\n", records, bytes,
		batches);
	printf("  chitra %.2f s, curl %.2f s: %.2f times (target 1.5)\n", ours,
		curl, curl > 0 ? ours / curl : 0);
	uplink_close(line);
	for (int i = 0; i < 2; i++)
		serve_close(end[i].serve);
	bookstore_remove(&b);
	tmpdir_remove(dir);
	return 0;
}
