/*
 * report_accounts.c - `chitra report accounts`: the list for the bank's check.
 *
 * Whose owner did not agree that the bank is asked is not on it. Once the file
 * is there, those in it are sent.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/csv_out.h"
#include "core/tr.h"
#include "db/accounts.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"
#include "terminal/app/verb.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/enrol.h"

enum {
	ROW_MAX = 4096
};

static const char *const head[] = {"STT", "Mã đơn vị", "Mã đối tượng",
	"Số định danh", "Họ tên", "Mã ngân hàng", "Ngân hàng", "Số tài khoản",
	"Tên chủ tài khoản", "Chủ tài khoản là", "Người đứng tên", "Đồng ý số",
	"Trạng thái", "Trùng với", NULL};

struct sending {
	struct verb_store *v;
	struct report_file file;
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

static bool put_row(struct sending *s, const struct account_held *a,
	const struct person *p, int shared)
{
	char provider[ACCOUNT_TITLE_SIZE];
	uint8_t bytes[ROW_MAX];
	struct buf row;

	buf_init(&row, bytes, sizeof(bytes));
	csv_out_number(&row, ++s->file.rows);
	csv_out_text(&row, p->unit_code);
	csv_out_text(&row, p->beneficiary_id);
	csv_out_text(&row, p->id12);
	csv_out_text(&row, p->name);
	csv_out_text(&row, a->account.bin);
	csv_out_text(&row, account_provider(&a->account, provider));
	csv_out_text(&row, a->account.number);
	csv_out_text(&row, a->holder);
	csv_out_text(&row, enrol_whose_text(a->whose));
	csv_out_text(&row, a->owner);
	csv_out_number(&row, (int64_t)a->consent);
	csv_out_text(&row, enrol_standing_text(a->standing));
	csv_out_number(&row, shared);
	csv_out_end(&row);
	return report_file_put(&s->file, row.data, row.len);
}

static bool add_row(struct sending *s, const struct account_held *a)
{
	struct account_other other;
	struct person_due due;
	int shared = 0;

	if (people_get(s->v->db, a->person, &due, &s->err) != LOOKUP_FOUND ||
		!accounts_others(s->v->db, a->person, a->account.bin,
			a->account.number, &other, 1, &shared, &s->err))
		return false;
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

static bool put_head(struct report_file *f)
{
	uint8_t bytes[ROW_MAX];
	struct buf row;

	buf_init(&row, bytes, sizeof(bytes));
	for (const char *const *title = head; *title; title++)
		csv_out_text(&row, *title);
	csv_out_end(&row);
	return report_file_put(f, CSV_OUT_BOM, strlen(CSV_OUT_BOM)) &&
	       report_file_put(f, row.data, row.len);
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
	enum exit_status status;
	bool ok;

	report_file_begin(&s.file);
	ok = put_head(&s.file) && accounts_each(v->db, send_one, &s, &s.err) &&
	     !s.failed;
	verb_watched(v);
	if (!report_file_end(&s.file, ok, &s.err))
		status = verb_err(o, &s.err);
	else
		status = to ? written(o, &s, to) : counted(o, &s);
	report_file_free(&s.file);
	free(s.seq);
	return status;
}
