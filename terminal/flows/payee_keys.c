#include "terminal/flows/payee_keys.h"

#include "core/tr.h"

#define HELP                                      \
	{                                         \
		'#', "#", TR("Help"), NULL, false \
	}

static const struct binding relation_keys[] = {
	{'1', "1", TR("Son or daughter"), TR("Child"), false},
	{'2', "2", TR("Wife or husband"), TR("Spouse"), false},
	{'3', "3", TR("Father or mother"), TR("Parent"), false},
	{'4', "4", TR("Brother or sister"), TR("Sibling"), false},
	{'5', "5", TR("Grandchild"), NULL, false},
	{'9', "9", TR("Another relation, or none"), TR("Another"), false},
	{'0', "0", TR("Back"), NULL, false},
	HELP,
};
static const struct binding until_keys[] = {
	{K_DIGITS, "0-9", TR("Good until: day, month, year"), TR("Until"),
		false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	HELP,
};

const struct binding *payee_relation_keys(size_t *count)
{
	*count = sizeof(relation_keys) / sizeof(relation_keys[0]);
	return relation_keys;
}

const struct binding *payee_until_keys(size_t *count)
{
	*count = sizeof(until_keys) / sizeof(until_keys[0]);
	return until_keys;
}
