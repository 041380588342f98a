/*
 * The daily log of EXPORT_PAYMENTS payments (100,000): CSV and workbook, from
 * the store to the files. Beside, in turns: the same cells, already in memory,
 * written by libxlsxwriter (constant_memory) and as plain text. Targets: at
 * most 1.5 times that, under 32 MiB more than before.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/buf.h"
#include "core/codec/csv_in.h"
#include "core/codec/csv_out.h"
#include "db/db_internal.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "support/bookstore.h"
#include "support/peak.h"
#include "support/tmpdir.h"
#include "support/xlsxbook.h"
#include "terminal/app/day_doc.h"

enum {
	TIMES = 3,
	FIRST_PERSON = 100,
	ROW_MAX = 16384
};

static char dir[256];
static int64_t first_seq; /* of the payments */

static void check(bool ok, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", err->text);
	exit(1);
}

/* Of processor and kernel: what others do meanwhile does not count. */
static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- a store with that many payments ----------------------------------------- */

static sqlite3_stmt *prepare(struct bookstore *b, const char *sql)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(b->db->handle, sql, -1, &st, NULL) != SQLITE_OK)
		exit(1);
	return st;
}

static void step(sqlite3_stmt *st)
{
	if (sqlite3_step(st) != SQLITE_DONE)
		exit(1);
	sqlite3_reset(st);
}

static void add_person(struct bookstore *b, sqlite3_stmt *st, int64_t id)
{
	char code[32];
	char id12[32];
	const struct sealed s = {.seq = id,
		.birth = 19440902,
		.text = {[SEALED_CODE] = code,
			[SEALED_ID12] = id12,
			[SEALED_NAME] = "Nguyễn Thị Đẹp",
			[SEALED_ADDRESS] = "Thôn 3, xã Cẩm Khê, tỉnh Phú Thọ",
			[SEALED_GROUP] = "NCC"}};
	uint8_t locked[SEALED_SIZE];

	snprintf(code, sizeof(code), "PT%08d", (int)id);
	snprintf(id12, sizeof(id12), "001144%06d", (int)(id % 1000000));
	sqlite3_bind_int64(st, 1, id);
	sealed_put(b->db, st, ":sealed", DATAKEY_PERSON, id, &s, locked);
	step(st);
}

static void add_payout(struct bookstore *b, sqlite3_stmt *st, int64_t seq,
	int64_t person)
{
	const struct sealed s = {.text = {[PAYOUTS_PAYEE_NAME] = "Trần An",
					 [PAYOUTS_PAYEE_ID] = "001150000217"}};
	uint8_t locked[SEALED_SIZE];
	char code[32];

	snprintf(code, sizeof(code), "129S-RZCJ-%08d", (int)seq);
	sqlite3_bind_int64(st, 1, seq);
	sqlite3_bind_text(st, 2, code, -1, SQLITE_STATIC);
	sqlite3_bind_int64(st, 3, person);
	sealed_put(b->db, st, ":payee", DATAKEY_PAYOUT, seq, &s, locked);
	step(st);
}

/* A PAY as the real one, with the totals that follow. */
static void add_record(struct record *r, sqlite3_stmt *st, int64_t seq)
{
	uint8_t bytes[4096];
	struct buf body;

	r->seq = (uint64_t)seq;
	r->t += 1000;
	r->tot.payments++;
	r->tot.paid_gross += (int64_t)r->amount;
	buf_init(&body, bytes, sizeof(bytes));
	record_encode(r, &body);
	sqlite3_bind_int64(st, 1, seq);
	sqlite3_bind_blob(st, 2, body.data, (int)body.len, SQLITE_STATIC);
	step(st);
}

static void read_real(struct bookstore *b, uint64_t seq, struct record *out)
{
	struct journal_row row;
	const char *finding;
	struct err err = {0};

	if (journal_row(b->db, seq, &row, &err) != LOOKUP_FOUND ||
		!record_decode(row.body, row.len, out, &finding))
		exit(1);
}

static void fill(struct bookstore *b, long payments)
{
	sqlite3_stmt *person;
	sqlite3_stmt *payout;
	sqlite3_stmt *journal;
	struct record r;
	struct payout p;

	bookstore_make(b);
	bookstore_shift(b, 60);
	bookstore_due(b, 1, ENT_MONTH, 202612, 540000, false);
	bookstore_pay(b, 1, &p);
	bookstore_hand(b, p.seq);
	read_real(b, p.seq, &r);
	first_seq = bookstore_number(b, "SELECT max(seq) + 1 FROM journal");
	bookstore_sql(b, "BEGIN");
	person = prepare(b, "INSERT INTO person (id, unit_code, list, period,"
			    " code, sealed) VALUES (?1, 'U1', 1, 202612, ?1,"
			    " :sealed)");
	payout = prepare(b, "INSERT INTO payout (seq, uid, code, state, print,"
			    " shift, person, notes, payee) VALUES (?1,"
			    " randomblob(16), ?2, 3, 2, 1, ?3, zeroblob(36),"
			    " :payee)");
	journal = prepare(b, "INSERT INTO journal (seq, body, h, sig) VALUES"
			     " (?1, ?2, zeroblob(32), zeroblob(64))");
	for (long i = 0; i < payments; i++) {
		add_person(b, person, FIRST_PERSON + i);
		add_payout(b, payout, first_seq + i, FIRST_PERSON + i);
		add_record(&r, journal, first_seq + i);
	}
	sqlite3_finalize(person);
	sqlite3_finalize(payout);
	sqlite3_finalize(journal);
	bookstore_sql(b, "COMMIT");
}

/* ---- ours ------------------------------------------------------------------------ */

