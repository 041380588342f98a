#include "terminal/app/run_study.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/date.h"
#include "core/log.h"
#include "core/str.h"
#include "db/export.h"
#include "terminal/app/run_office.h"
#include "terminal/app/run_recheck.h"
#include "terminal/app/study.h"

static void fail(struct ports *p, int number, const struct err *err)
{
	struct event ev = {.kind = EV_STUDY, .at_ms = clock_ms()};

	log_err("study", err);
	ev.study.number = number;
	ev.study.state = STUDY_FAILED;
	ev.study.code = err->code;
	run_queue(p, &ev);
}

static void begin(struct ports *p, const struct effect *fx,
	enum study_kind kind)
{
	struct study_ask ask = {.kind = kind,
		.number = fx->study.number,
		.paper = fx->study.paper,
		.period = fx->study.period,
		.list = fx->study.list,
		.draw = fx->study.draw,
		.many = fx->study.many};
	struct event ev;
	struct err err;
	bool done;

	if (p->config) {
		ask.target = (int)p->config->reports.target;
		ask.before_day = (int)p->config->reports.before_day;
	}
	str_copy(ask.unit, sizeof(ask.unit), fx->study.unit);
	str_copy(ask.path, sizeof(ask.path), fx->study.path);
	str_copy(ask.when, sizeof(ask.when), fx->study.when);
	if (!p->study)
		p->study = study_new(p->workers && !p->player ? p->box : NULL,
			&err);
	if (!p->study ||
		!study_begin(p->study, p->db, &ask, &ev, &done, &err)) {
		fail(p, ask.number, &err);
		return;
	}
	if (done && run_study_report(p, &ev))
		run_queue(p, &ev);
}

/* "-08212" of a commune: what of its code may stand in the name of a file. */
static void of_unit(const char *code, char out[PAYLIST_CODE_SIZE + 1])
{
	size_t len = 0;

	out[0] = '\0';
	if (!code[0])
		return;
	out[len++] = '-';
	for (; *code; code++)
		out[len++] = isalnum((unsigned char)*code) ? *code : '_';
	out[len] = '\0';
}

/* "/media/usb/bieu-a-2026-12": where the last copy went. */
static void place(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	static const char *const names[FLOW_PAPER_COUNT] = {
		[FLOW_PAPER_A] = "bieu-a",
		[FLOW_PAPER_B] = "bieu-b",
		[FLOW_PAPER_LIST] = "danh-sach-chi-tra",
		[FLOW_PAPER_UNPAID] = "chua-linh",
		[FLOW_PAPER_CHANGES] = "tang-giam",
		[FLOW_PAPER_CARDS] = "cap-the",
		[FLOW_PAPER_SETTLEMENT] = "quyet-toan",
		[FLOW_PAPER_LOG] = "nhat-ky",
		[FLOW_PAPER_ACCOUNTS] = "tai-khoan",
		[FLOW_PAPER_SAMPLE] = "kiem-tra-mau",
	};
	char folder[FLOW_QUERY_SIZE / 2];
	char iso[DATE_TEXT_SIZE];
	char unit[PAYLIST_CODE_SIZE + 1];
	struct date day;

	run_office_folder(p, folder, sizeof(folder));
	of_unit(fx->study.unit, unit);
	answer->kind = EV_COPY_PLACE;
	if (fx->study.paper == FLOW_PAPER_SAMPLE)
		snprintf(answer->path, sizeof(answer->path), "%s/%s-%llu",
			folder, names[fx->study.paper],
			(unsigned long long)fx->study.draw);
	else
		snprintf(answer->path, sizeof(answer->path), "%s/%s-%s%s",
			folder, names[fx->study.paper],
			date_of_number(fx->study.period, &day)
				? date_iso(day, iso)
				: period_iso(fx->study.period, iso),
			unit);
}

bool run_study(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine)
{
	*mine = true;
	switch (fx->kind) {
	case FX_BOARD:
		begin(p, fx, STUDY_OF_BOARD);
		return false;
	case FX_USERS_SEEN:
		begin(p, fx, STUDY_OF_USERS);
		return false;
	case FX_DUTY:
		begin(p, fx, STUDY_OF_DUTY);
		return false;
	case FX_PAPER_UNITS:
		begin(p, fx, STUDY_OF_UNITS);
		return false;
	case FX_PAPER:
		begin(p, fx, STUDY_OF_PAPER);
		return false;
	case FX_PAPER_WRITE:
		begin(p, fx, STUDY_OF_FILES);
		return false;
	case FX_ROLLS:
		begin(p, fx, STUDY_OF_LISTS);
		return false;
	case FX_RECHECK:
		begin(p, fx, STUDY_OF_DRAW);
		return false;
	case FX_RECHECK_DRAW:
		begin(p, fx, STUDY_OF_RANGE);
		return false;
	case FX_PAPER_PLACE:
		place(p, fx, answer);
		return true;
	case FX_STUDY_END:
		study_end(p->study);
		return false;
	case FX_STUDY_STOP:
		study_clear(p->study);
		return false;
	default:
		*mine = false;
		return false;
	}
}

