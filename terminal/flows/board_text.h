/*
 * board_text.h - the words of the board (db/board.h) for screen, browser and
 * line: names of groups and units, ages, which hours to show. Pure.
 */
#ifndef FLOWS_BOARD_TEXT_H
#define FLOWS_BOARD_TEXT_H

#include "db/board.h"

/* Through tr(). */
const char *board_group_name(enum group g);

/* Of the lists' code: its name as the board has it; the code if it has none. */
const char *board_unit_name(const char *code, const char *name, char *out,
	size_t size);

enum {
	BOARD_PERCENT_SIZE = 16
};

/* "45,3%" of hundredths of a percent; "100,0%" only of all. */
const char *board_percent(int share, char out[BOARD_PERCENT_SIZE]);

/* "3 minutes ago", "2 days ago". */
const char *board_age(int64_t ms, char *out, size_t size);

const char *board_reason_name(uint64_t reason);

/* From the first hour to the last in which anybody was paid, 7 to 17 at
 * least: *first <= *last. */
void board_hours(const struct board *b, int *first, int *last);

#endif
