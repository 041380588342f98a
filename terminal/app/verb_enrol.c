/*
 * verb_enrol.c - `chitra account add|confirm|show|list|pays|cash`: where
 * somebody wants his money; `chitra report accounts`: the list for the bank.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/csv_out.h"
#include "core/codec/vietqr.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/accounts.h"
#include "terminal/app/account_doc.h"
#include "terminal/app/json.h"
#include "terminal/app/report_file.h"
#include "terminal/app/scan.h"
#include "terminal/app/verb.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/enrol.h"

enum {
	ROW_MAX = 4096
};

/* What the command line says, unread. */
struct said {
	struct scan_source from;
	const char *id12;
	const char *bin;
	const char *number;
	const char *again;
	const char *holder;
	const char *whose;
	const char *owner;
	const char *owner_id;
	const char *relation;
	const char *paper;
	const char *names;
	const char *shared;
	const char *why;
	const char *on;
	const char *period;
	const char *reason;
	int64_t by;
	bool planned;
	bool confirmed;
};

struct call {
	const struct options *o;
	struct said said;
	struct verb_store v;
	int64_t person; /* 0: everybody */
};

static enum exit_status wrong(void)
{
	return verb_usage("account");
}

/* ---- what the book says ----------------------------------------------------- */

static cJSON *held_json(cJSON *o, const struct db_info *info,
	const struct account_held *a)
{
	char number[ACCOUNT_NUMBER_TEXT_SIZE];
	char iso[32];

	account_number(info, a, number);
	json_int(o, "seq", (int64_t)a->seq);
	cJSON_AddStringToObject(o, "slip", number);
	cJSON_AddStringToObject(o, "at", date_time_iso(a->t, iso));
	json_int(o, "by", a->actor);
	json_int(o, "person", a->person);
	cJSON_AddStringToObject(o, "name", a->name);
	cJSON_AddStringToObject(o, "kind", account_kind_name(a->kind));
	cJSON_AddStringToObject(o, "via", account_via_name(a->via));
	json_int(o, "consent", (int64_t)a->consent);
	cJSON_AddStringToObject(o, "bin", a->account.bin);
	cJSON_AddStringToObject(o, "provider",
		a->account.bank ? a->account.bank->code : "");
	cJSON_AddStringToObject(o, "number", a->account.number);
	cJSON_AddStringToObject(o, "holder", a->holder);
	cJSON_AddStringToObject(o, "names", account_names_name(a->names));
	cJSON_AddStringToObject(o, "whose", payee_name(a->whose));
	cJSON_AddStringToObject(o, "owner", a->owner);
	cJSON_AddStringToObject(o, "relation",
		a->relation ? payee_relation_name(a->relation) : "");
	cJSON_AddStringToObject(o, "paper", a->paper);
	cJSON_AddStringToObject(o, "shared", account_shared_name(a->shared));
	cJSON_AddStringToObject(o, "why", a->why);
	cJSON_AddStringToObject(o, "planned_on", date_iso(a->planned_on, iso));
	cJSON_AddStringToObject(o, "state", account_standing_name(a->standing));
	cJSON_AddStringToObject(o, "answer", account_answer_code(a->answer));
	cJSON_AddStringToObject(o, "answer_date", a->answer_date);
	return o;
}

static void put_period(cJSON *o, const char *key, int32_t period)
{
	char text[16] = "";

	if (period != 0)
		snprintf(text, sizeof(text), "%04d-%02d", (int)period / 100,
			(int)period % 100);
	cJSON_AddStringToObject(o, key, text);
}

static void put_method(cJSON *o, const struct account_method *m)
{
	put_period(o, "pays_from", m->pays_from);
	put_period(o, "cash_from", m->cash_from);
	cJSON_AddStringToObject(o, "cash_reason", account_back_name(m->back));
}

static void say(const struct account_held *a)
{
	char provider[ACCOUNT_TITLE_SIZE] = "";
	char number[ACCOUNT_NUMBER_SIZE * 2];

	if (a->account.bin[0])
		account_provider(&a->account, provider);
	printf("%s  %s %s  %s\n", a->name, provider,
		enrol_grouped(a->account.number, number),
		enrol_standing_text(a->standing));
}

/* Of one person: the account, if there is one, and what pays. */
static enum exit_status tell(struct call *c)
{
	struct account_method method;
	struct account_held held;
	struct err err = {0};
	cJSON *reply;

	if (accounts_of(c->v.db, c->person, &held, &err) == LOOKUP_FAILED ||
		!accounts_method(c->v.db, c->person, &method, &err))
		return verb_err(c->o, &err);
	reply = json_ok();
	if (held.seq != 0)
		held_json(reply, db_info(c->v.db), &held);
	put_method(reply, &method);
	if (!c->o->json && held.seq != 0)
		say(&held);
	if (!c->o->json && method.pays_from != 0)
		printf(tr("The account pays from list %02d/%d on"),
			(int)method.pays_from % 100,
			(int)method.pays_from / 100),
			printf("\n");
	return verb_reply(c->o, reply, EXIT_DONE);
}

