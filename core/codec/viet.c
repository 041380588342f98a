/*
 * viet.c - see viet.h. Folding and upper case are tables and ranges, because
 * an import folds a hundred thousand names; comparing takes letters apart
 * with NFD, because it is done for one card at a time.
 */
#include "core/codec/viet.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/text.h"
#include "core/utf8.h"

enum {
	LATIN_FIRST = 0x00c0, /* the Latin blocks of Unicode */
	LATIN_LAST = 0x024f,
	ADDED_FIRST = 0x1e00,
	ADDED_LAST = 0x1eff,
	MARK_FIRST = 0x0300,
	MARK_LAST = 0x036f
};

/*
 * The plain letter of each Latin letter; a capital stands for two letters
 * (see pairs), a dot for what is no letter or has none.
 */
static const char latin_plain[] =
	"aaaaaaAceeeeiiiidnooooo.ouuuuyTSaaaaaaAceeeeiiiidnooooo.ouuuuyTy"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkk.lllllll"
	"lllnnnnnnn..ooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
	"bbbb...ccdddd....ffg...ikkl..nnooo..pp.....ttttuu.vyyzz........."
	"....DDDLLLNNNaaiioouuuuuuuuuu.aaaaAAggggkkoooo..jZZZgg..nnaaAAoo"
	"aaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylntj..acclts"
	"z..b..eejj.qrryy";
static const char added_plain[] =
	"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
	"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
	"wwwwwwwwwwxxxxyyzzzzzzhtwyasssS.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
	"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy....yy";

static char plain_of(uint32_t ch)
{
	if (ch >= LATIN_FIRST && ch <= LATIN_LAST)
		return latin_plain[ch - LATIN_FIRST];
	if (ch >= ADDED_FIRST && ch <= ADDED_LAST)
		return added_plain[ch - ADDED_FIRST];
	return '.';
}

static bool is_mark(uint32_t ch)
{
	return ch >= MARK_FIRST && ch <= MARK_LAST;
}

/* ---- folding ---- */

/* A blank is put off until a letter follows, so that none is at the end. */
static void fold_blank(struct buf *b, bool *gap)
{
	*gap = b->len > 0;
}

static void fold_letter(struct buf *b, bool *gap, char letter)
{
	if (*gap)
		buf_byte(b, ' ');
	*gap = false;
	buf_byte(b, (unsigned char)letter);
}

static void fold_plain(struct buf *b, bool *gap, char plain)
{
	static const char *const pairs[] = {
		['A' - 'A'] = "ae",
		['D' - 'A'] = "dz",
		['I' - 'A'] = "ij",
		['L' - 'A'] = "lj",
		['N' - 'A'] = "nj",
		['O' - 'A'] = "oe",
		['S' - 'A'] = "ss",
		['T' - 'A'] = "th",
		['Z' - 'A'] = "dz",
	};

	if (plain == '.') {
		fold_blank(b, gap);
	} else if (plain >= 'a') {
		fold_letter(b, gap, plain);
	} else {
		fold_letter(b, gap, pairs[plain - 'A'][0]);
		fold_letter(b, gap, pairs[plain - 'A'][1]);
	}
}

static void fold_ascii(struct buf *b, bool *gap, char c)
{
	if (c >= 'A' && c <= 'Z')
		fold_letter(b, gap, (char)(c - 'A' + 'a'));
	else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		fold_letter(b, gap, c);
	else
		fold_blank(b, gap);
}

bool viet_fold(const char *name, char *out, size_t size)
{
	bool gap = false;
	struct buf b;

	if (size == 0)
		return false;
	buf_init(&b, out, size - 1);
	while (*name && !b.full) {
		uint32_t ch;

		if ((unsigned char)*name < 0x80) {
			fold_ascii(&b, &gap, *name++);
			continue;
		}
		ch = utf8_next(&name);
		if (!is_mark(ch))
			fold_plain(&b, &gap, plain_of(ch));
	}
	if (b.full)
		b.len = 0;
	out[b.len] = '\0';
	return !b.full;
}

bool viet_has_marks(const char *name)
{
	while (*name) {
		const uint32_t ch = utf8_next(&name);

		if (is_mark(ch) || plain_of(ch) != '.')
			return true;
	}
	return false;
}

