/*
 * A payout, all on, beside a bare append and a bare transaction.
 *
 *	payout	payouts_pay(): preconditions, chain, three signatures, sealed
 *		personal data, commit, read back and verified
 *	append	4 KB to a file and fdatasync
 *	bare	the same rows in SQLite, WAL and FULL, with no work around them
 *	crypto	the primitives of a payout alone, in memory: what the format
 *		costs on this processor whatever the store does
 *
 * In turns, so that a noisy machine is noisy for all. Checkpoints are outside
 * of what is timed, as in the program, which makes them when it is idle.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "db/db_internal.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

enum {
	ROUNDS = 1500,
	IDLE_EVERY = 50 /* rounds between two checkpoints */
};

static long syncs;
static int wal_pages;

/* Seen by SQLite too: the linker finds ours first. */
int fdatasync(int fd)
{
	syncs++;
	return (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd)
{
	syncs++;
	return (int)syscall(SYS_fsync, fd);
}

static int on_commit(void *ctx, sqlite3 *db, const char *name, int pages)
{
	(void)ctx;
	(void)db;
	(void)name;
	wal_pages = pages;
	return SQLITE_OK;
}

static double now_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
}

/* ---- the bare transaction -------------------------------------------------- */

static const char bare_schema[] =
	"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
	"PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 4000;"
	"CREATE TABLE journal (seq INTEGER PRIMARY KEY, body BLOB, h BLOB,"
	" sig BLOB, rsig BLOB);"
	"CREATE TABLE paid (ent BLOB PRIMARY KEY, seq, state) WITHOUT ROWID;"
	"CREATE TABLE pd (seq INTEGER PRIMARY KEY, sealed BLOB);"
	"CREATE TABLE state (one INTEGER PRIMARY KEY, last, head, tot);"
	"CREATE TABLE payout (seq INTEGER PRIMARY KEY, uid BLOB UNIQUE,"
	" code TEXT UNIQUE, state, person, notes BLOB);"
	"CREATE INDEX payout_by_person ON payout (person, seq);"
	"CREATE UNIQUE INDEX payout_open ON payout (state) WHERE state = 1;"
	"INSERT INTO state VALUES (1, 0, x'', x'')";

static const char *const bare_sql[] = {
	"INSERT INTO journal VALUES (?1, zeroblob(330), randomblob(32),"
	" randomblob(64), randomblob(64))",
	"INSERT INTO paid VALUES (randomblob(16), ?1, 1)",
	"INSERT INTO pd VALUES (?1, randomblob(200))",
	"UPDATE state SET last = ?1, head = randomblob(32),"
	" tot = randomblob(48)",
	"INSERT INTO payout VALUES (?1, randomblob(16),"
	" hex(randomblob(8)), 1, ?1, zeroblob(36))",
};

enum {
	BARE_COUNT = sizeof(bare_sql) / sizeof(bare_sql[0])
};

struct bare {
	sqlite3 *handle;
	sqlite3_stmt *stmt[BARE_COUNT];
	sqlite3_stmt *done;
};

static void must(int rc, sqlite3 *handle)
{
	if (rc == SQLITE_OK || rc == SQLITE_DONE)
		return;
	fprintf(stderr, "%s\n", sqlite3_errmsg(handle));
	exit(1);
}

static void bare_open(struct bare *b, const char *dir)
{
	char path[512];

	tmpdir_path(dir, "bare.db", path, sizeof(path));
	must(sqlite3_open(path, &b->handle), b->handle);
	must(sqlite3_exec(b->handle, bare_schema, NULL, NULL, NULL), b->handle);
	for (int i = 0; i < BARE_COUNT; i++)
		must(sqlite3_prepare_v2(b->handle, bare_sql[i], -1, &b->stmt[i],
			     NULL),
			b->handle);
	must(sqlite3_prepare_v2(b->handle,
		     "UPDATE payout SET state = 3 WHERE seq = ?1", -1, &b->done,
		     NULL),
		b->handle);
}

static void bare_step(struct bare *b, sqlite3_stmt *st, int seq)
{
	sqlite3_bind_int(st, 1, seq);
	must(sqlite3_step(st), b->handle);
	sqlite3_reset(st);
}

