#include "support/oldstore.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/asset.h"
#include "support/tmpdir.h"

static const char folder[] = "db/schema/";

static void run(sqlite3 *h, const char *sql)
{
	char *text = NULL;

	if (sqlite3_exec(h, sql, NULL, NULL, &text) == SQLITE_OK)
		return;
	fprintf(stderr, "oldstore: %s: %s\n", sql, text);
	abort();
}

static bool has_column(sqlite3 *h, const char *table, const char *column)
{
	char sql[128];
	sqlite3_stmt *st = NULL;
	bool has = false;

	snprintf(sql, sizeof(sql), "PRAGMA now.table_info(%s)", table);
	sqlite3_prepare_v2(h, sql, -1, &st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW)
		has = has || strcmp((const char *)sqlite3_column_text(st, 1),
				     column) == 0;
	sqlite3_finalize(st);
	return has;
}

/* Its columns then; those that are sealed or gone today are empty. */
static void columns_of(sqlite3 *h, const char *table, char *then, char *now,
	size_t size)
{
	char sql[128];
	sqlite3_stmt *st = NULL;

	then[0] = '\0';
	now[0] = '\0';
	snprintf(sql, sizeof(sql), "PRAGMA main.table_info(%s)", table);
	sqlite3_prepare_v2(h, sql, -1, &st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(st, 1);
		const char *comma = then[0] ? "," : "";

		snprintf(then + strlen(then), size - strlen(then), "%s%s",
			comma, name);
		snprintf(now + strlen(now), size - strlen(now), "%s%s", comma,
			has_column(h, table, name) ? name : "''");
	}
	sqlite3_finalize(st);
}

static void take_over(sqlite3 *h)
{
	sqlite3_stmt *st = NULL;
	char then[1024];
	char now[1024];
	char sql[4096];

	sqlite3_prepare_v2(h,
		"SELECT name FROM main.sqlite_schema WHERE type = 'table'"
		" AND name NOT IN ('person', 'change', 'account_state')",
		-1, &st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(st, 0);

		columns_of(h, table, then, now, sizeof(then));
		snprintf(sql, sizeof(sql),
			"INSERT INTO main.%s (%s) SELECT %s FROM now.%s", table,
			then, now, table);
		run(h, sql);
	}
	sqlite3_finalize(st);
}

static int step_of(const struct asset *a)
{
	if (strncmp(a->path, folder, strlen(folder)) != 0)
		return 0;
	return (int)strtol(a->path + strlen(folder), NULL, 10);
}

static void make_schema(sqlite3 *h, int version)
{
	char pragma[64];

	for (size_t i = 0; i < assets_count; i++)
		if (step_of(&assets[i]) > 0 && step_of(&assets[i]) <= version)
			run(h, (const char *)assets[i].data);
	snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %d", version);
	run(h, pragma);
}

void oldstore_from(const char *dir, int version)
{
	char attach[700];
	char old[512];
	char now[512];
	sqlite3 *h = NULL;

	tmpdir_path(dir, "old.db", old, sizeof(old));
	tmpdir_path(dir, "chitra.db", now, sizeof(now));
	if (sqlite3_open(old, &h) != SQLITE_OK)
		abort();
	make_schema(h, version);
	snprintf(attach, sizeof(attach), "ATTACH '%s' AS now", now);
	run(h, attach);
	take_over(h);
	run(h, "DETACH now");
	sqlite3_close(h);
	chmod(old, 0600);
	if (rename(old, now) != 0)
		abort();
}
