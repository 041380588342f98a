/* vstore_schema.c - is the file's schema the one of db/schema/? (V01) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/str.h"
#include "db/verify/vstore_internal.h"

#define FOLDER "db/schema/"

static const char objects[] =
	"SELECT type, name, coalesce(sql, '') FROM sqlite_schema"
	" WHERE name NOT LIKE 'sqlite_%' ORDER BY name, type";

/* "db/schema/0002_people.sql" is step 2; any other file is none. */
static long step_of(const struct asset *a)
{
	if (!str_starts(a->path, FOLDER))
		return 0;
	return strtol(a->path + strlen(FOLDER), NULL, 10);
}

static bool version_of(struct vstore *s, long *out, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s, "PRAGMA user_version", err);
	bool ok = true;

	*out = 0;
	while (st && vstore_row(s, st, &ok, err))
		*out = sqlite3_column_int(st, 0);
	return st && ok;
}

/* What the schema files up to version make, in memory. */
static sqlite3 *model_of(long version)
{
	sqlite3 *h = NULL;
	bool ok = sqlite3_open(":memory:", &h) == SQLITE_OK;

	for (size_t i = 0; ok && i < assets_count; i++)
		if (step_of(&assets[i]) > 0 && step_of(&assets[i]) <= version)
			ok = sqlite3_exec(h, (const char *)assets[i].data, NULL,
				     NULL, NULL) == SQLITE_OK;
	if (ok)
		return h;
	sqlite3_close(h);
	return NULL;
}

static long newest(void)
{
	long n = 0;

	for (size_t i = 0; i < assets_count; i++)
		if (step_of(&assets[i]) > n)
			n = step_of(&assets[i]);
	return n;
}

static const char *text(sqlite3_stmt *st, int column)
{
	const char *t = (const char *)sqlite3_column_text(st, column);

	return t ? t : "";
}

static bool unread(int rc)
{
	return rc != SQLITE_ROW && rc != SQLITE_DONE;
}

/*
 * Both in the order of their names: what is on one side only, or differs.
 * False: one of them could not be read to its end.
 */
static bool compare(sqlite3_stmt *model, sqlite3_stmt *found,
	struct vreport *report)
{
	int m = sqlite3_step(model);
	int f = sqlite3_step(found);

	while (m == SQLITE_ROW || f == SQLITE_ROW) {
		int order = m != SQLITE_ROW ? 1 : f != SQLITE_ROW ? -1 : 0;

		if (unread(m) || unread(f))
			return false;
		if (order == 0)
			order = strcmp(text(model, 1), text(found, 1));
		if (order > 0) {
			vreport_find(report, 0, 1,
				"%s \"%.64s\" does not belong into the store",
				text(found, 0), text(found, 1));
		} else if (order < 0) {
			vreport_find(report, 0, 1, "%s \"%s\" is missing",
				text(model, 0), text(model, 1));
		} else if (strcmp(text(model, 0), text(found, 0)) != 0 ||
			   strcmp(text(model, 2), text(found, 2)) != 0) {
			vreport_find(report, 0, 1, "%s \"%s\" was altered",
				text(model, 0), text(model, 1));
		}
		if (order <= 0)
			m = sqlite3_step(model);
		if (order >= 0)
			f = sqlite3_step(found);
	}
	return !unread(m) && !unread(f);
}

/* Whatever else is wrong, the journal must be a table to read from. */
static bool has_journal(struct vstore *s, struct err *err)
{
	sqlite3_stmt *st = vstore_prepare(s,
		"SELECT type FROM sqlite_schema WHERE name = 'journal'", err);
	bool table = false;
	bool ok = true;

	while (st && vstore_row(s, st, &ok, err))
		table = strcmp(text(st, 0), "table") == 0;
	if (!st || !ok)
		return false;
	return table || err_set(err, ERR_CORRUPT, 0,
				"there is no table \"journal\" in it");
}

bool vstore_check_schema(struct vstore *s, struct vreport *report,
	struct err *err)
{
	sqlite3_stmt *wanted = NULL;
	sqlite3_stmt *found;
	sqlite3 *model;
	long version;
	bool ok;

	if (!has_journal(s, err) || !version_of(s, &version, err))
		return false;
	if (version < 1 || version > newest()) {
		vreport_find(report, 0, 1,
			"schema %ld is not one that this program knows",
			version);
		return true;
	}
	model = model_of(version);
	found = vstore_prepare(s, objects, err);
	ok = model && found &&
	     sqlite3_prepare_v2(model, objects, -1, &wanted, NULL) ==
		     SQLITE_OK &&
	     compare(wanted, found, report);
	sqlite3_finalize(wanted);
	sqlite3_finalize(found);
	sqlite3_close(model);
	return ok || err_set(err, ERR_IO, 0,
			     "its schema cannot be compared with ours");
}

bool vstore_quick_check(struct vstore *s, struct err *err)
{
	char said[128] = "";
	sqlite3_stmt *st = vstore_prepare(s, "PRAGMA quick_check(1)", err);
	bool ok = true;

	while (st && vstore_row(s, st, &ok, err))
		str_copy(said, sizeof(said), text(st, 0));
	if (!st || !ok)
		return false;
	return strcmp(said, "ok") == 0 ||
	       err_set(err, ERR_CORRUPT, 0, "the database is damaged: %s",
		       said);
}
