/*
 * fuzz_account.c - four lines: a BIN, a number, the name on a card, the
 * holder's name. Accounts keep to their letters, folded names to theirs, and
 * comparing is the same in both directions.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/account.h"
#include "core/codec/phone.h"
#include "core/text.h"

enum {
	LINES = 4,
	LINE_SIZE = 512
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_number(const char *bin, const char *number)
{
	char phone[PHONE_SIZE];
	struct account again;
	struct account a;
	const enum account_fault fault = account_check(bin, number, &a);

	if (phone_read(number, phone) != (phone_operator(phone) != NULL))
		abort();
	if ((fault == ACCOUNT_FINE) != (a.number[0] != '\0') ||
		(fault == ACCOUNT_FINE) != !account_fault_code(fault)[0])
		abort();
	if (fault != ACCOUNT_FINE)
		return;
	if (strspn(a.number, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") !=
		strlen(a.number))
		abort();
	/* What was kept is kept again as it is. */
	if (account_check(a.bin, a.number, &again) != ACCOUNT_FINE ||
		memcmp(&a, &again, sizeof(a)) != 0)
		abort();
}

static void check_fold(const char *name)
{
	char folded[ACCOUNT_NAME_SIZE];
	char again[ACCOUNT_NAME_SIZE];

	if (!account_name_fold(name, folded, sizeof(folded))) {
		if (folded[0])
			abort();
		return;
	}
	for (const char *s = folded; *s; s++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ", *s) ||
			(*s == ' ' && (s == folded || !s[1] || s[1] == ' ')))
			abort();
	if (!account_name_fold(folded, again, sizeof(again)) ||
		strcmp(folded, again) != 0)
		abort();
	if (folded[0] &&
		account_compare_names(name, folded, NULL, 0) ==
			VIET_DIFFERENT &&
		strlen(name) < ACCOUNT_NAME_SIZE)
		abort();
}

static void check_names(const char *card, const char *holder)
{
	bool differs[LINE_SIZE + 1] = {false};
	const enum viet_verdict v =
		account_compare_names(card, holder, differs, LINE_SIZE);

	if (account_compare_names(holder, card, NULL, 0) != v ||
		differs[strlen(holder)] ||
		(v == VIET_EQUAL && memchr(differs, true, sizeof(differs))))
		abort();
}

/* The next line of the input as a C string; a NUL ends it. */
static void next_line(const uint8_t **at, size_t *left, char out[LINE_SIZE])
{
	const uint8_t *end = *left ? memchr(*at, '\n', *left) : NULL;
	const size_t len = end ? (size_t)(end - *at) : *left;
	const size_t kept = len < LINE_SIZE - 1 ? len : LINE_SIZE - 1;

	if (kept > 0)
		memcpy(out, *at, kept);
	out[kept] = '\0';
	*at += end ? len + 1 : len;
	*left -= end ? len + 1 : len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct bank *found[4];
	char line[LINES][LINE_SIZE];
	char name[2][LINE_SIZE];

	for (int i = 0; i < LINES; i++)
		next_line(&data, &size, line[i]);
	check_number(line[0], line[1]);
	bank_search(line[1], found, 4);
	for (int i = 0; i < 2; i++) {
		if (!text_clean(line[2 + i], strlen(line[2 + i]), name[i],
			    LINE_SIZE, NULL))
			return 0;
		check_fold(name[i]);
	}
	check_names(name[0], name[1]);
	return 0;
}
