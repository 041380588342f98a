/*
 * verb_slips.h - slips that a verb was asked for, onto paper (--print), into
 * pictures (--png), or both; and the pieces of a message that stand on them,
 * read again. Blocks until the paper is out, as a script wants.
 */
#ifndef APP_VERB_SLIPS_H
#define APP_VERB_SLIPS_H

#include "core/codec/marks.h"
#include "terminal/app/receipt_doc.h"
#include "terminal/app/verb.h"

struct verb_slips {
	const char *png; /* "he.png"; of several "he-1.png", "he-2.png" */
	bool print;
	int all;
	/* Slip i, from 0, of job->width dots. */
	bool (*make)(const struct verb_slips *s, const struct db_info *from,
		int i, struct receipt_job *job, struct err *err);
	const void *of; /* make's own */
};

/* All of them, if any way out was asked for. ERR_GONE: there is no printer. */
bool verb_slips(const struct options *o, struct verb_store *v,
	const struct verb_slips *s, struct err *err);

typedef enum marks_part verb_piece_taker(struct marks_parts *p,
	const char *text);

/*
 * The pieces in text, a line each, and in the pictures: image and every word
 * behind the first. Stops at the last that was missing. *got: what the last
 * one was.
 */
bool verb_pieces(const struct options *o, const char *text, const char *image,
	verb_piece_taker *take, struct marks_parts *p, enum marks_part *got,
	struct err *err);

#endif
