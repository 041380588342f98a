#include "terminal/app/run_intake.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "core/crypto.h"
#include "core/log.h"
#include "core/str.h"
#include "core/text.h"
#include "db/watch.h"
#include "drivers/lists/list_reader.h"

enum {
	ENTRIES_MAX = 2000, /* of all folders, that are looked at */
	DEEP = 2,           /* folders below the one that was named */
	PATH_SIZE = 600
};

/* ---- files ------------------------------------------------------------------ */

struct finding {
	struct intake_told *out;
	int entries;
};

static bool is_list_name(const char *name)
{
	static const char *const ends[] = {".csv", ".tsv", ".xlsx"};
	const size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		const size_t end = strlen(ends[i]);

		if (len > end && strcasecmp(name + len - end, ends[i]) == 0)
			return true;
	}
	return false;
}

/* The newest first; what does not fit any more is only said. */
static void keep(struct intake_told *out, const struct intake_file *f)
{
	int at = out->files;

	if (at == FLOW_INTAKE_FILES) {
		out->more = true;
		at--;
		if (out->file[at].t >= f->t)
			return;
	} else {
		out->files++;
	}
	while (at > 0 && out->file[at - 1].t < f->t) {
		out->file[at] = out->file[at - 1];
		at--;
	}
	out->file[at] = *f;
}

static bool look_in(struct finding *f, const char *below, int deep,
	struct err *err);

static void look_at(struct finding *f, const char *below, const char *name,
	int deep)
{
	char clean[sizeof(((struct intake_file *)NULL)->name)];
	char path[PATH_SIZE];
	struct intake_file file = {.size = 0};
	struct err ignored;
	struct stat st;
	int n;

	/* A name that is no clean text is none of ours. */
	if (name[0] == '.' ||
		!text_clean(name, strlen(name), clean, sizeof(clean), NULL) ||
		strcmp(clean, name) != 0)
		return;
	n = snprintf(file.name, sizeof(file.name), "%s%s%s", below,
		below[0] ? "/" : "", name);
	if (n < 0 || (size_t)n >= sizeof(file.name))
		return;
	snprintf(path, sizeof(path), "%s/%s", f->out->folder, file.name);
	if (stat(path, &st) != 0)
		return;
	if (S_ISDIR(st.st_mode) && deep < DEEP) {
		look_in(f, file.name, deep + 1, &ignored);
	} else if (S_ISREG(st.st_mode) && is_list_name(name)) {
		file.size = st.st_size;
		file.t = (int64_t)st.st_mtime * 1000;
		keep(f->out, &file);
	}
}

static bool look_in(struct finding *f, const char *below, int deep,
	struct err *err)
{
	char path[PATH_SIZE];
	struct dirent *e;
	DIR *d;

	snprintf(path, sizeof(path), "%s/%s", f->out->folder, below);
	d = opendir(path);
	if (!d)
		return err_set(err,
			errno == EACCES    ? ERR_DENIED
			: errno == ENOENT  ? ERR_GONE
			: errno == ENOTDIR ? ERR_GONE
					   : ERR_IO,
			errno, "%s: %s", path, strerror(errno));
	while (f->entries++ < ENTRIES_MAX && (e = readdir(d)) != NULL)
		look_at(f, below, e->d_name, deep);
	closedir(d);
	return true;
}

static bool find(const char *folder, struct intake_told *out, struct err *err)
{
	struct finding f = {.out = out};

	if (!str_copy(out->folder, sizeof(out->folder),
		    *folder ? folder : "/media"))
		return err_set(err, ERR_INVALID, 0, "the folder is too long");
	return look_in(&f, "", 0, err);
}

/* ---- one of them ------------------------------------------------------------- */

/* Files of others are taken apart by a child that can do nothing else. */
static bool read_by_child(void *ctx, int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	(void)ctx;
	return list_reader_read(NULL, fd, kind, LIST_READER_IDLE_MS, sink,
		sheet, err);
}

struct reading {
	struct db *db;
	int64_t size; /* bytes of the file; 0: not known */
};

/* As many rows in all as there would be if they were all as long. */
static bool on_rows(void *ctx, int64_t rows, int64_t bytes)
{
	const struct reading *r = ctx;
	const int64_t all = bytes > 0
				    ? (int64_t)((double)rows * (double)r->size /
						(double)bytes)
				    : 0;
	struct err err;

	return db_watch_step(r->db, rows, all, &err);
}

/* Without names. */
static void tell(const struct list_result *l, struct intake_told *out)
{
	out->taken = l->taken;
	out->again = l->again;
	out->period = l->firsts > 0 ? l->first[0].period : 0;
	out->rows = l->rows;
	out->fresh = l->fresh;
	out->same = l->same;
	out->sum = l->sum;
	out->errors = l->errors;
	out->period_differs = l->period_differs;
	memcpy(out->fixed, l->fixes.people, sizeof(out->fixed));
	out->more_due = l->fixes.more;
	out->less_due = l->fixes.less;
	for (int i = 0; i < l->kept && out->troubles < FLOW_ARRIVAL_TROUBLES;
		i++)
		if (paylist_trouble_is_error(l->trouble[i].trouble))
			out->trouble[out->troubles++] = l->trouble[i];
}

static bool read_one(struct ports *p, const struct effect *fx,
	struct intake_told *out, struct err *err)
{
	static const struct list_source source = {NULL, read_by_child};
	struct reading reading = {.db = p->db};
	const struct list_options options = {.source = &source,
		.check_only = fx->kind == FX_INTAKE_LOOK,
		.count = -1,
		.sum = -1,
		.corrects = fx->intake.corrects,
		.progress = on_rows,
		.ctx = &reading};
	struct list_result *result = malloc(sizeof(*result));
	struct stat st;
	bool ok;

	if (!result)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a list");
	if (stat(fx->intake.path, &st) == 0)
		reading.size = st.st_size;
	ok = lists_import(p->db, &p->session, fx->intake.path, &options, result,
		err);
	if (ok)
		tell(result, out);
	crypto_wipe(result, sizeof(*result));
	free(result);
	return ok;
}

/* People are found by what is kept of their names, which a list changes. */
static void after_taking(struct ports *p)
{
	struct err ignored;

	p->written = true;
	p->status_due = true;
	if (!people_prepare(p->db, &ignored))
		log_err("intake", &ignored);
}

bool run_intake(struct ports *p, const struct effect *fx, struct event *answer)
{
	struct intake_told told = {.files = 0};
	struct err err = {0};
	bool ok;

	if (fx->kind != FX_INTAKE_FILES && fx->kind != FX_INTAKE_LOOK &&
		fx->kind != FX_INTAKE_TAKE)
		return false;
	if (fx->kind == FX_INTAKE_FILES) {
		ok = find(fx->path, &told, &err);
	} else if (!role_may(p->session.user.role, ACT_CORRECT)) {
		answer->kind = EV_REFUSED;
		answer->refusal = (struct refusal){.code = REFUSED_ROLE,
			.roles = role_who(ACT_CORRECT)};
		return true;
	} else {
		ok = read_one(p, fx, &told, &err);
	}
	if (fx->kind == FX_INTAKE_TAKE)
		after_taking(p);
	if (ok) {
		answer->kind = EV_INTAKE;
		answer->intake = told;
	} else {
		log_err("intake", &err);
		answer->kind = EV_FAILED;
		answer->err = err;
	}
	return true;
}
