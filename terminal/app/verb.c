#include "terminal/app/verb.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/crypto.h"
#include "core/date.h"
#include "core/log.h"
#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/app/help.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

const struct verb verbs[] = {
	{"init",
		"--point CODE --name TEXT [--unit TEXT] [--centre-key HEX]"
		" [--centre-sign-key HEX]"
		" [--pin-kib N] [--list-window BEFORE:AFTER] [--hours "
		"07:00-17:30] [--device-key "
		"FILE|tpm]",
		verb_init},
	{"user",
		"add --number N --name TEXT --role agent|staff|supervisor|"
		"technician [--until DAY] | list | unlock|revoke --number N "
		"--as N | renew --number N --until DAY --as N | pin --as N | "
		"card --as N | key --from CU1:…|FILE|none --as N",
		verb_user},
	{"import",
		"list|changes|answers|acmt024 FILE [--check] [--count N]"
		" [--sum N] [--sha256 HEX] [--corrects LIST] [--errors "
		"OUT.csv] "
		"[--progress] | users|units FILE [--check]"
		" | questions FILE [--check]"
		" --as SUPERVISOR | revlist FILE",
		verb_import},
	{"lists",
		"[fixes LIST | assigned] --as N | split FILE --by hamlet|range"
		" --parts N --to DIR | assign LIST --to USER --hamlet H"
		" [--unit CODE]|--range A-B | unassign LIST --hamlet H|--range "
		"A-B",
		verb_lists},
	{"questions", "[--to FILE.csv]", verb_questions},
	{"decode", "IMAGE | --camera [NODE] [--seconds N]", verb_decode},
	{"scan-test", "[--port NODE] [--count N] [--seconds N]", verb_scantest},
	{"card", "--hex HEX | --text T | --image FILE", verb_card},
	{"account",
		"--hex HEX | --text T | --image FILE | --make --bin N --number"
		" N [--amount N] [--purpose T] [--png FILE] | add --id12 N"
		" (--hex|--text|--image … | --bin N --number N --again N)"
		" --holder NAME [--whose self|guardian|authorised --owner NAME"
		" [--owner-id N] [--relation R] [--paper T]] [--names bank|"
		"list|changed|other] [--shared guardian|household|other]"
		" [--why T] [--confirmed] | add --id12 N --planned [--bin N]"
		" [--on DATE] | confirm|show --id12 N | list [--id12 N] |"
		" pays --id12 N --from PERIOD | cash --id12 N --from PERIOD"
		" --reason asked|returned|withdrawn|other [--by N] --as N",
		verb_account},
	{"words", "N [--south]", verb_words},
	{"compare", "NAME NAME", verb_compare},
	{"telex", "KEYS [--new]", verb_telex},
	{"vni", "KEYS [--new]", verb_vni},
	{"unit", "ADDRESS | CODE | NAME", verb_unit},
	{"find", "QUERY", verb_find},
	{"shift",
		"open --float 500000x10,… [--slip TEXT] | status | top-up "
		"NOTES | drop NOTES "
		"|"
		" close --count NOTES [--by N|--by-qr|--approval CA2:… "
		"--reason "
		"CODE] [--png FILE] |"
		" slip [SHIFT] [--again] [--png FILE] [--width 58|80]",
		verb_shift},
	{"pay",
		"(--card HEX | --image FILE | --id12 N) [--period P] [--payee P"
		" --payee-name NAME --payee-id N [--payee-paper TEXT]"
		" [--payee-until DATE] [--payee-relation R]]"
		" [--notes NOTES|suggest] [--accept] [--not-paid REASON]"
		" [--by N|--by-qr|--approval CA2:…] [--pad NUMBER --at "
		"YYYY-MM-DDTHH:MM]",
		verb_pay},
	{"void",
		"(--receipt CODE | --pad NUMBER) --reason receipt_back|"
		"receipt_lost|not_handed (--by N | --by-qr | --approval CA2:…)",
		verb_void},
	{"report",
		"signs [SHIFT] | units | complaints --as N | duties "
		"[--holidays FILE]"
		" --as N | corrections PERIOD"
		" --to FILE | accounts [--to FILE.csv] | "
		"a|b|list|unpaid|changes|cards|settlement PERIOD"
		" [--unit CODE] [--to FILE.pdf|.xlsx|.csv] |"
		" dashboard [PERIOD] [--unit CODE] [--html FILE] |"
		" visits PERIOD |"
		" exceptions [DAY|MONTH|SHIFT] [--only KIND,…] [--to FILE.pdf"
		"|.xlsx|.csv] --as N |"
		" police|justice|homevisit|guardian|followup PERIOD"
		" [--to FILE.csv]",
		verb_report},
	{"sample",
		"draw [DAY|MONTH|SHIFT] --count N [--to FILE] | show [--draw N]"
		" [--to FILE.pdf|.xlsx|.csv] | result --receipt CODE --said"
		" confirmed|not_reached|differs|not_received [--amount N]"
		" [--note self|relative|visited|no_answer|wrong_number|later]"
		" [--draw N] | list --as N",
		verb_sample},
	{"visit",
		"list [--unit CODE [--hamlet NAME]] [--only undone|done|due]"
		" [--group G] [--find TEXT] [--undone-first] [--converted]"
		" [--max N] | hamlets [--unit CODE] | today | target [N] |"
		" next [--max N] [--day DATE] | plan [add|remove|move --id12 N"
		" [--place N] | clear] [--day DATE] | record --id12 N --result"
		" R [--next DATE|+DAYS] [--died DATE] [--note T] [--phone N]"
		" [--answers FILE]"
		" [--seen SEQ] | show --id12 N | drafts [drop --id12 N]"
		" --as N",
		verb_visit},
	{"consent",
		"text [--notice LANG] | give --id12 N --yes all|payout,verify,"
		"share,phone --how signature|thumbprint|typed [--read] [--copy]"
		" [--witness-name T --witness-id N] | refuse --id12 N --reason"
		" cash|distrust|far|no_phone|family|unsaid|other | withdraw"
		" --id12 N --channel counter|home|phone|letter|other [--left"
		" PURPOSES] [--by parent|guardian|authorised --name T"
		" [--party-id N] [--paper T] [--paper-until D] [--relation R]]"
		" [--sum HEX] [--print] [--png F] | show --id12 N|--code C |"
		" list [--id12 N] | export --id12 N --json | request view|"
		"correct|withdraw|restrict|object|delete --id12 N [--words T] |"
		" answer acknowledged|longer|done|refused --number N"
		" [--words T]",
		verb_consent},
	{"complaint",
		"--receipt CODE --reason not_received|amount|person|other"
		" [--print] [--png FILE] [--width 58|80] --as N",
		verb_complaint},
	{"recover", "[--answer handed|not_handed] [--by N]", verb_recover},
	{"receipt",
		"CODE [--png FILE] [--bytes FILE] [--width 58|80] [--again]",
		verb_receipt},
	{"export",
		"(journal [--from SEQ] [--until SEQ] | shift N | keys | roster)"
		" --to FILE | (day [DATE] | shift N | period [MONTH]) --to DIR"
		" | acmt023 --to DIR [--max N] | pain001 MONTH --to DIR [--unit"
		" CODE] [--day DATE] [--max N] | --openrosa DIR --as N",
		verb_export},
	{"backup", "FILE --as N", verb_backup},
	{"restore", "FILE --to DIR", verb_restore},
	{"evidence", "TEXT [--confirm --as N]", verb_evidence},
	{"retire", "--reason replaced|tail_lost|damaged|other --as N",
		verb_retire},
	{"moved", "[--as N [--slip TEXT]]", verb_moved},
	{"erase", "--id12 N --reason request|order|error|over --as SUPERVISOR",
		verb_erase},
	{"lost", "[--as N]", verb_lost},
	{"devices", "", verb_devices},
	{"selftest", "[--print] [--png FILE] [--width 58|80]", verb_selftest},
	{"print-test", "[--right DIGITS [--no-print]]", verb_print_test},
	{"clock", "[confirm --as N]", verb_clock},
	{"limit",
		"[show] | set single|payouts|sum|pace NUMBER | set hours"
		" 07:00-17:30 --as SUPERVISOR",
		verb_limit},
	{"approve", "--text CA1:… --as N", verb_approve},
	{"centre",
		"join --url https://HOST[:PORT] --code CODE (--ca FILE | --pin "
		"sha256//…) --as SUPERVISOR | show | tail [--from FILE] [--yes]"
		" --as SUPERVISOR | --sign-key HEX --as N",
		verb_centre},
	{"upload", "[--once] [--wait SECONDS] | --to DIR | --from DIR",
		verb_upload},
	{"down", "[--from FOLDER | --fetch | --take] [--as N]", verb_down},
	{"office-key", "make FILE | take FILE --as SUPERVISOR | show --as N",
		verb_office_key},
	{"carry",
		"show [--period P] [--list N] [--png FILE] [--print] | take "
		"(--text CM1:… | --image FILE [FILE…]) | card | know (--text "
		"CD1:… | --image FILE | --keys FILE) | drop TERMINAL "
		"--reason lost|replaced|closed --as N",
		verb_carry},
	{"handover",
		"release --id12 N --to TERMINAL [--png FILE] [--print] | show"
		" --id12 N [--png FILE] [--print] | take (--text CH1:… | "
		"--image"
		" FILE [FILE…]) --as N",
		verb_handover},
	{"seal-key", "--as SUPERVISOR", verb_seal_key},
	{"demo", "[--cards DIR]", verb_demo},
};
const int verbs_count = sizeof(verbs) / sizeof(verbs[0]);

