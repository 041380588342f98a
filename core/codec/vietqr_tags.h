/* vietqr_tags.h - the tags and words of a VietQR, for reading and writing. */
#ifndef CORE_CODEC_VIETQR_TAGS_H
#define CORE_CODEC_VIETQR_TAGS_H

enum vietqr_tag {
	TAG_FORMAT = 0,
	TAG_METHOD = 1,
	TAG_FIRST_SCHEME = 2, /* 02 to 51: who is paid, one tag a scheme */
	TAG_NAPAS = 38,
	TAG_LAST_SCHEME = 51,
	TAG_CURRENCY = 53,
	TAG_AMOUNT = 54,
	TAG_COUNTRY = 58,
	TAG_NAME = 59,
	TAG_MORE = 62,
	TAG_CRC = 63,
	/* inside 38 */
	TAG_GUID = 0,
	TAG_RECEIVER = 1,
	TAG_SERVICE = 2,
	/* inside 38.01 */
	TAG_BIN = 0,
	TAG_NUMBER = 1,
	/* inside 62 */
	TAG_BILL = 1,
	TAG_REFERENCE = 5,
	TAG_PURPOSE = 8
};

enum {
	VIETQR_AMOUNT_DIGITS = 13
};

#define VIETQR_FORMAT "01"
#define VIETQR_STATIC "11"
#define VIETQR_DYNAMIC "12"
#define VIETQR_NAPAS "A000000727"
#define VIETQR_VNPAY "A000000775"
#define VIETQR_TO_ACCOUNT "QRIBFTTA"
#define VIETQR_TO_CARD "QRIBFTTC"
#define VIETQR_TO_MERCHANT "QRPUSH"
#define VIETQR_DONG "704" /* ISO 4217 */
#define VIETQR_VIETNAM "VN"

#endif
