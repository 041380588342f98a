#include "terminal/app/run_copies.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/log.h"
#include "core/str.h"
#include "core/text.h"
#include "db/backup.h"
#include "db/copies.h"
#include "db/settings.h"

enum {
	FILES_MAX = 400, /* of a folder that are looked at */
	PATH_SIZE = 600
};

/* The newest first; behind them what does not fit any more. */
static void keep(struct copies_found *found, const struct copy_row *row)
{
	int at = found->count;

	if (at == FLOW_COPIES) {
		found->more = true;
		at--;
		if (found->row[at].seen.t >= row->seen.t)
			return;
	} else {
		found->count++;
	}
	while (at > 0 && found->row[at - 1].seen.t < row->seen.t) {
		found->row[at] = found->row[at - 1];
		at--;
	}
	found->row[at] = *row;
}

static void look(struct ports *p, struct copies_found *found, const char *name)
{
	char clean[sizeof(((struct copy_row *)NULL)->name)];
	char path[PATH_SIZE];
	struct copy_row row = {0};
	struct err err;

	/* A name that is no clean text is none of ours. */
	if (name[0] == '.' ||
		!text_clean(name, strlen(name), clean, sizeof(clean), NULL) ||
		strcmp(clean, name) != 0 ||
		!str_copy(row.name, sizeof(row.name), name))
		return;
	snprintf(path, sizeof(path), "%s/%s", found->folder, name);
	switch (copies_look(p->db, path, &row.seen, &err)) {
	case LOOKUP_FOUND:
		keep(found, &row);
		break;
	case LOOKUP_FAILED:
		log_err("copies", &err);
		break;
	case LOOKUP_ABSENT:
		break;
	}
}

static bool find(struct ports *p, const char *folder,
	struct copies_found *found, struct err *err)
{
	char last[SETTINGS_FOLDER_SIZE] = "";
	struct dirent *e;
	int files = 0;
	DIR *d;

	memset(found, 0, sizeof(*found));
	if (!*folder && settings_copies(p->db, last, err) && *last)
		folder = last;
	if (!str_copy(found->folder, sizeof(found->folder),
		    *folder ? folder : "/media"))
		return err_set(err, ERR_INVALID, 0, "the folder is too long");
	d = opendir(found->folder);
	if (!d)
		return err_set(err,
			errno == EACCES   ? ERR_DENIED
			: errno == ENOENT ? ERR_GONE
					  : ERR_IO,
			errno, "%s: %s", found->folder, strerror(errno));
	while (files++ < FILES_MAX && (e = readdir(d)) != NULL)
		look(p, found, e->d_name);
	closedir(d);
	return true;
}

/* Beside the book, named by its terminal and its length. */
static bool restore(struct ports *p, const char *path, char *dir, size_t size,
	struct err *err)
{
	struct copy_seen seen;
	int n;

	switch (copies_look(p->db, path, &seen, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_GONE, 0, "%s is no copy", path);
	case LOOKUP_FOUND:
		break;
	}
	n = snprintf(dir, size, "%s/copy-%.6s-%llu", db_info(p->db)->dir,
		seen.dev_hex, (unsigned long long)seen.last_seq);
	if (n < 0 || (size_t)n >= size)
		return err_set(err, ERR_INVALID, 0, "the path is too long");
	return backup_restore(path, dir, db_watched_by(p->db), err);
}

/* A stick may be gone since its copies were listed: SQLite says only that it
 * is no copy. */
static bool is_there(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == 0)
		return true;
	return err_set(err,
		errno == ENOENT || errno == ENOTDIR ? ERR_GONE
		: errno == EACCES                   ? ERR_DENIED
						    : ERR_IO,
		errno, "%s: %s", path, strerror(errno));
}

bool run_copies(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine)
{
	struct err err = {0};
	bool ok = false;

	*mine = fx->kind == FX_COPIES || fx->kind == FX_COPY_CHECK ||
		fx->kind == FX_RESTORE;
	if (!*mine)
		return false;
	if (!role_may(p->session.user.role, ACT_BACKUP)) {
		answer->kind = EV_REFUSED;
		answer->refusal = (struct refusal){.code = REFUSED_ROLE,
			.roles = role_who(ACT_BACKUP)};
		return true;
	}
	if (fx->kind == FX_COPIES) {
		answer->kind = EV_COPIES;
		ok = find(p, fx->path, &answer->copies, &err);
	} else if (fx->kind == FX_COPY_CHECK) {
		answer->kind = EV_CONFIRMED;
		ok = is_there(fx->path, &err) &&
		     copies_check(p->db, fx->path, &err);
	} else {
		answer->kind = EV_COPY_PLACE;
		ok = is_there(fx->path, &err) &&
		     restore(p, fx->path, answer->path, sizeof(answer->path),
			     &err);
	}
	if (!ok) {
		answer->kind = EV_FAILED;
		answer->err = err;
	}
	return true;
}