enum exit_status verb_usage(const char *verb)
{
	for (int i = 0; i < verbs_count; i++)
		if (strcmp(verbs[i].name, verb) == 0)
			help_forms(stderr, verb, verbs[i].usage);
	fprintf(stderr, "chitra %s --help\n", verb);
	return EXIT_USAGE;
}

bool verb_options(struct options *o, const char *verb, int argc, char **argv,
	const struct option_spec *own, size_t count)
{
	struct err err;

	memset(o, 0, sizeof(*o));
	if (!options_read(o, argc, argv, own, count, &err)) {
		fprintf(stderr, "chitra %s: %s\n", verb, err.text);
		verb_usage(verb);
		return false;
	}
	if (o->lang && !tr_set_lang(o->lang)) {
		fprintf(stderr, "chitra %s: --lang vi|en\n", verb);
		return false;
	}
	if (o->width != 0 && o->width != 58 && o->width != 80) {
		fprintf(stderr, "chitra %s: --width 58|80\n", verb);
		return false;
	}
	return true;
}

/*
 * JSON has an escape for what could move the terminal of a person who reads
 * it; the value stays what it is. Outside of strings there is nothing such.
 */
static bool print_json(const char *text)
{
	while (*text) {
		const char *start = text;
		const uint32_t ch = utf8_next(&text);
		const uint32_t low = ch - 0x10000;

		if (ch == UTF8_BAD)
			fputs("\\ufffd", stdout);
		else if (utf8_width(ch) > 0)
			fwrite(start, 1, (size_t)(text - start), stdout);
		else if (ch < 0x10000)
			printf("\\u%04x", ch);
		else
			printf("\\u%04x\\u%04x", 0xd800 + (low >> 10),
				0xdc00 + (low & 0x3ff));
	}
	return putchar('\n') == '\n' && fflush(stdout) == 0;
}

