#include "core/codec/vietqr.h"

#include <string.h>

#include "core/codec/idcard.h"
#include "core/codec/scantext.h"
#include "core/codec/tlv.h"
#include "core/codec/vietqr_tags.h"
#include "core/str.h"
#include "core/text.h"

enum {
	CRC_BYTES = 8, /* "6304" and four hex digits */
	SHORTEST = 40  /* bytes; less is no code scanned twice */
};

uint16_t vietqr_crc(const void *bytes, size_t len)
{
	const uint8_t *b = bytes;
	unsigned crc = 0xffff;

	for (size_t i = 0; i < len; i++) {
		crc ^= (unsigned)b[i] << 8;
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1;
		crc &= 0xffff;
	}
	return (uint16_t)crc;
}

/* ---- reading ---- */

/* Does it end in tag 63 with the right sum? */
static bool sum_is_right(struct scantext s)
{
	char hex[5] = "";
	uint8_t sum[2];
	size_t got;

	if (s.len < CRC_BYTES ||
		memcmp(s.at + s.len - CRC_BYTES, "6304", 4) != 0)
		return false;
	memcpy(hex, s.at + s.len - 4, 4);
	return str_from_hex(hex, sum, sizeof(sum), &got) &&
	       vietqr_crc(s.at, s.len - 4) == (sum[0] << 8 | sum[1]);
}

static enum vietqr_verdict level(const char *at, size_t len,
	struct tlv_level *out)
{
	switch (tlv_read(at, len, out)) {
	case TLV_OK:
		break;
	case TLV_BAD_LENGTH:
		return VIETQR_BAD_LENGTH;
	case TLV_REPEATED:
		return VIETQR_REPEATED;
	}
	return VIETQR_OK;
}

/* A value as clean text. One that is not there is "". */
static enum vietqr_verdict text(struct tlv value, char out[VIETQR_TEXT_SIZE])
{
	out[0] = '\0';
	if (!value.at ||
		text_clean(value.at, value.len, out, VIETQR_TEXT_SIZE, NULL))
		return VIETQR_OK;
	return VIETQR_BAD_TEXT;
}

static enum vietqr_verdict read_amount(struct tlv value, int64_t *out)
{
	char digits[VIETQR_AMOUNT_DIGITS + 1] = "";

	*out = 0;
	if (!value.at)
		return VIETQR_OK;
	if (value.len > VIETQR_AMOUNT_DIGITS)
		return VIETQR_BAD_AMOUNT;
	memcpy(digits, value.at, value.len);
	return str_to_int(digits, 0, VIETQR_MAX_AMOUNT, out)
		       ? VIETQR_OK
		       : VIETQR_BAD_AMOUNT;
}

static enum vietqr_verdict read_more(struct tlv value, struct vietqr *out)
{
	const struct {
		enum vietqr_tag tag;
		char *text;
	} rows[] = {
		{TAG_BILL, out->bill},
		{TAG_REFERENCE, out->reference},
		{TAG_PURPOSE, out->purpose},
	};
	enum vietqr_verdict v;
	struct tlv_level more;

	if (!value.at)
		return VIETQR_OK;
	v = level(value.at, value.len, &more);
	for (size_t i = 0; i < 3 && v == VIETQR_OK; i++)
		v = text(more.value[rows[i].tag], rows[i].text);
	return v;
}

/* Tag 38.01: the BIN and the number, and nothing else. */
static enum vietqr_verdict read_receiver(struct tlv value, struct vietqr *out)
{
	char bin[TLV_MAX_LEN + 1] = "";
	char number[TLV_MAX_LEN + 1] = "";
	enum vietqr_verdict v;
	struct tlv_level in;

	if (!value.at)
		return VIETQR_INCOMPLETE;
	v = level(value.at, value.len, &in);
	if (v != VIETQR_OK)
		return v;
	/* Its length took in the element behind it. */
	for (int tag = TAG_NUMBER + 1; tag < TLV_TAGS; tag++)
		if (in.value[tag].at)
			return VIETQR_BAD_LENGTH;
	if (!in.value[TAG_BIN].at || !in.value[TAG_NUMBER].at)
		return VIETQR_INCOMPLETE;
	memcpy(bin, in.value[TAG_BIN].at, in.value[TAG_BIN].len);
	memcpy(number, in.value[TAG_NUMBER].at, in.value[TAG_NUMBER].len);
	/* A NUL inside would end the text early. */
	if (strlen(bin) != in.value[TAG_BIN].len ||
		strlen(number) != in.value[TAG_NUMBER].len)
		return VIETQR_BAD_TEXT;
	out->fault = account_check(bin, number, &out->account);
	return out->fault == ACCOUNT_FINE ? VIETQR_OK : VIETQR_BAD_ACCOUNT;
}