void run_study_refuse(struct ports *p, const struct effect *fx)
{
	struct err err;

	err_set(&err, ERR_DENIED, 0,
		"a recording is played: no file is written");
	fail(p, fx->study.number, &err);
}

void run_study_forget(struct ports *p)
{
	study_clear(p->study);
}

/* ---- files ------------------------------------------------------------------ */

enum {
	FILE_PATH_SIZE = FLOW_QUERY_SIZE + 8
};

static void path_of(const struct ports *p, enum paper_kind kind,
	char out[FILE_PATH_SIZE])
{
	static const char *const ends[PAPER_KINDS] = {[PAPER_CSV] = "csv",
		[PAPER_XLSX] = "xlsx",
		[PAPER_PDF] = "pdf"};

	snprintf(out, FILE_PATH_SIZE, "%s.%s", study_asked(p->study)->path,
		ends[kind]);
}

static bool write_one(struct ports *p, enum paper_kind kind,
	const struct study_file *f, struct event *ev)
{
	const struct study_ask *ask = study_asked(p->study);
	char path[FILE_PATH_SIZE];
	struct refusal why = {0};
	struct export_done done;
	struct err err = {0};

	path_of(p, kind, path);
	switch (export_list(p->db, &p->session,
		ask->paper == FLOW_PAPER_UNPAID ? EXPORT_UNPAID : EXPORT_OTHER,
		f->bytes, f->len, path, &done, &why, &err)) {
	case VERDICT_DONE:
		return true;
	case VERDICT_REFUSED:
		ev->study.why = why.code;
		break;
	case VERDICT_FAILED:
		log_err("study", &err);
		ev->study.code = err.code;
		break;
	}
	ev->study.state = STUDY_FAILED;
	return false;
}

/* Some of them are none: the stick was full, or is out, before the last. */
static void take_back(struct ports *p, const bool written[PAPER_KINDS],
	struct event *ev)
{
	char path[FILE_PATH_SIZE];

	for (int k = 0; k < PAPER_KINDS; k++) {
		if (!written[k])
			continue;
		path_of(p, (enum paper_kind)k, path);
		unlink(path);
	}
	ev->study.files = 0;
}

/* The files are out: those in them are sent. */
static bool mark_sent(struct ports *p, struct event *ev)
{
	const struct accounts_sums *sums = study_accounts(p->study);
	struct refusal why = {0};
	struct err err = {0};
	size_t marked = 0;

	if (study_asked(p->study)->paper != FLOW_PAPER_ACCOUNTS)
		return true;
	switch (accounts_sent(p->db, &p->session, sums->seq, sums->count,
		&marked, &why, &err)) {
	case VERDICT_DONE:
		ev->study.sent = (int)marked;
		return true;
	case VERDICT_REFUSED:
		ev->study.why = why.code;
		break;
	case VERDICT_FAILED:
		log_err("study", &err);
		ev->study.code = err.code;
		break;
	}
	ev->study.state = STUDY_FAILED;
	return false;
}

static void write_files(struct ports *p, struct event *ev)
{
	const struct study_file *f = study_files(p->study);
	bool written[PAPER_KINDS] = {false};
	bool ok = true;

	for (int k = 0; ok && k < PAPER_KINDS; k++) {
		if (!f[k].bytes) {
			ev->study.no_pdf = true;
			continue;
		}
		ok = write_one(p, (enum paper_kind)k, &f[k], ev);
		written[k] = ok;
		ev->study.files += ok;
	}
	ok = ok && mark_sent(p, ev);
	if (!ok)
		take_back(p, written, ev);
	else
		run_office_keep_folder(p, study_asked(p->study)->path);
	p->written = true;
	p->status_due = true;
	study_written(p->study);
}

bool run_study_report(struct ports *p, struct event *ev)
{
	if (!study_take(p->study, ev))
		return false;
	if (ev->study.state != STUDY_DONE)
		return true;
	if (study_asked(p->study)->kind == STUDY_OF_FILES)
		write_files(p, ev);
	if (study_asked(p->study)->kind == STUDY_OF_RANGE)
		run_recheck_draw(p, study_asked(p->study), ev);
	return true;
}
