/*
 * study.h - what takes too long to be done between two keys, in a thread of
 * its own: the board of a list, a paper of the month, the lists, what waits
 * for a supervisor, the draws of the sample check.
 *
 * It reads the store by a handle of its own (db/reader.h) and posts EV_STUDY
 * into the mailbox: how far it is, then that it is done. One at a time: asking
 * gives up the one before. Results belong to it until the next one is taken
 * or it is cleared; who signs the last user out clears it first. Without a
 * mailbox (scripts, recordings that are played) all of it is done at once.
 *
 * Threads: all of this is called by the thread that owns the store. Blocking:
 * giving one up waits for at most some thousand steps of SQLite.
 */
#ifndef APP_STUDY_H
#define APP_STUDY_H

#include "core/codec/paper_doc.h"
#include "terminal/app/accounts_doc.h"
#include "terminal/app/mailbox.h"

enum study_kind {
	STUDY_OF_BOARD,
	STUDY_OF_PAPER,
	STUDY_OF_FILES,
	STUDY_OF_LISTS,
	STUDY_OF_USERS,
	STUDY_OF_UNITS, /* on the lists, for papers of one */
	STUDY_OF_DUTY,  /* no result but in its event */
	STUDY_OF_DRAW,  /* draws of the sample check, receipts of one */
	STUDY_OF_RANGE, /* records to be drawn from */
};

struct study_ask {
	enum study_kind kind;
	int number;
	enum flow_paper paper;
	int32_t period;               /* 0: of the newest list */
	char unit[PAYLIST_CODE_SIZE]; /* of papers; "": all */
	int64_t list;                 /* of the lists; 0: all of them */
	uint64_t draw;                /* of the sample check; 0: none of them */
	char when[FLOW_WHEN_SIZE];
	int many;       /* to be drawn */
	int target;     /* of the board */
	int before_day; /* of the forms */
	char path[FLOW_QUERY_SIZE];
};

/* A file that was made, by enum paper_kind; bytes NULL: it could not be. */
struct study_file {
	char *bytes;
	size_t len;
	enum err_code code; /* why not */
};

struct study;

/* box NULL: done at once. */
struct study *study_new(struct mailbox *box, struct err *err);
void study_free(struct study *s); /* NULL is allowed */

/*
 * Begin. With a box *done is false, and EV_STUDY comes; else *ev is that
 * event already, for study_take(). False: *err, nothing comes.
 */
bool study_begin(struct study *s, const struct db *db,
	const struct study_ask *ask, struct event *ev, bool *done,
	struct err *err);

/*
 * An EV_STUDY out of the mailbox, before a flow has it: what it tells of is
 * the study's from now on. False: it is of one that was given up.
 */
bool study_take(struct study *s, struct event *ev);

/* Of STUDY_OF_FILES that is done: what is to be written, PAPER_KINDS of them,
 * and where. study_written() drops them. */
const struct study_file *study_files(const struct study *s);
void study_written(struct study *s);
/* Accounts that are in those files. */
const struct accounts_sums *study_accounts(const struct study *s);
const struct study_ask *study_asked(const struct study *s);

/* Give up what is on its way; and forget what was made, too. */
void study_end(struct study *s);
void study_clear(struct study *s);

/* Is one on its way? Then the store is not checkpointed. NULL: no. */
bool study_is_on(const struct study *s);

#endif
