/*
 * template.c - reads a template line by line and does what it says.
 *
 * A block (if, unless, each) is one call of run_block(); a list is that call
 * from the same line on for every row. Blocks that are not wanted are read
 * all the same, with live false, so that their mistakes are found.
 */
#include "core/codec/template.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/asset.h"
#include "core/buf.h"
#include "core/str.h"
#include "core/text.h"

enum {
	MAX_WORDS = 5,
	/* what may stand in a head, as bits */
	CENTER = 1,
	BOLD = 2,
	BIG = 4,
	NUMBER = 8,
	/* what must follow it */
	TEXT = 16,
	TWO_TEXTS = 32
};

struct reader {
	const char *at; /* of the template */
	const char *end;
	int line;
	const struct template_values *v;
	const struct template_list *list; /* of the innermost each */
	int row;                          /* -1: none, only names are checked */
	struct page *page;
	struct err *err;
};

struct head {
	char words[TEMPLATE_LINE_SIZE];
	const char *word[MAX_WORDS];
	int count;
	unsigned flags;
	int number;
	const char *text; /* behind the colon; NULL if there is none */
};

/* Texts of a directive with the values in them. */
struct texts {
	char first[TEMPLATE_TEXT_SIZE];
	char second[TEMPLATE_TEXT_SIZE];
};

static bool wrong(const struct reader *r, const char *what, const char *which)
{
	return err_set(r->err, ERR_INVALID, 0, "template line %d: %s%s%s",
		r->line, what, which[0] ? " " : "", which);
}

/* ---- values -------------------------------------------------------------- */

static const char *find_column(const struct reader *r, const char *name)
{
	const struct template_list *list = r->list;
	const size_t len = list ? strlen(list->name) : 0;

	if (!list || strncmp(name, list->name, len) != 0 || name[len] != '.')
		return NULL;
	for (int i = 0; i < TEMPLATE_MAX_COLUMNS && list->column[i]; i++)
		if (strcmp(list->column[i], name + len + 1) == 0)
			return r->row < 0 ? "" : list->row[r->row].text[i];
	return NULL;
}

static const char *find_value(const struct reader *r, const char *name)
{
	if (strcmp(name, "wide") == 0)
		return page_columns(r->page) >= PAGE_WIDE_COLUMNS ? "1" : "";
	for (size_t i = 0; i < r->v->values; i++)
		if (strcmp(r->v->value[i].name, name) == 0)
			return r->v->value[i].text;
	return find_column(r, name);
}

static bool put_value(const struct reader *r, const char *name, size_t len,
	struct buf *out)
{
	char key[64];
	const char *value;

	if (len >= sizeof(key))
		return wrong(r, "too long a name", "");
	memcpy(key, name, len);
	key[len] = '\0';
	value = find_value(r, key);
	if (!value)
		return wrong(r, "no such value:", key);
	buf_put(out, value, strlen(value));
	return true;
}

static bool expand(const struct reader *r, const char *text, char *out)
{
	struct buf b;

	buf_init(&b, out, TEMPLATE_TEXT_SIZE);
	while (*text) {
		const size_t plain = strcspn(text, "{}");
		size_t name;

		buf_put(&b, text, plain);
		text += plain;
		if (*text == '\0')
			break;
		name = strcspn(text + 1, "{}");
		if (*text == '}' || text[1 + name] != '}')
			return wrong(r, "a brace without its other half", "");
		if (!put_value(r, text + 1, name, &b))
			return false;
		text += name + 2;
	}
	if (b.full || b.len == b.size)
		return wrong(r, "too long a text", "");
	buf_text(&b);
	return true;
}

/* ---- one line ------------------------------------------------------------ */

/* The next line that says something, cleaned; false at the end, or on err. */
static bool next_line(struct reader *r, char out[TEMPLATE_LINE_SIZE])
{
	out[0] = '\0';
	while (r->at < r->end && out[0] == '\0') {
		const char *nl = memchr(r->at, '\n', (size_t)(r->end - r->at));
		const char *stop = nl ? nl : r->end;
		size_t len = (size_t)(stop - r->at);

		r->line++;
		if (len > 0 && r->at[len - 1] == '\r')
			len--;
		if (len > 0 && r->at[0] != '#' &&
			!text_clean(r->at, len, out, TEMPLATE_LINE_SIZE, NULL))
			return wrong(r, "too long, or no clean UTF-8", "");
		if (out[0] == '#')
			out[0] = '\0';
		r->at = nl ? nl + 1 : r->end;
	}
	return out[0] != '\0';
}

