/* verb_shift.c - `chitra shift`: the drawer of an agent, by banknote. */
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/proof.h"
#include "db/slips.h"
#include "terminal/app/json.h"
#include "terminal/app/second_qr.h"
#include "terminal/app/slip_print.h"
#include "terminal/app/verb.h"
#include "terminal/flows/drawer.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/pay_text.h"

struct shift_words {
	const char *what;
	const char *float_in;
	const char *count;
	const char *reason_name;
	const char *slip;
	const char *png;
	bool again; /* slip: print it */
	int64_t number;
	struct second_words second;
	struct notes notes;
	enum shift_reason reason;
};

static bool reason_parse(const char *name, enum shift_reason *out)
{
	static const struct {
		const char *name;
		enum shift_reason reason;
	} table[] = {
		{"miscount", SHIFT_REASON_MISCOUNT},
		{"unknown", SHIFT_REASON_UNKNOWN},
		{"change", SHIFT_REASON_CHANGE},
		{"other", SHIFT_REASON_OTHER},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].name, name) == 0) {
			*out = table[i].reason;
			return true;
		}
	return false;
}

/* Which banknotes were meant: an option, or the second word. */
static bool read_words(struct shift_words *w, const struct options *o)
{
	const char *notes = NULL;

	if (o->words < 1 || o->words > 2)
		return false;
	w->what = o->word[0];
	if (w->reason_name && !reason_parse(w->reason_name, &w->reason))
		return false;
	if (strcmp(w->what, "status") == 0)
		return o->words == 1;
	if (strcmp(w->what, "slip") == 0)
		return o->words == 1 ||
		       str_to_int(o->word[1], 1, INT64_MAX, &w->number);
	if (strcmp(w->what, "open") == 0)
		notes = w->float_in;
	else if (strcmp(w->what, "close") == 0)
		notes = w->count;
	else if (strcmp(w->what, "drop") == 0 || strcmp(w->what, "top-up") == 0)
		notes = o->words == 2 ? o->word[1] : NULL;
	return notes && notes_parse(notes, &w->notes);
}

static void say(const struct shift *s)
{
	char a[MONEY_TEXT_SIZE];
	char b[MONEY_TEXT_SIZE];

	printf(tr("Shift %lld of %s: %lld payouts, %s đồng paid, %s đồng in"
		  " the drawer.\n"),
		(long long)s->number, s->actor_name, (long long)s->payouts,
		money_format(s->paid, a), money_format(s->expected, b));
}

static enum exit_status answer(const struct options *o, enum verdict got,
	const struct shift *s, const struct refusal *why, const struct err *err)
{
	cJSON *reply;

	switch (got) {
	case VERDICT_FAILED:
		return verb_err(o, err);
	case VERDICT_REFUSED:
		return verb_refusal(o, why);
	case VERDICT_DONE:
		break;
	}
	if (!o->json)
		say(s);
	reply = json_ok();
	json_shift(reply, s);
	return verb_reply(o, reply, EXIT_DONE);
}

static void say_stock(const struct notes_stock *s)
{
	char text[PAY_TEXT_SIZE];

	printf(s->estimate ? tr("In the drawer (estimated): %s\n")
			   : tr("In the drawer: %s\n"),
		pay_notes_text(&s->there, text));
}

static enum exit_status status_now(const struct options *o,
	struct verb_store *v)
{
	const struct refusal none = {.code = REFUSED_NO_SHIFT};
	struct err err = {0};
	struct notes_stock stock;
	int64_t quick = 0;
	struct shift s;
	cJSON *reply;

