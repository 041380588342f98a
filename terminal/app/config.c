#include "terminal/app/config.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/page.h"
#include "core/str.h"
#include "core/text.h"
#include "core/tr.h"

/* ---- what there is to set -------------------------------------------------- */

enum key_kind {
	KEY_TEXT,   /* char[CONFIG_TEXT_SIZE] */
	KEY_LIST,   /* struct config_list */
	KEY_NUMBER, /* int64_t, min to max */
	KEY_ONE_OF, /* int64_t, a number of the words */
	KEY_WORD,   /* int64_t, which of the words */
	KEY_NAME,   /* char[CONFIG_NAME_SIZE], one of the words */
	KEY_YESNO,  /* bool */
};

enum {
	WORDS_MAX = 8
};

struct key {
	const char *section;
	const char *name;
	enum key_kind kind;
	size_t at; /* of the field in struct config */
	int64_t min;
	int64_t max;
	const char *words[WORDS_MAX];
};

#define AT(field) offsetof(struct config, field)

static const struct key keys[] = {
	{"printer", "use", KEY_TEXT, AT(printer.use), 0, 0, {0}},
	{"printer", "width", KEY_ONE_OF, AT(printer.width), 0, 0, {"58", "80"}},
	{"printer", "dots", KEY_NUMBER, AT(printer.dots), PAGE_58, PAGE_80,
		{0}},
	{"printer", "proved", KEY_LIST, AT(printer.proved), 0, 0, {0}},
	{"drawer", "pin", KEY_ONE_OF, AT(drawer.pin), 0, 0, {"0", "2", "5"}},
	{"drawer", "on_ms", KEY_NUMBER, AT(drawer.on_ms), 2, 510, {0}},
	{"drawer", "off_ms", KEY_NUMBER, AT(drawer.off_ms), 2, 510, {0}},
	{"drawer", "sensor", KEY_WORD, AT(drawer.sensor), 0, 0,
		{"none", "high", "low"}},
	{"drawer", "warn_s", KEY_NUMBER, AT(drawer.warn_s), 0, 3600, {0}},
	{"scanner", "use", KEY_LIST, AT(scanner.use), 0, 0, {0}},
	{"scanner", "suffix", KEY_WORD, AT(scanner.suffix), 0, 0,
		{"auto", "cr", "lf", "crlf", "tab", "none"}},
	{"scanner", "prefix", KEY_TEXT, AT(scanner.prefix), 0, 0, {0}},
	{"scanner", "speed", KEY_ONE_OF, AT(scanner.speed), 0, 0,
		{"1200", "2400", "4800", "9600", "19200", "38400", "57600",
			"115200"}},
	{"scanner", "parity", KEY_WORD, AT(scanner.parity), 0, 0,
		{"none", "even", "odd"}},
	{"scanner", "keyboard", KEY_YESNO, AT(scanner.keyboard), 0, 0, {0}},
	{"camera", "use", KEY_TEXT, AT(camera.use), 0, 0, {0}},
	{"camera", "width", KEY_NUMBER, AT(camera.width), 160, 4096, {0}},
	{"camera", "height", KEY_NUMBER, AT(camera.height), 120, 4096, {0}},
	{"camera", "rotate", KEY_ONE_OF, AT(camera.rotate), 0, 0,
		{"0", "90", "180", "270"}},
	{"camera", "mirror", KEY_YESNO, AT(camera.mirror), 0, 0, {0}},
	{"receipt", "header_1", KEY_TEXT, AT(receipt.header[0]), 0, 0, {0}},
	{"receipt", "header_2", KEY_TEXT, AT(receipt.header[1]), 0, 0, {0}},
	{"receipt", "header_3", KEY_TEXT, AT(receipt.header[2]), 0, 0, {0}},
	{"receipt", "footer_1", KEY_TEXT, AT(receipt.footer[0]), 0, 0, {0}},
	{"receipt", "footer_2", KEY_TEXT, AT(receipt.footer[1]), 0, 0, {0}},
	{"receipt", "footer_3", KEY_TEXT, AT(receipt.footer[2]), 0, 0, {0}},
	{"receipt", "hotline", KEY_TEXT, AT(receipt.hotline), 0, 0, {0}},
	{"consent", "controller", KEY_TEXT, AT(consent.controller), 0, 0, {0}},
	{"consent", "address", KEY_TEXT, AT(consent.address), 0, 0, {0}},
	{"consent", "phone", KEY_TEXT, AT(consent.phone), 0, 0, {0}},
	{"consent", "keep", KEY_TEXT, AT(consent.keep), 0, 0, {0}},
	{"consent", "processor", KEY_TEXT, AT(consent.processor), 0, 0, {0}},
	{"consent", "withdraw_phone", KEY_TEXT, AT(consent.withdraw_phone), 0,
		0, {0}},
	{"consent", "withdraw_place", KEY_TEXT, AT(consent.withdraw_place), 0,
		0, {0}},
	{"consent", "months", KEY_NUMBER, AT(consent.months), 0, 240, {0}},
	{"reports", "target", KEY_NUMBER, AT(reports.target), 0, 100, {0}},
	{"reports", "before_day", KEY_NUMBER, AT(reports.before_day), 1, 28,
		{0}},
	{"payer", "name", KEY_TEXT, AT(payer.name), 0, 0, {0}},
	{"payer", "bank", KEY_TEXT, AT(payer.bank), 0, 0, {0}},
	{"payer", "account", KEY_TEXT, AT(payer.account), 0, 0, {0}},
	{"centre", "proxy", KEY_TEXT, AT(centre.proxy), 0, 0, {0}},
	{"screen", "lock_new_keyboard", KEY_YESNO, AT(screen.lock_new_keyboard),
		0, 0, {0}},
	{"screen", "lang", KEY_NAME, AT(screen.lang), 0, 0, {"vi", "en"}},
	{"screen", "theme", KEY_NAME, AT(screen.theme), 0, 0,
		{"mono", "8", "256", "contrast"}},
	{"screen", "lock_after", KEY_NUMBER, AT(screen.lock_after), 30, 3600,
		{0}},
	{"screen", "ascii", KEY_YESNO, AT(screen.ascii), 0, 0, {0}},
	{"screen", "slow_line", KEY_YESNO, AT(screen.slow_line), 0, 0, {0}},
	{"screen", "lines", KEY_YESNO, AT(screen.lines), 0, 0, {0}},
	{"screen", "sound", KEY_YESNO, AT(screen.sound), 0, 0, {0}},
};

