#include "terminal/app/list_errors.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/codec/csv_out.h"
#include "core/tr.h"
#include "terminal/flows/list_text.h"

enum {
	PATH_SIZE = 1024,
	ROW_SIZE = 4096
};

struct list_errors {
	FILE *out;
	bool failed; /* something could not be written; errno then in sys */
	int sys;
	char path[PATH_SIZE];
	char part[PATH_SIZE]; /* its name until it is whole */
};

static void put(struct list_errors *l, struct buf *row)
{
	csv_out_end(row);
	if (fwrite(row->data, 1, row->len, l->out) == row->len && !row->full)
		return;
	l->sys = errno;
	l->failed = true;
}

static void begin(struct list_errors *l)
{
	char bytes[ROW_SIZE];
	struct buf row;

	rewind(l->out);
	if (ftruncate(fileno(l->out), 0) != 0)
		l->failed = true;
	fputs(CSV_OUT_BOM, l->out);
	buf_init(&row, bytes, sizeof(bytes));
	csv_out_text(&row, tr("Row"));
	csv_out_text(&row, tr("Column"));
	csv_out_text(&row, tr("Cell"));
	csv_out_text(&row, tr("Code"));
	csv_out_text(&row, tr("What to do"));
	put(l, &row);
}

static bool set_paths(struct list_errors *l, const char *path, struct err *err)
{
	const size_t len = strlen(path);

	if (len < strlen("x.csv") || strcasecmp(path + len - 4, ".csv") != 0)
		return err_set(err, ERR_INVALID, 0,
			"the file of errors must be named .csv");
	if (len + strlen(".part") >= PATH_SIZE)
		return err_set(err, ERR_INVALID, 0, "its name is too long");
	snprintf(l->path, sizeof(l->path), "%s", path);
	memcpy(l->part, path, len);
	memcpy(l->part + len, ".part", sizeof(".part"));
	return true;
}

struct list_errors *list_errors_open(const char *path, struct err *err)
{
	struct list_errors *l = calloc(1, sizeof(*l));

	if (!l) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for errors");
		return NULL;
	}
	if (set_paths(l, path, err)) {
		l->out = fopen(l->part, "w+e");
		if (l->out) {
			begin(l);
			return l;
		}
		err_set(err, ERR_IO, errno, "%s: %s", path, strerror(errno));
	}
	free(l);
	return NULL;
}

void list_errors_add(void *list_errors, const struct paylist_error *e)
{
	struct list_errors *l = list_errors;
	char bytes[ROW_SIZE];
	struct buf row;

	if (!e) {
		begin(l);
		return;
	}
	buf_init(&row, bytes, sizeof(bytes));
	csv_out_number(&row, e->row);
	csv_out_text(&row, paylist_column_name(e->column));
	csv_out_text(&row, e->value);
	csv_out_text(&row, paylist_trouble_code(e->trouble));
	csv_out_text(&row, list_trouble_text(e->trouble));
	put(l, &row);
}

bool list_errors_close(struct list_errors *l, bool keep, struct err *err)
{
	bool ok;

	if (!l)
		return true;
	ok = fflush(l->out) == 0 && fsync(fileno(l->out)) == 0;
	if (!ok)
		l->sys = errno;
	ok = ok && !l->failed && !ferror(l->out);
	fclose(l->out);
	if (ok && keep && rename(l->part, l->path) != 0) {
		l->sys = errno;
		ok = false;
	}
	if (!ok || !keep)
		unlink(l->part);
	if (!ok)
		err_set(err, ERR_IO, l->sys, "%s: %s", l->path,
			strerror(l->sys));
	free(l);
	return ok;
}
