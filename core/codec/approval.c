#include "core/codec/approval.h"

#include <string.h>

#include "core/buf.h"
#include "core/codec/base45.h"
#include "core/str.h"
#include "core/text.h"
#include "core/utf8.h"

enum {
	PREFIX_LEN = 4,
	HEAD_BYTES = 72,   /* of a request, before the person */
	REQUEST_MAX = 100, /* 150 characters */
	ANSWER_BYTES = 76, /* the last one is 0: base45 wants pairs */
	CARD_BYTES = 100,  /* and here */
	CARD_SIGNED = 35,  /* number and key */
	TEXT_MAX = PREFIX_LEN + BASE45_CHARS(REQUEST_MAX),
	LAST_DIGITS = 4
};

_Static_assert((int)APPROVAL_TEXT_SIZE > (int)TEXT_MAX, "texts fit");
_Static_assert(HEAD_BYTES + APPROVAL_PERSON_SIZE - 1 == REQUEST_MAX,
	"a person fits");

static const char request_prefix[] = "CA1:";
static const char answer_prefix[] = "CA2:";
static const char card_prefix[] = "CU1:";
static const char card_tag[] = "CHTRUSR1";

char approval_kind_of(const char *text)
{
	if (str_starts(text, request_prefix))
		return 'R';
	if (str_starts(text, answer_prefix))
		return 'A';
	return str_starts(text, card_prefix) ? 'C' : '\0';
}

/* The letters behind the prefix, without a line end. */
static bool letters_of(const char *text, const char *prefix,
	char out[APPROVAL_TEXT_SIZE])
{
	size_t len;

	if (!str_starts(text, prefix))
		return false;
	text += PREFIX_LEN;
	len = strcspn(text, "\r\n");
	if (len >= APPROVAL_TEXT_SIZE ||
		text[len + strspn(text + len, "\r\n")] != '\0')
		return false;
	memcpy(out, text, len);
	out[len] = '\0';
	return true;
}

static void write_text(const char *prefix, const uint8_t *bytes, size_t len,
	char out[APPROVAL_TEXT_SIZE])
{
	memcpy(out, prefix, PREFIX_LEN);
	base45_write(bytes, len, out + PREFIX_LEN);
}

/* ---- asked --------------------------------------------------------------- */

void approval_request_text(const struct approval_request *r,
	char out[APPROVAL_TEXT_SIZE])
{
	uint8_t bytes[REQUEST_MAX] = {0};
	size_t len;
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	buf_byte(&b, (uint8_t)r->kind);
	buf_byte(&b, (uint8_t)r->reason);
	buf_be(&b, (uint64_t)r->amount, 5);
	buf_be(&b, (uint64_t)r->actor, 3);
	buf_be(&b, (uint64_t)r->t, 6);
	buf_put(&b, r->nonce, sizeof(r->nonce));
	buf_put(&b, r->dev, sizeof(r->dev));
	buf_put(&b, r->digest, sizeof(r->digest));
	buf_put(&b, r->person, strlen(r->person));
	len = b.len + (b.len & 1);
	write_text(request_prefix, bytes, len, out);
}

/* What follows the head: text as text_clean() leaves it, and a zero byte
 * where its length is odd. */
static bool read_person(const uint8_t *at, size_t len,
	char out[APPROVAL_PERSON_SIZE])
{
	char clean[APPROVAL_PERSON_SIZE];
	const size_t text = len > 0 && at[len - 1] == 0 ? len - 1 : len;

	memcpy(out, at, text);
	out[text] = '\0';
	if (text < len && text % 2 == 0)
		return false;
	return strlen(out) == text &&
	       text_clean(out, text, clean, sizeof(clean), NULL) &&
	       strcmp(clean, out) == 0;
}

bool approval_request_parse(const char *text, struct approval_request *out)
{
	char letters[APPROVAL_TEXT_SIZE];
	uint8_t bytes[REQUEST_MAX];
	const uint8_t *at = bytes;
	size_t len;

	*out = (struct approval_request){0};
	if (!letters_of(text, request_prefix, letters))
		return false;
	len = strlen(letters) / 3 * 2;
	if (len < HEAD_BYTES || len > REQUEST_MAX ||
		!base45_read(letters, bytes, len))
		return false;
	out->kind = buf_take_be(&at, 1);
	out->reason = buf_take_be(&at, 1);
	out->amount = (int64_t)buf_take_be(&at, 5);
	out->actor = (int64_t)buf_take_be(&at, 3);
	out->t = (int64_t)buf_take_be(&at, 6);
	memcpy(out->nonce, at, sizeof(out->nonce));
	at += sizeof(out->nonce);
	memcpy(out->dev, at, sizeof(out->dev));
	at += sizeof(out->dev);
	memcpy(out->digest, at, sizeof(out->digest));
	return out->actor > 0 &&
	       read_person(bytes + HEAD_BYTES, len - HEAD_BYTES, out->person);
}