enum {
	KEYS = sizeof(keys) / sizeof(keys[0])
};

_Static_assert(KEYS <= 64, "more settings than bits in config.said");

static const char *const yesno[] = {"no", "yes"};

bool config_key(int i, const char **section, const char **key)
{
	if (i < 0 || i >= KEYS)
		return false;
	*section = keys[i].section;
	*key = keys[i].name;
	return true;
}

void config_init(struct config *c)
{
	memset(c, 0, sizeof(*c));
	c->drawer.on_ms = 50;
	c->drawer.off_ms = 500;
	c->drawer.warn_s = 60;
	c->scanner.suffix = CONFIG_SUFFIX_AUTO;
	c->scanner.keyboard = true;
	str_copy(c->camera.use, sizeof(c->camera.use), "auto");
	c->reports.before_day = 5;
	c->screen.lock_new_keyboard = true;
	c->screen.sound = true;
}

/* ---- one value -------------------------------------------------------------- */

static int which(const char *const *words, int count, const char *value)
{
	for (int i = 0; i < count && words[i]; i++)
		if (strcmp(words[i], value) == 0)
			return i;
	return -1;
}

static bool set_list(struct config_list *list, const char *value,
	struct config_fault *fault)
{
	if (list->count == CONFIG_LIST_MAX) {
		fault->wrong = CONFIG_TOO_MANY;
		return false;
	}
	return str_copy(list->at[list->count++], CONFIG_TEXT_SIZE, value);
}

