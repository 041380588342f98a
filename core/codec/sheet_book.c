#include "core/codec/sheet_book.h"

#include <stdlib.h>
#include <string.h>

#include "core/codec/sheet_xml.h"
#include "core/str.h"
#include "core/utf8.h"

enum {
	MAX_CODES = 2048
};

static const char no_memory[] = "no memory for a workbook";

/* ---- parts that name parts ----------------------------------------------- */

/* What one file of relationships is asked for. */
struct rels {
	struct sheet_book *book;
	const char *folder; /* of the part that they belong to */
	char main[SHEET_MAX_NAME];
	char strings[SHEET_MAX_NAME];
	char styles[SHEET_MAX_NAME];
};

static bool ends_with(const char *text, const char *end)
{
	const size_t a = strlen(text);
	const size_t b = strlen(end);

	return a >= b && strcmp(text + a - b, end) == 0;
}

/* "worksheets/sheet1.xml", or "/xl/worksheets/sheet1.xml", to the latter
 * without its slash. */
static void resolve(const char *folder, const char *target,
	char out[SHEET_MAX_NAME])
{
	if (*target == '/')
		snprintf(out, SHEET_MAX_NAME, "%s", target + 1);
	else
		snprintf(out, SHEET_MAX_NAME, "%s%s", folder, target);
}

static void sheet_target(struct rels *r, const char *id, const char *target)
{
	for (int i = 0; i < r->book->sheets; i++)
		if (strcmp(r->book->sheet[i].id, id) == 0)
			resolve(r->folder, target, r->book->sheet[i].part);
}

static bool on_rel(void *ctx, const char *name, const char **attrs,
	struct err *err)
{
	struct rels *r = ctx;
	const char *id = sheet_xml_attr(attrs, "Id");
	const char *type = sheet_xml_attr(attrs, "Type");
	const char *target = sheet_xml_attr(attrs, "Target");

	(void)err;
	if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
		return true;
	if (ends_with(type, "/officeDocument"))
		resolve(r->folder, target, r->main);
	else if (ends_with(type, "/sharedStrings"))
		resolve(r->folder, target, r->strings);
	else if (ends_with(type, "/styles"))
		resolve(r->folder, target, r->styles);
	else if (ends_with(type, "/worksheet"))
		sheet_target(r, id, target);
	return true;
}

static bool read_rels(struct rels *r, const char *part, struct err *err)
{
	const struct sheet_xml xml = {.ctx = r, .begin = on_rel};

	return sheet_xml_read(r->book->zip, part, &xml, err);
}

/* ---- the workbook -------------------------------------------------------- */

