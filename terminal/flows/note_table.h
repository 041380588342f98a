/*
 * note_table.h - pieces of each banknote, typed row by row.
 *
 * For the drawer's counts, and for notes that were handed over. Fed with
 * keys by the flow that has it.
 */
#ifndef FLOWS_NOTE_TABLE_H
#define FLOWS_NOTE_TABLE_H

#include "core/notes.h"
#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

struct note_table {
	int row;        /* where the cursor is, 0 to NOTES_KINDS - 1 */
	bool in_number; /* the next digit goes behind what stands there, not
			   in its place */
	struct entry pieces[NOTES_KINDS];
};

enum note_table_result {
	NOTE_TABLE_TYPING,
	NOTE_TABLE_CHANGED,
	NOTE_TABLE_COUNTED, /* all of it */
	NOTE_TABLE_LEFT,
};

void note_table_init(struct note_table *t);

const struct binding *note_table_bindings(size_t *count);

enum note_table_result note_table_handle(struct note_table *t,
	const struct event *ev);

/* Typed so far: pieces of a row, all of them, in đồng. */
int32_t note_table_pieces(const struct note_table *t, int row);
void note_table_notes(const struct note_table *t, struct notes *out);
int64_t note_table_sum(const struct note_table *t);

#endif
