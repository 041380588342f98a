/*
 * side_internal.h - a file of changes or answers under way. Private to db/.
 *
 * side_file.c opens, hashes, reads and takes the file as a whole, changes.c
 * and answers.c each of its rows, side_person.c finds whom a row means.
 */
#ifndef DB_SIDE_INTERNAL_H
#define DB_SIDE_INTERNAL_H

#include "core/codec/answerlist.h"
#include "core/codec/changelist.h"
#include "db/changes.h"
#include "db/people.h"
#include "db/seen_internal.h"

struct side;

struct side_form {
	enum list_kind kind; /* also side_file.kind */
	struct sidelist *(*reader)(struct side *im, struct err *err);
};

struct side {
	struct db *db;
	const struct session *session;
	const struct list_options *options;
	struct list_result *out;
	const struct side_form *form;
	struct sidelist *reader;
	struct seen *seen;
	int fd;
	uint8_t sha256[CRYPTO_HASH_SIZE];
	bool failed; /* the store, while a row was put: err is why */
	struct err err;
};

/* side_file.c */
bool side_import(struct side *im, const char *path, struct err *err);

/* A trouble for the preview; always true, as a sink wants it. */
bool side_trouble(void *side, const struct paylist_error *e);

/* A trouble that the store found. */
void side_say(struct side *im, const struct paylist_row *row,
	enum paylist_column column, enum paylist_trouble trouble,
	const char *value);

/* side_person.c: the one the row means. ABSENT: nobody, or not only one, or
 * it contradicts itself; then it is said, unless may_be_new. */
enum lookup side_person(struct side *im, const struct paylist_row *row,
	bool may_be_new, struct person_due *out, struct err *err);

/* Is it twice in this file? Then it is said. */
bool side_once(struct side *im, int64_t person, int kind,
	const struct paylist_row *row, bool *once, struct err *err);

/* changes.c: the newest change of him; has he left, from when on and why. */
bool changes_read(struct db *db, struct person_due *due, struct err *err);

/* answers.c: what the bank said last of his account; bin, number: the one on
 * his newest list, "" if that has none. */
bool answers_read(struct db *db, struct person *p, const char *bin,
	const char *number, struct err *err);

/* side_check.c: do tables change and account_state say what the journal
 * says, of which so many records were counted? *finding NULL: yes. */
bool side_check(struct db *db, uint64_t changes, uint64_t answers,
	const char **finding, struct err *err);

#endif
