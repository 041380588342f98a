/* survey_columns.c - the header of a sheet: which column is what. */
#include <string.h>
#include <strings.h>

#include "core/codec/survey_in_internal.h"
#include "core/str.h"
#include "core/text.h"

/* Which columns a sheet has, by what names; the first is the one to say. */
static const struct name {
	enum survey_sheet sheet;
	enum survey_column column;
	const char *name;
	bool must;
} names[] = {
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_TYPE, "type", true},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_NAME, "name", true},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_LABEL, "label", true},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_HINT, "hint", false},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_REQUIRED, "required", false},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_REQUIRED_SAYS, "required_message",
		false},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_RELEVANT, "relevant", false},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_RELEVANT, "relevance", false},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_CONSTRAINT, "constraint", false},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_CONSTRAINT_SAYS,
		"constraint_message", false},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_PASSED, "appearance", false},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_PASSED, "note", false},
	{SURVEY_SHEET_SURVEY, SURVEY_COLUMN_PASSED, "comment", false},
	{SURVEY_SHEET_CHOICES, SURVEY_COLUMN_LIST, "list_name", true},
	{SURVEY_SHEET_CHOICES, SURVEY_COLUMN_LIST, "list name", false},
	{SURVEY_SHEET_CHOICES, SURVEY_COLUMN_NAME, "name", true},
	{SURVEY_SHEET_CHOICES, SURVEY_COLUMN_NAME, "value", false},
	{SURVEY_SHEET_CHOICES, SURVEY_COLUMN_LABEL, "label", true},
	{SURVEY_SHEET_CHOICES, SURVEY_COLUMN_PASSED, "note", false},
	{SURVEY_SHEET_CHOICES, SURVEY_COLUMN_PASSED, "comment", false},
	{SURVEY_SHEET_SETTINGS, SURVEY_COLUMN_ID, "form_id", true},
	{SURVEY_SHEET_SETTINGS, SURVEY_COLUMN_VERSION, "version", true},
	{SURVEY_SHEET_SETTINGS, SURVEY_COLUMN_TITLE, "form_title", false},
	{SURVEY_SHEET_SETTINGS, SURVEY_COLUMN_PASSED, "default_language",
		false},
	{SURVEY_SHEET_SETTINGS, SURVEY_COLUMN_PASSED, "style", false},
	{SURVEY_SHEET_SETTINGS, SURVEY_COLUMN_PASSED, "note", false},
	{SURVEY_SHEET_SETTINGS, SURVEY_COLUMN_PASSED, "comment", false},
};

const char *survey_in_column(enum survey_sheet sheet, enum survey_column c)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].sheet == sheet && names[i].column == c)
			return names[i].name;
	return "";
}

/* "Tiếng Việt (vi)", "vi", "English": which language; false: another one. */
static bool language_of(const char *name, enum survey_lang *out)
{
	static const struct {
		const char *name;
		enum survey_lang lang;
	} known[] = {
		{"vi", SURVEY_VI},
		{"vietnamese", SURVEY_VI},
		{"tiếng việt", SURVEY_VI},
		{"en", SURVEY_EN},
		{"english", SURVEY_EN},
		{"tiếng anh", SURVEY_EN},
	};
	const size_t len = strlen(name);

	if (len > 4 && name[len - 4] == '(' && name[len - 1] == ')') {
		*out = strncasecmp(name + len - 3, "vi", 2) == 0 ? SURVEY_VI
								 : SURVEY_EN;
		return *out == SURVEY_VI ||
		       strncasecmp(name + len - 3, "en", 2) == 0;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcasecmp(name, known[i].name) == 0) {
			*out = known[i].lang;
			return true;
		}
	/* strcasecmp() knows ASCII only. */
	*out = SURVEY_VI;
	return strcmp(name, "Tiếng Việt") == 0;
}

static bool is_for_people(enum survey_column c)
{
	return c == SURVEY_COLUMN_LABEL || c == SURVEY_COLUMN_HINT ||
	       c == SURVEY_COLUMN_REQUIRED_SAYS ||
	       c == SURVEY_COLUMN_CONSTRAINT_SAYS;
}

static void find_column(enum survey_sheet sheet, struct survey_in_map *m)
{
	char name[SURVEY_COLUMN_SIZE];
	char *lang;

	str_copy(name, sizeof(name), m->name);
	lang = strstr(name, "::");
	if (lang) {
		*lang = '\0';
		lang = str_trim(lang + 2);
	}
	m->column = SURVEY_COLUMN_NONE;
	m->lang = SURVEY_VI;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].sheet == sheet &&
			strcasecmp(names[i].name, str_trim(name)) == 0)
			m->column = names[i].column;
	if (lang && (!is_for_people(m->column) || !language_of(lang, &m->lang)))
		m->column = SURVEY_COLUMN_NONE;
}

/* Is the same column, in the same language, there already? */
static bool is_twice(const struct survey_in_header *h, int at)
{
	const struct survey_in_map *m = &h->map[at];

	for (int i = 0; i < at; i++)
		if (m->column > SURVEY_COLUMN_PASSED &&
			h->map[i].column == m->column &&
			h->map[i].lang == m->lang)
			return true;
	return false;
}

static bool has_column(const struct survey_in_header *h, enum survey_column c)
{
	for (int i = 0; i < h->columns; i++)
		if (h->map[i].column == c)
			return true;
	return false;
}

void survey_columns_take(struct survey_in *in, enum survey_sheet sheet,
	const struct cells *row)
{
	struct survey_in_header *h = &in->header[sheet];

	h->seen = true;
	h->row = row->row;
	h->columns = row->count;
	for (int i = 0; i < row->count; i++) {
		struct survey_in_map *m = &h->map[i];

		*m = (struct survey_in_map){.column = SURVEY_COLUMN_NONE};
		if (row->cell[i].len == 0 ||
			!text_clean(row->cell[i].text, row->cell[i].len,
				m->name, sizeof(m->name), NULL))
			continue;
		find_column(sheet, m);
		if (is_twice(h, i))
			survey_in_say(in, sheet, row->row, m->name,
				SURVEY_TWO_COLUMNS, "");
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].must && names[i].sheet == sheet &&
			!has_column(h, names[i].column))
			survey_in_say(in, sheet, row->row, names[i].name,
				SURVEY_NO_COLUMN, "");
}