static enum exit_status came(struct call *c, enum verdict v,
	const struct refusal *why, const struct err *err)
{
	switch (v) {
	case VERDICT_FAILED:
		return verb_err(c->o, err);
	case VERDICT_REFUSED:
		return verb_refusal(c->o, why);
	case VERDICT_DONE:
		break;
	}
	return tell(c);
}

/* The person that is meant; *status is set if there is none. */
static bool find(struct call *c, enum exit_status *status)
{
	struct person_due due;
	struct err err = {0};
	enum lookup got;

	if (!c->said.id12) {
		*status = wrong();
		return false;
	}
	got = people_by_id12(c->v.db, c->said.id12, &due, &err);
	c->person = due.person.id;
	if (got == LOOKUP_FOUND)
		return true;
	*status =
		got == LOOKUP_FAILED
			? verb_err(c->o, &err)
			: verb_refusal(c->o,
				  &(struct refusal){.code = REFUSED_NOT_FOUND});
	return false;
}

/* ---- add ------------------------------------------------------------------------ */

static bool copy(char *out, size_t size, const char *text)
{
	return !text || str_copy(out, size, text);
}

/* Of the QR: bank, number, and the holder if it says him. */
static bool read_qr(struct call *c, struct account_take *t,
	enum exit_status *status)
{
	static struct scan_bytes scan;
	enum vietqr_verdict verdict;
	struct err err = {0};
	struct vietqr q;

	if (!scan_read(&c->said.from, &scan, &err)) {
		*status = verb_err(c->o, &err);
		return false;
	}
	verdict = vietqr_read(scan.bytes, scan.len, &q);
	if (verdict != VIETQR_OK) {
		*status = verb_refuse(c->o, vietqr_code(verdict, q.fault),
			account_qr_text(verdict, q.fault), EXIT_REFUSED);
		return false;
	}
	t->via = ACCOUNT_VIA_QR;
	str_copy(t->bin, sizeof(t->bin), q.account.bin);
	str_copy(t->number, sizeof(t->number), q.account.number);
	str_copy(t->holder, sizeof(t->holder), q.name);
	return true;
}

/* Both times the same, as the screen has it typed. */
static bool read_typed(struct call *c, struct account_take *t,
	enum exit_status *status)
{
	const struct said *s = &c->said;

	t->via = ACCOUNT_VIA_TYPED;
	if (!s->bin || !s->number || !s->again ||
		!copy(t->bin, sizeof(t->bin), s->bin) ||
		!copy(t->number, sizeof(t->number), s->number)) {
		*status = wrong();
		return false;
	}
	if (strcmp(s->number, s->again) == 0)
		return true;
	*status = verb_refuse(c->o, "not_the_same",
		tr("The two numbers are not the same. Look at the number and "
		   "type it again, from the beginning."),
		EXIT_REFUSED);
	return false;
}

static bool read_words(const struct said *s, struct account_take *t)
{
	t->whose = PAYEE_SELF;
	return (!s->whose || payee_parse(s->whose, &t->whose)) &&
	       (!s->relation ||
		       payee_relation_parse(s->relation, &t->relation)) &&
	       (!s->names || account_names_parse(s->names, &t->names)) &&
	       (!s->shared || account_shared_parse(s->shared, &t->shared)) &&
	       (!s->on || date_parse(s->on, &t->planned_on)) &&
	       copy(t->holder, sizeof(t->holder), s->holder) &&
	       copy(t->owner, sizeof(t->owner), s->owner) &&
	       copy(t->owner_id, sizeof(t->owner_id), s->owner_id) &&
	       copy(t->paper, sizeof(t->paper), s->paper) &&
	       copy(t->why, sizeof(t->why), s->why);
}

static enum exit_status add(struct call *c)
{
	struct account_take t = {.person = c->person,
		.planned = c->said.planned,
		.confirmed = c->said.confirmed};
	struct account_held held;
	struct refusal why = {0};
	enum exit_status status;
	struct err err = {0};

	if (c->said.planned) {
		if (!copy(t.bin, sizeof(t.bin), c->said.bin))
			return wrong();
	} else if (scan_sources(&c->said.from) == 1) {
		if (!read_qr(c, &t, &status))
			return status;
	} else if (!read_typed(c, &t, &status)) {
		return status;
	}
	if (!read_words(&c->said, &t))
		return wrong();
	return came(c,
		accounts_add(c->v.db, &c->v.session, &t, &held, &why, &err),
		&why, &err);
}

/* ---- what becomes of it ------------------------------------------------------------- */

static enum exit_status confirm(struct call *c)
{
	struct account_held held;
	struct refusal why = {0};
	struct err err = {0};

	switch (accounts_of(c->v.db, c->person, &held, &err)) {
	case LOOKUP_FAILED:
		return verb_err(c->o, &err);
	case LOOKUP_ABSENT:
		return verb_refusal(c->o,
			&(struct refusal){.code = REFUSED_NOT_FOUND});
	case LOOKUP_FOUND:
		break;
	}
	return came(c,
		accounts_confirm(c->v.db, &c->v.session, held.seq, &held, &why,
			&err),
		&why, &err);
}

