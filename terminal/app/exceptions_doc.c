#include "terminal/app/exceptions_doc.h"

#include <stdio.h>

#include "core/codec/viet.h"
#include "core/date.h"
#include "core/str.h"
#include "terminal/flows/exception_text.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum {
	COLUMNS = 9
};

struct writing {
	struct paper *paper;
	struct exceptions_sums *sums;
	struct err *err;
	bool broken; /* a row could not be written */
};

static const struct paper_column columns[COLUMNS] = {
	{11, PAPER_CENTRE},
	{29, PAPER_CENTRE},
	{36, PAPER_LEFT},
	{62, PAPER_LEFT},
	{36, PAPER_LEFT},
	{36, PAPER_LEFT},
	{24, PAPER_RIGHT},
	{30, PAPER_LEFT},
	{17, PAPER_RIGHT},
};

static const struct paper_head heads[] = {
	{0, 0, 1, 1, "STT"},
	{0, 1, 1, 1, "Ngày giờ"},
	{0, 2, 1, 1, "Sự việc"},
	{0, 3, 1, 1, "Lý do"},
	{0, 4, 1, 1, "Đối tượng"},
	{0, 5, 1, 1, "Số biên nhận"},
	{0, 6, 1, 1, "Số tiền (đồng)"},
	{0, 7, 1, 1, "Người làm, người duyệt"},
	{0, 8, 1, 1, "Số bản ghi"},
};

static const struct paper_sign signs[] = {
	{"NGƯỜI CHI TIỀN", "(Ký, ghi rõ họ tên)"},
	{"KIỂM SOÁT VIÊN", "(Ký, ghi rõ họ tên)"},
};

static const struct paper_doc paper = {
	.landscape = true,
	.title = "DANH SÁCH PHÊ DUYỆT VÀ NGOẠI LỆ",
	.unit = "Đơn vị tính: đồng",
	.sheet = "Ngoai le",
	.column = columns,
	.columns = COLUMNS,
	.head = heads,
	.heads = COUNT_OF(heads),
	.head_rows = 1,
	.many = true,
	.place = "……………, ngày …… tháng …… năm ………",
	.sign = signs,
	.signs = COUNT_OF(signs),
};

static void say_who(const struct exception *e, char *out, size_t size)
{
	char actor[DB_NAME_SIZE + 24];

	if (e->actor)
		snprintf(actor, sizeof(actor), "%s (%lld)", e->actor_name,
			(long long)e->actor);
	else
		str_copy(actor, sizeof(actor), "máy");
	if (e->approver)
		snprintf(out, size, "%s; duyệt: %s (%lld), %s", actor,
			e->approver_name, (long long)e->approver,
			exception_by_text(e->by));
	else
		str_copy(out, size, actor);
}

static bool put(void *ctx, const struct exception *e)
{
	struct writing *w = ctx;
	char why[EXCEPTION_TEXT_SIZE];
	char time[DATE_TEXT_SIZE];
	char number[24];
	char who[3 * DB_NAME_SIZE];
	struct paper_cell cell[COLUMNS];

	w->sums->rows++;
	w->sums->kind[e->kind]++;
	snprintf(number, sizeof(number), "%lld", (long long)w->sums->rows);
	say_who(e, who, sizeof(who));
	cell[0] = (struct paper_cell){.text = number};
	cell[1] = (struct paper_cell){.text = date_time_vi(e->t, time)};
	cell[2] = (struct paper_cell){.text = exception_title(e->kind)};
	cell[3] = (struct paper_cell){.text = exception_why(e, why)};
	cell[4] = (struct paper_cell){.text = e->name};
	cell[5] = (struct paper_cell){.text = e->code};
	cell[6] = e->has_amount ? (struct paper_cell){.number = e->amount}
				: (struct paper_cell){.text = ""};
	cell[7] = (struct paper_cell){.text = who};
	cell[8] = (struct paper_cell){.number = (int64_t)e->seq};
	w->broken = !paper_row(w->paper, cell, PAPER_PLAIN, w->err);
	return !w->broken;
}

static bool put_sums(struct writing *w)
{
	char line[EXCEPTION_TEXT_SIZE];
	bool ok;

	snprintf(line, sizeof(line), "Cộng: %lld sự việc.",
		(long long)w->sums->rows);
	ok = paper_line(w->paper, line, PAPER_STRONG, w->err);
	for (int k = 0; ok && k < EXCEPTION_KINDS; k++) {
		if (w->sums->kind[k] == 0)
			continue;
		snprintf(line, sizeof(line), "%s: %lld",
			exception_title((enum exception_kind)k),
			(long long)w->sums->kind[k]);
		ok = paper_line(w->paper, line, PAPER_PLAIN, w->err);
	}
	return ok;
}

bool exceptions_doc_write(const struct exceptions_doc *d, enum paper_kind kind,
	const struct paper_sink *sink, struct exceptions_sums *out,
	struct err *err)
{
	struct writing w = {.sums = out, .err = err};
	const struct db_info *info = db_info(d->db);
	char office[DB_NAME_SIZE + 64];
	struct paper_doc doc = paper;
	bool ok;

	*out = (struct exceptions_sums){.rows = 0};
	if (!viet_upper(info->name, office, sizeof(office)))
		str_copy(office, sizeof(office), info->name);
	doc.office = office;
	doc.subtitle = d->when;
	w.paper = paper_new(kind, &doc, sink, err);
	ok = w.paper &&
	     exceptions_each(d->db, &d->range, d->kinds, put, &w, err) &&
	     !w.broken && (kind == PAPER_CSV || put_sums(&w)) &&
	     paper_end(w.paper, err);
	paper_free(w.paper);
	return ok;
}
