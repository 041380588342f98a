/*
 * historyrun.h - a history, step by step, with the real store.
 *
 * Each answer is compared with the model's, each record with the one that the
 * model expects, each sum with its own. Nothing here ends the test: what is
 * wrong is said in why, so that the history can be shortened.
 */
#ifndef TESTS_SUPPORT_HISTORYRUN_H
#define TESTS_SUPPORT_HISTORYRUN_H

#include "support/bookstore.h"
#include "support/history.h"

enum {
	HISTORYRUN_WHY = 512,
	HISTORYRUN_LIES = 4
};

struct historyrun;

/* The store that all histories begin with; and away with it. */
void historyrun_begin(void);
void historyrun_end(void);

/* A run of histories, several in one store, one after the other. */
struct historyrun *historyrun_new(void);
void historyrun_free(struct historyrun *r);

/* False if the book is not as the model has it, *why says where. */
bool historyrun_play(struct historyrun *r, const struct step *step, int count,
	char why[HISTORYRUN_WHY]);

/* The same in a store of its own. digest (may be NULL): of the records,
 * without what is random. */
bool historyrun_alone(const struct step *step, int count,
	uint8_t digest[CRYPTO_HASH_SIZE], char why[HISTORYRUN_WHY]);

/* A day whose book is altered behind its back: must come out false. */
bool historyrun_with_lie(int lie, char why[HISTORYRUN_WHY]);

#endif
