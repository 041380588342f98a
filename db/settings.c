/* settings.c - small facts about the store that have a name. */
#include "db/settings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "db/db_internal.h"
#include "db/stmt.h"

enum {
	GET,
	PUT,
	COUNT
};

static const char *const sql[COUNT] = {
	[GET] = "SELECT value FROM setting WHERE name = :name",
	[PUT] = "INSERT INTO setting (name, value) VALUES (:name, :value)"
		" ON CONFLICT (name) DO UPDATE SET value = excluded.value",
};

const struct stmt_set settings_stmts = {"settings", sql, COUNT};

bool setting_get(struct db *db, const char *name, char *out, size_t size,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &settings_stmts, GET);

	stmt_text(st, ":name", name);
	switch (stmt_row(db, st, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		out[0] = '\0';
		return true;
	case LOOKUP_FOUND:
		stmt_column_text(st, 0, out, size);
		stmt_done(st);
		return true;
	}
	return false;
}

bool setting_put(struct db *db, const char *name, const char *value,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &settings_stmts, PUT);

	stmt_text(st, ":name", name);
	stmt_text(st, ":value", value);
	return stmt_run(db, st, err);
}

/* ---- what users like ------------------------------------------------------ */

static const char *const typing_names[TELEX_METHOD_COUNT] = {
	[TELEX_OFF] = "off",
	[TELEX_TELEX] = "telex",
	[TELEX_VNI] = "vni",
};

/* "typing 7": one fact of one user. */
static const char *name_of(const char *fact, int64_t user, char out[40])
{
	snprintf(out, 40, "%s %" PRId64, fact, user);
	return out;
}

bool settings_typing(struct db *db, int64_t user, enum telex_method *out,
	struct err *err)
{
	char name[40];
	char value[16] = "";

	*out = TELEX_TELEX;
	if (!setting_get(db, name_of("typing", user, name), value,
		    sizeof(value), err))
		return err_wrap(err, "typing method");
	for (int m = 0; m < TELEX_METHOD_COUNT; m++)
		if (strcmp(value, typing_names[m]) == 0)
			*out = (enum telex_method)m;
	return true;
}

bool settings_set_typing(struct db *db, int64_t user, enum telex_method method,
	struct err *err)
{
	char name[40];
	bool ok = db_begin(db, err);

	if (!ok)
		return err_wrap(err, "typing method");
	ok = setting_put(db, name_of("typing", user, name),
		typing_names[method], err);
	return db_end(db, ok, err) || err_wrap(err, "typing method");
}

/* ---- what they learned ---------------------------------------------------- */

enum {
	LESSON_TEXT = 6, /* " 65535" */
	TOUR_VALUE = 12 + SETTINGS_LESSONS * LESSON_TEXT
};

/* "5 12 0 40": the bits, then the seconds of each lesson. */
static bool read_tour(const char *at, struct settings_tour *out)
{
	struct settings_tour got = {0};
	char *end;
	unsigned long value = strtoul(at, &end, 10);

	if (end == at || value >> SETTINGS_LESSONS != 0)
		return false;
	got.done = (uint32_t)value;
	for (int i = 0; i < SETTINGS_LESSONS; i++) {
		at = end;
		value = strtoul(at, &end, 10);
		if (end == at || value > UINT16_MAX)
			return false;
		got.seconds[i] = (uint16_t)value;
	}
	if (*end)
		return false;
	*out = got;
	return true;
}

bool settings_tour(struct db *db, int64_t user, struct settings_tour *out,
	struct err *err)
{
	char name[40];
	char value[TOUR_VALUE] = "";

	memset(out, 0, sizeof(*out));
	if (!setting_get(db, name_of("tour", user, name), value, sizeof(value),
		    err))
		return err_wrap(err, "guided tour");
	read_tour(value, out);
	return true;
}

bool settings_set_tour(struct db *db, int64_t user,
	const struct settings_tour *tour, struct err *err)
{
	char name[40];
	char value[TOUR_VALUE];
	struct buf b;
	bool ok;

	buf_init(&b, value, sizeof(value));
	buf_printf(&b, "%" PRIu32, tour->done);
	for (int i = 0; i < SETTINGS_LESSONS; i++)
		buf_printf(&b, " %u", (unsigned)tour->seconds[i]);
	ok = db_begin(db, err);
	if (!ok)
		return err_wrap(err, "guided tour");
	ok = setting_put(db, name_of("tour", user, name), buf_text(&b), err);
	return db_end(db, ok, err) || err_wrap(err, "guided tour");
}

/* ---- where copies go ------------------------------------------------------ */

static const char copies[] = "copies";

bool settings_copies(struct db *db, char out[SETTINGS_FOLDER_SIZE],
	struct err *err)
{
	out[0] = '\0';
	return setting_get(db, copies, out, SETTINGS_FOLDER_SIZE, err) ||
	       err_wrap(err, "folder of copies");
}

bool settings_set_copies(struct db *db, const char *folder, struct err *err)
{
	bool ok = db_begin(db, err);

	if (!ok)
		return err_wrap(err, "folder of copies");
	ok = setting_put(db, copies, folder, err);
	return db_end(db, ok, err) || err_wrap(err, "folder of copies");
}
