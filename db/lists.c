#include "db/lists.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/crash.h"
#include "core/money.h"
#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/list_feed_internal.h"
#include "db/list_keep_internal.h"
#include "db/list_rows_internal.h"
#include "db/office_key_internal.h"
#include "db/people_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"

enum {
	BY_SIZE,
	BY_HASH,
	ADD,
	SET_PERIOD,
	SET,
	COUNT
};

/* ADD only holds the place: hash and sums are known at the end of the file. */
static const char *const sql[COUNT] = {
	[BY_SIZE] =
		"SELECT 1 FROM list WHERE bytes = :bytes LIMIT 1 /* scan */",
	[BY_HASH] = "SELECT rows, sum FROM list WHERE sha256 = :sha256",
	[ADD] = "INSERT INTO list (sha256, bytes, period, rows, sum,"
		" imported_at, seq) VALUES (:sha256, 0, 0, 0, 0, 0, 0)",
	[SET_PERIOD] = "UPDATE list SET period = :period WHERE id = :id",
	[SET] = "UPDATE list SET sha256 = :sha256, bytes = :bytes,"
		" period = :period, rows = :rows, sum = :sum,"
		" imported_at = :at, seq = :seq, replaces = :replaces"
		" WHERE id = :id",
};

const struct stmt_set lists_stmts = {"lists", sql, COUNT};

enum {
	PIECE = 64 * 1024,
	/* What 100,000 rows and their indexes are in all: no page is written
	 * twice. */
	CACHE_KIB = 40 * 1024,
	ROWS_A_REPORT = 1000
};

/* One import under way. */
struct import {
	struct db *db;
	const struct session *session;
	const struct list_options *options;
	struct list_result *out;
	struct list_rows rows;
	struct list_fix fix; /* if it corrects a list */
	int fd;
	int64_t size; /* of the file */
	int64_t read;
	int64_t list;
	int32_t period; /* newest so far */
	uint8_t sha256[CRYPTO_HASH_SIZE];
	bool fast;  /* see list_rows_internal.h */
	bool twice; /* the fast way found somebody twice */
	struct err *err;
};

/* ---- the file ------------------------------------------------------------ */

static bool open_file(const char *path, struct import *im, struct err *err)
{
	struct stat st;

	im->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (im->fd < 0)
		return err_set(err,
			errno == ENOENT   ? ERR_GONE
			: errno == EACCES ? ERR_DENIED
					  : ERR_IO,
			errno, "open it: %s", strerror(errno));
	if (fstat(im->fd, &st) != 0)
		return err_set(err, ERR_IO, errno, "ask its size: %s",
			strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_INVALID, 0, "this is not a file");
	im->size = st.st_size;
	return true;
}

/* Read the next piece; *got 0 at the end. */
static bool read_piece(int fd, uint8_t piece[PIECE], size_t *got,
	struct err *err)
{
	ssize_t n;

	do
		n = read(fd, piece, PIECE);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, ERR_IO, errno, "read it: %s",
			strerror(errno));
	*got = (size_t)n;
	return true;
}

static bool hash_file(struct import *im, uint8_t piece[PIECE], struct err *err)
{
	struct crypto_hash h;
	size_t got = 0;

	crypto_hash_start(&h);
	do {
		if (!read_piece(im->fd, piece, &got, err))
			return false;
		crypto_hash_add(&h, piece, got);
	} while (got > 0);
	crypto_hash_end(&h, im->sha256);
	return true;
}

/* ---- troubles ------------------------------------------------------------ */

static void note(struct import *im, const struct paylist_error *e)
{
	list_keep(im->out, e);
	if (im->options->trouble)
		im->options->trouble(im->options->ctx, e);
}

/* ---- rows ---------------------------------------------------------------- */

static bool put_row(struct import *im, const struct list_row *row)
{
	struct paylist_error trouble;

	switch (list_rows_put(&im->rows, row, &trouble, im->err)) {
	case ROW_FAILED:
		return false;
	case ROW_TROUBLE:
		note(im, &trouble);
		return true;
	case ROW_FRESH:
		im->out->fresh++;
		return true;
	case ROW_SAME:
		im->out->same++;
		return true;
	case ROW_FIXED:
		return true;
	}
	return true;
}

static void keep_first(struct list_result *out, const struct paylist_row *row)
{
	struct list_first *f = &out->first[out->firsts];

	if (out->firsts == LISTS_MAX_FIRST)
		return;
	out->firsts++;
	f->row = row->row;
	f->seq = row->seq;
	f->period = row->period;
	f->total = row->total;
	str_copy(f->list_no, sizeof(f->list_no), row->list_no);
	str_copy(f->name, sizeof(f->name), row->name);
	str_copy(f->address, sizeof(f->address), row->address);
}

