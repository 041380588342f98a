/* lists_split.c - `chitra lists split`: a list file into one a terminal. */
#include "terminal/app/lists_split.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/export_dir.h"
#include "db/watch.h"
#include "drivers/lists/list_reader.h"
#include "terminal/app/json.h"
#include "terminal/app/list_split.h"
#include "terminal/flows/list_text.h"

enum {
	NAME_SIZE = 32
};

struct splitting {
	struct list_split *split;
	struct paylist_reader *reader;
	int64_t errors;
	struct err *err;
	struct db *db; /* asked whether to go on */
	int64_t rows;  /* read; of so many bytes, as far as one can say */
	/* While it is written. */
	int64_t written;
	struct export_dir *dir;
	struct crypto_hash hash;
	struct list_split_part part[LIST_SPLIT_PARTS];
	char sha256[LIST_SPLIT_PARTS][2 * CRYPTO_HASH_SIZE + 1];
};

/* ---- reading --------------------------------------------------------------- */

static bool on_row(void *ctx, const struct paylist_row *row, int errors)
{
	struct splitting *s = ctx;

	s->rows++;
	return db_watch_step(s->db, s->rows, 0, s->err) &&
	       (errors > 0 || list_split_add(s->split, row, s->err));
}

static bool on_trouble(void *ctx, const struct paylist_error *e)
{
	struct splitting *s = ctx;

	if (!paylist_trouble_is_error(e->trouble))
		return true;
	s->errors++;
	fprintf(stderr, tr("Row %lld, column %s: %s\n"), (long long)e->row,
		paylist_column_name(e->column), list_trouble_text(e->trouble));
	return true;
}

static bool on_cells(void *ctx, const struct cells *row)
{
	struct splitting *s = ctx;

	return paylist_reader_row(s->reader, row, s->err);
}

/* What we said ourselves when we stopped it is why, not that it was stopped. */
static bool read_file(struct splitting *s, const char *path, struct err *err)
{
	const struct paylist_sink sink = {s, on_row, on_trouble};
	const struct cells_sink cells = {s, on_cells};
	char sheet[LIST_SHEET_SIZE];
	struct err why = {.code = ERR_NONE};
	bool ok = false;
	int fd;

	s->err = err;
	s->reader = paylist_reader_new(&sink, err);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		err_set(err, errno == ENOENT ? ERR_GONE : ERR_IO, errno,
			"open %s: %s", path, strerror(errno));
	else if (s->reader) {
		*err = (struct err){.code = ERR_NONE};
		ok = list_reader_read(NULL, fd, LIST_PAYMENTS,
			LIST_READER_IDLE_MS, &cells, sheet, &why);
		if (!ok && err->code == ERR_NONE)
			*err = why;
		ok = ok && paylist_reader_end(s->reader, err);
	}
	if (fd >= 0)
		close(fd);
	paylist_reader_free(s->reader);
	return ok;
}

/* ---- writing --------------------------------------------------------------- */

static bool put(void *ctx, const void *bytes, size_t len)
{
	struct splitting *s = ctx;

	crypto_hash_add(&s->hash, bytes, len);
	return db_watch_step(s->db, s->written++, s->rows, s->err) &&
	       export_dir_put(s->dir, bytes, len, s->err);
}

static bool write_part(struct splitting *s, int part, struct err *err)
{
	char head[LIST_SPLIT_LINE];
	char name[NAME_SIZE];
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct buf b;

	buf_init(&b, head, sizeof(head));
	list_split_head(&b);
	snprintf(name, sizeof(name), "part-%d.csv", part + 1);
	s->err = err;
	crypto_hash_start(&s->hash);
	if (!export_dir_file(s->dir, name, err) || !put(s, b.data, b.len) ||
		!list_split_rows(s->split, part, put, s))
		return false;
	crypto_hash_end(&s->hash, sum);
	str_to_hex(sum, sizeof(sum), s->sha256[part]);
	return true;
}