bool viet_is_latin(const char *name)
{
	while (*name) {
		const uint32_t ch = utf8_next(&name);

		/* Signs of Latin-1, modifier letters, dashes and quotes. */
		if (ch < 0x80 || is_mark(ch) || plain_of(ch) != '.' ||
			(ch >= 0xa0 && ch < LATIN_FIRST) ||
			(ch >= 0x02b9 && ch <= 0x02bf) ||
			(ch >= 0x2010 && ch <= 0x2027))
			continue;
		return false;
	}
	return true;
}

/* ---- case ---- */

/* Ranges of pairs: a capital and, one behind, its small letter. */
struct pairs {
	uint16_t first;
	uint16_t last;
	bool odd; /* are the capitals odd numbers? */
};

static const struct pairs case_pairs[] = {
	{0x0100, 0x012f, false},
	{0x0132, 0x0137, false},
	{0x0139, 0x0148, true},
	{0x014a, 0x0177, false},
	{0x0179, 0x017e, true},
	{0x01a0, 0x01a5, false},
	{0x01af, 0x01b0, true},
	{0x01cd, 0x01dc, true},
	{0x01de, 0x01ef, false},
	{0x01f8, 0x021f, false},
	{0x0222, 0x0233, false},
	{0x1e00, 0x1e95, false},
	{0x1ea0, 0x1eff, false},
};

/* The other case of ch if it is a small letter (upper) or a capital. */
static uint32_t with_case(uint32_t ch, bool upper)
{
	const uint32_t from = upper ? 'a' : 'A';

	if (ch >= from && ch < from + 26)
		return ch ^ 0x20;
	/* Latin-1: 32 apart as well, but for the two signs. */
	if (ch >= (upper ? 0xe0u : 0xc0u) && ch <= (upper ? 0xfeu : 0xdeu))
		return ch == 0xd7 || ch == 0xf7 ? ch : ch ^ 0x20;
	if (upper && ch == 0xff)
		return 0x178;
	if (!upper && ch == 0x178)
		return 0xff;
	for (size_t i = 0; i < sizeof(case_pairs) / sizeof(*case_pairs); i++) {
		const struct pairs *p = &case_pairs[i];
		const bool is_capital = (ch % 2 == 1) == p->odd;

		if (ch >= p->first && ch <= p->last && is_capital != upper)
			return upper ? ch - 1 : ch + 1;
	}
	return ch;
}

/* Is it part of a word? What is not, an apostrophe too, begins another. */
static bool is_of_word(uint32_t ch)
{
	return (ch | 0x20) - 'a' < 26 || (ch >= '0' && ch <= '9') ||
	       is_mark(ch) || plain_of(ch) != '.';
}

enum casing {
	CASING_UPPER,
	CASING_LOWER,
	CASING_TITLE
};

static bool recase(const char *name, enum casing casing, char *out, size_t size)
{
	bool begins = true;
	struct buf b;

	if (size == 0)
		return false;
	buf_init(&b, out, size - 1);
	while (*name && !b.full) {
		const uint32_t ch = utf8_next(&name);
		const bool upper = casing == CASING_UPPER ||
				   (casing == CASING_TITLE && begins);
		char bytes[UTF8_MAX_BYTES];

		buf_put(&b, bytes, utf8_encode(with_case(ch, upper), bytes));
		begins = !is_of_word(ch);
	}
	if (b.full)
		b.len = 0;
	out[b.len] = '\0';
	return !b.full;
}

bool viet_upper(const char *name, char *out, size_t size)
{
	return recase(name, CASING_UPPER, out, size);
}

bool viet_lower(const char *name, char *out, size_t size)
{
	return recase(name, CASING_LOWER, out, size);
}

bool viet_title(const char *name, char *out, size_t size)
{
	return recase(name, CASING_TITLE, out, size);
}

/* ---- columns ---- */

bool viet_pad(const char *text, int columns, char *out, size_t size)
{
	struct buf b;
	size_t len;

	if (size == 0)
		return false;
	out[0] = '\0';
	if (columns < 0)
		return false;
	len = utf8_cut_columns(text, columns);
	buf_init(&b, out, size - 1);
	buf_put(&b, text, len);
	out[b.len] = '\0';
	for (int at = utf8_columns(out); at < columns && !b.full; at++)
		buf_byte(&b, ' ');
	if (b.full)
		b.len = 0;
	out[b.len] = '\0';
	return !b.full;
}
