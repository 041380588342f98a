#include "core/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

#include "core/buf.h"
#include "core/utf8.h"

enum {
	/* Text up to this size is normalized without asking for memory. */
	WORK_SIZE = 2048,
	/* No NFC text grows by more when it is taken apart (Unicode 15). */
	NFD_GROWTH = 3
};

struct range {
	uint32_t first;
	uint32_t last;
};

/* Category Zs but for U+0020, and the tab: all become one plain blank. */
static const struct range blank[] = {
	{0x0009, 0x0009},
	{0x00a0, 0x00a0},
	{0x1680, 0x1680},
	{0x2000, 0x200a},
	{0x202f, 0x202f},
	{0x205f, 0x205f},
	{0x3000, 0x3000},
};

/*
 * What a person cannot see but a program obeys or compares: categories Cf
 * and Co, noncharacters, and Default_Ignorable_Code_Point (Unicode 15).
 * U+2800 is a blank that is no blank. Unassigned code points pass: the next
 * Unicode may give them to a name.
 */
static const struct range invisible[] = {
	{0x00ad, 0x00ad},
	{0x034f, 0x034f},
	{0x0600, 0x0605},
	{0x061c, 0x061c},
	{0x06dd, 0x06dd},
	{0x070f, 0x070f},
	{0x0890, 0x0891},
	{0x08e2, 0x08e2},
	{0x115f, 0x1160},
	{0x17b4, 0x17b5},
	{0x180b, 0x180f},
	{0x200b, 0x200f},
	{0x202a, 0x202e},
	{0x2060, 0x206f},
	{0x2800, 0x2800},
	{0x3164, 0x3164},
	{0xe000, 0xf8ff},
	{0xfdd0, 0xfdef},
	{0xfe00, 0xfe0f},
	{0xfeff, 0xfeff},
	{0xffa0, 0xffa0},
	{0xfff0, 0xfffb},
	{0xfffe, 0xffff},
	{0x110bd, 0x110bd},
	{0x110cd, 0x110cd},
	{0x13430, 0x1343f},
	{0x1bca0, 0x1bca3},
	{0x1d173, 0x1d17a},
	{0xe0000, 0x10ffff},
};

static bool in_ranges(uint32_t ch, const struct range *r, size_t n)
{
	size_t low = 0;

	while (low < n) {
		const size_t middle = low + (n - low) / 2;

		if (ch > r[middle].last)
			low = middle + 1;
		else if (ch < r[middle].first)
			n = middle;
		else
			return true;
	}
	return false;
}

enum kind {
	PLAIN,  /* in NFC whatever stands beside it */
	OTHER,  /* good, but NFC must be asked */
	BLANK,  /* becomes one blank */
	BREAK,  /* TEXT_CONTROL */
	HIDDEN, /* TEXT_INVISIBLE */
};

static enum kind kind_of(uint32_t ch)
{
	if (ch > ' ' && ch < 0x7f)
		return PLAIN;
	/* Most of a Vietnamese text; no combining mark is below U+0300. */
	if ((ch > 0xa0 && ch < 0x300 && ch != 0xad) ||
		(ch >= 0x1ea0 && ch <= 0x1ef9))
		return PLAIN;
	if (ch == ' ' || in_ranges(ch, blank, sizeof(blank) / sizeof(*blank)))
		return BLANK;
	/* C0, DEL, C1, and the two line ends of Unicode. */
	if (ch < 0xa0 || ch == 0x2028 || ch == 0x2029)
		return BREAK;
	/* The last two of every plane are noncharacters. */
	if ((ch & 0xfffe) == 0xfffe ||
		in_ranges(ch, invisible,
			sizeof(invisible) / sizeof(*invisible)))
		return HIDDEN;
	return OTHER;
}

static size_t end_of_ascii_word(const char *s, size_t len, size_t at)
{
	while (at < len && s[at] > ' ' && s[at] < 0x7f)
		at++;
	return at;
}

/*
 * Words of in[0..len) into b with single blanks between them. *plain stays
 * true as long as the outcome is sure to be NFC.
 */
