/*
 * note_table_view.h - a table of banknotes that is typed in: note_table.h.
 *
 * One row a kind; two columns where rows are dear. The cursor is in it.
 */
#ifndef TERMINAL_UI_NOTE_TABLE_VIEW_H
#define TERMINAL_UI_NOTE_TABLE_VIEW_H

#include "terminal/flows/note_table.h"
#include "terminal/ui/sheet.h"

void note_table_view(struct sheet *s, const struct note_table *t);

#endif
