/*
 * survey_xml.h - answers as a submission of OpenRosa, what ODK's servers take.
 *
 * One XML of one visit: the questionnaire's id and version, its questions that
 * were asked in their order with the names of choices, days as 2026-12-05,
 * and the meta block with an instanceID. That id is made of the terminal and
 * the number of the visit's record, so that the same visit sent twice is the
 * same instance. survey_xml.c is the only file that knows
 * libxml, which it loads when it is called.
 * Threads: any, one call at a time in each. Blocking: no.
 */
#ifndef CORE_CODEC_SURVEY_XML_H
#define CORE_CODEC_SURVEY_XML_H

#include "core/buf.h"
#include "core/codec/survey_answers.h"
#include "core/err.h"

enum {
	SURVEY_INSTANCE_SIZE = 48,
	SURVEY_XML_MAX = 256 * 1024 /* bytes that always suffice */
};

struct survey_meta {
	char instance[SURVEY_INSTANCE_SIZE]; /* survey_instance() */
	char device[40];                     /* "chitra:<dev hex>" */
	int64_t start;                       /* ms since 1970; 0: not said */
	int64_t end;
	char user[64]; /* who asked; "": not said */
};

/* "uuid:..." of record seq of terminal dev, 16 bytes; a UUID of version 8. */
void survey_instance(const uint8_t dev[16], uint64_t seq,
	char out[SURVEY_INSTANCE_SIZE]);

/* Append it to out. ERR_NO_MEMORY; ERR_FULL: out is too small; ERR_GONE: there
 * is no libxml2 here. */
bool survey_xml_write(const struct survey *s, const struct survey_answers *a,
	const struct survey_meta *meta, struct buf *out, struct err *err);

#endif
