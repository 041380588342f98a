/*
 * The centre on PostgreSQL, all on, beside pgbench with the same inserts.
 *
 *	centre	batches of 50 records through receive(): judged, each signature
 *		checked, who paid what, a checkpoint signed, committed
 *	store	the same, but every signature is believed: what the database
 *		costs
 *	bare	pgbench: the same rows of the same size, 50 a commit, and
 *		nothing is looked at
 *	signs	nothing but checking as many signatures, in as many threads
 *
 * Records a second, in turns, as many connections for all; one server of its
 * own, synced as a real one. Target: 60 % of bare (BENCH_RECORDS=n a
 * connection). Where pgbench leaves no processor idle, no more can be had than
 * 1 / (1/bare + 1/signs): that is said, too.
 */
#include <dirent.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "core/codec/chain.h"
#include "core/crypto.h"
#include "db/centre/receive.h"
#include "support/bookbatch.h"
#include "support/pgserver.h"

enum {
	ROUNDS = 3,
	CONNECTIONS = 4,
	A_BATCH = 50
};

/* Linked in front of that of core/crypto.c. */
bool __real_crypto_verify_tagged(const char tag[8], const void *message,
	size_t len, const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t sig[CRYPTO_SIG_SIZE]);
bool __wrap_crypto_verify_tagged(const char tag[8], const void *message,
	size_t len, const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t sig[CRYPTO_SIG_SIZE]);

/* Written before there are threads. */
static bool believes;

bool __wrap_crypto_verify_tagged(const char tag[8], const void *message,
	size_t len, const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t sig[CRYPTO_SIG_SIZE])
{
	return believes ||
	       __real_crypto_verify_tagged(tag, message, len, public, sig);
}

static const uint64_t now = UINT64_C(1795000000000);

static double seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* ---- whose processors ------------------------------------------------------
 *
 * Processor time of everybody, so that it shows where the rest has gone: the
 * machine has only so much of it in a second.
 */

/* Of one process, with the children it has waited for; parent: whose. */
static double of_process(long pid, long *parent)
{
	char path[64];
	char line[1024] = "";
	unsigned long t[4] = {0};
	const char *behind;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	in = fopen(path, "r");
	if (!in)
		return 0;
	if (!fgets(line, sizeof(line), in))
		line[0] = '\0';
	fclose(in);
	/* The name, in brackets, may hold anything. */
	behind = strrchr(line, ')');
	if (!behind || sscanf(behind,
			       ") %*c %ld %*d %*d %*d %*d %*u %*u %*u %*u %*u"
			       " %lu %lu %lu %lu",
			       parent, &t[0], &t[1], &t[2], &t[3]) != 5)
		return 0;
	return (double)(t[0] + t[1] + t[2] + t[3]) /
	       (double)sysconf(_SC_CLK_TCK);
}

/* PostgreSQL, all of its processes, those that are gone too. */
static double of_postgres(const struct pgserver *pg)
{
	DIR *all = opendir("/proc");
	const struct dirent *e;
	long parent = 0;
	double s = of_process(pg->pid, &parent);

	while (all && (e = readdir(all)) != NULL) {
		const long pid = strtol(e->d_name, NULL, 10);
		const double its = pid > 0 ? of_process(pid, &parent) : 0;

		if (pid > 0 && parent == pg->pid)
			s += its;
		parent = 0;
	}
	if (all)
		closedir(all);
	return s;
}

