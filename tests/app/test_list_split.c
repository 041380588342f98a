/* A list cut into one for each terminal: nobody lost, nobody twice. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/dwelling.h"
#include "core/str.h"
#include "terminal/app/list_split.h"

enum {
	MONTH = 500000,
	MOST = 64,
	TEXT = 256 * 1024
};

static struct paylist_row row_of(int n, const char *address)
{
	struct paylist_row r = {.row = n + 2,
		.period = 202612,
		.unit_code = "08341",
		.list_no = "L1",
		.seq = n + 1,
		.birth = {1945, 9, 2},
		.sex = SEX_FEMALE,
		.group = "BTXH",
		.monthly = MONTH + n,
		.total = MONTH + n};

	snprintf(r.beneficiary_id, sizeof(r.beneficiary_id), "P%d", n);
	snprintf(r.id12, sizeof(r.id12), "0011450%05d", n);
	snprintf(r.name, sizeof(r.name), "Nguyễn \"Thị\", Đẹp %d", n);
	str_copy(r.address, sizeof(r.address), address);
	return r;
}

static const struct {
	const char *name;
	int people[6]; /* in hamlet 1, 2 … */
	enum list_split_by by;
	int parts;
	int64_t rows[4]; /* of each part; all 0: it cannot be cut so */
	int hamlets[4];
} cuts[] = {
	{"the largest hamlets are spread first", {5, 3, 2}, LIST_SPLIT_HAMLET,
		2, {5, 5}, {1, 2}},
	{"a hamlet is never cut", {9, 1}, LIST_SPLIT_HAMLET, 2, {9, 1}, {1, 1}},
	{"three terminals", {4, 4, 3, 3, 2}, LIST_SPLIT_HAMLET, 3, {6, 4, 6},
		{2, 1, 2}},
	{"a range goes through a hamlet", {5, 5}, LIST_SPLIT_RANGE, 3,
		{4, 3, 3}, {1, 2, 1}},
	{"as many parts as rows", {2}, LIST_SPLIT_RANGE, 2, {1, 1}, {1, 1}},
	{"more parts than hamlets", {9}, LIST_SPLIT_HAMLET, 2, {0}, {0}},
	{"more parts than rows", {2}, LIST_SPLIT_RANGE, 3, {0}, {0}},
	{"one part is none", {9}, LIST_SPLIT_RANGE, 1, {0}, {0}},
	{"more than there may be", {60}, LIST_SPLIT_RANGE, 13, {0}, {0}},
};

static struct list_split *fill(const int people[6], struct paylist_row *all,
	int *count)
{
	struct list_split *s = list_split_new();
	struct err err;
	char hamlet[64];

	assert_non_null(s);
	*count = 0;
	for (int h = 0; h < 6; h++)
		for (int i = 0; i < people[h]; i++) {
			/* Written in two ways, one hamlet all the same. */
			snprintf(hamlet, sizeof(hamlet),
				i % 2 ? "thôn %d, xã Cẩm Khê"
				      : "Thôn 0%d, xã Cẩm Khê",
				h + 1);
			all[*count] = row_of(*count, hamlet);
			assert_true(list_split_add(s, &all[*count], &err));
			++*count;
		}
	return s;
}

struct text {
	char bytes[TEXT];
	size_t len;
};

static bool put(void *ctx, const void *bytes, size_t len)
{
	struct text *t = ctx;

	assert_true(t->len + len <= sizeof(t->bytes));
	memcpy(t->bytes + t->len, bytes, len);
	t->len += len;
	return true;
}

struct reading {
	const struct paylist_row *all;
	bool seen[MOST];
	char hamlet[MOST][DWELLING_TEXT_SIZE]; /* of this part */
	int rows;
	int64_t sum;
};

/* Word for word what it was, but for its place in the file. */
static bool on_row(void *ctx, const struct paylist_row *row, int errors)
{
	struct reading *r = ctx;
	struct paylist_row same = *row;
	struct dwelling d;
	int64_t n;

	assert_int_equal(errors, 0);
	assert_true(str_to_int(row->beneficiary_id + 1, 0, MOST - 1, &n));
	assert_false(r->seen[n]);
	r->seen[n] = true;
	same.row = r->all[n].row;
	assert_string_equal(same.name, r->all[n].name);
	assert_string_equal(same.id12, r->all[n].id12);
	assert_int_equal(same.monthly, r->all[n].monthly);
	assert_int_equal(same.total, r->all[n].total);
	assert_int_equal(same.period, r->all[n].period);
	assert_int_equal(same.seq, r->all[n].seq);
	assert_int_equal(date_compare(same.birth, r->all[n].birth), 0);
	assert_int_equal(same.sex, r->all[n].sex);
	assert_string_equal(same.address, r->all[n].address);
	dwelling_read(row->address, &d);
	str_copy(r->hamlet[r->rows++], DWELLING_TEXT_SIZE, d.key);
	r->sum += row->total;
	return true;
}

