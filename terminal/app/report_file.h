/*
 * report_file.h - a report that grows in memory, and then is a file that the
 * book knows of.
 *
 * Papers for Vietnamese offices: their words are Vietnamese whatever the
 * screen speaks, so they are filled between report_file_begin() and _end().
 */
#ifndef APP_REPORT_FILE_H
#define APP_REPORT_FILE_H

#include "core/codec/paper_doc.h"
#include "db/export.h"
#include "terminal/app/verb.h"

struct report_file {
	char *bytes;
	size_t len;
	size_t size;
	int64_t rows;
	bool no_memory;
	bool english; /* what the screen speaks meanwhile */
};

void report_file_begin(struct report_file *f);

/* The screen's language is back; false: *err. */
bool report_file_end(struct report_file *f, bool ok, struct err *err);

bool report_file_put(struct report_file *f, const void *bytes, size_t len);

/* The same as a sink of a paper. */
struct paper_sink report_file_sink(struct report_file *f);

/* Into a new file of that kind; the answer, with what more is added to it
 * (taken over; NULL: nothing). */
enum exit_status report_file_write(const struct report_file *f,
	const struct options *o, struct verb_store *v, enum export_kind kind,
	const char *path, cJSON *more);

/* It could not be made. A PDF needs a font and a library that are installed:
 * that has a sentence of its own. */
enum exit_status report_not_made(const struct options *o,
	const struct err *err);

void report_file_free(struct report_file *f);

#endif
