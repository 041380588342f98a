/*
 * list_reader.h - a list file -> rows of cells, by a child that can do
 * nothing else.
 *
 * Lists come by mail and on sticks: CSV, TSV and workbooks are taken apart
 * (core/codec/list_in.h) in a child of our own program under seccomp,
 * Landlock and limits on memory and time. It answers with rows of cells,
 * which are checked here for their form and by the caller for what they say.
 * One child a file. The program's main() must hand over when it is called
 * with LIST_READER_ARG:
 *
 *	if (argc == 2 && strcmp(argv[1], LIST_READER_ARG) == 0)
 *		return list_reader_child();
 *
 * Threads: the call belongs to one thread. Blocking: until the file is read,
 * but never longer than idle_ms without a row.
 */
#ifndef DRIVERS_LISTS_LIST_READER_H
#define DRIVERS_LISTS_LIST_READER_H

#include "core/codec/paylist.h"

#define LIST_READER_ARG "--list-reader-child"

enum {
	LIST_READER_IDLE_MS = 60 * 1000,
	LIST_SHEET_SIZE = 128
};

/*
 * Read all of the file behind fd, which may be at any place and stays there.
 * kind: which sheet of a workbook to look for. program: path to exec, NULL for /proc/self/exe. sheet: LIST_SHEET_SIZE
 * bytes for the name of the sheet that was read, "" for CSV.
 * ERR_INVALID no list, damaged, or over the limits, with a reason; ERR_BUSY
 * the sink said stop; ERR_DENIED no sandbox here, so nothing was read;
 * ERR_TIMEOUT; ERR_IO the child died.
 */
bool list_reader_read(const char *program, int fd, enum list_kind kind,
	int idle_ms, const struct cells_sink *sink, char *sheet,
	struct err *err);

/* The child's whole life; returns its exit status. */
int list_reader_child(void);

#endif
