/*
 * How long one whole redraw of the person's screen takes, into memory,
 * beside clearing the same canvas and doing nothing else; and how many cells
 * differ from the screen before, which is what curses has to send.
 * A B A B ...; medians of CPU time.
 *
 * Target: a redraw after every key costs nothing beside the 50 ms that a
 * key may take (budgets.md): 1 ms of CPU.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/feed.h"
#include "support/sample.h"
#include "terminal/ui/check_view.h"

enum {
	ROUNDS = 1001,
	ROWS = 25,
	COLS = 80,
	BUDGET_NS = 1000000
};

static struct canvas canvas;
static struct canvas before;
static struct check check;

static double cpu_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void only_clear(void)
{
	canvas_clear(&canvas, ROWS, COLS);
}

static void whole_screen(void)
{
	canvas_clear(&canvas, ROWS, COLS);
	check_view(&check, sample_info(), &canvas);
}

static int compare_doubles(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *ns)
{
	qsort(ns, ROUNDS, sizeof(*ns), compare_doubles);
	return ns[ROUNDS / 2];
}

static int cells_that_differ(void)
{
	int differ = 0;

	for (int row = 0; row < ROWS; row++)
		for (int col = 0; col < COLS; col++)
			differ += canvas.cell[row][col].ch !=
					  before.cell[row][col].ch ||
				  canvas.cell[row][col].style !=
					  before.cell[row][col].style;
	return differ;
}

/* The difference between two people on the same screen. */
static int next_person_differs(void)
{
	struct person_due due;

	whole_screen();
	memcpy(&before, &canvas, sizeof(canvas));
	sample_due(&due);
	snprintf(due.person.name, sizeof(due.person.name), "TRẦN VĂN BA");
	due.item[0].amount = 540000;
	due.items = 1;
	due.due = 540000;
	check_start(&check, 18);
	check_handle(&check, feed_person(&due));
	whole_screen();
	return cells_that_differ();
}

int main(void)
{
	static double draw[ROUNDS];
	static double clear[ROUNDS];
	struct person_due due;
	double drawn;
	double cleared;

	sample_due(&due);
	check_start(&check, 17);
	check_handle(&check, feed_person(&due));
	for (int i = 0; i < ROUNDS; i++) {
		double t = cpu_ns();

		whole_screen();
		draw[i] = cpu_ns() - t;
		t = cpu_ns();
		only_clear();
		clear[i] = cpu_ns() - t;
	}
	drawn = median(draw);
	cleared = median(clear);
	printf("draw: person at %dx%d %.0f ns, clearing alone %.0f ns, "
	       "ratio %.1f; the next person changes %d of %d cells\n",
		COLS, ROWS, drawn, cleared, drawn / cleared,
		next_person_differs(), ROWS * COLS);
	if (drawn > BUDGET_NS) {
		fprintf(stderr, "draw: over %d ns\n", BUDGET_NS);
		return 1;
	}
	return 0;
}
