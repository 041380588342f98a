#include "core/codec/words.h"

#include <string.h>

#include "core/buf.h"
#include "core/codec/viet.h"
#include "core/money.h"
#include "core/text.h"

/* Words that North and South say differently. */
struct dialect {
	const char *zero_ten;
	const char *thousand;
};

static const struct dialect dialects[WORDS_STYLE_COUNT] = {
	[WORDS_NORTH] = {"linh", "nghìn"},
	[WORDS_SOUTH] = {"lẻ", "ngàn"},
};

static const char *const digit_words[] = {"không", "một", "hai", "ba", "bốn",
	"năm", "sáu", "bảy", "tám", "chín"};

static void say(struct buf *b, const char *word)
{
	if (b->len > 0)
		buf_byte(b, ' ');
	buf_put(b, word, strlen(word));
}

/* The last digit, which changes its sound with the ten before it. */
static void say_unit(struct buf *b, int ten, int unit)
{
	if (unit == 0)
		return;
	if (ten > 1 && unit == 1)
		say(b, "mốt");
	else if (ten > 1 && unit == 4)
		say(b, "tư");
	else if (ten > 0 && unit == 5)
		say(b, "lăm");
	else
		say(b, digit_words[unit]);
}

/* 1 to 999. A zero hundred is said only if something stands before it. */
static void say_group(struct buf *b, int n, const struct dialect *d)
{
	const int hundred = n / 100;
	const int ten = n / 10 % 10;
	const int unit = n % 10;
	const bool has_hundred = hundred > 0 || b->len > 0;

	if (has_hundred) {
		say(b, digit_words[hundred]);
		say(b, "trăm");
	}
	if (ten == 0 && unit > 0 && has_hundred) {
		say(b, d->zero_ten);
	} else if (ten == 1) {
		say(b, "mười");
	} else if (ten > 1) {
		say(b, digit_words[ten]);
		say(b, "mươi");
	}
	say_unit(b, ten, unit);
}

/* Below a billion. */
static void say_millions(struct buf *b, int n, const struct dialect *d)
{
	const int group[] = {n / 1000000, n / 1000 % 1000, n % 1000};
	const char *const scale[] = {"triệu", d->thousand, NULL};

	for (int i = 0; i < 3; i++) {
		if (group[i] == 0)
			continue;
		say_group(b, group[i], d);
		if (scale[i])
			say(b, scale[i]);
	}
}

bool words_of_amount(int64_t amount, enum words_style style,
	char out[WORDS_SIZE])
{
	const struct dialect *d = &dialects[style];
	struct buf b;

	out[0] = '\0';
	if (amount < 0 || amount > MONEY_MAX)
		return false;
	buf_init(&b, out, WORDS_SIZE);
	if (amount == 0)
		say(&b, digit_words[0]);
	if (amount >= 1000000000) {
		say_millions(&b, (int)(amount / 1000000000), d);
		say(&b, "tỷ");
	}
	say_millions(&b, (int)(amount % 1000000000), d);
	say(&b, "đồng");
	buf_text(&b);
	/* No word that comes first begins with a marked letter. */
	out[0] = (char)(out[0] - 'a' + 'A');
	return true;
}

/* ---- and back ---- */

enum {
	MAX_WORDS = 80, /* the longest amount has 49 */
	WORD_SIZE = 16,
	BILLION = 1000000000
};

enum sense {
	SENSE_DIGIT,
	SENSE_TEN, /* mười */
	SENSE_TENS,
	SENSE_HUNDRED,
	SENSE_NOTHING, /* linh */
	SENSE_SCALE,
	SENSE_END,
};

struct meaning {
	const char *word;
	const char *north; /* how words_of_amount() says it */
	enum sense sense;
	int value;
};