static enum text_verdict collect(const char *s, size_t len, struct buf *b,
	bool *plain)
{
	bool gap = false;
	size_t at = 0;

	while (at < len) {
		const size_t start = at;
		enum kind kind = PLAIN;
		size_t used;
		uint32_t ch;

		at = end_of_ascii_word(s, len, at);
		if (at == start) {
			ch = utf8_decode(s + at, len - at, &used);
			if (ch == UTF8_BAD && used == 1)
				return TEXT_BAD_UTF8;
			kind = kind_of(ch);
			at += used;
		}
		if (kind == BREAK)
			return TEXT_CONTROL;
		if (kind == HIDDEN)
			return TEXT_INVISIBLE;
		if (kind == BLANK) {
			gap = true;
			continue;
		}
		if (gap && b->len > 0)
			buf_byte(b, ' ');
		gap = false;
		buf_put(b, s + start, at - start);
		*plain = *plain && kind == PLAIN;
	}
	return TEXT_OK;
}

/* A normal form of in[0..len) into out, with a NUL; false if it cannot fit. */
static bool normalize(uninorm_t form, const void *in, size_t len, char *out,
	size_t size)
{
	size_t n = size;
	uint8_t *done;

	if (size == 0)
		return false;
	if (len == 0) {
		out[0] = '\0';
		return true;
	}
	done = u8_normalize(form, in, len, (uint8_t *)out, &n);
	if (done != (uint8_t *)out)
		free(done);
	if (done != (uint8_t *)out || n >= size) {
		out[0] = '\0';
		return false;
	}
	out[n] = '\0';
	return true;
}

/* Collect into work, which has room for the NFD of anything that fits. */
static enum text_verdict clean_by_way_of(struct buf *work, const char *in,
	size_t len, char *out, size_t size, bool *composed)
{
	bool plain = true;
	enum text_verdict v = collect(in, len, work, &plain);

	if (v != TEXT_OK)
		return v;
	if (work->full || (plain && work->len >= size))
		return TEXT_TOO_LONG;
	if (plain) {
		if (work->len > 0)
			memcpy(out, work->data, work->len);
		out[work->len] = '\0';
		return TEXT_OK;
	}
	if (!normalize(UNINORM_NFC, work->data, work->len, out, size))
		return TEXT_TOO_LONG;
	*composed = strlen(out) != work->len ||
		    memcmp(out, work->data, work->len) != 0;
	return TEXT_OK;
}

static enum text_verdict clean(const char *in, size_t len, char *out,
	size_t size, struct text_report *report)
{
	const size_t room =
		size > SIZE_MAX / NFD_GROWTH ? SIZE_MAX : size * NFD_GROWTH;
	char stack[WORK_SIZE];
	char *heap = NULL;
	struct buf work;
	enum text_verdict v;

	buf_init(&work, stack, sizeof(stack));
	/* What comes in bounds the work as well as what may come out. */
	if (len > sizeof(stack) && room > sizeof(stack)) {
		const size_t want = len < room ? len : room;

		heap = malloc(want);
		if (!heap)
			return TEXT_TOO_LONG;
		buf_init(&work, heap, want);
	}
	v = clean_by_way_of(&work, in, len, out, size, &report->composed);
	/* Blanks only ever get fewer or shorter, so the length tells. */
	report->trimmed = v == TEXT_OK &&
			  (work.len != len ||
				  (len > 0 && memcmp(work.data, in, len) != 0));
	free(heap);
	return v;
}

bool text_clean(const void *in, size_t len, char *out, size_t size,
	struct text_report *report)
{
	struct text_report r = {.verdict = TEXT_TOO_LONG};

	if (size > 0)
		r.verdict = clean(in, len, out, size, &r);
	if (r.verdict == TEXT_OK && (r.composed || r.trimmed))
		r.verdict = TEXT_CHANGED;
	if (size > 0 && r.verdict > TEXT_CHANGED)
		out[0] = '\0';
	if (report)
		*report = r;
	return r.verdict <= TEXT_CHANGED;
}

bool text_nfc(const char *in, char *out, size_t size)
{
	return normalize(UNINORM_NFC, in, strlen(in), out, size);
}

bool text_nfd(const char *in, char *out, size_t size)
{
	return normalize(UNINORM_NFD, in, strlen(in), out, size);
}

char *text_plain(char *text)
{
	const char *from = text;
	char *to = text;

	while (*from) {
		const char *start = from;
		const uint32_t ch = utf8_next(&from);

		if (utf8_width(ch) == 0 || ch == UTF8_BAD) {
			*to++ = '?';
		} else {
			memmove(to, start, (size_t)(from - start));
			to += from - start;
		}
	}
	*to = '\0';
	return text;
}
