#include "core/codec/survey_in.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/codec/survey_expr.h"
#include "core/codec/survey_in_internal.h"
#include "core/codec/survey_internal.h"
#include "core/codec/survey_out.h"
#include "core/str.h"
#include "core/text.h"

const char *const survey_in_sheets[SURVEY_SHEETS] = {
	[SURVEY_SHEET_SURVEY] = "survey",
	[SURVEY_SHEET_CHOICES] = "choices",
	[SURVEY_SHEET_SETTINGS] = "settings",
};

/* The row that is read, its cells by column and language. */
struct row {
	struct survey_in *in;
	enum survey_sheet sheet;
	int64_t row;
	bool bad;
	const struct cells_one *cell[SURVEY_COLUMNS][SURVEY_LANGS];
};

/* ---- troubles ------------------------------------------------------------ */

void survey_in_say(struct survey_in *in, enum survey_sheet sheet, int64_t row,
	const char *column, enum survey_trouble trouble, const char *value)
{
	struct survey_error e = {.sheet = sheet,
		.row = row,
		.trouble = trouble};

	str_copy(e.column, sizeof(e.column), column);
	text_plain(e.column);
	str_copy(e.value, sizeof(e.value), value);
	text_plain(e.value);
	in->errors++;
	if (!in->stopped)
		in->stopped = !in->trouble(in->ctx, &e);
}

static bool row_say(struct row *r, enum survey_column c,
	enum survey_trouble trouble, const char *value)
{
	r->bad = true;
	survey_in_say(r->in, r->sheet, r->row, survey_in_column(r->sheet, c),
		trouble, value);
	return false;
}

/* ---- cells --------------------------------------------------------------- */

static void cell_plain(const struct cells_one *c, char out[SURVEY_VALUE_SIZE])
{
	const size_t len =
		c->len < SURVEY_VALUE_SIZE - 1 ? c->len : SURVEY_VALUE_SIZE - 1;

	memcpy(out, c->text, len);
	out[len] = '\0';
	text_plain(out);
}

/* Something stands in a column that is not read: said once for each. */
static void say_column(struct row *r, struct survey_in_map *m,
	const struct cells_one *c)
{
	char value[SURVEY_VALUE_SIZE] = "";

	if (m->told)
		return;
	m->told = true;
	r->bad = true;
	if (c->len > 0)
		cell_plain(c, value);
	survey_in_say(r->in, r->sheet, r->row, m->name, SURVEY_BAD_COLUMN,
		value);
}

static void sort_cells(struct survey_in *in, const struct cells *row,
	struct row *r)
{
	struct survey_in_header *h = &in->header[row->sheet];

	*r = (struct row){.in = in,
		.sheet = (enum survey_sheet)row->sheet,
		.row = row->row};
	for (int i = 0; i < row->count; i++) {
		const struct cells_one *c = &row->cell[i];
		struct survey_in_map none = {.column = SURVEY_COLUMN_NONE};
		struct survey_in_map *m = i < h->columns ? &h->map[i] : &none;

		if (c->len == 0 && !c->too_long)
			continue;
		if (m->column == SURVEY_COLUMN_NONE)
			say_column(r, m, c);
		else
			r->cell[m->column][m->lang] = c;
	}
}

/* The cell as clean text, "" if it is empty. False: said. */
static bool take(struct row *r, enum survey_column c, enum survey_lang lang,
	char *out, size_t size)
{
	const struct cells_one *cell = r->cell[c][lang];
	struct text_report report;

	out[0] = '\0';
	if (!cell)
		return true;
	if (cell->too_long)
		return row_say(r, c, SURVEY_TOO_LONG, "");
	if (text_clean(cell->text, cell->len, out, size, &report))
		return true;
	return row_say(r, c,
		report.verdict == TEXT_TOO_LONG ? SURVEY_TOO_LONG
						: SURVEY_BAD_TEXT,
		"");
}

