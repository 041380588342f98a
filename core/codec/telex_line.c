/* telex_line.c - typing on a line whose end is the word: telex.h. */
#include <string.h>

#include "core/codec/telex.h"
#include "core/str.h"
#include "core/text.h"

enum {
	NFC_FROM = 0x300 /* below it nothing joins what is before */
};

/* Is the end of line the word of t? Otherwise take up what is there. */
static size_t word_start(struct telex *t, const char *line)
{
	const size_t len = strlen(line);
	size_t word = strlen(t->text);

	if (t->n == 0 || word > len || strcmp(line + len - word, t->text) != 0)
		telex_adopt(t, line);
	word = strlen(t->text);
	return len - word;
}

static bool put(char *line, size_t size, size_t at, const char *text)
{
	const size_t n = strlen(text);

	if (n >= size || at >= size - n)
		return false;
	memmove(line + at, text, n + 1);
	return true;
}

static bool join(char *line, size_t size)
{
	char nfc[TELEX_LINE_SIZE];

	return text_nfc(line, nfc, sizeof(nfc)) && put(line, size, 0, nfc);
}

bool telex_type(struct telex *t, char *line, size_t size, uint32_t key)
{
	const size_t at = word_start(t, line);
	const struct telex before = *t;
	char bytes[UTF8_MAX_BYTES + 1];
	size_t len;

	if (telex_key(t, key)) {
		if (put(line, size, at, t->text))
			return true;
		*t = before;
		return false;
	}
	len = strlen(line);
	bytes[utf8_encode(key, bytes)] = '\0';
	if (put(line, size, len, bytes) && (key < NFC_FROM || join(line, size)))
		return true;
	line[len] = '\0';
	*t = before;
	return false;
}

bool telex_rub(struct telex *t, char *line, size_t size)
{
	size_t at;

	if (!*line)
		return false;
	at = word_start(t, line);
	/* What was no syllable may be one again, which has more bytes. */
	if (telex_erase(t) && put(line, size, at, t->text))
		return true;
	line[utf8_cut(line, strlen(line) - 1)] = '\0';
	telex_clear(t);
	return true;
}

bool telex_rub_word(struct telex *t, char *line)
{
	size_t n = strlen(line);

	if (n == 0)
		return false;
	while (n > 0 && line[n - 1] == ' ')
		n--;
	while (n > 0 && line[n - 1] != ' ')
		n--;
	line[n] = '\0';
	telex_clear(t);
	return true;
}

bool telex_text(enum telex_method method, enum telex_style style,
	const char *keys, char *out, size_t size)
{
	struct telex t;

	if (size == 0)
		return false;
	telex_init(&t, method, style);
	out[0] = '\0';
	while (*keys) {
		if (telex_type(&t, out, size, utf8_next(&keys)))
			continue;
		out[0] = '\0';
		return false;
	}
	return true;
}
