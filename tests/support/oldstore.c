#include "support/oldstore.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/asset.h"
#include "support/tmpdir.h"

static const char first[] = "db/schema/0001_journal.sql";

static void run(sqlite3 *h, const char *sql)
{
	char *text = NULL;

	if (sqlite3_exec(h, sql, NULL, NULL, &text) == SQLITE_OK)
		return;
	fprintf(stderr, "oldstore: %s: %s\n", sql, text);
	abort();
}

/* Its columns today may be more than then: name those of then. */
static void columns_of(sqlite3 *h, const char *table, char *out, size_t size)
{
	char sql[128];
	sqlite3_stmt *st = NULL;

	out[0] = '\0';
	snprintf(sql, sizeof(sql), "PRAGMA main.table_info(%s)", table);
	sqlite3_prepare_v2(h, sql, -1, &st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW)
		snprintf(out + strlen(out), size - strlen(out), "%s%s",
			out[0] ? "," : "",
			(const char *)sqlite3_column_text(st, 1));
	sqlite3_finalize(st);
}

static void take_over(sqlite3 *h)
{
	sqlite3_stmt *st = NULL;
	char columns[1024];
	char sql[4096];

	sqlite3_prepare_v2(h,
		"SELECT name FROM main.sqlite_schema WHERE type = 'table'", -1,
		&st, NULL);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(st, 0);

		columns_of(h, table, columns, sizeof(columns));
		snprintf(sql, sizeof(sql),
			"INSERT INTO main.%s (%s) SELECT %s FROM now.%s", table,
			columns, columns, table);
		run(h, sql);
	}
	sqlite3_finalize(st);
}

static const struct asset *schema_of_old(void)
{
	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, first) == 0)
			return &assets[i];
	abort();
}

void oldstore_from(const char *dir)
{
	char attach[700];
	char old[512];
	char now[512];
	sqlite3 *h = NULL;

	tmpdir_path(dir, "old.db", old, sizeof(old));
	tmpdir_path(dir, "chitra.db", now, sizeof(now));
	if (sqlite3_open(old, &h) != SQLITE_OK)
		abort();
	run(h, (const char *)schema_of_old()->data);
	snprintf(attach, sizeof(attach), "ATTACH '%s' AS now", now);
	run(h, attach);
	take_over(h);
	run(h, "DETACH now; PRAGMA user_version = 1");
	sqlite3_close(h);
	chmod(old, 0600);
	if (rename(old, now) != 0)
		abort();
}
