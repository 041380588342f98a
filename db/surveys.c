#include "db/surveys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/codec/list_in.h"
#include "core/codec/survey_kept.h"
#include "core/codec/survey_out.h"
#include "core/crash.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/surveys_internal.h"

enum {
	NEWEST,
	BY_HASH,
	ALL,
	CHECK,
	ADD,
	COUNT
};

static const char *const sql[COUNT] = {
	[NEWEST] = "SELECT bytes, seq FROM survey ORDER BY seq DESC LIMIT 1"
		   " /* scan */",
	[BY_HASH] = "SELECT bytes FROM survey"
		    " WHERE substr(sha256, 1, 8) = :hash LIMIT 1 /* scan */",
	[ALL] = "SELECT bytes FROM survey ORDER BY seq /* scan */",
	[CHECK] = ("SELECT s.sha256, s.bytes, j.body FROM survey AS s"
		   " LEFT JOIN journal AS j ON j.seq = s.seq /* scan */"),
	[ADD] = "INSERT INTO survey (seq, sha256, bytes)"
		" VALUES (:seq, :sha256, :bytes)",
};

const struct stmt_set surveys_stmts = {"surveys", sql, COUNT};

enum {
	TEXT_MAX = 1024 * 1024 /* twice the pool, and what is between */
};

/* ---- those that are kept ------------------------------------------------- */

/* The questionnaire of column 0. */
static bool read_kept(sqlite3_stmt *st, struct survey *out, struct err *err)
{
	struct err why = {.code = ERR_NONE};
	const void *bytes = sqlite3_column_blob(st, 0);
	const size_t len = (size_t)sqlite3_column_bytes(st, 0);

	if (bytes && survey_kept_read(bytes, len, out, &why))
		return true;
	if (why.code == ERR_NO_MEMORY)
		return err_set(err, why.code, 0, "%s", why.text);
	return err_set(err, ERR_CORRUPT, 0,
		"table survey: a questionnaire that is none");
}

bool surveys_in_force(struct db *db, struct survey *out, uint64_t *seq,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &surveys_stmts, NEWEST);
	bool ok;

	if (seq)
		*seq = 0;
	switch (stmt_row(db, st, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return survey_kept_builtin(out, err);
	case LOOKUP_FOUND:
		break;
	}
	ok = read_kept(st, out, err);
	if (seq)
		*seq = (uint64_t)sqlite3_column_int64(st, 1);
	stmt_done(st);
	return ok;
}

enum lookup surveys_by_hash(struct db *db,
	const uint8_t sha256[SURVEY_HASH_SHORT], struct survey *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &surveys_stmts, BY_HASH);
	enum lookup got;

	stmt_blob(st, ":hash", sha256, SURVEY_HASH_SHORT);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_ABSENT)
		return survey_kept_builtin_by(sha256, out, err);
	if (got == LOOKUP_FOUND && !read_kept(st, out, err))
		got = LOOKUP_FAILED;
	stmt_done(st);
	return got;
}

/* ---- check --------------------------------------------------------------- */

static bool is_of_record(sqlite3_stmt *st)
{
	const void *bytes = sqlite3_column_blob(st, 1);
	const void *body = sqlite3_column_blob(st, 2);
	uint8_t sha256[CRYPTO_HASH_SIZE];
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct record r;
	const char *finding;

	if (!bytes || !body ||
		!stmt_column_blob(st, 0, sha256, sizeof(sha256)) ||
		!record_decode(body, (size_t)sqlite3_column_bytes(st, 2), &r,
			&finding))
		return false;
	crypto_sha256(bytes, (size_t)sqlite3_column_bytes(st, 1), sum);
	return r.kind == JOURNAL_IMPORT && r.result == LIST_QUESTIONS &&
	       memcmp(sum, sha256, sizeof(sum)) == 0 &&
	       memcmp(sum, r.rsum, sizeof(sum)) == 0;
}

bool surveys_check(struct db *db, uint64_t count, bool *told, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &surveys_stmts, CHECK);
	uint64_t rows = 0;
	enum lookup got;

	*told = true;
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		*told = *told && is_of_record(st);
		rows++;
	}
	*told = *told && rows == count;
	return got != LOOKUP_FAILED;
}

/* ---- reading a file ------------------------------------------------------ */

/* One import under way. */
struct import {
	struct db *db;
	const struct session *session;
	const struct survey_options *options;
	struct survey_result *out;
	struct survey_in *in;
	const struct survey *survey;
	struct err *err;
	bool stopped;
	struct survey other; /* one that was taken before */
	size_t len;
	uint8_t text[TEXT_MAX];
};

static bool on_trouble(void *ctx, const struct survey_error *e)
{
	struct import *im = ctx;

	im->out->errors++;
	im->stopped = im->options->trouble &&
		      !im->options->trouble(im->options->ctx, e);
	return !im->stopped;
}

static bool on_row(void *ctx, const struct cells *row)
{
	struct import *im = ctx;

	return survey_in_row(im->in, row, im->err);
}

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	return pread(*(const int *)ctx, out, len, at);
}

static bool open_file(const char *path, int *fd, int64_t *size, struct err *err)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (*fd < 0)
		return err_set(err,
			errno == ENOENT   ? ERR_GONE
			: errno == EACCES ? ERR_DENIED
					  : ERR_IO,
			errno, "open it: %s", strerror(errno));
	if (fstat(*fd, &st) != 0)
		return err_set(err, ERR_IO, errno, "ask its size: %s",
			strerror(errno));
	*size = st.st_size;
	return S_ISREG(st.st_mode) ||
	       err_set(err, ERR_INVALID, 0, "this is not a file");
}

