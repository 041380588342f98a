#include "terminal/flows/entry.h"

#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "core/utf8.h"
#include "terminal/flows/flow.h"

void entry_init(struct entry *e, enum entry_kind kind, int max)
{
	memset(e, 0, sizeof(*e));
	e->kind = kind;
	e->max = max;
	telex_init(&e->word, TELEX_OFF, TELEX_OLD);
}

void entry_typing(struct entry *e, enum telex_method method)
{
	if (e->word.method != method)
		telex_init(&e->word, method, TELEX_OLD);
}

void entry_clear(struct entry *e)
{
	crypto_wipe(e->text, sizeof(e->text));
	crypto_wipe(e->typed, sizeof(e->typed));
	e->text[0] = '\0';
	telex_clear(&e->word);
}

void entry_set(struct entry *e, const char *text)
{
	entry_clear(e);
	str_copy(e->text, sizeof(e->text), text);
	str_copy(e->typed, sizeof(e->typed), text);
}

int entry_length(const struct entry *e)
{
	const char *at = e->text;
	int n = 0;

	while (utf8_next(&at) != 0)
		n++;
	return n;
}

long long entry_number(const struct entry *e)
{
	int64_t n = 0;

	return str_to_int(e->text, 0, INT64_C(999999999999), &n) ? n : 0;
}

static bool is_text(int key)
{
	/* C1 controls never come from a keyboard, only from a paste. */
	return key >= ' ' && key < K_NAMED_FIRST && key != 0x7f &&
	       !(key >= 0x80 && key < 0xa0) && key != '*' && key != '#';
}

static bool takes(const struct entry *e, int key)
{
	const bool digit = key >= '0' && key <= '9';

	switch (e->kind) {
	case ENTRY_TEXT:
		return is_text(key);
	case ENTRY_NUMBER:
	case ENTRY_SECRET:
		return digit;
	case ENTRY_DATE:
		return digit || key == '/' || key == '-' || key == '.';
	}
	return false;
}

/* Put a character behind the text; false if there is no room. */
static bool put(char text[ENTRY_SIZE], int key)
{
	const size_t len = strlen(text);
	char bytes[UTF8_MAX_BYTES];
	const size_t n = utf8_encode((uint32_t)key, bytes);

	if (len + n >= ENTRY_SIZE)
		return false;
	memcpy(text + len, bytes, n);
	text[len + n] = '\0';
	return true;
}

/* A key of text may change the word before it, or take letters away. */
static bool type(struct entry *e, int key)
{
	const struct entry before = *e;
	const bool lost = e->text[0] != '\0' && e->typed[0] == '\0';

	if (!telex_type(&e->word, e->text, sizeof(e->text), (uint32_t)key))
		return false;
	if (entry_length(e) > e->max) {
		*e = before;
		return false;
	}
	if (lost || !put(e->typed, key))
		e->typed[0] = '\0';
	return true;
}

static enum entry_result append(struct entry *e, int key)
{
	bool done;

	if (!takes(e, key))
		return ENTRY_IGNORED;
	if (e->kind == ENTRY_TEXT)
		done = type(e, key);
	else
		done = entry_length(e) < e->max && put(e->text, key);
	return done ? ENTRY_CHANGED : ENTRY_FULL;
}

static enum entry_result erase(struct entry *e)
{
	const size_t len = strlen(e->text);

	if (len == 0)
		return ENTRY_CANCELLED;
	if (e->kind == ENTRY_TEXT)
		telex_rub(&e->word, e->text, sizeof(e->text));
	else
		e->text[utf8_cut(e->text, len - 1)] = '\0';
	str_copy(e->typed, sizeof(e->typed),
		e->kind == ENTRY_TEXT ? e->text : "");
	return ENTRY_CHANGED;
}

/* Never back: whoever clears a field word by word does not mean to leave. */
static enum entry_result erase_word(struct entry *e)
{
	if (e->kind != ENTRY_TEXT)
		return erase(e);
	if (!telex_rub_word(&e->word, e->text))
		return ENTRY_IGNORED;
	str_copy(e->typed, sizeof(e->typed), e->text);
	return ENTRY_CHANGED;
}

enum entry_result entry_key(struct entry *e, int key)
{
	switch (key) {
	case K_ACCEPT:
		return ENTRY_ACCEPTED;
	case K_BACK:
		return ENTRY_CANCELLED;
	case K_ERASE:
		return erase(e);
	case K_ERASE_WORD:
		return erase_word(e);
	default:
		return append(e, key);
	}
}

const char *entry_shown(const struct entry *e, char *out, size_t size)
{
	static const char dot[] = "●";
	size_t len = 0;

	if (e->kind != ENTRY_SECRET) {
		str_copy(out, size, e->text);
		return out;
	}
	out[0] = '\0';
	for (int i = entry_length(e); i > 0 && len + sizeof(dot) <= size; i--) {
		memcpy(out + len, dot, sizeof(dot));
		len += sizeof(dot) - 1;
	}
	return out;
}
