#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/codec/list_in.h"
#include "core/crash.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/list_keep_internal.h"
#include "db/people_internal.h"
#include "db/roles_internal.h"
#include "db/side_internal.h"
#include "db/stmt.h"

enum {
	BY_HASH,
	ADD,
	COUNT
};

static const char *const sql[COUNT] = {
	[BY_HASH] = "SELECT rows FROM side_file"
		    " WHERE sha256 = :sha256 AND kind = :kind",
	[ADD] = "INSERT INTO side_file (seq, kind, sha256, rows, imported_at)"
		" VALUES (:seq, :kind, :sha256, :rows, :at)",
};

const struct stmt_set side_file_stmts = {"side_file", sql, COUNT};

enum {
	PIECE = 16 * 1024
};

/* ---- the file ------------------------------------------------------------ */

static bool open_file(struct side *im, const char *path, struct stat *st,
	struct err *err)
{
	im->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (im->fd < 0)
		return err_set(err,
			errno == ENOENT   ? ERR_GONE
			: errno == EACCES ? ERR_DENIED
					  : ERR_IO,
			errno, "open it: %s", strerror(errno));
	if (fstat(im->fd, st) != 0)
		return err_set(err, ERR_IO, errno, "ask its size: %s",
			strerror(errno));
	return S_ISREG(st->st_mode) ||
	       err_set(err, ERR_INVALID, 0, "this is not a file");
}

static bool hash_file(int fd, uint8_t out[CRYPTO_HASH_SIZE], struct err *err)
{
	struct crypto_hash h;
	uint8_t piece[PIECE];
	int64_t at = 0;
	ssize_t n;

	crypto_hash_start(&h);
	while ((n = pread(fd, piece, sizeof(piece), at)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_IO, errno, "read it: %s",
				strerror(errno));
		crypto_hash_add(&h, piece, (size_t)n);
		at += n;
	}
	crypto_hash_end(&h, out);
	return true;
}

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	return pread(*(const int *)ctx, out, len, at);
}

static bool read_here(int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	struct cells_file file = {.ctx = &fd, .read_at = read_at};
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set(err, ERR_IO, errno, "ask its size: %s",
			strerror(errno));
	file.size = st.st_size;
	return list_in_read(&file, kind, sink, sheet, err);
}

/* ---- its rows ------------------------------------------------------------ */

bool side_trouble(void *side, const struct paylist_error *e)
{
	struct side *im = side;

	list_keep(im->out, e);
	if (im->options->trouble)
		im->options->trouble(im->options->ctx, e);
	return true;
}

void side_say(struct side *im, const struct paylist_row *row,
	enum paylist_column column, enum paylist_trouble trouble,
	const char *value)
{
	struct paylist_error e = {.row = row->row,
		.column = column,
		.trouble = trouble};

	str_copy(e.value, sizeof(e.value), value);
	side_trouble(im, &e);
}

static bool on_cells(void *ctx, const struct cells *row)
{
	struct side *im = ctx;
	struct err why;

	if (sidelist_row(im->reader, row, &why))
		return true;
	/* If the store failed under it, that is why. */
	if (!im->failed)
		im->err = why;
	return false;
}

static bool read_rows(struct side *im, struct err *err)
{
	const struct list_source *source = im->options->source;
	const struct cells_sink sink = {im, on_cells};
	struct err why = {.code = ERR_NONE};
	bool ok;

	im->reader = im->form->reader(im, err);
	if (!im->reader)
		return false;
	ok = source ? source->read(source->ctx, im->fd, im->form->kind, &sink,
			      im->out->sheet, &why)
		    : read_here(im->fd, im->form->kind, &sink, im->out->sheet,
			      &why);
	if (ok)
		ok = sidelist_end(im->reader, &im->err);
	sidelist_free(im->reader);
	im->reader = NULL;
	/* If we stopped it, what we had said is why. */
	if (!ok)
		*err = im->err.code != ERR_NONE ? im->err : why;
	return ok;
}