static uint32_t keep(struct row *r, enum survey_column c, const char *text)
{
	uint32_t at = 0;

	if (!survey_pool_add(&r->in->s, text, &at))
		row_say(r, c, SURVEY_TOO_MANY, "");
	return at;
}

/* A text for people, in both languages. */
static void take_words(struct row *r, enum survey_column c, size_t size,
	bool must, struct survey_words *out)
{
	char text[SURVEY_LABEL_SIZE];
	bool any = false;

	for (int lang = 0; lang < SURVEY_LANGS; lang++) {
		if (!take(r, c, (enum survey_lang)lang, text, size))
			return;
		any = any || text[0];
		if (strstr(text, "${"))
			row_say(r, c, SURVEY_BAD_INSERT, text);
		out->at[lang] = keep(r, c, text);
	}
	if (must && !any)
		row_say(r, c, SURVEY_MISSING, "");
}

/* A name: of a question it may be that of an element of XML. */
static bool is_name(const char *name, bool xml)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
	static const char inner[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_"
				    "0123456789.-";

	if (xml &&
		(!strchr(letters, name[0]) || strcasecmp(name, "meta") == 0 ||
			strncasecmp(name, "xml", 3) == 0))
		return false;
	return name[strspn(name, inner)] == '\0';
}

static bool take_name(struct row *r, enum survey_column c, bool xml,
	char out[SURVEY_NAME_SIZE])
{
	if (!take(r, c, SURVEY_VI, out, SURVEY_NAME_SIZE))
		return false;
	if (!out[0])
		return row_say(r, c, SURVEY_MISSING, "");
	return is_name(out, xml) || row_say(r, c, SURVEY_BAD_NAME, out);
}

/* ---- a question ---------------------------------------------------------- */

static bool is_group(const char *type)
{
	static const char *const begins[] = {"begin", "end", "group", "repeat"};

	for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++)
		if (strncasecmp(type, begins[i], strlen(begins[i])) == 0 &&
			(strcasestr(type, "group") ||
				strcasestr(type, "repeat")))
			return true;
	return false;
}

static bool kind_of(const char *word, enum survey_kind *out)
{
	if (strcmp(word, "int") == 0)
		word = "integer";
	for (int k = 0; k < SURVEY_KINDS; k++)
		if (strcmp(word, survey_kind_name((enum survey_kind)k)) == 0) {
			*out = (enum survey_kind)k;
			return true;
		}
	return false;
}

/* "select_one yes_no": the name of the list goes into the pool. */
static void take_type(struct row *r, struct survey_question *q, uint32_t *list)
{
	char text[SURVEY_LABEL_SIZE];
	char *rest;
	char *more;

	*list = 0;
	if (!take(r, SURVEY_COLUMN_TYPE, SURVEY_VI, text, sizeof(text)))
		return;
	if (!text[0]) {
		row_say(r, SURVEY_COLUMN_TYPE, SURVEY_MISSING, "");
		return;
	}
	if (is_group(text)) {
		row_say(r, SURVEY_COLUMN_TYPE, SURVEY_BAD_GROUP, text);
		return;
	}
	rest = text + strcspn(text, " ");
	if (*rest)
		*rest++ = '\0';
	if (!kind_of(text, &q->kind)) {
		if (*rest)
			rest[-1] = ' ';
		row_say(r, SURVEY_COLUMN_TYPE, SURVEY_BAD_KIND, text);
		return;
	}
	more = rest + strcspn(rest, " ");
	if (*more)
		*more++ = '\0';
	if (*more && strcmp(more, "or_other") == 0)
		row_say(r, SURVEY_COLUMN_TYPE, SURVEY_BAD_OTHER, more);
	else if (*more ||
		 (*rest && q->kind != SURVEY_ONE && q->kind != SURVEY_MANY))
		row_say(r, SURVEY_COLUMN_TYPE, SURVEY_BAD_KIND,
			*more ? more : rest);
	else if (*rest)
		*list = keep(r, SURVEY_COLUMN_TYPE, rest);
	else if (q->kind == SURVEY_ONE || q->kind == SURVEY_MANY)
		row_say(r, SURVEY_COLUMN_TYPE, SURVEY_BAD_LIST, "");
}

