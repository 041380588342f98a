/* agree_parts.c - a text that is read out, cut into what is shown at once. */
#include <string.h>

#include "core/utf8.h"
#include "terminal/flows/agree.h"

struct cutter {
	const char *text;
	struct agree_part *out;
	int count;
	uint16_t head;
	uint16_t head_len;
};

/* "3. DỮ LIỆU NHẠY CẢM": a number, a point and a blank in front. */
static bool is_heading(const char *line, size_t len)
{
	size_t digits = 0;

	while (digits < len && line[digits] >= '0' && line[digits] <= '9')
		digits++;
	return digits > 0 && digits + 2 < len && line[digits] == '.' &&
	       line[digits + 1] == ' ';
}

static int columns(const char *at, size_t len)
{
	int n = 0;

	while (len > 0) {
		size_t used;

		n += utf8_width(utf8_decode(at, len, &used));
		at += used;
		len -= used;
	}
	return n;
}

/* How many bytes of a line are shown at once: whole sentences if they fit,
 * else whole words. */
static size_t cut(const char *at, size_t len)
{
	size_t sentence = 0;
	size_t word = 0;

	if (columns(at, len) <= AGREE_PART_COLUMNS)
		return len;
	for (size_t i = 1; i < len; i++) {
		if (at[i] != ' ')
			continue;
		if (columns(at, i) > AGREE_PART_COLUMNS)
			break;
		word = i + 1;
		if (at[i - 1] == '.')
			sentence = i + 1;
	}
	if (sentence > 0)
		return sentence;
	return word > 0 ? word : utf8_cut(at, AGREE_PART_COLUMNS);
}

static void add(struct cutter *c, size_t from, size_t len)
{
	/* The last one takes what is left rather than losing it. */
	if (c->count == AGREE_PARTS) {
		struct agree_part *last = &c->out[AGREE_PARTS - 1];

		last->len = (uint16_t)(from + len - last->from);
		return;
	}
	c->out[c->count++] = (struct agree_part){c->head, c->head_len,
		(uint16_t)from, (uint16_t)len};
}

static void add_line(struct cutter *c, size_t from, size_t len)
{
	while (len > 0) {
		const size_t n = cut(c->text + from, len);
		size_t shown = n;

		while (shown > 0 && c->text[from + shown - 1] == ' ')
			shown--;
		add(c, from, shown);
		from += n;
		len -= n;
	}
}

/* The first line is a heading, too. */
int agree_parts(const char *text, size_t len,
	struct agree_part out[AGREE_PARTS])
{
	struct cutter c = {.text = text, .out = out};
	size_t at = 0;

	while (at < len) {
		const char *end = memchr(text + at, '\n', len - at);
		const size_t n = end ? (size_t)(end - text) - at : len - at;

		if (n > 0 && (at == 0 || is_heading(text + at, n))) {
			c.head = (uint16_t)at;
			c.head_len = (uint16_t)n;
		} else if (n > 0) {
			add_line(&c, at, n);
		}
		at += n + 1;
	}
	return c.count;
}
