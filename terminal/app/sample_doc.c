#include "terminal/app/sample_doc.h"

#include <stdio.h>

#include "core/codec/viet.h"
#include "core/date.h"
#include "core/str.h"
#include "terminal/flows/sample_text.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum {
	COLUMNS = 9,
	ROW_MM = 11,
	LINE_SIZE = 400
};

static const struct paper_column columns[COLUMNS] = {
	{11, PAPER_CENTRE},
	{38, PAPER_LEFT},
	{28, PAPER_CENTRE},
	{44, PAPER_LEFT},
	{34, PAPER_LEFT},
	{26, PAPER_CENTRE},
	{26, PAPER_RIGHT},
	{44, PAPER_LEFT},
	{30, PAPER_LEFT},
};

static const struct paper_head heads[] = {
	{0, 0, 1, 1, "STT"},
	{0, 1, 1, 1, "Số biên nhận"},
	{0, 2, 1, 1, "Ngày giờ chi"},
	{0, 3, 1, 1, "Họ tên"},
	{0, 4, 1, 1, "Thôn, tổ"},
	{0, 5, 1, 1, "Điện thoại"},
	{0, 6, 1, 1, "Số tiền (đồng)"},
	{0, 7, 1, 1, "Kết quả gọi lại"},
	{0, 8, 1, 1, "Người gọi, ngày giờ"},
};

static const struct paper_sign signs[] = {
	{"NGƯỜI GỌI", "(Ký, ghi rõ họ tên)"},
	{"KIỂM SOÁT VIÊN", "(Ký, ghi rõ họ tên)"},
};

static const struct paper_doc paper = {
	.landscape = true,
	.title = "DANH SÁCH BIÊN NHẬN KIỂM TRA MẪU",
	.unit = "Đơn vị tính: đồng",
	.sheet = "Kiem tra mau",
	.column = columns,
	.columns = COLUMNS,
	.head = heads,
	.heads = COUNT_OF(heads),
	.head_rows = 1,
	.row_mm = ROW_MM,
	.place = "……………, ngày …… tháng …… năm ………",
	.sign = signs,
	.signs = COUNT_OF(signs),
};

/* Not called yet: an empty cell to write into. */
static bool put(struct paper *p, const struct sample_item *it, struct err *err)
{
	char said[SAMPLE_TEXT_SIZE] = "";
	char caller[DB_NAME_SIZE + DATE_TEXT_SIZE] = "";
	char number[16];
	char time[DATE_TEXT_SIZE];
	char called[DATE_TEXT_SIZE];
	struct paper_cell cell[COLUMNS];

	snprintf(number, sizeof(number), "%d", it->place);
	if (it->said != SAMPLE_NOT_CALLED) {
		sample_said_text(it, said);
		snprintf(caller, sizeof(caller), "%s, %s", it->caller_name,
			date_time_vi(it->said_at, called));
	}
	cell[0] = (struct paper_cell){.text = number};
	cell[1] = (struct paper_cell){.text = it->code};
	cell[2] = (struct paper_cell){.text = date_time_vi(it->t, time)};
	cell[3] = (struct paper_cell){.text = it->name};
	cell[4] = (struct paper_cell){.text = it->hamlet};
	cell[5] = (struct paper_cell){.text = it->phone};
	cell[6] = (struct paper_cell){.number = it->amount};
	cell[7] = (struct paper_cell){.text = said};
	cell[8] = (struct paper_cell){.text = caller};
	return paper_row(p, cell, PAPER_PLAIN, err);
}

/* How to make the draw again. */
static bool put_how(struct paper *p, const struct sample_doc *d,
	struct err *err)
{
	char hex[2 * SAMPLES_SEED + 1];
	char line[LINE_SIZE];

	str_to_hex(d->s->seed, sizeof(d->s->seed), hex);
	snprintf(line, sizeof(line),
		"Rút %d trong %lld biên nhận của các bản ghi số %llu đến %llu;"
		" số bốc thăm (đã ghi sổ, bản ghi số %llu): %s.",
		d->count, (long long)d->population,
		(unsigned long long)d->s->first, (unsigned long long)d->s->last,
		(unsigned long long)d->s->seq, hex);
	return paper_line(p, line, PAPER_PLAIN, err) &&
	       paper_line(p,
		       "Ai có sổ đều rút lại được: lấy các biên nhận có"
		       " SHA-256(\"CHTRSMP1\" + 16 byte số bốc thăm + số biên"
		       " nhận) nhỏ nhất, theo thứ tự đó; bỏ các khoản đã huỷ"
		       " trước khi rút.",
		       PAPER_PLAIN, err);
}

bool sample_doc_write(const struct sample_doc *d, enum paper_kind kind,
	const struct paper_sink *sink, struct err *err)
{
	char office[DB_NAME_SIZE + 64];
	char when[DATE_TEXT_SIZE];
	char subtitle[LINE_SIZE];
	struct paper_doc doc = paper;
	struct paper *p;
	bool ok;

	if (!viet_upper(d->office, office, sizeof(office)))
		str_copy(office, sizeof(office), d->office);
	snprintf(subtitle, sizeof(subtitle), "Lần rút số %llu, %s",
		(unsigned long long)d->s->seq, date_time_vi(d->s->t, when));
	doc.office = office;
	doc.subtitle = subtitle;
	p = paper_new(kind, &doc, sink, err);
	ok = p != NULL;
	for (int i = 0; ok && i < d->count; i++)
		ok = put(p, &d->item[i], err);
	ok = ok && (kind == PAPER_CSV || put_how(p, d, err)) &&
	     paper_end(p, err);
	paper_free(p);
	return ok;
}