/* ---- answered ------------------------------------------------------------ */

void approval_answer_text(const struct approval_answer *a,
	char out[APPROVAL_TEXT_SIZE])
{
	uint8_t bytes[ANSWER_BYTES] = {0};
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	buf_put(&b, a->nonce, sizeof(a->nonce));
	buf_be(&b, (uint64_t)a->number, 3);
	buf_put(&b, a->sig, sizeof(a->sig));
	write_text(answer_prefix, bytes, sizeof(bytes), out);
}

bool approval_answer_parse(const char *text, struct approval_answer *out)
{
	char letters[APPROVAL_TEXT_SIZE];
	uint8_t bytes[ANSWER_BYTES];
	const uint8_t *at = bytes;

	*out = (struct approval_answer){0};
	if (!letters_of(text, answer_prefix, letters) ||
		!base45_read(letters, bytes, sizeof(bytes)) ||
		bytes[sizeof(bytes) - 1] != 0)
		return false;
	memcpy(out->nonce, at, sizeof(out->nonce));
	at += sizeof(out->nonce);
	out->number = (int64_t)buf_take_be(&at, 3);
	memcpy(out->sig, at, sizeof(out->sig));
	return out->number > 0;
}

/* ---- the card ------------------------------------------------------------ */

void approval_card_text(int64_t number, const struct crypto_pair *pair,
	char out[APPROVAL_TEXT_SIZE])
{
	uint8_t bytes[CARD_BYTES] = {0};
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	buf_be(&b, (uint64_t)number, 3);
	buf_put(&b, pair->public, sizeof(pair->public));
	crypto_sign_tagged(card_tag, bytes, CARD_SIGNED, pair->secret,
		bytes + CARD_SIGNED);
	write_text(card_prefix, bytes, sizeof(bytes), out);
}

bool approval_card_parse(const char *text, struct approval_card *out)
{
	char letters[APPROVAL_TEXT_SIZE];
	uint8_t bytes[CARD_BYTES];
	const uint8_t *at = bytes;

	*out = (struct approval_card){0};
	if (!letters_of(text, card_prefix, letters) ||
		!base45_read(letters, bytes, sizeof(bytes)) ||
		bytes[sizeof(bytes) - 1] != 0)
		return false;
	out->number = (int64_t)buf_take_be(&at, 3);
	memcpy(out->public, at, sizeof(out->public));
	memcpy(out->sig, bytes + CARD_SIGNED, sizeof(out->sig));
	return out->number > 0 && crypto_verify_tagged(card_tag, bytes,
					  CARD_SIGNED, out->public, out->sig);
}

/* ---- whom it is about ---------------------------------------------------- */

/* One letter, whatever its bytes. */
static size_t letter(const char *text)
{
	size_t n = text[0] ? 1 : 0;

	while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n++;
	return n;
}

void approval_person(const char *name, const char *id12,
	char out[APPROVAL_PERSON_SIZE])
{
	const size_t digits = strlen(id12);
	const char *last = strrchr(name, ' ');
	const char *given = last ? last + 1 : name;
	const size_t room = APPROVAL_PERSON_SIZE - 1 - (1 + LAST_DIGITS);
	size_t used = 0;

	for (const char *at = name; at < given; at = strchr(at, ' ') + 1) {
		const size_t n = letter(at);

		/* A blank at the end would be no clean text. */
		if (*at == ' ' || used + n + 2 + letter(given) > room)
			continue;
		memcpy(out + used, at, n);
		memcpy(out + used + n, ". ", 2);
		used += n + 2;
	}
	for (size_t n; (n = letter(given)) > 0 && used + n <= room;
		given += n) {
		memcpy(out + used, given, n);
		used += n;
	}
	if (digits >= LAST_DIGITS) {
		if (used > 0)
			out[used++] = ' ';
		memcpy(out + used, id12 + digits - LAST_DIGITS, LAST_DIGITS);
		used += LAST_DIGITS;
	}
	out[used] = '\0';
}
