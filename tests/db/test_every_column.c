/*
 * Every column of every table of a store of a day and a half holds something
 * else: nothing, half of it, another number, a text. Whatever is asked of
 * the book then, it is answered or it is said why not; nothing dies, and
 * nothing fails without a word (T35, T40 with any tool).
 *
 * One of the values is tried in each column, in each column another;
 * COLUMNS_ALL=1 tries them all and asks, too, that a check finds one of them
 * wherever there is something that it could be compared with. COLUMN=user.*
 * for some columns only.
 */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "support/bookasks.h"
#include "support/tmpdir.h"

enum {
	COLUMNS = 256,
	NAME = 64
};

static const char *const values[] = {"NULL", "''", "x''", "-1", "0",
	"9223372036854775807", "'no such thing'", "x'00'",
	"substr(%s, 1, length(%s) / 2)", "%s + 1", "zeroblob(length(%s))",
	"hex(%s)"};

static struct column {
	char table[NAME];
	char name[NAME];
	bool answered; /* some value was there to be asked about */
	bool found;    /* a check refused one of them */
} columns[COLUMNS];
static int columns_count;

static struct realstore day;

/*
 * What a check finds without being asked of money: all but these. Of them
 * the book knows nothing, or they are read again before they are believed.
 */
static const char *const beside[] = {"account_state", "change", "clock",
	"data_key", "device.centre", "drawer_open", "entitlement", "list",
	"mark.", "not_paid", "pd", "person", "person_now", "setting",
	"side_file", "unsealed", "user.failures", "user.locked", "user.name",
	"user.salt", "user.secret", "user.passes", "user.kib",
	/* Nobody has a card that day, and what is no key is no card. */
	"user.approval", "epoch.number", "epoch.secret", "payout", "shift",
	"state.acked_seq", "paid.seq", "review",
	/* Of these, none that day. */
	"visit_draft", "visit_plan", "assigned", "peer_gone", "unit."};

static void list_columns(struct bookstore *b)
{
	sqlite3_stmt *st = NULL;

	assert_int_equal(sqlite3_prepare_v2(b->db->handle,
				 "SELECT m.name, c.name FROM sqlite_schema m,"
				 " pragma_table_info(m.name) c WHERE"
				 " m.type = 'table' ORDER BY 1, c.cid",
				 -1, &st, NULL),
		SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct column *c = &columns[columns_count++];

		assert_true(columns_count < COLUMNS);
		snprintf(c->table, NAME, "%s",
			(const char *)sqlite3_column_text(st, 0));
		snprintf(c->name, NAME, "%s",
			(const char *)sqlite3_column_text(st, 1));
	}
	sqlite3_finalize(st);
}

/* False: the schema does not let it in. */
static bool put(struct bookstore *b, const struct column *c, const char *value)
{
	char what[256];
	char sql[600];
	char update[512];
	char delete[512];
	bool ok;

	what[0] = '\0';
	for (const char *v = value; *v; v++) {
		const size_t n = strlen(what);

		if (v[0] == '%' && v[1] == 's') {
			snprintf(what + n, sizeof(what) - n, "\"%s\"", c->name);
			v++;
		} else {
			snprintf(what + n, sizeof(what) - n, "%c", *v);
		}
	}
	snprintf(sql, sizeof(sql), "UPDATE OR IGNORE \"%s\" SET \"%s\" = %s",
		c->table, c->name, what);
	bookstore_schema(b, "journal_nu", update, sizeof(update));
	bookstore_schema(b, "journal_nd", delete, sizeof(delete));
	bookstore_sql(b, "DROP TRIGGER journal_nu; DROP TRIGGER journal_nd");
	sqlite3_exec(b->db->handle,
		"PRAGMA ignore_check_constraints = ON;"
		"PRAGMA foreign_keys = OFF",
		NULL, NULL, NULL);
	ok = sqlite3_exec(b->db->handle, sql, NULL, NULL, NULL) == SQLITE_OK &&
	     sqlite3_changes(b->db->handle) > 0;
	bookstore_sql(b, update);
	bookstore_sql(b, delete);
	return ok;
}

static bool answer(struct realstore *r, const struct bookask *q,
	const struct column *c, const char *value)
{
	struct err err = {0};
	enum said said;

	if (q->reads)
		return true;
	if (q->before)
		q->before(r);
	said = q->ask(r, &err);
	if (said == SAID_FAILED && (err.code == ERR_NONE || !err.text[0]))
		fail_msg("%s.%s = %s: %s failed without a word", c->table,
			c->name, value, q->name);
	return said != SAID_FAILED;
}

/* The same store with that value in every row of it. */
static void with_value(struct column *c, const char *value)
{
	struct realstore r = day;
	struct err err = {0};

	bookstore_image(&day.store, r.store.dir, sizeof(r.store.dir));
	bookstore_open(&r.store);
	if (put(&r.store, c, value)) {
		c->answered = true;
		for (int i = 0; i < bookasks_count; i++)
			answer(&r, &bookasks[i], c, value);
		if (!db_check(r.store.db, &err)) {
			assert_true(err.code != ERR_NONE && err.text[0]);
			c->found = true;
		}
		db_close(r.store.db);
		r.store.db = db_open(r.store.dir, &err);
		if (!r.store.db) {
			assert_true(err.code != ERR_NONE && err.text[0]);
			c->found = true;
		}
	}
	bookstore_remove(&r.store);
}

static bool is_beside(const struct column *c)
{
	char name[2 * NAME + 2];

	snprintf(name, sizeof(name), "%s.%s", c->table, c->name);
	for (size_t i = 0; i < COUNT_OF(beside); i++)
		if (strncmp(name, beside[i], strlen(beside[i])) == 0)
			return true;
	return false;
}

static void T35_T40_a_column_of_other_values(void **state)
{
	struct column *c = *state;

	const bool all = getenv("COLUMNS_ALL") != NULL;
	const size_t by = all ? 1 : COUNT_OF(values);

	for (size_t i = (size_t)(c - columns) % by; i < COUNT_OF(values);
		i += by)
		with_value(c, values[i]);
	if (all && c->answered && !c->found && !is_beside(c))
		fail_msg("%s.%s may hold anything", c->table, c->name);
}

static int end(void **state)
{
	(void)state;
	realstore_remove(&day);
	return 0;
}

int main(void)
{
	static char name[COLUMNS][2 * NAME + 8];
	struct CMUnitTest tests[COLUMNS];

	realstore_make(&day);
	bookstore_open(&day.store);
	list_columns(&day.store);
	day.store.payout = (uint64_t)bookstore_number(&day.store,
		"SELECT max(seq) FROM payout");
	db_close(day.store.db);
	day.store.db = NULL;
	for (int i = 0; i < columns_count; i++) {
		snprintf(name[i], sizeof(name[i]), "%.*s.%.*s", NAME,
			columns[i].table, NAME, columns[i].name);
		tests[i] = (struct CMUnitTest){.name = name[i],
			.test_func = T35_T40_a_column_of_other_values,
			.initial_state = &columns[i]};
	}
	if (getenv("COLUMN"))
		cmocka_set_test_filter(getenv("COLUMN"));
	return _cmocka_run_group_tests("every column", tests,
		(size_t)columns_count, NULL, end);
}
