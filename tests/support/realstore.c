#include "support/realstore.h"

#include "support/unit.h"

#include <stdio.h>
#include <sys/stat.h>

#include "core/str.h"
#include "db/export.h"
#include "db/limits.h"
#include "support/liststore.h"
#include "support/tmpdir.h"

enum {
	PEOPLE = 14
};

static void import(struct bookstore *b)
{
	struct liststore l = {.db = b->db, .session = b->hoa};
	struct listrow row[PEOPLE];
	struct list_result result;
	char code[PEOPLE][16];
	char id12[PEOPLE][24];

	assert_true(str_copy(l.dir, sizeof(l.dir), b->dir));
	for (int i = 0; i < PEOPLE; i++) {
		snprintf(code[i], sizeof(code[i]), "P%d", i + 1);
		snprintf(id12[i], sizeof(id12[i]), "001145%06d", i + 1);
		row[i] = (struct listrow){.code = code[i],
			.id12 = id12[i],
			.seq = i + 1,
			.monthly = 500000,
			.arrears = i % 3 == 0 ? 250000 : 0,
			.months = i % 3 == 0 ? "2026-11" : NULL};
	}
	liststore_take(&l, row, PEOPLE, &result);
	assert_true(result.taken);
}

static void close_shift(struct bookstore *b, struct notes counted)
{
	struct shift_slip slip;
	struct refusal why;
	struct err err;

	assert_int_equal(shifts_close(b->db, &b->lan, &counted,
				 SHIFT_REASON_NONE, NULL, &slip, &why, &err),
		VERDICT_DONE);
}

/* Person id, paid and taken back, or printed and handed over. */
static void pay_one(struct bookstore *b, int64_t id, struct bytes *papers)
{
	struct payout p;
	struct refusal why;
	struct err err;
	bool first;

	bookstore_pay(b, id, &p);
	bytes_text(papers, "%s\n", p.qr);
	if (id == 3) {
		assert_int_equal(payouts_not_handed(b->db, &b->lan, p.seq,
					 &b->hoa, &p, &why, &err),
			VERDICT_DONE);
		return;
	}
	assert_true(payouts_print_begin(b->db, p.seq, &first, &err));
	assert_true(payouts_print_result(b->db, &b->lan, p.seq, PRINT_PRINTED,
		&err));
	bookstore_hand(b, p.seq);
}

typedef enum verdict export(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err);

static void out_to(struct realstore *r, export *what, const char *name,
	char path[300])
{
	struct bookstore *b = &r->store;
	struct export_done done;
	struct refusal why;
	struct err err;

	tmpdir_path(b->dir, name, path, 300);
	assert_int_equal(what(b->db, &b->lan, path, &done, &why, &err),
		VERDICT_DONE);
}

static enum verdict export_all(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err)
{
	return export_journal(db, s, 0, 0, path, out, why, err);
}

static void raise_limit(struct bookstore *b, int64_t single)
{
	struct refusal why;
	struct err err;

	assert_int_equal(limits_set(b->db, &b->hoa, LIMIT_SINGLE, single, &why,
				 &err),
		VERDICT_DONE);
}

void realstore_make(struct realstore *r)
{
	struct bookstore *b = &r->store;
	struct bytes papers = {0};
	struct payout p;

	bookstore_make(b);
	import(b);
	raise_limit(b, 18000000);
	raise_limit(b, 20000000);
	bookstore_shift(b, 40);
	for (int64_t id = 1; id <= 6; id++)
		pay_one(b, id, &papers);
	/* 20,000,000 less 5 x 500,000 and 2 x 250,000. */
	close_shift(b, (struct notes){.pieces = {34}});
	bookstore_shift(b, 20);
	for (int64_t id = 7; id <= 10; id++)
		pay_one(b, id, &papers);
	bookstore_pay(b, 11, &p);
	out_to(r, export_roster, "roster.out", r->roster);
	out_to(r, export_keys, "keys.out", r->keys);
	out_to(r, export_all, "journal.out", r->journal);
	bytes_save(&papers, tmpdir_path(b->dir, "receipts.out", r->receipts,
				    sizeof(r->receipts)));
	bytes_free(&papers);
	db_close(b->db);
	b->db = NULL;
}

void realstore_remove(struct realstore *r)
{
	bookstore_remove(&r->store);
}

void realstore_copy(const struct realstore *r, char *dir, size_t size,
	char path[300])
{
	bookstore_image(&r->store, dir, size);
	chmod(dir, 0700);
	tmpdir_path(dir, "chitra.db", path, 300);
}

void realstore_load(const char *path, struct bytes *out)
{
	uint8_t part[4096];
	size_t n;
	FILE *f = fopen(path, "rb");

	assert_non_null(f);
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		bytes_put(out, part, n);
	fclose(f);
}
