/*
 * sheet_zip.h - the parts of a workbook: a ZIP file that may be hostile.
 *
 * What can be wrong with a ZIP is refused before anything is unpacked: too
 * many entries, names that climb or are absolute, two of one name, links,
 * locked entries (T50). While unpacking, bytes are counted, not believed: in
 * all, and against what they were packed in (T49). A ZIP inside is never
 * opened. sheet_zip.c is the only file that knows <zip.h> (libzip).
 */
#ifndef CORE_CODEC_SHEET_ZIP_H
#define CORE_CODEC_SHEET_ZIP_H

#include "core/codec/cells.h"

/*
 * Files that are no workbook of ours but well known, in err.sys of
 * ERR_INVALID: people can be told what to do.
 */
enum sheet_why {
	SHEET_WHY_OLD = 1, /* XLS */
	SHEET_WHY_LOCKED,  /* with a password */
	SHEET_WHY_MACROS,  /* XLSM */
	SHEET_WHY_BINARY,  /* XLSB */
	SHEET_WHY_ODS,
	SHEET_WHY_OTHER,   /* another file in a ZIP */
	SHEET_WHY_XML,     /* not the message that we read (acmt024.h) */
	SHEET_WHY_HOSTILE, /* made to harm: limits, links, names, DOCTYPE */
	SHEET_WHY_COUNT,
};

enum {
	SHEET_MAX_ENTRIES = 4096,
	SHEET_MAX_NAME = 256,
	SHEET_MAX_RATIO = 200, /* unpacked to packed, of an entry */
	SHEET_MAX_UNPACKED = 1024 * 1024 * 1024 /* of all that is read */
};

struct sheet_zip;

/* ERR_INVALID with a reason: no ZIP, damaged, or a hostile one. ERR_IO. */
struct sheet_zip *sheet_zip_open(const struct cells_file *file,
	struct err *err);

/* Is there such an entry? */
bool sheet_zip_has(const struct sheet_zip *z, const char *name);

/*
 * Unpack one entry, piece by piece; take returns false, with *err set, to
 * stop. The last piece has len 0.
 */
bool sheet_zip_read(struct sheet_zip *z, const char *name,
	bool (*take)(void *ctx, const void *bytes, size_t len, struct err *err),
	void *ctx, struct err *err);

void sheet_zip_close(struct sheet_zip *z); /* NULL is allowed */

#endif
