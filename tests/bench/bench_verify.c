/*
 * chitra-verify over a journal file of 100,000 records, beside libsodium
 * alone for the same hashes and signatures.
 *
 *	verify	all of it: reading, CBOR, chain, signatures, every check
 *	bare	SHA-256 over the same bytes as often, and as many Ed25519
 *		verifications; receipts' and people's signatures are stood
 *		in for by the record's own, which take as long
 *
 * CPU time of the process, in turns. Target: 1.3 times (BENCH_RECORDS=n for
 * another length).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/crypto.h"
#include "db/verify/jfile.h"
#include "support/bookgen.h"

enum {
	ROUNDS = 3,
	ACTS = 80
};

static double cpu_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* Which epoch signs each record. */
static int *epochs_of(const struct bookgen *b)
{
	int *out = calloc(b->n, sizeof(*out));
	int now = 0;

	if (!out)
		abort();
	for (size_t i = 0; i < b->n; i++) {
		out[i] = now;
		if (b->rec[i].kind == GEN_START ||
			b->rec[i].kind == GEN_KEYROLL)
			now = b->rec[i].epoch;
	}
	return out;
}

struct work {
	const struct bookgen *book;
	const struct bookgen_sealed *sealed;
	const int *epoch;
	const struct bytes *file;
	size_t hashes;
	size_t signatures;
};

static void verify_once(struct work *w, size_t i)
{
	const struct bookgen_raw *raw = &w->sealed->raw[i];
	const uint8_t *key = i == 0 ? w->book->device.public
				    : w->book->epoch[w->epoch[i]].public;

	w->signatures++;
	if (!crypto_verify_tagged("CHTRSIG1", raw->h, 32, key, raw->sig))
		exit(1);
}

static void bare_record(struct work *w, size_t i)
{
	const struct bookgen_rec *r = &w->book->rec[i];
	const struct bookgen_raw *raw = &w->sealed->raw[i];
	uint8_t h[CRYPTO_HASH_SIZE];
	struct crypto_hash sum;

	crypto_hash_start(&sum);
	crypto_hash_add(&sum, raw->h, 32);
	crypto_hash_add(&sum, "CHTRREC1", 8);
	crypto_hash_add(&sum, raw->body.at, raw->body.len);
	crypto_hash_end(&sum, h);
	w->hashes++;
	if (r->fl & GEN_SIGFAIL)
		return;
	verify_once(w, i);
	if (raw->has_rsig)
		verify_once(w, i);
	if (r->has & (GEN_HAS(18) | GEN_HAS(19))) {
		crypto_sha256(raw->body.at, raw->body.len, h);
		w->hashes++;
	}
	if (r->has & GEN_HAS(18))
		verify_once(w, i);
	if (r->has & GEN_HAS(19))
		verify_once(w, i);
}

static double time_bare(struct work *w)
{
	const double start = cpu_ms();
	uint8_t h[CRYPTO_HASH_SIZE];

	w->hashes = 1;
	w->signatures = 0;
	crypto_sha256(w->file->at, w->file->len, h);
	for (size_t i = 0; i < w->book->n; i++)
		bare_record(w, i);
	return cpu_ms() - start;
}

static double time_verify(const struct work *w)
{
	const struct audit_options options = {.future = true,
		.from = 1,
		.to = UINT64_MAX};
	FILE *in = fmemopen(w->file->at, w->file->len, "r");
	const double start = cpu_ms();
	struct evidence evidence;
	struct vreport report;
	struct keyring keys;
	struct err err;
	double took;

	keyring_init(&keys);
	evidence_init(&evidence);
	if (!in || !vreport_init(&report, stderr) ||
		!jfile_walk(in, &options, &keys, &evidence, &report, &err))
		exit(1);
	took = cpu_ms() - start;
	if (report.findings > 0) {
		vreport_end(&report);
		exit(1);
	}
	vreport_clear(&report);
	evidence_clear(&evidence);
	keyring_clear(&keys);
	fclose(in);
	return took;
}

int main(void)
{
	const char *records = getenv("BENCH_RECORDS");
	const int want = records ? (int)strtol(records, NULL, 10) : 100000;
	const struct bookgen_shape shape = {.seed = 1,
		.days = want / 535 + 1,
		.shifts = 2,
		.acts = ACTS,
		.plain = true};
	struct bookgen_sealed sealed;
	struct bytes file = {0};
	struct bookgen book;
	struct work w;
	struct err err;
	double best = 1e9;
	double bare = 1e9;

	if (!crypto_start(&err))
		return 1;
	bookgen_make(&shape, &book);
	bookgen_seal(&book, &sealed);
	bookgen_file_whole(&book, &sealed, true, &file);
	w = (struct work){.book = &book,
		.sealed = &sealed,
		.epoch = epochs_of(&book),
		.file = &file};
	for (int i = 0; i < ROUNDS; i++) {
		const double a = time_verify(&w);
		const double b = time_bare(&w);

		best = a < best ? a : best;
		bare = b < bare ? b : bare;
	}
	printf("verify %zu records, %zu signatures, %zu hashes\n", book.n,
		w.signatures, w.hashes);
	printf("  verify %8.0f ms CPU\n  bare   %8.0f ms CPU\n"
	       "  ratio  %8.2f (target 1.3)\n",
		best, bare, best / bare);
	free((void *)w.epoch);
	bytes_free(&file);
	bookgen_sealed_free(&sealed);
	bookgen_free(&book);
	return 0;
}
