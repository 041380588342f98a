/*
 * idcard.h - what the QR of an ID card says, and what is wrong with it.
 *
 * Bytes in, fields out. CCCD with chip since 2021: seven fields split by
 * '|'; the căn cước card since July 2024: the same and four more, whose
 * order is not confirmed and which are therefore kept raw. Scanners and
 * writers add and lose things, so some shapes are taken with a warning; what
 * could mean another person is refused. Each rule is a row of
 * tests/data/card_cases.tsv. Other codes that people hold up say what they
 * are: a VietQR, a health-insurance card, one of our receipts.
 *
 * No byte of a card leaves here but through text_clean(). Pure; any thread.
 */
#ifndef CORE_CODEC_IDCARD_H
#define CORE_CODEC_IDCARD_H

#include <stddef.h>

#include "core/codec/personid.h"
#include "core/codec/viet.h"
#include "core/date.h"

enum {
	IDCARD_ADDRESS_SIZE = 384,
	IDCARD_EXTRA_SIZE = 160,
	IDCARD_MAX_EXTRAS = 8,
	IDCARD_MAX_NOTES = 8,
	IDCARD_MAX_BYTES = 2048 /* more is no card: ERR in one note */
};

enum card_outcome {
	CARD_OK,
	CARD_WARN,   /* usable; notes say what to look at */
	CARD_REJECT, /* no field may be used; notes[0] says why */
};

enum card_kind {
	CARD_KIND_UNKNOWN,
	CARD_KIND_CCCD,     /* issued before 1 July 2024 */
	CARD_KIND_CAN_CUOC, /* issued since (Luật Căn cước 2023) */
	CARD_KIND_BHYT,     /* health insurance */
	CARD_KIND_VIETQR,   /* a bank account */
	CARD_KIND_PAYMENT,  /* another payment QR (VNPAY): no account in it */
	CARD_KIND_RECEIPT,  /* "CV1:", a receipt of this program */
	CARD_KIND_URL,
	CARD_KIND_COUNT,
};

/* Why. The sentence for people is in terminal/flows/card_text.c. */
enum card_note {
	/* warnings */
	CARD_NOTE_NOT_NFC,        /* composed here */
	CARD_NOTE_SPACES,         /* blanks trimmed inside fields */
	CARD_NOTE_SCANNED_TWICE,  /* the same card two times in one buffer */
	CARD_NOTE_NO_ISSUE_DATE,  /* the end is missing */
	CARD_NOTE_OLD_ID_DROPPED, /* six fields: no place for the old number */
	CARD_NOTE_SEPARATOR,      /* ';' or line ends instead of '|' */
	CARD_NOTE_REENCODED,      /* CP1252, Latin-1, HTML, percents; undone */
	CARD_NOTE_MARKS_LOST,     /* name without marks: confirm it by hand */
	CARD_NOTE_NAME_DAMAGED,   /* name and address unusable: "" here */
	CARD_NOTE_DATE_STYLE,     /* dd/mm/yyyy */
	CARD_NOTE_YEAR_ONLY,      /* day and month of birth unknown */
	CARD_NOTE_SEX_DIFFERS,    /* from the 4th digit */
	CARD_NOTE_YEAR_DIFFERS,   /* from digits 5 and 6 */
	CARD_NOTE_PROVINCE,       /* first three digits are no province */
	CARD_NOTE_ISSUED_EARLY,   /* issued before birth */
	/* reasons to refuse */
	CARD_NOTE_EMPTY,
	CARD_NOTE_TOO_LONG,
	CARD_NOTE_TWO_PEOPLE, /* two different cards in one buffer */
	CARD_NOTE_FRAGMENT,   /* too few fields */
	CARD_NOTE_SHIFTED,    /* field types do not fit their places */
	CARD_NOTE_BAD_UTF8,
	CARD_NOTE_CONTROL, /* control or invisible characters inside */
	CARD_NOTE_ID_11,   /* 11 digits: a leading zero is lost */
	CARD_NOTE_BAD_ID,
	CARD_NOTE_BAD_BIRTH,
	CARD_NOTE_IS_VIETQR,
	CARD_NOTE_IS_PAYMENT,
	CARD_NOTE_IS_BHYT,
	CARD_NOTE_IS_RECEIPT,
	CARD_NOTE_IS_URL,
	CARD_NOTE_NOT_A_CARD,
	CARD_NOTE_COUNT,
};

struct idcard {
	enum card_outcome outcome;
	enum card_kind kind;
	char id12[PERSONID_SIZE];
	char old_id[PERSONID_OLD_SIZE]; /* "" if none */
	char name[VIET_NAME_SIZE];      /* as on the card, NFC */
	struct date birth;
	enum sex sex;
	char address[IDCARD_ADDRESS_SIZE]; /* never rewritten, only cleaned */
	struct date issued;                /* year 0 if missing */
	char extra[IDCARD_MAX_EXTRAS][IDCARD_EXTRA_SIZE]; /* raw, in order */
	int extras;
	enum card_note note[IDCARD_MAX_NOTES]; /* the gravest first */
	int notes;
};

/* Read bytes as they came from scanner or decoder. Always fills *out. */
enum card_outcome idcard_parse(const void *bytes, size_t len,
	struct idcard *out);

/* "no_issue_date": the code for scripts and logs. */
const char *idcard_note_code(enum card_note note);
const char *idcard_kind_code(enum card_kind kind);

#endif
