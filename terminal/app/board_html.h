/*
 * board_html.h - the board (db/board.h) as one file for a browser, for mail
 * and for paper: nothing in it is loaded from elsewhere and nothing runs.
 *
 * No script, no font, no picture but lines drawn in place (SVG), and a policy
 * in its head that forbids all of these; each drawing stands beside the
 * figures that it shows. In Vietnamese, as papers are (paper_doc.h). Names out
 * of lists and of people are escaped, and what could turn the writing around
 * is replaced.
 */
#ifndef APP_BOARD_HTML_H
#define APP_BOARD_HTML_H

#include "core/codec/paper_doc.h"
#include "db/board.h"

struct board_html_info {
	const char *point;
	const char *unit; /* who pays */
	int target;       /* percent by account; 0: none was set */
};

bool board_html_write(const struct board *b, const struct board_html_info *info,
	const struct paper_sink *sink, struct err *err);

#endif
