/*
 * list_errors.h - what is wrong with a list, as a file for a spreadsheet.
 *
 * One line a trouble: row, column, cell, code, what to do. The person who
 * made the list mends it beside this file. It has its name only when it is
 * whole.
 */
#ifndef APP_LIST_ERRORS_H
#define APP_LIST_ERRORS_H

#include "core/codec/paylist.h"

struct list_errors;

/*
 * Write to path, which must end in ".csv" (ERR_INVALID) and is replaced at
 * the end if it is there. ERR_IO: it cannot be written.
 */
struct list_errors *list_errors_open(const char *path, struct err *err);

/* One more trouble; NULL: begin anew. For list_options.trouble. */
void list_errors_add(void *list_errors, const struct paylist_error *e);

/* Finish the file, with keep, or take it away. False: *err. NULL is fine. */
bool list_errors_close(struct list_errors *l, bool keep, struct err *err);

#endif
