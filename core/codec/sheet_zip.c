#include "core/codec/sheet_zip.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zip.h>

enum {
	PIECE = 64 * 1024,
	/* Small files may pack as well as they like. */
	RATIO_FROM = 4 * 1024 * 1024,
	UNIX_TYPE = 0170000,
	UNIX_LINK = 0120000
};

struct sheet_zip {
	zip_t *zip;
	struct cells_file file;
	int64_t at; /* where libzip reads next */
	zip_error_t failed;
	bool unreadable; /* the file, not what is in it */
	int64_t unpacked;
	char piece[PIECE];
};

/* ---- the file, as libzip wants it ---- */

static zip_int64_t source_read(struct sheet_zip *z, void *data,
	zip_uint64_t len)
{
	const int64_t n = z->file.read_at(z->file.ctx, z->at, data, len);

	if (n < 0) {
		z->unreadable = true;
		zip_error_set(&z->failed, ZIP_ER_READ, 0);
		return -1;
	}
	z->at += n;
	return n;
}

static zip_int64_t source_seek(struct sheet_zip *z, void *data,
	zip_uint64_t len)
{
	const zip_int64_t to =
		zip_source_seek_compute_offset((zip_uint64_t)z->at,
			(zip_uint64_t)z->file.size, data, len, &z->failed);

	if (to < 0)
		return -1;
	z->at = to;
	return 0;
}

static zip_int64_t source_stat(const struct sheet_zip *z, void *data)
{
	zip_stat_t *st = data;

	zip_stat_init(st);
	st->valid = ZIP_STAT_SIZE;
	st->size = (zip_uint64_t)z->file.size;
	return (zip_int64_t)sizeof(*st);
}

static zip_int64_t source(void *ctx, void *data, zip_uint64_t len,
	zip_source_cmd_t command)
{
	struct sheet_zip *z = ctx;

	switch (command) {
	case ZIP_SOURCE_OPEN:
		z->at = 0;
		return 0;
	case ZIP_SOURCE_READ:
		return source_read(z, data, len);
	case ZIP_SOURCE_SEEK:
		return source_seek(z, data, len);
	case ZIP_SOURCE_TELL:
		return z->at;
	case ZIP_SOURCE_STAT:
		return source_stat(z, data);
	case ZIP_SOURCE_ERROR:
		return zip_error_to_data(&z->failed, data, len);
	case ZIP_SOURCE_CLOSE:
	case ZIP_SOURCE_FREE:
		return 0;
	case ZIP_SOURCE_SUPPORTS:
		return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN,
			ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
			ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK,
			ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
	default:
		zip_error_set(&z->failed, ZIP_ER_OPNOTSUPP, 0);
		return -1;
	}
}

/* ---- what the directory says ---- */

static bool name_is_sane(const char *name)
{
	const size_t len = strlen(name);

	if (len == 0 || len >= SHEET_MAX_NAME || name[0] == '/' ||
		strchr(name, '\\') || strchr(name, ':'))
		return false;
	for (const char *part = name; part; part = strchr(part, '/')) {
		part += *part == '/';
		if (strncmp(part, "..", 2) == 0 &&
			(part[2] == '/' || part[2] == '\0'))
			return false;
	}
	return true;
}

static bool is_link(zip_t *zip, zip_uint64_t i)
{
	zip_uint8_t system = 0;
	zip_uint32_t attributes = 0;

	return zip_file_get_external_attributes(zip, i, 0, &system,
		       &attributes) == 0 &&
	       system == ZIP_OPSYS_UNIX &&
	       (attributes >> 16 & UNIX_TYPE) == UNIX_LINK;
}

static bool check_entry(zip_t *zip, zip_uint64_t i, const char **name,
	struct err *err)
{
	zip_stat_t st;

	*name = zip_get_name(zip, i, ZIP_FL_ENC_RAW);
	if (!*name || zip_stat_index(zip, i, 0, &st) != 0)
		return err_set(err, ERR_INVALID, 0, "entry %d is damaged",
			(int)i);
	if (!name_is_sane(*name))
		return err_set(err, ERR_INVALID, SHEET_WHY_HOSTILE,
			"an entry has a name that is not allowed");
	if (is_link(zip, i))
		return err_set(err, ERR_INVALID, SHEET_WHY_HOSTILE,
			"an entry is a link");
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) &&
		st.encryption_method != ZIP_EM_NONE)
		return err_set(err, ERR_INVALID, SHEET_WHY_LOCKED,
			"it is locked with a password");
	return true;
}

