#include "terminal/app/masked.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/scantext.h"
#include "core/str.h"

enum {
	ID_DIGITS = PERSONID_SIZE - 1,
	OURS = 4,        /* "CV1:" */
	CARD_FIELDS = 7, /* of the card of 2021 */
	SHORT_FIELDS = 6 /* without a place for the old number */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "CZ1:": a Z slip, an approval, paid marks; receipts too. */
static bool is_ours(const char *s, size_t len)
{
	return len > OURS && s[0] == 'C' && s[1] >= 'A' && s[1] <= 'Z' &&
	       is_digit(s[2]) && s[3] == ':';
}

/* What a code says of itself by its beginning: the program goes by that. */
static size_t open_part(const char *s, size_t len)
{
	const struct scantext code = {s, len};
	const char *colon = memchr(s, ':', len);

	if (is_ours(s, len))
		return OURS;
	switch (scantext_kind(code)) {
	case SCANTEXT_RECEIPT:
		return colon ? (size_t)(colon - s) + 1 : 0;
	case SCANTEXT_URL:
		return colon ? (size_t)(colon - s) + 3 : 0;
	case SCANTEXT_VIETQR:
	case SCANTEXT_PAYMENT:
		return 6; /* "000201": the version of the format */
	case SCANTEXT_BHYT:
	case SCANTEXT_OTHER:
		break;
	}
	return 0;
}

static char mask(unsigned char byte)
{
	if (byte >= '0' && byte <= '9')
		return '0';
	if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
		byte >= 0x80)
		return 'x';
	return (char)byte;
}

/* The first twelve digits that stand alone; NULL if there are none. */
static char *find_number(char *text, size_t len)
{
	size_t run = 0;

	for (size_t i = 0; i <= len; i++) {
		if (i < len && is_digit(text[i])) {
			run++;
			continue;
		}
		if (run == ID_DIGITS)
			return text + i - run;
		run = 0;
	}
	return NULL;
}

static void put_number(char *at, int person)
{
	for (int i = ID_DIGITS - 1; i >= 0; i--) {
		at[i] = (char)('0' + person % 10);
		person /= 10;
	}
}

/* A card whose shape is lost in how it came, as "%30%30" for 00. */
static size_t plain_card(int person, char *out)
{
	static const char rest[] = {'|', '|', 'x', '|', '0', '|', 'x', '|', 'x',
		'|'};

	put_number(out, person);
	memcpy(out + ID_DIGITS, rest, sizeof(rest));
	return ID_DIGITS + sizeof(rest);
}

size_t masked_scan(const void *bytes, size_t len, int person, char *out)
{
	const char *in = bytes;
	size_t open = person > 0 ? 0 : open_part(in, len);
	size_t n = 0;
	char *number;

	if (len > IDCARD_MAX_BYTES + 1)
		len = IDCARD_MAX_BYTES + 1;
	for (size_t i = 0; i < len; i++) {
		/* A letter is one x, however many bytes it has. */
		if (((unsigned char)in[i] & 0xc0) == 0x80)
			continue;
		out[n++] = i < open ? in[i] : mask((unsigned char)in[i]);
	}
	if (person == 0)
		return n;
	number = find_number(out, n);
	if (!number)
		return plain_card(person, out);
	put_number(number, person);
	return n;
}

int masked_person(const char *text, size_t len)
{
	char number[PERSONID_SIZE] = "";
	char copy[IDCARD_MAX_BYTES + 1];
	const char *at;
	int64_t person = 0;

	if (len > sizeof(copy))
		return 0;
	memcpy(copy, text, len);
	at = find_number(copy, len);
	if (!at)
		return 0;
	memcpy(number, at, ID_DIGITS);
	return str_to_int(number, 0, 99999, &person) ? (int)person : 0;
}

void masked_stranger(int person, struct stand_in *out)
{
	memset(out, 0, sizeof(*out));
	put_number(out->id12, person);
	snprintf(out->name, sizeof(out->name), "Khách Lạ");
	/* As its number says: a man, born in 1900. */
	out->sex = SEX_MALE;
	out->birth = (struct date){.year = 1900, .month = 1, .day = 1};
	snprintf(out->address, sizeof(out->address), "Thôn 1");
}

static int count_marks(const char *text, size_t len)
{
	int marks = 0;

	for (size_t i = 0; i < len; i++)
		marks += text[i] == '|';
	return marks;
}

size_t masked_card(const char *text, size_t len, const struct stand_in *who,
	char *out, size_t size)
{
	const int fields = count_marks(text, len) + 1;
	const char *old_id = who->old_id;
	char birth[16];
	int n;

	snprintf(birth, sizeof(birth), "%02d%02d%04d", who->birth.day,
		who->birth.month, who->birth.year);
	n = snprintf(out, size, "%s|%s%s%s|%s|%s|%s|20082024", who->id12,
		fields == SHORT_FIELDS ? "" : old_id,
		fields == SHORT_FIELDS ? "" : "|", who->name, birth,
		who->sex == SEX_MALE ? "Nam" : "Nữ", who->address);
	if (n < 0)
		return 0;
	for (int i = CARD_FIELDS; i < fields && (size_t)n < size; i++)
		out[n++] = '|';
	return (size_t)n < size ? (size_t)n : 0;
}
