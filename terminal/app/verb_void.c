/*
 * verb_void.c - `chitra void`: a payment is cancelled, its money is back.
 *
 * What was handed over needs the text of the receipt's QR (--receipt CV1:…),
 * or the word that it is lost, and a supervisor (--by N, PIN in
 * CHITRA_BY_PIN; --by-qr, then --approval: second_qr.h). What is still open is cancelled with --reason not_handed.
 */
#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/second_qr.h"
#include "terminal/app/verb.h"

struct void_words {
	const char *receipt; /* QR, or "Mã" code */
	const char *pad;     /* instead: number of a sheet of the pad */
	const char *reason;
	struct second_words second;
};

static enum exit_status done(const struct options *o, struct verb_store *v,
	const struct payout *p)
{
	struct err err = {0};
	struct shift shift;
	cJSON *reply;

	if (shifts_current(v->db, &shift, &err) == LOOKUP_FAILED)
		return verb_err(o, &err);
	reply = json_ok();
	json_payout(reply, p);
	json_int(reply, "expected", shift.expected);
	if (!o->json)
		json_say_payout(p);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum verdict cancel(struct verb_store *v, const struct void_words *w,
	enum void_reason reason, const struct session *by, struct payout *p,
	struct refusal *why, struct err *err)
{
	const struct void_request request = {.seq = p->seq,
		.reason = reason,
		.paper = w->pad ? w->pad : w->receipt,
		.by = by};

	if (reason == VOID_NOT_HANDED)
		return payouts_not_handed(v->db, &v->session, p->seq, by, p,
			why, err);
	return payouts_void(v->db, &v->session, &request, p, why, err);
}

static enum exit_status take_back(const struct options *o,
	const struct void_words *w, enum void_reason reason,
	struct verb_store *v, struct payout *p)
{
	enum exit_status status;
	struct refusal why = {0};
	struct err err = {0};
	const struct session *by;
	struct second_qr q;
	enum verdict got;

	if (!second_qr_begin(o, v, &w->second, &q, &by, &status))
		return status;
	got = cancel(v, w, reason, by, p, &why, &err);
	if (!second_qr_end(o, v, &w->second, &q, &got, &why, &err, &status))
		return status;
	switch (got) {
	case VERDICT_FAILED:
		return verb_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	return done(o, v, p);
}

static enum exit_status find(const struct options *o,
	const struct void_words *w, enum void_reason reason,
	struct verb_store *v)
{
	struct err err = {0};
	struct payout p;
	const enum lookup got =
		w->pad ? payouts_by_pad(v->db, w->pad, &p, &err)
		       : payouts_by_code(v->db, w->receipt, &p, &err);

	switch (got) {
	case LOOKUP_FAILED:
		return verb_err(o, &err);
	case LOOKUP_ABSENT:
		return verb_refuse(o, "not_found",
			tr("This terminal has no receipt with this code. Check"
			   " the letters and digits once more."),
			EXIT_REFUSED);
	case LOOKUP_FOUND:
		break;
	}
	return take_back(o, w, reason, v, &p);
}

enum exit_status verb_void(int argc, char **argv)
{
	struct void_words w = {0};
	const struct option_spec own[] = {
		{"--receipt", OPTION_TEXT, &w.receipt},
		{"--pad", OPTION_TEXT, &w.pad},
		{"--reason", OPTION_TEXT, &w.reason},
		{"--by", OPTION_INT, &w.second.by},
		{"--by-qr", OPTION_FLAG, &w.second.by_qr},
		{"--approval", OPTION_TEXT, &w.second.answer},
	};
	enum void_reason reason = VOID_NONE;
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "void", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	if (o.words != 0 || (w.receipt != NULL) == (w.pad != NULL) ||
		!w.reason || !void_reason_parse(w.reason, &reason))
		return verb_usage("void");
	if (!second_qr_open(&o, &w.second, &v, &status))
		return status;
	status = find(&o, &w, reason, &v);
	verb_close(&v);
	return status;
}
