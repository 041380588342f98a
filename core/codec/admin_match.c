/* Names that may mean the same place: admin_internal.h. */
#include <string.h>

#include "core/codec/admin_internal.h"
#include "core/codec/viet.h"
#include "core/str.h"

/*
 * Words before a name; the number tells a word from its short form. Without
 * marks "phuong mai" may be Phường Mai or Phương Mai: such a word is not sure.
 */
static const struct word {
	const char *folded;
	const char *marked; /* NULL: a short form */
	enum admin_level level;
	int number;
	bool digits; /* may stand without a blank before a digit */
	bool unsure; /* names begin so too, marks apart */
} words[] = {
	{"thanh pho", "thành phố", ADMIN_CITY, 1, false, false},
	{"tp", NULL, ADMIN_CITY, 1, false, false},
	{"tinh", "tỉnh", ADMIN_PROVINCE, 2, false, true},
	{"quan", "quận", ADMIN_DISTRICT, 3, true, true},
	{"q", NULL, ADMIN_DISTRICT, 3, true, false},
	{"huyen", "huyện", ADMIN_DISTRICT, 4, false, false},
	{"h", NULL, ADMIN_DISTRICT, 4, false, true},
	{"thi xa", "thị xã", ADMIN_DISTRICT, 5, false, false},
	{"tx", NULL, ADMIN_DISTRICT, 5, false, false},
	{"xa", "xã", ADMIN_COMMUNE, 6, false, true},
	{"x", NULL, ADMIN_COMMUNE, 6, false, true},
	{"phuong", "phường", ADMIN_COMMUNE, 7, true, true},
	{"p", NULL, ADMIN_COMMUNE, 7, true, false},
	{"thi tran", "thị trấn", ADMIN_COMMUNE, 8, false, false},
	{"tt", NULL, ADMIN_COMMUNE, 8, false, false},
	{"dac khu", "đặc khu", ADMIN_COMMUNE, 9, false, false},
};

/* What people write for some provinces, and the name in the table. */
static const struct {
	const char *said;
	const char *name;
} also[] = {
	{"hcm", "hochiminh"},
	{"tphcm", "hochiminh"},
	{"saigon", "hochiminh"},
	{"thuathienhue", "hue"},
	{"daclac", "daklak"},
	{"dacnong", "daknong"},
	{"baccan", "backan"},
	{"brvt", "bariavungtau"},
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Without blanks, and "05" is 5. */
static void squeeze(const char *folded, char out[ADMIN_KEY_SIZE])
{
	char *to = out;

	while (folded[0] == '0' && is_digit(folded[1]))
		folded++;
	for (; *folded; folded++)
		if (*folded != ' ')
			*to++ = *folded;
	*to = '\0';
}

static const struct word *word_of(const char *folded, const char **rest)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const size_t len = strlen(words[i].folded);
		const char *after = folded + len;

		if (strncmp(folded, words[i].folded, len) != 0)
			continue;
		if (*after == ' ')
			*rest = after + 1;
		else if (words[i].digits && is_digit(*after))
			*rest = after;
		else
			continue;
		return &words[i];
	}
	return NULL;
}

/* Is the first word of text this one, marks and all? */
static bool begins_marked(const char *text, const char *word)
{
	const size_t len = strcspn(text, " 0123456789");
	char start[ADMIN_KEY_SIZE];

	str_copy(start, sizeof(start), text);
	if (len < sizeof(start))
		start[len] = '\0';
	return viet_compare(start, word, NULL, 0) == VIET_EQUAL;
}

/* Is it the word, or the beginning of a name? */
static bool is_sure(const char *text, const struct word *w, const char *rest)
{
	if (!w->unsure || is_digit(*rest))
		return true;
	if (w->marked)
		return begins_marked(text, w->marked);
	return text[strlen(w->folded)] == '.';
}

