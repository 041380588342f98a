#include "terminal/flows/note_table.h"

#include <assert.h>
#include <string.h>

#include "core/tr.h"

enum {
	PIECES_DIGITS = 5
};

static const struct binding keys[] = {
	{K_DIGITS, "0-9", TR("Pieces of this banknote"), TR("Pieces"), false},
	{K_ACCEPT, "ENTER", TR("Next banknote"), NULL, false},
	{K_UP, "Up", TR("The row above"), TR("Up"), false},
	{K_DOWN, "Down", TR("The row below"), TR("Down"), false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{'.', ".", TR("All are counted"), TR("Counted"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

const struct binding *note_table_bindings(size_t *count)
{
	*count = sizeof(keys) / sizeof(keys[0]);
	return keys;
}

void note_table_init(struct note_table *t)
{
	memset(t, 0, sizeof(*t));
	for (int i = 0; i < NOTES_KINDS; i++)
		entry_init(&t->pieces[i], ENTRY_NUMBER, PIECES_DIGITS);
}

int32_t note_table_pieces(const struct note_table *t, int row)
{
	assert(row >= 0 && row < NOTES_KINDS);
	return (int32_t)entry_number(&t->pieces[row]);
}

void note_table_notes(const struct note_table *t, struct notes *out)
{
	for (int i = 0; i < NOTES_KINDS; i++)
		out->pieces[i] = note_table_pieces(t, i);
}

int64_t note_table_sum(const struct note_table *t)
{
	struct notes n;

	note_table_notes(t, &n);
	return notes_sum(&n);
}

static enum note_table_result typed(struct note_table *t, int key)
{
	struct entry *e = &t->pieces[t->row];
	const bool digit = key >= '0' && key <= '9';

	/* Counted again, or come back to: a new number, not a longer one. */
	if (digit && !t->in_number)
		entry_clear(e);
	t->in_number = digit || key == K_ERASE;
	switch (entry_key(e, key)) {
	case ENTRY_ACCEPTED:
		if (t->row == NOTES_KINDS - 1)
			return NOTE_TABLE_COUNTED;
		t->row++;
		break;
	case ENTRY_CANCELLED:
		if (key == K_BACK || (t->row == 0 && note_table_sum(t) == 0))
			return NOTE_TABLE_LEFT;
		t->row -= t->row > 0;
		break;
	case ENTRY_CHANGED:
		return NOTE_TABLE_CHANGED;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return NOTE_TABLE_TYPING;
}

enum note_table_result note_table_handle(struct note_table *t,
	const struct event *ev)
{
	const int key = binding_key(keys, sizeof(keys) / sizeof(keys[0]), ev);

	switch (key) {
	case 0:
	case '#':
		return NOTE_TABLE_TYPING;
	case K_UP:
		t->row -= t->row > 0;
		t->in_number = false;
		return NOTE_TABLE_TYPING;
	case K_DOWN:
		t->row += t->row < NOTES_KINDS - 1;
		t->in_number = false;
		return NOTE_TABLE_TYPING;
	case '.':
		t->in_number = false;
		return NOTE_TABLE_COUNTED;
	default:
		return typed(t, key);
	}
}
