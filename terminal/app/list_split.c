#include "terminal/app/list_split.h"

#include <stdlib.h>
#include <string.h>

#include "core/codec/csv_out.h"
#include "core/codec/dwelling.h"
#include "core/date.h"
#include "core/money.h"
#include "core/str.h"

/* One unit's hamlet. */
struct hamlet {
	char key[PAYLIST_CODE_SIZE + DWELLING_TEXT_SIZE];
	int64_t rows;
	int part;
	bool used; /* in the part that is counted */
};

struct item {
	size_t at; /* of its line */
	size_t len;
	int64_t total;
	int hamlet;
	int part;
};

struct list_split {
	char *bytes; /* lines of CSV, one behind the other */
	size_t used;
	size_t room;
	struct item *item;
	size_t items;
	size_t item_room;
	struct hamlet *hamlet;
	int hamlets;
	int hamlet_room;
};

struct list_split *list_split_new(void)
{
	return calloc(1, sizeof(struct list_split));
}

void list_split_free(struct list_split *s)
{
	if (!s)
		return;
	free(s->bytes);
	free(s->item);
	free(s->hamlet);
	free(s);
}

static bool no_memory(struct err *err)
{
	return err_set(err, ERR_NO_MEMORY, 0, "no memory to split a list");
}

/* Room for count of size at *at. */
static bool grow(void **at, size_t *room, size_t count, size_t size,
	struct err *err)
{
	size_t more = *room ? *room : 256;
	void *moved;

	if (count <= *room)
		return true;
	while (more < count)
		more *= 2;
	moved = realloc(*at, more * size);
	if (!moved)
		return no_memory(err);
	*at = moved;
	*room = more;
	return true;
}

/* ---- a row as CSV -------------------------------------------------------- */

static const enum paylist_column columns[] = {COL_PERIOD, COL_UNIT_CODE,
	COL_LIST_NO, COL_SEQ, COL_BENEFICIARY_ID, COL_ID12, COL_CMND9, COL_NAME,
	COL_DOB, COL_SEX, COL_ADDRESS, COL_GROUP, COL_SUBGROUP,
	COL_MONTHLY_AMOUNT, COL_ARREARS_AMOUNT, COL_ARREARS_MONTHS,
	COL_FUNERAL_AMOUNT, COL_CARRY_OVER_AMOUNT, COL_TOTAL, COL_PAYEE,
	COL_PAYEE_NAME, COL_PAYEE_ID, COL_METHOD, COL_ACCOUNT_BIN,
	COL_ACCOUNT_NO, COL_NOTE};

void list_split_head(struct buf *out)
{
	buf_printf(out, "%s", CSV_OUT_BOM);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		buf_printf(out, "%s%s", i ? "," : "",
			paylist_column_name(columns[i]));
	csv_out_end(out);
}

/* 0 is an empty cell: not said. */
static void put_money(struct buf *out, int64_t amount)
{
	if (amount > 0)
		csv_out_number(out, amount);
	else
		csv_out_text(out, "");
}

static void put_person(struct buf *out, const struct paylist_row *row)
{
	static const char *const sex[] =
		{[SEX_UNKNOWN] = "", [SEX_MALE] = "Nam", [SEX_FEMALE] = "Nữ"};
	char text[DATE_TEXT_SIZE];

	csv_out_text(out, period_iso(row->period, text));
	csv_out_text(out, row->unit_code);
	csv_out_text(out, row->list_no);
	put_money(out, row->seq);
	csv_out_text(out, row->beneficiary_id);
	csv_out_text(out, row->id12);
	csv_out_text(out, row->old_id);
	csv_out_text(out, row->name);
	csv_out_text(out, date_iso(row->birth, text));
	csv_out_text(out, sex[row->sex]);
	csv_out_text(out, row->address);
	csv_out_text(out, row->group);
	csv_out_text(out, row->subgroup);
}

static void put_money_of(struct buf *out, const struct paylist_row *row)
{
	static const char *const payee[] = {[LIST_PAYEE_SELF] = "self",
		[LIST_PAYEE_GUARDIAN] = "guardian",
		[LIST_PAYEE_AUTHORISED] = "authorised"};

	put_money(out, row->monthly);
	put_money(out, row->arrears);
	csv_out_text(out, row->arrears_months);
	put_money(out, row->funeral);
	put_money(out, row->carry_over);
	put_money(out, row->total);
	csv_out_text(out, payee[row->payee]);
	csv_out_text(out, row->payee_name);
	csv_out_text(out, row->payee_id);
	csv_out_text(out, row->method == METHOD_ACCOUNT ? "account" : "cash");
	csv_out_text(out, row->account_bin);
	csv_out_text(out, row->account_no);
	csv_out_text(out, row->note);
	csv_out_end(out);
}