static bool on_trouble(void *ctx, const struct paylist_error *e)
{
	(void)ctx;
	return !paylist_trouble_is_error(e->trouble);
}

static void read_part(const struct list_split *s, int part, struct reading *r)
{
	static struct text t;
	const struct paylist_sink sink = {r, on_row, on_trouble};
	struct paylist_reader *reader;
	struct err err = {0};
	char head[LIST_SPLIT_LINE];
	struct buf b;

	t.len = 0;
	r->rows = 0;
	r->sum = 0;
	buf_init(&b, head, sizeof(head));
	list_split_head(&b);
	put(&t, b.data, b.len);
	assert_true(list_split_rows(s, part, put, &t));
	reader = paylist_reader_new(&sink, &err);
	if (!paylist_reader_feed(reader, t.bytes, t.len, &err) ||
		!paylist_reader_end(reader, &err))
		fail_msg("%s", err.text);
	paylist_reader_free(reader);
}

static bool has_hamlet(const struct reading *r, const char *key)
{
	for (int i = 0; i < r->rows; i++)
		if (strcmp(r->hamlet[i], key) == 0)
			return true;
	return false;
}

static void check_parts(size_t i, const struct list_split *s,
	const struct paylist_row *all, int count,
	const struct list_split_part *part)
{
	static struct reading r[4];
	int64_t rows = 0;
	int64_t sum = 0;

	memset(r, 0, sizeof(r));
	for (int p = 0; p < cuts[i].parts; p++) {
		r[p].all = all;
		if (p > 0)
			memcpy(r[p].seen, r[p - 1].seen, sizeof(r[p].seen));
		read_part(s, p, &r[p]);
		assert_int_equal(r[p].rows, part[p].rows);
		assert_int_equal(r[p].sum, part[p].sum);
		rows += part[p].rows;
		sum += part[p].sum;
		if (part[p].rows != cuts[i].rows[p] ||
			part[p].hamlets != cuts[i].hamlets[p])
			fail_msg("%s: part %d has %d rows, %d hamlets",
				cuts[i].name, p, (int)part[p].rows,
				part[p].hamlets);
		for (int k = 0; cuts[i].by == LIST_SPLIT_HAMLET && k < p; k++)
			for (int h = 0; h < r[k].rows; h++)
				assert_false(has_hamlet(&r[p], r[k].hamlet[h]));
	}
	assert_int_equal(rows, count);
	for (int n = 0; n < count; n++)
		sum -= all[n].total;
	assert_int_equal(sum, 0);
}

static void each_row_is_in_one_part(void **state)
{
	static struct paylist_row all[MOST];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cuts); i++) {
		struct list_split_part part[LIST_SPLIT_PARTS];
		struct err err = {0};
		int count;
		struct list_split *s = fill(cuts[i].people, all, &count);
		const bool ok = list_split_cut(s, cuts[i].by, cuts[i].parts,
			part, &err);

		if (ok != (cuts[i].rows[0] > 0))
			fail_msg("%s: %s", cuts[i].name, err.text);
		if (ok)
			check_parts(i, s, all, count, part);
		else
			assert_int_equal(err.code, ERR_INVALID);
		list_split_free(s);
	}
}

/* A person with everything that a row can have comes back as it was. */
static void a_full_row_comes_back(void **state)
{
	struct paylist_row all[2] = {row_of(0, "Tổ 5, phường An Bình"),
		row_of(1, "Tổ 6, phường An Bình")};
	static struct reading r;
	struct list_split_part part[LIST_SPLIT_PARTS];
	struct list_split *s = list_split_new();
	struct err err;

	(void)state;
	all[0].arrears = 2 * MONTH;
	str_copy(all[0].arrears_months, sizeof(all[0].arrears_months),
		"2026-10,2026-11");
	all[0].funeral = 10800000;
	all[0].carry_over = MONTH;
	all[0].total = all[0].monthly + 3 * MONTH + 10800000;
	all[0].payee = LIST_PAYEE_GUARDIAN;
	str_copy(all[0].payee_name, sizeof(all[0].payee_name), "Lê Văn An");
	all[0].method = METHOD_ACCOUNT;
	str_copy(all[0].account_bin, sizeof(all[0].account_bin), "970405");
	str_copy(all[0].account_no, sizeof(all[0].account_no), "2700205");
	assert_true(list_split_add(s, &all[0], &err));
	assert_true(list_split_add(s, &all[1], &err));
	assert_true(list_split_cut(s, LIST_SPLIT_HAMLET, 2, part, &err));
	r.all = all;
	read_part(s, 0, &r);
	assert_int_equal(r.sum, all[0].total);
	list_split_free(s);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_is_in_one_part),
		cmocka_unit_test(a_full_row_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
