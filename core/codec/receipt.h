/*
 * receipt.h - what stands on a payment receipt -> page.
 *
 * Values only: whoever fills the struct (terminal/app) took them from the
 * journal record, so the paper says what the book says. The wording and the
 * order come from assets/templates/receipt.tpl. Content: facts.md 5.4,
 * journal.md 6, C41-BB as far as it goes. Pure; any thread.
 */
#ifndef CORE_CODEC_RECEIPT_H
#define CORE_CODEC_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/codec/page.h"
#include "core/codec/seal.h"
#include "core/codec/words.h"
#include "core/err.h"

enum {
	RECEIPT_TEXT_SIZE = 160,
	RECEIPT_MAX_ITEMS = 16,
	RECEIPT_MAX_NOTES = 9,
	RECEIPT_LINES = 3
};

struct receipt_item {
	char label[RECEIPT_TEXT_SIZE]; /* "Kỳ 12/2026", "Truy lĩnh 11/2026" */
	int64_t amount;
};

struct receipt_note {
	int64_t denomination;
	int64_t pieces;
};

struct receipt_doc {
	char unit[RECEIPT_TEXT_SIZE];  /* who pays: "Bưu điện …" */
	char point[RECEIPT_TEXT_SIZE]; /* payout point */
	char dev6[7];                  /* first 6 hex digits of the device */
	uint64_t seq;
	uint64_t shift;
	int64_t t;         /* ms since 1970 UTC */
	bool clock_unsure; /* clock quality is not 1 or 2: marked on paper */
	int32_t period;
	char name[RECEIPT_TEXT_SIZE];
	char masked_id[16]; /* "********4578" */
	char group[RECEIPT_TEXT_SIZE];
	char address[RECEIPT_TEXT_SIZE];
	char payee[RECEIPT_TEXT_SIZE]; /* "" when the person himself */
	char relation[RECEIPT_TEXT_SIZE];
	struct receipt_item item[RECEIPT_MAX_ITEMS];
	int items;
	int64_t total;
	struct receipt_note note[RECEIPT_MAX_NOTES]; /* note split, may be 0 */
	int notes;
	char agent[RECEIPT_TEXT_SIZE]; /* "Lan (số 7)" */
	char code[SEAL_CODE_SIZE];
	char qr[SEAL_TEXT_SIZE];
	int copy;                        /* 0: the original; n: BẢN SAO n */
	bool training;                   /* TẬP HUẤN */
	bool voided;                     /* ĐÃ HUỶ */
	char hotline[RECEIPT_TEXT_SIZE]; /* "" if none */
	/* Of the point's own, at the top and at the end; "": none. */
	char header[RECEIPT_LINES][RECEIPT_TEXT_SIZE];
	char footer[RECEIPT_LINES][RECEIPT_TEXT_SIZE];
	enum words_style words;
};

/*
 * By the built-in template. ERR_INVALID if the page overflows, the template
 * is broken, or the amounts do not add up to the total.
 */
bool receipt_page(const struct receipt_doc *doc, int width, struct page *out,
	struct err *err);

/* The same by a template of the point's own (template.h). */
bool receipt_page_from(const char *tpl, size_t len,
	const struct receipt_doc *doc, int width, struct page *out,
	struct err *err);

#endif
