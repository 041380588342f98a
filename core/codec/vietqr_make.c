/* vietqr_make.c - an account as a code to be scanned; see vietqr.h. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/tlv.h"
#include "core/codec/vietqr.h"
#include "core/codec/vietqr_tags.h"
#include "core/text.h"
#include "core/utf8.h"

/* The ASCII for what is left of ch without its marks; 0 if there is none. */
static char plain(uint32_t ch)
{
	if (ch >= ' ' && ch <= '~')
		return (char)ch;
	switch (ch) {
	case 0x0110: /* Đ */
	case 0x00d0: /* Ð, an eth that looks like it */
		return 'D';
	case 0x0111: /* đ */
	case 0x00f0: /* ð */
		return 'd';
	case 0x2018: /* ‘ */
	case 0x2019: /* ’ */
	case 0x02bc: /* ʼ */
		return '\'';
	case 0x2010: /* ‐ */
	case 0x2011: /* ‑ */
	case 0x2013: /* – */
		return '-';
	default:
		return 0;
	}
}

/* Text as ASCII, case kept. */
static bool fold(const char *text, char out[VIETQR_MAX_TEXT + 1],
	struct err *err)
{
	char clean[VIETQR_TEXT_SIZE];
	char apart[3 * VIETQR_TEXT_SIZE];
	const char *s = apart;
	struct buf b;

	if (!text_clean(text, strlen(text), clean, sizeof(clean), NULL) ||
		!text_nfd(clean, apart, sizeof(apart)))
		return err_set(err, ERR_INVALID, 0,
			"a text is too long or has characters that cannot be "
			"seen");
	buf_init(&b, out, VIETQR_MAX_TEXT + 1);
	while (*s) {
		const uint32_t ch = utf8_next(&s);

		if (ch >= 0x300 && ch < 0x370)
			continue;
		if (!plain(ch))
			return err_set(err, ERR_INVALID, 0,
				"U+%04X has no ASCII letter", (unsigned)ch);
		buf_byte(&b, (unsigned char)plain(ch));
	}
	buf_text(&b);
	if (b.full)
		return err_set(err, ERR_INVALID, 0,
			"a text has more than %d letters", VIETQR_MAX_TEXT);
	return true;
}

static void put_scheme(struct buf *b, const struct account *a, bool card)
{
	char receiver_bytes[TLV_MAX_LEN];
	char scheme_bytes[TLV_MAX_LEN];
	struct buf receiver;
	struct buf scheme;

	buf_init(&receiver, receiver_bytes, sizeof(receiver_bytes));
	buf_init(&scheme, scheme_bytes, sizeof(scheme_bytes));
	tlv_put_text(&receiver, TAG_BIN, a->bin);
	tlv_put_text(&receiver, TAG_NUMBER, a->number);
	tlv_put_text(&scheme, TAG_GUID, VIETQR_NAPAS);
	tlv_put(&scheme, TAG_RECEIVER, receiver.data, receiver.len);
	tlv_put_text(&scheme, TAG_SERVICE,
		card ? VIETQR_TO_CARD : VIETQR_TO_ACCOUNT);
	tlv_put(b, TAG_NAPAS, scheme.data, scheme.len);
}

static bool put_more(struct buf *b, const struct vietqr *q, struct err *err)
{
	const struct {
		enum vietqr_tag tag;
		const char *text;
		const char *name;
	} rows[] = {
		{TAG_BILL, q->bill, "bill"},
		{TAG_REFERENCE, q->reference, "reference"},
		{TAG_PURPOSE, q->purpose, "purpose"},
	};
	char bytes[TLV_MAX_LEN]; /* three texts of 25 fit */
	struct buf more;

	buf_init(&more, bytes, sizeof(bytes));
	for (size_t i = 0; i < 3; i++) {
		char ascii[VIETQR_MAX_TEXT + 1] = "";

		if (!fold(rows[i].text, ascii, err))
			return err_wrap(err, "%s", rows[i].name);
		if (ascii[0])
			tlv_put_text(&more, rows[i].tag, ascii);
	}
	if (more.len > 0)
		tlv_put(b, TAG_MORE, more.data, more.len);
	return true;
}

static bool check(const struct vietqr *q, struct account *a, struct err *err)
{
	const enum account_fault fault =
		account_check(q->account.bin, q->account.number, a);

	if (fault != ACCOUNT_FINE)
		return err_set(err, ERR_INVALID, 0, "account: %s",
			account_fault_code(fault));
	if (strlen(a->number) > VIETQR_MAX_NUMBER)
		return err_set(err, ERR_INVALID, 0,
			"number has more than %d characters",
			VIETQR_MAX_NUMBER);
	if (q->amount < 0 || q->amount > VIETQR_MAX_AMOUNT)
		return err_set(err, ERR_INVALID, 0,
			"amount is below 0 or over %d digits",
			VIETQR_AMOUNT_DIGITS);
	return true;
}

bool vietqr_make(const struct vietqr *q, char out[VIETQR_SIZE], struct err *err)
{
	char digits[24];
	struct account account;
	struct buf b;

	out[0] = '\0';
	if (!check(q, &account, err))
		return false;
	buf_init(&b, out, VIETQR_SIZE);
	tlv_put_text(&b, TAG_FORMAT, VIETQR_FORMAT);
	tlv_put_text(&b, TAG_METHOD,
		q->dynamic ? VIETQR_DYNAMIC : VIETQR_STATIC);
	put_scheme(&b, &account, q->to_card);
	tlv_put_text(&b, TAG_CURRENCY, VIETQR_DONG);
	if (q->amount > 0) {
		snprintf(digits, sizeof(digits), "%" PRId64, q->amount);
		tlv_put_text(&b, TAG_AMOUNT, digits);
	}
	tlv_put_text(&b, TAG_COUNTRY, VIETQR_VIETNAM);
	if (!put_more(&b, q, err)) {
		out[0] = '\0';
		return false;
	}
	buf_printf(&b, "%02d04", TAG_CRC);
	buf_printf(&b, "%04X", (unsigned)vietqr_crc(b.data, b.len));
	/* The longest of all these is far below VIETQR_SIZE. */
	assert(!b.full);
	return true;
}
