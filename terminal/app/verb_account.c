/* verb_account.c - `chitra account`: the QR of an account, read or made. */
#include <stdio.h>
#include <string.h>

#include "core/codec/qr.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "drivers/printer/paper_png.h"
#include "terminal/app/json.h"
#include "terminal/app/scan.h"
#include "terminal/app/verb.h"
#include "terminal/flows/account_text.h"

enum {
	PNG_DOTS = 8 /* a module; 33 of them are 264 dots */
};

/* The words of the command line. */
struct account_words {
	struct scan_source from;
	bool make;
	const char *bin;
	const char *number;
	const char *amount;
	const char *purpose;
	const char *png;
};

/* Why it is refused; code "" if it is not. */
struct why {
	const char *code;
	const char *message;
};

static cJSON *json_notes_of(const struct account *a)
{
	static const enum account_note all[] = {ACCOUNT_NOTE_LENGTH,
		ACCOUNT_NOTE_PROVIDER, ACCOUNT_NOTE_NO_PHONE};
	cJSON *list = cJSON_CreateArray();

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		cJSON *note;

		if (!(a->notes & all[i]))
			continue;
		fprintf(stderr, "%s\n", account_note_text(all[i]));
		note = cJSON_CreateObject();
		cJSON_AddStringToObject(note, "code",
			account_note_code(all[i]));
		cJSON_AddStringToObject(note, "message",
			account_note_text(all[i]));
		cJSON_AddItemToArray(list, note);
	}
	return list;
}

static cJSON *json_account(const struct vietqr *q, const struct why *why)
{
	const struct account *a = &q->account;
	const bool good = !why->code[0];
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "outcome", good ? "ok" : "reject");
	cJSON_AddStringToObject(o, "bin", a->bin);
	cJSON_AddStringToObject(o, "provider", a->bank ? a->bank->code : "");
	cJSON_AddStringToObject(o, "wallet", account_wallet_code(a->wallet));
	cJSON_AddStringToObject(o, "kind",
		!good        ? ""
		: q->to_card ? "card"
			     : "account");
	cJSON_AddStringToObject(o, "number", a->number);
	json_int(o, "amount", q->amount);
	cJSON_AddStringToObject(o, "purpose", q->purpose);
	cJSON_AddItemToObject(o, "notes", json_notes_of(a));
	cJSON_AddStringToObject(o, "code", why->code);
	cJSON_AddStringToObject(o, "message", why->message);
	return o;
}

static void say(const struct vietqr *q)
{
	char provider[ACCOUNT_TITLE_SIZE];
	char figures[MONEY_TEXT_SIZE];

	printf("%s  %s\n", account_provider(&q->account, provider),
		q->account.number);
	if (q->name[0])
		printf("%s\n", q->name);
	if (q->amount > 0)
		printf("%s\n", money_format(q->amount, figures));
	if (q->purpose[0])
		printf("%s\n", q->purpose);
}

static enum exit_status refuse(const struct options *o, const struct why *why)
{
	static const struct vietqr nothing;

	fprintf(stderr, "%s\n", why->message);
	return verb_reply(o, json_account(&nothing, why), EXIT_REFUSED);
}

/* ---- reading ---- */

static enum exit_status read_code(const struct options *o,
	const struct account_words *w)
{
	static struct scan_bytes scan;
	enum vietqr_verdict verdict;
	struct err err = {0};
	struct vietqr q;
	struct why why;

	if (!scan_read(&w->from, &scan, &err))
		return verb_err(o, &err);
	verdict = vietqr_read(scan.bytes, scan.len, &q);
	why.code = vietqr_code(verdict, q.fault);
	why.message = account_qr_text(verdict, q.fault);
	if (verdict != VIETQR_OK)
		return refuse(o, &why);
	if (!o->json)
		say(&q);
	return verb_reply(o, json_account(&q, &why), EXIT_DONE);
}

/* ---- making ---- */

