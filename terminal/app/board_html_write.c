/* Writing a page, and escaping what others wrote. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/text.h"
#include "terminal/app/board_html_internal.h"

enum {
	TEXT_SIZE = 512
};

static void put(struct html_page *p, const char *bytes, size_t len)
{
	p->ok = p->ok && p->sink->put(p->sink->ctx, bytes, len, p->err);
}

/* Our own words: as they are. */
void html_raw(struct html_page *p, const char *text)
{
	put(p, text, strlen(text));
}

/* Formats of ours, with numbers and our own words only. */
void html_print(struct html_page *p, const char *fmt, ...)
{
	char text[TEXT_SIZE];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	html_raw(p, text);
}

/* What somebody else wrote; safe in text and in attributes. */
void html_escape(struct html_page *p, const char *text)
{
	char plain[TEXT_SIZE];

	str_copy(plain, sizeof(plain), text);
	text_plain(plain);
	for (const char *c = plain; *c; c++) {
		switch (*c) {
		case '&':
			html_raw(p, "&amp;");
			break;
		case '<':
			html_raw(p, "&lt;");
			break;
		case '>':
			html_raw(p, "&gt;");
			break;
		case '"':
			html_raw(p, "&quot;");
			break;
		case '\'':
			html_raw(p, "&#39;");
			break;
		default:
			put(p, c, 1);
		}
	}
}

void html_number(struct html_page *p, int64_t n)
{
	char text[MONEY_TEXT_SIZE];

	html_raw(p, money_format(n, text));
}

void html_cell(struct html_page *p, const char *key, int64_t n, bool money)
{
	html_print(p, "<td class=\"n%s\" data-k=\"%s\"><span>",
		money ? " money" : "", key);
	html_number(p, n);
	html_raw(p, "</span></td>");
}
