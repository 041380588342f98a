#include "terminal/app/run_setup.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/codec/account.h"
#include "core/codec/bank.h"
#include "core/log.h"
#include "core/str.h"
#include "db/elsewhere.h"
#include "db/units.h"
#include "drivers/printer/printer_open.h"
#include "terminal/app/config_store.h"
#include "terminal/app/printing.h"
#include "terminal/app/run_devices.h"

/* The file as it is now: whoever edits it meanwhile is right. */
static struct config *read_now(struct ports *p, struct err *err)
{
	struct config *now = calloc(1, sizeof(*now));
	struct config_fault fault;

	if (!now)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for settings");
	else if (!p->settings)
		err_set(err, ERR_INVALID, 0, "no settings here");
	else if (config_read(p->settings, now, &fault, err))
		return now;
	free(now);
	return NULL;
}

static void fill(struct ports *p, const struct config *c,
	struct settings_told *out)
{
	const struct db_info *info = db_info(p->db);
	struct err err;

	for (int i = 0; i < setting_count(); i++) {
		const struct setting *at = setting_at(i);

		config_said(c, at->section, at->key, out->value[i],
			sizeof(out->value[i]));
	}
	str_copy(out->point, sizeof(out->point), info->point);
	str_copy(out->name, sizeof(out->name), info->name);
	str_copy(out->unit, sizeof(out->unit), info->unit);
	if (!units_above(p->db, info->point, out->above, sizeof(out->above),
		    &err)) {
		out->above[0] = '\0';
		log_err("settings", &err);
	}
	str_copy(out->dev_hex, sizeof(out->dev_hex), info->dev_hex);
	if (!elsewhere_peers(p->db, out->peer, FLOW_PEERS, &out->peers, &err)) {
		out->peers = 0;
		log_err("settings", &err);
	}
}

/* What may be used from the next paper on, without a restart. */
static void use(struct ports *p, const struct config *now)
{
	struct config *c = p->config;

	if (!c)
		return;
	c->printer.width = now->printer.width;
	c->printer.dots = now->printer.dots;
	c->drawer = now->drawer;
	c->receipt = now->receipt;
	c->consent = now->consent;
	c->payer = now->payer;
	c->reports = now->reports;
	c->screen.lock_after = now->screen.lock_after;
	p->width = config_dots(now, 0);
	p->status_due = true;
}

static bool is_printer(struct ports *p, const char *value)
{
	(void)p;
	return strcmp(value, "none") == 0 || printer_open_knows(value);
}

static bool is_bank(struct ports *p, const char *value)
{
	(void)p;
	return bank_by_bin(value) != NULL;
}

/* Of the bank that the file says. */
static bool is_account(struct ports *p, const char *value)
{
	struct account account;
	struct err err;
	struct config *now = read_now(p, &err);
	const bool is = now && account_check(now->payer.bank, value,
				       &account) == ACCOUNT_FINE;

	free(now);
	return is;
}

/* "http://HOST:PORT": nothing else is taken (net_curl.h). */
static bool is_proxy(struct ports *p, const char *value)
{
	static const char scheme[] = "http://";
	const char *host = value + strlen(scheme);
	const char *port = strrchr(value, ':');
	int64_t number;

	(void)p;
	return strncmp(value, scheme, strlen(scheme)) == 0 && port > host &&
	       strpbrk(host, "/ @") == NULL &&
	       str_to_int(port + 1, 1, 65535, &number);
}

/* What the file may say and no program could use. */
static bool makes_sense(struct ports *p, const struct setting *at,
	const char *value, struct err *err)
{
	static const struct {
		const char *section;
		const char *key;
		bool (*is)(struct ports *p, const char *value);
	} row[] = {
		{"printer", "use", is_printer},
		{"payer", "bank", is_bank},
		{"payer", "account", is_account},
		{"centre", "proxy", is_proxy},
	};

	for (size_t i = 0; *value && i < sizeof(row) / sizeof(row[0]); i++)
		if (strcmp(at->section, row[i].section) == 0 &&
			strcmp(at->key, row[i].key) == 0 &&
			!row[i].is(p, value))
			return err_set(err, ERR_INVALID, 0, "no %s %s: %s",
				at->section, at->key, value);
	return true;
}