static enum verdict write_all(struct splitting *s, struct verb_store *v,
	const struct lists_split *w, struct refusal *why, struct err *err)
{
	enum verdict verdict =
		export_dir_open(v->db, &v->session, w->to, &s->dir, why, err);
	struct export_done done;

	if (verdict != VERDICT_DONE)
		return verdict;
	db_watch_part(v->db, 1, 2);
	for (int p = 0; p < (int)w->parts; p++)
		if (!write_part(s, p, err)) {
			export_dir_drop(s->dir);
			return VERDICT_FAILED;
		}
	return export_dir_close(s->dir, &done, err) ? VERDICT_DONE
						    : VERDICT_FAILED;
}

/* ---- saying ---------------------------------------------------------------- */

static cJSON *part_json(const struct splitting *s, int p)
{
	cJSON *o = cJSON_CreateObject();
	char name[NAME_SIZE];

	snprintf(name, sizeof(name), "part-%d.csv", p + 1);
	cJSON_AddStringToObject(o, "file", name);
	json_int(o, "rows", s->part[p].rows);
	json_int(o, "sum", s->part[p].sum);
	json_int(o, "hamlets", s->part[p].hamlets);
	cJSON_AddStringToObject(o, "sha256", s->sha256[p]);
	return o;
}

static void say_part(const struct splitting *s, const struct lists_split *w,
	int p)
{
	char money[MONEY_TEXT_SIZE];
	char path[VERB_PLAIN_SIZE];
	char plain[VERB_PLAIN_SIZE];

	snprintf(path, sizeof(path), "%s/part-%d.csv", w->to, p + 1);
	printf(tr("Part %d: %lld rows, %s đồng, %d hamlets\n   %s\n   import "
		  "with: --count %lld --sum %lld --sha256 %s\n"),
		p + 1, (long long)s->part[p].rows,
		money_format(s->part[p].sum, money), s->part[p].hamlets,
		verb_plain(path, plain), (long long)s->part[p].rows,
		(long long)s->part[p].sum, s->sha256[p]);
}

static enum exit_status tell(const struct options *o, const struct splitting *s,
	const struct lists_split *w)
{
	char money[MONEY_TEXT_SIZE];
	cJSON *reply = json_ok();
	cJSON *parts = cJSON_AddArrayToObject(reply, "parts");
	int64_t rows = 0;
	int64_t sum = 0;

	for (int p = 0; p < (int)w->parts; p++) {
		rows += s->part[p].rows;
		sum += s->part[p].sum;
		cJSON_AddItemToArray(parts, part_json(s, p));
		if (!o->json)
			say_part(s, w, p);
	}
	json_int(reply, "rows", rows);
	json_int(reply, "sum", sum);
	if (!o->json) {
		printf(tr("Together %lld rows, %s đồng: as in the list."),
			(long long)rows, money_format(sum, money));
		printf("\n");
	}
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status split(const struct options *o, struct verb_store *v,
	const struct lists_split *w, struct splitting *s)
{
	struct refusal why;
	struct err err = {0};

	db_watch_part(v->db, 0, 2);
	if (!read_file(s, w->from, &err)) {
		const char *message = list_refusal_text(&err);

		log_err("split", &err);
		return message ? verb_refuse(o, "not_a_list", message,
					 EXIT_REFUSED)
			       : verb_err(o, &err);
	}
	if (s->errors > 0)
		return verb_refuse(o, "row_errors",
			tr("Nothing was split: mend the rows named first."),
			EXIT_REFUSED);
	if (!list_split_cut(s->split,
		    w->by_range ? LIST_SPLIT_RANGE : LIST_SPLIT_HAMLET,
		    (int)w->parts, s->part, &err))
		return verb_err(o, &err);
	switch (write_all(s, v, w, &why, &err)) {
	case VERDICT_FAILED:
		return verb_file_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	return tell(o, s, w);
}

enum exit_status lists_split(const struct options *o, struct verb_store *v,
	const struct lists_split *w)
{
	const struct refusal role = {.code = REFUSED_ROLE,
		.roles = role_who(ACT_CORRECT)};
	struct splitting s = {.split = list_split_new(), .db = v->db};
	enum exit_status status;
	struct err err = {0};

	if (!role_may(v->session.user.role, ACT_CORRECT)) {
		status = verb_refusal(o, &role);
	} else if (!s.split) {
		err_set(&err, ERR_NO_MEMORY, 0, "no memory to split a list");
		status = verb_err(o, &err);
	} else {
		verb_watch(o, v);
		status = split(o, v, w, &s);
	}
	list_split_free(s.split);
	return status;
}