static bool is_on(const char *value)
{
	return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static bool add_sheet(struct sheet_book *book, const char **attrs,
	struct err *err)
{
	struct sheet_entry *s = &book->sheet[book->sheets];
	const char *name = sheet_xml_attr(attrs, "name");
	const char *state = sheet_xml_attr(attrs, "state");
	const char *id = sheet_xml_attr(attrs, "id");

	if (book->sheets == SHEET_MAX_SHEETS)
		return err_set(err, ERR_INVALID, 0, "more than %d sheets",
			SHEET_MAX_SHEETS);
	str_copy(s->name, sizeof(s->name), name ? name : "");
	str_copy(s->id, sizeof(s->id), id ? id : "");
	s->hidden = state && strcmp(state, "visible") != 0;
	book->sheets++;
	return true;
}

static bool on_workbook(void *ctx, const char *name, const char **attrs,
	struct err *err)
{
	struct sheet_book *book = ctx;

	if (strcmp(name, "workbookPr") == 0)
		book->from_1904 = is_on(sheet_xml_attr(attrs, "date1904"));
	return strcmp(name, "sheet") != 0 || add_sheet(book, attrs, err);
}

/* ---- styles -------------------------------------------------------------- */

struct styles {
	struct sheet_book *book;
	bool in_cells; /* inside cellXfs */
	/* Formats of the workbook's own, by number. */
	struct {
		long id;
		enum sheet_format format;
	} code[MAX_CODES];
	int codes;
};

static long number_of(const char *value)
{
	int64_t n = 0;

	return value && str_to_int(value, 0, INT32_MAX, &n) ? (long)n : -1;
}

static enum sheet_format format_of(const struct styles *s, long id)
{
	for (int i = 0; i < s->codes; i++)
		if (s->code[i].id == id)
			return s->code[i].format;
	return sheet_format_builtin(id);
}

static void add_code(struct styles *s, const char **attrs)
{
	const char *code = sheet_xml_attr(attrs, "formatCode");

	if (s->codes == MAX_CODES || !code)
		return;
	s->code[s->codes].id = number_of(sheet_xml_attr(attrs, "numFmtId"));
	s->code[s->codes].format = sheet_format_code(code);
	s->codes++;
}

static bool add_format(struct styles *s, const char **attrs, struct err *err)
{
	struct sheet_book *book = s->book;
	const long id = number_of(sheet_xml_attr(attrs, "numFmtId"));

	if (book->formats == SHEET_MAX_STYLES)
		return err_set(err, ERR_INVALID, 0, "too many cell formats");
	book->format[book->formats++] = (unsigned char)format_of(s, id);
	return true;
}

static bool on_style(void *ctx, const char *name, const char **attrs,
	struct err *err)
{
	struct styles *s = ctx;

	if (strcmp(name, "numFmt") == 0)
		add_code(s, attrs);
	else if (strcmp(name, "cellXfs") == 0)
		s->in_cells = true;
	else if (s->in_cells && strcmp(name, "xf") == 0)
		return add_format(s, attrs, err);
	return true;
}

static bool on_style_end(void *ctx, const char *name, struct err *err)
{
	struct styles *s = ctx;

	(void)err;
	if (strcmp(name, "cellXfs") == 0)
		s->in_cells = false;
	return true;
}

static bool read_styles(struct sheet_book *book, const char *part,
	struct err *err)
{
	struct styles *s = calloc(1, sizeof(*s));
	const struct sheet_xml xml = {.ctx = s,
		.begin = on_style,
		.end = on_style_end};
	bool ok;

	book->format = malloc(SHEET_MAX_STYLES);
	if (!s || !book->format) {
		free(s);
		return err_set(err, ERR_NO_MEMORY, 0, no_memory);
	}
	s->book = book;
	ok = sheet_xml_read(book->zip, part, &xml, err);
	free(s);
	return ok;
}

/* ---- shared texts -------------------------------------------------------- */

struct strings {
	struct sheet_book *book;
	bool in_string;
	bool in_text;
	bool in_phonetic; /* how it is read aloud, in Japanese: not ours */
};

static bool grow(void **array, size_t *size, size_t need, size_t width,
	struct err *err)
{
	size_t more = *size ? *size + *size / 2 : 4096;
	void *bigger;

	if (need <= *size)
		return true;
	if (more < need)
		more = need;
	bigger = realloc(*array, more * width);
	if (!bigger)
		return err_set(err, ERR_NO_MEMORY, 0, no_memory);
	*array = bigger;
	*size = more;
	return true;
}

static bool begin_string(struct sheet_book *book, struct err *err)
{
	void *start = book->start;
	bool ok;

	if (book->strings == SHEET_MAX_STRINGS)
		return err_set(err, ERR_INVALID, 0, "too many texts");
	ok = grow(&start, &book->start_size, book->strings + 2,
		sizeof(*book->start), err);
	book->start = start;
	if (ok)
		book->start[book->strings] = (uint32_t)book->texts_len;
	return ok;
}

static void end_string(struct sheet_book *book)
{
	const size_t from = book->start[book->strings];

	if (book->texts_len > from)
		book->texts_len = from + sheet_text_unescape(book->texts + from,
						 book->texts_len - from);
	book->start[++book->strings] = (uint32_t)book->texts_len;
}

static bool on_string(void *ctx, const char *name, const char **attrs,
	struct err *err)
{
	struct strings *s = ctx;

	(void)attrs;
	if (strcmp(name, "si") == 0 && !s->in_string) {
		s->in_string = true;
		return begin_string(s->book, err);
	}
	if (strcmp(name, "rPh") == 0)
		s->in_phonetic = true;
	s->in_text = strcmp(name, "t") == 0 && !s->in_phonetic;
	return true;
}

static bool on_string_end(void *ctx, const char *name, struct err *err)
{
	struct strings *s = ctx;

	(void)err;
	s->in_text = false;
	if (strcmp(name, "rPh") == 0)
		s->in_phonetic = false;
	if (strcmp(name, "si") == 0 && s->in_string) {
		s->in_string = false;
		end_string(s->book);
	}
	return true;
}

static bool on_string_text(void *ctx, const char *text, size_t len,
	struct err *err)
{
	struct strings *s = ctx;
	struct sheet_book *book = s->book;
	void *texts = book->texts;
	bool ok;

	if (!s->in_text || !s->in_string)
		return true;
	if (book->texts_len + len > SHEET_MAX_TEXTS)
		return err_set(err, ERR_INVALID, 0, "too much text");
	ok = grow(&texts, &book->texts_size, book->texts_len + len, 1, err);
	book->texts = texts;
	if (ok) {
		memcpy(book->texts + book->texts_len, text, len);
		book->texts_len += len;
	}
	return ok;
}

static bool read_strings(struct sheet_book *book, const char *part,
	struct err *err)
{
	struct strings s = {.book = book};
	const struct sheet_xml xml = {&s, on_string, on_string_end,
		on_string_text};

	return sheet_xml_read(book->zip, part, &xml, err);
}

/* The character of "_x000D_"; 0 if it is none. */
static uint32_t escaped(const char *s, size_t left)
{
	uint8_t bytes[2];
	char hex[5] = "";
	size_t len;

	if (left < 7 || memcmp(s, "_x", 2) != 0 || s[6] != '_')
		return 0;
	memcpy(hex, s + 2, 4);
	if (!str_from_hex(hex, bytes, sizeof(bytes), &len) || len != 2)
		return 0;
	return (uint32_t)(bytes[0] << 8 | bytes[1]);
}

size_t sheet_text_unescape(char *text, size_t len)
{
	size_t n = 0;

	if (!memchr(text, '_', len))
		return len;
	for (size_t i = 0; i < len;) {
		const uint32_t ch = escaped(text + i, len - i);

		/* Half a surrogate pair is no character. */
		if (ch == 0 || (ch >= 0xd800 && ch <= 0xdfff)) {
			text[n++] = text[i++];
			continue;
		}
		n += utf8_encode(ch, text + n);
		i += 7;
	}
	return n;
}

/* ---- the whole ----------------------------------------------------------- */

enum {
	RELS_EXTRA = sizeof("_rels/.rels")
};

/* "xl/workbook.xml" to "xl/" and "xl/_rels/workbook.xml.rels". */
static void rels_of(const char *part, char folder[SHEET_MAX_NAME],
	char rels[2 * SHEET_MAX_NAME + RELS_EXTRA])
{
	const char *slash = strrchr(part, '/');
	const int len = slash ? (int)(slash - part) + 1 : 0;

	snprintf(folder, SHEET_MAX_NAME, "%.*s", len, part);
	snprintf(rels, 2 * SHEET_MAX_NAME + RELS_EXTRA, "%s_rels/%s.rels",
		folder, part + len);
}

/* Other things that are a ZIP, by what is in them. */
static bool check_kind(const struct sheet_zip *zip, struct err *err)
{
	static const struct {
		const char *part;
		enum sheet_why why;
		const char *text;
	} others[] = {
		{"xl/vbaProject.bin", SHEET_WHY_MACROS,
			"a workbook with macros (XLSM)"},
		{"xl/workbook.bin", SHEET_WHY_BINARY,
			"a binary workbook (XLSB)"},
		{"word/document.xml", SHEET_WHY_OTHER, "a Word document"},
		{"content.xml", SHEET_WHY_ODS, "an OpenDocument file (ODS)"},
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (sheet_zip_has(zip, others[i].part))
			return err_set(err, ERR_INVALID, others[i].why,
				"%s: save it as XLSX first", others[i].text);
	if (!sheet_zip_has(zip, "_rels/.rels"))
		return err_set(err, ERR_INVALID, SHEET_WHY_OTHER,
			"a ZIP that is no workbook");
	return true;
}

bool sheet_book_open(struct sheet_book *book, struct sheet_zip *zip,
	struct err *err)
{
	const struct sheet_xml xml = {.ctx = book, .begin = on_workbook};
	char folder[SHEET_MAX_NAME];
	char part[2 * SHEET_MAX_NAME + RELS_EXTRA];
	struct rels top = {.book = book, .folder = ""};
	struct rels own = {.book = book, .folder = folder};

	*book = (struct sheet_book){.zip = zip};
	if (!check_kind(zip, err) || !read_rels(&top, "_rels/.rels", err))
		return false;
	if (!top.main[0])
		return err_set(err, ERR_INVALID, SHEET_WHY_OTHER,
			"a ZIP that is no workbook");
	rels_of(top.main, folder, part);
	if (!sheet_xml_read(zip, top.main, &xml, err) ||
		!read_rels(&own, part, err))
		return false;
	return (!own.styles[0] || read_styles(book, own.styles, err)) &&
	       (!own.strings[0] || read_strings(book, own.strings, err));
}

void sheet_book_close(struct sheet_book *book)
{
	free(book->format);
	free(book->texts);
	free(book->start);
	*book = (struct sheet_book){.zip = NULL};
}