static bool read_file(struct import *im, int fd, int64_t size, struct err *err)
{
	const struct list_source *source = im->options->source;
	const struct cells_file file = {&fd, size, read_at};
	const struct cells_sink sink = {im, on_row};
	char sheet[LISTS_SHEET_SIZE];
	bool ok;

	im->err = err;
	ok = source ? source->read(source->ctx, fd, LIST_QUESTIONS, &sink,
			      sheet, err)
		    : list_in_read_sheets(&file, &sink, err);
	if (!ok)
		return false;
	im->survey = survey_in_end(im->in, err);
	return im->survey || (im->out->errors > 0 && !im->stopped);
}

static bool read_path(struct import *im, const char *path, struct err *err)
{
	int64_t size = 0;
	int fd = -1;
	const bool ok = open_file(path, &fd, &size, err) &&
			read_file(im, fd, size, err);

	if (fd >= 0)
		close(fd);
	return ok;
}

/* ---- taking it ----------------------------------------------------------- */

static bool add_text(void *ctx, const void *bytes, size_t len)
{
	struct import *im = ctx;

	if (len > sizeof(im->text) - im->len)
		return false;
	memcpy(im->text + im->len, bytes, len);
	im->len += len;
	return true;
}

/* The same id and version with other words. */
static bool clashes(const struct survey *a, const struct survey *b)
{
	return strcmp(survey_text(a, a->id), survey_text(b, b->id)) == 0 &&
	       strcmp(survey_text(a, a->version), survey_text(b, b->version)) ==
		       0 &&
	       memcmp(a->sha256, b->sha256, sizeof(a->sha256)) != 0;
}

static void say_same_version(struct import *im)
{
	struct survey_error e = {.sheet = SURVEY_SHEET_SETTINGS,
		.column = "version",
		.trouble = SURVEY_SAME_VERSION};

	str_copy(e.value, sizeof(e.value), im->out->version);
	on_trouble(im, &e);
}

/* Against the built-in one and all that were ever taken. */
static bool check_version(struct import *im, struct err *err)
{
	sqlite3_stmt *st;
	enum lookup got;
	bool clash;
	bool ok = true;

	if (!survey_kept_builtin(&im->other, err))
		return false;
	clash = clashes(im->survey, &im->other);
	st = stmt_get(im->db, &surveys_stmts, ALL);
	while (ok && (got = stmt_row(im->db, st, err)) == LOOKUP_FOUND) {
		ok = read_kept(st, &im->other, err);
		clash = clash || (ok && clashes(im->survey, &im->other));
	}
	if (!ok)
		stmt_done(st);
	if (ok && clash)
		say_same_version(im);
	return ok && got != LOOKUP_FAILED;
}

/* The record, and its row. */
static bool write_survey(struct import *im, struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_IMPORT,
		.actor = im->session->user.number,
		.rsum = im->survey->sha256,
		.has_result = true,
		.result = LIST_QUESTIONS};
	struct journal_done done;
	sqlite3_stmt *st;

	if (!journal_append(im->db, &entry, &done, err))
		return false;
	crash_point("survey.appended");
	st = stmt_get(im->db, &surveys_stmts, ADD);
	stmt_int(st, ":seq", (sqlite3_int64)done.seq);
	stmt_blob(st, ":sha256", im->survey->sha256,
		sizeof(im->survey->sha256));
	stmt_blob(st, ":bytes", im->text, im->len);
	return stmt_run(im->db, st, err);
}

static bool take(struct import *im, struct err *err)
{
	bool ok;

	if (!survey_out_write(im->survey, im, add_text))
		return err_set(err, ERR_INVALID, 0, "too many words");
	if (!db_begin(im->db, err))
		return false;
	ok = write_survey(im, err);
	im->out->taken = db_end(im->db, ok, err) && ok;
	if (im->out->taken)
		crash_point("survey.committed");
	return im->out->taken;
}

static void describe(struct import *im)
{
	const struct survey *s = im->survey;
	struct survey_result *out = im->out;

	str_copy(out->id, sizeof(out->id), survey_text(s, s->id));
	str_copy(out->version, sizeof(out->version),
		survey_text(s, s->version));
	str_to_hex(s->sha256, sizeof(s->sha256), out->sha256);
	out->questions = s->questions;
	out->choices = s->choices;
}

static bool import(struct import *im, const char *path, struct err *err)
{
	if (!read_path(im, path, err))
		return false;
	if (!im->survey)
		return true;
	describe(im);
	if (!surveys_in_force(im->db, &im->other, NULL, err))
		return false;
	if (memcmp(im->other.sha256, im->survey->sha256,
		    sizeof(im->other.sha256)) == 0) {
		im->out->again = true;
		im->out->taken = true;
		return true;
	}
	if (!check_version(im, err))
		return false;
	return im->out->errors > 0 || im->options->check_only || take(im, err);
}

bool surveys_import(struct db *db, const struct session *s, const char *path,
	const struct survey_options *options, struct survey_result *out,
	struct err *err)
{
	struct import *im;
	bool ok = false;

	*out = (struct survey_result){.taken = false};
	if (!roles_must(db, s, ACT_QUESTIONS, err))
		return false;
	im = calloc(1, sizeof(*im));
	if (!im)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory to read it");
	im->db = db;
	im->session = s;
	im->options = options;
	im->out = out;
	im->in = survey_in_new(im, on_trouble, err);
	if (im->in)
		ok = import(im, path, err);
	survey_in_free(im->in);
	free(im);
	return ok || err_wrap(err, "file %s", path);
}
