/* The keys of the list of whom to see, step by step: visits.h. */
#include "core/tr.h"
#include "terminal/flows/visits.h"

#define ROW_KEYS                                                              \
	{K_ACCEPT, "ENTER", TR("Choose the row with the mark"), TR("Choose"), \
		true},                                                        \
		{K_UP, "Up", TR("The row above"), TR("Up"), false},           \
		{K_DOWN, "Down", TR("The row below"), TR("Down"), false},     \
		{'.', ".", TR("Next page"), NULL, false},                     \
	{                                                                     \
		K_PAGE_UP, "PgUp", TR("Page before"), NULL, false             \
	}
#define LIST_END                                                             \
	{K_LETTERS, "a-z", TR("Find by name, marks not needed"), TR("Name"), \
		false},                                                      \
		{'0', "0", TR("Back"), NULL, false},                         \
		{'*', "*", TR("Find, filter, plan of today"), TR("More"),    \
			false},                                              \
	{                                                                    \
		'#', "#", TR("Help"), NULL, false                            \
	}

static const struct binding offer_keys[] = {
	{'1', "1", TR("Go on with this visit"), TR("Go on"), false},
	{'2', "2", TR("Later"), NULL, false},
	{'3', "3", TR("Throw away what was typed"), TR("Throw away"), false},
	{'.', ".", TR("The next unfinished one"), TR("Next"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding drop_keys[] = {
	{'1', "1", TR("Yes: throw away what was typed"), TR("Throw away"),
		true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding hamlet_keys[] = {
	{K_CHOICES, "1-9", TR("Choose this hamlet"), TR("Hamlet"), false},
	ROW_KEYS,
	LIST_END,
};
static const struct binding people_keys[] = {
	{K_CHOICES, "1-9", TR("Visit this person"), TR("Visit"), false},
	ROW_KEYS,
	LIST_END,
};
static const struct binding type_keys[] = {
	{K_DIGITS, "0-9", TR("Last 4 digits or more, or the list number"),
		TR("Number"), false},
	{K_LETTERS, "a-z", TR("Name, marks not needed"), TR("Name"), false},
	{K_ACCEPT, "ENTER", TR("Find"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding filter_keys[] = {
	{'1', "1", TR("Everybody"), NULL, false},
	{'2', "2", TR("Not visited yet"), NULL, false},
	{'3', "3", TR("Their day has come"), NULL, false},
	{'4', "4", TR("Agreed, or has an account"), TR("Agreed"), false},
	{'5', "5", TR("Want to think about it"), TR("Think"), false},
	{'6', "6", TR("Refused"), NULL, false},
	{'7', "7", TR("Nobody at home"), NULL, false},
	{'8', "8", TR("Cannot open an account"), TR("Cannot"), false},
	{'9', "9", TR("Moved or died"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding no_plan_keys[] = {
	{K_ACCEPT, "ENTER", TR("Fill the plan: who is due, then who is near"),
		TR("Fill it"), true},
	LIST_END,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *visits_bindings(enum visits_step step, size_t *count)
{
	switch (step) {
	case VISITS_OFFER:
		ROWS(offer_keys);
	case VISITS_DROP:
		ROWS(drop_keys);
	case VISITS_HAMLETS:
		ROWS(hamlet_keys);
	case VISITS_PEOPLE:
		ROWS(people_keys);
	case VISITS_PLAN:
		ROWS(people_keys);
	case VISITS_NO_PLAN:
		ROWS(no_plan_keys);
	case VISITS_TYPE:
		ROWS(type_keys);
	case VISITS_FILTER:
		ROWS(filter_keys);
	case VISITS_LOADING:
	case VISITS_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}
