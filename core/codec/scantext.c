#include "core/codec/scantext.h"

#include <string.h>
#include <strings.h>

static bool starts(struct scantext s, const char *prefix)
{
	const size_t len = strlen(prefix);

	return s.len >= len && memcmp(s.at, prefix, len) == 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool all_digits(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_digit(text[i]))
			return false;
	return len > 0;
}

static bool is_padding(char c)
{
	return strchr(" \t\n\v\f\r\x01\x02\x03\x04", c) != NULL; /* and NUL */
}

static size_t prefix_len(struct scantext s)
{
	if (s.len > 0 && is_padding(s.at[0]))
		return 1;
	if (s.len >= 3 && s.at[0] == ']' && is_letter(s.at[1]) &&
		is_digit(s.at[2]))
		return 3;
	if (starts(s, "\xef\xbb\xbf"))
		return 3;
	/* A BOM that went through CP1252 with all the rest. */
	if (starts(s, "\xc3\xaf\xc2\xbb\xc2\xbf"))
		return 6;
	return 0;
}

struct scantext scantext_strip(struct scantext s)
{
	for (size_t n; (n = prefix_len(s)) > 0; s.len -= n)
		s.at += n;
	while (s.len > 0 && is_padding(s.at[s.len - 1]))
		s.len--;
	return s;
}

static bool ends_at(const char *at, size_t left)
{
	switch (*at) {
	case '\n':
	case '\r':
	case '\x02':
	case '\x03':
		return true;
	case '\t':
		return left > 12 && all_digits(at + 1, 12);
	case ']':
		return left > 3 && at[1] == 'Q' && is_digit(at[2]);
	default:
		return false;
	}
}

bool scantext_next(struct scantext *rest, struct scantext *out)
{
	for (*rest = scantext_strip(*rest); rest->len > 0;) {
		size_t n = 0;

		while (n < rest->len && !ends_at(rest->at + n, rest->len - n))
			n++;
		*out = scantext_strip((struct scantext){rest->at, n});
		*rest = scantext_strip((struct scantext){rest->at + n,
			rest->len - n});
		if (out->len > 0)
			return true;
	}
	return false;
}

struct scantext scantext_field(struct scantext *rest, char mark)
{
	const char *end = memchr(rest->at, mark, rest->len);
	struct scantext field = *rest;

	if (!end) {
		*rest = (struct scantext){NULL, 0};
		return field;
	}
	field.len = (size_t)(end - rest->at);
	rest->at = end + 1;
	rest->len -= field.len + 1;
	return field;
}

size_t scantext_period(struct scantext s, size_t least)
{
	for (size_t times = 8; times > 1; times--) {
		const size_t one = s.len / times;

		if (s.len % times == 0 && one >= least &&
			memcmp(s.at, s.at + one, s.len - one) == 0)
			return one;
	}
	return s.len;
}

static bool is_url(struct scantext s)
{
	return (s.len > 7 && strncasecmp(s.at, "http://", 7) == 0) ||
	       (s.len > 8 && strncasecmp(s.at, "https://", 8) == 0);
}

static bool is_hex(struct scantext s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.at[i]) && !(s.at[i] >= 'a' && s.at[i] <= 'f') &&
			!(s.at[i] >= 'A' && s.at[i] <= 'F'))
			return false;
	return s.len >= 2 && s.len % 2 == 0;
}

/*
 * A health-insurance card: two letters and 13 digits, or since 2021 ten
 * digits, and then the name in hex, as nobody's name is written.
 */
static bool is_bhyt(struct scantext s)
{
	const struct scantext code = scantext_field(&s, '|');

	if (code.len == 15 && is_letter(code.at[0]) && is_letter(code.at[1]))
		return all_digits(code.at + 2, 13);
	return code.len == 10 && all_digits(code.at, 10) && s.at &&
	       is_hex(scantext_field(&s, '|'));
}

/* EMVCo: payload format 01, then the next tag, length and value. */
static bool is_payment(struct scantext s)
{
	return starts(s, "000201") && s.len > 12 && all_digits(s.at, 12) &&
	       s.at[12] != '|' && s.at[12] != ';';
}

enum scantext_kind scantext_kind(struct scantext s)
{
	static const char napas[] = "A000000727";

	if (starts(s, "CV1:"))
		return SCANTEXT_RECEIPT;
	if (is_url(s))
		return SCANTEXT_URL;
	if (is_bhyt(s))
		return SCANTEXT_BHYT;
	if (!is_payment(s))
		return SCANTEXT_OTHER;
	return memmem(s.at, s.len, napas, sizeof(napas) - 1) ? SCANTEXT_VIETQR
							     : SCANTEXT_PAYMENT;
}