static bool has_purpose_that_fits(const char *purpose, struct vietqr *q)
{
	return !purpose || str_copy(q->purpose, sizeof(q->purpose), purpose);
}

static bool has_amount(const char *amount, struct vietqr *q)
{
	if (amount && !money_parse(amount, &q->amount))
		return false;
	q->dynamic = q->amount > 0;
	return q->amount <= VIETQR_MAX_AMOUNT;
}

/* The code as text. A word that cannot be in it is refused in *why. */
static bool make_text(const struct account_words *w, struct vietqr *q,
	char text[VIETQR_SIZE], struct why *why)
{
	enum account_fault fault;
	struct err err;

	memset(q, 0, sizeof(*q));
	fault = account_check(w->bin, w->number, &q->account);
	*why = (struct why){account_fault_code(fault),
		account_fault_text(fault)};
	if (fault != ACCOUNT_FINE)
		return false;
	if (strlen(q->account.number) > VIETQR_MAX_NUMBER)
		*why = (struct why){"bad_number",
			tr("A QR has no room for more than 19 letters and "
			   "digits of a number.")};
	else if (!has_amount(w->amount, q))
		*why = (struct why){"bad_amount",
			tr("This is not an amount of at most 13 digits.")};
	else if (!has_purpose_that_fits(w->purpose, q) ||
		 !vietqr_make(q, text, &err))
		*why = (struct why){"bad_purpose",
			tr("The purpose is longer than 25 letters or has signs "
			   "that no bank takes. Write it shorter and plain.")};
	return !why->code[0];
}

static bool write_png(const char *text, const char *path, struct err *err)
{
	static struct qr qr;

	return qr_make(text, strlen(text), QR_MEDIUM, &qr, err) &&
	       paper_png_write_qr(&qr, PNG_DOTS, path, err);
}

static enum exit_status make_code(const struct options *o,
	const struct account_words *w)
{
	char text[VIETQR_SIZE];
	struct err err = {0};
	struct vietqr q;
	struct why why;
	struct vietqr made;
	cJSON *reply;

	if (!make_text(w, &q, text, &why))
		return refuse(o, &why);
	if (w->png && !write_png(text, w->png, &err))
		return verb_err(o, &err);
	/* What stands in the code, not what was asked for. */
	vietqr_read(text, strlen(text), &made);
	reply = json_account(&made, &why);
	cJSON_AddStringToObject(reply, "text", text);
	if (!o->json)
		printf("%s\n", text);
	return verb_reply(o, reply, EXIT_DONE);
}

/* Either one code to read, or what a code is made of. */
static bool is_one_task(const struct account_words *w)
{
	const int sources = scan_sources(&w->from);

	if (w->make)
		return sources == 0 && w->bin && w->number;
	return sources == 1 && !w->bin && !w->number && !w->amount &&
	       !w->purpose && !w->png;
}

enum exit_status verb_account(int argc, char **argv)
{
	struct account_words w = {0};
	const struct option_spec own[] = {
		{"--hex", OPTION_TEXT, &w.from.hex},
		{"--text", OPTION_TEXT, &w.from.text},
		{"--image", OPTION_TEXT, &w.from.image},
		{"--make", OPTION_FLAG, &w.make},
		{"--bin", OPTION_TEXT, &w.bin},
		{"--number", OPTION_TEXT, &w.number},
		{"--amount", OPTION_TEXT, &w.amount},
		{"--purpose", OPTION_TEXT, &w.purpose},
		{"--png", OPTION_TEXT, &w.png},
	};
	struct options o;

	/* Somebody's, in the book. */
	if (argc > 0 && argv[0][0] != '-')
		return verb_enrol(argc, argv);
	if (!verb_options(&o, "account", argc, argv, own,
		    sizeof(own) / sizeof(*own)))
		return EXIT_USAGE;
	if (o.words != 0 || !is_one_task(&w))
		return verb_usage("account");
	return w.make ? make_code(&o, &w) : read_code(&o, &w);
}