static void bare_pay(struct bare *b, int seq)
{
	sqlite3_exec(b->handle, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	for (int i = 0; i < BARE_COUNT; i++)
		bare_step(b, b->stmt[i], seq);
	must(sqlite3_exec(b->handle, "COMMIT", NULL, NULL, NULL), b->handle);
}

static void bare_close(struct bare *b)
{
	for (int i = 0; i < BARE_COUNT; i++)
		sqlite3_finalize(b->stmt[i]);
	sqlite3_finalize(b->done);
	sqlite3_close(b->handle);
}

/* ---- the three, in turns ----------------------------------------------------
 */

struct series {
	double us[ROUNDS];
	long syncs;
	long pages;
	int most_pages;
};

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

static double at(struct series *s, double part)
{
	qsort(s->us, ROUNDS, sizeof(s->us[0]), by_size);
	return s->us[(int)(part * (ROUNDS - 1))];
}

static void report(const char *name, struct series *s)
{
	printf("  %-7s median %7.1f us  p99 %8.1f us  syncs %.3f", name,
		at(s, 0.5), at(s, 0.99), (double)s->syncs / ROUNDS);
	if (s->pages > 0)
		printf("  WAL pages %.2f, most %d", (double)s->pages / ROUNDS,
			s->most_pages);
	printf("\n");
}

static void count_pages(struct series *s, int before)
{
	s->pages += wal_pages - before;
	if (wal_pages - before > s->most_pages)
		s->most_pages = wal_pages - before;
}

static void time_payout(struct bookstore *b, struct series *s, int i)
{
	struct pay_request r = {.person = i + 1, .payee = PAYEE_SELF};
	const long syncs_before = syncs;
	const int pages_before = wal_pages;
	struct payout out;
	struct refusal why;
	struct err err;
	double start;

	payouts_uid(r.uid);
	start = now_us();
	if (payouts_pay(b->db, &b->lan, &r, &out, &why, &err) != VERDICT_DONE)
		exit(1);
	s->us[i] = now_us() - start;
	s->syncs += syncs - syncs_before;
	count_pages(s, pages_before);
	bookstore_hand(b, out.seq);
}

static void time_append(int fd, struct series *s, int i)
{
	static const char page[4096];
	const long before = syncs;
	const double start = now_us();

	if (write(fd, page, sizeof(page)) != (ssize_t)sizeof(page) ||
		fdatasync(fd) != 0)
		exit(1);
	s->us[i] = now_us() - start;
	s->syncs += syncs - before;
}

static void time_bare(struct bare *b, struct series *s, int i)
{
	const long syncs_before = syncs;
	const int pages_before = wal_pages;
	const double start = now_us();

	bare_pay(b, i + 1);
	s->us[i] = now_us() - start;
	s->syncs += syncs - syncs_before;
	count_pages(s, pages_before);
	bare_step(b, b->done, i + 1);
}

/* Three signatures, one verified, one sealed box. */
static void time_crypto(const struct bookstore *b, struct series *s, int i)
{
	static const uint8_t plain[160];
	uint8_t sealed[sizeof(plain) + CRYPTO_SEAL_EXTRA];
	uint8_t sig[CRYPTO_SIG_SIZE];
	const double start = now_us();

	for (int k = 0; k < 3; k++)
		crypto_sign_tagged("CHTRSIG1", plain, 32, b->lan.secret, sig);
	if (!crypto_verify_tagged("CHTRSIG1", plain, 32, b->lan.secret + 32,
		    sig) ||
		!crypto_seal_to(plain, sizeof(plain), b->db->centre, sealed))
		exit(1);
	s->us[i] = now_us() - start;
}

/* 300 payouts a shift are allowed: count the drawer and open it anew. */
static void next_shift(struct bookstore *b)
{
	struct shift shift;
	struct shift_slip slip;
	struct refusal why;
	struct err err;
	struct notes counted = {0};

	if (shifts_current(b->db, &shift, &err) != LOOKUP_FOUND)
		exit(1);
	counted.pieces[NOTES_KINDS - 1] = (int32_t)(shift.expected / 1000);
	if (shifts_close(b->db, &b->lan, &counted, SHIFT_REASON_NONE, NULL,
		    &slip, &why, &err) != VERDICT_DONE)
		exit(1);
	bookstore_shift(b, 10);
}

/* The counter says how long the log is: each store has its own. */
static void time_all(struct bookstore *b, struct bare *bare, int fd,
	struct series s[4])
{
	int log[2] = {0, 0};
	struct err err;

	for (int i = 0; i < ROUNDS; i++) {
		wal_pages = log[0];
		time_payout(b, &s[0], i);
		log[0] = wal_pages;
		time_append(fd, &s[1], i);
		wal_pages = log[1];
		time_bare(bare, &s[2], i);
		log[1] = wal_pages;
		time_crypto(b, &s[3], i);
		if (i % IDLE_EVERY != IDLE_EVERY - 1)
			continue;
		if ((i + 1) % 250 == 0)
			next_shift(b);
		if (!db_checkpoint(b->db, &err))
			exit(1);
		sqlite3_wal_checkpoint_v2(bare->handle, NULL,
			SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
		log[0] = 0;
		log[1] = 0;
	}
}

static void open_shift(struct bookstore *b)
{
	bookstore_sql(b, "BEGIN");
	for (int i = 0; i < ROUNDS; i++)
		bookstore_due(b, i + 1, ENT_MONTH, BOOKSTORE_PERIOD, 1000,
			false);
	bookstore_sql(b, "COMMIT");
	bookstore_shift(b, 10);
}

int main(void)
{
	static struct series s[4];
	static struct bookstore b;
	struct bare bare;
	char path[512];
	int fd;

	bookstore_make(&b);
	open_shift(&b);
	bare_open(&bare, b.dir);
	sqlite3_wal_hook(b.db->handle, on_commit, NULL);
	sqlite3_wal_hook(bare.handle, on_commit, NULL);
	fd = open(tmpdir_path(b.dir, "append", path, sizeof(path)),
		O_WRONLY | O_CREAT | O_APPEND, 0600);
	time_all(&b, &bare, fd, s);
	printf("payout, %d rounds in turns\n", ROUNDS);
	report("payout", &s[0]);
	report("append", &s[1]);
	report("bare", &s[2]);
	report("crypto", &s[3]);
	printf("  bare's rate / append's rate   %.2f  (at least 0.80)\n",
		at(&s[1], 0.5) / at(&s[2], 0.5));
	printf("  payout / bare                 %.2f  (at most 1.50)\n",
		at(&s[0], 0.5) / at(&s[2], 0.5));
	printf("  payout / (bare + crypto)      %.2f\n",
		at(&s[0], 0.5) / (at(&s[2], 0.5) + at(&s[3], 0.5)));
	close(fd);
	bare_close(&bare);
	bookstore_remove(&b);
	return 0;
}
