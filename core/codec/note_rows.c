#include "core/codec/note_rows.h"

struct template_list note_rows_list(const struct note_rows *n, int count)
{
	return (struct template_list){.name = "note",
		.column = {"denomination", "pieces", "sum"},
		.rows = count,
		.row = n->row};
}

static bool fill_row(struct note_rows *n, const struct receipt_note *note,
	int i)
{
	if (note->denomination < 1 || note->pieces < 0 ||
		note->pieces > MONEY_MAX / note->denomination ||
		!money_add(n->sum, note->denomination * note->pieces, &n->sum))
		return false;
	money_format(note->denomination, n->denomination[i]);
	money_format(note->pieces, n->pieces[i]);
	money_format(note->denomination * note->pieces, n->worth[i]);
	n->row[i] = (struct template_row){
		{n->denomination[i], n->pieces[i], n->worth[i]}};
	return true;
}

bool note_rows_fill(struct note_rows *n, const struct receipt_note *note,
	int count, struct err *err)
{
	n->sum = 0;
	if (count < 0 || count > RECEIPT_MAX_NOTES)
		return err_set(err, ERR_INVALID, 0, "%d kinds of notes", count);
	for (int i = 0; i < count; i++)
		if (!fill_row(n, &note[i], i))
			return err_set(err, ERR_INVALID, 0,
				"note %d is beyond reason", i + 1);
	return true;
}