	switch (shifts_current(v->db, &s, &err)) {
	case LOOKUP_FAILED:
		return verb_err(o, &err);
	case LOOKUP_ABSENT:
		return verb_refusal(o, &none);
	case LOOKUP_FOUND:
		break;
	}
	if (!payouts_quick(v->db, s.number, &quick, &err) ||
		payouts_stock(v->db, &stock, &err) == LOOKUP_FAILED)
		return verb_err(o, &err);
	if (!o->json)
		say(&s);
	if (!o->json && !notes_none(&stock.there))
		say_stock(&stock);
	if (!o->json && quick > 0)
		printf(tr("Payouts less than 15 s after the one before: %lld."
			  "\n"),
			(long long)quick);
	reply = json_ok();
	json_shift(reply, &s);
	json_int(reply, "quick", quick);
	cJSON_AddItemToObject(reply, "notes", json_notes(&stock.there));
	cJSON_AddBoolToObject(reply, "notes_estimated", stock.estimate);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status tell_slip(const struct options *o,
	const struct shift_slip *z, enum print_state state, int copy)
{
	char head[2 * CRYPTO_HASH_SIZE + 1];
	char differs[DRAWER_DIFFERS_SIZE];
	cJSON *reply = json_ok();

	if (!o->json) {
		say(&z->shift);
		printf(tr("Z slip of shift %lld: %s\n"),
			(long long)z->shift.number, slip_state_text(state));
		if (drawer_differs_text(z, differs)[0])
			printf(tr("Beside the book: %s\n"), differs);
		if (z->signs > 0)
			printf(tr("To look at: %lld (chitra report signs)\n"),
				(long long)z->signs);
	}
	json_shift(reply, &z->shift);
	json_int(reply, "seq", (int64_t)z->seq);
	json_int(reply, "counted", z->counted);
	json_int(reply, "difference", z->difference);
	cJSON_AddItemToObject(reply, "differs", json_notes(&z->differs));
	json_int(reply, "signs", z->signs);
	if (z->stand_in > 0)
		json_int(reply, "stand_in", z->stand_in);
	str_to_hex(z->head, sizeof(z->head), head);
	cJSON_AddStringToObject(reply, "head", head);
	cJSON_AddStringToObject(reply, "code", z->code);
	cJSON_AddStringToObject(reply, "qr", z->qr);
	cJSON_AddStringToObject(reply, "printed", print_state_name(state));
	json_int(reply, "copy", copy);
	return verb_reply(o, reply, EXIT_DONE);
}

/* What fails about the paper is said and never undoes the closing. */
static enum exit_status close_it(const struct options *o, struct verb_store *v,
	const struct shift_words *w)
{
	enum print_state state;
	enum exit_status status;
	struct shift_slip slip;
	struct refusal why = {0};
	const struct session *by;
	struct second_qr q;
	struct err err = {0};
	enum verdict got;
	int copy = 0;

	if (!second_qr_begin(o, v, &w->second, &q, &by, &status))
		return status;
	got = shifts_close(v->db, &v->session, &w->notes, w->reason, by, &slip,
		&why, &err);
	if (!second_qr_end(o, v, &w->second, &q, &got, &why, &err, &status))
		return status;
	if (got != VERDICT_DONE)
		return answer(o, got, &slip.shift, &why, &err);
	state = slip_print(o, v, &slip, &copy, &err);
	if (w->png && !slip_png(o, v, &slip, copy, w->png, &err))
		fprintf(stderr, "(%s)\n", err.text);
	return tell_slip(o, &slip, state, copy);
}

static enum exit_status paper_failed(const struct options *o,
	const struct err *err)
{
	fprintf(stderr, "(%s)\n", err->text);
	return verb_refuse(o, verb_err_code(err->code),
		err_text(err->code, ERR_WHILE_PRINTING), EXIT_COULD_NOT);
}

/* Look at a slip; with --again print it. */
static enum exit_status show_slip(const struct options *o, struct verb_store *v,
	const struct shift_words *w)
{
	enum print_state state = PRINT_NONE;
	struct slip_paper paper;
	struct shift_slip slip;
	struct err err = {0};
	int copy = 0;

	switch (slips_get(v->db, w->number, &slip, &err)) {
	case LOOKUP_FAILED:
		return verb_err(o, &err);
	case LOOKUP_ABSENT:
		return verb_refuse(o, "not_found",
			tr("There is no such closed shift."), EXIT_REFUSED);
	case LOOKUP_FOUND:
		break;
	}
	if (!slips_paper(v->db, slip.seq, &paper, &err))
		return verb_err(o, &err);
	if (paper.printed)
		state = PRINT_PRINTED;
	if (w->again) {
		state = slip_print(o, v, &slip, &copy, &err);
		if (state != PRINT_PRINTED)
			return paper_failed(o, &err);
	}
	if (w->png && !slip_png(o, v, &slip, copy, w->png, &err))
		return verb_err(o, &err);
	return tell_slip(o, &slip, state, copy);
}

/* A slip is shown to the book first: it may prove that records are missing. */
static enum verdict open_it(struct verb_store *v, const struct shift_words *w,
	struct shift *s, struct refusal *why, struct err *err)
{
	struct proof_found found;

	if (w->slip &&
		!proof_take(v->db, &v->session, NULL, w->slip, &found, err))
		return VERDICT_FAILED;
	return shifts_open_with(v->db, &v->session, &w->notes, w->slip, s, why,
		err);
}

static enum exit_status act(const struct options *o, struct verb_store *v,
	const struct shift_words *w)
{
	struct refusal why = {0};
	struct err err = {0};
	struct shift s;
	enum verdict got;

	if (strcmp(w->what, "status") == 0)
		return status_now(o, v);
	if (strcmp(w->what, "close") == 0)
		return close_it(o, v, w);
	if (strcmp(w->what, "slip") == 0)
		return show_slip(o, v, w);
	if (strcmp(w->what, "open") == 0)
		got = open_it(v, w, &s, &why, &err);
	else if (strcmp(w->what, "drop") == 0)
		got = shifts_drop(v->db, &v->session, &w->notes, &s, &why,
			&err);
	else
		got = shifts_top_up(v->db, &v->session, &w->notes, &s, &why,
			&err);
	return answer(o, got, &s, &why, &err);
}

static bool only_looks(const struct shift_words *w)
{
	return strcmp(w->what, "status") == 0 ||
	       (strcmp(w->what, "slip") == 0 && !w->again);
}

enum exit_status verb_shift(int argc, char **argv)
{
	struct shift_words w = {0};
	const struct option_spec own[] = {
		{"--float", OPTION_TEXT, &w.float_in},
		{"--count", OPTION_TEXT, &w.count},
		{"--by", OPTION_INT, &w.second.by},
		{"--by-qr", OPTION_FLAG, &w.second.by_qr},
		{"--approval", OPTION_TEXT, &w.second.answer},
		{"--reason", OPTION_TEXT, &w.reason_name},
		{"--png", OPTION_TEXT, &w.png},
		{"--again", OPTION_FLAG, &w.again},
		{"--slip", OPTION_TEXT, &w.slip},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "shift", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	if (!read_words(&w, &o))
		return verb_usage("shift");
	if (only_looks(&w) ? !verb_open(&o, false, &v, &status)
			   : !second_qr_open(&o, &w.second, &v, &status))
		return status;
	status = act(&o, &v, &w);
	verb_close(&v);
	return status;
}
