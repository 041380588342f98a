#include "terminal/app/export_into.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/str.h"

bool export_into_is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/*
 * "chi-tra_P1_0123abcd_2026-12-05", in that directory; before its number. What
 * is left there of earlier ones is taken away.
 */
static bool make_path(const struct db_info *info, const char *to,
	const char *what, const char *name, char path[EXPORT_INTO_PATH_SIZE])
{
	static const char fine[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmno"
				   "pqrstuvwxyz0123456789-";
	char point[DB_CODE_SIZE];
	char own[DB_CODE_SIZE + 64];
	char folder[EXPORT_INTO_PATH_SIZE];
	size_t len;
	int n;

	str_copy(point, sizeof(point), info->point);
	for (char *c = point; *c; c++)
		if (!strchr(fine, *c))
			*c = '-';
	str_copy(folder, sizeof(folder), to);
	for (len = strlen(folder); len > 0 && folder[len - 1] == '/'; len--)
		folder[len - 1] = '\0';
	snprintf(own, sizeof(own), "%s_%s_%.8s_", what, point, info->dev_hex);
	export_dir_sweep(folder, own);
	n = snprintf(path, EXPORT_INTO_PATH_SIZE, "%s/%s%s", folder, own, name);
	return n > 0 && n < EXPORT_INTO_PATH_SIZE - 8;
}

enum verdict export_into(struct verb_store *v, const char *to, const char *what,
	const char *name, char path[EXPORT_INTO_PATH_SIZE],
	struct export_dir **out, struct refusal *why, struct err *err)
{
	enum verdict done = VERDICT_FAILED;
	size_t len;

	if (!export_into_is_directory(to)) {
		str_copy(path, EXPORT_INTO_PATH_SIZE, to);
		return export_dir_open(v->db, &v->session, path, out, why, err);
	}
	if (!make_path(db_info(v->db), to, what, name, path)) {
		err_set(err, ERR_INVALID, 0, "%s: the name is too long", to);
		return VERDICT_FAILED;
	}
	len = strlen(path);
	for (int i = 1; i <= EXPORT_INTO_TRIES; i++) {
		if (i > 1)
			snprintf(path + len, EXPORT_INTO_PATH_SIZE - len, "-%d",
				i);
		done = export_dir_open(v->db, &v->session, path, out, why, err);
		if (done != VERDICT_FAILED || err->sys != EEXIST)
			break;
	}
	return done;
}
