/*
 * report_accounts.c - `chitra report accounts`: the list for the bank's check,
 * as PDF, workbook or CSV (accounts_doc.h). Once the file is there, those in
 * it are sent.
 */
#include <stdio.h>

#include "core/tr.h"
#include "terminal/app/accounts_doc.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"
#include "terminal/app/verb.h"

struct sending {
	struct verb_store *v;
	struct report_file file;
	struct accounts_sums sums;
	struct err err;
};

/* The file is out: those in it are sent. */
static enum exit_status written(const struct options *o, struct sending *s,
	const char *to)
{
	struct refusal why = {0};
	enum exit_status status;
	size_t marked = 0;
	cJSON *more = cJSON_CreateObject();

	json_int(more, "skipped", (int64_t)s->sums.skipped);
	json_int(more, "shared", s->sums.shared);
	json_int(more, "sent", (int64_t)s->sums.count);
	status = report_file_write(&s->file, o, s->v, EXPORT_OTHER, to, more);
	if (status != EXIT_DONE)
		return status;
	switch (accounts_sent(s->v->db, &s->v->session, s->sums.seq,
		s->sums.count, &marked, &why, &s->err)) {
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
	json_int(reply, "skipped", (int64_t)s->sums.skipped);
	json_int(reply, "shared", s->sums.shared);
	if (!o->json)
		printf(tr("%lld accounts for the bank's check, %lld of them "
			  "shared; %lld others wait for nothing, or may not "
			  "be asked about.\n"),
			(long long)s->file.rows, (long long)s->sums.shared,
			(long long)s->sums.skipped);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status verb_report_accounts(const struct options *o,
	struct verb_store *v, const char *to)
{
	struct sending s = {.v = v};
	enum paper_kind kind = PAPER_CSV;
	struct paper_sink sink;
	enum exit_status status;
	bool ok;

	if (to && !paper_kind_of(to, &kind))
		return verb_usage("report");
	report_file_begin(&s.file);
	sink = report_file_sink(&s.file);
	ok = accounts_doc_write(v->db, kind, &sink, &s.sums, &s.err);
	s.file.rows = s.sums.rows;
	verb_watched(v);
	if (!report_file_end(&s.file, ok, &s.err))
		status = report_not_made(o, &s.err);
	else
		status = to ? written(o, &s, to) : counted(o, &s);
	report_file_free(&s.file);
	accounts_sums_free(&s.sums);
	return status;
}
