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
#include "core/lookup.h"

enum {
	SURVEY_KEPT_SHORT = 8 /* SURVEY_HASH_SHORT */
};

/* ERR_INVALID: something is wrong with it, which then names the first. */
bool survey_kept_read(const void *bytes, size_t len, struct survey *out,
	struct err *err);

/* The newest of assets/questions/. */
bool survey_kept_builtin(struct survey *out, struct err *err);

/* Any of them, by the first bytes of its SHA-256. LOOKUP_FAILED: *err. */
enum lookup survey_kept_builtin_by(const uint8_t sha256[SURVEY_KEPT_SHORT],
	struct survey *out, struct err *err);

#endif
