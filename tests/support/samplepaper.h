/* samplepaper.h - a paper of the month, made up: columns that do not fit on a
 * small screen, rows that do not, a sum, a line below. */
#ifndef TESTS_SUPPORT_SAMPLEPAPER_H
#define TESTS_SUPPORT_SAMPLEPAPER_H

#include "core/codec/paper_grid.h"

/* Fails the test if it cannot. Ends with paper_grid_free(). */
struct paper_grid *samplepaper(int rows);

/* One row, all of whose cells, and the line below, say that. */
struct paper_grid *samplepaper_saying(const char *text);

#endif
