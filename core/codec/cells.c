#include "core/codec/cells.h"

#include <assert.h>
#include <string.h>

void cells_begin(struct cells *c, int64_t row)
{
	c->row = row;
	c->count = 0;
	c->more = false;
	c->used = 0;
}

void cells_set(struct cells *c, int column, const void *text, size_t len)
{
	struct cells_one *cell;

	if (column >= CELLS_MAX) {
		c->more = c->more || len > 0;
		return;
	}
	assert(column >= c->count);
	while (c->count <= column)
		c->cell[c->count++] = (struct cells_one){.text = c->pool};
	cell = &c->cell[column];
	cell->too_long = len > CELLS_MAX_TEXT;
	if (cell->too_long || len == 0)
		return;
	cell->text = c->pool + c->used;
	cell->len = len;
	memcpy(c->pool + c->used, text, len);
	c->used += len;
}

void cells_end(struct cells *c)
{
	static const char ends[] = {'\n', '\r'};
	const char *end = c->pool + c->used;

	for (size_t i = 0; i < sizeof(ends); i++)
		for (char *at = c->pool;
			(at = memchr(at, ends[i], (size_t)(end - at)));)
			*at = ' ';
}

bool cells_empty(const struct cells *c)
{
	for (int i = 0; i < c->count; i++)
		if (c->cell[i].len > 0 || c->cell[i].too_long)
			return false;
	return !c->more;
}
