/*
 * demo.h - a store to try the program with: no device and no set-up.
 *
 * 200 made-up people (assets/demo/people.csv), a demo agent and supervisor
 * whose PINs are shown, and the people's ID cards as image files, which a key
 * "scans". Receipts of a demo store say TẬP HUẤN.
 */
#ifndef APP_DEMO_H
#define APP_DEMO_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "terminal/app/keeper.h"

#define DEMO_AGENT 1
#define DEMO_AGENT_PIN "246802"
#define DEMO_SUPERVISOR 9
#define DEMO_SUPERVISOR_PIN "135791"

/* Make the store in dir, its users, and import the list. */
bool demo_create(const char *dir, struct err *err);

/* Make it if there is none yet. */
bool demo_ensure(const char *dir, struct err *err);

/*
 * The same for training at the terminal whose store is in real: an own store
 * in dir with the made-up people and users of the demo, under the names of
 * that point and an id worked out from its own. The real one is only looked
 * at. ERR_GONE: there is none; ERR_BUSY: it is in use just now.
 */
bool demo_ensure_training(const char *dir, const char *real, struct keeper *k,
	struct err *err);

/*
 * Write the card of everybody who has one as NNN-<id>.png into cards, which
 * is created. Files that are there already stay.
 */
bool demo_make_cards(const char *cards, struct err *err);

/*
 * Some of them once more in cards/marks, for the guided tour: the last word
 * of the name has no marks there. They are people near the end of the list,
 * so that the others do not come to them first.
 */
bool demo_make_marks(const char *cards, struct err *err);

/*
 * The path of the n-th card (0, 1, 2 …, round and round) in name order.
 * False if there are none.
 */
bool demo_card(const char *cards, int n, char *out, size_t size);
bool demo_card_marks(const char *cards, int n, char *out, size_t size);

#endif
