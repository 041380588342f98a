/*
 * Any bytes as a bank's report: rows come in order with the columns said, and
 * what a list of answers makes of them is clean and complete.
 */
#include <assert.h>
#include <string.h>

#include "core/codec/acmt024.h"
#include "core/codec/answerlist.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bytes {
	const uint8_t *data;
	size_t size;
};

struct reading {
	struct sidelist *list;
	int64_t last;
};

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	const struct bytes *b = ctx;

	if (at < 0 || (size_t)at >= b->size)
		return 0;
	if (len > b->size - (size_t)at)
		len = b->size - (size_t)at;
	memcpy(out, b->data + at, len);
	return (int64_t)len;
}

static void must_be_clean(const char *text)
{
	char again[1024];
	struct text_report report;

	assert(text_clean(text, strlen(text), again, sizeof(again), &report));
	assert(report.verdict == TEXT_OK);
}

static bool on_answer(void *ctx, const struct answer_row *row, int errors)
{
	(void)ctx;
	must_be_clean(row->ref);
	must_be_clean(row->holder);
	must_be_clean(row->message);
	assert(errors > 0 || row->answer <= ACCOUNT_REFUSED);
	/* Nobody is meant but by the id that we gave. */
	assert(!row->person.beneficiary_id[0]);
	return true;
}

static bool on_trouble(void *ctx, const struct paylist_error *e)
{
	(void)ctx;
	must_be_clean(e->value);
	return true;
}

static bool on_row(void *ctx, const struct cells *row)
{
	struct reading *r = ctx;
	struct err err = {.code = ERR_NONE};

	assert(row->row == r->last + 1 && row->count <= 7);
	r->last = row->row;
	for (int i = 0; i < row->count; i++)
		assert(row->cell[i].len <= CELLS_MAX_TEXT);
	return sidelist_row(r->list, row, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct answer_sink answers = {NULL, on_answer, on_trouble};
	struct bytes b = {data, size};
	const struct cells_file file = {&b, (int64_t)size, read_at};
	struct err err = {.code = ERR_NONE};
	struct reading r = {.list = answerlist_new(&answers, &err)};
	const struct cells_sink sink = {&r, on_row};

	assert(r.list);
	(void)acmt024_is(data, size);
	if (!acmt024_read(&file, &sink, &err))
		assert(err.code != ERR_NONE && err.text[0]);
	sidelist_free(r.list);
	return 0;
}