/* A word of the head that is no name: a way of setting, or a number. */
static bool take_setting(struct reader *r, struct head *h, const char *word)
{
	static const struct {
		const char *word;
		unsigned flag;
	} known[] = {{"center", CENTER}, {"bold", BOLD}, {"big", BIG}};
	int64_t number;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(word, known[i].word) == 0) {
			h->flags |= known[i].flag;
			return true;
		}
	if (!str_to_int(word, 0, 400, &number))
		return wrong(r, "not understood:", word);
	h->flags |= NUMBER;
	h->number = (int)number;
	return true;
}

static bool split_head(struct reader *r, const char *line, struct head *h)
{
	const size_t len = strcspn(line, ":");
	char *at = h->words;

	*h = (struct head){.text = line[len] ? line + len + 1 : NULL};
	memcpy(h->words, line, len);
	while (*(at += strspn(at, " "))) {
		if (h->count == MAX_WORDS)
			return wrong(r, "too many words before the colon", "");
		h->word[h->count++] = at;
		at += strcspn(at, " ");
		if (*at)
			*at++ = '\0';
	}
	if (h->count == 0)
		return wrong(r, "a colon with nothing before it", "");
	return true;
}

/* ---- directives ---------------------------------------------------------- */

static void add_text(struct page *p, const struct head *h,
	const struct texts *t)
{
	page_add_text(p, h->flags & CENTER ? PAGE_CENTER : PAGE_LEFT,
		h->flags & BOLD, h->flags & BIG, t->first);
}

static void add_mark(struct page *p, const struct head *h,
	const struct texts *t)
{
	(void)h;
	page_add_mark(p, t->first);
}

static void add_pair(struct page *p, const struct head *h,
	const struct texts *t)
{
	page_add_pair(p, h->flags & BOLD, t->first, t->second);
}

static void add_field(struct page *p, const struct head *h,
	const struct texts *t)
{
	int column = h->number;

	if (column > page_columns(p) / 2)
		column = page_columns(p) / 2;
	page_add_field(p, h->flags & BOLD, column < 1 ? 1 : column, t->first,
		t->second);
}

static void add_rule(struct page *p, const struct head *h,
	const struct texts *t)
{
	(void)h;
	(void)t;
	page_add_rule(p);
}

static void add_space(struct page *p, const struct head *h,
	const struct texts *t)
{
	(void)t;
	page_add_space(p, h->number);
}

static void add_qr(struct page *p, const struct head *h, const struct texts *t)
{
	page_add_qr(p, t->first, h->number);
}

static void add_cut(struct page *p, const struct head *h, const struct texts *t)
{
	(void)h;
	(void)t;
	page_add_cut(p);
}

static const struct directive {
	const char *name;
	unsigned may;
	unsigned must;
	void (*add)(struct page *p, const struct head *h,
		const struct texts *t);
} directives[] = {
	{"text", CENTER | BOLD | BIG, TEXT, add_text},
	{"mark", 0, TEXT, add_mark},
	{"pair", BOLD, TWO_TEXTS, add_pair},
	{"field", BOLD | NUMBER, TWO_TEXTS | NUMBER, add_field},
	{"rule", 0, 0, add_rule},
	{"space", NUMBER, NUMBER, add_space},
	{"qr", NUMBER, TEXT | NUMBER, add_qr},
	{"cut", 0, 0, add_cut},
};

static const struct directive *find_directive(const char *name)
{
	for (size_t i = 0; i < sizeof(directives) / sizeof(directives[0]); i++)
		if (strcmp(directives[i].name, name) == 0)
			return &directives[i];
	return NULL;
}

/* LABEL | VALUE: cut in the template, so a bar in a name does not count. */
static bool expand_two(const struct reader *r, char *text, struct texts *t)
{
	char *bar = strchr(text, '|');

	if (!bar)
		return wrong(r, "no | between label and value", "");
	*bar = '\0';
	return expand(r, str_trim(text), t->first) &&
	       expand(r, str_trim(bar + 1), t->second);
}