static bool set_word(const struct key *key, const char *value, int64_t *out)
{
	const int i = which(key->words, WORDS_MAX, value);

	if (i < 0)
		return false;
	if (key->kind == KEY_WORD)
		*out = i;
	return key->kind == KEY_WORD || str_to_int(value, 0, INT32_MAX, out);
}

static bool set(const struct key *key, const char *value, struct config *c,
	struct config_fault *fault)
{
	void *const field = (char *)c + key->at;
	int i;

	switch (key->kind) {
	case KEY_TEXT:
		return *value && str_copy(field, CONFIG_TEXT_SIZE, value);
	case KEY_LIST:
		return *value && set_list(field, value, fault);
	case KEY_NUMBER:
		return str_to_int(value, key->min, key->max, field);
	case KEY_ONE_OF:
	case KEY_WORD:
		return set_word(key, value, field);
	case KEY_NAME:
		return which(key->words, WORDS_MAX, value) >= 0 &&
		       str_copy(field, CONFIG_NAME_SIZE, value);
	case KEY_YESNO:
		i = which(yesno, 2, value);
		*(bool *)field = i == 1;
		return i >= 0;
	}
	return false;
}

static void say_allowed(const struct key *key, char *out, size_t size)
{
	const char *const *words = key->kind == KEY_YESNO ? yesno : key->words;
	const int count = key->kind == KEY_YESNO ? 2 : WORDS_MAX;
	struct buf b;

	buf_init(&b, out, size);
	if (key->kind == KEY_NUMBER)
		buf_printf(&b, "%lld-%lld", (long long)key->min,
			(long long)key->max);
	for (int i = 0; i < count && words[i]; i++)
		buf_printf(&b, "%s%s", i > 0 ? ", " : "", words[i]);
	buf_text(&b);
}

/* ---- the file ----------------------------------------------------------------- */

struct reader {
	const char *at;
	const char *end;
	int line;
	struct config *c;
	struct config_fault *fault;
	bool seen[KEYS];
};

static bool is_wrong(struct reader *r, enum config_wrong wrong)
{
	if (r->fault->wrong == CONFIG_FINE)
		r->fault->wrong = wrong;
	r->fault->line = r->line;
	return false;
}

static bool has_section(const char *name)
{
	for (size_t i = 0; i < KEYS; i++)
		if (strcmp(keys[i].section, name) == 0)
			return true;
	return false;
}

/* inih tells of a section only when something is in it. */
static bool check_section(struct reader *r, const char *line)
{
	const size_t len = strcspn(line + 1, "]");
	char name[CONFIG_LINE_MAX + 1];

	snprintf(name, sizeof(name), "%.*s", (int)len, line + 1);
	if (line[0] != '[' || !line[1 + len] || has_section(name))
		return true;
	str_copy(r->fault->section, sizeof(r->fault->section), name);
	return is_wrong(r, CONFIG_NO_SECTION);
}

/* fgets() for inih. A line never goes on in the next: no blank before it. */
static char *next_line(char *out, int size, void *user)
{
	struct reader *r = user;
	char clean[CONFIG_LINE_MAX + 1];
	const char *end;
	size_t len;

	if (r->fault->wrong != CONFIG_FINE || r->at == r->end)
		return NULL;
	r->line++;
	end = memchr(r->at, '\n', (size_t)(r->end - r->at));
	len = (size_t)((end ? end : r->end) - r->at);
	while (len > 0 && (*r->at == ' ' || *r->at == '\t')) {
		r->at++;
		len--;
	}
	if (len > 0 && r->at[len - 1] == '\r')
		len--;
	if (len > CONFIG_LINE_MAX || len + 1 > (size_t)size) {
		is_wrong(r, CONFIG_LONG_LINE);
		return NULL;
	}
	if (!text_clean(r->at, len, clean, sizeof(clean), NULL)) {
		is_wrong(r, CONFIG_NO_TEXT);
		return NULL;
	}
	memcpy(out, r->at, len);
	out[len] = '\0';
	r->at = end ? end + 1 : r->end;
	return check_section(r, out) ? out : NULL;
}

