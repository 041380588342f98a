/*
 * slip.h - the Z slip of a closed shift -> page.
 *
 * What the agent keeps and shows when the next shift opens: numbers of the
 * CLOSE record, the count of the drawer, and the head of the chain as code
 * and QR (journal.md 5). Values only, as in receipt.h; wording and order are
 * in assets/templates/slip.tpl. Pure; any thread.
 */
#ifndef CORE_CODEC_SLIP_H
#define CORE_CODEC_SLIP_H

#include <stdbool.h>
#include <stdint.h>

#include "core/codec/page.h"
#include "core/codec/receipt.h"
#include "core/codec/seal.h"
#include "core/codec/words.h"
#include "core/err.h"

struct slip_doc {
	char unit[RECEIPT_TEXT_SIZE];
	char point[RECEIPT_TEXT_SIZE];
	char dev6[7];
	uint64_t seq; /* of the CLOSE record */
	uint64_t shift;
	int64_t opened_at; /* ms since 1970 UTC */
	int64_t closed_at;
	bool clock_unsure;
	char agent[RECEIPT_TEXT_SIZE];
	int64_t payouts; /* how many */
	int64_t float_in;
	int64_t paid;
	int64_t float_out;
	int64_t expected; /* cash, by the book */
	int64_t counted;
	struct receipt_note note[RECEIPT_MAX_NOTES]; /* the count */
	int notes;
	char differs[2 * RECEIPT_TEXT_SIZE]; /* by banknote, in words; "" */
	char reason[RECEIPT_TEXT_SIZE];      /* of a difference, "" if none */
	char second[RECEIPT_TEXT_SIZE];      /* who stood by, "" if nobody */
	char stand_in[RECEIPT_TEXT_SIZE]; /* who closed it for the agent, "" */
	char code[SEAL_CODE_SIZE];        /* seal_code() of the chain's head */
	char qr[PAGE_QR_SIZE];            /* "" if none */
	int copy;                         /* 0: the original */
	bool training;
	enum words_style words;
};

/*
 * ERR_INVALID if the notes are not what was counted, or the page overflows.
 * By the built-in template, or by one of the point's own (template.h).
 */
bool slip_page(const struct slip_doc *doc, int width, struct page *out,
	struct err *err);
bool slip_page_from(const char *tpl, size_t len, const struct slip_doc *doc,
	int width, struct page *out, struct err *err);

#endif