static enum exit_status pays(struct call *c)
{
	struct account_method method;
	struct refusal why = {0};
	struct err err = {0};
	int32_t period;

	if (!c->said.period || !period_parse(c->said.period, &period))
		return wrong();
	return came(c,
		accounts_pays(c->v.db, &c->v.session, c->person, period,
			&method, &why, &err),
		&why, &err);
}

static enum exit_status cash(struct call *c)
{
	struct account_method method;
	struct refusal why = {0};
	struct session by;
	enum account_back back;
	enum exit_status status;
	struct err err = {0};
	int64_t frees;
	int32_t period;
	enum verdict v;

	if (!c->said.period || !period_parse(c->said.period, &period) ||
		!c->said.reason || !account_back_parse(c->said.reason, &back))
		return wrong();
	if (!verb_second(c->o, &c->v, c->said.by, &by, &status))
		return status;
	v = accounts_cash(c->v.db, &c->v.session, c->person, period, back,
		c->said.by ? &by : NULL, &method, &frees, &why, &err);
	session_clear(&by);
	return came(c, v, &why, &err);
}

/* ---- lists ---------------------------------------------------------------------------- */

struct listing {
	struct call *c;
	cJSON *array;
};

static bool list_one(void *ctx, const struct account_held *a)
{
	struct listing *l = ctx;

	cJSON_AddItemToArray(l->array,
		held_json(cJSON_CreateObject(), db_info(l->c->v.db), a));
	if (!l->c->o->json)
		say(a);
	return true;
}

static enum exit_status list(struct call *c)
{
	cJSON *reply = json_ok();
	struct listing l = {c, cJSON_AddArrayToObject(reply, "accounts")};
	struct err err = {0};
	const bool ok = c->person != 0
				? accounts_history(c->v.db, c->person, list_one,
					  &l, &err)
				: accounts_each(c->v.db, list_one, &l, &err);

	if (!ok) {
		cJSON_Delete(reply);
		return verb_err(c->o, &err);
	}
	return verb_reply(c->o, reply, EXIT_DONE);
}

static const struct {
	const char *word;
	enum exit_status (*act)(struct call *c);
	bool person; /* somebody has to be named */
} acts[] = {
	{"add", add, true},
	{"confirm", confirm, true},
	{"show", tell, true},
	{"list", list, false},
	{"pays", pays, true},
	{"cash", cash, true},
};

static enum exit_status run(struct call *c, size_t act)
{
	enum exit_status status;

	if (!verb_open(c->o, true, &c->v, &status))
		return status;
	if ((!acts[act].person && !c->said.id12) || find(c, &status))
		status = acts[act].act(c);
	verb_close(&c->v);
	return status;
}

enum exit_status verb_enrol(int argc, char **argv)
{
	struct options o;
	struct call c = {.o = &o};
	struct said *s = &c.said;
	const struct option_spec own[] = {
		{"--hex", OPTION_TEXT, &s->from.hex},
		{"--text", OPTION_TEXT, &s->from.text},
		{"--image", OPTION_TEXT, &s->from.image},
		{"--id12", OPTION_TEXT, &s->id12},
		{"--bin", OPTION_TEXT, &s->bin},
		{"--number", OPTION_TEXT, &s->number},
		{"--again", OPTION_TEXT, &s->again},
		{"--holder", OPTION_TEXT, &s->holder},
		{"--whose", OPTION_TEXT, &s->whose},
		{"--owner", OPTION_TEXT, &s->owner},
		{"--owner-id", OPTION_TEXT, &s->owner_id},
		{"--relation", OPTION_TEXT, &s->relation},
		{"--paper", OPTION_TEXT, &s->paper},
		{"--names", OPTION_TEXT, &s->names},
		{"--shared", OPTION_TEXT, &s->shared},
		{"--why", OPTION_TEXT, &s->why},
		{"--planned", OPTION_FLAG, &s->planned},
		{"--on", OPTION_TEXT, &s->on},
		{"--confirmed", OPTION_FLAG, &s->confirmed},
		{"--from", OPTION_TEXT, &s->period},
		{"--reason", OPTION_TEXT, &s->reason},
		{"--by", OPTION_INT, &s->by},
	};

	if (!verb_options(&o, "account", argc, argv, own,
		    sizeof(own) / sizeof(*own)))
		return EXIT_USAGE;
	for (size_t i = 0; o.words == 1 && i < sizeof(acts) / sizeof(*acts);
		i++)
		if (strcmp(o.word[0], acts[i].word) == 0)
			return run(&c, i);
	return wrong();
}

/* ---- the list for the bank's check ---------------------------------------------------------- */

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
	if (!report_file_end(&s.file, ok, &s.err))
		status = verb_err(o, &s.err);
	else
		status = to ? written(o, &s, to) : counted(o, &s);
	report_file_free(&s.file);
	free(s.seq);
	return status;
}
