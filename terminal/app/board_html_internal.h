/*
 * board_html_internal.h - what the files of board_html share: the page that is
 * being written, and writing it. Nothing is written any more once it failed.
 */
#ifndef APP_BOARD_HTML_INTERNAL_H
#define APP_BOARD_HTML_INTERNAL_H

#include "terminal/app/board_html.h"

struct html_page {
	const struct board *b;
	const struct board_html_info *info;
	const struct paper_sink *sink;
	struct err *err;
	bool ok;
	int drawings; /* so far: their titles need names */
};

/* Our own words: as they are. */
void html_raw(struct html_page *p, const char *text);

/* Formats of ours, with numbers and our own words only. */
void html_print(struct html_page *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* What somebody else wrote; safe in text and in attributes. */
void html_escape(struct html_page *p, const char *text);

void html_number(struct html_page *p, int64_t n);

/* A cell of a table; key: its column, for a narrow screen. */
void html_cell(struct html_page *p, const char *key, int64_t n, bool money);

/* board_html_times.c: when people came, drawers, terminals. */
void html_hours(struct html_page *p);
void html_days(struct html_page *p);
void html_drawers(struct html_page *p);
void html_terminals(struct html_page *p);

/* board_html_style.c */
extern const char board_html_style[];

#endif
