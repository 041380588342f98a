#include "db/stmt.h"

#include <assert.h>
#include <stdatomic.h>
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"

const struct stmt_set *const stmt_sets[] = {
	&settings_stmts,
	&people_stmts,
	&people_find_stmts,
	&people_progress_stmts,
	&identity_stmts,
	&epoch_stmts,
	&journal_stmts,
	&journal_read_stmts,
	&check_stmts,
	&shift_check_stmts,
	&walk_stmts,
	&told_stmts,
	&users_stmts,
	&users_change_stmts,
	&users_seen_stmts,
	&units_here_stmts,
	&datakey_stmts,
	&unsealed_stmts,
	&erase_stmts,
	&shifts_stmts,
	&payouts_stmts,
	&payouts_may_stmts,
	&payouts_read_stmts,
	&payouts_after_stmts,
	&payouts_notes_stmts,
	&corrections_stmts,
	&lists_stmts,
	&list_rows_stmts,
	&list_money_stmts,
	&list_fix_stmts,
	&lists_here_stmts,
	&list_look_stmts,
	&assigns_stmts,
	&units_stmts,
	&exceptions_stmts,
	&samples_stmts,
	&duty_stmts,
	&changes_stmts,
	&answers_stmts,
	&side_file_stmts,
	&side_person_stmts,
	&side_check_stmts,
	&export_stmts,
	&export_centre_stmts,
	&slips_stmts,
	&proof_stmts,
	&window_stmts,
	&payouts_pace_stmts,
	&payouts_pad_stmts,
	&payouts_void_stmts,
	&signs_stmts,
	&limits_stmts,
	&drawers_stmts,
	&approvals_stmts,
	&revlist_stmts,
	&down_stmts,
	&down_take_stmts,
	&office_key_stmts,
	&positions_stmts,
	&elsewhere_stmts,
	&elsewhere_drop_stmts,
	&elsewhere_take_stmts,
	&elsewhere_check_stmts,
	&handover_stmts,
	&handover_take_stmts,
	&lease_stmts,
	&drafts_stmts,
	&visits_stmts,
	&visits_read_stmts,
	&rounds_stmts,
	&rounds_page_stmts,
	&rounds_plan_stmts,
	&visit_lists_stmts,
	&complaints_stmts,
	&surveys_stmts,
	&consents_stmts,
	&consents_read_stmts,
	&requests_stmts,
	&forms_stmts,
	&cycle_stmts,
	&settle_stmts,
	&accounts_stmts,
	&accounts_read_stmts,
	&accounts_method_stmts,
	&daylog_stmts,
	&board_stmts,
	&board_records_stmts,
	&outbox_stmts,
	&outbox_take_stmts,
	&outbox_join_stmts,
	&regain_take_stmts,
	&regain_replay_stmts,
};
const int stmt_sets_count = sizeof(stmt_sets) / sizeof(stmt_sets[0]);
_Static_assert(sizeof(stmt_sets) / sizeof(stmt_sets[0]) <= DB_MAX_SETS,
	"raise DB_MAX_SETS");

bool db_prepare_all(struct db *db, struct err *err)
{
	for (int s = 0; s < stmt_sets_count; s++) {
		const struct stmt_set *set = stmt_sets[s];

		assert(set->count <= DB_MAX_STMTS);
		for (int i = 0; i < set->count; i++)
			if (sqlite3_prepare_v3(db->handle, set->sql[i], -1,
				    SQLITE_PREPARE_PERSISTENT, &db->stmt[s][i],
				    NULL) != SQLITE_OK) {
				db_failed(db, "prepare", err);
				return err_wrap(err, "%s: statement %d",
					set->module, i);
			}
	}
	return true;
}

void db_finalize_all(struct db *db)
{
	for (int s = 0; s < stmt_sets_count; s++)
		for (int i = 0; i < stmt_sets[s]->count; i++) {
			sqlite3_finalize(db->stmt[s][i]);
			db->stmt[s][i] = NULL;
		}
}