static int on_pair(void *user, const char *section, const char *name,
	const char *value)
{
	struct reader *r = user;
	struct config_fault *fault = r->fault;
	size_t i = 0;

	if (fault->wrong != CONFIG_FINE)
		return 0;
	str_copy(fault->section, sizeof(fault->section), section);
	str_copy(fault->key, sizeof(fault->key), name);
	str_copy(fault->value, sizeof(fault->value), value);
	if (!*section)
		return is_wrong(r, CONFIG_NO_PLACE);
	while (i < KEYS && (strcmp(keys[i].section, section) != 0 ||
				   strcmp(keys[i].name, name) != 0))
		i++;
	if (i == KEYS)
		return is_wrong(r, CONFIG_NO_KEY);
	if (r->seen[i] && keys[i].kind != KEY_LIST)
		return is_wrong(r, CONFIG_TWICE);
	r->seen[i] = true;
	r->c->said |= UINT64_C(1) << i;
	say_allowed(&keys[i], fault->allowed, sizeof(fault->allowed));
	return set(&keys[i], value, r->c, fault) ||
	       is_wrong(r, CONFIG_BAD_VALUE);
}

static void put_value(const struct key *key, const struct config *c, char *out,
	size_t size)
{
	const void *const field = (const char *)c + key->at;
	const struct config_list *list = field;
	const int64_t *number = field;

	switch (key->kind) {
	case KEY_TEXT:
	case KEY_NAME:
		str_copy(out, size, field);
		break;
	case KEY_LIST:
		if (list->count > 0)
			str_copy(out, size, list->at[list->count - 1]);
		break;
	case KEY_NUMBER:
	case KEY_ONE_OF:
		snprintf(out, size, "%lld", (long long)*number);
		break;
	case KEY_WORD:
		str_copy(out, size, key->words[*number]);
		break;
	case KEY_YESNO:
		str_copy(out, size, yesno[*(const bool *)field]);
		break;
	}
}

void config_said(const struct config *c, const char *section, const char *key,
	char *out, size_t size)
{
	out[0] = '\0';
	for (size_t i = 0; i < KEYS; i++)
		if (strcmp(keys[i].section, section) == 0 &&
			strcmp(keys[i].name, key) == 0 &&
			(c->said & UINT64_C(1) << i) != 0)
			put_value(&keys[i], c, out, size);
}

static const char *after_bom(const char *text, size_t len)
{
	return len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? text + 3
								: text;
}

bool config_parse(const char *text, size_t len, struct config *c,
	struct config_fault *fault)
{
	struct reader r = {.at = after_bom(text, len),
		.end = text + len,
		.c = c,
		.fault = fault};
	int line;

	config_init(c);
	memset(fault, 0, sizeof(*fault));
	line = ini_parse_stream(next_line, &r, on_pair, &r);
	/* What no one was told of is inih's: no pair. */
	if (line > 0 && (fault->wrong == CONFIG_FINE || line < fault->line)) {
		memset(fault, 0, sizeof(*fault));
		fault->wrong = CONFIG_NO_PAIR;
		fault->line = line;
	}
	return fault->wrong == CONFIG_FINE;
}

static bool read_failed(struct err *err, int sys)
{
	return err_set(err, sys == EACCES ? ERR_DENIED : ERR_IO, sys,
		CONFIG_NAME ": %s", strerror(sys));
}

static bool parse_file(FILE *in, struct config *c, struct config_fault *fault,
	struct err *err)
{
	char *text = malloc(CONFIG_FILE_MAX + 1);
	size_t len;
	bool ok;

