#include "terminal/app/accounts_doc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/str.h"
#include "terminal/app/shared_accounts.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/enrol.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum {
	COLUMNS = 14,
	FIGURES = 24,
	LINE_SIZE = 600,
	SHOWN_END = 4
};

static const struct paper_column column[COLUMNS] = {
	{9, PAPER_CENTRE},
	{15, PAPER_CENTRE},
	{21, PAPER_LEFT},
	{26, PAPER_CENTRE},
	{36, PAPER_LEFT},
	{16, PAPER_CENTRE},
	{22, PAPER_LEFT},
	{30, PAPER_LEFT},
	{33, PAPER_LEFT},
	{20, PAPER_LEFT},
	{27, PAPER_LEFT},
	{12, PAPER_CENTRE},
	{32, PAPER_LEFT},
	{10, PAPER_CENTRE},
};

static const struct paper_head head[] = {
	{0, 0, 1, 1, "STT"},
	{0, 1, 1, 1, "Mã đơn vị"},
	{0, 2, 1, 1, "Mã đối tượng"},
	{0, 3, 1, 1, "Số định danh"},
	{0, 4, 1, 1, "Họ tên"},
	{0, 5, 1, 1, "Mã ngân hàng"},
	{0, 6, 1, 1, "Ngân hàng"},
	{0, 7, 1, 1, "Số tài khoản"},
	{0, 8, 1, 1, "Tên chủ tài khoản"},
	{0, 9, 1, 1, "Chủ tài khoản là"},
	{0, 10, 1, 1, "Người đứng tên"},
	{0, 11, 1, 1, "Đồng ý số"},
	{0, 12, 1, 1, "Trạng thái"},
	{0, 13, 1, 1, "Trùng với"},
};

static const struct paper_sign signs[] = {
	{"NGƯỜI LẬP BẢNG", "(Ký, ghi rõ họ tên)"},
	{"ĐƠN VỊ CHI TRẢ", "(Ký tên, đóng dấu)"},
	{"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", "(Ký tên, đóng dấu)"},
};

static const struct paper_doc paper = {.landscape = true,
	.motto = true,
	.title = "DANH SÁCH ĐĂNG KÝ NHẬN TRỢ CẤP QUA TÀI KHOẢN",
	.subtitle = "Đề nghị ngân hàng, ví điện tử, tiền di động kiểm tra tên"
		    " chủ tài khoản",
	.sheet = "Tai khoan",
	.column = column,
	.columns = COLUMNS,
	.head = head,
	.heads = COUNT_OF(head),
	.head_rows = 1,
	.many = true,
	.place = "……………, ngày …… tháng …… năm ………",
	.sign = signs,
	.signs = COUNT_OF(signs)};

struct writing {
	struct db *db;
	enum paper_kind kind;
	struct paper *paper;
	struct shared_accounts *others;
	struct accounts_sums *sums;
	struct err *err;
	bool failed;
};

static bool keep_seq(struct accounts_sums *s, uint64_t seq, struct err *err)
{
	const size_t room = s->room ? 2 * s->room : 64;
	uint64_t *more;

	if (s->count == s->room) {
		more = realloc(s->seq, room * sizeof(*more));
		if (!more)
			return err_set(err, ERR_NO_MEMORY, 0,
				"no memory for the accounts");
		s->seq = more;
		s->room = room;
	}
	s->seq[s->count++] = seq;
	return true;
}

static struct paper_cell text_cell(const char *text)
{
	return (struct paper_cell){.text = text};
}

/* The bank gets all of it; on a screen its end is enough to know it again. */
static const char *number_of(const struct writing *w, const char *number,
	char out[ACCOUNT_NUMBER_SIZE])
{
	const size_t len = strlen(number);

	str_copy(out, ACCOUNT_NUMBER_SIZE, number);
	for (size_t i = 0; w->kind == PAPER_GRID && i + SHOWN_END < len; i++)
		out[i] = '*';
	return out;
}

static bool put_row(struct writing *w, const struct account_held *a,
	const struct person *p, int shared)
{
	char provider[ACCOUNT_TITLE_SIZE];
	char account[ACCOUNT_NUMBER_SIZE];
	char number[FIGURES];
	struct paper_cell cell[COLUMNS];

	snprintf(number, sizeof(number), "%lld", (long long)++w->sums->rows);
	cell[0] = text_cell(number);
	cell[1] = text_cell(p->unit_code);
	cell[2] = text_cell(p->beneficiary_id);
	cell[3] = text_cell(p->id12[0] ? p->id12 : p->old_id);
	cell[4] = text_cell(p->name);
	cell[5] = text_cell(a->account.bin);
	cell[6] = text_cell(account_provider(&a->account, provider));
	cell[7] = text_cell(number_of(w, a->account.number, account));
	cell[8] = text_cell(a->holder);
	cell[9] = text_cell(enrol_whose_text(a->whose));
	cell[10] = text_cell(a->owner[0] ? a->owner : p->name);
	cell[11] = (struct paper_cell){.number = (int64_t)a->consent};
	cell[12] = text_cell(enrol_standing_text(a->standing));
	cell[13] = (struct paper_cell){.number = shared};
	return paper_row(w->paper, cell, PAPER_PLAIN, w->err);
}

static bool add_row(struct writing *w, const struct account_held *a)
{
	struct person_due due;
	int shared;

	if (people_get(w->db, a->person, &due, w->err) != LOOKUP_FOUND)
		return false;
	shared = shared_accounts_count(w->others, &a->account, a->person,
		due.person.id12);
	w->sums->shared += shared > 0;
	return put_row(w, a, &due.person, shared) &&
	       keep_seq(w->sums, a->seq, w->err);
}

static bool send_one(void *ctx, const struct account_held *a)
{
	struct writing *w = ctx;
	bool may;

	if (!accounts_may_send(w->db, a, &may, w->err)) {
		w->failed = true;
		return false;
	}
	if (!may) {
		w->sums->skipped++;
		return true;
	}
	w->failed = !add_row(w, a);
	return !w->failed;
}

static void say_office(const struct db_info *info, char *out, size_t size)
{
	const char *name = info->unit[0] ? info->unit : info->name;

	if (!viet_upper(name, out, size))
		str_copy(out, size, name);
}

static bool fill(struct writing *w)
{
	char line[LINE_SIZE];

	if (!accounts_each(w->db, send_one, w, w->err) || w->failed)
		return false;
	snprintf(line, sizeof(line),
		"Danh sách có %lld tài khoản, trong đó %lld tài khoản trùng với"
		" người khác.",
		(long long)w->sums->rows, (long long)w->sums->shared);
	return paper_line(w->paper, line, PAPER_PLAIN, w->err) &&
	       paper_end(w->paper, w->err);
}

bool accounts_doc_write(struct db *db, enum paper_kind kind,
	const struct paper_sink *sink, struct accounts_sums *out,
	struct err *err)
{
	struct writing w = {.db = db, .kind = kind, .sums = out, .err = err};
	struct paper_doc doc = paper;
	char office[LINE_SIZE];
	bool ok;

	*out = (struct accounts_sums){.rows = 0};
	say_office(db_info(db), office, sizeof(office));
	doc.office = office;
	w.others = shared_accounts_new(db, err);
	if (!w.others)
		return false;
	w.paper = paper_new(kind, &doc, sink, err);
	ok = w.paper && fill(&w);
	paper_free(w.paper);
	shared_accounts_free(w.others);
	return ok;
}

void accounts_sums_free(struct accounts_sums *s)
{
	free(s->seq);
	*s = (struct accounts_sums){.rows = 0};
}
