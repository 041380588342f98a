/* verb_init.c - `chitra init`: a new store for this terminal. */
#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"
#include "db/signs.h"
#include "terminal/app/demo.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

enum {
	PIN_KIB_MIN = 1024,
	PIN_KIB_MAX = 4 * 1024 * 1024
};

struct init_words {
	const char *point;
	const char *name;
	const char *unit;
	const char *centre_key;
	const char *centre_sign_key;
	const char *device_key;
	const char *list_window;
	const char *hours; /* of the point */
	int64_t pin_kib;   /* Argon2id memory; 0: measured here */
	bool demo;
};

/* What was typed, cleaned, into *out. k and key must outlive *out. */
/* One of the centre's two keys into *out, NULL if none was given. */
static bool read_key(const char *hex, const char *option,
	uint8_t key[CRYPTO_PUBLIC_SIZE], const uint8_t **out, struct err *err)
{
	size_t len;

	if (!hex)
		return true;
	if (!str_from_hex(hex, key, CRYPTO_PUBLIC_SIZE, &len) ||
		len != CRYPTO_PUBLIC_SIZE)
		return err_set(err, ERR_INVALID, 0, "%s needs 64 hex digits",
			option);
	*out = key;
	return true;
}

static bool read_setup(const struct init_words *w, const struct keeper *k,
	uint8_t key[2][CRYPTO_PUBLIC_SIZE], struct db_setup *out,
	struct err *err)
{
	int from;
	int to;

	memset(out, 0, sizeof(*out));
	out->demo = w->demo;
	if (w->device_key && strcmp(w->device_key, "tpm") == 0)
		out->keeper = &k->with;
	else
		out->device_key = w->device_key;
	if (w->pin_kib != 0 &&
		(w->pin_kib < PIN_KIB_MIN || w->pin_kib > PIN_KIB_MAX))
		return err_set(err, ERR_INVALID, 0, "--pin-kib needs %d to %d",
			PIN_KIB_MIN, PIN_KIB_MAX);
	out->pin_kibibytes = (uint32_t)w->pin_kib;
	if (!text_clean(w->point, strlen(w->point), out->point,
		    sizeof(out->point), NULL) ||
		!text_clean(w->name, strlen(w->name), out->name,
			sizeof(out->name), NULL) ||
		out->point[0] == '\0' || out->name[0] == '\0')
		return err_set(err, ERR_INVALID, 0,
			"--point and --name need plain text that is not too"
			" long");
	if (w->unit && !text_clean(w->unit, strlen(w->unit), out->unit,
			       sizeof(out->unit), NULL))
		return err_set(err, ERR_INVALID, 0,
			"--unit needs plain text that is not too long");
	if (w->list_window && !str_copy(out->list_window,
				      sizeof(out->list_window), w->list_window))
		return err_set(err, ERR_INVALID, 0,
			"--list-window needs two numbers of months: 2:3");
	if (w->hours &&
		(!signs_hours_parse(w->hours, &from, &to) ||
			!str_copy(out->hours, sizeof(out->hours), w->hours)))
		return err_set(err, ERR_INVALID, 0,
			"--hours needs two times: 07:00-17:30");
	return read_key(w->centre_key, "--centre-key", key[0], &out->centre_key,
		       err) &&
	       read_key(w->centre_sign_key, "--centre-sign-key", key[1],
		       &out->centre_sign_key, err);
}

static enum exit_status done(const struct options *o, struct keeper *k,
	const char *dir)
{
	struct err err = {0};
	struct db *db = keeper_open(k, dir, &err);
	char plain[VERB_PLAIN_SIZE];
	cJSON *reply;

	if (!db)
		return verb_not_opened(o, k, dir, &err);
	if (!o->json)
		printf(tr("A new book was made in %s, device %s.\n"),
			verb_plain(dir, plain), db_info(db)->dev_hex);
	reply = json_ok();
	cJSON_AddStringToObject(reply, "device", db_info(db)->dev_hex);
	cJSON_AddStringToObject(reply, "point", db_info(db)->point);
	cJSON_AddStringToObject(reply, "data", dir);
	db_close(db);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status verb_init(int argc, char **argv)
{
	struct init_words w = {0};
	const struct option_spec own[] = {
		{"--point", OPTION_TEXT, &w.point},
		{"--name", OPTION_TEXT, &w.name},
		{"--unit", OPTION_TEXT, &w.unit},
		{"--centre-key", OPTION_TEXT, &w.centre_key},
		{"--centre-sign-key", OPTION_TEXT, &w.centre_sign_key},
		{"--pin-kib", OPTION_INT, &w.pin_kib},
		{"--demo", OPTION_FLAG, &w.demo},
		{"--device-key", OPTION_TEXT, &w.device_key},
		{"--list-window", OPTION_TEXT, &w.list_window},
		{"--hours", OPTION_TEXT, &w.hours},
	};
	uint8_t key[2][CRYPTO_PUBLIC_SIZE];
	char dir[OPTIONS_DIR_SIZE];
	struct db_setup setup;
	struct keeper k;
	struct err err = {0};
	struct options o;

	if (!verb_options(&o, "init", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	keeper_init(&k);
	if (o.words != 0 || !w.point != !w.name || (!w.point && !w.demo))
		return verb_usage("init");
	if (!options_dir(&o, "", dir, sizeof(dir), &err))
		return verb_err(&o, &err);
	if (!w.point || !w.name) {
		if (!demo_create(dir, &err))
			return verb_err(&o, &err);
		return done(&o, &k, dir);
	}
	if (!read_setup(&w, &k, key, &setup, &err))
		return verb_err(&o, &err);
	if (!db_create(dir, &setup, &err))
		return verb_not_opened(&o, &k, dir, &err);
	if (!setup.centre_key && !setup.demo)
		fprintf(stderr, "%s\n",
			tr("No key of the centre was given (--centre-key): "
			   "the sealed copies of personal data in this book "
			   "can be opened by nobody."));
	return done(&o, &k, dir);
}
