#include "terminal/ui/wrap.h"

#include <string.h>

#include "core/utf8.h"

enum {
	NO_BREAK = 0xa0
};

/* The bytes of a line: up to the last blank that fits, or all that fits. */
static size_t line_bytes(const char *text, int cols)
{
	size_t fits;
	size_t end;
	const char *newline = strchr(text, '\n');

	fits = utf8_cut_columns(text, cols);
	if (newline && (size_t)(newline - text) <= fits)
		return (size_t)(newline - text);
	if (text[fits] == '\0' || text[fits] == ' ')
		return fits;
	for (end = fits; end > 0; end--)
		if (text[end] == ' ')
			return end;
	return fits;
}

static void copy_line(const char *text, size_t len, char *line, size_t size)
{
	const char *const end = text + len;
	size_t at = 0;

	while (text < end) {
		uint32_t ch = utf8_next(&text);

		if (at + UTF8_MAX_BYTES >= size)
			break;
		at += utf8_encode(ch == NO_BREAK ? ' ' : ch, line + at);
	}
	line[at] = '\0';
}

const char *wrap_next(const char *text, int cols, char *line, size_t size)
{
	size_t len = line_bytes(text, cols < 1 ? 1 : cols);
	const char *rest;

	if (len == 0 && *text && *text != '\n' && *text != ' ') {
		const char *after = text;

		utf8_next(&after);
		len = (size_t)(after - text);
	}
	copy_line(text, len, line, size);
	rest = text + len;
	if (*rest == '\n')
		return rest + 1;
	while (*rest == ' ')
		rest++;
	return rest;
}

int wrap_lines(const char *text, int cols)
{
	char line[8];
	int count = 0;

	while (*text) {
		text = wrap_next(text, cols, line, sizeof(line));
		count++;
	}
	return count;
}
