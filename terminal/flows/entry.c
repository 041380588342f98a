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
}

void entry_clear(struct entry *e)
{
	crypto_wipe(e->text, sizeof(e->text));
	e->text[0] = '\0';
}

void entry_set(struct entry *e, const char *text)
{
	entry_clear(e);
	str_copy(e->text, sizeof(e->text), text);
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

static enum entry_result append(struct entry *e, int key)
{
	const size_t len = strlen(e->text);
	char bytes[UTF8_MAX_BYTES];
	size_t n;

	if (!takes(e, key))
		return ENTRY_IGNORED;
	n = utf8_encode((uint32_t)key, bytes);
	if (entry_length(e) >= e->max || len + n >= sizeof(e->text))
		return ENTRY_FULL;
	memcpy(e->text + len, bytes, n);
	e->text[len + n] = '\0';
	return ENTRY_CHANGED;
}

static enum entry_result erase(struct entry *e)
{
	const size_t len = strlen(e->text);

	if (len == 0)
		return ENTRY_CANCELLED;
	e->text[utf8_cut(e->text, len - 1)] = '\0';
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