static bool store(struct ports *p, const struct effect *fx, struct err *err)
{
	const struct setting *at = setting_at(fx->setting.which);
	const struct config_choice choice = {.section = at ? at->section : "",
		.key = at ? at->key : "",
		.value = *fx->setting.value ? fx->setting.value : NULL};

	if (!at || !p->settings)
		return err_set(err, ERR_INVALID, 0, "no such setting");
	return makes_sense(p, at, fx->setting.value, err) &&
	       config_store(p->settings, &choice, err);
}

static void settings(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct err err = {0};
	struct config *now = NULL;

	if (!role_may(p->session.user.role, ACT_LIMIT)) {
		answer->kind = EV_REFUSED;
		answer->refusal = (struct refusal){.code = REFUSED_ROLE};
		return;
	}
	if (fx->kind == FX_SETTINGS || store(p, fx, &err))
		now = read_now(p, &err);
	if (!now) {
		answer->kind = EV_FAILED;
		answer->err = err;
		return;
	}
	answer->kind = EV_SETTINGS;
	fill(p, now, &answer->settings);
	if (fx->kind == FX_SETTING_PUT)
		use(p, now);
	free(now);
}

/* Out of those that are believed; the answer says who is left. */
static void peer_out(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	static const struct effect look = {.kind = FX_SETTINGS};
	struct refusal why = {0};
	struct err err = {0};
	const enum verdict v = elsewhere_drop(p->db, &p->session, fx->out.dev,
		fx->out.why, &why, &err);

	p->written = true;
	p->status_due = true;
	if (v == VERDICT_DONE) {
		settings(p, &look, answer);
		return;
	}
	answer->kind = v == VERDICT_REFUSED ? EV_REFUSED : EV_FAILED;
	if (v == VERDICT_REFUSED)
		answer->refusal = why;
	else
		answer->err = err;
}

/* Nobody's: made up, and marked so. */
static void sample_payout(struct payout *out)
{
	memset(out, 0, sizeof(*out));
	out->seq = 12;
	out->shift = 3;
	out->t = clock_wall_ms();
	out->period = 202612;
	out->state = PAYOUT_HANDED;
	out->amount = 1080000;
	out->items = 1;
	out->item[0] = (struct due_item){.what = ENT_MONTH,
		.period = 202612,
		.amount = 1080000};
	str_copy(out->person.name, sizeof(out->person.name), "NGUYỄN THỊ MẪU");
	str_copy(out->person.address, sizeof(out->person.address),
		"Thôn 3, xã Cẩm Khê");
	str_copy(out->actor_name, sizeof(out->actor_name), "Lan");
	out->actor = 7;
	str_copy(out->code, sizeof(out->code), "0000-0000-0000-0");
}

static void sample(struct ports *p, struct event *answer)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct payout *payout = calloc(1, sizeof(*payout));
	struct err err = {.code = ERR_NO_MEMORY, .text = "a sample"};

	answer->kind = EV_SAMPLE;
	if (job && payout) {
		sample_payout(payout);
		receipt_job_settings(job, p->config);
	}
	if (!job || !payout ||
		!receipt_job_make(db_info(p->db), payout, 0, run_width(p), job,
			&err) ||
		!receipt_job_text(job, answer->sample, sizeof(answer->sample),
			&err)) {
		answer->kind = EV_FAILED;
		answer->err = err;
	}
	free(payout);
	free(job);
}

bool run_setup(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine)
{
	*mine = true;
	switch (fx->kind) {
	case FX_SETTINGS:
	case FX_SETTING_PUT:
		settings(p, fx, answer);
		return true;
	case FX_PEER_OUT:
		peer_out(p, fx, answer);
		return true;
	case FX_SAMPLE:
		sample(p, answer);
		return true;
	default:
		*mine = false;
		return false;
	}
}
