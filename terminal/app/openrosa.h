/*
 * openrosa.h - the answers of a visit as a submission of OpenRosa.
 *
 * What a VISIT kept is read with the very questionnaire it answers
 * (db/surveys.h), and written as XML (core/codec/survey_xml.h). Nothing of the
 * person is in it but the answers themselves; the instanceID says which record
 * of which terminal it is. Threads: that of the store.
 */
#ifndef APP_OPENROSA_H
#define APP_OPENROSA_H

#include "core/codec/survey_xml.h"
#include "core/lookup.h"
#include "db/refusal.h"
#include "db/surveys.h"

enum {
	OPENROSA_NAME_SIZE = SURVEY_INSTANCE_SIZE + 8
};

/* A visit, as far as it matters here. */
struct openrosa_visit {
	uint8_t dev[DB_DEV_SIZE]; /* the terminal */
	uint64_t seq;             /* of the VISIT record */
	int64_t t;                /* when it was recorded, ms */
	int64_t actor;
	const void *answers; /* as they were kept; len 0: none were asked */
	size_t len;
};

/*
 * Append its XML to xml; name: of the file, "<uuid>.xml". LOOKUP_ABSENT: it
 * has no answers, or their questionnaire is not here. LOOKUP_FAILED: *err;
 * ERR_CORRUPT if the answers do not answer it.
 */
enum lookup openrosa_of(struct db *db, const struct openrosa_visit *v,
	char name[OPENROSA_NAME_SIZE], struct buf *xml, struct err *err);

/* What became of all visits. */
struct openrosa_done {
	int64_t written;
	int64_t there;   /* written before: their files are in the folder */
	int64_t without; /* no answers, or to questions that are not here */
};

/*
 * A file in folder, which is made if it is not there, for each visit that is
 * not in it yet, each with its EXPORT record (db/export.h). Cut short, or
 * stopped (db/watch.h), what is there is whole, and the same again writes the
 * rest. REFUSED_ROLE: as for other exports.
 */
enum verdict openrosa_export(struct db *db, const struct session *s,
	const char *folder, struct openrosa_done *out, struct refusal *why,
	struct err *err);

#endif