/* ---- rows ---------------------------------------------------------------- */

static bool find_hamlet(struct list_split *s, const struct paylist_row *row,
	int *out, struct err *err)
{
	size_t room = (size_t)s->hamlet_room;
	struct dwelling d;
	struct hamlet h = {.rows = 1};

	dwelling_read(row->address, &d);
	snprintf(h.key, sizeof(h.key), "%s\x1f%s", row->unit_code, d.key);
	for (*out = 0; *out < s->hamlets; ++*out)
		if (strcmp(s->hamlet[*out].key, h.key) == 0) {
			s->hamlet[*out].rows++;
			return true;
		}
	if (!grow((void **)&s->hamlet, &room, (size_t)s->hamlets + 1, sizeof(h),
		    err))
		return false;
	s->hamlet_room = (int)room;
	s->hamlet[s->hamlets++] = h;
	return true;
}

bool list_split_add(struct list_split *s, const struct paylist_row *row,
	struct err *err)
{
	char line[LIST_SPLIT_LINE];
	struct item it = {.at = s->used, .total = row->total};
	struct buf b;

	buf_init(&b, line, sizeof(line));
	put_person(&b, row);
	put_money_of(&b, row);
	if (b.full)
		return err_set(err, ERR_INVALID, 0, "row %lld is too long",
			(long long)row->row);
	it.len = b.len;
	if (!find_hamlet(s, row, &it.hamlet, err) ||
		!grow((void **)&s->bytes, &s->room, s->used + b.len, 1, err) ||
		!grow((void **)&s->item, &s->item_room, s->items + 1,
			sizeof(it), err))
		return false;
	memcpy(s->bytes + s->used, line, b.len);
	s->used += b.len;
	s->item[s->items++] = it;
	return true;
}

/* ---- parts --------------------------------------------------------------- */

/* The hamlet without a part that has most people; of equals the first. */
static int largest(const struct list_split *s)
{
	int best = -1;

	for (int i = 0; i < s->hamlets; i++)
		if (s->hamlet[i].part < 0 &&
			(best < 0 || s->hamlet[i].rows > s->hamlet[best].rows))
			best = i;
	return best;
}

static void cut_hamlets(struct list_split *s, int parts)
{
	int64_t rows[LIST_SPLIT_PARTS] = {0};
	int at;

	for (int i = 0; i < s->hamlets; i++)
		s->hamlet[i].part = -1;
	while ((at = largest(s)) >= 0) {
		int least = 0;

		for (int p = 1; p < parts; p++)
			if (rows[p] < rows[least])
				least = p;
		s->hamlet[at].part = least;
		rows[least] += s->hamlet[at].rows;
	}
	for (size_t i = 0; i < s->items; i++)
		s->item[i].part = s->hamlet[s->item[i].hamlet].part;
}

static void cut_range(struct list_split *s, int parts)
{
	for (size_t i = 0; i < s->items; i++)
		s->item[i].part = (int)(i * (size_t)parts / s->items);
}

static bool count(struct list_split *s, int part, struct list_split_part *out,
	struct err *err)
{
	*out = (struct list_split_part){0};
	for (int i = 0; i < s->hamlets; i++)
		s->hamlet[i].used = false;
	for (size_t i = 0; i < s->items; i++) {
		const struct item *it = &s->item[i];

		if (it->part != part)
			continue;
		out->rows++;
		if (!money_add(out->sum, it->total, &out->sum))
			return err_set(err, ERR_INVALID, 0,
				"its sum is beyond all money");
		out->hamlets += !s->hamlet[it->hamlet].used;
		s->hamlet[it->hamlet].used = true;
	}
	return true;
}

bool list_split_cut(struct list_split *s, enum list_split_by by, int parts,
	struct list_split_part out[LIST_SPLIT_PARTS], struct err *err)
{
	const size_t most =
		by == LIST_SPLIT_HAMLET ? (size_t)s->hamlets : s->items;

	if (parts < 2 || parts > LIST_SPLIT_PARTS || most < (size_t)parts)
		return err_set(err, ERR_INVALID, 0, "%zu %s cannot be %d parts",
			most, by == LIST_SPLIT_HAMLET ? "hamlets" : "rows",
			parts);
	if (by == LIST_SPLIT_HAMLET)
		cut_hamlets(s, parts);
	else
		cut_range(s, parts);
	for (int p = 0; p < parts; p++)
		if (!count(s, p, &out[p], err))
			return false;
	return true;
}

bool list_split_rows(const struct list_split *s, int part,
	bool (*put)(void *ctx, const void *bytes, size_t len), void *ctx)
{
	for (size_t i = 0; i < s->items; i++)
		if (s->item[i].part == part &&
			!put(ctx, s->bytes + s->item[i].at, s->item[i].len))
			return false;
	return true;
}
