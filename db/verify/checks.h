/*
 * checks.h - what is checked: V01 to V40 of journal.md 10, a sentence each.
 */
#ifndef DB_VERIFY_CHECKS_H
#define DB_VERIFY_CHECKS_H

enum {
	CHECKS_LAST = 42
};

/* What holds if check, 1 to CHECKS_LAST, finds nothing. */
const char *checks_sentence(int check);

#endif
