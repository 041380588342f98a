#include "core/codec/survey.h"

#include <string.h>

#include "core/codec/survey_internal.h"
#include "core/codec/survey_trouble.h"

static const char *const kind_names[SURVEY_KINDS] = {
	[SURVEY_TEXT] = "text",
	[SURVEY_INTEGER] = "integer",
	[SURVEY_DATE] = "date",
	[SURVEY_ONE] = "select_one",
	[SURVEY_MANY] = "select_multiple",
	[SURVEY_NOTE] = "note",
	[SURVEY_BARCODE] = "barcode",
};

static const char *const trouble_codes[SURVEY_TROUBLES] = {
	[SURVEY_TROUBLE_NONE] = "",
	[SURVEY_NO_SHEET] = "no_sheet",
	[SURVEY_NO_COLUMN] = "no_column",
	[SURVEY_TWO_COLUMNS] = "two_columns",
	[SURVEY_BAD_COLUMN] = "bad_column",
	[SURVEY_MISSING] = "missing",
	[SURVEY_TOO_LONG] = "too_long",
	[SURVEY_BAD_TEXT] = "bad_text",
	[SURVEY_BAD_NAME] = "bad_name",
	[SURVEY_SAME_NAME] = "same_name",
	[SURVEY_BAD_KIND] = "bad_type",
	[SURVEY_BAD_GROUP] = "group",
	[SURVEY_BAD_OTHER] = "or_other",
	[SURVEY_BAD_LIST] = "bad_list",
	[SURVEY_BAD_YES_NO] = "bad_required",
	[SURVEY_BAD_INSERT] = "name_in_text",
	[SURVEY_NOTE_ASKS] = "note_asks",
	[SURVEY_TOO_MANY] = "too_many",
	[SURVEY_NO_QUESTIONS] = "no_questions",
	[SURVEY_SAME_VERSION] = "same_version",
	[SURVEY_EXPR_SYNTAX] = "syntax",
	[SURVEY_EXPR_NAME] = "unknown_name",
	[SURVEY_EXPR_LATER] = "later_name",
	[SURVEY_EXPR_NOTE] = "note_name",
	[SURVEY_EXPR_DOT] = "dot",
	[SURVEY_EXPR_FUNCTION] = "function",
	[SURVEY_EXPR_OPERATOR] = "operator",
	[SURVEY_EXPR_TYPES] = "types",
	[SURVEY_EXPR_CHOICE] = "unknown_choice",
	[SURVEY_EXPR_ARGUMENTS] = "arguments",
	[SURVEY_EXPR_DEEP] = "too_deep",
	[SURVEY_EXPR_NO_BOOL] = "not_true_or_false",
};

const char *survey_trouble_code(enum survey_trouble t)
{
	return trouble_codes[t];
}

const char *survey_kind_name(enum survey_kind kind)
{
	return kind_names[kind];
}

const char *survey_text(const struct survey *s, uint32_t at)
{
	return at < s->used ? s->pool + at : "";
}

const char *survey_words(const struct survey *s, const struct survey_words *w,
	enum survey_lang lang)
{
	const char *text = survey_text(s, w->at[lang]);

	return text[0] ? text
		       : survey_text(s, w->at[lang == SURVEY_VI ? SURVEY_EN
								: SURVEY_VI]);
}

int survey_find(const struct survey *s, const char *name)
{
	for (int i = 0; i < s->questions; i++)
		if (strcmp(survey_text(s, s->question[i].name), name) == 0)
			return i;
	return -1;
}

const struct survey_choice *survey_choice(const struct survey *s, int list,
	int i)
{
	return &s->choice[s->list[list].first + i];
}

int survey_choice_find(const struct survey *s, int list, const char *name)
{
	for (int i = 0; i < s->list[list].count; i++)
		if (strcmp(survey_text(s, survey_choice(s, list, i)->name),
			    name) == 0)
			return i;
	return -1;
}

bool survey_pool_add(struct survey *s, const char *text, uint32_t *at)
{
	const size_t len = strlen(text) + 1;

	*at = 0;
	if (!text[0])
		return true;
	if (len > sizeof(s->pool) - s->used)
		return false;
	memcpy(s->pool + s->used, text, len);
	*at = s->used;
	s->used += (uint32_t)len;
	return true;
}