enum exit_status verb_reply(const struct options *o, cJSON *reply,
	enum exit_status status)
{
	char *text;

	if (o->json) {
		text = cJSON_PrintUnformatted(reply);
		if (!text || !print_json(text))
			status = EXIT_COULD_NOT;
		cJSON_free(text);
	}
	cJSON_Delete(reply);
	return status;
}

const char *verb_plain(const char *text, char out[VERB_PLAIN_SIZE])
{
	str_copy(out, VERB_PLAIN_SIZE, text);
	return text_plain(out);
}

static cJSON *refused(const char *code, const char *message)
{
	cJSON *reply = cJSON_CreateObject();

	cJSON_AddBoolToObject(reply, "ok", false);
	cJSON_AddStringToObject(reply, "code", code);
	cJSON_AddStringToObject(reply, "message", message);
	return reply;
}

enum exit_status verb_refuse(const struct options *o, const char *code,
	const char *message, enum exit_status status)
{
	fprintf(stderr, "%s\n", message);
	return verb_reply(o, refused(code, message), status);
}

enum exit_status verb_refusal(const struct options *o,
	const struct refusal *why)
{
	char message[512];
	char iso[32];
	cJSON *reply;

	refusal_text(why, message, sizeof(message));
	fprintf(stderr, "%s\n", message);
	reply = refused(refusal_code_name(why->code), message);
	if (why->prior.seq > 0) {
		cJSON *prior = cJSON_AddObjectToObject(reply, "prior");

		cJSON_AddNumberToObject(prior, "seq", (double)why->prior.seq);
		cJSON_AddStringToObject(prior, "receipt", why->prior.receipt);
		cJSON_AddStringToObject(prior, "at",
			date_time_iso(why->prior.t, iso));
		cJSON_AddStringToObject(prior, "point", why->prior.point);
		cJSON_AddNumberToObject(prior, "by", (double)why->prior.actor);
		cJSON_AddStringToObject(prior, "by_name",
			why->prior.actor_name);
		cJSON_AddNumberToObject(prior, "amount",
			(double)why->prior.amount);
	}
	return verb_reply(o, reply, EXIT_REFUSED);
}

