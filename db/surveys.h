/*
 * surveys.h - the questionnaires of visits: which one is in force, old ones,
 * and taking another one.
 *
 * A supervisor brings an XLSForm (survey_in.h); it is taken whole or not at
 * all, kept as text, and in force from then on: IMPORT record, res 3, rsum the
 * SHA-256 of that text. Until then the built-in one is. Answers say by the
 * first bytes of that hash which one they answer, so none is ever removed.
 * One writer; blocks for the disk.
 */
#ifndef DB_SURVEYS_H
#define DB_SURVEYS_H

#include "core/codec/survey_answers.h"
#include "core/codec/survey_in.h"
#include "core/lookup.h"
#include "db/lists.h"

struct survey_options {
	/* As for lists; NULL: read here, for files that are our own. */
	const struct list_source *source;
	bool check_only;
	/* Every trouble; false: stop (ERR_BUSY). */
	bool (*trouble)(void *ctx, const struct survey_error *e);
	void *ctx;
};

struct survey_result {
	bool taken; /* it is in force now, or was: again */
	bool again; /* the very same one is in force */
	int64_t errors;
	int questions;
	int choices;
	char id[SURVEY_NAME_SIZE];
	char version[SURVEY_NAME_SIZE];
	char sha256[2 * CRYPTO_HASH_SIZE + 1]; /* of its text; "" if bad */
};

/*
 * Read the file and take it if nothing is wrong with it. One that has id and
 * version of another one and other words is SURVEY_SAME_VERSION. False only if
 * it could not be read or stored, or the role may not (ERR_DENIED); with
 * errors it is true, taken false.
 */
bool surveys_import(struct db *db, const struct session *s, const char *path,
	const struct survey_options *options, struct survey_result *out,
	struct err *err);

/* The one in force; *seq, unless NULL, its IMPORT record, 0: built in. */
bool surveys_in_force(struct db *db, struct survey *out, uint64_t *seq,
	struct err *err);

/* The one that answers name, in force or not. */
enum lookup surveys_by_hash(struct db *db,
	const uint8_t sha256[SURVEY_HASH_SHORT], struct survey *out,
	struct err *err);

#endif
