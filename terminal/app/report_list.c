/*
 * report_list.c - `chitra report corrections PERIOD --to FILE`.
 *
 * Cells are safe for spreadsheets (csv_out.h).
 */
#include "terminal/app/report_list.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/csv_out.h"
#include "db/corrections.h"
#include "db/export.h"
#include "terminal/app/report_file.h"
#include "terminal/flows/pay_text.h"

enum {
	ROW_MAX = 8192
};

static bool put_head(struct report_file *t, const char *const *title)
{
	uint8_t bytes[ROW_MAX];
	struct buf row;

	buf_init(&row, bytes, sizeof(bytes));
	for (; *title; title++)
		csv_out_text(&row, *title);
	csv_out_end(&row);
	return report_file_put(t, CSV_OUT_BOM, strlen(CSV_OUT_BOM)) &&
	       report_file_put(t, bytes, row.len);
}

static bool put_row(struct report_file *t, struct buf *row)
{
	csv_out_end(row);
	t->rows++;
	return report_file_put(t, row->data, row->len);
}

static void put_date(struct buf *row, struct date d)
{
	char text[DATE_TEXT_SIZE];

	csv_out_text(row, d.year ? date_vi(d, text) : "");
}

/* ---- corrections ------------------------------------------------------- */

static const char *const correction_head[] = {"STT", "Mã đối tượng",
	"Số trong danh sách", "Họ tên trong danh sách", "Họ tên trên thẻ",
	"Số định danh trong danh sách", "Số định danh trên thẻ",
	"Ngày sinh trong danh sách", "Ngày sinh trên thẻ",
	"Giới tính trong danh sách", "Giới tính trên thẻ", "Khác nhau",
	"Lý do chấp nhận", "Ngày giờ", "Số người chi", "Số bản ghi", NULL};

static void say_bits(unsigned bits, char *out, size_t size)
{
	static const struct {
		unsigned bit;
		const char *text;
	} row[] = {
		{REVIEW_NAME_MARKS, "dấu hoặc thứ tự của họ tên"},
		{REVIEW_NAME, "họ tên"},
		{REVIEW_BIRTH, "ngày sinh"},
		{REVIEW_SEX, "giới tính"},
		{REVIEW_OLD_ID, "số định danh"},
		{REVIEW_CARD, "thẻ đọc không rõ"},
		{REVIEW_MINOR, "chi cho chính người chưa đủ 18 tuổi"},
	};
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if ((bits & row[i].bit) && len < size)
			len += (size_t)snprintf(out + len, size - len, "%s%s",
				len > 0 ? "; " : "", row[i].text);
}

static const char *reason_text(enum review_reason reason)
{
	switch (reason) {
	case REVIEW_REASON_NONE:
		break;
	case REVIEW_REASON_LIST:
		return "danh sách sai";
	case REVIEW_REASON_CARD:
		return "thẻ sai hoặc thẻ cũ";
	case REVIEW_REASON_PAPER:
		return "có giấy tờ khác xác nhận";
	}
	return "";
}

static bool add_correction(void *ctx, const struct correction *c)
{
	struct report_file *t = ctx;
	uint8_t bytes[ROW_MAX];
	char text[256];
	struct buf row;

	buf_init(&row, bytes, sizeof(bytes));
	csv_out_number(&row, t->rows + 1);
	csv_out_text(&row, c->person.beneficiary_id);
	csv_out_text(&row, c->person.list_no);
	csv_out_text(&row, c->list.name);
	csv_out_text(&row, c->card.name);
	csv_out_text(&row, c->list.id12);
	csv_out_text(&row, c->card.id12);
	put_date(&row, c->list.birth);
	put_date(&row, c->card.birth);
	csv_out_text(&row, pay_sex_text(c->list.sex));
	csv_out_text(&row, pay_sex_text(c->card.sex));
	say_bits(c->bits, text, sizeof(text));
	csv_out_text(&row, text);
	csv_out_text(&row, reason_text(c->reason));
	csv_out_text(&row, date_time_vi(c->t, text));
	csv_out_number(&row, c->actor);
	csv_out_number(&row, (int64_t)c->seq);
	return put_row(t, &row);
}

static bool fill_corrections(struct db *db, int32_t period,
	struct report_file *t, struct err *err)
{
	return put_head(t, correction_head) &&
	       corrections_each(db, period, add_correction, t, err);
}

/* ---- the file ---------------------------------------------------------- */

static const struct {
	const char *name;
	enum export_kind kind;
	bool (*fill)(struct db *db, int32_t period, struct report_file *t,
		struct err *err);
} lists[] = {
	{"corrections", EXPORT_CORRECTIONS, fill_corrections},
};

static int list_of(const char *name)
{
	for (int i = 0; i < (int)(sizeof(lists) / sizeof(lists[0])); i++)
		if (strcmp(lists[i].name, name) == 0)
			return i;
	return -1;
}

bool report_list_exists(const char *name)
{
	return list_of(name) >= 0;
}

enum exit_status report_list(const struct options *o, struct verb_store *v,
	const char *name, const char *period, const char *path)
{
	const int list = list_of(name);
	struct report_file t;
	enum exit_status status;
	struct err err = {0};
	int32_t month;
	bool ok;

	if (!period_parse(period, &month))
		return verb_usage("report");
	report_file_begin(&t);
	ok = lists[list].fill(v->db, month, &t, &err);
	verb_watched(v);
	if (report_file_end(&t, ok, &err))
		status = report_file_write(&t, o, v, lists[list].kind, path,
			NULL);
	else
		status = verb_err(o, &err);
	report_file_free(&t);
	return status;
}
