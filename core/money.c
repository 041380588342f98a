#include "core/money.h"

#include <string.h>

#include "core/str.h"

bool money_add(int64_t a, int64_t b, int64_t *out)
{
	int64_t sum;

	if (__builtin_add_overflow(a, b, &sum) || sum > MONEY_MAX ||
		sum < -MONEY_MAX)
		return false;
	*out = sum;
	return true;
}

const char *money_format(int64_t amount, char out[MONEY_TEXT_SIZE])
{
	/* Unsigned, because INT64_MIN has no positive twin. */
	uint64_t rest = amount < 0 ? -(uint64_t)amount : (uint64_t)amount;
	char *s = out + MONEY_TEXT_SIZE;
	int digits = 0;

	*--s = '\0';
	do {
		if (digits > 0 && digits % 3 == 0)
			*--s = '.';
		*--s = (char)('0' + rest % 10);
		digits++;
		rest /= 10;
	} while (rest > 0);
	if (amount < 0)
		*--s = '-';
	memmove(out, s, (size_t)(out + MONEY_TEXT_SIZE - s));
	return out;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int digits_at(const char *s)
{
	int n = 0;

	while (is_digit(s[n]))
		n++;
	return n;
}

/* Add n digits to *sum; false beyond MONEY_MAX. */
static bool take_digits(const char **s, int n, int64_t *sum)
{
	for (; n > 0; n--, (*s)++) {
		*sum = *sum * 10 + (**s - '0');
		if (*sum > MONEY_MAX)
			return false;
	}
	return true;
}

/*
 * "1.080.000" and its kin. *mark is the mark between groups, 0 if there is
 * none. A zero in front is refused: that is an ID number in a wrong column,
 * not an amount.
 */
static bool take_groups(const char **s, char *mark, int64_t *sum)
{
	const int first = digits_at(*s);

	if (first == 0 || (**s == '0' && first > 1))
		return false;
	*mark = '\0';
	if (**s != '0' && first <= 3 && (*s)[first] &&
		strchr("., ", (*s)[first]) && digits_at(*s + first + 1) == 3)
		*mark = (*s)[first];
	if (!take_digits(s, first, sum))
		return false;
	while (*mark && **s == *mark && is_digit((*s)[1])) {
		if (digits_at(*s + 1) != 3)
			return false;
		(*s)++;
		if (!take_digits(s, 3, sum))
			return false;
	}
	return true;
}

/*
 * ".00" behind the amount. Only one or two zeros: three would be a group,
 * and "1080.000" may well mean a million.
 */
static bool skip_zero_fraction(const char **s, char mark)
{
	int n;

	if ((**s != '.' && **s != ',') || **s == mark)
		return true;
	n = digits_at(*s + 1);
	if (n < 1 || n > 2 || (*s)[1] != '0' || (*s)[n] != '0')
		return false;
	*s += n + 1;
	return true;
}

static void skip_blanks(const char **s)
{
	while (**s == ' ' || **s == '\t')
		(*s)++;
}

static void skip_currency(const char **s)
{
	/* Longer ones first. */
	static const char *const name[] = {"đồng", "Đồng", "ĐỒNG", "dong",
		"Dong", "DONG", "VNĐ", "vnđ", "VND", "vnd", "đ", "Đ", "₫", "d",
		"D"};

	for (size_t i = 0; **s && i < sizeof(name) / sizeof(*name); i++)
		if (str_starts(*s, name[i])) {
			*s += strlen(name[i]);
			return;
		}
}

bool money_parse(const char *text, int64_t *out)
{
	const char *s = text;
	int64_t sum = 0;
	char mark;

	skip_blanks(&s);
	if (!take_groups(&s, &mark, &sum) || !skip_zero_fraction(&s, mark))
		return false;
	skip_blanks(&s);
	skip_currency(&s);
	skip_blanks(&s);
	if (*s)
		return false;
	*out = sum;
	return true;
}
