/*
 * figures.h - an amount in figures that can be read from a metre away.
 *
 * Each digit is three cells wide and five high, in full blocks; dots stand
 * between the groups. Half blocks are not used: the console font lacks them.
 * The payee reads these too, so nothing else looks like them.
 */
#ifndef TERMINAL_UI_FIGURES_H
#define TERMINAL_UI_FIGURES_H

#include <stdint.h>

#include "terminal/ui/canvas.h"

enum {
	FIGURES_ROWS = 5
};

/* Columns that the amount takes. */
int figures_columns(int64_t amount);

/* Draw it with its upper left corner at (row, col). */
void figures_draw(struct canvas *c, int row, int col, enum style style,
	int64_t amount);

/*
 * Digits of an account in groups of four, and the columns that they take. Not
 * in the looks of money: nobody shall take it for an amount.
 */
int figures_digits_columns(int digits);
void figures_digits(struct canvas *c, int row, int col, const char *digits,
	int count);

#endif
