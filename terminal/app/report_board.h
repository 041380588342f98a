/*
 * report_board.h - `chitra report dashboard [PERIOD] [--unit CODE] [--html
 * FILE]`: the board (db/board.h) as lines of text, as JSON, or as one file
 * for a browser (board_html.h). For supervisors.
 */
#ifndef APP_REPORT_BOARD_H
#define APP_REPORT_BOARD_H

#include "db/board.h"
#include "terminal/app/report_paper.h"

/* Are the words those of it? */
bool report_board_asks(const struct options *o,
	const struct report_asked *asked);

enum exit_status report_board(const struct options *o, struct verb_store *v,
	const struct report_asked *asked);

/* Adds all there is. */
void board_json(const struct board *b, int target, cJSON *out);

#endif
