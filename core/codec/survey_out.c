#include "core/codec/survey_out.h"

#include <string.h>

#include "core/buf.h"

enum {
	ROW_SIZE = 24 * (2 * SURVEY_EXPR_SIZE + 4)
};

struct out {
	const struct survey *s;
	void *ctx;
	bool (*put)(void *ctx, const void *bytes, size_t len);
	struct buf row;
	char bytes[ROW_SIZE];
};

/* Quoted, a quote inside of it twice. */
static void cell(struct out *o, const char *text)
{
	if (o->row.len > 0)
		buf_byte(&o->row, ',');
	buf_byte(&o->row, '"');
	for (; *text; text++) {
		if (*text == '"')
			buf_byte(&o->row, '"');
		buf_byte(&o->row, (unsigned char)*text);
	}
	buf_byte(&o->row, '"');
}

static void at(struct out *o, uint32_t place)
{
	cell(o, survey_text(o->s, place));
}

static void words(struct out *o, const struct survey_words *w)
{
	for (int lang = 0; lang < SURVEY_LANGS; lang++)
		at(o, w->at[lang]);
}

static bool end(struct out *o)
{
	bool ok;

	buf_byte(&o->row, '\n');
	ok = !o->row.full && o->put(o->ctx, o->bytes, o->row.len);
	buf_clear(&o->row);
	return ok;
}

/* The name of a sheet, and its header. */
static bool begin_sheet(struct out *o, const char *name,
	const char *const *column)
{
	cell(o, name);
	cell(o, "");
	if (!end(o))
		return false;
	for (cell(o, ""); *column; column++)
		cell(o, *column);
	return end(o);
}

static bool settings(struct out *o)
{
	static const char *const columns[] = {"form_id", "version",
		"form_title", NULL};

	if (!begin_sheet(o, "settings", columns))
		return false;
	cell(o, "");
	at(o, o->s->id);
	at(o, o->s->version);
	at(o, o->s->title);
	return end(o);
}

static bool choices(struct out *o)
{
	static const char *const columns[] = {"list_name", "name",
		"label::Tiếng Việt (vi)", "label::English (en)", NULL};

	if (!begin_sheet(o, "choices", columns))
		return false;
	for (int l = 0; l < o->s->lists; l++)
		for (int i = 0; i < o->s->list[l].count; i++) {
			const struct survey_choice *c =
				survey_choice(o->s, l, i);

			cell(o, "");
			at(o, o->s->list[l].name);
			at(o, c->name);
			words(o, &c->label);
			if (!end(o))
				return false;
		}
	return true;
}

static void type(struct out *o, const struct survey_question *q)
{
	char text[2 * SURVEY_NAME_SIZE];
	struct buf b;

	buf_init(&b, text, sizeof(text));
	buf_printf(&b, "%s", survey_kind_name(q->kind));
	if (q->kind == SURVEY_ONE || q->kind == SURVEY_MANY)
		buf_printf(&b, " %s",
			survey_text(o->s, o->s->list[q->list].name));
	cell(o, buf_text(&b));
}

static bool question(struct out *o, const struct survey_question *q)
{
	cell(o, "");
	type(o, q);
	at(o, q->name);
	words(o, &q->label);
	words(o, &q->hint);
	cell(o, q->required ? "yes" : "");
	words(o, &q->required_says);
	at(o, q->relevant_text);
	at(o, q->constraint_text);
	words(o, &q->constraint_says);
	return end(o);
}

static bool survey(struct out *o)
{
	static const char *const columns[] = {"type", "name",
		"label::Tiếng Việt (vi)", "label::English (en)",
		"hint::Tiếng Việt (vi)", "hint::English (en)", "required",
		"required_message::Tiếng Việt (vi)",
		"required_message::English (en)", "relevant", "constraint",
		"constraint_message::Tiếng Việt (vi)",
		"constraint_message::English (en)", NULL};
	bool ok = begin_sheet(o, "survey", columns);

	for (int i = 0; ok && i < o->s->questions; i++)
		ok = question(o, &o->s->question[i]);
	return ok;
}

bool survey_out_write(const struct survey *s, void *ctx,
	bool (*put)(void *ctx, const void *bytes, size_t len))
{
	struct out o = {.s = s, .ctx = ctx, .put = put};

	buf_init(&o.row, o.bytes, sizeof(o.bytes));
	return settings(&o) && choices(&o) && survey(&o);
}

static bool add_to_hash(void *ctx, const void *bytes, size_t len)
{
	crypto_hash_add(ctx, bytes, len);
	return true;
}

void survey_out_hash(struct survey *s)
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	survey_out_write(s, &h, add_to_hash);
	crypto_hash_end(&h, s->sha256);
}
