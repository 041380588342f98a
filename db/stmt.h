/*
 * stmt.h - prepared statements. Private to db/.
 *
 * A module lists its SQL in one table at its top and never builds SQL text.
 * db_open() prepares every statement of every set, so a typing error or a
 * column that is gone shows at the first start, and in every test. A
 * statement that means to read a whole table says so with a scan comment.
 */
#ifndef DB_STMT_H
#define DB_STMT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "db/db.h"

struct stmt_set {
	const char *module;
	const char *const *sql;
	int count;
};

/* Every set there is; a new module adds itself here and in stmt.c. */
extern const struct stmt_set surveys_stmts;
extern const struct stmt_set settings_stmts;
extern const struct stmt_set people_stmts;
extern const struct stmt_set people_find_stmts;
extern const struct stmt_set people_progress_stmts;
extern const struct stmt_set lists_stmts;
extern const struct stmt_set list_rows_stmts;
extern const struct stmt_set list_money_stmts;
extern const struct stmt_set list_fix_stmts;
extern const struct stmt_set lists_here_stmts;
extern const struct stmt_set list_look_stmts;
extern const struct stmt_set assigns_stmts;
extern const struct stmt_set units_stmts;
extern const struct stmt_set exceptions_stmts;
extern const struct stmt_set samples_stmts;
extern const struct stmt_set duty_stmts;
extern const struct stmt_set identity_stmts;
extern const struct stmt_set epoch_stmts;
extern const struct stmt_set journal_stmts;
extern const struct stmt_set journal_read_stmts;
extern const struct stmt_set check_stmts;
extern const struct stmt_set shift_check_stmts;
extern const struct stmt_set walk_stmts;
extern const struct stmt_set told_stmts;
extern const struct stmt_set users_stmts;
extern const struct stmt_set users_change_stmts;
extern const struct stmt_set users_seen_stmts;
extern const struct stmt_set units_here_stmts;
extern const struct stmt_set datakey_stmts;
extern const struct stmt_set unsealed_stmts;
extern const struct stmt_set erase_stmts;
extern const struct stmt_set shifts_stmts;
extern const struct stmt_set payouts_stmts;
extern const struct stmt_set payouts_may_stmts;
extern const struct stmt_set payouts_read_stmts;
extern const struct stmt_set payouts_after_stmts;
extern const struct stmt_set payouts_notes_stmts;
extern const struct stmt_set corrections_stmts;
extern const struct stmt_set changes_stmts;
extern const struct stmt_set answers_stmts;
extern const struct stmt_set side_file_stmts;
extern const struct stmt_set side_person_stmts;
extern const struct stmt_set side_check_stmts;
extern const struct stmt_set export_stmts;
extern const struct stmt_set export_centre_stmts;
extern const struct stmt_set slips_stmts;
extern const struct stmt_set proof_stmts;
extern const struct stmt_set window_stmts;
extern const struct stmt_set payouts_pace_stmts;
extern const struct stmt_set payouts_pad_stmts;
extern const struct stmt_set payouts_void_stmts;
extern const struct stmt_set signs_stmts;
extern const struct stmt_set limits_stmts;
extern const struct stmt_set drawers_stmts;
extern const struct stmt_set approvals_stmts;
extern const struct stmt_set revlist_stmts;
extern const struct stmt_set down_stmts;
extern const struct stmt_set down_take_stmts;
extern const struct stmt_set office_key_stmts;
extern const struct stmt_set positions_stmts;
extern const struct stmt_set elsewhere_stmts;
extern const struct stmt_set elsewhere_drop_stmts;
extern const struct stmt_set elsewhere_take_stmts;
extern const struct stmt_set elsewhere_check_stmts;
extern const struct stmt_set handover_stmts;
extern const struct stmt_set handover_take_stmts;
extern const struct stmt_set lease_stmts;
extern const struct stmt_set drafts_stmts;
extern const struct stmt_set visits_stmts;
extern const struct stmt_set visits_read_stmts;
extern const struct stmt_set rounds_stmts;
extern const struct stmt_set rounds_page_stmts;
extern const struct stmt_set rounds_plan_stmts;
extern const struct stmt_set visit_lists_stmts;
extern const struct stmt_set complaints_stmts;
extern const struct stmt_set consents_stmts;
extern const struct stmt_set consents_read_stmts;
extern const struct stmt_set requests_stmts;
extern const struct stmt_set forms_stmts;
extern const struct stmt_set cycle_stmts;
extern const struct stmt_set settle_stmts;
extern const struct stmt_set accounts_stmts;
extern const struct stmt_set accounts_read_stmts;
extern const struct stmt_set accounts_method_stmts;
extern const struct stmt_set daylog_stmts;
extern const struct stmt_set board_stmts;
extern const struct stmt_set board_records_stmts;
extern const struct stmt_set outbox_stmts;
extern const struct stmt_set outbox_take_stmts;
extern const struct stmt_set outbox_join_stmts;
extern const struct stmt_set regain_take_stmts;
extern const struct stmt_set regain_replay_stmts;
extern const struct stmt_set *const stmt_sets[];
extern const int stmt_sets_count;

/*
 * The statement, reset and with no parameter bound. NULL if the disk failed
 * and the store could not be opened again (db_ready()): all below take that,
 * and say why.
 */
sqlite3_stmt *stmt_get(struct db *db, const struct stmt_set *set, int index);

/* Bind by name, ":code". Text and bytes must live until it has run. */
void stmt_text(sqlite3_stmt *st, const char *name, const char *value);
void stmt_int(sqlite3_stmt *st, const char *name, sqlite3_int64 value);
void stmt_blob(sqlite3_stmt *st, const char *name, const void *bytes,
	size_t len);

/* Run a statement that returns no rows. */
bool stmt_run(struct db *db, sqlite3_stmt *st, struct err *err);

/*
 * The same for one statement run many thousand times: it keeps what is bound,
 * and is not asked for anew. Every parameter must be bound each time.
 */
bool stmt_run_again(struct db *db, sqlite3_stmt *st, struct err *err);

/* Fetch the next row; read its columns, then call again or stmt_done(). */
enum lookup stmt_row(struct db *db, sqlite3_stmt *st, struct err *err);
void stmt_done(sqlite3_stmt *st);

/* The number of the first row; of none 0. */
bool stmt_number(struct db *db, sqlite3_stmt *st, sqlite3_int64 *out,
	struct err *err);

/* Copy a text column; longer text is cut. NULL becomes "". */
void stmt_column_text(sqlite3_stmt *st, int column, char *out, size_t size);

/* Copy a blob column of exactly len bytes; false if it is not that long. */
bool stmt_column_blob(sqlite3_stmt *st, int column, void *out, size_t len);

#endif
