/*
 * Any bytes as a list of changes and of answers: what comes out is clean, and
 * a row without errors has all that the store relies on.
 */
#include <assert.h>
#include <string.h>

#include "core/codec/answerlist.h"
#include "core/codec/changelist.h"
#include "core/codec/csv_in.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_be_clean(const char *text)
{
	char again[1024];
	struct text_report report;

	assert(text_clean(text, strlen(text), again, sizeof(again), &report));
	assert(report.verdict == TEXT_OK);
}

static void check_person(const struct paylist_row *p)
{
	must_be_clean(p->unit_code);
	must_be_clean(p->beneficiary_id);
	must_be_clean(p->name);
	must_be_clean(p->address);
	assert(!p->id12[0] || personid_is_id12(p->id12));
	assert(!p->old_id[0] || personid_is_old(p->old_id));
}

static bool on_change(void *ctx, const struct change_row *row, int errors)
{
	(void)ctx;
	check_person(&row->person);
	assert(row->date.year == 0 || date_valid(row->date));
	if (errors > 0)
		return true;
	assert(row->kind >= CHANGE_CAME && row->kind <= CHANGE_ALTERED);
	assert(period_valid(row->person.period));
	assert(row->person.unit_code[0] && row->person.beneficiary_id[0]);
	assert((row->kind == CHANGE_LEFT) ==
		(row->reason != CHANGE_REASON_NONE));
	assert(row->kind != CHANGE_CAME || row->person.name[0]);
	return true;
}

static bool on_answer(void *ctx, const struct answer_row *row, int errors)
{
	(void)ctx;
	check_person(&row->person);
	must_be_clean(row->holder);
	must_be_clean(row->message);
	must_be_clean(row->ref);
	if (errors > 0)
		return true;
	if (row->answer == ACCOUNT_NOT_ASKED)
		return true;
	assert(row->answer >= ACCOUNT_VERIFIED &&
		row->answer <= ACCOUNT_REFUSED);
	if (row->ref[0])
		return true;
	assert(row->person.beneficiary_id[0]);
	assert(row->person.account_bin[0] && row->person.account_no[0]);
	return true;
}

static bool on_trouble(void *ctx, const struct paylist_error *e)
{
	(void)ctx;
	must_be_clean(e->value);
	assert(paylist_column_name(e->column)[0]);
	assert(e->trouble > TROUBLE_NONE && e->trouble < TROUBLE_COUNT);
	return true;
}

static bool on_cells(void *ctx, const struct cells *row)
{
	return sidelist_row(ctx, row, NULL);
}

static void read_all(struct sidelist *s, const uint8_t *data, size_t size)
{
	const struct cells_sink sink = {s, on_cells};
	struct err err = {.code = ERR_NONE};
	struct csv_in *csv = csv_in_new(&sink, &err);

	assert(s && csv);
	if (csv_in_feed(csv, data, size, &err) && csv_in_end(csv, &err) &&
		!sidelist_end(s, &err))
		assert(err.code == ERR_INVALID && err.text[0]);
	csv_in_free(csv);
	sidelist_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct change_sink changes = {NULL, on_change, on_trouble};
	const struct answer_sink answers = {NULL, on_answer, on_trouble};
	struct err err = {.code = ERR_NONE};

	read_all(changelist_new(&changes, &err), data, size);
	read_all(answerlist_new(&answers, &err), data, size);
	return 0;
}
