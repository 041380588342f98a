/*
 * moved.h - a data directory that was copied to another machine (T29).
 *
 * Two machines with the same book would both pay, and nothing here could tell
 * them apart. A store therefore keeps which machine it is on, as a hash that
 * says nothing elsewhere. Where it is opened on another one it can be read,
 * answered, closed, exported and verified, but no shift opens and nobody is
 * paid, until a supervisor says that this is the same terminal on a new
 * system and shows its last paper. A system without an id binds nothing.
 *
 * It is no protection against a supervisor who lies: db/README.md.
 */
#ifndef DB_MOVED_H
#define DB_MOVED_H

#include "db/refusal.h"
#include "db/users.h"

enum moved {
	MOVED_NOT,     /* the machine that the store knows */
	MOVED_UNKNOWN, /* bound to none: the system has no id */
	MOVED_AWAY,    /* another machine than the store knows */
};

/* As it was found at db_open(), or confirmed since. */
enum moved moved_state(const struct db *db);

/* Has this terminal ever made a paper that must be shown to confirm it? */
bool moved_needs_paper(struct db *db, bool *out, struct err *err);

/*
 * s says that this is the same terminal: from now on the store is bound to
 * this machine. CONFIG record, line "moved <old> <new>", the first 8 digits of
 * both or "none", signed by him. paper: text of the Z slip of the last shift,
 * or of a receipt after it; NULL or "" if there is none yet. REFUSED_ROLE,
 * REFUSED_LAST_PAPER, REFUSED_CLOCK_DAY, REFUSED_TAIL_LOST: the paper shows
 * that records are missing, which freezes the book (proof.h). DONE, and
 * nothing is written, if the store is not moved.
 */
enum verdict moved_confirm(struct db *db, const struct session *s,
	const char *paper, struct refusal *why, struct err *err);

#endif