static bool take_row(struct import *im, const struct list_row *row, int errors,
	int64_t bytes)
{
	const struct list_options *o = im->options;

	im->out->rows++;
	if (o->progress && im->out->rows % ROWS_A_REPORT == 0 &&
		!o->progress(o->ctx, im->out->rows, bytes))
		return err_set(im->err, ERR_BUSY, SQLITE_INTERRUPT, "stopped");
	if (errors > 0)
		return true;
	if (!money_add(im->out->sum, row->row.total, &im->out->sum))
		return err_set(im->err, ERR_INVALID, 0,
			"its sum is beyond all money");
	if (row->row.period > im->period)
		im->period = row->row.period;
	keep_first(im->out, &row->row);
	if (o->corrects && row->row.period != im->fix.period)
		im->out->period_differs = true;
	return put_row(im, row);
}

static bool take_batch(struct import *im, const struct list_batch *b)
{
	for (int i = 0; i < b->count; i++) {
		const struct list_item *it = &b->item[i];

		if (it->is_trouble)
			note(im, &it->trouble);
		else if (!take_row(im, &it->row, it->errors, b->bytes))
			return false;
	}
	crash_point("import.rows");
	return true;
}

static bool read_rows(struct import *im, struct err *err)
{
	struct list_feed *f =
		list_feed_start(im->db, im->fd, im->options->source, err);
	const struct list_batch *b;
	struct list_read read;
	bool ok = true;

	if (!f)
		return false;
	im->err = err;
	while (ok && (b = list_feed_next(f)) != NULL)
		ok = take_batch(im, b);
	if (!list_feed_end(f, &read, err) || !ok)
		return false;
	memcpy(im->sha256, read.sha256, sizeof(im->sha256));
	im->read = read.bytes;
	str_copy(im->out->sheet, sizeof(im->out->sheet), read.sheet);
	return true;
}

/* ---- the list as a whole ------------------------------------------------- */

static void compare_declared(struct import *im)
{
	const struct list_options *o = im->options;

	im->out->count_differs = o->count >= 0 && o->count != im->out->rows;
	im->out->sum_differs = o->sum >= 0 && o->sum != im->out->sum;
	im->out->hash_differs =
		o->sha256 && strcasecmp(o->sha256, im->out->sha256) != 0;
}

static bool begin_list(struct import *im, struct err *err)
{
	static const uint8_t later[CRYPTO_HASH_SIZE];
	sqlite3_stmt *st = stmt_get(im->db, &lists_stmts, ADD);

	stmt_blob(st, ":sha256", later, sizeof(later));
	if (!stmt_run(im->db, st, err))
		return false;
	im->list = sqlite3_last_insert_rowid(im->db->handle);
	if (!list_rows_begin(&im->rows, im->db, im->list, im->fast, err))
		return false;
	if (!im->options->corrects)
		return true;
	im->rows.fix = &im->fix;
	return list_fix_begin(&im->fix, im->db, im->options->corrects,
		&im->rows.money, &im->out->fixes, err);
}

static bool end_list(struct import *im, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_IMPORT,
		.actor = im->session->user.number,
		.rsum = im->sha256};
	struct journal_done done;
	sqlite3_stmt *st;

	/* It may be the one that makes today a day (window_internal.h). */
	st = stmt_get(im->db, &lists_stmts, SET_PERIOD);
	stmt_int(st, ":period", im->period);
	stmt_int(st, ":id", im->list);
	if (!stmt_run(im->db, st, err) ||
		!journal_append(im->db, &entry, &done, err))
		return false;
	st = stmt_get(im->db, &lists_stmts, SET);
	stmt_int(st, ":id", im->list);
	stmt_blob(st, ":sha256", im->sha256, sizeof(im->sha256));
	stmt_int(st, ":bytes", im->read);
	stmt_int(st, ":period", im->period);
	stmt_int(st, ":rows", im->out->rows);
	stmt_int(st, ":sum", im->out->sum);
	stmt_int(st, ":at", done.t);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_int(st, ":replaces", im->options->corrects);
	return stmt_run(im->db, st, err);
}

/* Is anything wrong with it as a whole? */
static bool is_wrong(const struct list_result *out)
{
	return out->errors > 0 || out->count_differs || out->sum_differs ||
	       out->hash_differs || out->period_differs;
}

/* Everything inside the transaction. *take: the list is to stay. */
static bool take_list(struct import *im, bool *take, struct err *err)
{
	struct list_result *out = im->out;

	*take = false;
	crash_point("import.begin");
	if (!begin_list(im, err) || !read_rows(im, err) ||
		!list_rows_end(&im->rows, &im->twice, err))
		return false;
	str_to_hex(im->sha256, sizeof(im->sha256), out->sha256);
	compare_declared(im);
	if (im->rows.fix && !is_wrong(out) && !list_fix_end(&im->fix, err))
		return false;
	if (im->twice || is_wrong(out) || im->options->check_only)
		return true;
	*take = true;
	if (!end_list(im, err))
		return false;
	crash_point("import.appended");
	return true;
}

