/*
 * export_dir.h - several files that leave the terminal together: a directory
 * that is there whole, or not at all.
 *
 * Files are written into a hidden directory of another name beside it. At the
 * end come SHA256SUMS over all of them, the EXPORT record (res 4; its hash is
 * that of SHA256SUMS), and only then the directory gets its name: a stick that
 * is pulled half-way, or a power cut, leaves nothing that looks whole. What is
 * there already is never replaced. It has people's data in it: 0700.
 *
 *	open -> (file -> put, put …)* -> [journal] -> close
 *
 * One file at a time. Threads: that of the store. Blocking: as the stick.
 */
#ifndef DB_EXPORT_DIR_H
#define DB_EXPORT_DIR_H

#include "db/export.h"

enum {
	EXPORT_DIR_FILES = 256,
	EXPORT_DIR_NAME = 64
};

struct export_dir;

/*
 * path: a directory that is not there yet, in one that is. REFUSED_ROLE: for
 * agents and supervisors; REFUSED_TRAINING. ERR_INVALID, sys EEXIST:
 * something of that name is there; ERR_GONE, ERR_DENIED, ERR_FULL. What a
 * pulled stick kept of the same before is taken away. After VERDICT_DONE it is
 * closed or dropped by the caller.
 */
enum verdict export_dir_open(struct db *db, const struct session *s,
	const char *path, struct export_dir **out, struct refusal *why,
	struct err *err);

/*
 * What it is, if not EXPORT_DAY; and the number that its record has to have,
 * since the files in it say so (0: any). If the book went on meanwhile,
 * export_dir_close() is ERR_BUSY, and nothing is out.
 */
void export_dir_is(struct export_dir *d, enum export_kind kind, uint64_t seq);

/*
 * Away with what a pulled stick or a power cut left in that folder of
 * directories whose names began like that: it has people's data in it. None of
 * ours is being written: a store is one program's at a time.
 */
void export_dir_sweep(const char *folder, const char *beginning);

/* The next file; the one before it is whole then. */
bool export_dir_file(struct export_dir *d, const char *name, struct err *err);
bool export_dir_put(struct export_dir *d, const void *bytes, size_t len,
	struct err *err);

/* The journal from out->first to out->last as a file, as export_journal(). */
bool export_dir_journal(struct export_dir *d, const char *name,
	struct export_done *out, struct err *err);

/*
 * All is there: sums, record, name. out: of SHA256SUMS; rows is the number of
 * files. Frees d, whatever comes of it.
 */
bool export_dir_close(struct export_dir *d, struct export_done *out,
	struct err *err);

/* Nothing of it remains. NULL is allowed. */
void export_dir_drop(struct export_dir *d);

#endif
