/*
 * report_accounts.c - `chitra report accounts`: the list for the bank's check,
 * as PDF, workbook or CSV.
 *
 * Whose owner did not agree that the bank is asked is not on it. Once the file
 * is there, those in it are sent.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/accounts.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"
#include "terminal/app/shared_accounts.h"
#include "terminal/app/verb.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/enrol.h"

#define COUNT_OF(a) ((int)(sizeof(a) / sizeof((a)[0])))

enum {
	COLUMNS = 14,
	FIGURES = 24,
	LINE_SIZE = 600
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

struct sending {
	struct verb_store *v;
	struct report_file file;
	struct paper *paper;
	struct shared_accounts *others;
	uint64_t *seq;
	size_t count;
	size_t room;
	size_t skipped; /* wait for nothing, or nobody may ask */
	int64_t shared;
	bool failed;
	struct err err;
};

static bool keep_seq(struct sending *s, uint64_t seq)
{
	const size_t room = s->room ? 2 * s->room : 64;
	uint64_t *more;

	if (s->count == s->room) {
		more = realloc(s->seq, room * sizeof(*more));
		if (!more)
			return err_set(&s->err, ERR_NO_MEMORY, 0,
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

static bool put_row(struct sending *s, const struct account_held *a,
	const struct person *p, int shared)
{
	char provider[ACCOUNT_TITLE_SIZE];
	char number[FIGURES];
	struct paper_cell cell[COLUMNS];

	snprintf(number, sizeof(number), "%lld", (long long)++s->file.rows);
	cell[0] = text_cell(number);
	cell[1] = text_cell(p->unit_code);
	cell[2] = text_cell(p->beneficiary_id);
	cell[3] = text_cell(p->id12[0] ? p->id12 : p->old_id);
	cell[4] = text_cell(p->name);
	cell[5] = text_cell(a->account.bin);
	cell[6] = text_cell(account_provider(&a->account, provider));
	cell[7] = text_cell(a->account.number);
	cell[8] = text_cell(a->holder);
	cell[9] = text_cell(enrol_whose_text(a->whose));
	cell[10] = text_cell(a->owner[0] ? a->owner : p->name);
	cell[11] = (struct paper_cell){.number = (int64_t)a->consent};
	cell[12] = text_cell(enrol_standing_text(a->standing));
	cell[13] = (struct paper_cell){.number = shared};
	return paper_row(s->paper, cell, PAPER_PLAIN, &s->err);
}

static bool add_row(struct sending *s, const struct account_held *a)
{
	struct person_due due;
	int shared;

	if (people_get(s->v->db, a->person, &due, &s->err) != LOOKUP_FOUND)
		return false;
	shared = shared_accounts_count(s->others, &a->account, a->person,
		due.person.id12);
	s->shared += shared > 0;
	return put_row(s, a, &due.person, shared) && keep_seq(s, a->seq);
}

static bool send_one(void *ctx, const struct account_held *a)
{
	struct sending *s = ctx;
	bool may;

	if (!accounts_may_send(s->v->db, a, &may, &s->err)) {
		s->failed = true;
		return false;
	}
	if (!may) {
		s->skipped++;
		return true;
	}
	s->failed = !add_row(s, a);
	return !s->failed;
}

static void say_office(const struct db_info *info, char *out, size_t size)
{
	const char *name = info->unit[0] ? info->unit : info->name;

	if (!viet_upper(name, out, size))
		str_copy(out, size, name);
}

static bool fill(struct sending *s)
{
	char line[LINE_SIZE];

	if (!accounts_each(s->v->db, send_one, s, &s->err) || s->failed)
		return false;
	snprintf(line, sizeof(line),
		"Danh sách có %lld tài khoản, trong đó %lld tài khoản trùng với"
		" người khác.",
		(long long)s->file.rows, (long long)s->shared);
	return paper_line(s->paper, line, PAPER_PLAIN, &s->err) &&
	       paper_end(s->paper, &s->err);
}

static bool write_paper(struct sending *s, enum paper_kind kind)
{
	const struct paper_sink sink = report_file_sink(&s->file);
	struct paper_doc doc = paper;
	char office[LINE_SIZE];
	bool ok;

	say_office(db_info(s->v->db), office, sizeof(office));
	doc.office = office;
	s->others = shared_accounts_new(s->v->db, &s->err);
	if (!s->others)
		return false;
	s->paper = paper_new(kind, &doc, &sink, &s->err);
	ok = s->paper && fill(s);
	paper_free(s->paper);
	shared_accounts_free(s->others);
	return ok;
}

/* The file is out: those in it are sent. */
static enum exit_status written(const struct options *o, struct sending *s,
	const char *to)
{
	struct refusal why = {0};
	enum exit_status status;
	size_t marked = 0;
	cJSON *more = cJSON_CreateObject();

	json_int(more, "skipped", (int64_t)s->skipped);
	json_int(more, "shared", s->shared);
	json_int(more, "sent", (int64_t)s->count);
	status = report_file_write(&s->file, o, s->v, EXPORT_OTHER, to, more);
	if (status != EXIT_DONE)
		return status;
	switch (accounts_sent(s->v->db, &s->v->session, s->seq, s->count,
		&marked, &why, &s->err)) {
	case VERDICT_FAILED:
		return verb_err(o, &s->err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	return status;
}

static enum exit_status counted(const struct options *o, struct sending *s)
{
	cJSON *reply = json_ok();

	json_int(reply, "rows", s->file.rows);
	json_int(reply, "skipped", (int64_t)s->skipped);
	json_int(reply, "shared", s->shared);
	if (!o->json)
		printf(tr("%lld accounts for the bank's check, %lld of them "
			  "shared; %lld others wait for nothing, or may not "
			  "be asked about.\n"),
			(long long)s->file.rows, (long long)s->shared,
			(long long)s->skipped);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status verb_report_accounts(const struct options *o,
	struct verb_store *v, const char *to)
{
	struct sending s = {.v = v};
	enum paper_kind kind = PAPER_CSV;
	enum exit_status status;
	bool ok;

	if (to && !paper_kind_of(to, &kind))
		return verb_usage("report");
	report_file_begin(&s.file);
	ok = write_paper(&s, kind);
	verb_watched(v);
	if (!report_file_end(&s.file, ok, &s.err))
		status = report_not_made(o, &s.err);
	else
		status = to ? written(o, &s, to) : counted(o, &s);
	report_file_free(&s.file);
	free(s.seq);
	return status;
}
