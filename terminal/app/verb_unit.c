/*
 * verb_unit.c - `chitra unit`: an address, an old one too, to the code of
 * today's commune; and the code of a unit of the office, if a store is here
 * that knows it and is not held by another process. Needs no store.
 */
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"
#include "core/tr.h"
#include "db/units.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

enum {
	ADDRESS_SIZE = 512
};

/* Several words on the command line are one address; false: not clean. */
static bool address_of(const struct options *o, char out[ADDRESS_SIZE])
{
	char text[ADDRESS_SIZE];
	struct buf b;

	buf_init(&b, text, sizeof(text));
	for (int i = 0; i < o->words; i++)
		buf_printf(&b, "%s%s", i > 0 ? " " : "", o->word[i]);
	return !b.full && text_clean(text, b.len, out, ADDRESS_SIZE, NULL);
}

/* A code, a commune's name, or an address with commas. */
static void find(const char *text, struct admin_answer *out)
{
	if (admin_by_code(text, &out->unit[0])) {
		out->units = 1;
		out->ask = false;
		return;
	}
	admin_of_address(text, out);
	if (out->units > 0 || strpbrk(text, ",;"))
		return;
	out->units =
		(int)admin_search(text, NULL, out->unit, ADMIN_MAX_ANSWERS);
	out->ask = true;
}

static cJSON *reply_of(const struct admin_answer *a)
{
	cJSON *o = json_ok();
	cJSON *list = cJSON_AddArrayToObject(o, "units");

	for (int i = 0; i < a->units; i++)
		cJSON_AddItemToArray(list, json_unit(&a->unit[i]));
	cJSON_AddBoolToObject(o, "ask", a->ask);
	return o;
}

/* Whatever is wrong with the store, the communes of the state are there. */
static bool find_own(const struct options *o, const char *code,
	struct unit *out)
{
	char dir[OPTIONS_DIR_SIZE];
	struct keeper keeper;
	struct err err = {0};
	struct db *db;
	bool found;

	if (strpbrk(code, " ,;") || !options_dir(o, "", dir, sizeof(dir), &err))
		return false;
	keeper_init(&keeper);
	db = keeper_open(&keeper, dir, &err);
	if (!db)
		return false;
	found = units_get(db, code, out, &err) == LOOKUP_FOUND;
	db_close(db);
	return found;
}

static enum exit_status say_own(const struct options *o, const struct unit *u)
{
	cJSON *reply = json_ok();
	cJSON *list = cJSON_AddArrayToObject(reply, "units");
	cJSON *one = cJSON_CreateObject();

	cJSON_AddStringToObject(one, "code", u->code);
	cJSON_AddStringToObject(one, "name", u->name);
	cJSON_AddStringToObject(one, "kind", units_kind_name(u->kind));
	cJSON_AddStringToObject(one, "parent", u->parent);
	cJSON_AddItemToArray(list, one);
	cJSON_AddBoolToObject(reply, "ask", false);
	if (!o->json)
		printf("%s  %s%s%s\n", u->code, u->name,
			u->parent[0] ? " < " : "", u->parent);
	return verb_reply(o, reply, EXIT_DONE);
}

enum exit_status verb_unit(int argc, char **argv)
{
	struct admin_answer found = {.units = 0};
	char address[ADDRESS_SIZE];
	struct options o;
	struct unit own;

	if (!verb_options(&o, "unit", argc, argv, NULL, 0))
		return EXIT_USAGE;
	if (o.words == 0 || !address_of(&o, address))
		return verb_usage("unit");
	if (find_own(&o, address, &own))
		return say_own(&o, &own);
	find(address, &found);
	if (found.units == 0)
		return verb_refuse(&o, "no_unit",
			tr("No commune of today fits this address. Choose it "
			   "by its name."),
			EXIT_REFUSED);
	for (int i = 0; i < found.units && !o.json; i++)
		printf("%s  %s, %s\n", found.unit[i].code,
			found.unit[i].full_name,
			found.unit[i].province.full_name);
	if (found.ask)
		fprintf(stderr, "%s\n",
			found.units > 1
				? tr("Several communes of today fit: a person "
				     "must choose.")
				: tr("This is a guess: a person must confirm "
				     "it."));
	return verb_reply(&o, reply_of(&found), EXIT_DONE);
}
