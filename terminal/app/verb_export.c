/*
 * verb_export.c - `chitra export journal|shift|keys|roster --to FILE`: signed
 * evidence and what it is checked with, for chitra-verify and the office; and
 * the daily log (export_day.h).
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/log.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/export.h"
#include "terminal/app/export_bank.h"
#include "terminal/app/export_day.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"
#include "terminal/app/verb_openrosa.h"

struct export_words {
	const char *what;
	const char *to;
	int64_t shift; /* "shift N" */
	int64_t from;
	int64_t until;
};

static enum verdict export_it(struct verb_store *v,
	const struct export_words *w, struct export_done *out,
	struct refusal *why, struct err *err)
{
	if (strcmp(w->what, "journal") == 0)
		return export_journal(v->db, &v->session, (uint64_t)w->from,
			(uint64_t)w->until, w->to, out, why, err);
	if (w->shift > 0)
		return export_shift(v->db, &v->session, w->shift, w->to, out,
			why, err);
	if (strcmp(w->what, "keys") == 0)
		return export_keys(v->db, &v->session, w->to, out, why, err);
	return export_roster(v->db, &v->session, w->to, out, why, err);
}

static enum exit_status failed(const struct options *o, const struct err *err)
{
	if (err->code != ERR_INVALID || err->sys == EEXIST)
		return verb_file_err(o, err);
	log_err("export", err);
	fprintf(stderr, "(%s)\n", err->text);
	return verb_refuse(o, "no_records", tr("The book has no such records."),
		EXIT_REFUSED);
}

static void say(const struct export_words *w, const struct export_done *d,
	const char *hex)
{
	char plain[VERB_PLAIN_SIZE];

	if (d->first > 0)
		printf(tr("Records %llu to %llu of the book are in %s.\n"),
			(unsigned long long)d->first,
			(unsigned long long)d->last, verb_plain(w->to, plain));
	else
		printf(tr("%llu lines are in %s.\n"),
			(unsigned long long)d->rows, verb_plain(w->to, plain));
	if (d->first > 0 && !d->is_signed)
		printf("%s\n",
			tr("The end is not signed: the file ends before the"
			   " newest record."));
	printf("SHA-256: %s\n", hex);
}

static enum exit_status done(const struct options *o,
	const struct export_words *w, const struct export_done *d)
{
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	cJSON *reply = json_ok();

	str_to_hex(d->sha256, sizeof(d->sha256), hex);
	if (!o->json)
		say(w, d, hex);
	cJSON_AddStringToObject(reply, "what", w->what);
	cJSON_AddStringToObject(reply, "file", w->to);
	json_int(reply, "seq", (int64_t)d->seq);
	if (d->first > 0) {
		json_int(reply, "first", (int64_t)d->first);
		json_int(reply, "last", (int64_t)d->last);
		cJSON_AddBoolToObject(reply, "signed", d->is_signed);
	}
	json_int(reply, "rows", (int64_t)d->rows);
	json_int(reply, "bytes", (int64_t)d->bytes);
	cJSON_AddStringToObject(reply, "sha256", hex);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status act(const struct options *o, struct verb_store *v,
	const struct export_words *w)
{
	struct export_done d;
	struct refusal why;
	struct err err = {0};
	enum verdict got;

	verb_watch(o, v);
	got = export_it(v, w, &d, &why, &err);
	verb_watched(v);
	switch (got) {
	case VERDICT_FAILED:
		return failed(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	return done(o, w, &d);
}

static bool read_words(struct export_words *w, const struct options *o)
{
	static const char *const kinds[] = {"journal", "keys", "roster"};
	bool known = false;

	if (o->words < 1 || !w->to || !w->to[0] || w->from < 0 || w->until < 0)
		return false;
	w->what = o->word[0];
	if (strcmp(w->what, "shift") == 0)
		return o->words == 2 && w->from == 0 && w->until == 0 &&
		       str_to_int(o->word[1], 1, INT64_MAX, &w->shift);
	if (o->words != 1)
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		known = known || strcmp(w->what, kinds[i]) == 0;
	return known && (strcmp(w->what, "journal") == 0 ||
				(w->from == 0 && w->until == 0));
}

/* The daily log, as a directory? */
static bool wants_log(const struct options *o, const struct export_words *w,
	struct export_day_asked *out)
{
	if (o->words < 1 || o->words > 2 || w->from != 0 || w->until != 0)
		return false;
	*out = (struct export_day_asked){.what = o->word[0],
		.which = o->words == 2 ? o->word[1] : NULL,
		.to = w->to};
	return export_day_is_asked(out);
}

/* Messages for banks? */
static bool wants_bank(const struct options *o, const struct export_words *w,
	struct export_bank_asked *out)
{
	if (o->words < 1 || o->words > 2 || w->from != 0 || w->until != 0)
		return false;
	out->what = o->word[0];
	out->which = o->words == 2 ? o->word[1] : NULL;
	out->to = w->to;
	return export_bank_is_asked(out);
}

enum asked {
	ASKED_NOTHING,
	ASKED_FILE,
	ASKED_LOG,
	ASKED_BANK
};

static enum asked asked_for(const struct options *o, struct export_words *w,
	struct export_day_asked *day, struct export_bank_asked *bank)
{
	if (wants_bank(o, w, bank))
		return ASKED_BANK;
	if (bank->unit || bank->day || bank->max)
		return ASKED_NOTHING;
	if (wants_log(o, w, day))
		return ASKED_LOG;
	return read_words(w, o) ? ASKED_FILE : ASKED_NOTHING;
}

enum exit_status verb_export(int argc, char **argv)
{
	struct export_words w = {0};
	const char *folder = NULL;
	struct export_bank_asked bank = {.what = ""};
	const struct option_spec own[] = {
		{"--to", OPTION_TEXT, &w.to},
		{"--from", OPTION_INT, &w.from},
		{"--until", OPTION_INT, &w.until},
		{"--openrosa", OPTION_TEXT, &folder},
		{"--unit", OPTION_TEXT, &bank.unit},
		{"--day", OPTION_TEXT, &bank.day},
		{"--max", OPTION_INT, &bank.max},
	};
	struct export_day_asked day = {.what = ""};
	enum exit_status status;
	enum asked asked;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "export", argc, argv, own, 7))
		return EXIT_USAGE;
	if (folder && (o.words > 0 || w.to || w.from || w.until))
		return verb_usage("export");
	if (folder)
		return verb_openrosa(&o, folder);
	asked = asked_for(&o, &w, &day, &bank);
	if (asked == ASKED_NOTHING)
		return verb_usage("export");
	/* Out of a restored copy anybody may: nobody can sign in there. */
	if (!verb_open(&o, asked != ASKED_FILE, &v, &status))
		return status;
	if (asked == ASKED_LOG)
		status = export_day(&o, &v, &day);
	else if (asked == ASKED_BANK)
		status = export_bank(&o, &v, &bank);
	else if (v.session.user.number == 0 && !db_info(v.db)->evidence)
		status = verb_refuse(&o, "no_user",
			tr("Say who is working: --as NUMBER, with the PIN in"
			   " CHITRA_PIN."),
			EXIT_USAGE);
	else
		status = act(&o, &v, &w);
	verb_close(&v);
	return status;
}