static bool run_directive(struct reader *r, struct head *h, bool live)
{
	const struct directive *d = find_directive(h->word[0]);
	struct texts t = {.first = ""};
	char text[TEMPLATE_LINE_SIZE] = "";

	if (!d)
		return wrong(r, "no such directive:", h->word[0]);
	for (int i = 1; i < h->count; i++)
		if (!take_setting(r, h, h->word[i]))
			return false;
	if (h->flags & ~d->may)
		return wrong(r, "a setting that does not go with", d->name);
	if ((d->must & NUMBER) && !(h->flags & NUMBER))
		return wrong(r, "a number is missing after", d->name);
	if (!h->text != !(d->must & (TEXT | TWO_TEXTS)))
		return wrong(r,
			h->text ? "no text can follow"
				: "a colon and a text must follow",
			d->name);
	if (h->text)
		str_copy(text, sizeof(text), h->text);
	if ((d->must & TEXT) && !expand(r, str_trim(text), t.first))
		return false;
	if ((d->must & TWO_TEXTS) && !expand_two(r, text, &t))
		return false;
	if (live)
		d->add(r->page, h, &t);
	return true;
}

/* ---- blocks -------------------------------------------------------------- */

static bool run_block(struct reader *r, bool live, int depth);

static const struct template_list *find_list(const struct reader *r,
	const char *name)
{
	for (size_t i = 0; i < r->v->lists; i++)
		if (strcmp(r->v->list[i].name, name) == 0)
			return &r->v->list[i];
	return NULL;
}

static bool run_each(struct reader *r, const char *name, bool live, int depth)
{
	const struct reader start = *r;
	const struct template_list *list = find_list(r, name);
	const int rows = live && list ? list->rows : 0;
	int row = rows > 0 ? 0 : -1;

	if (!list)
		return wrong(r, "no such list:", name);
	do {
		r->at = start.at;
		r->line = start.line;
		r->list = list;
		r->row = row;
		if (!run_block(r, rows > 0, depth + 1))
			return false;
	} while (++row < rows && rows > 0);
	r->list = start.list;
	r->row = start.row;
	return true;
}

static bool run_if(struct reader *r, const struct head *h, bool live, int depth)
{
	const char *value = find_value(r, h->word[1]);
	const bool wanted = strcmp(h->word[0], "if") == 0;

	if (!value)
		return wrong(r, "no such value:", h->word[1]);
	return run_block(r, live && (value[0] != '\0') == wanted, depth + 1);
}

static bool opens_block(const char *word)
{
	return strcmp(word, "if") == 0 || strcmp(word, "unless") == 0 ||
	       strcmp(word, "each") == 0;
}

static bool run_line(struct reader *r, struct head *h, bool live, int depth)
{
	if (!opens_block(h->word[0]))
		return run_directive(r, h, live);
	if (h->count != 2 || h->text)
		return wrong(r, "one name must follow", h->word[0]);
	if (depth == TEMPLATE_MAX_DEPTH)
		return wrong(r, "too many blocks inside each other", "");
	if (strcmp(h->word[0], "each") == 0)
		return run_each(r, h->word[1], live, depth);
	return run_if(r, h, live, depth);
}

static bool run_block(struct reader *r, bool live, int depth)
{
	char line[TEMPLATE_LINE_SIZE];
	struct head h;

	while (next_line(r, line)) {
		if (!split_head(r, line, &h))
			return false;
		if (strcmp(h.word[0], "end") == 0) {
			if (depth > 0 && h.count == 1 && !h.text)
				return true;
			return wrong(r, "end of nothing", "");
		}
		if (!run_line(r, &h, live, depth))
			return false;
	}
	if (r->err->code != ERR_NONE)
		return false;
	return depth == 0 || wrong(r, "end is missing", "");
}

bool template_run(const char *tpl, size_t len, const struct template_values *v,
	struct page *page, struct err *err)
{
	struct err mine = {.code = ERR_NONE};
	struct reader r = {.at = tpl,
		.end = tpl + len,
		.v = v,
		.row = -1,
		.page = page,
		.err = &mine};

	if (!run_block(&r, true, 0)) {
		*err = mine;
		return false;
	}
	if (page->full)
		return err_set(err, ERR_INVALID, 0,
			"template: page overflows: more than %d lines, or a "
			"second QR",
			PAGE_MAX_LINES);
	return true;
}

const char *template_builtin(const char *name, size_t *len)
{
	char path[64];

	snprintf(path, sizeof(path), "assets/templates/%s.tpl", name);
	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, path) == 0) {
			*len = assets[i].size;
			return (const char *)assets[i].data;
		}
	return NULL;
}