static bool put_file(void *ctx, const void *bytes, size_t len, struct err *err)
{
	return fwrite(bytes, 1, len, ctx) == len ||
	       err_set(err, ERR_IO, 0, "the disk");
}

static void write_ours(struct bookstore *b, long payments, enum paper_kind kind,
	const char *name)
{
	const struct day_doc d = {.db = b->db,
		.range = {.first = (uint64_t)first_seq,
			.last = (uint64_t)(first_seq + payments - 1)},
		.when = "Ngày 05/12/2026"};
	char path[512];
	FILE *f = fopen(tmpdir_path(dir, name, path, sizeof(path)), "wb");
	const struct paper_sink sink = {f, put_file};
	struct day_doc_sums sums;
	struct err err = {0};

	if (!f)
		exit(1);
	check(day_doc_write(&d, kind, &sink, &sums, &err), &err);
	fclose(f);
	if (sums.payments != payments)
		exit(1);
}

/* ---- the peer -------------------------------------------------------------------- */

/* All cells of our CSV, row by row, in one piece. */
struct cells_kept {
	char *text;
	size_t len;
	size_t room;
	int columns;
	long rows;
};

static void keep(struct cells_kept *k, const char *text, size_t len)
{
	if (k->len + len + 1 > k->room) {
		k->room = 2 * k->room + (1 << 20);
		k->text = realloc(k->text, k->room);
		if (!k->text)
			exit(1);
	}
	memcpy(k->text + k->len, text, len);
	k->len += len;
	k->text[k->len++] = '\0';
}

static bool keep_row(void *ctx, const struct cells *row)
{
	struct cells_kept *k = ctx;

	if (k->columns == 0)
		k->columns = row->count;
	for (int i = 0; i < k->columns; i++)
		keep(k,
			i < row->count && row->cell[i].len ? row->cell[i].text
							   : "",
			i < row->count ? row->cell[i].len : 0);
	k->rows++;
	return true;
}

static void keep_cells(struct cells_kept *k)
{
	const struct cells_sink sink = {k, keep_row};
	struct err err = {0};
	struct csv_in *r = csv_in_new(&sink, &err);
	char path[512];
	char piece[65536];
	FILE *f = fopen(tmpdir_path(dir, "ours.csv", path, sizeof(path)), "rb");
	size_t n;

	if (!r || !f)
		exit(1);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		check(csv_in_feed(r, piece, n, &err), &err);
	check(csv_in_end(r, &err), &err);
	csv_in_free(r);
	fclose(f);
}

static bool is_number(const char *text)
{
	return text[0] && strspn(text, "0123456789") == strlen(text) &&
	       (text[0] != '0' || !text[1]) && strlen(text) < 10;
}

static void plain_csv(const struct cells_kept *k)
{
	char path[512];
	FILE *f = fopen(tmpdir_path(dir, "peer.csv", path, sizeof(path)), "wb");
	const char *at = k->text;

	if (!f)
		exit(1);
	for (long row = 0; row < k->rows; row++)
		for (int i = 0; i < k->columns; i++, at += strlen(at) + 1) {
			fprintf(f, is_number(at) ? "%s" : "\"%s\"", at);
			fputs(i + 1 < k->columns ? "," : "\r\n", f);
		}
	fclose(f);
}

static void plain_book(const struct cells_kept *k)
{
	char path[512];
	struct xlsxbook *b;
	const char *at = k->text;

	b = xlsxbook_new(tmpdir_path(dir, "peer.xlsx", path, sizeof(path)),
		true);
	xlsxbook_sheet(b, "Nhat ky");
	xlsxbook_frame(b);
	for (long row = 0; row < k->rows; row++)
		for (int i = 0; i < k->columns; i++, at += strlen(at) + 1) {
			if (is_number(at))
				xlsxbook_number(b, (uint32_t)row, i,
					strtod(at, NULL));
			else
				xlsxbook_text(b, (uint32_t)row, i, at);
		}
	xlsxbook_close(b);
}

/* ---- in turns --------------------------------------------------------------------- */

struct times {
	double csv;
	double book;
};

static void turn(struct bookstore *b, long payments, struct cells_kept *k)
{
	struct times ours;
	struct times peer;
	double begin;
	long before;
	long most;

	before = peak_begin();
	begin = now_s();
	write_ours(b, payments, PAPER_CSV, "ours.csv");
	ours.csv = now_s() - begin;
	begin = now_s();
	write_ours(b, payments, PAPER_XLSX, "ours.xlsx");
	ours.book = now_s() - begin;
	most = peak_kib();
	if (!k->text)
		keep_cells(k);
	begin = now_s();
	plain_csv(k);
	peer.csv = now_s() - begin;
	begin = now_s();
	plain_book(k);
	peer.book = now_s() - begin;
	printf("log of %ld payments x %d: CSV %.2f s, workbook %.2f s, +%ld KiB"
	       "; plain %.2f s, libxlsxwriter %.2f s: %.2f times\n",
		payments, k->columns, ours.csv, ours.book, most - before,
		peer.csv, peer.book,
		(ours.csv + ours.book) / (peer.csv + peer.book));
}

int main(void)
{
	const char *text = getenv("EXPORT_PAYMENTS");
	const long payments = text ? strtol(text, NULL, 10) : 100000;
	static struct bookstore b;
	struct cells_kept k = {.columns = 0};

	tmpdir_make(dir, sizeof(dir));
	fill(&b, payments);
	for (int i = 0; i < TIMES; i++)
		turn(&b, payments, &k);
	free(k.text);
	bookstore_remove(&b);
	tmpdir_remove(dir);
	return 0;
}