/* A code without NAPAS's tag: whose is it? */
static enum vietqr_verdict other_scheme(const struct tlv_level *root)
{
	struct tlv_level in;

	for (int tag = TAG_FIRST_SCHEME; tag <= TAG_LAST_SCHEME; tag++)
		if (root->value[tag].at &&
			tlv_read(root->value[tag].at, root->value[tag].len,
				&in) == TLV_OK &&
			tlv_is(in.value[TAG_GUID], VIETQR_VNPAY))
			return VIETQR_IS_VNPAY;
	return VIETQR_NOT_TRANSFER;
}

static enum vietqr_verdict read_scheme(const struct tlv_level *root,
	struct vietqr *out)
{
	const struct tlv napas = root->value[TAG_NAPAS];
	enum vietqr_verdict v;
	struct tlv_level in;
	struct tlv service;

	if (!napas.at)
		return other_scheme(root);
	v = level(napas.at, napas.len, &in);
	if (v != VIETQR_OK)
		return v;
	if (!tlv_is(in.value[TAG_GUID], VIETQR_NAPAS))
		return other_scheme(root);
	service = in.value[TAG_SERVICE];
	out->to_card = tlv_is(service, VIETQR_TO_CARD);
	if (tlv_is(service, VIETQR_TO_MERCHANT))
		return VIETQR_IS_PUSH;
	if (service.at && !out->to_card && !tlv_is(service, VIETQR_TO_ACCOUNT))
		return VIETQR_NOT_TRANSFER;
	/* A wrong length of the receiver can have swallowed the service. */
	v = read_receiver(in.value[TAG_RECEIVER], out);
	return v == VIETQR_OK && !service.at ? VIETQR_INCOMPLETE : v;
}

static enum vietqr_verdict read_frame(const struct tlv_level *root,
	struct vietqr *out)
{
	const struct tlv method = root->value[TAG_METHOD];

	if (root->first != TAG_FORMAT || root->last != TAG_CRC ||
		!tlv_is(root->value[TAG_FORMAT], VIETQR_FORMAT) ||
		root->value[TAG_CRC].len != 4)
		return VIETQR_BAD_FORMAT;
	out->dynamic = tlv_is(method, VIETQR_DYNAMIC);
	if (method.at && !out->dynamic && !tlv_is(method, VIETQR_STATIC))
		return VIETQR_BAD_FORMAT;
	return VIETQR_OK;
}

static enum vietqr_verdict read_places(const struct tlv_level *root)
{
	if (!root->value[TAG_CURRENCY].at || !root->value[TAG_COUNTRY].at)
		return VIETQR_INCOMPLETE;
	if (!tlv_is(root->value[TAG_CURRENCY], VIETQR_DONG))
		return VIETQR_BAD_CURRENCY;
	if (!tlv_is(root->value[TAG_COUNTRY], VIETQR_VIETNAM))
		return VIETQR_BAD_COUNTRY;
	return VIETQR_OK;
}

static enum vietqr_verdict read_code(struct scantext s, struct vietqr *out)
{
	const bool right = sum_is_right(s);
	struct tlv_level root;
	enum vietqr_verdict v = level(s.at, s.len, &root);

	/* A digit read wrong breaks the sum, whatever else it breaks. */
	if (!right && s.len >= CRC_BYTES &&
		memcmp(s.at + s.len - CRC_BYTES, "6304", 4) == 0)
		return VIETQR_BAD_CRC;
	if (v != VIETQR_OK)
		return v;
	if (!right)
		return VIETQR_BAD_CRC;
	v = read_frame(&root, out);
	if (v == VIETQR_OK)
		v = read_scheme(&root, out);
	if (v == VIETQR_OK)
		v = read_places(&root);
	if (v == VIETQR_OK)
		v = read_amount(root.value[TAG_AMOUNT], &out->amount);
	if (v == VIETQR_OK)
		v = read_more(root.value[TAG_MORE], out);
	if (v == VIETQR_OK)
		v = text(root.value[TAG_NAME], out->name);
	return v;
}

