/* The keys of recheck.h, and which rows are on a page. */
#include "core/tr.h"
#include "terminal/flows/recheck.h"

#define HELP                                  \
	{                                     \
		'#', "#", TR("Help"), NULL, 0 \
	}
#define STOP                                                     \
	{                                                        \
		'0', "0", TR("Stop, and go back"), TR("Stop"), 0 \
	}
#define TYPING                                        \
	{K_ERASE, "<-", TR("Erase"), NULL, 0},        \
		{K_BACK, "Esc", TR("Back"), NULL, 0}, \
	{                                             \
		'#', "#", TR("Help"), NULL, 0         \
	}

static const struct binding busy_keys[] = {
	STOP,
	HELP,
};
/* The last three need a draw. */
static const struct binding draws_keys[] = {
	{'7', "7", TR("Draw receipts to be called back"), TR("New draw"),
		BINDING_NEEDS(ACT_SAMPLE)},
	{'0', "0", TR("Back"), NULL, 0},
	HELP,
	{K_ACCEPT, "ENTER", TR("Receipts of the first of these draws"),
		TR("First draw"), 0},
	{K_CHOICES, "1-5", TR("Receipts of the draw with that digit"),
		TR("That draw"), 0},
	{'.', ".", TR("Older draws"), TR("Older"), 0},
};
static const struct binding when_keys[] = {
	{K_DIGITS, "0-9", TR("Day, month, year; or month, year; or a shift"),
		TR("Of when"), 0},
	{K_ACCEPT, "ENTER", TR("Go on; empty: today"), TR("Go on"), 0},
	TYPING,
};
static const struct binding many_keys[] = {
	{K_DIGITS, "0-9", TR("How many receipts, 1 to 200"), TR("How many"), 0},
	{K_ACCEPT, "ENTER", TR("Draw them; empty: 10"), TR("Draw"),
		BINDING_ONCE | BINDING_NEEDS(ACT_SAMPLE)},
	TYPING,
};
/* Nothing is to be seen before the paper is out, or known not to come. */
static const struct binding printing_keys[] = {
	{'0', "0", TR("Back to the draws"), TR("Back"), 0},
	HELP,
};
static const struct binding seed_keys[] = {
	{K_ACCEPT, "ENTER", TR("See the receipts that it draws"),
		TR("Receipts"), BINDING_ONCE},
	{'5', "5", TR("Print the slip of the seed again"), TR("Print again"),
		BINDING_ONCE},
	{'0', "0", TR("Back to the draws"), TR("Back"), 0},
	HELP,
};
/* The last two need a row. */
static const struct binding shown_keys[] = {
	{'.', ".", TR("Further receipts"), TR("Further"), 0},
	{'7', "7", TR("Only those still to be called; or all"),
		TR("To call, all"), 0},
	{'8', "8", TR("Slip of the seed: see it, print it"), TR("Seed"), 0},
	{'9', "9", TR("A paper to call from: PDF, workbook, CSV"),
		TR("Call list"), BINDING_NEEDS(ACT_EXPORT)},
	{'0', "0", TR("Back to the draws"), TR("Back"), 0},
	HELP,
	{K_ACCEPT, "ENTER", TR("The first one of this page"), TR("First one"),
		0},
	{K_CHOICES, "1-5", TR("The receipt with that digit"),
		TR("That receipt"), 0},
};
static const struct binding one_keys[] = {
	{'1', "1", TR("He has it, the amount is right"), TR("Amount right"),
		BINDING_NEEDS(ACT_SAMPLE)},
	{'2', "2", TR("Nobody was reached"), TR("Not reached"),
		BINDING_NEEDS(ACT_SAMPLE)},
	{'3', "3", TR("He says that it was another amount"),
		TR("Another amount"), BINDING_NEEDS(ACT_SAMPLE)},
	{'4', "4", TR("He says that he never had it"), TR("Never had it"),
		BINDING_NEEDS(ACT_SAMPLE)},
	{'.', ".", TR("The next receipt"), TR("Next one"), 0},
	{'0', "0", TR("Back to the receipts"), TR("Back"), 0},
	HELP,
};
static const struct binding amount_keys[] = {
	{K_DIGITS, "0-9", TR("The amount in dong, as he says"), TR("Amount"),
		0},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, 0},
	TYPING,
};
static const struct binding spoke_keys[] = {
	{'1', "1", TR("He spoke himself: note it"), TR("Himself"),
		BINDING_ONCE},
	{'2', "2", TR("A relative spoke: note it"), TR("A relative"),
		BINDING_ONCE},
	{'3', "3", TR("Seen at his door: note it"), TR("At his door"),
		BINDING_ONCE},
	{'0', "0", TR("Back, nothing is noted"), TR("Back"), 0},
	HELP,
};
static const struct binding silent_keys[] = {
	{'1', "1", TR("Nobody answers: note it"), TR("No answer"),
		BINDING_ONCE},
	{'2', "2", TR("Wrong number, or none: note it"), TR("Wrong number"),
		BINDING_ONCE},
	{'3', "3", TR("To be called another time: note it"), TR("Another time"),
		BINDING_ONCE},
	{'0', "0", TR("Back, nothing is noted"), TR("Back"), 0},
	HELP,
};
static const struct binding failed_keys[] = {
	{'1', "1", TR("Try again"), NULL, 0},
	{'0', "0", TR("Back"), NULL, 0},
	HELP,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *recheck_bindings(const struct recheck *r, size_t *count)
{
	switch (r->step) {
	case RECHECK_LISTING:
	case RECHECK_DRAWING:
	case RECHECK_LOADING:
		ROWS(busy_keys);
	case RECHECK_DRAWS:
		*count = sizeof(draws_keys) / sizeof(draws_keys[0]);
		*count -= r->told && r->told->draws > 0 ? 0 : 3;
		return draws_keys;
	case RECHECK_WHEN:
		ROWS(when_keys);
	case RECHECK_MANY:
		ROWS(many_keys);
	case RECHECK_PRINTING:
		ROWS(printing_keys);
	case RECHECK_SEED:
		ROWS(seed_keys);
	case RECHECK_SHOWN:
		*count = sizeof(shown_keys) / sizeof(shown_keys[0]);
		*count -= recheck_rows(r) > 0 ? 0 : 2;
		return shown_keys;
	case RECHECK_ONE:
		ROWS(one_keys);
	case RECHECK_AMOUNT:
		ROWS(amount_keys);
	case RECHECK_WHY:
		if (r->word.said == SAMPLE_NOT_REACHED)
			ROWS(silent_keys);
		ROWS(spoke_keys);
	case RECHECK_FAILED:
		ROWS(failed_keys);
	case RECHECK_SAYING:
	case RECHECK_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void recheck_notes(enum sample_said said, enum sample_note out[RECHECK_NOTES])
{
	const bool spoke = said != SAMPLE_NOT_REACHED;

	out[0] = spoke ? SAMPLE_NOTE_SELF : SAMPLE_NOTE_NO_ANSWER;
	out[1] = spoke ? SAMPLE_NOTE_RELATIVE : SAMPLE_NOTE_NUMBER;
	out[2] = spoke ? SAMPLE_NOTE_VISITED : SAMPLE_NOTE_LATER;
}

/* ---- rows ------------------------------------------------------------------ */

static bool is_left(const struct sample_item *it)
{
	return it->said == SAMPLE_NOT_CALLED || it->said == SAMPLE_NOT_REACHED;
}

int recheck_row(const struct recheck *r, int row)
{
	for (int i = 0; r->told && i < r->told->count; i++)
		if ((!r->left_only || is_left(&r->told->item[i])) && row-- == 0)
			return i;
	return -1;
}

int recheck_rows(const struct recheck *r)
{
	int rows = 0;

	for (int i = 0; r->told && i < r->told->count; i++)
		rows += !r->left_only || is_left(&r->told->item[i]);
	return rows;
}

void recheck_count(const struct recheck_told *t, struct recheck_sums *out)
{
	*out = (struct recheck_sums){.confirmed = 0};
	for (int i = 0; i < t->count; i++) {
		const enum sample_said said = t->item[i].said;

		out->confirmed += said == SAMPLE_CONFIRMED;
		out->otherwise += sample_said_otherwise(said);
		out->unreached += said == SAMPLE_NOT_REACHED;
		out->left += is_left(&t->item[i]);
	}
}
