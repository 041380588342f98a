#include "core/codec/bank.h"

#include <string.h>

#include "core/codec/viet.h"

enum {
	FOLDED_SIZE = 256
};

/* How near a provider is to what was typed. */
enum nearness {
	BEGINS,
	INSIDE,
	NAMED, /* in the full or the former name */
	APART,
};

const struct bank *bank_by_bin(const char *bin)
{
	for (size_t i = 0; i < banks_count; i++)
		if (strcmp(banks[i].bin, bin) == 0)
			return &banks[i];
	return NULL;
}

/* Folded and without blanks: "Sài Gòn" is found in SaigonBank. */
static bool fold(const char *text, char out[FOLDED_SIZE])
{
	char *to = out;

	if (!viet_fold(text, out, FOLDED_SIZE))
		return false;
	for (const char *from = out; *from; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
	return true;
}

/* Where typed stands in text: 0 at its start, 1 inside, -1 nowhere. */
static int place_in(const char *text, const char *typed)
{
	char folded[FOLDED_SIZE];
	const char *at;

	if (!fold(text, folded))
		return -1;
	at = strstr(folded, typed);
	if (!at)
		return -1;
	return at > folded;
}

static enum nearness nearness(const struct bank *b, const char *typed)
{
	const int in_name = place_in(b->short_name, typed);

	if (in_name == 0 || place_in(b->code, typed) == 0 ||
		strncmp(b->bin, typed, strlen(typed)) == 0)
		return BEGINS;
	if (in_name > 0)
		return INSIDE;
	if (place_in(b->full_name, typed) >= 0 ||
		place_in(b->former, typed) >= 0)
		return NAMED;
	return APART;
}

size_t bank_search(const char *typed, const struct bank **out, size_t max)
{
	char folded[FOLDED_SIZE];
	size_t n = 0;

	/* Signs alone are no search for everything. */
	if (!fold(typed, folded) || (*typed && !folded[0]))
		return 0;
	for (enum nearness want = BEGINS; want < APART; want++)
		for (size_t i = 0; i < banks_count && n < max; i++)
			if (nearness(&banks[i], folded) == want)
				out[n++] = &banks[i];
	return n;
}

const char *bank_type_code(enum bank_type type)
{
	static const char *const code[] = {
		[BANK_TYPE_BANK] = "bank",
		[BANK_TYPE_WALLET] = "wallet",
		[BANK_TYPE_MOBILE_MONEY] = "mobile-money",
		[BANK_TYPE_FINANCE] = "finance",
	};

	return code[type];
}
