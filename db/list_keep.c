#include "db/list_keep_internal.h"

#include <string.h>

/* Errors are more urgent than notices: they take the place of the last. */
static void keep(struct list_result *out, const struct paylist_error *e)
{
	int i = out->kept;

	if (i == LISTS_MAX_SHOWN) {
		if (!paylist_trouble_is_error(e->trouble))
			return;
		while (i > 0 &&
			paylist_trouble_is_error(out->trouble[i - 1].trouble))
			i--;
		if (i == 0)
			return;
		i--;
		memmove(&out->trouble[i], &out->trouble[i + 1],
			(size_t)(LISTS_MAX_SHOWN - 1 - i) *
				sizeof(out->trouble[0]));
		out->kept--;
	}
	for (i = out->kept; i > 0 && out->trouble[i - 1].row > e->row; i--)
		out->trouble[i] = out->trouble[i - 1];
	out->trouble[i] = *e;
	out->kept++;
}

void list_keep(struct list_result *out, const struct paylist_error *e)
{
	if (paylist_trouble_is_error(e->trouble))
		out->errors++;
	else
		out->notices++;
	keep(out, e);
}
