#include "terminal/app/readouts.h"

#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/date.h"
#include "core/str.h"
#include "db/down.h"

static const char folder[] = "assets/texts/";

/* "assets/texts/consent-vi-1.txt": its language and version. */
static bool is_text(const struct asset *a, char lang[READOUT_LANG_SIZE],
	int *version)
{
	char name[READOUT_NAME_SIZE + 8];
	size_t len;

	if (!str_starts(a->path, folder) ||
		!str_copy(name, sizeof(name), a->path + strlen(folder)))
		return false;
	len = strlen(name);
	if (len < 4 || strcmp(name + len - 4, ".txt") != 0 ||
		!str_starts(name, "consent-"))
		return false;
	name[len - 4] = '\0';
	return readout_name_parse(name, lang, version);
}

static const struct asset *newest(const char *lang)
{
	const struct asset *found = NULL;
	int best = 0;

	for (size_t i = 0; i < assets_count; i++) {
		char own[READOUT_LANG_SIZE];
		int version;

		if (is_text(&assets[i], own, &version) &&
			strcmp(own, lang) == 0 && version > best) {
			found = &assets[i];
			best = version;
		}
	}
	return found;
}

static void add_lang(struct consent_langs *out, const char *lang)
{
	for (int i = 0; i < out->count; i++)
		if (strcmp(out->lang[i], lang) == 0)
			return;
	if (out->count < FLOW_LANGS)
		str_copy(out->lang[out->count++], FLOW_LANG_SIZE, lang);
}

void readouts_langs(struct consent_langs *out)
{
	memset(out, 0, sizeof(*out));
	if (newest("vi"))
		add_lang(out, "vi");
	for (size_t i = 0; i < assets_count; i++) {
		char lang[READOUT_LANG_SIZE];
		int version;

		if (is_text(&assets[i], lang, &version))
			add_lang(out, lang);
	}
}

static void put(char out[READOUT_VALUE_SIZE], const char *value,
	const char *otherwise)
{
	str_copy(out, READOUT_VALUE_SIZE, value[0] ? value : otherwise);
}

/* Made up, for a store in which nobody is real. */
static void demo_values(const struct db_info *info, struct readout_values *v)
{
	put(v->controller, v->controller, info->unit);
	put(v->address, v->address, "12 Nguyễn Du, phường Vân Phú, Phú Thọ");
	put(v->phone, v->phone, "0210 000 0000");
	put(v->keep, v->keep, "10 năm");
}

void readouts_values(const struct config *c, const struct db_info *info,
	struct readout_values *out)
{
	memset(out, 0, sizeof(*out));
	if (c) {
		put(out->controller, c->consent.controller, "");
		put(out->address, c->consent.address, "");
		put(out->phone, c->consent.phone, "");
		put(out->keep, c->consent.keep, "");
		put(out->processor, c->consent.processor, "");
		put(out->withdraw_phone, c->consent.withdraw_phone, "");
		put(out->withdraw_place, c->consent.withdraw_place, "");
		out->months = (int)c->consent.months;
	}
	if (info->demo || info->training)
		demo_values(info, out);
	put(out->processor, out->processor, info->name);
	put(out->withdraw_phone, out->withdraw_phone, out->phone);
	put(out->withdraw_place, out->withdraw_place, out->address);
}

int32_t readouts_until(const struct config *c, const struct db_info *info,
	int64_t now)
{
	const struct date today = date_of_ms(now).date;
	struct readout_values v;
	int month;
	struct date d;

	readouts_values(c, info, &v);
	if (v.months == 0)
		return 0;
	month = today.year * 12 + today.month - 1 + v.months;
	/* The 31st of a month that has none: its last day. */
	for (int day = today.day; day > 0; day--)
		if (date_make(month / 12, month % 12 + 1, day, &d))
			return d.year * 10000 + d.month * 100 + d.day;
	return 0;
}

/* The newest of that language: of the program, or of the centre. */
struct source {
	const char *at;
	size_t len;
	char down[DOWN_TEXT_MAX];
};

static bool find(struct db *db, const char *lang, struct source *out,
	struct err *err)
{
	const struct asset *a = newest(lang);
	char own[READOUT_LANG_SIZE];
	int built_in = 0;
	int version;

	if (a && !is_text(a, own, &built_in))
		a = NULL;
	switch (down_text(db, lang, &version, out->down, &out->len, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		out->at = out->down;
		if (version > built_in)
			return true;
		break;
	case LOOKUP_ABSENT:
		break;
	}
	if (!a)
		return err_set(err, ERR_INVALID, 0, "no text in \"%s\"", lang);
	out->at = (const char *)a->data;
	out->len = a->size;
	return true;
}

static bool fill(const struct config *c, const struct db_info *info,
	const struct source *from, const char *lang, struct readout *out,
	struct err *err)
{
	struct readout_values v;
	char which[READOUT_VALUE_SIZE];

	readouts_values(c, info, &v);
	switch (readout_fill(from->at, from->len, &v, out, which)) {
	case READOUT_FINE:
		return true;
	case READOUT_VALUE:
		return err_set(err, ERR_INVALID, 0,
			CONFIG_NAME ", [consent]: %s is missing", which);
	case READOUT_HEAD:
	case READOUT_TEXT:
	case READOUT_PLACE:
	case READOUT_PURPOSE:
		break;
	}
	return err_set(err, ERR_INVALID, 0,
		"the newest in \"%s\" is no text to read out", lang);
}

bool readouts_load(const struct config *c, struct db *db, const char *lang,
	struct readout *out, struct err *err)
{
	struct source *from = calloc(1, sizeof(*from));
	bool ok;

	if (!from)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	ok = find(db, lang, from, err) &&
	     fill(c, db_info(db), from, lang, out, err);
	free(from);
	return ok;
}
