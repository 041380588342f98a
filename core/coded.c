#include "core/coded.h"

#include <string.h>

const char *coded_name(const struct coded *table, int value,
	const char *otherwise)
{
	for (; table->name; table++)
		if (table->value == value)
			return table->name;
	return otherwise;
}

bool coded_parse(const struct coded *table, const char *name, int *out)
{
	for (; table->name; table++)
		if (strcmp(table->name, name) == 0) {
			*out = table->value;
			return true;
		}
	return false;
}
