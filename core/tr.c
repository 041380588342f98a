#include "core/tr.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* The one setting of this module; see tr.h. */
static atomic_bool english_only;

bool tr_set_lang(const char *lang)
{
	const bool english = strcmp(lang, "en") == 0;

	if (!english && strcmp(lang, "vi") != 0)
		return false;
	atomic_store(&english_only, english);
	return true;
}

const char *tr_lang(void)
{
	return atomic_load(&english_only) ? "en" : "vi";
}

static int compare_key(const void *key, const void *row)
{
	return strcmp(key, ((const struct tr_row *)row)->english);
}

const char *tr(const char *english)
{
	const struct tr_row *row;

	if (atomic_load(&english_only))
		return english;
	row = bsearch(english, tr_rows, tr_rows_count, sizeof(*tr_rows),
		compare_key);
	return row ? row->vietnamese : english;
}
