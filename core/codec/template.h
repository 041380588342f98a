/*
 * template.h - assets/templates/<name>.tpl and values -> page.
 *
 * So that a point can change header, footer and order with a text editor. A
 * template is UTF-8, a directive a line, with remarks after '#':
 *
 *	text [center] [bold] [big]: TEXT
 *	mark: TEXT                    big, white on a black bar
 *	pair [bold]: LABEL | VALUE    value at the right edge
 *	field COLUMN [bold]: LABEL | VALUE    value from the column on
 *	rule                          a line across
 *	space DOTS                    8 dots are a millimetre
 *	qr DOTS: TEXT                 so many dots a module
 *	cut
 *	if NAME ... end               only if the value is not ""
 *	unless NAME ... end
 *	each LIST ... end             once for each row of the list
 *
 * {name} is a value, {list.column} a value of the row inside each; the name
 * "wide" is set from PAGE_WIDE_COLUMNS on. bold is for the value in pair and field.
 * Every name is checked, also where an if is false, so a mistake shows at the
 * first print and not at the first rare receipt. Pure; any thread.
 */
#ifndef CORE_CODEC_TEMPLATE_H
#define CORE_CODEC_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/codec/page.h"
#include "core/err.h"

enum {
	TEMPLATE_LINE_SIZE = 512,  /* bytes of one line of a template */
	TEMPLATE_TEXT_SIZE = 2048, /* bytes of a text with its values in it */
	TEMPLATE_MAX_DEPTH = 4,    /* of if and each */
	TEMPLATE_MAX_COLUMNS = 4
};

struct template_value {
	const char *name;
	const char *text; /* "" if there is none */
};

struct template_row {
	const char *text[TEMPLATE_MAX_COLUMNS];
};

struct template_list {
	const char *name;
	const char *column[TEMPLATE_MAX_COLUMNS]; /* names; NULL ends */
	int rows;
	const struct template_row *row;
};

struct template_values {
	const struct template_value *value;
	size_t values;
	const struct template_list *list;
	size_t lists;
};

/*
 * Append the template's lines to an initialised page. ERR_INVALID with the
 * line number if the template is wrong or the page overflows.
 */
bool template_run(const char *tpl, size_t len, const struct template_values *v,
	struct page *page, struct err *err);

/* The built-in template of that name, and its bytes; NULL if there is none. */
const char *template_builtin(const char *name, size_t *len);

#endif
