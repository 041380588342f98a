#include "core/codec/account.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/phone.h"
#include "core/str.h"
#include "core/text.h"
#include "core/utf8.h"

enum {
	SHORTEST = 3, /* a nickname at Vietcombank */
	LONGEST = 20,
	NAPAS_SHORTEST = 6,
	NAPAS_LONGEST = 19,
	MAX_WORDS = ACCOUNT_NAME_SIZE / 2 + 1,
	PLAIN_SIZE = 512
};

/* ---- numbers ---- */

/* Wallets by BIN, and by how the numbers begin that a bank lends them. */
static const struct {
	const char *bin;
	const char *begins;
	enum account_wallet wallet;
} wallets[] = {
	{"971025", "", WALLET_MOMO},
	{"970454", "99MM", WALLET_MOMO},
	{"970454", "99ZP", WALLET_ZALOPAY},
	{"971005", "", WALLET_VIETTEL_MONEY},
	{"971011", "", WALLET_VNPT_MONEY},
};

static enum account_wallet wallet_of(const struct account *a)
{
	for (size_t i = 0; i < sizeof(wallets) / sizeof(*wallets); i++)
		if (strcmp(a->bin, wallets[i].bin) == 0 &&
			str_starts(a->number, wallets[i].begins))
			return wallets[i].wallet;
	return WALLET_NONE;
}

/* The number with its letters as capitals. */
static enum account_fault read_number(const char *text,
	char out[ACCOUNT_NUMBER_SIZE])
{
	const size_t len = strlen(text);

	for (size_t i = 0; i < len; i++) {
		const char c = text[i];
		const bool small = c >= 'a' && c <= 'z';

		if (!small && !(c >= 'A' && c <= 'Z') &&
			!(c >= '0' && c <= '9'))
			return ACCOUNT_BAD_LETTERS;
		if (i < LONGEST)
			out[i] = small ? (char)(c - 'a' + 'A') : c;
	}
	return len < SHORTEST || len > LONGEST ? ACCOUNT_BAD_LENGTH
					       : ACCOUNT_FINE;
}

static enum account_fault fill(const char *bin, const char *number,
	struct account *out)
{
	char phone[PHONE_SIZE];
	bool is_phone;
	enum account_fault fault;
	size_t len;

	if (strlen(bin) != BANK_BIN_SIZE - 1 || !str_is_digits(bin))
		return ACCOUNT_BAD_BIN;
	str_copy(out->bin, sizeof(out->bin), bin);
	out->bank = bank_by_bin(bin);
	if (out->bank && out->bank->type == BANK_TYPE_FINANCE)
		return ACCOUNT_NOT_PAYABLE;
	is_phone = out->bank && out->bank->type == BANK_TYPE_MOBILE_MONEY;
	if (is_phone && phone_read(number, phone))
		number = phone;
	else if (is_phone)
		out->notes |= ACCOUNT_NOTE_NO_PHONE;
	fault = read_number(number, out->number);
	if (fault != ACCOUNT_FINE)
		return fault;
	len = strlen(out->number);
	if (len < NAPAS_SHORTEST || len > NAPAS_LONGEST)
		out->notes |= ACCOUNT_NOTE_LENGTH;
	if (!out->bank)
		out->notes |= ACCOUNT_NOTE_PROVIDER;
	out->wallet = wallet_of(out);
	return ACCOUNT_FINE;
}

enum account_fault account_check(const char *bin, const char *number,
	struct account *out)
{
	enum account_fault fault;

	memset(out, 0, sizeof(*out));
	fault = fill(bin, number, out);
	if (fault != ACCOUNT_FINE)
		memset(out, 0, sizeof(*out));
	return fault;
}

/* ---- codes ---- */

const char *account_fault_code(enum account_fault fault)
{
	static const char *const code[ACCOUNT_FAULT_COUNT] = {
		[ACCOUNT_FINE] = "",
		[ACCOUNT_BAD_BIN] = "bad_bin",
		[ACCOUNT_BAD_LENGTH] = "bad_number",
		[ACCOUNT_BAD_LETTERS] = "bad_number",
		[ACCOUNT_NOT_PAYABLE] = "not_payable",
	};

	return code[fault];
}

const char *account_note_code(enum account_note note)
{
	switch (note) {
	case ACCOUNT_NOTE_LENGTH:
		return "unusual_length";
	case ACCOUNT_NOTE_PROVIDER:
		return "unknown_provider";
	case ACCOUNT_NOTE_NO_PHONE:
		return "no_phone_number";
	}
	return "";
}

const char *account_wallet_code(enum account_wallet wallet)
{
	static const char *const code[WALLET_COUNT] = {
		[WALLET_NONE] = "",
		[WALLET_MOMO] = "momo",
		[WALLET_ZALOPAY] = "zalopay",
		[WALLET_VIETTEL_MONEY] = "viettel_money",
		[WALLET_VNPT_MONEY] = "vnpt_money",
	};

	return code[wallet];
}