sqlite3_stmt *stmt_get(struct db *db, const struct stmt_set *set, int index)
{
	sqlite3_stmt *st = NULL;
	struct err err;

	/* Why not is in db->lost, for who steps on. */
	if (!db_ready(db, &err))
		return NULL;
	for (int s = 0; s < stmt_sets_count; s++)
		if (stmt_sets[s] == set)
			st = db->stmt[s][index];
	assert(st);
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
	return st;
}

static int parameter(sqlite3_stmt *st, const char *name)
{
	const int index = sqlite3_bind_parameter_index(st, name);

	assert(!st || index > 0);
	return index;
}

void stmt_text(sqlite3_stmt *st, const char *name, const char *value)
{
	sqlite3_bind_text(st, parameter(st, name), value, -1, SQLITE_STATIC);
}

void stmt_int(sqlite3_stmt *st, const char *name, sqlite3_int64 value)
{
	sqlite3_bind_int64(st, parameter(st, name), value);
}

void stmt_blob(sqlite3_stmt *st, const char *name, const void *bytes,
	size_t len)
{
	sqlite3_bind_blob64(st, parameter(st, name), bytes, len, SQLITE_STATIC);
}

static enum lookup step(struct db *db, sqlite3_stmt *st, struct err *err)
{
	if (!st) {
		*err = db->lost;
		return LOOKUP_FAILED;
	}
	if (atomic_load_explicit(&db->stopped, memory_order_relaxed)) {
		err_set(err, ERR_BUSY, SQLITE_INTERRUPT, "it was given up");
		return LOOKUP_FAILED;
	}
	/* Some errors end a whole transaction; what came after one that was
	 * not noticed would then be stored on its own. */
	if (db->depth > 0 && sqlite3_get_autocommit(db->handle)) {
		err_set(err, ERR_IO, 0, "the transaction has ended already");
		return LOOKUP_FAILED;
	}
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		return LOOKUP_FOUND;
	case SQLITE_DONE:
		return LOOKUP_ABSENT;
	default:
		db_failed(db, sqlite3_sql(st), err);
		return LOOKUP_FAILED;
	}
}

enum lookup stmt_row(struct db *db, sqlite3_stmt *st, struct err *err)
{
	const enum lookup got = step(db, st, err);

	if (got != LOOKUP_FOUND)
		stmt_done(st);
	return got;
}

bool stmt_run(struct db *db, sqlite3_stmt *st, struct err *err)
{
	const enum lookup got = stmt_row(db, st, err);

	assert(got != LOOKUP_FOUND);
	return got == LOOKUP_ABSENT;
}

bool stmt_run_again(struct db *db, sqlite3_stmt *st, struct err *err)
{
	const enum lookup got = step(db, st, err);

	assert(got != LOOKUP_FOUND);
	sqlite3_reset(st);
	return got == LOOKUP_ABSENT;
}

void stmt_done(sqlite3_stmt *st)
{
	if (!st)
		return;
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

bool stmt_number(struct db *db, sqlite3_stmt *st, sqlite3_int64 *out,
	struct err *err)
{
	const enum lookup got = stmt_row(db, st, err);

	*out = got == LOOKUP_FOUND ? sqlite3_column_int64(st, 0) : 0;
	if (got == LOOKUP_FOUND)
		stmt_done(st);
	return got != LOOKUP_FAILED;
}

void stmt_column_text(sqlite3_stmt *st, int column, char *out, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(st, column);

	str_copy(out, size, text ? text : "");
}

bool stmt_column_blob(sqlite3_stmt *st, int column, void *out, size_t len)
{
	const void *bytes = sqlite3_column_blob(st, column);

	if (!bytes || (size_t)sqlite3_column_bytes(st, column) != len)
		return false;
	memcpy(out, bytes, len);
	return true;
}
