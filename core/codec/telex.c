/*
 * telex.c - the keys of a word are played anew after each one.
 *
 * A word has few keys, so nothing is kept but them: what the word looks like
 * follows from the keys alone, and whatever a later key reveals (that "tex"
 * was the beginning of "text") mends what was shown before.
 */
#include "core/codec/telex.h"

#include <string.h>

#include "core/buf.h"
#include "core/codec/telex_internal.h"
#include "core/str.h"

/* ---- what it looks like ---- */

static void say(struct buf *b, uint32_t ch)
{
	char bytes[UTF8_MAX_BYTES];

	buf_put(b, bytes, utf8_encode(ch, bytes));
}

static void say_all(const uint32_t *ch, size_t n, char out[TELEX_TEXT_SIZE])
{
	struct buf b;

	buf_init(&b, out, TELEX_TEXT_SIZE);
	for (size_t i = 0; i < n; i++)
		say(&b, ch[i]);
	buf_text(&b);
}

static void show(struct telex *t, struct telex_word *w)
{
	uint32_t out[TELEX_MAX_KEYS];

	if (telex_is_word(w))
		say_all(out, telex_compose(w, t->style, out), t->text);
	else
		say_all(w->as_typed, w->typed, t->text);
}

/* From here on the word is what it looks like. */
static void freeze(struct telex *t, struct telex_word *w)
{
	t->n = telex_compose(w, t->style, t->key);
	t->key[t->n++] = w->self;
	t->literal = true;
	say_all(t->key, t->n, t->text);
}

/* ---- the word ---- */

void telex_init(struct telex *t, enum telex_method method,
	enum telex_style style)
{
	memset(t, 0, sizeof(*t));
	t->method = method;
	t->style = style;
}

void telex_clear(struct telex *t)
{
	telex_init(t, t->method, t->style);
}

/* A letter of a Latin alphabet; ours or another's. */
static bool is_letter(uint32_t ch)
{
	struct viet_letter l;

	return viet_letter_split(ch, &l) ||
	       (ch >= 0xc0 && ch < 0x250 && ch != 0xd7 && ch != 0xf7) ||
	       (ch >= 0x1e00 && ch < 0x1f00);
}

static bool add_literal(struct telex *t, uint32_t key)
{
	if (!is_letter(key) || t->n == TELEX_MAX_KEYS) {
		telex_clear(t);
		return false;
	}
	t->key[t->n++] = key;
	say_all(t->key, t->n, t->text);
	return true;
}

static void adopt_literal(struct telex *t, const char *word)
{
	telex_clear(t);
	t->literal = true;
	if (strlen(word) >= TELEX_TEXT_SIZE)
		return;
	while (*word && t->n < TELEX_MAX_KEYS)
		t->key[t->n++] = utf8_next(&word);
	if (*word)
		t->n = 0;
	say_all(t->key, t->n, t->text);
}

/* All of word, which may have signs that began as keys. */
static void take_up(struct telex *t, const char *word)
{
	telex_adopt(t, word);
	if (strcmp(t->text, word) != 0)
		adopt_literal(t, word);
}

/* A letter with its marks on, from a keyboard that has it. */
static bool add_whole(struct telex *t, uint32_t key)
{
	char line[TELEX_TEXT_SIZE + UTF8_MAX_BYTES];
	struct buf b;

	if (!is_letter(key) || t->n == TELEX_MAX_KEYS) {
		telex_clear(t);
		return false;
	}
	buf_init(&b, line, sizeof(line));
	buf_put(&b, t->text, strlen(t->text));
	say(&b, key);
	take_up(t, buf_text(&b));
	return true;
}

bool telex_key(struct telex *t, uint32_t key)
{
	struct telex_word w;

	if (t->literal)
		return add_literal(t, key);
	if (key >= 0x80)
		return add_whole(t, key);
	telex_play_all(t, &w);
	if (t->n == TELEX_MAX_KEYS || !telex_play(&w, key)) {
		telex_clear(t);
		return false;
	}
	if (w.undone) {
		freeze(t, &w);
		return true;
	}
	t->key[t->n++] = key;
	show(t, &w);
	return true;
}