/* ---- the file as a whole ------------------------------------------------- */

static bool end_file(struct side *im, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_IMPORT,
		.actor = im->session->user.number,
		.rsum = im->sha256,
		.has_result = true,
		.result = im->form->kind};
	struct journal_done done;
	sqlite3_stmt *st;

	if (!journal_append(im->db, &entry, &done, err))
		return false;
	st = stmt_get(im->db, &side_file_stmts, ADD);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_int(st, ":kind", im->form->kind);
	stmt_blob(st, ":sha256", im->sha256, sizeof(im->sha256));
	stmt_int(st, ":rows", im->out->rows);
	stmt_int(st, ":at", done.t);
	return stmt_run(im->db, st, err);
}

static bool unchanged(struct side *im, const struct stat *before,
	struct err *err)
{
	struct stat now;
	uint8_t sha256[CRYPTO_HASH_SIZE];

	if (!hash_file(im->fd, sha256, err))
		return false;
	if (fstat(im->fd, &now) != 0 || now.st_size != before->st_size ||
		memcmp(sha256, im->sha256, sizeof(sha256)) != 0)
		return err_set(err, ERR_IO, 0, "it changed while it was read");
	return true;
}

/* Everything inside the transaction. *take: it is to stay. */
static bool take_file(struct side *im, const struct stat *st, bool *take,
	struct err *err)
{
	struct list_result *out = im->out;
	const int64_t count = im->options->count;

	*take = false;
	if (!read_rows(im, err) || !unchanged(im, st, err))
		return false;
	crash_point("side.rows");
	out->count_differs = count >= 0 && count != out->rows;
	if (out->errors > 0 || out->count_differs || im->options->check_only)
		return true;
	*take = true;
	if (!end_file(im, err))
		return false;
	crash_point("side.appended");
	return true;
}

static bool import_fresh(struct side *im, const struct stat *st,
	struct err *err)
{
	bool take;
	bool ok;

	im->seen = seen_new();
	if (!im->seen)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory to read it");
	if (im->options->trouble)
		im->options->trouble(im->options->ctx, NULL);
	ok = db_begin(im->db, err);
	if (ok) {
		ok = take_file(im, st, &take, err);
		if (!db_end(im->db, ok && take, err))
			ok = ok && !take;
		im->out->taken = ok && take;
		if (im->out->taken)
			crash_point("side.committed");
	}
	seen_free(im->seen);
	people_forget(im->db);
	return ok;
}

/* Is this file in the store already? */
static enum lookup look_again(struct side *im, struct err *err)
{
	sqlite3_stmt *st = stmt_get(im->db, &side_file_stmts, BY_HASH);
	struct list_result *out = im->out;
	enum lookup got;

	stmt_blob(st, ":sha256", im->sha256, sizeof(im->sha256));
	stmt_int(st, ":kind", im->form->kind);
	got = stmt_row(im->db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->rows = sqlite3_column_int64(st, 0);
	stmt_done(st);
	out->same = out->rows;
	out->taken = true;
	out->again = true;
	out->count_differs =
		im->options->count >= 0 && im->options->count != out->rows;
	return got;
}

bool side_import(struct side *im, const char *path, struct err *err)
{
	struct stat st = {0};
	bool ok = false;

	*im->out = (struct list_result){.taken = false};
	im->fd = -1;
	if (im->session->user.number != 0 &&
		!roles_must(im->db, im->session, ACT_IMPORT, err))
		return false;
	if (open_file(im, path, &st, err) &&
		hash_file(im->fd, im->sha256, err)) {
		str_to_hex(im->sha256, sizeof(im->sha256), im->out->sha256);
		switch (look_again(im, err)) {
		case LOOKUP_FAILED:
			break;
		case LOOKUP_ABSENT:
			ok = import_fresh(im, &st, err);
			break;
		case LOOKUP_FOUND:
			ok = true;
			break;
		}
	}
	if (im->fd >= 0)
		close(im->fd);
	return ok || err_wrap(err, "file %s", path);
}