/* ---- names ---- */

/* Bytes of a sign at s that banks leave out, 0 if it is none. */
static size_t left_out(const char *s)
{
	static const char *const signs[] = {"'", "`", "~", "-",
		"\xe2\x80\x98" /* ‘ */, "\xe2\x80\x99" /* ’ */,
		"\xca\xbc" /* ʼ */, "\xe2\x80\x90" /* ‐ */,
		"\xe2\x80\x91" /* ‑ */, "\xe2\x80\x93" /* – */};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (str_starts(s, signs[i]))
			return strlen(signs[i]);
	return 0;
}

bool account_name_fold(const char *name, char *out, size_t size)
{
	char bare[4 * ACCOUNT_NAME_SIZE];
	struct buf b;

	if (size == 0)
		return false;
	out[0] = '\0';
	buf_init(&b, bare, sizeof(bare));
	while (*name && !b.full) {
		const size_t sign = left_out(name);

		if (sign == 0)
			buf_byte(&b, (unsigned char)*name);
		name += sign ? sign : 1;
	}
	buf_text(&b);
	if (b.full || !viet_is_latin(bare) || !viet_fold(bare, out, size))
		return false;
	for (; *out; out++)
		if (*out >= 'a' && *out <= 'z')
			*out = (char)(*out - 'a' + 'A');
	return true;
}

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The words of a folded name in alphabetical order. */
static void sort_words(const char *folded, char out[ACCOUNT_NAME_SIZE])
{
	char text[ACCOUNT_NAME_SIZE];
	char *word[MAX_WORDS] = {NULL};
	char *at = text;
	struct buf b;
	size_t n = 0;

	str_copy(text, sizeof(text), folded);
	while (*at) {
		word[n++] = at;
		at += strcspn(at, " ");
		if (*at)
			*at++ = '\0';
	}
	qsort(word, n, sizeof(*word), compare_words);
	buf_init(&b, out, ACCOUNT_NAME_SIZE);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(&b, ' ');
		buf_put(&b, word[i], strlen(word[i]));
	}
	buf_text(&b);
}

/* "H MAU" is "HMAU". */
static void close_up(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
}

static bool same_at_banks(const char *card, const char *holder)
{
	char folded[2][ACCOUNT_NAME_SIZE];
	char sorted[2][ACCOUNT_NAME_SIZE];

	if (!account_name_fold(card, folded[0], sizeof(folded[0])) ||
		!account_name_fold(holder, folded[1], sizeof(folded[1])) ||
		!folded[0][0])
		return false;
	sort_words(folded[0], sorted[0]);
	sort_words(folded[1], sorted[1]);
	if (strcmp(sorted[0], sorted[1]) == 0)
		return true;
	close_up(folded[0]);
	close_up(folded[1]);
	return strcmp(folded[0], folded[1]) == 0;
}

/* Each character of the NFC text as its letter alone, Đ as D. */
static bool without_marks(const char *name, char out[PLAIN_SIZE])
{
	char nfc[PLAIN_SIZE];
	const char *s = nfc;
	struct buf b;

	buf_init(&b, out, PLAIN_SIZE);
	if (!text_nfc(name, nfc, sizeof(nfc)))
		return false;
	while (*s) {
		char one[UTF8_MAX_BYTES + 1];
		char apart[64];
		const char *first = apart;
		uint32_t ch = utf8_next(&s);

		one[utf8_encode(ch, one)] = '\0';
		if (text_nfd(one, apart, sizeof(apart)))
			ch = utf8_next(&first);
		if (ch == 0x110 || ch == 0x111) /* Đ, đ */
			ch = 'D';
		buf_put(&b, one, utf8_encode(ch, one));
	}
	buf_text(&b);
	return !b.full;
}

enum viet_verdict account_compare_names(const char *card, const char *holder,
	bool *differs, size_t max)
{
	const enum viet_verdict v = viet_compare(card, holder, differs, max);
	char plain[2][PLAIN_SIZE];

	if (v != VIET_DIFFERENT)
		return v;
	if (same_at_banks(card, holder))
		return VIET_ALIKE;
	/* Where one has no marks at all, those of the other are no news. */
	if (differs && viet_has_marks(card) != viet_has_marks(holder) &&
		without_marks(card, plain[0]) &&
		without_marks(holder, plain[1]))
		viet_compare(plain[0], plain[1], differs, max);
	return v;
}

enum viet_verdict account_names_fit(const char *owner, const char *holder)
{
	char ours[ACCOUNT_NAME_SIZE];
	char theirs[ACCOUNT_NAME_SIZE];
	const enum viet_verdict v =
		account_compare_names(owner, holder, NULL, 0);

	if (v == VIET_ALIKE && account_name_fold(owner, ours, sizeof(ours)) &&
		account_name_fold(holder, theirs, sizeof(theirs)) &&
		strcmp(ours, theirs) == 0)
		return VIET_EQUAL;
	return v;
}
