#include "core/codec/words.h"

#include <string.h>

#include "core/buf.h"
#include "core/money.h"

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