bool admin_name_read(const char *text, struct admin_name *out)
{
	char folded[ADMIN_KEY_SIZE];
	const struct word *word;
	const char *rest;

	*out = (struct admin_name){.text = text};
	if (!viet_fold(text, folded, sizeof(folded)) || !folded[0])
		return false;
	squeeze(folded, out->whole);
	word = word_of(folded, &rest);
	if (word) {
		squeeze(rest, out->bare);
		out->level = word->level;
		out->word = word->number;
		out->sure = is_sure(text, word, rest);
	}
	return true;
}

bool admin_name_may_be(const struct admin_name *n, enum admin_level level)
{
	return n->level == ADMIN_ANY_LEVEL || n->level == level ||
	       (n->level == ADMIN_CITY && level != ADMIN_COMMUNE);
}

const char *admin_bare(const char *full_name)
{
	static const char *const prefix[] = {"Thành phố ", "Tỉnh ", "Quận ",
		"Huyện ", "Thị xã ", "Xã ", "Phường ", "Thị trấn ", "Đặc khu "};

	for (size_t i = 0; i < sizeof(prefix) / sizeof(*prefix); i++)
		if (str_starts(full_name, prefix[i]))
			return full_name + strlen(prefix[i]);
	return full_name;
}

static const char *also_said(const char *key)
{
	for (size_t i = 0; i < sizeof(also) / sizeof(*also); i++)
		if (strcmp(key, also[i].said) == 0)
			return also[i].name;
	return key;
}

/* Does text end in that name, letter by letter with its marks? */
static bool ends_marked(const char *text, const char *name)
{
	for (const char *at = text; *at; at++)
		if ((at == text || at[-1] == ' ' || at[-1] == '.') &&
			viet_compare(at, name, NULL, 0) == VIET_EQUAL)
			return true;
	return false;
}

/* Letters that no mark turns into another: đ is no d. */
static bool is_firm(char c)
{
	return c != '\0' && strchr("bcfghjklmnpqrstvwxz", c);
}

static char next_firm(const char **s)
{
	while (**s != '\0') {
		const char c = *(*s)++;
		const char low = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;

		if (is_firm(low))
			return low;
	}
	return '\0';
}

/* Folding is slow and there are thousands of names: most differ here. */
static bool may_fit(const char *key, const char *name)
{
	char c;

	do {
		c = next_firm(&key);
		if (c != next_firm(&name))
			return false;
	} while (c != '\0');
	return true;
}

void admin_pick(struct admin_picks *p, const struct admin_name *n,
	enum admin_level level, const char *full_name, int row)
{
	struct admin_name known;
	const char *whole = n->whole;
	const char *bare = n->bare;
	bool fits;

	if (level == ADMIN_PROVINCE) {
		whole = also_said(whole);
		bare = also_said(bare);
	}
	if (!n->whole[0] || p->count == ADMIN_MAX_PICKS ||
		(!may_fit(whole, admin_bare(full_name)) &&
			!may_fit(bare, admin_bare(full_name))) ||
		!admin_name_read(full_name, &known))
		return;
	/* The word may belong to the name: there is a Thành Phố of that. */
	fits = strcmp(whole, known.bare) == 0 ||
	       (strcmp(bare, known.bare) == 0 && admin_name_may_be(n, level));
	if (!fits)
		return;
	p->at[p->count].row = row;
	p->at[p->count].same_word = n->word == known.word;
	p->at[p->count].same_marks =
		ends_marked(n->text, admin_bare(full_name));
	p->count++;
}

void admin_pick_nearest(struct admin_picks *p)
{
	bool marks = false;
	bool word = false;
	bool both = false;
	int kept = 0;

	for (int i = 0; i < p->count; i++) {
		marks = marks || p->at[i].same_marks;
		word = word || p->at[i].same_word;
	}
	for (int i = 0; i < p->count; i++)
		both = both || (p->at[i].same_marks == marks &&
				       p->at[i].same_word == word);
	/* One has the marks, another the word: neither is nearer. */
	if (!both)
		return;
	for (int i = 0; i < p->count; i++)
		if (p->at[i].same_marks == marks && p->at[i].same_word == word)
			p->at[kept++] = p->at[i];
	p->count = kept;
}