const char *verb_err_code(enum err_code code)
{
	static const char *const name[] = {
		[ERR_NONE] = "none",
		[ERR_INVALID] = "invalid",
		[ERR_BUSY] = "busy",
		[ERR_TIMEOUT] = "timeout",
		[ERR_GONE] = "gone",
		[ERR_DENIED] = "denied",
		[ERR_FULL] = "full",
		[ERR_IO] = "io",
		[ERR_CORRUPT] = "corrupt",
		[ERR_NO_MEMORY] = "no_memory",
	};

	return name[code];
}

enum exit_status verb_stopped(const struct options *o, const char *message)
{
	return verb_refuse(o, "stopped", message, EXIT_REFUSED);
}

enum exit_status verb_err(const struct options *o, const struct err *err)
{
	const char *message = err_text(err->code, ERR_WHILE_READING);
	cJSON *reply;

	/* ^C, and everything is taken back. */
	if (db_watch_stopped(err))
		return verb_stopped(o,
			tr("Stopped: nothing was changed, and no file was "
			   "left."));
	reply = refused(verb_err_code(err->code), message);
	log_err("verb", err);
	fprintf(stderr, "%s\n(%s)\n", message, err->text);
	cJSON_AddStringToObject(reply, "detail", err->text);
	return verb_reply(o, reply,
		err->code == ERR_INVALID ? EXIT_REFUSED : EXIT_COULD_NOT);
}

enum exit_status verb_file_err(const struct options *o, const struct err *err)
{
	const char *code = verb_err_code(err->code);
	const char *message;
	enum exit_status status = EXIT_COULD_NOT;

	if (err->code == ERR_INVALID && err->sys == EEXIST) {
		code = "exists";
		message = tr("A file of that name is there already. Give"
			     " another name: exported files are evidence and"
			     " are never replaced.");
		status = EXIT_REFUSED;
	} else if (err->code == ERR_FULL) {
		message = tr("There is no room for the file. Nothing was left"
			     " half-written; use another stick or folder.");
	} else if (err->code == ERR_GONE || err->code == ERR_DENIED) {
		message = tr("The file cannot be written there. Check the"
			     " folder or the stick, then try again.");
	} else {
		return verb_err(o, err);
	}
	log_err("export", err);
	fprintf(stderr, "(%s)\n", err->text);
	return verb_refuse(o, code, message, status);
}