/* Does the word stand as typed because it is no syllable? */
static bool is_as_typed(const struct telex *t)
{
	struct telex_word w;

	telex_play_all(t, &w);
	return !telex_is_word(&w);
}

/* Take away the last key; there is one. */
static void drop_key(struct telex *t)
{
	struct telex_word w;

	t->n--;
	telex_play_all(t, &w);
	show(t, &w);
}

bool telex_erase(struct telex *t)
{
	char rest[TELEX_TEXT_SIZE];
	struct telex_word w;

	if (t->n == 0)
		return false;
	if (!t->literal && is_as_typed(t)) {
		drop_key(t);
		return true;
	}
	str_copy(rest, sizeof(rest), t->text);
	rest[utf8_cut(rest, strlen(rest) - 1)] = '\0';
	take_up(t, rest);
	if (t->n > 0 && !t->literal) {
		telex_play_all(t, &w);
		show(t, &w);
	}
	return true;
}

void telex_keys(const struct telex *t, char out[TELEX_TEXT_SIZE])
{
	say_all(t->key, t->n, out);
}

/* ---- going on with what stands there ---- */

/* The key for the mark of l in this method; 0: none. */
static char mark_key(enum telex_method method, const struct viet_letter *l)
{
	static const char vni[] = {
		[VIET_PLAIN] = 0,
		[VIET_BREVE] = '8',
		[VIET_HAT] = '6',
		[VIET_HORN] = '7',
		[VIET_BAR] = '9',
	};

	if (l->mark == VIET_PLAIN || method == TELEX_OFF)
		return 0;
	if (method == TELEX_VNI)
		return vni[l->mark];
	return l->mark == VIET_BREVE || l->mark == VIET_HORN ? 'w' : l->base;
}

static char tone_key(enum telex_method method, enum viet_tone tone)
{
	static const char telex[] = "zfrxsj";
	static const char vni[] = "023415";

	return method == TELEX_VNI ? vni[tone] : telex[tone];
}

static bool push(struct telex *t, char key)
{
	if (t->n == TELEX_MAX_KEYS)
		return false;
	t->key[t->n++] = (unsigned char)key;
	return true;
}

/* Keys that give the word; false if there may be none. */
static bool find_keys(struct telex *t, const char *word)
{
	enum viet_tone tone = VIET_NGANG;
	struct viet_letter l;

	while (*word) {
		char mark;

		if (!viet_letter_split(utf8_next(&word), &l))
			return false;
		mark = mark_key(t->method, &l);
		if (!push(t, (char)(l.upper ? l.base - 0x20 : l.base)) ||
			(mark && !push(t, mark)))
			return false;
		if (l.tone != VIET_NGANG)
			tone = l.tone;
	}
	return tone == VIET_NGANG || push(t, tone_key(t->method, tone));
}

static bool gives(const struct telex *t, const char *word,
	enum telex_style style)
{
	struct telex trial;

	telex_init(&trial, t->method, style);
	for (size_t i = 0; i < t->n; i++)
		if (!telex_key(&trial, t->key[i]) || trial.literal)
			return false;
	return strcmp(trial.text, word) == 0;
}

/* Where the word at the end of line begins, and whether it is of letters. */
static const char *last_word(const char *line, bool *letters)
{
	const char *at = line + strlen(line);

	*letters = true;
	while (at > line) {
		const char *before =
			line + utf8_cut(line, (size_t)(at - line) - 1);
		const char *next = before;
		const uint32_t ch = utf8_next(&next);

		if (!is_letter(ch)) {
			const bool digit = ch >= '0' && ch <= '9';
			const bool mark = ch >= 0x300 && ch < 0x370;

			if (!digit && !mark)
				break;
			*letters = false;
		}
		at = before;
	}
	return at;
}

void telex_adopt(struct telex *t, const char *line)
{
	bool letters;
	const char *word = last_word(line, &letters);

	telex_clear(t);
	if (!*word)
		return;
	if (!letters) {
		t->literal = true;
		return;
	}
	if (find_keys(t, word) &&
		(gives(t, word, TELEX_OLD) || gives(t, word, TELEX_NEW)))
		str_copy(t->text, sizeof(t->text), word);
	else
		adopt_literal(t, word);
}
