#include "core/codec/readout.h"

#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/str.h"
#include "core/text.h"

enum {
	VERSION_MAX = 9999,
	LINE_MAX_BYTES = 2048
};

/* The lines in front of the text. */
struct head {
	char id[READOUT_NAME_SIZE];
	char term[READOUT_VALUE_SIZE];
	char term_months[READOUT_VALUE_SIZE];
};

struct filling {
	const struct readout_values *values;
	struct head head;
	struct readout *out;
	struct buf b; /* out->text */
	char *which;
	enum readout_fault fault;
};

static bool is_wrong(struct filling *f, enum readout_fault fault)
{
	if (f->fault == READOUT_FINE)
		f->fault = fault;
	return false;
}

/* ---- the head ------------------------------------------------------------ */

/* "# word: value"; other lines of the head are for people. */
static void read_head(struct filling *f, const char *line)
{
	const struct {
		const char *word;
		char *at;
		size_t size;
	} words[] = {
		{"# id: ", f->head.id, sizeof(f->head.id)},
		{"# language: ", f->out->lang, sizeof(f->out->lang)},
		{"# term: ", f->head.term, sizeof(f->head.term)},
		{"# term-months: ", f->head.term_months,
			sizeof(f->head.term_months)},
	};
	static const char version[] = "# version: ";
	int64_t number;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts(line, words[i].word))
			str_copy(words[i].at, words[i].size,
				line + strlen(words[i].word));
	if (str_starts(line, version) &&
		str_to_int(line + strlen(version), 1, VERSION_MAX, &number))
		f->out->version = (int)number;
	if (strcmp(line, "# state: draft") == 0)
		f->out->draft = true;
}

