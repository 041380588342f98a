/*
 * stand_ins.h - who of a store stands for the people of a recording.
 *
 * By what is known of them: who was scanned needs a number on his card, who
 * had money to come gets somebody who has. In the order of the recording and
 * of the store, so that the same recording plays the same in the same store;
 * and in the store of the demo a list that was called up from its top to its
 * end is played with the very people of it.
 */
#ifndef APP_STAND_INS_H
#define APP_STAND_INS_H

#include "db/people.h"
#include "terminal/app/masked.h"

struct stand_wish {
	bool listed;  /* else he is a stranger in any store */
	bool scanned; /* by his card */
	bool cash;    /* there was money for him */
};

/*
 * Fill out[i] for wish[i], i from 1 to count; out[0] is a stranger, as is who
 * finds nobody. Somebody must be signed in.
 */
bool stand_ins_choose(struct db *db, const struct stand_wish *wish, int count,
	struct stand_in *out, struct err *err);

#endif