/* An ID card, whole or damaged. */
static bool is_card(struct scantext s)
{
	struct idcard card;

	if (idcard_parse(s.at, s.len, &card) != CARD_REJECT)
		return true;
	switch (card.note[0]) {
	case CARD_NOTE_TWO_PEOPLE:
	case CARD_NOTE_FRAGMENT:
	case CARD_NOTE_SHIFTED:
	case CARD_NOTE_ID_11:
	case CARD_NOTE_BAD_BIRTH:
		return true;
	default:
		return false;
	}
}

/* VIETQR_OK if one may be a payment code; all is the whole buffer. */
static enum vietqr_verdict other_code(struct scantext all, struct scantext one)
{
	switch (scantext_kind(one)) {
	case SCANTEXT_RECEIPT:
		return VIETQR_IS_RECEIPT;
	case SCANTEXT_URL:
		return VIETQR_IS_URL;
	case SCANTEXT_BHYT:
		return VIETQR_IS_BHYT;
	case SCANTEXT_VIETQR:
	case SCANTEXT_PAYMENT:
	case SCANTEXT_OTHER:
		break;
	}
	if (one.len >= VIETQR_SIZE)
		return VIETQR_TOO_LONG;
	if (sum_is_right(one) || (one.len >= 6 && !memcmp(one.at, "000201", 6)))
		return VIETQR_OK;
	return is_card(all) ? VIETQR_IS_CARD : VIETQR_NOT_PAYMENT;
}

static enum vietqr_verdict read_buffer(struct scantext all, struct vietqr *out)
{
	struct scantext rest = all;
	struct scantext one;
	struct scantext again;
	bool two = false;
	enum vietqr_verdict v;

	if (!scantext_next(&rest, &one))
		return VIETQR_EMPTY;
	while (scantext_next(&rest, &again))
		two |= again.len != one.len ||
		       memcmp(again.at, one.at, one.len) != 0;
	one.len = scantext_period(one, SHORTEST);
	v = other_code(all, one);
	if (v != VIETQR_OK)
		return v;
	return two ? VIETQR_TWO : read_code(one, out);
}

enum vietqr_verdict vietqr_read(const void *bytes, size_t len,
	struct vietqr *out)
{
	const struct scantext all = {len > 0 ? bytes : "", len};
	enum account_fault fault;
	enum vietqr_verdict v;

	memset(out, 0, sizeof(*out));
	v = read_buffer(all, out);
	if (v == VIETQR_OK)
		return v;
	/* Half an account is worse than none. */
	fault = out->fault;
	memset(out, 0, sizeof(*out));
	out->fault = fault;
	return v;
}

const char *vietqr_code(enum vietqr_verdict verdict, enum account_fault fault)
{
	static const char *const code[VIETQR_VERDICT_COUNT] = {
		[VIETQR_OK] = "",
		[VIETQR_EMPTY] = "empty",
		[VIETQR_TOO_LONG] = "bad_length",
		[VIETQR_TWO] = "two_codes",
		[VIETQR_IS_CARD] = "is_card",
		[VIETQR_IS_BHYT] = "is_bhyt",
		[VIETQR_IS_RECEIPT] = "is_receipt",
		[VIETQR_IS_URL] = "is_url",
		[VIETQR_NOT_PAYMENT] = "not_payment",
		[VIETQR_BAD_CRC] = "bad_crc",
		[VIETQR_BAD_LENGTH] = "bad_length",
		[VIETQR_REPEATED] = "repeated",
		[VIETQR_BAD_FORMAT] = "bad_format",
		[VIETQR_IS_VNPAY] = "not_transfer",
		[VIETQR_IS_PUSH] = "not_transfer",
		[VIETQR_NOT_TRANSFER] = "not_transfer",
		[VIETQR_INCOMPLETE] = "incomplete",
		[VIETQR_BAD_CURRENCY] = "bad_currency",
		[VIETQR_BAD_COUNTRY] = "bad_country",
		[VIETQR_BAD_AMOUNT] = "bad_amount",
		[VIETQR_BAD_TEXT] = "bad_text",
	};

	return verdict == VIETQR_BAD_ACCOUNT ? account_fault_code(fault)
					     : code[verdict];
}
