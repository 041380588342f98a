/*
 * log.h - one line per event, to a file, never to the terminal.
 *
 * For the technician, not for the agent: time, what, error text. Personal
 * data do not belong here; log_mask() is for ID numbers that must be told
 * apart. Any thread may write; a line is one write(2), so lines do not mix.
 * Open and close while no other thread writes. Without log_open() lines are
 * dropped.
 */
#ifndef CORE_LOG_H
#define CORE_LOG_H

#include <stddef.h>

#include "core/err.h"

enum {
	LOG_MAX_BYTES = 4 * 1024 * 1024
};

/*
 * Append to the file at path, made with mode 0600. One that has grown over
 * LOG_MAX_BYTES becomes path.1 first, so that two files are all there is.
 */
bool log_open(const char *path, struct err *err);
void log_close(void);

/* One line: wall time, event, then the formatted rest. No newline in it. */
void log_line(const char *event, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The same for an error: text, code, sys and place. */
void log_err(const char *event, const struct err *err);

/* "001145000112" -> "********0112": all but the last four. */
const char *log_mask(const char *number, char *out, size_t size);

#endif
