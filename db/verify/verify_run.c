#include "db/verify/verify_run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/verify/jfile.h"
#include "db/verify/receipt_check.h"
#include "db/verify/salvage.h"
#include "db/verify/vfar.h"
#include "db/verify/vstore.h"

enum {
	PATH_BYTES = 4096
};

static const char sqlite_magic[16] = "SQLite format 3";

static bool failed(struct err *err, const char *path)
{
	return err_set(err, errno == ENOENT ? ERR_GONE : ERR_IO, errno,
		"%s: %s", path, strerror(errno));
}

/* A directory stands for the store in it. */
static bool place_of(const char *path, char out[PATH_BYTES], struct err *err)
{
	struct stat st;
	int n;

	if (stat(path, &st) != 0)
		return failed(err, path);
	n = snprintf(out, PATH_BYTES, "%s%s", path,
		S_ISDIR(st.st_mode) ? "/chitra.db" : "");
	if (n >= PATH_BYTES)
		return err_set(err, ERR_INVALID, 0, "the path is too long");
	return true;
}

static bool is_store(const char *path, bool *store, struct err *err)
{
	char magic[sizeof(sqlite_magic)] = "";
	FILE *in = fopen(path, "re");

	if (!in)
		return failed(err, path);
	*store = fread(magic, 1, sizeof(magic), in) == sizeof(magic) &&
		 memcmp(magic, sqlite_magic, sizeof(magic)) == 0;
	fclose(in);
	return true;
}

/* Everything that one run needs. */
struct run {
	const struct verify_args *args;
	struct audit_options options;
	struct vfar far;
	struct keyring keys;
	struct evidence evidence;
	struct vreport report;
	struct salvage *salvage; /* NULL: not wanted */
};

static bool walk_store(struct run *r, const char *path, struct err *err)
{
	struct vstore *s = vstore_open(path, r->args->salvage != NULL, err);
	bool ok;

	if (!s)
		return false;
	ok = vstore_walk(s, &r->options, &r->keys, &r->evidence, &r->report,
		err);
	vstore_close(s);
	return ok;
}

static bool walk_file(struct run *r, const char *path, struct err *err)
{
	FILE *in = fopen(path, "re");
	struct stat st;
	bool ok;

	if (!in)
		return failed(err, path);
	r->far.in = in;
	r->far.size = fstat(fileno(in), &st) == 0 ? st.st_size : 0;
	ok = jfile_walk(in, &r->options, &r->keys, &r->evidence, &r->report,
		err);
	r->far.in = NULL;
	fclose(in);
	return ok;
}

static bool load(struct run *r, struct err *err)
{
	const struct verify_args *args = r->args;

	r->evidence.files = (struct evidence_files){.points = args->checkpoints,
		.papers = args->receipts,
		.roster = args->roster,
		.rosters = args->rosters,
		.revlist = args->revlist};
	return !args->keys || keyring_load(&r->keys, args->keys, err);
}

static bool walk(struct run *r, struct err *err)
{
	char path[PATH_BYTES];
	bool store = false;

	if (!place_of(r->args->path, path, err) || !load(r, err) ||
		!is_store(path, &store, err))
		return false;
	if (store ? !walk_store(r, path, err) : !walk_file(r, path, err))
		return err_wrap(err, "%s", r->args->path);
	return true;
}

static bool verify_book(const struct verify_args *args, FILE *out, int *status,
	struct err *err)
{
	struct run r = {.args = args,
		.options = {.future = args->future,
			.now = clock_wall_ms(),
			.from = args->from,
			.to = args->to}};
	bool ok = false;

	keyring_init(&r.keys);
	evidence_init(&r.evidence);
	if (!vreport_init(&r.report, out)) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		goto out;
	}
	r.report.json = args->json;
	r.report.each = args->records;
	r.report.from = args->from;
	r.report.to = args->to;
	if (args->salvage) {
		r.salvage = salvage_new(args->salvage, &r.report);
		r.options.salvage = r.salvage;
	}
	if (args->salvage && !r.salvage) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		goto out;
	}
	vfar_begin(&r.far, stderr, args->progress, args->json);
	r.options.far = &r.far;
	ok = walk(&r, err);
	vfar_end(&r.far);
	ok = ok && (!r.salvage || salvage_break(r.salvage, err));
	/* What was found wrong for want of memory is no finding. */
	if (ok && r.keys.no_memory)
		ok = err_set(err, ERR_NO_MEMORY, 0, "no memory");
	if (ok) {
		vreport_end(&r.report);
		*status = r.report.findings ? VERIFY_FINDINGS : VERIFY_ACCEPTED;
	}
out:
	salvage_free(r.salvage);
	vreport_clear(&r.report);
	evidence_clear(&r.evidence);
	keyring_clear(&r.keys);
	return ok;
}

bool verify_run(const struct verify_args *args, FILE *out, int *status,
	struct err *err)
{
	return args->paper ? receipt_check(args, out, status, err)
			   : verify_book(args, out, status, err);
}
