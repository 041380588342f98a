/*
 * Any bytes as a list, fed in pieces of any size: what comes out is clean,
 * and does not depend on the pieces.
 */
#include <assert.h>
#include <string.h>

#include "core/codec/paylist.h"
#include "core/money.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct tally {
	int64_t rows;
	int64_t troubles;
	int64_t sum;
	int64_t last;
};

static void must_be_clean(const char *text)
{
	char again[1024];
	struct text_report report;

	assert(text_clean(text, strlen(text), again, sizeof(again), &report));
	assert(report.verdict == TEXT_OK);
}

static void check_good_row(const struct paylist_row *row)
{
	assert(period_valid(row->period));
	assert(row->unit_code[0] && row->list_no[0] && row->name[0]);
	assert(row->beneficiary_id[0] && row->group[0]);
	assert(!row->id12[0] || personid_is_id12(row->id12));
	assert(!row->old_id[0] || personid_is_old(row->old_id));
	assert(row->birth.year == 0 || date_valid(row->birth));
	assert(row->monthly >= 0 && row->arrears >= 0 && row->funeral >= 0);
	assert(row->carry_over >= 0 && row->total > 0);
	assert(row->monthly + row->arrears + row->funeral + row->carry_over ==
		row->total);
	assert(row->payee == LIST_PAYEE_SELF || row->payee_name[0]);
	assert(row->method == METHOD_CASH || row->account_no[0]);
}

static bool on_row(void *ctx, const struct paylist_row *row, int errors)
{
	struct tally *t = ctx;

	must_be_clean(row->name);
	must_be_clean(row->address);
	must_be_clean(row->note);
	must_be_clean(row->subgroup);
	must_be_clean(row->payee_name);
	assert(row->row > t->last);
	t->last = row->row;
	t->rows++;
	if (errors == 0) {
		check_good_row(row);
		t->sum += row->total;
	}
	return true;
}

static bool on_trouble(void *ctx, const struct paylist_error *e)
{
	struct tally *t = ctx;

	must_be_clean(e->value);
	assert(e->column < COL_COUNT);
	assert(e->trouble > TROUBLE_NONE && e->trouble < TROUBLE_COUNT);
	t->troubles++;
	return true;
}

/* Pieces of 1 to 64 bytes as seed says, or all at once if it is 0. */
static bool read_all(const uint8_t *data, size_t size, unsigned seed,
	struct tally *t)
{
	const struct paylist_sink sink = {t, on_row, on_trouble};
	struct err err = {.code = ERR_NONE};
	struct paylist_reader *r = paylist_reader_new(&sink, &err);
	bool ok = true;

	assert(r);
	for (size_t at = 0; ok && at < size;) {
		size_t n = size - at;

		if (seed) {
			seed = seed * 1103515245u + 12345u;
			n = seed / 65536 % 64 + 1;
			if (n > size - at)
				n = size - at;
		}
		ok = paylist_reader_feed(r, data + at, n, &err);
		at += n;
	}
	ok = ok && paylist_reader_end(r, &err);
	assert(ok || err.code == ERR_INVALID);
	paylist_reader_free(r);
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tally whole = {0};
	struct tally pieces = {0};
	unsigned seed = 1;
	bool taken;
	bool taken_in_pieces;

	for (size_t i = 0; i < size; i++)
		seed = seed * 31u + data[i];
	taken = read_all(data, size, 0, &whole);
	taken_in_pieces = read_all(data, size, seed | 1, &pieces);
	/* How it was cut into pieces must not decide. */
	assert(taken == taken_in_pieces);
	assert(whole.rows == pieces.rows && whole.sum == pieces.sum);
	assert(whole.troubles == pieces.troubles);
	return 0;
}
