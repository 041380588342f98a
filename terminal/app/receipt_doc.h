/*
 * receipt_doc.h - a payment of the book -> its receipt, as bytes and as PNG.
 *
 * The values come from the payout as the journal has it, so the paper says
 * what the book says. Paper is always Vietnamese.
 */
#ifndef APP_RECEIPT_DOC_H
#define APP_RECEIPT_DOC_H

#include "core/codec/escpos.h"
#include "core/codec/receipt.h"
#include "db/payouts.h"
#include "terminal/app/config.h"

/* One print job: the bytes for the printer. */
struct receipt_job {
	uint64_t seq;
	bool slip; /* seq is a CLOSE: slip_doc.h */
	int copy;  /* 0: the original */
	int width;
	bool test; /* print-test: seq means nothing */
	int piece; /* test: slip of paid marks, from 1; 0: something else */
	bool kick; /* open the drawer first … */
	struct escpos_kick how_kicked;
	int64_t sensor; /* enum config_sensor: watch it afterwards */
	/* How Vietnamese came out right, and where: chitra.ini. */
	struct config_list proved;
	/* Of the point's own, on receipts: chitra.ini. */
	char header[CONFIG_LINES][CONFIG_TEXT_SIZE];
	char footer[CONFIG_LINES][CONFIG_TEXT_SIZE];
	char hotline[CONFIG_TEXT_SIZE];
	struct page page;          /* what the bytes say; no lines: they cannot
				   be made anew */
	struct escpos_how letters; /* of the bytes */
	size_t len;
	uint8_t bytes[ESCPOS_MAX_BYTES];
};

/* What chitra.ini says about jobs; NULL: nothing. */
void receipt_job_settings(struct receipt_job *job, const struct config *c);

/* The page anew, in these letters and with the kick. */
bool receipt_job_encode(struct receipt_job *job,
	const struct escpos_how *letters, struct err *err);

void receipt_doc_fill(const struct db_info *info, const struct payout *p,
	int copy, struct receipt_doc *out);

/* Page, then bytes. ERR_INVALID only by our own mistake in the template. */
bool receipt_job_make(const struct db_info *info, const struct payout *p,
	int copy, int width, struct receipt_job *out, struct err *err);

/*
 * A paper of no payment: whatever the screen speaks, say() puts it on an empty
 * page in Vietnamese; what is its own, name is for the log.
 */
typedef bool receipt_say(const struct db_info *info, const void *what,
	struct page *page, struct err *err);
bool receipt_job_say(const struct db_info *info, receipt_say *say,
	const void *what, const char *name, int width, struct receipt_job *out,
	struct err *err);

/* The picture of what those bytes put on paper. */
bool receipt_job_png(const struct receipt_job *job, const char *path,
	struct err *err);

/* Its text, for the screen. */
bool receipt_job_text(const struct receipt_job *job, char *out, size_t size,
	struct err *err);

#endif
