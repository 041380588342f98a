/*
 * survey_out.h - a questionnaire as text: what survey_in.h reads again.
 *
 * One CSV file with all sheets, as ODK's own tools read it: the name of a
 * sheet stands alone in the first column, its rows have nothing there. The
 * same questionnaire always gives the same bytes; their SHA-256 is its name
 * in the book. Pure.
 */
#ifndef CORE_CODEC_SURVEY_OUT_H
#define CORE_CODEC_SURVEY_OUT_H

#include "core/codec/survey.h"

/* Hand over all of it piece by piece; false as soon as put says false. */
bool survey_out_write(const struct survey *s, void *ctx,
	bool (*put)(void *ctx, const void *bytes, size_t len));

/* Set s->sha256. */
void survey_out_hash(struct survey *s);

#endif
