#include "db/window_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"

enum {
	NEWEST,
	COUNT
};

static const char *const sql[COUNT] = {
	[NEWEST] = "SELECT coalesce(max(period), 0) FROM list /* scan */",
};

const struct stmt_set window_stmts = {"window", sql, COUNT};

bool window_parse(const char *text, int *before, int *after)
{
	char first[8];
	const char *colon = strchr(text, ':');
	int64_t a;
	int64_t b;

	*before = WINDOW_BEFORE;
	*after = WINDOW_AFTER;
	if (!text[0])
		return true;
	if (!colon || (size_t)(colon - text) >= sizeof(first))
		return false;
	snprintf(first, sizeof(first), "%.*s", (int)(colon - text), text);
	if (!str_to_int(first, 0, WINDOW_MAX, &a) ||
		!str_to_int(colon + 1, 0, WINDOW_MAX, &b))
		return false;
	*before = (int)a;
	*after = (int)b;
	return true;
}

/* Months since the year 0. */
static int month_of_period(int32_t period)
{
	return period / 100 * 12 + period % 100 - 1;
}

static int month_of(int64_t now)
{
	const struct daytime t = date_of_ms(now);

	return t.date.year * 12 + t.date.month - 1;
}

bool window_has(const struct db *db, int32_t period, int64_t now)
{
	const int month = month_of(now);
	const int own = month_of_period(period);

	return db->info.demo || (month >= own - db->list_before &&
					month <= own + db->list_after);
}

bool window_no_day(struct db *db, int64_t now, bool *no_day, struct err *err)
{
	sqlite3_stmt *st;
	int32_t newest;

	*no_day = now < WINDOW_EARLIEST;
	if (*no_day || db->info.demo)
		return true;
	st = stmt_get(db, &window_stmts, NEWEST);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	newest = sqlite3_column_int(st, 0);
	stmt_done(st);
	*no_day = newest > 0 &&
		  month_of(now) > month_of_period(newest) + db->list_after;
	return true;
}

enum verdict window_clock(struct db *db, struct refusal *why, struct err *err)
{
	struct journal_clock clock;

	if (!journal_clock(db, &clock, err))
		return VERDICT_FAILED;
	return clock.no_day ? refuse(why, REFUSED_CLOCK_DAY) : VERDICT_DONE;
}
