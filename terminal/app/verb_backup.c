/*
 * verb_backup.c - `chitra backup FILE`, `chitra restore FILE --to DIR`: a copy
 * of the store as evidence, with nothing in it that signs.
 */
#include <stdio.h>

#include "core/log.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/backup.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

static enum exit_status done(const struct options *o,
	const struct export_done *d)
{
	char hex[2 * CRYPTO_HASH_SIZE + 1];
	char plain[VERB_PLAIN_SIZE];
	cJSON *reply = json_ok();

	str_to_hex(d->sha256, sizeof(d->sha256), hex);
	if (!o->json) {
		printf(tr("The backup is in %s. People's data in it stay"
			  " locked: their key is not in it. It is evidence"
			  " only; no terminal can pay from it."),
			verb_plain(o->word[0], plain));
		printf("\nSHA-256: %s\n", hex);
	}
	cJSON_AddStringToObject(reply, "file", o->word[0]);
	json_int(reply, "seq", (int64_t)d->seq);
	json_int(reply, "bytes", (int64_t)d->bytes);
	cJSON_AddStringToObject(reply, "sha256", hex);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status verb_backup(int argc, char **argv)
{
	enum exit_status status = EXIT_COULD_NOT;
	struct export_done d;
	struct refusal why;
	struct verb_store v;
	enum verdict got;
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "backup", argc, argv, NULL, 0))
		return EXIT_USAGE;
	if (o.words != 1)
		return verb_usage("backup");
	if (!verb_open(&o, true, &v, &status))
		return status;
	verb_watch(&o, &v);
	got = backup_write(v.db, &v.session, o.word[0], &d, &why, &err);
	verb_watched(&v);
	switch (got) {
	case VERDICT_FAILED:
		status = verb_err(&o, &err);
		break;
	case VERDICT_REFUSED:
		status = verb_refusal(&o, &why);
		break;
	case VERDICT_DONE:
		status = done(&o, &d);
		break;
	}
	verb_close(&v);
	return status;
}

static enum exit_status not_taken_out(const struct options *o,
	const struct err *err)
{
	if (err->code != ERR_INVALID)
		return verb_err(o, err);
	log_err("restore", err);
	fprintf(stderr, "(%s)\n", err->text);
	return verb_refuse(o, "invalid",
		tr("This is no backup of chitra, or the folder holds a store"
		   " already."),
		EXIT_REFUSED);
}

static enum exit_status taken_out(const struct options *o, const char *to)
{
	char plain[VERB_PLAIN_SIZE];

	if (!o->json) {
		printf(tr("Restored to %s as evidence: it can be looked"
			  " at, verified and exported, but never"
			  " written to."),
			verb_plain(to, plain));
		printf("\n");
	}
	return verb_reply(o, json_ok(), EXIT_DONE);
}

enum exit_status verb_restore(int argc, char **argv)
{
	const char *to = NULL;
	const struct option_spec own[] = {
		{"--to", OPTION_TEXT, &to},
	};
	struct progress progress = {0};
	const struct db_watch watch = {progress_ask, &progress};
	enum exit_status status;
	struct err err = {0};
	struct options o;
	bool ok;

	if (!verb_options(&o, "restore", argc, argv, own, 1))
		return EXIT_USAGE;
	if (o.words != 1 || !to)
		return verb_usage("restore");
	progress_begin(&progress, o.progress, o.json);
	ok = backup_restore(o.word[0], to, &watch, &err);
	progress_end(&progress);
	status = ok ? taken_out(&o, to) : not_taken_out(&o, &err);
	progress_leave(&progress);
	return status;
}
