#include "terminal/flows/tour_script.h"

#include <stdio.h>
#include <string.h>

#include "core/asset.h"
#include "core/str.h"

enum {
	COLUMNS = 4,
	WORD_SIZE = 24,
	MAX_SECONDS = 60
};

static const char *const words[TOUR_FACT_COUNT] = {
	[TOUR_ANYWHERE] = "anywhere",
	[TOUR_NUMBER] = "number",
	[TOUR_PIN] = "pin",
	[TOUR_WAIT] = "wait",
	[TOUR_AGENT] = "agent",
	[TOUR_OTHER] = "other",
	[TOUR_ASK] = "ask",
	[TOUR_ANSWERED] = "answered",
	[TOUR_DRAWER] = "drawer",
	[TOUR_SLIP] = "slip",
	[TOUR_COUNT] = "count",
	[TOUR_COUNT_SURE] = "count-sure",
	[TOUR_CASH] = "cash",
	[TOUR_CLOSING] = "closing",
	[TOUR_CLOSING_SURE] = "closing-sure",
	[TOUR_REASON] = "reason",
	[TOUR_SECOND] = "second",
	[TOUR_CLOSED] = "closed",
	[TOUR_IDLE] = "idle",
	[TOUR_KNOWN] = "known",
	[TOUR_SHUT] = "shut",
	[TOUR_FOREIGN] = "foreign",
	[TOUR_TYPING] = "typing",
	[TOUR_LIST] = "list",
	[TOUR_BY_CARD] = "by-card",
	[TOUR_TYPED] = "typed",
	[TOUR_READY] = "ready",
	[TOUR_DIFFERS] = "differs",
	[TOUR_ACCEPTED] = "accepted",
	[TOUR_STOP] = "stop",
	[TOUR_NO_CASH] = "no-cash",
	[TOUR_PAYEE] = "payee",
	[TOUR_HANDING] = "handing",
	[TOUR_UNDO] = "undo",
	[TOUR_HANDED] = "handed",
	[TOUR_KEPT] = "kept",
	[TOUR_REFUSED] = "refused",
	[TOUR_WHY] = "why",
	[TOUR_DIED] = "died",
	[TOUR_WHY_SURE] = "why-sure",
	[TOUR_NOT_PAID] = "not-paid",
	[TOUR_RECEIPT] = "receipt",
	[TOUR_HELP] = "help",
	[TOUR_MENU] = "menu",
};

/* One line in its cells. */
struct row {
	struct tour_cell cell[COLUMNS];
	int cells;
};

static bool is(struct tour_cell c, const char *word)
{
	return (size_t)c.len == strlen(word) &&
	       memcmp(c.at, word, (size_t)c.len) == 0;
}

static bool split(const char *at, const char *end, struct row *row)
{
	*row = (struct row){0};
	for (;;) {
		const char *tab = memchr(at, '\t', (size_t)(end - at));
		const char *stop = tab ? tab : end;

		if (row->cells == COLUMNS)
			return false;
		row->cell[row->cells++] =
			(struct tour_cell){at, (int)(stop - at)};
		if (!tab)
			return true;
		at = tab + 1;
	}
}

static bool fact_of(struct tour_cell c, enum tour_fact *out)
{
	for (int i = 0; i < TOUR_FACT_COUNT; i++)
		if (is(c, words[i])) {
			*out = (enum tour_fact)i;
			return true;
		}
	return false;
}

static bool seconds_of(struct tour_cell c, int *out)
{
	char word[WORD_SIZE];
	int64_t value;

	if (c.len >= WORD_SIZE)
		return false;
	snprintf(word, sizeof(word), "%.*s", c.len, c.at);
	if (!str_to_int(word, 1, MAX_SECONDS, &value))
		return false;
	*out = (int)value;
	return true;
}

/* The lesson that the lines are in now. */
static struct tour_lesson *now(struct tour_script *s)
{
	return s->lessons == 0 ? &s->common : &s->lesson[s->lessons - 1];
}

static bool add_lesson(struct tour_script *s, const struct row *r)
{
	struct tour_lesson *l;

	if (s->lessons == TOUR_LESSONS || r->cells != 3 || r->cell[2].len == 0)
		return false;
	l = &s->lesson[s->lessons];
	*l = (struct tour_lesson){.title = r->cell[2], .hint = s->hints};
	if (!fact_of(r->cell[1], &l->goal))
		return false;
	s->lessons++;
	return true;
}

static bool add_hint(struct tour_script *s, const struct row *r)
{
	struct tour_hint *h;

	if (s->hints == TOUR_HINTS || r->cells != COLUMNS ||
		r->cell[2].len == 0 || r->cell[3].len == 0)
		return false;
	h = &s->hint[s->hints];
	if (!fact_of(r->cell[1], &h->fact))
		return false;
	h->then = is(r->cell[0], "then");
	h->text = r->cell[2];
	h->brief = r->cell[3];
	s->hints++;
	now(s)->hints++;
	return true;
}

static bool take(struct tour_script *s, const struct row *r)
{
	if (is(r->cell[0], "common"))
		return s->lessons == 0 && r->cells == 1;
	if (is(r->cell[0], "lesson"))
		return add_lesson(s, r);
	if (is(r->cell[0], "at"))
		return add_hint(s, r);
	if (s->lessons == 0)
		return false;
	if (is(r->cell[0], "then"))
		return add_hint(s, r);
	if (is(r->cell[0], "skip"))
		return r->cells == 2 && fact_of(r->cell[1], &now(s)->skip);
	if (is(r->cell[0], "cut"))
		return r->cells == 3 && fact_of(r->cell[1], &now(s)->cut) &&
		       seconds_of(r->cell[2], &now(s)->cut_seconds);
	if (is(r->cell[0], "card") && r->cells == 2 && is(r->cell[1], "marks"))
		return now(s)->marks = true;
	return false;
}

int tour_script_read(const char *text, size_t len, struct tour_script *out)
{
	const char *const end = text + len;
	struct row row;
	int line = 0;

	*out = (struct tour_script){0};
	while (text < end) {
		const char *feed = memchr(text, '\n', (size_t)(end - text));
		const char *stop = feed ? feed : end;

		line++;
		if (stop > text && *text != '#' &&
			(!split(text, stop, &row) || !take(out, &row)))
			return line;
		text = feed ? feed + 1 : end;
	}
	return 0;
}

void tour_script_find(const char *lang, struct tour_script *out)
{
	char path[32];

	*out = (struct tour_script){0};
	snprintf(path, sizeof(path), "assets/tour/%s.tsv", lang);
	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, path) == 0)
			tour_script_read((const char *)assets[i].data,
				assets[i].size, out);
}