static double of_usage(int who)
{
	struct rusage u;

	getrusage(who, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
	       (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

/* Seconds of processors until now; what was used is the difference. */
struct used {
	double ours;
	double pgbench;
	double postgres;
};

static struct used used_now(const struct pgserver *pg)
{
	return (struct used){of_usage(RUSAGE_SELF), of_usage(RUSAGE_CHILDREN),
		of_postgres(pg)};
}

static void give_up(const char *what, const struct err *err)
{
	fprintf(stderr, "bench_centre: %s: %s\n", what, err ? err->text : "");
	exit(1);
}

/* One terminal's batches, ready to be sent. */
struct terminal {
	struct bookgen book;
	struct bytes *batch;
	size_t batches;
	size_t records;
	size_t paid;
	size_t body; /* bytes of all */
	const char *url;
	const struct crypto_pair *key;
};

static void prepare(const struct bookgen *b, unsigned n, struct terminal *t)
{
	struct bookgen_sealed sealed;

	bookgen_copy(b, &t->book);
	bookbatch_other_dev(&t->book, (uint8_t)n);
	/* Money of its own. */
	for (size_t i = 0; i < t->book.n; i++)
		for (size_t k = 0; k < t->book.rec[i].items; k++)
			t->book.rec[i].item[k].ent[15] = (uint8_t)n;
	bookgen_seal(&t->book, &sealed);
	t->records = b->n / A_BATCH * A_BATCH;
	t->batches = t->records / A_BATCH;
	t->batch = calloc(t->batches, sizeof(*t->batch));
	for (size_t i = 0; i < t->batches; i++) {
		const struct bookbatch how = {.from = 1 + i * A_BATCH,
			.to = (i + 1) * A_BATCH};

		bookbatch_make(&t->book, &sealed, &how, &t->batch[i]);
	}
	for (size_t i = 0; i < t->records; i++) {
		t->body += sealed.raw[i].body.len;
		if (t->book.rec[i].kind == GEN_PAY)
			t->paid += t->book.rec[i].items;
	}
	bookgen_sealed_free(&sealed);
}

static void enrol(const struct terminal *t)
{
	struct store_device d = {.state = STORE_ACTIVE};
	struct err err = {0};
	struct store *s = store_open(t->url, &err);

	memcpy(d.dev, t->book.dev, sizeof(d.dev));
	memcpy(d.pk, t->book.device.public, sizeof(d.pk));
	memcpy(d.key, t->book.device.public, sizeof(d.key));
	bookbatch_genesis(&t->book, d.head);
	if (!s || !store_begin(s, &err) || !store_device_add(s, &d, &err) ||
		!store_commit(s, &err))
		give_up("enrol", &err);
	store_close(s);
}

static void *send_all(void *arg)
{
	struct terminal *t = arg;
	struct err err = {0};
	struct store *s = store_open(t->url, &err);
	struct receiver *r =
		s ? receiver_new(s, "centre-1", t->key, &err) : NULL;
	struct batch_answer a;
	struct receive_told told;

	for (size_t i = 0; i < t->batches; i++)
		if (!r ||
			!receive(r, t->batch[i].at, t->batch[i].len, NULL, now,
				&a, &told, &err) ||
			a.status != BATCH_ACK)
			give_up("receive", &err);
	receiver_free(r);
	store_close(s);
	return NULL;
}

/* One right signature, as often as there are records. */
static void *check_all(void *arg)
{
	const struct terminal *t = arg;
	struct crypto_pair pair;
	uint8_t h[CRYPTO_HASH_SIZE] = {1};
	uint8_t sig[CRYPTO_SIG_SIZE];
	size_t right = 0;

	crypto_pair_new(&pair);
	chain_sign(h, pair.secret, sig);
	for (size_t i = 0; i < t->records; i++)
		right += chain_verify(h, pair.public, sig);
	if (right != t->records)
		give_up("a signature", NULL);
	return NULL;
}

/* Records a second, one thread a terminal. */
static double all_at_once(struct terminal *t, void *(*one)(void *arg))
{
	pthread_t thread[CONNECTIONS];
	const double begin = seconds();
	size_t records = 0;

	for (int i = 0; i < CONNECTIONS; i++) {
		records += t[i].records;
		pthread_create(&thread[i], NULL, one, &t[i]);
	}
	for (int i = 0; i < CONNECTIONS; i++)
		pthread_join(thread[i], NULL);
	return (double)records / (seconds() - begin);
}

static double centre(struct terminal *t, const char *url,
	const struct crypto_pair *key, bool believing)
{
	double got;

	for (int i = 0; i < CONNECTIONS; i++) {
		t[i].url = url;
		t[i].key = key;
		enrol(&t[i]);
	}
	believes = believing;
	got = all_at_once(t, send_all);
	believes = false;
	return got;
}

static void put_hex(FILE *out, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		fprintf(out, "%02x", (unsigned)(i * 37 & 0xff));
}

/* What a batch of 50 writes, in the words of psql. */
static void write_script(const char *path, const struct terminal *t)
{
	FILE *out = fopen(path, "w");

	if (!out)
		give_up(path, NULL);
	fputs("BEGIN;\nSELECT * FROM device WHERE dev = decode(lpad(to_hex("
	      ":client_id), 32, '0'), 'hex') FOR UPDATE;\n"
	      "INSERT INTO record (dev, seq, kind, t, shift, body, h, sig,"
	      " came) SELECT decode(lpad(to_hex(:client_id), 32, '0'), 'hex'),"
	      " nextval('bench'), 10, 1, 1, '\\x",
		out);
	put_hex(out, t->body / t->records);
	fputs("', '\\x", out);
	put_hex(out, CRYPTO_HASH_SIZE);
	fputs("', '\\x", out);
	put_hex(out, CRYPTO_SIG_SIZE);
	fprintf(out, "', %llu FROM generate_series(1, %d);\n",
		(unsigned long long)now, A_BATCH);
	fprintf(out,
		"INSERT INTO paid SELECT decode(md5(nextval('bench')::text),"
		" 'hex'), decode(lpad(to_hex(:client_id), 32, '0'), 'hex'), 1"
		" FROM generate_series(1, %zu) ON CONFLICT DO NOTHING;\n",
		t->paid / t->batches);
	fputs("INSERT INTO note VALUES (decode(lpad(to_hex(:client_id), 32,"
	      " '0'), 'hex'), nextval('bench'), '\\x",
		out);
	put_hex(out, 300);
	fprintf(out, "', %llu);\n", (unsigned long long)now);
	fputs("UPDATE device SET last = last + 50 WHERE dev = decode(lpad("
	      "to_hex(:client_id), 32, '0'), 'hex');\nCOMMIT;\n",
		out);
	fclose(out);
}

static void psql(const struct pgserver *s, const char *url, const char *sql)
{
	char command[1400];

	snprintf(command, sizeof(command),
		"/usr/lib/postgresql/15/bin/psql -qX -c \"%s\" '%s' >/dev/null",
		sql, url);
	if (system(command) != 0)
		give_up(s->dir, NULL);
}

static double bare(const struct pgserver *s, const char *url,
	const struct terminal *t)
{
	char script[200];
	char command[1024];
	char line[256];
	double tps = 0;
	FILE *in;

	psql(s, url,
		"CREATE SEQUENCE bench CACHE 100; SELECT record_month("
		"1795000000000);"
		"INSERT INTO device SELECT decode(lpad(to_hex(n), 32, '0'),"
		" 'hex'), sha256('a'), 'P', 1, 0, sha256('a'), sha256('a'), 0,"
		" decode(repeat('00', 48), 'hex'), 0, 0, 0, 0, 0 FROM"
		" generate_series(0, 3) n");
	snprintf(script, sizeof(script), "%s/bench.sql", s->dir);
	write_script(script, t);
	snprintf(command, sizeof(command),
		"/usr/lib/postgresql/15/bin/pgbench -n -M simple -c %d -j 2"
		" -t %zu -f %s '%s' 2>/dev/null",
		CONNECTIONS, t->batches, script, url);
	in = popen(command, "r");
	while (in && fgets(line, sizeof(line), in))
		sscanf(line, "tps = %lf (without", &tps);
	if (!in || pclose(in) != 0 || tps <= 0)
		give_up("pgbench", NULL);
	return tps * A_BATCH;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

/* An empty store of its own for each turn. */
static const char *fresh(struct pgserver *s, char url[PGSERVER_URL])
{
	static unsigned n;
	struct err err = {0};
	struct store *store;

	pgserver_schema(s, ++n, url, PGSERVER_URL);
	store = store_open(url, &err);
	if (!store)
		give_up("open", &err);
	store_close(store);
	return url;
}

enum {
	CENTRE,
	STORE,
	BARE,
	SIGNS,
	KINDS
};

/* Microseconds of processors a record, in all rounds of each kind. */
static struct used spent[KINDS];

static double one(struct pgserver *pg, int kind, struct terminal *t,
	const struct crypto_pair *key)
{
	char url[PGSERVER_URL];
	struct used before;
	struct used after;
	double got = 0;

	if (kind != SIGNS)
		fresh(pg, url);
	before = used_now(pg);
	switch (kind) {
	case CENTRE:
	case STORE:
		got = centre(t, url, key, kind == STORE);
		break;
	case BARE:
		got = bare(pg, url, t);
		break;
	case SIGNS:
		got = all_at_once(t, check_all);
		break;
	}
	/* Whose time is counted when it has ended. */
	usleep(300000);
	after = used_now(pg);
	spent[kind].ours += after.ours - before.ours;
	spent[kind].pgbench += after.pgbench - before.pgbench;
	spent[kind].postgres += after.postgres - before.postgres;
	return got;
}

static void measure(struct pgserver *pg, struct terminal *t,
	const struct crypto_pair *key, double got[KINDS][ROUNDS])
{
	static const int turn[KINDS] = {CENTRE, BARE, STORE, SIGNS};

	for (int i = 0; i < ROUNDS; i++)
		for (int k = 0; k < KINDS; k++)
			got[turn[k]][i] = one(pg, turn[k], t, key);
}

static void say_spent(const struct terminal *t)
{
	static const char *const name[KINDS] = {
		[CENTRE] = "centre",
		[STORE] = "signatures believed",
		[BARE] = "pgbench",
		[SIGNS] = "signatures alone",
	};
	double records = 0;

	for (int i = 0; i < CONNECTIONS; i++)
		records += (double)t[i].records * ROUNDS;
	for (int i = 0; i < KINDS; i++)
		printf("centre: %-20s %5.1f us of processors a record: %5.1f"
		       " of the client, %5.1f of PostgreSQL\n",
			name[i],
			(spent[i].ours + spent[i].pgbench + spent[i].postgres) *
				1e6 / records,
			(spent[i].ours + spent[i].pgbench) * 1e6 / records,
			spent[i].postgres * 1e6 / records);
}

static void say(const struct terminal *t, double got[KINDS][ROUNDS])
{
	double m[KINDS];
	double most;

	for (int i = 0; i < KINDS; i++) {
		qsort(got[i], ROUNDS, sizeof(double), by_size);
		m[i] = got[i][ROUNDS / 2];
	}
	most = 1 / (1 / m[BARE] + 1 / m[SIGNS]);
	printf("centre: %zu records of %zu bytes, %d connections: %.0f/s,"
	       " pgbench %.0f/s: %.0f %% (target 60 %%)\n",
		CONNECTIONS * t->records, t->body / t->records, CONNECTIONS,
		m[CENTRE], m[BARE], 100 * m[CENTRE] / m[BARE]);
	printf("centre: signatures alone %.0f/s, so with no processor idle at"
	       " most %.0f/s, %.0f %%: it is at %.0f %% of that\n",
		m[SIGNS], most, 100 * most / m[BARE], 100 * m[CENTRE] / most);
	printf("centre: signatures believed %.0f/s, beside pgbench %.0f %%\n",
		m[STORE], 100 * m[STORE] / m[BARE]);
}

int main(void)
{
	const char *wanted = getenv("BENCH_RECORDS");
	const int acts = 45;
	struct bookgen_shape shape = {.seed = 3,
		.shifts = 2,
		.acts = acts,
		.plain = true};
	static struct terminal terminal[CONNECTIONS];
	double got[KINDS][ROUNDS];
	struct pgserver pg;
	struct bookgen book;
	struct crypto_pair key;

	if (!crypto_start(NULL) || !pgserver_start(&pg))
		return 0;
	/* A payout is three records or four. */
	shape.days = (wanted ? (int)strtol(wanted, NULL, 10) : 3000) /
			     (shape.shifts * acts * 3) +
		     1;
	bookgen_make(&shape, &book);
	crypto_pair_new(&key);
	for (unsigned i = 0; i < CONNECTIONS; i++)
		prepare(&book, i + 1, &terminal[i]);
	measure(&pg, terminal, &key, got);
	say(&terminal[0], got);
	say_spent(terminal);
	pgserver_stop(&pg);
	return 0;
}