/* A refused sign-in as a sentence and a code. Wrong PINs are counted. */
static enum exit_status sign_in_refused(const struct options *o,
	enum sign_in got, const struct sign_in_result *result)
{
	char message[256];

	switch (got) {
	case SIGN_IN_NO_USER:
		return verb_refuse(o, "no_user",
			tr("There is no user with this number on this "
			   "terminal."),
			EXIT_REFUSED);
	case SIGN_IN_LOCKED:
		return verb_refuse(o, "locked",
			tr("Too many wrong PINs: this user is locked. A"
			   " supervisor can unlock it."),
			EXIT_REFUSED);
	case SIGN_IN_REVOKED:
		return verb_refuse(o, "revoked",
			tr("This user was revoked and may not work here any"
			   " more."),
			EXIT_REFUSED);
	case SIGN_IN_EXPIRED:
		return verb_refuse(o, "expired",
			tr("The last day of this user is over. Another"
			   " supervisor can renew it on this terminal: chitra"
			   " user renew."),
			EXIT_REFUSED);
	case SIGN_IN_WRONG_PIN:
		snprintf(message, sizeof(message),
			tr("The PIN is wrong. Tries left: %d. Wait %d s before"
			   " the next one."),
			result->tries_left, result->wait_seconds);
		return verb_refuse(o, "wrong_pin", message, EXIT_REFUSED);
	case SIGN_IN_FAILED:
	case SIGN_IN_DONE:
		break;
	}
	return EXIT_COULD_NOT;
}

typedef enum sign_in try_fn(struct db *db, int64_t number, const char *pin,
	struct session *out, struct sign_in_result *result, struct err *err);

static bool try_pin(const struct options *o, int64_t as, try_fn *try,
	struct verb_store *v, enum exit_status *status)
{
	struct sign_in_result result = {0};
	char pin[16];
	struct err err = {0};
	enum sign_in got;

	if (!options_pin(o, pin, sizeof(pin))) {
		*status = verb_refuse(o, "no_pin",
			tr("The PIN is missing: put it into CHITRA_PIN or give"
			   " --pin-fd."),
			EXIT_USAGE);
		return false;
	}
	got = try(v->db, as, pin, &v->session, &result, &err);
	crypto_wipe(pin, sizeof(pin));
	if (got == SIGN_IN_DONE)
		return true;
	*status = got == SIGN_IN_FAILED ? verb_err(o, &err)
					: sign_in_refused(o, got, &result);
	return false;
}

static bool sign_in(const struct options *o, int64_t as, struct verb_store *v,
	enum exit_status *status)
{
	return try_pin(o, as, users_sign_in, v, status);
}

bool verb_resume(const struct options *o, struct verb_store *v, int64_t actor,
	enum exit_status *status)
{
	return try_pin(o, actor, users_resume, v, status);
}

bool verb_second(const struct options *o, struct verb_store *v, int64_t by,
	struct session *out, enum exit_status *status)
{
	const char *pin = getenv("CHITRA_BY_PIN");
	struct sign_in_result result = {0};
	struct err err = {0};
	enum sign_in got;

	session_clear(out);
	if (by == 0)
		return true;
	if (!pin) {
		*status = verb_refuse(o, "no_pin",
			tr("The second person's PIN is missing: put it into"
			   " CHITRA_BY_PIN."),
			EXIT_USAGE);
		return false;
	}
	got = users_check(v->db, by, pin, out, &result, &err);
	if (got == SIGN_IN_DONE)
		return true;
	*status = got == SIGN_IN_FAILED ? verb_err(o, &err)
					: sign_in_refused(o, got, &result);
	return false;
}

enum exit_status verb_second_refused(const struct options *o,
	const struct event *ev)
{
	const struct sign_in_result result = {.tries_left =
						      ev->sign_in.tries_left,
		.wait_seconds = ev->sign_in.wait_seconds};

	return sign_in_refused(o, ev->sign_in.how, &result);
}