static const struct meaning meanings[] = {
	{"không", "không", SENSE_DIGIT, 0},
	{"một", "một", SENSE_DIGIT, 1},
	{"mốt", "mốt", SENSE_DIGIT, 1},
	{"hai", "hai", SENSE_DIGIT, 2},
	{"ba", "ba", SENSE_DIGIT, 3},
	{"bốn", "bốn", SENSE_DIGIT, 4},
	{"tư", "tư", SENSE_DIGIT, 4},
	{"năm", "năm", SENSE_DIGIT, 5},
	{"lăm", "lăm", SENSE_DIGIT, 5},
	{"sáu", "sáu", SENSE_DIGIT, 6},
	{"bảy", "bảy", SENSE_DIGIT, 7},
	{"tám", "tám", SENSE_DIGIT, 8},
	{"chín", "chín", SENSE_DIGIT, 9},
	{"mười", "mười", SENSE_TEN, 10},
	{"mươi", "mươi", SENSE_TENS, 10},
	{"trăm", "trăm", SENSE_HUNDRED, 100},
	{"linh", "linh", SENSE_NOTHING, 0},
	{"lẻ", "linh", SENSE_NOTHING, 0},
	{"nghìn", "nghìn", SENSE_SCALE, 1000},
	{"ngàn", "nghìn", SENSE_SCALE, 1000},
	{"triệu", "triệu", SENSE_SCALE, 1000000},
	{"tỷ", "tỷ", SENSE_SCALE, BILLION},
	{"tỉ", "tỷ", SENSE_SCALE, BILLION},
	{"đồng", "đồng", SENSE_END, 0},
};

static const struct meaning *look_up(const char *word)
{
	for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].word[0] == word[0] &&
			strcmp(meanings[i].word, word) == 0)
			return &meanings[i];
	return NULL;
}

/* The next word, *at past it; NULL if it has no place in an amount. */
static const struct meaning *next_word(const char **at)
{
	const size_t len = strcspn(*at, " ");
	char word[WORD_SIZE];
	char nfc[WORD_SIZE];
	const struct meaning *m;

	if (len >= sizeof(word))
		return NULL;
	memcpy(word, *at, len);
	word[len] = '\0';
	*at += len;
	*at += strspn(*at, " ");
	m = look_up(word);
	if (m)
		return m;
	if (!text_nfc(word, nfc, sizeof(nfc)) ||
		!viet_lower(nfc, word, sizeof(word)))
		return NULL;
	return look_up(word);
}

/* What has been heard so far. */
struct heard {
	int64_t billions; /* in đồng */
	int64_t sum;      /* below the billion */
	int64_t group;    /* below the thousand */
	int64_t digit;    /* not used up yet */
};

static bool hear(struct heard *h, const struct meaning *m)
{
	switch (m->sense) {
	case SENSE_DIGIT:
		h->digit = m->value;
		break;
	case SENSE_TEN:
		h->group += m->value;
		break;
	case SENSE_TENS:
	case SENSE_HUNDRED:
		h->group += h->digit * m->value;
		h->digit = 0;
		break;
	case SENSE_SCALE:
		h->group += h->digit;
		h->digit = 0;
		if (m->value == BILLION) {
			h->billions = (h->sum + h->group) * BILLION;
			h->sum = 0;
		} else {
			h->sum += h->group * m->value;
		}
		h->group = 0;
		break;
	case SENSE_NOTHING:
	case SENSE_END:
		break;
	}
	return h->group < 10000 && h->sum < BILLION * INT64_C(10);
}

/* Are these the words of the amount, but for đồng at the end? */
static bool is_wording(int64_t amount, const struct meaning *const *m, size_t n)
{
	char canonical[WORDS_SIZE];
	const char *at = canonical;

	if (!words_of_amount(amount, WORDS_NORTH, canonical))
		return false;
	canonical[0] = (char)(canonical[0] - 'A' + 'a');
	for (size_t i = 0; i < n; i++) {
		const size_t len = strlen(m[i]->north);

		if (strncmp(at, m[i]->north, len) != 0 ||
			(at[len] != ' ' && at[len] != '\0'))
			return false;
		at += len;
		at += *at == ' ';
	}
	return *at == '\0' || strcmp(at, "đồng") == 0;
}

static bool is_whole(const char *at)
{
	return strcmp(at, "chẵn") == 0 || strcmp(at, "chẵn ") == 0;
}

bool words_to_amount(const char *words, int64_t *out)
{
	const struct meaning *m[MAX_WORDS];
	struct heard h = {0};
	size_t n = 0;

	words += strspn(words, " ");
	while (*words) {
		if (n > 0 && m[n - 1]->sense == SENSE_END && is_whole(words))
			break;
		if (n == MAX_WORDS)
			return false;
		m[n] = next_word(&words);
		if (!m[n] || !hear(&h, m[n]))
			return false;
		n++;
	}
	if (n == 0 || !is_wording(h.billions + h.sum + h.group + h.digit, m, n))
		return false;
	*out = h.billions + h.sum + h.group + h.digit;
	return true;
}
