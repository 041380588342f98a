#include "core/codec/dwelling.h"

#include <string.h>

#include "core/codec/viet.h"
#include "core/str.h"

enum {
	PART_SIZE = 256
};

static const char *const ways[] = {"duong", "pho", "ngo", "ngach", "hem",
	"kiet", "dai lo", "quoc lo", "tinh lo", NULL};
static const char *const houses[] = {"so nha", "so", "sn", "nha", NULL};

/* With their marks, as hamlets may be called "Xá" or "Quán". */
static const struct {
	const char *marked;
	const char *bare;
} units[] = {
	{"xã", "xa"},
	{"phường", "phuong"},
	{"thị trấn", "thi tran"},
	{"thị xã", "thi xa"},
	{"đặc khu", "dac khu"},
	{"huyện", "huyen"},
	{"quận", "quan"},
	{"tỉnh", "tinh"},
	{"thành phố", "thanh pho"},
	{"tp", "tp"},
	{"tt", "tt"},
};

static const struct {
	const char *abbreviation;
	const char *whole;
} shorts[] = {
	{"tdp", "to dan pho"},
	{"kp", "khu pho"},
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Where text goes on behind these words; NULL: it does not begin so. */
static const char *behind(const char *text, const char *words)
{
	const size_t len = strlen(words);

	if (strncmp(text, words, len) != 0 ||
		(text[len] != '\0' && text[len] != ' '))
		return NULL;
	return text[len] ? text + len + 1 : text + len;
}

static bool begins(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (behind(text, *words))
			return true;
	return false;
}

/* "12A/3 Trần Phú": what stands behind the number; NULL: it is no house. */
static const char *number_end(const char *text)
{
	if (!is_digit(*text))
		return NULL;
	while (is_digit(*text) || is_letter(*text) ||
		((*text == '/' || *text == '-') &&
			(is_digit(text[1]) || is_letter(text[1]))))
		text++;
	return *text == '\0' || *text == ' ' || *text == '.' ? text : NULL;
}

/* Numbers of two bytes, a letter behind each, 0 for none. */
static void pack_house(const char *text, const char *end,
	uint8_t out[DWELLING_HOUSE_SIZE])
{
	size_t at = 0;

	while (text < end && at + 3 <= DWELLING_HOUSE_SIZE) {
		unsigned n = 0;

		for (; text < end && is_digit(*text); text++)
			n = n < 6000 ? n * 10 + (unsigned)(*text - '0') : 65535;
		out[at++] = (uint8_t)(n >> 8);
		out[at++] = (uint8_t)n;
		if (text < end && is_letter(*text))
			out[at] = (uint8_t)(*text++ | 0x20);
		at++;
		while (text < end && !is_digit(*text))
			text++;
	}
}

/* One word of a folded text onto another, as keys have it. */
static void put_word(const char *word, size_t len, char *out, size_t size)
{
	const char *whole = NULL;
	size_t used = strlen(out);

	for (size_t i = 0; i < sizeof(shorts) / sizeof(shorts[0]); i++)
		if (strlen(shorts[i].abbreviation) == len &&
			strncmp(shorts[i].abbreviation, word, len) == 0)
			whole = shorts[i].whole;
	while (!whole && len > 1 && word[0] == '0') {
		word++;
		len--;
	}
	if (whole) {
		word = whole;
		len = strlen(whole);
	}
	if (used + (used > 0) + len >= size)
		return;
	if (used > 0)
		out[used++] = ' ';
	memcpy(out + used, word, len);
	out[used + len] = '\0';
}

static void make_key(const char *text, char out[DWELLING_TEXT_SIZE])
{
	char folded[PART_SIZE];
	const char *at = folded;

	out[0] = '\0';
	if (!viet_fold(text, folded, sizeof(folded)))
		return;
	while (*at) {
		const size_t len = strcspn(at, " ");

		put_word(at, len, out, DWELLING_TEXT_SIZE);
		at += len;
		at += *at == ' ';
	}
}

static bool is_unit(const char *part, const char *folded)
{
	char lower[PART_SIZE];
	const bool marked =
		viet_has_marks(part) && viet_lower(part, lower, sizeof(lower));

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (marked ? behind(lower, units[i].marked) != NULL
			   : behind(folded, units[i].bare) != NULL)
			return true;
	/* "P.5", "P5": a numbered ward. */
	return folded[0] == 'p' &&
	       (is_digit(folded[1]) ||
		       (folded[1] == ' ' && is_digit(folded[2])));
}

/* From the number of a house on; NULL: words that are of no house. */
static const char *past_words(const char *part, const char *folded)
{
	for (const char *const *w = houses; *w; w++) {
		const char *rest = behind(folded, *w);

		/* "Số 12", "Số nhà: 12"; not "Nhà văn hóa thôn 5". */
		if (rest && is_digit(rest[0]))
			return strpbrk(part, "0123456789");
	}
	return part;
}

static void add_street(struct dwelling *out, const char *text,
	char shown[DWELLING_TEXT_SIZE])
{
	while (*text == ' ' || *text == '.')
		text++;
	if (!*text || out->street[0])
		return;
	make_key(text, out->street);
	str_copy(shown, DWELLING_TEXT_SIZE, text);
}

/* True: it was a house or a street, and is no hamlet. */
static bool take_way(struct dwelling *out, const char *part, const char *folded,
	char shown[DWELLING_TEXT_SIZE])
{
	const char *from = past_words(part, folded);
	const char *end = from ? number_end(from) : NULL;

	if (end) {
		if (!out->has_house)
			pack_house(from, end, out->house);
		out->has_house = true;
		add_street(out, end, shown);
		return true;
	}
	if (!begins(folded, ways))
		return false;
	add_street(out, part, shown);
	return true;
}

/* The next part of an address, its blanks single; false: that was all. */
static bool next_part(const char **address, char out[PART_SIZE])
{
	size_t len = 0;

	if (!*address)
		return false;
	while (**address == ' ')
		++*address;
	for (; **address && **address != ',' && **address != ';'; ++*address)
		if (len + 1 < PART_SIZE &&
			(**address != ' ' || (len > 0 && out[len - 1] != ' ')))
			out[len++] = **address;
	out[len] = '\0';
	str_trim(out);
	*address = **address ? *address + 1 : NULL;
	return true;
}

void dwelling_read(const char *address, struct dwelling *out)
{
	char shown[DWELLING_TEXT_SIZE] = "";
	char folded[PART_SIZE];
	char part[PART_SIZE];
	bool found = false;

	*out = (struct dwelling){.has_house = false};
	while (!found && next_part(&address, part)) {
		if (!part[0] || !viet_fold(part, folded, sizeof(folded)) ||
			take_way(out, part, folded, shown))
			continue;
		if (is_unit(part, folded))
			break;
		str_copy(out->hamlet, sizeof(out->hamlet), part);
		found = true;
	}
	if (!found)
		str_copy(out->hamlet, sizeof(out->hamlet), shown);
	make_key(out->hamlet, out->key);
	if (!out->key[0])
		out->hamlet[0] = '\0';
}

int dwelling_compare(const char *a, const char *b)
{
	while (*a && *b) {
		size_t x;
		size_t y;

		if (!is_digit(*a) || !is_digit(*b)) {
			if (*a != *b)
				return (unsigned char)*a - (unsigned char)*b;
			a++;
			b++;
			continue;
		}
		x = strspn(a, "0123456789");
		y = strspn(b, "0123456789");
		/* Keys have no zeros in front. */
		if (x != y)
			return x < y ? -1 : 1;
		for (; x > 0; x--, a++, b++)
			if (*a != *b)
				return *a - *b;
	}
	return (unsigned char)*a - (unsigned char)*b;
}