static void open_log(const char *dir)
{
	char path[OPTIONS_DIR_SIZE + 16];
	struct err ignored;

	snprintf(path, sizeof(path), "%s/chitra.log", dir);
	log_open(path, &ignored);
}

enum exit_status verb_nobody(const struct options *o)
{
	return verb_refuse(o, "no_user",
		tr("Say who is working: --as NUMBER, with the PIN in"
		   " CHITRA_PIN."),
		EXIT_USAGE);
}

/* --as; without it the only user there is. *as 0: somebody has to be named. */
static bool who_works(const struct options *o, struct db *db, int64_t *as,
	struct err *err)
{
	struct user users[2];
	int count;

	*as = o->as;
	if (*as != 0)
		return true;
	if (!users_list(db, users, 2, &count, err))
		return false;
	if (count == 1)
		*as = users[0].number;
	return true;
}

bool verb_sign_in(const struct options *o, struct verb_store *v,
	enum exit_status *status)
{
	struct err err = {0};
	int64_t as;

	if (!who_works(o, v->db, &as, &err))
		*status = verb_err(o, &err);
	else if (as == 0)
		*status = verb_nobody(o);
	else
		return sign_in(o, as, v, status);
	return false;
}

enum exit_status verb_not_opened(const struct options *o,
	const struct keeper *k, const char *dir, const struct err *err)
{
	char message[VERB_PLAIN_SIZE];
	const char *code;

	if (!keeper_says(k, dir, &code, message, sizeof(message)))
		return verb_err(o, err);
	fprintf(stderr, "(%s)\n", err->text);
	return verb_refuse(o, code, message, EXIT_COULD_NOT);
}

bool verb_config(const struct options *o, const char *dir, struct config *out,
	enum exit_status *status)
{
	char message[VERB_PLAIN_SIZE];
	struct config_fault fault;
	struct err err = {0};

	if (config_read(dir, out, &fault, &err)) {
		if (!o->lang && out->screen.lang[0])
			tr_set_lang(out->screen.lang);
		return true;
	}
	config_says(&fault, message, sizeof(message));
	*status = fault.wrong == CONFIG_FINE
			  ? verb_err(o, &err)
			  : verb_refuse(o, "settings", message, EXIT_USAGE);
	return false;
}

bool verb_open(const struct options *o, bool needed, struct verb_store *out,
	enum exit_status *status)
{
	struct keeper keeper;
	struct err err = {0};

	memset(out, 0, sizeof(*out));
	keeper_init(&keeper);
	if (!options_dir(o, "", out->dir, sizeof(out->dir), &err)) {
		*status = verb_err(o, &err);
		return false;
	}
	if (!verb_config(o, out->dir, &out->config, status))
		return false;
	out->db = keeper_open(&keeper, out->dir, &err);
	if (!out->db) {
		*status = verb_not_opened(o, &keeper, out->dir, &err);
		return false;
	}
	if (db_info(out->db)->evidence && (needed || o->as != 0)) {
		*status = verb_refuse(o, "evidence",
			tr("This is a restored copy, evidence only: nobody"
			   " signs in and nothing is written here."),
			EXIT_REFUSED);
		verb_close(out);
		return false;
	}
	open_log(out->dir);
	if (needed ? verb_sign_in(o, out, status)
		   : o->as == 0 || sign_in(o, o->as, out, status))
		return true;
	verb_close(out);
	return false;
}

void verb_watch(const struct options *o, struct verb_store *v)
{
	progress_begin(&v->progress, o->progress, o->json);
	progress_watch(&v->progress, v->db);
}

void verb_watched(struct verb_store *v)
{
	progress_end(&v->progress);
	db_watch(v->db, NULL);
}

void verb_close(struct verb_store *v)
{
	struct err err;

	if (v->db)
		verb_watched(v);

	if (v->db && v->session.user.number != 0 && !v->stays &&
		!users_sign_out(v->db, &v->session, &err))
		log_err("sign out", &err);
	session_clear(&v->session);
	db_close(v->db);
	v->db = NULL;
	log_close();
	progress_leave(&v->progress);
}
