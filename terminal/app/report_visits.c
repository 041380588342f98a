#include "terminal/app/report_visits.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/csv_out.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/export.h"
#include "db/visit_lists.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"
#include "terminal/app/visit_json.h"
#include "terminal/flows/visit.h"

enum {
	ROW_MAX = 8192
};

/* A list on its way to a file, a script or the screen. */
struct listing {
	const struct options *o;
	struct report_file *file; /* NULL: none */
	cJSON *array;
};

bool report_visits_exists(const char *name)
{
	enum visit_list l;

	return strcmp(name, "visits") == 0 || visit_list_parse(name, &l);
}

/* ---- the file --------------------------------------------------------------- */

static const char *const head[] = {"STT", "Mã đối tượng", "Họ tên", "Ngày sinh",
	"Số định danh", "Địa chỉ", "Đối tượng", "Kết quả gặp", "Ngày gặp",
	"Người gặp", "Hẹn ngày", "Số điện thoại", "Ghi chú", "Số bản ghi",
	NULL};

static void put_date(struct buf *row, struct date d)
{
	char text[DATE_TEXT_SIZE];

	csv_out_text(row, d.year ? date_vi(d, text) : "");
}

static bool put_head(struct report_file *f)
{
	uint8_t bytes[ROW_MAX];
	struct buf row;

	buf_init(&row, bytes, sizeof(bytes));
	for (const char *const *title = head; *title; title++)
		csv_out_text(&row, *title);
	csv_out_end(&row);
	return report_file_put(f, CSV_OUT_BOM, strlen(CSV_OUT_BOM)) &&
	       report_file_put(f, bytes, row.len);
}

static bool put_row(struct report_file *f, const struct visit *v,
	const struct person *p)
{
	uint8_t bytes[ROW_MAX];
	char when[DATE_TEXT_SIZE];
	struct buf row;

	buf_init(&row, bytes, sizeof(bytes));
	csv_out_number(&row, f->rows + 1);
	csv_out_text(&row, p->beneficiary_id);
	csv_out_text(&row, p->name);
	put_date(&row, p->birth);
	csv_out_text(&row, p->id12[0] ? p->id12 : p->old_id);
	csv_out_text(&row, p->address);
	csv_out_text(&row, p->group);
	csv_out_text(&row, visit_result_text(v->result));
	csv_out_text(&row, date_time_vi(v->t, when));
	csv_out_text(&row, v->actor_name);
	put_date(&row, v->next);
	csv_out_text(&row, v->phone);
	csv_out_text(&row, v->note);
	csv_out_number(&row, (int64_t)v->seq);
	csv_out_end(&row);
	f->rows++;
	return report_file_put(f, bytes, row.len);
}

/* ---- one person ---------------------------------------------------------------- */

static cJSON *row_json(const struct visit *v, const struct person *p)
{
	cJSON *o = visit_json(v);

	cJSON_AddStringToObject(o, "id", p->id12);
	cJSON_AddStringToObject(o, "code", p->beneficiary_id);
	cJSON_AddStringToObject(o, "name", p->name);
	json_date(o, "dob", p->birth);
	cJSON_AddStringToObject(o, "address", p->address);
	return o;
}

static bool add(void *ctx, const struct visit *v, const struct person *p)
{
	struct listing *l = ctx;

	if (l->file)
		return put_row(l->file, v, p);
	cJSON_AddItemToArray(l->array, row_json(v, p));
	if (!l->o->json) {
		printf("%-12s  %s, %s\n  ", p->id12, p->name, p->address);
		visit_say(v);
	}
	return true;
}

static enum exit_status to_file(const struct options *o, struct verb_store *v,
	enum visit_list l, int32_t month, const char *path)
{
	struct report_file file;
	struct listing listing = {.o = o, .file = &file};
	enum exit_status status;
	struct err err = {0};
	bool ok;

	report_file_begin(&file);
	ok = put_head(&file) &&
	     visit_lists_each(v->db, l, month, add, &listing, &err);
	verb_watched(v);
	if (report_file_end(&file, ok, &err))
		status = report_file_write(&file, o, v, EXPORT_OTHER, path,
			NULL);
	else
		status = verb_err(o, &err);
	report_file_free(&file);
	return status;
}

static enum exit_status to_screen(const struct options *o, struct verb_store *v,
	enum visit_list l, int32_t month)
{
	cJSON *reply = json_ok();
	struct listing listing = {.o = o,
		.array = cJSON_AddArrayToObject(reply, "people")};
	struct err err = {0};

	if (!visit_lists_each(v->db, l, month, add, &listing, &err)) {
		cJSON_Delete(reply);
		return verb_err(o, &err);
	}
	return verb_reply(o, reply, EXIT_DONE);
}

/* ---- sums ----------------------------------------------------------------------- */

static enum exit_status sums(const struct options *o, struct verb_store *v,
	int32_t month)
{
	struct visit_sums s;
	struct err err = {0};
	cJSON *reply;
	cJSON *groups;

	if (!visit_lists_sums(v->db, month, &s, &err))
		return verb_err(o, &err);
	if (!o->json)
		printf(tr("Visits: %lld, to %lld people. Reviewed: %lld, until "
			  "then %lld\n"),
			(long long)s.visits, (long long)s.people,
			(long long)s.reviewed, (long long)s.reviewed_until);
	reply = json_ok();
	json_period(reply, "period", month);
	json_int(reply, "visits", s.visits);
	json_int(reply, "people", s.people);
	json_int(reply, "reviewed", s.reviewed);
	json_int(reply, "reviewed_until", s.reviewed_until);
	groups = cJSON_AddObjectToObject(reply, "results");
	for (int g = 1; g < VISIT_GROUPS; g++)
		json_int(groups, visit_group_name((enum visit_group)g),
			s.result_people[g]);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status report_visits(const struct options *o, struct verb_store *v,
	const struct report_asked *asked)
{
	enum visit_list l;
	int32_t month;

	if (!period_parse(asked->period, &month))
		return verb_usage("report");
	if (!visit_list_parse(asked->name, &l))
		return asked->to ? verb_usage("report") : sums(o, v, month);
	return asked->to ? to_file(o, v, l, month, asked->to)
			 : to_screen(o, v, l, month);
}