static int by_name(const void *a, const void *b)
{
	return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static bool check_entries(zip_t *zip, const char **names, zip_uint64_t count,
	struct err *err)
{
	for (zip_uint64_t i = 0; i < count; i++)
		if (!check_entry(zip, i, &names[i], err))
			return false;
	qsort(names, count, sizeof(*names), by_name);
	for (zip_uint64_t i = 1; i < count; i++)
		if (strcasecmp(names[i - 1], names[i]) == 0)
			return err_set(err, ERR_INVALID, SHEET_WHY_HOSTILE,
				"two entries have one name");
	return true;
}

static bool check_directory(zip_t *zip, struct err *err)
{
	const zip_int64_t count = zip_get_num_entries(zip, 0);
	const char **names;
	bool ok;

	if (count < 1 || count > SHEET_MAX_ENTRIES)
		return err_set(err, ERR_INVALID, SHEET_WHY_HOSTILE,
			"%lld entries in it", (long long)count);
	names = calloc((size_t)count, sizeof(*names));
	if (!names)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a ZIP");
	ok = check_entries(zip, names, (zip_uint64_t)count, err);
	free(names);
	return ok;
}

/* ---- reading ---- */

/* What libzip says, which is the file's fault or the disk's. */
static bool zip_failed(const struct sheet_zip *z, const char *why,
	struct err *err)
{
	if (z->unreadable)
		return err_set(err, ERR_IO, 0, "the file cannot be read");
	return err_set(err, ERR_INVALID, 0, "damaged ZIP: %s", why);
}

static bool open_zip(struct sheet_zip *z, struct err *err)
{
	zip_error_t why;
	zip_source_t *s;

	zip_error_init(&why);
	s = zip_source_function_create(source, z, &why);
	if (s)
		z->zip = zip_open_from_source(s, ZIP_RDONLY, &why);
	if (!z->zip) {
		zip_failed(z, zip_error_strerror(&why), err);
		zip_source_free(s);
	}
	zip_error_fini(&why);
	return z->zip != NULL;
}

struct sheet_zip *sheet_zip_open(const struct cells_file *file, struct err *err)
{
	struct sheet_zip *z = calloc(1, sizeof(*z));

	if (!z) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a ZIP");
		return NULL;
	}
	z->file = *file;
	zip_error_init(&z->failed);
	if (open_zip(z, err) && check_directory(z->zip, err))
		return z;
	sheet_zip_close(z);
	return NULL;
}

bool sheet_zip_has(const struct sheet_zip *z, const char *name)
{
	return zip_name_locate(z->zip, name, ZIP_FL_NOCASE) >= 0;
}

/* Is this more than an honest file would be? */
static bool count_bytes(struct sheet_zip *z, int64_t *out, size_t more,
	const zip_stat_t *st, struct err *err)
{
	*out += (int64_t)more;
	z->unpacked += (int64_t)more;
	if (z->unpacked > SHEET_MAX_UNPACKED)
		return err_set(err, ERR_INVALID, SHEET_WHY_HOSTILE,
			"it is too large unpacked");
	if (*out > RATIO_FROM &&
		(zip_uint64_t)*out / SHEET_MAX_RATIO > st->comp_size)
		return err_set(err, ERR_INVALID, SHEET_WHY_HOSTILE,
			"it unpacks to more than %d times its size",
			SHEET_MAX_RATIO);
	return true;
}

static bool unpack(struct sheet_zip *z, zip_file_t *in, const zip_stat_t *st,
	bool (*take)(void *ctx, const void *bytes, size_t len, struct err *err),
	void *ctx, struct err *err)
{
	int64_t out = 0;
	zip_int64_t n;

	do {
		n = zip_fread(in, z->piece, sizeof(z->piece));
		if (n < 0)
			return zip_failed(z, zip_file_strerror(in), err);
		if (!count_bytes(z, &out, (size_t)n, st, err) ||
			!take(ctx, z->piece, (size_t)n, err))
			return false;
	} while (n > 0);
	return true;
}

bool sheet_zip_read(struct sheet_zip *z, const char *name,
	bool (*take)(void *ctx, const void *bytes, size_t len, struct err *err),
	void *ctx, struct err *err)
{
	const zip_int64_t i = zip_name_locate(z->zip, name, ZIP_FL_NOCASE);
	zip_file_t *in;
	zip_stat_t st;
	bool ok;

	if (i < 0)
		return err_set(err, ERR_INVALID, 0, "%s is missing", name);
	if (zip_stat_index(z->zip, (zip_uint64_t)i, 0, &st) != 0 ||
		!(in = zip_fopen_index(z->zip, (zip_uint64_t)i, 0)))
		return zip_failed(z, zip_strerror(z->zip), err);
	ok = unpack(z, in, &st, take, ctx, err);
	zip_fclose(in);
	return ok || err_wrap(err, "%s", name);
}

void sheet_zip_close(struct sheet_zip *z)
{
	if (!z)
		return;
	if (z->zip)
		zip_discard(z->zip);
	zip_error_fini(&z->failed);
	free(z);
}