	if (!text)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for settings");
	len = fread(text, 1, CONFIG_FILE_MAX + 1, in);
	if (ferror(in)) {
		free(text);
		return read_failed(err, errno);
	}
	ok = len <= CONFIG_FILE_MAX && config_parse(text, len, c, fault);
	if (len > CONFIG_FILE_MAX)
		fault->wrong = CONFIG_TOO_MANY;
	free(text);
	return ok || err_set(err, ERR_INVALID, 0, CONFIG_NAME ":%d: [%s] %s",
			     fault->line, fault->section, fault->key);
}

bool config_read(const char *dir, struct config *c, struct config_fault *fault,
	struct err *err)
{
	char path[1024];
	FILE *in;
	bool ok;

	config_init(c);
	memset(fault, 0, sizeof(*fault));
	snprintf(path, sizeof(path), "%s/" CONFIG_NAME, dir);
	in = fopen(path, "re");
	if (!in)
		return errno == ENOENT || read_failed(err, errno);
	ok = parse_file(in, c, fault, err);
	fclose(in);
	return ok;
}

const char *config_printer(const struct config *c, const char *option)
{
	if (option || getenv("CHITRA_PRINTER") || !c->printer.use[0])
		return option;
	return c->printer.use;
}

static int dots_of(int64_t mm)
{
	return mm == 58 ? PAGE_58 : mm == 80 ? PAGE_80 : 0;
}

int config_dots(const struct config *c, int64_t option)
{
	const int dots = (int)c->printer.dots;

	if (option)
		return dots_of(option);
	/* print-test has found narrower paper since somebody wrote the dots. */
	if (dots == 0 || (c->printer.width == 58 && dots >= PAGE_80_LEAST))
		return dots_of(c->printer.width);
	return page_width_near(dots);
}

/* ---- in words ------------------------------------------------------------------- */

static void say_value(const struct config_fault *f, char *out, size_t size)
{
	if (f->allowed[0])
		snprintf(out, size,
			tr("Line %d: %s cannot be \"%s\". Allowed: %s."),
			f->line, f->key, f->value, f->allowed);
	else
		snprintf(out, size, tr("Line %d: %s cannot be \"%s\"."),
			f->line, f->key, f->value);
}

static void say_what(const struct config_fault *f, char *out, size_t size)
{
	switch (f->wrong) {
	case CONFIG_FINE:
		out[0] = '\0';
		return;
	case CONFIG_NO_TEXT:
		snprintf(out, size,
			tr("Line %d has characters that are no text. Write it "
			   "anew, in UTF-8."),
			f->line);
		return;
	case CONFIG_LONG_LINE:
		snprintf(out, size,
			tr("Line %d is too long: at most %d letters."), f->line,
			CONFIG_LINE_MAX);
		return;
	case CONFIG_NO_PAIR:
		snprintf(out, size,
			tr("Line %d is neither [section] nor name = value."),
			f->line);
		return;
	case CONFIG_NO_SECTION:
		snprintf(out, size, tr("Line %d: there is no section [%s]."),
			f->line, f->section);
		return;
	case CONFIG_NO_PLACE:
		snprintf(out, size,
			tr("Line %d: %s stands before the first [section]."),
			f->line, f->key);
		return;
	case CONFIG_NO_KEY:
		snprintf(out, size,
			tr("Line %d: there is no setting \"%s\" in [%s]."),
			f->line, f->key, f->section);
		return;
	case CONFIG_TWICE:
		snprintf(out, size,
			tr("Line %d: %s was set before. Keep one of them."),
			f->line, f->key);
		return;
	case CONFIG_BAD_VALUE:
		say_value(f, out, size);
		return;
	case CONFIG_TOO_MANY:
		snprintf(out, size,
			tr("Line %d: there are too many lines of this kind."),
			f->line);
		return;
	}
}

void config_says(const struct config_fault *fault, char *out, size_t size)
{
	char what[3 * CONFIG_TEXT_SIZE];

	say_what(fault, what, sizeof(what));
	snprintf(out, size,
		tr("The settings file %s cannot be used, and nothing starts "
		   "before it is right. %s"),
		CONFIG_NAME, what);
}