static bool is_word(const char *text)
{
	return text[0] &&
	       text[strspn(text, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

static bool end_head(struct filling *f)
{
	struct readout *n = f->out;

	if (!is_word(f->head.id) || !is_word(n->lang) || n->version == 0 ||
		!f->head.term[0] || !f->head.term_months[0])
		return is_wrong(f, READOUT_HEAD);
	return snprintf(n->name, sizeof(n->name), "%s-%s-%d", f->head.id,
		       n->lang, n->version) < (int)sizeof(n->name) ||
	       is_wrong(f, READOUT_HEAD);
}

/* ---- what is filled in --------------------------------------------------- */

static const struct place {
	const char *name;
	size_t at; /* in struct readout_values */
} places[] = {
	{"controller", offsetof(struct readout_values, controller)},
	{"address", offsetof(struct readout_values, address)},
	{"phone", offsetof(struct readout_values, phone)},
	{"processor", offsetof(struct readout_values, processor)},
	{"withdraw_phone", offsetof(struct readout_values, withdraw_phone)},
	{"withdraw_place", offsetof(struct readout_values, withdraw_place)},
	{"keep", offsetof(struct readout_values, keep)},
};

static bool put_value(struct filling *f, const char *value)
{
	char clean[READOUT_VALUE_SIZE];

	if (!text_clean(value, strlen(value), clean, sizeof(clean), NULL) ||
		!clean[0] || strchr(clean, '{'))
		return is_wrong(f, READOUT_VALUE);
	buf_put(&f->b, clean, strlen(clean));
	return true;
}

/* How long it holds, as the file says that. */
static bool put_term(struct filling *f)
{
	static const char place[] = "{months}";
	const char *text =
		f->values->months > 0 ? f->head.term_months : f->head.term;
	const char *at = strstr(text, place);

	if (f->values->months == 0 || !at) {
		buf_put(&f->b, text, strlen(text));
		return true;
	}
	buf_put(&f->b, text, (size_t)(at - text));
	buf_printf(&f->b, "%d%s", f->values->months, at + strlen(place));
	return true;
}

static bool put_place(struct filling *f, const char *name, size_t len)
{
	char word[READOUT_VALUE_SIZE];

	snprintf(word, sizeof(word), "%.*s", (int)(len < 32 ? len : 32), name);
	str_copy(f->which, READOUT_VALUE_SIZE, word);
	if (strcmp(word, "term") == 0)
		return put_term(f);
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(places[i].name, word) == 0)
			return put_value(f,
				(const char *)f->values + places[i].at);
	return is_wrong(f, READOUT_PLACE);
}

static bool put_line(struct filling *f, const char *line)
{
	while (*line) {
		const size_t plain = strcspn(line, "{");
		size_t name;

		buf_put(&f->b, line, plain);
		line += plain;
		if (!*line)
			break;
		name = strcspn(line + 1, "}");
		if (line[1 + name] != '}')
			return is_wrong(f, READOUT_PLACE);
		if (!put_place(f, line + 1, name))
			return false;
		line += name + 2;
	}
	buf_byte(&f->b, '\n');
	return true;
}

/* ---- the text ------------------------------------------------------------ */

/* "(a) …": the line that was just filled, from there on. */
static bool take_purpose(struct filling *f, const char *line, size_t from)
{
	const int i =
		line[0] == '(' && line[1] && line[2] == ')' && line[3] == ' '
			? line[1] - 'a'
			: -1;
	const size_t len = f->b.len - from;

	if (i < 0 || i >= READOUT_PURPOSES)
		return true;
	/* Without "(a) " and the line's end. */
	if (f->out->purpose[i][0] || f->b.full || len < 6 ||
		len - 5 >= READOUT_PURPOSE_SIZE)
		return is_wrong(f, READOUT_PURPOSE);
	memcpy(f->out->purpose[i], f->out->text + from + 4, len - 5);
	f->out->purpose[i][len - 5] = '\0';
	return true;
}

/* A line as it stands in the file; it must be clean as it is. */
static bool read_line(const char *at, size_t len, char *out, size_t size)
{
	struct text_report report;

	if (len == 0) {
		out[0] = '\0';
		return true;
	}
	return text_clean(at, len, out, size, &report) &&
	       report.verdict == TEXT_OK;
}

static bool fill_line(struct filling *f, const char *line)
{
	const size_t from = f->b.len;

	return put_line(f, line) && take_purpose(f, line, from);
}

static void fill(struct filling *f, const char *at, size_t left)
{
	char line[LINE_MAX_BYTES];
	bool head = true;

	while (left > 0 && f->fault == READOUT_FINE) {
		const char *end = memchr(at, '\n', left);
		const size_t len = end ? (size_t)(end - at) : left;

		if (!read_line(at, len, line, sizeof(line))) {
			is_wrong(f, READOUT_TEXT);
			return;
		}
		if (head && line[0] != '#') {
			head = false;
			end_head(f);
		}
		if (head)
			read_head(f, line);
		else if (f->fault == READOUT_FINE)
			fill_line(f, line);
		at += len + (end != NULL);
		left -= len + (end != NULL);
	}
	if (head)
		is_wrong(f, READOUT_HEAD);
}

enum readout_fault readout_fill(const char *file, size_t len,
	const struct readout_values *values, struct readout *out,
	char which[READOUT_VALUE_SIZE])
{
	char unheard[READOUT_VALUE_SIZE];
	struct filling f = {.values = values,
		.out = out,
		.which = which ? which : unheard};

	memset(out, 0, sizeof(*out));
	f.which[0] = '\0';
	buf_init(&f.b, out->text, sizeof(out->text) - 1);
	fill(&f, file, len);
	if (f.b.full)
		is_wrong(&f, READOUT_TEXT);
	for (int i = 0; i < READOUT_PURPOSES && f.fault == READOUT_FINE; i++)
		if (!out->purpose[i][0])
			is_wrong(&f, READOUT_PURPOSE);
	out->len = f.b.len;
	return f.fault;
}

bool readout_name_parse(const char *name, char lang[READOUT_LANG_SIZE],
	int *version)
{
	const char *first = strchr(name, '-');
	const char *last = strrchr(name, '-');
	int64_t number;
	size_t len;

	if (!first || first == last || first == name)
		return false;
	len = (size_t)(last - first) - 1;
	if (len == 0 || len >= READOUT_LANG_SIZE ||
		!str_to_int(last + 1, 1, VERSION_MAX, &number))
		return false;
	memcpy(lang, first + 1, len);
	lang[len] = '\0';
	*version = (int)number;
	return true;
}
