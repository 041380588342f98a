#include "core/codec/escapes.h"

#include <stdint.h>
#include <string.h>

#include "core/codec/mojibake.h"
#include "core/utf8.h"

enum {
	ROUNDS = 3,
	ENTITY_MAX = 10 /* bytes between & and ; */
};

/* Names that HTML has for letters and signs of Vietnamese. */
static const struct {
	const char *name;
	uint16_t ch;
} entities[] = {
	{"Agrave", 0xc0},
	{"Aacute", 0xc1},
	{"Acirc", 0xc2},
	{"Atilde", 0xc3},
	{"Egrave", 0xc8},
	{"Eacute", 0xc9},
	{"Ecirc", 0xca},
	{"Igrave", 0xcc},
	{"Iacute", 0xcd},
	{"Ntilde", 0xd1},
	{"Ograve", 0xd2},
	{"Oacute", 0xd3},
	{"Ocirc", 0xd4},
	{"Otilde", 0xd5},
	{"Ugrave", 0xd9},
	{"Uacute", 0xda},
	{"Yacute", 0xdd},
	{"agrave", 0xe0},
	{"aacute", 0xe1},
	{"acirc", 0xe2},
	{"atilde", 0xe3},
	{"egrave", 0xe8},
	{"eacute", 0xe9},
	{"ecirc", 0xea},
	{"igrave", 0xec},
	{"iacute", 0xed},
	{"ntilde", 0xf1},
	{"ograve", 0xf2},
	{"oacute", 0xf3},
	{"ocirc", 0xf4},
	{"otilde", 0xf5},
	{"ugrave", 0xf9},
	{"uacute", 0xfa},
	{"yacute", 0xfd},
	{"Abreve", 0x102},
	{"abreve", 0x103},
	{"Dstrok", 0x110},
	{"dstrok", 0x111},
	{"Itilde", 0x128},
	{"itilde", 0x129},
	{"Utilde", 0x168},
	{"utilde", 0x169},
	{"amp", '&'},
	{"apos", '\''},
	{"nbsp", 0xa0},
};

/* One pass over the text, in place: it never gets longer. */
struct pass {
	char *text;
	size_t len;
	size_t from;
	size_t to;
	bool undone;
	bool broken; /* something looks like an escape and is none */
	bool marked; /* a byte beyond ASCII came out */
};

static void put(struct pass *p, const char *bytes, size_t n, size_t used)
{
	memcpy(p->text + p->to, bytes, n);
	p->marked = p->marked || (unsigned char)bytes[0] >= 0x80;
	p->undone = true;
	p->to += n;
	p->from += used;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static uint32_t number_of(const char *s, size_t len)
{
	const bool hex = len > 1 && (s[0] | 0x20) == 'x';
	const uint32_t base = hex ? 16 : 10;
	uint32_t n = 0;

	for (size_t i = hex; i < len; i++) {
		const int digit = hex_digit(s[i]);

		if (digit < 0 || digit >= (int)base || n > 0xffff)
			return 0;
		n = n * base + (uint32_t)digit;
	}
	return n;
}

/* The character of the entity s[0..len), without & and ;, or 0. */
static uint32_t entity_of(const char *s, size_t len)
{
	if (len > 1 && s[0] == '#')
		return number_of(s + 1, len - 1);
	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		if (strlen(entities[i].name) == len &&
			memcmp(entities[i].name, s, len) == 0)
			return entities[i].ch;
	return 0;
}

static bool may_come_out(uint32_t ch)
{
	/* Never '|' or a control character: only what a name may have. */
	return ch == '&' || ch == '\'' || ch == '-' || ch == ' ' ||
	       (ch >= 0x80 && mojibake_is_ours(ch));
}

/* Bytes up to the ';' of an entity at s, 0 if there is none. */
static size_t entity_len(const char *s, size_t left)
{
	size_t n = 0;

	while (n < left && n <= ENTITY_MAX &&
		((s[n] >= '0' && s[n] <= '9') || (s[n] >= 'a' && s[n] <= 'z') ||
			(s[n] >= 'A' && s[n] <= 'Z') || s[n] == '#'))
		n++;
	return n < left && s[n] == ';' ? n : 0;
}

/* At an '&'. */
static void take_entity(struct pass *p)
{
	const char *s = p->text + p->from + 1;
	const size_t len = entity_len(s, p->len - p->from - 1);
	const uint32_t ch = entity_of(s, len);
	char bytes[UTF8_MAX_BYTES];

	if (len > 0 && may_come_out(ch)) {
		put(p, bytes, utf8_encode(ch, bytes), len + 2);
		return;
	}
	p->broken = p->broken || len > 0;
	p->text[p->to++] = p->text[p->from++];
}

/* At a '%'. */
static void take_percent(struct pass *p)
{
	const char *s = p->text + p->from;
	const size_t left = p->len - p->from;
	const int high = left > 2 ? hex_digit(s[1]) : -1;
	const int low = left > 2 ? hex_digit(s[2]) : -1;
	const char byte = (char)(high * 16 + low);

	if (high < 0 || low < 0 ||
		((unsigned char)byte < 0x20 && byte != '\r' && byte != '\n') ||
		byte == 0x7f) {
		p->broken = true;
		p->text[p->to++] = p->text[p->from++];
		return;
	}
	put(p, &byte, 1, 3);
}

static struct pass undo_once(char *text, size_t len)
{
	struct pass p = {.text = text, .len = len};

	while (p.from < len) {
		if (text[p.from] == '&')
			take_entity(&p);
		else if (text[p.from] == '%')
			take_percent(&p);
		else
			text[p.to++] = text[p.from++];
	}
	return p;
}

/* A form writes blanks as '+': so it is where no other blank is. */
static void plus_to_blank(char *text, size_t len)
{
	if (memchr(text, ' ', len) || memmem(text, len, "%20", 3) ||
		!memchr(text, '%', len))
		return;
	for (size_t i = 0; i < len; i++)
		if (text[i] == '+')
			text[i] = ' ';
}

static bool is_our_text(const char *text, size_t len)
{
	size_t used;

	for (size_t at = 0; at < len; at += used) {
		const uint32_t ch = utf8_decode(text + at, len - at, &used);

		if ((ch == UTF8_BAD && used == 1) || !mojibake_is_ours(ch))
			return false;
	}
	return true;
}

bool escapes_undo(const char *in, size_t len, char *out, size_t *out_len)
{
	bool marked = false;

	if (!memchr(in, '&', len) && !memchr(in, '%', len))
		return false;
	memcpy(out, in, len);
	plus_to_blank(out, len);
	for (int i = 0; i < ROUNDS; i++) {
		const struct pass p = undo_once(out, len);

		if (p.broken)
			return false;
		len = p.to;
		marked = marked || p.marked;
		if (!p.undone)
			break;
	}
	*out_len = len;
	return marked && is_our_text(out, len);
}