static bool try_list(struct import *im, struct err *err)
{
	bool take;
	bool ok;

	*im->out = (struct list_result){.taken = false};
	im->read = 0;
	if (im->options->trouble)
		im->options->trouble(im->options->ctx, NULL);
	if (!db_begin(im->db, err))
		return false;
	ok = take_list(im, &take, err);
	list_fix_clear(&im->fix);
	list_rows_clear(&im->rows);
	if (!db_end(im->db, ok && take, err))
		ok = ok && !take;
	im->out->taken = ok && take;
	if (im->out->taken)
		crash_point("import.committed");
	return ok;
}

/*
 * Indexes are made of keys that are sorted first. In a file, which has no
 * name and lies beside the store, they are so in pieces as large as the cache
 * and in one stretch of memory; in memory, each in its own, without end. Up
 * to some 500,000 rows nothing is written to that file.
 */
static bool make_room(struct db *db, struct err *err)
{
	char *pragmas = sqlite3_mprintf("PRAGMA cache_size = -%d;"
					"PRAGMA temp_store_directory = %Q;"
					"PRAGMA temp_store = FILE",
		CACHE_KIB, db->info.dir);
	bool ok;

	if (!pragmas)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	ok = db_run(db, pragmas, err);
	sqlite3_free(pragmas);
	return ok;
}

static void give_room_back(struct db *db)
{
	sqlite3_exec(db->handle,
		"PRAGMA temp_store = MEMORY; PRAGMA temp_store_directory = '';"
		"PRAGMA cache_size = -2000",
		NULL, NULL, NULL);
	sqlite3_db_release_memory(db->handle);
}

static bool import_fresh(struct import *im, struct err *err)
{
	bool ok;

	if (!datakey_needed(im->db, err) || !office_key_load(im->db, err) ||
		!make_room(im->db, err))
		return false;
	im->fast = true;
	ok = try_list(im, err);
	if (ok && im->twice) {
		im->fast = false;
		ok = try_list(im, err);
	}
	office_key_drop(im->db);
	people_forget(im->db);
	if (im->db->handle)
		give_room_back(im->db);
	return ok;
}

/* ---- a file that came before --------------------------------------------- */

static enum lookup same_size(struct import *im, struct err *err)
{
	sqlite3_stmt *st = stmt_get(im->db, &lists_stmts, BY_SIZE);
	enum lookup got;

	stmt_int(st, ":bytes", im->size);
	got = stmt_row(im->db, st, err);
	if (got == LOOKUP_FOUND)
		stmt_done(st);
	return got;
}

/* Is this file in the store already? Its bytes are read only if some list
 * has its size. */
static enum lookup look_again(struct import *im, uint8_t piece[PIECE],
	struct err *err)
{
	struct list_result *out = im->out;
	enum lookup got = same_size(im, err);
	sqlite3_stmt *st;

	if (got != LOOKUP_FOUND)
		return got;
	if (!hash_file(im, piece, err))
		return LOOKUP_FAILED;
	st = stmt_get(im->db, &lists_stmts, BY_HASH);
	stmt_blob(st, ":sha256", im->sha256, sizeof(im->sha256));
	got = stmt_row(im->db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->rows = sqlite3_column_int64(st, 0);
	out->sum = sqlite3_column_int64(st, 1);
	stmt_done(st);
	out->same = out->rows;
	out->taken = true;
	out->again = true;
	str_to_hex(im->sha256, sizeof(im->sha256), out->sha256);
	compare_declared(im);
	return LOOKUP_FOUND;
}

bool lists_import(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err)
{
	struct import im = {.db = db,
		.session = s,
		.options = options,
		.out = out,
		.fd = -1};
	uint8_t *piece;
	bool ok = false;

	*out = (struct list_result){.taken = false};
	/* The first list may come before there is anybody. */
	if (s->user.number != 0 && !roles_must(db, s, ACT_IMPORT, err))
		return false;
	if (options->corrects && !roles_must(db, s, ACT_CORRECT, err))
		return false;
	piece = malloc(PIECE);
	if (!piece)
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
	else if (open_file(path, &im, err))
		switch (look_again(&im, piece, err)) {
		case LOOKUP_FAILED:
			break;
		case LOOKUP_ABSENT:
			ok = import_fresh(&im, err);
			break;
		case LOOKUP_FOUND:
			ok = true;
			break;
		}
	free(piece);
	if (im.fd >= 0)
		close(im.fd);
	return ok || err_wrap(err, "list %s", path);
}
