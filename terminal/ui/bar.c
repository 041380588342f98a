#include "terminal/ui/bar.h"

enum {
	BLOCK = 0x2588,
	BELOW = 0x2580, /* and n: n eighths of a cell from below */
	QUARTERS = 4,
	HEIGHTS = 8,
	NOTHING = '.'
};

/* So many of a cell's quarters, from the left. */
static const uint32_t quarters[QUARTERS] = {' ', 0x258e, 0x258c, 0x258a};

/* part of all in so many steps: the first for anything, the last for all. */
static int steps(int64_t part, int64_t all, int most)
{
	int n;

	if (all <= 0 || part <= 0)
		return 0;
	if (part >= all)
		return most;
	n = (int)((double)part * most / (double)all);
	return n < 1 ? 1 : n < most ? n : most - 1;
}

void bar_draw(struct canvas *c, int row, int col, const struct bar *bar,
	int64_t part, int64_t all)
{
	int n;
	int at;

	if (bar->cols <= 0)
		return;
	n = steps(part, all, QUARTERS * bar->cols);
	at = n / QUARTERS;
	canvas_repeat(c, row, col, bar->style, BLOCK, at);
	if (n % QUARTERS)
		canvas_repeat(c, row, col + at++, bar->style,
			quarters[n % QUARTERS], 1);
	if (bar->rest)
		canvas_repeat(c, row, col + at, STYLE_DIM, bar->rest,
			bar->cols - at);
}

int bar_spark(struct canvas *c, int row, int col, enum style style,
	const int64_t *value, int count)
{
	int64_t most = 0;

	for (int i = 0; i < count; i++)
		if (value[i] > most)
			most = value[i];
	for (int i = 0; i < count; i++) {
		const int n = steps(value[i], most, HEIGHTS);

		if (n > 0)
			canvas_repeat(c, row, col + i, style,
				(uint32_t)(BELOW + n), 1);
		else
			canvas_repeat(c, row, col + i, STYLE_DIM, NOTHING, 1);
	}
	return col + count;
}
