/*
 * survey_kept.h - questionnaires that are our own already: the text of one
 * that was taken before (survey_out.h), and the one that is built in.
 *
 * Files of others are taken apart in a child (drivers/lists), never here.
 * Pure; any thread.
 */
#ifndef CORE_CODEC_SURVEY_KEPT_H
#define CORE_CODEC_SURVEY_KEPT_H

#include "core/codec/survey.h"
#include "core/err.h"

/* ERR_INVALID: something is wrong with it, which then names the first. */
bool survey_kept_read(const void *bytes, size_t len, struct survey *out,
	struct err *err);

/* assets/questions/visit.csv */
bool survey_kept_builtin(struct survey *out, struct err *err);

#endif