static bool take_yes_no(struct row *r, enum survey_column c)
{
	static const char *const yes[] = {"yes", "true", "true()", "1"};
	static const char *const no[] = {"", "no", "false", "false()", "0"};
	char text[SURVEY_LABEL_SIZE];

	if (!take(r, c, SURVEY_VI, text, sizeof(text)))
		return false;
	for (size_t i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		if (strcasecmp(text, yes[i]) == 0)
			return true;
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		if (strcasecmp(text, no[i]) == 0)
			return false;
	return row_say(r, c, SURVEY_BAD_YES_NO, text);
}

/* What is read only when all questions are known. */
static uint32_t take_condition(struct row *r, enum survey_column c)
{
	char text[SURVEY_EXPR_SIZE];

	return take(r, c, SURVEY_VI, text, sizeof(text)) ? keep(r, c, text) : 0;
}

static void take_asking(struct row *r, struct survey_question *q)
{
	q->required = take_yes_no(r, SURVEY_COLUMN_REQUIRED);
	q->relevant_text = take_condition(r, SURVEY_COLUMN_RELEVANT);
	q->constraint_text = take_condition(r, SURVEY_COLUMN_CONSTRAINT);
	if (q->kind != SURVEY_NOTE)
		return;
	if (q->required)
		row_say(r, SURVEY_COLUMN_REQUIRED, SURVEY_NOTE_ASKS, "");
	if (q->constraint_text)
		row_say(r, SURVEY_COLUMN_CONSTRAINT, SURVEY_NOTE_ASKS, "");
}

static void take_question(struct row *r)
{
	struct survey_in *in = r->in;
	struct survey *s = &in->s;
	struct survey_question q = {.kind = SURVEY_TEXT};
	const bool was_bad = r->bad;
	char name[SURVEY_NAME_SIZE];
	uint32_t list;

	if (s->questions == SURVEY_MAX_QUESTIONS) {
		row_say(r, SURVEY_COLUMN_TYPE, SURVEY_TOO_MANY, "");
		return;
	}
	take_type(r, &q, &list);
	in->unsure = in->unsure || (r->bad && !was_bad);
	if (!take_name(r, SURVEY_COLUMN_NAME, true, name)) {
		in->unsure = true;
	} else {
		if (survey_find(s, name) >= 0)
			row_say(r, SURVEY_COLUMN_NAME, SURVEY_SAME_NAME, name);
		q.name = keep(r, SURVEY_COLUMN_NAME, name);
	}
	take_words(r, SURVEY_COLUMN_LABEL, SURVEY_LABEL_SIZE, true, &q.label);
	take_words(r, SURVEY_COLUMN_HINT, SURVEY_LABEL_SIZE, false, &q.hint);
	take_words(r, SURVEY_COLUMN_REQUIRED_SAYS, SURVEY_LABEL_SIZE, false,
		&q.required_says);
	take_words(r, SURVEY_COLUMN_CONSTRAINT_SAYS, SURVEY_LABEL_SIZE, false,
		&q.constraint_says);
	take_asking(r, &q);
	in->question_row[s->questions] = r->row;
	in->question_list[s->questions] = list;
	s->question[s->questions++] = q;
}

/* ---- a choice, the settings ---------------------------------------------- */

static void take_choice(struct row *r)
{
	struct survey_in *in = r->in;
	char list[SURVEY_NAME_SIZE];
	char name[SURVEY_NAME_SIZE];
	const int i = in->choices;

	if (i == SURVEY_MAX_CHOICES) {
		row_say(r, SURVEY_COLUMN_NAME, SURVEY_TOO_MANY, "");
		return;
	}
	in->choice[i] = (struct survey_choice){.name = 0};
	if (!take_name(r, SURVEY_COLUMN_LIST, false, list) ||
		!take_name(r, SURVEY_COLUMN_NAME, false, name)) {
		in->unsure = true;
		return;
	}
	take_words(r, SURVEY_COLUMN_LABEL, SURVEY_CHOICE_SIZE, true,
		&in->choice[i].label);
	in->choice[i].name = keep(r, SURVEY_COLUMN_NAME, name);
	in->choice_list[i] = keep(r, SURVEY_COLUMN_LIST, list);
	in->choice_row[i] = r->row;
	in->choices++;
}

static void take_settings(struct row *r)
{
	struct survey *s = &r->in->s;
	char text[SURVEY_LABEL_SIZE];

	if (r->in->settings) {
		row_say(r, SURVEY_COLUMN_ID, SURVEY_TOO_MANY, "");
		return;
	}
	r->in->settings = true;
	if (take_name(r, SURVEY_COLUMN_ID, true, text))
		s->id = keep(r, SURVEY_COLUMN_ID, text);
	if (take(r, SURVEY_COLUMN_VERSION, SURVEY_VI, text, SURVEY_NAME_SIZE)) {
		if (!text[0])
			row_say(r, SURVEY_COLUMN_VERSION, SURVEY_MISSING, "");
		s->version = keep(r, SURVEY_COLUMN_VERSION, text);
	}
	if (take(r, SURVEY_COLUMN_TITLE, SURVEY_VI, text, sizeof(text)))
		s->title = keep(r, SURVEY_COLUMN_TITLE, text);
}

/* ---- all of it ----------------------------------------------------------- */

static bool stopped(struct err *err)
{
	return err_set(err, ERR_BUSY, 0, "stopped");
}

bool survey_in_row(struct survey_in *in, const struct cells *row,
	struct err *err)
{
	static void (*const take_row[SURVEY_SHEETS])(struct row *) = {
		[SURVEY_SHEET_SURVEY] = take_question,
		[SURVEY_SHEET_CHOICES] = take_choice,
		[SURVEY_SHEET_SETTINGS] = take_settings,
	};
	struct row r;

	if (in->stopped)
		return stopped(err);
	if (row->sheet < 0 || row->sheet >= SURVEY_SHEETS || cells_empty(row))
		return true;
	if (!in->header[row->sheet].seen) {
		survey_columns_take(in, (enum survey_sheet)row->sheet, row);
	} else {
		sort_cells(in, row, &r);
		take_row[row->sheet](&r);
	}
	return !in->stopped || stopped(err);
}

/* ---- at the end ---------------------------------------------------------- */

const struct survey *survey_in_end(struct survey_in *in, struct err *err)
{
	for (int i = 0; i < SURVEY_SHEETS && !in->stopped; i++)
		if (i != SURVEY_SHEET_CHOICES && !in->header[i].seen)
			survey_in_say(in, (enum survey_sheet)i, 0, "",
				SURVEY_NO_SHEET, survey_in_sheets[i]);
	if (in->header[SURVEY_SHEET_SURVEY].seen && in->s.questions == 0)
		survey_in_say(in, SURVEY_SHEET_SURVEY, 0, "",
			SURVEY_NO_QUESTIONS, "");
	if (in->header[SURVEY_SHEET_SETTINGS].seen && !in->settings)
		survey_in_say(in, SURVEY_SHEET_SETTINGS, 0, "form_id",
			SURVEY_MISSING, "");
	if (!in->stopped)
		survey_join(in);
	if (in->stopped)
		stopped(err);
	if (in->stopped || in->errors > 0)
		return NULL;
	survey_out_hash(&in->s);
	return &in->s;
}

int survey_in_errors(const struct survey_in *in)
{
	return in->errors;
}

struct survey_in *survey_in_new(void *ctx,
	bool (*trouble)(void *ctx, const struct survey_error *e),
	struct err *err)
{
	struct survey_in *in = calloc(1, sizeof(*in));

	if (!in) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for questions");
		return NULL;
	}
	in->ctx = ctx;
	in->trouble = trouble;
	in->s.used = 1; /* place 0 is "" */
	return in;
}

void survey_in_free(struct survey_in *in)
{
	free(in);
}
